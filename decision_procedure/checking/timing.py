"""When: the moment whose law governs a step, up to when absences count, and whether the step is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from decision_procedure.clock import days_between, workdays_within
from decision_procedure.graph import Procedure
from decision_procedure.law.evidence import Truth
from decision_procedure.law.facts import Facts
from decision_procedure.law.passage import passage_of
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate


class Timing(NamedTuple):
    """The moment of a step and its due-ness (`semantics.md` sections 2 and 3).

    `until` is the last minute at which the step still had to be done. `undated` is the act whose missing
    date leaves the moment open; None: nothing is missing.
    """

    moment: PartialDate
    until: int
    due: Truth
    undated: Act | None = None


class First(NamedTuple):
    """The earliest recorded act of a kind; `sure`: it surely is the step of its kind, not perhaps another meeting."""

    kind: str
    act: Act
    sure: bool


def first_acts(facts: Facts) -> list[First]:
    """Return each kind with its earliest recorded act, not an implied one, in order of date; undated ones last.

    Of a kind with acts without a date the first of these comes too: it may be the earliest. Of meetings the first
    that may be the one which the law names comes beside the first that surely is.
    """
    performs = passage_of(facts).performs
    firsts: dict[tuple[str, Truth, bool], tuple[int, str, First]] = {}
    for kind, acts in facts.acts.items():
        for act in acts:
            truth = performs(act)
            if truth is False or act.id in facts.implied:
                continue
            place = _LATEST if act.anchor is None else act.anchor.first
            found = (place, act.id or "", First(kind, act, truth is True))
            key = (kind, truth, act.anchor is None)
            if key not in firsts or found[:2] < firsts[key][:2]:
                firsts[key] = found
    return [first for _, _, first in sorted(firsts.values(), key=lambda found: (*found[:2], found[2].kind))]


def of_step(step: str, facts: Facts, procedure: Procedure, firsts: list[First]) -> Timing:
    """Return when a step was done, or had to be: on the earliest recorded act that had to follow it.

    `firsts` is `first_acts(facts)`. A step without either is judged by the law of the day `as_of`, and is due
    only if something later is known.
    """
    later = procedure.kinds_after[step]
    following = [first for first in firsts if first.kind in later]
    sure = next((first.act for first in following if first.sure), None)
    until = facts.now if sure is None or sure.begun is None else sure.begun.last
    done, is_done = _performing(procedure.steps[step].kinds, facts)
    due: Truth = True if is_done or sure is not None else None
    if done is not None:
        missing = done if done.anchor is None else None
        return Timing(of_act(done, facts, procedure), until, due, missing)
    first = sure or next((first.act for first in following), None)
    if first is not None:
        undated = [one.act for one in following if one.act.anchor is None]
        return _omitted(first, undated, until, facts, procedure)._replace(due=due)
    denied = bool(later) and facts.closed(later, facts.now)
    return Timing(facts.as_of, facts.as_of.last, False if denied else None)


def _performing(kinds: Sequence[str], facts: Facts) -> tuple[Act | None, bool]:
    """Return the first act that performs a step, or may, and whether one surely does."""
    performs = passage_of(facts).performs
    found = [(act, performs(act)) for act in facts.held(kinds)]
    sure = [act for act, truth in found if truth is True]
    return next(iter(sure or [act for act, truth in found if truth is None]), None), bool(sure)


def _omitted(first: Act, undated: list[Act], until: int, facts: Facts, procedure: Procedure) -> Timing:
    """Return the moment of an omission: the anchor of the earliest act that had to follow.

    An act without a date may have been that one: the omission then lies anywhere in the stretch it may fill.
    """
    anchor = first.anchor
    stretches = [(between_neighbours(act, facts, procedure), act) for act in undated]
    if anchor is not None:
        stretches = [pair for pair in stretches if pair[0].first < anchor.first]
    if not stretches:
        return Timing(anchor or facts.as_of, until, True)
    earliest, act = min(stretches, key=lambda pair: (pair[0].first, pair[0].last))
    end = min([pair[0].last for pair in stretches] + ([] if anchor is None else [anchor.last]))
    by = earliest.text if anchor is None else f"≤{anchor.text}"
    return Timing(PartialDate(by, earliest.first, max(earliest.first, end)), until, True, act)


def of_act(act: Act, facts: Facts, procedure: Procedure) -> PartialDate:
    """Return the moment of an act: its anchor; of one that another implies or that has no date, what neighbours allow."""
    anchor = act.anchor
    if anchor is None:
        return between_neighbours(act, facts, procedure)
    if act.id not in facts.implied:
        return anchor
    earlier = _anchors(procedure.kinds_before.get(act.kind, ()), facts)
    low = max((one.first for one in earlier if one.first <= anchor.last), default=anchor.first)
    return PartialDate(anchor.text, max(low, anchor.first), anchor.last)


def between_neighbours(act: Act, facts: Facts, procedure: Procedure) -> PartialDate:
    """Return the stretch that the recorded acts before and after allow for an undated act."""
    kind = act.kind
    own = [step.id for step in procedure.steps.values() if kind in step.kinds]
    after = {later for step in own for later in procedure.kinds_after[step]}
    low = max((anchor.first for anchor in _anchors(procedure.kinds_before.get(kind, ()), facts)), default=0)
    high = min((anchor.last for anchor in _anchors(after, facts)), default=facts.limit)
    return PartialDate(f"≤{facts.as_of.text}", low, max(low, high))


def undated_stretches(facts: Facts, procedure: Procedure) -> list[PartialDate]:
    """Return, for each act without a date, the stretch that its neighbours allow."""
    undated = [act for acts in facts.acts.values() for act in acts if act.anchor is None]
    return [between_neighbours(act, facts, procedure) for act in undated]


def began(kinds: Sequence[str], facts: Facts) -> PartialDate | None:
    """Return when the first of these acts was complete, from which an omission after it counts; None: not dated."""
    ends = [act.done for act in facts.held(kinds) if act.done is not None and act.done.first]
    return min(ends, key=lambda end: (end.last, end.first), default=None)


def passed(kinds: Sequence[str], days: int, working: bool, facts: Facts) -> Truth:
    """Say whether so many days, or working days, have gone by since the first act of these kinds.

    False too while there is certainly no such act; unknown when none is dated, or past the horizon.
    """
    ends = [act.done for act in facts.held(kinds) if act.done is not None]
    if not ends:
        return False if facts.closed(kinds, facts.now) else None
    first = min(ends, key=lambda end: (end.last, end.first))
    span = workdays_within(first, facts.as_of) if working else days_between(first, facts.as_of)
    return True if span.low > days else (False if span.high <= days else None)


def _anchors(kinds: Iterable[str], facts: Facts) -> list[PartialDate]:
    return [act.anchor for kind in kinds for act in facts.acts.get(kind, ()) if act.anchor is not None]


# After every minute that a date can name.
_LATEST = 10**12
