"""No submission of the draft discussed on record: the meeting implies one of its round and draft."""

from __future__ import annotations

import pytest
from at_hand import (
    DEPARTMENT,
    GUANGNING,
    TOWNSHIP,
    ZHAOQING,
    Case,
    competition,
    decision,
    drafts,
    meeting,
    outcomes,
    review,
    submission,
    traits,
)
from heads import checked, headed, on

GATE = "cn-713.25.2a"
MARKET = traits(market_entities=True)
CASES: dict[str, Case] = {
    "reviewed before the meeting of a department": (
        GATE, ["satisfied"], [review(), meeting(meeting_type="leadership")], {"body": DEPARTMENT},
    ),
    "an executive meeting of a township is one too": (GATE, ["satisfied"], [review(), meeting()], {"body": TOWNSHIP}),
    "a plenary meeting of a city": (
        GATE, ["satisfied"], [review(), meeting(meeting_type="plenary")], {"body": ZHAOQING},
    ),
    "a county's leadership meeting is none": (
        GATE, ["pending"], [review(), meeting(meeting_type="leadership")], {},
    ),
    "reviewed on the day of the meeting": (GATE, ["undetermined"], [review("2024-05-25"), meeting()], {}),
    "reviewed in the morning, discussed in the afternoon": (
        GATE, ["satisfied"], [review("2024-05-25T09:00"), meeting("2024-05-25T15:00")], {},
    ),
    "reviewed after the meeting, over an open file": (
        GATE, ["undetermined"], [review("2024-06-01"), meeting()], {"complete": None},
    ),
    "two meetings on one draft imply one": (
        GATE, ["satisfied"], [review(), meeting("2024-05-01", id="m1"), meeting()], {},
    ),
    "the submission of another round is not that of the meeting": (
        GATE, ["satisfied", "undetermined"], [review(), submission("2024-06-01", round=2), meeting()], {},
    ),
    "an undated submission may be that of the meeting": (
        GATE, ["undetermined"], [review("2024-03-18"), submission(None), meeting("2024-03-01")], {},
    ),
    "a draft that may be the one submitted implies none": (
        GATE, ["satisfied"], [review(), submission(), meeting(draft="v2")], drafts(None),
    ),
    "another draft discussed in a township": (
        GATE, ["satisfied", "violated"], [review(), submission(), meeting(draft="v2", meeting_type="leadership")],
        {**drafts(True), "body": TOWNSHIP},
    ),
    "another draft, reviewed as well": (
        GATE, ["satisfied", "satisfied"],
        [review(), review("2024-05-10", id="r2", draft="v2"), submission(), meeting(draft="v2")], drafts(True),
    ),
    "a draft changed as reviewed is the one submitted": (
        GATE, ["satisfied"], [review(), submission(), meeting(draft="v2")], drafts("as_reviewed"),
    ),
    "the gate of Guangdong is tested on it": (
        "gd-obe.47", ["violated"], [review(), meeting()], {**MARKET, "body": GUANGNING},
    ),
    "and passed by a review before the meeting": (
        "gd-obe.47", ["satisfied"], [review(), competition("2024-05-01"), meeting()], {**MARKET, "body": GUANGNING},
    ),
    "its order is tested": ("cn-713.25.1a", ["violated"], [review("2024-06-01"), meeting(), decision()], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_meeting_implies_a_submission(case: str) -> None:
    assert outcomes(CASES[case]) == CASES[case][1]


@pytest.mark.parametrize("duty", ["29.1a", "29.1b", "29.2", "29.3", "29.4", "29.5"])
def test_its_package_is_unknown_and_never_in_doubt(duty: str) -> None:
    acts = [review(), competition("2024-02-01"), meeting(), decision()]
    found = checked(headed(*acts, complete=None, **MARKET), assume_complete=True)

    for verdict in on(found, f"cn-713.{duty}"):
        assert verdict.outcome in ("undetermined", "not_applicable")
        assert not verdict.in_doubt


def test_it_is_told_as_implied() -> None:
    (verdict,) = on(checked(headed(review(), meeting())), GATE)

    assert (verdict.proof, verdict.outcome) == ("implied", "satisfied")
