"""Every small change of a verified rule is noticed by one of its own examples."""

from __future__ import annotations

import pytest

from decision_procedure import rules
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.law.loading import Pack
from decision_procedure.ruletests import Mutant, mutants, score

REGULATION = rules.text("cn/cn-713.yaml")
LAW = standard_law().packs
VERIFIED = [(pack, rule) for pack in LAW for rule in pack.rules if rule.mark == "V" and rule.duty.examples.ok]


def changes(duty: str, pack: Pack | None = None) -> list[Mutant]:
    pack = pack or next(pack for pack in standard_law().packs if pack.head.id == "cn-713")
    rule = pack.rule(duty)
    assert rule is not None
    return list(mutants(pack, [rule]))


@pytest.mark.parametrize(("pack", "rule"), VERIFIED, ids=[rule.id for _, rule in VERIFIED])
def test_examples_notice_every_change_of_a_verified_duty(pack: Pack, rule: object) -> None:
    found = mutants(pack, [rule], LAW)  # type: ignore[list-item]

    assert [mutant.name for mutant in found if mutant.state in ("survived", "stale")] == []
    assert score(found)[0] > 0


def test_numbers_comparisons_connectives_negations_triggers_and_words_are_changed() -> None:
    names = {mutant.change for duty in ("15.1d", "22.1", "30.1a", "18") for mutant in changes(duty)}

    assert {
        "params.days: 30 → 29",
        "params.days: 30 → 31",
        "when: days(act.start, act.end) < params.days → days(act.start, act.end) <= params.days",
        "when: and → or: traits.possible_harm and (not traits.risk_assessed_before)",
        "when: not dropped: not traits.risk_assessed_before",
        "when: operand dropped: traits.possible_harm",
        "when: dropped",
        "require: 'plenary' dropped: ['executive', 'plenary']",
        "when: 'hearing' dropped: held('public_comment', 'hearing', 'opinion_hearing', 'group_communication')",
        "require: reversed",
    } <= names


def test_a_change_is_killed_by_the_example_at_the_number() -> None:
    killed_by = {mutant.change: mutant.killed_by for mutant in changes("15.1c")}

    assert killed_by["params.days: 30 → 31"] == "cn-713.15.1c#ok1"
    assert killed_by["params.days: 30 → 29"] == "cn-713.15.1c#fail1"


def test_a_change_that_no_example_notices_survives() -> None:
    lines = REGULATION.splitlines(keepends=True)
    text = "".join(line for line in lines if "meeting_type: plenary}" not in line)
    (pack,) = load_packs([("x.yaml", text)])

    survived = [mutant.change for mutant in changes("30.1a", pack) if mutant.state == "survived"]

    assert survived == [
        "require: 'plenary' dropped: ['executive', 'plenary']",
        "adapted.require: 'plenary' dropped: ['leadership', 'executive', 'plenary']",
    ]


def test_a_claim_that_a_change_does_nothing_is_stale_when_an_example_notices_it() -> None:
    text = REGULATION.replace('{change: "when: dropped"', '{change: "require: reversed"', 1)
    (pack,) = load_packs([("x.yaml", text)])

    found = [mutant for mutant in changes("order.submission-deliberation", pack) if mutant.state != "killed"]

    assert {(mutant.change, mutant.state) for mutant in found} == {
        ("require: reversed", "stale"),
        ("when: dropped", "survived"),
    }
    assert score(found) == (0, 1)
