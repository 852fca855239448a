"""What every act has: whether it took place, who did it, when, and the dates that govern it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from decision_procedure.model.base import Flag, Identifier, Identifiers, Moment, Part, Text, once
from decision_procedure.model.dates import PartialDate

Round = Annotated[int, Field(strict=True, ge=1, le=1000)]


class Act(Part):
    """What every act has.

    `held` false denies that the act took place; null says that it was announced and no more is known.
    `unit` is the unit that did it, `by` the people, both as identifiers of the record; `documents` evidence
    it. `round` counts repetitions of the procedure; `draft` is the draft it dealt with. `date` is the day of
    the act itself, where a kind has one.
    """

    anchor_fields: ClassVar[tuple[str, ...]] = ("date",)
    begin_fields: ClassVar[tuple[str, ...]] = ("date",)
    done_fields: ClassVar[tuple[str, ...]] = ("date",)

    id: Identifier | None = None
    held: Flag = True
    round: Round = 1
    draft: Identifier | None = None
    unit: Identifier | None = None
    by: Identifiers = ()
    date: Moment = None
    documents: Identifiers = ()
    note: Text | None = None

    @once
    def anchor(self) -> PartialDate | None:
        """The date whose law governs the act (`law.md` 7.4); None when it is not recorded."""
        return _first(self, self.anchor_fields)

    @once
    def begun(self) -> PartialDate | None:
        """When the act began; None when that is not recorded."""
        return _first(self, self.begin_fields)

    @once
    def done(self) -> PartialDate | None:
        """When the act was complete; None when that is not recorded."""
        return _first(self, self.done_fields)


def _first(act: Act, fields: tuple[str, ...]) -> PartialDate | None:
    for field in fields:
        value: PartialDate | None = getattr(act, field)
        if value is not None:
            return value
    return None
