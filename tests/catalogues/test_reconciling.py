"""A catalogue against the records of its matters: each kind of difference is found, and none where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.catalogues.matters import MatterState, matter_of
from decision_procedure.catalogues.reconciliation import KINDS, Discrepancy, Reconciliation
from decision_procedure.catalogues.reconciling import held_against
from decision_procedure.catalogues.titles import title_key
from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import standard_law
from decision_procedure.model.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
YEARS = ROOT / "years"
MANAGER = Path(__file__).parent / "manager"


@cache
def reports(folder: Path, day: str) -> tuple[dp.Report, ...]:
    files = sorted((folder / "案卷").glob("*.yaml"))
    return tuple(dp.check(dp.load_decision(file), as_of=day) for file in files)


@cache
def worked() -> Reconciliation:
    folder, day = YEARS / "示例县-2025", "2025-11-28"
    earlier = [load_catalogue(folder / "目录-第一版.yaml")]
    return dp.reconcile(
        load_catalogue(folder / "目录.yaml"), reports(folder, day), as_of=day, earlier=earlier
    )


FOUND = {
    "no_record": ["2", "12"],
    "no_row": ["养老服务设施布局规划", "河长制考核办法"],
    "possible": ["12"],
    "several_records": ["13"],
    "decided_outside": ["招商引资奖补办法"],
    "decided_before_listed": ["14"],
    "added": ["14"],
    "dropped": ["19"],
    "renamed": ["15"],
    "overdue": ["2", "3"],
    "year_over": [],  # while the year lasts; below
    "decided_late": ["4"],
    "cannot_be_met": ["18"],
    "stalled": ["3"],
    "milestone_passed": ["16", "16"],
    "step_not_done": ["5"],
    "step_not_shown": ["6"],
    "step_not_planned": ["7"],
    "demanded_left_out": ["8"],
    "hearing_entry": ["5"],
    "title_differs": ["9"],
    "unit_differs": ["10"],
    "number_differs": ["11"],
    "consent": [""],
    "publication": [""],
    "stale_basis": ["17"],
    "wrong_basis": ["17"],
}
"""What the worked example shows, by the number of the row, or the title of the record where there is no row."""


def at(item: Discrepancy) -> str:
    return item.row.item if item.row else item.record.title if item.record else ""


def test_the_worked_example_shows_every_kind() -> None:
    assert list(FOUND) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_found_where_it_is_and_nowhere_else(kind: Any) -> None:
    assert [at(item) for item in worked().of(kind)] == FOUND[kind]


def test_a_record_of_another_year_is_passed_over_and_named() -> None:
    assert [record.title for record in worked().elsewhere] == ["夏季有序供电方案"]


def test_nothing_differs_where_nothing_does() -> None:
    folder, day = YEARS / "示例县-2024", "2024-08-30"

    found = dp.reconcile(load_catalogue(folder / "目录.yaml"), reports(folder, day), as_of=day)

    assert found.discrepancies == ()
    assert [row.stands for row in found.rows] == ["decided", "decided", "under_way"]


def test_every_difference_is_said_in_both_languages_without_a_gap() -> None:
    for item in worked().discrepancies:
        assert item.text("zh")
        assert item.text("en")
        assert "{" not in item.zh + item.en
        assert "unknown" not in item.en


# -- the catalogue manager of a county ---------------------------------------------------------------------------


@cache
def managed(day: str) -> Reconciliation:
    return dp.reconcile(load_catalogue(MANAGER / "目录.yaml"), reports(MANAGER, day), as_of=day)


def test_the_manager_sees_that_item_8_has_no_record() -> None:
    found = managed("2024-11-20")

    assert [at(item) for item in found.of("no_record")] == ["8"]
    assert [row.row.item for row in found.rows if not row.records] == ["8"]


def test_the_manager_sees_what_is_stalled_and_since_when() -> None:
    found = {at(item): item.day for item in managed("2024-11-20").of("stalled")}

    assert found == {
        "3": "2024-07-11", "4": "2024-06-04", "5": "2024-04-25", "6": "2024-08-08", "9": "2024-01-18",
        "12": "2024-02-26",
    }  # fmt: skip


def test_the_manager_sees_the_next_step_and_the_earliest_day_of_the_meeting() -> None:
    rows = {row.row.item: row for row in managed("2024-11-20").rows}

    assert [step.zh for step in rows["2"].next] == ["送合法性审查"]
    assert {item: row.meeting.day for item, row in rows.items() if row.meeting} == {
        "2": "2024-11-30", "3": "2024-12-03", "4": "2024-12-10", "5": "2025-01-01", "6": "2024-11-30",
        "7": "2024-11-20", "9": "2025-01-01", "12": "2025-01-01",
    }  # fmt: skip


def test_what_the_law_of_time_no_longer_lets_be_met_is_told_before_it_is_overdue() -> None:
    assert [at(item) for item in managed("2024-11-20").of("cannot_be_met")] == ["5", "9", "12"]
    assert managed("2024-11-20").of("overdue") == ()


def test_what_is_not_decided_when_the_time_planned_is_over_is_overdue() -> None:
    found = managed("2025-01-10")

    assert [at(item) for item in found.of("overdue")] == ["2", "3", "4", "5", "6", "7", "8", "9", "12"]
    assert {row.days for row in found.rows if row.overdue} == {10}


def test_the_completion_of_the_year_counts_each_row_once() -> None:
    *units, total = managed("2025-01-10").completion()

    assert (total.unit, total.rows, total.in_time, total.late, total.overdue) == (None, 12, 3, 0, 9)
    assert {unit.unit: unit.rows for unit in units} == {"发改局": 5, "城管局": 3, "公安局": 3, "财政局": 1}
    for unit in (*units, total):
        parts = (unit.in_time, unit.late, unit.ended, unit.under_way, unit.overdue, unit.no_record)
        assert sum(parts) == unit.rows


# -- one row and one record --------------------------------------------------------------------------------------

LIST = {
    "schema": 1, "title": "示例县人民政府2025年度重大行政决策事项目录", "issuer": "示例县人民政府", "year": 2025,
    "level": "county", "party_consent": True, "published": True,
}  # fmt: skip
RECORD = {
    "schema": 1, "title": "城区停车管理方案", "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
}  # fmt: skip
DAY = date(2025, 9, 30)


def listed(*rows: dict[str, Any], **more: Any) -> dp.Catalogue:
    numbered = [{"item": str(number), **row} for number, row in enumerate(rows, 1)]
    return dp.Catalogue.model_validate({**LIST, **more, "items": numbered})


def recorded(**more: Any) -> dp.Report:
    return dp.check(dp.decision({**RECORD, **more}), as_of=DAY)


def kinds(catalogue: dp.Catalogue, *found: dp.Report, **more: Any) -> list[str]:
    return [item.kind for item in dp.reconcile(catalogue, found, as_of=DAY, **more).discrepancies]


def act(kind: str, day: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "date": day, **more}


@pytest.mark.parametrize(
    "title",
    [
        "城区停车管理方案",
        "城区 停车管理方案",
        "《城区停车管理方案》",
        "城區停车管理方案",
        "示例县城区停车管理方案",
    ],
)
def test_titles_that_differ_in_their_writing_only_are_the_same(title: str) -> None:
    assert kinds(listed({"title": title}), recorded()) == []


@given(st.text(max_size=40), st.text(max_size=12))
def test_a_title_counts_the_same_however_often_it_is_reduced(title: str, issuer: str) -> None:
    once = title_key(title, issuer)

    assert title_key(once) == once


def test_a_record_that_is_only_alike_is_joined_with_nothing() -> None:
    found = dp.reconcile(
        listed({"title": "城区停车收费方案"}), [recorded(catalogue={"year": 2025})], as_of=DAY
    )

    assert [item.kind for item in found.discrepancies] == ["no_record", "possible", "no_row"]
    assert found.rows[0].records == ()


@pytest.mark.parametrize(
    ("entry", "joined"),
    [
        ({"year": 2025, "item": "1"}, True),
        ({"year": 2025, "item": "1", "section": "决策事项"}, False),
        ({"item": "1"}, False),  # of which year is not said
        ({"year": 2024, "item": "1"}, False),
    ],
)
def test_a_number_joins_only_where_it_is_one_of_this_catalogue(entry: dict[str, Any], joined: bool) -> None:
    found = dp.reconcile(listed({"title": "供水规划"}), [recorded(catalogue=entry)], as_of=DAY)

    assert bool(found.rows[0].records) is joined


def test_a_title_goes_before_a_number() -> None:
    catalogue = listed({"title": "供水规划"}, {"title": "城区停车管理方案"})

    found = dp.reconcile(catalogue, [recorded(catalogue={"year": 2025, "item": "1"})], as_of=DAY)

    assert [bool(row.records) for row in found.rows] == [False, True]
    assert [at(item) for item in found.of("number_differs")] == ["2"]


def test_two_rows_of_one_title_are_told_apart_by_the_number_alone() -> None:
    catalogue = listed({"title": "城区停车管理方案"}, {"title": "城区停车管理方案"})

    assert "possible" in kinds(catalogue, recorded())
    assert kinds(catalogue, recorded(catalogue={"year": 2025, "item": "2"})) == ["no_record"]


def test_a_matter_on_a_list_of_hearings_too_is_one_matter_whose_hearing_is_planned() -> None:
    catalogue = listed(
        {"title": "城区停车管理方案", "section": "决策事项"},
        {"title": "城区停车管理方案", "section": "听证事项"},
    )
    decided = recorded(acts=[act("decision", "2025-06-01", outcome="adopt")])

    found = dp.reconcile(catalogue, [decided], as_of=DAY)

    assert [item.kind for item in found.discrepancies] == ["step_not_shown", "hearing_entry"]
    assert [row.again for row in found.rows] == [False, True]
    assert found.completion()[-1].rows == 1


@pytest.mark.parametrize(
    ("plan", "complete", "kind"),
    [
        (True, True, "step_not_done"),
        (True, False, "step_not_shown"),
        (None, True, None),
        (False, True, None),
    ],
)
def test_a_hearing_planned_is_missed_once_what_follows_it_was_done(
    plan: bool | None, complete: bool, kind: str | None
) -> None:
    acts = [act("public_comment", "2025-04-30"), act("decision", "2025-06-01", outcome="adopt")]
    stated = {"complete": {"up_to": "2025-09-30"}} if complete else {}

    report = recorded(acts=acts, catalogue={"hearing_planned": plan}, **stated)

    found = kinds(listed({"title": "城区停车管理方案", "hearing": plan}), report)

    assert found == ([] if kind is None else [kind])


def test_a_hearing_planned_is_not_missed_while_it_may_still_be_held() -> None:
    acts = [act("drafting", "2025-08-30")]

    found = kinds(
        listed({"title": "城区停车管理方案", "hearing": True}),
        recorded(acts=acts, complete={"up_to": "2025-09-30"}, catalogue={"hearing_planned": True}),
    )

    assert found == []


PROFESSIONAL = {"traits": {"professional": {"value": True, "basis": "技术方案"}}}


@pytest.mark.parametrize("steps", ["公众参与、合法性审查、集体讨论决定", "不需要专家论证、合法性审查"])
def test_a_step_that_the_law_demands_and_the_row_leaves_out_never_lowers_the_duty(steps: str) -> None:
    acts = [act("drafting", "2025-08-30")]
    report = recorded(acts=acts, **PROFESSIONAL)
    before = report.to_json()

    found = dp.reconcile(listed({"title": "城区停车管理方案", "planned_steps": steps}), [report], as_of=DAY)

    (item,) = found.of("demanded_left_out")
    assert "专家论证" in item.zh
    assert report.to_json() == before
    assert report.need("expert_review").need == "required"


def test_the_entry_of_a_record_that_plans_nothing_lowers_no_duty() -> None:
    plain = recorded(acts=[act("drafting", "2025-08-30")], **PROFESSIONAL)
    planned = recorded(
        acts=[act("drafting", "2025-08-30")],
        catalogue={"listed": True, "year": 2025, "planned_steps": ["公众参与"]}, **PROFESSIONAL,
    )  # fmt: skip

    assert planned.need("expert_review").need == plain.need("expert_review").need == "required"


@pytest.mark.parametrize(
    ("time", "day", "kind"),
    [
        ("2025年6月", "2025-06-30", None),
        ("2025年6月", "2025-07-01", "decided_late"),
        ("第二季度", "2025-07-01", "decided_late"),
        ("2025年", "2025-09-01", None),
        ("适时", "2025-09-01", None),
    ],
)
def test_a_decision_is_late_after_the_last_day_that_the_time_planned_allows(
    time: str, day: str, kind: str | None
) -> None:
    report = recorded(acts=[act("decision", day, outcome="adopt")])

    assert kinds(listed({"title": "城区停车管理方案", "planned_time": time}), report) == (
        [kind] if kind else []
    )


def test_a_decision_on_a_day_that_is_not_known_exactly_is_late_only_where_it_surely_is() -> None:
    row = {"title": "城区停车管理方案", "planned_time": "2025年6月15日"}

    assert kinds(listed(row), recorded(acts=[act("decision", "2025-06", outcome="adopt")])) == []
    assert kinds(listed(row), recorded(acts=[act("decision", "2025-07", outcome="adopt")])) == [
        "decided_late"
    ]


def test_a_matter_that_was_rejected_is_ended_and_not_overdue() -> None:
    report = recorded(acts=[act("decision", "2025-05-01", outcome="reject")])

    found = dp.reconcile(
        listed({"title": "城区停车管理方案", "planned_time": "2025年6月"}), [report], as_of=DAY
    )

    assert found.discrepancies == ()
    assert (found.rows[0].stands, found.rows[0].next) == ("ended", ())


def test_a_matter_that_was_deferred_is_still_under_way() -> None:
    report = recorded(acts=[act("decision", "2025-05-01", outcome="defer")])

    found = dp.reconcile(
        listed({"title": "城区停车管理方案", "planned_time": "2025年6月"}), [report], as_of=DAY
    )

    assert (found.rows[0].stands, found.rows[0].overdue) == ("under_way", True)


def test_the_end_that_the_notice_sets_for_all_rows_counts_where_a_row_gives_none() -> None:
    catalogue = listed({"title": "城区停车管理方案"}, planned_time="2025年6月")

    assert kinds(catalogue, recorded()) == ["overdue"]


@pytest.mark.parametrize("time", [None, "适时"])
@pytest.mark.parametrize("day", ["2025-12-31", "2026-01-01"])
def test_where_no_time_is_understood_the_end_of_the_year_is_told_and_nothing_is_overdue(
    time: str | None, day: str
) -> None:
    catalogue = listed({"title": "城区停车管理方案", "planned_time": time}, {"title": "供水规划"})
    report = dp.check(dp.decision(RECORD), as_of=day)

    found = dp.reconcile(catalogue, [report], as_of=day)

    assert [at(item) for item in found.of("year_over")] == (["1", "2"] if day > "2026" else [])
    assert found.of("overdue") == ()
    assert {row.overdue for row in found.rows} == {None}


@pytest.mark.parametrize(
    ("issued", "kind", "grade"),
    [("2023-02-01", "stale_basis", "undetermined"), ("2025-02-01", "stale_basis", "needs_judgement")],
)
def test_a_basis_that_ended_after_the_catalogue_was_issued_is_to_be_looked_at(
    issued: str, kind: str, grade: str
) -> None:
    law = "《广东省重大行政决策听证规定》(广东省人民政府令第183号)"
    catalogue = listed(cited_law=[law], issued=issued, year=int(issued[:4]))

    (item,) = dp.reconcile(catalogue, [], as_of=DAY).discrepancies

    assert (item.kind, item.grade) == (kind, grade)
    assert "粤府令第303号" in item.zh


def test_rows_that_are_missing_leave_open_whether_a_record_is_on_the_catalogue() -> None:
    (item,) = dp.reconcile(listed(rows_complete=False), [recorded()], as_of=DAY).discrepancies

    assert (item.kind, item.grade) == ("no_row", "undetermined")


def test_what_the_catalogue_denies_counts_as_the_check_of_the_catalogue_says() -> None:
    found = dp.reconcile(listed(party_consent=False), [], as_of=DAY)

    assert [(item.kind, item.grade) for item in found.discrepancies] == [("consent", "violated")]


@pytest.mark.parametrize(
    ("row", "entry", "grade"),
    [
        (True, None, "undetermined"), (True, False, "needs_judgement"), (False, True, "needs_judgement"),
        (True, True, None), (False, None, None), (False, False, None), (None, True, None), (None, None, None),
    ],
)  # fmt: skip
def test_a_record_must_say_of_the_hearing_planned_what_the_catalogue_says(
    row: bool | None, entry: bool | None, grade: str | None
) -> None:
    catalogue = listed({"title": "城区停车管理方案", "hearing": row})

    found = dp.reconcile(catalogue, [recorded(catalogue={"hearing_planned": entry})], as_of=DAY)

    assert [item.grade for item in found.discrepancies] == ([grade] if grade else [])


def test_units_written_otherwise_and_taken_for_one_are_told() -> None:
    assert ("县城管局", "示例县城市管理和综合执法局") in worked().same_units
    assert ("县教育局", "示例县教育局") not in worked().same_units


def led(name: str) -> dp.Report:
    return recorded(lead_unit="甲", units=[{"id": "甲", "name": name, "aliases": ["县规划办"]}])


@pytest.mark.parametrize(
    ("unit", "grade"),
    [("县财政局", "needs_judgement"), ("县农业局", "undetermined"), ("县规划办", None), ("甲", None)],
)
def test_a_unit_that_may_be_the_other_by_its_name_is_left_open(unit: str, grade: str | None) -> None:
    catalogue = listed({"title": "城区停车管理方案", "undertakers": [unit]})

    found = dp.reconcile(catalogue, [led("示例县农业农村局")], as_of=DAY)

    assert [(item.kind, item.grade) for item in found.discrepancies] == (
        [("unit_differs", grade)] if grade else []
    )


@pytest.mark.parametrize(("lead", "kind"), [("县财政局", ["unit_differs"]), ("县农业农村局", [])])
def test_the_unit_that_the_row_names_as_leading_is_the_one_that_leads(lead: str, kind: list[str]) -> None:
    units = ["县农业农村局", "县财政局"]
    catalogue = listed({"title": "城区停车管理方案", "undertakers": units, "lead": lead})

    assert kinds(catalogue, led("示例县农业农村局")) == kind


# -- versions ----------------------------------------------------------------------------------------------------


def version(*titles: str, issued: str = "2025-02-01") -> dp.Catalogue:
    return listed(*({"title": title} for title in titles), issued=issued)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["停车方案", "供水规划"], ["停车方案", "供水规划"], []),
        (["停车方案", "供水规划"], ["供水规划", "停车方案"], []),
        (["停车方案", "供水规划"], ["停车方案"], ["dropped"]),
        (["停车方案"], ["停车方案", "供水规划"], ["added"]),
        (["城区停车收费方案"], ["城区停车收费管理方案"], ["renamed"]),
        (["停车方案"], ["供水规划"], ["added", "dropped"]),
        (["停车方案", "甲乙丙丁", "供水规划"], ["停车方案", "供水规划"], ["dropped"]),
    ],
)
def test_two_versions_of_a_catalogue_are_told_apart_by_titles(
    before: Sequence[str], after: Sequence[str], expected: Sequence[str]
) -> None:
    found = kinds(version(*after, issued="2025-06-01"), earlier=[version(*before)])

    assert [kind for kind in found if kind != "no_record"] == expected


def test_a_row_that_says_when_it_was_added_needs_no_earlier_version() -> None:
    catalogue = listed({"title": "城区停车管理方案", "added_on": "2025-07-01"}, issued="2025-02-01")
    report = recorded(acts=[act("decision", "2025-06-01", outcome="adopt")])

    assert kinds(catalogue, report) == ["decided_before_listed", "added"]


def test_a_row_renamed_stands_on_the_catalogue_from_the_start() -> None:
    report = recorded(title="城区停车收费管理方案", acts=[act("decision", "2025-05-01", outcome="adopt")])

    found = kinds(
        version("城区停车收费管理方案", issued="2025-06-01"), report, earlier=[version("城区停车收费方案")]
    )

    assert found == ["renamed"]


TITLES = st.sampled_from(["停车方案", "停车 方案", "供水规划", "供水规划（一期）", "养老服务设施规划"])
ENTRY = st.fixed_dictionaries(
    {},
    optional={"year": st.sampled_from([2024, 2025]), "item": st.sampled_from(["1", "2", "3", "9"])},
)


@cache
def bare_matter(title: str, entry: tuple[tuple[str, Any], ...]) -> MatterState:
    return matter_of(recorded(title=title, catalogue=dict(entry)))


@settings(max_examples=40, deadline=None)
@given(st.lists(TITLES, max_size=4), st.lists(st.tuples(TITLES, ENTRY), max_size=4), st.randoms())
def test_each_record_is_told_once_whatever_the_order(
    rows: list[str], records: list[tuple[str, dict[str, Any]]], chance: Any
) -> None:
    catalogue = listed(*({"title": title} for title in rows))
    matters = [bare_matter(title, tuple(sorted(entry.items()))) for title, entry in records]

    found = held_against(catalogue, matters, standard_law(), DAY)

    told = [record for row in found.rows for record in row.records]
    assert len(told) + len(found.outside) + len(found.elsewhere) == len(records)
    for row in found.rows:
        assert (row.stands == "no_record") is (row.records == ())
    chance.shuffle(matters)
    assert held_against(catalogue, matters, standard_law(), DAY) == found


# -- what comes in -----------------------------------------------------------------------------------------------


def test_a_report_of_another_day_is_refused() -> None:
    report = dp.check(dp.decision(RECORD), as_of="2025-01-01")

    with pytest.raises(UnusableArgument, match="2025-01-01"):
        dp.reconcile(listed(), [report], as_of=DAY)


def test_reports_are_taken_one_by_one_and_the_result_depends_on_no_order_of_records() -> None:
    folder, day = YEARS / "示例县-2024", "2024-08-30"
    catalogue = load_catalogue(folder / "目录.yaml")

    found: Callable[[Any], Reconciliation] = lambda given: dp.reconcile(catalogue, given, as_of=day)  # noqa: E731

    assert found(iter(reports(folder, day))) == found(reversed(reports(folder, day)))
