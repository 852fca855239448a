"""The quick answer of every condition is the answer of its evidence, and that of the verdict it stands behind."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.checking.compiled import compiled_law
from decision_procedure.checking.subjects import Subjects
from decision_procedure.checking.verdicts import check_decision
from decision_procedure.errors import UnusableInput
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.conditions import truth_table
from decision_procedure.law.facts import Facts
from decision_procedure.law.language import Compiled, Frame
from decision_procedure.law.loading import Pack
from decision_procedure.results.report import Verdict
from decision_procedure.ruletests.running import snippets
from tools.fuzz.records import RECORDS, Place, mutated, parsed, parts

LAW = standard_law()
READY = compiled_law(LAW.packs)
RULES = {rule.id: rule for pack in LAW.packs for rule in pack.rules}
# Records with nearly all acts of another one: those changed at random are enough of them.
ALIKE = ("示例县-依法不予公开", "示例县-办公会代替常务会", "示例县-全部合规")
DAYS = (date(2026, 6, 30), date(2023, 12, 31), date(2017, 7, 1))


class Asked(NamedTuple):
    """One condition of the law, tested at one place of a record."""

    name: str
    condition: Compiled
    frame: Frame

    @property
    def agrees(self) -> bool:
        """Whether the quick answer is the one that the evidence gives."""
        return self.condition.decide(self.frame) is self.condition.run(self.frame).truth


def of_instrument(pack: Pack, facts: Facts) -> Iterator[Asked]:
    frame = Frame(facts, None, facts.as_of.last)
    for name in ("included", "excluded", "direct", "reference", "internal", "not_bound"):
        condition = getattr(pack, name)
        if condition is not None:
            yield Asked(f"{pack.head.id}.{name}", condition, frame)


def asked(
    decision: dp.Decision, as_of: date, packs: Sequence[Pack] = LAW.packs, *, assume_complete: bool = False
) -> list[Asked]:
    """Return every condition of these instruments, at every place of a record where it is tested."""
    facts = Facts(decision, as_of, assume_complete=assume_complete, implied=READY.procedure.implied)
    subjects = Subjects(facts, READY.procedure)
    found = [item for pack in packs for item in of_instrument(pack, facts)]
    for pack, rules in READY.packs:
        for rule in rules if pack in packs else ():
            frames = subjects.on_acts(rule.per) if rule.per else [subjects.on_step(rule.step)]
            parts_of = {
                getattr(way, part) for way in (rule.conditions, rule.adapted) for part in way.__slots__
            }
            found += [
                Asked(f"{rule.id}: {condition.node.text} {frame.at}", condition, frame)
                for condition in parts_of - {None}
                for frame in frames
            ]
    return found


def told(data: dict[str, Any]) -> list[Place]:
    """Return every part of a record that a condition may look at."""
    kept = {key: part for key, part in data.items() if key not in ("documents", "people", "units")}
    inside = [place for part in kept.values() if isinstance(part, dict | list) for place in parts(part)]
    return [(data, key) for key in kept] + inside


def disagreeing(found: list[Asked]) -> list[str]:
    return [item.name for item in found if not item.agrees]


@pytest.mark.parametrize("name", [name for name in RECORDS if name not in ALIKE])
def test_on_every_worked_record_with_any_one_part_removed(name: str) -> None:
    compared = 0

    for index in range(len(told(RECORDS[name]))):
        data = copy.deepcopy(RECORDS[name])
        holder, key = told(data)[index]
        del holder[key]
        decision = parsed(data)
        if decision is not None:
            found = asked(decision, DAYS[0])
            compared += len(found)
            assert disagreeing(found) == [], key

    assert compared > 1000


@pytest.mark.parametrize("assume_complete", [False, True])
def test_on_every_example_of_every_duty(assume_complete: bool) -> None:
    compared = 0

    for pack in LAW.packs:
        for rule in pack.rules:
            for name, _, snippet in snippets(pack, rule):
                assert not isinstance(snippet, UnusableInput)
                day = snippet.claims.as_of
                found = asked(snippet.decision, day, [pack], assume_complete=assume_complete)
                compared += len(found)
                assert disagreeing(found) == [], name

    assert compared > 50_000


@given(st.sampled_from(sorted(RECORDS)), st.randoms(use_true_random=False), st.integers(0, 12), st.booleans())
@settings(max_examples=150)
def test_on_records_changed_at_random(
    name: str, source: random.Random, changes: int, assume_complete: bool
) -> None:
    _, decision = mutated(RECORDS[name], source, changes)

    found = asked(decision, source.choice(DAYS), assume_complete=assume_complete)

    assert disagreeing(found) == []


def shown_by(verdict: Verdict) -> str:
    """Return what the evidence of a verdict comes to, by the truth table."""
    when = verdict.trees["when"].truth if "when" in verdict.trees else True
    require = verdict.trees["require"].truth if "require" in verdict.trees else None
    judge = verdict.trees["judge"].truth if "judge" in verdict.trees else None
    return truth_table(when, require, judge, has_judge=RULES[verdict.duty].judge is not None)


def bears_out(verdict: Verdict) -> bool:
    """Whether a verdict is that of its evidence, or one to which due-ness, a notice, a cap or an open date lowers it.

    An order has nothing to say where the later step surely took no place, whatever is open about the earlier one.
    """
    base = shown_by(verdict)
    if verdict.outcome == base:
        return not verdict.caps
    if verdict.caps:
        return (verdict.outcome, base) == ("needs_judgement", "violated")
    if verdict.outcome == "not_applicable" and ".order." in verdict.duty:
        return "no_such_act" in verdict.reasons
    if verdict.outcome == "pending":
        return base in ("violated", "needs_judgement", "undetermined")
    open_law = {"date_unknown", "force_unknown"} & {*verdict.reasons}
    may_change = {"due_unknown", "announced"} & {*verdict.reasons} and base in ("violated", "needs_judgement")
    return verdict.outcome == "undetermined" and bool(open_law or may_change)


@given(st.sampled_from(sorted(RECORDS)), st.randoms(use_true_random=False), st.integers(0, 12), st.booleans())
@settings(max_examples=150)
def test_every_verdict_on_records_changed_at_random_is_that_of_its_evidence(
    name: str, source: random.Random, changes: int, assume_complete: bool
) -> None:
    _, decision = mutated(RECORDS[name], source, changes)

    found = check_decision(decision, LAW, source.choice(DAYS), assume_complete=assume_complete)

    with_evidence = [verdict for verdict in found.verdicts if verdict.duty in RULES and verdict.trees]
    assert [verdict for verdict in with_evidence if not bears_out(verdict)] == []
