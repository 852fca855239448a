"""A clerk's and a lawyer's way: a form filled, read in, checked, what is open asked and answered, checked again, printed."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from commands import call

import decision_procedure as dp

AS_OF = ("--as-of", "2024-08-01")


def fill(book: Path, answers: dict[str, str]) -> int:
    """Write answers where a workbook of questions asks for them, as a hand does; return how many were written."""
    found, count = openpyxl.load_workbook(book), 0
    for sheet in found.worksheets:
        heads = [cell.value for cell in sheet[3]]
        for row in sheet.iter_rows(min_row=4):
            if (said := answers.get(str(row[heads.index("位置")].value))) is not None:
                row[heads.index("回答")].value = said
                count += 1
    found.save(book)
    return count


FIRST = {
    "catalogue.listed": "是",
    "traits.professional": "是",
    "traits.possible_harm": "否",
    "acts(deliberation)": "否",
    "acts(decision)": "否",
    "acts(submission)": "否",
    "acts(hearing)": "否",
    "acts(expert_review)": "是",
    "acts(public_comment)": "是",
}
SECOND = {
    "acts[expert_review1].date": "2024-05-20",
    "acts[public_comment1].notice_date": "2024-04-01",
    "acts[public_comment1].start": "2024年4月1日",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_an_empty_folder_to_a_printed_review_sheet(folder: Path) -> None:
    made = call(
        "new",
        "表.xlsx",
        "--format",
        "xlsx",
        "--body",
        "示例县",
        "--title",
        "停车收费方案",
        "--matter",
        "定价",
        *AS_OF,
    )
    assert made.returncode == 0, made.stderr
    assert call("import", "表.xlsx", "--output", "案卷.yaml").returncode == 0
    record = folder / "案卷.yaml"
    before = dp.check(dp.load_decision(record), as_of="2024-08-01")

    for number, answers in enumerate((FIRST, SECOND)):
        book = folder / f"问询表{number}.xlsx"
        assert call("ask", record, *AS_OF, "--format", "xlsx", "--output", book).returncode == 0
        assert fill(book, answers) >= len(answers) - 1
        done = call("ask", record, *AS_OF, "--answers", book)
        assert done.returncode == 0, done.stderr

    after = dp.check(dp.load_decision(record), as_of="2024-08-01")
    assert len(after.of("undetermined")) <= len(before.of("undetermined")) - len(FIRST) - len(SECOND)
    comment = next(act for act in after.decision.acts if act.kind == "public_comment")
    assert comment.begun is not None
    assert comment.begun.text == "2024-04-01"
    printed = call("report", record, *AS_OF, "--format", "review-sheet", "--output", "上会审查单.docx")
    assert printed.returncode == 0, printed.stderr
    sheet = docx.Document(io.BytesIO((folder / "上会审查单.docx").read_bytes()))
    cells = {cell.text for table in sheet.tables for row in table.rows for cell in row.cells}
    assert "停车收费方案" in cells
