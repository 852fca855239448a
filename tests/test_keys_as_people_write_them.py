"""Names that people give to keys and words at their first try are read, or told what to write in few lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commands import call

import decision_procedure as dp
from decision_procedure.forms.meaning import what_to_write
from decision_procedure.model.decision import Completeness, Document, Draft, Person
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.wording import Words

FIRST = """
标题: 示例县城区停车收费管理方案
决策机关: 示例县人民政府
承办单位: 示例县发展和改革局
是否列入目录: 是
程序:
  - 环节: 征求意见
    开始时间: 2024年4月1日
"""
THIRD = """
格式版本: 1
标题: 示例县城区停车收费管理方案
决策机关:
  名称: 示例县人民政府
  级别: 县
  种类: 政府
完整性声明: {行为种类: [全部], 截至: 2024-06-01}
单位: [{编号: fg, 名称: 示例县发展和改革局}]
承办单位: fg
人员: [{编号: p1, 姓名: 赵某某, 任职: [{单位: fg, 职务: 局长}]}]
文件: [{编号: d1, 种类: 征求意见公告, 标题: 公告}]
行为:
  - 环节: 征求意见
    单位: fg
    承办人: [p1]
    开始时间: 2024年4月1日
    结束时间: 2024年4月28日
    材料: [d1]
  - 种类: 合法性审查
    时间: 2024-05-10
    结论: 通过
"""


def test_a_record_in_the_words_of_people_is_the_one_in_the_words_of_the_library() -> None:
    record = dp.parse_decision(THIRD, json=False)

    comment, review = record.acts
    assert (record.body.level, record.body.kind) == ("county", "government")
    assert record.complete is not None
    assert record.complete.kinds == ("all",)
    assert (comment.kind, str(comment.begun), str(comment.done)) == (
        "public_comment",
        "2024-04-01",
        "2024-04-28",
    )
    assert (record.people[0].name, record.documents[0].title) == ("赵某某", "公告")
    assert isinstance(review, dp.acts.LegalityReview)
    assert review.conclusion == "passed"


def test_a_body_may_be_given_by_its_name_alone() -> None:
    assert dp.decision({"schema": 1, "title": "x", "body": "示例县人民政府"}).body.name == "示例县人民政府"


@pytest.mark.parametrize(
    ("word", "kind"),
    [("征求意见", "public_comment"), ("听证", "hearing"), ("听证会", "hearing"), ("决策启动", "initiation")],
)
def test_kinds_of_act_go_by_their_common_names_in_acts_and_in_the_statement_of_completeness(
    word: str, kind: str
) -> None:
    data: dict[str, Any] = {"格式版本": 1, "标题": "x", "决策机关": "甲", "行为": [{"种类": word}]}
    data["完整性声明"] = {"行为种类": [word], "截至": "2024-06-01"}

    record = dp.decision(data)

    assert record.acts[0].kind == kind
    assert record.complete is not None
    assert record.complete.kinds == (kind,)


def test_what_cannot_be_read_is_told_in_few_lines_that_say_what_to_write(tmp_path: Path) -> None:
    path = tmp_path / "try.yaml"
    path.write_text(FIRST, encoding="utf-8")

    told = call("check", path)

    lines = [line for line in told.stderr.splitlines() if str(path) in line]
    assert told.returncode == 2
    assert len(lines) <= 5
    assert "格式版本: 1" in told.stderr
    assert "“行为”" in told.stderr


def test_one_thing_wrong_in_many_places_alike_is_told_once_with_their_number(tmp_path: Path) -> None:
    acts = "\n".join("  - {种类: 公开征求意见, 起始: 2024-04-01}" for _ in range(28))
    path = tmp_path / "many.yaml"
    path.write_text(f"格式版本: 1\n标题: x\n决策机关: 甲\n行为:\n{acts}\n", encoding="utf-8")

    told = call("check", path)

    assert told.stderr.count("起始") == 1 or told.stderr.count("many.yaml") == 1
    assert "28" in told.stderr
    with pytest.raises(dp.UnusableInput) as caught:
        dp.load_decision(path)
    assert len(caught.value.faults) == 28


def test_a_key_is_called_by_what_it_holds_where_it_stands() -> None:
    review, meeting = dp.acts.ExpertReview, dp.acts.UnitMeeting
    expert = review.model_fields["experts"].annotation.__args__[0]

    called = {
        "expert": [keys_of(expert)[name].zh for name in ("body", "name")],
        "document": keys_of(Document)["title"].zh,
        "person": keys_of(Person)["name"].zh,
        "filing": keys_of(dp.acts.Filing)["complete"].zh,
        "meeting": keys_of(meeting)["passed"].zh,
    }
    assert called == {
        "expert": ["所在单位", "姓名"],
        "document": "文件名称",
        "person": "姓名",
        "filing": "材料完整",
        "meeting": "讨论通过",
    }


def test_a_yes_or_no_with_further_words_tells_them_and_kinds_of_act_are_no_mere_text() -> None:
    words = Words("zh", "skeleton")

    assert what_to_write(Draft, "materially_changed", SHIPPED, words).endswith("按审查意见修改")
    assert "全部" in what_to_write(Completeness, "kinds", SHIPPED, words)
