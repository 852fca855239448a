"""Any graph of networkx: by Graphviz in its own layout, without Graphviz in columns of ours."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import BAD as DEFECTIVE
from scenes import LANGS, large_trail, trail_of, worked
from test_geometry import faults

import decision_procedure as dp


def drawn(graph: Any, lang: str = "zh") -> Any:
    return dp.diagram(graph, kind="graph", lang=lang).sheets[0]


def left_of(scene: Any) -> dict[str, float]:
    return {box.id.partition("-")[0]: box.x for box in scene.boxes if box.role == "card"}


@pytest.mark.parametrize("lang", LANGS)
def test_the_law_and_the_trail_as_graphs_have_nothing_that_overlaps(lang: str) -> None:
    report = worked(DEFECTIVE)

    for graph in (dp.procedure(report.decision), dp.trail(report), trail_of(report), large_trail(70)):
        assert list(faults(drawn(graph, lang))) == []


def test_an_edge_leads_to_the_right_and_only_what_closes_a_circle_leads_back() -> None:
    graph = nx.DiGraph([("甲", "乙"), ("乙", "丙"), ("丙", "甲")])

    at = left_of(drawn(graph))

    assert at["n0"] < at["n1"] < at["n2"]


def test_a_source_stands_just_before_what_it_leads_to() -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "d"), ("late", "d")])

    at = left_of(drawn(graph))

    assert at["n4"] == at["n2"]


def test_a_node_that_leads_to_itself_says_so() -> None:
    graph = nx.DiGraph([("甲", "乙")])
    graph.add_edge("乙", "乙", zh="再次")

    assert "指向自身 再次" in [line.text for box in drawn(graph).boxes for line in box.lines]


@settings(max_examples=60)
@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=25))
def test_no_graph_makes_a_mess(edges: set[tuple[int, int]]) -> None:
    graph = nx.DiGraph(sorted(edges))

    assert list(faults(drawn(graph))) == []


def test_a_long_title_of_a_natural_drawing_takes_more_lines() -> None:
    graph: nx.DiGraph[Any] = nx.path_graph(2, nx.DiGraph)
    graph.graph["title"] = "关于印发停车收费管理办法的决定" * 10
    text = dp.diagram(graph, kind="graph").text
    (label,) = (line for line in text.splitlines() if "labelloc" in line)
    assert label.count("<BR/>") >= 2
