"""What was corrected of the register and of national law: successors, ends, new law by reference, review of documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import decision_procedure as dp
from decision_procedure.law.applicable import standard_law

COUNTY = {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "999901"}
LAW = standard_law()
REGISTER = {entry.id: entry for entry in LAW.register}


def checked(*acts: dict[str, Any], as_of: str = "2026-11-29", **rest: Any) -> dp.Report:
    data = {
        "schema": 1, "title": "t", "body": COUNTY, "catalogue": {"listed": True}, "acts": list(acts),
        "complete": {"kinds": ["all"], "up_to": as_of},
    }  # fmt: skip
    return dp.check(dp.decision(data | rest), as_of=date.fromisoformat(as_of))


PLAN = {"tracks": ["development_plan"], "matter_class": "plan"}
DECIDED = {"id": "d", "kind": "decision", "date": "2026-06-08", "outcome": "adopt"}


def test_a_five_year_outline_follows_the_planning_law_by_reference_and_never_counts() -> None:
    report = checked(DECIDED, **PLAN)
    found = {
        v.duty: (v.outcome, v.binding) for v in report.verdicts if v.duty.startswith("track-development-plan")
    }

    assert (
        found["track-development-plan.12"] == found["track-development-plan.13"] == ("violated", "reference")
    )
    assert not [v.duty for v in report.violations if v.duty.startswith("track-development-plan") and v.counts]
    assert not report.gate("decision").blocked_by or all(
        name.startswith("cn-713") for name in report.gate("decision").blocked_by
    )


def test_an_outline_published_before_the_congress_approved_it_is_found() -> None:
    report = checked(DECIDED, {"id": "p", "kind": "publication", "date": "2026-06-10"}, **PLAN)

    (verdict,) = report.about("track-development-plan.16")
    assert verdict.outcome == "violated"


def test_the_planning_law_does_not_reach_back() -> None:
    report = checked(DECIDED | {"date": "2026-03-11"}, as_of="2026-03-11", **PLAN)

    assert not [v for v in report.verdicts if v.duty.startswith("track-development-plan")]


@pytest.mark.parametrize(
    ("day", "most", "least"),
    [
        ("2024-05-24", "satisfied", "satisfied"),
        ("2024-05-27", "violated", "satisfied"),
        ("2024-05-10", "satisfied", "needs_judgement"),
    ],
)
def test_the_review_of_a_normative_document_takes_five_to_fifteen_working_days(
    day: str, most: str, least: str
) -> None:
    review = {
        "id": "r",
        "kind": "legality_review",
        "sent": "2024-05-06",
        "date": day,
        "form": "review_opinion",
    }

    report = checked(review, as_of="2024-12-31", traits={"normative_document": True})

    assert [v.outcome for v in report.about("nd-115.5-most")] == [most]
    assert [v.outcome for v in report.about("nd-115.5-least")] == [least]
    assert {v.binding for v in report.about("nd-115.5-most")} == {"internal"}
    assert not [v for v in report.verdicts if v.duty.startswith("nd-115") and v.counts]


def test_the_register_says_what_became_of_texts_and_what_is_not_known() -> None:
    assert str(REGISTER["jx-168"].in_force_to) == str(REGISTER["jx-2021"].in_force_from) == "2021-02-01"
    assert REGISTER["yn-200"].later_versions
    assert not REGISTER["yn-200"].accuses
    assert str(REGISTER["nd-118"].in_force_from) == "2018-12-05"
    assert not next(pack for pack in LAW.packs if pack.head.id == "nat-2021").head.successor_known


def test_nothing_is_both_loaded_and_on_the_register() -> None:
    assert not {pack.head.id for pack in LAW.packs} & set(REGISTER)


@pytest.mark.parametrize("name", ["gs-2019", "hz-2009", "qy-2020", "wh-2020", "qd-271", "jq-3"])
def test_a_rule_that_binds_its_own_government_alone_says_so(name: str) -> None:
    note = REGISTER[name].note

    assert note is not None
    assert "约束" in note.zh
