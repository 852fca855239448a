"""A plan drawn on the timeline: each step still to come on its earliest days, with the room up to the latest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from decision_procedure.diagrams.axis import Axis, axis_of, head_of, with_days
from decision_procedure.diagrams.metrics import fitted, width_of
from decision_procedure.diagrams.palette import INK, MUTED, PAPER, RULE, look
from decision_procedure.diagrams.picture import Picture
from decision_procedure.diagrams.scene import (
    SHEETS,
    Band,
    Box,
    Line,
    PageSize,
    Scene,
    heading,
    lines_height,
    note,
    numbered,
    said,
    stacked,
    text_lines,
)
from decision_procedure.diagrams.timeline import meeting_band
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.vocabulary import label
from decision_procedure.planning.plan import DatedStep, Plan
from decision_procedure.wording import Words

_ROW = 21.0
_LOOKS = {"done": "satisfied", "running": "pending", "due": "pending", "conditional": "undetermined"}


def plan_picture(plan: Plan, *, lang: str = "zh", page: str = "landscape") -> Picture:
    """Return the picture of a plan, done steps and those to come by their days. Raises UnusableArgument for another page."""
    if page not in SHEETS:
        raise UnusableArgument(f"没有此版面 no such page: {page[:40]} ({', '.join(SHEETS)})")
    return Picture(tuple(_scenes(plan, SHEETS[page], lang)))


def _scenes(plan: Plan, sheet: PageSize, lang: str) -> Iterator[Scene]:
    words = Words(lang, "plan")
    name = f"{words.say('picture', day=plan.as_of)}　{words.say('picture_key')}"
    shown = [item for item in plan.steps if item.begins is not None and item.ends is not None]
    days = [_day(day) for item in shown for day in (item.begins, item.ends, item.latest_end) if day]
    if not days:
        bands: list[Band] = [
            heading(plan.title, name, sheet.width),
            note("note", words.say("nothing_left"), sheet.width),
        ]
        pages = stacked(bands, sheet, gap=0)
    else:
        lines = [(_day(plan.as_of), words.say("as_of_line", day=plan.as_of))]
        if plan.target:
            lines.append((_day(plan.target), words.say("target_line", day=plan.target)))
        days += [day for day, _ in lines]
        axis = axis_of(min(days), max(days), sheet)
        head, above = head_of(axis, lang, words.say("who")), meeting_band(lines, axis, sheet)
        rows = [_row(item, number, axis, sheet, words) for number, item in enumerate(shown)]
        again = (heading(plan.title, name, sheet.width, small=True), head, above)
        pages = stacked(
            [heading(plan.title, name, sheet.width), head, above, *rows], sheet, again=again, gap=0
        )
        pages = [(with_days(boxes, axis, lines), height) for boxes, height in pages]
    desc = words.series(f"{item.name(lang)} {_dates(item, words)}" for item in shown)
    for boxes, height in numbered(pages, sheet.width):
        yield Scene("plan", lang, said(plan.title), desc, sheet.width, height, boxes)


def _row(item: DatedStep, number: int, axis: Axis, sheet: PageSize, words: Words) -> Band:
    name = text_lines(item.name(words.lang), 8, axis.verdicts - 8, most=2, bold=True)
    side = _side(item, axis.left - axis.verdicts - 6, words)
    high = max(_ROW, lines_height(name) + 5, lines_height(side) + 5)
    fill = PAPER if number % 2 == 0 else "#FAFBFC"
    wide = axis.left - axis.verdicts - 5
    return Band(
        high,
        (
            Box(f"row-{item.step}", 1, 0, sheet.width - 2, high, "lane", "box", fill, RULE, 0.5),
            Box(f"name-{item.step}", 3, 0, axis.verdicts - 5, high, "text", "none", lines=name, pad=1),
            Box(f"side-{item.step}", axis.verdicts + 3, 0, wide, high, "text", "none", lines=side, pad=1),
            *_bars(item, axis, high / 2, fill, words),
        ),
    )  # fmt: skip


def _side(item: DatedStep, width: float, words: Words) -> tuple[Line, ...]:
    """Return the slack, or how the step stands, and who has to act."""
    if item.slack is None:
        head = label("standing", item.standing, words.lang)
    else:
        head = words.say("critical" if item.critical else "days", number=item.slack)
    lines = text_lines(head, 8, width, bold=True, ink=look("violated").ink if item.critical else INK)
    return lines + text_lines(
        item.unit or label("bearer", item.bearer, words.lang), 7, width, most=2, ink=MUTED
    )


def _bars(item: DatedStep, axis: Axis, middle: float, fill: str, words: Words) -> Iterator[Box]:
    """Yield the room up to the latest day, dashed, the earliest days on it, and these in words."""
    first, last = _day(item.begins), _day(item.ends)
    latest = last if item.latest_end is None else max(last, _day(item.latest_end))
    style = look("violated" if item.critical else _LOOKS[item.standing])
    x, end = axis.x(first), axis.x(last + 1)
    if latest > last:
        yield Box(
            f"room-{item.step}",
            x,
            middle - 6,
            axis.x(latest + 1) - x,
            12,
            "bar",
            "box",
            "",
            style.border,
            1.0,
            "dashed",
        )
    tip = _dates(item, words)
    if first == last:
        yield Box(
            f"bar-{item.step}",
            (x + end) / 2 - 5,
            middle - 5,
            10,
            10,
            "bar",
            "diamond",
            style.ground,
            style.border,
            1.0,
            tip=tip,
        )
    else:
        yield Box(
            f"bar-{item.step}",
            x,
            middle - 4,
            end - x,
            8,
            "bar",
            "box",
            style.ground,
            style.border,
            1.0,
            tip=tip,
        )
    text = fitted(tip, 7, axis.right - axis.left - 10)
    wide, after = width_of(text, 7) + 4, axis.x(latest + 1) + 6
    before = x - wide - 6
    at = after if after + wide <= axis.right or before < axis.left else before
    line = (Line(text, 7),)
    yield Box(f"dates-{item.step}", at, middle - 5.5, wide, 11, "text", "box", fill, "", lines=line, pad=1)


def _dates(item: DatedStep, words: Words) -> str:
    days = item.ends or ""
    if item.begins != item.ends:
        days = words.say("from_to", start=item.begins, end=days)
    return days if item.sure else words.say("not_before", day=days)


def _day(day: str | None) -> int:
    return date.fromisoformat(day or "").toordinal()


__all__ = ["plan_picture"]
