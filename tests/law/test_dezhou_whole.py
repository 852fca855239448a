"""德州市重大行政决策程序规定 (2022) and 山东省行政程序规定 (2011) on 宁津: each breach alone and in company.

The record that meets every duty is that of the rule of the province (`test_shandong_whole`), with what the city asks beside it.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from local_law import assert_violated_alone, violated
from test_shandong_whole import twin as provincial

import decision_procedure as dp
from decision_procedure.law.applicable import standard_law

ROOT = Path(__file__).parents[2]
AS_OF = date(2024, 9, 30)
DRAFT = ["goal", "tasks", "measures", "timetable", "executor", "budget", "explanation"]
FACTS: dict[str, dict[str, Any]] = {
    "study": {"collectively_studied": True},
    "catalogue": {"contents": ["matter_name", "undertaker", "planned_date"], "filed_upward": "2024-01-30"},
    "draft": {"draft_contents": DRAFT, "draft_contents_complete": True},
    "review": {"extension_approved": False, "time_not_counted": False},
    "assigned": {"execution_plan_made": True},
}
NEGOTIATION: dict[str, Any] = {
    "id": "negotiated", "kind": "opinion_hearing", "date": "2024-03-29", "form": "negotiation",
    "interested_invited": True, "materials_delivered": "2024-03-26", "market_entities_heard": True,
    "associations_heard": True,
}  # fmt: skip
GONE = {"held": False}
LATE_REVIEW: dict[str, dict[str, Any]] = {
    "review": {"returns": None, "date": "2024-06-04"},
    "submit": {"date": "2024-06-05"},
}

Breach = tuple[dict[str, dict[str, Any]], dict[str, tuple[str, int | None]]]


def of(article: str, duty: str, number: int | None = None) -> dict[str, tuple[str, int | None]]:
    return {f"dz-2022.{duty}": (f"第{article}", number)}


BREACHES: list[Breach] = [
    ({"study": {"collectively_studied": False}}, of("十条", "10-studied")),
    ({"catalogue": {"contents": ["matter_name", "undertaker"]}}, of("十一条第二款", "11.2-date")),
    ({"catalogue": {"filed_upward": "2024-01-31"}}, of("十一条第三款", "11.3", 15)),
    ({"catalogue": {"filed_upward": None, "denied": ["filed_upward"]}}, of("十一条第三款", "11.3", 15)),
    ({"draft": {"draft_contents": DRAFT[:5] + DRAFT[6:]}}, of("十三条第二款", "13.2")),
    ({"draft": {"draft_contents": DRAFT[:6]}}, of("十三条第二款", "13.2")),
    ({"comment": GONE}, of("十五条第一款", "15.1")),
    ({"negotiated": {"interested_invited": False}}, of("十六条第二款第一项", "16.2-invited")),
    ({"negotiated": {"materials_delivered": "2024-03-27"}}, of("十六条第二款第一项", "16.2-materials", 3)),
    ({"talks": {"materials_delivered": "2024-03-26"}}, {"sd-336.21-materials": ("第二十一条", 3)}),
    ({"hearing": GONE}, {"sd-336.22": ("第二十二条", None)}),
    ({"review": {"materials": "-unit_meeting_papers"}}, of("二十一条第一款第六项", "21.1")),
    (LATE_REVIEW, of("二十三条", "23", 15)),
    ({"published": {"date": "2024-07-25"}}, of("三十条第一款", "30.1", 20) | {"comp-ogi.OGI-26": ("第二十六条", 20)}),
    (
        {"published": GONE, "explained": GONE},
        of("三十条第一款", "30.1-absent", 20) | {"comp-ogi.OGI-26-absent": ("第二十六条", 20)},
    ),
    ({"assigned": {"execution_plan_made": False}}, of("三十二条第二款", "32.2")),
    (
        {"meeting": {"meeting_type": "special_topic"}},
        {
            "sd-336.48": ("第四十八条", None), "cn-713.30.1a": ("第三十条第一款", None),
            "cn-713.30.1b": ("第三十条第一款", None),
        },
    ),
    ({"review": {"conclusion": "not_passed"}}, {"cn-713.25.2a": ("第二十五条第二款", None)}),
]  # fmt: skip


@cache
def twin() -> dict[str, Any]:
    """Return the record that meets every duty, as data."""
    data = deepcopy(provincial())
    for act in data["acts"]:
        act.update(deepcopy(FACTS.get(act["id"], {})))
        for expert in act.get("experts", ()):
            expert["senior_title"] = True
        if act["id"] == "review":
            act["materials"] = [*act["materials"], "unit_meeting_papers"]
    data["acts"].append(deepcopy(NEGOTIATION))
    data["traits"] |= {"options_to_compare": False, "major_disagreement": False}
    return data


def report(changes: dict[str, dict[str, Any]] | None = None, **body: Any) -> dp.Report:
    data = deepcopy(twin())
    data["body"] |= body
    for name, fields in (changes or {}).items():
        act = next(act for act in data["acts"] if act["id"] == name)
        for key, value in fields.items():
            if isinstance(value, str) and value.startswith("-"):
                act[key] = [word for word in act[key] if word != value[1:]]
            elif value is None:
                act.pop(key, None)
            else:
                act[key] = deepcopy(value)
    return dp.check(dp.decision(data), as_of=AS_OF)


def local(found: dp.Report, outcome: str) -> set[str]:
    return {
        v.duty for v in found.verdicts if v.duty.startswith(("dz-", "sdp-", "sd-")) and v.outcome == outcome
    }


def test_the_compliant_twin_has_no_finding() -> None:
    found = report()

    assert violated(found) == set()
    assert local(found, "needs_judgement") == local(found, "undetermined") == set()


@pytest.mark.parametrize(("changes", "expected"), BREACHES, ids=["+".join(found) for _, found in BREACHES])
def test_one_breach_is_found_alone(
    changes: dict[str, dict[str, Any]], expected: dict[str, tuple[str, int | None]]
) -> None:
    found = report(changes)

    assert_violated_alone(found, expected, standard_law())


def test_five_at_once_are_exactly_these() -> None:
    rows = [BREACHES[at] for at in (2, 5, 8, 11, 16)]

    found = report({act: fields for changes, _ in rows for act, fields in changes.items()})

    assert violated(found) == {duty for _, expected in rows for duty in expected}


def test_each_duty_of_the_rule_has_a_breach_here_or_is_for_a_person_at_most() -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "dz-2022")
    tested = {duty for _, expected in BREACHES for duty in expected}

    assert {rule.id for rule in pack.rules} - tested == {"dz-2022.18.2", "dz-2022.28.2"}


def test_an_expert_without_a_senior_title_is_for_a_person() -> None:
    experts = [dict(one) for one in next(act for act in twin()["acts"] if act["id"] == "experts")["experts"]]
    experts[0]["senior_title"] = False

    found = report({"experts": {"experts": experts}})

    (verdict,) = found.about("dz-2022.18.2")
    assert violated(found) == set()
    assert (verdict.outcome, verdict.caps) == ("needs_judgement", ("general",))


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"extension_approved": True}, "satisfied"),
        ({"time_not_counted": True}, "needs_judgement"),
        ({"time_not_counted": None}, "undetermined"),
        ({}, "violated"),
    ],
)
def test_a_review_over_fifteen_working_days_may_have_been_extended_or_interrupted(
    fields: dict[str, Any], outcome: str
) -> None:
    found = report(LATE_REVIEW | {"review": LATE_REVIEW["review"] | fields})

    assert [verdict.outcome for verdict in found.about("dz-2022.23")] == [outcome]


def test_a_matter_deferred_for_more_than_a_year_has_left_the_procedure() -> None:
    data = deepcopy(twin())
    data["acts"].append({"id": "put_off", "kind": "decision", "date": "2023-06-05", "outcome": "defer"})

    found = dp.check(dp.decision(data), as_of=AS_OF)

    assert [verdict.outcome for verdict in found.about("dz-2022.28.2")] == ["violated"]
    assert [verdict.outcome for verdict in found.about("sdp-2012.38.2")] == ["needs_judgement"]


@pytest.mark.parametrize(
    ("code", "kind", "level", "binding"),
    [
        ("371422", "government", "county", "direct"),
        ("3714", "government", "city", "direct"),
        ("371422", "department", "county", "reference"),
        ("371422", "government", "township", "reference"),
        ("371422", "authorised_body", "subdistrict", "reference"),
        ("370000", "government", "province", None),
        ("370202", "government", "county", None),
        ("441223", "government", "county", None),
    ],
)
def test_it_binds_the_counties_of_dezhou_directly_and_nobody_elsewhere(
    code: str, kind: str, level: str, binding: str | None
) -> None:
    found = report(name="某机关", code=code, kind=kind, level=level)

    assert {v.binding for v in found.verdicts if v.duty.startswith("dz-")} == (
        {binding} if binding else set()
    )


def test_what_the_city_repeats_is_a_second_citation_and_no_second_finding() -> None:
    found = report({"talks": {"materials_delivered": "2024-03-26"}})

    (verdict,) = (item for item in found.about("sd-336.21-materials") if item.outcome == "violated")
    assert "dz-2022.16.2-symposium" in verdict.related
    assert "第十六条第二款第一项" in dp.as_text(found)


@pytest.mark.parametrize(
    ("changes", "duty"),
    [
        ({"published": {"date": "2024-07-02"}}, "sdp-2012.40"),
        ({"risk": GONE}, "sdp-2012.29.1"),
    ],
)
def test_what_the_old_rule_of_the_province_asks_beside_the_new_one_accuses_nobody(
    changes: dict[str, dict[str, Any]], duty: str
) -> None:
    found = report(changes)

    assert [verdict.outcome for verdict in found.about(duty)] == ["needs_judgement"]
    assert not [name for name in violated(found) if name.startswith("sdp-")]


@pytest.mark.parametrize(
    ("year", "old", "new"), [("2020", "violated", "not_applicable"), ("2021", "not_applicable", "violated")]
)
def test_the_old_rule_gives_way_where_the_new_one_says_so(year: str, old: str, new: str) -> None:
    hearing = {"kind": "hearing", "id": "h", "notice_date": f"{year}-05-10", "date": f"{year}-05-20"}
    body = {"name": "宁津县人民政府", "kind": "government", "level": "county", "code": "371422"}
    record = {"schema": 1, "title": "t", "body": body, "catalogue": {"listed": True}, "acts": [hearing]}

    found = dp.check(dp.decision(record), as_of=AS_OF)

    assert [verdict.outcome for verdict in found.about("sdp-2012.33")] == [old]
    assert [verdict.outcome for verdict in found.about("sd-336.23")] == [new]


def test_the_published_notice_of_ningjin_is_judged_by_its_own_local_law() -> None:
    (path,) = (ROOT / "examples" / "published").glob("宁津县-*.yaml")

    found = dp.check(dp.load_decision(path), as_of=date(2024, 6, 30))

    outcomes = {v.duty: v.outcome for v in found.verdicts if v.duty in ("cn-713.15.1c", "dz-2022.15.1")}
    assert outcomes == {"cn-713.15.1c": "satisfied", "dz-2022.15.1": "satisfied"}
    assert not found.violations
    assert {"sd-336", "dz-2022"} <= {item["id"] for item in found.law_used["applied"]}
