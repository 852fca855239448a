"""Cases worked out by hand with the notices of holidays at hand: what the plan says, and what the check says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from drafts import issued, jilin, reviewed, with_hearing

import decision_procedure as dp
from decision_procedure.planning.days import counted
from decision_procedure.render.plans import plan_lines
from decision_procedure.render.text.unbroken import blocks_text

# The day of sending; the seven working days after it, by the notices of the State Council; the day after them (713-26.2).
MEETINGS = {
    "an ordinary fortnight": ("2024-03-01", "03-04 05 06 07 08 11 12", "2024-03-13"),
    "sent on a Saturday": ("2024-03-02", "03-04 05 06 07 08 11 12", "2024-03-13"),
    "Spring Festival of 2024, 4 and 18 February made up": ("2024-02-02", "02-04 05 06 07 08 09 18", "2024-02-19"),
    "Spring Festival of 2025, 26 January and 8 February made up": ("2025-01-24", "01-26 27 02-05 06 07 08 10", "2025-02-11"),
    "Spring Festival of 2026, 14 and 28 February made up": ("2026-02-12", "02-13 14 24 25 26 27 28", "2026-03-01"),
    "Labour Day of 2024, 28 April made up": ("2024-04-26", "04-28 29 30 05-06 07 08 09", "2024-05-10"),
    "Dragon Boat Festival of 2024": ("2024-06-05", "06-06 07 11 12 13 14 17", "2024-06-18"),
    "National Day of 2023, 7 and 8 October made up": ("2023-09-27", "09-28 10-07 08 09 10 11 12", "2023-10-13"),
    "National Day of 2024, 29 September and 12 October made up": ("2024-09-27", "09-29 30 10-08 09 10 11 12", "2024-10-13"),
    "National Day of 2025, 28 September and 11 October made up": ("2025-09-26", "09-28 29 30 10-09 10 11 13", "2025-10-14"),
    "New Year of 2026, 4 January made up": ("2025-12-26", "12-29 30 31 01-04 05 06 07", "2026-01-08"),
}  # fmt: skip


@pytest.mark.parametrize("case", MEETINGS)
def test_the_meeting_leaves_seven_working_days(case: str) -> None:
    sent, days, meeting = MEETINGS[case]
    plan = dp.plan(reviewed(sent))

    assert plan.earliest("deliberation") == meeting
    worked = [
        day.day[8:]
        for day in counted("workdays", date.fromisoformat(sent), date.fromisoformat(meeting))
        if day.counts
    ]
    assert worked == [day[-2:] for day in days.split()]


def test_the_greatest_span_of_jilin_ends_on_the_seventh_working_day() -> None:
    step = dp.plan(reviewed("2024-03-01", law=jilin())).step("legality_review")

    assert (step.ends, step.due_by) == ("2024-03-02", "2024-03-12")  # 4 to 8, 11 and 12 March


def test_in_jilin_a_supplement_is_deducted_and_for_the_meeting_it_begins_anew() -> None:
    returns = [{"date": "2024-03-04", "resubmitted": "2024-03-08"}]
    plan = dp.plan(reviewed("2024-03-01", law=jilin(), returns=returns))

    assert plan.step("legality_review").due_by == "2024-03-18"  # 4, then 11 to 15 and 18 March
    assert plan.earliest("deliberation") == "2024-03-20"  # 11 to 15, 18 and 19 March after the 8th


@pytest.mark.parametrize(
    ("sent", "back", "again", "meeting"),
    [
        ("2024-03-01", "2024-03-04", "2024-03-08", "2024-03-20"),  # 11 to 15, 18 and 19 March
        ("2024-09-20", "2024-09-23", "2024-09-27", "2024-10-13"),  # 29 and 30 September, 8 to 12 October
        ("2025-01-20", "2025-01-21", "2025-01-24", "2025-02-11"),  # 26 and 27 January, 5 to 8 and 10 February
    ],
)
def test_where_the_law_is_silent_the_seven_working_days_begin_anew_after_a_supplement(
    sent: str, back: str, again: str, meeting: str
) -> None:
    plan = dp.plan(reviewed(sent, returns=[{"date": back, "resubmitted": again}]))

    assert plan.earliest("deliberation") == meeting


@pytest.mark.parametrize(
    ("opinion", "number", "outcome"), [("2024-03-18", 7, "satisfied"), ("2024-03-19", 8, "needs_judgement")]
)
def test_the_check_deducts_the_supplement_in_jilin(opinion: str, number: int, outcome: str) -> None:
    returns = [{"date": "2024-03-04", "resubmitted": "2024-03-08"}]
    report = reviewed("2024-03-01", law=jilin(), opinion=opinion, returns=returns)

    (counts,) = dp.counted_days(report, "jl-270.29")
    assert [verdict.outcome for verdict in report.about("jl-270.29")] == [outcome]
    assert counts.number == number == sum(day.counts for day in counts.days)
    assert counts.sums()["returned"] == 4  # 5 to 8 March


def test_a_return_without_days_leaves_the_number_open() -> None:
    report = reviewed(
        "2024-03-01", law=jilin(), opinion="2024-03-19", returns=[{"resubmitted": "2024-03-08"}]
    )

    assert [verdict.outcome for verdict in report.about("jl-270.29")] == ["undetermined"]


def test_past_the_horizon_the_meeting_is_not_before_a_day_and_a_notice_settles_it(tmp_path: Path) -> None:
    notice = tmp_path / "2027.yaml"
    notice.write_text("年度: 2027\n来源: 某通知\n放假日: [2027-01-01..2027-01-03]\n", "utf-8")
    report = reviewed("2026-12-24")

    open_ = dp.plan(report, "2027-01-06")
    with dp.holidays(notice):
        settled = dp.plan(report, "2027-01-06")

    meeting = open_.step("deliberation")
    assert (meeting.ends, meeting.sure, open_.reachable) == (
        "2027-01-03",
        False,
        None,
    )  # 25, 28, then every day
    assert (settled.earliest("deliberation"), settled.reachable) == (
        "2027-01-06",
        True,
    )  # 25 28 29 30 31 04 05
    assert dp.plan(report, "2027-01-02").reachable is False
    # 25 and 28 December; then five working days, in 2020 no sooner than on the fifteenth day after one that was worked
    assert (meeting.worst, settled.step("deliberation").worst) == ("2027-01-13", None)
    told = blocks_text(plan_lines(open_, "zh"), "zh")
    assert "如放假同已公布各年中最长的一样，为2027年1月13日。" in told
    assert "不早于2027-01-03，放假最长时2027-01-13" in told


def test_publication_is_due_within_twenty_working_days_over_national_day() -> None:
    report = issued("2024-09-26")

    # 27 29 30 September, 8 to 12, 14 to 18, 21 to 25, 28 and 29 October
    assert dp.plan(report).step("publication").due_by == "2024-10-29"


@pytest.mark.parametrize(
    ("code", "year", "hearing"),
    [("420222", 2023, "2023-03-08"), ("441223", 2023, "2023-03-31"), ("441223", 2024, "2024-03-21")],
)
def test_a_hearing_waits_for_its_material_and_in_guangdong_for_thirty_then_twenty_days_of_notice(
    code: str, year: int, hearing: str
) -> None:
    plan = dp.plan(with_hearing(code, year))

    assert plan.earliest("hearing") == hearing


def test_thirty_days_of_comment_over_the_end_of_february() -> None:
    report = with_hearing("420222", withheld_lawfully=False, hearing_required=False)

    step = dp.plan(report).step("public_participation")
    assert (step.begins, step.ends) == ("2024-03-01", "2024-03-31")
