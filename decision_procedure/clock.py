"""Days and working days between stated dates, each by two readings (`semantics.md` section 5).

Working days follow the State Council's notices of holidays and make-up days, through `chinesecalendar`.
Beyond the years it knows (the horizon) nothing is guessed: such days count as perhaps working, perhaps not.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from decision_procedure.errors import Beyond
from decision_procedure.model.dates import MINUTES_A_DAY, PartialDate

FAR = 1_000_000


class Span(NamedTuple):
    """A number of days: least and greatest by the default reading, then by the other reading.

    Least and greatest differ when a date is only known to the month, or lies beyond the horizon.
    """

    low: int
    high: int
    other_low: int
    other_high: int


def days_between(start: PartialDate, end: PartialDate) -> Span:
    """Length of a period in days (713-15): last day minus first; the other reading counts both ends."""
    low = end.first // MINUTES_A_DAY - start.last // MINUTES_A_DAY
    high = end.last // MINUTES_A_DAY - start.first // MINUTES_A_DAY
    return Span(low, high, low + 1, high + 1)


def lead_days(earlier: PartialDate, event: PartialDate) -> Span:
    """Days by which something precedes an event (713-16): date difference; other: clear days between."""
    low = event.first // MINUTES_A_DAY - earlier.last // MINUTES_A_DAY
    high = event.last // MINUTES_A_DAY - earlier.first // MINUTES_A_DAY
    return Span(low, high, low - 1, high - 1)


def workdays_left(sent: PartialDate, meeting: PartialDate) -> Span:
    """Working days left between sending and meeting (713-26.2).

    Neither end counts; by the other reading the day of the meeting does. Never below 0.
    """
    shortest = _workdays(sent.last // MINUTES_A_DAY + 1, meeting.first // MINUTES_A_DAY - 1)
    longest = _workdays(sent.first // MINUTES_A_DAY + 1, meeting.last // MINUTES_A_DAY - 1)
    shortest_other = _workdays(sent.last // MINUTES_A_DAY + 1, meeting.first // MINUTES_A_DAY)
    longest_other = _workdays(sent.first // MINUTES_A_DAY + 1, meeting.last // MINUTES_A_DAY)
    return Span(shortest[0], longest[1], shortest_other[0], longest_other[1])


def is_workday(day: date) -> bool:
    """Say whether people work on a day. Raises Beyond outside the years whose holidays are published."""
    ordinal = day.toordinal()
    first, last, _ = _calendar()
    if not first <= ordinal <= last:
        raise Beyond(f"no published holidays for {day.year}")
    return _total(ordinal) - _total(ordinal - 1) == 1


def horizon() -> date:
    """Return the last day whose holidays are published."""
    return date.fromordinal(_calendar()[1])


def earliest_after_days(start: date, days: int) -> date:
    """Return the first day that lies `days` after `start` by the default reading."""
    return start + timedelta(days=days)


def earliest_after_workdays(sent: date, days: int) -> date:
    """Return the first day with `days` working days between it and `sent`, neither end counted.

    Raises Beyond when the answer lies past the horizon.
    """
    ordinal = sent.toordinal() + 1
    left = days
    while left > 0:
        left -= is_workday(date.fromordinal(ordinal))
        ordinal += 1
    return date.fromordinal(ordinal)


def _workdays(first: int, last: int) -> tuple[int, int]:
    """Count the working days from one ordinal to another, both included, as least and greatest."""
    if last < first:
        return 0, 0
    known_first, known_last, _ = _calendar()
    inside_first, inside_last = max(first, known_first), min(last, known_last)
    known = max(0, _total(inside_last) - _total(inside_first - 1)) if inside_last >= inside_first else 0
    inside = max(0, inside_last - inside_first + 1)
    return known, known + (last - first + 1 - inside)


def _total(ordinal: int) -> int:
    first, _, sums = _calendar()
    return sums[ordinal - first + 1]


@lru_cache(maxsize=1)
def _calendar() -> tuple[int, int, list[int]]:
    """Return the first and last known ordinal, and running totals of working days before each."""
    from chinese_calendar import constants
    from chinese_calendar import is_workday as works

    years = {day.year for day in constants.holidays}
    first, last = date(min(years), 1, 1).toordinal(), date(max(years), 12, 31).toordinal()
    sums = [0]
    for ordinal in range(first, last + 1):
        sums.append(sums[-1] + bool(works(date.fromordinal(ordinal))))
    return first, last, sums
