"""Whole reports as JSON and JSON Lines; the shape is `report_schema`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from decision_procedure.exchange.escaping import json_array, json_text
from decision_procedure.exchange.findings import (
    DEFAULT,
    FindingsView,
    Located,
    finding_text,
    left_over,
    report_findings,
)
from decision_procedure.model.vocabulary import Answer, BindingKind
from decision_procedure.results.findings import Finding
from decision_procedure.results.remarks import Judged, Waived
from decision_procedure.results.report import REPORT_SCHEMA
from decision_procedure.results.severity import Class, Outcome


def write_json(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield a JSON array with one object for each report."""
    return json_array(_objects(reports, view))


def write_json_lines(reports: Located, view: FindingsView = DEFAULT) -> Iterator[str]:
    """Yield one line of JSON for each report."""
    for item in _objects(reports, view):
        yield json_text(item) + "\n"


def _objects(reports: Located, view: FindingsView) -> Iterator[dict[str, Any]]:
    for file, report in reports:
        found = _listed(report_findings(file, report, view), view.lang)
        steps = {} if view.steps is None else {"steps": view.steps(report)}
        yield {**report.to_dict(), **steps, "file": file, "findings": found}
    rest = list(left_over(view))
    if rest:
        yield {
            "schema": REPORT_SCHEMA,
            "file": rest[0].file,
            "findings": _listed(rest, view.lang),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One open verdict or one thing wrong with a waiver, as every format lists it; `line` null: unknown, or `cell` is that of a workbook.

    `grade` is what it counts as for the exit status; `doubt` says in words what one in doubt would be.
    """

    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    rule: str
    outcome: Literal["violated", "undetermined", "pending", "needs_judgement"]
    grade: Literal["violated", "in_doubt", "needs_judgement", "undetermined", "pending"] | None = None
    if_complete: Outcome | None = None
    class_: Annotated[Class | None, Field(alias="class")] = None
    doubt: str = ""
    file: str
    line: Annotated[int, Field(ge=1)] | None
    record: str
    title: str
    act: str | None
    binding: BindingKind
    counts: bool
    accepted: bool
    waived: bool
    waiver: Waived | None
    text: str
    judged: Answer | None = None
    judgement: Judged | None = None
    cell: str = ""

    @classmethod
    def of(cls, finding: Finding, lang: str) -> FindingRow:
        """Return the row of a finding in a language."""
        told = {item.name: getattr(finding, item.name) for item in fields(cls) if item.name != "text"}
        return cls(**{**told, "doubt": finding.doubt.text(lang), "text": finding_text(finding, lang)})


@lru_cache(maxsize=1)
def _rows() -> TypeAdapter[list[FindingRow]]:
    return TypeAdapter(list[FindingRow])


def _listed(found: Iterable[Finding], lang: str) -> list[dict[str, Any]]:
    rows = [FindingRow.of(finding, lang) for finding in found]
    data: list[dict[str, Any]] = _rows().dump_python(rows, mode="json", by_alias=True)
    return data
