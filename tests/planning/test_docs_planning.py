"""The examples of the page on planning are run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commands import call, script
from test_docs import ROOT, blocks

import decision_procedure as dp


def test_the_command_of_the_page_tells_the_plan() -> None:
    command, _ = blocks("docs/planning.md", "console")

    result = called(command)

    assert result.returncode == 0
    assert "目标：集体讨论，2024年6月12日，可以达到（最早2024年5月8日）" in result.stdout
    assert "《重大行政决策程序暂行条例》第二十六条第二款" in result.stdout


def test_the_suppositions_of_the_page_are_told() -> None:
    _, commands = blocks("docs/planning.md", "console")

    trait, sent, several = map(called, commands.strip().splitlines())

    assert [one.returncode for one in (trait, sent, several)] == [0, 0, 0]
    assert "听证会：不需要→待办（2024-04-08）" in trait.stdout
    assert "集体讨论：待办（2024-04-19）→待办（2024-04-12），早7日" in sent.stdout
    assert "专家论证：待办（2024-04-01）→待办（2024-05-06），晚35日" in several.stdout
    assert "某一环节晚7日办结" in several.stdout


def called(command: str) -> Any:
    return call(*command.strip().removeprefix("$ decision-procedure ").split(), cwd=ROOT)


def test_the_python_example_of_the_page_runs() -> None:
    first, second = blocks("docs/planning.md", "python")

    lines = script(first + second, ROOT).splitlines()

    assert lines[:2] == ["2024-05-08 True", "2024-05-30 51"]
    assert lines[-3] == "7"
    assert lines[-2].startswith("2024-10-08 [('supplement', '风险评估'), ('redo', '集体讨论')")
    assert lines[-1] == "[] 0"


def test_the_notice_of_the_page_is_read(tmp_path: Path) -> None:
    (block,) = blocks("docs/planning.md", "yaml")
    file = tmp_path / "2027.yaml"
    file.write_text(block, "utf-8")

    with dp.holidays(file):
        plan = dp.plan(
            dp.check(dp.load_decision(ROOT / "examples/invented/示例县-办理中.yaml"), as_of="2024-04-01")
        )

    assert plan.horizon.startswith("2027-12")
