"""Findings as a GitLab code quality report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from decision_procedure.exchange.escaping import json_array
from decision_procedure.exchange.findings import (
    DEFAULT,
    FindingsView,
    Located,
    finding_text,
    findings,
    level_of,
)
from decision_procedure.results.findings import Finding
from decision_procedure.sources.characters import spelt


def write_gitlab(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield a JSON array with one object for each finding; a finding without a line stands on line 1."""
    return json_array(_issue(finding, view.lang) for finding in findings(reports, view))


def _issue(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "description": spelt(finding_text(finding, lang)),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": level_of(finding, "major", "minor", "info"),
        "location": {"path": Path(finding.file).as_posix(), "lines": {"begin": finding.line or 1}},
    }
