"""The order of speaking, spans between named ends, and both readings of each count (semantics.md sections 1 and 5)."""

from __future__ import annotations

from typing import Any

import pytest
from at_hand import (
    DEPARTMENT,
    GUANGNING,
    TOWNSHIP,
    act,
    comment,
    decision,
    drafts,
    meeting,
    review,
    submission,
)
from heads import checked, headed, on

Record = dict[str, Any]
LAST = "cn-713.30.2a"
BODY = {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "420222", "unit": "gov"}
UNITS = [{"id": "gov", "name": "示例县人民政府"}, {"id": "fg", "name": "示例县发展和改革局"}]


def spoke(order: str, roles: str = "a:chief b:member", **more: Any) -> Record:
    """Return a meeting: who spoke, a letter each, and who is recorded as what."""
    pairs = (pair.split(":") for pair in roles.split())
    present = [{"person": person, "role": role} for person, role in pairs]
    known = {
        "chief": "a",
        "speaking_order": list(order),
        "speaking_order_complete": True,
        "attendees": present,
    }
    return meeting(**{**known, **more})


def held(**post: str) -> Record:
    """Return, as keys of a record, its people: c held a post."""
    posts = [{"unit": "gov", "capacity": "leader", **post}]
    return {"people": [{"id": "a"}, {"id": "b"}, {"id": "c", "posts": posts}], "units": UNITS, "body": BODY}


NOBODY: Record = {"people": [{"id": name} for name in "abc"]}
SPEAKING: dict[str, tuple[Record, Record, str]] = {
    "a member after the chief": (spoke("ab"), NOBODY, "violated"),
    "one sitting in": (spoke("bac", "a:chief b:member c:attending"), NOBODY, "satisfied"),
    "one taking the record": (spoke("bac", "a:chief b:member c:recorder"), NOBODY, "satisfied"),
    "one not listed, though the list is whole": (spoke("bac", attendees_complete=True), NOBODY, "undetermined"),
    "one who leads the body that day": (spoke("bac"), held(since="2023-01-01", until="2024-12-01"), "violated"),
    "one who led it until the month before": (spoke("bac"), held(since="2023-01-01", until="2024-04-30"), "undetermined"),
    "one who leads it since some day of that month": (spoke("bac"), held(since="2024-05"), "undetermined"),
    "one who leads another unit": (spoke("bac"), held(unit="fg", since="2023-01-01"), "undetermined"),
    "one who is on its staff": (spoke("bac"), held(capacity="staff", since="2023-01-01"), "undetermined"),
    "one who leads it, recorded as sitting in": (
        spoke("bac", "a:chief b:member c:attending"), held(since="2023-01-01"), "satisfied",
    ),
    "at the meeting of a township's leadership": (
        spoke("ab", meeting_type="leadership"), {**NOBODY, "body": TOWNSHIP}, "violated",
    ),
    "at that of a department": (
        spoke("ba", meeting_type="leadership"), {**NOBODY, "body": DEPARTMENT}, "satisfied",
    ),
    "the chief absent": (spoke("b", chief_present=False, chief_spoke_last=False, chief=None), NOBODY, "needs_judgement"),
    "an order that is not said to be whole": (spoke("ba", speaking_order_complete=None), NOBODY, "undetermined"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPEAKING, ids=str)
def test_whose_word_counts_after_the_chief(case: str) -> None:
    at, others, wanted = SPEAKING[case]

    assert [verdict.outcome for verdict in on(checked(headed(at, **others)), LAST)] == [wanted]


GD = {"body": GUANGNING}
SHORT = {"notice_text_complete": True}
PASSED = decision("2024-05-22")
AT = meeting("2024-05-22")
COUNTS: dict[str, tuple[str, list[Record], Record, str, bool]] = {
    "29 days, 30 with both ends": ("cn-713.15.1c", [comment("2024-01-01", "2024-01-30", **SHORT)], {}, "violated", True),
    "30 days": ("cn-713.15.1c", [comment("2024-01-01", "2024-01-31")], {}, "satisfied", False),
    "28 days": ("cn-713.15.1c", [comment("2024-01-01", "2024-01-29", **SHORT)], {}, "violated", False),
    "over the Spring Festival": ("cn-713.15.1c", [comment("2024-01-20", "2024-02-19")], {}, "satisfied", False),
    "7 days ahead, 6 clear": (
        "cn-713.16.3c", [act("hearing", "2024-03-08", materials_delivered="2024-03-01")], {}, "satisfied", True,
    ),
    "8 days ahead": (
        "cn-713.16.3c", [act("hearing", "2024-03-09", materials_delivered="2024-03-01")], {}, "satisfied", False,
    ),
    "6 days ahead": (
        "cn-713.16.3c", [act("hearing", "2024-03-07", materials_delivered="2024-03-01")], {}, "violated", False,
    ),
    "30 days' notice in Guangdong, 29 clear": (
        "gd-183.notice", [act("hearing", "2022-03-31", notice_date="2022-03-01")], GD, "satisfied", True,
    ),
    "29 days' notice in Guangdong": (
        "gd-183.notice", [act("hearing", "2022-03-30", notice_date="2022-03-01")], GD, "violated", False,
    ),
    "30 days of a plan of compensation": (
        "track-land.28-days", [{"kind": "compensation_plan_notice", "start": "2024-01-01", "end": "2024-01-31"}],
        {"tracks": ["land_expropriation"]}, "satisfied", False,
    ),
    "6 working days, 7 with that of the meeting": ("cn-713.26.2", [review("2024-05-13"), AT, PASSED], {}, "needs_judgement", True),
    "7 working days": ("cn-713.26.2", [review("2024-05-10"), AT, PASSED], {}, "satisfied", False),
    "5 working days": ("cn-713.26.2", [review("2024-05-14"), AT, PASSED], {}, "needs_judgement", False),
    "from the day on which whole material came": (
        "cn-713.26.2", [review("2024-05-06", returns=[{"resubmitted": "2024-05-15"}]), AT, PASSED], {},
        "needs_judgement", False,
    ),
    "whole material came on an unknown day": (
        "cn-713.26.2", [review("2024-05-06", returns=[{}]), AT, PASSED], {}, "undetermined", False,
    ),
    "to the first meeting of the round, though it deferred": (
        "cn-713.26.2",
        [review("2024-05-10"), meeting("2024-05-16", id="m1"),
         decision("2024-05-16", "defer", id="d1", deliberation="m1"), AT, PASSED], {}, "needs_judgement", False,
    ),
    "not to a meeting that is none": (
        "cn-713.26.2", [review("2024-05-10"), meeting("2024-05-16", id="m1", meeting_type="special_topic"), AT, PASSED],
        {}, "satisfied", False,
    ),
    "to the meeting on a draft changed as reviewed": (
        "cn-713.26.2",
        [review("2024-05-13", "passed_with_changes"), submission("2024-05-21", draft="v2"),
         {**AT, "draft": "v2"}, {**PASSED, "draft": "v2"}], drafts("as_reviewed"), "needs_judgement", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", COUNTS, ids=str)
def test_the_default_reading_decides_and_the_edge_is_told(case: str) -> None:
    duty, acts, others, wanted, edge = COUNTS[case]
    (verdict,) = on(checked(headed(*acts, **others)), duty)

    assert verdict.outcome == wanted
    assert bool(verdict.edges) is edge
