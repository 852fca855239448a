"""A notice of holidays in a small file of its own, for a year that the calendar does not know yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from decision_procedure.clock import HolidayNotice, extended_by, horizon, is_of_notice
from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.dates import day_said
from decision_procedure.sources import Source, read_source

_KEYS = {
    "year": "年度", "holidays": "放假日", "make_up_days": "调休上班日", "source": "来源", "schema": "格式版本",
}  # fmt: skip


def holiday_notice(path: str | Path) -> HolidayNotice:
    """Return the notice that a file holds: `year`, `holidays`, `make_up_days` (days, or `day..day`) and `source`.

    Keys may be Chinese (年度, 放假日, 调休上班日, 来源). Raises UnusableInput with every fault.
    """
    source = read_source(Path(path))
    return _Reading(source).notice()


def holiday_notices(paths: Iterable[str | Path]) -> tuple[HolidayNotice, ...]:
    """Return the notices that files hold, the earlier year first, each known to those after it. Raises as `holiday_notice`."""
    found: list[HolidayNotice] = []
    for path in paths:
        with extended_by(found):
            found.append(holiday_notice(path))
    return tuple(found)


class _Reading:
    def __init__(self, source: Source) -> None:
        self._source, self._faults = source, list[Fault]()
        english = {zh: key for key, zh in _KEYS.items()}
        given = source.data if isinstance(source.data, dict) else {}
        self._data: dict[str, Any] = {english.get(str(key), str(key)): value for key, value in given.items()}
        self._named = {english.get(str(key), str(key)): str(key) for key in given}

    def notice(self) -> HolidayNotice:
        """Return the notice."""
        for key in self._data.keys() - _KEYS.keys():
            self._fault(key, "没有此键", f"no such key; there are {', '.join(_KEYS)}")
        year, cited = self._year(), self._data.get("source")
        if not isinstance(cited, str) or not cited.strip():
            self._fault(
                "source", "须写明通知的文号或者出处", "name the notice: its number or where it was published"
            )
        off, worked = self._days("holidays", year), self._days("make_up_days", year)
        if year and not off:
            self._fault("holidays", "没有放假日", "no days off are given")
        for day in sorted(worked):
            if day in off:
                self._fault("make_up_days", f"{day} 既放假又上班", f"{day} is both off and worked")
            elif day.weekday() < 5:
                self._fault("make_up_days", f"{day} 不是周末", f"{day} is no weekend day")
        if self._faults:
            raise UnusableInput(self._faults)
        return HolidayNotice(year, frozenset(off), frozenset(worked), str(cited))

    def _year(self) -> int:
        year, known = self._data.get("year"), horizon().year
        if isinstance(year, bool) or not isinstance(year, int):
            self._fault("year", "须为年度，如 2027", "a year such as 2027 is wanted")
            return 0
        if not 2004 <= year <= known + 1:
            self._fault(
                "year",
                f"放假安排已知到 {known} 年，须依次补充",
                f"holidays are known up to {known}: give the years in turn",
            )
        return year

    def _days(self, key: str, year: int) -> set[date]:
        given, found = self._data.get(key, ()), set[date]()
        if not isinstance(given, list | tuple):
            self._fault(key, "须为日期的列表", "a list of days is wanted")
            return found
        for index, item in enumerate(given):
            days = list(_stretch(item))
            if not days:
                self._fault(key, f"不是日期：{str(item)[:40]}", f"no day: {str(item)[:40]}", index)
            elif any(not is_of_notice(year, day) for day in days):
                self._fault(
                    key, f"不在 {year} 年：{str(item)[:40]}", f"not in {year}: {str(item)[:40]}", index
                )
            found.update(days)
        return found

    def _fault(self, key: str, zh: str, en: str, *place: int) -> None:
        path: tuple[str | int, ...] = (self._named.get(key, key), *place)
        self._faults.append(self._source.fault(path if key in self._data else (), zh, en))


def _stretch(item: object) -> Iterable[date]:
    """Yield the days that an entry names: one, or all from the first to the last of `2027-02-05..2027-02-11`."""
    first, _, last = str(item).partition("..")
    start, end = day_said(first.strip()), day_said((last or first).strip())
    if start is None or end is None or not 0 <= (end - start).days < 60:
        return
    yield from (date.fromordinal(day) for day in range(start.toordinal(), end.toordinal() + 1))


__all__ = ["holiday_notice", "holiday_notices"]
