"""Findings as a table of pandas or polars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from decision_procedure.errors import Unchecked, UnusableArgument
from decision_procedure.model.vocabulary import label
from decision_procedure.results.findings import Finding
from decision_procedure.results.report import Report
from decision_procedure.results.severity import Grade, check_grade
from decision_procedure.wording import check_language

COLUMNS = (
    "record", "title", "fingerprint", "rule", "instrument", "article", "outcome", "outcome_text", "grade", "counts",
    "waived", "requirement", "act", "unit", "date", "binding", "cure", "unchecked",
)  # fmt: skip
LIBRARIES = ("pandas", "polars")


def frame(reports: Iterable[Report | Unchecked], lang: str, least: Grade) -> Any:
    """Return a table with a row for each finding, and one for each record that could not be checked.

    Raises UnusableArgument when no library of tables is installed, or for another language or grade.
    """
    check_language(lang)
    check_grade(least)
    library = next((name for name in LIBRARIES if find_spec(name)), None)
    if library is None:
        raise UnusableArgument(
            f"需要安装 {' 或 '.join(LIBRARIES)} one of these must be installed: {', '.join(LIBRARIES)}"
        )
    rows = [row for report in reports for row in _rows(report, lang, least)]
    columns = {name: [row.get(name) for row in rows] for name in COLUMNS}
    return import_module(library).DataFrame(columns)


def _rows(report: Report | Unchecked, lang: str, least: Grade) -> Iterator[dict[str, Any]]:
    if isinstance(report, Unchecked):
        yield {"record": report.record, "unchecked": report.kind}
        return
    for finding in report.findings(least):
        yield _row(finding, lang)


def _row(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "record": finding.record,
        "title": finding.title,
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "instrument": finding.instrument.text(lang),
        "article": finding.article.text(lang),
        "outcome": finding.outcome,
        "outcome_text": label("face", finding.face, lang),
        "grade": finding.grade,
        "counts": finding.counts,
        "waived": finding.waived,
        "requirement": (finding.requirement if finding.duty else finding.said).text(lang),
        "act": finding.act,
        "unit": finding.unit,
        "date": finding.date,
        "binding": finding.binding,
        "cure": finding.cure.text(lang) if finding.cure else None,
    }


__all__ = ["COLUMNS", "frame"]
