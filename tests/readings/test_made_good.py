"""Made good, what stands behind a gate, and who is to be examined (semantics.md sections 2, 4 and 6)."""

from __future__ import annotations

from typing import Any

import at_hand
import pytest
from heads import checked, headed, on

import decision_procedure as dp

REVIEW = at_hand.review("2024-03-18", sent="2024-03-04")
MEETING = at_hand.meeting("2024-04-25")
DECISION = at_hand.decision("2024-04-25", deliberation="m")
PEOPLE: dict[str, Any] = {
    "body": {
        "name": "示例县人民政府",
        "kind": "government",
        "level": "county",
        "code": "420222",
        "unit": "gov",
    },
    "units": [{"id": "gov", "name": "示例县人民政府"}, {"id": "fg", "name": "示例县发展和改革局"}],
    "lead_unit": "fg",
    "people": [
        {"id": "mayor", "name": "甲", "posts": [{"unit": "gov", "capacity": "chief", "since": "2020-01-01"}]},
        {
            "id": "deputy",
            "name": "乙",
            "posts": [{"unit": "gov", "capacity": "leader", "since": "2020-01-01"}],
        },
        {"id": "head", "name": "丙", "posts": [{"unit": "fg", "capacity": "leader", "since": "2020-01-01"}]},
    ],
}


def submission(day: str, **more: Any) -> dict[str, Any]:
    return {"kind": "submission", "id": f"s{day}", "date": day, "draft": "v1", "unit": "fg", **more}


def report(*acts: dict[str, Any], **others: Any) -> dp.Report:
    return checked(headed(*acts, **{**PEOPLE, **others}))


REPEATED = (submission("2024-03-01"), REVIEW, submission("2024-04-01"), MEETING, DECISION)


def test_a_submission_repeated_after_the_review_makes_the_first_one_good() -> None:
    first, second = on(report(*REPEATED), "cn-713.25.2a")

    assert (first.outcome, first.made_good_by) == ("violated", "s2024-04-01")
    assert (second.outcome, second.made_good_by) == ("satisfied", None)


def test_what_was_made_good_neither_counts_nor_closes_the_gate_nor_makes_anybody_answerable() -> None:
    found = report(*REPEATED)

    assert not [v for v in found.violations if v.duty.startswith("cn-713.25")]
    assert found.gate("submission").state == "open"
    assert not [c for c in found.concluded("answerable") if "25" in c.get("duty")]
    assert not found.concluded("to_be_examined")


def test_what_was_done_behind_the_gate_before_it_was_made_good_stays_behind_it() -> None:
    found = report(*REPEATED)

    assert {c.get("act") for c in found.concluded("behind")} == {"s2024-03-01"}
    assert not found.concluded("rests")


def test_a_repetition_after_the_decision_makes_nothing_good() -> None:
    found = report(
        submission("2024-03-01"),
        {**REVIEW, "date": "2024-05-18", "sent": "2024-05-10"},
        MEETING,
        DECISION,
        submission("2024-06-01"),
    )
    first, _ = on(found, "cn-713.25.2a")

    assert first.made_good_by is None


def test_a_repetition_that_meets_only_one_of_the_two_makes_nothing_good() -> None:
    bad = {**REVIEW, "conclusion": "not_passed"}
    found = report(submission("2024-03-01"), bad, submission("2024-04-01"), MEETING, DECISION)

    assert {v.made_good_by for v in on(found, "cn-713.25.1a")} == {None}


def test_a_repetition_of_another_round_makes_nothing_good() -> None:
    later = [{**item, "round": 2} for item in (REVIEW, submission("2024-04-01"), MEETING, DECISION)]

    assert {v.made_good_by for v in on(report(submission("2024-03-01"), *later), "cn-713.25.2a")} == {None}


def test_a_comment_period_run_again_makes_the_short_one_good() -> None:
    short = {
        "kind": "public_comment",
        "id": "a",
        "start": "2024-01-01",
        "end": "2024-01-11",
        "notice_text_complete": True,
    }
    whole = {
        "kind": "public_comment",
        "id": "b",
        "start": "2024-01-15",
        "end": "2024-02-20",
        "notice_text_complete": True,
    }
    first, second = on(report(short, whole, *REPEATED[1:]), "cn-713.15.1c")

    assert (first.outcome, first.made_good_by, second.outcome) == ("violated", "b", "satisfied")


@pytest.mark.parametrize(
    ("duty", "bad", "good"),
    [
        ("cn-713.15.1a", {"kind": "public_comment", "draft_published": False, "explanation_published": True},
         {"kind": "public_comment", "draft_published": True, "explanation_published": True}),
        ("cn-713.17-public", {"kind": "hearing", "public": False}, {"kind": "hearing", "public": True}),
        ("cn-713.19.1-subjects", {"kind": "expert_review", "necessity_argued": False},
         {"kind": "expert_review", "necessity_argued": True, "feasibility_argued": True, "soundness_argued": True}),
        ("cn-713.23.2-departments", {"kind": "risk_assessment", "departments_heard": False},
         {"kind": "risk_assessment", "departments_heard": True}),
        ("cn-713.26.1a", {"kind": "legality_review", "materials": ["draft"], "materials_complete": True},
         {"kind": "legality_review", "materials": ["draft", "legal_basis", "procedure_statement"]}),
        ("cn-713.29.1a", {"kind": "submission", "package": [], "package_complete": True},
         {"kind": "submission", "package": ["draft"]}),
    ],
)  # fmt: skip
def test_acts_of_other_kinds_are_made_good_in_the_same_way(
    duty: str, bad: dict[str, Any], good: dict[str, Any]
) -> None:
    def dated(act: dict[str, Any], name: str, day: str) -> dict[str, Any]:
        fields = {"public_comment": ("start", "end"), "legality_review": ("sent", "date")}
        return {"id": name, **act, **dict.fromkeys(fields.get(act["kind"], ("date",)), day)}

    found = report(dated(bad, "a", "2024-02-01"), dated(good, "b", "2024-02-20"), MEETING, DECISION)
    by_act = {v.act: v for v in on(found, duty)}

    assert by_act["a"].outcome == "violated"
    assert by_act["a"].made_good_by == "b"


# --- behind a gate, and to be examined ----------------------------------------------------------------------


def test_a_decision_that_rests_on_an_unreviewed_submission_puts_the_deciding_body_to_examination() -> None:
    found = report(submission("2024-04-01"), MEETING, DECISION)

    assert {(c.get("act"), c.get("provision"), c.get("unit")) for c in found.concluded("to_be_examined")} == {
        ("m", "cn-713.38.1", "gov"),
        ("d", "cn-713.38.1", "gov"),
    }
    assert not [c for c in found.concluded("answerable") if c.get("unit") == "gov" and "25" in c.get("duty")]
    assert {c.get("person") for c in found.concluded("answerable") if c.get("duty") == "cn-713.25.2a"} == {
        "head"
    }


def test_with_a_finding_on_the_outcome_persons_follow() -> None:
    outcome = {
        "authority": "某市人民政府", "date": "2024-12-01", "kind": "serious_error", "major_loss_or_effect": True,
    }  # fmt: skip
    found = report(submission("2024-04-01"), MEETING, DECISION, outcome_finding=outcome)
    about = [c for c in found.concluded("answerable") if c.get("duty") == "cn-713.25.2a"]
    answerable = {(c.get("person"), c.get("provision")) for c in about}

    assert {("mayor", "cn-713.38.2"), ("deputy", "cn-713.38.2")} <= answerable


def test_who_dissented_at_the_meeting_comes_under_the_provision_on_dissent() -> None:
    outcome = {
        "authority": "某市人民政府", "date": "2024-12-01", "kind": "serious_error", "major_loss_or_effect": True,
    }  # fmt: skip
    meeting = {**MEETING, "attendees": [{"person": "deputy", "role": "member", "view": "against"}]}
    found = report(submission("2024-04-01"), meeting, DECISION, outcome_finding=outcome)

    assert {(c.get("person"), c.get("provision")) for c in found.concluded("mitigated")} == {
        ("deputy", "cn-713.38.3")
    }


def test_a_decision_against_an_uncontrollable_risk_puts_the_deciding_body_to_examination() -> None:
    meeting = {**MEETING, "risk_finding": "not_controllable", "risk_adjusted_until_controllable": False}
    found = report(REVIEW, submission("2024-04-01"), meeting, DECISION)

    assert {(c.get("act"), c.get("duty")) for c in found.concluded("to_be_examined")} == {("d", "cn-713.24b")}


def test_doubts_put_nobody_to_examination() -> None:
    open_list = report(submission("2024-04-01"), MEETING, DECISION, complete=None)
    person = report({**REVIEW, "unit": "fg"}, submission("2024-04-01"), MEETING, DECISION)

    assert not open_list.concluded("to_be_examined")
    assert not person.concluded("to_be_examined")


def test_a_department_bound_by_reference_is_never_put_to_examination() -> None:
    body = {"name": "示例县某局", "kind": "department", "level": "county", "code": "420222", "unit": "gov"}

    assert not report(submission("2024-04-01"), MEETING, DECISION, body=body).concluded("to_be_examined")


def test_the_gate_tells_of_the_last_submission_of_the_last_round() -> None:
    later = {**submission("2024-05-20"), "draft": "v2"}
    two = [{"id": "v1"}, {"id": "v2", "materially_changed": True}]
    found = report(REVIEW, submission("2024-04-01"), later, drafts=two)

    assert [v.outcome for v in on(found, "cn-713.25.2a")] == ["satisfied", "violated"]
    assert found.gate("submission").state == "closed"


def test_a_later_lawful_round_opens_the_gate_again() -> None:
    first = [
        submission("2024-03-01"),
        {**MEETING, "id": "m1", "date": "2024-03-10"},
        {**DECISION, "id": "d1", "date": "2024-03-10", "deliberation": "m1", "outcome": "reject"},
    ]
    second = [{**item, "round": 2} for item in (REVIEW, submission("2024-04-01"), MEETING, DECISION)]
    found = report(*first, *second)

    assert found.gate("submission").state == "open"
    assert {c.get("act") for c in found.concluded("behind")} == {"s2024-03-01"}
    assert {c.get("act") for c in found.concluded("rests")} == {"m1", "d1"}
