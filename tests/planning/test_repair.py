"""Repairs: applied, they leave no fault open but those named, and no act of the first can be spared."""

from __future__ import annotations

import io
import json
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from ahead import EXAMPLES, example
from commands import call

import decision_procedure as dp
from decision_procedure.planning.acting import acts_of, with_acts
from decision_procedure.planning.making import plan_in
from decision_procedure.planning.situation import Situation
from decision_procedure.planning.trial import open_faults
from decision_procedure.render.repairs import RepairTold, repair_lines
from decision_procedure.render.text.unbroken import blocks_text
from tools.repairs import DAY, defective, first_repair, whole

SEEDS = (102, 107, 109, 112, 114, 115)  # `python -m tools.repairs` does it for any number
QUESTION = 171
SPOILT = {
    "expert_review": "soundness_argued", "group_communication": "representatives_heard", "public_comment": "draft_published",
}  # fmt: skip
SMALL = [
    (("expert_review",), 1),
    (("group_communication",), 2),
    (("expert_review", "public_comment"), 3),
    (("expert_review", "group_communication", "public_comment"), 4),
]


@cache
def report_on(name: str) -> dp.Report:
    return dp.check(example(name), as_of=DAY)


@cache
def repairs(name: str) -> tuple[dp.Repair, ...]:
    return dp.repair(report_on(name))


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


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_repair_of_a_changed_record_leaves_only_what_the_issue_or_a_later_act_has_passed(
    seed: int,
) -> None:
    report = dp.check(dp.decision(defective(seed)), as_of=DAY)

    found = first_repair(report)

    assert found is not None
    assert set(found.repair.faults) == set(open_faults(report))
    assert found.as_told
    assert found.repair.questions == ()


def test_a_question_that_a_repair_leaves_to_a_person_is_named_in_every_form() -> None:
    report = dp.check(dp.decision(defective(QUESTION)), as_of=DAY)
    first = dp.repair(report)[0]

    ((duty, act),) = first.questions
    told = RepairTold((first,), report, "zh")
    ((_, (sentence,)),) = (one for one in told.remaining(first) if one[0] == "questions")

    assert {item.outcome for item in first.report.verdicts if (item.duty, item.act) == (duty, act)} == {
        "needs_judgement"
    }
    assert "是否不合规须由人判断" in sentence
    assert sentence in blocks_text(repair_lines(told), "zh")
    assert first.to_dict()["questions"] == [[duty, act]]


def test_what_an_earlier_round_left_is_named_with_that_as_the_reason() -> None:
    data = whole(EXAMPLES / "示例县-多处不合规.yaml")
    data["acts"].append({"kind": "initiation", "id": "again", "round": 2, "date": "2024-08-01"})
    report = dp.check(dp.decision(data), as_of=DAY)

    first = dp.repair(report)[0]

    told = [*RepairTold((first,), report, "zh").left(first)]
    assert {item.why for item in first.unmended if item.act == "comment"} == {"earlier_round"}
    assert any("公开征求意见（2024年3月4日）是以前轮次的行为，本轮重新办理不能补救" in text for text in told)
    assert faults_left(first) == {(item.duty, item.act) for item in first.unmended}


def receipt_of(report: dp.Report, folder: Path) -> Path:
    path = folder / "卷宗.json"
    path.write_text(dp.seal(report).to_json(), "utf-8")
    return path


def test_the_next_repair_says_what_became_of_the_faults_of_the_last_receipt(tmp_path: Path) -> None:
    data = whole(EXAMPLES / "示例县-办公会代替常务会.yaml")
    before = dp.check(dp.decision(data), as_of=DAY)
    risk = next(act for act in data["acts"] if act["kind"] == "risk_assessment")
    risk["report_contents"].append("response_plans")
    again = {"kind": "deliberation", "date": "2024-10-10", "meeting_type": "executive", "recorded": True}
    data["acts"].append({"id": "again", "draft": "v2", "chief_spoke_last": True, **again})
    data["complete"]["up_to"] = data["stated_on"] = "2024-10-20"
    record = tmp_path / "r.yaml"
    record.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    given = ("repair", record, "--as-of", "2024-10-20", "--since", receipt_of(before, tmp_path))

    told = call(*given).stdout
    found = json.loads(call(*given, "--format", "json").stdout)

    stands = {(item["duty"], item["act"]): item["how"] for item in found["since"]}
    assert stands["cn-713.23.2-contents", "risk"] == "mended"
    assert set(stands) == set(open_faults(before))
    assert "已补正：《重大行政决策程序暂行条例》第二十三条第二款" in told
    assert "上次回执（截至2024年10月8日）的不合规：已销号1项，未销号2项。" in told


def test_an_act_done_once_more_closes_a_fault_and_an_act_taken_out_is_said_to_be_gone() -> None:
    before = report_on("办公会代替常务会")
    mended = dp.repair(before)[0].report
    without = before.decision.changed(
        {"acts": tuple(act for act in before.decision.acts if act.id != "risk")}
    )

    repaired = {item.duty: item for item in dp.faults_since(before, mended)}
    taken_out = {(item.act, item.how) for item in dp.faults_since(before, dp.check(without, as_of=DAY))}

    assert (repaired["cn-713.30.1b"].how, repaired["cn-713.23.2-contents"].how) == ("made_good", "mended")
    assert repaired["cn-713.30.1b"].by == "decision-planned"
    assert {item.how for item in repaired.values()} <= {"made_good", "mended"}
    assert ("risk", "gone") in taken_out


@pytest.mark.parametrize("spoilt", ["another record", "no report", "another report"])
def test_a_dossier_that_cannot_tell_is_one_clear_error(tmp_path: Path, spoilt: str) -> None:
    name = "全部合规" if spoilt == "another record" else "多处不合规"
    path = receipt_of(report_on(name), tmp_path)
    data = json.loads(path.read_text("utf-8"))
    if spoilt == "no report":
        del data["report"]
    elif spoilt == "another report":
        data["report"] = data["report"].replace("violated", "satisfied")
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")

    result = call("repair", EXAMPLES / "示例县-多处不合规.yaml", "--as-of", "2024-10-08", "--since", path)

    assert (result.returncode, result.stdout) == (2, "")
    assert "此卷宗" in result.stderr


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


@pytest.mark.parametrize(("kinds", "number"), SMALL)
def test_brute_force_over_all_acts_before_the_review_finds_no_repair_with_fewer(
    kinds: tuple[str, ...], number: int
) -> None:
    data = whole()
    data["acts"] = [act for act in data["acts"] if act["kind"] in BEFORE_REVIEW]
    for act in data["acts"]:
        if act["kind"] in kinds:
            act[SPOILT[act["kind"]]] = False
    data["complete"]["up_to"] = data["stated_on"] = "2024-05-10"
    report = dp.check(dp.decision(data), as_of=date(2024, 5, 10))

    first = dp.repair(report)[0]

    anew = Situation(report, report.law, redo=BEFORE_REVIEW[3:])
    pool = [*first.acts, *(act for act in acts_of(plan_in(anew), anew) if act.kind in BEFORE_REVIEW)]
    last = date.fromisoformat(first.report.as_of)
    asked = questions(dp.check(with_acts(report.decision, (), last), as_of=last))
    assert (len(first.acts), first.unmended) == (number, ())
    assert len(pool) >= len(BEFORE_REVIEW[3:])
    for fewer in (some for size in range(number) for some in combinations(pool, size)):
        left = dp.check(with_acts(report.decision, fewer, last), as_of=last)
        assert open_faults(left) or questions(left) - asked


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


def test_what_an_act_must_state_is_told_in_words_of_either_language() -> None:
    (first, *_), report = repairs("多处不合规"), report_on("多处不合规")

    said = {
        lang: {row.action: row.content for row in RepairTold((first,), report, lang).rows(first)}
        for lang in ("zh", "en")
    }

    assert said["zh"]["重新办理：合法性审查"].startswith(
        "形式：合法性审查意见；审查结论：审查通过；送审材料：决策草案、依据"
    )
    assert said["en"]["Do again: expert review"].endswith("experts: direct interest: no")
    assert "form: legality review opinion; conclusion: passed" in said["en"]["Do again: legality review"]
    assert not any("_" in text for texts in said.values() for text in texts.values())


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
    assert not any("\\n" in str(cell.value) for row in sheet.iter_rows() for cell in row)
