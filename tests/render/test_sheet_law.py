"""The time for the review on the sheet: by the duty of the law that applies and binds, whatever its file is called."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from office_samples import data_of

import decision_procedure as dp
from decision_procedure import api
from decision_procedure.law.applicable import Law, load_packs, standard_law
from decision_procedure.planning.possible import earliest_meeting, possible_from
from decision_procedure.reporting.review_time import ReviewTime, review_time
from decision_procedure.wording.words import day_text

DAY = date(2024, 6, 1)
PACK = """
schema: 1
head:
  id: {name}
  title: {{zh: "示例县审查规定", en: "Example County Rules on Review"}}
  number: 示府规〔2024〕9号
  issuer: 示例县人民政府
  kind: 县级规范性文件
  level: county
  place: "999901"
  promulgated: 2024-01-10
  in_force_from: {start}
  seen: full
  mark: V
  articles: 1
  uses: [cn-713]
scope:
  article: 第一条
  included: decision.catalogue.listed
  excluded: "False"
  text: {{zh: "县政府的重大行政决策", en: "Major decisions of the county government"}}
binding:
  article: 第一条
  {binding}: decision.body.level == "county"
duties:
  - id: "1"
    article: 第一条
    step: review_request
    per: [legality_review]
    bearer: CU
    force: must
    params: {{workdays: {{value: 10, unit: 工作日, mark: V}}}}
    {when}
    require: workdays(act.complete_material_sent, first_meeting()) {sign} params.workdays
    evidence: [review_request]
    text: {{zh: "为合法性审查留出不少于十个工作日", en: "Ten working days are left for the review"}}
    cure: {{kind: supplement, zh: "说明原因", en: "State why"}}
    mark: V
"""


@cache
def county(name: str, start: str = "2024-02-01", binding: str = "direct", when: str = "meets_after()", sign: str = ">=") -> Law:  # fmt: skip
    text = PACK.format(
        name=name, start=start, binding=binding, sign=sign, when=f"when: {when}" if when else ""
    )
    law = standard_law()
    return Law((*law.packs, *load_packs([(f"{name}.yaml", text)])), law.register)


def record(*, meeting: str | None = None, sent: str = "2024-05-20") -> dp.Decision:
    data: dict[str, Any] = data_of("invented/示例县-全部合规.yaml")
    gone = {"submission", "deliberation", "decision", "party_report", "issue", "publication", "interpretation", "filing",
            "execution_assignment", "execution_report"}  # fmt: skip
    data["acts"] = [act for act in data["acts"] if act["kind"] not in gone]
    data["body"] |= {"code": "999901"}
    data["complete"] = {"kinds": ["all"], "up_to": "2024-06-01"}
    for act in data["acts"]:
        if act["kind"] == "legality_review":
            act |= {"sent": sent, "date": sent[:-2] + str(int(sent[-2:]) + 1)}
    if meeting is not None:
        data["acts"].append(
            {"id": "m", "kind": "deliberation", "meeting_type": "executive", "date": meeting, "draft": "v2"}
        )
    return dp.parse_decision(dp_json(data))


def dp_json(data: dict[str, Any]) -> str:
    import json

    return json.dumps(data, ensure_ascii=False, default=str)


def time_of(law: Law, **given: Any) -> ReviewTime:
    report = dp.check(record(**given), as_of=DAY, law=law)
    submitted = api.submitted(report)
    found = review_time(submitted.report, law.for_body(report.decision), submitted.act)
    assert found is not None
    return found


@pytest.mark.parametrize("meeting", [None, "2024-05-30"])
@pytest.mark.parametrize("name", ["aaa-county", "zzz-county"])
def test_the_stricter_duty_of_the_county_decides_whatever_its_identifier(
    name: str, meeting: str | None
) -> None:
    found = time_of(county(name), meeting=meeting)

    assert (found.duty, found.least) == (f"{name}.1", 10)
    assert found.enough_from == "2024-06-04"


@pytest.mark.parametrize(
    "law",
    [
        county("aaa-county", start="2030-01-01"),
        county("aaa-county", binding="internal"),
        county("aaa-county", when="traits.exploratory_reform"),
        county("aaa-county", sign="<="),
    ],
    ids=["not in force yet", "internal only", "for other matters", "a longest time"],
)
def test_what_does_not_bind_or_apply_or_is_no_least_time_leaves_the_seven_days_of_the_regulation(
    law: Law,
) -> None:
    found = time_of(law)

    assert (found.duty, found.least) == ("cn-713.26.2", 7)


def test_more_than_so_many_days_is_one_day_more() -> None:
    assert time_of(county("aaa-county", sign=">")).least == 11


def test_the_verdict_on_the_sheet_is_that_of_the_duty_that_decides() -> None:
    found = time_of(county("aaa-county"), meeting="2024-05-30")

    assert found.left is not None
    assert found.left.low == 7
    assert found.verdict is not None
    assert (found.verdict.duty, found.verdict.outcome) == ("aaa-county.1", "violated")


def test_the_sheet_names_the_duty_and_says_in_general_only_of_a_general_one() -> None:
    law = county("aaa-county")

    of_the_county = sheet_text(dp.check(record(), as_of=DAY, law=law))
    of_the_regulation = sheet_text(dp.check(record(), as_of=DAY))

    assert "《示例县审查规定》第一条：不少于10个工作日" in of_the_county
    assert "《重大行政决策程序暂行条例》第二十六条第二款：一般不少于7个工作日" in of_the_regulation
    assert "适用的法律未规定合法性审查的时间" not in of_the_regulation


def sheet_text(report: dp.Report) -> str:
    import io

    from docx import Document

    (table,) = Document(io.BytesIO(dp.as_review_sheet(report))).tables
    return "\n".join(cell.text.replace("\n", "") for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("as_of", "day"), [(date(2024, 7, 3), "2024-07-04"), (date(2024, 5, 25), "2024-05-30")]
)
def test_plan_and_sheet_tell_one_earliest_meeting_never_before_the_day_of_checking(
    as_of: date, day: str
) -> None:
    report = dp.check(record(), as_of=as_of)

    assert earliest_meeting(report) == (day, True)
    assert dp.plan(report).earliest("deliberation") == day
    assert f"最早可于{day_text(day, 'zh')}上会" in sheet_text(report)
    assert possible_from(report, "deliberation") == (day, True)


def test_a_meeting_past_the_holidays_published_is_told_as_not_before_a_day_on_page_and_sheet() -> None:
    report = dp.check(record(sent="2026-12-28"), as_of=date(2026, 12, 30))

    first = earliest_meeting(report)
    assert first is not None
    assert not first.sure
    assert f"不早于{day_text(first.day, 'zh')}上会（此后放假安排尚未公布）" in sheet_text(report)
