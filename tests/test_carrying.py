"""A report that travels to another process says there what it said here, and takes no evidence along."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, EXAMPLES, record, report

import decision_procedure as dp
from decision_procedure.law.evidence import Tree

FILES = sorted((EXAMPLES / "invented").glob("*.yaml"))


def sent(found: Any) -> Any:
    return pickle.loads(pickle.dumps(found))  # noqa: S301


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_report_that_has_travelled_says_the_same_to_the_letter(file: Path) -> None:
    found = dp.check(dp.load_decision(file), as_of=DAY)

    assert sent(found).to_json() == found.to_json()


def test_no_two_verdicts_of_a_report_are_on_the_same_duty_and_act() -> None:
    for file in FILES:
        verdicts = dp.check(dp.load_decision(file), as_of=DAY).verdicts

        assert len({(verdict.duty, verdict.act) for verdict in verdicts}) == len(verdicts)


def test_evidence_stays_behind_and_is_worked_out_when_it_is_read(bad: dict[str, Any]) -> None:
    found = report(bad)

    arrived = sent(found)

    assert len(pickle.dumps(found)) < len(found.to_json()) / 5
    assert isinstance(arrived.violations[0].trees, dict) is False
    assert first_tree(arrived) == first_tree(found)
    assert repr(arrived.violations[0].trees) == repr(dict(found.violations[0].trees))


def first_tree(found: dp.Report) -> Tree:
    return found.violations[0].trees["require"]


def test_what_open_verdicts_would_be_goes_along(clean: dict[str, Any]) -> None:
    del clean["complete"]
    found = report(clean, date(2024, 12, 1))

    arrived = sent(found)

    assert arrived.counts == found.counts
    assert arrived.in_doubt == found.in_doubt
    assert arrived.worst == found.worst


def test_a_masked_report_that_has_travelled_holds_no_name(bad: dict[str, Any]) -> None:
    names = [person["name"] for person in bad["people"]]
    masked = dp.mask(report(bad), salt=b"s" * 16)

    written = pickle.dumps(masked.report)

    assert sent(masked.report) == masked.report
    assert names
    assert not any(name.encode() in written for name in names)


def test_a_report_read_back_from_json_travels_with_all_that_it_holds(bad: dict[str, Any]) -> None:
    read = dp.Report.from_json(report(bad).to_json())

    assert sent(read).to_json() == read.to_json()


@pytest.mark.parametrize("options", [{}, {"processes": 1}], ids=["one process", "a process of ours"])
def test_records_may_be_given_as_texts_and_files(options: dict[str, Any], tmp_path: Path) -> None:
    data = record("示例县-全部合规")
    file = tmp_path / "坏.yaml"
    file.write_text("schema: 2\n", encoding="utf-8")

    text, path, wrong_text, wrong_file, absent = dp.check_many(
        [json.dumps(data), FILES[0], '{"schema": 1}', file, tmp_path / "无.yaml"], as_of=DAY, **options
    )

    assert text == report(data)
    assert path == dp.check(dp.load_decision(FILES[0]), as_of=DAY)
    for wrong in (wrong_text, wrong_file, absent):
        assert isinstance(wrong, dp.Unchecked)
        assert wrong.faults
    assert "坏.yaml" in str(wrong_file)


def test_reports_by_our_processes_hold_the_records_that_were_given() -> None:
    given = dp.load_decision(FILES[0])

    with ProcessPoolExecutor(1) as executor:
        (by_executor,) = dp.check_many([given], as_of=DAY, executor=executor)
    (ours,) = dp.check_many([given], as_of=DAY, processes=1)

    assert isinstance(ours, dp.Report)
    assert isinstance(by_executor, dp.Report)
    assert ours.decision is given
    assert by_executor.decision == given
