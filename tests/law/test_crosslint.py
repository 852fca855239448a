"""Instruments against each other: what ships fits together, and each kind of disagreement is found."""

from __future__ import annotations

import pytest

from decision_procedure import rules
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.law.crosslint import cross_faults, unexamined
from decision_procedure.law.loading import Pack
from decision_procedure.law.satisfiable import LIMIT, Effort, can_hold

HEARINGS = rules.text("cn-44/gd-183.yaml")
REVISED = rules.text("cn-44/gd-303.yaml")


def changed(name: str, text: str) -> tuple[Pack, ...]:
    (pack,) = load_packs([(f"{name}.yaml", text)])
    return (*(other for other in standard_law().packs if other.head.id != pack.head.id), pack)


def messages(packs: tuple[Pack, ...]) -> str:
    return "\n".join(fault.text("en") for fault in cross_faults(packs))


def test_the_law_that_ships_fits_together() -> None:
    assert cross_faults(standard_law().packs) == ()


def test_a_relation_to_no_duty_is_found_with_a_suggestion_and_its_line() -> None:
    packs = changed("gd-183", HEARINGS.replace("adds_to: [cn-713.16.2]", "adds_to: [cn-713.16.22]"))

    (fault,) = cross_faults(packs)

    assert "cn-713.16.22 → cn-713.16.2?" in fault.en
    assert fault.line


def test_a_borrowed_step_that_nobody_declares_is_found() -> None:
    packs = changed("gd-183", HEARINGS.replace("step: hearing\n", "step: hearingg\n", 1))

    assert "no such step: hearingg → hearing?" in messages(packs)


def test_a_step_that_a_duty_demands_and_nobody_declares_is_found() -> None:
    packs = changed("gd-183", HEARINGS.replace("requires_step: hearing\n", "requires_step: hearin\n"))

    assert "no such step: hearin → hearing?" in messages(packs)


def test_an_instrument_used_but_not_loaded_is_found() -> None:
    packs = changed("gd-183", HEARINGS.replace("uses: [cn-713]", "uses: [cn-713, cn-714]"))

    assert "no such instrument: cn-714" in messages(packs)


def test_steps_of_the_law_of_another_place_are_not_borrowed() -> None:
    packs = changed("gd-183", HEARINGS.replace("uses: [cn-713]", "uses: [cn-713, sd-336]"))

    assert "the law of another place, whose steps are not here: sd-336" in messages(packs)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("in_force_to: 2024-01-01", "in_force_to: 2023-06-01", "a gap between two versions"),
        ("in_force_to: 2024-01-01", "in_force_to: 2024-06-01", "two versions overlap"),
        ("  in_force_to: 2024-01-01\n", "", "two versions overlap"),
    ],
)
def test_versions_that_leave_a_gap_or_overlap_are_found(old: str, new: str, message: str) -> None:
    assert message in messages(changed("gd-183", HEARINGS.replace(old, new)))


def test_two_instruments_of_one_identifier_are_found() -> None:
    assert "identifier used twice: gd-303" in messages((*standard_law().packs, *load_packs([("x", REVISED)])))


def test_a_lower_number_below_the_higher_one_is_found_with_both_articles() -> None:
    text = HEARINGS.replace(
        "lead_days(act.notice_date, act.date)", "lead_days(act.materials_delivered, act.date)"
    )
    text = text.replace("value: 30, unit: 日", "value: 5, unit: 日")

    found = messages(changed("gd-183", text))

    assert "(5日) is laxer than the higher" in found
    assert "Art. 16(3) (7日)" in found


def test_working_days_are_compared_with_calendar_days_as_five_of_seven() -> None:
    text = rules.text("cn-44/gd-303.yaml").replace(
        "unmodelled:",
        """  - id: comment
    article: 第五条
    step: public_participation
    per: [public_comment]
    bearer: CU
    force: must
    params: {workdays: {value: 10, unit: 工作日, mark: V}}
    require: workdays(act.start, act.end) >= params.workdays
    text: {zh: "十个工作日", en: "ten working days"}
    cure: {kind: redo, zh: "重新征求意见", en: "publish again"}

unmodelled:""",
    )

    assert "(10工作日) is laxer than the higher" in messages(changed("gd-303", text))


def succession(change: str, to: str) -> str:
    text = rules.text("cn-44/gd-303.yaml")
    assert change in text
    return messages(changed("gd-303", text.replace(change, to)))


def test_a_version_that_does_not_say_which_it_succeeds_is_found() -> None:
    text = rules.text("cn-44/gd-303.yaml")
    text = text[: text.index("superseded:")].replace("  succeeds: [gd-183]\n", "")

    assert "of one title with gd-183" in messages(changed("gd-303", text))


def test_a_duty_of_the_older_version_whose_fate_is_not_told_is_found() -> None:
    found = succession("gd-183.gate1, gd-183.review", "gd-183.review")

    assert "what became of a duty of the older version is not said: gd-183.gate1" in found
    assert "gd-183.review" not in found


def test_a_duty_that_the_older_version_does_not_have_is_found_with_a_suggestion() -> None:
    assert "gd-183.reviwe → gd-183.review?" in succession("gd-183.review,", "gd-183.review, gd-183.reviwe,")


def test_an_instrument_that_is_succeeded_must_exist() -> None:
    assert "no such instrument: gd-999" in succession("succeeds: [gd-183]", "succeeds: [gd-183, gd-999]")


def test_a_gap_in_time_between_versions_of_other_titles_is_found() -> None:
    text = rules.text("cn-44/gd-303.yaml").replace("广东省重大行政决策听证规定", "另一标题")
    text = text.replace("in_force_from: 2024-01-01", "in_force_from: 2024-03-01")

    assert "a gap between two versions" in messages(changed("gd-303", text))


def test_opposite_requirements_under_one_trigger_are_found() -> None:
    text = HEARINGS.replace(
        "require: act.told_in_writing and act.adoption_published", "require: not act.record_signed"
    )

    assert "contradicts" in messages(changed("gd-183", text))


def test_must_and_must_not_of_one_test_are_found() -> None:
    text = (
        HEARINGS.replace(
            "require: act.told_in_writing and act.adoption_published", "require: act.record_signed"
        )
        .replace("  - id: feedback", "  - id: feedback-x")
        .replace(
            "bearer: HO\n    force: must\n    require: act.record_signed",
            "bearer: HO\n    force: must_not\n    require: act.record_signed",
        )
    )

    assert "contradicts" in messages(changed("gd-183", text))


def test_a_trigger_that_can_never_hold_is_found() -> None:
    text = HEARINGS.replace(
        "when: act.majority_opposed", "when: act.majority_opposed and not act.majority_opposed"
    )

    assert "its trigger can never hold" in messages(changed("gd-183", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", True),
        ("a and not a", False),
        ("a or not a", True),
        ("not (a or not a)", False),
        ("x == 'p' and x == 'q'", False),
        ("x in ['p', 'q'] and x != 'p'", True),
        ("x in ['p'] and x not in ['p', 'q']", False),
        ("days(s, e) >= 30 and days(s, e) < 30", False),
        ("days(s, e) >= params.days and days(s, e) <= params.days", True),
        ("days(s, e) > 30 and days(s, e) < 31", False),
        ("False", False),
        ("True", True),
    ],
)
def test_whether_a_condition_can_hold_is_told_from_its_form(text: str, expected: bool) -> None:
    assert can_hold(text, {"days": 30}) is expected


def test_a_condition_of_very_many_parts_counts_as_one_that_can_hold() -> None:
    assert can_hold(" and ".join(f"a{number} and not b{number}" for number in range(30)))


def test_parts_that_settle_a_condition_early_leave_no_combination_to_try() -> None:
    parts = [f"a{number}" for number in range(40)]

    assert can_hold(" and ".join([*parts, "not a0"])) is False


HARD = " and ".join([*(f"(a{number} or not a{number})" for number in range(20)), "x", "not x"])


def test_a_condition_with_too_many_combinations_is_neither_found_possible_nor_impossible() -> None:
    effort = Effort()

    assert can_hold(HARD, effort=effort) is None
    assert Effort().left - effort.left == LIMIT * 42


def test_conditions_together_cost_no_more_than_the_effort_they_share() -> None:
    effort = Effort(1_000)

    assert can_hold(HARD, effort=effort) is None
    assert can_hold(HARD, effort=effort) is None
    assert 0 <= effort.left < 42
    assert can_hold("a and not a", effort=Effort(0)) is None


def test_a_duty_whose_trigger_combines_too_much_is_named_as_not_examined() -> None:
    traits = (
        "wide_concern", "professional", "vital_interests", "possible_harm", "specific_group", "major_disagreement",
        "market_entities", "exploratory_reform", "execution_problem", "touches_other_units", "risk_assessed_before",
        "explicit_state_rule", "normative_document", "withheld_lawfully", "wide_reach", "adjusts_major_decision",
    )  # fmt: skip
    hard = " and ".join(f"(traits.{name} or not traits.{name})" for name in traits)
    text = HEARINGS.replace(
        "when: act.majority_opposed", f"when: {hard} and act.majority_opposed and not act.majority_opposed"
    )

    packs = changed("gd-183", text)

    assert len(unexamined(packs)) == 1
    assert unexamined(packs)[0].startswith("gd-183.")
    assert "can never hold" not in messages(packs)


def test_the_triggers_of_the_law_that_ships_are_all_examined() -> None:
    assert unexamined(standard_law().packs) == ()


def test_a_number_too_large_for_a_fraction_is_compared_like_any_other() -> None:
    text = HEARINGS.replace(
        "require: lead_days(act.notice_date, act.date) >= ",
        f"require: lead_days(act.notice_date, act.date) >= {'9' * 400} and lead_days(act.notice_date, act.date) >= ",
    )

    assert "is laxer" not in messages(changed("gd-183", text))
