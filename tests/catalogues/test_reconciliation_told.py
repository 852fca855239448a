"""A catalogue held against records, as people read it: the same in every format, and nothing of a record is carried out."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from pathlib import Path

import pytest
from commands import call
from docx import Document
from openpyxl import load_workbook

import decision_procedure as dp
from decision_procedure.model.catalogue import load_catalogue
from decision_procedure.wording.punctuation import official

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "years" / "示例县-2025"
GIVEN = (
    FOLDER / "目录.yaml", FOLDER / "案卷", "--earlier", FOLDER / "目录-第一版.yaml", "--as-of", "2025-11-28",
)  # fmt: skip
HOSTILE = "<script>alert(1)</script>=cmd|'/c calc'!A1\x1b[31m\u202e"


@cache
def worked() -> dp.Reconciliation:
    reports = [
        dp.check(dp.load_decision(file), as_of="2025-11-28") for file in sorted((FOLDER / "案卷").glob("*"))
    ]
    return dp.reconcile(
        load_catalogue(FOLDER / "目录.yaml"), reports, as_of="2025-11-28",
        earlier=[load_catalogue(FOLDER / "目录-第一版.yaml")],
    )  # fmt: skip


@cache
def hostile() -> dp.Reconciliation:
    row = {"item": HOSTILE, "title": HOSTILE, "undertakers": [HOSTILE], "planned_time": HOSTILE}
    catalogue = dp.Catalogue.model_validate({
        "schema": 1, "title": HOSTILE, "issuer": HOSTILE, "year": 2025, "level": "county", "items": [row],
    })  # fmt: skip
    records = [
        {"schema": 1, "title": HOSTILE + tail, "body": HOSTILE, "catalogue": {"year": year}, "lead_unit": "甲",
         "units": [{"id": "甲", "name": "=1+1"}]}
        for tail, year in (("", 2025), ("外", 2025), ("旧", 2024))
    ]  # fmt: skip
    reports = [dp.check(dp.decision(record), as_of="2025-11-28") for record in records]
    return dp.reconcile(catalogue, reports, as_of="2025-11-28")


@cache
def workbook(lang: str = "zh") -> bytes:
    return dp.as_excel(worked(), lang=lang)


@cache
def paper(lang: str = "zh") -> bytes:
    return dp.as_word(worked(), lang=lang)


def bare(text: str) -> str:
    """Return a text without blanks and hyphens, which a paper writes in its own way."""
    return re.sub(r"[-\u2011\s]", "", text)


def cells(data: bytes) -> list[list[list[str]]]:
    book = load_workbook(io.BytesIO(data))
    return [
        [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    ]


def paper_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_tells_every_difference(lang: str) -> None:
    found = worked()
    told = [item.text(lang) for item in found.discrepancies]

    text, page = dp.as_text(found, lang=lang), dp.as_html(found, lang=lang)
    book, written = workbook(lang), paper_text(paper(lang))

    shown = page.replace("&#34;", '"').replace("&#39;", "'")
    shown = re.sub(r"</?span[^>]*>", "", shown)
    for said in told:
        assert said in text
        assert said in shown
        assert bare(official(said) if lang == "zh" else said) in bare(written)
    assert [row[3] for row in cells(book)[1][1:]] == told


def test_the_workbook_has_a_row_for_each_row_of_the_catalogue_and_sums_by_unit() -> None:
    progress, _, completion, units = cells(workbook())

    assert progress[0] == [
        "序号", "事项名称", "承办单位", "计划时间", "进度", "最后办理", "下一步", "最早上会日", "逾期", "案卷核查", "与案卷的差异",
    ]  # fmt: skip
    assert len(progress) == len(completion) == len(worked().rows) + 1
    assert units[-1][:2] == ["合计", "18"]


def test_the_paper_of_the_year_says_what_became_of_each_matter() -> None:
    text = paper_text(paper())

    assert "年度目录执行情况" in text
    assert "已逾期59日；无案卷" in text


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = dp.as_html(worked())

    assert re.findall(r"<script|src=|https?://", page) == []
    assert "default-src 'none'" in page


def test_nothing_of_a_record_or_a_catalogue_acts_on_its_reader() -> None:
    found = hostile()

    text, page = dp.as_text(found), dp.as_html(found)
    book, written = load_workbook(io.BytesIO(dp.as_excel(found))), paper_text(dp.as_word(found))

    assert "\x1b" not in text + page + written
    assert "\u202e" not in text + page + written
    assert "<script" not in page
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
            assert all(cell.quotePrefix for cell in row if str(cell.value).startswith("="))


def test_the_page_and_the_files_are_the_same_for_the_same_records() -> None:
    assert dp.as_html(worked()) == dp.as_html(worked())
    assert dp.as_excel(worked()) == workbook()


# -- the commands ------------------------------------------------------------------------------------------------


def test_the_command_status_tells_next_step_meeting_and_delay_row_by_row() -> None:
    told = call("catalogue", "status", *GIVEN, COLUMNS="100")

    assert told.returncode == 0
    assert "3 公交线路优化调整方案（县交通局）\n  办理中、已逾期89日\n" in told.stdout
    assert "  最早上会日    2025-12-10\n" in told.stdout


def test_the_command_reconcile_tells_the_differences_row_by_row() -> None:
    told = call("catalogue", "reconcile", *GIVEN, COLUMNS="200")

    assert "2 县第三人民医院迁建\n  无案卷：目录列有本事项，所给案卷中没有\n" in told.stdout


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("violated", 0), ("needs_judgement", 1), ("undetermined", 1), ("never", 0)],
)
def test_differences_are_for_a_person_and_make_the_exit_status_only_where_that_is_asked_for(
    fail_on: str, code: int
) -> None:
    given = (FOLDER / "目录.yaml", FOLDER / "案卷" / "18-公共自行车.yaml", "--as-of", "2025-11-28")

    assert call("catalogue", "reconcile", *given, "--fail-on", fail_on).returncode == code


def test_the_json_is_that_of_the_function() -> None:
    told = call("catalogue", "reconcile", *GIVEN, "--format", "json")

    assert json.loads(told.stdout) == worked().to_dict()


@pytest.mark.parametrize("form", ["html", "xlsx", "docx"])
def test_the_files_of_the_command_are_those_of_the_functions(form: str, tmp_path: Path) -> None:
    output = tmp_path / f"目录.{form}"
    made = {"html": lambda: dp.as_html(worked()).encode(), "xlsx": workbook, "docx": paper}[form]

    call("catalogue", "status", *GIVEN, "--format", form, "--output", output)

    assert output.read_bytes() == made()


def test_every_fault_of_every_catalogue_and_record_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    for name in ("甲.yaml", "乙.yaml"):
        (tmp_path / name).write_text("schema: 1\ntitle: 目录\nitems: []\n", encoding="utf-8")
    output = tmp_path / "x.html"

    told = call(
        "catalogue", "status", tmp_path / "甲.yaml", FOLDER / "案卷", "--earlier", tmp_path / "乙.yaml",
        "--format", "html", "--output", output,
    )  # fmt: skip

    assert (told.returncode, told.stdout, output.exists()) == (2, "", False)
    assert "甲.yaml" in told.stderr
    assert "乙.yaml" in told.stderr


def test_a_record_that_cannot_be_read_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "坏.yaml").write_text("schema: 1\ntitle: 甲\n", encoding="utf-8")

    told = call("catalogue", "reconcile", FOLDER / "目录.yaml", tmp_path)

    assert (told.returncode, told.stdout) == (2, "")
    assert "坏.yaml" in told.stderr


def test_a_published_table_is_pointed_to_the_import(tmp_path: Path) -> None:
    (tmp_path / "目录.xlsx").write_bytes(b"PK")

    told = call("catalogue", "status", tmp_path / "目录.xlsx", FOLDER / "案卷")

    assert (told.returncode, told.stdout) == (2, "")
    assert "catalogue import" in told.stderr
