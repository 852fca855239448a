"""Findings as a CSV table (RFC 4180, UTF-8 with the mark that spreadsheets need for Chinese)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from decision_procedure.exchange.findings import DEFAULT, FindingsView, Located, finding_text, findings
from decision_procedure.model.vocabulary import label
from decision_procedure.results.findings import Finding
from decision_procedure.sources.characters import cell

COLUMNS = (
    "fingerprint", "rule", "outcome", "outcome_text", "file", "line", "record", "title", "act", "binding",
    "fails", "accepted", "waived", "waived_by", "waiver", "waived_until", "text", "class", "if_complete",
    "judged", "judged_by", "judged_on", "cell",
)  # fmt: skip


def write_csv(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield a table with a head (`COLUMNS`) and one row for each finding."""
    yield "\ufeff" + _row(COLUMNS)
    for finding in findings(reports, view):
        yield _row(cell(text) for text in _cells(finding, view.lang))


def _cells(finding: Finding, lang: str) -> tuple[str, ...]:
    waiver, judgement = finding.waiver, finding.judgement
    return (
        finding.fingerprint,
        finding.rule,
        finding.outcome,
        label("face", finding.face, lang),
        finding.file,
        "" if finding.line is None else str(finding.line),
        finding.record,
        finding.title,
        finding.act or "",
        finding.binding,
        "yes" if finding.fails else "no",
        "yes" if finding.accepted else "no",
        "yes" if finding.waived else "no",
        waiver.approver if waiver else "",
        waiver.waiver if waiver else "",
        (waiver.expires or "") if waiver else "",
        finding_text(finding, lang),
        finding.class_ or "",
        finding.if_complete or "",
        finding.judged or "",
        judgement.by if judgement else "",
        judgement.day if judgement else "",
        finding.cell,
    )


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
