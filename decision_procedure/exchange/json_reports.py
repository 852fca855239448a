"""Whole reports as JSON and JSON Lines; the shape is `report_schema`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decision_procedure.exchange.escaping import json_array, json_text
from decision_procedure.exchange.findings import (
    DEFAULT,
    Located,
    View,
    finding_text,
    left_over,
    report_findings,
)
from decision_procedure.results.findings import Finding
from decision_procedure.results.report import REPORT_SCHEMA


def write_json(reports: Located, view: View = DEFAULT) -> Iterator[str]:
    """Yield a JSON array with one object for each report."""
    return json_array(_objects(reports, view))


def write_json_lines(reports: Located, view: View = DEFAULT) -> Iterator[str]:
    """Yield one line of JSON for each report."""
    for item in _objects(reports, view):
        yield json_text(item) + "\n"


def _objects(reports: Located, view: View) -> Iterator[dict[str, Any]]:
    for file, report in reports:
        found = [_row(finding, view.lang) for finding in report_findings(file, report, view)]
        steps = {} if view.steps is None else {"steps": view.steps(report)}
        yield {**report.to_dict(), **steps, "file": file, "findings": found}
    rest = list(left_over(view))
    if rest:
        yield {
            "schema": REPORT_SCHEMA,
            "file": rest[0].file,
            "findings": [_row(finding, view.lang) for finding in rest],
        }


_SAME = (
    "fingerprint", "rule", "outcome", "grade", "if_complete", "file", "line", "record", "title", "act", "binding",
    "counts", "accepted", "waived", "judged",
)  # fmt: skip


def _row(finding: Finding, lang: str) -> dict[str, Any]:
    waiver, judgement = finding.waiver, finding.judgement
    return {
        **{name: getattr(finding, name) for name in _SAME},
        "class": finding.class_,
        "doubt": finding.doubt.text(lang),
        "text": finding_text(finding, lang),
        "waiver": None if waiver is None else waiver._asdict(),
        "judgement": None if judgement is None else judgement._asdict(),
    }
