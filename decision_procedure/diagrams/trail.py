"""The trail: a part for each finding, columns by kind, evidence hung under what it proves, sheets that fit the page.

Nodes carry `kind` and `zh` and `en` labels; the first line of a label is set bold. Edges may carry `zh` and `en`, and
`findings`, the findings they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import networkx as nx

from decision_procedure.diagrams.columns import TRACKS, Arrow, ArrowRun, Block, arranged
from decision_procedure.diagrams.halving import fitting
from decision_procedure.diagrams.metrics import clean, line_height, width_of
from decision_procedure.diagrams.palette import HEAD, INK, MUTED, PAPER, RULE, look
from decision_procedure.diagrams.parts import (
    COLUMNS,
    TrailCard,
    TrailPart,
    as_problems,
    cut,
    said_face,
    text_of,
)
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Connector,
    Line,
    PageSize,
    Scene,
    evened,
    heading,
    lines_height,
    moved,
    note,
    numbered,
    safe_id,
    said,
    text_lines,
)
from decision_procedure.diagrams.summary import summary_bands
from decision_procedure.wording import Words, say

_HUNG = 8.0
_SEPARATE = 1
_LISTED = 10
_SHARE = 0.25  # the part of a channel for tracks: a part has few
_MOST = 300.0
_HEADS = 34.0


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


class _Frame(NamedTuple):
    """The columns of a drawing: their kinds by number, the width of each, and of the channels between."""

    columns: tuple[int, ...]
    wide: float
    gap: float

    def left(self, column: int) -> float:
        """Return the left edge of a column."""
        return 2 + self.columns.index(column) * (self.wide + self.gap)


class _Drawn(NamedTuple):
    """A part that is drawn; y counts from its own upper edge."""

    height: float
    boxes: tuple[Box, ...]
    connectors: tuple[Connector, ...]


def trail_scenes(
    graph: nx.DiGraph[Any], *, title: str = "", lang: str = "zh", page: str = "landscape"
) -> tuple[Scene, ...]:
    """Return the sheets of a trail, divided between findings, and within one where it is higher than a sheet."""
    sheet = SHEETS[page]
    name = f"{clean(title)}　{say('diagram.trail', lang)}" if title else say("diagram.trail", lang)
    if not graph:
        top = heading(name, "", sheet.width)
        empty = note("note", say("diagram.empty_trail", lang), sheet.width)
        boxes = (*top.boxes, *moved(empty.boxes, 0, top.height))
        height = top.height + empty.height
        return (
            Scene("trail", lang, said(name), say("diagram.empty_trail", lang), sheet.width, height, boxes),
        )
    graph = as_problems(graph)
    found = cut(graph, title, lang)
    frame = _frame(found.parts, sheet)
    shown = any(card.kind == "finding" for part in found.parts for card in part.cards.values())
    why = "diagram.untraced_yet" if found.summed else "diagram.empty_trail"
    nothing = "" if shown else "".join(say(name, lang) for name in (why, "text.stop", "text.gap"))
    key = (
        nothing
        + say("diagram.trail_key", lang)
        + (f" {say('diagram.backward', lang, count=found.backward)}" if found.backward else "")
    )
    top = heading(name, key, sheet.width)
    room = None if sheet.height is None else sheet.height - top.height - _HEADS - 4
    drawn = [
        _drawn(part, frame, lang)
        for whole in found.parts
        for part in fitting(whole, lambda part: _drawn(part, frame, lang).height, room, lang)
    ]
    texts = list(summary_bands(graph, found.summed, sheet.width, lang))
    again = heading(name, "", sheet.width, small=True)
    heads = _heads(found.parts, frame, lang)
    sheets = evened(lambda most: _sheets((top, again), drawn, texts, heads, sheet.width, most), sheet.height)
    told = _description(graph, lang)
    pages = numbered([(boxes, height) for boxes, _, height in sheets], sheet.width)
    return tuple(
        Scene("trail", lang, said(name), told, sheet.width, height, boxes, connectors)
        for (boxes, height), (_, connectors, _) in zip(pages, sheets, strict=True)
    )


def shape_of(data: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Return shape, fill, border and dash of a node: of its kind, of a finding by what it came to."""
    kind = str(data.get("kind", ""))
    style = _style(kind, said_face(data) if kind == "finding" else "")
    return style.shape, style.fill, style.border, style.dash


def label_room(gap: float, share: float) -> float:
    """Return the width that a label beside a card may have."""
    return gap * (1 - share) - 12


def labels(runs: Sequence[ArrowRun], gap: float, share: float = TRACKS) -> list[Box]:
    """Return each label once where edges of one label enter one head; one wider than its room is left to the tip."""
    found: dict[tuple[float, float], Box] = {}
    for run in runs:
        if run.label_at is not None and run.label_at not in found:
            x, y = run.label_at
            wide, high = width_of(run.edge.label, 7), line_height(7)
            if wide > label_room(gap, share):
                continue
            lines = (Line(run.edge.label, 7, align="right"),)
            found[run.label_at] = Box(
                f"label-{len(found)}", x - wide, y - high, wide, high, "text", "none", lines=lines, pad=0
            )
    return list(found.values())


def _frame(parts: Sequence[TrailPart], sheet: PageSize) -> _Frame:
    columns = tuple(sorted({card.column for part in parts for card in part.cards.values()})) or (0,)
    gap = 54.0 if sheet.width > 600 else 26.0
    wide = float(int((sheet.width - 4 - gap * (len(columns) - 1)) / len(columns)))
    return _Frame(columns, min(wide, 190.0), gap)


def _heads(parts: Sequence[TrailPart], frame: _Frame, lang: str) -> tuple[Box, ...]:
    """Return the heads of the columns, with the kinds of their cards."""
    present = {card.kind for part in parts for card in part.cards.values()}
    boxes = []
    for column in frame.columns:
        kinds = [kind for kind in COLUMNS[column] if kind in present]
        text = Words(lang).listed(say(f"diagram.{kind}", lang) for kind in kinds or ["other"])
        lines = text_lines(text, 8, frame.wide - 4, bold=True, align="middle", most=2, balanced=True)
        boxes.append(
            Box(f"head-{column}", frame.left(column), 0, frame.wide, 26, "head", "box", HEAD, RULE, 0.8, lines=lines,
                pad=1)
        )  # fmt: skip
    return tuple(boxes)


def _drawn(part: TrailPart, frame: _Frame, lang: str) -> _Drawn:
    """Return a part with its cards in their columns and its edges in the channels between."""
    edges, noted = _labelled(part, frame)
    cards = {key: _lines(card, noted.get(key, ()), frame.wide) for key, card in part.cards.items()}
    hung = {key: _hung(card, frame.wide, lang) for key, card in part.cards.items()}
    blocks = {
        key: Block(
            frame.columns.index(part.cards[key].column),
            _height(lines) + sum(_HUNG + _height(more) for _, more in hung[key]),
            _height(lines),
        )
        for key, lines in cards.items()
    }
    plan = arranged(blocks, edges, wide=frame.wide, gap=frame.gap, left=2, top=0, share=_SHARE)
    boxes: list[Box] = []
    connectors: list[Connector] = []
    ids: dict[Any, str] = {}
    for key, lines in cards.items():
        x, y = frame.left(part.cards[key].column), plan.tops[key]
        name = ids[key] = f"{part.name}-{len(ids)}-{safe_id(str(key))[:60]}"
        boxes += _boxes(name, part.cards[key], lines, x, y, frame.wide)
        above, low = name, y + _height(lines)
        for number, (kind, more) in enumerate(hung[key]):
            below = f"{name}-under-{number}"
            boxes += _boxes(below, TrailCard("", kind, ""), more, x, low + _HUNG, frame.wide)
            middle = x + frame.wide / 2
            connectors.append(
                Connector(f"{below}-line", above, below, ((middle, low), (middle, low + _HUNG)), "dotted", "#6B5200",
                          1.4, arrow=False)
            )  # fmt: skip
            above, low = below, low + _HUNG + _height(more)
    connectors += [
        Connector(
            f"{part.name}-edge-{number}",
            ids[run.edge.tail],
            ids[run.edge.head],
            run.points,
            tip=run.edge.label,
        )
        for number, run in enumerate(plan.runs)
    ]
    boxes += [box._replace(id=f"{part.name}-{box.id}") for box in labels(plan.runs, frame.gap, _SHARE)]
    low = min((y for item in connectors for _, y in item.points), default=0.0)
    down = max(0.0, 10 - low)
    high = max(plan.low, *(y for item in connectors for _, y in item.points)) if connectors else plan.low
    return _Drawn(
        down + high + 2,
        tuple(moved(boxes, 0, down)),
        tuple(item._replace(points=tuple((x, y + down) for x, y in item.points)) for item in connectors),
    )


def _labelled(part: TrailPart, frame: _Frame) -> tuple[list[Arrow], dict[Any, list[str]]]:
    """Return the edges with the labels that the channels have room for; the others are told on the head."""
    room = label_room(frame.gap, _SHARE)
    edges: list[Arrow] = []
    noted: dict[Any, list[str]] = {}
    for edge in part.edges:
        if width_of(edge.label, 7) > room:
            if edge.label not in noted.setdefault(edge.head, []):
                noted[edge.head].append(edge.label)
            edge = edge._replace(label="")
        edges.append(edge)
    return edges, noted


def _lines(card: TrailCard, noted: Iterable[str], wide: float) -> tuple[Line, ...]:
    """Return the text of a card; what would make it too high gives way to an ellipsis."""
    large, small = (8.5, 7.5) if wide >= 95 else (7.5, 7.0)
    most = 12 if card.kind == "gap" else 8
    lines = text_lines(card.title, large, wide - 10, bold=True, align="middle", balanced=True, most=most)
    texts = [*((text, False) for text in (*noted, *card.lines)), *((text, True) for text in card.bold)]
    for text, bold in texts:
        ink = INK if bold else look(card.face).ink if card.face else MUTED
        more = text_lines(text, small, wide - 10, ink=ink, bold=bold, align="middle", balanced=True, most=9)
        if lines_height((*lines, *more)) > _MOST:
            return (*lines, Line("…", small, align="middle"))
        lines += more
    return lines


def _hung(card: TrailCard, wide: float, lang: str) -> list[tuple[str, tuple[Line, ...]]]:
    """Return what hangs under a card: each by itself, or many documents as lists of ten."""
    documents = [item for item in card.hung if item.kind == "document"]
    if len(documents) <= _SEPARATE:
        return [(item.kind, _lines(item, (), wide)) for item in card.hung]
    found = [(item.kind, _lines(item, (), wide)) for item in card.hung if item.kind != "document"]
    for start in range(0, len(documents), _LISTED):
        chunk = documents[start : start + _LISTED]
        word = _counted(card, len(documents), lang) if start == 0 else say("diagram.continued", lang)
        lines = text_lines(word, 8, wide - 10, bold=True, align="middle")
        for item in chunk:
            lines += text_lines(f"{item.title} {' '.join(item.lines)}", 7.5, wide - 10, most=3)
        found.append(("document", lines))
    return found


def _counted(card: TrailCard, number: int, lang: str) -> str:
    """Return how many documents are listed; which of how many, where the others stand on other sheets."""
    if card.documents <= number:
        return say("diagram.documents", lang, count=number)
    first, last = card.before + 1, card.before + number
    return say("diagram.documents_part", lang, first=first, last=last, count=card.documents)


def _height(lines: Sequence[Line]) -> float:
    return lines_height(lines) + 12


def _style(kind: str, face: str) -> _Style:
    """Return the style of a kind of node, of a finding that of what it came to."""
    if not face:
        return _STYLES.get(kind, _OTHER)
    found = look(face)
    return _Style("box", found.fill, found.border, 1.2 if face == "violated" else found.pen, found.dash)


def _boxes(name: str, card: TrailCard, lines: tuple[Line, ...], x: float, y: float, wide: float) -> list[Box]:
    """Return the box of a card; what is violated, and what nothing is said of, has a double border."""
    kind, style = card.kind, _style(card.kind, card.face)
    tip = card.tip or " ".join(line.text for line in lines)
    box = Box(
        name, x, y, wide, _height(lines), "card", style.shape, style.fill, style.border, style.pen, style.dash, lines, 4,
        tip=tip, css=f"node {safe_id(kind)} {card.face}".rstrip(),
    )  # fmt: skip
    if kind != "finding" or card.face not in ("", "violated"):
        return [box]
    outer = box._replace(id=f"{name}-frame", role="frame", lines=(), tip="")
    return [outer, box._replace(x=x + 3, y=y + 3, w=wide - 6, h=box.h - 6, pad=1)]


def _sheets(
    tops: tuple[Band, Band],
    drawn: Sequence[_Drawn],
    texts: Sequence[Band],
    heads: tuple[Box, ...],
    width: float,
    most: float | None,
) -> list[tuple[tuple[Box, ...], tuple[Connector, ...], float]]:
    """Put the parts, then the texts, under each other on as many sheets as they need."""
    found: list[tuple[list[Box], list[Connector], float]] = []
    for number, item in enumerate([*drawn, *(_Drawn(band.height, band.boxes, ()) for band in texts)]):
        part = number < len(drawn)
        y = found[-1][2] + (11 if part or number == len(drawn) else 0) if found else 0.0
        if not found or (most is not None and y + item.height > most):
            top = tops[bool(found)]
            boxes, y = list(top.boxes), top.height
            over = None if part else texts[number - len(drawn)].over
            if part:
                boxes += moved(heads, 0, y)
                y += _HEADS
            elif over is not None:
                boxes += moved(over.boxes, 0, y)
                y += over.height
            found.append((boxes, [], y))
        elif part:
            found[-1][0].append(Box(f"rule-{number}", 1, y - 5.5, width - 2, 0.8, "rule", "box", RULE))
        boxes, connectors, _ = found[-1]
        boxes += moved(item.boxes, 0, y)
        connectors += [
            line._replace(points=tuple((x, at + y) for x, at in line.points)) for line in item.connectors
        ]
        found[-1] = (boxes, connectors, y + item.height)
    return [(tuple(boxes), tuple(connectors), height) for boxes, connectors, height in found]


def _description(graph: nx.DiGraph[Any], lang: str) -> str:
    """Say in words what leads to what, as far as a description may be long."""
    return Words(lang).series(
        f"{text_of(graph, a, lang)[:60]} → {text_of(graph, b, lang)[:60]}" for a, b in list(graph.edges)[:200]
    )
