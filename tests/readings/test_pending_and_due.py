"""Pending and due: what is still to come is no breach, what had to precede a recorded act is due."""

from __future__ import annotations

from datetime import date

import pytest
from at_hand import (
    DEPARTMENT,
    GUANGNING,
    STARTED,
    TOWNSHIP,
    ZHAOQING,
    Case,
    act,
    comment,
    decision,
    meeting,
    outcomes,
    review,
    submission,
    traits,
)
from heads import checked, headed, on

from decision_procedure.model.kinds import SHIPPED

MARKET = traits(market_entities=True)
ALL_BUT_COMMENT = [kind for kind in SHIPPED.acts if kind != "public_comment"]
SENT = {**review(), "date": None, "conclusion": None}
CASES: dict[str, Case] = {
    "to come: the gate on the issue": ("comp-fcr.FCR-18", ["pending"], STARTED, MARKET),
    "to come: the gate of Guangdong": ("gd-obe.47", ["pending"], STARTED, {**MARKET, "body": GUANGNING}),
    "to come: what a review looks at": ("cn-713.27", ["pending"], STARTED, {}),
    "to come in a township": ("cn-713.25.2a", ["pending"], STARTED, {"body": TOWNSHIP}),
    "to come in a department": ("cn-713.31", ["pending"], STARTED, {"body": DEPARTMENT}),
    "to come in a city": ("cn-713.30.3-record", ["pending"], STARTED, {"body": ZHAOQING}),
    "never needed: a hearing": ("cn-713.17-public", ["not_applicable"], STARTED, traits(hearing_required=False)),
    "never needed: an evaluation": ("cn-713.36.2", ["not_applicable"], STARTED, {}),
    "left out and past: nothing of its own": (
        "cn-713.27", ["not_applicable"], [*STARTED, submission()], {},
    ),
    "left out and past: told by the duty that needs it": ("cn-713.25.1a", ["violated"], [*STARTED, submission()], {}),
    "past is unknown over an open file": ("cn-713.27", ["undetermined"], STARTED, {"complete": None}),
    "its time is past, and the file does not say that it was left out": (
        "cn-713.15.1d", ["undetermined"], [*STARTED, decision()], {"complete": None},
    ),
    "the file answers for all that follows it, and not for it": (
        "cn-713.15.1d", ["pending"], STARTED, {"complete": {"kinds": ALL_BUT_COMMENT, "up_to": "2024-12-31"}},
    ),
    "due by what followed": ("cn-713.10.0", ["violated"], STARTED, {}),
    "due by its own step": ("cn-713.12.1", ["violated"], [act("drafting", "2024-02-01", researched=False)], {}),
    "not due while nothing followed": ("cn-713.14.1", ["pending"], STARTED, {}),
    "due by the sending of the draft": ("cn-713.14.1", ["violated"], [*STARTED, SENT], {}),
    "a hearing that was only announced may still be moved": (
        "cn-713.16.3c", ["pending"],
        [act("hearing", "2025-03-01", held=None, notice_date="2024-12-01", materials_delivered="2025-02-28")], {},
    ),
    "a plan after the day of the check": ("cn-713.25.2a", ["pending"], [*STARTED, submission("2025-02-01")], {}),
    "prompt, not done, but the measure has not passed": (
        "cn-713.33", ["pending"], [meeting(), decision(), act("publication", "2024-06-01")], {},
    ),
    "prompt, not done, and the measure has passed": (
        "cn-713.33", ["needs_judgement"], [meeting("2022-05-25"), decision("2022-05-25")], {},
    ),
    "prompt, without a measure, not done": (
        "cn-713.34a", ["needs_judgement"], [meeting("2022-05-25"), decision("2022-05-25")], {},
    ),
    "the file answers only up to a day before the decision": (
        "cn-713.14.1", ["undetermined"], [meeting(), decision()],
        {"complete": {"kinds": ["all"], "up_to": "2024-05-01"}},
    ),
    "the file answers for some of the kinds only": (
        "cn-713.14.1", ["undetermined"], [meeting(), decision()],
        {"complete": {"kinds": ["public_comment", "hearing"], "up_to": "2024-12-31"}},
    ),
    "stated before the end of what it answers for": (
        "cn-713.33", ["undetermined"], [meeting("2022-05-25"), decision("2022-05-25")], {"stated_on": "2022-06-01"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_pending_and_what_is_due(case: str) -> None:
    assert outcomes(CASES[case]) == CASES[case][1]


@pytest.mark.parametrize(("end", "days"), [("2024-02-29", 9), (None, None)])
def test_a_prompt_duty_that_was_done_shows_the_days_it_took(end: str | None, days: int | None) -> None:
    found = checked(headed(comment("2024-01-01", "2024-02-05"), review("2024-02-20", date=end)))

    assert [verdict.elapsed for verdict in on(found, "cn-713.28a")] == [days]


def test_what_was_due_in_time_stays_due_however_late_the_check() -> None:
    for year in (2024, 2026):
        found = checked(headed(*STARTED), date(year, 12, 31))

        assert [verdict.outcome for verdict in on(found, "cn-713.10.0")] == ["violated"], year
