"""The days of a plan: the check finds nothing amiss on them, and something as soon as one of them is a day earlier."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import product

import networkx as nx
import pytest
from ahead import EXAMPLES, Done, cut, done, example, left_open, moments, moved
from hypothesis import Phase, given, settings
from hypothesis import example as example_of
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.clock import workdays_left
from decision_procedure.model.dates import PartialDate
from decision_procedure.render.plans import plan_lines
from decision_procedure.render.text.unbroken import blocks_text

WHOLE = example("全部合规")
BEGAN = date(2024, 1, 16)


def faults(found: Done) -> set[tuple[str, str | None, str]]:
    return {item for item in left_open(found) if item[2] != "undetermined"}


@given(st.integers(0, 170), st.sampled_from([None, "每月第二个星期三", "每周五"]))
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])
@example_of(0, None)
@example_of(20, None)
@example_of(105, None)
def test_a_plan_that_is_done_leaves_no_fault_and_no_date_of_it_can_be_a_day_earlier(
    after: int, meetings: str | None
) -> None:
    day = BEGAN + timedelta(days=after)
    found = done(cut(WHOLE, day), day, meetings)
    before = left_open(found)

    assert {item for item in before if item[2] != "undetermined"} == set()
    for act, name in moments(found, day):
        if act.kind != "deliberation" or meetings is None:
            assert left_open(found, moved(found, act, name, -1)) - before, (act.kind, name)


def test_a_hearing_that_is_due_has_its_notice_list_and_material_on_the_earliest_days() -> None:
    trait = type(WHOLE.traits.professional)(value=True)
    record = WHOLE.changed({"traits": WHOLE.traits.changed({"hearing_required": trait})})
    day = date(2024, 3, 10)
    found = done(cut(record, day), day)
    before = left_open(found)

    assert faults(found) == set()
    assert found.plan.earliest("hearing") == "2024-03-17"
    for act, name in moments(found, day):
        if act.kind in ("hearing", "legality_review"):
            assert left_open(found, moved(found, act, name, -1)) - before, (act.kind, name)


def test_brute_force_over_a_small_case_finds_no_earlier_meeting() -> None:
    day = date(2024, 5, 13)  # only the opinion, the submission, the meeting and what follows are left
    found = done(cut(WHOLE, day), day)
    acts = {act.kind: act for act in found.acts}
    first = date.fromisoformat(found.plan.earliest("deliberation") or "")
    before = left_open(found)
    days = range(1, (first - day).days)

    def passes(opinion: int, submission: int, meeting: int) -> bool:
        on = {
            "legality_review": opinion,
            "submission": submission,
            "deliberation": meeting,
            "decision": meeting,
        }
        new = {
            acts[kind].id: acts[kind].changed({"date": PartialDate.on(day + timedelta(days=more))})
            for kind, more in on.items()
        }
        record = found.record.changed({"acts": tuple(new.get(act.id, act) for act in found.record.acts)})
        return not left_open(found, record) - before

    tried = [
        found
        for found in product(days, days, days)
        if found[0] <= found[1] <= found[2] and found[2] > days[-3]
    ]
    assert len(tried) > 20
    assert not any(passes(*one) for one in tried)
    assert passes((first - day).days - 2, (first - day).days - 1, (first - day).days)


def test_the_meeting_waits_for_seven_working_days_after_the_sending() -> None:
    report = dp.check(example("办理中"), as_of="2024-04-01")

    plan = dp.plan(report)

    sent, meeting = plan.earliest("review_request"), plan.earliest("集体讨论")
    assert (sent, meeting) == ("2024-04-09", "2024-04-19")
    left = workdays_left(*(PartialDate.on(date.fromisoformat(day)) for day in (sent, meeting)))
    assert left.low == 7
    assert [item.rule for item in plan.step("deliberation").because if item.decides] == ["cn-713.26.2"]


def test_meeting_days_put_the_meeting_off_and_give_the_other_steps_time() -> None:
    report = dp.check(example("办理中"), as_of="2024-04-01")

    plan = dp.plan(report, "2024-06-12", meetings="每月第二个星期三")

    assert (plan.earliest("deliberation"), plan.reachable) == ("2024-05-08", True)
    assert plan.latest("review_request") == "2024-05-30"
    assert plan.step("review_request").slack == 51
    assert dp.plan(report, "2024-05-01", meetings="每月第二个星期三").reachable is False
    assert dp.plan(report, meetings=["2024-04-20", "2024-04-25"]).earliest("deliberation") == "2024-04-20"


def test_latest_days_are_the_last_from_which_the_target_is_met() -> None:
    report = dp.check(example("办理中"), as_of="2024-04-01")
    plan = dp.plan(report, "2024-06-12")

    for step in plan.of("due"):
        if step.latest_begin is not None and step.step != "deliberation":
            met = dp.plan(report, "2024-06-12", not_before={step.step: step.latest_begin})
            missed = dp.plan(
                report,
                "2024-06-12",
                not_before={step.step: date.fromisoformat(step.latest_begin) + timedelta(days=1)},
            )
            assert (met.reachable, missed.reachable) == (True, False), step.step


def test_a_plan_is_data() -> None:
    report = dp.check(example("办理中"), as_of="2024-04-01")
    plan = dp.plan(report)
    graph = plan.to_networkx()

    assert nx.is_directed_acyclic_graph(graph)
    assert graph.nodes["submission"]["ends"] == plan.earliest("submission")
    assert graph.edges["legality_review", "submission"]["article"]
    assert plan == dp.plan(report)
    assert plan.to_dict()["steps"][0]["standing"] == "done"
    with pytest.raises(dp.UnusableArgument, match="集体讨轮"):
        plan.earliest("集体讨轮")


def test_another_process_writes_the_same_plan() -> None:
    path = EXAMPLES / "示例县-办理中.yaml"
    code = (
        "import sys, decision_procedure as dp\n"
        "report = dp.check(dp.load_decision(sys.argv[1]), as_of='2024-04-01')\n"
        "sys.stdout.buffer.write(dp.plan(report).to_json().encode())"
    )

    made = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )

    assert made.stdout.decode() == dp.plan(dp.check(example("办理中"), as_of="2024-04-01")).to_json()


def test_a_plan_is_drawn_with_every_step_and_its_days() -> None:
    plan = dp.plan(dp.check(example("办理中"), as_of="2024-04-01"), "2024-04-19")

    svg = "".join(dp.plan_picture(plan).svgs())

    ahead = plan.of("due", "running", "conditional")
    assert all(step.zh in svg for step in ahead)
    assert all(step.ends in svg for step in ahead)
    assert "已完成：研究论证（2023-12-20）、决定启动（2024-01-15）" in svg
    assert "目标：集体讨论，2024年4月19日，可以达到（最早2024年4月19日）。" in svg
    assert "2024-04-01，最迟2024-04-08" in svg
    assert "2024-04-19 目标" in svg
    assert "没有待办的环节" not in svg
    with pytest.raises(dp.UnusableArgument, match="版面"):
        dp.plan_picture(plan, page="wall")


def test_no_words_of_a_drawn_plan_leave_the_sheet() -> None:
    plan = dp.plan(dp.check(example("办理中"), as_of="2024-04-01"), "2024-07-01")

    for scene in dp.plan_picture(plan).sheets:
        assert all(box.x >= 0 and box.x + box.w <= scene.width for box in scene.boxes), scene.desc


def test_steps_of_one_day_that_the_law_puts_in_no_order_are_told_to_be_in_none() -> None:
    plan = dp.plan(dp.check(example("办理中"), as_of="2024-04-01"))

    loose = {day: [item.step for item in items] for day, items in plan.unordered().items()}

    assert loose["2024-04-01"] == [
        "expert_review", "risk_assessment", "fair_competition_review", "party_report",
    ]  # fmt: skip
    assert "deliberation" not in {step for steps in loose.values() for step in steps}
    assert "专家论证、风险评估、公平竞争审查、向党委请示报告最早同为2024年4月1日：条文未规定" in text_of(plan)


def test_each_reason_of_a_step_is_told_once_and_is_of_its_own_day() -> None:
    plan = dp.plan(dp.check(example("办理中"), as_of="2024-04-01"))

    told = text_of(plan)

    assert told.count("《政府信息公开条例》第二十六条") == 1
    assert "自2024年4月20日起20个工作日内（首日不计）" in told
    assert {one.until for one in plan.step("legality_review").because} == {"legality_review.date"}


def text_of(plan: dp.Plan) -> str:
    return blocks_text(plan_lines(plan, "zh"), "zh")


def test_what_can_be_taken_up_now_is_told_by_unit() -> None:
    plan = dp.plan(dp.check(example("办理中"), as_of="2024-04-01"))

    by_unit = {unit: [step.step for step in steps] for unit, steps in plan.waiting().items()}

    assert "expert_review" in by_unit["示例县住房和城乡建设局"]
    assert plan.step("legality_review").waits_for == ("review_request",)


def test_a_step_that_may_be_needed_is_conditional_and_names_what_would_settle_it() -> None:
    record = example("办理中")
    traits = record.traits.model_copy(update={"professional": None})
    plan = dp.plan(dp.check(record.model_copy(update={"traits": traits}), as_of="2024-04-01"))

    step = plan.step("expert_review")
    assert step.standing == "conditional"
    assert step.missing == ("traits.professional",)


def test_a_needed_step_that_was_passed_over_is_said_to_be() -> None:
    plan = dp.plan(dp.check(example("多处不合规"), as_of="2024-09-30"))

    assert [step.step for step in plan.of("overtaken")] == ["departmental_consultation", "deliberation"]


@pytest.mark.parametrize("rule", ["每月第六个星期三", "有空的时候", "2024-13-01"])
def test_what_is_no_meeting_day_is_refused(rule: str) -> None:
    with pytest.raises(dp.UnusableArgument, match="会议日"):
        dp.plan(dp.check(example("办理中"), as_of="2024-04-01"), meetings=rule)


def test_meeting_days_that_are_all_past_are_refused() -> None:
    with pytest.raises(dp.UnusableArgument, match="2024-03-01"):
        dp.plan(dp.check(example("办理中"), as_of="2024-04-01"), meetings=["2024-03-01"])
