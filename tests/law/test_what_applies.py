"""What applies: whether a step is needed where binding is uncertain, and what a report says of the law it rests on."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.law.applicable import Law, standard_law

COUNTY = {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "420222"}
ZONE = {"name": "示例管委会", "level": "county", "kind": "administrative_committee", "code": "420222"}
OFFICE = {"name": "示例街道办事处", "level": "subdistrict", "kind": "authorised_body", "code": "420222"}
JOINT = COUNTY | {"kind": "party_and_government"}
UNTOLD = {"name": "示例机关", "level": "county"}
PARTY = COUNTY | {"kind": "party_committee"}
TOWNSHIP = {"name": "示例镇人民政府", "level": "township", "kind": "government", "code": "420222"}


def data_of(body: dict[str, str], *acts: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {
        "schema": 1, "title": "示例", "body": body, "catalogue": {"listed": True}, "drafts": [{"id": "v1"}],
        "tracks": [], "tracks_complete": True, "acts": list(acts),
        "traits": {"withheld_lawfully": False, "market_entities": False, "normative_document": False},
    } | rest  # fmt: skip


def checked(*args: Any, as_of: str = "2024-12-31", law: Law | None = None, **rest: Any) -> dp.Report:
    decision = dp.parse_decision(json.dumps(data_of(*args, **rest), ensure_ascii=False))
    return dp.check(decision, as_of=date.fromisoformat(as_of), law=law)


STEPS = (
    "legality_review",
    "public_participation",
    "opinion_handling",
    "deliberation",
    "party_report",
    "publication",
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("body", [ZONE, OFFICE, JOINT, UNTOLD], ids=["zone", "office", "joint", "untold"])
def test_a_step_that_duties_of_uncertain_binding_make_needed_is_needed_or_not_nobody_knows(
    body: dict[str, str], step: str
) -> None:
    assert checked(body).need(step).need == "unknown"


@pytest.mark.parametrize(
    ("body", "step", "need"),
    [
        (COUNTY, "legality_review", "required"), (COUNTY, "party_report", "required"),
        (TOWNSHIP, "legality_review", "required"), (TOWNSHIP, "party_report", "required"),
        (PARTY, "party_report", "not_required"), (PARTY, "congress_report", "not_required"),
    ],
)  # fmt: skip
def test_a_step_is_needed_of_those_bound_and_not_of_those_who_are_not(
    body: dict[str, str], step: str, need: str
) -> None:
    assert checked(body).need(step).need == need


def test_a_step_with_a_certain_and_an_uncertain_duty_is_needed() -> None:
    guangdong = COUNTY | {"code": "441223"}

    found = checked(guangdong, traits={"hearing_required": True}, as_of="2022-12-31")

    assert found.need("hearing").need == "required"


def test_the_report_lists_law_applied_law_unseen_and_law_not_loaded() -> None:
    found = checked(COUNTY | {"code": "330102"}, {"id": "c", "kind": "public_comment", "start": "2024-03-01"})
    names = {key: {item["id"] for item in items} for key, items in found.law_used.items()}

    assert "cn-713" in names["applied"]
    assert "zj-337" in names["not_loaded"]
    assert "zj-guide" in names["unseen"]
    assert names["ended"] == set()
    assert not {"gd-288", "yn-200"} & {name for found in names.values() for name in found}


def test_of_one_day_the_law_of_the_decision_as_a_whole_is_told_before_that_of_each_act() -> None:
    comment = {"id": "1", "kind": "public_comment", "start": "2024-03-01", "end": "2024-04-10"}

    rows = checked(COUNTY, comment).governed()

    assert [row.act for row in rows if row.day == "2024-03-01"] == [None, "1"]


def test_law_that_is_not_in_force_on_the_days_of_a_record_is_not_listed() -> None:
    early = checked(COUNTY | {"code": "370102"}, {"id": "c", "kind": "public_comment", "start": "2020-03-01"}, as_of="2020-12-31")  # fmt: skip
    late = checked(COUNTY | {"code": "370102"}, {"id": "c", "kind": "public_comment", "start": "2021-03-01"}, as_of="2021-12-31")  # fmt: skip

    def listed(found: dp.Report) -> set[str]:
        return {item["id"] for items in found.law_used.values() for item in items}

    assert "sd-336" not in listed(early)
    assert "sd-336" in listed(late)
    assert "comp-fcr" not in listed(late)


@pytest.mark.parametrize(
    ("body", "day", "uncovered"),
    [
        (COUNTY, "2003-05-01", True),
        (PARTY, "2013-05-01", False),  # a Party document on stability risk binds it
        (PARTY, "2010-05-01", True),
        (COUNTY, "2009-05-01", False),
        (COUNTY, "2024-05-01", False),
        (ZONE, "2024-05-01", False),
    ],
)
def test_a_decision_for_which_nothing_loaded_applies_says_so(
    body: dict[str, str], day: str, uncovered: bool
) -> None:
    found = checked(body, {"id": "d", "kind": "decision", "date": day}, as_of=f"{day[:4]}-12-31")

    assert found.uncovered is uncovered


def test_special_procedures_that_stay_untested_cover_nothing() -> None:
    only = Law(tuple(pack for pack in standard_law().packs if pack.head.id == "cn-713" or pack.head.id.startswith("track-")))  # fmt: skip
    told = {"tracks_complete": None, "matter_class": "legislation", "catalogue": {"listed": False}}

    assert checked(COUNTY, {"id": "d", "kind": "decision", "date": "2024-05-01"}, law=only, **told).uncovered


@pytest.mark.parametrize(("flags", "status"), [((), 1), (("--allow-uncovered",), 0)])
def test_a_decision_without_law_fails_the_run_unless_that_is_allowed(
    flags: tuple[str, ...], status: int, tmp_path: Any
) -> None:
    path = tmp_path / "record.json"
    told = data_of(COUNTY, {"id": "d", "kind": "decision", "date": "2003-05-01"})
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    result = CliRunner().invoke(app, ["check", str(path), "--as-of", "2003-12-31", *flags])

    assert result.exit_code == status
    assert "已载入的法律均不适用" in result.output, result.output


# One hearing is judged by the day of its notice, whatever its other dates are.
@pytest.mark.parametrize(
    ("notice", "held", "by_the_old_rule"),
    [
        ("2023-12-20", "2024-01-25", True),
        ("2024-01-01", "2024-01-25", False),
        ("2023-12-31", "2024-02-05", True),
        ("2023-11-01", "2024-06-05", True),
        (None, "2024-01-25", False),
        (None, "2023-12-25", True),
    ],
)
def test_everything_about_one_hearing_goes_by_the_day_of_its_notice(
    notice: str | None, held: str, by_the_old_rule: bool
) -> None:
    hearing = {
        "id": "h", "kind": "hearing", "date": held, "materials_delivered": "2024-01-05", "list_published": "2024-01-03",
        "record_signed": True,
    }  # fmt: skip
    hearing |= {"notice_date": notice} if notice else {}

    found = checked(COUNTY | {"code": "441223"}, hearing)
    days = {item.day for item in found.verdicts if item.act == "h"}
    (row,) = [row for row in found.governed() if row.act == "h"]

    assert ("gd-183" in row.instruments) is by_the_old_rule
    assert days == {notice or held}


@pytest.mark.parametrize(
    ("reviewed", "issued", "gate", "review"),
    [
        ("2024-07-20", "2024-07-31", "not_applicable", "not_applicable"),
        ("2024-07-20", "2024-08-01", "satisfied", "not_applicable"),
        ("2024-08-05", "2024-08-20", "satisfied", "satisfied"),
    ],
)
def test_a_fair_competition_review_goes_by_its_own_day_and_its_gate_by_the_day_of_issue(
    reviewed: str, issued: str, gate: str, review: str
) -> None:
    acts = [
        {"id": "f", "kind": "fair_competition_review", "date": reviewed, "conclusion": "no_restriction", "entities_heard": True,
         "market_department_reviewed": True},
        {"id": "i", "kind": "issue", "date": issued},
    ]  # fmt: skip

    found = checked(COUNTY, *acts, traits={"market_entities": True})
    of_review = {
        item.outcome for item in found.verdicts if item.act == "f" and item.duty.startswith("comp-fcr")
    }
    (on_issue,) = [item for item in found.about("comp-fcr.FCR-18") if item.act == "i"]

    assert on_issue.day == issued
    assert (on_issue.outcome == "not_applicable") is (gate == "not_applicable")
    assert ("not_applicable" in of_review and len(of_review) == 1) is (review == "not_applicable")
