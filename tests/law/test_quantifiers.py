"""Conditions on members of lists: how deep they may go, and how much of them evidence shows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from county_samples import COUNTY_RULES, STRICT

import decision_procedure as dp
from decision_procedure.law.evidence import Tree
from decision_procedure.law.expression import BadExpression, compile_condition
from decision_procedure.law.language import Scope
from decision_procedure.law.lists import MOST_SHOWN
from decision_procedure.law.loading import load_pack

ONE = 'any_of(acts("hearing"), it.public)'
TWO = 'any_of(acts("hearing"), any_of(acts("filing"), it.held))'
THREE = 'any_of(acts("hearing"), any_of(acts("filing"), any_of(acts("issue"), it.held)))'
FOUR = f'all_of(acts("hearing"), {THREE})'
MIXED = 'count(acts("hearing"), all_of(acts("filing"), count(acts("issue"), it.held) >= 1)) >= 1'
BESIDE = f"{ONE} and {TWO} or {ONE}"


@pytest.mark.parametrize("text", [ONE, TWO, BESIDE, f"not ({TWO})"])
def test_lists_within_lists_are_taken(text: str) -> None:
    assert compile_condition(text, Scope())


@pytest.mark.parametrize("text", [THREE, FOUR, MIXED, f"{ONE} and ({THREE})", f"not ({THREE})"])
def test_lists_within_lists_within_lists_are_refused(text: str) -> None:
    with pytest.raises(BadExpression, match="nested deeper"):
        compile_condition(text, Scope())


def test_a_rule_file_with_such_a_condition_is_refused_with_its_place() -> None:
    text = (COUNTY_RULES / STRICT).read_text(encoding="utf-8")
    changed = text.replace("when: traits.wide_reach", f"when: '{THREE}'")
    assert changed != text

    with pytest.raises(dp.BadPack) as caught:
        load_pack(changed, "rules.yaml")

    assert "duties[0].when" in {fault.key for fault in caught.value.faults}


def many(number: int, *public: bool | None) -> dp.Decision:
    """Return a record with so many hearings; the last ones are public, not, or it is unknown."""
    acts: list[dict[str, Any]] = [
        {"id": f"h{index:04}", "kind": "hearing", "date": "2024-03-01", "public": False}
        for index in range(number)
    ]
    for act, value in zip(acts[::-1], public, strict=False):
        act["public"] = value
    data = {
        "schema": 1, "title": "示例", "body": {"name": "示例县人民政府"}, "acts": acts,
        "complete": {"kinds": ["all"], "up_to": "2024-12-31"},
    }  # fmt: skip
    return dp.parse_decision(json.dumps(data))


def run(text: str, decision: dp.Decision) -> Tree:
    from decision_procedure.law.expression import Frame
    from decision_procedure.law.facts import Facts

    facts = Facts(decision, date(2024, 12, 31))
    frame = Frame(facts, None, facts.as_of.last)
    compiled = compile_condition(text, Scope())
    tree = compiled.run(frame)
    assert compiled.decide(frame) is tree.truth
    return tree


@pytest.mark.parametrize("number", [1, MOST_SHOWN - 1, MOST_SHOWN])
def test_evidence_shows_every_member_of_a_list_of_common_length(number: int) -> None:
    tree = run('all_of(acts("hearing"), not it.public)', many(number))

    assert len(tree.children) == number + 1


@pytest.mark.parametrize(
    "text", ['any_of(acts("hearing"), it.public)', 'all_of(acts("hearing"), not it.public)']
)
@pytest.mark.parametrize(
    ("last", "truth"), [((True,), True), ((None,), None), ((False,), False), ((True, None), True)]
)
def test_evidence_of_a_long_list_is_capped_and_comes_to_the_same(
    text: str, last: tuple[bool | None, ...], truth: bool | None
) -> None:
    tree = run(text, many(MOST_SHOWN * 3, *last))

    expected = truth if text.startswith("any") else None if truth is None else not truth
    assert tree.truth is expected
    assert len(tree.children) == MOST_SHOWN + 1


def test_what_decides_and_what_is_open_stays_in_capped_evidence() -> None:
    tree = run('any_of(acts("hearing"), it.public)', many(MOST_SHOWN * 3, None, None))

    assert [child.truth for child in tree.children[1:]].count(None) == 2


def test_a_count_over_a_long_list_counts_all_and_shows_some() -> None:
    tree = run('count(acts("hearing"), it.public) >= 3', many(MOST_SHOWN * 3, True, True, True))

    (count, *_) = tree.children
    assert tree.truth is True
    assert count[1][0] == 3
    assert len(count[4]) == MOST_SHOWN + 1
