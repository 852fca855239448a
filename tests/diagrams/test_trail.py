"""The trail as sheets: a part for each finding, nothing lost, long parts divided, what is unknown summed up."""

from __future__ import annotations

import re

import networkx as nx
import pytest
from scenes import BAD, GOOD, INVENTED, RUNNING, bare, crowded, everything_missing, report_of, worked

import decision_procedure as dp
from decision_procedure.diagrams.halving import fitting
from decision_procedure.diagrams.palette import look
from decision_procedure.diagrams.parts import as_problems, cut
from decision_procedure.diagrams.picture import Picture
from decision_procedure.diagrams.scene import safe_id
from decision_procedure.diagrams.summary import told_once


def text_of(picture: Picture) -> str:
    """Return all words of a picture without spaces, line ends and marks of shortening."""
    lines = (line.text for sheet in picture.sheets for box in sheet.boxes for line in box.lines)
    return re.sub(r"[\s\u3000]", "", "".join(lines))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)


@pytest.mark.parametrize("report", [worked(BAD), everything_missing()], ids=["defective", "every-step"])
def test_every_node_of_a_trail_is_on_a_card_or_told_on_one(report: dp.Report) -> None:
    trail = dp.trail(report)
    words = text_of(dp.diagram(report, kind="trail", page="screen"))

    told = [node for node in trail.nodes if node.kind not in ("finding", "provision")]
    assert [node.id for node in told if squeezed(node.zh) not in words] == []
    assert [node.id for node in trail.of("provision") if node.data["article"] not in words] == []
    assert [
        node.id
        for node in trail.of("finding")
        if node.data["severity"] == "violated" and node.data["duty"].partition(".")[2] not in words
    ] == []


def test_each_finding_that_is_shown_is_in_one_part_with_its_duty_and_its_bearers() -> None:
    trail = dp.trail(worked(BAD))
    parts = cut(trail.to_networkx(), trail.title, "zh").parts

    for finding in trail.of("finding"):
        (own,) = [part for part in parts if finding.id in part.cards]
        assert f"duty:{finding.data['duty']}" in own.cards
        units = {edge.target for edge in trail.leading(finding.id, "borne_by")}
        assert units <= own.cards.keys()
        assert len([key for key in own.cards if str(key).startswith("finding:")]) == 1


def test_findings_that_spring_from_one_fact_are_one_card_with_the_duties_of_all_and_the_brief_sentence() -> (
    None
):
    graph = as_problems(dp.trail(worked(BAD)).to_networkx())
    (own,) = (
        part
        for part in cut(graph, worked(BAD).title, "zh").parts
        if "finding:cn-713.25.1a@submit" in part.cards
    )
    card = own.cards["finding:cn-713.25.1a@submit"]

    assert card.title == "不合规 25.1a 25.1b 25.2a"
    assert "应为“合法性审查意见”" in "".join(card.lines)
    assert {f"duty:cn-713.{duty}" for duty in ("25.1a", "25.1b", "25.2a")} <= own.cards.keys()
    assert "致其未完成 “提交讨论”的前置程序" in card.bold
    assert len([key for key in graph if str(key).startswith("finding:cn-713.25.")]) == 1


def test_what_a_finding_came_to_is_told_by_word_colour_and_border_alike_in_trail_and_graph() -> None:
    trail = dp.trail(worked(INVENTED / "示例县-办公会代替常务会.yaml"))
    cards = [
        box
        for sheet in dp.diagram(trail, kind="trail").sheets
        for box in sheet.boxes
        if "needs_judgement" in box.css
    ]

    assert cards
    for card in cards:
        assert (card.fill, card.border, card.dash) == (
            look("needs_judgement").fill, look("needs_judgement").border, "dashed",
        )  # fmt: skip
        assert card.lines[0].text.startswith("需人工判断")
    (graph,) = dp.diagram(trail, kind="graph").sheets
    judged = [node.id for node in trail.of("finding") if node.data["face"] == "needs_judgement"]
    fills = {box.fill for box in graph.boxes for name in judged if box.id.endswith(safe_id(name)[:60])}
    assert fills == {look("needs_judgement").fill}


def test_the_gate_is_told_on_the_finding_that_closes_it_and_leads_to_what_was_done_behind_it() -> None:
    trail = dp.trail(worked(BAD))
    part = next(
        part
        for part in cut(trail.to_networkx(), trail.title, "zh").parts
        if "finding:cn-713.25.2a@submit" in part.cards
    )

    assert "致其未完成 “提交讨论”的前置程序" in part.cards["finding:cn-713.25.2a@submit"].bold
    assert any(edge.head == "act:submit" and "前置程序未完成即实施" in edge.label for edge in part.edges)


def test_a_record_with_nothing_but_a_title_gives_a_list_of_few_sheets_instead_of_a_drawing_of_each_duty() -> (
    None
):
    report = report_of(bare())
    for page in ("portrait", "landscape"):
        picture = dp.diagram(report, kind="trail", page=page)
        words = text_of(picture)

        assert len(picture.sheets) <= 3
        assert not report.in_doubt
        for face, word in (("to_supply", "待补"), ("nothing_recorded", "尚无记录")):
            told = sum(not verdict.untested for verdict in report.of_face(face))
            assert (f"{word}：{told}项" in words) is (told > 0)
        ids = [verdict.duty.partition(".")[2] for verdict in report.of("undetermined")]
        assert all(name in words for name in ids if name[:1].isdigit())
        assert not any(name in words for name in ids if name.startswith(("scope", "order.")))


def test_few_undetermined_findings_are_drawn_whole() -> None:
    report = worked(RUNNING)
    whole = dp.trail(report)
    one = whole.of("finding")[0]

    assert cut(whole.to_networkx(), whole.title, "zh").summed
    assert cut(whole.backwards(one.id).to_networkx(), whole.title, "zh").summed == []
    assert dp.diagram(worked(GOOD), kind="trail").sheets


def test_a_part_higher_than_a_sheet_goes_on_and_says_so_and_long_evidence_is_listed_once() -> None:
    trail = dp.trail(crowded())
    words = text_of(dp.diagram(crowded(), kind="trail", page="landscape"))
    documents = [f"第{number}号附件" for number in range(30)]

    assert "（续）" in words
    assert [words.count(squeezed(name)) for name in documents] == [1] * 30
    assert "前文已列" in words
    assert len(trail.of("document")) > 30


def test_pieces_of_a_part_hold_every_card_and_every_edge_of_it() -> None:
    trail = dp.trail(everything_missing())
    for part in cut(trail.to_networkx(), trail.title, "zh").parts:
        pieces = fitting(part, lambda piece: float(len(piece.cards)), 5, "zh")

        assert {key for piece in pieces for key in piece.cards} == set(part.cards)
        assert {edge for piece in pieces for edge in piece.edges} == set(part.edges)
        assert len(pieces) > 1 or len(part.cards) <= 5


def test_links_that_run_backwards_are_counted_not_hidden() -> None:
    graph = nx.DiGraph()
    graph.add_node("u", kind="unit", zh="单位")
    graph.add_node("f", kind="finding", zh="问题")
    graph.add_edge("u", "f")

    assert "另有1条逆向关系未画出" in text_of(dp.diagram(graph, kind="trail"))


def test_a_trail_without_a_finding_says_whether_nothing_is_wrong_or_nothing_can_be_traced_yet() -> None:
    told = {
        path: "".join(
            line.text
            for box in dp.diagram(worked(path), kind="trail", lang="zh").sheets[0].boxes
            for line in box.lines
        )
        for path in (GOOD, RUNNING, BAD)
    }

    assert "没有可追溯的问题" in told[GOOD]
    assert "尚无能够追溯的问题" in told[RUNNING]
    assert "追溯的问题" not in told[BAD]


def test_a_list_of_what_is_open_tells_a_text_once_with_the_numbers_of_all_that_ask_it() -> None:
    duties = [("同一要求", "3.3"), ("另一要求", ""), ("同一要求", "3.3-catalogue")]

    assert told_once(duties, "zh") == "同一要求（3.3、3.3-catalogue）；另一要求"
