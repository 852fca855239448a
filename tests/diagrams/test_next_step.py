"""What comes next: only steps of the nearest open phase; further ones may be taken too, and are told apart."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import record, report

import decision_procedure as dp
from decision_procedure.reporting.steps import StepState, drawn_states

ORDER = [
    "study", "start", "draft", "consult", "comment", "group", "opinions", "experts", "risk", "competition", "review",
    "submit", "meeting", "decide", "party", "issued", "published", "explained", "filed", "assigned",
]  # fmt: skip


def up_to(name: str) -> dict[str, Any]:
    """The compliant record as it stood when its acts up to this one were done."""
    data = record("示例县-全部合规")
    done = ORDER[: ORDER.index(name) + 1]
    data["acts"] = [item for item in data["acts"] if item["id"] in done]
    del data["complete"]
    return data


def states(data: dict[str, Any]) -> dict[str, StepState]:
    found = report(data)
    return drawn_states(found, dp.procedure(found.decision))


def following(data: dict[str, Any]) -> tuple[set[str], set[str]]:
    found = states(data)
    next_ = {name for name, state in found.items() if state.next}
    return next_, {name for name, state in found.items() if state.possible} - next_


@pytest.mark.parametrize(
    ("last", "expected", "also"),
    [
        ("study", {"initiation"}, {"departmental_consultation"}),
        ("start", {"drafting", "departmental_consultation"}, set()),
        ("draft", {"departmental_consultation"}, {"public_participation", "group_communication"}),
        ("consult", {"public_participation", "group_communication"}, set()),
        (
            "comment",
            {"group_communication", "opinion_handling"},
            {"expert_review", "risk_assessment", "fair_competition_review"},
        ),
        ("opinions", {"expert_review", "risk_assessment", "fair_competition_review"}, set()),
        ("risk", {"fair_competition_review"}, {"review_request"}),
        ("competition", {"review_request"}, set()),
        ("decide", {"party_report", "publication", "interpretation"}, {"filing", "execution_assignment"}),
        ("explained", {"filing", "execution_assignment"}, set()),
        ("assigned", {"execution_report"}, set()),
    ],
)
def test_the_next_step_is_only_one_of_the_nearest_open_phase(
    last: str, expected: set[str], also: set[str]
) -> None:
    assert following(up_to(last)) == (expected, also)


@pytest.mark.parametrize("last", ORDER)
def test_all_next_steps_are_of_one_phase_and_nothing_further_on_than_the_phase_after_is_possible(
    last: str,
) -> None:
    found = states(up_to(last))
    phases = list(dict.fromkeys(state.phase for state in found.values()))
    reached = max(phases.index(state.phase) for state in found.values() if state.acts)

    assert len({state.phase for state in found.values() if state.next}) == 1
    assert all(phases.index(state.phase) <= reached + 1 for state in found.values() if state.possible)


def test_a_step_left_out_earlier_is_possible_but_not_next_while_the_phase_reached_is_open() -> None:
    data = up_to("comment")
    data["acts"] = [item for item in data["acts"] if item["id"] != "consult"]

    expected, also = following(data)

    assert "departmental_consultation" in also
    assert expected == {"group_communication", "opinion_handling"}


def test_a_step_left_out_earlier_is_next_once_nothing_further_on_can_be_done() -> None:
    data = up_to("competition")
    data["acts"] = [item for item in data["acts"] if item["id"] != "consult"]

    assert following(data) == ({"departmental_consultation"}, set())


def test_the_first_step_named_is_one_of_the_nearest_open_phase() -> None:
    data = up_to("comment")
    data["acts"] = [item for item in data["acts"] if item["id"] != "consult"]

    sheet = dp.diagram(report(data), page="screen").sheets[0]
    (text,) = ["".join(line.text for line in box.lines) for box in sheet.boxes if box.id == "next"]

    assert text.startswith("→ 下一步：与特定群体沟通")
    first, _, others = text.partition("；也可办理：")
    assert "部门协商" not in first
    assert "部门协商" in others
