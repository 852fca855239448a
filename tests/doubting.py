"""A second account of what is in doubt: records closed by hand, checked as complete."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import decision_procedure as dp
from decision_procedure.law.applicable import Law
from decision_procedure.results.report import Report, Verdict

EXCEPTIONS = ("withheld_lawfully", "risk_assessed_before", "exploratory_reform")


def data_of(decision: dp.Decision) -> dict[str, Any]:
    """Return a record as plain data, every act under the identifier it goes by."""
    data: dict[str, Any] = decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    for act, item in zip(decision.acts, data["acts"], strict=True):
        item["held"] = act.held
    return data


def closed(decision: dp.Decision) -> dp.Decision:
    """Return a record as it stands: stated on no day, and every exception that it does not state denied."""
    data = copy.deepcopy(data_of(decision))
    data.pop("stated_on", None)
    for name in EXCEPTIONS:
        trait = data["traits"].get(name)
        if trait is None or (isinstance(trait, dict) and trait.get("value") is None):
            data["traits"][name] = False
    for draft in data["drafts"][1:]:
        draft.setdefault("materially_changed", True)
    for act in data["acts"]:
        if act["kind"] == "legality_review":
            act.setdefault("legal_risk_stated", False)
    return dp.parse_decision(json.dumps(data, ensure_ascii=False))


def outcomes_when_closed(
    decision: dp.Decision, as_of: date, law: Law | None = None
) -> dict[tuple[str, str | None], str]:
    """Return what a record comes to when it is closed and checked as complete, joined duties under each name."""
    found = dp.check(closed(decision), as_of=as_of, assume_complete=True, law=law)
    outcomes = {(verdict.duty, verdict.act): _outcome(verdict) for verdict in found.verdicts}
    for verdict in found.verdicts:
        for name in verdict.related:
            outcomes.setdefault((name, verdict.act), _outcome(verdict))
    return outcomes


def _outcome(verdict: Verdict) -> str:
    """Return what a verdict is told as: for a person where all that is open is whether a person may judge."""
    found = {name: tree.truth for name, tree in verdict.trees.items()}
    failed = {"when": True, **found} == {
        "when": True,
        "require": False,
        "judge": None,
    } and not verdict.reasons
    return "needs_judgement" if verdict.outcome == "undetermined" and failed else verdict.outcome


def differences(
    found: Report, law: Law | None = None
) -> list[tuple[str, str | None, str | None, str | None]]:
    """Return where what undetermined verdicts would be differs from what the closed record comes to."""
    closed_outcomes = outcomes_when_closed(found.decision, date.fromisoformat(found.as_of), law)
    return [
        (verdict.duty, verdict.act, verdict.if_complete, closed_outcomes.get((verdict.duty, verdict.act)))
        for verdict in found.of("undetermined")
        if verdict.if_complete != closed_outcomes.get((verdict.duty, verdict.act))
    ]
