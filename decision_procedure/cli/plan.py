"""`plan`: what may lawfully happen next, on which earliest day, and by when it must be done to meet a wanted day."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import (
    AsOf,
    AssumeComplete,
    Lang,
    LangOption,
    Output,
    Record,
    day_of,
    said_day,
)
from decision_procedure.cli.paper import put
from decision_procedure.cli.records import records_of
from decision_procedure.cli.sink import tell_written, write
from decision_procedure.diagrams.picture import Picture
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.exchange.escaping import json_text
from decision_procedure.render.plans import plan_lines
from decision_procedure.render.supposing import change_lines, slip_lines
from decision_procedure.render.text.lines import Block


class PlanForm(StrEnum):
    """Output format."""

    text = "text"
    json = "json"
    svg = "svg"


Meetings = Annotated[
    str | None,
    typer.Option(
        "--meetings",
        help="会议日：日期的列表或者规则，如 每月第二个星期三 days of meetings, a list or such a rule",
    ),
]
Calendar = Annotated[
    list[Path] | None,
    typer.Option("--calendar", help="尚未收录的年度放假通知 a notice of holidays not known yet"),
]


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
    rules: RulesOption = None,
    form: Annotated[PlanForm, typer.Option("--format", help="输出格式 format")] = PlanForm.text,
    output: Output = None,
    lang: LangOption = Lang.zh,
    assume_complete: AssumeComplete = False,
) -> None:
    """下一步可以办理什么、最早哪一天 What may happen next, and on which earliest day."""
    wanted, supposing = _wanted(target), _supposing(traits or ())
    day, law = said_day(as_of), law_of(rules)
    with api.holidays(*calendar or ()):
        for read in records_of(path, law.models):
            if isinstance(read.found, UnusableInput):
                raise read.found
            report = api.check(read.found, as_of=day, assume_complete=assume_complete, law=law)
            found = api.plan(report, wanted, meetings=meetings)
            blocks: list[Block] = []
            if supposing or without:
                then = api.what_if(report, traits=supposing, without=without or ())
                blocks += change_lines(
                    api.compare_plans(found, api.plan(then, wanted, meetings=meetings)), lang.value
                )
            if slip is not None:
                late = api.slips(report, days=slip, target=wanted, meetings=meetings)
                blocks += slip_lines(late, slip, lang.value)
            if form is PlanForm.svg:
                _draw(api.plan_picture(found, lang=lang.value), output)
                continue
            if form is PlanForm.json:
                write(json_text(found.to_dict(), 1) + "\n", output)
                continue
            blocks = [*plan_lines(found, lang.value), *blocks]
            put(blocks, output, lang.value)


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
