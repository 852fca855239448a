"""Gates: what closes one, what stands behind it, and what lifts it (semantics.md section 4)."""

from __future__ import annotations

from typing import Any

import pytest
from at_hand import (
    DEPARTMENT,
    GUANGNING,
    JOINT,
    TOWNSHIP_OF_GUANGNING,
    act,
    competition,
    decision,
    drafts,
    meeting,
    review,
    submission,
    traits,
)
from heads import checked, headed

Record = dict[str, Any]
MARKET, HEARD = traits(market_entities=True), traits(hearing_required=True)
SENT = submission(id="s")
BAD = {"risk_finding": "not_controllable", "risk_adjusted_until_controllable": False}
PUBLISHED = [act("publication", "2024-06-10", id="p"), act("filing", "2024-06-10", id="f")]
STATES: dict[str, tuple[str, str, list[Record], Record]] = {
    "unreviewed": ("submission", "closed", [SENT, meeting(), decision()], {}),
    "unreviewed, over an open file": ("submission", "unknown", [SENT, meeting(), decision()], {"complete": None}),
    "unreviewed, by reference": ("submission", "unmarked", [SENT], {"body": DEPARTMENT}),
    "unreviewed, whether it binds is uncertain": ("submission", "unknown", [SENT], {"body": JOINT}),
    "unreviewed, whether the matter is covered is unclear": ("submission", "unknown", [SENT], {"catalogue": None}),
    "unreviewed, a document says so internally": (
        "submission", "unmarked", [review("2018-09-01", "not_passed"), submission("2018-10-20")],
        traits(normative_document=True),
    ),
    "reviewed, but competition was not, in Guangdong": (
        "submission", "closed", [review(), SENT], {**MARKET, "body": GUANGNING},
    ),
    "passed without the hearing that was due, in Guangdong": (
        "legality_review", "closed", [review("2022-03-18")], {**HEARD, "body": GUANGNING},
    ),
    "decided without that hearing, in a township of Guangdong": (
        "decision", "closed", [meeting("2022-05-25"), decision("2022-05-25")],
        {**HEARD, "body": TOWNSHIP_OF_GUANGNING},
    ),
    "decided against the risk": ("decision", "closed", [review(), SENT, meeting(**BAD), decision()], {}),
    "issued without review of competition": (
        "issue", "closed", [competition("2024-11-01"), act("issue", "2024-10-10")], MARKET,
    ),
    "a person's answer opens nothing": (
        "submission", "unknown", [review(conclusion="passed_with_changes", changes_made=False), SENT],
        {"judgements": [{"duty": "cn-713.25.2a", "act": "s", "answer": "met", "reason": "一", "by": "一",
                         "day": "2024-12-01"}]},
    ),
    "made good": (
        "submission", "open", [submission("2024-03-01", id="s0"), review(), SENT, meeting(), decision()], {},
    ),
    "lifted by a later lawful round": (
        "submission", "open",
        [SENT, meeting(), decision(outcome="reject"), review("2024-06-01", round=2),
         submission("2024-06-10", id="s2", round=2)], {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STATES, ids=str)
def test_when_a_gate_is_closed(case: str) -> None:
    step, wanted, acts, others = STATES[case]
    found = checked(headed(*acts, **others))

    if wanted == "unmarked":
        assert found.gate(step).state != "closed"
    else:
        assert found.gate(step).state == wanted


MARKS: dict[str, tuple[list[Record], Record, set[str], set[str]]] = {
    "the forbidden step, and what rests on it up to the decision": (
        [SENT, meeting(), decision(), *PUBLISHED], {}, {"s"}, {"m", "d"},
    ),
    "not what was done before": (
        [meeting("2024-03-01", id="m0", meeting_type="special_topic"), SENT, meeting(), decision()], {},
        {"s"}, {"m", "d"},
    ),
    "not another draft": (
        [review(draft="v2"), SENT, meeting(), submission("2024-06-01", id="s2", draft="v2"),
         meeting("2024-06-10", id="m2", draft="v2"), decision("2024-06-10", draft="v2", deliberation="m2")],
        drafts(True), {"s"}, {"m"},
    ),
    "not a later lawful round": (
        [SENT, meeting(), decision(outcome="reject"), review("2024-06-01", round=2),
         submission("2024-06-10", id="s2", round=2), meeting("2024-06-20", id="m2", round=2),
         decision("2024-06-20", id="d2", round=2, deliberation="m2")], {}, {"s"}, {"m", "d"},
    ),
    "the decision itself": ([review(), SENT, meeting(**BAD), decision(), *PUBLISHED], {}, {"d"}, set()),
    "never a rejection": ([review(), SENT, meeting(**BAD), decision(outcome="reject")], {}, set(), set()),
    "the issue, not the publication": (
        [review(), SENT, meeting("2024-09-01"), decision("2024-09-01"), act("issue", "2024-10-10", id="i"),
         act("publication", "2024-10-20")], MARKET, {"i"}, set(),
    ),
    "the submission behind the gate of Guangdong": (
        [review(), SENT, meeting(), decision()], {**MARKET, "body": GUANGNING}, {"s"}, {"m", "d"},
    ),
    "nothing where the gate is unknown": ([SENT, meeting(), decision()], {"complete": None}, set(), set()),
    "nothing behind an order that was not kept": (
        [review(), SENT, meeting(), decision(), act("issue", "2024-06-10")], {}, set(), set(),
    ),
    "nothing behind an expert with an interest": (
        [act("expert_review", "2024-02-01", experts=[{"direct_interest": True}], experts_complete=True), review(),
         SENT, meeting(), decision()], {}, set(), set(),
    ),
    "no act that serves an adjustment": (
        [SENT, meeting(), decision(), act("adjustment", "2024-11-01", id="j"),
         meeting("2024-11-01", id="m2", **{"for": "j"})], {}, {"s"}, {"m", "d"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MARKS, ids=str)
def test_what_stands_behind_a_closed_gate(case: str) -> None:
    acts, others, behind, resting = MARKS[case]
    found = checked(headed(*acts, **others))

    assert {item.get("act") for item in found.concluded("behind")} == behind
    assert {item.get("act") for item in found.concluded("rests")} == resting
