"""What the trail of a report holds, and that every link of it rests on something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import networkx as nx
import pytest
from conftest import EXAMPLES, act, record, report, without

import decision_procedure as dp
from decision_procedure.law.articles import article_text
from decision_procedure.trails.chain import DECISION, Trail, columns
from decision_procedure.wording import say

DEFECTIVE = ("示例县-多处不合规", "示例县-办公会代替常务会")


def outcome_finding(kind: str = "serious_error") -> dict[str, Any]:
    return {"authority": "示例市人民政府", "date": "2024-09-01", "kind": kind, "major_loss_or_effect": True}


# --- what is on the trail -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEFECTIVE)
def test_every_direct_breach_of_a_worked_record_reaches_article_unit_and_person_or_named_gap(
    name: str,
) -> None:
    found = report(record(name))

    trail = dp.trail(found)

    breaches = [item for item in found.of("violated") if item.binding == "direct"]
    assert breaches
    for verdict in breaches:
        part = trail.backwards(f"finding:{verdict.duty}" + (f"@{verdict.act}" if verdict.act else ""))
        kinds = {node.kind for node in part.nodes}
        assert {"instrument", "article", "duty", "finding", "unit", "provision"} <= kinds
        assert kinds & {"act", "absence"}
        assert kinds & {"person", "gap"}


def test_a_post_without_a_holder_in_the_record_stays_as_a_gap_with_its_day() -> None:
    trail = dp.trail(report(record(DEFECTIVE[0])))

    gap = trail.node("gap:post:gov/staff/2024-06-06")

    assert gap.zh == "直接责任人员：2024年6月6日的任职者未载明"
    assert (gap.data["capacity"], gap.data["day"]) == ("staff", "2024-06-06")


def test_who_moved_on_stays_answerable_for_the_dates_held(bad: dict[str, Any]) -> None:
    bad["people"][3]["posts"][0]["until"] = "2024-04-01"
    bad["people"].append(
        {"id": "p-new", "name": "辛某", "posts": [{"unit": "zj", "post": "局长", "capacity": "leader", "since": "2024-04-02"}]}
    )  # fmt: skip

    trail = dp.trail(report(bad))

    assert _holders(trail, "finding:cn-713.15.1c@comment") == {"p-zj", "p-zj2"}
    assert _holders(trail, "finding:cn-713.25.2a@submit") == {"p-new", "p-zj2"}


def test_of_two_posts_of_one_person_only_the_one_held_that_day_is_shown(bad: dict[str, Any]) -> None:
    bad["people"][3]["posts"] = [
        {"unit": "zj", "post": "副局长", "capacity": "leader", "since": "2019-01-01", "until": "2024-03-31"},
        {"unit": "zj", "post": "局长", "capacity": "leader", "since": "2024-04-01"},
    ]

    trail = dp.trail(report(bad))

    part = trail.backwards("15.1c")
    assert {node.data["post"] for node in part.of("person") if node.data["person"] == "p-zj"} == {"副局长"}
    part = trail.backwards("25.2a")
    assert {node.data["post"] for node in part.of("person") if node.data["person"] == "p-zj"} == {"局长"}


def test_a_post_held_for_only_part_of_a_vague_date_shows_nobody(bad: dict[str, Any]) -> None:
    act(bad, "issued")["date"] = "2024-06"
    bad["people"][0]["posts"][0]["since"] = "2024-06-10"

    trail = dp.trail(report(bad))

    assert "p-chief" not in _holders(trail, "finding:cn-713.31@issued")
    assert "gap:post:gov/chief/2024-06" in {node.id for node in trail.nodes}


def test_an_omitted_act_is_an_absence_with_the_statement_that_answers_for_it() -> None:
    trail = dp.trail(report(record(DEFECTIVE[0])))

    (absence,) = trail.of("absence")

    assert absence.zh == "没有记载：部门协商"
    assert "2024年9月30日" in absence.data["basis_zh"]
    assert trail.coming(absence.id)[0].premises == ("complete",)


def test_a_denied_act_is_an_absence_with_the_documents_that_deny_it(bad: dict[str, Any]) -> None:
    bad["acts"].append(
        {"id": "no-consult", "kind": "departmental_consultation", "held": False, "documents": ["d-res"]}
    )

    trail = dp.trail(report(bad))

    (edge,) = trail.leading("absence:departmental_consultation", "evidenced_by")
    assert edge.target == "document:d-res"
    assert edge.premises == ("acts[no-consult].documents",)


def test_a_closed_gate_leads_to_the_act_behind_it_and_to_what_rests_on_that() -> None:
    trail = dp.trail(report(record(DEFECTIVE[0])))

    (gate,) = trail.of("gate")

    assert gate.data["state"] == "closed"
    assert [edge.target for edge in trail.leading(gate.id, "behind")] == ["act:submit"]
    assert {edge.target for edge in trail.leading(gate.id, "rests")} == {"act:meeting", "act:decide"}


def test_an_undetermined_finding_names_no_person_and_says_what_would_settle_it() -> None:
    trail = dp.trail(report(record(DEFECTIVE[0])))

    part = trail.backwards("28c")

    assert not part.of("person")
    (gap,) = part.of("gap")
    assert gap.data["missing"] == ["acts[review].conclusion", "acts[review].changes_made"]
    assert [edge.target for edge in part.leading("finding:cn-713.28c@review", "can_settle")] == ["unit:zj"]


def test_a_body_bound_by_reference_reaches_its_unit_but_no_provision_and_no_person(
    bad: dict[str, Any],
) -> None:
    bad["body"]["level"] = "township"

    trail = dp.trail(report(bad))

    assert trail.of("finding")
    assert not trail.of("provision")
    assert not trail.of("person")
    assert trail.leading("finding:cn-713.31@issued", "borne_by")
    assert "参照执行" in trail.text("zh")


def test_a_deciding_body_without_a_unit_is_named_and_its_posts_are_gaps(bad: dict[str, Any]) -> None:
    del bad["body"]["unit"]

    trail = dp.trail(report(bad))

    assert trail.node("unit:—").zh == "示例县人民政府"
    gaps = {edge.target for edge in trail.leading("unit:—", "not_identified")}
    assert {"gap:post:—/chief/2024-06-20", "gap:post:—/leader/2024-06-20"} <= gaps


def test_an_undertaking_unit_that_is_not_recorded_is_a_gap_and_no_unit_of_that_mark_steps_in(
    bad: dict[str, Any],
) -> None:
    del bad["lead_unit"]
    act(bad, "start")["undertakers"] = ["zj", "jt"]
    bad["units"].append({"id": "—", "name": "无关单位"})
    bad["people"][4]["posts"][0]["unit"] = "—"

    trail = dp.trail(report(bad))

    (edge,) = trail.leading("finding:cn-713.15.1c@comment", "borne_by")
    assert trail.node(edge.target).data["gap"] == "unit"
    assert "p-zj2" not in {node.data["person"] for node in trail.of("person")}


def test_without_a_lead_unit_the_one_undertaker_named_at_initiation_bears_the_duty(
    bad: dict[str, Any],
) -> None:
    del bad["lead_unit"]

    trail = dp.trail(report(bad))

    assert [edge.target for edge in trail.leading("finding:cn-713.15.1c@comment", "borne_by")] == ["unit:zj"]


def test_an_act_planned_after_the_day_of_the_report_is_not_on_the_trail(bad: dict[str, Any]) -> None:
    act(bad, "decide")["date"] = "2025-01-01"
    for name in ("issued", "published", "explained", "filed", "assigned", "executed", "party"):
        without(bad, name)

    trail = dp.trail(report(bad))

    assert "act:decide" not in {edge.target for edge in trail.leading(DECISION)}


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("第三十条第二款", "Art. 30(2)"),
        ("第十条第一项", "Art. 10(1)"),
        ("第一百零三条、第二十条", "Art. 103, Art. 20"),
        ("第三十二条但书", "Art. 32, proviso"),
        ("附件一", "Annex 1"),
    ],
)
def test_an_article_is_cited_in_english_where_it_can_be_read(chinese: str, english: str) -> None:
    assert article_text(chinese, "en") == english


def test_an_expert_whose_opinion_is_not_signed_comes_under_article_41(bad: dict[str, Any]) -> None:
    act(bad, "experts")["experts"][1]["signed_or_sealed"] = False

    part = dp.trail(report(bad)).backwards("19.2b")

    (expert,) = part.of("person")
    assert (expert.data["person"], expert.data["capacity"]) == ("p-e2", "expert")
    assert [edge.target for edge in part.leading(expert.id, "under")] == ["provision:cn-713.41"]
    assert not part.of("unit") or "act" in {part.node(edge.source).kind for edge in part.coming("unit:zj")}


def test_a_commissioned_assessor_comes_under_article_41_beside_the_unit_under_39() -> None:
    part = dp.trail(report(record(DEFECTIVE[1]))).backwards("23.2-contents")

    assert [edge.target for edge in part.leading("unit:pg", "under")] == ["provision:cn-713.41"]
    assert [edge.target for edge in part.leading("unit:zj", "answers")] == ["provision:cn-713.39"]


def test_the_executing_unit_comes_under_article_40(bad: dict[str, Any]) -> None:
    bad["traits"]["execution_problem"] = {"value": True, "basis": "施工中止"}

    part = dp.trail(report(without(bad, "executed"))).backwards("35.1")

    answers = [edge.target for edge in part.leading("unit:zj", "answers")]
    assert answers in ([], ["provision:cn-713.40"])
    assert part.of("finding")


def test_dissent_and_recusal_are_facts_of_the_meeting_with_the_minutes_and_concern_no_other_person(
    bad: dict[str, Any],
) -> None:
    act(bad, "meeting")["attendees"][1]["recused"] = True

    trail = dp.trail(report(bad))

    meeting = trail.node("act:meeting")
    assert meeting.data["dissent"] == [{"person": "p-cz", "name": "丙", "view": "against", "recorded": True}]
    assert meeting.data["recused"] == [{"person": "p-vice", "name": "乙"}]
    assert [edge.target for edge in trail.leading("act:meeting", "evidenced_by")] == ["document:d-min"]
    assert "p-cz" not in {node.data["person"] for node in trail.of("person")}


def test_without_a_recorded_outcome_nothing_is_said_of_tracing_back_or_of_less_responsibility() -> None:
    trail = dp.trail(report(record(DEFECTIVE[0])))

    assert {edge.kind for edge in trail.edges}.isdisjoint({"traced", "mitigated"})
    assert {node.data["ground"] for node in trail.of("provision")} == {"breach"}
    for word in ("终身", "减轻", "免除", "减免责任", "for life"):
        assert word not in trail.text("zh") + trail.text("en") or word == "减免责任"
    assert "未见有权机关对决策后果的认定" in trail.text("zh")


def test_a_recorded_serious_error_is_traced_and_dissent_by_a_post_holder_comes_under_its_provision(
    bad: dict[str, Any],
) -> None:
    act(bad, "meeting")["attendees"][1]["view"] = "against"
    bad["outcome_finding"] = outcome_finding()

    trail = dp.trail(report(bad))

    traced = {edge.target for edge in trail.leading("outcome:finding", "traced")}
    assert traced == {
        "finding:cn-713.25.2a@submit", "finding:cn-713.30.1a", "finding:cn-713.30.1b@decide",
        "finding:cn-713.30.2a@meeting", "finding:cn-713.31@issued",
    }  # fmt: skip
    (mitigated,) = [edge for edge in trail.edges if edge.kind == "mitigated"]
    assert trail.node(mitigated.source).data["person"] == "p-vice"
    assert mitigated.target == "provision:cn-713.38.3"


def test_an_outcome_without_loss_is_shown_and_nothing_is_traced(bad: dict[str, Any]) -> None:
    bad["outcome_finding"] = outcome_finding() | {"major_loss_or_effect": False}

    trail = dp.trail(report(bad))

    assert trail.node("outcome:finding").data["major_loss_or_effect"] is False
    assert not trail.leading("outcome:finding", "traced")
    assert "不倒查" in trail.text("zh")


def test_a_clean_record_has_a_trail_of_the_decision_alone(clean: dict[str, Any]) -> None:
    trail = dp.trail(report(clean))

    assert {node.kind for node in trail.nodes} <= {"outcome", "act", "document", "unit"}
    assert trail.node(DECISION).zh == clean["title"]


@pytest.mark.parametrize("path", sorted((EXAMPLES / "published").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_published_record_has_a_trail_that_names_no_person(path: Any) -> None:
    trail = dp.trail(dp.check(dp.load_decision(path), as_of=date(2026, 1, 31)))

    assert trail.of("finding")
    assert not trail.of("person")
    assert trail.text("zh")


def test_a_report_read_back_from_json_has_the_same_trail(bad: dict[str, Any]) -> None:
    found = report(bad)

    assert dp.trail(dp.Report.from_json(found.to_json())) == dp.trail(found)


def test_no_text_of_the_trail_says_invalid_lawful_or_illegal_decision(bad: dict[str, Any]) -> None:
    bad["outcome_finding"] = outcome_finding()
    trail = dp.trail(report(bad))

    for word in ("无效", "合法的", "违法决策", "有罪", "过错人"):
        assert word not in trail.text("zh") + trail.to_json()


# --- the graph ----------------------------------------------------------------------------------------------


def test_the_graph_has_no_cycle_and_its_edges_lead_to_the_right(bad: dict[str, Any]) -> None:
    del bad["lead_unit"]
    act(bad, "start")["undertakers"] = ["zj", "jt"]
    bad["outcome_finding"] = outcome_finding()
    place = {kind: index for index, kinds in enumerate(columns()) for kind in kinds}

    graph = dp.trail(report(bad)).to_networkx()

    assert nx.is_directed_acyclic_graph(graph)
    within = {
        (graph.nodes[source]["kind"], graph.nodes[target]["kind"])
        for source, target in graph.edges
        if place[graph.nodes[source]["kind"]] >= place[graph.nodes[target]["kind"]]
    }
    assert within <= {("gap", "gap"), ("outcome", "outcome")}


def test_the_columns_hold_every_kind_of_node_once() -> None:
    named = [kind for kinds in columns() for kind in kinds]

    assert len(named) == len(set(named))
    assert {node.kind for name in DEFECTIVE for node in dp.trail(report(record(name))).nodes} <= {*named}


def test_the_graph_carries_both_languages_and_the_rule_of_each_conclusion(bad: dict[str, Any]) -> None:
    graph = dp.trail(report(bad)).to_networkx()

    assert all(data["zh"] and data["en"] for _, data in graph.nodes(data=True))
    edge = graph.edges["finding:cn-713.25.2a@submit", "gate:cn-713.25.2a@submit"]
    assert (edge["kind"], edge["rule"], edge["zh"]) == (
        "closes",
        "gate.closed",
        say("trail_edge.closes", "zh"),
    )
    assert edge["findings"] == ("finding:cn-713.25.2a@submit",)


def _holders(trail: Trail, finding: str) -> set[str]:
    return set(_held(trail, finding))


def _held(trail: Trail, finding: str) -> Iterator[str]:
    for edge in trail.edges:
        if edge.kind == "held_post" and finding in edge.findings:
            yield trail.node(edge.target).data["person"]
