"""What is due when, over many records: overdue, due soon, and who has to take up what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Literal

from decision_procedure.checking.compiled import compiled_law
from decision_procedure.clock import earliest_after_workdays
from decision_procedure.errors import Beyond
from decision_procedure.law.applicable import Law
from decision_procedure.law.pack import Attention
from decision_procedure.law.said import Article
from decision_procedure.planning.making import Meetings, plan_of
from decision_procedure.planning.plan import Counted, DatedStep, Plan
from decision_procedure.results.report import Report
from decision_procedure.wording import Bilingual

Urgency = Literal["overdue", "soon", "later", "waiting"]
Source = Literal["law", "meeting", "ends", "attention", "none"]
URGENCIES: tuple[Urgency, ...] = ("overdue", "soon", "later", "waiting")


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step of one record that somebody has to see to.

    `urgency`: `overdue` (its day is past), `soon` (within the days asked for), `later`, or `waiting` (no day is set; it can
    be taken up now). `source` says what sets the day: `law` (a period of the text, `article`), `meeting` (the last day to meet the
    meeting that the record plans), `ends` (a period under way ends), `attention` (ours, where the text only says 及时), `none`.
    `left` are calendar days from the day of the report, negative when past. `unit` and `bearer` as in `DatedStep`.
    """

    file: str
    title: str
    step: Bilingual
    unit: str | None
    bearer: str
    day: str | None
    left: int | None
    urgency: Urgency
    source: Source
    instrument: Bilingual | None = None
    article: Article | None = None

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {**asdict(self), "article": None if self.article is None else str(self.article)}


def deadlines_of(
    reports: Iterable[tuple[str, Report]],
    law: Law | None = None,
    *,
    within: int = 30,
    meetings: Meetings = None,
) -> Iterator[DueStep]:
    """Yield what is due in `(file, report)` pairs, taken one by one; record by record, the most urgent first.

    `law` None: each by the law it was checked against.
    """
    from decision_procedure.results.known_law import law_of

    for file, report in reports:
        known = law_of(report, law)
        planned = _planned_meeting(report)
        plan = plan_of(report, known, target=planned, meetings=meetings)
        found = [item for step in plan.steps for item in _of_step(step, plan, report, known, file, within)]
        yield from sorted(found, key=urgency_key)


def urgency_key(item: DueStep) -> tuple[int, str]:
    """Return by what the most urgent come first."""
    return URGENCIES.index(item.urgency), item.day or ""


def _planned_meeting(report: Report) -> date | None:
    """Return the day of the first meeting on the decision that the record plans; None: it plans none."""
    plans = [act for act in report.decision.acts if act.id in report.plans and act.kind == "deliberation"]
    days = [act.begun.day for act in plans if act.begun is not None and act.begun.day is not None]
    return min(days, default=None)


def _of_step(
    step: DatedStep, plan: Plan, report: Report, law: Law, file: str, within: int
) -> Iterator[DueStep]:
    if step.standing not in ("due", "running"):
        return
    found = list(_days(step, plan, report, law))
    if not found and not step.waits_for:
        found = [(None, "none", None)]
    for day, source, rule in found:
        left = None if day is None else (date.fromisoformat(day) - date.fromisoformat(report.as_of)).days
        yield DueStep(
            file=file, title=report.title, step=Bilingual(step.zh, step.en), unit=step.unit, bearer=step.bearer,
            day=day, left=left, urgency=_urgency(left, within), source=source,
            instrument=rule.instrument if rule else None, article=rule.article if rule else None,
        )  # fmt: skip


def _urgency(left: int | None, within: int) -> Urgency:
    if left is None:
        return "waiting"
    return "overdue" if left < 0 else "soon" if left <= within else "later"


def _days(
    step: DatedStep, plan: Plan, report: Report, law: Law
) -> Iterator[tuple[str | None, Source, Counted | None]]:
    begun = {item.step for item in plan.of("done", "running")}
    if step.due_by is not None and not _starts_ahead(step, plan):
        rule = next((one for one in step.because if one.most is not None), None)
        yield step.due_by, "law", rule
    elif (day := _attention(step, report, law)) is not None:
        yield day, "attention", None
    if step.standing == "running" and step.ends is not None and step.step in begun:
        yield step.ends, "ends", None
    if plan.target is not None and step.latest_end is not None and step.standing == "due":
        yield step.latest_end, "meeting", None


def _starts_ahead(step: DatedStep, plan: Plan) -> bool:
    """Say whether what starts the time of a step is itself still to come."""
    begun = {place for item in plan.of("done", "running") for place in item.dates}
    return begun.isdisjoint(one.after for one in step.because if one.most is not None)


def _attention(step: DatedStep, report: Report, law: Law) -> str | None:
    """Return from when on a person should look at a step that the text wants without delay; None: it says nothing, or it is not begun."""
    rules = compiled_law(law.for_body(report.decision)).rules
    for duty in step.duties:
        rule = rules.get(duty)
        if rule is not None and rule.prompt is not None and rule.prompt.attention is not None:
            kinds, field = rule.prompt.measured_from
            days = [
                moment.day
                for act in report.decision.acts
                if act.kind in kinds and act.held and act.id not in report.plans
                and (moment := getattr(act, field)) is not None and moment.day is not None
            ]  # fmt: skip
            if days:
                return _looked_at(rule.prompt.attention, max(days))
    return None


def _looked_at(attention: Attention, start: date) -> str | None:
    if attention.until is not None:
        return f"{start.year + 1}-{attention.until}"
    if attention.days is not None:
        return (start + timedelta(days=attention.days)).isoformat()
    try:
        return (earliest_after_workdays(start, attention.workdays or 0) - timedelta(days=1)).isoformat()
    except Beyond:
        return None


__all__ = ["URGENCIES", "DueStep", "deadlines_of", "urgency_key"]
