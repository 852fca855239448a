"""The letters to the units as a workbook: a sheet for each, a column to fill in, which is read back as answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from math import ceil
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from decision_procedure.diagrams.metrics import width_em
from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.forms.given_answers import HEADS, GivenAnswer, columns, name_of
from decision_procedure.forms.letters import UnitLetter, allowed_of, heads, source_of
from decision_procedure.forms.questions import Question
from decision_procedure.model.vocabulary import label
from decision_procedure.render.excel_cells import saved, text_of
from decision_procedure.results.report import Report
from decision_procedure.sources import label_of
from decision_procedure.sources.characters import is_formula
from decision_procedure.sources.workbook import CellValue, read_workbook, ref
from decision_procedure.wording import Words, in_both, say

_JUDGED = tuple(name for name in HEADS if name.startswith("judge_"))
_WIDTHS = {"number": 6, "question": 46, "why": 50, "allowed": 26, "answer": 26, "place": 26, **dict.fromkeys(_JUDGED, 18)}  # fmt: skip
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_CHOICES = 255  # characters of a list of choices that Excel opens
_THIN = Side(style="thin", color="B8C0C8")
_BORDER = Border(_THIN, _THIN, _THIN, _THIN)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_GREY, _OPEN = PatternFill("solid", fgColor="E3E8ED"), PatternFill("solid", fgColor="FFF8DC")
_HEAD_ROW = 3
_LINE, _HIGHEST = 15.0, 405.0  # points; not every program works out the height of a row


def letter_book(report: Report, letters: Sequence[UnitLetter], lang: str) -> bytes:
    """Return the workbook; without a question one sheet that says so."""
    book, words = Workbook(), Words(lang, "letter")
    book.remove(book.worksheets[0])
    for letter in letters:
        _sheet(book, report, letter, words)
    if not letters:
        _put(
            book.create_sheet(words.say("sheet")),
            1,
            1,
            words.say("nothing", title=report.title, day=report.as_of),
        )
    return saved(book, words.say("title", title=report.title), report.as_of)


def _sheet(book: Workbook, report: Report, letter: UnitLetter, words: Words) -> None:
    named = words.say("judge_sheet") if letter.judging else letter.unit or words.say("nobody")
    sheet = book.create_sheet(_title(named, [other.title for other in book.worksheets]))
    names = tuple(name for name in HEADS if letter.judging or name not in _JUDGED)
    key = "judge_opening" if letter.judging else "opening"
    _put(
        sheet, 1, 1, words.say(key, title=report.title, day=report.as_of, number=len(letter.asked))
    ).font = Font(bold=True)
    _put(sheet, 2, 1, words.say("judge_how" if letter.judging else "how"))
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(names))
        sheet.row_dimensions[row].height = 36
    for column, text in enumerate(heads(words, names), 1):
        cell = _put(sheet, _HEAD_ROW, column, text)
        cell.font, cell.fill = Font(bold=True), _GREY
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[names[column - 1]]
    for number, item in enumerate(letter.asked, 1):
        _row(sheet, _HEAD_ROW + number, names, _texts(number, item, words), item, words)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"


def _texts(number: int, item: Question, words: Words) -> dict[str, str]:
    return {
        "number": str(number),
        "question": f"{item.text.text(words.lang)}{words.aside(label('face', item.face, words.lang))}",
        "why": source_of(item, words),
        "allowed": allowed_of(item, words),
        "place": name_of(item),
    }


def _row(
    sheet: Any, row: int, names: Sequence[str], texts: dict[str, str], item: Question, words: Words
) -> None:
    for column, name in enumerate(names, 1):
        cell = _put(sheet, row, column, texts.get(name, ""))
        if name == "answer" or name in _JUDGED:
            cell.fill, cell.number_format = _OPEN, "@"  # a text: no program makes a date of it
        if name == "place":
            cell.font = Font(color="808080")
    lines = (2 * width_em(text) / (_WIDTHS[name] - 1) for name, text in texts.items() if name in names)
    sheet.row_dimensions[row].height = min(_HIGHEST, _LINE * max(1, *map(ceil, lines)) + 3)
    _drop_down(sheet, row, names.index("answer") + 1, item, words)


def _drop_down(sheet: Any, row: int, column: int, item: Question, words: Words) -> None:
    called = [choice.text(words.lang) for _, choice in item.choices]
    listed = ",".join(called)
    if item.several or not called or len(listed) > _LONGEST_CHOICES or any("," in text for text in called):
        return
    rule = DataValidation(type="list", formula1='"' + listed.replace('"', '""') + '"', allow_blank=True)
    rule.showErrorMessage = False  # 不清楚, and an act written out, may stand there too
    sheet.add_data_validation(rule)
    rule.add(f"{get_column_letter(column)}{row}")


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    cell = sheet.cell(row, column)
    cell.alignment, cell.border = _WRAPPED, _BORDER
    if text:
        cell.value = text_of(text)
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)
    return cell


def _title(name: str, taken: Sequence[str]) -> str:
    """Return a name that a sheet may have: 31 characters, none of Excel's own, and no other sheet's."""
    stem = _NOT_IN_TITLES.sub("", name)[:28] or "1"
    found, number = stem, 1
    while found.lower() in (other.lower() for other in taken):
        number += 1
        found = f"{stem[:25]}({number})"
    return found


# -- read back -----------------------------------------------------------------------------------------------


def filled(path: Path) -> list[GivenAnswer]:
    """Return the answers of a filled workbook. Raises UnusableInput for what is none, or holds no column of answers."""
    found = list(_answers(path))
    if not found:
        raise UnusableInput([_fault(path, "book_no_answers")])
    return found


def _answers(path: Path) -> Iterator[GivenAnswer]:
    for sheet in read_workbook(path).sheets:
        rows: dict[int, dict[int, CellValue]] = {}
        for (row, column), value in sheet.cells.items():
            rows.setdefault(row, {})[column] = value
        names: dict[int, str] = {}
        for number, cells in sorted(rows.items()):
            if not names:
                found = dict(zip(cells, columns(cells.values()), strict=True))
                names = found if {"place", "answer"} <= set(found.values()) else {}
                continue
            said = {names[column]: _text(value) for column, value in cells.items() if column in names}
            if name := str(said.get("place") or ""):
                answer = next(column for column, head in names.items() if head == "answer")
                yield GivenAnswer(name, _said(said, names.values()), None, ref(sheet.name, (number, answer)))


def _said(row: Mapping[str, Any], heads: Iterable[str]) -> Any:
    """Return the answer of a row; of a judgement all that is said of it."""
    answer = row.get("answer")
    if answer is None or "judge_reason" not in heads:
        return answer
    judged = {
        key: row[f"judge_{key}"] for key in ("reason", "by", "day", "document") if row.get(f"judge_{key}")
    }
    return {"answer": answer, **judged}


def _text(value: CellValue) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()[:16]
    return value.strip() or None if isinstance(value, str) else value


def _fault(path: Path, key: str) -> Fault:
    return Fault(label_of(path), None, "", *in_both(lambda lang: say(f"letter.{key}", lang)))


__all__ = ["filled", "letter_book"]
