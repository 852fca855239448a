"""The formulas of indicators: what they may say, in which direction they go, and that best and worst case are those."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision_procedure.assessing.formula import FormulaCounts, formula, formula_text
from decision_procedure.law.language import BadExpression

TEN = Fraction(10)
POINTS = (
    "weight * share",
    "分值 － 2×不合规",
    "10 if share >= 0.9 else 5 if share >= 0.8 else 0",
    "分值 if 不合规 == 0 else 分值 / 2 if 合规率 >= 0.8 else 0",
    "max(0, weight - 3 * not_met)",
    "weight if not not_met > 2 and met >= 1 else 0",
    "weight * share * share",
    "min(weight, 2 * met) - not_met",
)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("weight * share", 8),
        ("分值 － 2×不合规", 6),
        ("10 if share >= 0.9 else 5 if share >= 0.8 else 0", 5),
        ("10 if 不合规 == 0 else 0", 0),
        ("decisions", 5),
        ("0.5", Fraction(1, 2)),
    ],
)
def test_a_formula_comes_to_its_points_exactly(text: str, points: Fraction) -> None:
    found = formula(text, TEN, wanted="up")

    assert found.run(FormulaCounts(met=8, not_met=2, decisions=5)) == points


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("__import__('os')", "min"),
        ("met.real", "not part of the language"),
        ("met ** 9", "not part of the language"),
        ("[met]", "not part of the language"),
        ("lambda: met", "not part of the language"),
        ("met / (met + not_met)", "rise or fall"),
        ("not_met", "must not fall"),
        ("met / not_met", "a number that is not zero"),
        ("met > 0", "a number, not a condition"),
        ("5 if share > 0.5 else 10", "must not fall"),
        ("met if not_met > 0 else 0", "rise or fall"),
        ("mett", "no such name → met?"),
        ("'ten'", "constant not allowed"),
        ("1e999", "cannot be read"),
        ("met +", "syntax error"),
        ("1 < met < 5", "two things"),
        ("met + " * 200 + "met", "too long"),
    ],
)
def test_anything_else_is_refused_and_told(text: str, told: str) -> None:
    with pytest.raises(BadExpression) as caught:
        formula(text, TEN, wanted="up")

    assert told in caught.value.en


@given(
    text=st.sampled_from(POINTS),
    counts=st.tuples(*[st.integers(0, 12)] * 2),
    shares=st.lists(st.sampled_from(("met", "not_met", "neither")), max_size=8),
)
def test_whatever_becomes_of_the_open_ones_lies_between_worst_and_best(
    text: str, counts: tuple[int, int], shares: list[str]
) -> None:
    met, not_met = counts
    rule, left = formula(text, TEN, wanted="up"), len(shares)

    best = rule.run(FormulaCounts(met + left, not_met, 5))
    worst = rule.run(FormulaCounts(met, not_met + left, 5))
    then = FormulaCounts(met + shares.count("met"), not_met + shares.count("not_met"), 5)

    if then.met + then.not_met:
        assert worst <= rule.run(then) <= best


def test_deductions_and_conditions_must_go_the_other_way() -> None:
    assert formula("2 * not_met", TEN, wanted="down").direction == "down"
    assert formula("not_met > 0", TEN, wanted="down", condition=True).run(FormulaCounts(0, 1, 1)) == 1
    for text in ("met", "met > 0"):
        with pytest.raises(BadExpression):
            formula(text, TEN, wanted="down", condition=text == "met > 0")


def test_a_formula_is_shown_in_the_words_of_the_language() -> None:
    assert formula_text("weight * share", "zh") == "分值 × 合规率"
    assert formula_text("分值 - 2 * 不合规", "en") == "weight - 2 × not_met"
