"""Catalogues: the real ones load, and faults come with their line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.errors import UnusableInput
from decision_procedure.model.catalogue import Catalogue, load_catalogue, place_lines
from decision_procedure.model.vocabulary import label

CATALOGUES = sorted((Path(__file__).parent.parent / "catalogs").glob("*.yaml"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_each_published_catalogue_loads_with_issuer_year_and_rows(path: Path) -> None:
    catalogue = load_catalogue(path)

    assert catalogue.issuer
    assert str(catalogue.year) in path.stem
    assert catalogue.items


def test_there_are_at_least_three_catalogues() -> None:
    assert len(CATALOGUES) >= 3


def test_an_unstated_hearing_is_unknown_not_no() -> None:
    (path,) = [path for path in CATALOGUES if path.stem == "徐闻县-2018"]

    assert {item.hearing for item in load_catalogue(path).items} == {None}


def test_every_fault_of_a_catalogue_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "schema: 1\ntitle: 甲\nyear: soon\nlevel: planet\nitems:\n  - {item: '1'}\n", encoding="utf-8"
    )

    with pytest.raises(UnusableInput) as caught:
        load_catalogue(path)

    assert {fault.key for fault in caught.value.faults} == {"issuer", "year", "level", "items[0].title"}


CHINESE = """格式版本: 1
目录名称: 目录
制定机关: 某县人民政府
年度: 2025
级别: 县级
所引依据: [《广东省重大行政决策听证规定》(粤府令第183号)]
事项:
- {序号: '1', 事项名称: 水价, 承办单位: [发展改革局], 是否听证: 是}
- {序号: '2', 事项名称: 学校}
"""


def test_a_catalogue_with_chinese_keys_and_words_means_the_same_as_in_english_or_json(tmp_path: Path) -> None:
    path, other = tmp_path / "目录.yaml", tmp_path / "catalogue.json"
    path.write_text(CHINESE, encoding="utf-8")
    data = {
        "schema": 1, "title": "目录", "issuer": "某县人民政府", "year": 2025, "level": "county",
        "cited_law": ["《广东省重大行政决策听证规定》(粤府令第183号)"],
        "items": [
            {"item": "1", "title": "水价", "undertakers": ["发展改革局"], "hearing": True},
            {"item": "2", "title": "学校"},
        ],
    }  # fmt: skip
    other.write_text(json.dumps(data), encoding="utf-8")

    assert load_catalogue(path) == load_catalogue(other)
    assert [place_lines(path)(advice.place) for advice in dp.advise(load_catalogue(path))] == [6]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("序号: '2'->序号: '1'", "目录.yaml:9: 事项[1].序号: 序号重复"),
        ("序号: '2'->听证: 否, 序号: '2'", "目录.yaml:9: 事项[1].听证: 没有此键：听证 → 是否听证?"),
        ("县级->县级市", "目录.yaml:5: 级别: 没有此值：县级市 → 县级?"),
        ("制定机关: 某县人民政府\n->", "目录.yaml:1: issuer: 缺少此项：制定机关"),
        ("序号: '2'->序号: 2.5", "目录.yaml:9: 事项[1].序号: 应为文字（数字请加引号）"),
        ("序号: '2'->序号: true", "目录.yaml:9: 事项[1].序号: 应为文字（数字请加引号）"),
        ("[发展改革局]->3", "目录.yaml:8: 事项[0].承办单位: 应为列表"),
        ("[发展改革局]->''", "目录.yaml:8: 事项[0].承办单位[0]: 不能为空"),
    ],
)
def test_a_fault_of_a_catalogue_stands_at_its_chinese_key(tmp_path: Path, wrong: str, told: str) -> None:
    path = tmp_path / "目录.yaml"
    path.write_text(CHINESE.replace(*wrong.split("->")), encoding="utf-8")

    with pytest.raises(UnusableInput) as caught:
        load_catalogue(path)

    assert [fault.text("zh") for fault in caught.value.faults] == [f"{tmp_path}/{told}"]


def rows(*items: str) -> str:
    return CHINESE[: CHINESE.index("- {")] + "".join(f"- {{{item}}}\n" for item in items)


def load(tmp_path: Path, text: str) -> Catalogue:
    path = tmp_path / "目录.yaml"
    path.write_text(text, encoding="utf-8")
    return load_catalogue(path)


def test_a_number_without_quotes_and_one_undertaker_as_text_are_read(tmp_path: Path) -> None:
    found = load(tmp_path, rows("序号: 1, 事项名称: 水价, 承办单位: 发展改革局, 所引依据: 价格法"))

    (row,) = found.items
    assert (row.item, row.undertakers, row.cited_law) == ("1", ("发展改革局",), ("价格法",))


def test_one_law_cited_by_the_whole_catalogue_may_be_a_text(tmp_path: Path) -> None:
    text = CHINESE.replace(
        "[《广东省重大行政决策听证规定》(粤府令第183号)]", "《广东省重大行政决策听证规定》(粤府令第183号)"
    )

    assert load(tmp_path, text) == load(tmp_path, CHINESE)


def test_two_parts_each_numbered_from_one_are_read(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        rows(*(f"序号: {number}, 事项名称: 甲{place}" for place, number in enumerate((1, 2, 3, 1, 2)))),
    )

    assert [row.item for row in found.items] == ["1", "2", "3", "1", "2"]


def test_named_parts_are_numbered_each_by_itself_in_any_order(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        rows(
            "部分: 决策事项, 序号: 1, 事项名称: 甲", "部分: 听证事项, 序号: 1, 事项名称: 乙",
            "部分: 决策事项, 序号: 2, 事项名称: 丙", "部分: 听证事项, 序号: 2, 事项名称: 丁",
        ),
    )  # fmt: skip

    assert [(row.section, row.item) for row in found.items] == [
        ("决策事项", "1"), ("听证事项", "1"), ("决策事项", "2"), ("听证事项", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "wrong"),
    [
        (("序号: 1", "序号: 1"), [1]),
        (("序号: 1", "序号: 2", "序号: 2"), [2]),
        (("序号: 1", "序号: 2", "序号: 1", "序号: 1"), [3]),
        (("序号: 1", "序号: 2", "序号: 3", "序号: 2"), [3]),
        (("序号: 1, 部分: 甲", "序号: 2, 部分: 甲", "序号: 1, 部分: 甲"), [2]),
        (("序号: 1", "序号: '1'"), [1]),
    ],
)
def test_a_number_used_twice_in_one_part_is_a_fault(
    tmp_path: Path, items: tuple[str, ...], wrong: list[int]
) -> None:
    with pytest.raises(UnusableInput) as caught:
        load(tmp_path, rows(*(f"{item}, 事项名称: 甲" for item in items)))

    assert [fault.key for fault in caught.value.faults] == [f"事项[{place}].序号" for place in wrong]


def test_a_record_names_its_row_by_a_number_without_quotes_and_its_part() -> None:
    text = '{"schema": 1, "title": "t", "body": {"name": "甲"}, "catalogue": {"item": %s, "section": "听证事项"}}'

    found = dp.parse_decision(text % "3")

    assert found == dp.parse_decision(text % '"3"')
    assert found.catalogue is not None
    assert (found.catalogue.item, found.catalogue.section) == ("3", "听证事项")


def named(stem: str) -> Path:
    (path,) = [path for path in CATALOGUES if path.stem.startswith(stem)]
    return path


def citing(day: str, *cited: str) -> Catalogue:
    return Catalogue.model_validate({
        "schema": 1, "title": "目录", "issuer": "某市人民政府", "year": int(day[:4]), "level": "city",
        "issued": day if len(day) > 4 else None, "cited_law": list(cited), "items": [],
    })  # fmt: skip


def test_a_row_of_tangyuankou_2025_cites_a_number_that_is_not_that_of_its_title() -> None:
    path = named("江山市塘源口乡-2025")

    (advice,) = dp.advise(load_catalogue(path))

    assert (advice.kind, advice.instrument, advice.place) == (
        "wrong_number",
        "zj-337",
        "items[0].cited_law[0]",
    )
    line = place_lines(path)(advice.place)
    assert line is not None
    assert "第373号" in path.read_text(encoding="utf-8").splitlines()[line - 1]


def test_the_hearing_catalogue_of_2016_cites_a_rule_that_was_then_in_force() -> None:
    catalogue = load_catalogue(named("清新区人社局-2016"))

    assert any("第183号" in text for text in catalogue.cited_law)
    assert dp.advise(catalogue) == ()


@pytest.mark.parametrize(
    ("day", "cited", "kinds"),
    [
        ("2025-01-10", "《广东省重大行政决策听证规定》(广东省人民政府令第183号)", ["no_longer"]),
        ("2025", "《广东省重大行政决策听证规定》(广东省人民政府令第183号)", ["no_longer"]),
        ("2023", "《广东省重大行政决策听证规定》(广东省人民政府令第183号)", []),
        ("2023", "《广东省重大行政决策听证规定》(粤府令第303号)", ["not_yet"]),
        ("2025", "《广东省重大行政决策听证规定》", []),
        ("2025", "《本市重大行政决策程序规定》(某府〔2019〕1号)", []),
    ],
)
def test_the_law_a_catalogue_cites_is_read_on_its_day_or_in_its_year(
    day: str, cited: str, kinds: list[str]
) -> None:
    assert [item.kind for item in dp.advise(citing(day, cited))] == kinds


WRONG_713 = "《重大行政决策程序暂行条例》(国务院令第731号)"
WRONG_2008 = "《关于加强市县政府依法行政的决定》(国发〔2008〕71号)"
WRONG_ZJ = "《浙江省重大行政决策程序规定》(省政府令第373号)"


@pytest.mark.parametrize(
    ("issuer", "level", "cited", "binding"),
    [
        ("某县人民政府办公室", "county", WRONG_713, "direct"),
        ("某县教育局", "county", WRONG_713, "reference"),
        ("某乡人民政府", "township", WRONG_713, "reference"),
        ("某县人民政府", "county", WRONG_2008, "internal"),
        ("某乡人民政府", "township", WRONG_2008, "not_bound"),
        ("某县教育局筹备组", "county", WRONG_713, None),  # what kind of body it is cannot be told
        ("某县人民政府", "county", WRONG_ZJ, None),  # nor in which province it lies
    ],
)
def test_advice_says_how_the_instrument_binds_the_body_where_issuer_and_level_tell(
    issuer: str, level: str, cited: str, binding: str | None
) -> None:
    catalogue = citing("2025", cited).model_copy(update={"issuer": issuer, "level": level})

    (advice,) = dp.advise(catalogue)

    assert advice.binding == binding
    words = None if binding is None else (label("binding", binding), label("binding", binding, "en"))
    assert ("对决策机关" in advice.zh) == (words is not None)
    assert words is None or (advice.zh.endswith(f"：{words[0]}") and advice.en.endswith(f": {words[1]}"))


def test_the_command_names_file_line_and_fault_as_text_and_as_json() -> None:
    path = named("江山市塘源口乡-2025")

    text = CliRunner().invoke(app, ["catalogue", "advise", str(path)])
    data = json.loads(CliRunner().invoke(app, ["catalogue", "advise", str(path), "--format", "json"]).stdout)

    (item,) = data[0]["advice"]
    assert text.exit_code == 0
    assert f"{path}:{item['line']}: 提示：" in text.stdout
    assert item["kind"] == "wrong_number"
    assert item["zh"] in text.stdout


def test_the_command_goes_through_a_folder_and_refuses_what_is_no_catalogue(tmp_path: Path) -> None:
    whole = CliRunner().invoke(app, ["catalogue", "advise", str(CATALOGUES[0].parent), "--lang", "en"])
    (tmp_path / "x.yaml").write_text("schema: 1\ntitle: 甲\n", encoding="utf-8")

    broken = CliRunner().invoke(app, ["catalogue", "advise", str(tmp_path)])

    assert whole.stdout.count("nothing to say of the law it cites") == len(CATALOGUES) - 1
    assert (broken.exit_code, broken.stdout) == (2, "")
    assert "x.yaml" in broken.stderr
