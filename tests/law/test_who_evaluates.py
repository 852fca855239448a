"""Who may be commissioned to evaluate a decision (713-36.2): not who did the main work before it."""

from __future__ import annotations

from typing import Any

import pytest
from heads import came_to, checked, headed, on

DUTY = "cn-713.36.2"
UNITS = [
    {"id": "a", "name": "甲研究院"},
    {"id": "b", "name": "甲研究院评估中心", "parent": "a"},
    {"id": "c", "name": "乙咨询公司"},
    {"id": "d", "name": "评估中心二部", "parent": "b"},
    {"id": "e", "name": "甲研究院工程所", "parent": "a"},
]


def evaluation(evaluator: str | None, *, commissioned: bool | None = True) -> dict[str, Any]:
    found = {
        "kind": "evaluation",
        "id": "e",
        "date": "2024-11-04",
        "evaluator": evaluator,
        "commissioned": commissioned,
    }
    return {key: value for key, value in found.items() if value is not None}


def risk(third_party: str | None, part: str | None = None, **more: Any) -> dict[str, Any]:
    found = {
        "kind": "risk_assessment", "id": "r", "date": "2024-03-04",
        "third_party": third_party, "third_party_part": part,
    } | more  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}


def experts(*bodies: tuple[str | None, str | None], **more: Any) -> dict[str, Any]:
    named = [
        {key: value for key, value in (("body", body), ("part", part)) if value} for body, part in bodies
    ]
    return {
        "kind": "expert_review",
        "id": "x",
        "date": "2024-02-05",
        "experts": named,
        "experts_complete": True,
    } | more


def outcome(*acts: dict[str, Any], **others: Any) -> str:
    (found,) = came_to(checked(headed(*acts, units=UNITS, **others)), DUTY)
    return found


def test_a_part_of_the_body_that_made_the_assessment_evaluates_and_a_person_judges() -> None:
    assert outcome(risk("a", "main"), evaluation("b")) == "needs_judgement"
    assert outcome(risk("a", "main"), evaluation("b"), complete=None) == "undetermined"


def test_the_record_says_whether_the_evaluator_did_the_main_part_or_a_side_part() -> None:
    assert outcome(risk("c", "main"), evaluation("c")) == "violated"
    assert outcome(risk("c", "side"), evaluation("c")) == "satisfied"
    assert outcome(risk("c"), evaluation("c")) == "needs_judgement"


CASES = [
    ("the unit above it did a side part only", [risk("a", "side"), evaluation("b")], {}, "satisfied"),
    ("the unit above it assessed, in what part is not said", [risk("a"), evaluation("b")], {}, "needs_judgement"),
    ("a part of it assessed", [risk("b", "main"), evaluation("a")], {}, "needs_judgement"),
    ("two steps below the body that assessed", [risk("a", "main"), evaluation("d")], {}, "needs_judgement"),
    ("another part of the body of which the assessor is a part", [risk("b", "main"), evaluation("e")], {}, "satisfied"),
    (
        "what it assessed serves the evaluation itself",
        [risk("a", "main", **{"for": "e"}), evaluation("a")], {}, "satisfied",
    ),
    (
        "it assessed after the decision",
        [{"kind": "decision", "date": "2024-03-01", "outcome": "adopt"}, risk("a", "main"), evaluation("a")], {},
        "satisfied",
    ),
    ("no relation on record", [risk("a", "main"), evaluation("c")], {}, "satisfied"),
    ("the unit assessed itself, without a third party", [risk(None, unit="a", third_party_commissioned=False), evaluation("a")], {}, "needs_judgement"),
    ("a part of the unit that assessed itself", [risk(None, unit="a", third_party_commissioned=False), evaluation("b")], {}, "needs_judgement"),
    ("a part of the unit that only commissioned the assessment", [risk("c", unit="a"), evaluation("b")], {}, "satisfied"),
    ("main part in the expert review", [experts(("c", "main")), evaluation("c")], {}, "violated"),
    ("side part in the expert review", [experts(("c", "side")), evaluation("c")], {}, "satisfied"),
    ("took part in the expert review, in what part is not said", [experts(("c", None)), evaluation("c")], {}, "needs_judgement"),
    ("side part in the review, main part in the assessment", [experts(("c", "side")), risk("c", "main"), evaluation("c")], {}, "violated"),
    ("side part in the review, in the assessment not said", [experts(("c", "side")), risk("c"), evaluation("c")], {}, "needs_judgement"),
    ("a part of the body whose experts argued", [experts(("a", "main")), evaluation("b")], {}, "needs_judgement"),
    ("a review commissioned from the evaluator", [experts(unit="c", form="commission"), evaluation("c")], {}, "needs_judgement"),
    ("the evaluator had only called the experts together", [experts(("a", "main"), unit="c", form="meeting"), evaluation("c")], {}, "satisfied"),
    ("one of several experts names no body", [experts(("c", "side"), (None, None)), evaluation("c")], {}, "satisfied"),
    ("main part, over an open file", [risk("c", "main"), evaluation("c")], {"complete": None}, "violated"),
    ("side part, over an open file: it may have done more", [risk("c", "side"), evaluation("c")], {"complete": None}, "undetermined"),
    ("in what part is not said, over an open file", [risk("c"), evaluation("c")], {"complete": None}, "needs_judgement"),
    ("nothing on record, over an open file", [evaluation("c")], {"complete": None}, "undetermined"),
    ("nothing on record, and the file is whole", [evaluation("c")], {}, "satisfied"),
    ("the list of experts is open", [experts(("a", "main"), experts_complete=None), evaluation("c")], {}, "undetermined"),
    ("a part of the body above, the list of experts is open", [experts(("a", "main"), experts_complete=None), evaluation("b")], {}, "undetermined"),
    ("who was commissioned with the assessment is not said", [risk(None, unit="a", third_party_commissioned=True), evaluation("b")], {}, "undetermined"),
    ("the evaluator is not named", [risk("c", "main"), evaluation(None)], {}, "undetermined"),
    ("not commissioned", [risk("c", "main"), evaluation("c", commissioned=False)], {}, "not_applicable"),
    ("whether it was commissioned is not said", [risk("c", "main"), evaluation("c", commissioned=None)], {}, "undetermined"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("acts", "others", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_who_may_be_commissioned_to_evaluate(
    acts: list[dict[str, Any]], others: dict[str, Any], expected: str
) -> None:
    assert outcome(*acts, **others) == expected


def test_the_evidence_names_the_work_and_the_part_that_is_not_said() -> None:
    report = checked(headed(experts(("c", None)), risk("a"), evaluation("b"), units=UNITS))
    (verdict,) = on(report, DUTY)
    places = {str(child["place"]) for child in verdict_tree(report, DUTY)["children"][0]["children"]}

    assert verdict.outcome == "needs_judgement"
    assert {"acts[r].third_party", "acts[r].third_party_part"} <= places
    assert not any("experts" in place for place in places)


def verdict_tree(report: Any, duty: str) -> Any:
    (found,) = [item for item in report.to_dict()["verdicts"] if item["duty"] == duty]
    return found["trees"]["require"]


def test_renaming_units_changes_nothing() -> None:
    renamed = [{"id": "单位一", "name": "甲"}, {"id": "单位二", "name": "乙", "parent": "单位一"}]
    data = headed(risk("单位一", "main"), evaluation("单位二"), units=renamed)

    assert came_to(checked(data), DUTY) == ["needs_judgement"]


def test_the_part_of_a_body_can_be_given_in_chinese() -> None:
    acts = [
        {"种类": "风险评估", "编号": "r", "日期": "2024-03-04", "第三方机构": "c", "第三方承担部分": "辅助工作"},
        {"种类": "专家论证", "编号": "x", "日期": "2024-02-05", "专家": [{"决策机关": "a", "承担部分": "主要工作"}], "专家名单完整": True},
    ]  # fmt: skip

    assert outcome(*acts, evaluation("c")) == "satisfied"
