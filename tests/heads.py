"""The head that small records share in the tests of one reading each: a county government, everything on file."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import decision_procedure as dp
from decision_procedure.results.report import Verdict

DAY = date(2024, 12, 31)


def headed(*acts: dict[str, Any], **others: Any) -> dict[str, Any]:
    """Return a record of these acts; `others` are keys of it, None leaves one of the head's own out."""
    head: dict[str, Any] = {
        "schema": 1,
        "title": "t",
        "body": {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "420222"},
        "catalogue": {"listed": True},
        "complete": {"kinds": ["all"], "up_to": "2024-12-31"},
        "drafts": [{"id": "v1"}],
        "traits": {
            "withheld_lawfully": False, "risk_assessed_before": False,
            "exploratory_reform": False, "explicit_state_rule": True,
        },
    }  # fmt: skip
    found = {**head, "acts": list(acts), **others}
    return {key: value for key, value in found.items() if value is not None}


def checked(data: dict[str, Any], as_of: date = DAY, *, assume_complete: bool = False) -> dp.Report:
    """Return the report on a record given as plain data."""
    decision = dp.parse_decision(json.dumps(data, ensure_ascii=False))
    return dp.check(decision, as_of=as_of, assume_complete=assume_complete)


def on(report: dp.Report, duty: str) -> tuple[Verdict, ...]:
    """Return the verdicts of a duty by its full identifier."""
    return tuple(verdict for verdict in report.verdicts if verdict.duty == duty)


def came_to(report: dp.Report, duty: str) -> list[str]:
    """Return the outcomes of a duty, in order of its acts."""
    return [verdict.outcome for verdict in on(report, duty)]
