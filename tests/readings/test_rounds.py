"""What an act of an earlier round met stays met if nothing but a deferral lies between (semantics.md section 2)."""

from __future__ import annotations

from typing import Any

import pytest
from at_hand import (
    GUANGNING,
    NEEDED,
    Case,
    act,
    competition,
    decision,
    meeting,
    outcomes,
    review,
    submission,
    traits,
)
from heads import checked, headed, on

MET = {
    "12.1": act("drafting", "2024-01-05", researched=True),
    "13a": act("departmental_consultation", "2024-01-10"),
    "14.1": act("opinion_hearing", "2024-01-10"),
    "14.3": act("group_communication", "2024-01-10"),
    "16.1b": act("hearing", "2024-01-10"),
    "19.1": act("expert_review", "2024-01-10"),
    "22.1": act("risk_assessment", "2024-01-10"),
}
FIRST = [review("2024-02-01", id="r1"), submission("2024-02-10", id="s1"), meeting("2024-02-20", id="m1")]
SECOND = [
    review("2024-04-01", id="r2", round=2), submission("2024-04-10", id="s2", round=2), meeting(round=2),
    decision(round=2, deliberation="m"),
]  # fmt: skip
BETWEEN: dict[str, tuple[list[dict[str, Any]], str]] = {
    "deferred": ([decision("2024-02-20", "defer", id="d1", deliberation="m1")], "satisfied"),
    "rejected": ([decision("2024-02-20", "reject", id="d1", deliberation="m1")], "violated"),
    "adopted": ([decision("2024-02-20", "adopt", id="d1", deliberation="m1")], "violated"),
    "started anew": (
        [
            decision("2024-02-20", "defer", id="d1", deliberation="m1"),
            act("initiation", "2024-03-01", round=2),
        ],
        "violated",
    ),
    "unknown": ([], "undetermined"),
}


@pytest.mark.parametrize("between", BETWEEN)
def test_what_an_earlier_round_met_stays_met_after_a_deferral_only(between: str) -> None:
    acts, wanted = BETWEEN[between]
    found = {
        duty: outcomes((f"cn-713.{duty}", [], [met, *FIRST, *acts, *SECOND], NEEDED))
        for duty, met in MET.items()
    }

    assert found == {key: [wanted] for key in MET}


def test_the_evidence_names_the_round() -> None:
    acts = [{**MET["14.1"], "id": "heard"}, *FIRST, *BETWEEN["rejected"][0], *SECOND]
    (verdict,) = on(checked(headed(*acts, **NEEDED)), "cn-713.14.1")

    assert "same_round" in str(verdict.trees["require"])


def test_where_it_is_unknown_what_lies_between_the_round_is_named_as_missing() -> None:
    acts = [{**MET["14.1"], "id": "heard"}, *FIRST, *SECOND]
    (verdict,) = on(checked(headed(*acts, **NEEDED)), "cn-713.14.1")

    assert "acts[heard].round" in verdict.missing


def twice(kind: str, first: str, *middle: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        act(kind, first, **({"notice_date": "2021-12-01"} if kind == "hearing" else {})),
        meeting("2022-02-20", id="m1"), *middle, meeting("2022-05-25", round=2), decision("2022-05-25", round=2),
    ]  # fmt: skip


REJECTED = decision("2022-02-20", "reject", id="d1", deliberation="m1")
DEFERRED = {**REJECTED, "outcome": "defer"}
REPORTED = act("party_report", "2022-02-22")
ISSUED = act("issue", "2022-06-01", round=2)
GD = {"body": GUANGNING, **NEEDED}
CASES: dict[str, Case] = {
    "the hearing of a deferred round passes the gate of Guangdong": (
        "gd-183.gate1", ["satisfied", "satisfied"], twice("hearing", "2022-01-10", DEFERRED), GD,
    ),
    "that of a rejected one does not": (
        "gd-183.gate1", ["satisfied", "violated"], twice("hearing", "2022-01-10", REJECTED), GD,
    ),
    "nor does its expert review": (
        "gd-expert-2012.must", ["satisfied", "needs_judgement"], twice("expert_review", "2022-01-10", REJECTED), GD,
    ),
    "the Party report of a rejected round": (
        "cn-713.31", ["violated"], [REPORTED, *twice("expert_review", "2022-01-10", REJECTED), ISSUED], {},
    ),
    "the Party report of a deferred round": (
        "cn-713.31", ["satisfied"], [REPORTED, *twice("expert_review", "2022-01-10", DEFERRED), ISSUED], {},
    ),
    "the meeting of a rejected round": (
        "cn-713.30.1a", ["violated"],
        [meeting("2024-02-20", id="m1"), decision("2024-02-20", "reject", id="d1", deliberation="m1"),
         decision(round=2)], {},
    ),
    "of reviews of competition the last governs, whatever the round": (
        "comp-fcr.FCR-2", ["satisfied"],
        [competition("2024-09-02"), decision("2024-09-10", "reject", id="d1"), decision("2024-09-25", round=2),
         act("issue", "2024-10-10", round=2)], traits(market_entities=True),
    ),
    "three rounds, each deferred": (
        "cn-713.25.2a", ["satisfied"] * 3,
        [*FIRST, decision("2024-02-20", "defer", id="d1", deliberation="m1"),
         submission("2024-03-10", id="s2", round=2), meeting("2024-03-20", id="m2", round=2),
         decision("2024-03-20", "defer", id="d2", round=2, deliberation="m2"), submission(round=3), meeting(round=3)],
        {},
    ),
    "a meeting at which the majority would defer, but the chief adopts, is no deferral": (
        "cn-713.30.1b", ["satisfied"],
        [meeting("2024-05-20", majority_view="defer", chief_intends="adopt", chief_reasons_stated=True),
         decision("2024-05-22")], {},
    ),
    "one at which the chief defers is": (
        "cn-713.30.1b", ["needs_judgement"],
        [meeting("2024-05-20", majority_view="adopt", chief_intends="defer", chief_reasons_stated=True),
         decision("2024-05-22")], {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rounds_elsewhere(case: str) -> None:
    assert outcomes(CASES[case]) == CASES[case][1]
