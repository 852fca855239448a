"""Several reviews of one draft: the last recorded opinion before the act tested governs (semantics.md section 2)."""

from __future__ import annotations

from typing import Any

import pytest
from heads import came_to, checked, headed, on

from decision_procedure.results.verdict import doubt


def review(day: str, conclusion: str | None = "passed", **more: Any) -> dict[str, Any]:
    return {
        "kind": "legality_review", "form": "review_opinion", "draft": "v1", "sent": day, "date": day,
        "conclusion": conclusion, **more,
    }  # fmt: skip


def submission(day: str = "2024-05-20", **more: Any) -> dict[str, Any]:
    return {"kind": "submission", "draft": "v1", "date": day, **more}


def drafts(**later: Any) -> list[dict[str, Any]]:
    return [{"id": "v1"}, {"id": "v2", **later}]


def gate(*acts: dict[str, Any], **others: Any) -> list[str]:
    return came_to(checked(headed(*acts, **others)), "cn-713.25.2a")


REFORM = {"traits": {"exploratory_reform": True, "explicit_state_rule": False}}
CASES: dict[str, tuple[list[dict[str, Any]], dict[str, Any], list[str]]] = {
    "passed, then not passed: the last one governs": (
        [review("2024-03-18"), review("2024-04-22", "not_passed"), submission()], {}, ["violated"],
    ),
    "the second one came after the submission": (
        [review("2024-03-18"), review("2024-06-01", "not_passed"), submission()], {}, ["satisfied"],
    ),
    "not passed, then passed": (
        [review("2024-03-18", "not_passed"), review("2024-04-22"), submission()], {}, ["satisfied"],
    ),
    "a favourable last one is enough over an open list": (
        [review("2024-03-18"), submission()], {"complete": None}, ["satisfied"],
    ),
    "an unfavourable last one over an open list": (
        [review("2024-03-18", "not_passed"), submission()], {"complete": None}, ["undetermined"],
    ),
    "two that differ on one day": (
        [review("2024-03-18"), review("2024-03-18", "not_passed", id="b"), submission()], {}, ["undetermined"],
    ),
    "two that agree on one day": (
        [review("2024-03-18"), review("2024-03-18", "passed", id="b"), submission()], {}, ["satisfied"],
    ),
    "an undated one that differs": (
        [review("2024-03-18"), {**review("2024-03-18", "not_passed", id="b"), "sent": None, "date": None},
         submission()], {}, ["undetermined"],
    ),
    "one on a draft changed in substance later does not count": (
        [review("2024-03-18", "not_passed"), review("2024-04-22", draft="v2"), submission()],
        {"drafts": drafts(materially_changed=True)}, ["violated"],
    ),
    "the same where the record does not say whether it changed": (
        [review("2024-03-18", "not_passed"), review("2024-04-22", draft="v2"), submission()],
        {"drafts": drafts()}, ["undetermined"],
    ),
    "changes asked for and refused": (
        [review("2024-03-18", "passed_with_changes", changes_asked=True, changes_made=False), submission()], {},
        ["needs_judgement"],
    ),
    "changes asked for, whether made is unknown": (
        [review("2024-03-18", "passed_with_changes", changes_asked=True), submission()], {}, ["undetermined"],
    ),
    "changes asked for and made": (
        [review("2024-03-18", "passed_with_changes", changes_made=True), submission()], {}, ["satisfied"],
    ),
    "passed, yet changes asked for and refused": (
        [review("2024-03-18", "passed", changes_asked=True, changes_made=False), submission()], {},
        ["needs_judgement"],
    ),
    "after an unfavourable one changes do not help": (
        [review("2024-03-18", "not_passed", changes_asked=True, changes_made=True), submission()], {},
        ["violated"],
    ),
    "changed as the review asked": (
        [review("2024-03-18", "passed_with_changes"), submission(draft="v2")],
        {"drafts": drafts(materially_changed="as_reviewed")}, ["needs_judgement"],
    ),
    "changed as the review asked, confirmed by the reviewer": (
        [review("2024-03-18", "passed_with_changes"), submission(draft="v2")],
        {"drafts": drafts(materially_changed="as_reviewed", changes_confirmed=True)}, ["satisfied"],
    ),
    "changed as reviewed after an opinion that asked for nothing": (
        [review("2024-03-18", "passed", changes_asked=False), submission(draft="v2")],
        {"drafts": drafts(materially_changed="as_reviewed")}, ["undetermined"],
    ),
    "by the undertaking unit itself": (
        [review("2024-03-18", unit="fg"), submission()],
        {"units": [{"id": "fg", "name": "示例县发展和改革局"}], "lead_unit": "fg"}, ["needs_judgement"],
    ),
    "by a part of the undertaking unit": (
        [review("2024-03-18", unit="fgk"), submission()],
        {"units": [{"id": "fg", "name": "示例县发展和改革局"}, {"id": "fgk", "name": "法规科", "parent": "fg"}],
         "lead_unit": "fg"}, ["needs_judgement"],
    ),
    "the undertaking unit is the justice office": (
        [review("2024-03-18", unit="sf"), submission()],
        {"units": [{"id": "sf", "name": "示例县司法局"}], "lead_unit": "sf"}, ["satisfied"],
    ),
    "a township without another reviewer": (
        [review("2024-03-18", unit="zf", no_other_reviewer=True), submission()],
        {"units": [{"id": "zf", "name": "党政办公室"}], "lead_unit": "zf",
         "body": {"name": "示例镇人民政府", "kind": "government", "level": "township", "code": "420222101"}},
        ["satisfied"],
    ),
    "a county government cannot say so": (
        [review("2024-03-18", unit="fg", no_other_reviewer=True), submission()],
        {"units": [{"id": "fg", "name": "示例县发展和改革局"}], "lead_unit": "fg"}, ["needs_judgement"],
    ),
    "exploratory reform with its legal risk stated in the last one": (
        [review("2024-03-18", "not_passed", legal_risk_stated=True), submission()], REFORM, ["needs_judgement"],
    ),
    "exploratory reform, the risk stated only in an earlier one": (
        [review("2024-03-18", "not_passed", legal_risk_stated=True),
         review("2024-04-18", "not_passed", legal_risk_stated=False), submission()], REFORM, ["violated"],
    ),
    "another form of opinion counts for nothing": (
        [review("2024-03-18"), review("2024-04-18", "not_passed", form="consultation_reply"), submission()], {},
        ["satisfied"],
    ),
    "the review and the submission within one minute": (
        [review("2024-05-20T09:00"), submission("2024-05-20T09:00")], {}, ["undetermined"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_gate_looks_at_the_last_opinion(case: str) -> None:
    acts, others, wanted = CASES[case]

    assert gate(*acts, **others) == wanted


def test_refused_changes_leave_28c_to_a_person() -> None:
    acts = [review("2024-03-18", "passed_with_changes", changes_asked=True, changes_made=False), submission()]

    assert came_to(checked(headed(*acts)), "cn-713.28c") == ["needs_judgement"]


SILENT: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "a favourable opinion on a later draft": (
        [review("2024-03-18", "not_passed"), review("2024-04-22", draft="v2"), submission()], {},
    ),
    "the same over an open list": (
        [review("2024-03-18", "not_passed"), review("2024-04-22", draft="v2"), submission()], {"complete": None},
    ),
    "a later draft submitted": ([review("2024-03-18"), submission(draft="v2")], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", SILENT, ids=str)
def test_a_draft_that_does_not_say_whether_it_changed_leaves_the_gate_in_doubt(case: str) -> None:
    acts, others = SILENT[case]
    (verdict,) = on(checked(headed(*acts, drafts=drafts(), **others)), "cn-713.25.2a")

    assert (verdict.outcome, verdict.if_complete, verdict.in_doubt) == ("undetermined", "violated", True)
    assert verdict.exceptions == ("drafts[v2].materially_changed",)
    assert doubt(verdict, "zh") == "如案卷已列全，且草案有实质修改，即不合规"


def test_an_unfavourable_opinion_on_a_draft_that_does_not_say_whether_it_changed_is_not_held_against_the_earlier() -> (
    None
):
    acts = [review("2024-03-18"), review("2024-04-22", "not_passed", draft="v2"), submission()]
    (verdict,) = on(checked(headed(*acts, drafts=drafts())), "cn-713.25.2a")

    assert (verdict.outcome, verdict.if_complete) == ("undetermined", "satisfied")


@pytest.mark.parametrize("duty", ["25.1a", "25.1b"])
def test_a_draft_changed_as_reviewed_is_the_reviewed_one(duty: str) -> None:
    acts = [review("2024-03-18", "passed_with_changes"), submission(draft="v2")]
    found = checked(headed(*acts, drafts=drafts(materially_changed="as_reviewed")))

    assert came_to(found, f"cn-713.{duty}") == ["satisfied"]


def test_a_review_by_the_undertaking_unit_is_a_person_under_25_1a_too() -> None:
    acts = [review("2024-03-18", unit="fg"), submission()]
    found = checked(headed(*acts, units=[{"id": "fg", "name": "示例县发展和改革局"}], lead_unit="fg"))

    assert came_to(found, "cn-713.25.1a") == ["needs_judgement"]


def test_two_acts_of_one_minute_leave_the_gate_unknown() -> None:
    found = checked(headed(review("2024-05-20T09:00"), submission("2024-05-20T09:00")))

    assert found.gate("submission").state == "unknown"


def test_the_last_opinion_governs_the_gates_of_policy_documents_as_well() -> None:
    acts = [review("2016-03-18"), review("2016-04-22", "not_passed"), submission("2016-05-20")]
    for duty in ("nat-2010.N10-c", "nat-2014.N14-b", "nat-2015.N15-18"):
        found = checked(headed(*acts))

        assert came_to(found, duty)[0] in ("violated", "needs_judgement"), duty
        assert on(found, duty)[0].binding == "internal"


# --- fair competition ---------------------------------------------------------------------------------------


def competition(day: str, conclusion: str | None = "no_restriction", **more: Any) -> dict[str, Any]:
    return {
        "kind": "fair_competition_review", "date": day, "conclusion": conclusion,
        "market_department_reviewed": True, **more,
    }  # fmt: skip


ISSUE = {"kind": "issue", "date": "2024-11-04", "draft": "v1"}
MARKET = {"traits": {"market_entities": True}}
FAIR: dict[str, tuple[list[dict[str, Any]], dict[str, Any], list[str]]] = {
    "reviewed by the market department": ([competition("2024-09-02")], {}, ["satisfied"]),
    "by the drafting unit alone": (
        [competition("2024-09-02", market_department_reviewed=False)], {}, ["needs_judgement"],
    ),
    "whether by the market department is unknown": (
        [competition("2024-09-02", market_department_reviewed=None)], {}, ["undetermined"],
    ),
    "a department's own measure": (
        [competition("2024-09-02", market_department_reviewed=None)],
        {"body": {"name": "示例县某局", "kind": "department", "level": "county", "code": "420222"}}, ["satisfied"],
    ),
    "an exception without an end": (
        [competition("2024-09-02", "exception_applies", end_set=False)], {}, ["needs_judgement"],
    ),
    "an exception with an end": (
        [competition("2024-09-02", "exception_applies", end_set=True)], {}, ["satisfied"],
    ),
    "a later unfavourable conclusion before the issue": (
        [competition("2024-09-02"), competition("2024-10-02", "restriction")], {}, ["violated"],
    ),
    "a later unfavourable conclusion after the issue": (
        [competition("2024-09-02"), competition("2024-12-02", "restriction")], {}, ["satisfied"],
    ),
    "an earlier unfavourable conclusion": (
        [competition("2024-09-02", "restriction"), competition("2024-10-02")], {}, ["satisfied"],
    ),
    "the last conclusion of another round": (
        [competition("2024-09-02"), competition("2024-10-02", "restriction", round=2)], {}, ["violated"],
    ),
    "the draft changed in substance afterwards": (
        [competition("2024-09-02", draft="v1")], {"drafts": drafts(materially_changed=True), "issued": "v2"},
        ["needs_judgement"],
    ),
    "none over an open list": ([], {"complete": None}, ["undetermined"]),
    "none": ([], {}, ["violated"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FAIR, ids=str)
def test_the_gate_on_the_issue_looks_at_the_last_conclusion(case: str) -> None:
    acts, others, wanted = FAIR[case]
    others = dict(others)
    issue = {**ISSUE, "draft": others.pop("issued", "v1")}

    assert came_to(checked(headed(*acts, issue, **{**MARKET, **others})), "comp-fcr.FCR-18") == wanted


def test_guangdong_bars_the_submission_of_what_was_not_reviewed_not_of_what_restricts() -> None:
    body = {"name": "广宁县人民政府", "kind": "government", "level": "county", "code": "441223"}
    acts = [competition("2024-03-02"), competition("2024-04-02", "restriction"), submission()]
    found = checked(headed(*acts, body=body, **MARKET))

    assert came_to(found, "gd-obe.47") == ["needs_judgement"]
