"""`new` writes a record to fill in: it states what is known, asks for what the law of the place wants, and reads back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import call
from test_docs import ROOT

import decision_procedure as dp

DAY = "2026-06-01"
OPEN = re.compile(r"^( *)# (?!#)")


def skeleton(lang: Any = "zh", **stated: Any) -> str:
    data = {
        "schema": 1,
        "title": "停车收费",
        "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
    }
    return dp.skeleton(dp.decision({**data, **stated}), as_of=DAY, lang=lang)


def acts_of(text: str) -> set[str]:
    """Return the acts that a skeleton asks for."""
    return set(re.findall(r"^# - 种类: (\S+)$", text, re.MULTILINE))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_reads_back_as_what_was_stated(lang: Any) -> None:
    traits = {"wide_concern": True}

    text = skeleton(lang, traits=traits, tracks=["government_pricing"])

    found = dp.parse_decision(text, json=False)
    assert (found.title, found.tracks, found.acts) == ("停车收费", ("government_pricing",), ())
    assert found.traits.wide_concern is not None
    assert found.traits.wide_concern.value is True


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_open_line_states_something_once_its_mark_is_taken_off(lang: Any) -> None:
    lines = skeleton(lang).splitlines()
    filled = [_filled(OPEN.sub(r"\1", line), number) for number, line in enumerate(lines)]

    record = dp.parse_decision("\n".join(filled), json=False)

    assert len(record.acts) == sum(line.startswith(("# - 种类", "# - kind")) for line in lines)
    assert record.units
    assert record.people
    assert record.documents


def _filled(line: str, number: int) -> str:
    """Fill in what a part of a record cannot be without."""
    for key in ("编号", "id"):
        if re.match(rf"^(- |  ){key}:  #", line):
            return line.replace(f"{key}:", f"{key}: x{number}")
    for keys, value in ((("种类", "kind"), "other"), (("名称", "name"), "x")):
        for key in keys:
            if re.match(rf"^  {key}:  #", line):
                return line.replace(f"{key}:", f"{key}: {value}")
    if re.match(r"^(完整性声明|complete|目录|catalogue|不公开情况|withholding):", line):
        return ""
    return line


def test_it_asks_only_for_acts_that_the_matter_needs_or_may_need() -> None:
    everything, told = skeleton(), skeleton(traits={"professional": False, "possible_harm": False})

    assert {"专家论证", "风险评估", "合法性审查", "集体讨论"} <= acts_of(everything)
    assert not acts_of(told) & {"专家论证", "风险评估"}
    assert "其他可以记载的行为：" in told


def test_each_key_comes_with_what_to_write_and_the_articles_that_ask_for_it() -> None:
    (line,) = [line for line in skeleton().splitlines() if line.startswith("#   缩短期限说明:")]

    assert "公告中说明、事后说明、未说明" in line
    assert "第十五条第一款" in line


def test_the_law_of_the_place_asks_as_well() -> None:
    body = {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"}

    assert "广东" not in skeleton()
    assert "广东省" in skeleton(body=body)


def test_the_command_writes_a_file_that_can_be_checked(tmp_path: Path) -> None:
    path = tmp_path / "案卷.yaml"

    made = call(
        "new", path, "--body", "示例县", "--matter", "定价", "--matter", "社会普遍关注", "--as-of", DAY
    )

    assert made.returncode == 0, made.stderr
    record = dp.load_decision(path)
    assert (record.body.name, record.body.level) == ("示例县人民政府", "county")
    assert record.tracks == ("government_pricing",)
    assert call("check", path, "--as-of", DAY).returncode == 0


def test_a_file_that_exists_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "案卷.yaml"
    path.write_text("mine", encoding="utf-8")

    made = call("new", path, "--body", "示例县")

    assert made.returncode == 2
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--body"), (("--body", "示例县", "--level", "县县"), "县级"), (("--body", "示例县", "--matter", "没有的"), "政府定价"),
        (("--body", "示例县", "--matter", "涉及"), "涉及特定群体利益"), (("--from", "目录.yaml"), "#"),
        (("--body", "示例县", "--as-of", "someday"), "2024-06-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_with_what_can(arguments: tuple[str, ...], said: str) -> None:
    made = call("new", *arguments)

    assert made.returncode == 2
    assert said in made.stderr
    assert not made.stdout


def test_an_item_of_a_catalogue_gives_title_units_and_its_place(tmp_path: Path) -> None:
    file = next(
        path
        for path in sorted((ROOT / "catalogs").rglob("*.yaml"))
        if dp.load_catalogue(path).items[0].undertakers
    )
    row = dp.load_catalogue(file).items[0]

    made = call("new", "--from", f"{file}#{row.item}", "--as-of", DAY)

    assert made.returncode == 0, made.stderr
    record = dp.parse_decision(made.stdout, json=False)
    assert record.title == row.title
    assert record.catalogue is not None
    assert record.catalogue.item == row.item
    assert [unit.name for unit in record.units] == list(row.undertakers)
    assert record.lead_unit == record.units[0].id


def test_a_catalogue_without_a_number_is_told_how_to_name_an_item() -> None:
    made = call("new", "--from", sorted((ROOT / "catalogs").rglob("*.yaml"))[0])

    assert made.returncode == 2
    assert "目录.yaml#序号" in made.stderr


def test_texts_of_a_hostile_catalogue_state_nothing_else(tmp_path: Path) -> None:
    title = "x\n行为:\n- 种类: 公布 # y"
    rows = [{"item": "1", "title": title, "undertakers": ["- a: b"]}]
    data = {
        "schema": 1,
        "title": "目录",
        "issuer": "示例县人民政府",
        "year": 2025,
        "level": "county",
        "items": rows,
    }
    file = tmp_path / "目录.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")

    record = dp.parse_decision(call("new", "--from", f"{file}#1", "--as-of", DAY).stdout, json=False)

    assert record.title == title
    assert record.acts == ()
