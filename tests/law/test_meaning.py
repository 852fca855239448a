"""What people mean who name a duty or a step in their own words."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from commands import call

import decision_procedure as dp

RECORD = Path(__file__).parents[2] / "examples" / "invented" / "示例县-多处不合规.yaml"
DAY = "2024-09-30"


@cache
def report() -> dp.Report:
    return dp.check(dp.load_decision(RECORD), as_of=date.fromisoformat(DAY))


def duties(word: str) -> list[str]:
    return list(dict.fromkeys(verdict.duty.removeprefix("cn-713.") for verdict in report().about(word)))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cn-713.30.2a", ["30.2a"]),
        ("30.2a", ["30.2a"]),
        ("18", ["18"]),
        ("第三十条第二款", ["30.2a", "30.2b"]),
        ("第30条第2款", ["30.2a", "30.2b"]),
        ("30.2", ["30.2a", "30.2b"]),
        ("30条", ["30.1a", "30.1b", "30.1c", "30.2a", "30.2b", "30.3-record", "30.3-dissent"]),
        ("713 第十五条第一款", ["15.1a", "15.1b", "15.1c", "15.1d"]),
        ("《重大行政决策程序暂行条例》第十五条第一款", ["15.1a", "15.1b", "15.1c", "15.1d"]),
        ("第１０条第一项", ["10.1"]),
        ("行政首长末位发言", ["30.2a"]),
        ("行政首长最后发言", ["30.2a"]),
    ],
)  # fmt: skip
def test_a_duty_is_found_by_identifier_article_or_words(word: str, expected: list[str]) -> None:
    assert set(expected) <= set(duties(word))
    assert {verdict.duty.partition(".")[0] for verdict in report().about(word)} == {"cn-713"}


def test_an_article_of_several_instruments_is_answered_with_a_list() -> None:
    with pytest.raises(dp.UnusableArgument, match="第十五条") as refused:
        report().about("第十五条")

    assert [choice.split()[0] for choice in refused.value.choices][:2] == ["cn-713.15.1a", "cn-713.15.1b"]
    assert any(choice.startswith("comp-ogi.") for choice in refused.value.choices)


def test_capitals_of_an_identifier_do_not_matter() -> None:
    names = {verdict.duty for verdict in report().verdicts}
    (name,) = [name for name in names if name == "comp-fcr.FCR-17"]

    for word in (name, name.lower(), "FCR-17", "fcr-17"):
        assert {verdict.duty for verdict in report().about(word)} == {name}


@pytest.mark.parametrize("word", ["", "第九十九条", "没有这样的话"])
def test_what_names_no_duty_is_refused(word: str) -> None:
    with pytest.raises(dp.UnusableArgument, match="没有此义务"):
        report().about(word)


@pytest.mark.parametrize(("word", "near"), [("15.1x", "15.1"), ("提交讨伦", "提交讨论")])
def test_the_nearest_name_is_told(word: str, near: str) -> None:
    with pytest.raises(dp.UnusableArgument, match=f"→ .*{near}"):
        report().about(word)


@pytest.mark.parametrize("word", ["submission", "提交讨论", "Submission for discussion", " 提交 讨论 "])
def test_a_step_is_found_by_what_it_is_called(word: str) -> None:
    assert report().gate(word) == report().gate("submission")
    assert report().need(word) == report().need("submission")
    assert dp.procedure(report().decision).waits_for(word)


def test_a_word_in_the_names_of_several_steps_is_answered_with_them() -> None:
    with pytest.raises(dp.UnusableArgument, match=r"opinion_handling.*legality_review"):
        report().gate("意见")


def test_a_misspelt_step_is_answered_with_the_nearest() -> None:
    with pytest.raises(dp.UnusableArgument, match=r"没有此环节.*→ submission\?"):
        report().gate("submision")


def test_commands_take_what_people_call_things() -> None:
    explained = call("explain", RECORD, "第三十条第二款", "--as-of", DAY)
    traced = call("trail", RECORD, "--from", "提交讨论", "--as-of", DAY)
    by_article = call("trail", RECORD, "--from", "第三十条第二款", "--as-of", DAY)
    shown = call("rules", "show", "重大行政决策程序暂行条例第十五条第二款")

    assert "[cn-713.30.2a]" in explained.stdout.replace("\n", "")
    assert traced.stdout == call("trail", RECORD, "--from", "submission", "--as-of", DAY).stdout
    assert by_article.stdout == call("trail", RECORD, "--from", "30.2a", "--as-of", DAY).stdout
    assert shown.returncode == 2


def test_a_list_of_choices_stands_line_by_line() -> None:
    refused = call("rules", "show", "重大行政决策程序暂行条例第三十条第二款")

    assert refused.returncode == 2
    assert [line.split()[0] for line in refused.stderr.splitlines()[1:]] == ["cn-713.30.2a", "cn-713.30.2b"]
