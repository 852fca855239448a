"""A plan drawn on the timeline: each step still to come on its earliest days, with the room up to the latest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from decision_procedure.diagrams.axis import Axis, axis_of, head_of
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
    text_box,
    text_lines,
)
from decision_procedure.diagrams.timeline import dated_pages
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
    told = (plan.title, f"{words.say('picture', day=plan.as_of)}　{words.say('picture_key')}")
    shown = [item for item in plan.of("running", "due", "conditional") if item.ends is not None]
    goal = text_lines(goal_text(plan, words), 9, sheet.width - 4, bold=True, most=3)
    notes = [
        Band(lines_height(goal) + 4, (text_box("goal", 2, 0, sheet.width - 4, goal),)),
        *(note(f"note-{place}", text, sheet.width) for place, text in enumerate(_notes(plan, words))),
    ]
    if shown:
        lines = [(_day(plan.as_of), words.say("as_of_line", day=plan.as_of))]
        if plan.target:
            lines.append((_day(plan.target), words.say("target_line", day=plan.target)))
        days = [_day(day) for item in shown for day in (item.begins, item.ends, item.latest_end) if day]
        days += [day for day, _ in lines]
        axis = axis_of(min(days), max(days), sheet)
        rows = [_row(item, number, axis, sheet, words) for number, item in enumerate(shown)]
        pages = dated_pages(told, head_of(axis, lang, words.say("who")), lines, rows, axis, sheet, notes)
    else:
        pages = stacked([heading(*told, sheet.width), *notes], sheet, gap=0)
    desc = words.series(f"{item.name(lang)} {days_text(item, words)}" for item in shown)
    for boxes, height in numbered(pages, sheet.width):
        yield Scene("plan", lang, said(plan.title), desc, sheet.width, height, boxes)


def _notes(plan: Plan, words: Words) -> Iterator[str]:
    """Yield what is done with its days, and what was passed over."""
    done = (item.name(words.lang) + words.aside(days_text(item, words)) for item in plan.of("done"))
    if text := words.listed(done):
        yield words.headed(label("standing", "done", words.lang), text)
    if passed := [item.name(words.lang) for item in plan.of("overtaken")]:
        yield words.say("overtaken", steps=words.listed(passed))


def goal_text(plan: Plan, words: Words) -> str:
    """Return when the goal can be met, as the section `plan` of the words tells it, or that nothing comes next."""
    if plan.ended:
        return words.say("ended")
    if plan.goal is None:
        return words.say("nothing_left")
    item = plan.by_step[plan.goal]
    key = "goal" if item.sure else "goal_unsure"
    if plan.target:
        key = {None: "goal_open", True: "goal_met", False: "goal_missed"}[plan.reachable]
    worst = "" if item.worst is None else words.say("at_worst", worst=item.worst)
    fields = {"step": item.name(words.lang), "earliest": item.ends or "", "target": plan.target or ""}
    return words.say(key, **fields, worst=worst).strip()


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
    """Yield the room up to the latest day, dashed, the earliest days on it, and both in words."""
    first, last = _day(item.begins), _day(item.ends)
    latest = last if item.latest_end is None else max(last, _day(item.latest_end))
    style = look("violated" if item.critical else _LOOKS[item.standing])
    x, end, until = axis.x(first), axis.x(last + 1), axis.x(latest + 1)
    if latest > last:
        yield Box(
            f"room-{item.step}", x, middle - 6.5, until - x, 13, "bar", "box", "", style.border, 1.0, "dashed"
        )
    tip = days_text(item, words)
    if latest > last:
        tip = words.say("with_latest", days=tip, latest=item.latest_end)
    shape, bar = ("diamond", ((x + end) / 2 - 5, 10.0)) if first == last else ("box", (x, end - x))
    high = 10 if first == last else 8
    yield Box(
        f"bar-{item.step}", bar[0], middle - high / 2, bar[1], high, "bar", shape, style.ground, style.border, 1.0, tip=tip
    )  # fmt: skip
    text = fitted(tip, 7, axis.right - axis.left - 10)
    wide = width_of(text, 7) + 4
    at = _beside(wide, (bar[0], max(end, bar[0] + bar[1])), until, axis)
    yield Box(
        f"dates-{item.step}", at, middle - 5.5, wide, 11, "text", "box", fill, "", lines=(Line(text, 7),), pad=1
    )  # fmt: skip


def _beside(wide: float, bar: tuple[float, float], until: float, axis: Axis) -> float:
    """Return where words so wide begin: in the room after the bar, else after it all, before it, or as far right as they can."""
    inside, after, before = bar[1] + 5, max(bar[1], until) + 6, bar[0] - wide - 6
    if inside + wide <= until - 3:
        return inside
    if after + wide <= axis.right:
        return after
    return before if before >= axis.left else axis.right - wide - 2


def days_text(item: DatedStep, words: Words) -> str:
    """Return the earliest days of a step, as the section `plan` of the words tells them; empty: it has none."""
    if item.ends is None:
        return ""
    days = item.ends
    if item.begins != item.ends and item.begins is not None:
        days = words.say("from_to", start=item.begins, end=days)
    if item.sure:
        return days
    if item.worst is None or item.worst == item.ends:
        return words.say("not_before", day=days)
    return words.say("at_worst_day", day=days, worst=item.worst)


def _day(day: str | None) -> int:
    return date.fromisoformat(day or "").toordinal()


__all__ = ["days_text", "goal_text", "plan_picture"]
