"""Catalogues as published come in with every row and value and none besides, whatever their form."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from published_tables import CHANGES, FOLDER, PROSE, WRITERS, Published, published, texts_of
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.catalogues.cell_values import units_in, yes_or_no
from decision_procedure.catalogues.headers import field_of
from decision_procedure.catalogues.importing import ImportedCatalogue, catalogue_of
from decision_procedure.catalogues.notice import OuterText, approval_of, stated_in
from decision_procedure.cli.main import app
from decision_procedure.model.catalogue import load_catalogue
from decision_procedure.sources import optional
from decision_procedure.sources.tables import tables_of

ROOT = Path(__file__).parent.parent
NAMES = sorted(published())
MARKS = re.compile(r"[\s、，,；;/]+")


def imported(item: Published, form: str) -> ImportedCatalogue:
    return catalogue_of(tables_of(WRITERS[form](item), f"{item.name}.{form}"), given=item.given)


def bare(text: str) -> str:
    return MARKS.sub("", text)


def assert_every_value_and_no_other(item: Published, found: ImportedCatalogue) -> None:
    """Compare each cell with the table, and each value of the model with the cell it comes from."""
    wanted = texts_of(item)
    rows = found.catalogue.items
    assert len(rows) == len(wanted)
    for row, texts in zip(rows, wanted, strict=True):
        cells = {cell.text: cell for cell in row.origin}
        assert {*map(bare, cells)} >= {*map(bare, texts)}
        assert {bare(text) for text in cells} - {bare(text) for text in texts} <= {"规划类", "措施类"}
        unread = {
            cell.column.rpartition("/")[2].strip().removesuffix("（全称）：")
            for cell in row.origin
            if cell.read_as is None
        }
        assert set(map(bare, unread)) <= {"联系电话", "项数", "項数", "例"}
        read = {cell.read_as: bare(cell.text) for cell in row.origin if cell.read_as}
        values = {
            "序号": row.item, "事项名称": row.title, "主要内容": row.summary or "", "决策主体": row.decider or "",
            "承办单位": "".join(row.undertakers), "所引依据": "".join(row.cited_law), "事项类别": row.category or "",
            "计划程序": (row.planned_steps and row.planned_steps.raw) or "",
            "计划时间": (row.planned_time and row.planned_time.raw) or "",
            "阶段安排": (row.planned_time and row.planned_time.raw) or "",
            "是否听证": {True: "是", False: "否", None: ""}[row.hearing] if row.section is None else "",
        }  # fmt: skip
        for field, text in read.items():
            assert bare(values[field]) == text, (field, row)
        stated = {field for field, value in values.items() if value}
        assert stated - {"序号", "阶段安排", "计划时间"} <= read.keys() - {"阶段安排"}
        assert (row.planned_time is not None) == bool({"计划时间", "阶段安排"} & read.keys())


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_published_catalogue_comes_in_whole(name: str, form: str) -> None:
    item = published()[name]

    found = imported(item, form)

    assert_every_value_and_no_other(item, found)
    assert found.kind == form


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_changed_table_comes_in_whole(name: str, change: str) -> None:
    item = CHANGES[change](published()[name])
    form = list(WRITERS)[(NAMES.index(name) + list(CHANGES).index(change)) % len(WRITERS)]

    found = imported(item, form)

    assert_every_value_and_no_other(item, found)


def test_the_catalogues_with_rows_are_all_there() -> None:
    assert len(NAMES) + len(PROSE) == len(list(FOLDER.glob("*.json")))
    assert len(NAMES) == 18


@pytest.mark.parametrize("name", PROSE)
def test_what_has_no_rows_of_matters_is_told_and_kept_apart(name: str) -> None:
    with pytest.raises(dp.UnusableInput) as told:
        dp.import_catalogue(FOLDER / f"{name}.json")

    assert len(told.value.faults) == 1


PAGE = (ROOT / "docs/how-to/catalogue.md").read_text("utf-8")


def test_the_page_shows_what_its_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (commands,) = re.findall("```console\n(.*?)```", PAGE, re.DOTALL)
    (shown,) = re.findall("```\n(  列的对应.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(ROOT)

    runs = [
        CliRunner().invoke(
            app,
            line.removeprefix("$ decision-procedure ")
            .replace("目录.yaml", str(tmp_path / "目录.yaml"))
            .split(),
        )
        for line in commands.splitlines()
    ]

    assert [run.exit_code for run in runs] == [0, 0, 0]
    assert shown in runs[0].stdout
    assert load_catalogue(tmp_path / "目录.yaml").items[0].remark == "8881234"


def test_the_python_of_the_page_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall("```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(ROOT)

    exec(code, {})  # noqa: S102

    printed = capsys.readouterr().out
    assert "1 城区停车收费管理办法 ('县发展和改革局', '县公安局') 2025-09-30 True" in printed
    assert printed.endswith("目录名称: 示例县人民政府2025年度重大行政决策事项目录\n")


def notice(*texts: str, stem: str = "表") -> dict[str, object]:
    return {
        name: found.value
        for name, found in stated_in([OuterText(text, "", True) for text in texts], stem).items()
    }


APPROVALS = {
    "已经县人民政府常务会议审议通过,并报县委同意": {"party_consent": True, "approved": True},
    "经县委、县人民政府同意": {"party_consent": True, "approved": True},
    "已经省委同意": {"party_consent": True},
    "经县政府研究同意": {"approved": True},
    "经县政府研究决定": {"approved": True},
    "县政府常务会议审议,并经县委同意": {"party_consent": True},
    "经高新区党工委、管委会同意": {"party_consent": True, "approved": True},
    "区政府常务会议审议通过": {"approved": True},
    "经区委员会办公室审核同意": {},
}


@pytest.mark.parametrize("wording", APPROVALS)
def test_who_approved_is_read_off_the_wording_and_silence_shows_nothing(wording: str) -> None:
    found = notice(f"《某县2025年度重大行政决策事项目录》{wording},现予公布。")

    assert wording in str(found.get("approval", wording if not APPROVALS[wording] else ""))
    assert approval_of(wording) == APPROVALS[wording]


@pytest.mark.parametrize(
    "wording", ["目录须经县委同意后公布", "未经县委同意", "调整目录的,应当报经县政府同意"]
)
def test_what_is_to_be_or_was_not_approved_is_no_approval(wording: str) -> None:
    assert "approval" not in notice(wording)


def test_a_notice_says_whose_catalogue_it_is_of_which_year_and_by_which_law() -> None:
    found = notice(
        "徐闻县人民政府办公室", "徐府办〔2018〕12号", "关于印发《徐闻县人民政府2018年度重大行政决策事项目录》的通知",
        "根据《重大行政决策程序暂行条例》(国务院令第713号)和《广东省重大行政决策程序规定》,制定本目录。",
        "列入清单管理的决策事项须于2018年12月31日前完成。", "2018年3月12日", "附件：",
    )  # fmt: skip

    assert found == {
        "title": "徐闻县人民政府2018年度重大行政决策事项目录", "year": 2018, "issuer": "徐闻县人民政府", "number": "徐府办〔2018〕12号",
        "issued": "2018-03-12", "planned_time": "2018年12月31日前",
        "cited_law": ["《重大行政决策程序暂行条例》(国务院令第713号)", "《广东省重大行政决策程序规定》"],
    }  # fmt: skip


def test_on_what_texts_differ_nothing_is_taken() -> None:
    found = notice("2018年3月12日", "2018年4月1日", "甲县人民政府", "乙县人民政府")

    assert found == {}


UNITS = {
    "县发展和改革局": (("县发展和改革局",), None, ()),
    "县发改局、县财政局，县水务局": (("县发改局", "县财政局", "县水务局"), None, ()),
    "县发展 和改革局": (("县发展和改革局",), None, ()),
    "县财政局\n县发改局": (("县财政局", "县发改局"), None, ()),
    "市规划和自然资源局\n花都区分局": (("市规划和自然资源局花都区分局",), None, ()),
    "市规划和自然资源局花都区分局": (("市规划和自然资源局花都区分局",), None, ()),
    "区级相关部门": (("区级相关部门",), None, ()),
    "县发改局（牵头）、县财政局": (("县发改局", "县财政局"), "县发改局", ()),
    "牵头单位：县发改局；配合单位：县财政局、县水务局": (("县发改局",), "县发改局", ("县财政局", "县水务局")),
    "县发展和改革局\n（县公安局配合）": (("县发展和改革局",), None, ("县公安局",)),
    "县教育局会同县自然资源局": (("县教育局", "县自然资源局"), None, ()),
    "县财政局、县发改局牵头": (("县发改局", "县财政局"), "县发改局", ()),
}


@pytest.mark.parametrize("text", UNITS)
def test_units_stay_as_published_and_their_parts_are_told(text: str) -> None:
    found = units_in(text)

    assert (found.names, found.lead, found.assisting) == UNITS[text]
    assert all(bare(raw) == name for raw, name in found.joined)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("√", True),
        ("是", True),
        ("☑是 □否", True),
        ("×", False),
        ("否", False),
        ("□是 ☑否", False),
        ("○", None),
        ("视情况", None),
        ("/", None),
    ],
)
def test_a_mark_is_yes_or_no_or_not_understood(text: str, said: bool | None) -> None:
    assert yes_or_no(text) is said


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("承辦 單位", "undertakers"), ("听证事项（内容）", "title"), ("计划完成时间（月）", "planned_time"), ("是否履行专家论证", "expert"),
        ("决策中是否需听证", "hearing"), ("公众参与方式", "planned_steps"), ("拟提请市政府常务会议审议时间", "planned_time"),
        ("是否履行公平竞争审查", "fair_competition"), ("责任单位及联系人", "undertakers"), ("联系电话", None), ("进展", None),
    ],
)  # fmt: skip
def test_a_header_stands_for_its_field_whatever_its_blanks_width_and_script(
    header: str, field: str | None
) -> None:
    found = field_of(header)

    assert (found and found.field) == field


TABLE = "2025年度某县人民政府重大行政决策事项目录\n序号\t事项名称\t承办单位\n1\t水价调整\t县水务局\n"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("mark", ["\t", ","])
def test_a_table_as_text_is_read_in_each_coding(coding: str, mark: str) -> None:
    found = catalogue_of(tables_of(TABLE.replace("\t", mark).encode(coding), "表.txt"))

    assert [(row.title, row.undertakers) for row in found.catalogue.items] == [("水价调整", ("县水务局",))]


@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_months_merged_classes_and_formulas_of_a_workbook_are_read_as_shown(suffix: str) -> None:
    found = dp.import_catalogue(FOLDER / f"示例县-2025.{suffix}")

    rows = found.catalogue.items
    assert [(row.item, row.category, row.planned_time and row.planned_time.raw, row.hearing) for row in rows] == [
        ("1", "规划类", "2025年10月", True), ("2", "规划类", "2025年12月", False), ("3", "民生类", "第三季度", True), ("1", None, None, True),
    ]  # fmt: skip
    assert [row.section for row in rows] == [
        *["示例县人民政府2025年度重大行政决策事项目录"] * 3,
        "示例县2025年度重大行政决策听证事项目录",
    ]
    assert [name.name for name in found.joined] == ["县发展和改革局"]
    assert ("是公式" in "".join(doubt.zh for doubt in found.doubts)) == (
        suffix == "xlsx"
    )  # the old form does not tell


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_reads_back_as_the_same_catalogue(name: str, lang: str, tmp_path: Path) -> None:
    catalogue = imported(published()[name], "csv").catalogue
    path, other = tmp_path / "目录.yaml", tmp_path / "目录.json"
    path.write_text(catalogue.to_yaml(lang), "utf-8")
    other.write_text(catalogue.to_json(lang), "utf-8")

    assert load_catalogue(path) == load_catalogue(other) == catalogue


def test_a_file_of_another_name_is_read_by_what_it_holds_and_told(tmp_path: Path) -> None:
    path = tmp_path / "2025年目录.xls"
    path.write_bytes(TABLE.encode("gb18030"))

    found = dp.import_catalogue(path)

    assert "文本表格" in found.doubts[0].zh
    assert len(found.doubts) == 1


def test_what_a_file_does_not_say_is_asked_for_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("序号,事项名称\n1,水价\n", "utf-8")

    run = CliRunner().invoke(app, ["catalogue", "import", str(path)])
    given = CliRunner().invoke(
        app,
        ["catalogue", "import", str(path), "--title", "目录", "--issuer", "某县人民政府", "--year", "2025"],
    )

    assert (run.exit_code, run.stdout) == (2, "")
    assert all(option in run.stderr for option in ("--title", "--issuer", "--year", "--level"))
    assert (given.exit_code, "级别: 县级" in given.stdout) == (0, True)


def test_a_column_is_what_it_is_said_to_be_and_a_field_that_there_is_not_is_told(tmp_path: Path) -> None:
    path = tmp_path / "2025年度某县人民政府目录.csv"
    path.write_text("序号,议题,承办单位\n1,水价,县水务局\n", "utf-8")

    unread = CliRunner().invoke(app, ["catalogue", "import", str(path)])
    read = CliRunner().invoke(
        app, ["catalogue", "import", str(path), "--map", "议题=事项名称", "--issuer", "某县人民政府"]
    )
    wrong = CliRunner().invoke(app, ["catalogue", "import", str(path), "--map", "议题=题目"])

    assert unread.exit_code == 2
    assert "--map" in unread.stderr
    assert "事项名称: 水价" in read.stdout
    assert isinstance(wrong.exception, dp.UnusableArgument)
    assert "事项名称 title" in wrong.exception.choices


def test_parts_numbered_from_one_numbers_twice_and_rows_without_a_number_are_read_and_told() -> None:
    text = "序号,事项名称\n1,甲\n2,乙\n1,丙\n2,丁\n2,戊\n,己\n一、其他,\n1,庚\n"

    found = catalogue_of(
        tables_of(text.encode(), "表"), given={"title": "目录", "issuer": "某县人民政府", "year": 2025}
    )

    assert [(row.section, row.item, row.title) for row in found.catalogue.items] == [
        (None, "1", "甲"), (None, "2", "乙"), (None, "1", "丙"), (None, "2", "丁"), (None, "2-2", "戊"), (None, "4", "己"), ("一、其他", "1", "庚"),
    ]  # fmt: skip
    told = "".join(doubt.zh for doubt in found.doubts)
    assert "序号 2 重复" in told
    assert "1 行没有序号" in told


def test_a_row_whose_words_are_those_of_headers_is_a_row() -> None:
    text = "序号,事项名称,履行程序要求\n1,医院建设项目,公众参与\n2,听证事项,听证\n3,目录事项,公众参与\n"

    found = catalogue_of(
        tables_of(text.encode(), "表"), given={"title": "目录", "issuer": "某县人民政府", "year": 2025}
    )

    assert [(row.title, row.plans("participation"), row.hearing) for row in found.catalogue.items] == [
        ("医院建设项目", True, None), ("听证事项", None, True), ("目录事项", True, None),
    ]  # fmt: skip


SITE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>示例县人民政府网站</title></head><body><ul class=nav><li><a href=/>首页</a></li></ul>
<table><tr><td>索引号:</td><td>113708/2025-01</td><td>发布机构:</td><td>示例县人民政府办公室</td></tr><tr><td>成文日期:</td><td>2025-05-14</td></tr></table>
<h1>示例县人民政府<br>关于公布示例县人民政府2025年度重大行政决策事项目录的通知</h1><p>发布日期：2025-05-16 浏览次数：</p><p>示政发〔2025〕3号</p>
<p>各镇人民政府,县政府各部门:</p><p>根据《重大行政决策程序暂行条例》,编制了《示例县人民政府2025年度重大行政决策事项目录》,已经县委同意,现予公布。</p>
<p>确需调整的,按程序报经批准后公布。</p><p>示例县人民政府</p><p>2025年5月14日</p><p>附件</p><p>2025 年度示例县人民政府<br/>重大<br/>行政决策事项目录</p>
<table><tr><td><p>序号</p></td><td><p>事项名称</p></td><td>承办<br>单位</td><td>完成时限</td></tr>
<tr><td>1</td><td>示例县河湖岸线<br>保护与利用规划</td><td><p>县水务局</p><p>县自然资源局</p></td><td>2025年12月</td></tr></table><p>备注：动态调整。</p></body></html>"""
TRADITIONAL = """<p>各辦:</p><p>現將2023年度街道重大行政決策目錄通知如下:</p><p>一、某某街道2023年度重大決策目錄</p>
<table><tr><td>序號<td>重大行政 決策事項<td>決策實施單位<td>履行程序要求<td>計劃完成時間<tr><td>1<td>社區體驗館建設<td>平安法治辦公室<td>公眾參與、合法性審查、集體討論決定<td>2023年12月</table>
<p>某縣某某街道辦事處</p><p>2023年3月24日</p>"""


def test_a_page_of_a_site_is_read_with_its_notice_and_without_its_frame() -> None:
    found = catalogue_of(tables_of(SITE.encode(), "目录.html")).catalogue

    assert (found.title, found.issuer, found.number) == (
        "2025年度示例县人民政府重大行政决策事项目录", "示例县人民政府", "示政发〔2025〕3号",
    )  # fmt: skip
    assert (str(found.issued), str(found.published_on), found.published) == ("2025-05-14", "2025-05-16", True)
    assert (found.approval, found.party_consent, found.approved) == ("已经县委同意", True, None)
    assert [(row.title, row.undertakers) for row in found.items] == [
        ("示例县河湖岸线保护与利用规划", ("县水务局", "县自然资源局"))
    ]
    assert not any("首页" in note.text for note in found.notes)
    assert any(note.text == "备注：动态调整。" for note in found.notes)


def test_a_page_in_traditional_characters_is_read_and_its_names_stay_as_published() -> None:
    found = catalogue_of(tables_of(TRADITIONAL.encode(), "目錄.html")).catalogue

    (row,) = found.items
    assert (found.title, found.issuer, found.level) == (
        "某某街道2023年度重大決策目錄",
        "某縣某某街道辦事處",
        "subdistrict",
    )
    assert (row.title, row.undertakers) == ("社區體驗館建設", ("平安法治辦公室",))
    assert [row.plans(step) for step in ("participation", "legality", "collective", "risk")] == [
        True,
        True,
        True,
        None,
    ]


def test_same_as_above_is_what_the_row_above_says_and_told() -> None:
    text = "序号,事项名称,承办单位,完成时限\n1,甲,县水务局,9月\n2,乙,同上,〃\n"

    found = catalogue_of(
        tables_of(text.encode(), "表"), given={"title": "目录", "issuer": "某县人民政府", "year": 2025}
    )

    assert [
        (row.undertakers, row.planned_time and row.planned_time.raw) for row in found.catalogue.items
    ] == [(("县水务局",), "9月")] * 2
    assert [doubt.place for doubt in found.doubts if "同上" in doubt.zh] == ["C3", "D3"]
    assert [cell.text for cell in found.catalogue.items[1].origin] == ["2", "乙", "同上", "〃"]


def test_rows_and_sheets_that_are_hidden_are_read_and_told() -> None:
    book = openpyxl.Workbook()
    sheet, other = book.active, book.create_sheet("听证")
    for row in (["序号", "事项名称"], [1, "甲"], [2, "乙"]):
        sheet.append(row)
        other.append(row)
    sheet.row_dimensions[3].hidden, other.sheet_state = True, "hidden"
    stream = io.BytesIO()
    book.save(stream)

    found = catalogue_of(
        tables_of(stream.getvalue(), "表"), given={"title": "目录", "issuer": "某县人民政府", "year": 2025}
    )

    told = [doubt.zh for doubt in found.doubts if "隐藏" in doubt.zh]
    assert len(found.catalogue.items) == 4
    assert [text.partition(" ")[0] for text in told] == ["1", "2"]
    assert told[0].endswith("第 3 行")


TWO_ROWS = """序号,{more}基本情况,,备注
,{blank}事项名称,承办单位,
1,{phone}水价调整,县水务局,甲
"""


@pytest.mark.parametrize("more", ["", "联系电话,"])
def test_a_header_of_two_rows_is_one_where_nothing_is_merged(more: str) -> None:
    text = TWO_ROWS.format(more=more, blank="," if more else "", phone="8888," if more else "")

    found = catalogue_of(
        tables_of(text.encode(), "表"), given={"title": "目录", "issuer": "某县人民政府", "year": 2025}
    )

    (row,) = found.catalogue.items
    assert (row.item, row.title, row.undertakers, row.remark) == ("1", "水价调整", ("县水务局",), "甲")


def test_a_list_of_hearings_below_begins_with_its_caption_wherever_the_titles_stand() -> None:
    text = "事项名称,序号\n水价,1\n听证事项目录\n事项名称,序号\n路桥收费,1\n注：动态调整。\n"

    found = catalogue_of(
        tables_of(text.encode(), "表"), given={"title": "目录", "issuer": "某县人民政府", "year": 2025}
    )

    assert [(row.section, row.title, row.hearing) for row in found.catalogue.items] == [
        (None, "水价", None), ("听证事项目录", "路桥收费", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("issuer", "level", "told"),
    [
        ("某县人民政府办公室", "county", False), ("某市某区人民政府", "county", False), ("某市人民政府", "city", True), ("某县某镇人民政府", "township", False),
        ("某县城市管理局", "county", False), ("某县某某街道办事处", "subdistrict", False), ("某省人民政府", "province", False),
    ],
)  # fmt: skip
def test_the_level_is_read_off_the_issuer_and_a_city_may_be_of_county_level(
    issuer: str, level: str, told: bool
) -> None:
    found = catalogue_of(tables_of(TABLE.encode(), "表"), given={"issuer": issuer})

    assert found.catalogue.level == level
    assert any("县级市" in doubt.zh for doubt in found.doubts) is told


def test_ticks_of_a_font_of_symbols_in_word_are_read_and_other_signs_told() -> None:
    document = docx.Document()
    table = document.add_table(2, 4)
    for cell, text in zip(
        table._cells, ("事项名称", "公众参与", "是否听证", "专家论证", "水价", "", "", ""), strict=True
    ):
        cell.text = text
    for cell, sign in zip(table._cells[5:], ("F050", "F04F", "F0E0"), strict=True):
        run = cell.paragraphs[0].add_run()
        run._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings 2" w:char="{sign}"/>'))
    stream = io.BytesIO()
    document.save(stream)

    found = catalogue_of(
        tables_of(stream.getvalue(), "表"), given={"title": "目录", "issuer": "某县人民政府", "year": 2025}
    )

    (row,) = found.catalogue.items
    assert [row.plans(step) for step in ("participation", "hearing", "expert")] == [True, False, None]
    assert [doubt.place for doubt in found.doubts if "既不是" in doubt.zh] == ["表1!D2"]


def test_a_library_that_is_absent_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, "find_spec", lambda _: None)

    for data in (SITE.encode(), (FOLDER / "示例县-2025.xls").read_bytes()):
        with pytest.raises(dp.UnusableArgument, match=r"decision-procedure\[catalogue\]"):
            tables_of(data, "表")
