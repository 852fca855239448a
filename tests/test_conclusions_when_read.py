"""Conclusions are drawn when they are first read; verdicts do not wait for them."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import decision_procedure as dp
from decision_procedure.inference import statements

EXAMPLES = Path(__file__).parent.parent / "examples" / "invented"
DAY = date(2024, 9, 30)


def defective() -> dp.Report:
    return dp.check(dp.load_decision(EXAMPLES / "示例县-多处不合规.yaml"), as_of=DAY)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows by one each time the rule engine is asked for."""
    engine, found = statements._engine(), []

    def counted() -> object:
        found.append(1)
        return engine

    monkeypatch.setattr(statements, "_engine", counted)
    return found


def test_screening_for_verdicts_does_not_start_the_rule_engine(runs: list[int]) -> None:
    report = defective()

    assert report.counts["violated"]
    assert report.worst == "violated"
    assert report.need("expert_review").need
    assert not runs


def test_conclusions_are_drawn_once(runs: list[int]) -> None:
    report = defective()

    assert report.conclusions == report.conclusions
    assert report.gate("submission").state == "closed"
    assert len(runs) == 1


def test_many_threads_that_read_at_once_draw_them_once(runs: list[int]) -> None:
    report = defective()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: report.conclusions, range(32)))

    assert len(runs) == 1
    assert all(each is found[0] for each in found)


def test_a_report_that_travels_unread_is_concluded_where_it_arrives(runs: list[int]) -> None:
    report = defective()

    arrived = pickle.loads(pickle.dumps(report))  # noqa: S301

    assert not runs
    assert arrived.conclusions == report.conclusions
    assert arrived == report


def test_what_was_written_is_not_drawn_again(runs: list[int]) -> None:
    report = defective()
    back = dp.Report.from_json(report.to_json())
    del runs[:]

    assert back.conclusions == report.conclusions
    assert back == report
    assert not runs


def test_waivers_and_judgements_leave_conclusions_as_they_are() -> None:
    report = defective()
    fingerprint = report.findings("violated")[0].fingerprint
    grant = {"approver": "甲", "basis": "乙", "date": "2024-01-01", "expires": "2025-01-01", "document": "丙"}
    waiver = dp.Waiver.model_validate({**grant, "finding": fingerprint})

    waived = dp.check(report.decision, as_of=DAY, waivers=[waiver])

    assert any(verdict.waived for verdict in waived.verdicts)
    assert waived.conclusions == report.conclusions
