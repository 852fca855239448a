"""The letters to the units: what is asked of each, on paper and in a workbook that is read back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from commands import call

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.forms.given_answers import answers_in
from decision_procedure.forms.letters import unit_letters

DAY = "2024-09-30"
RECORD = """\
格式版本: 1
事项名称: "=1+1 示例县停车收费管理方案"
决策机关: 示例县人民政府
单位:
  - {编号: fg, 名称: "示例县发展和改革局[价格]"}
承办单位: fg
目录: {已列入: 否}
事项特征: {符合公布标准: 否, 调整重大决策: 否}
行为:
  - {种类: 公开征求意见, 编号: c, 单位: fg, 开始日期: 2024-03-04, 截止日期: 2024-03-14}
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "案卷.yaml"
    path.write_text(RECORD, encoding="utf-8")
    return path


def letter(record: Path, form: str) -> bytes:
    done = call("ask", record, "--as-of", DAY, "--format", form, "--output", record.with_suffix(f".{form}"))
    assert done.returncode == 0, done.stderr
    return record.with_suffix(f".{form}").read_bytes()


def test_each_unit_has_a_letter_and_what_is_for_a_person_goes_to_the_deciding_body(record: Path) -> None:
    report = dp.check(dp.load_decision(record), as_of=DAY)
    asked = {item.unit: item for item in unit_letters(report)}

    assert asked["示例县人民政府"].judging
    assert {item.kind for item in asked["示例县人民政府"].asked} == {"judgement"}
    everything = [question for item in asked.values() for question in item.asked]
    assert len(everything) == len(dp.questions(report))


def test_the_paper_asks_every_question_with_its_provision_and_a_blank(record: Path) -> None:
    document = docx.Document(io.BytesIO(letter(record, "docx")))
    report = dp.check(dp.load_decision(record), as_of=DAY)

    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    rows = [row for table in document.tables for row in table.rows[1:]]
    assert "主送：示例县发展和改革局[价格]" in text
    assert "日前函复" in text
    assert len(rows) == len(dp.questions(report))
    assert {row.cells[4].text for row in rows} >= {""}
    assert all(row.cells[2].text for row in rows)


def filled(book: bytes, answers: dict[str, str]) -> bytes:
    """The workbook as the hand of a clerk fills it: answers by what is asked."""
    found = openpyxl.load_workbook(io.BytesIO(book))
    for sheet in found.worksheets:
        heads = [cell.value for cell in sheet[3]]
        for row in sheet.iter_rows(min_row=4):
            place = str(row[heads.index("位置")].value)
            if place in answers:
                row[heads.index("回答")].value = answers[place]
    stream = io.BytesIO()
    found.save(stream)
    return stream.getvalue()


ANSWERS: dict[str, Any] = {
    "acts[c].shortening_explained": "公告中说明",
    "traits.professional": "否",
    "acts(hearing)": "否",
    "acts(deliberation)": "不清楚",
}


def test_the_workbook_is_read_back_into_the_record(record: Path) -> None:
    book = record.with_name("回函.xlsx")
    book.write_bytes(filled(letter(record, "xlsx"), ANSWERS))

    done = call("ask", record, "--as-of", DAY, "--answers", book)

    assert done.returncode == 0, done.stderr
    after = dp.load_decision(record)
    assert after.acts[0].shortening_explained == "in_notice"  # type: ignore[union-attr]
    assert after.traits.professional is not None
    assert after.traits.professional.value is False
    assert [act.kind for act in after.acts if act.held is False] == ["hearing"]


def test_a_wrong_answer_is_told_with_sheet_and_cell_and_nothing_is_written(record: Path) -> None:
    book = record.with_name("回函.xlsx")
    book.write_bytes(filled(letter(record, "xlsx"), {**ANSWERS, "acts[c].shortening_explained": "大概有"}))

    done = call("ask", record, "--as-of", DAY, "--answers", book)

    assert done.returncode == 2
    assert "!E" in done.stderr
    assert "大概有" in done.stderr
    assert record.read_text("utf-8") == RECORD


def test_no_text_of_a_record_is_a_formula_or_a_sheet_name_that_excel_refuses(record: Path) -> None:
    found = openpyxl.load_workbook(io.BytesIO(letter(record, "xlsx")))

    assert all(len(sheet.title) <= 31 and "[" not in sheet.title for sheet in found.worksheets)
    cells = [cell for sheet in found.worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_what_is_no_workbook_is_refused_in_one_message(tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    for data in (b"", b"not a workbook", b"PK\x03\x04broken"):
        bad.write_bytes(data)
        with pytest.raises(UnusableInput) as refused:
            answers_in(bad)
        assert len(refused.value.faults) == 1
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(UnusableInput):
        answers_in(bad)
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    with pytest.raises(UnusableInput):
        answers_in(bad)


def test_another_form_is_refused(record: Path) -> None:
    report = dp.check(dp.load_decision(record), as_of=DAY)
    with pytest.raises(UnusableArgument):
        dp.letters(report, form="pdf")
