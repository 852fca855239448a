"""`plan`: what may lawfully happen next, on which earliest day, and by when it must be done to meet a wanted day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import (
    LANG,
    AsOf,
    AssumeComplete,
    Calendar,
    LangOption,
    Meetings,
    Output,
    Record,
    said_day,
)
from decision_procedure.cli.paper import data_text, deliver
from decision_procedure.cli.records import decision_of
from decision_procedure.cli.sink import tell_written, write
from decision_procedure.diagrams.picture import Picture
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.dates import day_of
from decision_procedure.planning.plan import Plan
from decision_procedure.planning.supposing import Slip, StepChange
from decision_procedure.render.days import day_lines
from decision_procedure.render.plans import plan_lines
from decision_procedure.render.supposing import change_lines, raised_lines, slip_lines
from decision_procedure.render.text.lines import Block
from decision_procedure.results.report import Report
from decision_procedure.wording import LANGUAGES, say

PlanForm = Literal["text", "json", "svg"]


def plan(
    path: Record,
    as_of: AsOf = None,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", help="希望的上会日期，或者 环节=日期 the day wanted for the meeting, or step=day"
        ),
    ] = None,
    meetings: Meetings = None,
    calendar: Calendar = None,
    traits: Annotated[
        list[str] | None,
        typer.Option(
            "--if", help="假设事项特征，如 依法应当听证=是 suppose a trait: name=yes, no or unknown"
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="假设未办理某一环节 suppose that a step was not done"),
    ] = None,
    slip: Annotated[
        int | None,
        typer.Option("--slip", min=1, max=1000, help="各环节晚若干日的影响 what so many days of delay do"),
    ] = None,
    dates: Annotated[
        list[str] | None,
        typer.Option(
            "--date",
            help="假设某一环节在某日办理，如 送合法性审查=今天 suppose a step on a day: step=day, or step=today",
        ),
    ] = None,
    days: Annotated[
        bool,
        typer.Option("--days", help="逐日计算决定日期的期限 count the periods that set the days day by day"),
    ] = False,
    rules: RulesOption = None,
    form: Annotated[PlanForm, typer.Option("--format", help="输出格式 format")] = "text",
    output: Output = None,
    lang: LangOption = LANG,
    assume_complete: AssumeComplete = False,
) -> None:
    """下一步可以办理什么、最早哪一天 What may happen next, and on which earliest day."""
    wanted, day, law = _wanted(target), said_day(as_of), law_of(rules)
    supposed = _Suppositions(_supposing(traits or ()), _moved(dates or (), day), tuple(without or ()), slip)
    if form == "svg" and any(supposed):
        raise UnusableArgument("假设只写成 text 或者 json suppositions are told as text or json, not drawn")
    with api.holidays(*calendar or ()):
        report = api.check(decision_of(path, law), as_of=day, assume_complete=assume_complete, law=law)
        found = _PlanFound(report, wanted, meetings, supposed)
    if form == "svg":
        _draw(api.plan_picture(found.plan, lang=lang), output)
    else:
        deliver(
            data_text(found.to_data()) if form == "json" else found.lines(lang, days=days),
            output,
            lang,
        )


class _Suppositions(NamedTuple):
    """What is supposed: traits, days by step, steps left out, and days of delay (None: none)."""

    traits: Mapping[str, bool | None]
    dates: Mapping[str, date]
    without: Sequence[str]
    slip: int | None


class _PlanFound:
    """A plan, how it changes with what is supposed, and what a delay does to its goal."""

    def __init__(
        self,
        report: Report,
        target: dict[str, str] | str | None,
        meetings: str | None,
        supposed: _Suppositions,
    ) -> None:
        self._report, self._days = report, supposed.slip or 0
        self.plan = api.plan(report, target, meetings=meetings)
        self._then: Report | None = None
        self._changes: tuple[StepChange, ...] = ()
        self._slips: tuple[Slip, ...] = ()
        if any(supposed[:3]):
            past, later = _still_to_come(self.plan, supposed.dates)
            self._then = api.what_if(report, traits=supposed.traits, dates=past, without=supposed.without)
            then = api.plan(self._then, target, meetings=meetings, not_before=later)
            self._changes = api.compare_plans(self.plan, then)
        if supposed.slip is not None:
            self._slips = api.slips(report, days=supposed.slip, target=target, meetings=meetings)

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data; `changes` and `slips` only where they were asked for."""
        found = self.plan.to_dict()
        if self._then is not None:
            found["changes"] = [item.to_data() for item in self._changes]
        if self._days:
            found["slips"] = [item.to_data() for item in self._slips]
        return found

    def lines(self, lang: str, *, days: bool) -> Iterator[Block]:
        """Yield it for people; `days`: with the periods that set its days counted one by one."""
        yield from plan_lines(self.plan, lang)
        if days:
            yield from day_lines(api.counted_days(self.plan), lang)
        if self._then is not None:
            yield from change_lines(self._changes, lang)
            yield from raised_lines(self._report, self._then, lang)
        if self._days:
            yield from slip_lines(self._slips, self._days, lang)


def _draw(picture: Picture, output: Path | None) -> None:
    if output is None:
        write(picture.svg, None)
    else:
        picture.save(output)
        tell_written(output)


_ANSWERS = {
    "是": True,
    "yes": True,
    "true": True,
    "否": False,
    "no": False,
    "false": False,
    "不详": None,
    "unknown": None,
}


def _moved(given: Sequence[str], today: date) -> dict[str, date]:
    """Return the days supposed, by the name of the step."""
    found, now = {}, {say("suppose.today", lang) for lang in LANGUAGES}
    for text in given:
        step, _, day = text.rpartition("=")
        if not step:
            raise UnusableArgument(f"--date 须写成 环节=日期 write step=day: {text[:40]}")
        found[step] = today if day in now else day_of(day, "--date")
    return found


def _still_to_come(plan: Plan, moved: Mapping[str, date]) -> tuple[dict[str, date], dict[str, date]]:
    """Return the days of steps on record or to be taken up by the day of the plan, and those of steps to be taken up later."""
    today = date.fromisoformat(plan.as_of)
    held = {step.step for step in plan.of("done", "running")}
    later = {name: day for name, day in moved.items() if day > today and plan.step(name).step not in held}
    return {name: day for name, day in moved.items() if name not in later}, later


def _supposing(given: Sequence[str]) -> dict[str, bool | None]:
    found = {}
    for text in given:
        name, _, answer = text.partition("=")
        if answer not in _ANSWERS:
            raise UnusableArgument(
                f"--if 须写成 特征=是、否或者不详 write trait=yes, no or unknown: {text[:40]}"
            )
        found[name] = _ANSWERS[answer]
    return found


def _wanted(target: str | None) -> dict[str, str] | str | None:
    if target is None:
        return None
    step, _, day = target.rpartition("=")
    found = day_of(day, "--target").isoformat()
    if "=" in target and not step:
        raise UnusableArgument("--target 须写成 环节=日期 write step=day")
    return {step: found} if step else found
