"""Scope: which matters an instrument covers, asked of the day of each act."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import decision_procedure as dp

GUANGNING = {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"}
DENIED = {"withheld_lawfully": False, "risk_assessed_before": False, "exploratory_reform": False}
SUBMISSION = {"id": "s", "kind": "submission", "date": "2021-10-20"}


def checked(*acts: dict[str, Any], as_of: str = "2024-12-31", **rest: Any) -> dp.Report:
    data = {
        "schema": 1,
        "title": "示例",
        "body": GUANGNING,
        "catalogue": {"listed": True},
        "complete": {"kinds": ["all"], "up_to": as_of},
        "drafts": [{"id": "v1"}],
        "acts": list(acts),
        **rest,
    }
    data["traits"] = DENIED | data.get("traits", {})
    return dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=date.fromisoformat(as_of))


def one(report: dp.Report, duty: str, act: str | None = None) -> dp.Verdict:
    found = [item for item in report.about(duty) if act is None or item.act == act]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("trait", ["forwards_superior_document", "carries_out_superior_decision"])
@pytest.mark.parametrize(
    ("day", "as_of", "outcome"),
    [
        ("2021-10-20", "2021-10-31", "violated"),
        ("2021-10-20", "2022-12-31", "violated"),
        ("2021-10-31", "2024-12-31", "violated"),
        ("2021-11-01", "2021-11-01", "needs_judgement"),
        ("2022-05-20", "2022-12-31", "needs_judgement"),
        ("2021-10", "2022-12-31", "violated"),
        ("2021-11", "2022-12-31", "needs_judgement"),
        ("2021", "2022-12-31", "undetermined"),
    ],
)
def test_a_local_exclusion_reaches_only_acts_of_the_days_on_which_it_was_in_force(
    trait: str, day: str, as_of: str, outcome: str
) -> None:
    report = checked({**SUBMISSION, "date": day}, as_of=as_of, traits={trait: True})

    verdict = one(report, "cn-713.25.2a")

    assert verdict.outcome == outcome
    assert ("scope_unclear" in verdict.caps) is (outcome == "needs_judgement")
    assert ("date_unknown" in verdict.reasons) is (outcome == "undetermined")


def test_two_acts_of_one_record_each_have_the_scope_of_their_own_day() -> None:
    early, late = (
        {"id": name, "kind": "public_comment", "start": f"{start}-01", "end": f"{start}-11", "notice_text_complete": True}
        for name, start in (("early", "2021-09"), ("late", "2021-12"))
    )  # fmt: skip

    report = checked(early, late, as_of="2022-12-31", traits={"forwards_superior_document": True})

    assert one(report, "cn-713.15.1c", "early").outcome == "violated"
    assert one(report, "cn-713.15.1c", "late").caps == ("scope_unclear",)
    assert one(report, "cn-713.scope").reasons == ("excluded_locally",)
    assert report.scope["cn-713"] == "unclear"
    assert one(report, "gd-288.scope").outcome == "not_applicable"


def test_an_omission_has_the_scope_of_the_earliest_act_that_had_to_follow_it() -> None:
    decided = [
        {"id": "m", "kind": "deliberation", "date": "2021-10-25", "meeting_type": "executive"},
        {"id": "d", "kind": "decision", "date": "2021-10-26", "outcome": "adopt"},
        {"id": "i", "kind": "issue", "date": "2021-12-20"},
    ]

    report = checked(*decided, as_of="2022-12-31", traits={"forwards_superior_document": True})

    assert one(report, "cn-713.14.1").outcome == "violated"
    assert one(report, "cn-713.31").outcome == "needs_judgement"


def test_an_omission_that_nothing_had_to_follow_has_the_scope_of_the_day_of_the_check() -> None:
    acts = [
        {"id": "d", "kind": "decision", "date": "2021-10-26", "outcome": "adopt"},
        {"id": "i", "kind": "issue", "date": "2021-10-27"},
        {"id": "p", "kind": "publication", "date": "2021-10-28"},
    ]

    early = checked(*acts, as_of="2021-10-31", traits={"forwards_superior_document": True})
    late = checked(*acts, as_of="2022-12-31", traits={"forwards_superior_document": True})

    assert one(early, "cn-713.scope").outcome == "satisfied"
    assert one(late, "cn-713.scope").reasons == ("excluded_locally",)


def test_a_record_all_of_whose_duties_lie_before_a_local_exclusion_is_surely_in_scope() -> None:
    report = checked(SUBMISSION, as_of="2021-10-31", traits={"forwards_superior_document": True})

    assert one(report, "cn-713.scope").outcome == "satisfied"
    assert report.scope["cn-713"] == "in"


@pytest.mark.parametrize(
    ("matter_class", "catalogue", "traits", "outcome", "reasons"),
    [
        ("emergency_response", {"listed": True}, {}, "needs_judgement", ("excluded_yet_listed",)),
        ("emergency_response", {"listed": False}, {}, "not_applicable", ("scope",)),
        ("legislation", {"listed": False}, {"meets_published_standards": True}, "not_applicable", ("scope",)),
        ("legislation", {"listed": False}, {"adjusts_major_decision": True}, "not_applicable", ("scope",)),
        ("macro_regulation", {"listed": True}, {"meets_published_standards": True}, "needs_judgement", ("excluded_yet_listed",)),
        ("macro_regulation", None, {}, "needs_judgement", ("excluded_unless_listed",)),
        ("other_statutory_procedure", {"year": 2024}, {}, "needs_judgement", ("excluded_unless_listed",)),
        ("plan", {"listed": True}, {}, "satisfied", ()),
        ("plan", {"listed": False}, {"meets_published_standards": True}, "satisfied", ()),
        ("construction", {"listed": False}, {"adjusts_major_decision": True}, "satisfied", ()),
        ("plan", {"listed": False}, {"meets_published_standards": False, "adjusts_major_decision": False}, "needs_judgement", ("scope_unstated",)),
        ("plan", None, {}, "needs_judgement", ("scope_unstated",)),
        (None, {"listed": True}, {}, "satisfied", ()),
        (None, None, {"forwards_superior_document": True}, "needs_judgement", ("scope_unstated",)),
        ("plan", {"listed": True}, {"forwards_superior_document": True}, "needs_judgement", ("excluded_locally",)),
        ("plan", {"listed": True}, {"forwards_superior_document": False}, "satisfied", ()),
        ("legislation", {"listed": False}, {"forwards_superior_document": True}, "not_applicable", ("scope",)),
    ],
)  # fmt: skip
def test_scope_is_asked_in_the_order_of_the_page(
    matter_class: str | None,
    catalogue: dict[str, Any] | None,
    traits: dict[str, bool],
    outcome: str,
    reasons: tuple[str, ...],
) -> None:
    report = checked(
        {**SUBMISSION, "date": "2024-03-01"}, matter_class=matter_class, catalogue=catalogue, traits=traits
    )

    verdict = one(report, "cn-713.scope")

    assert (verdict.outcome, verdict.reasons) == (outcome, reasons)
    gate = one(report, "cn-713.25.2a")
    assert gate.outcome == {"satisfied": "violated"}.get(outcome, outcome)
    assert (report.gate("submission").state == "closed") is (gate.outcome == "violated")


@pytest.mark.parametrize("listed", [True, False, None])
def test_what_local_law_leaves_out_is_out_of_it_also_when_it_is_on_the_catalogue(listed: bool | None) -> None:
    report = checked(
        {**SUBMISSION, "date": "2024-03-01"},
        catalogue={"listed": listed},
        traits={"carries_out_superior_decision": True},
    )

    assert one(report, "gd-288.scope").outcome == "not_applicable"
    assert one(report, "gd-288.scope").reasons == ("scope",)
    assert one(report, "cn-713.scope").outcome == "needs_judgement"
