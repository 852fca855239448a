"""Every small change of a rule is noticed by one of its own examples, but for those that change no verdict."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_procedure import rules
from decision_procedure.checking.verdicts import check_decision
from decision_procedure.law.applicable import Law, load_packs, standard_law
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.ruletests import Mutant, mutants, score
from decision_procedure.ruletests.mutation import changed_rules
from tools.fuzz.records import RECORDS, mutated

REGULATION = rules.text("cn/cn-713.yaml")
LAW = standard_law().packs
RULES = [(pack, rule) for pack in LAW for rule in pack.rules]


def changes(duty: str, pack: Pack | None = None) -> list[Mutant]:
    pack = pack or next(pack for pack in standard_law().packs if pack.head.id == "cn-713")
    rule = pack.rule(duty)
    assert rule is not None
    return list(mutants(pack, [rule]))


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_examples_notice_every_change_of_every_duty(pack: Pack, rule: Rule) -> None:
    found = mutants(pack, [rule], LAW)

    assert [mutant.name for mutant in found if mutant.state in ("survived", "stale")] == []
    assert score(found)[0] > 0


def test_numbers_comparisons_connectives_negations_triggers_and_words_are_changed() -> None:
    names = {mutant.change for duty in ("15.1d", "22.1", "32a-channels", "18") for mutant in changes(duty)}

    assert {
        "params.days: 30 → 29",
        "params.days: 30 → 31",
        "when: days(act.start, act.end) < params.days → days(act.start, act.end) <= params.days",
        "when: and → or: traits.possible_harm and (not traits.risk_assessed_before)",
        "when: not dropped: not traits.risk_assessed_before",
        "when: operand dropped: traits.possible_harm",
        "when: dropped",
        "require: 'newspaper' dropped: ['gazette', 'website', 'newspaper']",
        "when: 'hearing' dropped: held('public_comment', 'hearing', 'opinion_hearing', 'group_communication')",
        "require: reversed",
    } <= names


def test_limits_in_time_presuppositions_and_the_opinion_that_governs_are_changed() -> None:
    names = {mutant.name for duty in ("14.1", "25.2a", "30.1a", "32a") for mutant in changes(duty)}

    assert {
        "cn-713.14.1: before: dropped",
        "cn-713.14.1: before.implied: dropped",
        "cn-713.14.1: before.strict: decision → review_request",
        "cn-713.25.2a: require: condition dropped: last_opinion('legality_review', it.form == 'review_opinion')",
        "cn-713.25.2a: judge: condition dropped: of_last_opinion('legality_review', it.form == 'review_opinion', it.legal_risk_stated)",
        "cn-713.30.1a: before: dropped",
        "cn-713.32a: presupposes: dropped",
        "cn-713.32a: attention.workdays: 20 → 21",
    } <= names
    assert "cn-713.30.1a: before.implied: dropped" not in names


def test_a_change_is_killed_by_the_example_at_the_number() -> None:
    killed_by = {mutant.change: mutant.killed_by for mutant in changes("15.1c")}

    assert killed_by["params.days: 30 → 31"] == "cn-713.15.1c#ok1"
    assert killed_by["params.days: 30 → 29"] == "cn-713.15.1c#fail1"


def test_a_change_that_no_example_notices_survives() -> None:
    lines = REGULATION.splitlines(keepends=True)
    text = "".join(line for line in lines if "channels: [newspaper]" not in line)
    (pack,) = load_packs([("x.yaml", text)])

    survived = [mutant.change for mutant in changes("32a-channels", pack) if mutant.state == "survived"]

    assert survived == ["require: 'newspaper' dropped: ['gazette', 'website', 'newspaper']"]


def test_a_claim_that_a_change_does_nothing_is_stale_when_an_example_notices_it() -> None:
    text = REGULATION.replace(
        '{change: "judge: operand dropped: by_undertaker()"', '{change: "require: reversed"', 1
    )
    (pack,) = load_packs([("x.yaml", text)])

    found = [mutant for mutant in changes("25.1a", pack) if mutant.state != "killed"]

    assert {(mutant.change, mutant.state) for mutant in found} == {
        ("require: reversed", "stale"),
        ("judge: operand dropped: by_undertaker()", "survived"),
    }
    assert score(found) == (0, 1)


UNCHANGED = [
    (pack, rule, item.change) for pack, rule in RULES for item in rule.duty.examples.unchanged
]  # fmt: skip


@pytest.mark.parametrize(
    ("pack", "rule", "change"), UNCHANGED, ids=[f"{rule.id} {it}" for _, rule, it in UNCHANGED]
)
@given(
    name=st.sampled_from(sorted(RECORDS)),
    source=st.randoms(use_true_random=False),
    changes=st.integers(0, 12),
)
@settings(max_examples=50)
def test_a_change_said_to_change_no_verdict_changes_none_on_records_changed_at_random(
    pack: Pack, rule: Rule, change: str, name: str, source: random.Random, changes: int
) -> None:
    _, decision = mutated(RECORDS[name], source, changes)
    changed = dict(changed_rules(rule))[change]
    law = Law((replace(pack, rules=(rule, changed)),))

    found = check_decision(
        decision, law, date(2026, 6, 30), assume_complete=source.choice((True, False))
    ).verdicts

    one, other = (
        [verdict[1:5] + verdict[6:8] for verdict in found if verdict.duty == name]
        for name in (rule.id, changed.id)
    )
    assert one == other


def test_exactly_three_changes_are_said_to_change_no_verdict() -> None:
    assert [(rule.id, change) for _, rule, change in UNCHANGED] == [
        ("cn-713.15.1c", "force: general → must"),
        ("cn-713.25.1a", "judge: operand dropped: by_undertaker()"),
        ("cn-713.order.review_request-legality_review", "strength: taken for stated with a word of time"),
    ]
