"""From when a step is possible is decided once: plan, page, picture and sheet tell the same day."""

from __future__ import annotations

from datetime import date

import pytest
from ahead import cut, example

import decision_procedure as dp
from decision_procedure.diagrams.building import build
from decision_procedure.planning.possible import earliest_meeting, possible_from
from decision_procedure.wording.words import day_text


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2024, 3, 20), "opinion_handling"),  # the comment period runs until 8 April
        (date(2024, 5, 25), "submission"),
        (date(2024, 5, 29), "deliberation"),  # submitted on this day
    ],
)
def test_page_and_picture_tell_the_day_of_the_plan_for_the_next_step(day: date, step: str) -> None:
    report = dp.check(cut(example("全部合规"), day), as_of=day)
    begins = dp.plan(report).step(step).begins
    assert begins is not None
    told = f"{dp.plan(report).step(step).zh}（可自{day_text(begins, 'zh')}起办理）"

    assert begins > day.isoformat() or step == "submission"
    assert told in dp.as_html(report)
    assert told in "".join(build(report, report.law, kind="status", lang="zh").svgs())
    assert possible_from(report, step) == (begins, True)


def test_there_is_no_earliest_meeting_once_it_was_held() -> None:
    assert earliest_meeting(dp.check(example("全部合规"), as_of="2024-10-08")) is None


def test_a_meeting_that_was_passed_over_has_no_earliest_day() -> None:
    report = dp.check(example("多处不合规"), as_of="2024-09-30")

    assert earliest_meeting(report) is None
    assert possible_from(report, "deliberation") == ("2024-09-30", True)
