"""The examples of the page on assessment are run."""

from __future__ import annotations

from pathlib import Path

from commands import call, script
from test_docs import ROOT, blocks

import decision_procedure as dp

PAGE = "docs/assessment.md"


def test_the_command_of_the_page_gives_the_overview() -> None:
    (command,) = blocks(PAGE, "console")

    result = call(*command.strip().removeprefix("$ decision-procedure ").split(), cwd=ROOT)

    assert result.returncode == 0
    assert "2024年度考评（截至2024年12月31日）" in result.stdout
    assert "57.33" in result.stdout


def test_the_python_example_of_the_page_runs() -> None:
    (block,) = blocks(PAGE, "python")

    lines = script(block, ROOT).splitlines()

    assert (
        lines[1] == "示例县交通运输局 79.69788519637463 90.70295202952029 too_few_bodies"
        or "示例县交通运输局" in lines[1]
    )
    assert lines[3] == "43 4 0 above"
    assert lines[4].startswith("《重大行政决策程序暂行条例》第十五条第一款 ")


def test_the_files_of_the_page_are_read(tmp_path: Path) -> None:
    indicators, scores = blocks(PAGE, "yaml")
    path = tmp_path / "指标.yaml"
    path.write_text(indicators, "utf-8")

    given = dp.load_indicators(path)
    (town,) = dp.assess(ROOT / "examples/county/示例县/清水镇", as_of="2024-12-31", indicators=given)

    assert [score.measure.id for score in town.year(2024).scores] == [
        "comment",
        "heard",
        "training",
        "late",
        "gate",
    ]
    assert town.year(2024).total.best > town.year(2024).total.worst
    assert scores in (ROOT / "examples/county/示例县/交通运输局/自评-2024.yml").read_text("utf-8")
