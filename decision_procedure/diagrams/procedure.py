"""The procedure that the law sets: lanes by bearer, rows by order, frames where the law sets no order, a diff."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from decision_procedure.checking.governing import Governing
from decision_procedure.diagrams.basis_table import Legend, legend, tables
from decision_procedure.diagrams.cards import boxes_of
from decision_procedure.diagrams.changes import Drawing, drawing, title_of
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.palette import HEAD, LANE, MUTED, PAPER, RULE
from decision_procedure.diagrams.procedure_plan import DrawnPlan, planned
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Connector,
    PageSize,
    Scene,
    heading,
    moved,
    numbered,
    stacked,
    text_lines,
)
from decision_procedure.diagrams.swimlanes import CAPTION, cut
from decision_procedure.wording import Words, say

_TAIL, _FEWEST = 16.0, 4


def procedure_scenes(
    law: Governing, *, against: Governing | None = None, lang: str = "zh", page: str = "portrait"
) -> tuple[Scene, ...]:
    """Return the sheets of a procedure; with `against`, what differs from that law is marked."""
    draw = drawing(law, against)
    sheet, title = SHEETS[page], _title(law, against, lang)
    if not draw.steps:
        head = heading(title, say("diagram.no_law", lang), sheet.width)
        return (
            Scene(
                "procedure", lang, title, say("diagram.no_law", lang), sheet.width, head.height, head.boxes
            ),
        )
    plan = planned(draw, sheet, lang)
    scenes = list(_Sheets(draw, plan, PageSize(plan.width, sheet.height), title, lang).scenes())
    pages = numbered([(scene.boxes, scene.height) for scene in scenes], plan.width)
    return tuple(replace(scene, boxes=boxes) for scene, (boxes, _) in zip(scenes, pages, strict=True))


def _title(law: Governing, against: Governing | None, lang: str) -> str:
    names = [item.name(lang) for item in (law, against) if item is not None and item.name(lang)]
    return title_of(law, lang) + (f"　{say('diagram.against', lang).join(names)}" if names else "")


class _Sheets(NamedTuple):
    draw: Drawing
    plan: DrawnPlan
    sheet: PageSize
    title: str
    lang: str

    def scenes(self) -> Iterable[Scene]:
        """Yield the drawing on as many sheets as it needs, then the tables."""
        count = len(self.draw.marks.instruments)
        head = heading(
            self.title,
            f"{say('diagram.of_instruments', self.lang, count=count)}　{self._differences()}".rstrip(),
            self.sheet.width,
        )
        small = heading(self.title, "", self.sheet.width, small=True)
        key = legend(self.draw, self.sheet.width, self.lang)
        below = list(tables(self.draw, self.sheet.width, self.lang))
        high = self.sheet.height
        cuts = _cuts(self.plan, high, head.height + self.plan.band + CAPTION, key.band.height)
        for number, (above, low) in enumerate(cuts):
            last, over = number == len(cuts) - 1, head if number == 0 else small
            drawn = self._drawing(over, above, low, key if last else None, ())
            if last:
                taken = len(below) if high is None else _fitting(below, high - drawn.height - _TAIL)
                drawn = self._drawing(over, above, low, key, below[:taken])
                below = below[taken:]
            yield drawn
        if high is not None and below:
            going_on = [] if below[0].over is None else [below[0].over]
            bands = [small, *going_on, *below]
            for boxes, height in stacked(bands, PageSize(self.sheet.width, high), again=[small], gap=0):
                yield self._scene(boxes, (), height)

    def _differences(self) -> str:
        if not self.draw.compared:
            return ""
        count = self.draw.differences()
        return (
            say("diagram.diff_count", self.lang, count=count)
            if count
            else say("diagram.diff_none", self.lang)
        )

    def _drawing(
        self, head: Band, above: float, below: float, key: Legend | None, tail: Sequence[Band]
    ) -> Scene:
        plan, top = self.plan, head.height
        room = CAPTION if any(first < above < last for first, last in plan.grid.frames) else 0.0
        parts = [_from_above(item, room) for item in cut(plan.connectors, above, below)]
        y = top + plan.band
        boxes = [*head.boxes, *moved(self._lanes(below - above + room), 0, top)]
        boxes += moved(self._frames(parts, above, below, room), 0, y)
        connectors = [_moved(item, y) for item in parts]
        y += room - above
        for name, item in self.draw.steps.items():
            at = plan.grid.cards[name]
            if above <= at[1] < below:
                boxes += moved(boxes_of(name, item, plan.cards[name], at, self.lang), 0, y)
        height = y + below + 2
        if key is not None:
            boxes += moved(key.band.boxes, 0, height + 4)
            connectors += [_moved(item, height + 4) for item in key.connectors]
            height += 4 + key.band.height
        for band in tail:
            boxes += moved(band.boxes, 0, height + 6)
            height += band.height
        boxes += _anchors(connectors, {box.id for box in boxes})
        return self._scene(boxes, connectors, height + (8 if tail else 0))

    def _frames(self, parts: Sequence[Connector], above: float, below: float, room: float) -> list[Box]:
        """Return the frames on a sheet, each with its words where no connector passes."""
        boxes, width = [], self.sheet.width
        for number, (first, last) in enumerate(self.plan.grid.frames):
            goes_on = first < above
            top = 1.0 if goes_on else first - above + room
            low = min(last, below - 1) - above + room
            if last <= above or low <= top:
                continue
            boxes.append(
                Box(
                    f"frame-{number}",
                    3,
                    top,
                    width - 6,
                    low - top,
                    "frame",
                    "rounded",
                    "",
                    MUTED,
                    1.4,
                    css="unordered",
                )
            )
            text = say("diagram.frame_unordered", self.lang) + (
                say("diagram.continued", self.lang) if goes_on else ""
            )
            left, free = _free(parts, top, top + CAPTION, 9, width - 9)
            lines = text_lines(text, 7, free, most=1, bold=True, ink="#39434D")
            wide = min(free, width_of(text, 7) + 2)
            name = f"frame-{number}-text"
            boxes.append(Box(name, left, top + 2, wide, CAPTION - 2, "text", "none", lines=lines, pad=0))
        return boxes

    def _scene(self, boxes: Iterable[Box], connectors: Iterable[Connector], height: float) -> Scene:
        told = _description(self.draw, self.lang)
        return Scene(
            "procedure",
            self.lang,
            self.title,
            told,
            self.sheet.width,
            height,
            tuple(boxes),
            tuple(connectors),
        )

    def _lanes(self, height: float) -> list[Box]:
        plan, boxes, column, edges = self.plan, [], 0, []
        for count in plan.widths:
            edges.append(plan.grid.columns[column][0] - 4)
            column += count
        edges[0] = 1.0
        for index, name in enumerate(plan.lanes):
            left, right = edges[index], [*edges, self.sheet.width - 1][index + 1]
            fill = LANE if index % 2 == 0 else PAPER
            tip = self.draw.bearer_name(name, self.lang)
            boxes += [
                Box(f"lane-{name}", left, plan.band, right - left, height, "shade", "box", fill, RULE, 0.8, tip=tip),
                Box(f"head-{name}", left, 0, right - left, plan.band, "head", "box", HEAD, RULE, 0.8,
                    lines=plan.heads[index], pad=1),
            ]  # fmt: skip
        return boxes


def _free(
    connectors: Sequence[Connector], top: float, low: float, left: float, right: float
) -> tuple[float, float]:
    """Return the place and width of the widest stretch between two heights that no connector passes."""
    passed = [
        x
        for item in connectors
        for (x, y), (_, other) in itertools.pairwise(item.points)
        if min(y, other) < low and max(y, other) > top
    ]
    edges = [left - 3, *sorted(passed), right + 3]
    return max(((a + 3, b - a - 6) for a, b in itertools.pairwise(edges)), key=lambda place: place[1])


def _fitting(bands: Sequence[Band], room: float) -> int:
    """Return how many of the bands go into a room: all of the first few, or none, so that no title stands alone."""
    heights = itertools.accumulate(band.height for band in bands)
    count = sum(height <= room for height in heights)
    return count if count >= _FEWEST else 0


def _cuts(
    plan: DrawnPlan, height: float | None, used: float, legend_height: float
) -> list[tuple[float, float]]:
    """Return the stretches of the grid that go on one sheet each, divided under rows, before a frame if that is near."""
    whole = plan.grid.height
    if height is None:
        return [(0.0, whole)]
    ends = [min(channel - 1, whole) for channel in plan.grid.channels]
    found, start = [], 0.0
    while start < whole:
        if whole - start + used + legend_height + 6 <= height:
            found.append((start, whole))
            break
        room = start + height - used
        fitting = [end for end in ends[:-1] if start < end <= room] or [end for end in ends if end > start][
            :1
        ]
        end = fitting[-1]
        inside = [
            top
            for top, low in plan.grid.frames
            if top < end < low - 8 and top > start + 0.5 * (height - used)
        ]
        if inside:
            end = max([other for other in fitting if other <= inside[0] + 2] or [end])
        found.append((start, min(end, whole)))
        start = end if end < ends[-1] else whole
    return found


def _from_above(item: Connector, room: float) -> Connector:
    """Move a part of a connector down; one that comes from the sheet before begins at the upper edge all the same."""
    points = list(_moved(item, room).points)
    for at, end in ((0, 0), (len(points) - 1, len(points))):
        if abs(points[at][1] - room) < 0.01 and room:
            points.insert(end, (points[at][0], 0.0))
    return item._replace(points=tuple(points))


def _moved(item: Connector, y: float) -> Connector:
    return item._replace(points=tuple((x, at + y) for x, at in item.points))


def _anchors(parts: Sequence[Connector], present: set[str]) -> list[Box]:
    """Return an invisible end on this sheet for each connector that leads to or from another."""
    found: dict[str, Box] = {}
    for item in parts:
        for name, (x, y) in ((item.tail, item.points[0]), (item.head, item.points[-1])):
            if name not in present:
                found.setdefault(name, Box(name, x - 0.5, y - 0.5, 1, 1, "line", "none"))
    return list(found.values())


def _description(draw: Drawing, lang: str) -> str:
    words = Words(lang)
    told = words.series(
        item.law.step.name.text(lang) + words.aside(say(f"diagram.{item.law.need}", lang))
        for item in draw.steps.values()
    )
    names = {name: item.law.step.name.text(lang) for name, item in draw.steps.items()}
    orders = words.series(f"{names[edge.order.before]} → {names[edge.order.after]}" for edge in draw.edges)
    return f"{told}{words.say('stop')}{words.say('gap')}{orders}"
