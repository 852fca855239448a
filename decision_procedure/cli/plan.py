"""`plan`: what may lawfully happen next, on which earliest day, and by when it must be done to meet a wanted day."""

from __future__ import annotations

import sys
from contextlib import nullcontext
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
from decision_procedure.cli.paper import Paper
from decision_procedure.cli.records import records_of
from decision_procedure.cli.sink import write
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.exchange.escaping import json_text
from decision_procedure.render.plans import blocks_text, plan_lines


class PlanForm(StrEnum):
    """Output format."""

    text = "text"
    json = "json"


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
    rules: RulesOption = None,
    form: Annotated[PlanForm, typer.Option("--format", help="输出格式 format")] = PlanForm.text,
    output: Output = None,
    lang: LangOption = Lang.zh,
    assume_complete: AssumeComplete = False,
) -> None:
    """下一步可以办理什么、最早哪一天 What may happen next, and on which earliest day."""
    wanted = _wanted(target)
    day, law = said_day(as_of), law_of(rules)
    with api.holidays(*calendar) if calendar else nullcontext():
        for read in records_of(path, law.models):
            if isinstance(read.found, UnusableInput):
                raise read.found
            report = api.check(read.found, as_of=day, assume_complete=assume_complete, law=law)
            found = api.plan(report, wanted, meetings=meetings)
            if form is PlanForm.json:
                write(json_text(found.to_dict(), 1) + "\n", output)
            elif output is None:
                Paper(sys.stdout, lang.value).write(plan_lines(found, lang.value))
            else:
                write(blocks_text(plan_lines(found, lang.value)), output)


def _wanted(target: str | None) -> dict[str, str] | str | None:
    if target is None:
        return None
    step, _, day = target.rpartition("=")
    found = day_of(day, "--target").isoformat()
    if "=" in target and not step:
        raise UnusableArgument("--target 须写成 环节=日期 write step=day")
    return {step: found} if step else found
