"""What if: traits switched, dates moved, a step left out, a step late; the plans compared."""

from __future__ import annotations

import json

import pytest
from ahead import EXAMPLES, example
from commands import call

import decision_procedure as dp


def report() -> dp.Report:
    return dp.check(example("办理中"), as_of="2024-04-01")


def test_a_trait_that_asks_for_a_hearing_puts_it_into_the_plan() -> None:
    then = dp.what_if(report(), traits={"依法应当听证": True, "professional": False})

    changes = {one.step: one for one in dp.compare_plans(dp.plan(report()), dp.plan(then))}

    assert (changes["hearing"].standing, changes["hearing"].standing_then) == (None, "due")
    assert changes["expert_review"].standing_then is None
    assert "submission" not in changes


def test_a_step_left_out_and_a_date_moved_move_what_rests_on_them() -> None:
    then = dp.what_if(report(), without=["公众参与"], dates={"部门协商": "2024-04-20"})

    changes = {one.step: one for one in dp.compare_plans(dp.plan(report()), dp.plan(then))}

    assert changes["departmental_consultation"].ends_then == "2024-04-20"
    assert changes["public_participation"].standing_then == "due"
    assert (changes["deliberation"].ends, changes["deliberation"].ends_then) == ("2024-04-19", "2024-05-14")
    assert changes["deliberation"].days == 25


def test_nothing_supposed_changes_nothing() -> None:
    assert dp.compare_plans(dp.plan(report()), dp.plan(dp.what_if(report()))) == ()


def test_a_late_step_moves_the_goal_only_where_it_is_critical() -> None:
    plan = dp.plan(report())

    slips = {one.step: one.moved for one in dp.slips(report(), days=1)}

    assert {step for step, moved in slips.items() if moved} == {
        item.step for item in plan.of("due", "running") if item.critical
    }


def test_the_command_tells_what_changes() -> None:
    record = EXAMPLES / "示例县-办理中.yaml"

    told = call("plan", record, "--as-of", "2024-04-01", "--if", "依法应当听证=是", "--slip", "7").stdout

    assert "听证会：不需要→待办（2024-04-08）" in told
    assert "公众参与：目标改为2024年4月26日（晚7日）" in told
    assert call("plan", record, "--if", "依法应当听证").returncode == 2


def test_a_step_sent_today_is_supposed_with_all_that_the_law_asks_of_it() -> None:
    then = dp.what_if(report(), dates={"送合法性审查": "2024-04-01"})

    sent = next(act for act in then.decision.acts if act.kind == "legality_review")
    assert sent.sent.text == "2024-04-01"
    assert set(sent.materials) == {"draft", "legal_basis", "procedure_statement"}
    assert dp.plan(then).earliest("deliberation") == "2024-04-12"


def test_the_command_supposes_days_today_and_later_and_tells_what_would_be_wrong() -> None:
    record = EXAMPLES / "示例县-办理中.yaml"
    given = ("plan", record, "--as-of", "2024-04-01")

    today = call(*given, "--date", "送合法性审查=今天").stdout
    later = call(*given, "--date", "专家论证=2024-05-06", "--date", "部门协商=2024-03-28").stdout
    data = json.loads(call(*given, "--date", "专家论证=2024-05-06", "--slip", "7", "--format", "json").stdout)

    assert "集体讨论：待办（2024-04-19）→待办（2024-04-12），早7日" in today
    assert "新增的问题" in today
    assert "未组织专家论证" in today
    assert "集体讨论：待办（2024-04-19）→待办（2024-05-16），晚27日" in later
    assert "部门协商：已完成（2024-02-29）→已完成（2024-03-28），晚28日" in later
    assert "新增的问题" not in later
    assert {item["step"]: item["days"] for item in data["changes"]}["deliberation"] == 27
    assert {item["moved"] for item in data["slips"]} >= {0, 7}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--date", "送合法性审查"), "--date 须写成 环节=日期"),
        (("--date", "送合法性审查=某日"), "--date 不是日期"),
        (("--date", "没有的环节=2024-05-01"), "没有的环节"),
        (("--without", "专家论证"), "案卷没有“专家论证”"),
        (("--slip", "7", "--format", "svg"), "假设只写成 text 或者 json"),
    ],
)
def test_what_the_command_cannot_suppose_is_one_clear_error(options: tuple[str, ...], said: str) -> None:
    result = call("plan", EXAMPLES / "示例县-办理中.yaml", "--as-of", "2024-04-01", *options)

    assert result.returncode == 2
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"traits": {"要听证": True}},
        {"without": ["没有的环节"]},
        {"dates": {"部门协商": "某日"}},
        {"without": ["专家论证"]},
        {"dates": {"专家论证": "2024-05-06"}},
    ],
)
def test_what_cannot_be_supposed_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(dp.UnusableArgument):
        dp.what_if(report(), **wrong)  # type: ignore[arg-type]
