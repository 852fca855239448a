"""Unknown is not no: where a record does not say whether a matter is of a special kind, that law stays untested."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import record, report
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.law.applicable import standard_law

BODY = {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "420222"}
PACKS = {
    "urban_plan": "track-urban-plan", "land_expropriation": "track-land", "house_expropriation": "track-houses",
    "government_pricing": "track-price", "environmental_assessment": "track-environment",
    "government_investment": "track-investment",
}  # fmt: skip
SUBMISSION = {"id": "s", "kind": "submission", "date": "2025-05-20", "draft": "v1"}


def checked(*acts: dict[str, Any], assume_complete: bool = False, **rest: Any) -> dp.Report:
    data = {
        "schema": 1, "title": "示例", "body": BODY, "catalogue": {"listed": True}, "drafts": [{"id": "v1"}],
        "complete": {"kinds": ["all"], "up_to": "2025-12-31"}, "acts": [SUBMISSION, *acts],
    } | rest  # fmt: skip
    decision = dp.parse_decision(json.dumps(data, ensure_ascii=False))
    return dp.check(decision, as_of=date(2025, 12, 31), assume_complete=assume_complete)


def of(found: dp.Report, pack: str) -> list[tuple[str, str]]:
    return [
        (item.duty.partition(".")[2], item.outcome)
        for item in found.verdicts
        if item.duty.partition(".")[0] == pack
    ]


@pytest.mark.parametrize(("track", "pack"), PACKS.items())
def test_a_special_procedure_that_the_record_does_not_speak_of_comes_to_one_undetermined_question(
    track: str, pack: str
) -> None:
    found = checked()
    (scope,) = found.about(f"{pack}.scope")

    assert of(found, pack) == [("scope", "undetermined")]
    assert scope.reasons == ("kind_unstated",)
    assert scope.missing == ("tracks",)
    assert found.scope[pack] == "unstated"
    assert pack not in {item["id"] for item in found.law_used["applied"]}


@pytest.mark.parametrize(("track", "pack"), PACKS.items())
def test_a_special_procedure_that_the_record_names_is_tested(track: str, pack: str) -> None:
    found = checked(tracks=[track])

    assert ("scope", "satisfied") in of(found, pack)
    assert len(of(found, pack)) > 1
    assert {of(found, other)[0] for name, other in PACKS.items() if name != track} == {
        ("scope", "undetermined")
    }


@pytest.mark.parametrize("tracks", [[], ["urban_plan"]])
def test_only_a_list_of_tracks_that_is_said_to_be_whole_says_no(tracks: list[str]) -> None:
    whole, open_, denied = (
        checked(tracks=tracks, tracks_complete=complete) for complete in (True, None, False)
    )

    assert set(of(whole, "track-land")) >= {("scope", "not_applicable")}
    assert {outcome for _, outcome in of(whole, "track-land")} == {"not_applicable"}
    for found in (open_, denied):
        assert of(found, "track-land") == [("scope", "undetermined")]


def test_a_file_that_is_whole_does_not_say_of_what_kind_the_matter_is() -> None:
    assert of(checked(assume_complete=True), "track-land") == [("scope", "undetermined")]


@pytest.mark.parametrize(
    ("traits", "pack", "scope", "tested"),
    [
        ({}, "nd-37", "undetermined", False),
        ({"normative_document": None}, "nd-37", "undetermined", False),
        ({"normative_document": True}, "nd-37", "satisfied", True),
        ({"normative_document": False}, "nd-37", "not_applicable", False),
        ({}, "comp-obe", "undetermined", False),
        ({"market_entities": True}, "comp-obe", "undetermined", False),
        ({"market_entities": False}, "comp-obe", "not_applicable", False),
        ({"normative_document": True, "market_entities": True}, "comp-obe", "satisfied", True),
        ({"normative_document": True}, "comp-obe", "needs_judgement", True),
        ({"normative_document": False, "market_entities": True}, "comp-obe", "not_applicable", False),
        # Whether market entities are touched is no kind of matter: what is not answered is for a person.
        ({}, "comp-fcr", "needs_judgement", True),
        ({"market_entities": False}, "comp-fcr", "not_applicable", False),
        ({"market_entities": True}, "comp-fcr", "satisfied", True),
    ],
)
def test_law_on_normative_documents_is_asked_for_like_a_special_procedure(
    traits: dict[str, bool | None], pack: str, scope: str, tested: bool
) -> None:
    found = checked(traits=traits)

    assert ("scope", scope) in of(found, pack)
    assert any(outcome != "not_applicable" for name, outcome in of(found, pack) if name != "scope") is tested


def test_such_questions_leave_the_scope_of_the_regulation_alone() -> None:
    silent, told = checked(), checked(tracks=[], tracks_complete=True, traits={"normative_document": False})

    def of_the_regulation(found: dp.Report) -> list[tuple[str, str]]:
        return [item for item in of(found, "cn-713") if item[0] != "29.1b"]

    assert of_the_regulation(silent) == of_the_regulation(told)
    assert ("25.2a", "violated") in of(silent, "cn-713")
    assert silent.gate("submission").blocked_by == told.gate("submission").blocked_by != ()


def test_such_questions_never_count_for_the_exit_status_and_reach_nobody() -> None:
    data = record("示例县-全部合规")
    data.pop("tracks_complete")
    data["traits"].pop("normative_document")

    found = report(data)
    asked = [item for item in found.verdicts if item.outcome == "undetermined"]

    assert {item.duty for item in asked} == {
        *(f"{pack}.scope" for pack in PACKS.values()), "nd-37.scope", "nd-115.scope", "comp-obe.scope",
    }  # fmt: skip
    assert not any(item.counts for item in asked)
    assert found.worst == report(record("示例县-全部合规")).worst
    assert not found.concluded("settles")


def test_people_are_asked_one_question_that_lists_the_kinds() -> None:
    found = checked()
    asked = [item for item in found.verdicts if item.untested]
    (once,) = [item for item in found.told if item.untested]

    assert len(asked) == len(PACKS) + 3
    assert {once.duty, *once.related} == {item.duty for item in asked}
    assert set(once.missing) == {"tracks", "traits.normative_document"}
    assert found.requirement(once) == (
        "事项是否属于下列各类，案卷未说明，其专门要求未核查：行政规范性文件、环境影响评价、国有土地上房屋征收、"
        "政府投资项目、征收集体土地、政府定价、城乡规划"
    )
    assert found.requirement(once, "en") == (
        "Whether the matter is of these kinds is not stated, and their own duties stay untested: an administrative "
        "normative document, environmental assessment, expropriation of houses, government investment, expropriation "
        "of land, government pricing, urban and rural plan"
    )
    assert found.counts["to_supply"] == len(found.of_face("to_supply"))
    assert not any(item.untested for item in found.in_doubt)


@pytest.mark.parametrize("form", ["csv", "sarif", "junit", "github", "gitlab", "text"])
def test_lists_of_findings_hold_one_such_question(form: str, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    told = {"schema": 1, "title": "示例", "body": BODY, "catalogue": {"listed": True}, "acts": []}
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    command = ["check", "--details"] if form == "text" else ["report", "--format", form]
    result = CliRunner().invoke(app, [*command, str(path), "--as-of", "2025-12-31", "--fail-on", "never"])

    assert result.exit_code == 0, result.output
    assert "".join(result.stdout.split()).count("案卷未说明，其专门") == 1


def test_with_one_kind_left_open_the_question_is_about_that_kind() -> None:
    found = checked(tracks=[], tracks_complete=True, traits={"market_entities": False})
    (once,) = [item for item in found.told if item.untested]

    assert {once.duty, *once.related} == {"nd-37.scope", "nd-115.scope"}
    assert found.requirement(once).endswith("：行政规范性文件")


@pytest.mark.parametrize("kind", ["party_committee"])
def test_a_body_that_a_law_does_not_bind_is_not_asked_about_it(kind: str) -> None:
    found = checked(body=BODY | {"kind": kind})

    assert ("scope", "not_applicable") in of(found, "track-land")
    assert ("scope", "not_applicable") in of(found, "nd-37")


def test_adding_a_track_never_takes_a_finding_of_the_regulation_away_but_what_its_law_displaces() -> None:
    plain = checked()
    for track, pack in PACKS.items():
        named = checked(tracks=[track])
        displaced = {
            name for item in standard_law().packs if item.head.id == pack for duty in item.file.duties for name in duty.displaces
        }  # fmt: skip
        lost = {item.duty for item in plain.violations} - {item.duty for item in named.violations}
        assert lost <= displaced


@pytest.mark.parametrize(
    ("body", "binding"),
    [
        ({"kind": "department", "level": "county"}, "direct"),
        ({"kind": "department", "level": "province"}, "direct"),
        ({"kind": "department"}, "uncertain"),
        ({"kind": "government", "level": "county"}, "uncertain"),
        ({"kind": "government", "level": "township"}, "not_bound"),
        ({"kind": "party_committee", "level": "county"}, "not_bound"),
    ],
)
def test_approving_an_investment_binds_departments_and_what_was_left_out_is_for_a_person(
    body: dict[str, str], binding: str
) -> None:
    decided = {"id": "d", "kind": "decision", "date": "2025-05-26", "outcome": "adopt"}

    found = checked(
        decided,
        tracks=["government_investment"],
        traits={"major_investment": True},
        body={"name": "示例机关", **body},
    )

    verdicts = [item for item in found.verdicts if item.duty.startswith("track-investment.11-")]
    assert len(verdicts) == 3
    wanted = "not_applicable" if binding == "not_bound" else "needs_judgement"
    assert {(item.outcome, item.binding) for item in verdicts} == {(wanted, binding)}
