"""The procedure in brief on one sheet: lanes side by side or, on a sheet wider than high, under each other.

What has no room gives way in order: the size of texts, further numbers of a step, all numbers, articles, conditions, all
problems of a box but the first, and at last their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from decision_procedure.checking.governing import Governing
from decision_procedure.diagrams.brief import Brief, BriefBox, brief_of
from decision_procedure.diagrams.brief_cards import PAD, SMALL_BADGE, BriefCard, BriefCards, Found, Size
from decision_procedure.diagrams.changes import Drawing, drawing, title_of
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.palette import HEAD, INK, LANE, PAPER, RULE
from decision_procedure.diagrams.phases import badge
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Connector,
    Line,
    PageSize,
    Scene,
    heading,
    lines_height,
    moved,
    note,
    said,
    text_box,
    text_lines,
)
from decision_procedure.diagrams.swimlanes import (
    Grid,
    LanePlace,
    Link,
    column_width,
    connect,
    grid,
    gutters,
    places,
    tracks,
)
from decision_procedure.diagrams.wrong import Wrongs
from decision_procedure.graph import Procedure
from decision_procedure.model.vocabulary import LABELS, label
from decision_procedure.reporting.steps import drawn_states
from decision_procedure.results.report import Report
from decision_procedure.results.severity import FACES
from decision_procedure.wording import Words, is_chinese, say

_SIZES = {"slide": (Size(10.5, 9), Size(9, 8), Size(8, 7))}
_PAPER = (Size(9, 8), Size(8, 7.5), Size(7.5, 7), Size(7, 7))
_HEADS = {
    True: 58.0,
    False: 68.0,
}  # width of the names of lanes that run from left to right, in Chinese or not
_LONG = 70.0  # the height of a title of more than two lines
_HIGH = 420.0  # of the lanes on a sheet without a height
_LAW = 4  # up to which detail nothing is left out but what the law says
_ON_SIDE = ("landscape", "slide")


class _Laid(NamedTuple):
    """Cards and lines in place, counted from the corner of the lanes; `high` is the height of all."""

    cards: dict[str, BriefCard]
    spread: Grid
    connectors: tuple[Connector, ...]
    high: float


def brief_scene(
    law: Governing,
    report: Report | None = None,
    procedure: Procedure | None = None,
    *,
    lang: str = "zh",
    page: str = "portrait",
) -> Scene:
    """Return the one sheet of a procedure in brief; of a report, with what was found at each box."""
    draw, sheet = drawing(law, None), SHEETS[page]
    found = None
    if report is not None and procedure is not None:
        states = drawn_states(report, procedure)
        found = Found(states, Wrongs(report, lang))
    title = law.name(lang) if report is None else report.title
    told = _subtitle(law, report, lang)
    top = _top(f"{title_of(law, lang)}　{title}" if report is None else title, told, sheet.width)
    if not draw.steps:
        text = say("diagram.no_law", lang)
        empty = heading(title_of(law, lang), text, sheet.width)
        return Scene("brief", lang, said(title), text, sheet.width, empty.height, empty.boxes)
    taken = () if found is None else [name for name, state in found.states.items() if state.recorded]
    return _Sheet(draw, brief_of(draw, taken), BriefCards(draw, found, lang), sheet, page, lang).scene(
        top, said(title), found
    )


def _top(title: str, subtitle: str, width: float) -> Band:
    """Return the title; a long one in small letters, to leave room for the drawing."""
    usual = heading(title, subtitle, width)
    return usual if usual.height < _LONG else heading(title, subtitle, width, size=9)


def _subtitle(law: Governing, report: Report | None, lang: str) -> str:
    if report is None:
        return say("diagram.brief", lang)
    counts = [
        say("diagram.counted", lang, face=label("face", face, lang), count=count)
        for face, count in report.counts.items()
        if count and face in FACES[:3]
    ]
    parts = [
        say("diagram.brief", lang),
        f"{say('diagram.as_of', lang)} {report.as_of}",
        Words(lang).listed(counts),
    ]
    return "　".join(filter(None, parts))


class _Sheet(NamedTuple):
    draw: Drawing
    brief: Brief
    cards: BriefCards
    sheet: PageSize
    page: str
    lang: str

    def scene(self, top: Band, title: str, found: Found | None) -> Scene:
        """Return the sheet, with as much on the cards as it has room for."""
        under = self._under(found)
        heads = self._heads()
        room = None if self.sheet.height is None else self.sheet.height - top.height - under.height - 6
        laid = self._fitted(None if room is None else room - (0 if self._on_side else heads))
        x, y = (self._head, top.height) if self._on_side else (0.0, top.height + heads)
        high = laid.high + (0 if self._on_side else heads)
        boxes = [*top.boxes, *moved(self._lanes(laid, high, heads), 0, top.height)]
        for box in self.brief.boxes:
            boxes += moved(self._card(box, laid), x, y)
        low = top.height + high + 3
        boxes += moved(under.boxes, 0, low)
        lines = tuple(
            item._replace(points=tuple((a + x, b + y) for a, b in item.points)) for item in laid.connectors
        )
        told = Words(self.lang).series(f"{box.number} {self.cards.tip(box)}" for box in self.brief.boxes)
        return Scene(
            "brief", self.lang, title, told, self.sheet.width, low + under.height, tuple(boxes), lines
        )

    @property
    def _head(self) -> float:
        return _HEADS[is_chinese(self.lang)]

    @property
    def _on_side(self) -> bool:
        return self.page in _ON_SIDE

    def _fitted(self, room: float | None) -> _Laid:
        """Return the drawing with the largest texts that fit a height; cards that are too high say less, at last the least."""
        *larger, smallest = _SIZES.get(self.page, _PAPER)
        for size in (*larger, smallest):
            laid = self._laid(room, size, _LAW)
            whole = size == smallest or all(card.whole for card in laid.cards.values())
            if whole and (room is None or laid.high <= room + 0.01):
                return laid
        return self._laid(room, smallest, self.cards.least)

    def _laid(self, room: float | None, size: Size, most: int) -> _Laid:
        """Return the drawing upright, or laid out upright and then turned: rows of the grid run from left to right."""
        lanes = list(self.brief.lanes)
        where, links = self._placed(lanes)
        needed, count = tracks(links, where), len(lanes)
        across = (room or _HIGH) if self._on_side else self.sheet.width
        bare = grid(where, dict.fromkeys(where, 0.0), count, 1, across - 1, needed, ()).height
        if self._on_side:
            wide = float(int((self.sheet.width - self._head - 2 - bare) / _rows(where)))
            used = 2 + gutters(needed, count)
            strips = {name: place.column for name, place in where.items()}
        else:
            wide = column_width(count, 1, across - 1, needed)
            used, strips = bare, {name: place.row for name, place in where.items()}
        cards = self._sized(strips, wide, size, most, None if room is None else room - used)
        highs = _strips(cards, strips)
        spare = 0.0 if room is None else room - used - sum(highs.values())
        if not self._on_side:
            heights = {name: _height(card) for name, card in cards.items()}
            spread = grid(where, heights, count, 1, across - 1, needed, ())
            return _Laid(
                cards, spread, _styled(connect(links, where, spread, needed), self.brief), spread.height
            )
        lanes_high = [highs[lane] + max(0.0, spare) / count for lane in range(count)]
        spread = grid(where, dict.fromkeys(where, wide), count, 1, across - 1, needed, (), lanes_high)
        lines = tuple(
            item._replace(points=tuple((y, x) for x, y in item.points))
            for item in _styled(connect(links, where, spread, needed), self.brief)
        )
        turned = spread._replace(cards={name: (y, x, h, w) for name, (x, y, w, h) in spread.cards.items()})
        return _Laid(cards, turned, lines, used + sum(lanes_high))

    def _sized(
        self, strips: Mapping[str, int], wide: float, size: Size, most: int, room: float | None
    ) -> dict[str, BriefCard]:
        """Return the cards, of which the highest say less and less, to `most`, until their strips fit a height."""
        detail = {box.name: 0 for box in self.brief.boxes}
        cards = {box.name: self.cards.card(box, wide, size, 0) for box in self.brief.boxes}
        boxes = {box.name: box for box in self.brief.boxes}
        while room is not None and sum(_strips(cards, strips).values()) > room:
            highs = _strips(cards, strips)
            tallest = [
                name for name, card in cards.items()
                if detail[name] < most and _height(card) == highs[strips[name]]
            ]  # fmt: skip
            if not tallest:
                break
            name = min(tallest, key=lambda name: (detail[name], -_height(cards[name])))
            detail[name] += 1
            cards[name] = self.cards.card(boxes[name], wide, size, detail[name])
        return cards

    def _placed(self, lanes: Sequence[str]) -> tuple[dict[str, LanePlace], list[Link]]:
        lane_of = {box.name: lanes.index(box.lane) for box in self.brief.boxes}
        rank = {box.name: box.rank for box in self.brief.boxes}
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(rank)
        where, _ = places(graph, rank, lane_of, [1] * len(lanes), ())
        return where, [Link(one, two, strength, "") for (one, two), strength in self.brief.orders.items()]

    def _card(self, box: BriefBox, laid: _Laid) -> Iterator[Box]:
        card, (x, y, w, h) = laid.cards[box.name], laid.spread.cards[box.name]
        style = card.style
        plain = card.verdict is None
        pen = (1.8 if card.need == "mandatory" else 1.1) if plain else style.pen
        dash = ("solid" if card.need == "mandatory" else "dashed") if plain else style.dash
        yield Box(
            f"box-{box.name}", x, y, w, h, "card", "rounded", style.fill, INK if plain else style.border, pen, dash,
            card.lines, PAD, 4, self.cards.tip(box), card.href, f"step {card.verdict or card.need}",
        )  # fmt: skip
        yield from badge(
            f"badge-{box.name}", card.verdict, x + w - SMALL_BADGE - 4, y + 1, self.lang, SMALL_BADGE
        )

    def _heads(self) -> float:
        return max(lines_height(lines) for lines in self._names()) + 10

    def _names(self) -> list[tuple[Line, ...]]:
        count = len(self.brief.lanes)
        wide = self._head - 8 if self._on_side else (self.sheet.width - 2) / count - 8
        size = 10 if self.page == "slide" and is_chinese(self.lang) else 8.5
        return [
            text_lines(Words(self.lang).listed(map(self._who, names)), size, wide, bold=True, align="middle", balanced=True)
            for names in self.brief.lanes.values()
        ]  # fmt: skip

    def _who(self, name: str) -> str:
        known = name in LABELS["involved"]
        return label("involved", name, self.lang) if known else self.draw.bearer_name(name, self.lang)

    def _lanes(self, laid: _Laid, high: float, heads: float) -> list[Box]:
        """Return a ground and a head for each lane."""
        boxes, names = [], self._names()
        count = len(names)
        edges = [1.0, *(column[0] - 4 for column in laid.spread.columns[1:])]
        ends = [*edges[1:], (high if self._on_side else self.sheet.width) - 1]
        for index, lane in enumerate(self.brief.lanes):
            start, length = edges[index], ends[index] - edges[index]
            fill = LANE if index % 2 == 0 else PAPER
            ground = (
                (1.0, start, self.sheet.width - 2, length) if self._on_side else (start, 0.0, length, high)
            )
            head = (1.0, start, self._head - 2, length) if self._on_side else (start, 0.0, length, heads)
            boxes.append(Box(f"lane-{lane}", *ground, "shade", "box", fill, RULE, 0.8))
            boxes.append(
                Box(f"head-{lane}", *head, "head", "box", HEAD, RULE, 0.8, lines=names[index], pad=2)
            )
        assert count == len(laid.spread.columns)  # noqa: S101
        return boxes

    def _under(self, found: Found | None) -> Band:
        """Return how to read it, the badges of a record with their words, and what is not drawn."""
        key = "brief_key" if found is None else "brief_state_key"
        text = say(f"diagram.{key}", self.lang)
        names = [self.draw.steps[name].law.step.name.text(self.lang) for name in self.brief.left_out]
        if names:
            gap = say("glossary.gap", self.lang)
            text += gap + say("diagram.brief_left_out", self.lang, names=Words(self.lang).listed(names))
        words = note("note", text, self.sheet.width)
        shown = list(dict.fromkeys(filter(None, map(self.cards.verdict, self.brief.boxes))))
        faces = [face for face in FACES if face in shown]
        if not faces:
            return words
        boxes: list[Box] = []
        x = 2.0
        for face in faces:
            told = label("face", face, self.lang)
            wide = width_of(told, 8) + 2
            boxes += badge(f"legend-{face}", face, x, 2, self.lang, SMALL_BADGE)
            boxes.append(text_box(f"legend-{face}-text", x + 17, 3, wide, [Line(told, 8)]))
            x += 17 + wide + 12
        return Band(18 + words.height, (*boxes, *moved(words.boxes, 0, 18)))


def _rows(where: Mapping[str, LanePlace]) -> int:
    return 1 + max(place.row for place in where.values())


def _strips(cards: Mapping[str, BriefCard], strips: Mapping[str, int]) -> dict[int, float]:
    """Return the height of each strip of cards: that of its highest."""
    found: dict[int, float] = {}
    for name, card in cards.items():
        found[strips[name]] = max(found.get(strips[name], 0.0), _height(card))
    return found


def _height(card: BriefCard) -> float:
    return max(lines_height(card.lines) + 9, SMALL_BADGE + 8)


def _styled(items: Sequence[tuple[int, Connector]], brief: Brief) -> tuple[Connector, ...]:
    strengths = list(brief.orders.values())
    return tuple(
        item._replace(
            dash="solid" if strengths[number] == "stated" else "dashed",
            tail=item.tail.replace("step-", "box-", 1),
            head=item.head.replace("step-", "box-", 1),
        )
        for number, item in items
    )
