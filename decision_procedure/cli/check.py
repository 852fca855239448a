"""`check`: records against the procedure the law demands."""

from __future__ import annotations

from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import (
    LANG,
    AllowUncovered,
    AsOf,
    AssumeComplete,
    Calendar,
    FailOnOption,
    FromOption,
    LangOption,
    Output,
    SomePaths,
    WaiversOption,
    said_day,
)
from decision_procedure.cli.run import Screening
from decision_procedure.cli.sink import sink
from decision_procedure.cli.writers import Format, Manner, writer
from decision_procedure.render.text import note_said


def check(
    paths: SomePaths = None,
    tables: FromOption = None,
    as_of: AsOf = None,
    rules: RulesOption = None,
    lang: LangOption = LANG,
    output_format: Annotated[Format, typer.Option("--format", help="格式 format")] = "text",
    output: Output = None,
    fail_on: FailOnOption = "violated",
    assume_complete: AssumeComplete = False,
    allow_uncovered: AllowUncovered = False,
    waivers: WaiversOption = None,
    calendar: Calendar = None,
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
    """核查案卷 Check records against the procedure the law demands."""
    run = Screening(
        said_day(as_of, quiet=quiet), law_of(rules), assume_complete=assume_complete, waivers=waivers
    )
    manner = Manner(lang, everything=details, trees=explain, quiet=quiet, statistics=statistics, law=run.law)
    with api.holidays(*calendar or ()), sink(output) as stream:
        out = writer(output_format, stream, manner)
        for read, report in run.reports(paths, tables, bar_shown=output is not None or not stream.isatty()):
            out.add(report, read)
        left = run.left_over()
        out.end(left)
        run.stop_if_unusable(lang)  # leaves the block without the file being written
    if output_format != "text" or output is not None:
        for note in left:
            typer.echo(note_said(note, lang), err=True)
    raise typer.Exit(run.status(fail_on, allow_uncovered=allow_uncovered))
