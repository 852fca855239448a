"""The instruments beside the Regulation on records: which applies when, whom it binds, and what it says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import decision_procedure as dp
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.articles import articles_of, is_cited

GUANGNING = {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"}
TOWNSHIP = {"name": "示例镇人民政府", "level": "township", "kind": "government", "code": "441223101"}


def found(
    acts: list[dict[str, Any]], as_of: date, body: dict[str, str] | None = None, **rest: Any
) -> dp.Report:
    data = {
        "schema": 1, "title": "示例", "body": body or GUANGNING, "matter_class": "plan",
        "catalogue": {"listed": True}, "acts": acts, **rest,
    }  # fmt: skip
    return dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=as_of)


def outcomes(report: dp.Report, duty: str) -> set[str]:
    return {verdict.outcome for verdict in report.verdicts if verdict.duty == duty}


def hearing(notice: str, day: str, **fields: Any) -> dict[str, Any]:
    return {"id": "h", "kind": "hearing", "notice_date": notice, "date": day, **fields}


def test_thirty_days_of_notice_of_a_hearing_bind_guangdong_in_2017() -> None:
    late = found([hearing("2017-05-21", "2017-06-19")], date(2017, 12, 31))
    in_time = found([hearing("2017-05-20", "2017-06-19")], date(2017, 12, 31))

    assert outcomes(late, "gd-183.notice") == {"violated"}
    assert outcomes(in_time, "gd-183.notice") == {"satisfied"}


def test_from_2024_twenty_days_of_notice_are_asked_for() -> None:
    report = found([hearing("2024-05-21", "2024-05-25")], date(2024, 12, 31))
    in_time = found([hearing("2024-05-05", "2024-05-25")], date(2024, 12, 31))

    assert outcomes(report, "gd-183.notice") == set()
    assert outcomes(report, "gd-303.16") == {"violated"}
    assert outcomes(in_time, "gd-303.16") == {"satisfied"}
    assert outcomes(report, "cn-713.16.2") != {"violated"}


def test_a_hearing_announced_in_2023_and_held_in_2024_follows_the_law_of_its_notice() -> None:
    report = found([hearing("2023-12-20", "2024-01-10")], date(2024, 12, 31))

    assert outcomes(report, "gd-183.notice") == {"violated"}


def test_a_township_is_bound_by_the_hearing_rule_of_2013_directly_and_by_that_of_2023_by_reference() -> None:
    old = found([hearing("2017-05-21", "2017-06-19")], date(2017, 12, 31), TOWNSHIP)
    new = found(
        [{"id": "s", "kind": "hearing_suggestion", "date": "2024-05-01", "studied": False}],
        date(2024, 12, 31),
        TOWNSHIP,
    )

    assert {item.binding for item in old.verdicts if item.duty == "gd-183.notice"} == {"direct"}
    assert {item.binding for item in new.verdicts if item.duty == "gd-303.2.2b"} == {"reference"}
    assert outcomes(new, "gd-303.2.2b") == {"violated"}


def test_a_decision_without_the_hearing_that_was_due_in_2017_stands_behind_a_closed_gate() -> None:
    report = found(
        [{"id": "d", "kind": "decision", "date": "2017-06-20", "outcome": "adopt"}],
        date(2017, 12, 31),
        traits={"hearing_required": True},
        complete={"kinds": ["hearing"], "up_to": "2017-12-31"},
    )

    assert outcomes(report, "gd-183.gate1") == {"violated"}
    assert report.gate("decision").state == "closed"
    assert "gd-183.gate1" in report.gate("decision").blocked_by


def test_the_same_omission_in_2024_closes_no_gate() -> None:
    report = found(
        [{"id": "d", "kind": "decision", "date": "2024-06-20", "outcome": "adopt"}],
        date(2024, 12, 31),
        traits={"hearing_required": True},
        complete={"kinds": ["hearing"], "up_to": "2024-12-31"},
    )

    assert "gd-183.gate1" not in report.gate("decision").blocked_by


def test_a_policy_document_binds_internally_and_yields_to_the_regulation_from_september_2019() -> None:
    late = hearing("2017-05-01", "2017-06-19", materials_delivered="2017-06-10")
    later = hearing("2024-05-01", "2024-06-19", materials_delivered="2024-06-10")

    before = found([late], date(2017, 12, 31))
    after = found([later], date(2024, 12, 31))

    assert outcomes(before, "nat-2008.N08-3c") == {"violated"}
    assert {item.binding for item in before.verdicts if item.duty == "nat-2008.N08-3c"} == {"internal"}
    assert not any(item.duty.startswith("nat-") for item in before.violations)
    assert outcomes(after, "nat-2008.N08-3c") == {"not_applicable"}
    assert outcomes(after, "cn-713.16.3c") == {"satisfied"}


def test_too_few_experts_are_for_a_person_because_the_measure_may_have_lapsed() -> None:
    report = found(
        [{"id": "e", "kind": "expert_review", "date": "2017-05-01", "expert_count": 4}], date(2017, 12, 31)
    )

    assert outcomes(report, "gd-expert-2012.min5") == {"needs_judgement"}
    assert not any(item.duty.startswith("gd-expert") for item in report.violations)


def test_competition_review_binds_from_august_2024_and_its_gate_goes_by_the_day_of_issue() -> None:
    def issued(day: str) -> dp.Report:
        return found(
            [{"id": "i", "kind": "issue", "date": day}],
            date(2024, 12, 31),
            traits={"market_entities": True},
            complete={"kinds": ["fair_competition_review"], "up_to": "2024-12-31"},
        )

    assert outcomes(issued("2024-07-31"), "comp-fcr.FCR-18") == {"not_applicable"}
    assert outcomes(issued("2024-08-01"), "comp-fcr.FCR-18") == {"violated"}
    assert "comp-fcr.FCR-18" in issued("2024-08-01").gate("issue").blocked_by


def test_a_special_procedure_is_checked_only_where_the_record_names_it() -> None:
    comment = [
        {
            "id": "c",
            "kind": "public_comment",
            "start": "2024-03-01",
            "end": "2024-03-30",
            "notice_text_complete": True,
        }
    ]

    plain = found(comment, date(2024, 12, 31))
    planned = found(comment, date(2024, 12, 31), tracks=["urban_plan"])

    assert outcomes(plain, "track-urban-plan.scope") == {"undetermined"}
    assert outcomes(plain, "track-urban-plan.26-days") == set()
    assert outcomes(plain, "cn-713.15.1d") == {"violated"}
    assert outcomes(planned, "track-urban-plan.26-days") == {"violated"}
    assert outcomes(planned, "cn-713.15.1c") == {"not_applicable"}


def test_the_rules_of_zhaoqing_city_do_not_bind_its_counties() -> None:
    report = found([hearing("2024-05-01", "2024-06-19")], date(2024, 12, 31))

    assert outcomes(report, "zq-pp-2023.publish") == {"not_applicable"}
    assert {item.reasons for item in report.verdicts if item.duty == "zq-pp-2023.publish"} == {("not_bound",)}


def test_the_report_names_what_is_known_but_was_not_seen() -> None:
    report = found([hearing("2024-05-01", "2024-06-19")], date(2024, 12, 31))

    names = {
        item["id"] for items in (report.law_used["unseen"], report.law_used["not_loaded"]) for item in items
    }

    assert "gn-pp" in names
    assert "zq-proc-2022" in names
    assert "gy-draft" not in names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第十四条、第十八条", {14, 18}),
        ("第五条至第七条", {5, 6, 7}),
        ("条号未见", set()),
        ("第一百零二条", {102}),
        ("第五条第三项", {5}),
        ("第八项至第十项、第十二项", {8, 9, 10, 12}),
    ],
)
def test_the_articles_of_a_citation_or_the_items_of_a_paper_without_them_are_read(
    text: str, expected: set[int]
) -> None:
    assert articles_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("第三条", True), ("听证部分（条次未见）", True), ("见前", False)]
)
def test_a_citation_names_an_article_or_says_that_it_was_not_seen(text: str, expected: bool) -> None:
    assert is_cited(text) is expected


def test_a_gate_of_2017_demands_the_step_that_its_text_names_and_not_the_one_it_closes() -> None:
    decided = [{"id": "d", "kind": "decision", "date": "2017-06-20", "outcome": "adopt"}]

    report = found(
        decided, date(2017, 12, 31), traits={"major_project_or_policy": True, "professional": True}
    )

    assert "nat-2010.N10-d" in report.need("risk_assessment").duties
    assert "gd-expert-2012.must" in report.required_by["expert_review"]
    assert not {"nat-2010.N10-d", "gd-expert-2012.must"} & set(report.required_by["decision"])
    assert report.need("risk_assessment").need == report.need("expert_review").need == "required"


@pytest.mark.parametrize(
    "step", ["public_participation", "expert_review", "risk_assessment", "legality_review", "deliberation"]
)
def test_before_september_2019_all_five_steps_are_required_of_every_major_decision(step: str) -> None:
    before = found([{"id": "d", "kind": "decision", "date": "2017-06-20"}], date(2017, 12, 31))
    after = found([{"id": "d", "kind": "decision", "date": "2020-06-20"}], date(2020, 12, 31))

    assert before.need(step).need == "required"
    assert any(duty.startswith("nat-2010.N10-") for duty in before.need(step).duties)
    assert after.need(step).need == (
        "unknown" if step in ("expert_review", "risk_assessment", "public_participation") else "required"
    )


def test_every_step_that_a_duty_demands_is_done_by_an_act_that_its_test_looks_at() -> None:
    steps = {step.id: step for pack in standard_law().packs for step in pack.file.steps}
    demanding = [rule for pack in standard_law().packs for rule in pack.rules if rule.duty.requires_step]

    assert demanding
    for rule in demanding:
        assert any(f'"{kind}"' in rule.duty.require for kind in steps[rule.duty.requires_step].kinds), rule.id


def test_the_unit_that_made_a_proposal_bears_what_its_proposal_must_argue() -> None:
    proposal = {
        "id": "p", "kind": "proposal_study", "date": "2024-03-01", "unit": "proposer", "proposer": "department",
        "contents": ["main_problem"], "contents_complete": True,
    }  # fmt: skip
    units = [{"id": "proposer", "name": "提出建议的局"}, {"id": "lead", "name": "承办局"}]

    report = found([proposal], date(2024, 12, 31), units=units, lead_unit="lead")

    assert outcomes(report, "cn-713.10.2") == {"violated"}
    assert {item.get("unit") for item in report.concluded("bore") if item.get("duty") == "cn-713.10.2"} == {
        "proposer"
    }
    assert not [item for item in report.concluded("consequence") if item.get("duty") == "cn-713.10.2"]


TOLD_BY_OTHERS_ONLY = {"nat-2015", "sr-2", "zq-pp-2018", "zq-pp-2023", "zq-proc-old"}
"""Those of which no page that can be opened has the text: unseen, a draft, or read on a page whose address was not kept."""


def test_every_instrument_that_ships_names_where_its_text_was_read_or_who_tells_of_it() -> None:
    told = {pack.head.id: [source.cited for source in pack.head.sources] for pack in standard_law().packs}

    assert [name for name, cited in told.items() if not cited] == []
    assert {name for name, cited in told.items() if all(cited)} == TOLD_BY_OTHERS_ONLY


def test_a_normative_document_not_published_for_comment_is_for_a_person_since_it_may_not_be_an_important_one() -> (
    None
):
    review = {"id": "r", "kind": "legality_review", "sent": "2024-05-20", "date": "2024-05-20"}
    decided = {"id": "d", "kind": "decision", "date": "2024-06-20"}
    report = found(
        [review, decided], date(2024, 9, 30), traits={"normative_document": True},
        complete={"kinds": ["all"], "up_to": "2024-09-30"},
    )  # fmt: skip

    assert outcomes(report, "nd-37.ND37-comment") == {"needs_judgement"}


def test_a_body_authorised_by_law_is_bound_to_open_its_information_in_time() -> None:
    body = {"name": "示例学院", "level": "county", "kind": "authorised_body", "code": "441223"}
    issued = {"id": "i", "kind": "issue", "date": "2024-07-01"}
    late = {"id": "p", "kind": "publication", "date": "2024-08-30"}
    report = found([issued, late], date(2024, 9, 30), body)

    assert {item.binding for item in report.verdicts if item.duty == "comp-ogi.OGI-26"} == {"direct"}
