"""What a condition can come to at all, read off its text."""

from __future__ import annotations

import ast

import pytest

from decision_procedure.law.language import parsed
from decision_procedure.law.words import ALL_TRUTHS as ALL
from decision_procedure.ruletests.truths import conditions, truths_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("act.public", ALL),
        ("True", {True}),
        ("not True", {False}),
        ('document("minutes")', {True, None}),
        ('known(act.date) or document("minutes")', {True, None}),
        ('known(act.date) and document("minutes")', ALL),
        ("known(act.date)", ALL),
        ('act.recorded or document("minutes")', {True, None}),
        ('act.recorded and document("minutes")', ALL),
        ('not document("minutes")', {False, None}),
        ("same_round()", {True, False, None}),
        ('first_known(document("minutes"), act.recorded)', ALL),
        ("first_known(act.recorded, False)", {True, False}),
        ("first_known(by_undertaker(), act.recorded)", {True, False}),
        ('it in ["website"]', {True, False}),
    ],
)
def test_the_truths_a_condition_can_take(text: str, expected: set[bool | None]) -> None:
    assert truths_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" or ".join(["act.public"] * 150), ALL),
        (" and ".join(["act.public", 'document("minutes")'] * 50), ALL),
        (" or ".join(['document("minutes")', "known(act.date)"] * 40), {True, None}),
        (" and ".join(["not True", *["act.public"] * 99]), {False}),
    ],
    ids=["or", "and", "shown", "false"],
)
def test_a_condition_of_many_parts_is_no_matter_of_every_way_to_combine_them(
    text: str, expected: set[bool | None]
) -> None:
    assert truths_of(text) == expected


def test_conditions_are_found_from_the_outside_in() -> None:
    text = 'not (a.b or any_of(acts("hearing"), it.public)) and count(act.experts, it.direct_interest) >= 1'

    found = [ast.unparse(part) for part in conditions(parsed(text))]

    assert found[1:] == [
        "not (a.b or any_of(acts('hearing'), it.public))",
        "a.b or any_of(acts('hearing'), it.public)",
        "a.b",
        "any_of(acts('hearing'), it.public)",
        "it.public",
        "count(act.experts, it.direct_interest) >= 1",
        "it.direct_interest",
    ]
