"""Findings as GitHub workflow commands (`::error file=…,line=…::…`), one a line."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.exchange.findings import (
    DEFAULT,
    FindingsView,
    Located,
    finding_text,
    findings,
    level_of,
)
from decision_procedure.sources.characters import spelt


def write_github(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield one command for each finding: error, warning, or notice (waived, accepted, open, not counting)."""
    for finding in findings(reports, view):
        line = "" if finding.line is None else f",line={finding.line}"
        level = level_of(finding, "error", "warning", "notice")
        title = f"{finding.rule} {finding.fingerprint}"
        yield (
            f"::{level} file={_property(finding.file)}{line},title={_property(title)}"
            f"::{_data(finding_text(finding, view.lang))}\n"
        )


def _data(text: str) -> str:
    return spelt(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
