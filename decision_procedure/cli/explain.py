"""`explain`: verdicts with their whole trees of conditions, and the steps of the procedure."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import LANG, AsOf, AssumeComplete, Calendar, LangOption, Record, said_day
from decision_procedure.cli.paper import Paper
from decision_procedure.cli.records import records_of
from decision_procedure.cli.writers import view_of
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.law.applicable import Law
from decision_procedure.planning.days import periods_counted
from decision_procedure.render.days import day_lines
from decision_procedure.render.text import finding_lines, step_lines


def explain(
    path: Record,
    duty: Annotated[
        str | None,
        typer.Argument(
            help="义务的编号、条款或者名称，如 15.1c、第十五条第一款、行政首长末位发言 a duty: identifier, article or words"
        ),
    ] = None,
    as_of: AsOf = None,
    rules: RulesOption = None,
    lang: LangOption = LANG,
    assume_complete: AssumeComplete = False,
    days: Annotated[
        bool,
        typer.Option(
            "--days",
            help="逐日计算，写明每日是否计入及原因 count the period day by day, each with its reason",
        ),
    ] = False,
    calendar: Calendar = None,
    steps: Annotated[
        bool,
        typer.Option("--steps", help="列出程序环节：是否需要、已完成、尚待 the steps: needed, done, waiting"),
    ] = False,
) -> None:
    """解释一项结论或者列出程序环节 Explain the verdicts on one duty, passes too, or list the steps."""
    if duty is None and not steps:
        raise UnusableArgument("请给出义务编号或者 --steps give the identifier of a duty, or --steps")
    if days and duty is None:
        raise UnusableArgument("--days 须指明一项义务 --days needs a duty")
    day, law = said_day(as_of), law_of(rules)
    paper = Paper(sys.stdout, lang)
    with api.holidays(*calendar or ()):
        _explain(path, duty, paper, day, law, lang, assume_complete=assume_complete, days=days, steps=steps)


def _explain(
    path: Path,
    duty: str | None,
    paper: Paper,
    day: date,
    law: Law,
    lang: str,
    *,
    assume_complete: bool,
    days: bool,
    steps: bool,
) -> None:
    for read in records_of(path, law.models):
        if isinstance(read.found, UnusableInput):
            raise read.found
        report = api.check(read.found, as_of=day, assume_complete=assume_complete, law=law)
        view = view_of(report, read, lang, law)
        if duty is not None:
            for verdict in report.about(duty):
                paper.write(finding_lines(view, view.findings.of(verdict), trees=True))
            if days:
                paper.write(day_lines(periods_counted(report, duty), lang))
        if steps:
            paper.write(step_lines(view))
