"""What every act has: whether it took place, who did it, when, and the dates that govern it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from decision_procedure.model.base import Flag, Identifier, Identifiers, Moment, Part, Text, first_of

Round = Annotated[int, Field(strict=True, ge=1, le=1000)]


class Act(Part):
    """What every act has.

    `held` false denies that the act took place; null says that it was announced and no more is known.
    `unit` is the unit that did it, `by` the people, both as identifiers of the record; `documents` evidence
    it. `round` counts repetitions of the procedure; `draft` is the draft it dealt with. `for` names the act of
    execution, evaluation or adjustment that it serves (None: it serves the decision). `date` is the day of the
    act itself, where a kind has one.
    """

    anchor_fields: ClassVar[tuple[str, ...]] = ("date",)
    begin_fields: ClassVar[tuple[str, ...]] = ("date",)
    done_fields: ClassVar[tuple[str, ...]] = ("date",)

    id: Identifier | None = None
    held: Flag = True
    round: Round = 1
    draft: Identifier | None = None
    for_: Annotated[Identifier | None, Field(alias="for")] = None
    unit: Identifier | None = None
    by: Identifiers = ()
    date: Moment = None
    documents: Identifiers = ()
    note: Text | None = None

    anchor: ClassVar[first_of] = first_of("anchor_fields")
    """The date whose law governs the act (`law.md` 7.4); None when it is not recorded."""
    begun: ClassVar[first_of] = first_of("begin_fields")
    """When the act began; None when that is not recorded."""
    done: ClassVar[first_of] = first_of("done_fields")
    """When the act was complete; None when that is not recorded."""
