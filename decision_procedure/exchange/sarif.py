"""Findings as SARIF 2.1.0, with every rule that was tested, its help, and stable fingerprints.

Kinds are those of the standard: `fail` for a breach, `review` where a person must judge, `open` where a fact
is missing, `informational` for what is not due. A waiver is a suppression, a baseline gives `baselineState`.
Advice on the law that a record cites is a result of level `note`; it is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from decision_procedure.exchange.escaping import json_text
from decision_procedure.exchange.findings import (
    DEFAULT,
    Advised,
    FindingsView,
    Located,
    advice_of,
    finding_text,
    left_over,
    report_findings,
)
from decision_procedure.law.articles import article_text
from decision_procedure.law.numbers import numbered
from decision_procedure.model.vocabulary import LABELS, label
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.findings import Finding
from decision_procedure.results.remarks import LOOSE_STANDINGS, Judged, Waived
from decision_procedure.results.waivers import NOTES
from decision_procedure.sources.characters import spelt
from decision_procedure.wording import say

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PROGRAM = "decision-procedure"
FINGERPRINT = "decisionProcedure/v2"
_KINDS = {
    "violated": "fail",
    "needs_judgement": "review",
    "undetermined": "open",
    "pending": "informational",
}


def write_sarif(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield one SARIF log with one run. Results come first and the rules last, so that nothing is kept."""
    rules = _Rules(view.lang)
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"columnKind": "unicodeCodePoints", "results": ['
    separator = "\n"
    for result in _results(reports, view, rules):
        yield separator + json_text(result)
        separator = ",\n"
    yield f'\n], "tool": {json_text({"driver": _driver(rules)}, 1)}}}]}}\n'


class _Rules:
    """Every rule met so far, in the order met, each with its place in the list."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.place: dict[str, int] = {}
        self.entries: list[dict[str, Any]] = []
        for kind in NOTES:
            self._add(_plain_rule(f"waiver.{kind}", say(f"waiver_note.{kind}", lang), "warning"))
        for kind in LOOSE_STANDINGS:
            text = label("judgement_standing", kind, lang)
            self._add(_plain_rule(f"judgement.{kind}", text, "note"))
        for kind in LABELS["advice"]:
            self._add(_plain_rule(f"advice.{kind}", label("advice", kind, lang), "note"))

    def add_duties(self, duties: Mapping[str, DutyInfo]) -> None:
        for name, duty in duties.items():
            if name not in self.place:
                self._add(_duty_rule(name, duty, self.lang))

    def _add(self, entry: dict[str, Any]) -> None:
        self.place[entry["id"]] = len(self.entries)
        self.entries.append(entry)


def _results(reports: Located, view: FindingsView, rules: _Rules) -> Iterator[dict[str, Any]]:
    for file, report in reports:
        rules.add_duties(report.duties)
        for finding in report_findings(file, report, view):
            yield _result(finding, rules, view)
        for advised in advice_of(file, report, view):
            yield _advice(advised, rules)
    for finding in left_over(view):
        yield _result(finding, rules, view)


def _driver(rules: _Rules) -> dict[str, Any]:
    return {"name": _PROGRAM, "version": version(_PROGRAM), "rules": rules.entries}


def _duty_rule(name: str, duty: DutyInfo, lang: str) -> dict[str, Any]:
    text = duty.text.text(lang)
    gap = say("glossary.gap", lang)
    source = (
        f"{duty.instrument.text(lang)}{numbered(duty.number, lang)}{gap}{article_text(duty.article, lang)}"
    )
    unseen = duty.not_tested.text(lang) if duty.not_tested else None
    help_text = [text, source, duty.cure.text(lang), *([unseen] if unseen else [])]
    return {
        "id": name,
        "shortDescription": {"text": spelt(text)},
        "fullDescription": {"text": spelt(f"{text} ({source})")},
        "help": {"text": "\n".join(spelt(line) for line in help_text)},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "article": duty.article,
            "bearer": duty.borne_by.text(lang),
            "force": duty.force,
            "effect": duty.effect,
            "mark": duty.mark,
            "step": duty.step,
        },
    }


def _plain_rule(name: str, text: str, level: str) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": text},
        "defaultConfiguration": {"level": level},
    }


def _result(finding: Finding, rules: _Rules, view: FindingsView) -> dict[str, Any]:
    kind = _KINDS[finding.outcome]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.place[finding.rule],
        "kind": kind,
        "level": ("error" if finding.binding == "direct" else "note") if kind == "fail" else "none",
        "message": {"text": spelt(finding_text(finding, view.lang))},
        "locations": [_location(finding.file, finding.line, finding.act, finding.cell)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": _properties(finding),
    }
    suppressions = [_suppression(finding.waiver)] if finding.waived else []
    if finding.judgement is not None and finding.judged == "met":
        suppressions.append(_answered(finding.judgement))
    if suppressions:
        result["suppressions"] = suppressions
    if view.accepted is not None:
        result["baselineState"] = "unchanged" if finding.accepted else "new"
    return result


def _properties(finding: Finding) -> dict[str, Any]:
    """Return what the standard has no place for; what an undetermined one is and would be, only where it is one."""
    told = {"outcome": finding.outcome, "binding": finding.binding}
    if finding.class_ is not None:
        told["class"] = finding.class_
    if finding.if_complete is not None:
        told["ifComplete"] = finding.if_complete
    return told


def _advice(advised: Advised, rules: _Rules) -> dict[str, Any]:
    return {
        "ruleId": advised.rule,
        "ruleIndex": rules.place[advised.rule],
        "kind": "fail",  # the standard gives a level to no other kind
        "level": "note",
        "message": {"text": spelt(advised.text)},
        "locations": [_location(advised.file, advised.line, None, advised.cell)],
        "partialFingerprints": {FINGERPRINT: advised.fingerprint},
    }


def _suppression(waiver: Waived | None) -> dict[str, str]:
    shown = {"kind": "external", "status": "accepted"}
    if waiver is not None:
        shown["justification"] = spelt(f"{waiver.approver}: {waiver.basis}")
    return shown


def _answered(judgement: Judged) -> dict[str, str]:
    reason = spelt(f"{judgement.by}: {judgement.reason}")
    return {"kind": "inSource", "status": "accepted", "justification": reason}


def _location(file: str, line: int | None, act: str | None, cell: str) -> dict[str, Any]:
    path = Path(file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if line is not None:
        physical["region"] = {"startLine": line}
    location: dict[str, Any] = {"physicalLocation": physical}
    named = (("act", act), ("cell", cell))
    if logical := [{"name": spelt(name), "kind": kind} for kind, name in named if name]:
        location["logicalLocations"] = logical
    return location
