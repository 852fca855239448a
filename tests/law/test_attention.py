"""The measure from when on a person looks at the delay of a duty to act promptly, in a pack of one's own."""

from __future__ import annotations

from typing import Any

import pytest
from test_relations import BETWEEN, checked, duty, law

from decision_procedure.errors import BadPack
from decision_procedure.law.attention import in_words, past
from decision_procedure.law.pack import Attention
from decision_procedure.model.dates import parse_date


def prompt(attention: dict[str, Any] | None, **rest: Any) -> dict[str, Any]:
    return duty(
        **{"step": "filing", "per": "decision", "require": 'held("filing")', "promptly_after": "decision"}
        | ({} if attention is None else {"attention": attention})
        | rest
    )


def faults(attention: dict[str, Any], **rest: Any) -> list[str]:
    with pytest.raises(BadPack) as caught:
        law(({"id": "one"}, [prompt(attention, **rest)]))
    return [fault.text("zh") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("attention", "filed", "outcome", "days"),
    [
        ({"days": 10, "from": "decision"}, "2024-09-20", "satisfied", 10),
        ({"days": 10, "from": "decision"}, "2024-09-21", "needs_judgement", 11),
        ({"workdays": 5, "from": "decision"}, "2024-09-18", "satisfied", 8),
        ({"workdays": 5, "from": "decision"}, "2024-09-19", "needs_judgement", 9),
        ({"until": "09-15", "from": "decision"}, "2024-09-20", "satisfied", 10),
        ({"days": 1, "from": "deliberation"}, "2024-09-20", "satisfied", None),
        (None, "2024-09-20", "satisfied", 10),
    ],
)
def test_a_county_may_set_its_own_measure(
    attention: dict[str, Any] | None, filed: str, outcome: str, days: int | None
) -> None:
    decided = BETWEEN | {"date": "2024-09-10"}
    filing = {"id": "f", "kind": "filing", "date": filed}

    found = checked(law(({"id": "one"}, [prompt(attention)])), decided, filing)["one.a"]

    assert (found.outcome, found.elapsed) == (outcome, days)


@pytest.mark.parametrize(
    ("attention", "rest", "word"),
    [
        ({"days": 10, "from": "decison"}, {}, "decision?"),
        ({"days": 10, "from": "decision.outcome"}, {}, "没有此日期"),
        ({"days": 10, "from": "problem_report.fuond"}, {}, "found?"),
        ({"from": "decision"}, {}, "须且只能写一个"),
        ({"days": 10, "workdays": 5, "from": "decision"}, {}, "须且只能写一个"),
        ({"until": "02-30", "from": "decision"}, {}, "没有这一天"),
        ({"until": "02-29", "from": "decision"}, {}, "没有这一天"),
        ({"until": "30 June", "from": "decision"}, {}, "until"),
        ({"days": 0, "from": "decision"}, {}, "过小"),
        ({"days": 10}, {}, "缺少此项"),
        ({"days": 10, "from": "decision"}, {"promptly_after": None}, "promptly_after"),
    ],
)
def test_a_measure_that_cannot_be_used_is_a_fault_of_the_pack(
    attention: dict[str, Any], rest: dict[str, Any], word: str
) -> None:
    assert any(word in text for text in faults(attention, **rest))


@pytest.mark.parametrize(
    ("start", "end", "late"),
    [
        ("2022-12-31", "2023-06-30", False),
        ("2022-12-31", "2023-07-01", True),
        ("2022", "2023-07-01", True),
        ("2022-12", "2023", None),
        ("2022-06-01T10:00", "2023-06-30T23:59", False),
    ],
)
def test_a_day_of_the_year_after(start: str, end: str, late: bool | None) -> None:
    measure = Attention.model_validate({"until": "06-30", "from": "decision"})

    assert past(measure, parse_date(start), parse_date(end)) is late


def test_working_days_past_the_published_holidays_leave_it_open() -> None:
    measure = Attention.model_validate({"workdays": 20, "from": "decision"})

    assert past(measure, parse_date("2190-01-04"), parse_date("2190-01-29")) is None
    assert past(measure, parse_date("2190-01-04"), parse_date("2190-01-10")) is False


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        ({"workdays": 20, "from": "decision"}, "自作出决定起20个工作日", "20 working days from decision"),
        ({"days": 15, "from": "problem_report.found"}, "自问题报告的发现日期起15日", "15 days from the date “found” of problem report"),
        ({"until": "06-30", "from": "decision"}, "作出决定次年6月30日", "06-30 of the year after decision"),
    ],
)  # fmt: skip
def test_the_measure_is_named_as_ours_with_the_day_it_counts_from(
    data: dict[str, Any], zh: str, en: str
) -> None:
    said = in_words(Attention.model_validate(data))

    assert said.zh == f"{zh}（本库所设，条文没有期限）"
    assert said.en == f"{en} (set by this library; the text has no limit)"
