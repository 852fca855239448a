"""The trail: columns by kind, evidence hung under what it proves, edges only where no card stands.

Nodes carry `kind` and `zh` and `en` labels; the first line of a label is set bold. Edges may carry `zh` and `en`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import networkx as nx

from decision_procedure.diagrams.columns import TRACKS, Block, Edge, Run, arranged
from decision_procedure.diagrams.metrics import clean, line_height, width_of
from decision_procedure.diagrams.palette import HEAD, INK, MUTED, PAPER, RULE
from decision_procedure.diagrams.scene import (
    SHEETS,
    Box,
    Connector,
    Line,
    Scene,
    heading,
    lines_height,
    moved,
    note,
    safe_id,
    said,
    text_lines,
)
from decision_procedure.diagrams.words import say

KINDS = (
    "outcome", "instrument", "article", "duty", "finding", "act", "absence", "document", "unit", "person", "gap",
)  # fmt: skip
_COLUMNS = (("outcome", "instrument", "article"), ("duty",), ("finding",), ("act", "absence", "document"), ("unit",),
            ("person", "gap"))  # fmt: skip
_HUNG = 8.0
_SEPARATE = 3


class _Style(NamedTuple):
    shape: str
    fill: str
    border: str
    pen: float
    dash: str


_STYLES = {
    "outcome": _Style("box", "#F2F2F2", INK, 2.4, "solid"),
    "instrument": _Style("box", "#E4EEF8", "#0B5A94", 1.0, "solid"),
    "article": _Style("box", "#E4EEF8", "#0B5A94", 1.0, "solid"),
    "duty": _Style("box", "#E4EEF8", "#0B5A94", 1.6, "solid"),
    "finding": _Style("box", "#FBE3DC", "#A83200", 1.2, "solid"),
    "act": _Style("rounded", PAPER, INK, 1.2, "solid"),
    "absence": _Style("rounded", PAPER, INK, 1.4, "dashed"),
    "document": _Style("box", "#FFFDF3", "#6B5200", 1.0, "solid"),
    "unit": _Style("box", "#F2F2F2", INK, 1.4, "solid"),
    "person": _Style("rounded", PAPER, INK, 2.0, "solid"),
    "gap": _Style("rounded", PAPER, INK, 1.6, "dashed"),
}
_OTHER = _Style("box", PAPER, MUTED, 1.0, "solid")


class _Card(NamedTuple):
    """A node, or several documents in one box, with what it hangs under (None: it stands by itself)."""

    key: Any
    kind: str
    lines: tuple[Line, ...]
    under: Any = None

    @property
    def height(self) -> float:
        return lines_height(self.lines) + 12


def trail_scenes(
    graph: nx.DiGraph[Any], *, title: str = "", lang: str = "zh", page: str = "landscape"
) -> tuple[Scene, ...]:
    """Return the one sheet of a trail; it is as high as it must be, since a trail is not divided."""
    width = SHEETS[page].width
    name = f"{clean(title)}　{say('trail', lang)}" if title else say("trail", lang)
    if not graph:
        top = heading(name, "", width)
        empty = note("note", say("empty_trail", lang), width)
        shown = (*top.boxes, *moved(empty.boxes, 0, top.height))
        return (
            Scene(
                "trail", lang, said(name), say("empty_trail", lang), width, top.height + empty.height, shown
            ),
        )
    owners = {key: _owner(graph, key) for key in graph}
    columns = sorted({_column(_kind(graph, key)) for key, owner in owners.items() if owner is None})
    edges = _edges(graph, owners, lang)
    gap = _gap(edges, width, len(columns))
    if page == "screen":
        crowd = max(Counter(_column(_kind(graph, edge.head)) for edge in edges).values(), default=0)
        gap = max(gap, min(220.0, crowd * 9.0))
        width = max(width, 110 * len(columns) + gap * (len(columns) - 0.5) + 4)
    wide = float(int((width - 4 - gap * (len(columns) - 1) - gap / 2) / len(columns)))
    top = heading(name, "", width)
    cards = _cards(graph, owners, wide, lang)
    hung: dict[Any, list[_Card]] = {}
    for card in cards:
        if card.under is not None:
            hung.setdefault(card.under, []).append(card)
    blocks = {
        card.key: Block(
            columns.index(_column(card.kind)),
            card.height + sum(_HUNG + other.height for other in hung.get(card.key, ())),
            card.height,
        )
        for card in cards
        if card.under is None
    }
    share = 0.55 if gap <= 24 else TRACKS
    plan = arranged(blocks, edges, wide=wide, gap=gap, left=2, top=top.height + 34, share=share)
    boxes: list[Box] = [*top.boxes, *_heads(graph, owners, columns, plan.lefts, wide, top.height + 2, lang)]
    ids: dict[Any, str] = {}
    connectors: list[Connector] = []
    for card in cards:
        if card.under is None:
            place = (plan.lefts[blocks[card.key].column], plan.tops[card.key])
            boxes += _drawn(card, *place, wide, ids)
            connectors += _hang(card, hung.get(card.key, ()), *place, wide, boxes, ids)
    for number, run in enumerate(plan.runs):
        text = run.edge.label
        connectors.append(
            Connector(f"edge-{number}", ids[run.edge.tail], ids[run.edge.head], run.points, tip=text)
        )
    boxes += labels(plan.runs, gap)
    foot = note("note", say("trail_key", lang), width)
    boxes += moved(foot.boxes, 0, plan.low + 8)
    desc = "; ".join(f"{_text(graph, a, lang)[:60]} → {_text(graph, b, lang)[:60]}" for a, b in graph.edges)
    height = plan.low + 8 + foot.height
    return (Scene("trail", lang, said(name), desc, width, height, tuple(boxes), tuple(connectors)),)


def shape_of(kind: str) -> tuple[str, str, str, str]:
    """Return shape, fill, border and dash of a kind of node."""
    style = _STYLES.get(kind, _OTHER)
    return style.shape, style.fill, style.border, style.dash


def labels(runs: Sequence[Run], gap: float) -> list[Box]:
    """Return each label once where edges of one label enter one head; one wider than its room is left to the tip."""
    found: dict[tuple[float, float], Box] = {}
    for run in runs:
        if run.label_at is not None and run.label_at not in found:
            x, y = run.label_at
            wide, high = width_of(run.edge.label, 7), line_height(7)
            if wide > gap * (1 - TRACKS) - 12:
                continue
            lines = (Line(run.edge.label, 7, align="right"),)
            found[run.label_at] = Box(
                f"label-{len(found)}", x - wide, y - high, wide, high, "text", "none", lines=lines, pad=0
            )
    return list(found.values())


def _kind(graph: nx.DiGraph[Any], key: Any) -> str:
    return str(graph.nodes[key].get("kind", "other"))


def _column(kind: str) -> int:
    return next((index for index, kinds in enumerate(_COLUMNS) if kind in kinds), 3)


def _text(graph: nx.DiGraph[Any], key: Any, lang: str) -> str:
    data = graph.nodes[key]
    return str(data.get(lang) or data.get("zh") or data.get("en") or key)


def _owner(graph: nx.DiGraph[Any], key: Any) -> Any:
    """Return what a document is evidence of: its first neighbour that is no document; None for other kinds."""
    if _kind(graph, key) != "document":
        return None
    around = [*graph.predecessors(key), *graph.successors(key)]
    return next((other for other in around if _kind(graph, other) != "document"), None)


def _edges(graph: nx.DiGraph[Any], owners: Mapping[Any, Any], lang: str) -> list[Edge]:
    """Return the edges to draw: not those that only hang a document under what it proves."""
    found = []
    for a, b, data in graph.edges(data=True):
        if owners[a] == b or owners[b] == a:
            continue
        tail, head = (key if owners[key] is None else owners[key] for key in (a, b))
        found.append(Edge(tail, head, clean(str(data.get(lang) or data.get("zh") or ""))[:24]))
    return found


def _gap(edges: Sequence[Edge], width: float, columns: int) -> float:
    """Return the width of a channel: with room for labels, or narrow where cards would become too small."""
    label = max((width_of(edge.label, 7) for edge in edges), default=0.0)
    wanted = max(24.0, (label + 13) / (1 - TRACKS))
    return wanted if wanted <= width / max(4, columns) * 0.45 else 24.0


def _cards(graph: nx.DiGraph[Any], owners: Mapping[Any, Any], wide: float, lang: str) -> list[_Card]:
    proofs: dict[Any, list[Any]] = {}
    for key, owner in owners.items():
        if owner is not None:
            proofs.setdefault(owner, []).append(key)
    cards = [
        _Card(key, _kind(graph, key), _lines(_text(graph, key, lang), wide))
        for key in graph
        if owners[key] is None
    ]
    for owner, keys in proofs.items():
        if len(keys) <= _SEPARATE:
            cards += [_Card(key, "document", _lines(_text(graph, key, lang), wide), owner) for key in keys]
            continue
        lines = text_lines(f"{say('document', lang)} {len(keys)}", 8, wide - 10, bold=True, align="middle")
        for key in keys:
            lines += text_lines(_text(graph, key, lang).replace("\n", " "), 7.5, wide - 10, most=3)
        cards.append(_Card(("documents", owner), "document", lines, owner))
    return cards


def _lines(text: str, wide: float) -> tuple[Line, ...]:
    first, _, rest = text.partition("\n")
    large, small = (8.5, 7.5) if wide >= 80 else (7.5, 7)
    lines = text_lines(first, large, wide - 10, bold=True, align="middle", balanced=True, most=12)
    for part in filter(None, rest.split("\n")[:6]):
        lines += text_lines(part, small, wide - 10, ink=MUTED, align="middle", balanced=True, most=8)
    return lines


def _heads(
    graph: nx.DiGraph[Any], owners: Mapping[Any, Any], columns: Sequence[int], lefts: Sequence[float], wide: float,
    y: float, lang: str,
) -> list[Box]:  # fmt: skip
    present = {_kind(graph, key) for key, owner in owners.items() if owner is None}
    boxes = []
    for at, column in enumerate(columns):
        kinds = [kind for kind in _COLUMNS[column] if kind in present] or ["other"]
        text = ("、" if lang == "zh" else ", ").join(say(kind, lang) for kind in kinds)
        lines = text_lines(text, 8, wide - 4, bold=True, align="middle", most=2, balanced=True)
        boxes.append(
            Box(f"head-{column}", lefts[at], y, wide, 26, "head", "box", HEAD, RULE, 0.8, lines=lines, pad=1)
        )
    return boxes


def _drawn(card: _Card, x: float, y: float, wide: float, ids: dict[Any, str]) -> list[Box]:
    style = _STYLES.get(card.kind, _OTHER)
    name = ids[card.key] = f"node-{len(ids)}-{safe_id(str(card.key))[:60]}"
    tip = " ".join(line.text for line in card.lines)
    box = Box(
        name, x, y, wide, card.height, "card", style.shape, style.fill, style.border, style.pen, style.dash,
        card.lines, 4, tip=tip, css=f"node {safe_id(card.kind)}",
    )  # fmt: skip
    if card.kind != "finding":
        return [box]
    outer = box._replace(id=f"{name}-frame", role="frame", lines=(), tip="")
    return [outer, box._replace(x=x + 3, y=y + 3, w=wide - 6, h=card.height - 6, pad=1)]


def _hang(
    card: _Card,
    proofs: Sequence[_Card],
    x: float,
    y: float,
    wide: float,
    boxes: list[Box],
    ids: dict[Any, str],
) -> list[Connector]:
    """Put documents under their card, each joined to what is above it by a dotted line."""
    found, above, low = [], ids[card.key], y + card.height
    for number, proof in enumerate(proofs):
        boxes += _drawn(proof, x, low + _HUNG, wide, ids)
        middle = x + wide / 2
        found.append(
            Connector(f"{ids[card.key]}-proof-{number}", above, ids[proof.key], ((middle, low), (middle, low + _HUNG)),
                      "dotted", "#6B5200", 1.4, arrow=False)
        )  # fmt: skip
        above, low = ids[proof.key], low + _HUNG + proof.height
    return found
