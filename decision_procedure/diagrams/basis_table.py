"""What stands under the drawing of a procedure: how to read it, the instruments, and for each step where it is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from decision_procedure.checking.orders import Order
from decision_procedure.checking.requirements import Cited
from decision_procedure.diagrams.cards import need_text
from decision_procedure.diagrams.changes import (
    Drawing,
    Drawn,
    cited_changed,
    gates_changed,
    numbers_changed,
)
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.palette import HEAD, INK, MUTED, PAPER, RULE
from decision_procedure.diagrams.scene import (
    Band,
    Box,
    Connector,
    Line,
    joined,
    lines_height,
    text_box,
    text_lines,
)
from decision_procedure.wording import Words, say

_LEFT = 78.0
_SAMPLE = 26.0


class Legend(NamedTuple):
    """A band with the connectors that it shows as samples."""

    band: Band
    connectors: tuple[Connector, ...]


def legend(draw: Drawing, width: float, lang: str) -> Legend:
    """Return samples of every line and border with the word for it, and what must not be read into the drawing."""
    boxes: list[Box] = []
    connectors: list[Connector] = []
    x, y = 2.0, 0.0
    for name, kind, dash, pen in _samples(draw):
        word = say(f"diagram.key_{name}", lang)
        wide = _SAMPLE + 6 + width_of(word, 7.5)
        if x + wide > width - 2 and x > 2:
            x, y = 2.0, y + 15
        if kind == "line":
            ends = [
                Box(f"key-{name}-{at}", x + at * (_SAMPLE - 1), y + 6, 1, 1, "line", "none") for at in (0, 1)
            ]
            boxes += ends
            points = ((x, y + 6.5), (x + _SAMPLE, y + 6.5))
            connectors.append(Connector(f"key-{name}", ends[0].id, ends[1].id, points, dash, pen=pen))
        else:
            shape = "rounded" if kind == "card" else "box"
            fill = INK if kind == "gate" else PAPER
            boxes.append(Box(f"key-{name}", x, y + 1, _SAMPLE, 11, "mark", shape, fill,
                             MUTED if name == "frame" else INK, pen, dash))  # fmt: skip
        boxes.append(text_box(f"key-{name}-text", x + _SAMPLE + 4, y, wide - _SAMPLE - 4, [Line(word, 7.5)]))
        x += wide + 8
    words = text_lines(_reading(draw, lang), 7.5, width - 4, most=9, ink=MUTED)
    boxes.append(text_box("note", 2, y + 16, width - 4, words))
    return Legend(Band(y + 18 + lines_height(words), tuple(boxes)), tuple(connectors))


def _samples(draw: Drawing) -> Iterator[tuple[str, str, str, float]]:
    """Yield name, kind, dash and weight of what the drawing has."""
    needs = {item.law.need for item in draw.steps.values()}
    strengths = {edge.order.strength for edge in draw.edges}
    yield from (
        (name, "card", dash, pen)
        for name, dash, pen in (("mandatory", "solid", 1.6), ("conditional", "dashed", 1.0), ("optional", "dotted", 1.0))
        if name in needs
    )  # fmt: skip
    yield from (
        (name, "line", dash, 1.1)
        for name, dash in (("stated", "solid"), ("implied", "dashed"))
        if name in strengths
    )
    kinds = {gate.name for item in draw.steps.values() for _, gate in gates_changed(item)}
    yield from ((name, name, "solid", 0.8) for name in ("gate", "precondition") if name in kinds)
    yield "frame", "card", "solid", 1.4
    diffs = draw.diffs()
    if "added" in diffs:
        yield "added", "line", "solid", 2.6
    if "removed" in diffs:
        yield "removed", "line", "dotted", 1.0


def _reading(draw: Drawing, lang: str) -> str:
    texts = [say("diagram.reading_key", lang)]
    if draw.against is not None:
        texts.append(say("diagram.diff_key", lang, other=draw.against.name(lang)))
    return " ".join(texts)


def tables(draw: Drawing, width: float, lang: str) -> Iterator[Band]:
    """Yield the instruments, then a row for each step: where it is set, numbers, gates, and what differs."""
    yield _title("instruments", width, lang)
    for number, text in enumerate(draw.marks.lines(lang), 1):
        lines = text_lines(text, 7.5, width - 8, most=3)
        yield Band(lines_height(lines) + 1, (text_box(f"instrument-{number}", 4, 0, width - 8, lines),))
    special = (draw.law.special, *([draw.against.special] if draw.against else []))
    if names := dict.fromkeys(pack.head.title.text(lang) for packs in special for pack in packs):
        text = say("diagram.special_left_out", lang, names=Words(lang).listed(names))
        lines = text_lines(text, 7.5, width - 8, most=6, ink=MUTED)
        yield Band(lines_height(lines) + 1, (text_box("special", 4, 0, width - 8, lines),))
    yield Band(6, ())
    rows = [
        _row(f"basis-{name}", _heading(item, lang), list(_details(name, item, draw, lang)), width)
        for name, item in draw.steps.items()
    ]
    if draw.lost:
        texts = [_order_text(order, draw, lang) for order in draw.lost]
        rows.append(_row("basis-lost", say("diagram.orders_lost", lang), texts, width))
    yield joined(_title("step_bases", width, lang), rows[0])
    again = _title("step_bases", width, lang, again=True)
    yield from (row._replace(over=again) for row in rows[1:])


def _heading(item: Drawn, lang: str) -> str:
    diff = f"{say(f'diagram.diff_{item.diff}', lang)} " if item.diff else ""
    return diff + item.law.step.name.text(lang)


def _details(name: str, item: Drawn, draw: Drawing, lang: str) -> Iterator[str]:
    """Yield what the law says of a step: first as it stands, then gates, then order."""
    joint = say("glossary.semicolon", lang)
    need, before = need_text(item.law, lang), need_text(item.other or item.law, lang)
    parts = [need if need == before else say("diagram.from_then", lang, old=before, new=need)]
    gap = say("glossary.gap", lang)
    for mark, texts, instruments in numbers_changed(item, lang):
        cited = "".join(draw.marks.mark(name) for name in dict.fromkeys(instruments))
        parts.append(f"{mark}{gap.join(texts)} {cited}")
    parts += [draw.marks.full(cited, lang) for cited in item.law.cited]
    yield joint.join(parts)
    if changed := [mark + text for mark, text in cited_changed(item, draw.marks, lang) if mark]:
        yield say("diagram.bases_changed", lang) + joint.join(changed)
    for mark, gate in gates_changed(item):
        cited = draw.marks.full(Cited(gate.instrument, (gate.article,)), lang)
        yield f"{mark}{say(f'diagram.{gate.name}', lang)} {cited}{say('glossary.colon', lang)}{gate.text.text(lang)}"
    orders = [
        _order_text(edge.order, draw, lang, edge.diff) for edge in draw.edges if edge.order.after == name
    ]
    if orders:
        yield joint.join(orders)


def _order_text(order: Order, draw: Drawing, lang: str, diff: str = "") -> str:
    names = [draw.steps[name].law.step.name.text(lang) for name in (order.before, order.after)]
    cited = " ".join(draw.marks.full(item, lang) for item in order.cited)
    mark = {"added": "+", "removed": "-"}.get(diff, "")
    return f"{mark}{say(f'diagram.order_{order.strength}', lang)} {' → '.join(names)} {cited}"


def _title(name: str, width: float, lang: str, *, again: bool = False) -> Band:
    lines = (
        Line(
            f"{say(f'diagram.{name}', lang)} {say('diagram.continued', lang) if again else ''}".strip(),
            9,
            True,
        ),
    )
    return Band(
        18, (Box(f"title-{name}", 1, 0, width - 2, 17, "head", "box", HEAD, RULE, 0.5, lines=lines, pad=4),)
    )


def _row(name: str, head: str, texts: Sequence[str], width: float) -> Band:
    left = text_lines(head, 7.5, _LEFT - 8, most=5, bold=True)
    right: tuple[Line, ...] = ()
    for text in filter(None, texts):
        right += text_lines(text, 7.5, width - _LEFT - 10, most=8)
    high = max(lines_height(left), lines_height(right)) + 5
    return Band(
        high,
        (
            Box(name, 1, 0, _LEFT, high, "head", "box", PAPER, RULE, 0.5, lines=left, pad=4, top=2),
            Box(f"{name}-text", 1 + _LEFT, 0, width - 2 - _LEFT, high, "head", "box", PAPER, RULE, 0.5, lines=right,
                pad=4, top=2),
        ),
    )  # fmt: skip
