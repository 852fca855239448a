"""Which instruments cover the matter and how they bind the deciding body, on the day of each act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from decision_procedure.law.applicable import (
    ScopeKind,
    applicability,
    binding_of,
    in_force,
    scope_of,
)
from decision_procedure.law.conditions import Evidence
from decision_procedure.law.evidence import Truth, any_true
from decision_procedure.law.facts import Facts
from decision_procedure.law.language import Frame
from decision_procedure.law.loading import Pack
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.vocabulary import BindingKind


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether an instrument covers the matter, and how it binds the deciding body (`semantics.md` section 3).

    `doubt` is why a person must say whether the matter is covered; None: nobody need. `narrowed_by` are the
    local instruments in force at some time that leave the matter out: whether this one covers it is then a
    question for a person on the days on which they were in force, and on no other.
    """

    kind: ScopeKind
    binding: BindingKind
    evidence: Evidence
    doubt: str | None = None
    narrowed_by: tuple[Pack, ...] = ()

    @property
    def applies(self) -> bool:
        """Whether the instrument may have something to say about the decision."""
        return self.kind not in ("out", "unstated") and self.binding != "not_bound"

    def unclear_on(self, moment: PartialDate) -> Truth:
        """Say whether it is for a person whether the matter was covered at a moment.

        None: it was on some of the days on which the moment may lie, or may have been.
        """
        if self.kind == "unclear":
            return True
        return any_true(in_force(pack, moment) for pack in self.narrowed_by)

    def over(self, days: Iterable[str]) -> Applicability:
        """Return the same for verdicts of these days, as they write them: unclear where it was on one of them."""
        if not self.narrowed_by or all(
            self.unclear_on(PartialDate.written(day)) is False for day in set(days)
        ):
            return self
        return replace(self, kind="unclear", doubt="excluded_locally")


def applicabilities(packs: tuple[Pack, ...], facts: Facts) -> dict[str, Applicability]:
    """Return, for each instrument by identifier, whether it covers the matter and how it binds.

    A local exclusion takes a matter out of the local instrument only; whether the higher one still covers it
    is then a question for a person.
    """
    found: dict[str, Applicability] = {}
    for pack in packs:
        kind, doubt = scope_of(pack, facts)
        evidence = Evidence(partial(applicability, pack), Frame(facts, None, facts.as_of.last))
        found[pack.head.id] = Applicability(kind, binding_of(pack, facts), evidence, doubt)
    for name, pack in _narrowed(packs, found):
        if name in found and found[name].kind == "in":
            found[name] = replace(found[name], narrowed_by=(*found[name].narrowed_by, pack))
    return found


def _narrowed(packs: Iterable[Pack], found: dict[str, Applicability]) -> Iterator[tuple[str, Pack]]:
    """Yield each instrument whose scope a local exclusion leaves open, with the local one."""
    for pack in packs:
        own = found[pack.head.id]
        if own.kind == "out" and own.doubt == "excluded_locally" and own.binding != "not_bound":
            yield from ((name, pack) for name in pack.file.scope.leaves_open)
