"""The procedure that the law sets: lanes by bearer, rows by order, numbers on the step, a diff where asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import networkx as nx

from decision_procedure.diagrams.duties import ProcedureLaw, StepLaw
from decision_procedure.diagrams.palette import HEAD, INK, LANE, MUTED, PAPER, RULE
from decision_procedure.diagrams.scene import (
    SHEETS,
    Box,
    Connector,
    Line,
    Scene,
    heading,
    lines_height,
    moved,
    note,
    text_lines,
)
from decision_procedure.diagrams.swimlanes import (
    Grid,
    Link,
    column_width,
    connect,
    cut,
    grid,
    places,
    ranks,
    routes,
)
from decision_procedure.diagrams.words import articles, say
from decision_procedure.model.vocabulary import label

_LANES = ("DO", "CH", "MB", "CU", "HO", "XP", "RA", "LR", "EX", "EV")
_DASH = {"mandatory": "solid", "conditional": "dashed", "optional": "dotted"}
_PEN = {"mandatory": 1.5, "conditional": 1.0, "optional": 1.0}


class Drawn(NamedTuple):
    """A step to draw: its law, and how it differs from the other procedure (empty: not at all)."""

    law: StepLaw
    diff: str = ""


def procedure_scenes(
    law: ProcedureLaw, *, against: ProcedureLaw | None = None, lang: str = "zh", page: str = "portrait"
) -> tuple[Scene, ...]:
    """Return the sheets of a procedure; with `against`, what differs from that procedure is marked."""
    steps = _compared(law, against, lang)
    sheet = SHEETS[page]
    title = _title(law, against, lang)
    if not steps:
        head = heading(title, say("no_law", lang), sheet.width)
        return (Scene("procedure", lang, title, say("no_law", lang), sheet.width, head.height, head.boxes),)
    lanes = [bearer for bearer in _LANES if any(item.law.step.bearer == bearer for item in steps.values())]
    links = _links(law, steps, lang)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(steps)
    graph.add_edges_from((link.tail, link.head) for link in links)
    rank = _close_ranks(ranks(graph), steps)
    lane_of = {name: lanes.index(item.law.step.bearer) for name, item in steps.items()}
    most = 3 if page != "portrait" else 2 if lang == "zh" else 1  # English words need wider cards
    widths = _columns(rank, lane_of, len(lanes), most)
    where = places(rank, lane_of, widths)
    channels, gutters = routes(links, where)
    wide = column_width(sum(widths), 1, sheet.width - 1, gutters)
    cards = {name: _lines(item, wide, lang) for name, item in steps.items()}
    heights = {name: lines_height(lines) + 8 for name, lines in cards.items()}
    head = heading(title, " ".join(law.titles(lang)), sheet.width)
    lane_heads = [text_lines(label("bearer", bearer, lang), 8 if lang == "zh" else 7.5, max(30.0, wide * count), bold=True, align="middle",
                             balanced=True) for bearer, count in zip(lanes, widths, strict=True)]  # fmt: skip
    band = max(lines_height(lines) for lines in lane_heads) + 8
    plan = grid(where, heights, sum(widths), 1, sheet.width - 1, 0, channels, gutters)
    lines = connect(links, where, plan, channels, gutters)
    ground = _lanes(lanes, widths, lane_heads, plan, band, sheet.width - 1)
    boxes = [_card(name, item, cards[name], plan, lang) for name, item in steps.items()]
    foot = note("note", _key(law, against, steps, lang), sheet.width)
    desc = _description(steps, links, lang)
    small = heading(title, "", sheet.width, small=True)
    scenes = []
    for number, (above, below) in enumerate(_cuts(plan, sheet.height, head.height + band + foot.height + 12)):
        top = head if number == 0 else small
        y = top.height + band
        height = y + below - above + 2
        shown = [*top.boxes, *moved(ground(below - above), 0, top.height)]
        shown += moved((box for box in boxes if above <= box.y < below), 0, y - above)
        if below >= plan.height:
            shown += moved(foot.boxes, 0, height + 2)
            height += foot.height + 2
        parts = tuple(_moved(item, y) for item in cut(lines, above, below))
        shown += _anchors(parts, {box.id for box in shown})
        scenes.append(Scene("procedure", lang, title, desc, sheet.width, height, tuple(shown), parts))
    return tuple(scenes)


def _title(law: ProcedureLaw, against: ProcedureLaw | None, lang: str) -> str:
    names = [item.name for item in (law, against) if item is not None and item.name]
    return say("procedure", lang) + (f"　{' / '.join(names)}" if names else "")


def _compared(law: ProcedureLaw, against: ProcedureLaw | None, lang: str) -> dict[str, Drawn]:
    mine = law.steps(lang)
    if against is None:
        return {name: Drawn(step) for name, step in mine.items()}
    theirs = against.steps(lang)
    found = {}
    for name in [*mine, *(other for other in theirs if other not in mine)]:
        if name not in theirs:
            found[name] = Drawn(mine[name], "diff_added")
        elif name not in mine:
            found[name] = Drawn(theirs[name], "diff_removed")
        else:
            one, two = mine[name], theirs[name]
            same = (one.need, one.basis, one.numbers, one.step.bearer) == (
                two.need,
                two.basis,
                two.numbers,
                two.step.bearer,
            )
            found[name] = Drawn(one, "" if same else "diff_changed")
    return found


def _links(law: ProcedureLaw, steps: dict[str, Drawn], lang: str) -> list[Link]:
    found: dict[tuple[str, str], Link] = {}
    for _, edge in law.procedure.edges:
        if edge.before in steps and edge.after in steps:
            tip = f"{articles((edge.article,), lang)} {say(edge.strength, lang)}"
            key = (edge.before, edge.after)
            if key not in found or edge.strength == "stated":
                found[key] = Link(edge.before, edge.after, edge.strength, tip)
    return [found[key] for key in sorted(found)]


def _close_ranks(rank: dict[str, int], steps: dict[str, Drawn]) -> dict[str, int]:
    """Keep the order of the law inside a row, and leave no row empty."""
    rows = {row: index for index, row in enumerate(sorted(set(rank.values())))}
    return {name: rows[rank[name]] for name in steps}


def _columns(rank: dict[str, int], lane_of: dict[str, int], lanes: int, most: int) -> list[int]:
    counts: dict[tuple[int, int], int] = {}
    for name, row in rank.items():
        counts[row, lane_of[name]] = counts.get((row, lane_of[name]), 0) + 1
    full = [max(count for (_, lane), count in counts.items() if lane == index) for index in range(lanes)]
    return [min(most, 1 if count < 3 else count) for count in full]


def _lines(item: Drawn, width: float, lang: str) -> tuple[Line, ...]:
    law, room = item.law, width - 6
    lines = text_lines(
        law.step.name.text(lang), 8 if lang == "zh" else 7.5, room, bold=True, align="middle", balanced=True
    )
    lines += text_lines(law.basis, 7, room, ink=MUTED, align="middle", most=4, balanced=True)
    for number in law.numbers:
        lines += text_lines(number, 7.5, room, bold=True, ink="#8A2900", align="middle", balanced=True)
    lines += text_lines(say(law.need, lang), 7, room, align="middle")
    if item.diff:
        lines += text_lines(say(item.diff, lang), 7.5, room, bold=True, align="middle")
    return lines


def _card(name: str, item: Drawn, lines: tuple[Line, ...], plan: Grid, lang: str) -> Box:
    x, y, w, h = plan.cards[name]
    tip = f"{item.law.step.name.text(lang)} {item.law.basis} {' '.join(item.law.duties)}"
    fill = {"diff_added": "#E4EEF8", "diff_removed": "#F2F2F2", "diff_changed": "#FFF3D1"}.get(
        item.diff, PAPER
    )
    return Box(
        f"step-{name}", x, y, w, h, "card", "rounded", fill, INK, 2.6 if item.diff else _PEN[item.law.need],
        _DASH[item.law.need], lines, 3, 4, tip=tip, css=f"step {item.law.need} {item.diff}".strip(),
    )  # fmt: skip


class _Lanes(NamedTuple):
    names: Sequence[str]
    edges: tuple[tuple[float, float], ...]
    heads: Sequence[tuple[Line, ...]]
    band: float

    def __call__(self, height: float) -> list[Box]:
        boxes: list[Box] = []
        for index, (name, (left, right), lines) in enumerate(
            zip(self.names, self.edges, self.heads, strict=True)
        ):
            fill = LANE if index % 2 == 0 else PAPER
            boxes.append(
                Box(f"lane-{name}", left, self.band, right - left, height, "lane", "box", fill, RULE, 0.8)
            )
            boxes.append(
                Box(
                    f"head-{name}",
                    left,
                    0,
                    right - left,
                    self.band,
                    "head",
                    "box",
                    HEAD,
                    RULE,
                    0.8,
                    lines=lines,
                    pad=1,
                )
            )
        return boxes


def _lanes(
    lanes: Sequence[str],
    widths: Sequence[int],
    heads: Sequence[tuple[Line, ...]],
    plan: Grid,
    band: float,
    right: float,
) -> _Lanes:
    edges, column = [], 0
    starts = []
    for count in widths:
        starts.append(plan.columns[column][0] - 4)
        column += count
    starts[0] = 1.0
    for start, end in zip(starts, [*starts[1:], right], strict=True):
        edges.append((start, end))
    return _Lanes(lanes, tuple(edges), heads, band)


def _cuts(plan: Grid, height: float | None, used: float) -> list[tuple[float, float]]:
    """Return the stretches of the grid that go on one sheet each, divided under rows."""
    if height is None or plan.height + used <= height:
        return [(0.0, plan.height)]
    found, start, last = [], 0.0, 0.0
    for _, low in plan.rows:
        end = low + 3
        if end - start + used > height and last > start:
            found.append((start, last))
            start = last
        last = end
    return [*found, (start, plan.height)]


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


def _key(law: ProcedureLaw, against: ProcedureLaw | None, steps: dict[str, Drawn], lang: str) -> str:
    text = say("procedure_key", lang)
    if against is not None:
        text += " " + say("diff_key", lang, against.name or "—")
        if not any(item.diff for item in steps.values()):
            text += " " + say("diff_none", lang)
    return text


def _description(steps: dict[str, Drawn], links: Sequence[Link], lang: str) -> str:
    told = "; ".join(
        f"{item.law.step.name.text(lang)} ({say(item.law.need, lang)})" for item in steps.values()
    )
    names = {name: item.law.step.name.text(lang) for name, item in steps.items()}
    return f"{told}. {'; '.join(f'{names[link.tail]} → {names[link.head]}' for link in links)}"
