"""The days on which the deciding body meets: a list of days, or a rule such as 每月第二个星期三."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from decision_procedure.errors import UnusableArgument
from decision_procedure.model.dates import day_said

_WEEKDAYS = "一二三四五六日"
_ORDINALS = "一二三四五"
_MONTHLY = re.compile(r"每月(?:第([一二三四五1-5])|(最后)一)个(?:星期|周)([一二三四五六日天1-7])")
_WEEKLY = re.compile(r"每(?:个)?(?:星期|周)([一二三四五六日天1-7])")
_ON_DAY = re.compile(r"每月(\d{1,2})[日号]")


class MeetingDays:
    """When the body meets. Without any, it may meet on every day."""

    def __init__(self, given: str | Iterable[date | str] | None) -> None:
        """Read what is given: days (a list, or one text with commas), a rule, or nothing. Raises UnusableArgument."""
        self._days: Sequence[int] = ()
        self._rule: _Rule | None = None
        if isinstance(given, str) and (rule := _rule(given.strip())) is not None:
            self._rule = rule
        elif given is not None:
            parts = re.split(r"[,，、;；\s]+", given.strip()) if isinstance(given, str) else [*given]
            self._days = sorted({_day(part).toordinal() for part in parts if part})
            if not self._days:
                raise UnusableArgument("没有会议日 no day of a meeting is given")

    def from_day(self, day: int) -> int:
        """Return the first meeting day not before a day. Raises UnusableArgument where no more are given."""
        if self._rule is not None:
            return self._rule.first(day)
        if not self._days:
            return day
        place = bisect_left(self._days, day)
        if place == len(self._days):
            last = date.fromordinal(self._days[-1])
            raise UnusableArgument(
                f"所列会议日都太早，请补充 {date.fromordinal(day)} 以后的会议日 every meeting day given lies before {date.fromordinal(day)}, the last on {last}: give later ones"
            )
        return self._days[place]

    def up_to(self, day: int) -> int | None:
        """Return the last meeting day not after a day; None: there is none."""
        if self._rule is not None:
            return self._rule.last(day)
        if not self._days:
            return day
        place = bisect_right(self._days, day)
        return self._days[place - 1] if place else None


class _Rule(NamedTuple):
    """A weekday (0 is Monday), of each month the so-maniest (-1: the last, None: of every week), or a day of the month."""

    weekday: int | None
    number: int | None
    of_month: int | None = None

    def _meets(self, day: date) -> bool:
        if self.of_month is not None:
            return day.day == self.of_month
        if day.weekday() != self.weekday:
            return False
        if self.number is None:
            return True
        if self.number == -1:
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == self.number

    def first(self, day: int) -> int:
        return next(one for one in range(day, day + _FURTHEST) if self._meets(date.fromordinal(one)))

    def last(self, day: int) -> int | None:
        return next(
            (one for one in range(day, day - _FURTHEST, -1) if self._meets(date.fromordinal(one))), None
        )


_FURTHEST = 400
"""Days within which every rule is met: not each month has a fifth Wednesday or a 31st."""


def _rule(text: str) -> _Rule | None:
    if found := _MONTHLY.fullmatch(text):
        number = -1 if found[2] else _place(found[1], _ORDINALS) + 1
        return _Rule(_place(found[3], _WEEKDAYS), number)
    if found := _WEEKLY.fullmatch(text):
        return _Rule(_place(found[1], _WEEKDAYS), None)
    if (found := _ON_DAY.fullmatch(text)) and 1 <= int(found[1]) <= 31:
        return _Rule(None, None, int(found[1]))
    return None


def _place(sign: str, signs: str) -> int:
    return int(sign) - 1 if sign.isdigit() else signs.index(sign.replace("天", "日"))


def _day(given: date | str) -> date:
    found = given if isinstance(given, date) else day_said(str(given))
    if found is None:
        raise UnusableArgument(
            f"会议日应为日期或者规则（每月第二个星期三、每周五、每月15日） meeting days are days or a rule such as 每月第二个星期三: {str(given)[:40]}"
        )
    return found


__all__ = ["MeetingDays"]
