"""`deadlines`: what is overdue, due soon, and waiting for whom, over all records of a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

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
    Paths,
    said_day,
)
from decision_procedure.cli.paper import Made, data_text, deliver
from decision_procedure.cli.run import Screening
from decision_procedure.planning.deadlines import urgency_key
from decision_procedure.render.deadlines import DueTold, due_book, due_calendar, due_lines, due_page

DueForm = Literal["text", "json", "html", "xlsx", "ics"]


def deadlines(
    paths: Paths,
    as_of: AsOf = None,
    within: Annotated[
        int, typer.Option("--within", min=0, max=1000, help="多少日以内算临近 how many days count as soon")
    ] = 30,
    meetings: Meetings = None,
    calendar: Calendar = None,
    rules: RulesOption = None,
    form: Annotated[DueForm, typer.Option("--format", help="输出格式 format")] = "text",
    output: Output = None,
    lang: LangOption = LANG,
    assume_complete: AssumeComplete = False,
) -> None:
    """期限清单：逾期、临近、等谁办理 What is overdue, due soon, and waiting for whom."""
    day, law = said_day(as_of), law_of(rules)
    run = Screening(day, law, assume_complete=assume_complete, waivers=None)
    with api.holidays(*calendar or ()):
        pairs = ((read.file, report) for read, report in run.reports(paths))
        found = sorted(api.deadlines(pairs, within=within, meetings=meetings, law=law), key=urgency_key)
    run.stop_if_unusable(lang)
    told = DueTold(found, day.isoformat(), lang)
    deliver(_MADE[form](told), output, lang)


_MADE: Mapping[DueForm, Callable[[DueTold], Made]] = {
    "text": due_lines,
    "json": lambda told: data_text([item.to_data() for item in told.found]),
    "html": due_page,
    "xlsx": due_book,
    "ics": due_calendar,
}
