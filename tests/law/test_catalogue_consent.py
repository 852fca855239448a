"""A catalogue of decisions is published after the Party committee of the same level agreed (713-3)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from heads import came_to, checked, headed, on
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.model.catalogue import load_catalogue

ENTRY, ACT = "cn-713.3.3", "cn-713.3.3-catalogue"
GUANGDONG = {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "441223"}
TOWN = {"name": "示例镇人民政府", "kind": "government", "level": "township", "code": "420222"}


def listed(**stated: bool | int | None) -> dict[str, Any]:
    return {"listed": True, **stated}


def publication(**stated: Any) -> dict[str, Any]:
    return {
        "kind": "catalogue_publication",
        "id": "c",
        "date": "2024-03-04",
        "catalogue_kind": "decisions",
    } | stated


def test_a_catalogue_without_party_consent_is_violated_and_one_that_is_silent_is_undetermined() -> None:
    denied = checked(headed(catalogue=listed(party_consent=False, published=True)))
    silent = checked(headed())

    assert came_to(denied, ENTRY) == ["violated"]
    assert came_to(silent, ENTRY) == ["undetermined"]
    assert on(silent, ENTRY)[0].missing == ("catalogue.party_consent", "catalogue.published")


ENTRIES = [
    ("agreed and published", listed(party_consent=True, published=True), {}, "satisfied"),
    ("agreed, approved and published", listed(party_consent=True, approved=True, published=True), {}, "satisfied"),
    ("approved by the government, silent on the Party committee", listed(approved=True, published=True), {}, "undetermined"),
    ("approved by the government, without the Party committee", listed(approved=True, party_consent=False, published=True), {}, "violated"),
    ("agreed, not published", listed(party_consent=True, published=False), {}, "violated"),
    ("agreed, whether published is not said", listed(party_consent=True), {}, "undetermined"),
    ("published, whether agreed is not said", listed(published=True), {}, "undetermined"),
    ("not fixed by the deciding body", listed(approved=False, party_consent=True, published=True), {}, "violated"),
    ("a catalogue of 2020", listed(year=2020, party_consent=False, published=True), {}, "violated"),
    ("a catalogue of 2019", listed(year=2019, party_consent=False, published=True), {}, "not_applicable"),
    ("a catalogue of 2017", listed(year=2017, party_consent=False, published=True), {}, "not_applicable"),
    ("on no catalogue", {"listed": False, "party_consent": False}, {"traits": {"meets_published_standards": True}}, "not_applicable"),
    ("whether it is on a catalogue is not said", {"party_consent": False}, {"traits": {"meets_published_standards": True}}, "undetermined"),
    ("over an open file", listed(party_consent=False, published=True), {"complete": None}, "violated"),
    ("a township, bound by reference", listed(party_consent=False, published=True), {"body": TOWN}, "violated"),
    ("whether it is in scope is for a person", listed(party_consent=False, published=True), {"matter_class": "emergency_response"}, "needs_judgement"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "others", "expected"), [case[1:] for case in ENTRIES], ids=[case[0] for case in ENTRIES]
)
def test_what_the_place_on_the_catalogue_says_of_it(
    entry: dict[str, Any], others: dict[str, Any], expected: str
) -> None:
    assert came_to(checked(headed(**{"catalogue": entry} | others)), ENTRY) == [expected]


ACTS = [
    ("agreed and published", publication(party_consent=True, published=True), {}, "satisfied"),
    ("without consent", publication(party_consent=False, published=True), {}, "violated"),
    ("not published", publication(party_consent=True, published=False), {}, "violated"),
    ("not fixed by the deciding body", publication(approved=False, party_consent=True, published=True), {}, "violated"),
    ("silent", publication(), {}, "undetermined"),
    ("silent on consent", publication(published=True), {}, "undetermined"),
    ("silent, but the place on the catalogue says it", publication(), {"catalogue": listed(party_consent=True, published=True)}, "satisfied"),
    ("silent, and the place on the catalogue denies it", publication(published=True), {"catalogue": listed(party_consent=False)}, "violated"),
    ("a catalogue of hearings", publication(catalogue_kind="hearings", party_consent=False), {}, "not_applicable"),
    ("of which kind is not said", publication(catalogue_kind=None, party_consent=False, published=True), {}, "undetermined"),
    ("published before the Regulation was in force", publication(date="2019-03-04", party_consent=False, published=True), {}, "not_applicable"),
    ("over an open file", publication(party_consent=False, published=True), {"complete": None}, "violated"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "others", "expected"), [case[1:] for case in ACTS], ids=[case[0] for case in ACTS]
)
def test_what_the_publication_of_a_catalogue_says_of_it(
    act: dict[str, Any], others: dict[str, Any], expected: str
) -> None:
    assert came_to(checked(headed(act, **others)), ACT) == [expected]


def test_where_its_publication_is_on_record_the_place_on_the_catalogue_is_not_asked_again() -> None:
    report = checked(headed(publication(party_consent=True, published=True)))

    assert came_to(report, ENTRY) == ["not_applicable"]
    assert came_to(report, ACT) == ["satisfied"]


def test_guangdong_says_the_same_and_comes_to_one_finding_with_two_citations() -> None:
    report = checked(headed(publication(party_consent=False, published=True), body=GUANGDONG))
    (verdict,) = on(report, ACT)

    assert verdict.outcome == "violated"
    assert verdict.related == ("gd-288.3.3",)
    assert not on(report, "gd-288.3.3")


def test_a_catalogue_without_consent_closes_no_gate() -> None:
    report = checked(headed(catalogue=listed(party_consent=False, published=True)))

    assert not [item for item in report.concluded("gate") if item.get("state") == "closed"]


def test_removing_the_denial_of_consent_never_accuses() -> None:
    whole = listed(party_consent=False, published=True)
    for name in ("party_consent", "published"):
        entry = {key: value for key, value in whole.items() if key != name}
        outcome = came_to(checked(headed(catalogue=entry)), ENTRY)
        assert outcome == (["undetermined"] if name == "party_consent" else ["violated"])


def test_a_file_said_to_be_whole_denies_no_consent() -> None:
    assert came_to(checked(headed(), assume_complete=True), ENTRY) == ["undetermined"]


def test_the_fields_can_be_given_in_chinese() -> None:
    entry = {"已列入": True, "已经党委同意": False, "已公布": True, "已经审批": True}

    assert came_to(checked(headed(catalogue=None, 目录=entry)), ENTRY) == ["violated"]


# The catalogue itself.
CATALOGUE = """格式版本: 1
目录名称: 某县人民政府{year}年度重大行政决策事项目录
制定机关: 某县人民政府办公室
年度: {year}
级别: 县级
{stated}事项:
- {{序号: '1', 事项名称: 水价}}
"""


def catalogue_file(place: Path, stated: str = "", year: int = 2024) -> Path:
    path = place / "目录.yaml"
    path.write_text(CATALOGUE.format(stated=stated, year=year), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("stated", "year", "expected"),
    [
        ("", 2024, ["undetermined"]),
        ("已经党委同意: 否\n已公布: 是\n", 2024, ["violated"]),
        ("已经党委同意: 是\n已公布: 是\n", 2024, ["satisfied"]),
        ("已经审批: 是\n已公布: 是\n", 2024, ["undetermined"]),
        ("已经党委同意: 是\n已公布: 否\n", 2020, ["violated"]),
        ("已经党委同意: 否\n", 2018, []),
    ],
)
def test_a_catalogue_is_checked_by_the_same_duty(
    tmp_path: Path, stated: str, year: int, expected: list[str]
) -> None:
    verdicts = dp.check_catalogue(load_catalogue(catalogue_file(tmp_path, stated, year)))

    assert [verdict.outcome for verdict in verdicts if verdict.duty == ENTRY] == expected


def test_the_command_says_at_its_line_that_the_party_committee_did_not_agree(tmp_path: Path) -> None:
    path = catalogue_file(tmp_path, "已经党委同意: 否\n已公布: 是\n")

    text = CliRunner().invoke(app, ["catalogue", "advise", str(path)])
    data = json.loads(CliRunner().invoke(app, ["catalogue", "advise", str(path), "--format", "json"]).stdout)

    assert text.exit_code == 0
    assert f"{path}:6: 不合规：第三条第三款" in text.stdout
    assert [(item["duty"], item["outcome"]) for item in data[0]["verdicts"]] == [(ENTRY, "violated")]


def test_the_command_says_what_a_silent_catalogue_does_not_state(tmp_path: Path) -> None:
    path = catalogue_file(tmp_path)

    text = CliRunner().invoke(app, ["catalogue", "advise", str(path)]).stdout
    english = CliRunner().invoke(app, ["catalogue", "advise", str(path), "--lang", "en"]).stdout

    assert "待定：第三条第三款" in text
    assert "未载明：已经党委同意、已公布" in text
    assert "not stated: party consent, published" in english


def test_a_catalogue_in_order_has_nothing_said_of_it(tmp_path: Path) -> None:
    path = catalogue_file(tmp_path, "已经党委同意: 是\n已公布: 是\n")

    assert "cn-713" not in CliRunner().invoke(app, ["catalogue", "advise", str(path)]).stdout


def test_the_day_of_issue_decides_by_which_law_a_catalogue_is_checked() -> None:
    data = {
        "schema": 1, "title": "目录", "issuer": "某县人民政府", "level": "county", "year": 2024, "items": [],
        "issued": "2024-03-04", "party_consent": False, "published": True,
    }  # fmt: skip
    (verdict,) = dp.check_catalogue(dp.Catalogue.model_validate(data))

    assert (verdict.outcome, verdict.day) == ("violated", date(2024, 3, 4).isoformat())
