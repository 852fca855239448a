"""Acts, bodies, traits and drafts that the tests of one reading each make their small records of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heads import came_to, checked, headed

Record = dict[str, Any]
Case = tuple[str, list[str], list[Record], Record]
"""A duty, the outcomes it comes to, the acts of the record, and further keys of it."""

TOWNSHIP = {"name": "示例镇人民政府", "kind": "government", "level": "township", "code": "420222101"}
DEPARTMENT = {"name": "示例县某局", "kind": "department", "level": "county", "code": "420222"}
GUANGNING = {"name": "广宁县人民政府", "kind": "government", "level": "county", "code": "441223"}
TOWNSHIP_OF_GUANGNING = {**GUANGNING, "name": "示例镇人民政府", "level": "township", "code": "441223101"}
ZHAOQING = {"name": "肇庆市人民政府", "kind": "government", "level": "city", "code": "4412"}
PARTY = {"name": "中共示例县委", "kind": "party_committee", "level": "county", "code": "420222"}
JOINT = {"name": "示例县委、县政府", "kind": "party_and_government", "level": "county", "code": "420222"}
DOCUMENTS = [{"id": name, "kind": "other"} for name in ("d1", "d2", "d3")]


def outcomes(case: Case) -> list[str]:
    """Return what the duty of a case comes to, in order of its acts."""
    duty, _, acts, others = case
    return came_to(checked(headed(*acts, **others)), duty)


def act(kind: str, day: str | None = None, **more: Any) -> Record:
    return {"kind": kind, **({} if day is None else {"date": day}), **more}


def review(day: str = "2024-03-18", conclusion: str | None = "passed", **more: Any) -> Record:
    return {
        "kind": "legality_review", "form": "review_opinion", "draft": "v1", "sent": day, "date": day,
        "conclusion": conclusion, **more,
    }  # fmt: skip


def submission(day: str | None = "2024-05-20", **more: Any) -> Record:
    return act("submission", day, **{"draft": "v1", **more})


def meeting(day: str = "2024-05-25", **more: Any) -> Record:
    return act("deliberation", day, **{"id": "m", "meeting_type": "executive", "draft": "v1", **more})


def decision(day: str = "2024-05-25", outcome: str | None = "adopt", **more: Any) -> Record:
    return act("decision", day, **{"id": "d", "outcome": outcome, "draft": "v1", **more})


def comment(start: str, end: str | None, **more: Any) -> Record:
    return {"kind": "public_comment", "start": start, "end": end, **more}


def competition(day: str, conclusion: str | None = "no_restriction", **more: Any) -> Record:
    return act(
        "fair_competition_review", day, conclusion=conclusion, **{"market_department_reviewed": True, **more}
    )


def in_government(people: list[Record]) -> Record:
    """Return, as keys of a record, these people with posts in `gov`, the unit that decides as a county government."""
    name = "示例县人民政府"
    body = {"name": name, "kind": "government", "level": "county", "code": "420222", "unit": "gov"}
    return {"people": people, "units": [{"id": "gov", "name": name}], "body": body}


def traits(**more: Any) -> Record:
    """Return, as a key of a record, the traits of the common head with these."""
    known = {
        "withheld_lawfully": False, "risk_assessed_before": False,
        "exploratory_reform": False, "explicit_state_rule": True,
    }  # fmt: skip
    return {"traits": {**known, **more}}


STARTED = [act("initiation", "2024-01-02"), act("drafting", "2024-02-01", researched=True)]
EVERY_STEP = {
    "professional": True, "possible_harm": True, "touches_other_units": True,
    "hearing_required": True, "specific_group": True,
}  # fmt: skip
NEEDED = traits(**EVERY_STEP)
"""The traits of a matter that needs every step of participation, expert review and risk assessment."""


def drafts(*changes: Any) -> Record:
    """Return, as a key of a record, v1 and one more draft for each change: what it says, or all of a draft."""
    later = [
        change
        if isinstance(change, Mapping)
        else {"materially_changed": change}
        if change is not None
        else {}
        for change in changes
    ]
    return {"drafts": [{"id": "v1"}, *({"id": f"v{at}", **more} for at, more in enumerate(later, 2))]}


def says(*values: Any) -> Record:
    """Return a field of which the documents d1, d2, … say these different things."""
    sayings = [{"document": f"d{at}", "value": value} for at, value in enumerate(values, 1)]
    return {"says": sayings}
