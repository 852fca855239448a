"""A rule may ask for a meeting after an act that is no review: it is the first after that act began."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import decision_procedure as dp
from decision_procedure.errors import BadPack
from decision_procedure.law.applicable import Law, load_packs, standard_law

FILE = Path(__file__).parents[2] / "docs" / "county-rules" / "示例县-征求意见规定.yaml"


def law(*, require: str = "workdays(act.start, first_meeting()) >= params.days") -> Law:
    text = (
        FILE.read_text("utf-8").partition("\nduties:")[0]
        + """
duties:
  - id: "3"
    article: 第三条
    step: public_participation
    per: [public_comment]
    bearer: CU
    force: must
    params: {days: {value: 5, unit: 工作日, mark: V}}
    when: meets_after()
    require: workdays(act.start, first_meeting()) >= params.days
    evidence: [comment_notice]
    text: {zh: "公开征求意见开始后满五个工作日方可开会讨论", en: "No meeting within five working days of the beginning"}
    cure: {kind: supplement, zh: "说明原因", en: "State why"}
    mark: V
"""
    )
    text = text.replace("workdays(act.start, first_meeting()) >= params.days", require)
    shipped = standard_law()
    return Law((*shipped.packs, *load_packs([(FILE.name, text)])), shipped.register)


@pytest.mark.parametrize(
    ("meetings", "outcome"),
    [
        (["2024-04-08"], "satisfied"),
        (["2024-03-06"], "violated"),
        (["2024-02-20", "2024-04-08"], "satisfied"),
        ([], "undetermined"),
    ],
)  # fmt: skip
def test_the_meeting_counted_is_the_first_after_the_act_began(meetings: list[str], outcome: str) -> None:
    acts = [{"kind": "public_comment", "start": "2024-03-04", "end": "2024-04-05"}] + [
        {"kind": "deliberation", "date": day, "meeting_type": "executive"} for day in meetings
    ]
    body = {"name": "示例县人民政府", "level": "county", "kind": "government", "code": "999901"}
    record = {"schema": 1, "title": "事项", "body": body, "catalogue": {"listed": True}, "acts": acts}

    report = dp.check(dp.parse_decision(json.dumps(record)), as_of=date(2024, 9, 30), law=law())

    assert [item.outcome for item in report.verdicts if item.duty == "example-county.3"] == [outcome]


def test_only_a_decision_can_rest_on_a_meeting() -> None:
    with pytest.raises(BadPack) as told:
        law(require='decided_on_meeting() == "discussed"')

    assert any("只能用于决定" in fault.zh for fault in told.value.faults)
