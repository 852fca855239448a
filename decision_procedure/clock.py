"""Days and working days between stated dates, each by two readings (`semantics.md` section 5).

Working days follow the State Council's notices of holidays and make-up days, through `chinesecalendar`.
Beyond the days it knows (the horizon) nothing is guessed: such days count as perhaps working, perhaps not,
so that a comparison becomes unknown by itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from decision_procedure.errors import Beyond, UnusableArgument
from decision_procedure.model.dates import MINUTES_A_DAY, PartialDate

DayKind = Literal["workday", "weekend", "holiday", "make_up", "unsettled"]


class HolidayNotice(NamedTuple):
    """The notice of holidays for one year: the days off, the weekend days worked instead, and where it was published."""

    year: int
    holidays: frozenset[date]
    make_up_days: frozenset[date]
    source: str


class Span(NamedTuple):
    """A number of days: least and greatest by the default reading, then by the other reading.

    Least and greatest differ when a date is known only to the month or the year, when only the latest
    possible date is known, or when the time between lies `beyond` the days whose holidays are published.
    """

    low: int
    high: int
    other_low: int
    other_high: int
    beyond: bool = False


def days_between(start: PartialDate, end: PartialDate) -> Span:
    """Length of a period in days (713-15): last day minus first; the other reading counts both ends.

    Negative when the end lies before the start, 0 (by the other reading 1) on one day.
    """
    low = end.first // MINUTES_A_DAY - start.last // MINUTES_A_DAY
    high = end.last // MINUTES_A_DAY - start.first // MINUTES_A_DAY
    return Span(low, high, low + 1, high + 1)


def lead_days(earlier: PartialDate, event: PartialDate) -> Span:
    """Days by which something precedes an event (713-16): date difference; other: clear days between.

    Negative when it comes after the event. On the day itself 0, and -1 clear days.
    """
    low = event.first // MINUTES_A_DAY - earlier.last // MINUTES_A_DAY
    high = event.last // MINUTES_A_DAY - earlier.first // MINUTES_A_DAY
    return Span(low, high, low - 1, high - 1)


def workdays_left(sent: PartialDate, meeting: PartialDate) -> Span:
    """Working days left between sending and meeting (713-26.2). Neither end counts.

    By the other reading the day of the meeting counts, if it is a working day. 0, never less, when the
    meeting is on the day of sending or before it.
    """
    calendar = calendar_in_use()
    sent_first, sent_last = sent.first // MINUTES_A_DAY, sent.last // MINUTES_A_DAY
    meeting_first, meeting_last = meeting.first // MINUTES_A_DAY, meeting.last // MINUTES_A_DAY
    least, most = calendar.least(sent_last), calendar.most(sent_first)
    low, other_low = calendar.least(meeting_first - 1) - least, calendar.least(meeting_first) - least
    high, other_high = calendar.most(meeting_last - 1) - most, calendar.most(meeting_last) - most
    reaches = meeting_last > calendar.last or 0 < sent_first < calendar.first - 1
    beyond = reaches and other_high > max(0, other_low)
    return Span(max(0, low), max(0, high), max(0, other_low), max(0, other_high), beyond)


def workdays_within(start: PartialDate, end: PartialDate) -> Span:
    """Working days used up from one day to another, for "within N working days". The first day is out.

    By the other reading the first day counts, if it is a working day. 0, never less, when the end lies before
    the start or on it.
    """
    calendar = calendar_in_use()
    start_first, start_last = start.first // MINUTES_A_DAY, start.last // MINUTES_A_DAY
    end_first, end_last = end.first // MINUTES_A_DAY, end.last // MINUTES_A_DAY
    least, most = calendar.least(end_first), calendar.most(end_last)
    low, other_low = least - calendar.least(start_last), least - calendar.least(start_last - 1)
    high, other_high = most - calendar.most(start_first), most - calendar.most(start_first - 1)
    reaches = end_last > calendar.last or 0 < start_first < calendar.first
    beyond = reaches and other_high > max(0, other_low)
    return Span(max(0, low), max(0, high), max(0, other_low), max(0, other_high), beyond)


Returns = list[tuple[PartialDate | None, PartialDate | None]]
"""When material was returned for supplement and when it came back, each None where that is not recorded."""


def returns_of(act: object) -> Returns:
    """Return the times at which the material of an act was out for supplement; empty for an act that knows none."""
    return [(item.date, item.resubmitted) for item in getattr(act, "returns", ())]


def without_returns(
    span: Span,
    returns: Returns,
    start: PartialDate,
    end: PartialDate,
) -> Span:
    """Return a number of working days without those on which material was returned for supplement (吉林, 云南: 不计入期限).

    A return lasts from the day after it up to the day on which complete material came back; what is not recorded of
    it may have taken all or none of the time. No day is taken off twice.
    """
    found, until = span, start
    for back, again in sorted(returns, key=lambda pair: 0 if pair[0] is None else pair[0].first):
        first, last = back or until, again or end
        first, last = max(first, until, key=_first), min(last, end, key=_last)
        out = workdays_within(first, last)
        surely = back is not None and again is not None
        found = Span(
            max(0, found.low - out.high),
            found.high - (out.low if surely else 0),
            max(0, found.other_low - out.high),
            found.other_high - (out.low if surely else 0),
            found.beyond or out.beyond,
        )
        until = max(until, last, key=_last)
    return found


def out_for_supplement(returns: Returns) -> int:
    """Return the working days on which material was surely out for supplement, of returns whose days are recorded."""
    return sum(workdays_within(back, again).low for back, again in returns if back and again)


def _first(moment: PartialDate) -> int:
    return moment.first


def _last(moment: PartialDate) -> int:
    return moment.last


def is_workday(day: date) -> bool:
    """Say whether people work on a day. Raises Beyond for a day whose holidays are not published."""
    calendar, ordinal = calendar_in_use(), day.toordinal()
    if not calendar.first <= ordinal <= calendar.last:
        raise Beyond(f"no published holidays for {day:%Y-%m-%d}")
    return calendar.least(ordinal) > calendar.least(ordinal - 1)


def horizon() -> date:
    """Return the last day for which it is settled whether people work.

    This is some days before the end of the last year published: a notice of holidays may still turn the
    last days of the year before it into holidays or make-up days, as in 2006, 2007, 2011, 2018 and 2022.
    """
    return calendar_in_use().horizon


def earliest_after_days(start: date, days: int) -> date:
    """Return the first day that lies `days` after `start` by the default reading."""
    return start + timedelta(days=days)


def earliest_after_workdays(sent: date, days: int) -> date:
    """Return the first day, not before `sent`, that leaves `days` working days by the default reading.

    `sent` itself when no day is asked for. Raises Beyond when the answer needs days past the horizon.
    """
    if days <= 0:
        return sent
    calendar, ordinal = calendar_in_use(), sent.toordinal()
    wanted = calendar.least(ordinal) + days
    if ordinal < calendar.first - 1 or wanted > calendar.totals[-1]:
        raise Beyond(f"no published holidays for all of the {days} working days after {sent:%Y-%m-%d}")
    last_between = calendar.first - 1 + bisect_left(calendar.totals, wanted)
    return date.fromordinal(last_between + 1)


def latest_before_workdays(meeting: date, days: int) -> date:
    """Return the last day of sending that leaves `days` working days before a meeting by the default reading.

    `meeting` itself when no day is asked for. Raises Beyond when the answer needs days past the horizon.
    """
    if days <= 0:
        return meeting
    calendar, before = calendar_in_use(), meeting.toordinal() - 1
    wanted = calendar.least(before) - days
    if before > calendar.last or before < calendar.first or wanted < 0:
        raise Beyond(f"no published holidays for all of the {days} working days before {meeting:%Y-%m-%d}")
    return date.fromordinal(calendar.first - 2 + bisect_right(calendar.totals, wanted))


def earliest_if_all_work(sent: date, days: int) -> date:
    """Return the same as `earliest_after_workdays`, every day whose holidays are not published taken for a working day."""
    calendar = calendar_in_use()
    wanted, day = calendar.most(sent.toordinal()) + max(0, days), sent.toordinal()
    while calendar.most(day) < wanted:
        day += 1
    return date.fromordinal(day + (days > 0))


def earliest_at_worst(sent: date, days: int) -> date:
    """Return the same, days not published taken to hold as few working days as any as long a stretch of those that are.

    It is no bound of law: a notice may bring a longer stretch than there ever was.
    """
    calendar, ordinal = calendar_in_use(), sent.toordinal()
    open_ = days - max(0, calendar.least(calendar.last) - calendar.least(ordinal))
    if days <= 0 or open_ <= 0:
        return earliest_after_workdays(sent, days)
    return date.fromordinal(max(ordinal, calendar.last) + _longest(calendar.notices, open_) + 1)


@lru_cache(maxsize=256)
def _longest(notices: tuple[HolidayNotice, ...], days: int) -> int:
    """Return in how many calendar days, at the most, so many working days have passed in the years known."""
    calendar = _with_notices(notices)
    worked = [place for place, (one, other) in enumerate(pairwise(calendar.totals)) if other > one]
    return max(other - one for one, other in zip(worked, worked[days:], strict=False))


def kind_of_day(day: date) -> DayKind:
    """Say what a day is: worked or not, and why; `unsettled` where its holidays are not published."""
    calendar, ordinal = calendar_in_use(), day.toordinal()
    if not calendar.first <= ordinal <= calendar.last:
        return "unsettled"
    works, weekend = calendar.least(ordinal) > calendar.least(ordinal - 1), day.weekday() >= 5
    if works:
        return "make_up" if weekend else "workday"
    return "holiday" if day in calendar.holidays or not weekend else "weekend"


@contextmanager
def extended_by(notices: Iterable[HolidayNotice]) -> Iterator[None]:
    """Count with notices of holidays beside those known; one for a year already known takes its place.

    Holds inside the `with` statement, for the thread or task that entered it. Raises UnusableArgument where a year is
    skipped: its holidays would count as worked.
    """
    given = tuple(sorted(notices, key=lambda notice: notice.year))
    known = _with_notices(()).horizon.year
    for notice in given:
        if notice.year > known + 1:
            raise UnusableArgument(
                f"放假安排已知到 {known} 年，须依次补充 holidays are known up to {known}: give the years in turn"
            )
        known = max(known, notice.year)
    with counting_by(_with_notices(given)):
        yield


def is_of_notice(year: int, day: date) -> bool:
    """Say whether the notice of a year may speak of a day: one of that year, or of December before it."""
    return day.year == year or (day.year, day.month) == (year - 1, 12)


def departures(notice: HolidayNotice) -> int:
    """Return on how many days of its year a notice says otherwise than the one that the library knows; 0: knows none."""
    known = _with_notices(())
    if notice.year > known.horizon.year:
        return 0
    days = range(date(notice.year, 1, 1).toordinal(), date(notice.year, 12, 31).toordinal() + 1)
    both = (known, _with_notices((notice,)))
    return sum(len({one.least(day) - one.least(day - 1) for one in both}) > 1 for day in days)


def calendar_in_use() -> Calendar:
    """Return the days known where this is called, to count by again elsewhere (`counting_by`)."""
    return _EXTENDED.get() or _with_notices(())


@contextmanager
def counting_by(calendar: Calendar) -> Iterator[None]:
    """Count by a calendar inside the `with` statement, for the thread or task that entered it."""
    token = _EXTENDED.set(calendar)
    try:
        yield
    finally:
        _EXTENDED.reset(token)


class Calendar(NamedTuple):
    """The days known, as ordinals, and how many working days there are up to each of them.

    `notices` are those given beside what the library knows.
    """

    first: int
    last: int
    totals: list[int]  # totals[0] is for the day before the first
    holidays: frozenset[date]
    notices: tuple[HolidayNotice, ...] = ()

    @property
    def horizon(self) -> date:
        """The last day for which it is settled whether people work."""
        return date.fromordinal(self.last)

    def least(self, day: int) -> int:
        """Count the working days up to a day, taking every unknown day for a holiday."""
        if day < self.first:
            return 0
        return self.totals[day - self.first + 1] if day <= self.last else self.totals[-1]

    def most(self, day: int) -> int:
        """Count the working days up to a day since day 0, taking every unknown day for a working day."""
        if day < self.first:
            return day
        known = self.totals[day - self.first + 1] if day <= self.last else self.totals[-1] + day - self.last
        return known + self.first - 1


_EXTENDED: ContextVar[Calendar | None] = ContextVar("calendar", default=None)


@lru_cache(maxsize=8)
def _with_notices(notices: tuple[HolidayNotice, ...]) -> Calendar:
    from chinese_calendar.constants import holidays, workdays

    replaced = {notice.year for notice in notices}
    off = {day for day in holidays if day.year not in replaced}.union(*(one.holidays for one in notices))
    worked = {day for day in workdays if day.year not in replaced}
    worked = worked.union(*(one.make_up_days for one in notices))
    years = {day.year for day in off}
    first, last = date(min(years), 1, 1), date(max(years), *_last_settled(off | worked))
    totals = [0]
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        works = day in worked or (day.weekday() < 5 and day not in off)
        totals.append(totals[-1] + works)
    return Calendar(first.toordinal(), last.toordinal(), totals, frozenset(off), notices)


def _last_settled(rearranged: set[date]) -> tuple[int, int]:
    """Return the month and day up to which a year's own notice has always had the last word."""
    unsettled = min((day.day for day in rearranged if day.month == 12), default=32)
    return 12, unsettled - 1
