"""Names found in text in any Unicode form, and what stands in their place."""

from __future__ import annotations

import pytest

from decision_procedure.masking.name_folding import FoldedNames, fold
from decision_procedure.sources.characters import is_unseen


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
    names = FoldedNames([("张三", "P1"), ("张三丰", "P2"), ("Jose", "P3")])

    assert names.replaced(text) == expected


def test_a_name_of_several_people_stands_for_all_of_them() -> None:
    names = FoldedNames([("张三", "P2"), ("张\u3000三", "P1")])

    assert names.replaced("张三") == "〔P1/P2〕"
    assert names.whole(" 张三") == "P1/P2"


def test_without_names_nothing_is_found() -> None:
    names = FoldedNames([("·", "P1")])

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
    assert FoldedNames([("葛三", "P1")]).replaced(f"由{written}签字") == "由〔P1〕签字"
    assert FoldedNames([(written, "P1")]).replaced("由葛三签字") == "由〔P1〕签字"


HIDING = {
    "soft hyphen": "\u00ad", "grapheme joiner": "\u034f", "Arabic letter mark": "\u061c", "hangul choseong": "\u115f",
    "hangul jungseong": "\u1160", "Khmer vowel": "\u17b4", "Mongolian selector": "\u180b", "Mongolian vowel": "\u180e",
    "nothing": "\u200b", "joiner": "\u200d", "left to right": "\u200e", "right to left": "\u202e", "word joiner": "\u2060",
    "invisible plus": "\u2064", "isolate": "\u2066", "unassigned": "\u2065", "hangul filler": "\u3164", "byte order": "\ufeff",
    "half filler": "\uffa0", "reserved": "\ufff0", "shorthand": "\U0001bca0", "musical": "\U0001d173", "tag": "\U000e0061",
    "reserved tag": "\U000e0fff", "empty braille": "\u2800", "note without head": "\U0001d159", "Khitan": "\U00016fe4",
    "acute": "\u0301", "stroke": "\u0335", "enclosing circle": "\u20dd", "Cyrillic thousands": "\u0488", "iteration": "\u3099",
    "ideographic tone": "\u302a", "nukta": "\u093c", "two marks": "\u0301\u20dd", "C1": "\x9b", "line": "\u2028",
}  # fmt: skip


@pytest.mark.parametrize("sign", HIDING.values(), ids=HIDING)
@pytest.mark.parametrize("form", ["葛{}三", "葛三{}", "葛{0}三{0}", "葛{0}{0}三", "{}葛三"])
def test_what_is_not_drawn_and_what_is_drawn_over_a_character_hides_no_name(sign: str, form: str) -> None:
    written = form.format(sign)

    found = FoldedNames([("葛三", "P1")])

    assert fold(written) == fold("葛三")
    assert found.within(f"由{written}签字")
    assert "葛" not in found.replaced(f"由{written}签字")
    assert found.whole(written) == "P1"
    assert FoldedNames([(written, "P1")]).replaced("由葛三签字") == "由〔P1〕签字"


@pytest.mark.parametrize(
    "name", ["阿卜杜拉·买买提", "བསོད་ནམས", "ئابدۇللا", "José", "Łukasz", "金哲洙", "김철수", "กมล", "𠮷野"]
)
def test_names_of_every_script_are_found_as_they_are_written(name: str) -> None:
    found = FoldedNames([(name, "P1")])

    assert found.replaced(f"由{name}签字") == "由〔P1〕签字"
    assert found.whole(f" {name} ") == "P1"


def test_a_line_break_after_a_name_stays() -> None:
    assert FoldedNames([("张三", "P1")]).replaced("张三\n李四\u0301\n") == "〔P1〕\n李四\u0301\n"


@pytest.mark.parametrize("character", ["张", "a", "1", " ", "\u3000", "·", "〇", "々", "ー", "℃", "…"])
def test_what_is_drawn_is_no_unseen_character(character: str) -> None:
    assert not is_unseen(character)
