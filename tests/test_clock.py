"""Days, working days, and both readings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision_procedure.clock import (
    Span,
    days_between,
    earliest_after_workdays,
    horizon,
    is_workday,
    lead_days,
    workdays_left,
)
from decision_procedure.errors import Beyond
from decision_procedure.model.dates import PartialDate, parse_date

KNOWN = st.dates(date(2019, 9, 1), date(2026, 11, 30))


def test_the_window_of_ningjin_2023_is_30_days_or_31_with_both_ends() -> None:
    assert days_between(parse_date("2023-03-06"), parse_date("2023-04-05")) == Span(30, 30, 31, 31)


def test_a_notice_of_12_april_leads_12_may_by_30_days_or_29_clear_days() -> None:
    assert lead_days(parse_date("2023-04-12"), parse_date("2023-05-12")) == Span(30, 30, 29, 29)


def test_make_up_days_count_and_the_national_holiday_does_not() -> None:
    assert is_workday(date(2024, 9, 29))
    assert not is_workday(date(2024, 10, 1))
    assert workdays_left(parse_date("2024-09-20"), parse_date("2024-10-10"))[:3] == (9, 9, 10)


def test_a_month_gives_least_and_greatest() -> None:
    low, high, *_ = days_between(parse_date("2023-03"), parse_date("2023-04-30"))

    assert (low, high) == (30, 60)


def test_beyond_the_horizon_nothing_is_guessed() -> None:
    after = horizon() + timedelta(days=10)

    span = workdays_left(PartialDate.on(horizon()), PartialDate.on(after))

    assert (span.low, span.high) == (0, 9)
    with pytest.raises(Beyond):
        is_workday(after)


@given(KNOWN, st.integers(0, 20))
def test_the_earliest_meeting_leaves_exactly_the_working_days_asked(sent: date, days: int) -> None:
    meeting = earliest_after_workdays(sent, days)

    assert workdays_left(PartialDate.on(sent), PartialDate.on(meeting)).low == days


@given(KNOWN, KNOWN)
def test_exact_days_within_a_month_lie_within_its_span(start: date, end: date) -> None:
    exact = days_between(PartialDate.on(start), PartialDate.on(end))
    month = days_between(parse_date(f"{start:%Y-%m}"), parse_date(f"{end:%Y-%m}"))

    assert month.low <= exact.low <= exact.high <= month.high
