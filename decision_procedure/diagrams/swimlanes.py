"""Places of cards in lanes and of the connectors between them: rows, frames, free channels and gutters.

A connector leaves a card below, runs only in channels (under rows) and gutters (beside columns), where no card ever
stands, and enters its head from above.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from decision_procedure.diagrams.scene import Connector

TRACK = 4.0
CAPTION = 13.0
_ROOM = 6.0
Track = tuple[str, str]


class LanePlace(NamedTuple):
    """The row and column of a card."""

    row: int
    column: int


class LaneFrame(NamedTuple):
    """Rows from the first to the last among whose steps there is no order but that of the arrows."""

    first: int
    last: int


class Link(NamedTuple):
    """An edge to draw; edges of one head and style share their last tracks."""

    tail: str
    head: str
    style: str
    tip: str


class Tracks(NamedTuple):
    """What each channel (by the row above it) and each gutter (by its column) must hold."""

    channels: Mapping[int, Sequence[Track]]
    gutters: Mapping[int, Sequence[Track]]


class Grid(NamedTuple):
    """Where everything stands.

    Columns as (x, width), rows as (y, lower edge), the first track under each row, cards as (x, y, w, h), frames
    as (y, lower edge).
    """

    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[float, float], ...]
    channels: tuple[float, ...]
    cards: dict[str, tuple[float, float, float, float]]
    frames: tuple[tuple[float, float], ...]
    height: float


def ranks(graph: nx.DiGraph[str]) -> dict[str, int]:
    """Return the row of each node: just after what it waits for; one that waits for nothing just before what needs it."""
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
    for name in order:
        if graph.in_degree(name):
            rank[name] = max(rank[before] for before in graph.predecessors(name)) + 1
    return rank


def levels(graph: nx.DiGraph[str], stage_of: Mapping[str, int]) -> dict[str, int]:
    """Return the row of each step where steps belong to stages of the procedure.

    Steps of one stage that wait for nothing stand side by side; one without any edge stands with its stage.
    """
    free = [name for name in graph if not graph.degree(name)]
    tied: nx.DiGraph[str] = nx.DiGraph(graph)
    tied.remove_nodes_from(free)
    rank: dict[str, float] = dict(ranks(tied))
    sources = [name for name in tied if not tied.in_degree(name) and stage_of[name]]
    for stage in {stage_of[name] for name in sources}:
        same = [name for name in sources if stage_of[name] == stage]
        rank |= dict.fromkeys(same, min(rank[name] for name in same))
    stages = {
        stage: max(rank[name] for name in tied if stage_of[name] == stage)
        for stage in map(stage_of.get, tied)
    }
    for name in free:
        earlier = [
            last + 0.5 for stage, last in stages.items() if stage is not None and stage < stage_of[name]
        ]
        rank[name] = stages.get(stage_of[name], max(earlier, default=-0.5))
    order = {level: index for index, level in enumerate(sorted(set(rank.values())))}
    return {name: order[rank[name]] for name in graph}


def unordered(
    graph: nx.DiGraph[str], rank: Mapping[str, int], stage_of: Mapping[str, int]
) -> list[tuple[int, int]]:
    """Return the stretches of rows, each from first to last, in which steps without an order among them stand.

    Steps of different stages are not counted where one of them opens the procedure, waits for nothing, or has no
    edge at all: its place is that of its stage.
    """
    after = {name: nx.descendants(graph, name) for name in graph}
    joined = set()
    for one, two in itertools.permutations(graph, 2):
        if rank[one] == rank[two]:
            joined.add((rank[one], rank[one]))
        elif rank[one] < rank[two] and two not in after[one]:
            loose = not stage_of[one] or not graph.in_degree(two) or not graph.degree(one)
            if stage_of[one] == stage_of[two] or not loose:
                joined.add((rank[one], rank[two]))
    found: list[tuple[int, int]] = []
    for first, last in sorted(joined):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def places(
    graph: nx.DiGraph[str], rank: Mapping[str, int], lane_of: Mapping[str, int], widths: Sequence[int],
    stretches: Sequence[tuple[int, int]],
) -> tuple[dict[str, LanePlace], tuple[LaneFrame, ...]]:  # fmt: skip
    """Return the place of each card, and a frame for each stretch; lane `i` has `widths[i]` columns.

    What a lane has no room for in a row stands in a further row of the same frame.
    """
    first = list(itertools.accumulate(widths, initial=0))
    found: dict[str, LanePlace] = {}
    rows_of: dict[int, tuple[int, int]] = {}
    row = 0
    for level in sorted(set(rank.values())):
        deep = _fill(found, [name for name in graph if rank[name] == level], row, lane_of, widths, first)
        rows_of[level] = (row, row + deep - 1)
        row += deep
    return found, tuple(LaneFrame(rows_of[one][0], rows_of[two][1]) for one, two in stretches)


def _fill(
    found: dict[str, LanePlace], names: Sequence[str], row: int, lane_of: Mapping[str, int], widths: Sequence[int],
    first: Sequence[int],
) -> int:  # fmt: skip
    """Put steps of one rank into rows from `row` on; return how many rows they take."""
    deep = 1
    for lane, width in enumerate(widths):
        mine = [name for name in names if lane_of[name] == lane]
        for at in range(0, len(mine), width):
            part = mine[at : at + width]
            start = first[lane] + (width - len(part)) // 2
            for index, name in enumerate(part):
                found[name] = LanePlace(row + at // width, start + index)
            deep = max(deep, at // width + 1)
    return deep


def tracks(links: Sequence[Link], where: Mapping[str, LanePlace]) -> Tracks:
    """Return the tracks that the links need."""
    channels: dict[int, list[Track]] = {}
    gutters: dict[int, list[Track]] = {}
    for link in links:
        track = (link.head, link.style)
        tail, head = where[link.tail], where[link.head]
        for row in sorted({tail.row, head.row - 1}):
            _add(channels, row, track)
        if head.row > tail.row + 1:
            _add(gutters, tail.column, track)
    return Tracks(channels, gutters)


def grid(
    where: Mapping[str, LanePlace], heights: Mapping[str, float], count: int, left: float, right: float,
    needed: Tracks, frames: Sequence[LaneFrame], wides: Sequence[float] = (),
) -> Grid:  # fmt: skip
    """Return the geometry for cards; `count` columns share the room from `left` to `right`, or have widths of their own."""
    columns, x = [], left + _gutter(needed, -1)
    for column, wide in enumerate(wides or [column_width(count, left, right, needed)] * count):
        columns.append((x, wide))
        x += wide + _gutter(needed, column)
    starts = {frame.first for frame in frames}
    ends = {frame.last for frame in frames}
    rows, channels, cards, tops, lows, y = [], [], {}, [], [], 0.0
    for row in range(max((place.row for place in where.values()), default=-1) + 1):
        if row in starts:
            tops.append(y + 2)
            y += CAPTION + 2
        y += TRACK
        names = [name for name, place in where.items() if place.row == row]
        for name in names:
            cards[name] = (columns[where[name].column][0], y, columns[where[name].column][1], heights[name])
        low = y + max(heights[name] for name in names)
        rows.append((y, low))
        y = low + _ROOM
        if row in ends:
            lows.append(y)
            y += _ROOM
        channels.append(y)
        y += TRACK * len(needed.channels.get(row, ())) + _ROOM
    return Grid(tuple(columns), tuple(rows), tuple(channels), cards, tuple(zip(tops, lows, strict=True)), y)


def column_width(count: int, left: float, right: float, needed: Tracks) -> float:
    """Return the width of a card."""
    return float(int((right - left - gutters(needed, count)) / count))


def gutters(needed: Tracks, count: int) -> float:
    """Return the width of all gutters beside so many columns."""
    return sum(_gutter(needed, column) for column in range(-1, count))


def connect(
    links: Sequence[Link], where: Mapping[str, LanePlace], plan: Grid, needed: Tracks
) -> list[tuple[int, Connector]]:
    """Return the connectors along their tracks, each with the number of its link.

    One that meets another of its track ends there, without arrow.
    """
    styles: dict[str, list[str]] = {}
    for link in links:
        into = styles.setdefault(link.head, [])
        if link.style not in into:
            into.append(link.style)
    drawn: dict[Track, list[Connector]] = {}
    found = []
    for number, link in enumerate(links):
        same = drawn.setdefault((link.head, link.style), [])
        same.append(_joined(_connector(number, link, where, plan, needed, sorted(styles[link.head])), same))
        found.append((number, same[-1]))
    return found


def _connector(
    number: int, link: Link, where: Mapping[str, LanePlace], plan: Grid, needed: Tracks, styles: Sequence[str]
) -> Connector:
    track = (link.head, link.style)
    tail, head = where[link.tail], where[link.head]

    def channel(row: int) -> float:
        return plan.channels[row] + TRACK * list(needed.channels[row]).index(track)

    x, y, w, _ = plan.cards[link.head]
    step = min(9.0, (w - 16) / len(styles))
    enter = x + w / 2 + (styles.index(link.style) - (len(styles) - 1) / 2) * step
    top = y
    x, y, w, h = plan.cards[link.tail]
    straight = head.row == tail.row + 1 and head.column == tail.column
    leave = enter if straight else x + w / 2 + min(10.0 + 3 * styles.index(link.style), w / 2 - 6)
    points = [(leave, y + h), (leave, channel(tail.row))]
    if head.row > tail.row + 1:
        column = plan.columns[tail.column]
        side = column[0] + column[1] + TRACK * (1 + list(needed.gutters[tail.column]).index(track))
        points += [(side, channel(tail.row)), (side, channel(head.row - 1))]
    points += [(enter, channel(head.row - 1)), (enter, top)]
    return Connector(
        f"edge-{number}-{link.tail}-{link.head}", f"step-{link.tail}", f"step-{link.head}", _straightened(points),
        tip=link.tip,
    )  # fmt: skip


def _joined(item: Connector, drawn: Sequence[Connector]) -> Connector:
    """End a connector where it first meets one drawn before: overlaid dashes would look like a solid line."""
    for index, (one, two) in enumerate(itertools.pairwise(item.points)):
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
        for one, two in itertools.pairwise(item.points):
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
    return tuple(item for item in found if len(item.points) > 1)


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


def _gutter(needed: Tracks, column: int) -> float:
    return TRACK * (1 + len(needed.gutters.get(column, ()))) + (3.0 if column >= 0 else 0.0)


def _add(found: dict[int, list[Track]], key: int, track: Track) -> None:
    held = found.setdefault(key, [])
    if track not in held:
        held.append(track)
