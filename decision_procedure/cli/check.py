"""`check`: records against the procedure the law demands."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import (
    AllowUncovered,
    AsOf,
    AssumeComplete,
    FailOn,
    FailOnOption,
    Lang,
    LangOption,
    Output,
    Paths,
    WaiversOption,
    faults_text,
    said_day,
)
from decision_procedure.cli.progress import Bar
from decision_procedure.cli.records import Namesakes, files_of, records_of
from decision_procedure.cli.sink import sink
from decision_procedure.cli.writers import Format, Manner, writer
from decision_procedure.errors import UnusableInput
from decision_procedure.render.text import note_said
from decision_procedure.results.remarks import WaiverNote
from decision_procedure.results.report import Report
from decision_procedure.results.waivers import Run, load_waivers, severities


def check(
    paths: Paths,
    as_of: AsOf = None,
    rules: RulesOption = None,
    lang: LangOption = Lang.zh,
    output_format: Annotated[Format, typer.Option("--format", help="格式 format")] = Format.text,
    output: Output = None,
    fail_on: FailOnOption = FailOn.violated,
    assume_complete: AssumeComplete = False,
    allow_uncovered: AllowUncovered = False,
    waivers: WaiversOption = None,
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
    day = said_day(as_of, quiet=quiet)
    files, law = files_of(paths), law_of(rules)
    run = Run(() if waivers is None else load_waivers(waivers), law.questions)
    gc.freeze()  # the law stays to the end: looking through it again and again takes a fifth of the time
    status, unusable, namesakes = 0, 0, Namesakes()
    manner = Manner(
        lang.value, everything=details, trees=explain, quiet=quiet, statistics=statistics, law=law
    )
    with sink(output) as stream, Bar(len(files), shown=output is not None or not stream.isatty()) as bar:
        out = writer(output_format, stream, manner)
        for number, file in enumerate(files):
            for read in records_of(file, law.models):
                if isinstance(read.found, UnusableInput):
                    unusable += 1
                    bar.message(faults_text(read.found, lang))
                    continue
                report = api.check(
                    read.found, as_of=day, assume_complete=assume_complete, law=law, waivers=run.waivers
                )
                run.add(report)
                out.add(report, read)
                if warning := namesakes.warning(read, read.found):
                    bar.message(warning)
                status = max(status, _status(report, fail_on, allow_uncovered))
                bar.record(number)
        left = run.left_over()
        out.end(left)
        if unusable:  # leaves the block without the file being written
            raise typer.Exit(2)
    if output_format is not Format.text or output is not None:
        for note in left:
            typer.echo(note_said(note, lang.value), err=True)
    raise typer.Exit(max(status, int(_fails(left, fail_on))))


def _status(report: Report, fail_on: FailOn, allow_uncovered: bool) -> int:
    if report.uncovered and not allow_uncovered:
        return 1
    return int(report.worst in fail_on.grades or _fails(report.waiver_notes, fail_on))


def _fails(notes: Iterable[WaiverNote], fail_on: FailOn) -> bool:
    return not severities(notes).isdisjoint(fail_on.grades)
