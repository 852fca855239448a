"""The Excel form: a record goes out to it and comes back the same, and what is wrong in it is told at its cell."""

from __future__ import annotations

import csv
import io
import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin

import openpyxl
import pytest
from commands import call
from conftest import EXAMPLES, record
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple
from pydantic import BaseModel
from test_docs import ROOT

import decision_procedure as dp
from decision_procedure.errors import folded
from decision_procedure.forms.workbook import left_out
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import SHIPPED, kinds_of
from decision_procedure.model.reading import shipped
from decision_procedure.model.references import references_of
from decision_procedure.model.sorts import choices_of, members_of, models_in, sort_of
from decision_procedure.model.workbooks.filling import Filling
from decision_procedure.model.workbooks.grids import first_heads, groups_of
from decision_procedure.model.workbooks.layout import OWNER, FormSheet, layout
from decision_procedure.model.workbooks.reading import record_of
from decision_procedure.sources.workbook import CellSheet, Workbook, workbook_of

DAY = "2024-09-30"
WORKED = "invented/示例县-全部合规.yaml"
RECORDS = sorted(path for path in EXAMPLES.rglob("*.yaml"))


@cache
def worked() -> tuple[dp.Decision, bytes]:
    """Return the worked record and its form."""
    made = dp.load_decision(EXAMPLES / WORKED)
    form = dp.form(made, as_of=DAY)
    assert form.left_out == ()
    return made, form.data


@cache
def blank() -> bytes:
    """Return the form of a record of which hardly anything is known yet."""
    stated = {"schema": 1, "title": "停车收费", "body": {"name": "示例县人民政府", "level": "county", "kind": "government"}}  # fmt: skip
    return dp.form(dp.decision(stated), as_of=DAY).data


def at(place: str) -> tuple[int, int]:
    row, column = coordinate_to_tuple(place)
    return row, column


def changed(book: Workbook, **cells: dict[str, Any]) -> Workbook:
    """Write into the cells of a form as it is read: by sheet, what goes into which cell; None: nothing."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for name, written in cells.items():
        for place, value in written.items():
            sheets[name].cells.pop(at(place), None)
            if value is not None:
                sheets[name].cells[at(place)] = value
    return book


def filled(data: bytes, **rows: list[dict[str, Any]]) -> bytes:
    """Return a form in which somebody wrote rows under the heads of sheets."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, lines in rows.items():
        sheet = book[name.replace("__", "·")]
        heads = {cell.value: cell.column for cell in sheet[2]}
        for row, line in enumerate(lines, 3):
            for head, value in line.items():
                sheet.cell(row, heads[head]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes) -> dp.Decision:
    return record_of(workbook_of(data, "表.xlsx"))[0]


def faults_of(book: Workbook) -> dict[str, str]:
    """Return the faults of a form in Chinese, by their cells."""
    with pytest.raises(dp.UnusableInput) as told:
        record_of(book)
    assert {fault.file for fault in told.value.faults} == {"表.xlsx"}
    assert {fault.line for fault in told.value.faults} == {None}
    return {fault.key: fault.zh for fault in told.value.faults}


def as_cells(decision: Decision, lang: str = "zh") -> Workbook:
    """Return the form of a record as it is read from a workbook, without one."""
    index, filling = ("zh", "en").index(lang), Filling(decision, lang)
    return Workbook(
        "表.xlsx", tuple(_sheet(form, index, filling) for form in layout(kinds_of(type(decision))))
    )


def _sheet(form: FormSheet, index: int, filling: Filling) -> CellSheet:
    sheet = CellSheet(form.names[index])
    if form.form == "card":
        for row, column in enumerate(form.columns, 3):
            value = filling.line(column)
            texts = groups_of(column)[index], column.labels[index], value
            sheet.cells.update(
                {(row, number): text for number, text in enumerate(texts, 1) if text is not None}
            )
        return sheet
    columns = [*([OWNER] if first_heads(form) else []), *form.columns]
    heads = [first_heads(form)[index] if column == OWNER else column.labels[index] for column in columns]
    sheet.cells.update({(2, number): head for number, head in enumerate(heads, 1)})
    traits = form.columns[0].kinds.traits
    lines = (
        [{OWNER: form.columns[0].kinds.key_names(name, traits)[index], **filling.trait(name, form)} for name in traits.model_fields]
        if form.form == "grid"
        else list(filling.rows(form))
    )  # fmt: skip
    for row, line in enumerate(lines, 3):
        sheet.cells.update(
            {(row, number): line[column] for number, column in enumerate(columns, 1) if column in line}
        )
    return sheet


IN_ENGLISH = [("en", path) for path in RECORDS if path.parent.name == "invented"]


@pytest.mark.parametrize(
    ("lang", "path"), [*(("zh", path) for path in RECORDS), *IN_ENGLISH], ids=lambda part: Path(part).stem
)
def test_every_worked_record_comes_back_the_same(path: Path, lang: str) -> None:
    made = dp.load_decision(path)

    assert list(left_out(made, as_cells(made, lang), shipped)) == []


def test_a_whole_record_comes_back_the_same_out_of_its_workbook() -> None:
    made, data = worked()

    found = read(data)

    assert {act.id: act for act in found.acts} == {act.id: act for act in made.acts}
    assert (found.units, found.people, found.documents, found.drafts) == (made.units, made.people, made.documents, made.drafts)  # fmt: skip
    assert (found.body, found.catalogue, found.traits, found.complete) == (made.body, made.catalogue, made.traits, made.complete)  # fmt: skip


def _texts() -> st.SearchStrategy[str]:
    marks = "甲乙县 、，;；\n=+-@'\"&<>_x0041_1.2否是"
    return st.text(st.sampled_from(marks) | st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF), min_size=1, max_size=12).map(str.strip).filter(bool)  # fmt: skip


IDS = ("甲", "b、2", "c")
DATES = st.sampled_from(["2024-03-06", "2024-03", "2024", "2024-03-06T15:00", "1999-12-31"])


def _part(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Return parts of a kind, as its declarations have them."""
    required, optional = {}, {}
    for name, field in model.model_fields.items():
        if name in (
            "says",
            "denied",
            "schema_",
            "id",
            "acts",
            "kinds",
            "sha256",
            "procedure",
            "fingerprint",
            "code",
        ):
            continue
        found = _value(model, name)
        (required if field.is_required() else optional)[field.alias or name] = found
    return st.fixed_dictionaries(required, optional=optional)


def _value(model: type[BaseModel], name: str) -> st.SearchStrategy[Any]:
    annotation = model.model_fields[name].annotation
    parts = tuple(models_in(annotation))
    several = any(get_origin(one) is tuple for one in members_of(annotation))
    if parts:
        inner = _part(parts[0]).filter(bool)
        if several:
            return st.lists(inner, min_size=1, max_size=2)
        return inner
    one = _single(model, name, annotation)
    return st.lists(one, min_size=1, max_size=3) if several else one


def _single(model: type[BaseModel], name: str, annotation: Any) -> st.SearchStrategy[Any]:
    target = dict(references_of(model)).get(name)
    if target is not None:
        return st.just("a1") if target == "acts" else st.sampled_from(IDS)
    choices = choices_of(annotation)
    flag = [st.booleans()] if bool in members_of(annotation) else []
    if choices or flag:
        return st.one_of([*flag, *([st.sampled_from(choices)] if choices else [])])
    sort = sort_of(annotation)
    if sort == "date":
        return DATES
    if sort == "number" or int in members_of(annotation):
        return st.integers(1990, 2200) if name == "year" else st.integers(1, 1000)
    texts = _texts()
    return texts.map(lambda text: " ".join(text.split())) if get_origin(annotation) is tuple else texts


def _identified(model: type[BaseModel]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.tuples(*[_part(model)] * len(IDS)).map(lambda parts: [{**part, "id": name} for name, part in zip(IDS, parts, strict=True)])  # fmt: skip


def _flat(part: dict[str, Any]) -> dict[str, Any]:
    """Return a unit without a unit above it: chance makes circles."""
    return {key: value for key, value in part.items() if key != "parent"}


@cache
def _records() -> st.SearchStrategy[dict[str, Any]]:
    lists = {name: _identified(get_args(Decision.model_fields[name].annotation)[0]) for name in ("people", "documents", "drafts")}  # fmt: skip
    units = _identified(get_args(Decision.model_fields["units"].annotation)[0]).map(
        lambda all_: [*map(_flat, all_)]
    )
    acts = [
        _part(model).map(lambda part, kind=kind: {**part, "kind": kind})
        for kind, model in SHIPPED.acts.items()
    ]
    first = st.just({"kind": "publication", "id": "a1"})
    rest = st.lists(st.sampled_from(acts).flatmap(lambda one: one), max_size=3)
    every = st.tuples(first, rest).map(lambda found: [found[0], *found[1]])
    rest_of = _part(Decision).map(
        lambda part: {key: value for key, value in part.items() if key != "judgements"}
    )
    return st.tuples(rest_of, st.fixed_dictionaries({"units": units, **lists, "acts": every})).map(lambda found: {**found[0], **found[1], "schema": 1})  # fmt: skip


@given(_records())
@settings(max_examples=15, phases=[p for p in Phase if p is not Phase.shrink])
def test_a_record_of_whatever_its_model_declares_comes_back_the_same(data: dict[str, Any]) -> None:
    try:
        made = dp.decision(data)
    except dp.UnusableInput as error:
        assert all("早于" in fault.zh or "重复" in fault.zh for fault in error.faults), error  # noqa: PT017
        return  # by chance it ends before it starts, or states an act twice

    assert list(left_out(made, as_cells(made), shipped)) == []


CLERK = {
    "单位": [{"名称": "示例县人民政府"}, {"名称": "示例县发展和改革局", "别名": "县发改局"}],
    "人员": [
        {"姓名": "张三", "单位": "示例县人民政府", "职务": "县长", "身份": "行政首长", "任职起": "2022-03-01"},
        {"姓名": "李四", "单位": "示例县人民政府", "职务": "副县长", "任职起": "2021-01-01", "任职止": "2023-01-31"},
        {"单位": "县发改局", "职务": "局长", "任职起": "2023-02-01"},
    ],
    "文件": [{"文件名称": "常务会议纪要", "种类": "会议纪要、会议记录", "日期": "2024-06-07"}],
    "公开征求意见": [
        {"单位": "县发改局", "公告日期": "2024-03-04", "截止日期": "2024-04-08", "渠道": "政府网站、报刊", "公布草案": "是"},
        {"单位": "县发改局", "公告日期": "2024-04-20", "轮次": 2},
    ],
    "集体讨论": [{"日期": "2024-06-06", "会议类型": "常务会议", "行政首长": "张三", "发言顺序": "李四、张三", "文件": "常务会议纪要"}],
    "集体讨论__参会人员": [{"人员": "张三", "意见": "同意"}, {"人员": "李四", "意见": "不同意"}],
    "作出决定": [{"日期": "2024-06-06", "讨论会议": "集体讨论", "决定结果": "通过"}],
}  # fmt: skip


def test_a_clerk_fills_it_in_by_names_and_writes_no_identifier() -> None:
    words = kinds_of(Decision)
    filled_in = {**CLERK}
    deliberation = words.acts["deliberation"].model_fields
    meeting, view = (
        words.words(choices_of(part)) or {} for part in (deliberation["meeting_type"].annotation, _view())
    )
    filled_in["集体讨论"] = [{**CLERK["集体讨论"][0], "会议类型": meeting["executive"][0]}]
    filled_in["集体讨论__参会人员"] = [{"人员": "张三", "意见": view["for"][0]}, {"人员": "李四", "意见": view["against"][0]}]  # fmt: skip
    outcome = words.words(choices_of(words.acts["decision"].model_fields["outcome"].annotation)) or {}
    filled_in["作出决定"] = [{**CLERK["作出决定"][0], "决定结果": outcome["adopt"][0]}]

    found: Any = read(filled(blank(), **filled_in))

    first, second = (act for act in found.acts if act.kind == "public_comment")
    assert (first.unit, str(first.end), first.channels) == ("示例县发展和改革局", "2024-04-08", ("website", "newspaper"))  # fmt: skip
    assert (second.round, second.unit) == (2, first.unit)
    chief, deputy = found.people
    assert [(post.post, post.unit) for post in deputy.posts] == [("副县长", "示例县人民政府"), ("局长", "示例县发展和改革局")]  # fmt: skip
    (met,) = (act for act in found.acts if act.kind == "deliberation")
    assert met.speaking_order == (deputy.id, chief.id)
    assert [(one.person, one.view) for one in met.attendees] == [(chief.id, "for"), (deputy.id, "against")]
    assert met.documents == (found.documents[0].id,)
    (taken,) = (act for act in found.acts if act.kind == "decision")
    assert taken.deliberation == met.id


def _view() -> Any:
    (attendee,) = models_in(SHIPPED.acts["deliberation"].model_fields["attendees"].annotation)
    return attendee.model_fields["view"].annotation


def as_a_clerk_fills_it(made: dp.Decision) -> tuple[Workbook, int]:
    """Return a form without what may be left out, and how many cells are filled in it."""
    book, filled_in = as_cells(made), 0
    drafts = next(sheet.name for sheet in book.sheets if sheet.name == "草案版本")
    for sheet in book.sheets:
        heads = {number: text for (row, number), text in sheet.cells.items() if row == 2}
        card = sheet.name in ("基本情况", "完整性声明")
        for (row, number), text in list(sheet.cells.items()):
            if row > 2 and sheet.name != drafts and heads.get(number) in ("编号", "所属行为"):
                del sheet.cells[row, number]
            elif row > 2 and text == "meeting":
                sheet.cells[row, number] = "集体讨论"
        filled_in += sum(
            row > 2 and (number == 3 if card else heads.get(number) != "事项特征")
            for row, number in sheet.cells
        )
    return book, filled_in


def test_the_worked_record_takes_345_cells_and_no_identifier_and_is_judged_alike() -> None:
    made, _ = worked()
    book, filled_in = as_a_clerk_fills_it(made)

    found, _ = record_of(book)

    assert filled_in == 345
    reports = [dp.check(one, as_of=DAY) for one in (found, made)]
    told = [sorted((item.duty, item.outcome) for item in report.verdicts) for report in reports]
    assert told[0] == told[1]


def test_every_fault_is_told_at_its_cell() -> None:
    wrong = changed(
        as_cells(worked()[0]),
        公开征求意见={"F3": "2024-02-30", "H3": "政府网占", "AZ9": "离表头很远"},
        文件={"B3": "公告"},
        单位={"A20": None, "B20": "只有别名"},
        事项特征={"A5": "没有的特征", "B4": "也许"},
        基本情况={"C5": None},
    )

    found = faults_of(wrong)

    assert found == {
        "公开征求意见!F3": "没有这一天",
        "公开征求意见!H3": "没有此值：政府网占 → 政府网站?",
        "公开征求意见!AZ9": "这一列没有表头，不知道填的是什么",
        "文件!B3": "没有此值：公告 → 听证公告?",
        "单位!A20": "缺少此项：名称",
        "事项特征!A5": "没有这一事项特征",
        "事项特征!B4": "应为 true 或者 false",
        "基本情况!C5": "缺少此项：事项名称",
    }


def test_a_sheet_of_traits_without_its_first_column_is_told_by_the_cells_that_are_left() -> None:
    wrong = changed(as_cells(worked()[0]), 事项特征={"A2": "别的名字"})

    found = faults_of(wrong)

    assert {at for at, text in found.items() if text == "没有这一事项特征"} >= {"事项特征!B3", "事项特征!B4"}


def test_a_name_that_nothing_bears_is_told_at_its_cell() -> None:
    wrong = changed(as_cells(worked()[0]), 公开征求意见={"A3": "没有的局"})

    assert faults_of(wrong) == {"公开征求意见!A3": "引用的单位不存在：没有的局"}


def test_a_name_that_two_bear_and_one_thing_wrong_in_many_rows_are_told_once() -> None:
    book = changed(
        as_cells(worked()[0]),
        单位={"A8": "示例县住房和城乡建设局"},
        提交讨论={"A3": "示例县住房和城乡建设局"},
    )

    found = faults_of(book)

    assert found["提交讨论!A3"] == "有几个同名的：示例县住房和城乡建设局。请给它们各写编号，此处写编号"
    alike = [dp.Fault("表.xlsx", None, f"文件!B{row}", "没有此值：公告", "x") for row in range(3, 30)]
    assert [fault.zh for fault in folded(alike)] == ["没有此值：公告（同样的共 27 处）"]


def test_what_does_not_belong_is_told_rather_than_passed_over() -> None:
    book = as_cells(worked()[0])
    sheets = {sheet.name: sheet for sheet in book.sheets}
    sheets["听证会"].name = "听正会"
    sheets["听证会"].cells[at("A3")] = "示例县人民政府"
    sheets["归档"].cells[at("A2")] = "改了的表头"
    sheets["出台"].merged.append((at("A3"), at("A4")))
    sheets["公布"].formulas.append(at("C4"))
    sheets["公布"].errors.append(at("C5"))
    sheets["集体讨论·参会人员"].cells[at("A3")] = "集体讨论7"

    found = faults_of(book)

    assert "听证会" in found["听正会"]
    assert "改了的表头" in found["归档!A3"]
    assert "合并" in found["出台!A3"]
    assert "公式" in found["公布!C4"]
    assert "错误值" in found["公布!C5"]
    assert "集体讨论1" in found["集体讨论·参会人员!A3"]


def test_findings_point_at_sheet_and_cell(tmp_path: Path) -> None:
    made = dp.form(dp.load_decision(EXAMPLES / "invented/示例县-多处不合规.yaml"), as_of=DAY)
    path = tmp_path / "表.xlsx"
    path.write_bytes(made.data)

    said, brief = (call("check", path, "--as-of", DAY, *more).stdout for more in ((), ("--quiet",)))

    assert "表.xlsx:公开征求意见!" in said
    assert "表.xlsx:事项特征!" in said
    assert brief
    assert all("!" in line.partition(": ")[0] for line in brief.splitlines())
    assert call("ask", path, "--as-of", DAY).returncode == 0
    table = call("report", path, "--as-of", DAY, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert {(row["line"], row["cell"][: row["cell"].find("!")]) for row in rows if row["act"] == "comment"} == {("", "公开征求意见")}  # fmt: skip


def test_the_commands_of_the_page_do_what_it_says(tmp_path: Path) -> None:
    page = (ROOT / "docs/how-to/form.md").read_text("utf-8")
    for name in ("examples", "catalogs"):
        (tmp_path / name).symlink_to(ROOT / name)
    ran = [call(*shlex.split(line.partition("    #")[0]), cwd=tmp_path) for line in re.findall(r"^\$ decision-procedure (.+)$", page, re.MULTILINE)]  # fmt: skip

    assert [run.returncode for run in ran] == [0] * 6, [run.stderr for run in ran]
    assert dp.load_decision(tmp_path / "案卷.yaml").tracks == ("government_pricing",)
    assert set(dp.load_decision(tmp_path / "全部合规.xlsx").acts) == set(worked()[0].acts)
    assert call("new", tmp_path / "全部合规.xlsx", "--body", "示例县").returncode == 2  # never over another
    found = dp.load_decision(tmp_path / "目录事项.xlsx")
    assert found.catalogue is not None
    assert found.catalogue.item == "5"


def test_what_a_form_cannot_hold_is_named() -> None:
    data = record("示例县-全部合规")
    data["note"] = " 首尾有空格\r\n"
    comment = next(act for act in data["acts"] if act["id"] == "comment")
    del comment["end"]
    comment["says"] = {"end": [{"document": "d-notice", "value": "2024-04-08"}, {"document": "d-op", "value": "2024-04-09"}]}  # fmt: skip
    made = dp.decision(data)

    assert list(left_out(made, as_cells(made), shipped)) == ["note", "acts.comment.says"]


def test_kinds_of_a_countys_own_have_their_sheets_and_columns() -> None:
    folder = Path(__file__).parent.parent / "docs/how-to/kinds"
    law = dp.load_law(folder / "rules")
    (path,) = folder.glob("*.yaml")
    made = dp.load_decision(path, law)
    (form,) = (form for form in layout(kinds_of(type(made))) if form.kind and ":" in form.kind)

    told = dp.form(made, as_of=DAY, law=law)

    assert told.left_out == ()
    book = openpyxl.load_workbook(io.BytesIO(told.data))
    heads = [cell.value for cell in book[form.names[0]][2]]
    assert [column.labels[0] for column in form.columns] == heads
    assert book[form.names[0]].sheet_state == "visible"
    found = record_of(workbook_of(told.data, "表.xlsx"), law.models)[0]
    assert set(found.acts) == set(made.acts)
