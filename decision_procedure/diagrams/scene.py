"""A drawing as data: boxes, lines of text in them, connectors; sizes in points, y downwards.

Every kind of diagram builds scenes by pure functions, every format is written from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from decision_procedure.diagrams.metrics import clean, line_height, wrap
from decision_procedure.diagrams.palette import INK, MUTED

CONTAINERS = ("frame", "lane", "card")
GROUND = ("rule", "shade", "bar", "line")
_CORNER = 36.0  # kept free on either side of a heading
_LONELY = 0.35  # a last sheet that fills less of its height takes something from those before it
_STEP = 10.0
_WORD = re.compile(r"[^A-Za-z0-9.-]")
_HREF = re.compile(r"(#[A-Za-z0-9._:%-]+|https?://[^\s\"'<>\\]+)\Z")


class Line(NamedTuple):
    """One line of text. `align` is left, middle or right."""

    text: str
    size: float = 8
    bold: bool = False
    ink: str = INK
    align: str = "left"


class Box(NamedTuple):
    """A shape with lines of text.

    `role` is lane, frame or card (they hold others), badge, mark, head, text (no two of these overlap), or rule,
    shade, bar, line (ground on which others stand). `shape` is box, rounded, circle, octagon, diamond or none. An empty
    `fill` or `border` is not painted. Lines start `top` below the upper edge, or stand in the middle when
    `top` is None; `pad` is the room at either side.
    """

    id: str
    x: float
    y: float
    w: float
    h: float
    role: str
    shape: str = "box"
    fill: str = ""
    border: str = ""
    pen: float = 1.0
    dash: str = "solid"
    lines: tuple[Line, ...] = ()
    pad: float = 4
    top: float | None = None
    tip: str = ""
    href: str = ""
    css: str = ""


class Connector(NamedTuple):
    """A line of straight pieces from box `tail` to box `head`; `dash` is solid, dashed or dotted."""

    id: str
    tail: str
    head: str
    points: tuple[tuple[float, float], ...]
    dash: str = "solid"
    ink: str = "#39434D"
    pen: float = 1.1
    arrow: bool = True
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One sheet. `desc` says in words what the drawing shows, for those who cannot see it."""

    kind: str
    lang: str
    title: str
    desc: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    connectors: tuple[Connector, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the scene as JSON data."""
        return {
            "kind": self.kind,
            "lang": self.lang,
            "title": self.title,
            "desc": self.desc,
            "width": self.width,
            "height": self.height,
            "boxes": [
                {**box._asdict(), "lines": [line._asdict() for line in box.lines]} for box in self.boxes
            ],
            "connectors": [item._asdict() for item in self.connectors],
        }


class Band(NamedTuple):
    """A strip of boxes of one height that a sheet never divides; y counts from its own upper edge.

    `over` stands above it where it begins a further sheet.
    """

    height: float
    boxes: tuple[Box, ...]
    over: Band | None = None


Page = tuple[tuple[Box, ...], float]
"""The boxes of one sheet and its height."""
_Page = TypeVar("_Page", bound=tuple[Any, ...])


class PageSize(NamedTuple):
    """The paper: width of the drawing, and the greatest height of one sheet (None: as high as needed)."""

    width: float
    height: float | None


# A4 less one centimetre on each side; a slide of 16:9.
SHEETS = {
    "portrait": PageSize(538, 785),
    "landscape": PageSize(785, 538),
    "screen": PageSize(785, None),
    "slide": PageSize(960, 540),
}


def safe_id(text: str) -> str:
    """Return an identifier of ASCII letters, digits, dot, hyphen; different for different texts."""
    return _WORD.sub(lambda found: f"_{ord(found[0]):x}_", text)[:200]


def safe_href(text: str) -> str:
    """Return a link into the page or to http(s); empty for anything else."""
    return text if _HREF.match(text) else ""


@lru_cache(maxsize=32768)
def text_lines(
    text: str, size: float, width: float, *, most: int = 4, bold: bool = False, ink: str = INK,
    align: str = "left", balanced: bool = False,
) -> tuple[Line, ...]:  # fmt: skip
    """Return a text wrapped to a width."""
    return tuple(
        Line(line, size, bold, ink, align) for line in wrap(text, size, width, most, balanced=balanced)
    )


def lines_height(lines: Iterable[Line]) -> float:
    """Return the height of lines of text."""
    return sum([line_height(line.size) for line in lines])


def text_box(name: str, x: float, y: float, w: float, lines: Sequence[Line], **more: Any) -> Box:
    """Return a box of text without frame, as high as its lines."""
    return Box(name, x, y, w, lines_height(lines), "text", "none", lines=tuple(lines), pad=0, **more)


def heading(title: str, subtitle: str, width: float, *, small: bool = False, size: float = 14.5) -> Band:
    """Return the title over a sheet; a long title takes more lines, one over 4,000 characters is shortened."""
    size, room = 10 if small else size, width - 2 * _CORNER
    lines = text_lines(title, size, room, most=2 if small else 12, bold=True, align="middle", balanced=True)
    lines += text_lines(subtitle, 8, room, most=3, ink=MUTED, align="middle", balanced=True)
    box = text_box("heading", 0, 2, width, lines, css="title")
    return Band(box.h + 10, (box,))


def note(name: str, text: str, width: float) -> Band:
    """Return a small text under a drawing."""
    lines = text_lines(text, 7.5, width - 4, most=12, ink=MUTED)
    box = text_box(name, 2, 2, width - 4, lines)
    return Band(box.h + 4, (box,))


def moved(boxes: Iterable[Box], x: float, y: float) -> list[Box]:
    """Return boxes moved by a distance."""
    return [box._replace(x=box.x + x, y=box.y + y) for box in boxes]


def joined(*bands: Band) -> Band:
    """Return bands under each other as one, which no sheet divides."""
    boxes: list[Box] = []
    height = 0.0
    for band in bands:
        boxes += moved(band.boxes, 0, height)
        height += band.height
    return Band(height, tuple(boxes), bands[0].over)


def stacked(
    bands: Sequence[Band], sheet: PageSize, *, again: Sequence[Band] = (), gap: float = 4
) -> list[Page]:
    """Return bands put under each other as sheets of boxes, with the height of each.

    `again` stands over every further sheet. A band higher than a sheet has a sheet of its own.
    """
    return evened(lambda most: _stacked(bands, most, again, gap), sheet.height)


def evened(divide: Callable[[float | None], list[_Page]], most: float | None) -> list[_Page]:
    """Return what `divide` makes of sheets of a height; a last sheet nearly empty is given more, for no more sheets.

    Each of the sheets ends with its height. None: as high as needed.
    """
    pages = divide(most)
    if most is None:
        return pages
    limit = most
    while len(pages) > 1 and pages[-1][-1] < most * _LONELY < limit:
        limit -= _STEP
        other = divide(limit)
        if len(other) > len(pages) or any(page[-1] > most for page in other):
            break
        pages = other
    return pages


def _stacked(bands: Sequence[Band], most: float | None, again: Sequence[Band], gap: float) -> list[Page]:
    sheets: list[tuple[list[Box], float]] = [([], 0.0)]
    for band in bands:
        boxes, used = sheets[-1]
        if boxes and most is not None and used + band.height > most:
            boxes, used = [], 0.0
            for item in (*again, *([band.over] if band.over else [])):
                boxes += moved(item.boxes, 0, used)
                used += item.height + gap
            sheets.append((boxes, used))
        boxes += moved(band.boxes, 0, used)
        sheets[-1] = (boxes, used + band.height + gap)
    return [(tuple(_distinct(boxes)), max(1.0, used - gap)) for boxes, used in sheets]


def numbered(pages: Sequence[Page], width: float) -> list[Page]:
    """Return sheets with `2/3` in the corner beside the heading; a single sheet as it is."""
    if len(pages) == 1:
        return list(pages)
    found = []
    for number, (boxes, height) in enumerate(pages, 1):
        mark = text_box(
            "sheet",
            width - _CORNER,
            2,
            _CORNER - 2,
            (Line(f"{number}/{len(pages)}", 8, True, align="right"),),
        )
        beside = [
            box._replace(x=_CORNER, w=width - 2 * _CORNER) if box.id == "heading" else box for box in boxes
        ]
        found.append(((*beside, mark), height))
    return found


def said(title: str) -> str:
    """Return a title short enough for the name of a picture."""
    return clean(title)[:500]


def _distinct(boxes: Iterable[Box]) -> Iterable[Box]:
    seen: dict[str, int] = {}
    for box in boxes:
        times = seen[box.id] = seen.get(box.id, 0) + 1
        yield box if times == 1 else box._replace(id=f"{box.id}.{times}")
