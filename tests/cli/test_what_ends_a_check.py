"""What stands at the end of a check of several records, and how little a published notice needs."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from commands import call

import decision_procedure as dp
from decision_procedure.render.text.notice import is_notice
from decision_procedure.render.text.statistics import Statistics, worst_lines

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 1, 31)
NOTICE = EXAMPLES / "published" / "宁津县-2023-阳光大街中修征求意见.yaml"


@cache
def report(name: str) -> dp.Report:
    return dp.check(dp.load_decision(EXAMPLES / "invented" / f"{name}.yaml"), as_of=DAY)


def listed(statistics: Statistics, lang: str = "zh") -> list[str]:
    return ["".join(text for text, _ in block.pieces) for block in worst_lines(statistics, lang)]  # type: ignore[union-attr]


def test_the_files_that_need_work_end_a_check_the_worst_first() -> None:
    told = call("check", EXAMPLES / "invented", "--as-of", str(DAY), COLUMNS="200").stdout

    end = told[told.index("需要处理的案卷") :].splitlines()[1:]
    assert ["示例县-多处不合规.yaml  不合规 11" in end[0], "示例县-办公会代替常务会.yaml" in end[1]] == [
        True,
        True,
    ]
    assert "全部合规" not in "".join(end)


def test_no_more_than_ten_files_are_named_and_the_rest_are_counted() -> None:
    statistics = Statistics()
    for number in range(7):
        statistics.add(report("示例县-办公会代替常务会"), f"b{number}.yaml")
        statistics.add(report("示例县-多处不合规"), f"a{number}.yaml")
    statistics.add(report("示例县-全部合规"), "met.yaml")

    lines = listed(statistics)

    assert [line.split()[0] for line in lines[1:11]] == [
        *(f"a{number}.yaml" for number in range(7)),
        *(f"b{number}.yaml" for number in range(3)),
    ]
    assert lines[11:] == ["另有4件"]
    assert listed(statistics, "en")[-1] == "4 more"


def test_where_nothing_needs_work_nothing_is_listed() -> None:
    statistics = Statistics()
    statistics.add(report("示例县-全部合规"), "met.yaml")

    assert listed(statistics) == []


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_read_off_a_notice_is_known(path: Path) -> None:
    assert is_notice(dp.load_decision(path)) == (path.parent.name == "published")


def test_a_notice_tells_what_it_lets_one_check_and_the_rest_by_phase() -> None:
    short = call("check", NOTICE, "--as-of", str(DAY), COLUMNS="200").stdout
    whole = call("check", NOTICE, "--as-of", str(DAY), "--details", COLUMNS="200").stdout

    assert "本公告可核查4项" in short
    assert short.count("√ 合规") == 4
    for phase in ("启动", "起草", "公众参与", "论证评估", "合法性审查", "讨论决定", "归档执行"):
        assert short.count(f"\n  {phase}") == 1
    assert "━━ 尚无记录" not in short
    assert "━━ 尚无记录" in whole
    assert "本公告可核查" not in whole
