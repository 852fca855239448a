"""A scene as plain SVG, without any renderer: no script, no reference to anything outside, the same bytes each time."""

from __future__ import annotations

from functools import lru_cache

from decision_procedure.diagrams.metrics import clean, line_height
from decision_procedure.diagrams.palette import FONTS
from decision_procedure.diagrams.scene import Box, Connector, Line, Scene, lines_height, safe_href
from decision_procedure.wording import is_chinese

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_DASHES = {"solid": "", "dashed": ' stroke-dasharray="6 4"', "dotted": ' stroke-dasharray="1.5 4"'}
_ANCHORS = {"left": "start", "middle": "middle", "right": "end"}
CORNER = 5.0


def svg_text(scene: Scene, prefix: str = "") -> str:
    """Return the scene as one SVG document; `prefix` goes before every id, for several in one page."""
    name = f"{prefix}{scene.kind}"
    role = "group" if any(box.href for box in scene.boxes) else "img"
    width, height = _n(scene.width), _n(scene.height)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{escape(name)}" class="diagram {scene.kind}" '
            f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}" role="{role}" '
            f'lang="{"zh-CN" if is_chinese(scene.lang) else scene.lang}" '
            f'aria-labelledby="{escape(name)}-title {escape(name)}-desc" font-family="{FONTS}">\n'
            f'<title id="{escape(name)}-title">{escape(scene.title)}</title>\n'
            f'<desc id="{escape(name)}-desc">{escape(scene.desc)}</desc>\n'
            f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>\n'
        )
    ]
    parts.extend(_box(box, prefix) for box in scene.boxes)
    parts.extend(_connector(item, prefix) for item in scene.connectors)
    parts.append("</svg>\n")
    return "".join(parts)


@lru_cache(maxsize=65536)
def escape(text: str) -> str:
    """Return a text as XML content or attribute value."""
    return clean(text).translate(_ESCAPES)


def _box(box: Box, prefix: str) -> str:
    before, after = "", "\n"
    if box.tip or box.role not in ("rule", "shade", "line"):
        href = safe_href(box.href)
        css = f"{box.role} {box.css}" if box.css else box.role
        title = f"<title>{escape(box.tip)}</title>" if box.tip else ""
        before, after = f'<g id="{escape(prefix + box.id)}" class="{escape(css)}">{title}', "</g>\n"
        if href:
            target = f"#{prefix}{href[1:]}" if href[0] == "#" else href
            before, after = f'{before}<a href="{escape(target)}">', "</a></g>\n"
    shape = _shape(box) if box.fill or box.border else ""
    return f"{before}{shape}{_texts(box) if box.lines else ''}{after}"


def _texts(box: Box) -> str:
    y = box.y + (box.top if box.top is not None else (box.h - lines_height(box.lines)) / 2)
    found = []
    for line in box.lines:
        high = line_height(line.size)
        found.append(_text(box, line, y + high / 2 + line.size * 0.36))
        y += high
    return "".join(found)


def _shape(box: Box) -> str:
    x, y, w, h = box.x, box.y, box.w, box.h
    paint = f'fill="{box.fill or "none"}"'
    if box.border:
        paint += f' stroke="{box.border}" stroke-width="{_n(box.pen)}"{_DASHES[box.dash]}'
    if box.shape == "circle":
        return (
            f'<ellipse cx="{_n(x + w / 2)}" cy="{_n(y + h / 2)}" rx="{_n(w / 2)}" ry="{_n(h / 2)}" {paint}/>'
        )
    if box.shape == "octagon":
        return f'<polygon points="{_points(octagon(box))}" {paint}/>'
    if box.shape == "diamond":
        corners = ((x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2))
        return f'<polygon points="{_points(corners)}" {paint}/>'
    round_ = f' rx="{_n(min(12, w / 3, h / 3))}"' if box.shape == "rounded" else ""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"{round_} {paint}/>'


def octagon(box: Box) -> tuple[tuple[float, float], ...]:
    """Return the corners of the octagon in a box."""
    x, y, w, h = box.x, box.y, box.w, box.h
    a, b = w * 0.293, h * 0.293
    return (
        (x + a, y), (x + w - a, y), (x + w, y + b), (x + w, y + h - b),
        (x + w - a, y + h), (x + a, y + h), (x, y + h - b), (x, y + b),
    )  # fmt: skip


def _text(box: Box, line: Line, baseline: float) -> str:
    if line.align == "left":
        x = box.x + box.pad
    else:
        x = box.x + box.w / 2 if line.align == "middle" else box.x + box.w - box.pad
    bold = ' font-weight="bold"' if line.bold else ""
    anchor = "" if line.align == "left" else f' text-anchor="{_ANCHORS[line.align]}"'
    return (
        f'<text x="{_n(x)}" y="{_n(baseline)}" font-size="{_n(line.size)}" fill="{line.ink}"{bold}{anchor}'
        f' xml:space="preserve">{escape(line.text)}</text>'
    )


def _connector(item: Connector, prefix: str) -> str:
    points = list(item.points)
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    head = ""
    if item.arrow:
        back = min(6.0, length)
        tip = ((x1, y1), (x1 - back * dx - 2.6 * dy, y1 - back * dy + 2.6 * dx),
               (x1 - back * dx + 2.6 * dy, y1 - back * dy - 2.6 * dx))  # fmt: skip
        head = f'<polygon points="{_points(tip)}" fill="{item.ink}"/>'
        points[-1] = (x1 - back * dx * 0.8, y1 - back * dy * 0.8)
    title = f"<title>{escape(item.tip)}</title>" if item.tip else ""
    return (
        f'<g id="{escape(prefix + item.id)}" class="connector">{title}<path d="{_path(points)}" fill="none" '
        f'stroke="{item.ink}" stroke-width="{_n(item.pen)}"{_DASHES[item.dash]}/>{head}</g>\n'
    )


def _path(points: list[tuple[float, float]]) -> str:
    """Return a path whose corners are rounded."""
    parts = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = towards(corner, before), towards(corner, after)
        parts.append(
            f"L{_n(enter[0])} {_n(enter[1])}Q{_n(corner[0])} {_n(corner[1])} {_n(leave[0])} {_n(leave[1])}"
        )
    parts.append(f"L{_n(points[-1][0])} {_n(points[-1][1])}")
    return "".join(parts)


def towards(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return the point where the rounding of a corner begins on the way to another point."""
    length = ((other[0] - corner[0]) ** 2 + (other[1] - corner[1]) ** 2) ** 0.5 or 1.0
    step = min(CORNER, length / 2) / length
    return corner[0] + (other[0] - corner[0]) * step, corner[1] + (other[1] - corner[1]) * step


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


@lru_cache(maxsize=65536)
def _n(value: float) -> str:
    """Return a number with at most two decimals, without a trailing zero."""
    if value == int(value):
        return str(int(value))
    return f"{value:.2f}".rstrip("0").rstrip(".")
