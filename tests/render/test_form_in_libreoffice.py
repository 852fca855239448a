"""The way of a clerk and a lawyer: a form filled by hand, saved by LibreOffice, checked, asked about, answered, and printed."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import clerk
import openpyxl
import pytest
from commands import call
from office_samples import DAY, EXAMPLES, converted, needs_libreoffice, pages_of

import decision_procedure as dp
from decision_procedure.forms.workbook import left_out
from decision_procedure.model.reading import shipped
from decision_procedure.sources.workbook import workbook_of


@cache
def worked() -> dp.Decision:
    return dp.load_decision(EXAMPLES / "invented/示例县-全部合规.yaml")


AS_OF = ("--as-of", "2024-12-31")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, int]:
    """Give the whole form, and the one that a clerk filled, as LibreOffice saves them, and how many cells the clerk wrote."""
    folder = tmp_path_factory.mktemp("forms")
    made = folder / "表.xlsx"
    new = ("new", made, "--format", "xlsx", "--body", "示例县", "--title", "停车收费方案", "--matter", "定价")
    done = call(*new, *AS_OF)
    assert done.returncode == 0, done.stderr
    cells = clerk.fill(made)
    form = dp.form(worked(), as_of=DAY).data
    whole, hand = converted(folder, "xlsx", "xlsx", form, made.read_bytes())  # in one run, for it is slow
    return whole, hand, cells


@needs_libreoffice
def test_what_libreoffice_saves_reads_back_the_same_and_stays_a_form(saved: tuple[Path, Path, int]) -> None:
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
def test_the_way_of_a_clerk_and_a_lawyer_from_an_empty_form_to_the_printed_sheet(
    saved: tuple[Path, Path, int], tmp_path: Path
) -> None:
    _, form, cells = saved
    record, letter, sheet = (tmp_path / name for name in ("案卷.yaml", "问询表.xlsx", "上会审查单.pdf"))
    done = call("import", form, "--output", record)
    assert done.returncode == 0, done.stderr
    before = dp.check(dp.load_decision(record), as_of=AS_OF[1])

    asked, answered = [], 0
    for _ in range(6):
        found = dp.questions(dp.check(dp.load_decision(record), as_of=AS_OF[1]))
        asked.append(len(found))
        if not found:
            break
        assert call("ask", record, *AS_OF, "--format", "xlsx", "--output", letter).returncode == 0
        answered += clerk.answer(letter, clerk.TOLD)
        done = call("ask", record, *AS_OF, "--answers", letter)
        assert done.returncode == 0, done.stderr

    after = dp.check(dp.load_decision(record), as_of=AS_OF[1])
    assert (cells, asked, answered) == (354, [29, 6, 0], 33)
    assert len(before.of("undetermined")) > 30
    assert after.of("undetermined") == ()
    assert [item.duty.removeprefix("cn-713.") for item in after.of("violated")] == [
        "15.1c", "15.1d", "25.1a", "25.2a", "30.2a", "32b",
    ]  # fmt: skip
    assert {item.judged for item in after.of("needs_judgement")} == {"met"}
    printed = call("report", record, *AS_OF, "--format", "pdf", "--paper", "review-sheet", "--output", sheet)
    assert printed.returncode == 1, printed.stderr
    (page,) = pages_of(sheet)
    assert "停车收费方案" in page
