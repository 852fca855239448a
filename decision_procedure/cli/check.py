"""`check`: records against the procedure the law demands."""

from __future__ import annotations

import gc
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
    Paths,
    day_of,
    faults_text,
)
from decision_procedure.cli.progress import Bar
from decision_procedure.cli.records import files_of, records_of
from decision_procedure.cli.sink import sink
from decision_procedure.cli.writers import Format, Manner, writer
from decision_procedure.errors import UnusableInput
from decision_procedure.report import SEVERITY, Report
from decision_procedure.waivers import load_waivers


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
    rules: RulesOption = None,
    lang: LangOption = Lang.zh,
    output_format: Annotated[Format, typer.Option("--format", help="格式 format")] = Format.text,
    output: Output = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="达到何种结论时退出码为 1 what makes the exit status 1")
    ] = FailOn.violated,
    assume_complete: AssumeComplete = False,
    allow_uncovered: Annotated[
        bool, typer.Option("--allow-uncovered", help="无适用法律时不视为失败 no applicable law is no failure")
    ] = False,
    waivers: Annotated[Path | None, typer.Option("--waivers", help="豁免文件 a file of waivers")] = None,
    details: Annotated[
        bool, typer.Option("--details", help="列出待定、未到期、合规各项和程序环节 everything, and the steps")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="附全部条件树 with the whole trees of conditions")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="每项问题一行 one line a finding, nothing else")
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="只统计各项义务 only count, duty by duty")
    ] = False,
) -> None:
    """检查案卷 Check records against the procedure the law demands."""
    day = day_of(as_of)
    if not quiet:
        typer.echo(f"截至 as of {day.isoformat()}", err=True)
    accepted = () if waivers is None else load_waivers(waivers)
    files, law = files_of(paths), law_of(rules)
    gc.freeze()  # the law stays to the end: looking through it again and again takes a fifth of the time
    status, unusable = 0, 0
    manner = Manner(
        lang.value, everything=details, trees=explain, quiet=quiet, statistics=statistics, law=law
    )
    with sink(output) as stream, Bar(len(files), shown=output is not None or not stream.isatty()) as bar:
        out = writer(output_format, stream, manner)
        for number, file in enumerate(files):
            for read in records_of(file):
                if isinstance(read.found, UnusableInput):
                    unusable += 1
                    bar.message(faults_text(read.found, lang))
                    continue
                report = api.check(
                    read.found, as_of=day, assume_complete=assume_complete, law=law, waivers=accepted
                )
                out.add(report, read)
                status = max(status, _status(report, fail_on, allow_uncovered))
                bar.record(number)
        out.end()
        if unusable:  # leaves the block without the file being written
            raise typer.Exit(2)
    raise typer.Exit(status)


def _status(report: Report, fail_on: FailOn, allow_uncovered: bool) -> int:
    if report.uncovered and not allow_uncovered:
        return 1
    if fail_on is FailOn.never:
        return 0
    return int(report.worst in SEVERITY[: SEVERITY.index(fail_on.value) + 1])
