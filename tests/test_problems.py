"""Findings that spring from one fact are one problem, told by one sentence with all articles; others stand alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import call

import decision_procedure as dp

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/*.yaml"))
DEFECTIVE = next(path for path in EXAMPLES if path.stem == "示例县-多处不合规")
DAY = date(2024, 9, 30)


def grouped(report: dp.Report, least: str = "in_doubt") -> list[set[str]]:
    return [{finding.rule for finding in problem.findings} for problem in report.problems(least)]


@pytest.fixture(scope="module")
def defective() -> dp.Report:
    return dp.check(dp.load_decision(DEFECTIVE), as_of=DAY)


def test_duties_broken_by_one_letter_are_one_problem(defective: dp.Report) -> None:
    assert {"cn-713.25.1a", "cn-713.25.1b", "cn-713.25.2a"} in grouped(defective)


def test_what_only_happened_on_the_same_day_or_act_is_not_one_problem(defective: dp.Report) -> None:
    found = grouped(defective)

    assert {"cn-713.30.2a"} in found
    assert {"cn-713.31"} in found
    assert {"cn-713.15.1c"} in found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("least", ["violated", "undetermined"])
def test_every_finding_is_in_one_problem_of_its_name(path: Path, least: str) -> None:
    report = dp.check(dp.load_decision(path), as_of=DAY)

    told = [finding for problem in report.problems(least) for finding in problem.findings]

    assert sorted(finding.fingerprint for finding in told) == sorted(
        finding.fingerprint for finding in report.findings(least)
    )
    assert all(len({finding.face for finding in problem.findings}) == 1 for problem in report.problems(least))


def test_the_terminal_gives_both_counts_and_each_article_once(defective: dp.Report) -> None:
    text = call("check", DEFECTIVE, "--as-of", "2024-09-30").stdout

    violated = defective.problems("violated")
    assert f"不合规 11（11项要求、{len(violated)}个问题）" in text
    for finding in defective.findings("violated"):
        assert text.count(f"[{finding.rule}]") >= 1
    assert text.count("× 不合规") == len(violated)


def test_a_record_with_as_many_problems_as_findings_gives_one_count() -> None:
    body = {"name": "示例县人民政府", "level": "county", "kind": "government"}
    acts: list[dict[str, Any]] = [
        {
            "id": "c",
            "kind": "public_comment",
            "start": "2024-03-04",
            "end": "2024-03-14",
            "notice_text_complete": True,
        }
    ]
    report = dp.check(dp.decision({"schema": 1, "title": "x", "body": body, "acts": acts}), as_of=DAY)

    assert all(len(rules) == 1 for rules in grouped(report, "violated"))
    assert "项要求、" not in dp.as_text(report)
