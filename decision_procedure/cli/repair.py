"""`repair`: what would mend the faults of a record, each way checked by the check itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer

from decision_procedure import api
from decision_procedure.cli.dossiers import earlier_report
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
from decision_procedure.cli.paper import Made, data_text, deliver
from decision_procedure.cli.records import decision_of
from decision_procedure.render.repairs import RepairTold, repair_book, repair_lines, repair_paper

RepairForm = Literal["text", "json", "docx", "xlsx"]


def repair(
    path: Record,
    as_of: AsOf = None,
    meetings: Meetings = None,
    calendar: Calendar = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            help="上次的卷宗或者归档包，写明其中的问题是否销号 an earlier dossier or bag: what became of its faults",
        ),
    ] = None,
    rules: RulesOption = None,
    form: Annotated[RepairForm, typer.Option("--format", help="输出格式 format")] = "text",
    output: Output = None,
    lang: LangOption = LANG,
    assume_complete: AssumeComplete = False,
) -> None:
    """整改方案：补正、重新办理什么，最早哪一天 How to mend what is violated, and when it could be decided."""
    day, law = said_day(as_of), law_of(rules)
    with api.holidays(*calendar or ()):
        record = decision_of(path, law)
        before = None if since is None else earlier_report(since, record, law)
        report = api.check(record, as_of=day, assume_complete=assume_complete, law=law)
        found = api.repair(report, meetings=meetings)
    told = RepairTold(found, report, lang, before)
    deliver(_MADE[form](told), output, lang)


def _data(told: RepairTold) -> str:
    """Return the repairs as JSON; with `--since` an object that holds them and what became of the earlier faults."""
    repairs = [item.to_dict() for item in told.repairs]
    since = [item._asdict() for item in told.since]
    return data_text({"since": since, "repairs": repairs} if told.has_earlier else repairs)


_MADE: Mapping[RepairForm, Callable[[RepairTold], Made]] = {
    "text": repair_lines,
    "json": _data,
    "docx": repair_paper,
    "xlsx": repair_book,
}
