"""Each step of the procedure in one decision: needed, done, waiting."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from conftest import DAY, EXAMPLES, act, without

import decision_procedure as dp
from decision_procedure.steps import StepState, step_states


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
