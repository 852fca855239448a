"""Any graph of networkx, in the natural layout of `dot`; without Graphviz in columns of our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphviz
import networkx as nx

from decision_procedure.diagrams.columns import Arrow, Block, arranged
from decision_procedure.diagrams.dot import label_text
from decision_procedure.diagrams.metrics import clean, width_of
from decision_procedure.diagrams.palette import FONTS, INK, PAPER
from decision_procedure.diagrams.scene import (
    Box,
    Connector,
    Line,
    Scene,
    heading,
    lines_height,
    safe_id,
    said,
    text_lines,
)
from decision_procedure.diagrams.swimlanes import ranks
from decision_procedure.diagrams.trail import labels, shape_of
from decision_procedure.wording import Words, say, text_in

_WIDE = 130.0
_TITLE = 700.0


def natural_dot(graph: nx.DiGraph[Any], *, title: str = "", lang: str = "zh") -> str:
    """Return DOT text that leaves the layout to `dot`; sizes come from our own text metrics."""
    dot = graphviz.Digraph("graph")
    dot.attr(
        "graph", layout="dot", rankdir="LR", splines="spline", newrank="true", nodesep="0.2", ranksep="0.36",
        charset="UTF-8", bgcolor="white", fontname=FONTS, outputorder="nodesfirst",
    )  # fmt: skip
    dot.attr(
        "node",
        shape="box",
        fontname=FONTS,
        fontcolor=INK,
        fontsize="9",
        margin="0.08,0.04",
        height="0.3",
        fillcolor=PAPER,
    )
    dot.attr("edge", fontname=FONTS, fontsize="7.5", color="#39434D", arrowsize="0.6")
    if title:
        told = text_lines(title, 14.5, _TITLE, bold=True, balanced=True, most=5)
        dot.attr("graph", label=f"<{'<BR/>'.join(map(_row, told))}>", labelloc="t")
    names = {key: f"n{index}" for index, key in enumerate(graph)}
    for key, data in graph.nodes(data=True):
        lines = _lines(data, lang, key)
        rows = "".join(f"<TR><TD WIDTH='{int(_wide(lines))}'>{_row(line)}</TD></TR>" for line in lines)
        rows = f"<TR><TD HEIGHT='3'></TD></TR>{rows or '<TR><TD> </TD></TR>'}"  # dot sets text a little high
        table = f"<<TABLE BORDER='0' CELLBORDER='0' CELLSPACING='0' CELLPADDING='0'>{rows}</TABLE>>"
        shape, fill, border, dash = shape_of(data)
        styles = [
            "filled",
            *(["rounded"] if shape == "rounded" else []),
            *([] if dash == "solid" else [dash]),
        ]
        dot.node(
            names[key],
            label=table,
            id=names[key],
            style=",".join(styles),
            fillcolor=fill,
            color=border,
            tooltip=" ",
        )
    for a, b, data in graph.edges(data=True):
        text = clean(text_in(data, lang))[:60]
        dot.edge(names[a], names[b], label=f"<{_row(Line(text, 7.5))}>" if text else "")
    return str(dot.source)


def graph_scenes(graph: nx.DiGraph[Any], *, title: str = "", lang: str = "zh") -> tuple[Scene, ...]:
    """Return a graph as a scene, its nodes in columns by the longest way to them."""
    columns = _columns(graph)
    lines = {key: _lines(data, lang, key) for key, data in graph.nodes(data=True)}
    for key, _, data in nx.selfloop_edges(graph, data=True):
        told = f"{say('diagram.to_itself', lang)} {text_in(data, lang)}"
        lines[key] += text_lines(told, 7.5, 170, align="middle", balanced=True)
    wide = max([_WIDE, *(_wide(item) + 16 for item in lines.values())])
    edges = [Arrow(a, b, clean(text_in(data, lang))[:30]) for a, b, data in graph.edges(data=True)]
    gap = max([60.0, *((width_of(edge.label, 7) + 14) / 0.56 for edge in edges)])
    count = max(columns.values(), default=0) + 1
    width = max(300.0, 4 + count * wide + (count - 0.5) * gap)
    name = clean(title) or say("diagram.graph", lang)
    top = heading(name, "", width)
    blocks = {
        key: Block(columns[key], lines_height(item) + 12, lines_height(item) + 12)
        for key, item in lines.items()
    }
    plan = arranged(blocks, edges, wide=wide, gap=gap, left=2, top=top.height)
    boxes, ids = list(top.boxes), {}
    for index, (key, data) in enumerate(graph.nodes(data=True)):
        shape, fill, border, dash = shape_of(data)
        ids[key] = f"n{index}-{safe_id(str(key))[:60]}"
        boxes.append(
            Box(ids[key], plan.lefts[columns[key]], plan.tops[key], wide, blocks[key].height, "card", shape, fill,
                border, 1.2, dash, lines[key], 5, tip=" ".join(line.text for line in lines[key]))
        )  # fmt: skip
    connectors = tuple(
        Connector(f"edge-{number}", ids[run.edge.tail], ids[run.edge.head], run.points, tip=run.edge.label)
        for number, run in enumerate(plan.runs)
    )
    boxes += labels(plan.runs, gap)
    desc = Words(lang).series(
        f"{lines[a][0].text if lines[a] else a} → {lines[b][0].text if lines[b] else b}"
        for a, b in graph.edges
    )
    return (Scene("graph", lang, said(name), desc, width, plan.low + 8, tuple(boxes), connectors),)


def _columns(graph: nx.DiGraph[Any]) -> dict[Any, int]:
    """Return the column of each node: after what leads to it, but for edges that lead back in a circle."""
    forward: nx.DiGraph[Any] = nx.DiGraph()
    forward.add_nodes_from(graph)
    open_: set[Any] = set()
    closed: set[Any] = set()
    for root in graph:
        way = [] if root in closed else [(root, iter(graph.adj[root]))]
        open_.update(key for key, _ in way)
        while way:
            key, after = way[-1]
            for other in after:
                if other in open_:
                    continue
                forward.add_edge(key, other)
                if other not in closed:
                    way.append((other, iter(graph.adj[other])))
                    open_.add(other)
                    break
            else:
                way.pop()
                open_.discard(key)
                closed.add(key)
    return ranks(forward)


def _lines(data: Mapping[str, Any], lang: str, key: Any) -> tuple[Line, ...]:
    text = text_in(data, lang) or str(data.get("label") or key)
    first, _, rest = text.partition("\n")
    lines = text_lines(first, 9, 170, bold=True, align="middle", balanced=True, most=6)
    for part in filter(None, rest.split("\n")[:6]):
        lines += text_lines(part, 7.5, 170, align="middle", balanced=True)
    return lines


def _wide(lines: tuple[Line, ...]) -> float:
    return max((width_of(line.text, line.size) for line in lines), default=10.0)


def _row(line: Line) -> str:
    text = label_text(line.text.strip())
    text = f"<B>{text}</B>" if line.bold else text
    return f'<FONT POINT-SIZE="{line.size:g}">{text}</FONT>'
