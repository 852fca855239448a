"""What was decided, what was done too late and what was made good, in other packs and bodies."""

from __future__ import annotations

import pytest
from at_hand import (
    DEPARTMENT,
    EVERY_STEP,
    GUANGNING,
    TOWNSHIP,
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

NEEDED = traits(**EVERY_STEP, wide_concern=True, peoples_congress_matter=True, market_entities=True)
GD = {"body": GUANGNING, **NEEDED}
REFERRED = [meeting(meeting_type="leadership"), decision(outcome="reject")]
DECIDED: dict[str, Case] = {
    "a rejection in a township owes no publication": ("cn-713.32a", ["not_applicable"], REFERRED, {"body": TOWNSHIP}),
    "nor in a department": ("cn-713.34a", ["not_applicable"], REFERRED, {"body": DEPARTMENT}),
    "a deferral owes no report on execution yet": (
        "cn-713.34b", ["pending"], [meeting(), decision(outcome="defer")], NEEDED,
    ),
    "whether it owes one is unknown with what was decided": (
        "cn-713.34b", ["undetermined"], [meeting(), decision(outcome=None)], NEEDED,
    ),
    "nor publication of a normative document": (
        "nd-37.ND37-publication", ["pending"], [meeting(), decision(outcome="defer")],
        traits(normative_document=True),
    ),
    "the last decision counts": (
        "cn-713.32a", ["pending"],
        [meeting("2024-02-01", id="m1"), decision("2024-02-01", id="d1", deliberation="m1"), meeting(),
         decision(outcome="defer")], {},
    ),
    "an issue after a deferral": (
        "cn-713.30.1c", ["needs_judgement"], [meeting(), decision(outcome="defer"), act("issue", "2024-06-10")], {},
    ),
    "an issue before a rejection": (
        "cn-713.30.1c", ["needs_judgement"], [act("issue", "2024-03-10"), meeting(), decision(outcome="reject")], {},
    ),
    "what was published after a rejection is tested": (
        "cn-713.32a-channels", ["violated"],
        [meeting(), decision(outcome="reject"),
         act("publication", "2024-06-10", channels=["notice_board"], channels_complete=True)], {},
    ),
    "an issue after a rejection passes no gate": (
        "comp-fcr.FCR-18", ["violated"],
        [meeting("2024-09-01"), decision("2024-09-01", "reject"), act("issue", "2024-10-10")], NEEDED,
    ),
    "a rejection in Guangdong passes by the gate on decisions": (
        "gd-183.gate1", ["not_applicable"], [meeting("2022-05-25"), decision("2022-05-25", "reject")], GD,
    ),
    "what was decided in Guangdong is unknown": (
        "gd-183.gate1", ["undetermined"], [meeting("2022-05-25"), decision("2022-05-25", None)], GD,
    ),
    "but it went out": (
        "gd-183.gate1", ["violated"],
        [meeting("2022-05-25"), decision("2022-05-25", None), act("issue", "2022-06-01")], GD,
    ),
    "a deferral needs no meeting, a rejection does": (
        "cn-713.30.1b", ["not_applicable", "violated"],
        [decision("2024-05-01", "defer", id="d1"), decision(outcome="reject")], {},
    ),
}  # fmt: skip
LATE_HEARING = act("hearing", "2022-07-01", notice_date="2022-05-01")
TWENTY_TWO = [review("2022-03-01"), submission("2022-05-10"), meeting("2022-05-25"), decision("2022-05-25")]
END = [review("2024-03-01"), submission(), meeting(), decision()]
PLAN = {
    "kind": "compensation_plan_notice",
    "notice_date": "2024-05-01",
    "start": "2024-05-01",
    "end": "2024-06-05",
}
LATE: dict[str, Case] = {
    "a hearing in Guangdong": ("gd-183.4", ["violated"], [LATE_HEARING, *TWENTY_TWO], GD),
    "by its gate too": ("gd-183.gate1", ["violated"], [LATE_HEARING, *TWENTY_TWO], GD),
    "a hearing only after the review passed": (
        "gd-183.gate2", ["violated"], [{**LATE_HEARING, "notice_date": "2022-02-01", "date": "2022-04-01"}, *TWENTY_TWO], GD,
    ),
    "departments in a department": (
        "cn-713.13a", ["violated"],
        [act("departmental_consultation", "2024-07-01"), meeting(meeting_type="leadership"), decision()],
        {"body": DEPARTMENT, **NEEDED},
    ),
    "departments asked in time that answered too late": (
        "cn-713.13a", ["needs_judgement"], [act("departmental_consultation", "2024-05-01", replied="2024-06-10"), *END],
        NEEDED,
    ),
    "an assessment without a date": ("cn-713.22.1", ["undetermined"], [act("risk_assessment"), *END], NEEDED),
    "experts on the day of the decision": (
        "cn-713.19.1", ["undetermined"], [act("expert_review", "2024-05-25"), *END], NEEDED,
    ),
    "experts after a first, before the governing review": (
        "cn-713.19.1", ["satisfied"], [review("2024-01-10", id="r1"), act("expert_review", "2024-02-01"), *END], NEEDED,
    ),
    "experts after a rejection": (
        "cn-713.19.1", ["violated"], [act("expert_review", "2024-07-20"), meeting(), decision(outcome="reject")], NEEDED,
    ),
    "a plan of compensation still published at the meeting": (
        "track-land.28-days", ["violated"], [PLAN, *END], {"tracks": ["land_expropriation"]},
    ),
    "the same of house expropriation": (
        "track-houses.10-days", ["violated"], [PLAN, *END], {"tracks": ["house_expropriation"]},
    ),
    "a draft plan still published at the meeting": (
        "track-urban-plan.26-days", ["violated"], [comment("2024-05-01", "2024-06-05"), *END],
        {"tracks": ["urban_plan"]},
    ),
    "a comment while the matter was put off keeps its own days": (
        "cn-713.15.1c", ["satisfied"],
        [comment("2024-05-01", "2024-06-05", notice_text_complete=True), meeting(), decision(outcome="defer")], {},
    ),
    "a Party report after the issue": (
        "cn-713.31", ["violated"], [act("party_report", "2024-06-10"), act("issue", "2024-06-01")], {},
    ),
    "a hearing for the evaluation is none for the decision": (
        "gd-183.gate1", ["violated"],
        [act("evaluation", "2022-11-01", id="e"), {**LATE_HEARING, "notice_date": "2022-02-01", "date": "2022-04-01", "for": "e"}, *TWENTY_TWO], GD,
    ),
}  # fmt: skip
EXPERTS = {"experts": [{"direct_interest": True}], "experts_complete": True}
HEADS = ["authority", "procedure", "content"]
REPORT = ["risk_points", "preventive_measures", "response_plans"]
MADE_GOOD: dict[str, tuple[Case, list[str | None]]] = {
    "a hearing run again": (
        ("cn-713.16.3c", ["violated", "satisfied"],
         [act("hearing", "2024-02-01", id="a", materials_delivered="2024-01-31"),
          act("hearing", "2024-03-01", id="b", materials_delivered="2024-02-10"), meeting(), decision()], {}),
        ["b", None],
    ),
    "only after the decision": (
        ("cn-713.16.3c", ["violated", "satisfied"],
         [act("hearing", "2024-02-01", id="a", materials_delivered="2024-01-31"),
          act("hearing", "2024-06-01", id="b", materials_delivered="2024-05-10"), meeting(), decision()], {}),
        [None, None],
    ),
    "in another round": (
        ("cn-713.16.3c", ["violated", "satisfied"],
         [act("hearing", "2024-02-01", id="a", materials_delivered="2024-01-31"),
          act("hearing", "2024-03-01", id="b", round=2, materials_delivered="2024-02-10"), meeting(), decision()], {}),
        [None, None],
    ),
    "for the evaluation": (
        ("cn-713.16.3c", ["violated", "satisfied"],
         [act("hearing", "2024-02-01", id="a", materials_delivered="2024-01-31"),
          act("evaluation", "2024-11-01", id="e"), meeting(), decision(),
          act("hearing", "2024-03-01", id="b", materials_delivered="2024-02-10", **{"for": "e"})], {}),
        [None, None],
    ),
    "experts without an interest": (
        ("cn-713.20c", ["violated", "satisfied"],
         [act("expert_review", "2024-02-01", id="a", **EXPERTS),
          act("expert_review", "2024-03-01", id="b", experts=[{"direct_interest": False}], experts_complete=True)], {}),
        ["b", None],
    ),
    "a whole review": (
        ("cn-713.27", ["violated", "satisfied"],
         [review("2024-02-01", id="a", heads=["authority"], heads_complete=True),
          review("2024-03-01", id="b", heads=HEADS)], {}),
        ["b", None],
    ),
    "a report with all its parts": (
        ("cn-713.23.2-contents", ["violated", "satisfied"],
         [act("risk_assessment", "2024-02-01", id="a", report_contents=REPORT[:1], report_contents_complete=True),
          act("risk_assessment", "2024-03-01", id="b", report_contents=REPORT)], {}),
        ["b", None],
    ),
    "a meeting at which the chief spoke last": (
        ("cn-713.30.2a", ["violated", "satisfied"],
         [meeting("2024-05-01", id="a", chief_spoke_last=False), meeting(id="b", chief_spoke_last=True),
          decision(deliberation="b")], {}),
        ["b", None],
    ),
    "changes made after all": (
        ("cn-713.28c", ["needs_judgement", "satisfied"],
         [review("2024-02-01", "passed_with_changes", id="a", changes_made=False),
          review("2024-03-01", "passed_with_changes", id="b", changes_made=True)], {}),
        ["b", None],
    ),
    "a notice given again in Guangdong": (
        ("gd-183.notice", ["violated", "satisfied"],
         [act("hearing", "2022-02-01", id="a", notice_date="2022-01-20"),
          act("hearing", "2022-04-01", id="b", notice_date="2022-02-20")], GD),
        ["b", None],
    ),
    "a plan of compensation published again": (
        ("track-land.28-days", ["violated", "satisfied"],
         [{**PLAN, "id": "a", "end": "2024-05-10"},
          {**PLAN, "id": "b", "notice_date": "2024-06-01", "start": "2024-06-01", "end": "2024-07-05"}],
         {"tracks": ["land_expropriation"]}),
        ["b", None],
    ),
}  # fmt: skip
CASES = {**DECIDED, **LATE}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_was_decided_and_what_came_too_late(case: str) -> None:
    assert outcomes(CASES[case]) == CASES[case][1]


@pytest.mark.parametrize("case", MADE_GOOD, ids=str)
def test_what_makes_good_what(case: str) -> None:
    (duty, wanted, acts, others), by = MADE_GOOD[case]
    found = on(checked(headed(*acts, **others)), duty)

    assert [verdict.outcome for verdict in found] == wanted
    assert [verdict.made_good_by for verdict in found] == by
