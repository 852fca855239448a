"""When an instrument is in force, from promulgation to its end, and which kinds of body each one binds."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import decision_procedure as dp
from decision_procedure.law.applicable import Force, in_force, standard_law
from decision_procedure.model.dates import parse_date
from decision_procedure.model.vocabulary import LABELS

LAW = standard_law()
PACKS = {pack.head.id: pack for pack in LAW.packs}
GUANGNING = {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": "441223"}


def checked(*acts: dict[str, Any], as_of: str, law: Any = None, **rest: Any) -> dp.Report:
    data = {
        "schema": 1, "title": "示例", "body": GUANGNING, "catalogue": {"listed": True}, "drafts": [{"id": "v1"}],
        "complete": {"kinds": ["all"], "up_to": as_of}, "acts": list(acts), "traits": {"market_entities": True},
    } | rest  # fmt: skip
    decision = dp.parse_decision(json.dumps(data, ensure_ascii=False))
    return dp.check(decision, as_of=date.fromisoformat(as_of))


def states(report: dp.Report, duty: str) -> set[tuple[str, tuple[str, ...]]]:
    return {(item.outcome, item.reasons) for item in report.verdicts if item.duty == duty}


@pytest.mark.parametrize(
    ("instrument", "day", "expected"),
    [
        ("gd-obe", "2022-06-30", False),
        ("gd-obe", "2022-06", False),
        ("gd-obe", "2022-07-01", True),
        ("gd-obe", "2022", None),
        # Its start is known to the month only: never before its promulgation.
        ("nat-org", "2022-03-10", False),
        ("nat-org", "2022-03-11", None),
        ("nat-org", "2022-03-31", True),
        ("nat-org", "2022-04-01", True),
        ("nat-org", "2022-03", None),
        ("zq-pp-2018", "2017-12-31", False),
        # The end is the first day on which it is no longer in force.
        ("gd-183", "2023-12-31", True),
        ("gd-183", "2024-01-01", False),
        ("gd-183", "2024-01-01T09:00", False),
        ("zq-proc-old", "2022-03-08", True),
        ("zq-proc-old", "2022-03-09", False),
        ("track-environment", "2003-08-31", False),
        ("track-environment", "2003-09-01", True),
        ("track-environment", "2026-08-14", True),
        ("track-environment", "2026-08-15", False),
        ("track-environment", "2026-08", None),
        ("cn-713", "2019-08-31", False),
        ("cn-713", "2019-09-01", True),
        ("gd-303", "2023-11-01", False),
        ("comp-fcr", "2024-07-31", False),
    ],
)
def test_an_instrument_is_in_force_from_its_start_never_before_its_promulgation_until_its_end(
    instrument: str, day: str, expected: bool | None
) -> None:
    assert in_force(PACKS[instrument], parse_date(day)) is expected


def test_an_instrument_whose_start_is_unknown_never_applies_before_its_promulgation() -> None:
    force = Force(start=None, end=None, promulgated=parse_date("2022-06-01"))

    assert force.on(parse_date("2022-05-31")) == "before"
    assert force.on(parse_date("2022-06-01")) is None
    assert force.on(parse_date("2030-01-01")) is None


@pytest.mark.parametrize("duty", ["gd-obe.46", "gd-obe.47"])
@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2022-05-20", "not_applicable"), ("2022-05-31", "not_applicable"), ("2022-06-20", "not_applicable")],
)
def test_a_measure_before_the_promulgation_of_a_rule_is_not_judged_by_it(
    duty: str, day: str, wanted: str
) -> None:
    acts = [
        {"id": "s", "kind": "submission", "date": day, "draft": "v1"},
        {"id": "i", "kind": "issue", "date": day},
    ]

    report = checked(*acts, as_of=f"{day[:8]}30")
    found = {item.outcome for item in report.verdicts if item.duty == duty}

    assert found <= {wanted}
    assert wanted == "not_applicable" or found
    assert not any(item.duty == duty for item in report.violations)


ALL_KINDS = tuple(LABELS["body_kind"])
PARTY_TOO = {"comp-archives": "direct", "nat-2014": "internal", "nat-2015": "internal", "nat-2021": "internal", "sr-2": "internal"}  # fmt: skip


@pytest.mark.parametrize("instrument", sorted(PACKS))
def test_a_party_committee_is_bound_only_by_party_documents_and_the_law_of_archives(instrument: str) -> None:
    assert binding(instrument, "party_committee") == PARTY_TOO.get(instrument, "not_bound")


@pytest.mark.parametrize("instrument", sorted(PACKS))
def test_party_and_government_together_are_uncertain_but_for_what_names_both(instrument: str) -> None:
    expected = PARTY_TOO.get(instrument, "uncertain")
    if instrument.startswith("zq-"):
        expected = "not_bound"  # rules of the city government, on a county

    assert binding(instrument, "party_and_government") == expected


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("level", LABELS["level"])
def test_the_regulation_binds_each_kind_of_body_as_articles_2_and_42_say(kind: str, level: str) -> None:
    expected = "uncertain"
    if kind == "party_committee":
        expected = "not_bound"
    elif kind == "government" and level in ("province", "city", "county"):
        expected = "direct"
    elif (kind == "department" and level in ("province", "city", "county")) or (kind, level) == (
        "government",
        "township",
    ):
        expected = "reference"

    assert binding("cn-713", kind, level) == expected


def binding(instrument: str, kind: str, level: str = "county") -> str:
    from decision_procedure.law.applicable import binding_of
    from decision_procedure.law.facts import Facts

    body = {"name": "示例", "kind": kind, "level": level, "code": "441223"}
    decision = dp.parse_decision(json.dumps({"schema": 1, "title": "示例", "body": body}))
    return binding_of(PACKS[instrument], Facts(decision, date(2024, 9, 30)))


def test_a_decision_of_a_party_committee_is_not_judged_by_the_regulation() -> None:
    party = {"name": "中共示例县委员会", "level": "county", "kind": "party_committee", "code": "441223"}
    acts = [{"id": "s", "kind": "submission", "date": "2024-05-20", "draft": "v1"}]

    report = checked(*acts, as_of="2024-12-31", body=party)

    assert states(report, "cn-713.scope") == {("not_applicable", ("not_bound",))}
    assert {item.outcome for item in report.verdicts if item.duty.startswith("cn-713.")} == {"not_applicable"}
    assert report.worst in (None, "pending")


def test_a_decision_of_party_and_government_together_is_a_question_for_a_person() -> None:
    joint = {**GUANGNING, "name": "示例县委、县政府", "kind": "party_and_government"}
    acts = [{"id": "s", "kind": "submission", "date": "2024-05-20", "draft": "v1"}]

    report = checked(*acts, as_of="2024-12-31", body=joint, traits={"exploratory_reform": False})
    (gate,) = [item for item in report.verdicts if item.duty == "cn-713.25.2a"]

    assert (gate.outcome, gate.binding) == ("needs_judgement", "uncertain")
    assert "applicability_uncertain" in gate.caps
    assert not report.violations


def test_every_instrument_with_an_end_names_its_successor_or_says_that_none_is_known() -> None:
    known = set(PACKS) | {entry.id for entry in LAW.register}

    for head in (pack.head for pack in LAW.packs):
        if head.in_force_to is not None:
            assert bool(head.succeeded_by) is head.successor_known, head.id
            assert set(head.succeeded_by) <= known, head.id


def test_what_names_a_successor_that_is_loaded_is_named_back_by_it() -> None:
    for pack in LAW.packs:
        for name in pack.head.succeeded_by:
            if name in PACKS and name.startswith(("gd-", "zq-")):
                assert pack.head.id in PACKS[name].head.succeeds


CITY = {"name": "示例市人民政府", "level": "city", "kind": "government", "code": "999900"}


def of_2026(day: str, body: dict[str, str] = CITY, **rest: Any) -> dp.Report:
    acts = [
        {"id": "r", "kind": "legality_review", "sent": day, "date": day},
        {"id": "h", "kind": "hearing", "held": False},
        {"id": "x", "kind": "expert_review", "held": False},
        {"id": "o", "kind": "opinion_hearing", "held": False},
    ]
    traits = {"public_environment": True, "withheld_lawfully": False}
    data = {
        "tracks": ["environmental_assessment"],
        "matter_class": "plan",
        "body": body,
        "traits": traits,
    } | rest
    return checked(*acts, as_of="2026-11-29", **data)


@pytest.mark.parametrize(
    ("day", "body", "matter_class", "expected"),
    [
        ("2026-08-14", CITY, "plan", "violated"),
        ("2026-08-14", GUANGNING, "plan", "needs_judgement"),
        ("2026-08-14", {**GUANGNING, "level": "township"}, "plan", "not_applicable"),
        ("2026-08-14", CITY, "construction", "not_applicable"),
        ("2026-08-14", CITY, "resources", "violated"),
        ("2026-08-14", {**CITY, "kind": "department"}, "plan", "violated"),
        ("2026-08-14", {**CITY, "kind": "party_committee"}, "plan", "not_applicable"),
        ("2026-08-14", {**CITY, "level": "province", "code": "990000"}, "public_policy", "violated"),
    ],
)  # fmt: skip
def test_the_assessment_of_plans_binds_cities_and_above_until_the_code_repealed_it(
    day: str, body: dict[str, str], matter_class: str, expected: str
) -> None:
    report = of_2026(day, body, matter_class=matter_class)

    assert {outcome for outcome, _ in states(report, "track-environment.11-heard")} == {expected}


@pytest.mark.parametrize(
    ("day", "body", "matter_class", "expected"),
    [
        ("2026-08-15", CITY, "plan", "violated"),
        ("2026-10-10", {**CITY, "kind": "department"}, "plan", "violated"),
        ("2026-10-10", {**CITY, "level": "province", "code": "990000"}, "public_policy", "violated"),
        ("2026-10-10", GUANGNING, "plan", "needs_judgement"),
        ("2026-10-10", {**GUANGNING, "level": "township"}, "plan", "not_applicable"),
        ("2026-10-10", {**CITY, "kind": "party_committee"}, "plan", "not_applicable"),
        ("2026-10-10", CITY, "construction", "not_applicable"),
    ],
)  # fmt: skip
def test_the_code_binds_the_same_bodies_in_place_of_the_law_that_it_repealed(
    day: str, body: dict[str, str], matter_class: str, expected: str
) -> None:
    report = of_2026(day, body, matter_class=matter_class)

    assert {outcome for outcome, _ in states(report, "eco.90.1-heard")} == {expected}


def test_whether_a_county_plan_is_to_be_assessed_is_uncertain_while_the_province_is_not_heard() -> None:
    report = of_2026("2026-10-10", GUANGNING)

    (verdict,) = report.about("eco.90.1-heard")
    assert (verdict.outcome, verdict.binding) == ("needs_judgement", "uncertain")
    assert "applicability_uncertain" in verdict.caps


def test_a_report_tells_that_a_law_had_ended_by_the_day_of_an_act() -> None:
    report = of_2026("2026-10-10")
    told = {item["id"]: item for item in report.law_used["ended"]}

    assert told["nat-2021"]["says_zh"] == "2026年1月1日废止，后继规定未收录，也未查到"
    assert dp.Report.from_json(report.to_json()) == report


def test_a_law_whose_successor_is_loaded_leaves_the_field_to_it() -> None:
    report = of_2026("2026-10-10")

    assert "track-environment" not in {item["id"] for item in report.law_used["ended"]}
    assert states(report, "track-environment.11-heard") == states(report, "track-environment.scope") == set()
    assert "eco" in {item["id"] for item in report.law_used["applied"]}


def test_a_report_whose_acts_lie_before_the_end_of_a_law_does_not_speak_of_it() -> None:
    report = checked(
        {"id": "r", "kind": "legality_review", "sent": "2025-03-01", "date": "2025-03-01"}, as_of="2025-06-30",
        body=CITY, tracks=["environmental_assessment"],
    )  # fmt: skip

    assert report.law_used["ended"] == ()
    assert "track-environment" in {item["id"] for item in report.law_used["applied"]}


def test_a_law_whose_successor_is_loaded_is_not_told_to_have_ended() -> None:
    report = checked({"id": "h", "kind": "hearing", "notice_date": "2024-05-01"}, as_of="2024-09-30")

    assert report.law_used["ended"] == ()


def test_of_a_special_law_that_has_ended_nothing_is_asked_where_the_record_names_no_track() -> None:
    report = of_2026("2026-10-10", tracks=[])

    assert states(report, "track-environment.scope") == set()
    assert states(report, "track-land.scope") == {("undetermined", ("kind_unstated",))}
