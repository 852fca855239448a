"""A closed gate marks what was done at it and after it in its round; it never reaches back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import act, report, without

import decision_procedure as dp

Record = dict[str, Any]


def marked(found: dp.Report) -> dict[str, set[str]]:
    return {kind: {item.get("act") for item in found.concluded(kind)} for kind in ("behind", "rests")}


def submitted_unreviewed(record: Record, *more: Record) -> Record:
    record["acts"] += more
    return without(record, "review")


def talk(name: str, day: str, **more: Any) -> Record:
    """A special-topic meeting: it implies no submission of its own."""
    return {
        "id": name, "kind": "deliberation", "meeting_type": "special_topic", "date": day, "draft": "v2", **more,
    }  # fmt: skip


@pytest.mark.parametrize("day", ["2024-05-28", "2024-05-10", "2024-05-29T09:00", "2024-04", "2023"])
def test_a_meeting_held_before_the_gate_was_closed_in_the_round_does_not_rest_on_it(
    clean: Record, day: str
) -> None:
    act(clean, "submit")["date"] = "2024-05-29T10:00" if "T" in day else "2024-05-29"

    found = marked(report(submitted_unreviewed(clean, talk("early", day))))

    assert found["behind"] == {"submit"}
    assert "early" not in found["rests"]
    assert {"meeting", "decide"} <= found["rests"]


@pytest.mark.parametrize("day", ["2024-05-30", "2024-06-01", "2024-06-05T09:00"])
def test_a_meeting_held_after_it_rests_on_it(clean: Record, day: str) -> None:
    found = marked(report(submitted_unreviewed(clean, talk("late", day))))

    assert "late" in found["rests"]


def test_an_act_of_an_earlier_round_does_not_rest_on_the_gate_of_a_later_one(clean: Record) -> None:
    for name in ("submit", "meeting", "decide"):
        act(clean, name)["round"] = 2
    first = talk("first", "2024-06-02")

    found = marked(report(submitted_unreviewed(clean, first)))

    assert "first" not in found["rests"]


def test_a_decision_taken_before_an_unreviewed_submission_of_the_round_does_not_rest_on_it(
    clean: Record,
) -> None:
    record = submitted_unreviewed(clean)
    decided = {"id": "before", "kind": "decision", "date": "2024-05-20", "outcome": "defer", "draft": "v2"}
    record["acts"].append(decided)

    found = marked(report(record))

    assert "before" not in found["rests"]
    assert "decide" in found["rests"]


def guangdong(*acts: Record) -> dp.Report:
    """A record of 2016 under 粤府令第183号: a review passed without the hearing that was due closes a gate."""
    return report(
        {
            "schema": 1, "title": "示例", "catalogue": {"listed": True}, "drafts": [{"id": "v1"}],
            "body": {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "441223"},
            "complete": {"kinds": ["all"], "up_to": "2016-12-31"}, "traits": {"hearing_required": True},
            "acts": [
                *acts,
                {"id": "r", "kind": "legality_review", "form": "review_opinion", "sent": "2016-03-01",
                 "date": "2016-03-10", "conclusion": "passed"},
                {"id": "s1", "kind": "submission", "date": "2016-03-20"},
                {"id": "m1", "kind": "deliberation", "date": "2016-04-01", "meeting_type": "executive"},
                {"id": "d1", "kind": "decision", "date": "2016-04-01", "outcome": "adopt"},
            ],
        },
        date(2016, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    "earlier",
    [
        {"kind": "submission", "date": "2016-02-01"},
        {"kind": "deliberation", "date": "2016-02-10", "meeting_type": "special_topic"},
        {"kind": "submission", "date": "2016-02"},
        {"kind": "deliberation", "date": "2015", "meeting_type": "executive"},
    ],
)
def test_what_was_done_before_a_review_passed_without_its_hearing_does_not_rest_on_that_review(
    earlier: Record,
) -> None:
    found = marked(guangdong({"id": "early", **earlier}))

    assert "r" in found["behind"]
    assert {"s1", "m1", "d1"} <= found["rests"]
    assert "early" not in found["rests"] | found["behind"]


def test_an_issue_before_an_issue_without_fair_competition_review_is_not_behind_its_gate(
    clean: Record,
) -> None:
    without(clean, "competition")
    act(clean, "issued")["date"] = "2024-08-20"  # the rules on that review are in force from 2024-08-01
    act(clean, "published")["date"] = "2024-08-21"
    clean["acts"].append({"id": "first", "kind": "issue", "date": "2024-07-20"})

    found = report(clean)

    assert {item.get("act") for item in found.concluded("behind")} == {"issued"}
