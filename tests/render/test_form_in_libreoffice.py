"""The way of a clerk and a lawyer: a form filled by hand, saved by LibreOffice, checked, asked about, answered, and printed."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from office_samples import DAY, EXAMPLES, converted, needs_libreoffice
from test_answers import come_to, until_nothing_is_asked

import decision_procedure as dp
from decision_procedure.forms.workbook import left_out
from decision_procedure.model.reading import shipped
from decision_procedure.sources.workbook import workbook_of

GAPS = {
    "公平竞争审查": ("审查结论",),
    "集体讨论": ("多数意见",),
    "公开征求意见": ("截止日期",),
    "合法性审查": ("送审日期",),
}
"""What the clerk left empty: by sheet, the heads of columns."""


@cache
def worked() -> dp.Decision:
    return dp.load_decision(EXAMPLES / "invented/示例县-全部合规.yaml")


def by_hand(form: bytes) -> bytes:
    """Return a form as the hand leaves it that has not found everything out, and says of none that it is complete."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    for name, missing in GAPS.items():
        heads = {cell.value: cell.column for cell in book[name][2]}
        for head in missing:
            book[name].cell(3, heads[head]).value = None
    for row in (3, 4, 5):
        book["完整性声明"].cell(row, 3).value = None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the whole form, and the one filled by hand, as LibreOffice saves them: in one run, for it is slow."""
    form = dp.form(worked(), as_of=DAY).data
    whole, hand = converted(tmp_path_factory.mktemp("forms"), "xlsx", "xlsx", form, by_hand(form))
    return whole, hand


@needs_libreoffice
def test_what_libreoffice_saves_reads_back_the_same_and_stays_a_form(saved: tuple[Path, Path]) -> None:
    data = saved[0].read_bytes()

    assert list(left_out(worked(), workbook_of(data, "表.xlsx"), shipped)) == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["公开征求意见"]
    assert sheet.protection.sheet
    assert sheet["A2"].protection.locked
    assert not sheet["A3"].protection.locked
    assert sheet["A2"].comment is not None
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "date"}
    assert (book["归档"].sheet_state, book["中止执行"].sheet_state) == ("visible", "hidden")


@needs_libreoffice
def test_the_way_from_the_form_to_the_printed_sheet(saved: tuple[Path, Path]) -> None:
    filled = dp.load_decision(saved[1])
    first = dp.check(filled, as_of=DAY)
    asked = dp.questions(first)

    last = until_nothing_is_asked(filled, worked())

    assert {"acts[review].sent", "acts[comment].end"} <= {question.place for question in asked}
    wanted = come_to(dp.check(worked(), as_of=DAY))
    assert {key: come for key, come in come_to(last).items() if key in wanted} == wanted
    assert dp.as_review_sheet(last).startswith(b"PK")
