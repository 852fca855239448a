"""The quick way of reading JSON takes only what the slow way, which tells every fault, takes too, and as the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from conftest import EXAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.errors import UnusableInput
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.reading import _read_at_once, record
from decision_procedure.sources import read_json

# Every kind of part that can repeat a key, traits in both forms, acts without id, colons in texts.
SAMPLE: dict[str, Any] = {
    "schema": 1,
    "title": '甲"12"',
    "body": {"name": "甲", "level": "county", "unit": "u"},
    "stated_on": "2024-03-01T15:00",
    "source": "https://example.invalid/a?b=c:d",
    "note": "一:1\n二:2\\",
    "catalogue": {"listed": True, "document": "d:1"},
    "traits": {"professional": True, "wide_concern": False, "livelihood": None, "wide_reach": {"value": True},
               "major_disagreement": {"value": False, "basis": "无", "document": "d:1"}, "possible_harm": {}},
    "complete": {"kinds": ["all"], "up_to": "2024-03-01"},
    "withholding": {"approved": True},
    "outcome_finding": {"authority": "乙", "date": "2024", "kind": "serious_error"},
    "units": [{"id": "u", "name": "甲"}, {"id": "v", "name": "乙", "parent": "u"}],
    "people": [{"id": "p", "posts": [{"unit": "u", "since": "2020-01-01"}, {"unit": "v"}]}, {"id": "q"}],
    "documents": [{"id": "d:1", "kind": "other", "date": "2024-01-02"}],
    "drafts": [{"id": "s", "date": "2024-01"}],
    "acts": [
        {"kind": "hearing", "date": "2024-01-02", "participants": 12, "unit": "u", "documents": ["d:1"]},
        {"kind": "expert_review", "id": "e", "experts": [{"person": "p"}, {"name": "丙"}]},
        {"kind": "legality_review", "id": "l", "returns": [{"date": "2024-01-03"}, {"reason": "甲:乙"}]},
        {"kind": "deliberation", "id": "m", "attendees": [{"person": "p"}, {"person": "q", "recused": True}]},
        {"kind": "decision", "deliberation": "m", "date": "2024-02-02"},
    ],
    "waivers": [{"duty": "x", "authority": "y", "basis": "z", "date": "2024-02"}],
}  # fmt: skip

KINDS_OF_CHANGE = (
    "repeat",
    "repeat first",
    "repeat in Chinese",
    "Chinese",
    "escape",
    "blank",
    "hide colons",
    "show keys",
)
VALUES = (
    "null",
    "{}",
    "NaN",
    "1e999",
    "-0",
    "9" * 5000,
    '"\\ud800"',
    '"\\u0000"',
    '"\ud800"',
    '":"',
    "[" * 300,
)


def written(data: Any, changes: dict[int, tuple[str, str]], numbers: Iterator[int]) -> str:
    """Return data as JSON, its keys and items changed where their number is among `changes`."""
    if isinstance(data, list):
        return "[" + ", ".join(written(item, changes, numbers) for item in data) + "]"
    if not isinstance(data, dict):
        change, _ = changes.get(next(numbers), ("", ""))
        text = json.dumps(data, ensure_ascii=False)
        if change == "show keys" and isinstance(data, str):
            text = text[:-1] + '\\"title\\": :"'
        return text.replace(":", "\\u003a") if change == "hide colons" else text
    entries = []
    for key, value in data.items():
        change, other = changes.get(next(numbers), ("", ""))
        name = f'"{SHIPPED.key_name(key) if change == "Chinese" else key}"'
        if change == "escape" and key != "schema":
            name = f'"\\u{ord(key[0]):04x}{key[1:]}"'
        entry = f"{name}{other if change == 'blank' else ''}: {written(value, changes, numbers)}"
        entries.append(entry)
        if change == "repeat":
            entries.append(f"{name}:{other}")
        elif change == "repeat first":
            entries[-1:] = [f"{name}:{other}", entry]
        elif change == "repeat in Chinese":
            entries.append(f'"{SHIPPED.key_name(key)}":{other}')
    return "{" + ", ".join(entries) + "}"


def number_of_places() -> int:
    numbers = count()
    written(SAMPLE, {}, numbers)
    return next(numbers)


PLACES = st.integers(0, number_of_places() - 1)
CHANGES = st.dictionaries(
    PLACES,
    st.tuples(st.sampled_from(KINDS_OF_CHANGE), st.sampled_from(VALUES))
    | st.tuples(st.just("blank"), st.sampled_from([" ", "\t", "\n", "\r\n", "\x0b", "\xa0", "\u2028"])),
    max_size=6,
)


def slowly(text: str) -> dp.Decision | None:
    try:
        return record(read_json(text, "f"))
    except UnusableInput:
        return None


@settings(max_examples=300)
@given(CHANGES)
def test_what_is_read_at_once_is_what_the_search_for_faults_reads(
    changes: dict[int, tuple[str, str]],
) -> None:
    text = written(SAMPLE, changes, count())

    found = _read_at_once(text)

    assert found is None or found == slowly(text)


@settings(max_examples=300)
@given(CHANGES, PLACES, st.sampled_from(["null", "{}", "1", "true", '""', '"x"', "[]"]))
def test_no_change_hides_a_repeated_key(changes: dict[int, tuple[str, str]], place: int, value: str) -> None:
    kept = {
        at: change
        for at, change in changes.items()
        if change[0] in ("escape", "blank", "hide colons", "show keys")
    }
    once = written(SAMPLE, kept, count())

    for change in ("repeat", "repeat first"):
        text = written(SAMPLE, {**kept, place: (change, value)}, count())
        if text.count(value) > once.count(value):  # a place of a key, not of a value
            assert _read_at_once(text) is None


@pytest.mark.parametrize("place", range(number_of_places()))
def test_every_key_written_twice_the_same_is_seen_at_every_depth(place: int) -> None:
    once = written(SAMPLE, {}, count())
    text = written(SAMPLE, {place: ("repeat", "null")}, count())

    assert (_read_at_once(text) is None) == (text != once)


@pytest.mark.parametrize("change", ["", "escape", "hide colons"])
def test_a_sound_record_is_read_at_once_however_it_is_written(change: str) -> None:
    text = written(SAMPLE, dict.fromkeys(range(number_of_places()), (change, "")), count())

    assert _read_at_once(text) == slowly(text) is not None
    assert _read_at_once(json.dumps(SAMPLE, indent=1)) == slowly(text)


def test_every_worked_record_is_read_at_once() -> None:
    for _, decision in dp.load_decisions(sorted(EXAMPLES.rglob("*.yaml"))):
        assert isinstance(decision, dp.Decision)
        assert _read_at_once(decision.model_dump_json(by_alias=True)) == decision


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "\ufeff" + text,
        lambda text: text + " " * 1_000_000,
        lambda text: text.replace("甲", "甲" * 10_000_000),
        lambda text: text.replace("甲", "\ud800"),
        lambda text: text.replace("甲", "\\ud800"),
        lambda text: text.replace("甲", "\\u0000"),
        lambda text: text.replace("甲", "\0"),
        lambda text: text.replace("甲", "\x07"),
        lambda text: text.replace("12", "12.0"),
        lambda text: text.replace("12", "9" * 5000),
        lambda text: text.replace("12", "NaN"),
        lambda text: text.replace("12", '"12"'),
        lambda text: text.replace("12", "[" * 100_000),
        lambda text: text.replace('"2024-02"', '["2024-02"]'),
        lambda text: text.replace('"schema": 1', '"schema": true'),
        lambda text: text.replace('"schema": 1', '"schema_": 1'),
        lambda text: text.replace("true", '"true"'),
        lambda text: text[:-1],
        lambda text: text + "}",
        lambda text: text + text,
    ],
)
def test_what_is_doubtful_is_left_to_the_search_for_faults(spoil: Any) -> None:
    text = json.dumps(SAMPLE, ensure_ascii=False)

    assert spoil(text) != text
    assert _read_at_once(spoil(text)) is None
