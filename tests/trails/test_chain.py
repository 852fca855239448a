"""Cutting a trail, asking it for nodes, and its trip through JSON."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import report

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument
from decision_procedure.trails.chain import DECISION, Trail


@pytest.fixture
def trail(bad: dict[str, Any]) -> Trail:
    return dp.trail(report(bad))


def test_backwards_from_a_finding_keeps_only_what_belongs_to_it(trail: Trail) -> None:
    part = trail.backwards("finding:cn-713.15.1c@comment")

    assert [node.id for node in part.of("finding")] == ["finding:cn-713.15.1c@comment"]
    assert {node.data["person"] for node in part.of("person")} == {"p-zj", "p-zj2"}
    assert {node.id for node in part.of("act")} == {"act:comment"}
    assert all(edge.findings == ("finding:cn-713.15.1c@comment",) for edge in part.edges)


def test_a_part_of_a_trail_rests_on_nothing_that_belongs_to_another_finding(trail: Trail) -> None:
    part = trail.backwards("cn-713.15.1c")

    premises = [premise for edge in part.edges for premise in edge.premises if "duty=" in premise]
    assert premises
    assert all("duty=cn-713.15.1c" in premise for premise in premises)


def test_a_post_holder_of_another_day_is_not_on_the_part_of_this_finding(bad: dict[str, Any]) -> None:
    bad["people"][3]["posts"][0]["until"] = "2024-04-01"

    part = dp.trail(report(bad)).backwards("25.2a")

    assert "p-zj" not in {node.data["person"] for node in part.of("person")}


@pytest.mark.parametrize(
    ("target", "duties"),
    [
        ("25.2a", {"cn-713.25.2a"}),
        ("cn-713.31", {"cn-713.31"}),
        ("comment", {"cn-713.15.1c", "cn-713.15.1d"}),
        ("departmental_consultation", {"cn-713.13a"}),
        ("deliberation", {"cn-713.30.1a", "cn-713.30.1b", "cn-713.30.2a", "cn-713.25.2a"}),
        ("gate:cn-713.25.2a@submit", {"cn-713.25.2a"}),
        ("unit:gov", {"cn-713.30.1a", "cn-713.30.1b", "cn-713.30.2a", "cn-713.31", "cn-713.25.2a"}),
    ],
)
def test_backwards_from_duty_act_step_gate_or_unit_finds_the_findings_there(
    trail: Trail, target: str, duties: set[str]
) -> None:
    part = trail.backwards(target)

    assert {node.data["duty"] for node in part.of("finding")} == duties


@pytest.mark.parametrize("target", ["decision", DECISION])
def test_backwards_from_the_decision_is_the_whole_trail(trail: Trail, target: str) -> None:
    assert trail.backwards(target) == trail


@pytest.mark.parametrize("target", ["nothing", "", "cn-713.32a", "finding:"])
def test_backwards_from_what_is_not_on_the_trail_is_an_error(trail: Trail, target: str) -> None:
    with pytest.raises(UnusableArgument, match="not on the trail"):
        trail.backwards(target)


def test_only_violated_leaves_the_open_findings_out(trail: Trail) -> None:
    part = trail.only("violated")

    assert {node.data["severity"] for node in part.of("finding")} == {"violated"}
    assert "gap:cn-713.28c@review" not in {node.id for node in part.nodes}


def test_an_unknown_node_or_language_is_an_error(trail: Trail) -> None:
    with pytest.raises(UnusableArgument, match="no such node"):
        trail.node("person:nobody")
    with pytest.raises(UnusableArgument, match="no such language"):
        trail.text("fr")


def test_a_trail_is_the_same_after_a_trip_through_json(trail: Trail) -> None:
    again = Trail.from_json(trail.to_json())

    assert again == trail
    assert again.to_json() == trail.to_json()
    assert again.text("en") == trail.text("en")
    assert hash(again) == hash(trail)


@pytest.mark.parametrize("text", ["[]", '{"schema": 2}'])
def test_json_of_another_schema_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a trail"):
        Trail.from_json(text)
