"""What a record establishes on a given day: acts recorded, acts planned, and absences it answers for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from decision_procedure.clock import calendar_in_use
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import kinds_of

NEVER = -1


@dataclass(frozen=True, slots=True)
class Implied:
    """Where an implied act comes from: the recorded act that shows it, and its kind."""

    source: str
    kind: str


class Facts:
    """A record seen on the day `as_of`.

    `acts` maps each kind to the acts that took place by then, in order of date and identifier; acts dated
    later are `plans`. An act may be implied by another (a published decision was issued): it is then known
    only to have happened by that day, one of the `implied_dates`; `implied` maps its identifier to where it comes from.
    `now` is the last minute of `as_of`. `closed_until` maps a kind to the last minute up to which the record answers for the absence of further
    acts of that kind; kinds that are not in it are open. `all_closed_until` is that minute for every kind.
    `denied` are the kinds of which the record says that no act took place. `announced` maps a kind to the acts of
    which no more is known by then than that they were announced.
    `assume_complete` states for the whole record that what is not in it was not done, up to the day it was stated
    on. `as_it_stands` supposes the same up to `as_of`, and besides that no exception holds that the record does not
    state (`model.base.is_exception`); traits, and what else starts a duty, stay unknown where they are. `calendar` are the
    holidays known where it was made.
    """

    __slots__ = (
        "acts",
        "all_closed_until",
        "announced",
        "as_it_stands",
        "as_of",
        "assume_complete",
        "calendar",
        "closed_until",
        "decision",
        "denied",
        "documents",
        "implied",
        "implied_dates",
        "kinds",
        "limit",
        "now",
        "passages",
        "plans",
    )

    def __init__(
        self,
        decision: Decision,
        as_of: date,
        *,
        assume_complete: bool = False,
        as_it_stands: bool = False,
        implied: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.decision, self.kinds = decision, kinds_of(type(decision))
        self.calendar = calendar_in_use()
        self.as_of = PartialDate.on(as_of)
        self.assume_complete = assume_complete or as_it_stands
        self.as_it_stands = as_it_stands
        self.limit = self.now = self.as_of.last
        if not as_it_stands and decision.stated_on is not None and decision.stated_on.last < self.limit:
            self.limit = decision.stated_on.last
        self.documents = {document.id: document for document in decision.documents}
        self.acts: dict[str, tuple[Any, ...]] = {}
        self.passages: dict[str | None, Any] = {}
        self.announced: dict[str, tuple[Any, ...]] = {}
        self.plans: list[Act] = []
        self.implied_dates: list[PartialDate] = []
        self.implied: dict[str, Implied] = {}
        self.denied, announced = self._sort_acts()
        self.closed_until = self._closures(self.denied, announced)
        whole = len(self.closed_until) == len(self.kinds.acts)
        self.all_closed_until = min(self.closed_until.values()) if whole else NEVER
        if implied:
            self._add_implied(implied)

    def held(self, kinds: Sequence[str]) -> tuple[Any, ...]:
        """Return the acts of these kinds that took place."""
        if len(kinds) == 1:
            return self.acts.get(kinds[0], ())
        return tuple([act for kind in kinds for act in self.acts.get(kind, ())])

    def closed(self, kinds: Iterable[str], until: int) -> bool:
        """Say whether the record answers for the absence of further acts of these kinds up to a minute."""
        until = min(until, self.now)
        if self.all_closed_until >= until:
            return True
        return all(self.closed_until.get(kind, NEVER) >= until for kind in kinds)

    def _sort_acts(self) -> tuple[set[str], set[str]]:
        """Sort the acts into held, announced and planned ones; return the kinds denied and those announced."""
        now = self.now
        found: dict[str, list[Act]] = {}
        denied: set[str] = set()
        announced: dict[str, list[Act]] = {}
        for recorded in self.decision.acts:
            act = recorded.settled() if recorded.denied else recorded
            if act.held is None:
                announced.setdefault(act.kind, []).append(act)
            elif not act.held:
                denied.add(act.kind)
            elif (begun := act.begun) is not None and begun.first > now:
                self.plans.append(act)
            elif act.kind in found:
                found[act.kind].append(act)
            else:
                found[act.kind] = [act]
        self.acts = {
            kind: tuple(acts) if len(acts) == 1 else tuple(sorted(acts, key=_order))
            for kind, acts in found.items()
        }
        self.plans.sort(key=_order)
        for kind, acts in announced.items():
            self.announced[kind] = tuple(sorted((act for act in acts if _noticed(act, now)), key=_order))
        return denied - found.keys(), set(announced)

    def _closures(self, denied: set[str], announced: set[str]) -> dict[str, int]:
        complete = self.decision.complete
        if self.assume_complete:
            closed = dict.fromkeys(self.kinds.acts, self.limit)
        elif complete is None:
            closed = {}
        else:
            up_to = min(complete.up_to.last, self.limit)
            closed = dict.fromkeys(self.kinds.acts if "all" in complete.kinds else complete.kinds, up_to)
        for kind in denied:
            closed[kind] = self.limit
        for kind in announced:
            closed.pop(kind, None)
        return closed

    def _add_implied(self, kinds: Mapping[str, tuple[str, ...]]) -> None:
        for kind, shown_by in kinds.items():
            if kind == "submission":
                self._imply_submissions()
                continue
            rounds = {act.round for act in self.acts.get(kind, ())}
            for source in shown_by:
                for act in self.acts.get(source, ()):
                    if act.round not in rounds:
                        rounds.add(act.round)
                        implied = self._implied_act(kind, act)
                        self.acts[kind] = (*self.acts.get(kind, ()), implied)
                        if implied.date is not None:
                            self.implied_dates.append(implied.date)

    def _imply_submissions(self) -> None:
        """Add the submission that each meeting on the decision implies, unless one of its round and draft is or may be recorded.

        Only its order is known, and that on the day of the meeting; its package is not, whatever was stated to
        be complete.
        """
        from decision_procedure.law.passage import Passage

        passage = Passage(self)
        for meeting in self.acts.get("deliberation", ()):
            if passage.performs(meeting) is not True:
                continue
            recorded = self.acts.get("submission", ())
            if any(
                act.round == meeting.round
                and act.for_ is None
                and passage.drafts.same(act.draft, meeting.draft) is not False
                for act in recorded
            ):
                continue
            implied = self._implied_act("submission", meeting)
            object.__setattr__(implied, "date", meeting.begun)
            object.__setattr__(implied, "package_complete", False)
            self.acts["submission"] = tuple(sorted((*recorded, implied), key=_order))

    def _implied_act(self, kind: str, shown_by: Act) -> Act:
        taken = {act.id for act in self.decision.acts}
        name = f"{shown_by.id}~{kind}"
        while name in taken:
            name += "~"
        self.implied[name] = Implied(shown_by.id or "", kind)
        begun = shown_by.begun
        return self.kinds.acts[kind].model_construct(
            id=name,
            round=shown_by.round,
            draft=shown_by.draft,
            date=None if begun is None else PartialDate.by(begun),
        )


def _noticed(act: Act, now: int) -> bool:
    """Say whether an act had been announced by then: not if the day of its notice is later."""
    notice = getattr(act, act.anchor_fields[0])
    return notice is None or notice.first <= now


def _order(act: Act) -> tuple[int, int, str]:
    first, last = (act.anchor.first, act.anchor.last) if act.anchor else (0, 0)
    return (first, last, act.id or "")
