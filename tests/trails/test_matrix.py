"""The responsibility matrix: steps by units and persons, as data, text and CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from conftest import act, record, report

import decision_procedure as dp
from decision_procedure.trails.matrix import Matrix, joined, matrix


def of(data: dict[str, Any]) -> Matrix:
    found = report(data)
    return matrix(found, dp.procedure(found.decision))


def roles(found: Matrix, step: str, party: str) -> tuple[str, ...]:
    return next((cell.roles for cell in found.cells if (cell.step, cell.party.id) == (step, party)), ())


def test_each_unit_shows_what_it_bore_did_reviewed_and_decided(bad: dict[str, Any]) -> None:
    found = of(bad)

    assert roles(found, "legality_review", "sf") == ("duty", "reviewed")
    assert roles(found, "submission", "zj") == ("duty", "acted", "violated")
    assert roles(found, "deliberation", "gov") == ("duty", "decided", "violated")
    assert roles(found, "risk_assessment", "pg") == ("reviewed",)


def test_each_person_at_the_meeting_shows_decided_dissented_recused_and_absent(bad: dict[str, Any]) -> None:
    act(bad, "meeting")["attendees"][2]["recused"] = True
    act(bad, "meeting")["attendees"].pop(1)
    act(bad, "meeting")["speaking_order"] = ["p-chief", "p-cz"]

    found = of(bad)

    assert roles(found, "deliberation", "p-chief") == ("decided",)
    assert roles(found, "deliberation", "p-cz") == ("dissented", "recused")
    assert roles(found, "deliberation", "p-vice") == ("absent",)


def test_nobody_is_absent_from_a_list_that_is_not_complete(bad: dict[str, Any]) -> None:
    act(bad, "meeting")["attendees"].pop(1)
    act(bad, "meeting")["attendees_complete"] = None
    act(bad, "meeting")["speaking_order"] = ["p-chief", "p-cz"]

    assert roles(of(bad), "deliberation", "p-vice") == ()


def test_who_took_the_post_after_the_meeting_is_not_absent_from_it(bad: dict[str, Any]) -> None:
    act(bad, "meeting")["attendees"].pop(1)
    act(bad, "meeting")["speaking_order"] = ["p-chief", "p-cz"]
    bad["people"][1]["posts"][0]["since"] = "2024-07-01"

    assert roles(of(bad), "deliberation", "p-vice") == ()


def test_who_handled_an_act_acted_in_it(bad: dict[str, Any]) -> None:
    act(bad, "comment")["by"] = ["p-zj2"]

    assert roles(of(bad), "public_participation", "p-zj2") == ("acted",)


def test_the_matrices_of_a_catalogue_stand_one_after_another(bad: dict[str, Any]) -> None:
    other = record("示例县-办公会代替常务会")

    found = joined([of(bad), of(other)])

    assert list(dict.fromkeys(cell.decision for cell in found.cells)) == [bad["title"], other["title"]]
    assert found.text("zh").count("\n# ") + found.text("zh").startswith("# ") == 2


def test_decisions_of_one_title_stand_apart(bad: dict[str, Any]) -> None:
    other = record("示例县-办公会代替常务会") | {"title": bad["title"]}
    alone = of(other)

    found = joined([of(bad), alone])

    assert found.text("zh").count(f"# {bad['title']}\n") == 1
    assert [cell[1:] for cell in found.cells if cell.decision.endswith(" #2")] == [
        cell[1:] for cell in alone.cells
    ]


@pytest.mark.parametrize(("lang", "head"), [("zh", "环节"), ("en", "step")])
def test_csv_has_one_line_for_each_cell_in_both_languages(bad: dict[str, Any], lang: str, head: str) -> None:
    found = of(bad)

    rows = list(csv.DictReader(io.StringIO(found.csv(lang))))

    assert len(rows) == len(found.cells)
    assert head in rows[0]


def test_no_cell_of_the_csv_can_be_taken_for_a_formula(bad: dict[str, Any]) -> None:
    bad["title"] = '=HYPERLINK("http://x","y")'
    bad["units"][0]["name"] = "+甲\n=1"

    rows = list(csv.reader(io.StringIO(of(bad).csv())))

    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert all(len(row) == 7 for row in rows)


def test_every_sign_of_the_table_is_explained_below_it(bad: dict[str, Any]) -> None:
    text = of(bad).text("en")

    assert "责 bore a duty" in text
    assert "× a duty borne there is violated" in text
