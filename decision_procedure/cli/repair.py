"""`repair`: what would mend the faults of a record, each way checked by the check itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import AsOf, AssumeComplete, Lang, LangOption, Output, Record, said_day
from decision_procedure.cli.paper import Made, data_text, deliver
from decision_procedure.cli.plan import Calendar, Meetings
from decision_procedure.cli.records import decision_of
from decision_procedure.render.repairs import RepairTold, repair_book, repair_lines, repair_paper


class RepairForm(StrEnum):
    """Output format."""

    text = "text"
    json = "json"
    docx = "docx"
    xlsx = "xlsx"


def repair(
    path: Record,
    as_of: AsOf = None,
    meetings: Meetings = None,
    calendar: Calendar = None,
    rules: RulesOption = None,
    form: Annotated[RepairForm, typer.Option("--format", help="输出格式 format")] = RepairForm.text,
    output: Output = None,
    lang: LangOption = Lang.zh,
    assume_complete: AssumeComplete = False,
) -> None:
    """整改方案：补正、重新办理什么，最早哪一天 How to mend what is violated, and when it could be decided."""
    day, law = said_day(as_of), law_of(rules)
    with api.holidays(*calendar or ()):
        report = api.check(decision_of(path, law), as_of=day, assume_complete=assume_complete, law=law)
        found = api.repair(report, meetings=meetings)
    told = RepairTold(found, report, lang.value)
    deliver(_MADE[form](told), output, lang.value)


_MADE: Mapping[RepairForm, Callable[[RepairTold], Made]] = {
    RepairForm.text: repair_lines,
    RepairForm.json: lambda told: data_text([item.to_dict() for item in told.repairs]),
    RepairForm.docx: repair_paper,
    RepairForm.xlsx: repair_book,
}
