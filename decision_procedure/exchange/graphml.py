"""A trail as GraphML: what `networkx.read_graphml` reads back. Lists and empty values are written as JSON text."""

from __future__ import annotations

import io
import json
from typing import Any

from decision_procedure.trails.chain import Edge, Node, Trail


def graphml_text(trail: Trail) -> str:
    """Return the trail as GraphML, the same for the same trail to the byte."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph(
        title=trail.title,
        as_of=trail.as_of,
        body=trail.body,
        assume_complete=trail.assume_complete,
        assumed_up_to=trail.assumed_up_to or "",
        commitments=json.dumps(dict(sorted(trail.commitments.items())), ensure_ascii=False),
    )
    for node in trail.nodes:
        graph.add_node(node.id, kind=node.kind, zh=node.zh, en=node.en, data=data_text(node.data))
    for edge in trail.edges:
        grounds = {finding: list(premises) for finding, premises in edge.grounds}
        graph.add_edge(
            edge.source, edge.target, kind=edge.kind, rule=edge.rule or "", grounds=data_text(grounds)
        )
    written = io.BytesIO()
    # The writer in pure Python: the one in lxml, used where that is installed, writes other bytes.
    nx.write_graphml_xml(graph, written, named_key_ids=True)
    return written.getvalue().decode("utf-8")


def read_graphml(text: str) -> Trail:
    """Return the trail that `graphml_text` wrote."""
    import networkx as nx

    graph = nx.parse_graphml(text)
    nodes = [
        Node(name, data["kind"], data["zh"], data["en"], json.loads(data["data"]))
        for name, data in graph.nodes(data=True)
    ]
    edges = [
        Edge(source, target, data["kind"], data["rule"] or None, _grounds(data["grounds"]))
        for source, target, data in graph.edges(data=True)
    ]
    head = graph.graph
    return Trail(
        title=head["title"],
        as_of=head["as_of"],
        body=head["body"],
        nodes=tuple(sorted(nodes, key=lambda node: node[:2])),
        edges=tuple(sorted(edges, key=lambda edge: edge[:3])),
        assume_complete=head["assume_complete"],
        assumed_up_to=head.get("assumed_up_to") or None,
        commitments=json.loads(head["commitments"]),
    )


def _grounds(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = json.loads(text)
    return tuple((finding, tuple(found[finding])) for finding in sorted(found))


def data_text(value: Any) -> str:
    """Return what a node or an edge holds beside its labels, as the text of one attribute."""
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)
