"""Where the parts of a procedure stand: columns of lanes, rows, frames, cards and the lines between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import networkx as nx

from decision_procedure.diagrams.cards import Card, card_of
from decision_procedure.diagrams.changes import Drawing, DrawnOrder
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.palette import INK, MUTED
from decision_procedure.diagrams.scene import Connector, Line, PageSize, lines_height, text_lines
from decision_procedure.diagrams.swimlanes import (
    Grid,
    LaneFrame,
    LanePlace,
    Link,
    Tracks,
    column_width,
    connect,
    grid,
    gutters,
    levels,
    places,
    tracks,
    unordered,
)
from decision_procedure.law.articles import article_text
from decision_procedure.wording import Words, is_chinese, say

_LANES = ("DO", "CH", "MB", "CU", "HO", "XP", "RA", "LR", "EX", "EV")
_STAGES = {
    "initiation": 0, "drafting": 1, "participation": 1, "assessment": 1, "review": 2, "decision": 3, "execution": 4,
}  # fmt: skip
_LINES = {"added": 2.2, "removed": 1.0}
_PARTS = re.compile(r"\s|(?<=-)")
_ROOM = 18.0  # what a card on a screen is wider than it must be


class DrawnPlan(NamedTuple):
    """The drawing of a procedure before it is cut into sheets: `widths` are the columns of each lane."""

    width: float
    lanes: Sequence[str]
    widths: Sequence[int]
    heads: Sequence[tuple[Line, ...]]
    cards: dict[str, Card]
    grid: Grid
    connectors: tuple[Connector, ...]

    @property
    def band(self) -> float:
        """The height of the names over the lanes."""
        return max(lines_height(lines) for lines in self.heads) + 8


class _Layout(NamedTuple):
    widths: list[int]
    where: dict[str, LanePlace]
    frames: tuple[LaneFrame, ...]
    needed: Tracks


def planned(draw: Drawing, sheet: PageSize, lang: str) -> DrawnPlan:
    """Return the plan for a sheet; one without a height is as wide as all that stands side by side needs."""
    bearers = dict.fromkeys(item.law.step.bearer for item in draw.steps.values())
    lanes = [
        *(bearer for bearer in _LANES if bearer in bearers),
        *(bearer for bearer in bearers if bearer not in _LANES),
    ]
    lane_of = {name: lanes.index(item.law.step.bearer) for name, item in draw.steps.items()}
    links = [_link(edge, lang) for edge in draw.edges]
    width, layout = _laid_out(draw, lane_of, len(lanes), links, sheet, lang)
    columns = sum(layout.widths)
    wide = column_width(columns, 1, width - 1, layout.needed)
    cards = {name: card_of(name, draw, wide, lang) for name in draw.steps}
    heights = {name: card.height for name, card in cards.items()}
    spread = grid(layout.where, heights, columns, 1, width - 1, layout.needed, layout.frames)
    size = 8 if is_chinese(lang) else 7.5
    heads = [
        text_lines(
            draw.bearer_name(bearer, lang), size, wide * count, bold=True, align="middle", balanced=True
        )
        for bearer, count in zip(lanes, layout.widths, strict=True)
    ]
    connectors = tuple(
        _styled(item, draw.edges[number])
        for number, item in connect(links, layout.where, spread, layout.needed)
    )
    return DrawnPlan(width, lanes, layout.widths, heads, cards, spread, connectors)


def stages(draw: Drawing) -> dict[str, int]:
    """Return the stage of the procedure to which each step belongs.

    A phase that is none of a major decision belongs to the stage of the steps that it follows; where none of a
    procedure is, each is a stage of its own, in the order of the law.
    """
    phases = {name: item.law.step.phase for name, item in draw.steps.items()}
    if _STAGES.keys().isdisjoint(phases.values()):
        order = [*dict.fromkeys(phases.values())]
        return {name: order.index(phase) for name, phase in phases.items()}
    known = {name: _STAGES[phase] for name, phase in phases.items() if phase in _STAGES}
    before = {name: nx.ancestors(draw.graph, name) & known.keys() for name in phases.keys() - known.keys()}
    return known | {
        name: max((known[other] for other in others), default=0) for name, others in before.items()
    }


def _laid_out(
    draw: Drawing, lane_of: dict[str, int], lanes: int, links: Sequence[Link], sheet: PageSize, lang: str
) -> tuple[float, _Layout]:
    """Return the width and the places of the cards: as many side by side as there is room for."""
    graph, least = draw.graph, _least(draw, lang)
    stage_of = stages(draw)
    rank = levels(graph, stage_of)
    stretches = unordered(graph, rank, stage_of)
    full = [
        max(sum(rank[name] == level and lane_of[name] == lane for name in rank) for level in rank.values())
        for lane in range(lanes)
    ]

    def placed(widths: list[int]) -> _Layout:
        where, frames = places(graph, rank, lane_of, widths, stretches)
        return _Layout(widths, where, frames, tracks(links, where))

    if sheet.height is None:
        layout = placed([max(1, count) for count in full])
        columns = sum(layout.widths)
        return max(sheet.width, 2 + gutters(layout.needed, columns) + columns * (least + _ROOM)), layout
    best = placed([1] * lanes)
    narrow = set(range(lanes))
    while narrow:
        lane = max(narrow, key=lambda index: (-(-full[index] // best.widths[index]), -index))
        trial = placed([count + (index == lane) for index, count in enumerate(best.widths)])
        room = column_width(sum(trial.widths), 1, sheet.width - 1, trial.needed)
        if best.widths[lane] >= full[lane] or room < least:
            narrow.discard(lane)
        else:
            best = trial
    return sheet.width, best


def _least(draw: Drawing, lang: str) -> float:
    """Return the least width of a card in which no word of a name is broken."""
    if is_chinese(lang):
        return 48.0
    words = [word for item in draw.steps.values() for word in _PARTS.split(item.law.step.name.text(lang))]
    return max(width_of(word, 7.5) for word in words) + 9


def _link(edge: DrawnOrder, lang: str) -> Link:
    order = edge.order
    cited = Words(lang).listed(article_text(text, lang) for item in order.cited for text in item.articles)
    style = f"{order.strength} {edge.diff}".strip()
    return Link(order.before, order.after, style, f"{say(f'diagram.order_{order.strength}', lang)} {cited}")


def _styled(item: Connector, edge: DrawnOrder) -> Connector:
    dash = "solid" if edge.order.strength == "stated" else "dashed"
    if not edge.diff:
        return item._replace(dash=dash)
    gone = edge.diff == "removed"
    return item._replace(dash="dotted" if gone else dash, pen=_LINES[edge.diff], ink=MUTED if gone else INK)
