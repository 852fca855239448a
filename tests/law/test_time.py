"""Time: each act by the law of its own day, omissions by the law of the day on which they counted."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import decision_procedure as dp
from decision_procedure.render.text import Detail, View, report_lines

EXAMPLES = Path(__file__).parents[2] / "examples" / "published"
GUANGNING = "441223"
BASE = date(2020, 1, 6)


def moved(to: str, code: str, **rest: Any) -> dp.Report:
    """Return the report on one record with every date shifted so that its hearing is announced in a month."""
    shift = date.fromisoformat(f"{to}-01") - BASE

    def day(number: int) -> str:
        return (BASE + shift + timedelta(days=number)).isoformat()

    acts = [
        {
            "id": "h",
            "kind": "hearing",
            "notice_date": day(0),
            "date": day(20),
            "materials_delivered": day(15),
        },
        {"id": "d", "kind": "decision", "date": day(22)},
        {"id": "i", "kind": "issue", "date": day(23)},
    ]
    data = {
        "schema": 1, "title": "示例", "matter_class": "plan", "catalogue": {"listed": True}, "acts": acts,
        "body": {"name": "示例县人民政府", "level": "county", "kind": "government", "code": code},
        "traits": {"hearing_required": True, "market_entities": True},
        "complete": {"kinds": ["all"], "up_to": day(60)},
    } | rest  # fmt: skip
    decision = dp.parse_decision(json.dumps(data, ensure_ascii=False))
    return dp.check(decision, as_of=BASE + shift + timedelta(days=60))


def named(report: dp.Report) -> set[str]:
    return {verdict.duty for verdict in report.of("violated")}


def test_what_straddles_a_change_is_judged_piecewise_and_the_report_says_by_what() -> None:
    acts = [
        {"id": "h", "kind": "hearing", "notice_date": "2019-08-30", "date": "2019-09-05"},
        {"id": "r", "kind": "risk_assessment", "date": "2019-09-10"},
    ]

    report = moved("2019-08", GUANGNING, acts=acts)
    governed = {row.act: row.instruments for row in report.governed() if row.act}

    assert "cn-713" not in governed["h"]
    assert "gd-183" in governed["h"]
    assert "cn-713" in governed["r"]


@pytest.mark.parametrize(
    ("change", "kind", "older", "newer"),
    [
        ("2019-09-01", "hearing", "nat-2008", "cn-713"),
        ("2021-11-01", "catalogue_publication", None, "gd-288"),
        ("2024-01-01", "hearing", "gd-183", None),
        ("2024-08-01", "issue", None, "comp-fcr"),
    ],
)
def test_the_day_of_the_change_is_the_first_of_the_new_law(
    change: str, kind: str, older: str | None, newer: str | None
) -> None:
    first = date.fromisoformat(change)
    field = "notice_date" if kind == "hearing" else "date"
    acts = [
        {"id": name, "kind": kind, field: day.isoformat()}
        | ({"catalogue_kind": "decisions"} if kind.startswith("cat") else {})
        for name, day in (("before", first - timedelta(days=1)), ("after", first))
    ]
    data = {
        "schema": 1, "title": "示例", "catalogue": {"listed": True}, "acts": acts, "traits": {"market_entities": True},
        "body": {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": GUANGNING},
    }  # fmt: skip

    report = dp.check(dp.parse_decision(json.dumps(data)), as_of=first + timedelta(days=90))
    governed = {row.act: row.instruments for row in report.governed() if row.act}

    assert older is None or (older in governed["before"] and older not in governed["after"])
    assert newer is None or (newer in governed["after"] and newer not in governed["before"])


def of_2017(**rest: Any) -> dp.Report:
    acts = [
        {"id": "s", "kind": "submission", "date": "2017-05-05"},
        {"id": "d", "kind": "decision", "date": "2017-05-08"},
        {"id": "i", "kind": "issue", "date": "2017-05-09"},
    ]
    data = {
        "schema": 1, "title": "示例", "matter_class": "plan", "catalogue": {"listed": True},
        "body": {"name": "广宁县人民政府", "level": "county", "kind": "government", "code": GUANGNING},
        "traits": {"hearing_required": True, "withheld_lawfully": False, "possible_harm": True},
        "complete": {"kinds": ["all"], "up_to": "2024-09-30"}, "acts": [*acts, *rest.pop("more", ())],
    }  # fmt: skip
    return dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=date(2024, 9, 30))


def test_a_decision_of_2017_is_judged_by_what_bound_it_then_omissions_too() -> None:
    report = of_2017()

    open_ones = {verdict.duty for name in ("violated", "needs_judgement") for verdict in report.of(name)}

    assert "gd-183.gate1" in named(report)
    assert not any(duty.startswith("cn-713.") for duty in open_ones)
    assert all(verdict.day < "2019" for verdict in report.of("violated"))


def test_publication_omitted_after_a_decision_of_2017_is_not_judged_by_the_regulation() -> None:
    (verdict,) = of_2017().about("cn-713.32a")

    assert (verdict.outcome, verdict.reasons, verdict.day) == (
        "not_applicable",
        ("not_in_force",),
        "2017-05-08",
    )


def test_later_execution_and_evaluation_of_an_old_decision_follow_the_regulation() -> None:
    evaluation = {
        "id": "e",
        "kind": "evaluation",
        "date": "2021-05-10",
        "commissioned": True,
        "evaluator": "x",
    }
    review = {
        "id": "r", "kind": "risk_assessment", "date": "2017-04-01",
        "third_party_commissioned": True, "third_party": "x", "third_party_part": "main",
    }  # fmt: skip
    data = of_2017().decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    data |= {"units": [{"id": "x", "name": "某机构"}], "acts": [*data["acts"], evaluation, review]}

    report = dp.check(dp.parse_decision(json.dumps(data)), as_of=date(2024, 9, 30))

    assert "cn-713.36.2" in named(report)
    assert "cn-713" in next(row.instruments for row in report.governed() if row.act == "e")
    assert "cn-713" not in next(row.instruments for row in report.governed() if row.act == "r")


def test_the_text_with_details_says_which_law_governed_which_act() -> None:
    report = moved("2024-02", GUANGNING)
    view = View(report, "zh", dp.procedure(report.decision), {})

    text = "\n".join(
        "".join(piece for piece, _ in block.pieces)
        for block in report_lines(view, Detail(everything=True))
        if hasattr(block, "pieces")
    )

    assert "各项行为所依的法律" in text
    assert "2024-02-01  2024年2月21日听证会：" in text


def test_the_hearing_of_pingyuan_in_2018_passes_the_thirty_days_as_published_and_as_held() -> None:
    announced = dp.load_decision(next(EXAMPLES.glob("平远县-2018*")))
    data = announced.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["acts"][0]["held"] = True

    (as_published,) = dp.check(announced, as_of=date(2018, 12, 31)).about("gd-183.notice")
    (as_held,) = dp.check(dp.parse_decision(json.dumps(data)), as_of=date(2018, 12, 31)).about(
        "gd-183.notice"
    )

    assert (as_published.outcome, as_published.reasons) == ("satisfied", ("announced",))
    assert (as_held.outcome, as_held.reasons) == ("satisfied", ())


@pytest.mark.parametrize(("notice", "outcome", "edges"), [
    ("2023-04-12", "satisfied", True), ("2023-04-11", "satisfied", False), ("2023-04-13", "violated", False),
])  # fmt: skip
def test_thirty_days_exactly_is_shown_with_both_counts(notice: str, outcome: str, edges: bool) -> None:
    acts = [{"id": "h", "kind": "hearing", "notice_date": notice, "date": "2023-05-12"}]

    (verdict,) = moved("2023-04", GUANGNING, acts=acts).about("gd-183.notice")

    assert verdict.outcome == outcome
    assert bool(verdict.edges) is edges
    assert not edges or "30 / 29" in verdict.edges[0]


OPEN_2018 = [
    {"id": "d", "kind": "decision", "date": "2018-05-08", "outcome": "adopt"},
    {"id": "i", "kind": "issue", "date": "2018-05-09"},
]
AFTER_IT = ("32a", "33", "34", "35", "36", "37", "order.execution", "scope")


@pytest.mark.parametrize("up_to", [None, "2024-12-31"])
@pytest.mark.parametrize("code", ["420222", "441223", "441200"])
def test_an_act_that_is_not_on_record_goes_by_the_law_of_what_had_to_follow_it(
    up_to: str | None, code: str
) -> None:
    data = {
        "schema": 1, "title": "示例", "catalogue": {"listed": True}, "acts": OPEN_2018,
        "body": {"name": "示例人民政府", "level": "county", "kind": "government", "code": code},
        "complete": None if up_to is None else {"kinds": ["all"], "up_to": up_to},
    }  # fmt: skip

    report = dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=date(2024, 12, 31))
    before = [
        item for item in report.verdicts
        if item.duty.startswith("cn-713.") and not item.duty.removeprefix("cn-713.").startswith(AFTER_IT)
    ]  # fmt: skip

    assert {item.outcome for item in before} == {"not_applicable"}
    assert not [item for item in report.violations if item.duty.startswith("cn-713.")]


@pytest.mark.parametrize(
    "duty", ["25.2a", "16.3c", "15.1c", "19.2b", "23.2-report", "30.2a", "28c", "26.2", "13b", "11a"]
)
def test_the_same_act_is_asked_for_where_what_followed_lies_under_the_regulation(duty: str) -> None:
    data = {
        "schema": 1, "title": "示例", "catalogue": {"listed": True},
        "acts": [act | {"date": act["date"].replace("2018", "2021")} for act in OPEN_2018],
        "body": {"name": "示例人民政府", "level": "county", "kind": "government", "code": "420222"},
    }  # fmt: skip

    report = dp.check(dp.parse_decision(json.dumps(data, ensure_ascii=False)), as_of=date(2024, 12, 31))

    assert "not_in_force" not in {
        reason for item in report.about(f"cn-713.{duty}") for reason in item.reasons
    }


@pytest.mark.parametrize(("days", "outcome"), [(25, "pending"), (28, "pending"), (30, "violated")])
def test_twenty_working_days_are_not_over_after_twenty_days(days: int, outcome: str) -> None:
    issued = date(2024, 3, 4)
    today = issued + timedelta(days=days)
    acts = [
        {"id": "d", "kind": "decision", "date": "2024-03-01", "outcome": "adopt"},
        {"id": "i", "kind": "issue", "date": issued.isoformat()},
    ]
    data = {
        "schema": 1, "title": "示例", "acts": acts, "catalogue": {"listed": True}, "traits": {"withheld_lawfully": False},
        "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
        "complete": {"kinds": ["all"], "up_to": today.isoformat()},
    }  # fmt: skip

    report = dp.check(dp.decision(data), as_of=today)

    assert [item.outcome for item in report.about("comp-ogi.OGI-26-absent")] == [outcome]
