"""问题清单, 材料清单, 提示, 年度统计: the same findings as every format, and never a formula."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_samples import HOSTILE, checked, data_of, hostile, of_data, worked
from openpyxl.worksheet.worksheet import Worksheet

import decision_procedure as dp
from decision_procedure.exchange.findings import FindingsView, findings
from decision_procedure.law.articles import by_instrument
from decision_procedure.render import excel_cells
from decision_procedure.render.excel import ADVICE, FINDINGS, PROBLEMS, address_of
from decision_procedure.render.excel_cells import LONGEST, CellGrid, saved, text_of
from decision_procedure.results.severity import FACES
from decision_procedure.sources import optional


@lru_cache(maxsize=2)
def sheets(data: bytes) -> list[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets


def column(sheet: Worksheet, name: str) -> list[object]:
    at = FINDINGS.index(name)
    return [row[at].value for row in sheet.iter_rows(min_row=2)]


@pytest.fixture(scope="module")
def book() -> bytes:
    return dp.as_excel(worked())


def test_there_are_five_sheets_whose_heads_stay_and_filter(book: bytes) -> None:
    found = sheets(book)

    assert [sheet.title for sheet in found] == ["问题汇总", "问题清单", "材料清单", "提示", "年度统计"]
    for sheet in found:
        assert sheet.freeze_panes == "A2"
        rows = sheet.max_row - (sheet.title == "年度统计")  # the total is no row to filter
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(sheet.max_column)}{rows}"


def test_the_list_holds_the_findings_of_every_format(book: bytes) -> None:
    expected = [(item.rule, item.fingerprint) for item in findings(worked(), FindingsView())]

    sheet = sheets(book)[1]

    assert list(zip(column(sheet, "duty"), column(sheet, "fingerprint"), strict=True)) == expected


def test_a_row_says_duty_article_act_date_unit_person_fact_evidence_and_cure() -> None:
    sheet = sheets(dp.as_excel([("案卷.yaml", checked())]))[1]
    rows = [dict(zip(FINDINGS, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]

    (row,) = [row for row in rows if row["duty"] == "cn-713.15.1c"]

    assert row["severity"] == "不合规"
    assert row["article"] == "重大行政决策程序暂行条例 第十五条第一款"
    assert row["act"] == "2024年3月4日至3月24日公开征求意见"
    assert row["date"] == "2024-03-04"
    assert row["unit"] == "示例县住房和城乡建设局"
    assert row["person"].startswith("丁（局长")
    assert row["sentence"].startswith("公开征求意见自2024年3月4日至3月24日，共20日")
    assert "共20日，比“一般不少于30日”的要求少10日" in row["fact"]
    assert row["evidence"] == "征求意见公告；草案说明"
    assert row["cure"]
    assert row["counts"] == "是"


def test_the_law_that_a_record_cites_has_a_sheet_of_its_own(book: bytes) -> None:
    cited = sheets(book)[3]

    rows = [dict(zip(ADVICE, row, strict=True)) for row in cited.iter_rows(min_row=2, values_only=True)]

    assert {row["advised"] for row in rows if "茂名" in row["file"]} == {"所引依据已经失效"}
    assert all(row["advice_text"] and row["fingerprint"] for row in rows)


def test_the_file_is_linked_once_a_row() -> None:
    data = dp.as_excel([("案 卷/a#b.yaml", checked())])
    sheet = sheets(data)[1]

    links = [row[FINDINGS.index("file")].hyperlink for row in sheet.iter_rows(min_row=2)]

    assert {link.target for link in links} == {"%E6%A1%88%20%E5%8D%B7/a%23b.yaml"}
    written = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet2.xml")
    assert written.count(b"<hyperlink ") == sheet.max_row - 1


@pytest.mark.parametrize("file", ["javascript:alert(1)", "=HYPERLINK(1)", "\udcff.yaml", "http://x/y"])
def test_no_name_of_a_file_becomes_an_address_of_another_kind(file: str) -> None:
    assert ":" not in address_of(file)


def test_a_step_asks_for_documents_and_says_which_are_there() -> None:
    data = data_of("invented/示例县-多处不合规.yaml")
    data["documents"] = [item for item in data["documents"] if item["kind"] != "risk_report"]
    for act in data["acts"]:
        act["documents"] = [name for name in act.get("documents", ()) if name != "d-risk"]

    sheet = sheets(dp.as_excel([("a.yaml", of_data(data))]))[2]
    rows = {row[2]: row for row in sheet.iter_rows(min_row=2, values_only=True) if row[1] != "提交讨论"}

    assert rows["风险评估报告"][3] == "未见"
    assert "第二十三条第二款" in rows["风险评估报告"][5]
    assert rows["征求意见公告"][3:5] == ("有", "征求意见公告")
    assert "征收土地预公告" not in rows


def test_the_figures_of_a_year_add_up_to_the_verdicts_of_the_reports(book: bytes) -> None:
    *rows, total = sheets(book)[-1].iter_rows(min_row=2, values_only=True)
    verdicts = Counter(verdict.face for _, report in worked() for verdict in report.told)

    assert total[4:] == tuple(sum(row[at] for row in rows) for at in range(4, 12))
    assert total[4:] == tuple(verdicts[name] for name in FACES)
    assert ("2024", "示例县住房和城乡建设局", "合法性审查意见") in {row[:3] for row in rows}


DECIDED = {"kind": "decision", "outcome": "adopt"}


@pytest.mark.parametrize(
    ("catalogue", "decisions", "year"),
    [
        (2023, [DECIDED | {"date": "2024-01-05"}], "2024"),  # planned for one year, decided in the next
        (2024, [DECIDED | {"date": "2023-12-29"}], "2023"),
        (None, [DECIDED | {"date": "2022-06"}], "2022"),
        (2023, [DECIDED | {"date": "2024"}], "2024"),
        (2023, [], "2023"),
        (2023, [{"kind": "decision", "outcome": "adopt"}], "2023"),  # decided, no date recorded
        (2023, [DECIDED | {"date": "2025-03-01"}], "2023"),  # only planned on the day of checking
        (2023, [DECIDED | {"date": "2024-02-01", "held": False}], "2023"),
        (2022, [DECIDED | {"date": "2023-02-01", "outcome": "defer"}, DECIDED | {"date": "2024-02-01"}], "2024"),
        (2022, [DECIDED | {"date": "2023-02-01"}, DECIDED | {"date": "2024-02-01", "outcome": "reject"}], "2023"),
        (2022, [DECIDED | {"date": "2023-02-01", "outcome": "defer"}], "2023"),
        (None, [], "案卷未载明"),
    ],
)  # fmt: skip
def test_the_year_of_the_statistics_is_that_of_the_decision_else_of_the_catalogue(
    catalogue: int | None, decisions: list[dict[str, object]], year: str
) -> None:
    data = {
        "schema": 1, "title": "示例", "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
        "catalogue": {"listed": True, "year": catalogue},
        "acts": [
            {"id": "study", "kind": "proposal_study", "date": "2021-11-20"},
            *({"id": f"d{number}", **act} for number, act in enumerate(decisions)),
        ],
    }  # fmt: skip

    *rows, _ = sheets(dp.as_excel([("a.yaml", of_data(data))]))[-1].iter_rows(min_row=2, values_only=True)

    assert {row[0] for row in rows} == {year}


def test_the_workbook_is_the_same_to_the_byte_each_time(book: bytes) -> None:
    assert dp.as_excel(worked()) == book
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2024-09-30T00:00:00Z") == 2


def test_reports_are_taken_one_by_one() -> None:
    report, taken = checked(), []

    def source() -> Iterator[tuple[str, dp.Report]]:
        for number in range(3):
            taken.append(number)
            yield f"{number}.yaml", report

    sheet = sheets(dp.as_excel(source()))[-1]

    assert taken == [0, 1, 2]
    assert {row[3] for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row - 1, values_only=True)} == {3}


def test_no_reports_make_a_workbook_of_heads() -> None:
    assert [sheet.max_row for sheet in sheets(dp.as_excel([]))] == [1, 1, 1, 1, 2]


def test_hostile_text_is_text_in_every_cell() -> None:
    data = dp.as_excel([("=cmd|' /C calc'!A0.yaml", hostile())])

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    for sheet in sheets(data):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")
                assert cell.data_type != "n" or isinstance(cell.value, int | None)
                assert not isinstance(cell.value, str) or cell.value.isprintable()


@settings(max_examples=50)
@given(
    st.sampled_from(["=", "+", "-", "@", "\t", "\r", "", "＝"]),
    st.text(st.characters(codec=None), max_size=60),
)
def test_a_text_reads_back_as_text_whatever_it_begins_with(sign: str, text: str) -> None:
    workbook = openpyxl.Workbook(write_only=True)
    grid = CellGrid(workbook, "t", ["a"], [9])

    grid.add([sign + text])
    grid.end()

    (sheet,) = sheets(saved(workbook, "t", "2024-09-30"))
    assert (sheet["A2"].value or "") == text_of(sign + text)
    assert sheet["A2"].data_type == "s" or sheet["A2"].value is None


def test_a_text_that_looks_like_a_formula_keeps_its_mark_when_edited() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    grid = CellGrid(workbook, "t", ["a"], [9])
    grid.add([HOSTILE])
    grid.end()

    (sheet,) = sheets(saved(workbook, "t", "2024-09-30"))

    assert sheet["A2"].quotePrefix
    assert sheet["A2"].value.startswith("=1+1")


@pytest.mark.parametrize("text", ["长" * 40_000, "\U0001f4a9" * 32_767, "\x01" * 32_767, "a" * 32_767])
def test_no_cell_holds_more_than_excel_can(text: str) -> None:
    shown = text_of(text)

    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST


def test_what_excel_would_decode_stays_as_written() -> None:
    assert text_of("_x0041_ _x_") == "_x005F_x0041_ _x_"


def test_a_full_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_cells, "MOST_ROWS", 3)
    workbook = openpyxl.Workbook(write_only=True)
    grid = CellGrid(workbook, "t", ["a"], [9])

    for number in range(5):
        grid.add([number])
    grid.end()

    found = sheets(saved(workbook, "t", "2024-09-30"))
    assert [(sheet.title, sheet.max_row, sheet.auto_filter.ref) for sheet in found] == [
        ("t", 3, "A1:A3"), ("t(2)", 3, "A1:A3"), ("t(3)", 2, "A1:A2"),
    ]  # fmt: skip


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, "find_spec", lambda _: None)

    with pytest.raises(dp.UnusableArgument, match=r"decision-procedure\[excel\]"):
        dp.as_excel([])


def test_problems_are_told_once_with_all_their_articles_and_both_counts() -> None:
    report = checked()
    found = [item for item in report.problems("undetermined") if item.first.face == "violated"]

    sheet = sheets(dp.as_excel([("案卷.yaml", report)]))[0]
    rows = [dict(zip(PROBLEMS, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]

    violated = [row for row in rows if row["severity"] == "不合规"]
    assert len(violated) == len(found) == 8
    for row, problem in zip(violated, found, strict=True):
        assert row["sentence"] == problem.first.sentence("zh")
        assert row["asked"] == len(problem.findings)
        cited = by_instrument(
            ((item.instrument.text("zh"), item.article.text("zh")) for item in problem.findings), "zh"
        )
        assert row["article"] == "；".join(f"{title} {articles}" for title, articles in cited.items())
    assert rows[-1]["severity"] == "小计"
    assert rows[-1]["sentence"].startswith("不合规 11（11项要求、8个问题）")


def test_each_finding_bears_the_number_of_its_problem(book: bytes) -> None:
    told, listed = sheets(book)[:2]

    numbers = Counter(zip(column(listed, "title"), column(listed, "problem"), strict=True))
    rows = [dict(zip(PROBLEMS, row, strict=True)) for row in told.iter_rows(min_row=2, values_only=True)]
    asked = [(row["title"], row["asked"]) for row in rows if row["severity"] != "小计"]
    assert sorted((title, count) for (title, _), count in numbers.items()) == sorted(asked)
