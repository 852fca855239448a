"""Several reviews of one draft, in other bodies, rounds and instruments; who reviews; the findings on the risk."""

from __future__ import annotations

from typing import Any

import pytest
from at_hand import (
    DEPARTMENT,
    GUANGNING,
    TOWNSHIP,
    TOWNSHIP_OF_GUANGNING,
    Case,
    act,
    competition,
    decision,
    drafts,
    meeting,
    outcomes,
    review,
    submission,
    traits,
)

GATE, RISK = "cn-713.25.2a", "cn-713.24b"
MARKET = traits(market_entities=True)
UNITS = [
    {"id": "fg", "name": "示例县发展和改革局"},
    {"id": "fgk", "name": "法规科", "parent": "fg"},
    {"id": "fgz", "name": "法规科一组", "parent": "fgk"},
    {"id": "gs", "name": "司法科", "parent": "fg"},
    {"id": "sf", "name": "示例县司法局"},
    {"id": "sfk", "name": "法制审核科", "parent": "sf"},
]


def by(unit: str, lead: str, **more: Any) -> Case:
    others = {"units": UNITS, "lead_unit": lead}
    return GATE, [], [review(unit=unit), submission()], {**others, **more}


WHO: dict[str, tuple[Case, str]] = {
    "a part of a part of the undertaking unit": (by("fgz", "fg"), "needs_judgement"),
    "a section that is only called 司法": (by("gs", "fg"), "needs_judgement"),
    "the justice office for another unit": (by("sf", "fg"), "satisfied"),
    "a part of the justice office that undertakes itself": (by("sfk", "sf"), "satisfied"),
    "the unit above the undertaking one": (by("fg", "fgk"), "satisfied"),
    "over an open file as well": (by("fg", "fg", complete=None), "needs_judgement"),
    "in a department that says nothing of another reviewer": (by("fg", "fg", body=DEPARTMENT), "needs_judgement"),
}  # fmt: skip


@pytest.mark.parametrize("case", WHO, ids=str)
def test_who_reviewed_the_draft(case: str) -> None:
    found, wanted = WHO[case]

    assert outcomes(found) == [wanted]


@pytest.mark.parametrize(("says", "wanted"), [(True, "satisfied"), (False, "needs_judgement")])
def test_a_department_may_say_that_it_has_no_other_reviewer(says: bool, wanted: str) -> None:
    _, _, acts, others = by("fg", "fg", body=DEPARTMENT)

    assert outcomes((GATE, [], [{**acts[0], "no_other_reviewer": says}, *acts[1:]], others)) == [wanted]


def test_an_undertaker_named_at_the_start_reviews_its_own_draft() -> None:
    acts = [act("initiation", "2024-01-02", undertakers=["fg"]), review(unit="fg"), submission()]

    assert outcomes((GATE, [], acts, {"units": UNITS})) == ["needs_judgement"]


OWN = {"units": UNITS, "lead_unit": "fg"}
CASES: dict[str, Case] = {
    "its own review, then that of the justice office": (
        GATE, ["satisfied"], [review(unit="fg"), review("2024-04-01", unit="sf", id="b"), submission()], OWN,
    ),
    "that of the justice office, then its own": (
        GATE, ["needs_judgement"], [review(unit="sf"), review("2024-04-01", unit="fg", id="b"), submission()], OWN,
    ),
    "sent, but no opinion was given": (
        GATE, ["violated"], [{**review(conclusion=None), "date": None, "denied": ["date"]}, submission()], {},
    ),
    "sent, whether an opinion was given is unknown": (GATE, ["undetermined"], [review(date=None), submission()], {}),
    "of an opinion its form is unknown": (GATE, ["undetermined"], [review(form=None), submission()], {}),
    "changed as the review asked, and then again in substance": (
        GATE, ["violated"], [review(conclusion="passed_with_changes"), submission(draft="v3")],
        drafts("as_reviewed", True),
    ),
    "changed as the review asked, which the reviewer denies": (
        GATE, ["needs_judgement"], [review(conclusion="passed_with_changes"), submission(draft="v2")],
        drafts({"materially_changed": "as_reviewed", "changes_confirmed": False}),
    ),
    "changed as the review asked after an unfavourable one": (
        GATE, ["violated"], [review(conclusion="not_passed"), submission(draft="v2")], drafts("as_reviewed"),
    ),
    "internally, in a township": (
        "nat-2015.N15-18", ["needs_judgement"],
        [review("2016-03-18"), review("2016-04-18", "not_passed", id="b"), submission("2016-05-20")],
        {"body": TOWNSHIP},
    ),
    "of a normative document": (
        "nd-37.ND37-review", ["violated"],
        [review("2019-03-18"), review("2019-04-18", "not_passed", id="b"), submission("2019-05-20")],
        traits(normative_document=True),
    ),
    "of competition in Guangdong, a draft changed in substance afterwards": (
        "gd-obe.47", ["needs_judgement"], [competition("2024-04-02", draft="v1"), submission(draft="v2")],
        {**MARKET, **drafts(True), "body": GUANGNING},
    ),
    "of competition in Guangdong, without a date": (
        "gd-obe.47", ["undetermined"], [{**competition("2024-04-02"), "date": None}, submission()],
        {**MARKET, "body": GUANGNING},
    ),
    "of competition in Guangdong, in a township": (
        "gd-obe.47", ["needs_judgement"], [competition("2024-03-02"), competition("2024-04-02", "restriction"), submission()],
        {**MARKET, "body": TOWNSHIP_OF_GUANGNING},
    ),
    "of competition before a deferral": (
        "comp-fcr.FCR-18", ["satisfied"],
        [competition("2024-09-02"), meeting("2024-09-10", id="m1"),
         decision("2024-09-10", "defer", id="d1", deliberation="m1"), meeting("2024-09-25", round=2),
         decision("2024-09-25", round=2), act("issue", "2024-10-10", round=2)], MARKET,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_last_recorded_opinion_governs(case: str) -> None:
    assert outcomes(CASES[case]) == CASES[case][1]


BAD = {"risk_finding": "not_controllable", "risk_adjusted_until_controllable": False}
GOOD = {"risk_finding": "controllable"}
RISKS: dict[str, Case] = {
    "over an open file another finding may be missing": (
        RISK, ["undetermined"], [meeting(**BAD), decision()], {"complete": None},
    ),
    "two findings that differ within one day": (
        RISK, ["undetermined"], [meeting(id="m1", **GOOD), meeting(**BAD), decision()], {},
    ),
    "an undated finding that differs": (
        RISK, ["undetermined"], [{**meeting(id="m1", **GOOD), "date": None}, meeting(**BAD), decision()], {},
    ),
    "two findings of which one is surely the later": (
        RISK, ["satisfied"], [meeting("2024-05", id="m1", **BAD), meeting("2024-06-02", **GOOD), decision("2024-06-02")],
        {},
    ),
    "a special-topic meeting finds nothing for the deciding body": (
        RISK, ["not_applicable"],
        [meeting("2024-04-01", id="m1", **{**BAD, "meeting_type": "special_topic"}), meeting(**GOOD), decision()], {},
    ),
    "a special-topic meeting takes no finding back": (
        RISK, ["violated"],
        [meeting("2024-04-01", id="m1", **BAD),
         meeting("2024-05-01", id="m2", **{**GOOD, "meeting_type": "special_topic"}), decision()], {},
    ),
    "in a township": (RISK, ["violated"], [meeting(**BAD), decision()], {"body": TOWNSHIP}),
    "found in a round that was rejected, decided anew": (
        RISK, ["not_applicable", "violated"],
        [meeting("2024-04-01", id="m1", **BAD), decision("2024-04-01", "reject", id="d1", deliberation="m1"),
         decision(round=2)], {},
    ),
    "a draft changed only as the review asked is no other": (
        RISK, ["violated"], [meeting("2024-04-01", **BAD), decision(draft="v2")], drafts("as_reviewed"),
    ),
    "whether the draft is another is unknown": (
        RISK, ["undetermined"], [meeting("2024-04-01", **BAD), decision(draft="v2")], drafts(None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", RISKS, ids=str)
def test_the_last_finding_on_the_risk_governs(case: str) -> None:
    assert outcomes(RISKS[case]) == RISKS[case][1]
