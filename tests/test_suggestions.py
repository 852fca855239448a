"""A wrong key or word in a record: what is suggested may stand at that very place, in the language of the file."""

from __future__ import annotations

import pytest

from decision_procedure.errors import UnusableInput
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.messages import keys_at
from decision_procedure.model.reading import read_record

HEAD = "格式版本: 1\n事项名称: 甲\n决策机关: {名称: 乙}\n"


def faults(text: str, lang: str = "zh") -> list[str]:
    with pytest.raises(UnusableInput) as caught:
        read_record(text, "案卷.yaml", json=False)
    return [fault.text(lang) for fault in caught.value.faults]


def test_a_key_of_another_place_is_quoted_as_written_and_the_one_of_this_place_suggested() -> None:
    (found,) = faults(HEAD + "行为:\n  - {编号: a, 种类: 公布, 区划编号: gov}\n")

    assert found.startswith("案卷.yaml:5: 行为[0].区划编号: 没有此键：区划编号")


def test_a_name_that_only_rules_read_is_never_suggested() -> None:
    (found,) = faults(HEAD + "行为:\n  - {编号: a, 种类: 公开征求意见, 开始: 2024-01-02}\n")

    assert found.endswith("开始 → 开始日期?")


def test_where_no_key_is_near_those_of_the_place_are_listed_in_the_language_of_the_key() -> None:
    (chinese,) = faults(HEAD + "单位:\n  - {编号: u, 名称: 丙, 标识: x}\n")
    (english,) = faults(HEAD + "units:\n  - {id: u, name: 丙, qqq: x}\n", "en")

    assert chinese.endswith("标识（可用：编号、名称、别名、上级单位）")
    assert english.endswith("qqq (there are: id, name, aliases, parent)")


def test_a_word_is_suggested_by_its_chinese_label_too() -> None:
    found = faults(
        HEAD
        + "事项类别: 水价\n行为:\n  - {编号: a, 种类: 集体讨论, 会议类型: 常务会}\n  - {编号: b, 种类: 听证会1}\n"
    )

    assert any(text.endswith("常务会 → 常务会议?") for text in found)
    assert any(text.endswith("听证会1 → 听证会?") for text in found)
    assert any("没有此值：水价（可用：重大公共政策和措施、" in text for text in found)


def test_a_missing_key_is_named_in_chinese_too() -> None:
    assert "案卷.yaml:1: title: 缺少此项：事项名称" in faults("格式版本: 1\n决策机关: {名称: 乙}\n")


def test_what_contradicts_itself_is_told_at_the_chinese_key_and_its_line() -> None:
    (found,) = faults(HEAD + "行为:\n  - {编号: a, 种类: 公布}\n  - {编号: b, 种类: 公布, 单位编号: gov}\n")

    assert found.startswith("案卷.yaml:6: 行为[1].单位编号: ")


@pytest.mark.parametrize("kind", sorted(ACT_CLASSES))
def test_the_keys_of_an_act_are_those_of_its_kind(kind: str) -> None:
    keys = keys_at(Decision, ("acts", 0, kind), ACT_CLASSES)

    assert set(keys) == {field.alias or name for name, field in ACT_CLASSES[kind].model_fields.items()}
    assert set(keys) <= set(SHIPPED.keys())
