"""Place: whom an instrument binds and why, what it asks of others, which matters it covers, what is cited."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import decision_procedure as dp

EXAMPLES = Path(__file__).parents[2] / "examples" / "published"
DAY = date(2024, 9, 30)
COUNTY = {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"}
TOWNSHIP = {"name": "示例镇人民政府", "level": "township", "kind": "government", "code": "441223101"}
DEPARTMENT = {"name": "示例局", "level": "county", "kind": "department", "code": "441223"}
SUBDISTRICT = {"name": "示例街道办事处", "level": "subdistrict", "kind": "authorised_body", "code": "441223"}
ZONE = {"name": "示例管委会", "level": "county", "kind": "administrative_committee", "code": "441223"}


def checked(body: dict[str, str], *acts: dict[str, Any], day: date = DAY, **rest: Any) -> dp.Report:
    data = {
        "schema": 1, "title": "示例", "body": body, "catalogue": {"listed": True}, "acts": list(acts),
    } | rest  # fmt: skip
    return dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=day)


def one(report: dp.Report, duty: str) -> dp.Verdict:
    (verdict,) = [item for item in report.verdicts if item.duty == duty]
    return verdict


@pytest.mark.parametrize(
    ("body", "binding"),
    [
        (COUNTY, "direct"),
        (TOWNSHIP, "reference"),
        (DEPARTMENT, "reference"),
        (SUBDISTRICT, "uncertain"),
        (ZONE, "uncertain"),
    ],
)
def test_the_scope_carries_the_reason_for_which_the_regulation_binds(
    body: dict[str, str], binding: str
) -> None:
    verdict = one(checked(body), "cn-713.scope")

    assert verdict.binding == binding
    assert verdict.trees["direct"][2] is (binding == "direct")
    assert ("reference" in verdict.trees) is (binding != "direct")
    assert binding == "direct" or verdict.trees["reference"][2] is (binding == "reference")


def test_a_body_of_unknown_kind_is_told_what_would_settle_whom_the_regulation_binds() -> None:
    verdict = one(checked({"name": "示例机关", "level": "county"}), "cn-713.scope")

    assert verdict.binding == "uncertain"
    assert "body.kind" in verdict.missing


def test_the_reasons_for_binding_survive_json() -> None:
    report = checked(TOWNSHIP)

    again = dp.Report.from_json(report.to_json())

    assert one(again, "cn-713.scope").trees.keys() == one(report, "cn-713.scope").trees.keys()
    assert again == report


@pytest.mark.parametrize(
    ("body", "meeting", "outcome"),
    [
        (TOWNSHIP, "leadership", "satisfied"),
        (DEPARTMENT, "leadership", "satisfied"),
        (TOWNSHIP, "special_topic", "violated"),
        (COUNTY, "leadership", "violated"),
    ],
)
def test_a_leadership_meeting_meets_the_duty_of_those_bound_by_reference(
    body: dict[str, str], meeting: str, outcome: str
) -> None:
    acts = [
        {"id": "m", "kind": "deliberation", "date": "2024-05-06", "meeting_type": meeting},
        {"id": "d", "kind": "decision", "date": "2024-05-07"},
    ]

    report = checked(body, *acts, complete={"kinds": ["deliberation"], "up_to": "2024-09-30"})

    assert one(report, "cn-713.30.1a").outcome == outcome
    assert all(item.duty != "cn-713.30.1a" for item in report.violations) or body is COUNTY


def test_a_township_that_cites_the_hearing_rule_of_2023_is_bound_by_reference() -> None:
    hearing = {"id": "h", "kind": "hearing", "notice_date": "2024-05-01", "date": "2024-06-10"}
    cited = ["广东省重大行政决策听证规定(粤府令第303号)"]

    township, county = checked(TOWNSHIP, hearing, cited_law=cited), checked(COUNTY, hearing, cited_law=cited)

    assert township.advice == county.advice == ()
    assert {item.binding for item in township.about("gd-303.16")} == {"reference"}


@pytest.mark.parametrize(
    ("listed", "outcome", "reasons"),
    [(True, "needs_judgement", ("excluded_yet_listed",)), (False, "not_applicable", ("scope",))],
)
def test_an_excluded_class_is_a_question_where_the_catalogue_lists_it(
    listed: bool, outcome: str, reasons: tuple[str, ...]
) -> None:
    report = checked(COUNTY, matter_class="emergency_response", catalogue={"listed": listed})

    verdict = one(report, "cn-713.scope")

    assert (verdict.outcome, verdict.reasons) == (outcome, reasons)
    assert not report.violations


def test_what_the_record_does_not_say_of_the_matter_is_a_question_with_its_reason() -> None:
    verdict = one(checked(COUNTY, catalogue=None), "cn-713.scope")

    assert (verdict.outcome, verdict.reasons) == ("needs_judgement", ("scope_unstated",))


def test_a_local_exclusion_leaves_the_scope_of_the_regulation_to_a_person() -> None:
    comment = {
        "id": "c",
        "kind": "public_comment",
        "start": "2024-05-01",
        "end": "2024-05-05",
        "notice_text_complete": True,
    }

    report = checked(
        COUNTY, comment, matter_class="plan", traits={"carries_out_superior_decision": True}, catalogue={"listed": True}
    )  # fmt: skip
    scope, period = one(report, "cn-713.scope"), one(report, "cn-713.15.1c")

    assert (scope.outcome, scope.reasons) == ("needs_judgement", ("excluded_locally",))
    assert period.outcome == "needs_judgement"
    assert "scope_unclear" in period.caps


def test_whether_a_matter_is_covered_is_not_asked_where_no_duty_of_the_instrument_applies() -> None:
    unlisted = {"listed": None}

    without = checked(COUNTY, catalogue=unlisted, complete={"kinds": ["all"], "up_to": "2024-09-30"})
    suggested = checked(
        COUNTY, {"id": "s", "kind": "hearing_suggestion", "date": "2024-05-01"}, catalogue=unlisted
    )

    catalogue = one(without, "cn-713.3.3-catalogue")
    assert (catalogue.outcome, catalogue.related) == ("not_applicable", ("gd-288.3.3",))
    assert (one(without, "nat-2004.scope").outcome, one(without, "nat-2004.scope").reasons) == (
        "not_applicable", ("nothing_applies",),
    )  # fmt: skip
    assert one(without, "cn-713.scope").outcome == "needs_judgement"
    assert one(suggested, "gd-303.scope").reasons == ("scope_unstated",)


def test_no_published_record_is_asked_about_an_instrument_none_of_whose_duties_applies() -> None:
    for path in sorted(EXAMPLES.glob("*.yaml")):
        decision = dp.load_decision(path)
        for whole in (False, True):
            report = dp.check(decision, as_of=DAY, assume_complete=whole)
            applying = {
                duty.partition(".")[0]
                for item in report.verdicts
                for duty in (item.duty, *item.related)
                if not item.duty.endswith(".scope") and item.outcome != "not_applicable"
            }
            asked = {
                item.duty.partition(".")[0]
                for item in report.of("needs_judgement")
                if item.duty.endswith(".scope")
            }
            assert asked <= applying


def test_the_notice_of_maoming_of_2025_is_told_that_its_rule_was_repealed() -> None:
    decision = dp.load_decision(next(EXAMPLES.glob("茂名市-2025*")))

    report = dp.check(decision, as_of=date(2025, 6, 1))

    assert [(item.kind, item.place, item.instrument) for item in report.advice] == [
        ("no_longer", "cited_law[2]", "gd-183")
    ]
    assert report.advice[0].binding == "direct"
    assert report.advice[0].zh.endswith("对决策机关：直接适用")
    assert dp.Report.from_json(report.to_json()).advice == report.advice


def test_a_wrong_number_is_advice_and_never_counts() -> None:
    cited = ["浙江省重大行政决策程序规定(浙江省人民政府令第373号)"]
    plain, citing = checked(COUNTY), checked(COUNTY, cited_law=cited)

    (advice,) = citing.advice

    assert (advice.kind, advice.instrument) == ("wrong_number", "zj-337")
    assert "337" in advice.zh
    assert (advice.binding, advice.zh[-3:]) == ("not_bound", "不适用")
    assert citing.verdicts == plain.verdicts
    assert citing.worst == plain.worst


@pytest.mark.parametrize("day", ["2018-05-01", "2025-05-01"])
def test_a_title_that_two_versions_share_is_not_out_of_date_without_its_number(day: str) -> None:
    hearing = {"id": "h", "kind": "hearing", "notice_date": day}

    report = checked(COUNTY, hearing, day=date(2025, 9, 1), cited_law=["广东省重大行政决策听证规定"])

    assert report.advice == ()


def test_a_citation_is_out_of_date_only_where_it_was_so_at_every_act() -> None:
    early = {"id": "h", "kind": "hearing", "notice_date": "2023-11-01", "date": "2023-12-10"}
    late = {"id": "d", "kind": "decision", "date": "2024-03-01"}
    cited = ["广东省重大行政决策听证规定(粤府令第183号)"]

    straddling, after = checked(COUNTY, early, late, cited_law=cited), checked(COUNTY, late, cited_law=cited)

    assert straddling.advice == ()
    assert [item.kind for item in after.advice] == ["no_longer"]


CITED = [
    # (body, citation, whether it is told not to bind the body)
    (COUNTY, "《浙江省重大行政决策程序规定》(浙江省政府令第337号)", True),
    (COUNTY, "《山东省重大行政决策程序规定》", True),
    (COUNTY, "《广州市重大行政决策程序规定》", True),
    (TOWNSHIP, "《广东省重大行政决策听证规定》(粤府令第303号)", False),
    (DEPARTMENT, "《广东省重大行政决策程序规定》(粤府令第288号)", False),
    (COUNTY, "《肇庆市人民政府重大行政决策公众参与办法》(肇府规〔2023〕6号)", True),
    (COUNTY | {"kind": "party_committee"}, "《重大行政决策程序暂行条例》(国务院令第713号)", True),
    (SUBDISTRICT, "《重大行政决策程序暂行条例》", True),
    (COUNTY, "《重大行政决策程序暂行条例》(国令第713号)", False),
    (COUNTY, "《广东省重大行政决策程序规定》", False),
    (TOWNSHIP, "《重大行政决策程序暂行条例》", False),
    (COUNTY | {"code": "330102"}, "《浙江省重大行政决策程序规定》", False),
    # No code: whether it lies elsewhere is not known.
    ({"name": "某县人民政府", "level": "county", "kind": "government"}, "《浙江省重大行政决策程序规定》", False),
    # Of an entry that is not firm nothing is said.
    (COUNTY, "《湖南省行政程序规定》", False),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text", "told"), CITED)
def test_cited_law_that_does_not_bind_the_body_is_advised_saying_so(
    body: dict[str, str], text: str, told: bool
) -> None:
    hearing = {"id": "h", "kind": "hearing", "notice_date": "2024-05-01", "date": "2024-06-10"}

    plain, citing = checked(body, hearing), checked(body, hearing, cited_law=[text])

    assert [item.kind for item in citing.advice if item.place == "cited_law[0]"] == (
        ["binding"] if told else []
    )
    assert citing.verdicts == plain.verdicts
    assert citing.worst == plain.worst
