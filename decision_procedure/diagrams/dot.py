"""A scene as DOT in which every place is pinned, so that Graphviz only draws."""

from __future__ import annotations

from functools import lru_cache

import graphviz

from decision_procedure.diagrams.metrics import clean, line_height
from decision_procedure.diagrams.palette import FONTS, INK
from decision_procedure.diagrams.scene import Box, Connector, Line, Scene, safe_href
from decision_procedure.diagrams.svg import escape, towards

_SIZE = 8.0
_TABLE = '<TABLE BORDER="0" CELLSPACING="0" CELLPADDING="0">'
_ALIGN = {"left": ' ALIGN="LEFT"', "middle": "", "right": ' ALIGN="RIGHT"'}
_SHAPES = {"none": "none", "rounded": "box", "circle": "ellipse"}


def dot_text(scene: Scene) -> str:
    """Return the scene as DOT text; nodes are named as the boxes, and so are their SVG ids."""
    dot = graphviz.Digraph(scene.kind)
    dot.attr(
        "graph", layout="nop2", splines="true", outputorder="nodesfirst", charset="UTF-8", bgcolor="white",
        pad="0", margin="0", bb=f"0,0,{_n(scene.width)},{_n(scene.height)}", id=scene.kind,
        tooltip=graphviz.escape(clean(scene.title)),
    )  # fmt: skip
    dot.attr(
        "node", fixedsize="true", shape="box", style="filled", margin="0", fontname=FONTS, fontcolor=INK,
        fontsize=_n(_SIZE), label="", id=r"\N", tooltip=" ",
    )  # fmt: skip
    dot.attr("edge", arrowsize="0.6", tooltip=" ")
    middle = f"{_n(scene.width / 2)},{_n(scene.height / 2)}"
    dot.node(
        "_page", style="invis", pos=middle, width=f"{scene.width / 72:.4f}", height=f"{scene.height / 72:.4f}"
    )
    dot.body += [f"\t{_quoted(box.id)} [{_box(box, scene.height)}]\n" for box in scene.boxes]
    for item in scene.connectors:
        ends = f"{_quoted(item.tail)} -> {_quoted(item.head)}"
        dot.body.append(f"\t{ends} [{_connector(item, scene.height)}]\n")
    return str(dot.source)


def _box(box: Box, height: float) -> str:
    """Return the attributes of a node; what the node defaults or Graphviz's own say is left out."""
    parts = [
        f'pos="{_n(box.x + box.w / 2)},{_n(height - box.y - box.h / 2)}" width={box.w / 72:.4f} height={box.h / 72:.4f}',
        f"class={_quoted(f'{box.role} {box.css}' if box.css else box.role)}",
    ]
    styles = [*(("filled",) if box.fill else ()), *(("rounded",) if box.shape == "rounded" else ())]
    style = ",".join([*styles, *((box.dash,) if box.dash != "solid" else ())])
    if style != "filled":
        parts.append(f'style="{style}"')
    if box.shape not in ("box", "rounded"):
        parts.append(f"shape={_SHAPES.get(box.shape, box.shape)}")
    color = box.border or box.fill or "transparent"
    pen = box.pen if box.border else 0
    if box.shape != "none":
        parts.append(f'color="{color}"' if pen == 1 else f'color="{color}" penwidth={_n(pen)}')
    if box.fill not in ("", color):
        parts.append(f'fillcolor="{box.fill}"')
    if box.lines:
        parts.append(_label(box))
    if box.tip:
        parts.append(f"tooltip={_quoted(box.tip)}")
    href = safe_href(box.href)
    if href:
        parts.append(f"URL={_quoted(href)} target=_top")
    return " ".join(parts)


def _label(box: Box) -> str:
    """Return a label of a row for each line: in the middle of the box, or from `top` down."""
    if box.role in ("badge", "mark") and len(box.lines) == 1:
        return _glyph(box.lines[0])
    wide = f' WIDTH="{max(1, int(box.w - 2 * max(box.pad, 1)))}"'
    rows = []
    if box.top:
        rows.append(f'<TR><TD HEIGHT="{round(box.top)}"{wide}></TD></TR>')
    for line in box.lines:
        high = f' HEIGHT="{line_height(line.size) - 1}"' if len(box.lines) > 1 else ""
        rows.append(f"<TR><TD{'' if rows else wide}{high}{_ALIGN[line.align]}>{_font(line)}</TD></TR>")
    place = "" if box.top is None else " labelloc=t"
    return f"label=<{_TABLE}{''.join(rows)}</TABLE>>{place}"


def _glyph(line: Line) -> str:
    """Return a label a little lower than the middle, above which Graphviz sets a glyph."""
    return f'label=<{_TABLE}<TR><TD HEIGHT="{round(line.size * 1.45)}" VALIGN="BOTTOM">{_font(line)}</TD></TR></TABLE>>'


def label_text(text: str) -> str:
    """Return a text for a label like HTML; of nothing but closing brackets Graphviz would make an error."""
    if not text.strip():
        return "&#160;"
    return escape(text) if text.strip().strip("]") else text.replace("]", "&#93;")


@lru_cache(maxsize=32768)
def _font(line: Line) -> str:
    text = label_text(line.text)
    text = f"<B>{text}</B>" if line.bold else text
    size = "" if line.size == _SIZE else f' POINT-SIZE="{_n(line.size)}"'
    ink = "" if line.ink == INK else f' COLOR="{line.ink}"'
    return f"<FONT{size}{ink}>{text}</FONT>" if size or ink else text


def _connector(item: Connector, height: float) -> str:
    points = [(x, height - y) for x, y in item.points]
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
    tip = ""
    if item.arrow:
        back = min(6.0, length)
        tip = f"e,{_n(x1)},{_n(y1)} "
        points[-1] = (x1 - back * (x1 - x0) / length, y1 - back * (y1 - y0) / length)
    line = " ".join(f"{_n(x)},{_n(y)}" for x, y in _spline(points))
    parts = [
        f'pos="{tip}{line}" id={_quoted(item.id)} class=connector color="{item.ink}" penwidth={_n(item.pen)}'
    ]
    if not item.arrow:
        parts.append("arrowhead=none")
    if item.tip:
        parts.append(f"tooltip={_quoted(item.tip)}")
    if item.dash != "solid":
        parts.append(f"style={item.dash}")
    return " ".join(parts)


def _spline(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a Bézier curve along straight pieces with rounded corners."""
    curve = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = towards(corner, before), towards(corner, after)
        curve += [*_straight(curve[-1], enter), corner, corner, leave]
    return [*curve, *_straight(curve[-1], points[-1])]


def _straight(a: tuple[float, float], b: tuple[float, float]) -> list[tuple[float, float]]:
    return [
        (a[0] + (b[0] - a[0]) / 3, a[1] + (b[1] - a[1]) / 3),
        (a[0] + (b[0] - a[0]) * 2 / 3, a[1] + (b[1] - a[1]) * 2 / 3),
        b,
    ]


@lru_cache(maxsize=32768)
def _quoted(text: str) -> str:
    """Return a text as a quoted DOT string that is neither markup nor holds escapes."""
    text = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


@lru_cache(maxsize=65536)
def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))
