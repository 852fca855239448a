"""Years are counted to the day, whatever is known of the dates."""

from __future__ import annotations

from datetime import date

import pytest

from decision_procedure.law.amounts import _years_on
from decision_procedure.model.dates import PartialDate


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        ("2024-03-01", 1, "2025-03-01"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
    ],
)
def test_the_same_day_of_a_later_year_is_the_last_of_february_where_there_is_no_29th(
    start: str, years: int, end: str
) -> None:
    day = _years_on(PartialDate.written(start).first_day, years)

    assert day == PartialDate.written(end).first_day


def test_an_open_beginning_stays_open() -> None:
    assert _years_on(0, 3) == 0


def test_what_no_calendar_holds_is_its_last_day() -> None:
    assert _years_on(date(9999, 6, 1).toordinal(), 1) == date.max.toordinal()
