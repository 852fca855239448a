"""The state of one decision: phases, a card for each step, gates, and what is next."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from decision_procedure.diagrams.palette import HEAD, INK, LANE, MUTED, RULE, look
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Connector,
    Line,
    Scene,
    Sheet,
    heading,
    lines_height,
    note,
    said,
    stacked,
    text_lines,
)
from decision_procedure.diagrams.state import (
    StepState,
    basis_text,
    counts,
    finding_ids,
    step_states,
    time_text,
    unit_text,
)
from decision_procedure.diagrams.words import say
from decision_procedure.graph import Procedure
from decision_procedure.model.vocabulary import label
from decision_procedure.report import Report

COLUMNS = {"portrait": 3, "landscape": 5, "screen": 4}
BADGE = 17.0
_PHASE = 64.0
_GAP = 7.0
_SETTLE = ("violated", "needs_judgement")


def status_scenes(
    report: Report, procedure: Procedure, *, lang: str = "zh", page: str = "portrait"
) -> tuple[Scene, ...]:
    """Return the sheets that show a decision on its procedure; `page` is portrait, landscape or screen."""
    sheet = SHEETS[page]
    states = step_states(report, procedure)
    title = heading(report.title, _subtitle(report, lang), sheet.width)
    again = heading(
        report.title, f"{say('status', lang)} {say('as_of', lang)} {report.as_of}", sheet.width, small=True
    )
    phases = _phases(report, states, sheet, COLUMNS[page], lang)
    bands = [title, _legend(report, sheet.width, lang), *phases, _next(states, sheet.width, lang),
             note("note", _footnote(report, lang), sheet.width)]  # fmt: skip
    desc = _description(report, states, lang)
    pages = stacked(bands, sheet, again=(again,), gap=_GAP)
    return tuple(
        Scene("status", lang, said(report.title), desc, sheet.width, height, boxes, _arrows(boxes))
        for boxes, height in pages
    )


def badge(name: str, outcome: str | None, x: float, y: float, lang: str, size: float = BADGE) -> list[Box]:
    """Return the badge of a verdict; none for a step without tests."""
    style = look(outcome)
    if style.badge == "none":
        return []
    glyph = style.zh if lang == "zh" else style.en
    line = Line(glyph, size * 0.53, True, style.glyph, "middle")
    return [
        Box(name, x, y, size, size, "badge", style.badge, style.ground, style.outline, 1.0, lines=(line,), pad=0,
            css=outcome or "")
    ]  # fmt: skip


def state_word(state: StepState, lang: str) -> str:
    """Return the verdict of a step in words, with how many of its tests have it."""
    if state.outcome is None:
        word = say("optional" if state.optional else "untested", lang)
        return f"【{word}】" if lang == "zh" else f"[{word}]"
    word = label("outcome", state.outcome, lang)
    share = f"{state.share}/{state.total}"
    return f"【{word}】{share}" if lang == "zh" else f"[{word}] {share}"


def _subtitle(report: Report, lang: str) -> str:
    parts = [say("status", lang)]
    if report.decision.id:
        parts.append(f"{say('decision_id', lang)} {report.decision.id}")
    parts.append(f"{say('as_of', lang)} {report.as_of}")
    if report.assume_complete:
        parts.append(say("assumed", lang))
    if report.uncovered:
        parts.append(say("uncovered", lang))
    return "　".join(parts)


def _legend(report: Report, width: float, lang: str) -> Band:
    """Return the six verdicts with their numbers, in one row or, in English on a narrow sheet, in two."""
    across = 3 if lang != "zh" and width < 600 else 6
    room = (width - (across - 1) * _GAP - 4) / across
    boxes: list[Box] = []
    for index, (outcome, count) in enumerate(counts(report).items()):
        style = look(outcome)
        x, y = 2 + index % across * (room + _GAP), 2 + index // across * 34
        text = f"{label('outcome', outcome, lang)} {count}"
        lines = text_lines(text, 8, room - BADGE - 13, bold=True, ink=style.ink, most=2)
        boxes.append(
            Box(
                f"legend-{outcome}",
                x,
                y,
                room,
                28,
                "card",
                "box",
                style.fill,
                style.border,
                style.pen,
                style.dash,
            )
        )
        boxes += badge(f"legend-badge-{outcome}", outcome, x + 6, y + (28 - BADGE) / 2, lang)
        boxes.append(
            Box(
                f"legend-text-{outcome}",
                x + BADGE + 9,
                y + 2,
                room - BADGE - 11,
                24,
                "text",
                "none",
                lines=lines,
                pad=1,
            )
        )
    return Band(32 + 34 * (6 // across - 1), tuple(boxes))


def _phases(
    report: Report, states: dict[str, StepState], sheet: Sheet, columns: int, lang: str
) -> Iterator[Band]:
    grouped: dict[str, list[StepState]] = {}
    for state in states.values():
        grouped.setdefault(state.step.phase, []).append(state)
    for number, (phase, members) in enumerate(grouped.items(), 1):
        yield _phase(report, number, phase, members, sheet, columns, lang)


def _phase(
    report: Report, number: int, phase: str, members: list[StepState], sheet: Sheet, columns: int, lang: str
) -> Band:
    wide = (sheet.width - 2 - _PHASE - _GAP * (columns + 1)) / columns
    boxes: list[Box] = []
    y = _GAP
    for start in range(0, len(members), columns):
        row = members[start : start + columns]
        texts = [
            _card_lines(report, f"{number}.{start + at + 1}", state, wide, lang)
            for at, state in enumerate(row)
        ]
        high = max(lines_height(lines) for lines in texts) + 12
        for at, (state, lines) in enumerate(zip(row, texts, strict=True)):
            x = 1 + _PHASE + _GAP + at * (wide + _GAP)
            boxes += _card(report, state, lines, Box("", x, y, wide, high, "card"), lang)
        y += high + _GAP
    name = text_lines(
        say(phase, lang), 9 if lang == "zh" else 8, _PHASE - 4, bold=True, align="middle", balanced=True
    )
    head = Box(
        f"phase-{phase}", 1, 0, _PHASE, y, "head", "box", HEAD, RULE, 0.8,
        lines=(Line(str(number), 9, True, MUTED, "middle"), *name), css="phase",
    )  # fmt: skip
    ground = Box(f"lane-{phase}", 1, 0, sheet.width - 2, y, "lane", "box", LANE, RULE, 0.8)
    return Band(y, (ground, head, *boxes))


def _card(report: Report, state: StepState, lines: tuple[Line, ...], place: Box, lang: str) -> list[Box]:
    style = look(state.outcome)
    name = f"step-{state.step.id}"
    tip = "\n".join([state.step.name.text(lang), state_word(state, lang), *_missing(state, lang)])
    ids = finding_ids(report, state.verdicts, _SETTLE)
    card = place._replace(
        id=name, fill=style.fill, border=style.border, pen=style.pen, dash=style.dash, lines=lines, pad=7, top=5,
        tip=tip, href=f"#{state.verdicts[0].duty}" if ids else "", css=f"step {state.outcome or 'untested'}",
    )  # fmt: skip
    if ids:
        first = next(verdict.duty for verdict in state.verdicts if verdict.outcome in _SETTLE)
        card = card._replace(href=f"#{first}")
    return [
        card,
        *badge(f"badge-{state.step.id}", state.outcome, place.x + place.w - BADGE - 5, place.y + 5, lang),
    ]


def _card_lines(report: Report, number: str, state: StepState, width: float, lang: str) -> tuple[Line, ...]:
    style = look(state.outcome)
    beside = width - 14 - BADGE - 2
    lines = list(
        text_lines(f"{number} {state.step.name.text(lang)}", 9.5, beside, bold=True, most=3)
        + text_lines(state_word(state, lang), 8, beside, bold=True, ink=style.ink)
    )
    for key, text, ink in (
        ("when", time_text(state, lang), INK),
        ("who", unit_text(report, state, lang), INK),
        ("basis", basis_text(report, state.verdicts, lang), MUTED),
    ):
        if text:
            lines += _field(say(key, lang), text, width, ink, lang, most=8)
    found = finding_ids(report, state.verdicts, _SETTLE)
    if found:
        lines += _field(say("findings", lang), " ".join(found), width, style.ink, lang, bold=True, most=6)
    for word in _marks(state):
        lines += text_lines(say(word, lang), 8, width - 14, bold=True)
    return tuple(lines)


def _field(
    name: str, text: str, width: float, ink: str, lang: str, *, bold: bool = False, most: int = 3
) -> tuple[Line, ...]:
    """Return a named value; further lines stand under the first."""
    gap = "　" if lang == "zh" else ": "
    return text_lines(f"{name}{gap}{text}", 8, width - 14, ink=ink, bold=bold, most=most)


def _marks(state: StepState) -> Iterator[str]:
    if state.gate:
        yield f"gate_{state.gate}"
    if state.mark:
        yield state.mark
    if any(verdict.waived for verdict in state.verdicts):
        yield "waived"
    if state.next:
        yield "next_mark"


def _missing(state: StepState, lang: str) -> list[str]:
    places = [
        place for verdict in state.verdicts if verdict.outcome == "undetermined" for place in verdict.missing
    ]
    return list(dict.fromkeys(places))[:12]


def _next(states: dict[str, StepState], width: float, lang: str) -> Band:
    names = [state.step.name.text(lang) for state in states.values() if state.next]
    text = ("、" if lang == "zh" else ", ").join(names) or say("nothing_next", lang)
    colon = ":" if lang == "zh" else ": "
    lines = text_lines(f"→ {say('next', lang)}{colon}{text}", 9, width - 16, bold=True)
    high = lines_height(lines) + 8
    return Band(
        high, (Box("next", 1, 0, width - 2, high, "card", "box", "#FFFFFF", INK, 1.2, lines=lines, pad=6),)
    )


def _footnote(report: Report, lang: str) -> str:
    law = [f"{item[lang]}({item['number']})" for item in report.law.get("applied", ())]
    return (
        f"{say('status_key', lang)} {say('law', lang)}: {('、' if lang == 'zh' else ', ').join(law) or '—'}"
    )


def _arrows(boxes: tuple[Box, ...]) -> tuple[Connector, ...]:
    """Join the phases of one sheet in their order."""
    heads = [box for box in boxes if box.role == "head"]
    return tuple(
        Connector(
            f"after-{one.id}", one.id, two.id,
            ((one.x + one.w / 2, one.y + one.h), (two.x + two.w / 2, two.y)), pen=1.4,
        )
        for one, two in itertools.pairwise(heads)
    )  # fmt: skip


def _description(report: Report, states: dict[str, StepState], lang: str) -> str:
    told = "; ".join(f"{state.step.name.text(lang)} {state_word(state, lang)}" for state in states.values())
    return f"{say('steps_shown', lang)} ({report.as_of}): {told}"
