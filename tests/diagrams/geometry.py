"""Measures of a scene: what overlaps, what is wider than its box, what a connector crosses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from decision_procedure.diagrams.metrics import line_height
from decision_procedure.diagrams.scene import CONTAINERS, GROUND, SHEETS, Box, Scene, lines_height

Width = Callable[[str, float, bool], float]
_EPS = 0.6


def overlaps(scene: Scene) -> Iterator[str]:
    """Yield pairs of boxes that overlap, unless one holds the other whole."""
    solid = sorted((box for box in scene.boxes if box.role not in GROUND), key=lambda box: box.y)
    active: list[Box] = []
    for box in solid:
        active = [other for other in active if other.y + other.h > box.y + _EPS]
        for other in active:
            if _apart(box, other) or _holds(box, other) or _holds(other, box):
                continue
            yield f"{box.id} / {other.id}"
        active.append(box)


def outside(scene: Scene) -> Iterator[str]:
    """Yield boxes and connectors that leave the sheet."""
    for box in scene.boxes:
        if (
            box.x < -_EPS
            or box.y < -_EPS
            or box.x + box.w > scene.width + _EPS
            or box.y + box.h > scene.height + _EPS
        ):
            yield box.id
    for item in scene.connectors:
        if any(
            not (-_EPS <= x <= scene.width + _EPS and -_EPS <= y <= scene.height + _EPS)
            for x, y in item.points
        ):
            yield item.id


def too_wide(scene: Scene, width: Width) -> Iterator[str]:
    """Yield lines wider or higher than the room in their box."""
    for box in scene.boxes:
        for line in box.lines:
            if width(line.text, line.size, line.bold) > box.w - 2 * box.pad + _EPS:
                yield f"{box.id}: {line.text}"
        if lines_height(box.lines) + (box.top or 0) > box.h + _EPS and box.role not in ("badge", "mark"):
            yield f"{box.id}: too high"


def covered(scene: Scene, width: Width) -> Iterator[str]:
    """Yield lines of a card under a badge that stands on it."""
    badges = [box for box in scene.boxes if box.role == "badge"]
    for box in scene.boxes:
        if box.role == "badge" or not box.lines:
            continue
        y = box.y + (box.top if box.top is not None else (box.h - lines_height(box.lines)) / 2)
        for line in box.lines:
            wide, high = width(line.text, line.size, line.bold), line_height(line.size)
            left = {
                "left": box.x + box.pad,
                "middle": box.x + (box.w - wide) / 2,
                "right": box.x + box.w - box.pad - wide,
            }
            text = Box("", left[line.align], y + high * 0.2, wide, high * 0.6, "text")
            yield from (f"{box.id}: {line.text}" for badge in badges if not _apart(text, badge))
            y += high


def crossings(scene: Scene) -> Iterator[str]:
    """Yield connectors that run through a card, or through a text that stands by itself."""
    solid = [box for box in scene.boxes if box.role in ("card", "head", "badge", "text") and box.lines]
    for item in scene.connectors:
        for one, two in pairwise(item.points):
            low, high = (min(one[0], two[0]), min(one[1], two[1])), (max(one[0], two[0]), max(one[1], two[1]))
            for box in solid:
                inner = (box.x + 3.2, box.y + 1, box.x + box.w - 3.2, box.y + box.h - 1)
                if low[0] < inner[2] and high[0] > inner[0] and low[1] < inner[3] and high[1] > inner[1]:
                    yield f"{item.id} / {box.id}"


def larger(scene: Scene, page: str) -> Iterator[str]:
    """Yield the size of a sheet that is larger than its page."""
    width, height = SHEETS[page]
    if scene.width > width + 0.01 or (height is not None and scene.height > height + 0.01):
        yield f"{scene.width} x {scene.height}"


def small(scene: Scene) -> Iterator[str]:
    """Yield texts of less than 7 points."""
    yield from (f"{box.id}: {line.size}" for box in scene.boxes for line in box.lines if line.size < 7)


def repeated(scene: Scene) -> Iterator[str]:
    """Yield ids used twice."""
    ids = [box.id for box in scene.boxes] + [item.id for item in scene.connectors]
    yield from sorted({one for one, two in combinations(sorted(ids), 2) if one == two} if len(ids) < 400 else
                      {name for name in ids if ids.count(name) > 1})  # fmt: skip


def _apart(one: Box, two: Box) -> bool:
    return (
        one.x + one.w <= two.x + _EPS or two.x + two.w <= one.x + _EPS
        or one.y + one.h <= two.y + _EPS or two.y + two.h <= one.y + _EPS
    )  # fmt: skip


def _holds(outer: Box, inner: Box) -> bool:
    return outer.role in CONTAINERS and (
        outer.x <= inner.x + _EPS and outer.y <= inner.y + _EPS
        and outer.x + outer.w >= inner.x + inner.w - _EPS and outer.y + outer.h >= inner.y + inner.h - _EPS
    )  # fmt: skip
