"""The axis of days of a timeline: its head of years and months, days off, meetings as upright lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from decision_procedure.clock import is_workday
from decision_procedure.diagrams.metrics import width_of
from decision_procedure.diagrams.palette import HEAD, INK, RULE
from decision_procedure.diagrams.scene import Band, Box, PageSize, text_lines
from decision_procedure.errors import Beyond
from decision_procedure.wording import say

_HOLIDAY = "#CDD3DA"
_WEEKEND = "#E9ECEF"
LEAST_DAY = 0.55
_LEAST_MONTH = 14.0


class Axis(NamedTuple):
    """The days from `first` to `last`, drawn from `left` on, `scale` points a day.

    Before them stand the names of the rows and, from `verdicts` on, what each came to, which is seen first.
    """

    first: int
    last: int
    left: float
    scale: float
    verdicts: float

    def x(self, day: int) -> float:
        """Return where a day begins."""
        return self.left + (day - self.first) * self.scale

    @property
    def right(self) -> float:
        """Return where the last day ends."""
        return self.x(self.last + 1)


def axis_of(first: int, last: int, sheet: PageSize) -> Axis:
    """Return the axis of a sheet for these days, with some room at either end."""
    verdicts = _names(sheet)
    left, right = verdicts + _told(sheet), sheet.width - 1
    margin = 2 + (last - first) // 50
    first, last = first - margin, last + margin + 1
    return Axis(first, last, left, (right - left) / (last - first + 1), verdicts)


def _names(sheet: PageSize) -> float:
    return 104.0 if sheet.width < 600 else 132.0


def _told(sheet: PageSize) -> float:
    return 124.0 if sheet.width < 600 else 168.0


def head_of(axis: Axis, lang: str, told: str | None = None) -> Band:
    """Return the years over the months; years alone where a month is too narrow for its number.

    `told` heads what stands before the days of each row (None: the verdict).
    """
    months = axis.scale * 28 >= _LEAST_MONTH
    high = 16.0 if months else 26.0

    def cell(name: str, x: float, y: float, w: float, h: float, text: str) -> Box:
        lines = (
            text_lines(text, 8, w - 4, most=2, bold=True, align="middle")
            if width_of(text, 8) <= w - 4
            else ()
        )
        return Box(name, x, y, w, h, "head", "box", HEAD, RULE, 0.8, lines=lines, pad=1)

    whole = 2 * high if months else high
    boxes = [
        cell("head-step", 1, 0, axis.verdicts - 1, whole, say("diagram.step", lang)),
        cell(
            "head-verdict",
            axis.verdicts,
            0,
            axis.left - axis.verdicts,
            whole,
            told or say("diagram.verdict", lang),
        ),
    ]
    for name, start, end in _periods(axis, by_year=True):
        x, w = axis.x(start), axis.x(end + 1) - axis.x(start)
        boxes.append(cell(f"head-{name}", x, 0, w, high, say("diagram.year_head", lang, year=name)))
    for name, start, end in _periods(axis, by_year=False) if months else ():
        x, w = axis.x(start), axis.x(end + 1) - axis.x(start)
        month = int(name.partition("-")[2])
        long = say(f"diagram.month_{month}", lang)
        text = long if width_of(long, 8) <= w - 4 else str(month)
        boxes.append(cell(f"head-{name}", x, high, w, high, text))
    return Band(whole, tuple(boxes))


def _periods(axis: Axis, *, by_year: bool) -> Iterator[tuple[str, int, int]]:
    """Yield the months or the years of the axis, with their first and last day on it."""
    day = axis.first
    while day <= axis.last:
        at = date.fromordinal(day)
        following = (
            date(at.year + 1, 1, 1) if by_year else date(at.year + at.month // 12, at.month % 12 + 1, 1)
        )
        end = min(axis.last, following.toordinal() - 1)
        yield (str(at.year) if by_year else f"{at.year}-{at.month:02d}"), day, end
        day = end + 1


def with_days(boxes: tuple[Box, ...], axis: Axis, meetings: Sequence[tuple[int, str]]) -> tuple[Box, ...]:
    """Draw days off, the first days of months and the meetings over the grounds of the rows of one sheet."""
    rows = [box for box in boxes if box.role == "lane"]
    if not rows:
        return boxes
    top = min(box.y for box in rows)
    high = max(box.y + box.h for box in rows) - top
    ruled = [
        Box(f"month-{name}", axis.x(start), top, 0.5, high, "rule", "box", RULE)
        for name, start, _ in _periods(axis, by_year=axis.scale * 28 < _LEAST_MONTH)
        if start > axis.first
    ]
    lines = [
        Box(f"meeting-line-{index}", axis.x(day) + axis.scale / 2 - 0.6, top, 1.2, high, "line", "box", INK)
        for index, (day, _) in enumerate(meetings)
    ]
    others = [box for box in boxes if box.role != "lane"]
    return (*rows, *_days_off(axis, top, high), *ruled, *lines, *others)


def _days_off(axis: Axis, top: float, high: float) -> Iterator[Box]:
    """Yield a stripe for each run of weekend days and each run of holidays."""
    if axis.scale < LEAST_DAY:
        return
    run: tuple[int, str] | None = None
    for day in range(axis.first, axis.last + 2):
        kind = _day_off(day) if day <= axis.last else ""
        if run and kind != run[1]:
            if run[1]:
                x = axis.x(run[0])
                yield Box(f"off-{run[0]}", x, top + 0.5, axis.x(day) - x, high - 1, "shade", "box", run[1])
            run = None
        run = run or (day, kind)


def _day_off(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    try:
        if is_workday(day):
            return ""
    except Beyond:
        return ""
    return _WEEKEND if day.weekday() >= 5 else _HOLIDAY
