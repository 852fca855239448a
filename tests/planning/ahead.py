"""Records cut off on a day, and what comes of doing all that a plan says."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import decision_procedure as dp
from decision_procedure.law.applicable import Law
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.planning.acting import acts_of, with_acts
from decision_procedure.planning.making import Meetings, plan_in
from decision_procedure.planning.plan import Plan
from decision_procedure.planning.situation import Situation

EXAMPLES = Path(__file__).parents[2] / "examples" / "invented"
Open = frozenset[tuple[str, str | None, str]]


@cache
def example(name: str) -> dp.Decision:
    return dp.load_decision(EXAMPLES / f"示例县-{name}.yaml")


def cut(decision: dp.Decision, day: date) -> dp.Decision:
    """Return a record as it stood on a day: acts begun by then, stated to be complete up to it."""
    acts = tuple(
        act for act in decision.acts if act.begun is not None and act.begun.last_day <= day.toordinal()
    )
    on = PartialDate.on(day)
    complete = decision.complete and decision.complete.model_copy(update={"up_to": on})
    return decision.changed({"acts": acts, "stated_on": on, "complete": complete})


class Done(NamedTuple):
    """A record, its plan, the acts that do it, the record with them, and the last day of it all."""

    before: dp.Decision
    plan: Plan
    acts: tuple[Act, ...]
    record: dp.Decision
    last: date
    law: Law


def done(record: dp.Decision, day: date, meetings: Meetings = None, law: Law | None = None) -> Done:
    """Return what comes of doing all that the plan of a record says on its earliest days."""
    report = dp.check(record, as_of=day, law=law)
    situation = Situation(report, report.law)
    plan = plan_in(situation, meetings=meetings)
    acts = acts_of(plan, situation)
    last = max([date.fromisoformat(end) for step in plan.steps for end in step.dates.values()] + [day])
    return Done(record, plan, acts, with_acts(record, acts, last), last, report.law)


def left_open(found: Done, record: dp.Decision | None = None) -> Open:
    """Return what the check finds amiss, or cannot settle, in the record with the plan done."""
    report = dp.check(record or found.record, as_of=found.last, law=found.law)
    return frozenset(
        (item.duty, item.act, item.outcome)
        for item in report.verdicts
        if item.outcome in ("violated", "needs_judgement", "undetermined")
    )


def moments(found: Done, day: date) -> list[tuple[Act, str]]:
    """Return the dates of planned acts that could lie a day earlier: after the day of the plan, and their own beginning."""
    recorded = {
        (act.id, name, value)
        for act in found.before.acts
        for name in type(act).model_fields
        if isinstance(value := getattr(act, name), PartialDate)
    }
    return [
        (act, name)
        for act in found.acts
        for name in type(act).model_fields
        if isinstance(value := getattr(act, name), PartialDate)
        if (act.id, name, value) not in recorded
        if value.first_day > day.toordinal() and (name != act.done_fields[0] or _may_end_earlier(act))
    ]


def _may_end_earlier(act: Act) -> bool:
    return (
        len({act.begin_fields, act.done_fields}) == 1 or act.begun is None or act.done.first > act.begun.last
    )


def moved(found: Done, act: Act, name: str, days: int) -> dp.Decision:
    """Return the record with the plan done, one date of it moved by so many days."""
    old = getattr(act, name).day
    new = act.changed({name: PartialDate.on(old + timedelta(days=days))})
    acts = tuple(new if one.id == act.id else one for one in found.record.acts)
    return found.record.changed({"acts": acts})
