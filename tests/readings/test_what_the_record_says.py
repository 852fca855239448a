"""What a record says: fields denied by name, documents that disagree, unknown is not no (semantics.md section 1)."""

from __future__ import annotations

from typing import Any

import pytest
from at_hand import (
    DOCUMENTS,
    GUANGNING,
    TOWNSHIP,
    TOWNSHIP_OF_GUANGNING,
    ZHAOQING,
    Case,
    act,
    comment,
    competition,
    decision,
    meeting,
    outcomes,
    review,
    says,
    submission,
    traits,
)
from heads import checked, headed, on

GATE = "cn-713.25.2a"
MARKET = traits(market_entities=True)
HELD = act("hearing", "2022-07-01", notice_date="2022-05-01")
PLAN = {"notice_date": "2024-01-02", "start": "2024-01-02", "end": "2024-02-20"}
DENIED: dict[str, Case] = {
    "no answer in writing after a hearing in Guangdong": (
        "gd-183.feedback", ["violated"], [{**HELD, "denied": ["told_in_writing", "adoption_published"]}],
        {"body": GUANGNING},
    ),
    "the same in a township of Guangdong": (
        "gd-183.feedback", ["violated"], [{**HELD, "told_in_writing": True, "denied": ["adoption_published"]}],
        {"body": TOWNSHIP_OF_GUANGNING},
    ),
    "nobody affected took part in assessing the risk": (
        "track-land.26-risk-persons", ["violated"],
        [act("risk_assessment", "2024-01-10", denied=["interested_persons_took_part"])],
        {"tracks": ["land_expropriation"]},
    ),
    "the opinions on a plan of compensation were not published": (
        "track-houses.11-published", ["violated"],
        [{"kind": "compensation_plan_notice", **PLAN, "denied": ["opinions_published"]}],
        {"tracks": ["house_expropriation"]},
    ),
    "the price department did not run the hearing": (
        "track-price.23-organiser", ["violated"], [act("hearing", "2024-01-10", denied=["by_price_department"])],
        {"tracks": ["government_pricing"], **traits(vital_interests=True)},
    ),
    "no heads of the review": ("cn-713.27", ["violated"], [review(denied=["heads"])], {}),
    "the same in a township, by reference": ("cn-713.27", ["violated"], [review(denied=["heads"])], {"body": TOWNSHIP}),
    "no list was published": ("cn-713.16.3b", ["violated"], [act("hearing", "2024-03-01", denied=["list_published"])], {}),
    "a comment period without an end has no length": (
        "cn-713.15.1c", ["undetermined"], [comment("2024-01-01", None, denied=["end"])], {},
    ),
    "the market department did not review": (
        "gd-obe.47", ["needs_judgement"],
        [competition("2024-04-02", market_department_reviewed=None, denied=["market_department_reviewed"]),
         submission()], {**MARKET, "body": GUANGNING},
    ),
    "what is not there is not denied": ("gd-183.feedback", ["undetermined"], [HELD], {"body": GUANGNING}),
}  # fmt: skip


@pytest.mark.parametrize("case", DENIED, ids=str)
def test_a_field_is_denied_by_its_name(case: str) -> None:
    assert outcomes(DENIED[case]) == DENIED[case][1]


HELD_BY = {**HELD, "applicants": 20, "postponed": False}
DIFFER: dict[str, Case] = {
    "two dates, both in time": (GATE, ["satisfied"], [review(date=says("2024-03-18", "2024-03-20")), submission()], {}),
    "two dates, one too late": (GATE, ["undetermined"], [review(date=says("2024-03-18", "2024-05-22")), submission()], {}),
    "two conclusions": (GATE, ["undetermined"], [review(conclusion=says("passed", "not_passed")), submission()], {}),
    "two favourable conclusions": (
        GATE, ["satisfied"],
        [review(conclusion=says("passed", "passed_with_changes"), changes_made=True), submission()], {},
    ),
    "two numbers, both too small": (
        "gd-183.min8", ["violated"], [{**HELD_BY, "attended": says(5, 7)}], {"body": GUANGNING},
    ),
    "two numbers, one large enough": (
        "gd-183.min8", ["undetermined"], [{**HELD_BY, "attended": says(5, 9)}], {"body": GUANGNING},
    ),
    "a trait": (
        "cn-713.14.3", ["undetermined"], [meeting(), decision()],
        traits(specific_group={"value": says(True, False)}),
    ),
    "two lists, both short": (
        "cn-713.27", ["violated"],
        [review(heads=says(["authority"], ["authority", "content"]), heads_complete=True)], {},
    ),
    "two lists, one whole": (
        "cn-713.27", ["undetermined"],
        [review(heads=says(["authority"], ["authority", "content", "procedure"]), heads_complete=True)], {},
    ),
    "whether it took place": (
        "cn-713.19.1", ["undetermined"],
        [act("expert_review", "2024-02-01", held=says(True, False)), meeting(), decision()],
        traits(professional=True),
    ),
    "what was decided, adopted either way": (
        "cn-713.34a", ["needs_judgement"],
        [meeting("2022-05-25"), decision("2022-05-25", says("adopt", "adopt_with_changes"))], {},
    ),
    "what was decided, adopted or rejected": (
        "cn-713.34a", ["undetermined"], [meeting("2022-05-25"), decision("2022-05-25", says("adopt", "reject"))], {},
    ),
    "two dates within the days that experts wait": (
        "cn-713.26.2", ["satisfied"], [review(sent=says("2024-04-01", "2024-04-08")), meeting(), decision()], {},
    ),
    "three and three dates are too many": (
        "cn-713.15.1c", ["undetermined"],
        [comment("2024-01-01", "2024-02-01") | {"start": says("2024-01-01", "2024-01-02", "2024-01-03"),
                                              "end": says("2024-02-10", "2024-02-11", "2024-02-12")}], {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DIFFER, ids=str)
def test_where_documents_disagree_the_verdict_is_what_all_of_them_give(case: str) -> None:
    duty, wanted, acts, others = DIFFER[case]
    found = on(checked(headed(*acts, **{"documents": DOCUMENTS, **others})), duty)

    assert [verdict.outcome for verdict in found] == wanted
    assert {verdict.proof for verdict in found} == {"contradicted"}


SPECIAL = {
    "track-land": "land_expropriation", "track-houses": "house_expropriation", "track-price": "government_pricing",
    "track-urban-plan": "urban_plan", "track-investment": "government_investment",
}  # fmt: skip


@pytest.mark.parametrize("pack", SPECIAL)
@pytest.mark.parametrize("body", [None, ZHAOQING], ids=["county", "city"])
def test_a_track_that_the_record_does_not_speak_of_is_unknown(pack: str, body: dict[str, Any] | None) -> None:
    others = {} if body is None else {"body": body}

    assert outcomes((f"{pack}.scope", [], [meeting(), decision()], others)) == ["undetermined"]
    whole = {**others, "tracks_complete": True}
    assert outcomes((f"{pack}.scope", [], [meeting(), decision()], whole)) == ["not_applicable"]
    named = {**others, "tracks": [SPECIAL[pack]]}
    assert outcomes((f"{pack}.scope", [], [meeting(), decision()], named)) == ["satisfied"]


@pytest.mark.parametrize(
    ("value", "wanted"), [(None, "undetermined"), (False, "not_applicable"), (True, "satisfied")]
)
def test_whether_it_is_a_normative_document_is_asked_as_well(value: bool | None, wanted: str) -> None:
    others = traits(normative_document=value)

    assert outcomes(("nd-37.scope", [], [meeting(), decision()], others)) == [wanted]


@pytest.mark.parametrize(
    "body", [None, TOWNSHIP, GUANGNING, ZHAOQING], ids=["county", "township", "guangdong", "city"]
)
def test_such_questions_neither_count_nor_are_in_doubt(body: dict[str, Any] | None) -> None:
    found = checked(headed(meeting(), decision(), **({} if body is None else {"body": body})))
    asked = [verdict for verdict in found.verdicts if verdict.untested]

    assert asked
    assert not [verdict for verdict in asked if verdict.counts or verdict.in_doubt]
    assert on(found, "cn-713.scope")[0].outcome == "satisfied"
