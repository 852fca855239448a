"""PROV-JSON and GraphML of a trail: read back whole, well formed, the same to the byte."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from typing import Any

import networkx as nx
import pytest
from conftest import act, report
from prov.model import ProvActivity, ProvAgent, ProvDocument, ProvEntity

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument
from decision_procedure.exchange.graphml import graphml_text, read_graphml
from decision_procedure.exchange.prov import NAMESPACE, prov_document, prov_text, read_prov
from decision_procedure.trails.chain import Trail


@pytest.fixture
def trail(bad: dict[str, Any]) -> Trail:
    """A trail with odd identifiers, odd text, and every kind of node."""
    act(bad, "experts")["experts"][1]["signed_or_sealed"] = False
    bad["title"] = "标题 <b>&\"'\x0b\ufffe \u202e]]>"
    bad["outcome_finding"] = {
        "authority": "示例市人民政府", "date": "2024-09", "kind": "serious_error", "major_loss_or_effect": True,
    }  # fmt: skip
    text = json.dumps(bad, ensure_ascii=False).replace('"d-min"', '"纪要/1:%41&<"')
    return dp.trail(dp.mask(report(json.loads(text)), salt=bytes(16)))


def test_graphml_is_read_back_whole(trail: Trail) -> None:
    assert read_graphml(graphml_text(trail)) == trail


def test_graphml_is_read_by_networkx_with_kind_and_labels(trail: Trail) -> None:
    graph = nx.read_graphml(BytesIO(graphml_text(trail).encode()))

    assert isinstance(graph, nx.DiGraph)
    assert set(graph) == {node.id for node in trail.nodes}
    assert all(data["kind"] and data["zh"] and data["en"] for _, data in graph.nodes(data=True))
    assert graph.number_of_edges() == len(trail.edges)


def test_prov_json_is_read_back_whole(trail: Trail) -> None:
    assert read_prov(prov_text(trail)) == trail


def test_prov_json_read_by_prov_is_the_document_that_was_written(trail: Trail) -> None:
    document = ProvDocument.deserialize(content=prov_text(trail), format="json")

    assert document == prov_document(trail)
    assert {namespace.uri for namespace in document.namespaces} == {NAMESPACE}


def test_every_relation_of_the_prov_document_has_declared_ends_of_the_right_kind(trail: Trail) -> None:
    document = ProvDocument.deserialize(content=prov_text(trail), format="json")
    elements = {item.identifier: item for item in document.get_records((ProvEntity, ProvActivity, ProvAgent))}
    relations = [item for item in document.get_records() if item.is_relation()]

    assert len(relations) == len(trail.edges)
    assert len({item.identifier for item in relations}) == len(relations)
    for relation in relations:
        first, second = (elements[value] for _, value in relation.formal_attributes[:2])
        kinds = ENDS.get(relation.get_type().localpart, (object, object))
        assert isinstance(first, kinds[0])
        assert isinstance(second, kinds[1])
        assert first is not second


ENDS: dict[str, tuple[type, type]] = {
    "Association": (ProvActivity, ProvAgent),
    "Delegation": (ProvAgent, ProvAgent),
    "Derivation": (ProvEntity, ProvEntity),
    "Generation": (ProvEntity, ProvActivity),
}


def test_no_activity_of_the_prov_document_ends_before_it_starts(trail: Trail) -> None:
    document = ProvDocument.deserialize(content=prov_text(trail), format="json")
    activities = list(document.get_records(ProvActivity))

    spans = [(item.get_startTime(), item.get_endTime()) for item in activities]

    assert any(start for start, _ in spans)
    assert all(start <= end for start, end in spans if start and end)


def test_nothing_is_attributed_to_anyone_in_the_prov_document(trail: Trail) -> None:
    assert "wasAttributedTo" not in json.loads(prov_text(trail))


@pytest.mark.parametrize("write", [graphml_text, prov_text])
def test_an_export_is_the_same_to_the_byte(bad: dict[str, Any], write: Any) -> None:
    assert write(dp.trail(report(bad))) == write(dp.trail(report(bad)))


def test_prov_json_not_written_here_is_refused() -> None:
    with pytest.raises(ValueError, match="not a trail"):
        read_prov('{"prefix": {}}')


def test_without_prov_the_message_names_the_extra(trail: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prov", None)

    with pytest.raises(UnusableArgument, match=r"decision-procedure\[prov\]"):
        prov_text(trail)


def test_importing_the_exports_loads_neither_prov_nor_networkx() -> None:
    code = (
        "import sys, decision_procedure.exchange.prov;"
        "sys.exit('prov' in sys.modules or 'durable_rules_engine' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
