"""Files of indicators: the set that ships, and every fault of another at once, with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import call
from county import COUNTY, indicators

import decision_procedure as dp

WRONG = """格式版本: 1
名称: 甲
来源: 乙
指标:
- 编号: a
  内容: 一
  分值: 10
  考查: {环节: [合法性审察], 义务: [cn-713.99]}
  算式: 不合规
- 编号: a
  内容: 二
  分值: 0
  考查: {}
- {编号: b, 内容: 三, 分值: 5, 算式: met}
- {编号: c, 内容: 四, 分值: 5, 对象: [部们], 考查: {前置程序: 是}}
扣分:
- {编号: d, 内容: 五, 最多扣分: 5, 考查: {前置程序: 是}, 算式: 合规}
一票否决:
- {编号: e, 内容: 六, 考查: {前置程序: 是}, 条件: 不合规, 清零: [z]}
"""


def test_the_set_that_ships_is_ours_and_scores_a_department_and_a_township_differently() -> None:
    given = dp.load_indicators()

    assert "本项目自拟" in given.source.zh
    assert "our" in given.source.en or "own" in given.source.en
    department, township = ({item.id for item in given.of(kind)} for kind in ("department", "township"))
    assert department - township
    assert township - department


def test_every_fault_of_a_file_is_told_at_once_with_its_line_and_key(tmp_path: Path) -> None:
    path = tmp_path / "指标.yaml"
    path.write_text(WRONG, "utf-8")

    with pytest.raises(dp.UnusableInput) as caught:
        dp.load_indicators(path)

    found = {(fault.line, fault.key.split(".", 1)[-1]): fault.en for fault in caught.value.faults}
    for place, told in {
        (8, "考查.环节[0]"): "no such step",
        (8, "考查.义务[0]"): "no such duty",
        (9, "算式"): "must not fall",
        (10, "编号"): "used twice",
        (12, "分值"): "too small",
        (15, "对象[0]"): "no such word",
        (17, "算式"): "must not fall",
        (19, "条件"): "should be a condition",
        (19, "清零[0]"): "no such indicator",
    }.items():
        assert told in found[place], (place, found)
    assert any("looks_at" in text for text in found.values())


def test_the_command_refuses_it_with_status_2_and_writes_nothing(tmp_path: Path) -> None:
    path, output = tmp_path / "指标.yaml", tmp_path / "out"
    path.write_text(WRONG, "utf-8")

    result = call("assess", COUNTY, "--indicators", path, "--format", "html", "--output", output)

    assert result.returncode == 2
    assert f"{path}:9: 指标[0].算式: 合规增多时得分不得下降" in result.stderr
    assert not output.exists()


def test_steps_may_be_named_in_either_language_and_a_text_may_stand_for_both(tmp_path: Path) -> None:
    given = indicators(tmp_path, {"looks_at": {"steps": ["公众参与", "hearing"]}})

    (measure,) = given.measures
    assert measure.steps == {"public_participation", "hearing"}
    assert measure.text.zh == measure.text.en == "审查"
