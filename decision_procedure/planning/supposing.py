"""What if: a record with other traits, dates moved or a step left out, and how two plans, or one step late, differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from decision_procedure.errors import UnusableArgument, hint
from decision_procedure.law.applicable import Law
from decision_procedure.law.meaning import step_meant
from decision_procedure.law.pack import Step
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate, day_of
from decision_procedure.model.decision import Decision
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import kinds_of
from decision_procedure.planning.acting import made
from decision_procedure.planning.making import Meetings, Target, plan_in
from decision_procedure.planning.plan import Plan
from decision_procedure.planning.situation import Situation
from decision_procedure.reporting.making import report_on
from decision_procedure.results.report import Report
from decision_procedure.results.waivers import waivers_given
from decision_procedure.wording import LANGUAGES, Bilingual, Words, say


@dataclass(frozen=True, slots=True)
class StepChange:
    """How one step differs between two plans; a standing or day is None where the plan has no such step or day.

    `days` is by how many calendar days its end comes later (negative: earlier; None: not to be compared).
    """

    step: str
    zh: str
    en: str
    standing: str | None
    standing_then: str | None
    ends: str | None
    ends_then: str | None
    days: int | None

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return asdict(self)

    def name(self, lang: str = "zh") -> str:
        """Return what the step is called."""
        return Words(lang).said(self)


@dataclass(frozen=True, slots=True)
class Slip:
    """What a step that ends late does to the goal: `days` late, the goal is on `goal`, `moved` days later."""

    step: str
    name: Bilingual
    days: int
    goal: str | None
    moved: int | None

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return asdict(self)


def supposed(
    report: Report,
    law: Law,
    *,
    traits: Mapping[str, bool | None] | None = None,
    dates: Mapping[str, date | str] | None = None,
    without: Iterable[str] = (),
) -> Report:
    """Return the check of the record with these changes, on the same day.

    `traits` are set by their names in either language (None: left open). `dates` puts the act of a step on another day; a
    step that is not on record is supposed to be taken up on it, with all that the law asks of it. `without` leaves the
    acts of steps out. Raises UnusableArgument for a trait, step or day that is none, for a step left out that the
    record does not hold, and for a day after that of the report on which a step is to be taken up (`not_before` of `plan`).
    """
    situation = Situation(report, law)
    decision = report.decision
    if traits:
        decision = _with_traits(decision, traits)
    moved = {_step(situation, name): day_of(day) for name, day in (dates or {}).items()}
    left_out = [_step(situation, name) for name in without]
    held = {act.kind for act in decision.acts}
    for name in left_out:
        if held.isdisjoint(situation.procedure.steps[name].kinds):
            raise _refused("not_recorded", situation, name)
    acts = [act for act in decision.acts if not _is_of(act, left_out, situation)]
    for name, day in moved.items():
        step = situation.procedure.steps[name]
        if held.isdisjoint(step.kinds):
            acts.append(_taken_up(step, day, situation))
        else:
            acts = [
                act.changed({step.at or act.done_fields[0]: PartialDate.on(day)})
                if act.kind in step.kinds
                else act
                for act in acts
            ]
    return report_on(
        decision.changed({"acts": tuple(acts)}),
        law,
        date.fromisoformat(report.as_of),
        assume_complete=report.assume_complete,
        waivers=waivers_given(report),
    )


def plan_changes(before: Plan, after: Plan) -> tuple[StepChange, ...]:
    """Return the steps that stand otherwise, or end on another day, in a second plan, in the order of the law."""
    names = dict.fromkeys((*before.by_step, *after.by_step))
    found = []
    for name in names:
        one, other = before.by_step.get(name), after.by_step.get(name)
        was = (None, None) if one is None else (one.standing, one.ends)
        becomes = (None, None) if other is None else (other.standing, other.ends)
        if was != becomes:
            shown = one or other
            assert shown is not None  # noqa: S101  # the name is of one of the two
            found.append(
                StepChange(
                    name,
                    shown.zh,
                    shown.en,
                    was[0],
                    becomes[0],
                    was[1],
                    becomes[1],
                    _apart(was[1], becomes[1]),
                )
            )
    return tuple(found)


def slips_of(
    report: Report, law: Law, *, days: int = 7, target: Target = None, meetings: Meetings = None
) -> tuple[Slip, ...]:
    """Return for each step still to come what the goal moves by if it ends so many days late, what moves it most first."""
    situation = Situation(report, law)
    plan = plan_in(situation, target=target, meetings=meetings)
    goal = None if plan.goal is None else plan.by_step[plan.goal].ends
    found = []
    for item in plan.of("due", "running"):
        if item.latest_end is not None and item.ends is not None:
            late = {item.step: date.fromisoformat(item.ends) + timedelta(days=days)}
            then = plan_in(situation, target=target, meetings=meetings, not_before=late)
            ends = None if plan.goal is None else then.by_step[plan.goal].ends
            found.append(Slip(item.step, Bilingual(item.zh, item.en), days, ends, _apart(goal, ends)))
    return tuple(sorted(found, key=lambda one: -(one.moved or 0)))


def _is_of(act: Act, steps: Iterable[str], situation: Situation) -> bool:
    return any(act.kind in situation.procedure.steps[step].kinds for step in steps)


def _taken_up(step: Step, day: date, situation: Situation) -> Act:
    """Return the act of a step that begins on a day not after that of the report."""
    if day.toordinal() > situation.today:
        raise _refused("still_to_come", situation, step.id)
    kind = step.kinds[0]
    field = step.at or situation.facts.kinds.acts[kind].begin_fields[0]
    return made(kind, {field: day.isoformat()}, situation)


def _refused(key: str, situation: Situation, step: str) -> UnusableArgument:
    name = situation.procedure.steps[step].name
    texts = (say(f"suppose.{key}", lang, step=name.text(lang)) for lang in LANGUAGES)
    return UnusableArgument(" ".join(texts))


def _apart(one: str | None, other: str | None) -> int | None:
    if one is None or other is None:
        return None
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def _with_traits(decision: Decision, traits: Mapping[str, bool | None]) -> Decision:
    model = kinds_of(type(decision)).traits
    called = {key.zh: name for name, key in keys_of(model).items()} | {
        name: name for name in model.model_fields
    }
    values: dict[str, Any] = {}
    for name, value in traits.items():
        if name not in called:
            raise UnusableArgument(f"没有此事项特征 no such trait: {name[:40]}{hint(name, called)}")
        values[called[name]] = value
    data = decision.traits.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return decision.changed({"traits": model.model_validate({**data, **values})})


def _step(situation: Situation, name: str) -> str:
    steps = situation.procedure.steps
    return step_meant(name, {key: step.name for key, step in steps.items()})


__all__ = ["Slip", "StepChange", "plan_changes", "slips_of", "supposed"]
