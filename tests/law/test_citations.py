"""Instruments cited in free text: which, and whether they were in force; on published notices and catalogues."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_procedure.law.applicable import standard_law
from decision_procedure.law.citations import Mention, citations_in, known_instruments, mentions
from decision_procedure.model.dates import parse_date

KNOWN = known_instruments(standard_law())


def states(text: str, day: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.state, item.instruments) for item in citations_in(text, parse_date(day), KNOWN)]


# Citations and dates as published in catalogues and notices.
PUBLISHED = [
    # 茂名 2025: the hearing rule of 2013, replaced a year before
    ("《广东省重大行政决策听证规定》(广东省人民政府令第183号)", "2025-01-21", "no_longer", "gd-183"),
    ("《广东省重大行政决策程序规定》(广东省人民政府令第288号)", "2025-01-21", "in_force", "gd-288"),
    ("茂府〔2013〕38号", "2025-01-21", "unknown", "mm-38"),
    ("《自然资源部自然资源听证规定》", "2025-01-21", "unknown", "nr-hearing"),
    # 塘源口乡 2025: the number of another order
    ("《浙江省重大行政决策程序规定》(省政府令第373号)", "2025-03-13", "wrong_number", "zj-337"),
    # 平远 2018, 郁南 2021, 开平 2025: one title without a number, of two instruments
    ("《广东省重大行政决策听证规定》", "2018-05-11", "in_force", "gd-183"),
    ("《广东省重大行政决策听证规定》", "2021-04-08", "in_force", "gd-183"),
    ("《广东省重大行政决策听证规定》", "2025-12-05", "in_force", "gd-303"),
    # 清新区 2016
    ("《广东省重大行政决策听证规定》(省政府令第183号)", "2016-03-07", "in_force", "gd-183"),
    ("清府〔2013〕121号《清远市重大行政决策听证规定》", "2016-03-07", "unknown", "qy-121"),
    # 宁津 2023
    ("《重大行政决策程序暂行条例》(国务院令第713号)", "2023-03-06", "in_force", "cn-713"),
    ("《山东省重大行政决策程序规定》(山东省政府令第336号)", "2023-03-06", "in_force", "sd-336"),
    ("《德州市重大行政决策程序规定》(德州市政府令第9号)", "2023-03-06", "in_force", "dz-2022"),
    # 柏塘 2024
    ("城乡规划法(2019年修正)", "2024-10-08", "in_force", "track-urban-plan"),
    # 番禺 2017
    ("《广州市重大行政决策程序规定》", "2017-05-25", "in_force", "gz-39"),
]


@pytest.mark.parametrize(("text", "day", "state", "instrument"), PUBLISHED)
def test_a_published_citation_is_recognised_and_dated(
    text: str, day: str, state: str, instrument: str
) -> None:
    assert states(text, day) == [(state, (instrument,))]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-08-31", "not_yet"),
        ("2019-09-01", "in_force"),
        ("2019", "unknown"),
        ("2019-09", "in_force"),
        ("2026-01-01", "in_force"),
    ],
)
def test_the_day_an_instrument_begins_counts_and_a_stretch_across_it_is_unknown(
    day: str, expected: str
) -> None:
    assert [state for state, _ in states("国务院令第713号", day)] == [expected]


@pytest.mark.parametrize(("day", "expected"), [("2023-12-31", "in_force"), ("2024-01-01", "no_longer")])
def test_an_instrument_is_gone_on_the_day_its_successor_begins(day: str, expected: str) -> None:
    assert states("粤府令第183号", day) == [(expected, ("gd-183",))]


@pytest.mark.parametrize(
    "text",
    [
        "国发〔2008〕17号", "国发[2008]17号", "国发(2008)17号", "国发\uff082008\uff0917号", "国发【2008】17号",
        "国发\uff3b2008\uff3d17号", "国发 〔2008〕 17 号", "国发〔\uff12\uff10\uff10\uff18〕17号", "根据国发〔2008〕第17号的要求",
        "《国务院关于加强市县政府依法行政的决定》", "国务院关于加强市县政府依法行政的决定(国发〔2008〕17号)",
    ],
)  # fmt: skip
def test_the_spellings_of_one_number_are_one(text: str) -> None:
    assert states(text, "2017-01-01") == [("in_force", ("nat-2008",))]


@pytest.mark.parametrize(
    "text", ["粤府令第183号", "粤府令183号", "广东省政府令第183号", "广东省人民政府令第 183 号"]
)
def test_the_issuer_of_an_order_may_be_cut_short(text: str) -> None:
    assert states(text, "2017-01-01") == [("in_force", ("gd-183",))]


def test_a_number_of_another_title_is_a_mismatch_that_names_both() -> None:
    (found,) = citations_in("《重大行政决策程序暂行条例》(粤府令第288号)", parse_date("2022-01-01"), KNOWN)

    assert found.state == "wrong_number"
    assert found.instruments == ("cn-713", "gd-288")
    assert "国务院令第713号" in found.zh
    assert "《广东省重大行政决策程序规定》" in found.zh


def test_what_is_not_known_is_unknown_and_keeps_its_text() -> None:
    (found,) = citations_in("《某县听证办法》(某府〔2020〕3号)", parse_date("2022-01-01"), KNOWN)

    assert found.state == "unknown"
    assert found.mention == Mention("某县听证办法", "某府〔2020〕3号")


def test_a_draft_is_never_in_force() -> None:
    text = "《肇庆市高要区人民政府重大行政决策程序规定(征求意见稿)》"

    assert [state for state, _ in states(text, "2024-01-01")] == ["not_yet"]


def test_a_trial_measure_whose_end_was_not_established_is_unknown() -> None:
    text = "《广东省重大行政决策专家咨询论证办法(试行)》"

    assert states(text, "2017-01-01") == [("unknown", ("gd-expert-2012",))]


def test_several_citations_in_one_sentence_keep_their_own_numbers() -> None:
    text = "根据《重大行政决策程序暂行条例》(国务院令第713号)、《广东省重大行政决策程序规定》和国发〔2010〕33号,制定本方案。"

    assert mentions(text, KNOWN) == (
        Mention("重大行政决策程序暂行条例", "国务院令第713号"),
        Mention("广东省重大行政决策程序规定", None),
        Mention(None, "国发〔2010〕33号"),
    )


def test_a_text_without_citations_has_none() -> None:
    assert mentions("本方案自印发之日起施行。", KNOWN) == ()
    assert mentions("", KNOWN) == ()


def test_findings_speak_both_languages() -> None:
    (found,) = citations_in("粤府令第183号", parse_date("2025-01-21"), KNOWN)

    assert "失效" in found.text("zh")
    assert "no longer in force" in found.text("en")


@settings(max_examples=150)
@given(st.text(alphabet=st.sampled_from("《》〔〕[]()()第令号国发粤府183〇2008 年法\n办"), max_size=60))
def test_any_text_is_read_without_fault_and_the_same_way_in_full_width(text: str) -> None:
    narrow = unicodedata.normalize("NFKC", text)

    assert mentions(text, KNOWN) == mentions(narrow, KNOWN)


# What an entry that is unverified, recalled, or known to have later versions cannot say: (citation, day, state).
UNPROVEN = [
    ("《云南省重大行政决策程序规定》(省人民政府令第217号)", "2025-04-01", "unknown"),
    ("《云南省重大行政决策程序规定》(云南省人民政府令第200号)", "2025-04-01", "in_force"),
    ("《江西省县级以上人民政府重大行政决策程序规定》(省政府令第247号)", "2025-04-01", "unknown"),
    ("《江西省县级以上人民政府重大行政决策程序规定》(省政府令第168号)", "2025-04-01", "unknown"),
    ("《江西省县级以上人民政府重大行政决策程序规定》", "2025-04-01", "in_force"),
    ("《吉林省重大行政决策事项目录管理办法》(吉政办函〔2022〕136号)", "2025-04-01", "unknown"),
    ("《湖南省行政程序规定》(省政府令第289号)", "2025-04-01", "unknown"),
    ("《湖南省行政程序规定》(2022年修改)", "2025-04-01", "in_force"),
    ("《湖南省重大行政决策事项目录管理办法》(湘政办发〔2021〕3号)", "2025-04-01", "unknown"),
    ("《德州市重大行政决策程序规定》(德州市政府令第10号)", "2025-04-01", "unknown"),
    ("《广东省依法行政考评办法》(粤府令第100号)", "2020-01-01", "unknown"),
    ("《国务院关于在市场体系建设中建立公平竞争审查制度的意见》", "2015-05-01", "unknown"),
    ("《德州市重大行政决策程序规定》", "2021-01-01", "in_force"),
    ("《全面推进依法行政实施纲要》(国发〔2004〕11号)", "2012-04-01", "unknown"),
    ("《法治政府建设实施纲要(2015—2020年)》", "2023-04-01", "unknown"),
    ("《政府信息公开条例》(国务院令第492号)", "2018-04-01", "unknown"),
    # What is firm still says so.
    ("《浙江省重大行政决策程序规定》(省政府令第373号)", "2025-04-01", "wrong_number"),
    ("《山东省重大行政决策程序规定》(山东省政府令第326号)", "2025-04-01", "wrong_number"),
    ("《广东省重大行政决策听证规定》(粤府令第183号)", "2025-04-01", "no_longer"),
    ("《四川省重大行政决策程序规定》(川府发〔2015〕24号)", "2025-04-01", "no_longer"),
    ("《政府信息公开条例》(国务院令第492号)", "2025-04-01", "wrong_number"),
    ("《广东省优化营商环境条例》", "2022-05-20", "not_yet"),
]


@pytest.mark.parametrize(("text", "day", "state"), UNPROVEN)
def test_an_entry_that_is_unverified_or_has_later_versions_accuses_nobody(
    text: str, day: str, state: str
) -> None:
    assert [found for found, _ in states(text, day)] == [state]


@pytest.mark.parametrize(
    "text",
    [
        "国令第713号", "国令713号", "(国令第713号)", "《重大行政决策程序暂行条例》(国令第713号)", "国务院令第713号",
        "国务院令(第713号)", "国务院第713号令", "《重大行政决策程序暂行条例》(国务院第713号令)", "国务院令2019年第713号",
        "《重大行政决策程序暂行条例》(国务院令2019年第713号)", "根据国令第713号", "重大行政决策程序暂行条例(国令第713号)",
        "中华人民共和国国务院令第713号", "《重大行政决策程序暂行条例》(中华人民共和国国务院令第713号)", "国务院《重大行政决策程序暂行条例》(国务院令 第 713 号)", "\uff08国令第\uff17\uff11\uff13号\uff09",
    ],
)  # fmt: skip
def test_an_order_of_the_state_council_is_one_in_all_its_spellings(text: str) -> None:
    assert set(states(text, "2025-04-01")) == {("in_force", ("cn-713",))}


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("《政府信息公开条例》(国令第711号)", "comp-ogi"),
        ("《优化营商环境条例》(国令第722号)", "comp-obe"),
        ("《优化营商环境条例》(中华人民共和国国务院令第722号)", "comp-obe"),
    ],
)
def test_orders_of_the_state_council_are_recognised_by_their_short_form(text: str, instrument: str) -> None:
    assert states(text, "2025-04-01") == [("in_force", (instrument,))]


@pytest.mark.parametrize("number", ["国令第714号", "国务院第714号令"])
def test_a_wrong_order_of_the_state_council_is_still_wrong(number: str) -> None:
    assert [state for state, _ in states(f"《重大行政决策程序暂行条例》({number})", "2025-04-01")] == [
        "wrong_number"
    ]
