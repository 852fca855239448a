"""Names found in text in any Unicode form, and what stands in their place."""

from __future__ import annotations

import pytest

from decision_procedure.names import Names, fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三丰与张三", "〔P2〕与〔P1〕"),
        ("张三三丰", "〔P1〕三丰"),
        ("张\u3000三、张\u200b三", "〔P1〕、〔P1〕"),
        ("José的意见", "〔P3〕的意见"),
        ("jose\u0301 jose", "〔P3〕 〔P3〕"),
        ("没有姓名 e\u0301", "没有姓名 e\u0301"),
        ("", ""),
    ],
)
def test_the_longer_name_wins_and_the_marks_of_its_last_character_go_with_it(
    text: str, expected: str
) -> None:
    names = Names([("张三", "P1"), ("张三丰", "P2"), ("Jose", "P3")])

    assert names.replaced(text) == expected


def test_a_name_of_several_people_stands_for_all_of_them() -> None:
    names = Names([("张三", "P2"), ("张\u3000三", "P1")])

    assert names.replaced("张三") == "〔P1/P2〕"
    assert names.whole(" 张三") == "P1/P2"


def test_without_names_nothing_is_found() -> None:
    names = Names([("·", "P1")])

    assert not names.within("张三·")
    assert not names.short_within("张三·")
    assert names.replaced("张三·") == "张三·"


@pytest.mark.parametrize("form", ["阿卜杜拉•买买提", "阿卜杜拉・买买提", "阿卜杜拉买买提"])
def test_the_dot_of_a_name_does_not_tell_it_apart(form: str) -> None:
    assert fold(form) == fold("阿卜杜拉·买买提")


SELECTORS = [
    "\ufe00",
    "\ufe01",
    "\ufe0e",
    "\ufe0f",
    "\U000e0100",
    "\U000e0101",
    "\U000e01ef",
    "\u180b",
    "\u180f",
]


@pytest.mark.parametrize("sign", SELECTORS, ids=ascii)
@pytest.mark.parametrize("form", ["葛{}三", "葛三{}", "葛{0}三{0}", "葛{0}{0}三"])
def test_variation_selectors_in_a_name_are_dropped_before_it_is_compared(sign: str, form: str) -> None:
    written = form.format(sign)

    assert fold(written) == fold("葛三")
    assert Names([("葛三", "P1")]).replaced(f"由{written}签字") == "由〔P1〕签字"
    assert Names([(written, "P1")]).replaced("由葛三签字") == "由〔P1〕签字"
