"""Findings as GitHub workflow commands (`::error file=…,line=…::…`), one a line."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.exchange.findings import DEFAULT, FindingsView, Located, finding_text, findings
from decision_procedure.results.findings import Finding
from decision_procedure.sources.characters import spelt


def write_github(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield one command for each finding: error, warning, or notice (waived, accepted, open, not counting)."""
    for finding in findings(reports, view):
        line = "" if finding.line is None else f",line={finding.line}"
        title = f"{finding.rule} {finding.fingerprint}"
        yield (
            f"::{_level(finding)} file={_property(finding.file)}{line},title={_property(title)}"
            f"::{_data(finding_text(finding, view.lang))}\n"
        )


def _level(finding: Finding) -> str:
    if not finding.fails:
        return "notice"
    return {"violated": "error", "in_doubt": "warning", "needs_judgement": "warning"}.get(
        finding.grade or "", "notice"
    )


def _data(text: str) -> str:
    return spelt(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
