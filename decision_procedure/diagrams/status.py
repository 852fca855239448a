"""The state of one decision: what is next, the gates, phases with a card for each step."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from decision_procedure.diagrams.palette import INK, MUTED, look
from decision_procedure.diagrams.phases import (
    BADGE,
    BETWEEN,
    GAP,
    PHASE,
    Phase,
    arrows,
    badge,
    order_of_phases,
    phase_lines,
    phase_name,
    row_of,
    with_lanes,
)
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Line,
    Scene,
    heading,
    joined,
    lines_height,
    moved,
    note,
    numbered,
    said,
    stacked,
    text_lines,
)
from decision_procedure.diagrams.state import (
    articles_by_instrument,
    basis_text,
    instrument_of,
    next_text,
    time_text,
    unit_text,
    verdict_text,
)
from decision_procedure.diagrams.wrong import Wrongs
from decision_procedure.graph import Procedure
from decision_procedure.law.numbers import numbered as number_after
from decision_procedure.model.vocabulary import label
from decision_procedure.reporting.steps import StepState, drawn_states
from decision_procedure.results.report import Report
from decision_procedure.results.saying import sentence
from decision_procedure.results.severity import FACES, TOLD_IN_FULL
from decision_procedure.wording import Words, say

_MOST_OPEN = 6
_WHOLE = 40  # lines: more than any brief sentence has
COLUMNS = {"portrait": 3, "landscape": 5, "screen": 4, "slide": 6}


def status_scenes(
    report: Report, procedure: Procedure, *, lang: str = "zh", page: str = "portrait"
) -> tuple[Scene, ...]:
    """Return the sheets that show a decision on its procedure; `page` is portrait, landscape or screen."""
    sheet = SHEETS[page]
    width = sheet.width
    states = drawn_states(report, procedure)
    wrongs = Wrongs(report, lang, tuple(states.values()))
    small = f"{say('diagram.status', lang)}　{say('diagram.as_of', lang)} {report.as_of}"
    again = heading(report.title, small, width, small=True)
    again = again._replace(height=again.height - GAP)
    *rows, last = [*_rows(report, states, wrongs, width, COLUMNS[page], lang)] or [Band(0, ())]
    bands = [
        heading(report.title, _subtitle(report, lang), width),
        _legend(report, width, lang),
        _ahead(report, procedure, states, width, lang),
        *rows,
        joined(last, _below(note("note", _footnote(report, lang), width))),
    ]
    begun: set[str] = set()
    pages = [
        (with_lanes(boxes, states, width, lang, begun), height)
        for boxes, height in stacked(bands, sheet, again=(again,), gap=0)
    ]
    desc = _description(report, states, lang)
    order = order_of_phases(procedure)
    return tuple(
        Scene("status", lang, said(report.title), desc, width, height, boxes, arrows(boxes, order))
        for boxes, height in numbered(pages, width)
    )


def _subtitle(report: Report, lang: str) -> str:
    parts = [say("diagram.status", lang)]
    if report.decision.id:
        parts.append(f"{say('diagram.decision_id', lang)} {report.decision.id}")
    parts.append(f"{say('diagram.as_of', lang)} {report.as_of}")
    if report.assumed_up_to is not None:
        parts.append(say("diagram.assumed", lang, day=report.assumed_up_to))
    if report.uncovered:
        parts.append(say("diagram.uncovered", lang))
    return "　".join(parts)


def _legend(report: Report, width: float, lang: str) -> Band:
    """Return the names of verdicts with their numbers, in one row or, on a narrow sheet, in two."""
    across = 4 if width < 600 else len(FACES)
    room = (width - (across - 1) * GAP - 4) / across
    boxes: list[Box] = []
    for index, (outcome, count) in enumerate(report.counts.items()):
        style = look(outcome)
        x, y = 2 + index % across * (room + GAP), 2 + index // across * 34
        text = say("diagram.counted", lang, face=label("face", outcome, lang), count=count)
        lines = text_lines(text, 8, room - BADGE - 15, bold=True, ink=style.ink, most=2, align="right")
        boxes.append(
            Box(f"legend-{outcome}", x, y, room, 28, "card", "box", style.fill, style.border, style.pen, style.dash,
                lines, pad=6)
        )  # fmt: skip
        boxes += badge(f"legend-badge-{outcome}", outcome, x + 6, y + (28 - BADGE) / 2, lang)
    return Band(30 + 34 * (len(FACES) // across - 1) + GAP, tuple(boxes))


def _ahead(
    report: Report, procedure: Procedure, states: Mapping[str, StepState], width: float, lang: str
) -> Band:
    """Return what to do next, the first possible step with its day, and the state of every gate."""
    ahead = next_text(report, states, lang) or say("diagram.nothing_next", lang)
    text = f"→ {say('diagram.next', lang)}{say('glossary.colon', lang)}{ahead}"
    lines = text_lines(text, 9, width - 16, bold=True, most=6)
    told = [
        f"{say(f'diagram.gate_{state.gate}', lang)}{say('glossary.colon', lang)}{state.name(lang)}{_blocking(report, state, lang)}"
        for state in states.values()
        if state.gate
    ]
    lines += text_lines("　".join(told), 8, width - 16, most=6)
    high = lines_height(lines) + 8
    box = Box("next", 1, 0, width - 2, high, "card", "box", "#FFFFFF", INK, 1.2, lines=lines, pad=6)
    return Band(high, (box,))


def _blocking(report: Report, state: StepState, lang: str) -> str:
    cited = articles_by_instrument(report, state.blocked_by, lang)
    return Words(lang).aside(Words(lang).series(cited)) if cited else ""


def _rows(
    report: Report, states: Mapping[str, StepState], wrongs: Wrongs, width: float, columns: int, lang: str
) -> Iterator[Band]:
    """Yield the cards of each phase, row by row; a sheet may end after any row.

    Neighbouring phases that are short enough share a row.
    """
    wide = (width - 2 - PHASE - GAP * (columns + 1)) / columns
    shared: list[list[Phase]] = []
    phases = itertools.groupby(states.values(), key=lambda state: state.phase)
    for number, (name, group) in enumerate(phases, 1):
        phase = _phase(report, number, name, list(group), wrongs, wide, lang)
        if shared and sum(item.breadth(wide) for item in (*shared[-1], phase)) - BETWEEN <= width - 2:
            shared[-1].append(phase)
        else:
            shared.append([phase])
    for row in shared:
        if len(row) > 1:
            yield row_of(row, wide, lang)
            continue
        for start in range(0, len(row[0].cards), columns):
            part = row[0]._replace(cards=row[0].cards[start : start + columns])
            yield row_of([part], wide, lang, more=start > 0)


def _phase(
    report: Report, number: int, name: str, group: Sequence[StepState], wrongs: Wrongs, wide: float, lang: str
) -> Phase:
    """Return the cards of a phase, the last of them for all steps that are not needed."""
    least = lines_height(phase_lines(number, phase_name(group[0], lang), lang, again=True)) - 2 * GAP + 4
    steps = [(f"{number}.{at}", state) for at, state in enumerate(group, 1)]
    cards = [
        _card(report, state, _card_lines(report, step, state, wrongs.on(state), wide, lang), wide, lang)
        for step, state in steps
        if not _needless(state)
    ]
    needless = [(step, state) for step, state in steps if _needless(state)]
    if needless:
        cards.append(_needless_card(report, name, needless, wide, lang))
    return Phase(least, cards)


def _needless(state: StepState) -> bool:
    return state.verdict == "not_applicable" and not state.recorded and not state.gate


def _card(
    report: Report, state: StepState, lines: tuple[Line, ...], wide: float, lang: str
) -> tuple[Box, str | None]:  # fmt: skip
    """Return the card of a step, to be put in its place, and its verdict."""
    tip = "\n".join([state.name(lang), verdict_text(state, lang), *_open(report, state, lang)])
    first = next((verdict.duty for verdict in state.verdicts if verdict.face in TOLD_IN_FULL), None)
    return _framed(state.step, state.verdict, lines, wide, tip, f"#{first}" if first else ""), state.verdict


def _needless_card(
    report: Report, phase: str, steps: Sequence[tuple[str, StepState]], wide: float, lang: str
) -> tuple[Box, str | None]:
    """Return one card for the steps of a phase that are not applicable and were not taken."""
    outcome = "not_applicable"
    word = label("face", outcome, lang)
    head = say("diagram.bracketed", lang, text=word)
    beside = wide - 16 - BADGE
    lines = text_lines(head, 8, beside, bold=True, ink=look(outcome).ink)
    for at, (number, state) in enumerate(steps):
        basis = basis_text(report, state.verdicts, lang, short=True)
        text = f"{number} {state.name(lang)}　{basis}"
        lines += text_lines(text, 8, wide - 14 if at else beside, most=3)
    tip = "\n".join(f"{state.name(lang)} {verdict_text(state, lang)}" for _, state in steps)
    return _framed(f"{outcome}-{phase}", outcome, lines, wide, tip, ""), outcome


def _framed(name: str, outcome: str | None, lines: tuple[Line, ...], wide: float, tip: str, href: str) -> Box:
    style = look(outcome)
    return Box(
        f"step-{name}", 0, 0, wide, lines_height(lines) + 10, "card", "box", style.fill, style.border, style.pen,
        style.dash, lines, 7, 5, tip, href, f"step {outcome or 'untested'}",
    )  # fmt: skip


def _card_lines(
    report: Report, number: str, state: StepState, wrong: Sequence[str], width: float, lang: str
) -> tuple[Line, ...]:
    """Return the text of a card, what is `wrong` right under the verdict; a step that is not needed has no unit."""
    style = look(state.verdict)
    beside, room = width - 14 - BADGE - 2, width - 14
    lines = text_lines(f"{number} {state.name(lang)}", 9.5, beside, bold=True, most=3)
    lines += text_lines(verdict_text(state, lang), 8, beside, bold=True, ink=style.ink)
    for text in wrong:
        lines += text_lines(text, 8, room, ink=style.ink, most=_WHOLE)
    lines += _field("progress", time_text(state, lang), room, INK, lang)
    if state.recorded or state.verdict not in (None, "not_applicable"):
        lines += _field("who", unit_text(report, state, lang), room, INK, lang, most=8)
    basis = basis_text(report, state.verdicts, lang)
    if basis:
        found = _field("basis", basis, room, MUTED, lang, most=9)
        if len(found) > 3:
            found = _field("basis", basis_text(report, state.verdicts, lang, short=True), room, MUTED, lang)
        lines += found
    for word in _marks(state):
        lines += text_lines(say(f"diagram.{word}", lang), 8, room, bold=True)
    return lines


def _field(
    key: str, text: str, width: float, ink: str, lang: str, *, bold: bool = False, most: int = 3
) -> tuple[Line, ...]:
    """Return a named value; further lines stand under the first."""
    named = say("diagram.named", lang, name=say(f"diagram.{key}", lang), text=text)
    return text_lines(named, 8, width, ink=ink, bold=bold, most=most)


def _marks(state: StepState) -> Iterator[str]:
    if state.gate:
        yield f"gate_{state.gate}"
    if state.mark:
        yield state.mark
    if any(verdict.waived for verdict in state.verdicts):
        yield "waived"
    if state.next:
        yield "next_mark"


def _open(report: Report, state: StepState, lang: str) -> list[str]:
    """Return what is open on a step."""
    found = [verdict for verdict in state.verdicts if verdict.outcome == "undetermined"]
    return [sentence(report, verdict, lang) for verdict in found[:_MOST_OPEN]]


def _footnote(report: Report, lang: str) -> str:
    """Return how to read the borders, and the instruments of which some duty applies."""
    used = {instrument_of(verdict.duty) for verdict in report.verdicts if verdict.outcome != "not_applicable"}
    applied = report.law_used.get("applied", ())
    law = [f"{item[lang]}{number_after(item['number'], lang)}" for item in applied if item["id"] in used]
    return f"{say('diagram.status_key', lang)} {say('diagram.law', lang)}{say('glossary.colon', lang)}{Words(lang).listed(law) or '—'}"


def _below(band: Band) -> Band:
    return Band(band.height + 3, tuple(moved(band.boxes, 0, 3)))


def _description(report: Report, states: Mapping[str, StepState], lang: str) -> str:
    told = Words(lang).series(f"{state.name(lang)} {verdict_text(state, lang)}" for state in states.values())
    head = say("diagram.steps_shown", lang) + Words(lang).aside(report.as_of)
    return Words(lang).headed(head, told)
