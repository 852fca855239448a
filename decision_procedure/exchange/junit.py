"""Results as JUnit XML: one suite for each record, one case for each duty met and each finding.

A finding that fails is a `failure`; one that is open, waived or accepted is `skipped`, with its text. Each
finding carries its fingerprint as a property, so that a duty met and a finding cannot be confused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decision_procedure.exchange.escaping import xml_text
from decision_procedure.exchange.findings import (
    DEFAULT,
    FindingsView,
    Located,
    finding_text,
    left_over,
    report_findings,
)
from decision_procedure.results.findings import Finding
from decision_procedure.results.report import Report


def write_junit(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield a JUnit document, suite by suite."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="decision-procedure">\n'
    for file, report in reports:
        yield _suite(
            report.title, file, _passes(report), list(report_findings(file, report, view)), view.lang
        )
    rest = list(left_over(view))
    if rest:
        yield _suite("豁免 waivers", rest[0].file, (), rest, view.lang)
    yield "</testsuites>\n"


def _passes(report: Report) -> Iterator[str]:
    for verdict in report.of("satisfied"):
        yield f'  <testcase classname="{xml_text(verdict.duty)}" name="{xml_text(_name(verdict.duty, verdict.act))}"/>\n'


def _suite(title: str, file: str, passes: Iterable[str], found: list[Finding], lang: str) -> str:
    cases = [*passes, *(_case(finding, lang) for finding in found)]
    failures = sum(_fails(finding) for finding in found)
    head = (
        f' <testsuite name="{xml_text(title)}" file="{xml_text(file)}" tests="{len(cases)}" '
        f'failures="{failures}" errors="0" skipped="{len(found) - failures}">\n'
    )
    return head + "".join(cases) + " </testsuite>\n"


def _case(finding: Finding, lang: str) -> str:
    place = "" if finding.line is None else f' line="{finding.line}"'
    text = xml_text(finding_text(finding, lang))
    if _fails(finding):
        result = f'   <failure type="{finding.outcome}" message="{text}">{text}</failure>\n'
    else:
        result = f'   <skipped type="{finding.class_ or finding.outcome}" message="{text}"/>\n'
    return (
        f'  <testcase classname="{xml_text(finding.rule)}" name="{xml_text(_name(finding.rule, finding.act))}" '
        f'file="{xml_text(finding.file)}"{place}>\n'
        f'   <properties><property name="fingerprint" value="{finding.fingerprint}"/></properties>\n'
        f"{result}  </testcase>\n"
    )


def _fails(finding: Finding) -> bool:
    return finding.fails and finding.outcome == "violated"


def _name(rule: str, act: str | None) -> str:
    return f"{rule} {act}" if act else rule
