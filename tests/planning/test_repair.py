"""Repairs: applied, they leave no fault open but those named, and no act of the first can be spared."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from ahead import EXAMPLES, example
from commands import call

import decision_procedure as dp
from decision_procedure.planning.acting import with_acts
from decision_procedure.planning.mending import open_faults

DAY = date(2024, 10, 8)
NOT_LISTED = ("documents", "attendees", "experts", "speaking_order", "undertakers", "executors", "consulted")


@cache
def report_on(name: str) -> dp.Report:
    return dp.check(example(name), as_of=DAY)


@cache
def repairs(name: str) -> tuple[dp.Repair, ...]:
    return dp.repair(report_on(name))


def whole() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((EXAMPLES / "示例县-全部合规.yaml").read_text("utf-8"))
    return data


def mutated(seed: int) -> dict[str, Any]:
    """A whole record with acts left out, flags turned, lists cut short and dates moved."""
    random, data = Random(seed), whole()  # noqa: S311
    for _ in range(random.choice([1, 1, 2, 3])):
        act = random.choice(data["acts"])
        flags = [
            key for key, value in act.items() if isinstance(value, bool) and not key.endswith("_complete")
        ]
        lists = [key for key, value in act.items() if isinstance(value, list) and key not in NOT_LISTED]
        dates = [
            key
            for key, value in act.items()
            if isinstance(value, str) and value[4:5] == "-" and len(value) == 10
        ]
        what = random.choice(["leave out", "flag", "list", "date"])
        if what == "leave out":
            data["acts"].remove(act)
            data["acts"] = [{k: v for k, v in one.items() if v != act["id"]} for one in data["acts"]]
        elif what == "flag" and flags:
            act[key] = not act[key] if (key := random.choice(flags)) else None
        elif what == "list" and lists:
            act[key] = act[key][1:] if (key := random.choice(lists)) else None
        elif dates:
            key = random.choice(dates)
            moved = date.fromisoformat(act[key]) + timedelta(days=random.choice([-40, -5, 5, 20, 60]))
            act[key] = moved.isoformat()
    return data


def faults_left(repair: dp.Repair) -> set[tuple[str, str | None]]:
    last = max([date.fromisoformat(repair.report.as_of)])
    return set(open_faults(dp.check(repair.record, as_of=last)))


@pytest.mark.parametrize("name", ["办公会代替常务会", "多处不合规"])
def test_every_repair_of_a_defective_example_leaves_only_the_faults_it_names(name: str) -> None:
    for repair in repairs(name):
        assert faults_left(repair) == {(item.duty, item.act) for item in repair.unmended}
        assert set(repair.mended) | {(item.duty, item.act) for item in repair.unmended} == set(repair.faults)


def test_what_had_to_come_before_an_issue_that_took_place_is_named_as_not_mendable() -> None:
    (left,) = repairs("多处不合规")[0].unmended

    assert (left.duty, left.why, left.what.zh, left.day) == ("cn-713.31", "passed", "出台", "2024-06-20")
    assert repairs("办公会代替常务会")[0].unmended == ()


@pytest.mark.parametrize("seed", range(100, 108))
def test_the_first_repair_of_a_changed_record_leaves_only_what_the_issue_or_a_later_act_has_passed(
    seed: int,
) -> None:
    try:
        record = dp.decision(mutated(seed))
    except dp.UnusableInput:
        return
    found = dp.repair(dp.check(record, as_of=DAY))

    for repair in found[:1]:
        assert faults_left(repair) == {(item.duty, item.act) for item in repair.unmended}
        assert {item.why for item in repair.unmended} <= {"passed"}


def test_a_record_without_faults_needs_no_repair() -> None:
    assert dp.repair(report_on("全部合规")) == ()


def broken(kind: str, **changes: Any) -> dp.Report:
    data = whole()
    for act in data["acts"]:
        if act["kind"] == kind:
            act.update(changes)
    data["acts"] = [act for act in data["acts"] if act["kind"] not in changes.get("without", ())]
    return dp.check(dp.decision(data), as_of=DAY)


def test_what_the_law_lets_supplement_is_supplemented() -> None:
    report = broken("deliberation", recorded=False)

    first = dp.repair(report)[0]

    (action,) = first.actions
    assert (action.kind, action.on, dict(action.content)) == ("supplement", "meeting", {"recorded": True})
    assert first.unmended == ()


def test_what_is_redone_reopens_what_rests_on_it() -> None:
    report = broken("expert_review", necessity_argued=False)

    first = dp.repair(report)[0]

    kinds = [action.act for action in first.actions]
    assert kinds[0] == "expert_review"
    assert {"legality_review", "submission", "deliberation", "decision", "issue"} <= set(kinds)
    assert [action.act for action in first.actions if action.mends] == ["expert_review"]
    assert first.ends > "2024-10-08"


def test_no_act_of_a_small_repair_can_be_spared() -> None:
    data = whole()
    data["acts"] = [act for act in data["acts"] if act["kind"] in BEFORE_REVIEW]
    for act in data["acts"]:
        if act["kind"] == "group_communication":
            act["representatives_heard"] = False
        if act["kind"] == "expert_review":
            act["soundness_argued"] = False
    data["complete"]["up_to"] = data["stated_on"] = "2024-05-10"
    report = dp.check(dp.decision(data), as_of=date(2024, 5, 10))

    first = dp.repair(report)[0]

    assert 1 <= len(first.acts) <= 4
    for number in range(len(first.acts)):
        for some in combinations(first.acts, number):
            record = with_acts(report.decision, some, date.fromisoformat(first.report.as_of))
            left = dp.check(record, as_of=first.report.as_of)
            assert open_faults(left) or questions(left) - questions(report)


def questions(report: dp.Report) -> set[tuple[str, str | None]]:
    return {(item.duty, item.act) for item in report.of("needs_judgement")}


BEFORE_REVIEW = (
    "proposal_study", "initiation", "drafting", "departmental_consultation", "public_comment", "group_communication",
    "opinion_handling", "expert_review", "risk_assessment", "fair_competition_review",
)  # fmt: skip


def test_what_lies_in_the_past_may_be_entered_only_if_it_was_so() -> None:
    data = whole()
    data["acts"] = [act for act in data["acts"] if act["kind"] != "proposal_study"]

    first = dp.repair(dp.check(dp.decision(data), as_of=DAY))[0]

    (action,) = first.actions
    assert (action.act, action.only_if_so) == ("proposal_study", True)


def test_a_departure_without_a_reason_is_made_good_by_a_full_period() -> None:
    repaired = repairs("多处不合规")[0].report

    verdicts = {item.duty: item for item in repaired.verdicts if item.act == "comment"}
    assert verdicts["cn-713.15.1d"].made_good_by == verdicts["cn-713.15.1c"].made_good_by is not None


def test_the_command_tells_the_repairs_and_that_they_lift_no_responsibility(tmp_path: Path) -> None:
    record = EXAMPLES / "示例县-办公会代替常务会.yaml"

    told = call("repair", record, "--as-of", "2024-10-08").stdout
    data = json.loads(call("repair", record, "--as-of", "2024-10-08", "--format", "json").stdout)

    assert "整改不免除已经产生的责任" in told
    assert "补正：风险评估" in told
    assert [action["kind"] for action in data[0]["actions"]][:2] == ["supplement", "redo"]


def test_the_papers_hold_each_act_with_its_unit_and_days(tmp_path: Path) -> None:
    docx, openpyxl = pytest.importorskip("docx"), pytest.importorskip("openpyxl")
    record = EXAMPLES / "示例县-多处不合规.yaml"
    for form in ("docx", "xlsx"):
        assert (
            call(
                "repair",
                record,
                "--as-of",
                "2024-10-08",
                "--format",
                form,
                "--output",
                tmp_path / f"r.{form}",
            ).returncode
            == 0
        )

    paper = docx.Document(io.BytesIO((tmp_path / "r.docx").read_bytes()))
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    (sheet,) = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets

    assert rows[0] == ["序号", "措施", "须具备", "单位", "最早", "最迟", "解决的问题"]
    assert rows[1][1] == "补办：部门协商"
    assert sheet.cell(2, 5).value == "示例县住房和城乡建设局"
    assert any("不能再在其之前办理" in str(row[3].value) for row in sheet.iter_rows())
