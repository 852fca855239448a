"""Words: what is a meeting, what is past, what is a round, what is another draft (semantics.md, "Words")."""

from __future__ import annotations

from typing import Any

import pytest
from at_hand import (
    DEPARTMENT,
    NEEDED,
    STARTED,
    TOWNSHIP,
    Case,
    act,
    decision,
    drafts,
    meeting,
    outcomes,
    review,
    submission,
)

GATE = "cn-713.25.2a"
DUTIES = ("19.1", "22.1", "13a", "16.1b", "14.1", "14.3")


def before(duty: str, kind: str | None, body: dict[str, Any] | None = None) -> Case:
    others = NEEDED if body is None else {**NEEDED, "body": body}
    return f"cn-713.{duty}", [], [*STARTED, meeting("2024-02-20", meeting_type=kind)], others


@pytest.mark.parametrize("kind", ["special_topic", "office", "circulation", "joint", "party", "leadership"])
def test_another_meeting_makes_nothing_due(kind: str) -> None:
    assert {duty: outcomes(before(duty, kind)) for duty in DUTIES} == {key: ["pending"] for key in DUTIES}


def test_the_meeting_makes_due_what_had_to_precede_it() -> None:
    found = {duty: outcomes(before(duty, "executive")) for duty in DUTIES}

    assert found == {key: ["violated"] for key in DUTIES}


def test_a_meeting_of_unknown_type_leaves_it_open_whether_anything_is_due() -> None:
    assert {duty: outcomes(before(duty, None)) for duty in DUTIES} == {
        key: ["undetermined"] for key in DUTIES
    }


@pytest.mark.parametrize("body", [TOWNSHIP, DEPARTMENT])
def test_for_a_body_bound_by_reference_the_meeting_of_its_leadership_is_one(body: dict[str, Any]) -> None:
    assert outcomes(before("19.1", "leadership", body)) == ["violated"]
    assert outcomes(before("19.1", "special_topic", body)) == ["pending"]


OTHER = {
    "evaluation": act("evaluation", "2024-11-01", id="e"),
    "adjustment": act("adjustment", "2024-11-01", id="e"),
}
CASES: dict[str, Case] = {
    "discussed at another meeting only, nothing decided": (
        "cn-713.30.1a", ["pending"], [meeting(meeting_type="special_topic")], {},
    ),
    "discussed at another meeting only, and decided": (
        "cn-713.30.1a", ["violated"], [meeting(meeting_type="special_topic"), decision()], {},
    ),
    "after another meeting the submission is still to come": (
        GATE, ["pending"], [review(), meeting(meeting_type="office")], {},
    ),
    "once rejected, what was not done is past": (
        GATE, ["not_applicable"], [meeting(meeting_type="special_topic"), decision(outcome="reject")], {},
    ),
    "a draft changed in substance in between is another, whatever the next says": (
        GATE, ["violated"], [review(), submission(draft="v3")], drafts(True, None),
    ),
    "a draft after one that did not change is the same": (
        GATE, ["satisfied"], [review(), submission(draft="v3")], drafts(False, False),
    ),
    "if one of the drafts in between does not say, it is unknown": (
        GATE, ["undetermined"], [review(), submission(draft="v3")], drafts(False, None),
    ),
    "the change of an earlier draft does not make the later ones others": (
        GATE, ["satisfied"], [review(draft="v2"), submission(draft="v3")], drafts(True, False),
    ),
    "an act without draft where there are several": (
        GATE, ["undetermined"], [review(), submission(draft=None)], drafts(True),
    ),
    "an act without draft where there is one": (GATE, ["satisfied"], [review(), submission(draft=None)], {}),
    "a review after a return in the same round": (
        GATE, ["satisfied"], [review(returns=[{"resubmitted": "2024-03-10"}], sent="2024-03-01"), submission()], {},
    ),
    "tabled again after a deferral in the same round": (
        GATE, ["satisfied", "satisfied"],
        [review(), submission("2024-04-01", id="s1"), meeting("2024-04-10", id="m1"),
         decision("2024-04-10", "defer", id="d1", deliberation="m1"), submission(), meeting(), decision()], {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_words_mean_what_the_page_says(case: str) -> None:
    assert outcomes(CASES[case]) == CASES[case][1]


@pytest.mark.parametrize("served", OTHER)
def test_what_serves_a_later_act_is_no_part_of_the_way_to_the_decision(served: str) -> None:
    for_it = {"for": "e"}
    acts = [OTHER[served], review(**for_it), meeting(), submission("2024-06-01", id="s", **for_it)]

    assert outcomes((GATE, [], acts, {})) == ["violated", "satisfied"]


def test_a_decision_on_an_adjustment_is_not_the_decision_by_which_the_draft_had_to_be_heard_on() -> None:
    later = [meeting("2024-11-01", id="m2", **{"for": "e"}), decision("2024-11-01", id="d2", **{"for": "e"})]
    acts = [OTHER["adjustment"], act("opinion_hearing", "2024-07-20"), meeting(), decision(), *later]

    assert outcomes(("cn-713.14.1", [], acts, {})) == ["violated"]
    assert outcomes(("cn-713.30.1b", [], acts, {})) == ["satisfied", "satisfied"]
