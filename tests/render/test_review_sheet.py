"""上会审查单: one page, whatever the record holds, and what it says about package, gates and time."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from office_samples import (
    BAD,
    DAY,
    OPEN,
    as_pdf,
    checked,
    data_of,
    hostile,
    needs_libreoffice,
    of_data,
    of_each_kind,
    pages_of,
    worked,
)  # fmt: skip

import decision_procedure as dp
from decision_procedure import api
from decision_procedure.exchange.findings import FindingsView as Listed
from decision_procedure.exchange.findings import report_findings
from decision_procedure.law.applicable import standard_law
from decision_procedure.planning.possible import earliest_meeting
from decision_procedure.render.meeting import gates, heads
from decision_procedure.render.office import _view
from decision_procedure.render.word.layout import FORM_HEIGHT
from decision_procedure.render.word.sheet import TABLE_HEIGHT, Matter, sheet_rows
from decision_procedure.reporting.review_time import review_time
from decision_procedure.reporting.submission import ASSUMED
from decision_procedure.results.severity import OPEN_FACES

EARLY = date(2024, 4, 1)


def matter(report: dp.Report, lang: str = "zh") -> Matter:
    law = standard_law()
    submitted = api.submitted(report)
    tested, act = submitted
    found = list(report_findings("", tested, Listed(lang=lang)))
    packs = law.for_body(report.decision)
    return Matter(
        _view(tested, law, lang),
        packs,
        act,
        submitted.assumed,
        found,
        tested.advice,
        earliest_meeting(report),
    )


def of_heads(item: Matter) -> dict[str, tuple[str, str]]:
    return {head.item: (head.need, head.presence) for head in heads(item.view, item.packs, item.submission)}


def text_of(report: dp.Report, lang: str = "zh") -> str:
    (table,) = Document(io.BytesIO(dp.as_review_sheet(report, lang=lang))).tables
    return "\n".join(cell.text.replace("\n", "") for row in table.rows for cell in row.cells)


def early(name: str = OPEN) -> dp.Report:
    return checked(name, EARLY)


def test_the_rows_of_every_sheet_fit_one_page_in_both_languages() -> None:
    advised = of_data(data_of(BAD) | {"cited_law": CITED}, EARLY)
    reports = [report for _, report in worked()] + [early(), hostile(), advised]

    for report in reports:
        for lang in ("zh", "en"):
            rows = sheet_rows(matter(report, lang))
            assert sum(row.height() for row in rows) <= TABLE_HEIGHT < FORM_HEIGHT


CITED = [
    "重大行政决策程序暂行条例（国务院令第731号）",
    "浙江省重大行政决策程序规定（浙江省人民政府令第373号）",
]


@pytest.mark.parametrize("name", [BAD, OPEN])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_advice_on_the_law_cited_is_counted_and_the_first_told_on_the_same_page(name: str, lang: str) -> None:
    report = of_data(data_of(name) | {"cited_law": CITED})

    rows = sheet_rows(matter(report, lang))

    (told,) = [row.cells[1][0] for row in rows if row.cells[0][0] in ("提示", "Advice")]
    assert told.startswith(("提示2项", "2 to put right"))
    assert "713" in told
    assert sum(row.height() for row in rows) <= TABLE_HEIGHT
    assert "731" in text_of(report, lang)


def test_a_record_that_cites_nothing_wrong_has_no_row_of_advice() -> None:
    assert not [row for row in sheet_rows(matter(checked(), "zh")) if row.cells[0][0] == "提示"]


def test_every_row_has_the_exact_height_that_its_lines_need() -> None:
    (table,) = Document(io.BytesIO(dp.as_review_sheet(hostile()))).tables

    for row in table.rows:
        assert row._tr.find(f".//{qn('w:trHeight')}").get(qn("w:hRule")) == "exact"
        lines = max(1 + len(list(cell._tc.iter(qn("w:br")))) for cell in row.cells)
        assert row.height.pt >= 12.5 * lines


def test_what_was_due_and_not_done_is_owed_and_what_is_unknown_says_so() -> None:
    data = data_of(OPEN)
    data["complete"] = {"kinds": ["expert_review"], "up_to": EARLY.isoformat()}

    found = of_heads(matter(of_data(data, EARLY)))

    assert found["expert_opinions"] == ("required", "owed")
    assert found["risk_report"] == ("unknown", "unseen")
    assert found["public_opinions"] == ("required", "unseen")
    assert found["review_opinion"] == ("required", "unseen")


@pytest.mark.parametrize(("value", "need"), [(True, "required"), (False, "not_required"), (None, "unknown")])
def test_the_fair_competition_head_follows_the_trait(value: bool | None, need: str) -> None:
    data = data_of(OPEN)
    data["traits"]["market_entities"] = {"value": value}

    assert of_heads(matter(of_data(data, EARLY)))["fair_competition"][0] == need


def test_a_package_stated_to_be_whole_shows_what_is_missing() -> None:
    data = data_of(BAD)
    submission = next(act for act in data["acts"] if act["kind"] == "submission")
    submission["package"] = ["draft", "review_opinion"]

    report = of_data(data)

    found = of_heads(matter(report))
    assert {name for name, (_, presence) in found.items() if presence == "missing"} == {
        "fair_competition", "public_opinions", "expert_opinions", "risk_report",
    }  # fmt: skip
    assert found["draft"] == ("required", "there")
    assert "缺4项" in text_of(report)


def test_a_document_of_the_record_that_is_not_listed_is_to_be_confirmed() -> None:
    data = data_of(BAD)
    data["acts"] = [act for act in data["acts"] if act["id"] in ("risk", "review", "experts")]
    data["complete"] = None

    found = of_heads(matter(of_data(data)))

    assert found["risk_report"] == ("required", "in_file")
    assert found["review_opinion"] == ("required", "in_file")


def test_before_submission_an_absent_review_closes_the_gate_and_never_leaves_it_open() -> None:
    report = early()

    item = matter(report)

    assert item.assumed
    assert item.submission == ASSUMED
    assert [gate.state for gate in gates(item.view, item.submission)] == ["closed"]
    assert report.gate("submission").state == "unknown"  # in the record nothing was submitted yet
    assert "按当日提交推演" in text_of(report)
    assert "前置程序未完成" in text_of(report)


def test_a_step_that_was_due_and_not_held_is_owed_counts_as_missing_and_is_never_not_needed() -> None:
    text = text_of(early())

    assert "应有而未有：应有“专家论证”环节（第十九条第一款），案卷载明没有" in text
    assert "不需要" not in text
    assert "上会材料缺5项" in text


def test_nothing_is_to_be_withdrawn_before_anything_was_submitted() -> None:
    assert "撤回" not in text_of(early())


def test_what_the_sheet_lists_before_submission_is_headed_so() -> None:
    text = text_of(early())

    assert "四、如于2024年4月1日提交，将有的问题" in text
    assert "不合规5项" in text
    assert "见程序核查意见书" not in text


def test_an_unknown_review_leaves_the_gate_unknown_and_says_what_to_settle() -> None:
    data = data_of(OPEN)
    data["complete"] = None

    text = text_of(of_data(data, EARLY))

    assert "尚不能确定" in text
    assert "先查清：合法性审查" in text


def test_a_passed_review_leaves_the_gate_open() -> None:
    text = text_of(checked("invented/示例县-全部合规.yaml"))

    assert "提交的前置程序未见障碍；应有的上会材料均已载明" in text


def test_a_planned_submission_gives_its_package() -> None:
    data = data_of(OPEN)
    data["acts"].append(
        {"id": "plan", "kind": "submission", "date": "2024-05-01", "package": ["draft"], "package_complete": True}
    )  # fmt: skip

    item = matter(of_data(data, EARLY))

    assert item.assumed
    assert of_heads(item)["draft"] == ("required", "there")
    assert of_heads(item)["public_opinions"] == ("required", "owed")
    assert of_heads(item)["review_opinion"] == ("required", "owed")


def test_a_later_round_without_submission_is_tested_as_if_submitted() -> None:
    data = data_of(BAD)
    data["acts"].append({"id": "again", "kind": "legality_review", "round": 2, "sent": "2024-09-02"})

    item = matter(of_data(data))

    assert item.assumed
    assert item.view.names.acts[ASSUMED].round == 2


def test_the_time_for_review_counts_working_days_by_both_readings() -> None:
    item = matter(checked())

    time = review_time(item.view.report, item.packs, item.submission)

    assert time is not None
    assert time.left is not None
    assert (time.least, time.left.low, time.left.other_low) == (7, 17, 18)
    assert time.enough_from == "2024-05-23"
    text = text_of(checked())
    assert "其间17（会议当日计入则为18）个工作日" in text
    assert "仅就审查时间而言，2024年5月23日起上会方为留足" in text
    assert "最早可于" not in text


def test_without_a_meeting_the_earliest_one_is_named() -> None:
    data = data_of(OPEN)
    data["acts"].append({"id": "r", "kind": "legality_review", "sent": "2024-03-29"})

    text = text_of(of_data(data, EARLY))

    assert "上会日期未载明" in text
    assert "按待办各环节的时间要求，最早可于2024年4月11日上会" in text
    assert "方为留足" not in text


def test_the_number_of_findings_is_that_of_every_format() -> None:
    report = checked()
    found = list(report_findings("", report, Listed()))
    counts = [sum(f.face == name for f in found) for name in OPEN_FACES[:5]]

    text = text_of(report)

    assert "不合规{}项、存疑{}项、需人工判断{}项、待补{}项、尚无记录{}项".format(*counts) in text


def test_a_record_without_applicable_law_supports_no_submission() -> None:
    uncovered = replace(checked(), uncovered=True)

    assert "本单不能作为提交的依据" in text_of(uncovered)


def test_no_sheet_judges_the_effect_of_the_decision() -> None:
    for report in of_each_kind():
        for lang in ("zh", "en"):
            text = text_of(report, lang)
            assert "无效" not in text
            assert not re.search("合法(?!性)", text)
            assert not re.search(r"\b(invalid|void)\b", text)


def test_a_sheet_is_the_same_to_the_byte_each_time() -> None:
    assert dp.as_review_sheet(early()) == dp.as_review_sheet(early())


@needs_libreoffice
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_worst_records_make_exactly_one_page(lang: str, tmp_path: Path) -> None:
    most = max((report for _, report in worked()), key=lambda report: len(report.of("undetermined")))

    sheets = [dp.as_review_sheet(report, lang=lang) for report in (checked(BAD, DAY), most, hostile())]

    for pdf in as_pdf(tmp_path, *sheets):
        pages = pages_of(pdf)
        assert len(pages) == 1
        assert ("审批意见（签名）" if lang == "zh" else "Approval:") in pages[0]
