"""Properties over all law that ships: unverified text is never a breach, what is open says what it lacks."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.checking.verdicts import check_decision
from decision_procedure.errors import UnusableInput
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.traits import Traits
from decision_procedure.results.report import Verdict
from decision_procedure.ruletests.running import snippets, used_by, verdicts
from decision_procedure.ruletests.snippets import Snippet
from tools.fuzz.records import BODIES, RECORDS, moved, mutated, parsed

LAW = standard_law()
PACKS = LAW.packs
# Texts that were recalled, or seen as a draft only: no duty of theirs may ever come to a breach.
UNVERIFIED = {
    "nat-2004": ("12a", "12b", "12c", "12d"),
    "nat-2008": ("N08-2", "N08-4", "N08-5"),
    "nat-2015": (
        "N15-16-feedback", "N15-16-poll", "N15-17", "N15-18", "N15-19-meeting", "N15-19-reasons", "N15-19-record",
    ),
    "nat-2021": ("N21-catalogue", "N21-participation", "N21-counsel", "N21-filing", "N21-execution"),
    "sr-2": ("SR-all", "SR-heads", "SR-high"),
    "zq-pp-2018": ("5-heard", "5-feedback"),
}  # fmt: skip
NAMES = {f"{pack}.{duty}" for pack, duties in UNVERIFIED.items() for duty in duties}
LATER = date(2026, 6, 30)
# The same law, had every text been read: what the marks alone keep from being a breach.
AS_IF_READ = Law(
    tuple(
        replace(
            pack, rules=tuple(replace(rule, mark="V") if rule.id in NAMES else rule for rule in pack.rules)
        )
        for pack in PACKS
    ),
    LAW.register,
)


CASES = [
    (section, (pack, rule, snippet))
    for pack in PACKS
    for rule in pack.rules
    for _, section, snippet in snippets(pack, rule)
    if not isinstance(snippet, UnusableInput)
]
FAILING, OPEN = ([case for section, case in CASES if section == wanted] for wanted in ("fail", "unknown"))


@given(case=st.sampled_from(FAILING), mark=st.sampled_from(["R", "?", "draft"]))
def test_no_duty_with_an_unverified_mark_ever_yields_a_breach(
    case: tuple[Pack, Rule, Snippet], mark: str
) -> None:
    pack, _, snippet = case
    recalled = replace(pack, rules=tuple(replace(rule, mark=mark) for rule in pack.rules))

    found = verdicts(Law((recalled, *used_by(pack, PACKS))), snippet)

    assert found
    assert all(verdict.outcome != "violated" for verdict in found)
    delayed = ("no_number_in_text",)  # done, but late by a measure of ours: never a breach by any mark
    assert all("mark" in verdict.caps for verdict in found if verdict.caps not in ((), delayed))


@given(case=st.sampled_from(OPEN))
def test_what_is_undetermined_names_what_is_missing_or_why(case: tuple[Pack, Rule, Snippet]) -> None:
    pack, _, snippet = case

    found = verdicts(Law((pack, *used_by(pack, PACKS))), snippet)

    open_ones = [verdict for verdict in found if verdict.outcome == "undetermined"]
    assert all(verdict.missing or verdict.reasons for verdict in open_ones)


@pytest.mark.parametrize(
    ("identifier", "place"),
    [
        ("16.3b", "acts[hearing].list_published"),
        ("25.1a", "drafts[v2].materially_changed"),
        ("36.2", "acts(expert_review, risk_assessment)"),
    ],
)
def test_an_open_duty_of_the_regulation_names_the_place(identifier: str, place: str) -> None:
    named = {
        name
        for pack, rule, snippet in OPEN
        if rule.id == f"cn-713.{identifier}"
        for verdict in verdicts(Law((replace(pack, rules=(rule,)),)), snippet)
        for name in verdict.missing
    }

    assert place in named


def test_the_duties_of_texts_that_were_not_verified_are_those_whose_mark_says_so() -> None:
    marked = {rule.id for pack in PACKS for rule in pack.rules if rule.mark not in ("V", "V2")}

    assert marked == NAMES


def breaches(
    decision: dp.Decision, law: Law, as_of: date = LATER, *, assume_complete: bool = False
) -> set[str]:
    """Return the unverified duties that a record breaches by a law."""
    found = check_decision(decision, law, as_of, assume_complete=assume_complete)
    return {verdict.duty for verdict in found.of("violated") if verdict.duty in NAMES}


@given(st.sampled_from(sorted(RECORDS)), st.randoms(use_true_random=False), st.integers(0, 12), st.booleans())
@settings(max_examples=150)
def test_no_unverified_duty_is_breached_by_a_record_changed_at_random(
    name: str, source: random.Random, changes: int, assume_complete: bool
) -> None:
    _, decision = mutated(RECORDS[name], source, changes)

    assert breaches(decision, LAW, assume_complete=assume_complete) == set()


def everything_denied(data: dict[str, Any], kept: str | None) -> Iterator[dict[str, Any]]:
    """Yield records of which all acts but those of one kind did not take place, all of whose flags are false.

    None keeps every act. The matter has every trait, then none, then those of the record.
    """
    data = copy.deepcopy(data)
    data["complete"] = {"kinds": ["all"], "up_to": "2026-06-30"}
    data.pop("stated_on", None)
    for act in data["acts"]:
        model = ACT_CLASSES[act["kind"]]
        for field, value in list(act.items()):
            if isinstance(value, bool):
                act[field] = False
            elif isinstance(value, list) and f"{field}_complete" in model.model_fields:
                act[field] = []
        act["held"] = kept in (None, act["kind"])
        act |= {field: True for field in model.model_fields if field.endswith("_complete")}
        act.pop("deliberation", None)
    yield data
    traits = Traits.model_fields
    for value in (True, False):
        yield data | {"traits": dict.fromkeys(traits, value)}


# What the records with everything denied would breach in each year, were these texts taken as read.
POLICY = {
    "nat-2004.12b", "nat-2004.12c", "nat-2004.12d", "nat-2008.N08-2", "nat-2008.N08-4", "nat-2008.N08-5",
}  # fmt: skip
OUTLINE = {"16-feedback", "16-poll", "17", "18", "19-meeting"}
WOULD_BE_BREACHED = {
    "2012": POLICY,
    "2017": POLICY | {f"nat-2015.N15-{point}" for point in OUTLINE},
    "2020": set(),
    "2022": {"nat-2021.N21-execution"},
    "2024": {"nat-2021.N21-execution"},
}


@pytest.mark.parametrize("year", WOULD_BE_BREACHED)
def test_no_unverified_duty_is_breached_by_a_record_with_everything_denied(year: str) -> None:
    as_if_read: set[str] = set()
    tried = 0

    for name in ("示例县-全部合规", "示例县-多处不合规"):
        data = moved(RECORDS[name], year)
        for kept in (None, *{act["kind"]: None for act in data["acts"]}):
            for denied in everything_denied(data, kept):
                decision = parsed(denied | {"body": BODIES[0]})
                if decision is not None:
                    tried += 1
                    assert breaches(decision, LAW) == set()
                    as_if_read |= breaches(decision, AS_IF_READ)

    assert tried > 100
    assert as_if_read == WOULD_BE_BREACHED[year]


def failing(pack: Pack, rule: Rule) -> Iterator[tuple[Snippet, list[Verdict]]]:
    for _, section, snippet in snippets(pack, rule):
        if section == "fail" and not isinstance(snippet, UnusableInput) and snippet.claims.caps != ():
            yield snippet, verdicts(Law((replace(pack, rules=(rule,)), *used_by(pack, PACKS))), snippet)


@pytest.mark.parametrize("name", sorted(NAMES - {"nat-2015.N15-19-record"}))
def test_what_an_unverified_duty_forbids_is_for_a_person_to_judge_because_of_its_mark(name: str) -> None:
    pack = next(pack for pack in PACKS if pack.head.id == name.partition(".")[0])
    rule = next(rule for rule in pack.rules if rule.id == name)

    found = [verdict for _, results in failing(pack, rule) for verdict in results]
    as_if_read = [verdict for _, results in failing(pack, replace(rule, mark="V")) for verdict in results]

    assert {verdict.outcome for verdict in found} == {"needs_judgement"}
    assert all("mark" in verdict.caps for verdict in found)
    assert all("mark" not in verdict.caps for verdict in as_if_read)
    assert all(verdict.caps or verdict.outcome == "violated" for verdict in as_if_read)


GATES = [(pack, rule) for pack in PACKS for rule in pack.rules if rule.duty.effect == "gate"]


def states_when_not_met(pack: Pack, rule: Rule) -> set[Any]:
    """The states of a gate over all the examples in which its duty is not met."""
    law = Law((replace(pack, rules=(rule,)), *used_by(pack, PACKS)))
    reports = [
        dp.check(shown.decision, as_of=shown.claims.as_of, law=law) for shown, _ in failing(pack, rule)
    ]
    return {
        item.get("state")
        for report in reports
        for item in report.concluded("gate")
        if item.get("duty") == rule.id
    }


@pytest.mark.parametrize(("pack", "rule"), GATES, ids=[rule.id for _, rule in GATES])
@pytest.mark.parametrize("mark", ["R", "?", "draft"])
def test_a_gate_of_unverified_text_is_unknown_where_it_is_not_met(pack: Pack, rule: Rule, mark: str) -> None:
    assert states_when_not_met(pack, replace(rule, mark=mark)) == {"unknown"}


@pytest.mark.parametrize(
    "name", ["cn-713.25.2a", "cn-713.24b", "gd-183.gate1", "gd-183.gate2", "comp-fcr.FCR-18"]
)
def test_the_same_gate_is_closed_where_the_text_was_read(name: str) -> None:
    pack, rule = next((pack, rule) for pack, rule in GATES if rule.id == name)

    assert "closed" in states_when_not_met(pack, replace(rule, mark="V"))
