"""What was decided, submissions that a meeting implies, risk findings, made good (semantics.md section 2)."""

from __future__ import annotations

from typing import Any

import at_hand
import pytest
from heads import came_to, checked, headed, on

REVIEW = at_hand.review("2024-03-18", id="r", sent="2024-03-04")
MEETING = at_hand.meeting("2024-04-25")
DECISION = at_hand.decision("2024-04-25", deliberation="m")


def meeting(day: str, **more: Any) -> dict[str, Any]:
    return {**MEETING, "id": f"m{day}", "date": day, **more}


def decided(outcome: str | None, **more: Any) -> dict[str, Any]:
    return {**DECISION, "outcome": outcome, **more}


# --- rejected, deferred, unknown ----------------------------------------------------------------------------

OWED = ("cn-713.31", "cn-713.32a", "cn-713.34a")


@pytest.mark.parametrize("duty", OWED)
def test_a_rejected_matter_owes_neither_publication_nor_execution(duty: str) -> None:
    (found,) = on(checked(headed(REVIEW, MEETING, decided("reject"))), duty)

    assert (found.outcome, found.reasons) == ("not_applicable", ("rejected",))


@pytest.mark.parametrize("duty", OWED)
def test_a_deferred_matter_does_not_owe_them_yet(duty: str) -> None:
    assert came_to(checked(headed(REVIEW, MEETING, decided("defer"))), duty) == ["pending"]


@pytest.mark.parametrize("duty", OWED)
def test_while_what_was_decided_is_unknown_they_stay_open(duty: str) -> None:
    assert came_to(checked(headed(REVIEW, MEETING, decided(None))), duty) == ["undetermined"]


@pytest.mark.parametrize("outcome", ["reject", "defer"])
def test_the_file_is_kept_whatever_was_decided(outcome: str) -> None:
    acts = [REVIEW, MEETING, decided(outcome), {"kind": "filing", "date": "2024-05-01", "complete": False}]

    assert came_to(checked(headed(*acts)), "cn-713.33") == ["violated"]


@pytest.mark.parametrize("outcome", ["reject", "defer"])
def test_what_is_issued_nevertheless_is_tested_and_asked_about(outcome: str) -> None:
    found = checked(headed(REVIEW, MEETING, decided(outcome), {"kind": "issue", "date": "2024-06-01"}))

    assert came_to(found, "cn-713.31") == ["violated"]
    assert came_to(found, "cn-713.30.1c") == ["needs_judgement"]


def test_a_later_adoption_answers_for_the_issue() -> None:
    later = {**DECISION, "id": "d2", "date": "2024-05-20", "deliberation": "m2024-05-20"}
    acts = [
        REVIEW,
        MEETING,
        decided("reject"),
        meeting("2024-05-20"),
        later,
        {"kind": "issue", "date": "2024-06-01"},
    ]

    assert came_to(checked(headed(*acts)), "cn-713.30.1c") == ["satisfied"]


def test_a_rejection_in_a_later_round_says_nothing_of_what_was_issued_before() -> None:
    again = {"round": 2, "date": "2024-09-02", "deliberation": "m2024-09-02"}
    acts = [
        REVIEW,
        MEETING,
        DECISION,
        {"kind": "issue", "date": "2024-06-03"},
        meeting("2024-09-02", round=2),
        decided("reject", id="d2", **again),
    ]

    assert came_to(checked(headed(*acts)), "cn-713.30.1c") == ["satisfied"]


@pytest.mark.parametrize("outcome", ["reject", "defer"])
def test_what_is_issued_nevertheless_is_held_against_the_gates_on_the_decision(outcome: str) -> None:
    acts = [{**MEETING, **BAD}, decided(outcome), {"kind": "issue", "date": "2024-06-03"}]
    found = checked(headed(*acts))

    assert came_to(found, "cn-713.24b") == ["violated"]
    assert found.gate("decision").state == "closed"


@pytest.mark.parametrize("duty", ["31", "30.1c"])
def test_an_issue_that_a_publication_shows_lies_after_the_decision(duty: str) -> None:
    acts = [REVIEW, MEETING, decided("reject"), {"kind": "publication", "date": "2024-06-03"}]

    assert came_to(checked(headed(*acts)), f"cn-713.{duty}") != ["undetermined"]


def test_a_decision_that_an_issue_shows_lies_after_the_meeting() -> None:
    acts = [{**MEETING, **BAD}, {"kind": "issue", "date": "2024-06-03"}]

    assert came_to(checked(headed(*acts)), "cn-713.24b") == ["violated"]


def test_an_issue_shows_that_the_last_decision_adopted() -> None:
    acts = [REVIEW, MEETING, decided(None), {"kind": "issue", "date": "2024-06-01"}]

    assert came_to(checked(headed(*acts)), "cn-713.32a") == ["needs_judgement"]


# --- the submission that a meeting implies ------------------------------------------------------------------


def gate(*acts: dict[str, Any], **others: Any) -> list[str]:
    return came_to(checked(headed(*acts, **others)), "cn-713.25.2a")


def test_a_meeting_after_a_favourable_review_implies_a_submission_in_order() -> None:
    found = checked(headed(REVIEW, MEETING))

    assert came_to(found, "cn-713.25.1a") == came_to(found, "cn-713.25.2a") == ["satisfied"]
    assert on(found, "cn-713.25.2a")[0].proof == "implied"


def test_the_package_of_an_implied_submission_is_unknown_though_the_file_is_whole() -> None:
    found = checked(headed(REVIEW, MEETING), assume_complete=True)

    assert came_to(found, "cn-713.29.1a") == ["undetermined"]


def test_only_the_meeting_that_the_law_names_implies_one() -> None:
    talk = meeting("2024-02-20", meeting_type="special_topic")

    assert gate(talk, REVIEW, MEETING) == ["satisfied"]


def test_a_meeting_of_unknown_type_implies_none() -> None:
    assert gate({**MEETING, "meeting_type": None}) == ["pending"]
    assert gate({**MEETING, "meeting_type": None}, complete=None) == ["undetermined"]


def test_a_meeting_before_the_review_implies_a_submission_behind_the_gate() -> None:
    assert gate(meeting("2024-03-10"), REVIEW) == ["violated"]


def test_the_submission_recorded_is_the_one_of_the_meeting() -> None:
    recorded = {"kind": "submission", "id": "s", "date": "2024-04-20", "draft": "v1"}

    assert [v.act for v in on(checked(headed(REVIEW, recorded, MEETING)), "cn-713.25.2a")] == ["s"]


def test_a_submission_whose_draft_may_be_that_of_the_meeting_is_taken_for_it() -> None:
    recorded = {"kind": "submission", "id": "s", "date": "2024-04-20"}
    found = checked(headed(REVIEW, recorded, MEETING, drafts=[{"id": "v1"}, {"id": "v2"}]))

    assert [v.act for v in on(found, "cn-713.25.2a")] == ["s"]


def test_a_meeting_on_another_draft_implies_its_own_submission() -> None:
    recorded = {"kind": "submission", "id": "s", "date": "2024-04-20", "draft": "v1"}
    two = [{"id": "v1"}, {"id": "v2", "materially_changed": True}]

    assert gate(REVIEW, recorded, {**MEETING, "draft": "v2"}, {**DECISION, "draft": "v2"}, drafts=two) == [
        "satisfied",
        "violated",
    ]


def test_a_denied_submission_is_contradicted_by_the_meeting() -> None:
    found = checked(headed(REVIEW, {"kind": "submission", "held": False}, MEETING))

    assert on(found, "cn-713.25.2a")[0].proof == "contradicted"


def test_a_township_submits_to_its_leadership_meeting() -> None:
    body = {"name": "示例镇人民政府", "kind": "government", "level": "township", "code": "420222101"}

    assert gate(REVIEW, {**MEETING, "meeting_type": "leadership"}, body=body) == ["satisfied"]


# --- the review of a deferred round -------------------------------------------------------------------------


def second_round(outcome: str | None, **more: Any) -> list[dict[str, Any]]:
    return [
        REVIEW,
        meeting("2024-04-01"),
        {**DECISION, "date": "2024-04-01", "deliberation": "m2024-04-01", "outcome": outcome},
        {**MEETING, "round": 2, **more},
        {**DECISION, "id": "d2", "round": 2, **more},
    ]


def test_the_review_of_a_deferred_round_still_counts() -> None:
    found = checked(headed(*second_round("defer")))

    assert came_to(found, "cn-713.25.1a") == ["satisfied", "satisfied"]
    assert came_to(found, "cn-713.25.2a") == ["satisfied", "satisfied"]


@pytest.mark.parametrize("outcome", ["adopt", "reject"])
def test_the_review_of_a_round_that_was_decided_does_not_count_in_the_next(outcome: str) -> None:
    assert gate(*second_round(outcome)) == ["satisfied", "violated"]


def test_a_new_start_begins_a_round_for_which_the_old_review_does_not_count() -> None:
    start = {"kind": "initiation", "date": "2024-04-10", "round": 2}

    assert gate(*second_round("defer"), start) == ["satisfied", "violated"]


def test_while_it_is_unknown_what_lies_between_it_is_unknown_whether_the_review_counts() -> None:
    assert gate(*second_round(None)) == ["satisfied", "undetermined"]


# --- the risk -----------------------------------------------------------------------------------------------

BAD = {"risk_finding": "not_controllable", "risk_adjusted_until_controllable": False}
RISK: dict[str, tuple[list[dict[str, Any]], dict[str, Any], list[str]]] = {
    "found not controllable and adopted": ([{**MEETING, **BAD}, DECISION], {}, ["violated"]),
    "found not controllable and rejected": ([{**MEETING, **BAD}, decided("reject")], {}, ["not_applicable"]),
    "found not controllable and deferred": ([{**MEETING, **BAD}, decided("defer")], {}, ["not_applicable"]),
    "found not controllable, nothing decided": ([{**MEETING, **BAD}], {}, ["pending"]),
    "found not controllable, what was decided is unknown": (
        [{**MEETING, **BAD}, decided(None)], {}, ["undetermined"],
    ),
    "found controllable at a later meeting on the same draft": (
        [meeting("2024-04-01", **BAD), {**MEETING, "risk_finding": "controllable"}, DECISION], {}, ["satisfied"],
    ),
    "found controllable first, not controllable later": (
        [meeting("2024-04-01", risk_finding="controllable"), {**MEETING, **BAD}, DECISION], {}, ["violated"],
    ),
    "measures recorded and no new finding": (
        [meeting("2024-04-01", **{**BAD, "risk_adjusted_until_controllable": True}), MEETING, DECISION], {},
        ["needs_judgement"],
    ),
    "another draft and no new finding": (
        [meeting("2024-04-01", **BAD), {**MEETING, "draft": "v2"}, {**DECISION, "draft": "v2"}],
        {"drafts": [{"id": "v1"}, {"id": "v2", "materially_changed": True}]}, ["needs_judgement"],
    ),
    "a finding after the decision says nothing of it": (
        [{**MEETING, "risk_finding": "controllable"}, DECISION, meeting("2024-06-01", **BAD)], {}, ["satisfied"],
    ),
    "no finding on record": ([MEETING, DECISION], {}, ["undetermined"]),
}  # fmt: skip


@pytest.mark.parametrize("case", RISK, ids=str)
def test_the_last_finding_on_the_risk_before_the_decision_governs(case: str) -> None:
    acts, others, wanted = RISK[case]

    assert came_to(checked(headed(*acts, **others)), "cn-713.24b") == wanted


def test_measures_that_the_record_leaves_open_after_a_finding_of_not_controllable_leave_it_in_doubt() -> None:
    (verdict,) = on(checked(headed({**MEETING, "risk_finding": "not_controllable"}, DECISION)), "cn-713.24b")

    assert (verdict.outcome, verdict.if_complete, verdict.in_doubt) == (
        "undetermined",
        "needs_judgement",
        True,
    )


def test_a_rejection_never_stands_behind_the_gate_on_the_risk() -> None:
    found = checked(headed({**MEETING, **BAD}, decided("reject")))
    (gate,) = on(found, "cn-713.24b")

    assert (gate.outcome, gate.reasons, dict(gate.trees)) == ("not_applicable", ("rejected",), {})
    assert not [item for item in found.concluded("behind") if item.get("duty") == "cn-713.24b"]
    assert "cn-713.24b" not in found.gate("decision").blocked_by


# --- steps still to come ------------------------------------------------------------------------------------


@pytest.mark.parametrize("duty", ["25.1a", "26.1a", "29.1a", "31", "30.1b", "28a", "15.1a", "32a-channels"])
def test_in_a_whole_file_under_way_what_is_still_to_come_is_pending(duty: str) -> None:
    found = checked(headed({"kind": "initiation", "date": "2024-02-01", "undertaker_named": True}))

    assert came_to(found, f"cn-713.{duty}") == ["pending"]


@pytest.mark.parametrize("duty", ["16.2", "36.2", "37a"])
def test_what_the_decision_does_not_need_does_not_apply(duty: str) -> None:
    found = checked(headed({"kind": "initiation", "date": "2024-02-01"}, traits={"hearing_required": False}))

    assert came_to(found, f"cn-713.{duty}") == ["not_applicable"]


def test_what_was_left_out_and_is_past_does_not_apply_by_itself() -> None:
    found = checked(headed(MEETING, DECISION))

    assert came_to(found, "cn-713.26.1a") == ["not_applicable"]
    assert came_to(found, "cn-713.25.1a") == ["violated"]


# --- what the decision needs, read from its verdicts ---------------------------------------------------------

INITIATION = {"kind": "initiation", "id": "i", "date": "2024-03-01"}
NEEDS = [
    ("legality_review", (INITIATION,), "required"),
    ("issue", (INITIATION,), "required"),
    ("party_report", (INITIATION,), "required"),
    ("issue", (REVIEW, MEETING, decided("adopt")), "required"),
    ("publication", (REVIEW, MEETING, decided("adopt")), "required"),
    ("issue", (REVIEW, MEETING, decided("defer")), "required"),
    ("issue", (REVIEW, MEETING, decided("reject")), "not_required"),
    ("publication", (REVIEW, MEETING, decided("reject")), "not_required"),
    ("publication", (REVIEW, MEETING, decided(None)), "unknown"),
]


@pytest.mark.parametrize(("step", "acts", "need"), NEEDS)
def test_a_step_is_needed_by_what_was_decided_and_not_by_what_was_done(
    step: str, acts: tuple[dict[str, Any], ...], need: str
) -> None:
    assert checked(headed(*acts)).need(step).need == need
