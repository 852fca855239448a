"""The number of an instrument, or the day that stands for it: never a remark that it was not noted."""

from __future__ import annotations

import re

import pytest

from decision_procedure.law.applicable import standard_law
from decision_procedure.law.numbers import number_text, numbered

HAN = re.compile(r"[一-鿿]")
NUMBER = re.compile(r"[一-鿿]{1,16}(令第|〔\d{4}〕第?)\d+号")
LAW = standard_law()
NUMBERS = [pack.head.number for pack in LAW.packs] + [entry.number for entry in LAW.register]


@pytest.mark.parametrize(
    ("number", "english"),
    [
        ("国务院令第590号", "国务院令第590号"),
        ("2024年6月6日公布", "promulgated 2024-06-06"),
        ("1998年5月1日起施行", "in force from 1998-05-01"),
        ("2021年8月印发", "issued 2021-08"),
        ("2019年修正", "as amended 2019"),
        ("2015年10月20日", "2015-10-20"),
        ("旧", "the earlier version"),
    ],
)
def test_a_number_is_a_name_and_a_day_in_its_place_is_translated(number: str, english: str) -> None:
    assert number_text(number, "zh") == number
    assert number_text(number, "en") == english


def test_a_title_without_a_number_stands_alone() -> None:
    assert numbered("", "zh") == numbered("", "en") == number_text("", "en") == ""


@pytest.mark.parametrize("number", sorted(filter(None, NUMBERS)))
def test_no_instrument_says_that_its_number_was_not_noted(number: str) -> None:
    assert "未" not in number
    assert "记录" not in number
    assert NUMBER.search(number) or not HAN.search(number_text(number, "en"))


@pytest.mark.parametrize(
    ("name", "number", "start"),
    [
        ("track-houses", "国务院令第590号", "2011-01-21"),
        ("track-investment", "国务院令第712号", "2019-07-01"),
        ("track-land", "国务院令第743号", "2021-09-01"),
        ("track-price", "1998年5月1日起施行", "1998-05-01"),
        ("track-environment", "2003年9月1日起施行", "2003-09-01"),
        ("comp-archives", "2024年1月12日公布", "2024-03-01"),
        ("comp-fcr", "2024年6月6日公布", "2024-08-01"),
    ],
)
def test_heads_say_what_the_texts_themselves_say(name: str, number: str, start: str) -> None:
    head = LAW.instruments[name]

    assert (head.number, str(head.in_force_from), head.in_force_by) == (number, start, None)
