"""The procedure in brief: one sheet of a few boxes, true to the law, with the state of a record on them."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import geometry
import networkx as nx
import pytest
from scenes import BAD, EXAMPLES, GOOD, LANGS, RUNNING, bare, crowded, everything_missing, report_of, worked
from test_geometry import faults
from test_procedure_geometry import LONG, TOWN, overlaid

import decision_procedure as dp
from decision_procedure.checking.governing import governing
from decision_procedure.diagrams.brief import Brief, brief_of
from decision_procedure.diagrams.changes import Drawing, drawing
from decision_procedure.diagrams.scene import SHEETS, Scene
from decision_procedure.law.applicable import standard_law
from decision_procedure.model.vocabulary import label
from decision_procedure.reporting.steps import drawn_states

COUNTY = ("441223", date(2024, 9, 1))
LAWS: dict[str, Any] = {
    "county": COUNTY, "city": ("4412", date(2024, 9, 1)), "town": (TOWN, date(2024, 9, 1)),
    "2017": ("441223", date(2017, 6, 1)), "2005": ("11", date(2005, 1, 1)), "long": (LONG, date(2022, 1, 1)),
}  # fmt: skip
PAGES = ("portrait", "landscape", "slide")


@cache
def law(name: str) -> tuple[Drawing, Brief]:
    draw = drawing(governing(LAWS[name], standard_law()), None)
    return draw, brief_of(draw)


def sheet(source: Any, page: str = "portrait", lang: str = "zh") -> Scene:
    (scene,) = dp.diagram(source, kind="brief", page=page, lang=lang).sheets
    return scene


def words(scene: Scene, name: str) -> str:
    return "".join(line.text for box in scene.boxes if box.id == name for line in box.lines)


def test_the_procedure_of_today_is_a_dozen_boxes_in_lanes_for_the_public_experts_and_the_party_committee() -> (
    None
):
    scene = sheet(COUNTY)

    assert sum(box.id.startswith("box-") for box in scene.boxes) == 12
    assert words(scene, "head-outside") == "公众、专家"
    assert words(scene, "head-leading") == "同级党委、同级人大"
    lanes = {box.id: box for box in scene.boxes if box.id.startswith("lane-")}
    for box, lane in {"box-party_report": "lane-leading", "box-public_participation": "lane-outside",
                      "box-expert_review": "lane-outside", "box-proposal_study": "lane-deciding"}.items():  # fmt: skip
        (card,) = (item for item in scene.boxes if item.id == box)
        assert lanes[lane].x < card.x < card.x + card.w < lanes[lane].x + lanes[lane].w


@pytest.mark.parametrize("name", LAWS)
def test_every_step_of_the_law_is_in_one_box_or_named_as_left_out(name: str) -> None:
    draw, brief = law(name)
    told = [step for box in brief.boxes for step in box.steps]

    assert sorted([*told, *brief.left_out]) == sorted(draw.steps)
    assert len(told) == len(set(told))
    assert [box.number for box in brief.boxes] == list(range(1, len(brief.boxes) + 1))
    assert len(brief.boxes) <= 12
    for step in brief.left_out:
        assert draw.steps[step].law.need == "optional"
        assert words(sheet(LAWS[name]), "note").count(draw.steps[step].law.step.name.zh) == 1


@pytest.mark.parametrize("name", LAWS)
def test_an_arrow_stands_between_two_boxes_where_the_law_orders_steps_of_them_and_nowhere_else(
    name: str,
) -> None:
    draw, brief = law(name)
    of = {box.name: box.steps for box in brief.boxes}
    home = {step: first for first, steps in of.items() for step in steps}
    arrows: nx.DiGraph[str] = nx.DiGraph(list(brief.orders))
    arrows.add_nodes_from(of)

    for (one, two), strength in brief.orders.items():
        found = {
            edge.order.strength
            for edge in draw.edges
            if (edge.order.before, edge.order.after) in set(product(of[one], of[two]))
        }
        assert found
        assert ("stated" in found) == (strength == "stated")
    for edge in draw.edges:
        one, two = home.get(edge.order.before), home.get(edge.order.after)
        assert one is None or two is None or one == two or nx.has_path(arrows, one, two)


def test_what_must_come_before_the_issue_alone_does_not_seem_to_come_before_the_discussion() -> None:
    _, brief = law("county")
    box_of = {step: box.name for box in brief.boxes for step in box.steps}

    assert box_of["deliberation"] == box_of["decision"] != box_of["issue"]
    assert (box_of["party_report"], box_of["issue"]) in brief.orders
    assert (box_of["party_report"], box_of["deliberation"]) not in brief.orders


@pytest.mark.parametrize("path", [BAD, GOOD, RUNNING], ids=lambda path: str(path.stem))
def test_each_box_of_a_record_has_the_gravest_verdict_of_its_steps_by_word_badge_and_colour(
    path: Path,
) -> None:
    report = worked(path)
    scene = sheet(report)
    states = drawn_states(report, dp.procedure(report.decision))
    grave = [
        "violated",
        "in_doubt",
        "needs_judgement",
        "to_supply",
        "nothing_recorded",
        "pending",
        "not_begun",
    ]
    brief = brief_of(
        drawing(governing(report, standard_law()), None), [n for n in states if states[n].recorded]
    )

    for box in brief.boxes:
        verdicts = {states[step].verdict for step in box.steps} - {None}
        worst = next((word for word in grave if word in verdicts), None)
        worst = worst or ("satisfied" if "satisfied" in verdicts else "not_applicable")
        (card,) = (item for item in scene.boxes if item.id == f"box-{box.name}")
        assert f"【{label('step_verdict', worst)}】" in words(scene, card.id)
        assert worst in card.css
        badges = [item.css for item in scene.boxes if item.id == f"badge-{box.name}"]
        assert badges == ([] if worst == "not_begun" else [worst])


def test_a_box_says_in_few_words_what_is_wrong() -> None:
    told = words(sheet(worked(BAD), "slide"), "box-public_participation")

    assert "实际20日，少10日（另一算法21日）（15.1c）" in told


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_whatever_is_drawn_has_room_on_one_sheet_and_nothing_overlaps_overflows_or_is_crossed(
    lang: str, page: str
) -> None:
    (notice,) = EXAMPLES.glob("published/茂*.yaml")
    sources = {
        **LAWS, "bad": worked(BAD), "running": worked(RUNNING), "crowded": crowded(), "notice": worked(notice),
        "every step": everything_missing(), "bare": report_of(bare()),
    }  # fmt: skip
    found = {}
    for name, source in sources.items():
        scene = sheet(source, page, lang)
        found[name] = [*faults(scene), *overlaid(scene), *geometry.larger(scene, page)]

    assert {name: list_ for name, list_ in found.items() if list_} == {}


def test_a_slide_is_sixteen_to_nine() -> None:
    width, height = SHEETS["slide"]

    assert height is not None
    assert width * 9 == height * 16


def test_a_day_without_law_says_so() -> None:
    scene = sheet(("44", date(1990, 1, 1)))

    assert "没有已载入且在施行期内的法律" in words(scene, "heading")
