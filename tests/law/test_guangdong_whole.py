"""粤府令第288号 and 第303号 with what statutes of 广东 add, seen whole: each breach of a number, a 不得 or a named attendee is found, alone and in company.

`TWIN` meets every duty of both; each row of `BREACHES` changes one fact of it and names what is violated then.
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
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.crosslint import broken_links
from decision_procedure.law.forces import force_faults, force_word
from decision_procedure.law.loading import load_pack, load_together
from decision_procedure.sources import read_yaml

ROOT = Path(__file__).parents[2]
AS_OF = date(2024, 9, 30)
FACTS: dict[str, dict[str, Any]] = {
    "study": {"in_writing": True},
    "start": {"put_by_office": True},
    "opinions": {"some_refused": True, "feedback_given": True, "reasons_given": True},
    "experts": {"materials_given": "2024-04-05", "report_compiled": True, "some_refused": False},
    "risk": {
        "third_party_qualified": True,
        "third_party_part": "main",
        "assessment_steps": ["plan", "opinions", "analysis", "degree", "report"],
        "assessment_steps_complete": True,
        "heard": ["departments", "interested_persons", "public"],
        "heard_complete": True,
        "report_contents": [
            "matter_and_course", "methods_and_basis", "opinions_and_adoption", "conclusion_and_advice",
            "risk_points", "preventive_measures", "response_plans",
        ],
    },
    "review": {
        "leaning_asked": False,
        "counsel_interested": False,
        "materials": ["draft", "legal_basis", "procedure_statement", "unit_review_opinion"],
    },
    "submit": {
        "package": [
            "draft", "fair_competition", "public_opinions", "expert_opinions", "risk_report", "review_opinion",
            "request", "legal_basis", "unit_meeting_papers",
        ],
    },
    "meeting": {
        "deputy_reviewed": True,
        "chief_tabled": True,
        "heads_attending": ["office", "undertaker", "reviewer"],
        "heads_attending_complete": True,
        "undertaker_explained": True,
    },
    "party": {"by_party_group": True},
}  # fmt: skip
HEARING: dict[str, Any] = {
    "id": "hearing", "kind": "hearing", "unit": "zj", "draft": "v1", "date": "2024-04-01", "notice_date": "2024-03-04",
    "draft_published": True, "explanation_published": True, "time_and_place_stated": True, "participants_selected": False,
    "notice_contents": [
        "purpose", "content", "basis", "time", "place", "way_of_producing", "range_of_participants", "number_of_participants",
    ],
    "notice_contents_complete": True, "all_sides_represented": True, "list_published": "2024-03-18",
    "list_contents": ["chair", "presenters", "participants", "recorder", "identities"], "list_contents_complete": True,
    "materials_delivered": "2024-03-22", "notice_delivered": "2024-03-22", "public": True, "observers_allowed": True,
    "parts_in_order": [
        "attendance_check", "opening", "presentation", "questions_and_debate", "last_statements", "closing", "confirmation",
    ],
    "parts_in_order_complete": True, "record_signed": True,
    "record_signed_by": ["chair", "presenters", "participants", "recorder"], "record_signed_by_complete": True,
    "participants": 9, "attended": 9, "applicants": 12, "applicants_recorded": True, "postponed": False,
    "third_party_commissioned": False, "chair_drafted": False, "chair_interested": False, "chair_partial": False,
    "presented_by_undertaker": True, "signing_refused": False, "majority_opposed": False, "told_in_writing": True,
    "adoption_published": True, "report_made": "2024-04-08",
    "report_contents": ["organisation", "participants", "opinions", "issues_in_dispute", "analysis_and_proposals"],
    "report_contents_complete": True, "record_attached": True,
}  # fmt: skip
FURTHER: list[dict[str, Any]] = [
    HEARING,
    {
        "id": "asked", "kind": "hearing_suggestion", "date": "2024-03-11", "studied": True, "accepted": False,
        "in_writing": True, "answered": "2024-04-12", "reasons_given": True,
    },
    {"id": "own", "kind": "unit_review", "draft": "v1", "date": "2024-05-06", "conclusion": "passed"},
    {"id": "unit", "kind": "unit_meeting", "draft": "v1", "date": "2024-05-10", "passed": True},
    {
        "id": "talks", "kind": "opinion_hearing", "date": "2024-03-28", "form": "symposium", "market_entities_heard": True,
        "associations_heard": True, "representatives_invited": True, "minutes_made": True,
        "third_party_commissioned": False,
    },
]  # fmt: skip
EVALUATION: dict[str, Any] = {
    "id": "evaluation", "kind": "evaluation", "unit": "jt", "evaluator": "jt", "date": "2024-09-20", "commissioned": True,
    "voices": ["public"], "experts_argued_before": False,
    "evaluated": ["implementation", "costs_and_benefits", "acceptance", "effects", "problems_and_causes"],
    "evaluated_complete": True, "evaluation_steps": ["group", "plan", "investigation", "report"],
    "evaluation_steps_complete": True, "report_contents": ["course", "findings", "problems_and_measures", "proposals"],
    "report_contents_complete": True,
}  # fmt: skip
FURTHER.append(EVALUATION)
TRAITS = {"enterprises_affected": True, "options_to_compare": False, "risk_circumstances_changed": False}

# What is changed of which act; then the duties that are violated, each with its article and, where it has one, its number.
Breach = tuple[str, dict[str, Any], dict[str, tuple[str, int | None]]]
BREACHES: list[Breach] = [
    ("hearing", {"notice_date": "2024-03-13"}, {"gd-303.16": ("第十六条", 20)}),
    ("hearing", {"list_published": "2024-03-23"}, {"gd-303.20": ("第二十条第一款", 10)}),
    ("hearing", {"notice_delivered": "2024-03-26"}, {"gd-303.21-notice": ("第二十一条第一款", 7)}),
    ("hearing", {"materials_delivered": "2024-03-26"}, {"cn-713.16.3c": ("第十六条第三款", 7)}),
    ("hearing", {"participants": 10}, {"gd-303.19.1": ("第十九条第一款", None)}),
    ("hearing", {"attended": 5}, {"gd-303.19.2-quorum": ("第十九条第二款", 2)}),
    ("hearing", {"report_made": "2024-04-12"}, {"gd-303.26": ("第二十六条", 10)}),
    ("hearing", {"report_made": None, "denied": ["report_made"]}, {"gd-303.26": ("第二十六条", 10)}),
    ("hearing", {"chair_drafted": True}, {"gd-303.9": ("第九条", None)}),
    ("hearing", {"chair_interested": True}, {"gd-303.9": ("第九条", None)}),
    ("hearing", {"record_signed_by": ["presenters", "participants", "recorder"]}, {"gd-303.25": ("第二十五条第一款", None)}),
    ("hearing", {"told_in_writing": False}, {"gd-303.28.2": ("第二十八条第二款", None)}),
    (
        "hearing",
        {
            "postponed": True, "planned_date": "2024-03-01", "postponement_told": True, "postponement_published": True,
            "postponement_explained": True,
        },
        {"gd-303.19.2-postponed": ("第十九条第二款", 30)},
    ),
    ("asked", {"answered": "2024-04-26"}, {"gd-303.14.2-answer": ("第十四条第二款", 10)}),
    ("asked", {"reasons_given": False}, {"gd-303.14.2-reasons": ("第十四条第二款", None)}),
    ("experts", {"materials_given": "2024-04-06"}, {"gd-288.22.3": ("第二十二条第三款", 7)}),
    ("own", {"conclusion": "not_passed"}, {"gd-288.31.1": ("第三十一条第一款", None)}),
    ("own", {"date": "2024-05-11"}, {"gd-288.31.1": ("第三十一条第一款", None)}),
    ("unit", {"passed": False}, {"gd-288.31.2": ("第三十一条第二款", None)}),
    ("review", {"leaning_asked": True}, {"gd-288.31.2-leaning": ("第三十一条第二款", None)}),
    ("meeting", {"heads_attending": ["undertaker", "reviewer"]}, {"gd-288.39": ("第三十九条", None)}),
    ("meeting", {"heads_attending": ["office", "reviewer"]}, {"gd-288.39": ("第三十九条", None)}),
    ("meeting", {"heads_attending": ["office", "undertaker"]}, {"gd-288.39": ("第三十九条", None)}),
    ("talks", {"market_entities_heard": False}, {"gd-288.15.3": ("第十五条第三款", None)}),
    ("party", {"by_party_group": False}, {"gd-288.4.2": ("第四条第二款", None)}),
    ("opinions", {"feedback_given": False}, {"gd-288.20": ("第二十条", None)}),
    ("evaluation", {"experts_argued_before": True}, {"gd-288.46.2": ("第四十六条第二款", None)}),
    ("evaluation", {"evaluation_steps": ["group", "plan", "report"]}, {"gd-288.48": ("第四十八条", None)}),
    ("evaluation", {"evaluator": "pg"}, {"cn-713.36.2": ("第三十六条第二款", None)}),
    (
        "comment",
        {"end": "2024-04-02", "shortening_explained": "not"},
        {"cn-713.15.1c": ("第十五条第一款", 30), "cn-713.15.1d": ("第十五条第一款", 30)},
    ),
    ("review", {"conclusion": "not_passed"}, {"cn-713.25.2a": ("第二十五条第二款", None)}),
    (
        "meeting",
        {"meeting_type": "special_topic"},
        {
            "gd-288.37": ("第三十七条", None), "cn-713.30.1a": ("第三十条第一款", None),
            "cn-713.30.1b": ("第三十条第一款", None),
        },
    ),
]  # fmt: skip


@cache
def twin() -> dict[str, Any]:
    """Return the record that meets every duty, as data."""
    data = deepcopy(read_yaml((ROOT / "examples/invented/示例县-全部合规.yaml").read_text("utf-8"), "").data)
    data["body"] |= {"name": "广宁县人民政府", "code": "441223"}
    data["traits"] |= TRAITS
    for act in data["acts"]:
        act.update(deepcopy(FACTS.get(act["id"], {})))
    data["acts"] += deepcopy(FURTHER)
    return data


def report(*changes: tuple[str, dict[str, Any]], code: str = "441223") -> dp.Report:
    data = deepcopy(twin())
    data["body"]["code"] = code
    for name, fields in changes:
        act = next(act for act in data["acts"] if act["id"] == name)
        act.update(fields)
        data["acts"] = [
            {key: value for key, value in item.items() if value is not None or item is not act}
            for item in data["acts"]
        ]
    return dp.check(dp.decision(data), as_of=AS_OF)


def test_the_compliant_twin_has_no_finding() -> None:
    found = report()

    assert violated(found) == set()
    assert not [
        v.duty for v in found.verdicts if v.duty.startswith("gd-303") and v.outcome == "needs_judgement"
    ]
    assert not [
        v.duty for v in found.verdicts if v.duty.startswith("gd-288") and v.outcome == "needs_judgement"
    ]


@pytest.mark.parametrize(
    ("act", "fields", "expected"), BREACHES, ids=[f"{'+'.join(e)}" for _, _, e in BREACHES]
)
def test_one_breach_is_found_alone(
    act: str, fields: dict[str, Any], expected: dict[str, tuple[str, int | None]]
) -> None:
    found = report((act, fields))

    assert_violated_alone(found, expected, standard_law())


def test_five_at_once_are_exactly_these() -> None:
    rows = [BREACHES[at] for at in (0, 6, 13, 15, 20)]

    found = report(*((act, fields) for act, fields, _ in rows))

    assert violated(found) == {duty for _, _, expected in rows for duty in expected}


def test_fewer_than_nine_participants_are_for_a_person() -> None:
    found = report(("hearing", {"participants": 7, "attended": 7}))

    (verdict,) = found.about("gd-303.19.1-least")
    assert violated(found) == set()
    assert (verdict.outcome, verdict.caps) == ("needs_judgement", ("general",))


@pytest.mark.parametrize(
    ("duty", "zh", "en"),
    [
        (4, "参加人数为10，不是单数", "10, which is not odd"),
        (5, "出席人数为5，不足参加人数（9）的2/3", "fewer than 2/3 of the 9"),
        (6, "间隔11日", "it took 11 days"),
    ],
)
def test_amounts_are_told_in_both_languages(duty: int, zh: str, en: str) -> None:
    act, fields, _ = BREACHES[duty]
    found = report((act, fields))

    (finding,) = [item for item in found.findings() if item.duty.startswith("gd-303")]
    assert zh in finding.sentence("zh")
    assert en in finding.sentence("en")


def test_a_county_elsewhere_knows_neither_rule() -> None:
    found = report(("hearing", {"participants": 10}), code="430000")

    assert not [duty for duty in found.duties if duty.startswith("gd-")]


def test_a_compliant_example_from_elsewhere_reads_as_though_there_were_no_law_of_guangdong() -> None:
    (path,) = (ROOT / "examples" / "invented").glob("*-全部合规.yaml")
    data = read_yaml(path.read_text("utf-8"), path.name).data
    data["body"]["code"] = "371422"
    law = standard_law()
    without = replace(law, packs=tuple(pack for pack in law.packs if pack.head.place != "44"))

    found, other = (dp.check(dp.decision(data), as_of=AS_OF, law=used) for used in (law, without))

    assert len(without.packs) < len(law.packs)
    assert [(item.duty, item.act, item.outcome) for item in found.findings()] == [
        (item.duty, item.act, item.outcome) for item in other.findings()
    ]


@pytest.mark.parametrize(
    ("kind", "level", "binding"),
    [
        ("government", "county", "direct"),
        ("department", "county", "reference"),
        ("government", "township", "reference"),
        ("authorised_body", "subdistrict", "reference"),
        ("administrative_committee", "county", "uncertain"),
    ],
)
def test_departments_townships_and_subdistricts_are_bound_by_reference(
    kind: str, level: str, binding: str
) -> None:
    body = {"name": "某机关", "kind": kind, "level": level, "code": "441223"}
    record = {"schema": 1, "title": "t", "body": body, "catalogue": {"listed": True}}
    record["acts"] = [{"kind": "hearing", "id": "h", "date": "2024-05-20", "participants": 4}]

    found = dp.check(dp.decision(record), as_of=AS_OF)

    assert {verdict.binding for verdict in found.about("gd-303.19.1")} == {binding}


def test_a_hearing_announced_before_2024_is_not_judged_by_the_new_rule() -> None:
    record = {"schema": 1, "title": "t", "body": deepcopy(twin()["body"]), "catalogue": {"listed": True}}
    hearing = {
        "kind": "hearing",
        "id": "h",
        "notice_date": "2023-12-15",
        "date": "2024-01-05",
        "participants": 4,
    }
    record["body"].pop("unit")
    record["acts"] = [hearing]

    found = dp.check(dp.decision(record), as_of=AS_OF)

    tested = {v.duty for v in found.verdicts if v.act == "h" and v.outcome != "not_applicable"}
    assert not [duty for duty in tested if duty.startswith("gd-303")]
    assert "gd-183.notice" in tested


@pytest.mark.parametrize(
    ("public", "ground", "outcome"),
    [
        (True, None, "satisfied"), (False, "state_secret", "satisfied"), (False, "trade_secret", "satisfied"),
        (False, "privacy", "satisfied"), (False, "internal_affairs", "violated"), (False, None, "undetermined"),
    ],
)  # fmt: skip
def test_a_hearing_closed_on_a_ground_of_the_rule_breaks_nothing(
    public: bool, ground: str | None, outcome: str
) -> None:
    found = report(("hearing", {"public": public, "closed_ground": ground}))

    (own,), (national,) = found.about("gd-303.22"), found.about("cn-713.17-public")
    assert own.outcome == outcome
    assert (national.outcome, national.reasons, national.related) == (
        "not_applicable",
        ("replaced",),
        ("gd-303.22",),
    )
    assert ("gd-303.22" in violated(found)) is (outcome == "violated")


def test_elsewhere_no_ground_lets_a_hearing_be_closed() -> None:
    found = report(("hearing", {"public": False, "closed_ground": "privacy"}), code="430000")

    assert "cn-713.17-public" in violated(found)


@pytest.mark.parametrize(
    ("returns", "days", "outcome"),
    [
        ([], 11, "satisfied"),
        ([{"date": "2024-05-14", "resubmitted": "2024-05-17"}], 8, "satisfied"),
        ([{"date": "2024-05-14", "resubmitted": "2024-05-20"}], 7, "satisfied"),
        ([{"date": "2024-05-14", "resubmitted": "2024-05-21"}], 6, "needs_judgement"),
    ],
)
def test_the_time_for_the_review_goes_on_from_the_first_sending_less_that_of_supplement(
    returns: list[dict[str, str]], days: int, outcome: str
) -> None:
    found = report(
        ("review", {"sent": "2024-05-13", "returns": returns, "date": "2024-05-22"}),
        ("submit", {"date": "2024-05-23"}),
        ("meeting", {"date": "2024-05-29"}),
        ("decide", {"date": "2024-05-29"}),
    )

    (verdict,) = found.about("gd-288.34")
    (national,) = found.about("cn-713.26.2")
    (period,) = dp.counted_days(found, "gd-288.34")
    assert (verdict.outcome, period.number) == (outcome, days)
    assert national.reasons == ("replaced",)


def test_a_major_decision_without_any_assessment_is_for_a_person_and_accuses_nobody() -> None:
    data = deepcopy(twin())
    data["acts"] = [act for act in data["acts"] if act["kind"] != "risk_assessment"]
    data["traits"] |= {"possible_harm": False, "risk_assessed_before": False}

    found = dp.check(dp.decision(data), as_of=AS_OF)

    (verdict,) = found.about("gd-pa.14.1")
    assert (verdict.outcome, verdict.caps) == ("needs_judgement", ())
    assert not [item for item in found.violations if item.duty.startswith("gd-pa")]


LAND: dict[str, list[dict[str, Any]]] = {
    "expropriation_preparation": [
        {"date": "2024-01-04", "notice_published": True, "survey_done": True, "notice_ended": "2024-01-18"},
        {"notice_recorded": True, "survey_confirmed": False, "survey_posted": "2024-01-22"},
        {"survey_posted_until": "2024-02-05"},
    ],
    "compensation_plan_notice": [
        {"start": "2024-03-01", "end": "2024-04-05", "notice_recorded": True, "most_object": True},
        {"notice_contents": ["registration", "consequences", "objections"], "notice_contents_complete": True},
        {"plan_changed": True, "announced_again": "2024-04-22", "announced_again_until": "2024-05-08"},
        {"registration_restated": True},
    ],
}


def land(kind: str | None = None, **fields: Any) -> set[str]:
    """Return what of the land rule is violated where one fact is changed."""
    data = deepcopy(twin()) | {"tracks": ["land_expropriation"]}
    for name, parts in LAND.items():
        act = {"id": name, "kind": name} | {key: value for part in parts for key, value in part.items()}
        data["acts"].append(act | (fields if name == kind else {}))
    data["traits"] |= {"hearing_thought_needed": False}
    found = dp.check(dp.decision(data), as_of=AS_OF)
    return {duty for duty in violated(found) if duty.startswith(("gd-land", "track-land.2"))} - {
        "track-land.26-risk-persons"
    }


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (None, {}, set()),
        # Guangdong repeats the ten working days: one finding, with a second citation.
        ("expropriation_preparation", {"notice_ended": "2024-01-17"}, {"track-land.26-days"}),
        ("expropriation_preparation", {"notice_recorded": False}, {"gd-land.27-record"}),
        ("expropriation_preparation", {"survey_posted_until": "2024-02-03"}, {"gd-land.28"}),
        ("compensation_plan_notice", {"notice_recorded": False}, {"gd-land.30.1-record"}),
        (
            "compensation_plan_notice",
            {"notice_contents": ["registration"]},
            {"gd-land.30.1-contents", "track-land.28-contents"},
        ),
        (
            "compensation_plan_notice",
            {"notice_contents": ["registration", "objections"]},
            {"gd-land.30.1-contents"},
        ),
        ("compensation_plan_notice", {"announced_again_until": "2024-05-06"}, {"gd-land.30.2-again"}),
        ("compensation_plan_notice", {"registration_restated": False}, {"gd-land.30.2-registration"}),
        (
            "compensation_plan_notice",
            {"plan_changed": False, "no_change_explained": False},
            {"gd-land.30.2-reason"},
        ),
    ],
)
def test_expropriation_in_guangdong_has_its_own_days_and_records(
    kind: str | None, fields: dict[str, Any], expected: set[str]
) -> None:
    assert land(kind, **fields) == expected


def test_an_article_that_repeats_the_regulation_is_a_second_citation_and_no_second_finding() -> None:
    found = report(("comment", {"end": "2024-03-20"}))

    (verdict,) = found.about("cn-713.15.1c")
    assert "gd-288.17" in verdict.related
    assert not [item.duty for item in found.verdicts if item.duty == "gd-288.17"]
    assert "第十七条第一款" in dp.as_text(found)


def test_a_repeated_article_is_not_cited_before_its_instrument_was_in_force() -> None:
    body = {"name": "广宁县人民政府", "kind": "government", "level": "county", "code": "441223"}
    comment = {
        "kind": "public_comment",
        "id": "c",
        "start": "2021-09-01",
        "end": "2021-09-10",
        "notice_date": "2021-09-01",
    }
    record = {"schema": 1, "title": "t", "body": body, "catalogue": {"listed": True}, "acts": [comment]}

    (verdict,) = dp.check(dp.decision(record), as_of=AS_OF).about("cn-713.15.1c")

    assert verdict.related == ()


def test_an_article_cannot_repeat_a_duty_that_does_not_exist() -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "gd-303")
    assert pack.source is not None
    text = pack.source.text.replace("of: [cn-713.16.3c]", "of: [cn-713.16.9z]")
    others = [other for other in standard_law().packs if other is not pack]

    faults = broken_links((*others, load_pack(text, "x.yaml")))

    assert [fault.key for fault in faults if "16.9z" in fault.en] == ["repeats[1].of"]


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("article: 第三十四条", "article: 第三十四条", False),
        ("workdays: {value: 7, unit: 工作日, mark: V}", "workdays: {value: 6, unit: 工作日, mark: V}", True),
        ("displaces: [cn-713.26.2]", "displaces: [cn-713.26.1a]", True),
    ],
)
def test_a_rule_may_say_how_the_regulation_counts_and_change_neither_its_number_nor_anything_else(
    old: str, new: str, refused: bool
) -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "gd-288")
    assert pack.source is not None
    assert old in pack.source.text
    others = [other for other in standard_law().packs if other is not pack]

    (changed,), _ = load_together([("x.yaml", pack.source.text.replace(old, new))], others)
    faults = broken_links((*others, changed))

    assert bool([fault for fault in faults if "displaces" in fault.key]) is refused


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("应当公布,一般不少于三十日", "一般"),
        ("应当经集体讨论,未经讨论的不得决定", "应当"),
        ("公告时间不得少于三十日", None),
        ("不得委托承担过论证的专家", "不得"),
        ("可以举行听证会", "可以"),
        ("公布草案", None),
    ],
)
def test_the_word_of_force_of_a_paraphrase_is_read(text: str, word: str | None) -> None:
    assert force_word(text) == word


def test_no_duty_that_ships_says_another_force_than_it_has() -> None:
    assert [fault.text("en") for pack in standard_law().packs for fault in force_faults(pack)] == []
