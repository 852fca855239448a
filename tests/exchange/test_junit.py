"""JUnit XML as `junitparser` reads it."""

from __future__ import annotations

from junitparser import Failure, JUnitXml, Skipped
from samples import BAD, hostile, worked, written

from decision_procedure.exchange.findings import FindingsView, findings
from decision_procedure.exchange.junit import write_junit


def test_there_is_one_suite_for_each_record_with_its_counts() -> None:
    reports, _ = worked()

    suites = list(JUnitXml.fromstring(written("junit").encode()))

    assert [suite.name for suite in suites[:-1]] == [report.title for _, report in reports]
    for suite in suites:
        cases = list(suite)
        assert suite.tests == len(cases)
        assert suite.failures == sum(isinstance(r, Failure) for case in cases for r in case.result)
        assert suite.skipped == sum(isinstance(r, Skipped) for case in cases for r in case.result)


def test_failures_are_exactly_the_breaches_that_stand() -> None:
    reports, view = worked()
    expected = [f.rule for f in findings(reports, view) if f.fails and f.outcome == "violated"]

    suites = list(JUnitXml.fromstring(written("junit").encode()))

    failed = [
        case.classname
        for suite in suites
        for case in suite
        if any(isinstance(r, Failure) for r in case.result)
    ]
    assert failed == expected
    assert failed


def test_waived_and_accepted_breaches_are_skipped_with_their_text() -> None:
    reports, view = worked()
    bad = [item for item in reports if item[0].endswith(BAD)]

    (suite,) = JUnitXml.fromstring("".join(write_junit(bad, view._replace(left_over=tuple))).encode())

    skipped = [
        r.message for case in suite for r in case.result if r.type == "violated" and isinstance(r, Skipped)
    ]
    assert len(skipped) == 2
    assert any("已由甲豁免" in message for message in skipped)


def test_duties_met_are_cases_that_pass() -> None:
    reports, _ = worked()
    satisfied = sum(len(report.of("satisfied")) for _, report in reports)

    suites = list(JUnitXml.fromstring(written("junit").encode()))

    assert sum(not case.result for suite in suites for case in suite) == satisfied > 50


def test_hostile_text_parses() -> None:
    text = "".join(write_junit(hostile(), FindingsView()))

    assert len(list(JUnitXml.fromstring(text.encode()))) == 1
