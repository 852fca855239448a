"""Done too late: a step that must come before another is met only by what ended before it (semantics.md section 2)."""

from __future__ import annotations

from typing import Any

import at_hand
import pytest
from heads import came_to, checked, headed, on

ALL = {
    "withheld_lawfully": False, "possible_harm": True, "risk_assessed_before": False, "professional": True,
    "hearing_required": True, "specific_group": True, "touches_other_units": True,
}  # fmt: skip
REVIEW = at_hand.review("2024-04-20", sent="2024-04-01")
SUBMISSION = at_hand.submission("2024-05-10")
MEETING = at_hand.meeting("2024-05-20")
DECISION = at_hand.decision("2024-05-20", deliberation="m")
BASE = [REVIEW, SUBMISSION, MEETING, DECISION]

# For each duty about the draft: an act that meets it, done on a day.
ACTS: dict[str, Any] = {
    "cn-713.12.1": lambda day: {"kind": "drafting", "date": day, "researched": True},
    "cn-713.13a": lambda day: {"kind": "departmental_consultation", "date": day},
    "cn-713.14.1": lambda day: {"kind": "opinion_hearing", "date": day},
    "cn-713.14.3": lambda day: {"kind": "group_communication", "date": day},
    "cn-713.16.1b": lambda day: {"kind": "hearing", "date": day},
    "cn-713.19.1": lambda day: {"kind": "expert_review", "date": day},
    "cn-713.22.1": lambda day: {"kind": "risk_assessment", "date": day},
}


def outcome(duty: str, *acts: dict[str, Any], **others: Any) -> list[str]:
    return came_to(checked(headed(*acts, **{"traits": ALL, **others})), duty)


@pytest.mark.parametrize("duty", ACTS)
def test_what_was_done_only_after_the_decision_is_violated_over_a_closed_file(duty: str) -> None:
    assert outcome(duty, ACTS[duty]("2024-07-20"), *BASE) == ["violated"]


@pytest.mark.parametrize("duty", ACTS)
def test_what_was_done_only_after_the_decision_names_both_dates(duty: str) -> None:
    found = checked(headed(ACTS[duty]("2024-07-20"), *BASE, traits=ALL))
    (verdict,) = on(found, duty)

    assert "2024-07-20" in str(verdict.trees["require"])
    assert "2024-05-20" in str(verdict.trees["require"])


@pytest.mark.parametrize("duty", ACTS)
def test_over_an_open_file_it_stays_open(duty: str) -> None:
    assert outcome(duty, ACTS[duty]("2024-07-20"), *BASE, complete=None) == ["undetermined"]


@pytest.mark.parametrize("duty", ACTS)
def test_what_was_done_between_the_sending_and_the_decision_is_for_a_person(duty: str) -> None:
    assert outcome(duty, ACTS[duty]("2024-05-01"), *BASE) == ["needs_judgement"]


@pytest.mark.parametrize("duty", ACTS)
def test_what_was_done_before_the_sending_is_satisfied(duty: str) -> None:
    assert outcome(duty, ACTS[duty]("2024-03-01"), *BASE) == ["satisfied"]


@pytest.mark.parametrize("duty", ACTS)
def test_one_in_time_is_enough_and_a_later_one_is_asked_about_under_its_order(duty: str) -> None:
    late = {**ACTS[duty]("2024-07-20"), "id": "late"}
    found = checked(headed(ACTS[duty]("2024-03-01"), late, *BASE, traits=ALL))

    assert came_to(found, duty) == ["satisfied"]
    (order,) = [
        v
        for v in found.verdicts
        if v.act == "late" and ".order." in v.duty and "review" in v.duty and v.outcome != "not_applicable"
    ][:1]
    assert order.outcome == "needs_judgement"
    assert {"2024-07-20", "2024-04-01"} <= set(str(order.trees["require"]).replace("'", " ").split())


def test_a_comment_begun_before_the_decision_and_ended_after_it_is_for_a_person() -> None:
    comment = {"kind": "public_comment", "start": "2024-05-01", "end": "2024-06-05"}
    found = checked(headed(comment, *BASE, traits=ALL))

    assert came_to(found, "cn-713.14.1") == ["needs_judgement"]


def test_the_days_of_a_comment_are_counted_up_to_the_decision() -> None:
    comment = {
        "kind": "public_comment",
        "start": "2024-05-01",
        "end": "2024-06-05",
        "notice_text_complete": True,
    }
    found = checked(headed(comment, *BASE, traits=ALL))
    (verdict,) = on(found, "cn-713.15.1c")

    assert verdict.outcome == "violated"
    assert "19" in str(verdict.trees["require"])


def test_a_comment_wholly_after_the_decision_keeps_its_own_days() -> None:
    comment = {"kind": "public_comment", "start": "2024-07-01", "end": "2024-08-05"}
    found = checked(headed(comment, {"kind": "group_communication", "date": "2024-03-01"}, *BASE, traits=ALL))

    assert came_to(found, "cn-713.15.1c") == ["satisfied"]
    assert came_to(found, "cn-713.14.1") == ["satisfied"]
    (order,) = on(found, "cn-713.order.public_participation-review_request")[:1]
    assert order.outcome == "needs_judgement"


def test_after_a_deferral_the_decision_that_adopts_counts() -> None:
    first = {
        "kind": "deliberation",
        "id": "m1",
        "date": "2024-03-01",
        "meeting_type": "executive",
        "draft": "v1",
    }
    deferral = {
        "kind": "decision",
        "date": "2024-03-01",
        "outcome": "defer",
        "deliberation": "m1",
        "draft": "v1",
    }
    comment = {"kind": "public_comment", "start": "2024-04-01", "end": "2024-05-06"}
    review = {**REVIEW, "sent": "2024-05-08", "date": "2024-05-15"}
    rest = [
        {**SUBMISSION, "date": "2024-05-20"},
        {**MEETING, "date": "2024-05-25"},
        {**DECISION, "date": "2024-05-25"},
    ]
    found = checked(headed(first, deferral, comment, review, *rest, traits=ALL))

    assert came_to(found, "cn-713.14.1") == ["satisfied"]
    assert came_to(found, "cn-713.30.1a") == ["satisfied"]
    assert came_to(found, "cn-713.30.1b") == ["not_applicable", "satisfied"]


def test_a_special_topic_meeting_is_no_meeting_and_a_later_one_comes_too_late() -> None:
    acts = [
        {"kind": "deliberation", "date": "2024-05-10", "meeting_type": "special_topic"},
        {"kind": "decision", "date": "2024-05-10", "outcome": "adopt"},
        {"kind": "deliberation", "date": "2024-06-20", "meeting_type": "executive"},
    ]
    found = checked(headed(*acts))

    assert came_to(found, "cn-713.30.1a") == ["violated"]
    assert came_to(found, "cn-713.30.1b") == ["violated"]


def test_a_meeting_before_the_last_deferral_only_is_for_a_person() -> None:
    acts = [
        {"kind": "deliberation", "id": "m1", "date": "2024-03-01", "meeting_type": "executive"},
        {"kind": "decision", "date": "2024-03-01", "outcome": "defer", "deliberation": "m1"},
        {"kind": "decision", "date": "2024-05-25", "outcome": "adopt"},
    ]

    assert outcome("cn-713.30.1b", *acts) == ["not_applicable", "needs_judgement"]
    assert outcome("cn-713.30.1b", *acts, complete=None) == ["not_applicable", "undetermined"]


def test_a_deputy_who_decides_while_the_chief_is_absent_is_for_a_person() -> None:
    people = [
        {"id": "dep", "posts": [{"unit": "gov", "capacity": "leader"}]},
        {"id": "chf", "posts": [{"unit": "gov", "capacity": "chief"}]},
    ]
    others = at_hand.in_government(people)
    meeting = {**MEETING, "chief": "chf", "chief_present": False}

    assert outcome("cn-713.30.1b", meeting, {**DECISION, "by": ["dep"]}, **others) == ["needs_judgement"]
    assert outcome("cn-713.30.1b", meeting, {**DECISION, "by": ["chf"]}, **others) == ["satisfied"]


def test_one_who_was_chief_before_decides_as_anybody_else_does() -> None:
    people = [
        {"id": "old", "posts": [{"unit": "gov", "capacity": "chief", "since": "2018-01-01", "until": "2022-01-01"}]},
        {"id": "chf", "posts": [{"unit": "gov", "capacity": "chief", "since": "2022-01-02"}]},
    ]  # fmt: skip
    others = at_hand.in_government(people)
    meeting = {**MEETING, "chief_present": False}

    assert outcome("cn-713.30.1b", meeting, {**DECISION, "by": ["old"]}, **others) == ["needs_judgement"]
    assert outcome("cn-713.30.1b", meeting, {**DECISION, "by": ["chf"]}, **others) == ["satisfied"]


def test_a_proposal_studied_only_after_the_start_is_violated() -> None:
    acts = [{"kind": "proposal_study", "date": "2024-02-20"}, {"kind": "initiation", "date": "2024-02-06"}]

    assert outcome("cn-713.10.0", *acts) == ["violated"]
    assert outcome("cn-713.10.0", *acts, complete=None) == ["undetermined"]


def test_a_report_to_the_congress_only_after_the_issue_is_violated() -> None:
    acts = [*BASE, {"kind": "issue", "date": "2024-06-01"}, {"kind": "congress_report", "date": "2024-06-20"}]
    traits = {**ALL, "peoples_congress_matter": True}

    assert outcome("cn-713.8.1", *acts, traits=traits) == ["violated"]


LATE_COMMENT = {"kind": "public_comment", "id": "late", "start": "2024-07-01", "end": "2024-08-05"}
UNREVIEWED: dict[str, list[dict[str, Any]]] = {
    "nothing was sent for review": [MEETING, DECISION],
    "it was sent only after the decision": [
        {**REVIEW, "sent": "2024-08-10", "date": "2024-08-20"}, MEETING, DECISION,
    ],
    "only the issue is on record": [{"kind": "issue", "date": "2024-06-01"}],
}  # fmt: skip


@pytest.mark.parametrize("case", UNREVIEWED, ids=str)
@pytest.mark.parametrize("complete", [{}, {"complete": None}], ids=["closed", "open"])
def test_what_came_after_the_decision_is_asked_about_though_no_review_came_before_it(
    case: str, complete: dict[str, Any]
) -> None:
    talk = ACTS["cn-713.14.3"]("2024-03-01")
    found = checked(headed(talk, LATE_COMMENT, *UNREVIEWED[case], traits=ALL, **complete))
    (order,) = [v for v in on(found, "cn-713.order.public_participation-review_request") if v.act == "late"]

    assert came_to(found, "cn-713.14.1") == ["satisfied"]
    assert (order.outcome, order.caps) == ("needs_judgement", ("implied",))


def test_what_came_before_a_decision_without_review_leaves_the_order_to_come() -> None:
    comment = {**LATE_COMMENT, "start": "2024-03-01", "end": "2024-04-05"}
    found = checked(headed(comment, MEETING, DECISION, traits=ALL))

    assert came_to(found, "cn-713.order.public_participation-review_request") == ["pending"]


def test_what_serves_the_evaluation_is_not_meant() -> None:
    acts = [
        ACTS["cn-713.19.1"]("2024-03-01"),
        {"kind": "evaluation", "id": "e", "date": "2024-11-01"},
        {**ACTS["cn-713.19.1"]("2024-10-20"), "id": "late", "for": "e"},
        *BASE,
    ]
    found = checked(headed(*acts, traits=ALL))

    assert not [v for v in found.verdicts if v.act == "late" and v.outcome == "needs_judgement"]


def test_an_expert_meeting_for_the_evaluation_does_not_stand_in_for_the_one_before() -> None:
    acts = [
        {"kind": "evaluation", "id": "e", "date": "2024-11-01"},
        {**ACTS["cn-713.19.1"]("2024-03-01"), "for": "e"},
    ]

    assert outcome("cn-713.19.1", *acts, *BASE) == ["violated"]


def test_what_went_out_was_decided_before() -> None:
    acts = [ACTS["cn-713.19.1"]("2024-07-20"), REVIEW, {"kind": "issue", "date": "2024-06-01"}]

    assert outcome("cn-713.19.1", *acts) == ["violated"]
    assert outcome("cn-713.19.1", ACTS["cn-713.19.1"]("2024-03-01"), *acts[1:]) == ["satisfied"]


def test_the_opinions_are_studied_before_the_meeting() -> None:
    handling = {"kind": "opinion_handling", "sorted": True, "studied": True}
    comment = {"kind": "public_comment", "start": "2024-02-01", "end": "2024-03-05"}

    assert outcome("cn-713.18", comment, {**handling, "date": "2024-05-15"}, *BASE) == ["satisfied"]
    assert outcome("cn-713.18", comment, {**handling, "date": "2024-06-15"}, *BASE) == ["violated"]


SAME_ELSEWHERE = {
    "track-price.23": ("hearing", {"tracks": ["government_pricing"], "traits": {"vital_interests": True}}),
    "track-houses.12-risk": ("risk_assessment", {"tracks": ["house_expropriation"]}),
    "track-land.26-risk": ("risk_assessment", {"tracks": ["land_expropriation"]}),
    "track-urban-plan.26-publish": ("public_comment", {"tracks": ["urban_plan"]}),
}


@pytest.mark.parametrize("duty", SAME_ELSEWHERE)
def test_other_instruments_ask_for_it_before_the_decision_too(duty: str) -> None:
    kind, others = SAME_ELSEWHERE[duty]
    days = (
        {"start": "2024-07-01", "end": "2024-08-05"} if kind == "public_comment" else {"date": "2024-07-20"}
    )

    assert outcome(duty, {"kind": kind, **days}, *BASE, **others) == ["violated"]


def test_a_normative_document_published_for_comment_after_the_decision_is_for_a_person() -> None:
    late = {"kind": "public_comment", "start": "2024-07-01", "end": "2024-08-05"}

    found = outcome("nd-37.ND37-comment", late, *BASE, traits={**ALL, "normative_document": True})

    assert found == ["needs_judgement"]


def test_a_fair_competition_review_after_the_issue_is_too_late() -> None:
    acts = [
        *BASE,
        {"kind": "issue", "date": "2024-09-01"},
        {"kind": "fair_competition_review", "date": "2024-10-01"},
    ]

    assert outcome("comp-fcr.FCR-2", *acts, traits={**ALL, "market_entities": True}) == ["violated"]
