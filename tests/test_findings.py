"""A finding is one value: it holds all that any reader is told of a verdict, and says in which language only when asked."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from functools import cache
from pathlib import Path

import pytest
from conftest import record, report

import decision_procedure as dp
from decision_procedure.results.findings import Finding, Findings
from decision_procedure.results.fingerprints import fingerprints
from decision_procedure.results.severity import GRADES

PACKAGE = Path(dp.__file__).parent


@cache
def found() -> dp.Report:
    return report(record("示例县-多处不合规"))


@cache
def listed() -> tuple[Finding, ...]:
    return tuple(Findings(found(), "r.yaml", {"submit": 7}.get).listed("pending"))


def of(rule: str) -> Finding:
    return next(finding for finding in listed() if finding.rule == rule)


def test_there_is_one_class_of_findings() -> None:
    names = re.compile(r"^class Finding\b", re.MULTILINE)

    assert [path.stem for path in PACKAGE.rglob("*.py") if names.search(path.read_text("utf-8"))] == [
        "findings"
    ]


def test_a_finding_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        listed()[0].outcome = "satisfied"  # type: ignore[misc]


def test_every_open_verdict_that_people_are_told_is_a_finding_and_nothing_else_is() -> None:
    told = [(verdict.duty, verdict.act) for verdict in found().told if verdict.grade]

    assert [(finding.duty, finding.act) for finding in listed()] == told


@pytest.mark.parametrize("least", GRADES)
def test_no_finding_is_listed_that_is_less_grave_than_asked_for(least: str) -> None:
    expected = GRADES[: GRADES.index(least) + 1]

    assert {finding.grade for finding in Findings(found()).listed(least)} == {
        finding.grade for finding in listed() if finding.grade in expected
    }


def test_a_finding_says_what_its_verdict_and_its_duty_say() -> None:
    (verdict,) = [item for item in found().verdicts if item.duty == "cn-713.25.2a"]

    finding = of("cn-713.25.2a")

    assert finding.fingerprint == fingerprints(found())[verdict.duty, verdict.act]
    assert (finding.outcome, finding.binding, finding.day) == (verdict.outcome, verdict.binding, verdict.day)
    assert (finding.article.zh, finding.article.en) == ("第二十五条第二款", "Art. 25(2)")
    assert (finding.effect, finding.gate, finding.step) == ("gate", "submission", "submission")
    assert (finding.act, finding.line, finding.file) == ("submit", 7, "r.yaml")
    assert ("acts[review].form", "consultation_reply") in finding.facts


def test_a_finding_names_who_answers_under_which_provision() -> None:
    finding = of("cn-713.25.2a")

    assert finding.units
    assert finding.consequences
    assert {holder.provision for holder in finding.holders} <= set(finding.consequences)
    assert {holder.person for holder in finding.holders} == {"p-zj", "p-zj2"}


def test_a_report_gives_its_findings_down_to_the_grade_asked_for() -> None:
    assert found().findings() == tuple(Findings(found()).listed("undetermined"))
    assert {finding.outcome for finding in found().findings("violated")} == {"violated"}


def test_a_grade_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(dp.UnusableArgument, match="violated, in_doubt"):
        found().findings("satisfied")


def test_what_is_not_open_can_be_told_as_well_without_a_fingerprint() -> None:
    verdict = found().of("satisfied")[0]

    finding = Findings(found()).of(verdict)

    assert (finding.grade, finding.fingerprint, finding.face) == (None, "", "satisfied")
