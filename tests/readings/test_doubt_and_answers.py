"""In doubt, and a person's answer: what an open verdict would be, and what an answer changes (semantics.md section 2)."""

from __future__ import annotations

from typing import Any

import pytest
from at_hand import (
    DEPARTMENT,
    GUANGNING,
    JOINT,
    TOWNSHIP_OF_GUANGNING,
    ZHAOQING,
    act,
    comment,
    decision,
    meeting,
    review,
    submission,
    traits,
)
from heads import checked, headed, on

from decision_procedure.results.fingerprints import fingerprints

Record = dict[str, Any]
OPEN: Record = {"complete": None}
END = [meeting(), decision()]
MARKET = traits(market_entities=True)
DOUBTS: dict[str, tuple[str, list[Record], Record, str, tuple[str, ...]]] = {
    "nobody heard, nothing said on secrecy": (
        "cn-713.14.1", END, {"traits": {}}, "would_be_violated", ("traits.withheld_lawfully",),
    ),
    "the same of a city": (
        "cn-713.14.1", END, {"traits": {}, "body": ZHAOQING}, "would_be_violated", ("traits.withheld_lawfully",),
    ),
    "no assessment, nothing said on an earlier one": (
        "cn-713.22.1", END, {"traits": {"possible_harm": True}}, "would_be_violated", ("traits.risk_assessed_before",),
    ),
    "a trait that starts a duty stays unknown": ("cn-713.19.1", END, {"traits": {}}, "to_supply", ()),
    "a prompt duty would be for a person": ("cn-713.32a", END, OPEN, "would_be_judged", ()),
    "opinions that were not studied": (
        "cn-713.18",
        [comment("2024-01-01", "2024-02-05"), act("opinion_handling", "2024-02-10", sorted=True, studied=False), *END],
        OPEN, "would_be_violated", (),
    ),
    "an incomplete file": (
        "cn-713.33", [meeting("2022-05-25"), decision("2022-05-25"), act("filing", "2022-06-25", complete=False)],
        OPEN, "would_be_violated", (),
    ),
    "an unfavourable review": (
        "cn-713.25.2a", [review(conclusion="not_passed"), submission()], OPEN, "would_be_violated", (),
    ),
    "no review of competition in Guangdong": (
        "gd-obe.47", [submission()], {**OPEN, **MARKET, "body": GUANGNING}, "would_be_violated", (),
    ),
    "no hearing in a township of Guangdong": (
        "gd-183.gate1", [meeting("2022-05-25"), decision("2022-05-25")],
        {**OPEN, **traits(hearing_required=True), "body": TOWNSHIP_OF_GUANGNING}, "would_be_violated", (),
    ),
    "where it is uncertain whether it binds, a person": (
        "cn-713.25.2a", [submission()], {**OPEN, "body": JOINT}, "would_be_judged", (),
    ),
    "never by reference": ("cn-713.25.2a", [submission()], {**OPEN, "body": DEPARTMENT}, "to_supply", ()),
    "never what is practice": (
        "nat-2021.N21-catalogue", END,
        {**OPEN, "catalogue": {"listed": False}, "traits": {"meets_published_standards": True}}, "to_supply", ()),
    "a hearing that the catalogue plans, in Guangdong": (
        "gd-303.14.1", END, {**OPEN, "body": GUANGNING, "catalogue": {"listed": True, "hearing_planned": True}},
        "would_be_violated", ()),
    "an exploratory reform that is not stated to be one": (
        "cn-713.25.2a", [review(conclusion="not_passed", legal_risk_stated=True), submission()],
        {"traits": {"explicit_state_rule": False}}, "would_be_violated", ("traits.exploratory_reform",),
    ),
    "stated before, it is supposed whole up to the day of the check": (
        "cn-713.33", [meeting("2022-05-25"), decision("2022-05-25")], {**OPEN, "stated_on": "2022-06-01"},
        "would_be_judged", (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DOUBTS, ids=str)
def test_what_an_open_verdict_would_be(case: str) -> None:
    duty, acts, others, standing, exceptions = DOUBTS[case]
    (verdict,) = on(checked(headed(*acts, **others)), duty)

    assert verdict.outcome == "undetermined"
    assert (verdict.standing, verdict.exceptions) == (standing, exceptions)


def test_what_is_in_doubt_closes_no_gate_and_names_nobody() -> None:
    found = checked(headed(submission(), *END, complete=None))

    assert found.gate("submission").state == "unknown"
    for kind in ("behind", "rests", "answerable", "to_be_examined"):
        assert found.concluded(kind) == ()


def answer(duty: str, word: str = "met", day: str = "2024-12-01", **more: Any) -> Record:
    return {"duty": duty, "answer": word, "reason": "一", "by": "某人", "day": day, **more}


REFUSED = review(conclusion="passed_with_changes", changes_made=False, id="r")
ASKED = "cn-713.28c"
FINGERPRINT = fingerprints(checked(headed(REFUSED)))[ASKED, "r"]
ANSWERS: dict[str, tuple[str, list[Record], Record, str | None, bool, str]] = {
    "met": (ASKED, [REFUSED], answer(ASKED, fingerprint=FINGERPRINT), "met", False, "checked"),
    "met, without a fingerprint": (ASKED, [REFUSED], answer(ASKED), "met", False, "unchecked"),
    "not met": (ASKED, [REFUSED], answer(ASKED, "not_met", fingerprint=FINGERPRINT), "not_met", True, "checked"),
    "met, but a fact has changed": (
        ASKED, [{**REFUSED, "conclusion": "passed", "changes_asked": True}], answer(ASKED, fingerprint=FINGERPRINT),
        None, True, "outdated",
    ),
    "given after the day of the check": (ASKED, [REFUSED], answer(ASKED, day="2025-02-01"), None, True, "not_yet"),
    "to a breach": ("cn-713.25.2a", [submission()], answer("cn-713.25.2a"), None, True, "not_asked"),
    "to a breach, by its act": (
        "cn-713.25.2a", [submission(id="s")], answer("cn-713.25.2a", act="s"), None, True, "not_asked",
    ),
    "to what is satisfied": (ASKED, [review(changes_asked=True, changes_made=True)], answer(ASKED), None, True, "not_asked"),
    "to what is pending": ("cn-713.31", [submission()], answer("cn-713.31"), None, True, "not_asked"),
    "to a late publication": (
        "cn-713.32a", [*END, act("publication", "2024-08-30")], answer("cn-713.32a"), "met", False, "unchecked",
    ),
    "to a rule of 肇庆": (
        "zq-pp-2023.publish", END, answer("zq-pp-2023.publish"), "met", False, "unchecked",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ANSWERS, ids=str)
def test_what_an_answer_changes(case: str) -> None:
    duty, acts, given, judged, counts, standing = ANSWERS[case]
    others = {"body": ZHAOQING, "comment_exemption": "none"} if duty.startswith("zq") else {}
    found = checked(headed(*acts, judgements=[given], **others))
    (verdict,) = on(found, duty)

    assert (verdict.judged, verdict.counts) == (judged, counts)
    assert [item.standing for item in found.judgements] == [standing]


def test_an_answer_opens_no_gate() -> None:
    given = answer("cn-713.25.2a", act="s")
    found = checked(headed(REFUSED, submission(id="s"), judgements=[given]))

    assert found.gate("submission").state == "unknown"
    assert [verdict.judged for verdict in on(found, "cn-713.25.2a")] == ["met"]
