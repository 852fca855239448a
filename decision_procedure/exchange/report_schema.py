"""The JSON Schema of what `report` writes: reports with their file, findings and steps, and what a run leaves over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from decision_procedure.exchange.json_reports import FindingRow
from decision_procedure.reporting.steps import WrittenStep
from decision_procedure.results.written import WrittenReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReport(WrittenReport):
    """Everything found about one decision on one day."""

    file: str | None = None
    findings: list[FindingRow] | None = None
    steps: list[WrittenStep] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """What a whole run shows about its waiver file; it comes last."""

    # Closed, so that a report with something missing is never taken for this.
    __pydantic_config__ = ConfigDict(extra="forbid")

    schema_: Annotated[Literal[2], Field(alias="schema")]
    file: str
    findings: list[FindingRow]


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one report, or of what a run left over about its waivers."""
    schema = TypeAdapter(ListedReport | LeftOver).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Report", **schema}
