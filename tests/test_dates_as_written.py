"""Dates as files write them: seconds, times in Chinese, and faults that quote the text as it stands there."""

from __future__ import annotations

import json

import pytest

import decision_procedure as dp
from decision_procedure.errors import UnusableInput
from decision_procedure.model.dates import parse_date


def in_yaml(value: str) -> dp.Decision:
    text = f"schema: 1\ntitle: t\nbody: {{name: 甲}}\nacts:\n- kind: hearing\n  date: {value}\n"
    return dp.parse_decision(text, json=False, name="f.yaml")


def in_json(value: str) -> dp.Decision:
    text = f'{{"schema": 1, "title": "t", "body": {{"name": "甲"}}, "acts": [{{"kind": "hearing", "date": {value}}}]}}'
    return dp.parse_decision(text, name="f.json")


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("2024-06-06 09:30:00", "2024-06-06T09:30"), ("2024-06-06T09:30:59", "2024-06-06T09:30"),
        ("2024-6-6 9:30:07", "2024-06-06T09:30"), ("2024-06-06 09:30", "2024-06-06T09:30"),
        ("2024年6月6日 9:30", "2024-06-06T09:30"), ("2024年6月6日9时05分", "2024-06-06T09:05"),
        ("2024年6月6日23:59", "2024-06-06T23:59"), ("2024年6月6日", "2024-06-06"),
    ],
)  # fmt: skip
def test_a_time_with_seconds_or_in_chinese_is_read_as_its_minute(text: str, minute: str) -> None:
    for found in (in_yaml(text), in_yaml(f"'{text}'"), in_json(json.dumps(text))):
        assert found.acts[0].date is not None
        assert found.acts[0].date.text == minute


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-06 09:30:60", "2024-06-06 09:30:5", "2024-06-06 24:00:00", "2024-06-06 09:60:00",
        "2024-06-06T09:30:00Z", "2024-06-06T09:30:00+08:00", "2024-06-06 09:30:00.5", "2024-06 09:30:00",
    ],
)  # fmt: skip
def test_times_that_do_not_exist_or_have_a_zone_are_refused(text: str) -> None:
    with pytest.raises(UnusableInput):
        in_yaml(f"'{text}'")


@pytest.mark.parametrize("text", ["2024.6", "2024.10", "2024.06", "20240606.5", "-2024.6", "2024.0", "6.6"])
def test_a_fault_quotes_a_number_as_the_file_has_it(text: str) -> None:
    parse_date(2024)  # what was read before changes nothing

    for read in (in_yaml, in_json):
        if text == "2024.06" or read is in_yaml or not text.startswith("0"):
            with pytest.raises(UnusableInput) as error:
                read(text)
            (fault,) = error.value.faults
            assert fault.zh.endswith(f"'{text}'")


@pytest.mark.parametrize(
    ("text", "quoted"), [("true", "'true'"), ("2024/6/6", "'2024/6/6'"), ("20240606", "'20240606'")]
)
def test_a_fault_quotes_words_and_other_forms_as_the_file_has_them(text: str, quoted: str) -> None:
    with pytest.raises(UnusableInput) as error:
        in_yaml(text)

    assert error.value.faults[0].zh.endswith(quoted)


def test_no_message_about_a_date_quotes_nothing() -> None:
    for value in ("false", "3.5", "[2024]", "{a: 1}", "''", "' '"):
        with pytest.raises(UnusableInput) as error:
            in_yaml(value)
        assert len(error.value.faults) == 1
