"""Catalogues as published come in with every row and value and none besides, whatever their form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from published_tables import CHANGES, FOLDER, PROSE, WRITERS, Published, published, texts_of
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.catalogues.importing import ImportedCatalogue, catalogue_of
from decision_procedure.cli.main import app
from decision_procedure.model.catalogue import load_catalogue
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
        unread = {cell.column for cell in row.origin if cell.read_as is None}
        assert unread <= {"联系电话"}
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
    assert len(NAMES) == 17


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
