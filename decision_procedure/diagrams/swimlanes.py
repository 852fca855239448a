"""Places of cards in lanes and of the connectors between them: rows of one rank, free channels and gutters.

A connector leaves a card into the channel under its row or the gutter beside it, runs only in channels (between rows)
and gutters (beside columns), where no card ever stands, and enters its head from above or from the gutter.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from decision_procedure.diagrams.scene import Connector

TRACK = 4.0
_ROOM = 6.0
Track = tuple[str, str]


class Place(NamedTuple):
    """A card: its row, column, place in the stack of that cell, and how many stand there."""

    row: int
    column: int
    depth: int
    stack: int


class Link(NamedTuple):
    """An edge to draw; edges of one head and strength share their last tracks."""

    tail: str
    head: str
    strength: str
    tip: str


class Grid(NamedTuple):
    """Where everything stands: left edge and width of columns, upper edge of rows, cards as (x, y, w, h)."""

    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[float, float], ...]
    cards: dict[str, tuple[float, float, float, float]]
    height: float


def ranks(graph: nx.DiGraph[str]) -> dict[str, int]:
    """Return the row of each node: just before what needs it; what nothing needs, just after what it waits for."""
    order = list(nx.topological_sort(graph))
    rank: dict[str, int] = {}
    for name in order:
        rank[name] = max((rank[before] + 1 for before in graph.predecessors(name)), default=0)
    last = max(rank.values(), default=0)
    for name in reversed(order):
        if graph.out_degree(name):
            rank[name] = min(rank[after] for after in graph.successors(name)) - 1
        elif not graph.in_degree(name):
            rank[name] = last
    return rank


def places(rank: Mapping[str, int], lane_of: Mapping[str, int], widths: Sequence[int]) -> dict[str, Place]:
    """Return the place of each card; lane `i` has `widths[i]` columns, filled in turn."""
    first = [sum(widths[:lane]) for lane in range(len(widths))]
    cells: dict[tuple[int, int], list[str]] = {}
    for name, row in rank.items():
        cells.setdefault((row, lane_of[name]), []).append(name)
    found = {}
    for (row, lane), names in cells.items():
        for index, name in enumerate(names):
            across = min(widths[lane], len(names))
            stack = (len(names) - index % across + across - 1) // across
            found[name] = Place(row, first[lane] + index % across, index // across, stack)
    return found


def routes(
    links: Sequence[Link], where: Mapping[str, Place]
) -> tuple[dict[int, list[Track]], dict[int, list[Track]]]:
    """Return the tracks that each channel (by the row above it) and each gutter (by its column) must hold."""
    channels: dict[int, list[Track]] = {}
    gutters: dict[int, list[Track]] = {}
    for link in links:
        track = (link.head, link.strength)
        tail, head = where[link.tail], where[link.head]
        for row in {tail.row, head.row - 1}:
            _add(channels, row, track)
        if tail.depth < tail.stack - 1 or head.row > tail.row + 1:
            _add(gutters, tail.column, track)
        if head.depth > 0:
            _add(gutters, head.column - 1, track)
    return channels, gutters


def grid(
    where: Mapping[str, Place], heights: Mapping[str, float], count: int, left: float, right: float, top: float,
    channels: Mapping[int, Sequence[Track]], gutters: Mapping[int, Sequence[Track]],
) -> Grid:  # fmt: skip
    """Return the geometry for cards of one width each; `count` columns share the room from `left` to `right`."""
    wide = column_width(count, left, right, gutters)
    columns, x = [], left + _gutter(gutters, -1)
    for column in range(count):
        columns.append((x, wide))
        x += wide + _gutter(gutters, column)
    rows, cards, y = [], {}, top
    for row in range(max((place.row for place in where.values()), default=-1) + 1):
        y += TRACK
        low = y
        for column in range(count):
            at = y
            for name in _stack(where, row, column):
                cards[name] = (columns[column][0], at, wide, heights[name])
                at += heights[name] + _ROOM
                low = max(low, at - _ROOM)
        rows.append((y, low))
        y = low + 2 * _ROOM + TRACK * len(channels.get(row, ()))
    return Grid(tuple(columns), tuple(rows), cards, y)


def column_width(count: int, left: float, right: float, gutters: Mapping[int, Sequence[Track]]) -> float:
    """Return the width of a card."""
    return float(int((right - left - sum(_gutter(gutters, column) for column in range(-1, count))) / count))


def connect(
    links: Sequence[Link], where: Mapping[str, Place], plan: Grid,
    channels: Mapping[int, Sequence[Track]], gutters: Mapping[int, Sequence[Track]],
) -> tuple[Connector, ...]:  # fmt: skip
    """Return the connectors along their tracks; one that meets another of its track ends there, without arrow."""
    drawn: dict[Track, list[Connector]] = {}
    for number, link in enumerate(links):
        same = drawn.setdefault((link.head, link.strength), [])
        same.append(_joined(_connector(number, link, where, plan, channels, gutters), same))
    return tuple(item for same in drawn.values() for item in same)


def _connector(
    number: int, link: Link, where: Mapping[str, Place], plan: Grid,
    channels: Mapping[int, Sequence[Track]], gutters: Mapping[int, Sequence[Track]],
) -> Connector:  # fmt: skip
    track = (link.head, link.strength)
    tail, head = where[link.tail], where[link.head]
    shift = 0.0 if link.strength == "stated" else 7.0

    def channel(row: int) -> float:
        return plan.rows[row][1] + _ROOM + TRACK * list(channels[row]).index(track)

    def gutter(column: int) -> float:
        edge = plan.columns[column][0] + plan.columns[column][1] if column >= 0 else 0.0
        return edge + TRACK * (1 + list(gutters[column]).index(track))

    x, y, w, h = plan.cards[link.tail]
    points: list[tuple[float, float]]
    if tail.depth < tail.stack - 1:
        points = [
            (x + w, y + h / 2),
            (gutter(tail.column), y + h / 2),
            (gutter(tail.column), channel(tail.row)),
        ]
    else:
        points = [(x + w / 2 + shift, y + h), (x + w / 2 + shift, channel(tail.row))]
    if head.row > tail.row + 1:
        points += [(gutter(tail.column), channel(tail.row)), (gutter(tail.column), channel(head.row - 1))]
    above = channel(head.row - 1)
    x, y, w, h = plan.cards[link.head]
    if head.depth > 0:
        side = gutter(head.column - 1)
        points += [(side, above), (side, y + h / 2 + shift / 2), (x, y + h / 2 + shift / 2)]
    else:
        points += [(x + w / 2 + shift, above), (x + w / 2 + shift, y)]
    return Connector(
        f"edge-{number}-{link.tail}-{link.head}", f"step-{link.tail}", f"step-{link.head}", _straightened(points),
        "solid" if link.strength == "stated" else "dashed", tip=link.tip,
    )  # fmt: skip


def _joined(item: Connector, drawn: Sequence[Connector]) -> Connector:
    """End a connector where it first meets one drawn before: overlaid dashes would look like a solid line."""
    for index, (one, two) in enumerate(zip(item.points, item.points[1:], strict=False)):
        met = [point for other in drawn for point in _meetings(one, two, other.points)]
        if met:
            nearest = min(met, key=lambda point: abs(point[0] - one[0]) + abs(point[1] - one[1]))
            points = _straightened([*item.points[: index + 1], nearest])
            if len(points) > 1:
                return item._replace(points=points, arrow=False)
    return item


def _meetings(
    one: tuple[float, float], two: tuple[float, float], path: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return where a piece meets a path; both run along the axes. On a shared stretch, its nearest end."""
    found = []
    for a, b in itertools.pairwise(path):
        low = [max(min(one[axis], two[axis]), min(a[axis], b[axis])) for axis in (0, 1)]
        high = [min(max(one[axis], two[axis]), max(a[axis], b[axis])) for axis in (0, 1)]
        if all(low[axis] <= high[axis] + 0.01 for axis in (0, 1)):
            near = [low[axis] if one[axis] <= two[axis] else high[axis] for axis in (0, 1)]
            found.append((near[0], near[1]))
    return found


def cut(connectors: Sequence[Connector], above: float, below: float) -> tuple[Connector, ...]:
    """Return the parts of connectors between two heights, moved up by the upper; only the last part has the arrow."""
    found = []
    for item in connectors:
        pieces: list[tuple[float, float]] = []
        for one, two in zip(item.points, item.points[1:], strict=False):
            if max(one[1], two[1]) < above or min(one[1], two[1]) > below:
                continue
            ends = [(x, min(max(y, above), below) - above) for x, y in (one, two)]
            pieces += ends if not pieces else ends[1:]
        if len(pieces) > 1:
            found.append(
                item._replace(
                    points=_straightened(pieces),
                    arrow=item.arrow and above <= item.points[-1][1] <= below,
                )
            )
    return tuple(found)


def _straightened(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Leave out points that repeat, or that lie on the straight line between their neighbours."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < 0.01 and abs(kept[-1][1] - point[1]) < 0.01:
            continue
        if len(kept) > 1 and any(
            abs(kept[-1][axis] - kept[-2][axis]) < 0.01 and abs(point[axis] - kept[-1][axis]) < 0.01
            for axis in (0, 1)
        ):
            kept[-1] = point
            continue
        kept.append(point)
    return tuple(kept)


def _stack(where: Mapping[str, Place], row: int, column: int) -> list[str]:
    names = [name for name, place in where.items() if (place.row, place.column) == (row, column)]
    return sorted(names, key=lambda name: where[name].depth)


def _gutter(gutters: Mapping[int, Sequence[Track]], column: int) -> float:
    return TRACK * (1 + len(gutters.get(column, ()))) + (4.0 if column >= 0 else 0.0)


def _add(found: dict[int, list[Track]], key: int, track: Track) -> None:
    tracks = found.setdefault(key, [])
    if track not in tracks:
        tracks.append(track)
