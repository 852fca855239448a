"""Places of blocks in columns and of the edges between them: free channels beside columns, free lines through them.

An edge leaves a block on its side, runs up or down in the channel beside it and enters its head. Where it passes a
column, a thin strip of that column is kept free for it. Edges of one head and one label share channel and strip.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

STRIP = 8.0
_SPACE = 10.0
_ENTRY = 14.0
_SWEEPS = 6
TRACKS = 0.42  # the share of a channel that tracks take; labels have the rest
Key = Hashable


class Block(NamedTuple):
    """What stands in a column: its column, its height, and the height of the part that edges meet."""

    column: int
    height: float
    face: float


class Arrow(NamedTuple):
    """An edge from a block to another; `label` stands at its head."""

    tail: Key
    head: Key
    label: str = ""


class ArrowRun(NamedTuple):
    """The path of an edge; `label_at` is where the label's lower right corner stands.

    None without a label, and for an edge that runs back: there is no room beside its head.
    """

    edge: Arrow
    points: tuple[tuple[float, float], ...]
    label_at: tuple[float, float] | None


class ColumnPlan(NamedTuple):
    """Upper edges of blocks, the left edge of each column, the paths, and the lowest point."""

    tops: dict[Key, float]
    lefts: tuple[float, ...]
    runs: tuple[ArrowRun, ...]
    low: float


class _Hop(NamedTuple):
    """A piece of an edge from one column to the next (or back into its own); `last` when it enters the head."""

    start: Key
    end: Key
    channel: int
    edge: Arrow
    last: bool


def arranged(
    blocks: Mapping[Key, Block],
    edges: Sequence[Arrow],
    *,
    wide: float,
    gap: float,
    left: float,
    top: float,
    share: float = TRACKS,
) -> ColumnPlan:
    """Return where blocks and edges stand, for columns of one width with channels of one width between them.

    `share` is the part of a channel that tracks may take; the rest is for labels.
    """
    edges = [edge for edge in dict.fromkeys(edges) if edge.tail != edge.head]
    parts = dict(blocks)
    hops = [hop for edge in edges for hop in _hops(edge, blocks, parts)]
    parts = {key: _tall(key, part, hops) for key, part in parts.items()}
    tops = _stacked(_ordered(parts, hops), parts, top)
    count = max((part.column for part in parts.values()), default=0) + 1
    lefts = tuple(left + column * (wide + gap) for column in range(count))
    entries = _entries(parts, hops, tops)
    tracks = _tracks(hops, entries)
    runs = []
    for edge in edges:
        mine = [hop for hop in hops if hop.edge == edge]
        runs.append(_run(edge, mine, parts, tops, entries, tracks, lefts, wide, gap, share))
    low = max((tops[key] + part.height for key, part in parts.items()), default=top)
    return ColumnPlan({key: tops[key] for key in blocks}, lefts, tuple(runs), low)


def _hops(edge: Arrow, blocks: Mapping[Key, Block], parts: dict[Key, Block]) -> list[_Hop]:
    """Cut an edge at the columns it passes, and keep a strip of each free."""
    tail, head = blocks[edge.tail].column, blocks[edge.head].column
    if tail == head:
        return [_Hop(edge.tail, edge.head, tail, edge, True)]
    step = 1 if head > tail else -1
    found, start = [], edge.tail
    for column in range(tail + step, head, step):
        strip = ("strip", column, edge.head, edge.label, step)
        parts.setdefault(strip, Block(column, STRIP, STRIP))
        found.append(_Hop(start, strip, min(column, column - step), edge, False))
        start = strip
    return [*found, _Hop(start, edge.head, min(head, head - step), edge, True)]


def _tall(key: Key, part: Block, hops: Sequence[_Hop]) -> Block:
    """Make a block high enough for its labels to stand over each other."""
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for hop in hops:
        if hop.last and hop.end == key:
            sides[hop.channel < part.column].add(hop.edge.label)
    need = _ENTRY * (max(len(labels) for labels in sides.values()) + 1)
    extra = max(0.0, need - part.face) if any(sides.values()) else 0.0
    return part._replace(height=part.height + extra, face=part.face + extra)


def _ordered(parts: Mapping[Key, Block], hops: Sequence[_Hop]) -> dict[int, list[Key]]:
    """Order each column by the mean place of neighbours, a few times to and fro; ties keep their order."""
    columns: dict[int, list[Key]] = {}
    for key, part in parts.items():
        columns.setdefault(part.column, []).append(key)
    near: dict[Key, list[Key]] = {}
    for hop in hops:
        near.setdefault(hop.start, []).append(hop.end)
        near.setdefault(hop.end, []).append(hop.start)
    for sweep in range(_SWEEPS):
        order = sorted(columns, reverse=sweep % 2 == 1)
        place = {key: index / len(keys) for keys in columns.values() for index, key in enumerate(keys)}
        for column in order:
            wanted = {
                key: sum(place[other] for other in near[key]) / len(near[key])
                if near.get(key)
                else place[key]
                for key in columns[column]
            }
            columns[column] = sorted(columns[column], key=lambda key: wanted[key])
            place |= {key: index / len(columns[column]) for index, key in enumerate(columns[column])}
    return columns


def _stacked(
    columns: Mapping[int, Sequence[Key]], parts: Mapping[Key, Block], top: float
) -> dict[Key, float]:
    """Put each column's blocks under each other, and every column in the middle of the highest."""
    heights = {
        column: sum(parts[key].height + _SPACE for key in keys) - _SPACE for column, keys in columns.items()
    }
    most = max(heights.values(), default=0.0)
    tops = {}
    for column, keys in columns.items():
        y = top + (most - heights[column]) / 2
        for key in keys:
            tops[key] = y
            y += parts[key].height + _SPACE
    return tops


def _entries(
    parts: Mapping[Key, Block], hops: Sequence[_Hop], tops: Mapping[Key, float]
) -> dict[tuple[Key, int, str], float]:
    """Return where edges enter each block on each side, by label, spread over its face."""
    sides: dict[tuple[Key, int], dict[str, list[float]]] = {}
    for hop in hops:
        labels = sides.setdefault((hop.end, hop.channel), {})
        labels.setdefault(hop.edge.label, []).append(_middle(parts, tops, hop.start))
    found = {}
    for (end, channel), labels in sides.items():
        names = sorted(labels, key=lambda name: (sum(labels[name]) / len(labels[name]), name))
        leaves = any(hop.start == end and hop.channel == channel for hop in hops)
        for index, name in enumerate(names):
            share = (index + 1) / (len(names) + 1)
            y = tops[end] + parts[end].face * share
            clash = leaves and parts[end].face > STRIP and abs(y - _middle(parts, tops, end)) < 3
            found[end, channel, name] = y - (5.0 if clash else 0.0)
    return found


def _tracks(
    hops: Sequence[_Hop], entries: Mapping[tuple[Key, int, str], float]
) -> dict[tuple[int, Key, str], tuple[int, int]]:
    """Return for each channel the track of each head and label, as number and how many there are."""
    channels: dict[int, dict[tuple[Key, str], float]] = {}
    for hop in hops:
        place = entries[hop.end, hop.channel, hop.edge.label]
        channels.setdefault(hop.channel, {})[hop.end, hop.edge.label] = place
    found = {}
    for channel, members in channels.items():
        for index, ((end, label), _) in enumerate(sorted(members.items(), key=lambda item: item[1])):
            found[channel, end, label] = (index, len(members))
    return found


def _run(
    edge: Arrow, hops: Sequence[_Hop], parts: Mapping[Key, Block], tops: Mapping[Key, float],
    entries: Mapping[tuple[Key, int, str], float], tracks: Mapping[tuple[int, Key, str], tuple[int, int]],
    lefts: Sequence[float], wide: float, gap: float, share: float,
) -> ArrowRun:  # fmt: skip
    points: list[tuple[float, float]] = []
    label_at = None
    for hop in hops:
        begin = lefts[hop.channel] + wide
        index, count = tracks[hop.channel, hop.end, edge.label]
        room = gap * share
        x = begin + 4 + room * (index + 1) / (count + 1)
        from_left, into_right = parts[hop.start].column <= hop.channel, parts[hop.end].column > hop.channel
        y0 = points[-1][1] if points else _exit(parts, tops, hop.start, right=from_left)
        y1 = entries[hop.end, hop.channel, edge.label]
        start = begin if from_left else begin + gap
        end = begin + gap if into_right else begin
        points += [(start, y0), (x, y0), (x, y1), (end, y1)]
        if hop.last and edge.label and into_right:
            label_at = (begin + gap - 7, y1 - 1)
    return ArrowRun(edge, tuple(dict.fromkeys(points)), label_at)


def _exit(parts: Mapping[Key, Block], tops: Mapping[Key, float], key: Key, *, right: bool) -> float:
    """Return where edges leave a block: on the left, where labels stand, under all of them."""
    return _middle(parts, tops, key) if right else tops[key] + parts[key].face - 4


def _middle(parts: Mapping[Key, Block], tops: Mapping[Key, float], key: Key) -> float:
    return tops[key] + parts[key].face / 2
