"""One passage from draft to decision: which rounds and drafts are one, and which act later ones are held against.

`semantics.md` ("Words", "Done too late", "Several reviews"): a round goes on through a deferral; a draft is another
one once a later draft changed in substance; what a meeting, a sending or a decision is measured by is the act of
its kind that the decision rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, wraps
from typing import Any, TypeVar

from decision_procedure.law.drafts import Drafts
from decision_procedure.law.evidence import Truth
from decision_procedure.law.facts import Facts
from decision_procedure.law.order import agreed, may_be_last, precedes
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate

Value = TypeVar("Value")
ADOPTING = ("adopt", "adopt_with_changes")
_MEETINGS = ("executive", "plenary")
_MEETINGS_BY_REFERENCE = (*_MEETINGS, "leadership")


def defers(meeting: Any) -> bool:
    """Say whether a meeting put the matter off: as the chief intends, else as the majority holds."""
    intended: str | None = meeting.chief_intends or meeting.majority_view
    return intended == "defer"


def _settled(decisions: Iterable[Any]) -> Any | None:
    """Return the last of the decisions that adopt; else of those that do not say, else of all but deferrals."""
    settled = [act for act in decisions if act.outcome != "defer"]
    adopting = [act for act in settled if act.outcome in ADOPTING]
    return (adopting or [act for act in settled if act.outcome is None] or settled or [None])[-1]


def _once(find: Callable[[Passage, int], Value]) -> Callable[[Passage, int], Value]:
    """Return a method that finds something of the passage of a round, once for all acts that ask for it."""

    @wraps(find)
    def found(passage: Passage, number: int) -> Value:
        place = (find.__name__, number)
        if place not in passage._found:
            passage._found[place] = find(passage, number)
        known: Value = passage._found[place]
        return known

    return found


class Passage:
    """The way of one record from draft to decision, worked out from its facts when first asked.

    What serves an act of execution, evaluation or adjustment (`serves`) has a way of its own.
    """

    def __init__(self, facts: Facts, serves: str | None = None) -> None:
        self.facts, self._serves = facts, serves
        self._found: dict[tuple[str, int], Any] = {}
        self.drafts = Drafts(facts.decision.drafts, as_it_stands=facts.as_it_stands)

    def _held(self, *kinds: str) -> tuple[Any, ...]:
        return tuple([act for act in self.facts.held(kinds) if act.for_ == self._serves])

    # -- decisions -------------------------------------------------------------------------------------------

    @cached_property
    def decisions(self) -> tuple[Any, ...]:
        """The recorded decisions in order of date; none that others only imply."""
        return tuple(act for act in self._held("decision") if act.id not in self.facts.implied)

    def adopts(self, decision: Any) -> Truth:
        """Say whether a decision adopts; one that does not say did where an issue or a publication rests on it."""
        if decision.id in self.facts.implied:
            return True
        if decision.outcome is not None:
            return decision.outcome in ADOPTING
        return True if self.issued_on(decision) else None

    @cached_property
    def went_out(self) -> tuple[Any, ...]:
        """The issues and publications on record."""
        return tuple(act for act in self._held("issue", "publication") if act.id not in self.facts.implied)

    def issued_on(self, decision: Any) -> bool:
        """Say whether an issue or a publication is on record whose last decision may be this one, whatever it said."""
        return any(decision is one for act in self.went_out for one in self.decisions_behind(act))

    def decisions_behind(self, act: Any) -> tuple[Any, ...]:
        """Return the recorded decisions not made after an act of which each may be the last."""
        return tuple(may_be_last(one for one in self.decisions if precedes(act.begun, one.begun) is not True))

    def settling(self, issue: Any) -> tuple[Any, ...]:
        """Return the decision by which a matter was issued: that behind it, or a later one that adopts.

        Of decisions in no known order, each that may be it; empty: there is none.
        """
        behind = self.decisions_behind(issue)
        if behind and all(one.outcome in ADOPTING for one in behind):
            return behind
        for one in self.decisions:
            if one.outcome in ADOPTING and all(precedes(last.begun, one.begun) is True for last in behind):
                return (one,)
        return behind or self.last_decisions

    @cached_property
    def last_decisions(self) -> tuple[Any, ...]:
        """The recorded decisions of which each may be the last."""
        return tuple(may_be_last(self.decisions))

    @cached_property
    def adoption(self) -> Truth:
        """Whether the last recorded decision adopts; None: not known, or there is none."""
        return agreed(map(self.adopts, self.last_decisions))

    @cached_property
    def last_outcome(self) -> str | None:
        """What the last recorded decision came to; None: not known, or there is none."""
        return agreed(act.outcome for act in self.last_decisions)

    @cached_property
    def decision(self) -> Any | None:
        """The decision that adopts; where none does, the last; a deferral is none. None: not on record."""
        return _settled(self.decisions)

    @_once
    def decision_of(self, number: int) -> Any | None:
        """Return the decision in which the passage of a round ended, as `decision` is for the whole record."""
        return _settled(act for act in self.decisions if self.linked(number, act.round) is not False)

    # -- rounds and drafts -----------------------------------------------------------------------------------

    def strict(self, step: str) -> Any | None:
        """Return the act before which a duty on the decision as a whole must have been met; None: not on record.

        A decision that is not recorded, but went out, was made by the day on which it did.
        """
        if step == "decision":
            return self.decision or self._first(("issue", "publication"))
        return self._first((step,))

    def _first(self, kinds: tuple[str, ...]) -> Any | None:
        found = [act for act in self._held(*kinds) if act.id not in self.facts.implied]
        last = max((act.round for act in found), default=1)
        return min((act for act in found if act.round == last), key=_begun, default=None)

    @property
    def last_round(self) -> int:
        """The last round of which an act is on record."""
        return max((act.round for acts in self.facts.acts.values() for act in acts), default=1)

    def linked(self, earlier: int, later: int) -> Truth:
        """Say whether two rounds are one passage: nothing but a deferral lies between them."""
        if earlier > later:
            earlier, later = later, earlier
        found: Truth = True
        for number in range(earlier, later):
            link = self._goes_on(number)
            if link is False:
                return False
            if link is None:
                found = None
        return found

    def _goes_on(self, number: int) -> Truth:
        """Say whether a round goes on in the next one: it ended in a deferral, and nothing was started anew."""
        ended = [act for act in self.decisions if act.round == number]
        if any(act.outcome in (*ADOPTING, "reject") for act in ended):
            return False
        if any(act.round == number + 1 for act in self._held("initiation")):
            return False
        if ended and all(act.outcome == "defer" for act in ended):
            return True
        meetings = [act for act in self._held("deliberation") if act.round == number]
        deferred = [act for act in meetings if defers(act)]
        return True if deferred and not ended else None

    # -- meetings --------------------------------------------------------------------------------------------

    @cached_property
    def _meeting_types(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The types of meeting at which the body surely, and may, discuss (713-30.1; by reference 713-42)."""
        body = self.facts.decision.body
        if body.kind is None or (body.kind == "government" and body.level is None):
            return _MEETINGS, _MEETINGS_BY_REFERENCE
        found = _MEETINGS if body.is_county_or_above else _MEETINGS_BY_REFERENCE
        return found, found

    def is_meeting(self, act: Any) -> Truth:
        """Say whether a deliberation is the meeting that the law names; other meetings are none."""
        if act.meeting_type is None:
            return None
        sure, perhaps = self._meeting_types
        return True if act.meeting_type in sure else (None if act.meeting_type in perhaps else False)

    def performs(self, act: Act) -> Truth:
        """Say whether an act is the step of its kind: of meetings only the one that the law names is."""
        if act.for_ != self._serves:
            return False
        return self.is_meeting(act) if act.kind == "deliberation" else True

    def discussed_before(self, meeting: Any, decision: Any) -> Truth:
        """Say whether a meeting was over when a decision was made, or another act began.

        The discussion at the meeting that decided was; so was one before the act that shows a decision.
        """
        order = precedes(meeting.done, decision.begun)
        if order is None and decision.id in self.facts.implied:
            return True
        if decision.kind != "decision":
            return order
        if decision.deliberation == meeting.id:
            return precedes(decision.done, meeting.begun) is not True
        if order is None and decision.deliberation is None and _on_one_day(meeting.done, decision.begun):
            return True
        return order

    def over_before(self, act: Any, decision: Any) -> Truth:
        """Say whether an act was over when a decision was made; a discussion as `discussed_before` has it."""
        if act.kind == "deliberation":
            return self.discussed_before(act, decision)
        return precedes(act.done, decision.begun)

    @_once
    def meetings(self, number: int) -> list[Any]:
        """Return the meetings of the passage of a round that the law names or may name, in order of date."""
        return [
            act
            for act in self._held("deliberation")
            if self.is_meeting(act) is not False and self.linked(number, act.round) is not False
        ]

    @_once
    def meeting_of(self, number: int) -> Any | None:
        """Return the meeting on which the decision of a round's passage rests; None: not on record."""
        decision = self.decision_of(number)
        found = self.meetings(number)
        if decision is not None:
            found = [act for act in found if self.discussed_before(act, decision) is not False]
        return found[-1] if found else None

    def meeting_after(self, sending: Any) -> Any | None:
        """Return the first meeting of the passage after a sending for review; where there is none, that of the decision.

        Of an act of another kind it is that after its beginning. None: not on record, or not surely a meeting that the law
        names.
        """
        sent = getattr(sending, "complete_material_sent", None) or sending.begun
        sure = [one for one in self.meetings(sending.round) if self.is_meeting(one) is True]
        after = [one for one in sure if sent is None or precedes(one.begun, sent) is not True]
        if after:
            return min(after, key=_begun)
        resting = self.meeting_of(sending.round)
        return resting if resting in sure else None

    # -- reviews ---------------------------------------------------------------------------------------------

    @_once
    def sending_of(self, number: int) -> Any | None:
        """Return the review whose sending counts in a round's passage: the one whose opinion governs."""
        found = [act for act in self._held("legality_review") if self.linked(number, act.round) is not False]
        resting = self.submission_of(number) or self.decision_of(number)
        given = [act for act in found if act.form in (None, "review_opinion")] or found
        if resting is not None:
            in_time = [act for act in given if precedes(act.done, resting.begun) is True]
            given = in_time or given
        return given[-1] if given else None

    @_once
    def submission_of(self, number: int) -> Any | None:
        """Return the submission on which the decision of a round's passage rests; None: not on record."""
        found = [act for act in self._held("submission") if self.linked(number, act.round) is not False]
        meeting = self.meeting_of(number)
        if meeting is not None:
            found = [act for act in found if precedes(meeting.begun, act.begun) is not True]
        return max(found, key=_begun, default=None)

    def later_act(self, step: str, kinds: tuple[str, ...], number: int) -> Any | None:
        """Return the act of a step that the acts of a round's passage had to precede; None: not on record."""
        find = {
            "review_request": self.sending_of,
            "deliberation": self.meeting_of,
            "submission": self.submission_of,
            "decision": self.decision_of,
        }.get(step)
        return self.last_of(kinds, number) if find is None else find(number)

    def act_before(self, act: Any, step: str, kinds: tuple[str, ...]) -> Any | None:
        """Return the act of a step that an act had to precede; None: not on record.

        What had to come before the sending for review, and came after the decision, had to precede that one, where
        nothing was sent before it either.
        """
        later = self.later_act(step, kinds, act.round)
        if step != "review_request" or (later is not None and later.sent is None):
            return later
        decision = self.decision_of(act.round) or self._first(("issue", "publication"))
        if decision is None or precedes(act.done, decision.begun) is not False:
            return later
        return later if later is not None and precedes(decision.begun, later.sent) is not True else decision

    def begun_of(self, step: str, act: Any) -> PartialDate | None:
        """Return when the act of a step began; the sending for review is a moment of the review."""
        sending = step == "review_request" and act.kind == "legality_review"
        found: PartialDate | None = act.sent if sending else act.begun
        return found

    def last_of(self, kinds: Iterable[str], number: int) -> Any | None:
        """Return the last act of these kinds in a round's passage; None: not on record."""
        found = [act for act in self._held(*kinds) if self.linked(number, act.round) is not False]
        return max(found, key=_begun, default=None)


def passage_of(facts: Facts, act: Act | None = None) -> Passage:
    """Return the passage that an act belongs to, worked out once; None: that of the decision."""
    serves = None if act is None else act.for_
    found = facts.passages.get(serves)
    if found is None:
        found = facts.passages[serves] = Passage(facts, serves)
    return found


def _on_one_day(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and one.day is not None and one.day == other.day


def _begun(act: Act) -> tuple[int, int, str]:
    first, last = (0, 0) if act.begun is None else (act.begun.first, act.begun.last)
    return (first, last, act.id or "")


__all__: Sequence[str] = ("ADOPTING", "Passage", "defers", "passage_of")
