"""`check`: records against the procedure the law demands."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.options import (
    AsOf,
    AssumeComplete,
    Lang,
    LangOption,
    Output,
    Paths,
    day_of,
    stop,
    write,
)
from decision_procedure.errors import FaultyInput, UnusableInput
from decision_procedure.render.text import report_text
from decision_procedure.report import SEVERITY, Report


class Format(StrEnum):
    """Output format."""

    text = "text"
    json = "json"


class FailOn(StrEnum):
    """The least severe outcome that makes the exit status 1."""

    violated = "violated"
    needs_judgement = "needs_judgement"
    undetermined = "undetermined"
    pending = "pending"
    never = "never"


def check(
    paths: Paths,
    as_of: AsOf = None,
    lang: LangOption = Lang.zh,
    output_format: Annotated[Format, typer.Option("--format", help="格式 format")] = Format.text,
    output: Output = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="达到何种结论时退出码为 1")] = FailOn.violated,
    assume_complete: AssumeComplete = False,
    allow_uncovered: Annotated[
        bool, typer.Option("--allow-uncovered", help="无适用法律时不视为失败")
    ] = False,
    details: Annotated[bool, typer.Option("--details", help="列出全部待定事项 list everything open")] = False,
) -> None:
    """检查案卷 Check records against the procedure the law demands."""
    day = day_of(as_of)
    typer.echo(f"截至 as of {day.isoformat()}", err=True)
    found, errors = reports_of(paths, day, assume_complete)
    if errors:
        stop(errors, lang)
    reports = [report for _, report in found]
    if output_format is Format.json:
        text = json.dumps([report.to_dict() for report in reports], ensure_ascii=False, indent=1) + "\n"
    else:
        text = "\n".join(
            report_text(report, lang.value, details=details, line_of=api.act_lines(file))
            for file, report in found
        )
    write(text, output)
    raise typer.Exit(_status(reports, fail_on, allow_uncovered))


def reports_of(
    paths: list[Path], day: date, assume_complete: bool
) -> tuple[list[tuple[str, Report]], list[FaultyInput]]:
    """Return the reports on every record of files and folders, and the errors in place of the others."""
    reports: list[tuple[str, Report]] = []
    errors: list[FaultyInput] = []
    for file, found in api.load_decisions(paths):
        if isinstance(found, UnusableInput):
            errors.append(found)
        else:
            reports.append((file, api.check(found, as_of=day, assume_complete=assume_complete)))
    return reports, errors


def _status(reports: list[Report], fail_on: FailOn, allow_uncovered: bool) -> int:
    if any(report.uncovered for report in reports) and not allow_uncovered:
        return 1
    if fail_on is FailOn.never:
        return 0
    bad = SEVERITY[: SEVERITY.index(fail_on.value) + 1]
    return int(any(report.worst in bad for report in reports))
