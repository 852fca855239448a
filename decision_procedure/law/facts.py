"""What a record establishes on a given day: acts recorded, acts planned, and absences it answers for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from decision_procedure.model.acts import ACT_CLASSES, Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision

NEVER = -1


class Facts:
    """A record seen on the day `as_of`.

    `acts` maps each kind to the acts that took place by then, in order of date and identifier; acts dated
    later are `plans`. An act may be implied by another (a published decision was issued): it is then known
    only to have happened by that day, and its identifier ends in `~` and its kind.
    `assume_complete` states for the whole record that what is not in it was not done.
    """

    __slots__ = (
        "_announced",
        "_closed_until",
        "acts",
        "as_of",
        "assume_complete",
        "decision",
        "document_kinds",
        "limit",
        "plans",
    )

    def __init__(
        self,
        decision: Decision,
        as_of: date,
        *,
        assume_complete: bool = False,
        implied: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.decision = decision
        self.as_of = PartialDate.on(as_of)
        self.assume_complete = assume_complete
        self.limit = self.as_of.last
        if decision.stated_on is not None and decision.stated_on.last < self.limit:
            self.limit = decision.stated_on.last
        self.document_kinds = {document.id: document.kind for document in decision.documents}
        self.acts: dict[str, list[Any]] = {}
        self.plans: list[Act] = []
        self._announced: set[str] = set()
        denied = self._sort_acts()
        self._closed_until = self._closures(denied)
        if implied:
            self._add_implied(implied)

    def held(self, kinds: Iterable[str]) -> list[Any]:
        """Return the acts of these kinds that took place."""
        return [act for kind in kinds for act in self.acts.get(kind, ())]

    def closed(self, kind: str, until: int) -> bool:
        """Say whether the record answers for the absence of further acts of a kind up to a minute."""
        return kind not in self._announced and self._closed_until.get(kind, NEVER) >= min(
            until, self.as_of.last
        )

    def _sort_acts(self) -> set[str]:
        now = self.as_of.last
        denied: set[str] = set()
        for act in self.decision.acts:
            kind = act.kind
            if act.held is None:
                self._announced.add(kind)
                continue
            if not act.held:
                denied.add(kind)
                continue
            begun = act.begun
            if begun is not None and begun.first > now:
                self.plans.append(act)
            elif kind in self.acts:
                self.acts[kind].append(act)
            else:
                self.acts[kind] = [act]
        for acts in self.acts.values():
            if len(acts) > 1:
                acts.sort(key=_order)
        self.plans.sort(key=_order)
        return denied - self.acts.keys()

    def _closures(self, denied: set[str]) -> dict[str, int]:
        if self.assume_complete:
            return dict.fromkeys(ACT_CLASSES, self.limit)
        complete = self.decision.complete
        closed: dict[str, int] = {}
        if complete is not None:
            up_to = min(complete.up_to.last, self.limit)
            closed = dict.fromkeys(ACT_CLASSES if "all" in complete.kinds else complete.kinds, up_to)
        for kind in denied:
            closed[kind] = self.limit
        return closed

    def _add_implied(self, implied: Mapping[str, tuple[str, ...]]) -> None:
        for kind, shown_by in implied.items():
            rounds = {act.round for act in self.acts.get(kind, ())}
            for source in shown_by:
                for act in list(self.acts.get(source, ())):
                    if act.round not in rounds:
                        rounds.add(act.round)
                        self.acts.setdefault(kind, []).append(_implied_act(kind, act))


def _order(act: Act) -> tuple[int, str]:
    anchor = act.anchor
    return (anchor.first if anchor else 0, act.id or "")


def _implied_act(kind: str, shown_by: Act) -> Act:
    begun = shown_by.begun
    return ACT_CLASSES[kind].model_construct(
        id=f"{shown_by.id}~{kind}",
        round=shown_by.round,
        draft=shown_by.draft,
        date=None if begun is None else PartialDate.by(begun),
    )
