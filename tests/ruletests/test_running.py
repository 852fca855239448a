"""Every example of every duty that ships comes to what it claims, and no example is owed."""

from __future__ import annotations

from functools import cache

import pytest

from decision_procedure import rules
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.law.loading import Pack
from decision_procedure.results.report import Verdict
from decision_procedure.ruletests import Result, gaps, run_examples
from decision_procedure.ruletests.running import SECTIONS, faults
from decision_procedure.ruletests.snippets import Claims

REGULATION = rules.text("cn/cn-713.yaml")
LAW = standard_law().packs
EXAMPLES = [
    (pack, f"{rule.id}#{section}{number}")
    for pack in LAW
    for rule in pack.rules
    for section in SECTIONS
    for number in range(1, len(getattr(rule.duty.examples, section)) + 1)
]
# A debt that may only shrink: none of their duties has an example yet.


def changed(old: str, new: str) -> Pack:
    assert REGULATION.count(old) == 1, old
    (pack,) = load_packs([("x.yaml", REGULATION.replace(old, new))])
    return pack


def result_of(pack: Pack, duty: str, name: str) -> Result:
    rule = pack.rule(duty)
    assert rule is not None
    return next(result for result in run_examples(pack, [rule]) if result.name.endswith(name))


@cache
def results(pack: Pack) -> dict[str, Result]:
    return {result.name: result for result in run_examples(pack, beside=LAW)}


@pytest.mark.parametrize(("pack", "name"), EXAMPLES, ids=[name for _, name in EXAMPLES])
def test_an_example_comes_to_what_it_claims(pack: Pack, name: str) -> None:
    assert [fault.en for fault in results(pack)[name].faults] == []


def test_no_instrument_owes_an_example() -> None:
    owing = {pack.head.id for pack in standard_law().packs if any(gap.why is None for gap in gaps(pack))}

    assert owing == set()


def test_a_missing_list_is_excused_only_where_no_record_can_give_it() -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "cn-713")

    excused = {(gap.duty.removeprefix("cn-713."), gap.section) for gap in gaps(pack)}

    assert excused == {
        ("28a", "fail"),
        ("order.review_request-legality_review", "fail"),
        ("28c", "fail"),
        ("30.1c", "fail"),
        ("30.1c", "unknown"),
        ("3.3", "pending"),
        ("34b-truthful", "fail"),
        ("34b-truthful", "unknown"),
    }


def test_a_duty_without_examples_owes_one_of_each_that_applies() -> None:
    rule = next(pack for pack in standard_law().packs if pack.head.id == "cn-713").rule("13a")
    assert rule is not None
    start = REGULATION.index("    examples:", REGULATION.index("- id: 13a"))
    end = REGULATION.index("  - id: 13b")
    (pack,) = load_packs([("x.yaml", REGULATION[:start] + REGULATION[end:])])

    owed = [gap.section for gap in gaps(pack) if gap.duty == "cn-713.13a" and gap.why is None]

    assert owed == ["ok", "unknown", "fail", "not_applicable", "pending"]


def test_fails_that_are_only_for_a_person_to_judge_leave_a_breach_owed() -> None:
    pack = changed(
        "        - {initiation: {undertakers: [bureau, bureau2], lead_named: false}}\n",
        "        - {initiation: {undertakers: [bureau, bureau2], lead_named: false}, expect: needs_judgement}\n",
    )

    owed = [gap for gap in gaps(pack) if gap.duty == "cn-713.11b"]

    assert [(gap.section, gap.why) for gap in owed] == [("fail", None)]


def test_a_number_of_the_text_that_is_wrong_by_one_fails_the_examples() -> None:
    pack = changed("params: {workdays: {value: 7,", "params: {workdays: {value: 8,")

    (exactly_seven,) = [result for result in [result_of(pack, "26.2", "#ok1")] if result.faults]

    assert exactly_seven.outcome == "needs_judgement"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("caps: [mark]", "caps: mark expected, came to nothing"),
        ("missing: [traits.professional]", "missing: traits.professional expected, came to nothing"),
        ("edge: true", "`edge` does not say whether the readings differ"),
        ("expect: undetermined", "undetermined does not belong under fail"),
    ],
)
def test_a_claim_that_does_not_hold_is_a_fault(claim: str, message: str) -> None:
    line = "- {initiation: {undertakers: [bureau, bureau2], lead_named: false}"

    result = result_of(changed(line + "}", f"{line}, {claim}}}"), "11b", "#fail1")

    assert message in [fault.en for fault in result.faults]


def test_an_open_example_that_names_nothing_as_missing_says_so() -> None:
    silent = Verdict("cn-713.16.3c", "hearing", "undetermined", "direct", "2024-05-20", {})

    found = list(faults("unknown", "undetermined", Claims(), (silent,)))

    assert [fault.en for fault in found] == ["open, but nothing is named as missing"]


def test_an_unusable_example_is_a_fault_that_names_the_key() -> None:
    pack = changed(
        "- {initiation: {undertakers: [bureau, bureau2], lead_named: false}}",
        "- {initiation: {undertakers: [bureau, bureau9], lead_named: 7}, edge: perhaps}",
    )

    result = result_of(pack, "11b", "#fail1")

    assert result.outcome == ""
    assert any("edge" in fault.en for fault in result.faults)
