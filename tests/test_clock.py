"""Days, working days, and both readings."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday as published_as_workday
from hypothesis import given
from hypothesis import strategies as st

from decision_procedure.clock import (
    Span,
    days_between,
    earliest_after_days,
    earliest_after_workdays,
    earliest_at_worst,
    earliest_if_all_work,
    horizon,
    is_workday,
    lead_days,
    workdays_left,
)
from decision_procedure.errors import Beyond
from decision_procedure.model.dates import PartialDate, parse_date

FIRST, LAST = date(2004, 1, 1), horizon()
KNOWN = st.dates(FIRST, LAST - timedelta(days=60))
ANY = st.dates(date(1900, 1, 1), date(2198, 12, 31))
NEAR_THE_EDGES = st.dates(date(2003, 6, 1), date(2004, 6, 1)) | st.dates(
    LAST - timedelta(90), LAST + timedelta(90)
)
MEASURES = st.sampled_from([days_between, lead_days, workdays_left])


def on(text: str) -> PartialDate:
    return parse_date(text)


def exact(day: date) -> PartialDate:
    return PartialDate.on(day)


@st.composite
def vague(draw: st.DrawFn, days: st.SearchStrategy[date] = ANY) -> tuple[PartialDate, date]:
    """A date as a record may state it, and a day that it may have been."""
    day = draw(days)
    stated = [parse_date(f"{day:%Y-%m-%d}"), parse_date(f"{day:%Y-%m}"), parse_date(f"{day:%Y}")]
    stated += [
        parse_date(f"{day:%Y-%m-%d}T15:00"),
        PartialDate.by(exact(day + timedelta(draw(st.integers(0, 400))))),
    ]
    return draw(st.sampled_from(stated)), day


# --- days ---------------------------------------------------------------------------------------------------


def test_the_window_of_ningjin_2023_is_30_days_or_31_with_both_ends() -> None:
    assert days_between(on("2023-03-06"), on("2023-04-05")) == Span(30, 30, 31, 31)


def test_a_notice_of_12_april_leads_12_may_by_30_days_or_29_clear_days() -> None:
    assert lead_days(on("2023-04-12"), on("2023-05-12")) == Span(30, 30, 29, 29)


def test_times_of_day_do_not_change_a_number_of_days() -> None:
    assert days_between(on("2023-03-06T23:59"), on("2023-04-05T00:00")) == Span(30, 30, 31, 31)


def test_a_29_february_counts() -> None:
    assert days_between(on("2024-02-01"), on("2024-03-02")).low == 30
    assert days_between(on("2023-02-01"), on("2023-03-02")).low == 29


def test_a_month_gives_least_and_greatest() -> None:
    low, high, *_ = days_between(on("2023-03"), on("2023-04-30"))

    assert (low, high) == (30, 60)


def test_an_end_before_its_start_is_a_negative_number_of_days() -> None:
    assert days_between(on("2023-03-06"), on("2023-03-01")) == Span(-5, -5, -4, -4)
    assert lead_days(on("2023-03-06"), on("2023-03-06")) == Span(0, 0, -1, -1)


def test_a_start_of_which_only_the_latest_day_is_known_has_a_least_number_only() -> None:
    span = days_between(PartialDate.by(on("2023-03-06")), on("2023-04-05"))

    assert span.low == 30
    assert span.high > 700_000


# --- working days, against the notices of the State Council -------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2024-02-10", "2024-02-17"),
        ("2024-05-01", "2024-05-05"),
        ("2024-09-15", "2024-09-17"),
        ("2024-10-01", "2024-10-07"),
        ("2015-09-03", "2015-09-05"),
        ("2020-01-24", "2020-02-02"),
    ],
)
def test_nobody_works_on_a_public_holiday(first: str, last: str) -> None:
    day = date.fromisoformat(first)

    while day <= date.fromisoformat(last):
        assert not is_workday(day)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    "day",
    [
        "2024-02-04",
        "2024-02-18",
        "2024-04-07",
        "2024-04-28",
        "2024-05-11",
        "2024-09-14",
        "2024-09-29",
        "2024-10-12",
    ],
)
def test_make_up_saturdays_and_sundays_of_2024_are_working_days(day: str) -> None:
    assert date.fromisoformat(day).weekday() >= 5
    assert is_workday(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("sent", "meeting", "left", "with_meeting_day"),
    [
        ("2024-02-09", "2024-02-18", 0, 1),  # 10 to 17 February is the Spring Festival, Sunday 18 is made up
        ("2024-02-09", "2024-02-19", 1, 2),
        ("2024-02-02", "2024-02-09", 5, 6),  # Sunday 4 is made up: 4, 5, 6, 7, 8
        ("2024-09-27", "2024-10-08", 2, 3),  # Sunday 29 is made up: 29 and 30 September
        ("2024-09-20", "2024-10-10", 9, 10),
        ("2024-10-11", "2024-10-14", 1, 2),  # Saturday 12 is made up
        ("2024-06-03", "2024-06-11", 4, 5),  # Monday 10 is the Dragon Boat Festival
        ("2024-07-05", "2024-07-06", 0, 0),
    ],
)
def test_working_days_left_before_a_meeting_are_those_counted_by_hand(
    sent: str, meeting: str, left: int, with_meeting_day: int
) -> None:
    assert workdays_left(on(sent), on(meeting)) == Span(left, left, with_meeting_day, with_meeting_day)


@pytest.mark.parametrize("meeting", ["2024-03-05", "2024-03-04", "2019-01-01"])
def test_no_working_days_are_left_for_a_meeting_on_the_day_of_sending_or_before(meeting: str) -> None:
    assert workdays_left(on("2024-03-05"), on(meeting)) == Span(0, 0, 0, 0)


@given(KNOWN)
def test_a_day_is_a_working_day_if_it_was_published_as_one(day: date) -> None:
    assert is_workday(day) == published_as_workday(day)


@given(KNOWN, st.integers(0, 60))
def test_working_days_left_are_the_published_ones_between(sent: date, days: int) -> None:
    meeting = sent + timedelta(days=days)
    between = sum(published_as_workday(sent + timedelta(days=n)) for n in range(1, days))

    span = workdays_left(exact(sent), exact(meeting))

    assert (span.low, span.high) == (between, between)
    assert span.other_low - between == (days > 0 and published_as_workday(meeting))


@given(KNOWN, KNOWN, KNOWN)
def test_working_days_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = (exact(day) for day in sorted([one, two, three]))

    parts = workdays_left(first, middle).other_low + workdays_left(middle, last).other_low

    assert workdays_left(first, last).other_low == parts


# --- the horizon --------------------------------------------------------------------------------------------


def test_the_horizon_ends_before_the_days_that_the_next_notice_may_still_move() -> None:
    assert LAST.month == 12
    assert LAST.day <= 28
    assert published_as_workday(LAST) is is_workday(LAST)
    with pytest.raises(NotImplementedError):
        published_as_workday(date(LAST.year + 1, 1, 1))


@pytest.mark.parametrize(
    "day", [FIRST - timedelta(days=1), LAST + timedelta(days=1), date(1, 1, 1), date.max]
)
def test_a_day_without_published_holidays_is_neither_a_working_day_nor_not(day: date) -> None:
    with pytest.raises(Beyond):
        is_workday(day)


def test_beyond_the_horizon_nothing_is_guessed() -> None:
    after = horizon() + timedelta(days=10)

    span = workdays_left(exact(horizon()), exact(after))

    assert span == Span(0, 9, 0, 10, beyond=True)


def test_before_the_first_year_published_nothing_is_guessed() -> None:
    assert workdays_left(on("2003-12-20"), on("2004-01-01")) == Span(0, 11, 0, 11, beyond=True)


def test_what_is_certain_beyond_the_horizon_is_not_called_beyond() -> None:
    later = exact(LAST + timedelta(days=50))

    assert workdays_left(later, later) == Span(0, 0, 0, 0, beyond=False)


def test_an_open_beginning_is_no_matter_of_the_horizon() -> None:
    span = workdays_left(PartialDate.by(on("2024-03-04")), on("2024-03-08"))

    assert (span.low, span.other_low, span.beyond) == (3, 4, False)
    assert span.high > 500_000


# --- dates that are not exact -------------------------------------------------------------------------------


@given(vague(ANY | NEAR_THE_EDGES), vague(ANY | NEAR_THE_EDGES), MEASURES)
def test_the_number_between_two_days_lies_within_the_span_of_the_dates_as_stated(
    start: tuple[PartialDate, date], end: tuple[PartialDate, date], measure: type[Span]
) -> None:
    stated = measure(start[0], end[0])

    true = measure(exact(start[1]), exact(end[1]))

    assert stated.low <= true.low <= true.high <= stated.high
    assert stated.other_low <= true.other_low <= true.other_high <= stated.other_high


@given(ANY | NEAR_THE_EDGES, ANY | NEAR_THE_EDGES, st.integers(0, 400), MEASURES)
def test_a_later_end_never_gives_fewer_days(start: date, end: date, more: int, measure: type[Span]) -> None:
    sooner = measure(exact(start), exact(end))

    later = measure(exact(start), exact(end + timedelta(days=more)))

    assert all(one <= other for one, other in zip(sooner[:4], later[:4], strict=True))


# --- planning -----------------------------------------------------------------------------------------------


@given(ANY, st.integers(0, 400))
def test_the_earliest_end_of_a_period_is_the_first_that_is_long_enough(start: date, days: int) -> None:
    end = earliest_after_days(start, days)

    assert days_between(exact(start), exact(end)).low == days


@given(KNOWN, st.integers(1, 20))
def test_the_earliest_meeting_is_the_first_that_leaves_the_working_days_asked(sent: date, days: int) -> None:
    meeting = earliest_after_workdays(sent, days)

    assert workdays_left(exact(sent), exact(meeting)).low == days
    assert workdays_left(exact(sent), exact(meeting - timedelta(days=1))).low == days - 1


@given(st.dates(date(2026, 11, 1), date(2027, 3, 1)), st.integers(0, 30))
def test_at_worst_is_never_before_at_best_and_never_shorter_than_in_any_year_published(
    sent: date, days: int
) -> None:
    worst, best = earliest_at_worst(sent, days), earliest_if_all_work(sent, days)

    assert worst >= best
    if sent > horizon():
        for year in (2020, 2023, 2024, 2025):
            before = date(year, 1, 10)
            assert (worst - sent).days >= (earliest_after_workdays(before, days) - before).days


def test_the_earliest_meeting_after_the_spring_festival_of_2024_comes_after_the_made_up_days() -> None:
    assert earliest_after_workdays(date(2024, 2, 9), 5) == date(2024, 2, 23)


@pytest.mark.parametrize("days", [0, -1])
def test_a_meeting_that_needs_no_working_days_may_be_on_the_day_of_sending(days: int) -> None:
    assert earliest_after_workdays(date(2024, 2, 9), days) == date(2024, 2, 9)


def test_the_last_meeting_that_can_be_planned_is_the_day_after_the_horizon() -> None:
    sent = LAST - timedelta(days=20)
    left = sum(is_workday(sent + timedelta(days=n)) for n in range(1, 21))

    assert earliest_after_workdays(sent, left) <= LAST + timedelta(days=1)
    with pytest.raises(Beyond):
        earliest_after_workdays(sent, left + 1)


@pytest.mark.parametrize("sent", [date(2003, 12, 30), LAST, LAST + timedelta(days=1), date.max])
def test_no_meeting_is_planned_over_days_without_published_holidays(sent: date) -> None:
    with pytest.raises(Beyond):
        earliest_after_workdays(sent, 1)


def test_the_holidays_are_not_loaded_before_they_are_asked_for() -> None:
    program = "import sys, decision_procedure.clock; print('chinese_calendar' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
