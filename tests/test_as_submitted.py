"""As if submitted: the check itself on the record with a submission added, read by the sheet and by what comes next."""

from __future__ import annotations

import copy
import json
import pickle
import random
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest
from at_hand import DOCUMENTS, drafts, submission
from conftest import EXAMPLES
from heads import checked as on_day
from heads import headed

import decision_procedure as dp
from decision_procedure import api
from decision_procedure.exchange.findings import FindingsView, report_findings
from decision_procedure.model.acts import Act
from decision_procedure.reporting.steps import drawn_states
from decision_procedure.reporting.submission import ASSUMED, AsSubmitted
from decision_procedure.results.report import Report
from decision_procedure.results.stages import cure_of, stage_of
from decision_procedure.results.waivers import Waiver
from tools.fuzz.records import RECORDS, mutated, parsed

Record = dict[str, Any]
DAY = date(2024, 4, 1)
OPEN = "示例县-办理中"
LISTED = ("violated", "in_doubt", "needs_judgement")


def on_file(data: Record, **given: Any) -> Report:
    return dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), **{"as_of": DAY, **given})


@cache
def early() -> AsSubmitted:
    return api.submitted(on_file(RECORDS[OPEN]))


def listed(report: Report, renamed: tuple[str, str] = ("", "")) -> Counter[tuple[str, str | None, str]]:
    """What a report says is violated, in doubt, or for a person, an act under another name."""
    return Counter(
        (item.rule, renamed[1] if item.act == renamed[0] else item.act, item.face)
        for item in report_findings("", report, FindingsView())
        if item.face in LISTED
    )


def with_submission(decision: dp.Decision, submitted: AsSubmitted) -> tuple[dp.Decision, str]:
    """A record written anew with the submission, under a name of its own: those planned or announced give way."""
    data = decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    for act, item in zip(decision.acts, data["acts"], strict=True):
        item["held"] = act.held
    gone = {act.id for act in decision.acts} - {act.id for act in submitted.report.decision.acts}
    (act,) = [item for item in submitted.report.decision.acts if item.id == submitted.act]
    written = act.model_dump(mode="json", by_alias=True, exclude_none=True) | {"id": "put-to-the-meeting"}
    data["acts"] = [item for item in data["acts"] if item["id"] not in gone] + [written]
    found = parsed(data)
    assert found is not None
    return found, "put-to-the-meeting"


def assert_agrees(report: Report) -> bool:
    """Hold that a sheet lists what the record with the submission gets; say whether one was added."""
    submitted = api.submitted(report)
    if not submitted.assumed:
        assert submitted.report is report
        return False
    decision, name = with_submission(report.decision, submitted)
    checked = dp.check(
        decision, as_of=date.fromisoformat(report.as_of), assume_complete=report.assume_complete
    )
    assert listed(submitted.report, (submitted.act, name)) == listed(checked)
    assert submitted.report.gate("submission") == checked.gate("submission")
    return True


def test_the_sheet_of_every_example_lists_what_the_record_with_a_submission_gets() -> None:
    days = [date(2024, 4, 1), date(2024, 9, 30)]
    decisions = [dp.load_decision(path) for path in sorted(EXAMPLES.rglob("*.yaml"))]

    added = [assert_agrees(dp.check(item, as_of=day)) for item in decisions for day in days]

    assert any(added)


@pytest.mark.parametrize("seed", range(12))
def test_the_sheet_of_a_mutated_record_lists_what_the_record_with_a_submission_gets(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311
    data = copy.deepcopy(RECORDS[source.choice(sorted(RECORDS))])
    data["acts"] = [act for act in data["acts"] if act["kind"] not in ("submission", "deliberation", "decision", "issue", "publication")]  # fmt: skip
    _, decision = mutated(data, source, 4)

    assert_agrees(dp.check(decision, as_of=date(2024, 12, 31), assume_complete=seed % 2 == 0))


def test_what_submitting_would_breach_is_found_before_anything_is_submitted() -> None:
    report = on_file(RECORDS[OPEN])

    found = {verdict.duty for verdict in early().report.violations}

    assert not report.violations
    assert found == {"cn-713.18", "cn-713.19.1", "cn-713.22.1", "cn-713.25.1a", "cn-713.25.2a"}


def test_the_record_and_its_report_stay_as_they_are() -> None:
    report = on_file(RECORDS[OPEN])
    before = report.to_json()

    submitted = api.submitted(report)

    assert submitted.assumed
    assert report.to_json() == before
    assert report.supposes is None


def test_an_act_that_has_the_name_of_the_assumed_one_stays_another_act() -> None:
    data = copy.deepcopy(RECORDS[OPEN])
    data["acts"][0]["id"] = ASSUMED

    submitted = api.submitted(on_file(data))

    assert submitted.assumed
    assert submitted.act != ASSUMED
    assert {verdict.duty for verdict in submitted.report.violations} == {
        verdict.duty for verdict in early().report.violations
    }


def put_forward(*acts: Record, **others: Any) -> Act:
    """The submission by which a small record stands as if submitted."""
    found = api.submitted(on_day(headed(*acts, **others), DAY))
    (act,) = [item for item in found.report.decision.acts if item.id == found.act]
    return act


def test_the_latest_draft_is_put_forward_by_the_undertaker_on_the_day_of_the_report() -> None:
    found = put_forward(lead_unit="fg", units=[{"id": "fg", "name": "示例县发展和改革局"}], **drafts(True))

    assert (found.draft, found.unit, found.date.text) == ("v2", "fg", "2024-04-01")


def test_what_is_planned_to_be_submitted_is_put_forward_as_planned() -> None:
    plan = submission("2024-05-01", draft="v1", package=["draft"], package_complete=True, documents=["d1"])

    found = put_forward(plan, documents=DOCUMENTS, **drafts(True))

    assert (found.draft, found.package, found.package_complete, found.documents) == (
        "v1",
        ("draft",),
        True,
        ("d1",),
    )


def test_a_plan_that_names_no_draft_puts_forward_the_latest() -> None:
    assert put_forward(submission("2024-05-01", draft=None), **drafts(True)).draft == "v2"


def test_of_a_matter_without_drafts_none_is_put_forward() -> None:
    assert put_forward(drafts=None).draft is None


def waiver(**more: Any) -> Waiver:
    return Waiver.model_validate(
        {
            "id": "w1", "record": "示例县人民政府/示例县公交线路调整", "duty": "cn-713.19.1", "act": None, "approver": "某某",
            "basis": "另有专家意见", "date": "2024-01-01", "expires": "2024-12-31", "document": "某文件", **more,
        }
    )  # fmt: skip


def waived(report: Report) -> set[str]:
    return {verdict.duty for verdict in report.verdicts if verdict.waived}


def named(data: Record) -> Record:
    return copy.deepcopy(data) | {"id": "R1"}


def test_waivers_given_to_the_check_are_honoured_also_after_a_pickle() -> None:
    report = on_file(named(RECORDS[OPEN]), waivers=[waiver(record="R1")])

    for one in (report, pickle.loads(pickle.dumps(report))):  # noqa: S301
        assert waived(api.submitted(one).report) == {"cn-713.19.1"}


def test_a_report_read_back_from_json_keeps_the_waivers_that_stood() -> None:
    data = named(RECORDS["示例县-多处不合规"])
    data["acts"].append({"id": "again", "kind": "legality_review", "round": 2, "sent": "2024-09-02"})
    given = [waiver(record="R1", duty="cn-713.13a", act=None)]
    report = on_file(data, as_of=date(2024, 9, 30), waivers=given)
    assert waived(report) == {"cn-713.13a"}

    read = api.submitted(Report.from_json(report.to_json()))

    assert read.assumed
    assert waived(read.report) == {"cn-713.13a"}


def test_answers_of_a_person_in_the_record_are_honoured() -> None:
    data = copy.deepcopy(RECORDS[OPEN])
    question = next(iter(early().report.of("needs_judgement")), None)
    duty = "cn-713.19.1" if question is None else question.duty
    answer = {"duty": duty, "answer": "met", "reason": "已核对", "by": "某某", "day": "2024-03-01"}
    data["judgements"] = [
        answer | ({} if question is None or question.act is None else {"act": question.act})
    ]

    submitted = api.submitted(on_file(data))

    assert [item.duty for item in submitted.report.judgements] == [duty]


def test_what_was_not_submitted_is_not_to_be_withdrawn_and_what_was_is() -> None:
    data = copy.deepcopy(RECORDS[OPEN])
    data["acts"].append({"id": "s", "kind": "submission", "date": "2024-03-29"})
    real = on_file(data)

    (assumed_gate,) = early().report.about("cn-713.25.2a")
    (real_gate,) = real.about("cn-713.25.2a")

    assert (stage_of(early().report, assumed_gate), stage_of(real, real_gate)) == ("preparing", "submitted")
    assert "撤回" not in cure_of(early().report, assumed_gate).zh
    assert "撤回" in cure_of(real, real_gate).zh


@pytest.mark.parametrize(
    ("more", "stage"),
    [
        ([], "submitted"),
        ([{"id": "d", "kind": "decision", "date": "2024-03-30", "outcome": "defer"}], "submitted"),
        ([{"id": "d", "kind": "decision", "date": "2024-03-30", "outcome": "reject"}], "submitted"),
        ([{"id": "d", "kind": "decision", "date": "2024-03-30", "outcome": "adopt"}], "decided"),
        (
            [{"id": "d", "kind": "decision", "date": "2024-05-30", "outcome": "adopt"}],
            "submitted",
        ),  # only planned
        ([{"id": "i", "kind": "issue", "date": "2024-03-31"}], "issued"),
        ([{"id": "p", "kind": "publication", "date": "2024-03-31"}], "issued"),
    ],
)
def test_the_cure_goes_by_how_far_the_matter_has_gone(more: list[Record], stage: str) -> None:
    data = copy.deepcopy(RECORDS[OPEN])
    data["acts"] += [{"id": "s", "kind": "submission", "date": "2024-03-29"}, *more]

    report = on_file(data)
    (verdict,) = report.about("cn-713.25.2a")

    assert stage_of(report, verdict) == stage
    assert ("撤回" in cure_of(report, verdict).zh) is (stage == "submitted")


def test_what_is_prepared_in_a_new_round_is_not_cured_as_what_was_issued_before_it() -> None:
    data = copy.deepcopy(RECORDS[OPEN])
    data["acts"] += [
        {"id": "s", "kind": "submission", "date": "2024-03-01"},
        {"id": "i", "kind": "issue", "date": "2024-03-10"},
        {"id": "s2", "kind": "submission", "date": "2024-03-29", "round": 2},
    ]

    report = on_file(data)
    stages = {verdict.act: stage_of(report, verdict) for verdict in report.about("cn-713.25.2a")}

    assert stages == {"s": "issued", "s2": "submitted"}


def test_what_an_earlier_round_submitted_stays_where_the_next_is_only_supposed() -> None:
    data = copy.deepcopy(RECORDS[OPEN])
    data["acts"] += [
        {"id": "s", "kind": "submission", "date": "2024-03-01"},
        {"id": "put-off", "kind": "decision", "date": "2024-03-10", "outcome": "defer"},
        {"id": "again", "kind": "drafting", "date": "2024-03-20", "round": 2},
        {"id": "planned", "kind": "submission", "date": "2024-05-20", "round": 2},
    ]

    found = api.submitted(on_file(data))
    submitted = [item.id for item in found.report.decision.acts if item.kind == "submission"]

    assert found.assumed
    assert submitted == ["s", found.act]


@pytest.mark.parametrize(("conclusion", "expected"), [("passed", {"submission"}), ("not_passed", set())])
def test_submission_does_not_come_next_while_it_would_stand_behind_a_closed_gate(
    conclusion: str, expected: set[str]
) -> None:
    data = copy.deepcopy(RECORDS["示例县-全部合规"])
    gone = (
        "submission",
        "deliberation",
        "decision",
        "party_report",
        "issue",
        "publication",
        "interpretation",
    )
    data["acts"] = [
        act | ({"conclusion": conclusion} if act["kind"] == "legality_review" else {})
        for act in data["acts"]
        if act["kind"] not in (*gone, "filing", "execution_assignment", "execution_report")
    ]
    report = on_file(data, as_of=date(2024, 9, 30))

    states = drawn_states(report, dp.procedure(report.decision))

    assert {name for name, state in states.items() if state.next} & {"submission"} == expected
    assert {name for name, state in states.items() if state.possible} & {"submission"} == expected
