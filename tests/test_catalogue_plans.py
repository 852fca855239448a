"""What a catalogue plans: steps and times are read as published, and what is not understood or not said stays open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.model.planned import PlannedTime, folded, milestones_read, steps_read, time_read

TIMES = {
    "2025年12月": ("2025-12-01", "2025-12-31", "month"),
    "2022年8月份": ("2022-08-01", "2022-08-31", "month"),
    "2022年6月出台": ("2022-06-01", "2022-06-30", "month"),
    "2025年2月": ("2025-02-01", "2025-02-28", "month"),
    "二〇二五年十二月": ("2025-12-01", "2025-12-31", "month"),
    "二○二五年十一月三十日前": (None, "2025-11-30", "day"),
    "２０２５年 ６月": ("2025-06-01", "2025-06-30", "month"),
    "2025-12": ("2025-12-01", "2025-12-31", "month"),
    "2025.06.30": ("2025-06-30", "2025-06-30", "day"),
    "2025年\n12月": ("2025-12-01", "2025-12-31", "month"),
    "第二季度": ("2025-04-01", "2025-06-30", "quarter"),
    "2026年第4季度": ("2026-10-01", "2026-12-31", "quarter"),
    "上半年": ("2025-01-01", "2025-06-30", "half_year"),
    "6月中旬": ("2025-06-11", "2025-06-20", "ten_days"),
    "力争12月底前完成": (None, "2025-12-31", "month"),
    "年底前": (None, "2025-12-31", "year"),
    "全年": ("2025-01-01", "2025-12-31", "year"),
    "2025年3月—6月": ("2025-03-01", "2025-06-30", "span"),
    "一至三季度": ("2025-01-01", "2025-09-30", "span"),
    "2025年5月立项；2025年9月实施": ("2025-05-01", "2025-09-30", "span"),
    "适时": (None, None, None),
    "每季度": (None, None, None),
    "2025年6月或7月": (None, None, None),
    "2025年13月": (None, None, None),
    "2025年5月立项；适时实施": (None, None, None),
}


@pytest.mark.parametrize("text", TIMES)
def test_a_time_means_the_days_that_its_words_allow_and_no_others(text: str) -> None:
    time = PlannedTime.model_validate(time_read(text, 2025))

    start, end, precision = TIMES[text]
    assert time.raw == text
    assert (time.start and time.start.text, time.end and time.end.text, time.precision) == (
        start,
        end,
        precision,
    )
    assert time.last_day == (end and date.fromisoformat(end))


def test_a_quarter_without_a_year_means_no_days_where_the_year_is_not_known() -> None:
    assert time_read("第二季度", None) == {"raw": "第二季度"}


@given(st.text("2025年十二月底前第四季度;；\n-至0日", max_size=24))
def test_any_words_are_kept_and_end_no_sooner_than_they_begin(text: str) -> None:
    found = time_read(text, 2025)

    assert found["raw"] == text
    if found.get("start") is not None:
        assert found["start"].first <= found["end"].last


def test_stages_carry_the_year_on_and_keep_those_without_a_time() -> None:
    stages = milestones_read("2024年11月完成调研；3月公开征求意见\n2025年6月报批；适时公布", 2025)

    assert [(stage["text"], stage["time"] and stage["time"]["end"].text) for stage in stages] == [
        ("2024年11月完成调研", "2024-11-30"), ("3月公开征求意见", "2024-03-31"), ("2025年6月报批", "2025-06-30"), ("适时公布", None),
    ]  # fmt: skip


STEPS = {
    "1.公众参与 2.合法性审查 3.集体讨论": ({"participation", "legality", "collective"}, ()),
    "公开征求意见、合法性 审查、集体讨论决定": ({"participation", "legality", "collective"}, ()),
    "公众参与（听证会）、专家论证等程序": ({"participation", "hearing", "expert"}, ()),
    "公眾參與、合法性審核": ({"participation", "legality"}, ()),
    "①公众参与②风险评估": ({"participation", "risk"}, ()),
    "公众参与 专家论证": ({"participation", "expert"}, ()),
    "公众参与和专家论证": ({"participation", "expert"}, ()),
    "公平竞争审查、民主协商": ({"fair_competition"}, ("民主协商",)),
    "必要时风险评估": (set(), ("必要时风险评估",)),
}


@pytest.mark.parametrize("text", STEPS)
def test_a_list_of_steps_names_those_it_names_and_keeps_other_words(text: str) -> None:
    found = steps_read(text)

    named, others = STEPS[text]
    assert ({step for step, value in found.named.items() if value}, found.others) == (named, others)


def test_a_step_that_is_denied_is_no_and_one_that_is_not_named_is_unstated() -> None:
    catalogue = dp.Catalogue.model_validate({
        "schema": 1, "title": "目录", "issuer": "某县人民政府", "year": 2025, "level": "county",
        "items": [{"item": "1", "title": "水价", "planned_steps": "公众参与、无需听证", "planned_time": "三季度"}],
    })  # fmt: skip

    (row,) = catalogue.items

    assert [row.plans(step) for step in ("participation", "hearing", "expert")] == [True, False, None]
    assert row.planned_time is not None
    assert row.planned_time.last_day == date(2025, 9, 30)


def test_headers_are_alike_whatever_their_spaces_width_and_script() -> None:
    assert folded("承辦　單 位\n（牽頭）") == folded("承办单位(牵头)")
