"""Reading records: Chinese keys, and every fault at once with file, line and key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES
from hypothesis import given
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.errors import UnusableInput
from decision_procedure.model.reading import read_record, record
from decision_procedure.model.vocabulary import DOMAINS, WORDS
from decision_procedure.sources import read_json

SAMPLE = json.dumps(
    {
        "schema": 1,
        "title": "甲",
        "body": {"name": "乙", "level": "county"},
        "units": [{"id": "u", "name": "甲"}],
        "acts": [
            {"id": "a", "kind": "hearing", "date": "2024-01-02", "participants": 12, "unit": "u"},
            {"id": "b", "kind": "issue", "date": "2024-02-02", "round": 1},
        ],
    },
    ensure_ascii=False,
)
MINIMAL = "schema: 1\ntitle: 甲\nbody: {name: 乙}\n"


def faults(text: str, *, as_json: bool = False) -> list[str]:
    with pytest.raises(UnusableInput) as caught:
        read_record(text, "案卷.yaml", json=as_json)
    return [fault.text("en") for fault in caught.value.faults]


def test_chinese_keys_and_words_mean_the_same() -> None:
    english = MINIMAL + "acts:\n  - {id: a, kind: publication, channels: [website], date: 2024-01-02}\n"
    chinese = "格式版本: 1\n事项名称: 甲\n决策机关: {名称: 乙}\n行为:\n  - {编号: a, 种类: 公布, 渠道: [政府网站], 日期: 2024年1月2日}\n"

    assert read_record(chinese, "a", json=False) == read_record(english, "a", json=False)


def test_all_faults_come_at_once_with_line_and_suggestion() -> None:
    text = (
        MINIMAL
        + "titel: x\nacts:\n  - {id: a, kind: publcation}\n  - {id: b, kind: issue, date: 2024-02-30}\n"
    )

    found = faults(text)

    assert len(found) == 3
    assert "案卷.yaml:4: titel" in found[0]
    assert "title?" in found[0]
    assert ":6: acts[0]" in found[1]
    assert "publication?" in found[1]
    assert ":7: acts[1].date" in found[2]


def test_dangling_references_repeated_ids_and_reversed_spans_are_faults() -> None:
    text = MINIMAL + (
        "acts:\n  - {id: a, kind: public_comment, start: 2024-02-01, end: 2024-01-01}\n"
        "  - {id: a, kind: issue, unit: nobody, documents: [d9]}\n"
    )

    found = "\n".join(faults(text))

    for part in ("acts[0].end", "acts[1].id", "no unit has the identifier nobody", "acts[1].documents[0]"):
        assert part in found


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2",
        "a: &x [1]\nb: *x",
        "[" * 100_000,
        "a: !!python/object/apply:os.system [x]",
        "- 1",
        "x",
        "1: 2",
        "\ta: b",
    ],
)
def test_hostile_yaml_is_one_clear_error(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text", ['{"a":1,"a":2}', "[" * 100_000, '{"a": NaN}', '{"a": ' + "9" * 5000 + "}", "{", "[]"]
)
def test_hostile_json_is_one_clear_error(text: str) -> None:
    assert faults(text, as_json=True)


@given(st.text())
def test_any_text_is_read_or_refused_never_a_crash(text: str) -> None:
    for as_json in (True, False):
        try:
            read_record(text, "x", json=as_json)
        except UnusableInput:
            continue


@pytest.mark.parametrize("raw", [b"\x00\x01", b"", b"\xff\xfe\xfa", "格式".encode("gb18030")])
def test_files_that_are_not_utf8_text_are_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(raw)

    with pytest.raises(UnusableInput):
        dp.load_decision(path)


def test_fifty_megabytes_of_junk_are_refused_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"x" * 50_000_000)

    with pytest.raises(UnusableInput, match="too large"):
        dp.load_decision(path)


# Pieces of JSON on which two parsers may differ, to stand in place of a value or beside it.
PIECES = (
    st.sampled_from(['"x"', "1", "1.0", "-0", "1e0", "1E400", "01", "9" * 19, "9" * 5000, "NaN", "Infinity", "-Infinity", "null"])
    | st.sampled_from(["true", '"\\u0074itle"', '"\\ud800"', '"\\u0000"', '"\ud800"', '"\x00"', '"\t"', '"\\/"', "[" * 150, "[" * 9000])
    | st.sampled_from(["[" * 45 + "]" * 45, '"title": "x",', '"title": "x"', '"\\u0074itle": "x",', '"kind":"issue",', "}", "]", ","])
    | st.sampled_from(["{}", "[]", '{"a":1,"a":2}', "\ufeff", "\x0b", "\xa0", "//", "'x'", "x", '"', "\\", ""])
)  # fmt: skip


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), PIECES), max_size=3))
def test_reading_at_once_accepts_only_what_looking_for_every_fault_accepts(
    changes: list[tuple[float, bool, str]],
) -> None:
    text = SAMPLE
    for where, instead, piece in changes:
        tokens = list(re.finditer(r'"[^"]*"|[^"\s]', text))
        token = tokens[int(where * (len(tokens) - 1))]
        text = text[: token.start()] + piece + text[token.end() if instead else token.start() :]

    try:
        expected = record(read_json(text, "f"))
    except UnusableInput:
        with pytest.raises(UnusableInput):
            read_record(text, "f", json=True)
    else:
        assert read_record(text, "f", json=True) == expected


def test_an_act_without_id_gets_one_from_its_content_not_its_position() -> None:
    one = MINIMAL + "acts:\n  - {kind: issue, date: 2024-01-01}\n  - {kind: filing, date: 2024-02-01}\n"
    two = MINIMAL + "acts:\n  - {kind: filing, date: 2024-02-01}\n  - {kind: issue, date: 2024-01-01}\n"

    first = {act.id for act in read_record(one, "x", json=False).acts}

    assert first == {act.id for act in read_record(two, "x", json=False).acts}
    assert len(first) == 2


def test_every_word_has_a_label() -> None:
    assert [sorted(words) for words in WORDS - DOMAINS.keys()] == []


def test_every_worked_record_loads() -> None:
    found: list[Any] = list(dp.load_decisions(sorted(EXAMPLES.rglob("*.yaml"))))

    assert len(found) >= 10
    assert not [error.text() for _, error in found if isinstance(error, UnusableInput)]


def test_what_lies_in_a_folder_beside_records_and_is_none_is_passed_over_unless_it_is_named() -> None:
    folder = EXAMPLES / "county" / "示例县"
    catalogue = folder / "县政府" / "目录-2024.yml"

    beside = list(dp.load_decisions(folder))
    ((_, named),) = dp.load_decisions(catalogue)

    assert len(beside) >= 10
    assert not [file for file, found in beside if isinstance(found, UnusableInput)]
    assert isinstance(named, UnusableInput)


@pytest.mark.parametrize(
    ("parents", "circular"),
    [({"a": "a"}, [0]), ({"a": "b", "b": "a", "c": "a"}, [0, 1]), ({"a": "b", "b": "c"}, [])],
)
def test_a_unit_that_stands_above_itself_is_a_fault(parents: dict[str, str], circular: list[int]) -> None:
    units = ", ".join(
        f"{{id: {name}, name: 甲" + (f", parent: {parents[name]}}}" if name in parents else "}")
        for name in "abc"
    )

    if not circular:
        assert read_record(f"{MINIMAL}units: [{units}]\n", "案卷.yaml", json=False).units
        return
    assert faults(f"{MINIMAL}units: [{units}]\n") == [
        f"案卷.yaml:4: units[{index}].parent: its parents lead back to itself" for index in circular
    ]
