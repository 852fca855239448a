"""Phases of a procedure in rows of cards: short phases side by side, a ground and a head for each, arrows between."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from decision_procedure.diagrams.palette import HEAD, LANE, MUTED, RULE, look
from decision_procedure.diagrams.scene import Band, Box, Connector, Line, text_lines
from decision_procedure.graph import Procedure
from decision_procedure.reporting.steps import StepState
from decision_procedure.wording import Words, is_chinese, say, section

BADGE = 17.0
PHASE = 64.0
GAP = 7.0
ARROW = 9.0
BETWEEN = 16.0  # between phases that share a row


class Phase(NamedTuple):
    """The cards of a phase with their verdicts, and the least height that its head needs beside them."""

    least: float
    cards: list[tuple[Box, str | None]]

    def breadth(self, wide: float) -> float:
        """Return the width of head and cards of a width in one row, with the room after them."""
        return PHASE + GAP + len(self.cards) * (wide + GAP) + BETWEEN


def badge(name: str, outcome: str | None, x: float, y: float, lang: str, size: float = BADGE) -> list[Box]:
    """Return the badge of a verdict; none for a step without tests."""
    style = look(outcome)
    if style.badge == "none":
        return []
    glyph = Words(lang).said(style)
    line = Line(glyph, size * 0.53, True, style.glyph, "middle")
    return [
        Box(name, x, y, size, size, "badge", style.badge, style.ground, style.outline, 1.0, lines=(line,), pad=0,
            css=outcome or "")
    ]  # fmt: skip


def row_of(phases: Sequence[Phase], wide: float, lang: str, *, more: bool = False) -> Band:
    """Return cards of one or several phases beside each other, all of one height; `more` of a phase begun above."""
    top = 0.0 if more else GAP + ARROW
    high = max(max(phase.least, *(card.h for card, _ in phase.cards)) for phase in phases)
    boxes: list[Box] = []
    left = 1.0
    for phase in phases:
        for place, (card, outcome) in enumerate(phase.cards):
            x = left + PHASE + GAP + place * (wide + GAP)
            boxes.append(card._replace(x=x, y=top, h=high))
            boxes += badge(f"badge-{card.id[5:]}", outcome, x + wide - BADGE - 5, top + 5, lang)
        left += phase.breadth(wide)
    return Band(top + high + GAP, tuple(boxes), Band(GAP + ARROW, ()) if more else None)


def with_lanes(
    boxes: tuple[Box, ...], states: Mapping[str, StepState], width: float, lang: str, begun: set[str]
) -> tuple[Box, ...]:
    """Put under the cards of each phase on a sheet its ground and its head; a phase in `begun` says so."""
    called = {state.phase: phase_name(state, lang) for state in states.values()}
    phases = list(called)
    cards: dict[str, list[Box]] = {}
    for box in boxes:
        if box.css.startswith("step "):
            name = box.id[5:]
            phase = states[name].phase if name in states else name.rpartition("-")[2]
            cards.setdefault(phase, []).append(box)
    found: list[Box] = []
    lefts = {phase: (own[0].y, own[0].x - GAP - PHASE) for phase, own in cards.items()}
    for phase, own in cards.items():
        top, x = lefts[phase]
        after = [left - BETWEEN for y, left in lefts.values() if y == top and left > x]
        w = min([*after, width - 1]) - x
        y = top - GAP
        h = max(box.y + box.h for box in own) + GAP - y
        lines = phase_lines(phases.index(phase) + 1, called[phase], lang, again=phase in begun)
        found.append(Box(f"lane-{phase}", x, y, w, h, "lane", "box", LANE, RULE, 0.8))
        found.append(
            Box(f"phase-{phase}", x, y, PHASE, h, "head", "box", HEAD, RULE, 0.8, lines=lines, css="phase")
        )
    begun.update(cards)
    return (*found, *boxes)


def phase_name(state: StepState, lang: str) -> str:
    """Return what the phase of a step is called; one that nothing names stands as written."""
    if state.phase_name is not None:
        return state.phase_name.text(lang)
    return section("diagram", lang).get(state.phase, state.phase)


@lru_cache(maxsize=256)
def phase_lines(number: int, name: str, lang: str, *, again: bool) -> tuple[Line, ...]:
    """Return the number and name of a phase for its head; `again` says that it goes on."""
    size = 9 if is_chinese(lang) else 8
    head = f"{number} {name}"
    more = (
        text_lines(say("diagram.continued", lang), 7, PHASE - 4, ink=MUTED, align="middle") if again else ()
    )
    return (*text_lines(head, size, PHASE - 4, bold=True, align="middle", balanced=True), *more)


@lru_cache(maxsize=64)
def order_of_phases(procedure: Procedure) -> Mapping[tuple[str, str], str]:
    """Return the pairs of phases between whose steps the law sets an order: `stated` where any text says so."""
    found: dict[tuple[str, str], str] = {}
    for _, edge in procedure.edges:
        pair = (procedure.steps[edge.before].phase, procedure.steps[edge.after].phase)
        if found.get(pair) != "stated":
            found[pair] = edge.strength
    return found


def arrows(boxes: tuple[Box, ...], order: Mapping[tuple[str, str], str]) -> tuple[Connector, ...]:
    """Join neighbouring phases of one sheet where the law sets an order between steps of theirs."""
    heads = [box for box in boxes if box.css == "phase"]
    lanes = {box.id.removeprefix("lane-"): box for box in boxes if box.id.startswith("lane-")}
    names = [head.id.removeprefix("phase-") for head in heads]
    found = []
    for (head, following), pair in zip(itertools.pairwise(heads), itertools.pairwise(names), strict=True):
        if pair in order:
            lane = lanes[pair[0]]
            tail = lane if following.y == lane.y else head
            way = _way(lane, following)
            found.append(Connector(f"after-{head.id}", tail.id, following.id, way, pen=1.4))
    return tuple(found)


def _way(lane: Box, head: Box) -> tuple[tuple[float, float], ...]:
    """Return the line from a phase to the head of the next: beside it, below it, or below and to the left."""
    if head.y == lane.y:
        middle = lane.y + lane.h / 2
        return ((lane.x + lane.w, middle), (head.x, middle))
    low, x = lane.y + lane.h, head.x + head.w / 2
    start = lane.x + head.w / 2
    if start == x:
        return ((x, low), (x, head.y))
    return ((start, low), (start, low + 2), (x, low + 2), (x, head.y))
