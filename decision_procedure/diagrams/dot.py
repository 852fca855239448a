"""A scene as DOT in which every place is pinned, so that Graphviz only draws."""

from __future__ import annotations

import graphviz

from decision_procedure.diagrams.metrics import clean, line_height
from decision_procedure.diagrams.palette import FONTS, INK
from decision_procedure.diagrams.scene import Box, Connector, Line, Scene, lines_height, safe_href
from decision_procedure.diagrams.svg import escape, towards

_SHAPES = {"none": "none", "rounded": "box", "circle": "ellipse"}


def dot_text(scene: Scene, prefix: str = "") -> str:
    """Return the scene as DOT text; node ids are those of the boxes, `prefix` before every SVG id."""
    dot = graphviz.Digraph(scene.kind)
    dot.attr(
        "graph", layout="nop2", splines="true", outputorder="nodesfirst", charset="UTF-8", bgcolor="white",
        pad="0", margin="0", bb=f"0,0,{_n(scene.width)},{_n(scene.height)}", fontname=FONTS, label="",
        id=f"{prefix}{scene.kind}", tooltip=_plain(scene.title),
    )  # fmt: skip
    dot.attr("node", fixedsize="true", shape="box", margin="0", fontname=FONTS, fontcolor=INK, label="")
    dot.attr("edge", fontname=FONTS, arrowsize="0.6")
    for name, x, y in (("_tl", 0.0, scene.height), ("_br", scene.width, 0.0)):
        dot.node(
            name,
            shape="point",
            style="invis",
            width="0.01",
            height="0.01",
            pos=f"{_n(x)},{_n(y)}",
            tooltip=" ",
        )
    for box in scene.boxes:
        dot.node(f"b.{box.id}", **_box(box, scene.height, prefix))
    for item in scene.connectors:
        dot.edge(f"b.{item.tail}", f"b.{item.head}", **_connector(item, scene.height, prefix))
    return str(dot.source)


def _box(box: Box, height: float, prefix: str) -> dict[str, str]:
    styles = [*(("filled",) if box.fill else ()), *(("rounded",) if box.shape == "rounded" else ())]
    if box.dash != "solid":
        styles.append(box.dash)
    found = {
        "pos": f"{_n(box.x + box.w / 2)},{_n(height - box.y - box.h / 2)}",
        "width": f"{box.w / 72:.4f}",
        "height": f"{box.h / 72:.4f}",
        "id": prefix + box.id,
        "class": f"{box.role} {box.css}".strip(),
        "tooltip": _plain(box.tip) or " ",
    }
    if styles:
        found["style"] = ",".join(styles)
    if box.shape != "box":
        found["shape"] = _SHAPES.get(box.shape, box.shape)
    if box.fill:
        found["fillcolor"] = box.fill
    if box.border:
        found |= {"color": box.border, "penwidth": _n(box.pen)}
    elif box.shape != "none":
        found["penwidth"] = "0"
        found["color"] = box.fill or "transparent"
    if box.lines:
        found |= _label(box)
    href = safe_href(box.href)
    if href:
        found |= {"URL": f"#{prefix}{href[1:]}" if href[0] == "#" else _plain(href), "target": "_top"}
    return found


def _label(box: Box) -> dict[str, str]:
    if box.role in ("badge", "mark") and len(box.lines) == 1:
        return {"label": f"<{_font(box.lines[0])}>", "fontsize": _n(box.lines[0].size)}
    width = max(1, int(box.w - 2 * max(box.pad, 1)))
    top = box.top if box.top is not None else (box.h - lines_height(box.lines)) / 2
    start = max(0, round(top))
    rows = f'<TR><TD HEIGHT="{start}" WIDTH="{width}"></TD></TR>' if start else ""
    for line in box.lines:
        align = {"left": ' ALIGN="LEFT"', "middle": "", "right": ' ALIGN="RIGHT"'}[line.align]
        high = line_height(line.size) - (1 if len(box.lines) > 1 else 0)
        gap = f' HEIGHT="{high}"' if len(box.lines) > 1 or start else ""
        rows += f'<TR><TD WIDTH="{width}"{gap}{align}>{_font(line)}</TD></TR>'
    table = f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{rows}</TABLE>'
    return {"label": f"<{table}>", "labelloc": "t"}


def _font(line: Line) -> str:
    text = escape(line.text) if line.text.strip() else "&#160;"
    text = f"<B>{text}</B>" if line.bold else text
    return f'<FONT POINT-SIZE="{_n(line.size)}" COLOR="{line.ink}">{text}</FONT>'


def _connector(item: Connector, height: float, prefix: str) -> dict[str, str]:
    points = [(x, height - y) for x, y in item.points]
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
    tip = ""
    if item.arrow:
        back = min(6.0, length)
        tip = f"e,{_n(x1)},{_n(y1)} "
        points[-1] = (x1 - back * (x1 - x0) / length, y1 - back * (y1 - y0) / length)
    found = {
        "pos": tip + " ".join(f"{_n(x)},{_n(y)}" for x, y in _spline(points)),
        "id": prefix + item.id,
        "class": "connector",
        "color": item.ink,
        "penwidth": _n(item.pen),
        "tooltip": _plain(item.tip) or " ",
        "arrowhead": "normal" if item.arrow else "none",
    }
    if item.dash != "solid":
        found["style"] = item.dash
    return found


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


def _plain(text: str) -> str:
    """Return a text as a DOT string that is neither markup nor holds escapes."""
    text = str(graphviz.escape(clean(text)))
    return f" {text}" if text.startswith("<") and text.endswith(">") else text


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))
