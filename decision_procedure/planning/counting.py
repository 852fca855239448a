"""From one day to another: the first day that leaves so many days, the last one, both within a count that is the most."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from decision_procedure.clock import (
    earliest_after_workdays,
    earliest_at_worst,
    earliest_if_all_work,
    latest_before_workdays,
)
from decision_procedure.errors import Beyond
from decision_procedure.law.spans import Count


class Reached(NamedTuple):
    """A day as `date.toordinal`; `sure` false: it lies past the holidays published, and is the earliest it can be."""

    day: int
    sure: bool


def first_after(count: Count, start: int, least: int, *, worst: bool = False) -> Reached:
    """Return the first day that lies so far after another one, past the holidays published at best or at `worst`."""
    if count in ("order", "together", "days"):
        return Reached(start + least, True)
    back = int(count == "workdays_within" and least > 0)
    return _worked(start, least, -back, worst=worst)


def last_within(count: Count, start: int, most: int) -> Reached:
    """Return the last day that lies no further after another one."""
    if count in ("order", "together", "days"):
        return Reached(start + most, True)
    return _worked(start, most + 1, -2 if count == "workdays_within" else -1)


def last_before(count: Count, end: int, least: int) -> int | None:
    """Return the last day after which so much is left up to another one; None: the holidays are not published."""
    if count in ("order", "together", "days"):
        return end - least
    return _worked_before(end + (count == "workdays_within"), least)


def first_within(count: Count, end: int, most: int) -> int | None:
    """Return the first day after which no more is left up to another one; None as for `last_before`."""
    if count in ("order", "together", "days"):
        return end - most
    found = _worked_before(end + (count == "workdays_within"), most + 1)
    return None if found is None else found + 1


def _worked(start: int, days: int, more: int, *, worst: bool = False) -> Reached:
    day = date.fromordinal(start)
    try:
        return Reached(earliest_after_workdays(day, days).toordinal() + more, True)
    except Beyond:
        bound = earliest_at_worst if worst else earliest_if_all_work
        return Reached(bound(day, days).toordinal() + more, False)


def _worked_before(end: int, days: int) -> int | None:
    try:
        return latest_before_workdays(date.fromordinal(end), days).toordinal()
    except Beyond:
        return None


__all__ = ["Reached", "first_after", "first_within", "last_before", "last_within"]
