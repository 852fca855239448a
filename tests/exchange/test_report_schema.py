"""The published schema of reports, and reports that keep to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from typing import Any

import pytest
from conftest import needs_newest_pydantic, report
from jsonschema import Draft202012Validator
from samples import HERE, hostile, sample, written

import decision_procedure as dp
from decision_procedure.exchange.json_reports import write_json_lines
from decision_procedure.exchange.report_schema import ListedReport, report_schema
from decision_procedure.results.first_reports import as_schema_1

PUBLISHED = HERE.parent.parent / "docs" / "schema" / "report-2.json"
SAMPLE = HERE / "sample-report-1.json"


@lru_cache(maxsize=1)
def validator() -> Draft202012Validator:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def undescribed(data: Any, schema: dict[str, Any], path: str = "$") -> Iterator[str]:
    """Yield the keys of data that a schema does not describe."""
    definitions = validator().schema["$defs"]
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    for choice in schema.get("anyOf", ()):
        if Draft202012Validator({**choice, "$defs": definitions}).is_valid(data):
            schema = definitions[choice["$ref"].rpartition("/")[2]] if "$ref" in choice else choice
            break
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from undescribed(item, schema.get("items", {}), f"{path}[{index}]")
    elif isinstance(data, dict) and "properties" in schema:
        for key, value in data.items():
            if key not in schema["properties"]:
                yield f"{path}.{key}"
            else:
                yield from undescribed(value, schema["properties"][key], f"{path}.{key}")


def test_the_published_schema_is_the_one_of_the_code() -> None:
    needs_newest_pydantic()
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == report_schema(), (
        "write it anew: decision-procedure schema report > docs/schema/report-2.json"
    )


def lines() -> list[dict[str, Any]]:
    """Return the reports on the invented records, and what the run left over last."""
    *items, rest = (json.loads(line) for line in written("jsonl").splitlines())
    return [*(item for item in items if "invented" in item["file"]), rest]


def test_every_worked_report_keeps_to_the_schema_and_what_the_run_left_over_too() -> None:
    items = lines()

    assert len(items) > 5
    assert "record" not in items[-1]
    for item in items:
        assert list(validator().iter_errors(item)) == []


def test_every_key_of_a_report_is_described() -> None:
    schema = {"$ref": "#/$defs/ListedReport"}

    for item in lines()[:-1]:
        assert [path for path in undescribed(item, schema) if ".record." not in path] == []


def test_what_is_read_of_version_1_is_what_it_said(bad: dict[str, Any]) -> None:
    found = report(bad)

    first = json.dumps(as_schema_1(found.to_dict()), ensure_ascii=False)

    assert '"act": "—cn-713.13a"' in first
    assert dp.Report.from_json(first) == found


@pytest.mark.parametrize("key", ["record", "verdicts", "duties", "as_of", "schema"])
def test_a_report_without_a_required_key_is_refused(key: str) -> None:
    item = sample().to_dict()
    del item[key]

    assert not validator().is_valid(item)


@pytest.mark.parametrize(("key", "value"), [("schema", 3), ("as_of", "today"), ("verdicts", [{}])])
def test_a_report_with_a_wrong_value_is_refused(key: str, value: Any) -> None:
    item = sample().to_dict()

    assert validator().is_valid(item)
    assert not validator().is_valid({**item, key: value})


def test_a_hostile_record_keeps_to_the_schema() -> None:
    (line,) = write_json_lines(hostile())

    assert list(validator().iter_errors(json.loads(line))) == []


def test_the_sample_of_version_1_is_still_read_and_keeps_to_the_schema_it_had() -> None:
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))

    found = sample()

    first = json.loads((PUBLISHED.parent / "report-1.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(first).iter_errors(data)) == []
    again = as_schema_1(found.to_dict())
    added = {"if_complete", "class", "exceptions", "falls_short", "made_good_by", "would_be_made_good_by"}
    again["verdicts"] = [
        {key: value for key, value in item.items() if key not in added} for item in again["verdicts"]
    ]
    assert holds(again, {key: data[key] for key in data if key not in ("file", "findings")})


def holds(found: Any, written: Any) -> bool:
    """Say whether what was written once is still there: keys may be added, never taken away or changed."""
    if isinstance(written, dict):
        return isinstance(found, dict) and all(
            key in found and holds(found[key], value) for key, value in written.items()
        )
    if isinstance(written, list):
        return len(found) == len(written) and all(map(holds, found, written))
    return bool(found == written)


def test_no_key_of_version_1_was_taken_away() -> None:
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))

    names = {item.name.rstrip("_") for item in fields(ListedReport)}

    assert set(data) <= names


def test_json_and_json_lines_hold_the_same_reports_and_come_back() -> None:
    reports = [json.loads(line) for line in written("jsonl").splitlines()]

    assert json.loads(written("json")) == reports
    for item in reports[:-1]:
        again = dp.Report.from_json(json.dumps(item)).to_dict()
        assert again == {key: item[key] for key in again}
        assert set(item) - set(again) == {"file", "findings"}


def test_no_report_at_all_is_an_empty_array() -> None:
    from decision_procedure.exchange.json_reports import write_json

    assert json.loads("".join(write_json([]))) == []


def test_an_act_that_was_only_announced_is_still_only_announced_after_a_trip_through_json() -> None:
    announced = [
        (item["record"]["title"], act["id"])
        for item in map(json.loads, written("jsonl").splitlines()[:-1])
        for act in dp.Report.from_json(json.dumps(item)).to_dict()["record"]["acts"]
        if act["held"] is None
    ]

    assert announced
