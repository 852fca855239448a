"""Small records of a draft under way, of which little is left to do."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from heads import headed

import decision_procedure as dp
from decision_procedure.law.applicable import Law

JILIN = {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "220122"}


@cache
def jilin() -> Law:
    return dp.load_law(Path(__file__).parent / "law")


def reviewed(sent: str, *, opinion: str | None = None, law: Law | None = None, **more: Any) -> dp.Report:
    """A draft sent for review on a day, nothing of it left but review, submission and meeting."""
    acts = [
        {"kind": "proposal_study", "id": "study", "date": "2019-10-08"},
        {"kind": "initiation", "id": "start", "date": "2019-10-09"},
        {"kind": "drafting", "id": "draft", "date": "2019-10-12", "researched": True, "draft": "v1"},
        {"kind": "opinion_hearing", "id": "heard", "date": "2019-10-14", "draft": "v1"},
        {"kind": "opinion_handling", "id": "dealt", "date": "2019-10-15", "sorted": True, "studied": True},
        {"kind": "legality_review", "id": "review", "sent": sent, "draft": "v1", "form": "review_opinion",
         **({} if opinion is None else {"date": opinion, "conclusion": "passed"}), **more},
    ]  # fmt: skip
    as_of = opinion or (more["returns"][-1]["resubmitted"] if "returns" in more else sent)
    traits = {
        "withheld_lawfully": False, "professional": False, "possible_harm": False, "specific_group": False,
        "touches_other_units": False, "hearing_required": False, "market_entities": False,
        "peoples_congress_matter": False, "exploratory_reform": False, "explicit_state_rule": True,
    }  # fmt: skip
    body = JILIN if law is not None else {**JILIN, "code": "420222"}
    data = headed(*acts, body=body, traits=traits, complete={"kinds": ["all"], "up_to": as_of})
    return dp.check(dp.decision(data), as_of=as_of, law=law)


def issued(day: str) -> dp.Report:
    acts = [
        {"kind": "decision", "id": "decided", "date": min(day, "2024-09-20"), "outcome": "adopt"},
        {"kind": "issue", "id": "issued", "date": day},
    ]
    return dp.check(dp.decision(headed(*acts, complete={"kinds": ["all"], "up_to": day})), as_of=day)


def with_hearing(code: str, year: int = 2024, **traits: bool) -> dp.Report:
    acts = [
        {"kind": "initiation", "id": "start", "date": f"{year}-02-20"},
        {"kind": "drafting", "id": "draft", "date": f"{year}-02-28", "researched": True, "draft": "v1"},
    ]
    stated = {"withheld_lawfully": True, "hearing_required": True, **traits}
    body = {**JILIN, "code": code}
    data = headed(*acts, body=body, traits=stated, complete={"kinds": ["all"], "up_to": f"{year}-03-01"})
    return dp.check(dp.decision(data), as_of=f"{year}-03-01")
