"""Promptly: how many days a duty without a number took, or has been waiting, and whether a person should look.

`semantics.md` section 2: delay on such a duty is never a breach. It runs from the latest act that starts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any, NamedTuple

from decision_procedure.checking.compiled import Prompt
from decision_procedure.law.attention import past
from decision_procedure.law.conditions import Conditions
from decision_procedure.law.evidence import Truth
from decision_procedure.law.facts import Facts
from decision_procedure.law.language import Compiled, Frame
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate


class Taken(NamedTuple):
    """How long it took, or has been waiting. `days` None: the dates do not tell.

    `beyond`: longer than what calls for a person; None: the duty has no such measure, or it cannot be told.
    """

    days: int | None
    beyond: Truth


class Waiting(NamedTuple):
    """How long a duty that was not done has been waiting.

    `begun`: an act that starts it took place; where none did, `due` is false once the record answers for that.
    """

    begun: bool
    due: Truth
    taken: Taken


# What an outcome becomes, the reasons, what lowered it, and the days gone by.
Outcome = tuple[str, tuple[str, ...], tuple[str, ...], int | None]


def on_done(conditions: Conditions, prompt: Prompt, kinds: tuple[str, ...], frame: Frame) -> Outcome:
    """Return what a duty to act promptly comes to that was met by acts of these kinds.

    Beyond its measure it is for a person, if the duty surely applies.
    """
    taken = _when_done(conditions.require, prompt, kinds, frame)
    applies = conditions.when is None or conditions.when.decide(frame) is True
    if taken.beyond is True and applies:
        return "needs_judgement", ("done_past_attention",), NO_NUMBER, taken.days
    return "satisfied", (), (), taken.days


def on_waiting(conditions: Conditions, prompt: Prompt, outcome: str, frame: Frame, taken: Taken) -> Outcome:
    """Return what an open duty to act promptly becomes once it has begun to run.

    Where it has a measure from when on a person should look, what is denied is pending up to there.
    """
    if prompt.attention is None:
        return outcome, NO_NUMBER, NO_NUMBER, taken.days
    if taken.beyond is True:
        return outcome, (*NO_NUMBER, "past_attention"), NO_NUMBER, taken.days
    if taken.beyond is None:
        return "undetermined", ("due_unknown",), (), taken.days
    if conditions.require.decide(frame) is False:
        return "pending", ("not_due", "within_attention"), (), taken.days
    return outcome, ("within_attention",), (), taken.days


def _when_done(require: Compiled, prompt: Prompt, kinds: tuple[str, ...], frame: Frame) -> Taken:
    """Return how long it took to meet what a duty requires. `kinds` are the acts that perform its step."""
    facts = frame.facts
    acts: list[Any] = [frame.act] if frame.act is not None else _meeting(require, kinds, frame)
    own = prompt.measured_from[0]
    if set(own) & {act.kind for act in acts}:
        pairs = [(_date(act, prompt.measured_from[1]), act.done) for act in acts]
    else:
        pairs = list(_after_latest(_starts(*prompt.measured_from, facts), acts))
    found = [_taken(prompt, start, end) for start, end in pairs if start is not None and end is not None]
    return max(found, key=_longest, default=NOTHING)


def while_waiting(prompt: Prompt, facts: Facts) -> Waiting:
    """Return how long a duty that was not done has been waiting on the day of the check."""
    starts = _starts(*prompt.measured_from, facts) or _denied(prompt, facts)
    if prompt.measured_from != prompt.runs_from and not starts:
        starts = _starts(*prompt.runs_from, facts)
    if starts:
        return Waiting(True, True, _taken(prompt, max(starts, key=_end), facts.as_of))
    kinds = prompt.runs_from[0]
    if facts.held(kinds):
        return Waiting(True, True, NOTHING)
    return Waiting(False, False if facts.closed(kinds, facts.now) else None, NOTHING)


def _taken(prompt: Prompt, start: PartialDate, end: PartialDate) -> Taken:
    low, high = end.first_day - start.last_day, end.last_day - start.first_day
    beyond = None if prompt.attention is None else past(prompt.attention, start, end)
    return Taken(low if low == high >= 0 else None, beyond)


def _after_latest(
    starts: list[PartialDate], acts: Iterable[Act]
) -> Iterator[tuple[PartialDate, PartialDate]]:
    """Yield the latest start that an act followed, with the first act that followed it."""
    ends = sorted((act.done for act in acts if act.done is not None), key=_end)
    for start in sorted(starts, key=_end, reverse=True):
        end = next((end for end in ends if end.last >= start.first), None)
        if end is not None:
            yield start, end
            return


def _meeting(require: Compiled, kinds: tuple[str, ...], frame: Frame) -> list[Any]:
    """Return the recorded acts that meet a duty on the decision, each by itself."""
    facts = frame.facts
    acts = [act for act in facts.held(kinds) if act.id not in facts.implied]
    if len(acts) < 2:
        return acts
    return [act for act in acts if require.decide(_alone(act, frame)) is True]


def _alone(act: Any, frame: Frame) -> Frame:
    """Return a frame in which an act is the only one of its kind."""
    facts = copy(frame.facts)
    facts.acts = {**facts.acts, act.kind: (act,)}
    facts.passages = {}
    return Frame(facts, frame.act, frame.until)


def _starts(kinds: tuple[str, ...], field: str, facts: Facts) -> list[PartialDate]:
    return _dated((act for act in facts.held(kinds) if act.id not in facts.implied), field, facts)


def _denied(prompt: Prompt, facts: Facts) -> list[PartialDate]:
    """Return the days on which a duty began to run, as stated on acts that are denied: what was found, and not reported."""
    kinds, field = prompt.measured_from
    denied = (act for act in facts.decision.acts if act.kind in kinds and act.held is False)
    return [] if field == "done" else _dated(denied, field, facts)


def _dated(acts: Iterable[Any], field: str, facts: Facts) -> list[PartialDate]:
    dates = [_date(act, field) for act in acts]
    return [date for date in dates if date is not None and date.first and date.first <= facts.now]


def _date(act: Any, field: str) -> PartialDate | None:
    """Return a date of an act; for the day of sending, the last one on which complete material came."""
    found: PartialDate | None = act.complete_material_sent if field == "sent" else getattr(act, field)
    return found


def _end(date: PartialDate) -> int:
    return date.last


def _longest(taken: Taken) -> tuple[bool, int]:
    return (taken.beyond is True, -1 if taken.days is None else taken.days)


NOTHING, NO_NUMBER = Taken(None, None), ("no_number_in_text",)
