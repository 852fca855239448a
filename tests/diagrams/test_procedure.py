"""The procedure in force for any body and day: steps, order, numbers, gates, frames, and what two laws differ in."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import GOOD, LANGS, PAGES, worked

import decision_procedure as dp
from decision_procedure.checking.governing import Governing, body_of, governing
from decision_procedure.checking.orders import orders_of
from decision_procedure.checking.requirements import StepLaw, steps_of
from decision_procedure.diagrams.changes import Drawing, drawing
from decision_procedure.diagrams.citing import number_texts
from decision_procedure.diagrams.palette import LANE, contrast
from decision_procedure.diagrams.scene import Scene
from decision_procedure.diagrams.swimlanes import levels, ranks, unordered
from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import standard_law
from decision_procedure.model.decision import Body
from decision_procedure.model.divisions import level_of, place_name

COUNTY_2017 = ("441223", date(2017, 6, 1))
COUNTY_2024 = ("441223", date(2024, 9, 1))
TOWN = Body(name="示例镇人民政府", level="township", kind="government", code="441223101")
DEPARTMENT = Body(name="示例局", level="county", kind="department", code="441223")


@lru_cache(maxsize=64)
def law_of(source: Any) -> Governing:
    return governing(source, standard_law())


def steps(source: Any) -> dict[str, StepLaw]:
    return steps_of(law_of(source))


def orders(source: Any) -> set[tuple[str, str, str]]:
    return {order[:3] for order in orders_of(law_of(source), steps(source))}


def compared(one: Any, two: Any) -> Drawing:
    return drawing(law_of(one), law_of(two))


def numbers(law: StepLaw) -> set[str]:
    return {"".join(number_texts(number, "zh")) for number in law.numbers}


def instruments(law: StepLaw) -> set[str]:
    return {cited.instrument for cited in law.cited}


def words(scene: Scene, box: str) -> str:
    return "".join(line.text for item in scene.boxes if item.id == box for line in item.lines)


def test_before_the_regulation_the_procedure_is_drawn_from_the_instruments_then_in_force() -> None:
    found = steps(COUNTY_2017)

    assert instruments(found["hearing"]) == {"gd-183", "nat-2008"}
    assert numbers(found["hearing"]) == {"公告提前≥30日", "出席人数≥8人", "材料送达提前≥10日"}
    assert found["public_participation"].need == "mandatory"
    assert found["public_participation"].binding == "internal"
    assert found["hearing"].need == "conditional"
    assert "proposal_study" not in found
    assert all("cn-713" not in instruments(law) for law in found.values())


def test_gates_of_old_instruments_give_the_order_of_their_steps() -> None:
    assert {
        ("hearing", "legality_review", "stated"),
        ("hearing", "decision", "stated"),
        ("legality_review", "submission", "stated"),
        ("risk_assessment", "decision", "stated"),
    } <= orders(COUNTY_2017)
    assert {gate.instrument for gate in steps(COUNTY_2017)["decision"].gates} == {
        "gd-183",
        "gd-expert-2012",
        "nat-2008",
        "nat-2010",
    }


def test_a_policy_document_gives_way_where_the_regulation_speaks_of_the_same_thing() -> None:
    found = steps(COUNTY_2024)

    assert "nat-2010" not in instruments(found["public_participation"])
    assert numbers(found["hearing"]) == {
        "材料送达提前≥7日", "公告提前≥20日", "名单公布提前≥10日", "通知书送达提前≥7日", "参加人数一般≥9人",
        "公开征求意见结束至答复10个工作日内", "原定至听证会30日内", "听证会至听证报告10日内",
    }  # fmt: skip
    assert numbers(found["public_participation"]) == {"公开征求意见一般≥30日"}
    assert numbers(found["review_request"]) == {
        "完整材料送审至集体讨论一般≥7个工作日", "送审至集体讨论一般≥7个工作日",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("where", "binding"), [(COUNTY_2024[0], "direct"), (TOWN, "reference"), (DEPARTMENT, "reference")]
)
def test_a_department_and_a_township_are_bound_by_reference(where: Any, binding: str) -> None:
    assert steps((where, date(2024, 9, 1)))["deliberation"].binding in (binding, "direct")
    assert steps((where, date(2024, 9, 1)))["drafting"].binding == binding


def test_a_city_has_its_own_instruments_and_a_county_in_it_has_not() -> None:
    city, county = law_of(("4412", date(2024, 9, 1))), law_of(COUNTY_2024)

    assert "zq-pp-2023" in {item.pack.head.id for item in city.instruments}
    assert "zq-pp-2023" not in {item.pack.head.id for item in county.instruments}


def test_special_procedures_are_named_but_drawn_only_for_a_record_of_their_kind() -> None:
    assert "track-land" in {pack.head.id for pack in law_of(COUNTY_2024).special}
    assert "track-land" not in {item.pack.head.id for item in law_of(COUNTY_2024).instruments}


def test_the_regulation_sets_no_order_among_participation_experts_and_risk() -> None:
    law = steps(COUNTY_2024)
    graph = drawing(law_of(COUNTY_2024), None).graph
    scene = dp.diagram(COUNTY_2024, kind="procedure", page="landscape").sheets

    parallel = ("public_participation", "expert_review", "risk_assessment", "hearing", "opinion_handling")
    for one in parallel[:4]:
        assert not any(nx.has_path(graph, one, two) for two in parallel[:4] if one != two)
    assert not nx.has_path(graph, "review_request", "opinion_handling")
    assert not nx.has_path(graph, "opinion_handling", "review_request")
    rank = levels(graph, dict.fromkeys(law, 1))
    assert rank["public_participation"] == rank["expert_review"] == rank["risk_assessment"]
    assert any("法律未定先后" in line.text for sheet in scene for box in sheet.boxes for line in box.lines)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("source", [COUNTY_2017, COUNTY_2024, (TOWN, date(2024, 9, 1))])
def test_steps_in_rows_without_an_order_between_them_stand_in_one_frame(source: Any, page: str) -> None:
    graph = drawing(law_of(source), None).graph
    for scene in dp.diagram(source, kind="procedure", page=page).sheets:
        cards = {box.id.removeprefix("step-"): box for box in scene.boxes if box.id.startswith("step-")}
        shown = {name: box for name, box in cards.items() if box.role == "card"}
        frames = [box for box in scene.boxes if box.role == "frame"]
        for one, first in shown.items():
            for two, second in shown.items():
                if one == two or nx.has_path(graph, one, two) or nx.has_path(graph, two, one):
                    continue
                if first.y < second.y + second.h and second.y < first.y + first.h:
                    assert any(
                        frame.y <= min(first.y, second.y)
                        and max(first.y + first.h, second.y + second.h) <= frame.y + frame.h
                        for frame in frames
                    ), (one, two)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_frame_says_on_every_sheet_what_it_means(lang: str, page: str) -> None:
    said = {"zh": "法律未定先后", "en": "sets no order"}[lang]

    sheets = dp.diagram(COUNTY_2024, kind="procedure", lang=lang, page=page).sheets

    frames = [(sheet, box.id) for sheet in sheets for box in sheet.boxes if box.role == "frame"]
    assert frames
    assert all(said in words(sheet, f"{name}-text") for sheet, name in frames)


def test_between_2017_and_2024_the_diff_names_added_removed_and_changed_things_in_words() -> None:
    draw = compared(COUNTY_2024, COUNTY_2017)
    table = "\n".join(
        line.text
        for sheet in dp.diagram(COUNTY_2024, kind="procedure", against=COUNTY_2017, page="screen").sheets
        for box in sheet.boxes
        for line in box.lines
    )

    assert draw.steps["drafting"].diff == "added"
    assert draw.steps["hearing"].diff == "changed"
    assert {edge.order[:2] for edge in draw.edges if edge.diff == "removed"} >= {("hearing", "decision")}
    assert "≠材料送达提前≥10日→提前≥7日" in table.replace("\n", "")
    assert "≠公告提前≥30日→提前≥20日" in table.replace("\n", "")
    assert "-出席人数≥8人" in table.replace("\n", "")
    assert "必经（内部要求） → 必经" in table


def test_the_table_says_which_instrument_sets_a_number() -> None:
    marks = compared(COUNTY_2024, COUNTY_2017).marks
    scene = dp.diagram(COUNTY_2024, kind="procedure", against=COUNTY_2017, page="screen").sheets[0]
    changed = f"≠公告提前≥30日→提前≥20日 {marks.mark('gd-183')}{marks.mark('gd-303')}"
    gone = f"-出席人数≥8人 {marks.mark('gd-183')}"

    assert changed in words(scene, "basis-hearing-text")
    assert gone in words(scene, "basis-hearing-text")


def test_a_record_is_governed_by_the_law_of_its_last_act_before_execution() -> None:
    record = worked(GOOD).decision
    late = {
        "execution_assignment",
        "execution_report",
        "filing",
        "problem_report",
        "evaluation",
        "adjustment",
    }
    dated = [act.anchor for act in record.acts if act.anchor and act.kind not in late]
    last = max(dated, key=lambda moment: moment.last)

    assert law_of(record).day == last
    assert dp.diagram(record, kind="procedure").sheets[0].title.endswith(last.text[:10])


def test_the_other_way_round_what_was_added_is_removed() -> None:
    forth, back = compared(COUNTY_2024, COUNTY_2017), compared(COUNTY_2017, COUNTY_2024)
    turned = {"added": "removed", "removed": "added", "changed": "changed", "": ""}

    assert {name: turned[item.diff] for name, item in forth.steps.items()} == {
        name: item.diff for name, item in back.steps.items()
    }


def test_a_procedure_against_itself_has_no_difference() -> None:
    assert compared(COUNTY_2024, COUNTY_2024).differences() == 0


def test_what_differs_has_a_line_of_its_own_and_a_word_not_only_a_colour() -> None:
    scene = dp.diagram(COUNTY_2024, kind="procedure", against=COUNTY_2017, page="screen").sheets[0]
    cards = {box.id: box for box in scene.boxes if box.role == "card"}
    pens = {cards[f"step-{name}"].pen for name in ("drafting", "hearing")}

    assert "+ 新增" in words(scene, "step-drafting")
    assert "≠ 有变" in words(scene, "step-hearing")
    assert len(pens) == 2
    assert {item.dash for item in scene.connectors} == {"solid", "dashed", "dotted"}


def test_mandatory_conditional_and_optional_steps_differ_in_line_and_word() -> None:
    scene = dp.diagram(COUNTY_2024, kind="procedure", page="screen").sheets[0]
    dashes = {box.id: box.dash for box in scene.boxes}

    assert (dashes["step-drafting"], dashes["step-hearing"], dashes["step-adjustment"]) == (
        "solid", "dashed", "dotted"
    )  # fmt: skip
    assert "必经" in words(scene, "step-drafting")
    assert "附条件：依法应当听证" in words(scene, "step-hearing")
    assert "如进行则适用" in words(scene, "step-adjustment")


@pytest.mark.parametrize("source", [COUNTY_2017, COUNTY_2024])
def test_every_text_on_a_marked_procedure_has_the_contrast_to_be_read(source: Any) -> None:
    against = COUNTY_2024 if source is COUNTY_2017 else COUNTY_2017
    scene = dp.diagram(source, kind="procedure", against=against, page="screen").sheets[0]

    low = {
        (box.fill, line.ink)
        for box in scene.boxes
        for line in box.lines
        if contrast(line.ink, box.fill or LANE) < 4.5
    }

    assert low == set()


def test_a_body_that_there_is_not_is_refused() -> None:
    for wrong in ("zz", "44x", "1"):
        with pytest.raises(UnusableArgument):
            dp.diagram((wrong, date(2024, 1, 1)), kind="procedure")
    with pytest.raises(UnusableArgument):
        body_of("4412", level="village")


def test_a_gate_stands_on_the_step_that_it_forbids() -> None:
    scene = dp.diagram(COUNTY_2024, kind="procedure", page="screen").sheets[0]
    boxes = {box.id: box for box in scene.boxes}

    gate, step = boxes["gate-submission"], boxes["step-submission"]
    assert "◆ 前置程序" in words(scene, "gate-submission")
    assert (gate.x, gate.w, gate.y + gate.h) == (step.x, step.w, step.y)


def test_a_text_that_does_not_bind_directly_closes_no_gate() -> None:
    law = steps(COUNTY_2017)
    boxes = {box.id: box for box in dp.diagram(COUNTY_2017, kind="procedure", page="screen").sheets[0].boxes}

    assert {gate.instrument for gate in law["decision"].gates if gate.direct} == {"gd-183"}
    assert not any(gate.direct for gate in law["submission"].gates)
    assert "gate-submission" not in boxes
    assert "前置要求" in boxes["precondition-submission"].lines[0].text
    assert boxes["precondition-submission"].fill != boxes["gate-decision"].fill


def test_each_of_several_sheets_bears_its_number() -> None:
    sheets = dp.diagram(COUNTY_2024, kind="procedure").sheets

    assert len(sheets) > 1
    assert [words(sheet, "sheet") for sheet in sheets] == [
        f"{n}/{len(sheets)}" for n in range(1, len(sheets) + 1)
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_the_title_names_the_place_and_not_its_code(lang: str) -> None:
    title = dp.diagram(COUNTY_2024, kind="procedure", lang=lang).sheets[0].title

    assert {"zh": "广东省肇庆市广宁县 2024-09-01", "en": "Guangning, Zhaoqing, Guangdong 2024-09-01"}[
        lang
    ] in title
    assert "441223" not in title


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("", "全国", None), ("440000", "广东省", "province"), ("4412", "广东省肇庆市", "city"),
        ("370883", "山东省济宁市（370883）", "county"), ("441223101", "广东省肇庆市广宁县（441223101）", "township"),
        ("110101001", "北京市（110101001）", "subdistrict"),
    ],
)  # fmt: skip
def test_a_code_has_a_name_and_a_level(code: str, name: str, level: str | None) -> None:
    assert (place_name(code, "zh"), level_of(code)) == (name, level)


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.sampled_from(["", "44", "4412", "441223", "3708", "11"])
)
def test_the_order_of_any_law_has_no_circle_and_joins_only_steps_that_it_has(day: date, code: str) -> None:
    law = governing((code, day), standard_law())
    found = steps_of(law)
    orders = orders_of(law, found)
    graph: nx.DiGraph[str] = nx.DiGraph([order[:2] for order in orders])

    assert nx.is_directed_acyclic_graph(graph)
    assert set(graph) <= set(found)
    assert all(order.cited for order in orders)
    assert all(law.cited for law in found.values())


@given(st.integers(1, 12), st.data())
def test_every_step_stands_below_all_it_waits_for_and_unordered_rows_are_joined(
    count: int, data: st.DataObject
) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(map(str, range(count)))
    for two in range(1, count):
        for one in data.draw(st.sets(st.integers(0, two - 1), max_size=3)):
            graph.add_edge(str(one), str(two))
    stage_of = {str(number): 1 + number * 3 // count for number in range(count)}

    rank = levels(graph, stage_of)
    stretches = unordered(graph, rank, stage_of)

    assert all(rank[one] < rank[two] for one, two in graph.edges)
    assert all(ranks(graph)[one] < ranks(graph)[two] for one, two in graph.edges)
    for one in graph:
        for two in graph:
            if one != two and rank[one] == rank[two]:
                assert any(first <= rank[one] <= last for first, last in stretches)
    assert all(one[1] < two[0] for one, two in pairwise(stretches))
