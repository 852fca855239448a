"""Periods counted day by day: the number follows from the days alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from ahead import EXAMPLES, example
from commands import call
from drafts import issued, reviewed, with_hearing
from hypothesis import given
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.clock import days_between, lead_days, workdays_left, workdays_within
from decision_procedure.model.dates import PartialDate
from decision_procedure.planning.days import counted
from decision_procedure.planning.plan import Counted

MEASURES = {
    "days": days_between,
    "lead_days": lead_days,
    "workdays": workdays_left,
    "workdays_within": workdays_within,
}
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 20))


@given(DAYS, st.integers(0, 90), st.sampled_from(sorted(MEASURES)))
def test_the_days_that_count_are_as_many_as_the_clock_says(start: date, length: int, measure: str) -> None:
    end = start + timedelta(days=length)

    span = MEASURES[measure](PartialDate.on(start), PartialDate.on(min(end, date(2026, 12, 27))))
    days = counted(measure, start, min(end, date(2026, 12, 27)))

    assert sum(day.counts for day in days) == span.low == span.high


@pytest.mark.parametrize("name", ["全部合规", "多处不合规", "办公会代替常务会"])
def test_every_count_of_an_example_is_recomputed_from_its_days(name: str) -> None:
    report = dp.check(example(name), as_of="2024-10-08")

    counting = {rule.id for pack in report.law.packs for rule in pack.rules if rule.counts_days}
    duties = counting & {item.duty for item in report.verdicts if item.trees}
    counts = [one for duty in sorted(duties) for one in dp.counted_days(report, duty) if one.days]

    assert len(counts) >= 3
    for one in counts:
        assert one.number == sum(day.counts for day in one.days), one.duty
        assert (one.days[0].day, one.days[-1].day) == (one.start, one.end)


PLANS = {
    "under way": lambda: dp.plan(dp.check(example("办理中"), as_of="2024-04-01")),
    "before National Day": lambda: dp.plan(reviewed("2024-09-27")),
    "a hearing in Guangdong": lambda: dp.plan(with_hearing("441223", 2023)),
    "issued": lambda: dp.plan(issued("2024-09-26")),
}


@pytest.mark.parametrize("case", PLANS)
def test_each_day_of_a_plan_is_recomputed_from_its_reasons_alone(case: str) -> None:
    plan = PLANS[case]()

    deciding = [reason for item in plan.of("due") for reason in item.because if reason.decides]
    told = {place: day for item in plan.of("due") for place, day in item.dates.items()}
    recomputed = {reason.until: first_day(reason) for reason in deciding}
    assert recomputed
    assert {place: day for place, day in told.items() if day != plan.as_of} == recomputed


def first_day(reason: Counted) -> str:
    """Return the first day that leaves what a reason wants, found by going on from its start day by day."""
    start = date.fromisoformat(reason.start)
    if reason.count in ("order", "together"):
        return str(start + timedelta(days=reason.least or 0))
    return next(
        str(end)
        for end in (start + timedelta(days=more) for more in range(200))
        if sum(day.counts for day in counted(reason.count, start, end)) >= (reason.least or 0)
    )


@pytest.mark.parametrize("case", PLANS)
def test_the_periods_of_a_plan_end_on_its_days_and_hold_what_is_asked(case: str) -> None:
    plan = PLANS[case]()

    periods = dp.counted_days(plan)

    asked = {(one.rule, one.start): one for item in plan.steps for one in item.because}
    assert periods
    for period in periods:
        reason = asked[period.duty, period.start]
        assert period.number == (reason.most if reason.least is None else reason.least)
        assert period.days[-1].day == period.end


def test_the_command_counts_the_days_of_a_plan() -> None:
    told = call("plan", EXAMPLES / "示例县-办理中.yaml", "--as-of", "2024-04-01", "--days").stdout

    assert re.search(r"2024-04-18\s+周四\s+7\s+计", told)
    assert re.search(r"2024-04-19\s+周五\s+—\s+末日，不计", told)


def test_national_day_and_its_make_up_days_are_told_by_their_reason() -> None:
    days = {day.day: day for day in counted("workdays", date(2024, 9, 27), date(2024, 10, 14))}

    assert days["2024-09-29"].reason == "make_up"
    assert days["2024-10-01"].reason == "holiday"
    assert days["2024-10-12"].reason == "make_up"
    assert days["2024-10-13"].reason == "weekend"
    assert (days["2024-09-27"].reason, days["2024-10-14"].reason) == ("first", "last")
    assert sum(day.counts for day in days.values()) == 7


def test_days_past_the_notices_are_unsettled_until_one_is_given(tmp_path: Path) -> None:
    file = tmp_path / "2027.yaml"
    file.write_text(
        "year: 2027\nsource: 某通知\nholidays: [2027-01-01..2027-01-03]\nmake_up_days: [2027-01-09]\n",
        "utf-8",
    )
    span = (date(2026, 12, 30), date(2027, 1, 11))

    before = {day.reason for day in counted("workdays", *span)}
    with dp.holidays(file):
        after = [day.day for day in counted("workdays", *span) if day.counts]

    assert before == {"first", "last", "unsettled"}
    assert after == [
        "2026-12-31", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08", "2027-01-09",
    ]  # fmt: skip


def test_the_command_tells_the_days_and_refuses_to_without_a_duty() -> None:
    record = EXAMPLES / "示例县-全部合规.yaml"

    told = call("explain", record, "26.2", "--days", "--as-of", "2024-10-08").stdout

    assert "17个工作" in told
    assert "2024-05-18  周六  —   周末，不计" in told
    assert call("explain", record, "--days").returncode == 2


def test_a_faulty_notice_is_refused_with_every_fault(tmp_path: Path) -> None:
    file = tmp_path / "2027.yaml"
    file.write_text("year: 2030\nholidays: [2027-13-01]\nmake_up_days: 3\nwhat: 1\n", "utf-8")

    with pytest.raises(dp.UnusableInput) as error:
        dp.holidays(file)

    text = error.value.text("zh")
    assert all(word in text for word in ("须依次补充", "不是日期", "须为日期的列表", "没有此键", "出处"))
