"""No text of a rule file steers a terminal, breaks a line or turns the direction of writing."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from county_samples import COUNTY_RULES, STRICT, county_record
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure import rules
from decision_procedure.cli.main import app
from decision_procedure.law.loading import load_pack
from decision_procedure.law.register import load_register
from decision_procedure.sources import path_text, read_yaml
from decision_procedure.sources.characters import is_no_text

GOOD = read_yaml((COUNTY_RULES / STRICT).read_text(encoding="utf-8"), STRICT).data
STEERING = {
    "escape": "\x1b[31mRED\x1b]0;title\a", "clear the screen": "\x1b[2J", "C1 control": "\x9b31m", "bell": "\a",
    "backspace": "\b", "line break": "\n", "carriage return": "\r", "next line": "\x85", "tab": "\t",
    "delete": "\x7f", "line separator": "\u2028", "paragraph separator": "\u2029", "right to left": "\u202e",
    "isolate": "\u2066", "Arabic mark": "\u061c", "nothing": "\u200b", "joiner": "\u200d", "byte order mark": "\ufeff",
    "grapheme joiner": "\u034f", "hangul filler": "\u3164", "empty braille": "\u2800", "variation": "\ufe0f",
    "Mongolian selector": "\u180b", "tag": "\U000e0041", "no character": "\ufffe", "nor this": "\ufdd0",
}  # fmt: skip

Place = tuple[str | int, ...]


def texts(data: Any, place: Place = ()) -> Iterator[Place]:
    """Yield where texts stand in a rule file."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from texts(value, (*place, index))
    elif isinstance(data, str):
        yield place


def with_text(place: Place, added: str) -> str:
    """Return the rule file with something added to one of its texts."""
    data = copy.deepcopy(GOOD)
    inner = data
    for part in place[:-1]:
        inner = inner[part]
    inner[place[-1]] += added
    return yaml.safe_dump(data, allow_unicode=True)


@pytest.mark.parametrize("place", list(texts(GOOD)), ids=path_text)
def test_no_text_of_a_rule_file_may_hold_an_escape(place: Place) -> None:
    with pytest.raises(dp.BadPack) as caught:
        load_pack(with_text(place, "\x1b[31m"), "rules.yaml")

    assert [fault.key for fault in caught.value.faults] == [path_text(place)]
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("steering", STEERING.values(), ids=STEERING)
def test_no_character_that_steers_or_hides_is_taken(steering: str) -> None:
    with pytest.raises(dp.BadPack) as caught:
        load_pack(with_text(("head", "title", "zh"), steering), "rules.yaml")

    assert {fault.key for fault in caught.value.faults} <= {"head.title.zh", ""}
    assert str(caught.value).isprintable()


def test_a_key_may_hold_none_either() -> None:
    data = copy.deepcopy(GOOD)
    data["duties"][0]["params"]["da\x1bys"] = {"value": 3, "unit": "日", "mark": "V"}

    with pytest.raises(dp.BadPack) as caught:
        load_pack(yaml.safe_dump(data, allow_unicode=True), "rules.yaml")

    assert "\x1b" not in str(caught.value)


def test_every_place_of_every_fault_is_told_at_once() -> None:
    data = copy.deepcopy(GOOD)
    data["head"]["number"] += "\x1b[2J"
    data["duties"][0]["text"]["en"] += "\u202e"

    with pytest.raises(dp.BadPack) as caught:
        load_pack(yaml.safe_dump(data, allow_unicode=True), "rules.yaml")

    assert {fault.key for fault in caught.value.faults} == {"head.number", "duties[0].text.en"}


def test_the_register_may_hold_none_either() -> None:
    text = rules.text("register.yaml").replace('zh: "', 'zh: "\\e[31m', 1)
    assert "\\e" in text

    with pytest.raises(dp.BadPack):
        load_register(text, "register.yaml")


@pytest.mark.parametrize("name", [*rules.instrument_names(), "register.yaml", "inference.yaml"])
def test_no_file_that_ships_holds_one(name: str) -> None:
    assert not [character for character in rules.text(name) if is_no_text(character) and character != "\n"]


@pytest.mark.parametrize(
    "text", ["邕宁区𠮷𱍐", "é", "ä", "(甲)〔2024〕1号", "3㎡", "a b", "a\u3000b", "…—“”"]
)
def test_what_is_written_in_words_is_taken(text: str) -> None:
    assert load_pack(with_text(("head", "title", "zh"), text), "rules.yaml").head.title.zh.endswith(text)


@pytest.mark.parametrize(
    "command", ["check", "explain", "report", "diagram", "rules lint", "rules list", "rules test"]
)
def test_every_command_refuses_such_a_file_and_prints_nothing_of_it(command: str, tmp_path: Path) -> None:
    record, path = county_record(tmp_path), tmp_path / "rules.yaml"
    path.write_text(with_text(("head", "title", "zh"), "\x1b[31mRED\u202e"), encoding="utf-8")
    arguments = {
        "check": [record, "--rules", path],
        "explain": [record, "cn-713.25.2a", "--rules", path],
        "report": [record, "--rules", path, "--format", "docx", "--output", tmp_path / "a.docx"],
        "diagram": ["status", record, "--rules", path, "--output", tmp_path / "a.svg"],
        "rules lint": [path],
        "rules list": ["--rules", path],
        "rules test": [path],
    }[command]

    result = CliRunner().invoke(app, [*command.split(), *map(str, arguments)])

    assert isinstance(result.exception, dp.BadPack) or result.exit_code == 2
    printed = result.output + str(result.exception)
    assert "RED" not in printed
    assert all(character in "\n\t" or unicodedata.category(character) != "Cc" for character in printed)


@pytest.mark.parametrize(
    "spelt", [r"\x1b[31m", r"\ud800", r"\x00", r"\u202e", r"\N{ZERO WIDTH SPACE}", r"\ufffe"]
)
def test_no_condition_spells_one_by_an_escape_of_its_own(spelt: str) -> None:
    data = copy.deepcopy(GOOD)
    data["duties"][0]["require"] = f"act.note == '{spelt}' or {data['duties'][0]['require']}"

    with pytest.raises(dp.BadPack, match="no control character"):
        load_pack(yaml.safe_dump(data, allow_unicode=True), "规定.yaml")
