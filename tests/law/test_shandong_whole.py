"""山东省政府令第336号, seen whole: each breach of a duty of it is found, alone and in company, in a county of Shandong.

`twin()` meets every duty; each row of `BREACHES` changes it and names what is violated then. Other law of Shandong is
left out, so that what is found is found by this rule and the Regulation.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from local_law import assert_violated_alone, violated

import decision_procedure as dp
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.render.rules.duties import duty_sheet
from decision_procedure.render.rules.printing import as_lines
from decision_procedure.sources import read_yaml

ROOT = Path(__file__).parents[2]
AS_OF = date(2024, 9, 30)
FACTS: dict[str, dict[str, Any]] = {
    "draft": {
        "cost_benefit_forecast": True, "forecast_report_made": True,
        "forecast_contents": ["information_and_sources", "methods_and_process", "conclusion_and_effect"],
        "forecast_contents_complete": True,
    },
    "opinions": {"adoption_published": True, "only_support_recorded": False, "opposition_withheld": False},
    "experts": {
        "materials_given": "2024-03-29", "expert_count": 7, "expert_fields": ["industry", "legal"],
        "expert_fields_complete": True, "mainly_industry": True, "several_fields": True, "fields_covered": True,
        "opinions_studied": True, "experts_answered": True,
    },
    "risk": {
        "assessment_steps": ["plan", "opinions", "analysis", "level", "report"], "assessment_steps_complete": True,
        "plan_contents": ["purpose", "subject_and_content", "standards", "methods_and_steps"], "plan_contents_complete": True,
        "heard": ["departments", "interested_persons", "public"], "heard_complete": True, "visits_due": True, "visits_made": True,
        "report_contents": [
            "matter_and_course", "opinions_and_adoption", "risk_points", "result", "preventive_measures", "response_plans",
        ],
    },
    "review": {
        "by_justice_department": True, "steps_omitted": True, "omissions_explained": True,
        "materials": [
            "draft", "legal_basis", "procedure_statement", "request", "drafting_explanation", "countersignatures",
            "unit_review_opinion", "participation_papers", "expert_papers", "risk_papers", "fair_competition_papers",
            "trade_policy_papers",
        ],
        "returns": [{"date": "2024-05-14", "resubmitted": "2024-05-17"}], "returns_complete": True,
        "problems": ["beyond_power_or_unlawful", "procedure_missing", "provision_unlawful"], "problems_complete": True,
        "handling": ["advised_not_to_submit", "returned_to_cure", "changes_proposed"], "handling_complete": True,
        "problems_or_risks": True, "opinion_contents": ["course", "conclusion", "reasons_and_risks"],
        "opinion_contents_complete": True, "followed_fully": False, "reasons_reported": True,
    },
    "submit": {
        "package": [
            "draft", "fair_competition", "public_opinions", "expert_opinions", "risk_report", "review_opinion", "request",
            "trade_policy",
        ],
    },
    "meeting": {"undertaker_explained": True},
    "assigned": {"tasks_divided": True, "shirked": False},
    "executed": {"opinions_received": True, "opinions_handled": True},
}  # fmt: skip
FURTHER: list[dict[str, Any]] = [
    {
        "id": "catalogue", "kind": "catalogue_publication", "date": "2024-01-15", "catalogue_kind": "decisions",
        "published": True, "approved": True, "party_consent": True, "drawn_up_by_justice": True,
        "contents": ["matter_name", "undertaker"], "contents_complete": True,
    },
    {
        "id": "hearing", "kind": "hearing", "unit": "zj", "draft": "v1", "date": "2024-04-01", "notice_date": "2024-03-11",
        "draft_published": True, "explanation_published": True, "time_and_place_stated": True,
        "notice_contents": ["way_to_apply"], "notice_contents_complete": True, "participants_selected": False,
        "list_published": "2024-03-20", "particulars_published": "2024-03-20", "materials_delivered": "2024-03-22",
        "participants": 10, "interested_representatives": 5, "public": True,
        "parts_in_order": ["attendance_check", "opening", "presentation", "questions_and_debate", "confirmation"],
        "parts_in_order_complete": True, "record_signed": True, "report_made": "2024-04-08",
        "report_contents": ["organisation", "opinions", "adoption_and_reasons"], "report_contents_complete": True,
    },
    {
        "id": "talks", "kind": "opinion_hearing", "date": "2024-03-28", "form": "symposium", "interested_invited": True,
        "materials_delivered": "2024-03-22", "market_entities_heard": True, "associations_heard": True,
    },
    {"id": "trade", "kind": "trade_policy_review", "unit": "zj", "draft": "v1", "date": "2024-04-28"},
    {
        "id": "own", "kind": "unit_review", "unit": "zj", "draft": "v2", "date": "2024-05-10", "conclusion": "passed",
        "opinion_issued": True, "counsel_heard": True,
    },
    {"id": "signed", "kind": "countersigning", "unit": "zj", "draft": "v2", "date": "2024-05-10"},
    {"id": "unit", "kind": "unit_meeting", "unit": "zj", "draft": "v2", "date": "2024-05-11", "passed": True},
    {"id": "problem", "kind": "problem_report", "unit": "zj", "date": "2024-08-20", "found": "2024-08-19", "nothing_hidden": True},
    {
        "id": "paused", "kind": "suspension", "unit": "gov", "date": "2024-09-02", "statutory_procedure": True,
        "losses_limited": True,
    },
    {
        "id": "evaluation", "kind": "evaluation", "unit": "jt", "evaluator": "jt", "date": "2024-09-10", "commissioned": True,
        "voices": ["public"], "report_submitted": "2024-09-12",
        "evaluated": ["conformity_with_purpose", "costs_and_benefits", "acceptance", "fit_with_development", "effects"],
        "evaluated_complete": True, "report_contents": ["course", "execution", "problems_and_causes", "proposals"],
        "report_contents_complete": True,
    },
    {
        "id": "changed", "kind": "adjustment", "unit": "gov", "date": "2024-09-20", "major": False, "statutory_procedure": True,
        "statutory_ground": True, "losses_limited": True, "after_evaluation": True, "discussed_at_meeting": True,
    },
    {
        "id": "asked", "kind": "proposal_study", "unit": "zj", "date": "2023-12-18", "proposer": "leader", "handed_to_unit": True,
        "contents": ["main_problem", "reasons_and_basis", "preliminary_plan", "necessity_and_feasibility"],
        "contents_complete": True,
    },
]  # fmt: skip
TRAITS = {
    "enterprises_affected": True, "major_effect_on_interests": True, "great_disagreement": False, "trade_policy": True,
    "internal_affairs": False, "wide_reach": True, "complex_or_sensitive": False,
}  # fmt: skip
GONE = {"held": False}

# What is changed of which acts; then the duties that are violated, each with its article and, where it has one, its number.
Breach = tuple[dict[str, dict[str, Any]], dict[str, tuple[str, int | None]]]


def without(act: str, field: str, word: str) -> dict[str, dict[str, Any]]:
    """Return the change that takes a word out of a list of an act of the twin."""
    found = next(item for item in twin()["acts"] if item["id"] == act)
    return {act: {field: [one for one in found[field] if one != word]}}


def of(article: str, duty: str, number: int | None = None) -> dict[str, tuple[str, int | None]]:
    return {f"sd-336.{duty}": (f"第{article}", number)}


@cache
def twin() -> dict[str, Any]:
    """Return the record that meets every duty, as data."""
    data = deepcopy(read_yaml((ROOT / "examples/invented/示例县-全部合规.yaml").read_text("utf-8"), "").data)
    data["body"] |= {"name": "宁津县人民政府", "code": "371422"}
    data["traits"] |= TRAITS
    for act in data["acts"]:
        act.update(deepcopy(FACTS.get(act["id"], {})))
    data["acts"] += deepcopy(FURTHER)
    return data


BREACHES: list[Breach] = [
    ({"catalogue": {"drawn_up_by_justice": False}}, of("四条第一款", "4.1")),
    (without("catalogue", "contents", "undertaker"), of("四条第二款", "4.2")),
    (without("asked", "contents", "preliminary_plan"), of("十一条第二款", "11.2")),
    ({"own": {"opinion_issued": False}}, of("十四条第一款", "14.1-opinion")),
    ({"own": {"counsel_heard": False}}, of("十四条第一款", "14.1-counsel")),
    ({"competition": GONE}, of("十四条第二款", "14.2")),
    ({"trade": GONE}, of("十四条第三款", "14.3")),
    ({"draft": {"forecast_report_made": False}}, of("十五条", "15-report")),
    (without("draft", "forecast_contents", "methods_and_process"), of("十五条", "15-contents")),
    ({"talks": {"associations_heard": False}}, of("十九条", "19")),
    ({"talks": {"interested_invited": False}}, of("二十一条", "21-invited")),
    ({"talks": {"materials_delivered": "2024-03-26"}}, of("二十一条", "21-materials", 3)),
    ({"talks": {"materials_delivered": None, "denied": ["materials_delivered"]}}, of("二十一条", "21-materials", 3)),
    ({"hearing": GONE}, of("二十二条", "22")),
    ({"hearing": {"notice_date": "2024-03-18"}}, of("二十三条", "23", 15)),
    ({"hearing": {"notice_contents": []}}, of("二十三条第三项", "23-apply")),
    ({"hearing": {"particulars_published": "2024-04-02"}}, of("二十四条第三款", "24.3")),
    ({"hearing": {"materials_delivered": "2024-03-26"}}, {"cn-713.16.3c": ("第十六条第三款", 7)}),
    (without("hearing", "parts_in_order", "attendance_check"), of("二十五条", "25")),
    ({"hearing": {"report_made": None, "denied": ["report_made"]}}, of("二十六条第一款", "26")),
    (without("hearing", "report_contents", "adoption_and_reasons"), of("二十六条第二款", "26.2")),
    ({"opinions": {"only_support_recorded": True}}, of("二十八条", "28")),
    ({"opinions": {"opposition_withheld": True}}, of("二十八条", "28-opposition")),
    ({"opinions": {"adoption_published": False}}, of("二十九条", "29")),
    (without("experts", "expert_fields", "legal"), of("三十一条第二款", "31.2")),
    ({"experts": {"mainly_industry": False}}, of("三十一条第二款", "31.2-mainly")),
    ({"experts": {"experts": [{"name": "己", "direct_interest": True}]}}, {"cn-713.20c": ("第二十条", None)}),
    ({"experts": {"fields_covered": False}}, of("三十一条第二款", "31.2-fields")),
    ({"experts": {"materials_given": None, "denied": ["materials_given"]}}, of("三十四条第一款", "34.1-materials")),
    ({"experts": {"opinions_studied": False}}, of("三十五条", "35")),
    ({"experts": {"experts_answered": False}}, of("三十五条", "35-feedback")),
    (without("risk", "assessment_steps", "analysis"), of("三十八条", "38")),
    (without("risk", "plan_contents", "standards"), of("三十八条第一项", "38-plan")),
    (without("risk", "heard", "interested_persons"), of("三十八条第二项", "38-heard")),
    ({"risk": {"visits_made": False}}, of("三十八条第二项", "38-visits")),
    (
        {"risk": {"level": None, "assessment_steps": ["plan", "opinions", "analysis", "report"]}},
        of("三十八条第四项", "38-level"),
    ),
    (without("risk", "report_contents", "result"), of("三十九条", "39")),
    (
        {"meeting": {"risk_finding": "not_controllable", "risk_adjusted_until_controllable": False}},
        {"cn-713.24b": ("第二十四条", None)},
    ),
    ({"own": {"date": "2024-05-14"}}, of("四十一条第一款", "41.1-unit-review")),
    ({"own": GONE}, of("四十一条第一款", "41.1-unit-review")),
    ({"signed": GONE}, of("四十一条第一款", "41.1-countersigned")),
    ({"unit": {"passed": False}}, of("四十一条第一款", "41.1-meeting")),
    ({"review": {"by_justice_department": False}}, of("四十一条第一款", "41.1-justice")),
    ({"comment": {"end": "2024-05-14"}}, of("四十一条第一款", "order.public_participation-review_request")),
    ({"experts": {"date": "2024-05-15"}}, of("四十一条第一款", "order.expert_review-review_request")),
    ({"risk": {"date": "2024-05-15"}}, of("四十一条第一款", "order.risk_assessment-review_request")),
    ({"review": {"conclusion": "not_passed"}}, {"cn-713.25.2a": ("第二十五条第二款", None)}),
    (without("review", "materials", "countersignatures"), of("四十二条第一款", "42.1")),
    (without("review", "materials", "participation_papers"), of("四十二条第二款", "42.2-participation")),
    (without("review", "materials", "expert_papers"), of("四十二条第二款", "42.2-experts")),
    (without("review", "materials", "risk_papers"), of("四十二条第二款", "42.2-risk")),
    (without("review", "materials", "fair_competition_papers"), of("四十二条第二款", "42.2-competition")),
    (without("review", "materials", "trade_policy_papers"), of("四十二条第二款", "42.2-trade")),
    ({"review": {"omissions_explained": False}}, of("四十二条第二款", "42.2-reasons")),
    ({"review": {"returns": [{"date": "2024-05-13", "resubmitted": "2024-05-17"}]}}, of("四十二条第三款", "42.3", 3)),
    (without("review", "handling", "advised_not_to_submit"), of("四十五条第一项", "45-1")),
    (without("review", "handling", "returned_to_cure"), of("四十五条第二项", "45-2")),
    (without("review", "handling", "changes_proposed"), of("四十五条第三项", "45-3")),
    (without("review", "opinion_contents", "conclusion"), of("四十六条第二款", "46.2")),
    (without("review", "opinion_contents", "reasons_and_risks"), of("四十六条第二款第三项", "46.2-reasons")),
    ({"review": {"reasons_reported": False}}, of("四十七条", "47")),
    (
        {"meeting": {"meeting_type": "special_topic"}},
        of("四十八条", "48") | {"cn-713.30.1a": ("第三十条第一款", None), "cn-713.30.1b": ("第三十条第一款", None)},
    ),
    (without("submit", "package", "request"), of("四十九条第一项", "49")),
    (without("submit", "package", "trade_policy"), of("四十九条第六项", "49-trade")),
    ({"meeting": {"undertaker_explained": False}}, of("五十条第一款第一项", "50.1")),
    ({"assigned": {"tasks_divided": False}}, of("五十三条第一款", "53.1")),
    ({"assigned": {"shirked": True}}, of("五十三条第二款", "53.2")),
    ({"problem": {"nothing_hidden": False}}, of("五十四条第一款", "54.1")),
    ({"executed": {"opinions_handled": False}}, of("五十四条第二款", "54.2")),
    ({"changed": {"statutory_ground": False}}, of("五十五条第一款", "55.1")),
    ({"paused": {"losses_limited": False}}, of("五十五条第三款", "55.3")),
    (without("evaluation", "evaluated", "fit_with_development"), of("五十六条", "56")),
    (without("evaluation", "report_contents", "execution"), of("五十七条第二款", "57.2")),
    ({"changed": {"discussed_at_meeting": False}}, of("五十七条第三款", "57.3")),
]  # fmt: skip


GENERAL: dict[str, dict[str, dict[str, Any]]] = {
    "sd-336.24.2-half": {"hearing": {"interested_representatives": 4}},
    "sd-336.31.3": {"experts": {"expert_count": 4}},
    "sd-336.31.3-seven": {"experts": {"expert_count": 6}},
    "sd-336.34.1": {"experts": {"materials_given": "2024-04-02"}},
}


@cache
def law() -> Law:
    """Return the law that ships, of that of Shandong this rule alone."""
    found = standard_law()
    kept = tuple(
        pack for pack in found.packs if pack.head.id == "sd-336" or not pack.head.place.startswith("37")
    )
    return replace(found, packs=kept)


def report(changes: dict[str, dict[str, Any]] | None = None, **rest: Any) -> dp.Report:
    data = deepcopy(twin())
    data["body"]["code"] = rest.pop("code", "371422")
    data["traits"] |= rest
    for name, fields in (changes or {}).items():
        act = next(act for act in data["acts"] if act["id"] == name)
        act.update(deepcopy(fields))
        for key in [key for key, value in act.items() if value is None]:
            del act[key]
    return dp.check(dp.decision(data), as_of=AS_OF, law=law())


def test_the_compliant_twin_has_no_finding() -> None:
    found = report()

    assert violated(found) == set()
    assert [
        v.duty
        for v in found.verdicts
        if v.duty.startswith("sd-336") and v.outcome not in ("satisfied", "not_applicable")
    ] == []


@pytest.mark.parametrize(
    ("changes", "expected"), BREACHES, ids=["+".join(found) or "none" for _, found in BREACHES]
)
def test_one_breach_is_found_alone(
    changes: dict[str, dict[str, Any]], expected: dict[str, tuple[str, int | None]]
) -> None:
    found = report(changes)

    assert_violated_alone(found, expected, law())
    for finding in found.findings():
        for said in map(finding.sentence, ("zh", "en") if finding.duty in expected else ()):
            assert said
            assert not set("_{}") & set(said)


def test_each_duty_of_the_rule_has_a_breach_here_or_is_for_a_person_at_most() -> None:
    pack = next(pack for pack in law().packs if pack.head.id == "sd-336")
    tested = {duty for _, expected in BREACHES for duty in expected} | set(GENERAL)

    assert {rule.id for rule in pack.rules} - tested == {
        "sd-336.44.2",
        "sd-336.57.1",
        "sd-336.order.trade_policy_review-review_request",
    }


def test_five_at_once_are_exactly_these() -> None:
    rows = [
        row
        for row in BREACHES
        if set(row[1]) & {f"sd-336.{name}" for name in ("21-materials", "23", "28", "42.3", "55.1")}
    ]
    rows = [row for at, row in enumerate(rows) if not any(row[1] == other[1] for other in rows[:at])]

    found = report({act: fields for changes, _ in rows for act, fields in changes.items()})

    assert len(rows) == 5
    assert violated(found) == {duty for _, expected in rows for duty in expected}


def test_article_62_follows_from_shirking_and_concealing_and_no_other_breach_of_the_executing_unit() -> None:
    found = report(
        {
            "assigned": {"shirked": True},
            "problem": {"nothing_hidden": False},
            "executed": {"opinions_handled": False},
            "paused": {"losses_limited": False},
        }
    )

    assert violated(found) == {"sd-336.53.2", "sd-336.54.1", "sd-336.54.2", "sd-336.55.3"}
    for kind in ("consequence", "answers"):
        reached = {(item.get("duty"), item.get("provision")) for item in found.concluded(kind)}
        assert reached == {("sd-336.53.2", "sd-336.62"), ("sd-336.54.1", "sd-336.62")}


@pytest.mark.parametrize("duty", ["53.2", "54.2"])
def test_the_page_of_a_duty_names_article_62_only_where_the_article_speaks_of_it(duty: str) -> None:
    pack = next(pack for pack in law().packs if pack.head.id == "sd-336")
    rule = next(rule for rule in pack.rules if rule.id == f"sd-336.{duty}")

    page = "\n".join(as_lines(duty_sheet(law(), pack, rule, "zh")))

    assert ("第六十二条" in page) == (duty == "53.2")


@pytest.mark.parametrize("duty", GENERAL)
def test_what_the_text_says_in_general_is_for_a_person(duty: str) -> None:
    found = report(GENERAL[duty])

    assert violated(found) == set()
    assert [(v.outcome, v.caps) for v in found.about(duty)] == [("needs_judgement", ("general",))]


def test_a_report_of_an_evaluation_that_is_still_to_come_is_for_a_person() -> None:
    found = report({"evaluation": {"report_submitted": None, "denied": ["report_submitted"]}})

    assert violated(found) == set()
    assert [(v.outcome, v.caps) for v in found.about("sd-336.57.1")] == [("needs_judgement", ())]


@pytest.mark.parametrize(
    ("traits", "outcome"),
    [
        ({"major_effect_on_interests": False}, "not_applicable"),
        ({"major_effect_on_interests": False, "major_disagreement": True}, "not_applicable"),
        ({"major_effect_on_interests": False, "great_disagreement": True}, "violated"),
        ({"vital_interests": False}, "not_applicable"),
    ],
)
def test_a_hearing_is_due_for_major_effect_on_vital_interests_or_great_disagreement(
    traits: dict[str, Any], outcome: str
) -> None:
    found = report({"hearing": GONE}, **traits)

    assert [verdict.outcome for verdict in found.about("sd-336.22")] == [outcome]


@pytest.mark.parametrize(
    ("returns", "days", "outcome"),
    [
        ([], 7, "satisfied"),
        ([{"date": "2024-05-14", "resubmitted": "2024-05-15"}], 6, "needs_judgement"),
    ],
)
def test_the_time_for_the_review_is_that_to_the_meeting_less_that_of_supplement(
    returns: list[dict[str, str]], days: int, outcome: str
) -> None:
    found = report(
        {
            "review": {"date": "2024-05-15", "returns": returns},
            "submit": {"date": "2024-05-20"},
            "meeting": {"date": "2024-05-23"},
            "decide": {"date": "2024-05-23"},
        }
    )

    (verdict,) = found.about("sd-336.44.2")
    (national,) = found.about("cn-713.26.2")
    (period,) = dp.counted_days(found, "sd-336.44.2")
    assert (verdict.outcome, period.number) == (outcome, days)
    assert national.reasons == ("replaced",)
    assert violated(found) == set()


@pytest.mark.parametrize(
    ("act", "fields", "duty"),
    [("assigned", {"shirked": True}, "sd-336.53.2"), ("paused", {"losses_limited": False}, "sd-336.55.3")],
)
def test_what_executing_units_owe_is_not_owed_by_the_body_that_acted(
    act: str, fields: dict[str, Any], duty: str
) -> None:
    found = report({act: fields})

    assert {item.get("unit") for item in found.concluded("bore") if item.get("duty") == duty} == {"zj"}


def test_no_discussion_closes_the_decision_under_the_rule_of_the_province() -> None:
    found = report({"meeting": {"meeting_type": "special_topic"}})

    assert "sd-336.48" in found.gate("decision").blocked_by


def test_an_article_that_repeats_the_regulation_is_a_second_citation_and_no_second_finding() -> None:
    found = report({"comment": {"end": "2024-03-20"}})

    (verdict,) = found.about("cn-713.15.1c")
    assert "sd-336.20.2" in verdict.related
    assert not [item.duty for item in found.verdicts if item.duty == "sd-336.20.2"]
    assert "第二十条第二款" in dp.as_text(found)


def test_what_two_instruments_ask_of_fair_competition_is_one_finding() -> None:
    changes = {
        "competition": {"held": False},
        "issued": {"date": "2024-08-20"},
        "published": {"date": "2024-08-21"},
    }

    found = report(changes)

    assert len(violated(found) & {"sd-336.14.2", "comp-fcr.FCR-2"}) == 1


def test_internal_affairs_are_out_of_the_rule_and_for_a_person_under_the_regulation() -> None:
    found = report({"talks": {"interested_invited": False}}, internal_affairs=True)

    outcomes = {verdict.outcome for verdict in found.verdicts if verdict.duty.startswith("sd-336.")}
    assert outcomes == {"not_applicable"}
    assert [v.outcome for v in found.about("cn-713.scope")] == ["needs_judgement"]


def test_a_county_elsewhere_does_not_know_the_rule() -> None:
    found = report({"hearing": {"notice_date": "2024-03-18"}}, code="430000")

    assert not [duty for duty in found.duties if duty.startswith("sd-")]


@pytest.mark.parametrize(
    ("kind", "level", "binding"),
    [
        ("government", "county", "direct"),
        ("department", "county", "reference"),
        ("government", "township", "reference"),
        ("authorised_body", "subdistrict", "uncertain"),
    ],
)
def test_departments_and_townships_are_bound_by_reference_and_subdistricts_are_not_named(
    kind: str, level: str, binding: str
) -> None:
    body = {"name": "某机关", "kind": kind, "level": level, "code": "371422"}
    record = {"schema": 1, "title": "t", "body": body, "catalogue": {"listed": True}}
    record["acts"] = [
        {"kind": "opinion_handling", "id": "o", "date": "2024-05-20", "opposition_withheld": True}
    ]

    found = dp.check(dp.decision(record), as_of=AS_OF, law=law())

    assert {verdict.binding for verdict in found.about("sd-336.28-opposition")} == {binding}


def test_acts_before_2021_are_not_judged_by_it() -> None:
    body = {"name": "宁津县人民政府", "kind": "government", "level": "county", "code": "371422"}
    hearing = {"kind": "hearing", "id": "h", "notice_date": "2020-12-28", "date": "2021-01-08"}
    record = {"schema": 1, "title": "t", "body": body, "catalogue": {"listed": True}, "acts": [hearing]}

    found = dp.check(dp.decision(record), as_of=AS_OF, law=law())

    tested = {v.duty for v in found.verdicts if v.act == "h" and v.outcome != "not_applicable"}
    assert not [duty for duty in tested if duty.startswith("sd-336")]
