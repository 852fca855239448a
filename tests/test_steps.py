"""Each step of the procedure in one decision: needed, done, waiting."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from conftest import DAY, EXAMPLES, act, report, without
from heads import checked, headed

import decision_procedure as dp
from decision_procedure.reporting.steps import StepState, step_states


def states(data: dict[str, Any], as_of: date = DAY) -> dict[str, StepState]:
    decision = dp.parse_decision(json.dumps(data))
    return {
        state.step: state for state in step_states(dp.check(decision, as_of=as_of), dp.procedure(decision))
    }


def test_every_step_stands_after_all_that_come_before_it(clean: dict[str, Any]) -> None:
    procedure = dp.procedure(dp.parse_decision(json.dumps(clean)))
    order = list(states(clean))

    assert set(order) == set(procedure.steps)
    for before, after in procedure.graph.edges:
        assert order.index(before) < order.index(after)


def test_in_the_compliant_record_every_needed_step_is_done_and_nothing_waits(clean: dict[str, Any]) -> None:
    found = states(clean)

    for state in found.values():
        if state.need.need == "required":
            assert state.progress == "done", state.step
            assert state.waits_for == ()
    assert [(item.act, item.day) for item in found["legality_review"].acts] == [("review", "2024-05-24")]


def test_a_step_waits_for_needed_steps_before_it_that_are_not_done(clean: dict[str, Any]) -> None:
    found = states(without(clean, "submit", "meeting", "decide", "risk", "review", "issued", "published"))

    assert found["review_request"].waits_for == ("risk_assessment",)
    assert found["submission"].waits_for == ("legality_review",)
    assert found["review_request"].need.need == "required"


def test_a_step_that_may_not_be_needed_is_waited_for_and_names_the_trait(clean: dict[str, Any]) -> None:
    del clean["traits"]["professional"]

    found = states(without(clean, "experts", "review", "submit", "meeting", "decide", "issued", "published"))

    assert found["expert_review"].need.need == "unknown"
    assert found["expert_review"].need.missing == ("traits.professional",)
    assert "expert_review" in found["review_request"].waits_for


def test_a_step_that_is_not_needed_is_not_waited_for(clean: dict[str, Any]) -> None:
    clean["traits"]["professional"] = False

    found = states(without(clean, "experts", "review"))

    assert found["expert_review"].need.need == "not_required"
    assert found["review_request"].waits_for == ()


@pytest.mark.parametrize(
    ("change", "progress"),
    [({"held": None}, "announced"), ({"held": False}, "not_done"), ({"date": "2025-01-01"}, "planned")],
)
def test_progress_tells_announced_denied_and_planned_acts_apart(
    clean: dict[str, Any], change: dict[str, Any], progress: str
) -> None:
    act(clean, "filed").update(change)

    assert states(clean)["filing"].progress == progress


def test_what_a_record_does_not_answer_for_is_unknown_not_undone() -> None:
    decision = dp.load_decision(EXAMPLES / "published" / "宁津县-2023-阳光大街中修征求意见.yaml")

    found = {s.step: s for s in step_states(dp.check(decision, as_of=DAY), dp.procedure(decision))}

    assert found["public_participation"].progress == "done"
    assert found["filing"].progress == "unknown"


def test_of_a_record_taken_to_be_complete_what_it_does_not_hold_was_not_done() -> None:
    decision = dp.load_decision(EXAMPLES / "published" / "宁津县-2023-阳光大街中修征求意见.yaml")
    assumed = dp.check(decision, as_of=DAY, assume_complete=True)

    found = {s.step: s for s in step_states(assumed, dp.procedure(decision))}

    assert found["filing"].progress == "not_done"


def test_whether_a_step_is_needed_is_open_while_nothing_has_put_the_trigger_of_its_only_duty_to_the_test() -> (
    None
):
    under_way = {"id": "draft", "kind": "drafting", "date": "2023-02-01"}

    found = checked(headed(under_way, complete=None, traits=None), date(2023, 6, 1))

    assert found.need("fair_competition_review").need == "unknown"


def test_an_issued_decision_was_decided_and_submitted(clean: dict[str, Any]) -> None:
    found = states(without(clean, "decide", "submit"))

    assert found["decision"].progress == "done"
    assert found["submission"].acts[0].act == "meeting~submission"


def test_a_step_is_needed_by_the_duties_that_apply_and_by_no_others() -> None:
    def needed_by(year: int) -> set[str]:
        record = {
            "schema": 1, "title": "示例", "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
            "catalogue": {"listed": True}, "acts": [{"id": "d", "kind": "decision", "date": f"{year}-06-20"}],
        }  # fmt: skip
        found = dp.check(dp.parse_decision(json.dumps(record)), as_of=date(year, 12, 31))
        return {duty.partition(".")[0] for duty in found.need("legality_review").duties}

    assert "cn-713" not in needed_by(2017)
    assert needed_by(2020) == {"cn-713"}


def test_a_step_of_a_matter_under_way_that_is_not_due_is_not_begun_and_never_inapplicable(
    clean: dict[str, Any],
) -> None:
    kept = {"study", "start", "draft", "consult", "comment", "group"}
    clean["acts"] = [item for item in clean["acts"] if item["id"] in kept]

    found = states(clean)

    for name in (
        "review_request",
        "submission",
        "decision",
        "issue",
        "party_report",
        "publication",
        "filing",
    ):
        assert (found[name].need.need, found[name].verdict) == ("required", "not_begun"), name
    assert {name for name, state in found.items() if state.verdict == "not_applicable"} <= {
        name for name, state in found.items() if state.need.need in ("not_required", "optional")
    }


def test_places_in_the_order_of_speaking_bear_the_verdict_on_it_and_are_told_of_in_no_list(
    clean: dict[str, Any],
) -> None:
    meeting = act(clean, "meeting")
    meeting["speaking_order"] = [meeting["speaking_order"][-1], *meeting["speaking_order"][:-1]]
    found = states(clean)

    for name in ("members_speak", "chief_speaks"):
        assert found[name].part == "order"
        assert found[name].verdict == found["deliberation"].verdict == "violated"
    assert "行政首长末位发言" not in dp.as_text(report(clean)).rpartition("\n程序环节\n")[2]
    assert "members_speak" not in found["decision"].waits_for


def test_a_date_within_a_recorded_act_that_is_not_stated_is_unknown_not_undone(clean: dict[str, Any]) -> None:
    act(clean, "draft").pop("research_done", None)
    unstated = states(clean)["research"].progress
    act(clean, "draft")["denied"] = ["research_done"]

    assert unstated == "unknown"
    assert states(clean)["research"].progress == "not_done"


def test_an_act_that_others_show_is_done_in_the_picture_of_the_state_too(clean: dict[str, Any]) -> None:
    found = report(without(clean, "decide", "issued"))
    card = dp.diagram(found, page="screen").svg.partition(">6.3 作出决定<")[2].partition("</g>")[0]

    assert "已完成" in card
    assert "无记录" not in card


def test_a_gate_that_was_closed_for_an_earlier_act_is_open_for_the_last(clean: dict[str, Any]) -> None:
    clean["acts"].append({**act(clean, "submit"), "id": "early", "date": "2024-05-02"})

    found = report(clean)

    assert states(clean)["submission"].gate == found.gate("submission").state == "open"
    assert "“提交讨论”的前置程序曾未完成" in dp.as_text(found)


def test_a_step_that_the_law_before_the_regulation_demands_is_needed_in_a_matter_of_that_time() -> None:
    data = {
        "schema": 1,
        "title": "示例",
        "body": {"name": "肇庆市人民政府", "kind": "government", "level": "city", "code": "441200"},
        "traits": {"withheld_lawfully": False},
        "acts": [{"id": "d", "kind": "decision", "date": "2015-06-01", "outcome": "adopt"}],
    }

    found = states(data, date(2015, 12, 31))

    assert found["publication"].need.need == "required"
    assert found["publication"].need.duties == ("nat-2004.12a",)
    assert "zq-proc-old.4-risk" in found["risk_assessment"].need.duties


def test_a_step_that_was_begun_and_ends_after_the_day_of_the_check_is_under_way() -> None:
    data = {
        "schema": 1, "title": "事项", "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
        "acts": [{"kind": "public_comment", "start": "2024-03-04", "end": "2024-04-08"}],
    }  # fmt: skip

    running = states(data, date(2024, 4, 1))["public_participation"]
    over = states(data, date(2024, 4, 9))["public_participation"]

    assert (running.progress, running.how_far, over.how_far) == ("done", "under_way", "done")


def test_every_list_of_steps_has_the_review_within_the_unit_before_the_sending_to_review() -> None:
    body = {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"}
    procedure = dp.procedure(dp.decision({"schema": 1, "title": "事项", "body": body}))

    order = list(procedure.steps)
    assert [order.index(name) for name in ("unit_review", "unit_meeting", "review_request")] == sorted(
        order.index(name) for name in ("unit_review", "unit_meeting", "review_request")
    )
    for before, after in procedure.graph.edges:
        assert order.index(before) < order.index(after)
