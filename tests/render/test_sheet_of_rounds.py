"""上会审查单 of a matter that was submitted several times: the latest submission of the last round, and its gates only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from office_samples import BAD, data_of, of_data

import decision_procedure as dp
from decision_procedure import api
from decision_procedure.exchange.findings import FindingsView as Listed
from decision_procedure.law.applicable import standard_law
from decision_procedure.render.meeting import gates
from decision_procedure.render.office import _view
from decision_procedure.reporting.submission import ASSUMED

Record = dict[str, Any]


def submission(name: str, day: str | None, number: int = 1, **more: Any) -> Record:
    found = {"id": name, "kind": "submission", "round": number, "unit": "zj", "draft": "v2", **more}
    return found if day is None else found | {"date": day}


def with_submissions(*acts: Record, name: str = "invented/示例县-全部合规.yaml") -> Record:
    data = data_of(name)
    data["acts"] = [item for item in data["acts"] if item["kind"] != "submission"] + list(acts)
    return data


def taken(data: Record, day: date = date(2024, 9, 30)) -> str:
    return api.submitted(of_data(data, day))[1]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([submission("a", "2024-05-27"), submission("b", "2024-05-29")], "b"),
        ([submission("a", "2024-05-29"), submission("b", "2024-05-27")], "a"),
        ([submission("a", "2024-05-29T09:00"), submission("b", "2024-05-29T08:00")], "a"),
        ([submission("a", "2024-05-27"), submission("b", None)], "a"),
        ([submission("a", "2024-05-02"), submission("b", "2024-05")], "b"),  # on any day of May, perhaps the last
        ([submission("a", "2024-05-29", 1), submission("b", "2024-05-27", 2)], "b"),
        ([submission("a", "2024-05-29", 2), submission("b", "2024-06-01", 1)], "a"),
        ([submission("a", "2024-05-27", 2), submission("b", "2024-05-29", 2), submission("c", "2024-05-30")], "b"),
        ([submission("a", "2024-05-29"), submission("b", "2024-12-01")], "a"),  # the other is only planned
        ([submission("a", "2024-05-29"), submission("b", "2024-05-30", held=False)], "a"),
        ([submission("a", "2024-05-29"), submission("b", "2024-05-30", held=None)], "a"),
    ],
)  # fmt: skip
def test_of_several_submissions_the_sheet_takes_the_latest_of_the_last_round(
    acts: list[Record], expected: str
) -> None:
    assert taken(with_submissions(*acts)) == expected


def test_a_last_round_without_submission_is_tested_as_if_submitted_and_not_by_the_round_before() -> None:
    data = with_submissions(submission("a", "2024-05-29"))
    data["acts"].append({"id": "again", "kind": "legality_review", "round": 2, "sent": "2024-08-02"})

    assert taken(data) == ASSUMED


def told(report: dp.Report) -> dict[str, set[str | None]]:
    """The acts at which each gate on the sheet was tested, by its duty."""
    law = standard_law()
    tested, act = api.submitted(report)
    found: dict[str, set[str | None]] = {}
    for gate in gates(_view(tested, law, Listed().lang), act):
        found.setdefault(gate.verdict.duty, set()).add(gate.verdict.act)
    return found


def test_the_gates_of_another_round_are_not_on_the_sheet() -> None:
    data = data_of(BAD)
    data["acts"] += [
        submission("again", "2024-08-20", 2),
        {"id": "review2", "kind": "legality_review", "form": "review_opinion", "round": 2, "unit": "sf", "draft": "v2",
         "sent": "2024-08-01", "date": "2024-08-15", "conclusion": "passed"},
    ]  # fmt: skip

    found = told(of_data(data))

    assert found["cn-713.25.2a"] == {"again"}
    assert {act for acts in found.values() for act in acts} <= {"again", None}


def review(name: str, day: str, number: int) -> Record:
    return {
        "id": name, "kind": "legality_review", "form": "review_opinion", "round": number, "sent": day, "date": day,
        "conclusion": "passed",
    }  # fmt: skip


@pytest.mark.parametrize(("number", "mine", "other"), [(1, "r1", "r2"), (2, "r2", "r1")])
def test_a_gate_on_the_review_stands_on_the_sheet_of_its_own_round_only(
    number: int, mine: str, other: str
) -> None:
    """粤府令第183号: a review passed without the hearing that was due. The last round decides which sheet it is."""
    acts = [review("r1", "2016-03-10", 1), submission("s1", "2016-03-20", 1, draft="v1", unit=None)]
    if number == 2:
        acts += [review("r2", "2016-05-10", 2), submission("s2", "2016-05-20", 2, draft="v1", unit=None)]
    report = of_data(
        {
            "schema": 1, "title": "示例", "catalogue": {"listed": True}, "drafts": [{"id": "v1"}],
            "body": {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "441223"},
            "complete": {"kinds": ["all"], "up_to": "2016-12-31"}, "traits": {"hearing_required": True},
            "acts": acts,
        },
        date(2016, 12, 31),
    )  # fmt: skip

    found = told(report)

    assert found["gd-183.gate2"] == {mine}
    assert other not in {act for acts in found.values() for act in acts}
