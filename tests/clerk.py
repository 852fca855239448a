"""The hand of a clerk: what he knows of a worked matter, written cell by cell into the form that `new` makes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from decision_procedure.sources import read_yaml

KNOWN = Path(__file__).parent / "records" / "办事员所知.yaml"
Rows = list[dict[str, Any]]


def known() -> Mapping[str, Rows]:
    """Return what the clerk knows: by sheet, rows of what stands under which head."""
    found: Mapping[str, Rows] = read_yaml(KNOWN.read_text("utf-8"), KNOWN.name).data
    return found


def fill(form: Path) -> int:
    """Write what the clerk knows into a form, as a hand does; return how many cells were written."""
    book, count = openpyxl.load_workbook(form), 0
    for name, rows in known().items():
        sheet = book[name]
        heads = {cell.value: cell.column for cell in sheet[2]}
        for number, row in enumerate(rows, 3):
            lines = _line(sheet, row) or number
            for head, value in row.items():
                cell = sheet.cell(lines, heads[head])
                if cell.value is None:  # what names the line, and what `new` wrote, stands there already
                    cell.value = value
                    count += 1
    book.save(form)
    return count


def _line(sheet: Worksheet, row: Mapping[str, Any]) -> int | None:
    """Return the line of a card or grid that a row is written into; None: the sheet has rows to add."""
    named = [row[head] for head in ("部分", "项目", "事项特征") if head in row]
    if not named:
        return None
    return next(
        line[0].row
        for line in sheet.iter_rows(min_row=3)
        if [cell.value for cell in line[: len(named)]] == named
    )


def answer(letter: Path, answers: Mapping[str, str]) -> int:
    """Write answers into a letter to the units, each where its question is asked; return how many were written."""
    book, count = openpyxl.load_workbook(letter), 0
    for sheet in book.worksheets:
        heads = [cell.value for cell in sheet[3]]
        for row in sheet.iter_rows(min_row=4):
            said = answers.get(str(row[heads.index("要问的")].value)) if "要问的" in heads else None
            if said is not None:
                row[heads.index("回答")].value = said
                count += 1
    book.save(letter)
    return count
