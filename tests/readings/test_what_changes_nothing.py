"""Names say nothing, and an act that has nothing to do with a late one leaves the finding on it as it was."""

from __future__ import annotations

import json
from typing import Any

import at_hand
import pytest
from conftest import DAY, EXAMPLES, report
from heads import checked, headed, on

import decision_procedure as dp
from decision_procedure.sources import read_yaml
from tools.fuzz.relations import identifiers_in, referring

RECORDS = {
    path.stem: json.loads(json.dumps(read_yaml(path.read_text(encoding="utf-8"), path.name).data))
    for path in sorted((EXAMPLES / "invented").rglob("*.yaml"))
}
NAMES = ("{}~1", "{}~submission", "acts[{}]", "—{}", "甲{}", "{}.date", "{}/1")


def renamed(data: dict[str, Any], form: str) -> tuple[dict[str, Any], dict[str, str]]:
    names = {name: form.format(name) for name in identifiers_in(data)}
    return referring(data, names), names


def told(found: dp.Report, names: dict[str, str]) -> dict[tuple[str, str | None], tuple[Any, ...]]:
    own = {
        act: found.implied[act].kind + "~" + names.get(found.source_of(act), found.source_of(act))
        for act in found.implied
    }
    acts = {act: names.get(act, act) for act in (v.act for v in found.verdicts) if act is not None} | own
    return {
        (v.duty, None if v.act is None else acts[v.act]): (v.outcome, v.caps, v.reasons, v.proof, v.day)
        for v in found.verdicts
    }


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("name", RECORDS)
def test_renaming_every_identifier_changes_nothing_but_names(name: str, form: str) -> None:
    other, names = renamed(RECORDS[name], form)
    before, after = report(RECORDS[name], DAY), report(other, DAY)

    assert told(before, names) == told(after, {})
    assert before.worst == after.worst
    assert len(before.conclusions) == len(after.conclusions)


@pytest.mark.parametrize("file", ["repro_tilde_plain", "repro_tilde_tilde"])
def test_identifiers_that_end_in_a_tilde_lose_no_violation(file: str) -> None:
    form = "{}" if file.endswith("plain") else "{}~1"
    data, _ = renamed(RECORDS["示例县-全部合规"], form)
    data["acts"] = [item for item in data["acts"] if item["kind"] != "risk_assessment"]
    found = report(data, DAY)

    assert [v.duty for v in found.violations] == ["cn-713.22.1"]
    assert dp.trail(found).text("zh")
    assert dp.as_text(found)
    assert dp.mask(found, salt=b"0" * 16)


REVIEW = at_hand.review("2024-04-20", id="r", sent="2024-04-01")
MEETING = at_hand.meeting("2024-05-20")
DECISION = at_hand.decision("2024-05-20", deliberation="m")
LATE = {
    "cn-713.19.1": {"kind": "expert_review", "id": "late", "date": "2024-07-20"},
    "cn-713.22.1": {"kind": "risk_assessment", "id": "late", "date": "2024-07-20"},
    "cn-713.13a": {"kind": "departmental_consultation", "id": "late", "date": "2024-07-20"},
}
TRAITS = {
    "professional": True,
    "possible_harm": True,
    "risk_assessed_before": False,
    "touches_other_units": True,
}
UNRELATED = [
    {"kind": "proposal_study", "date": "2024-01-10"},
    {"kind": "filing", "date": "2024-08-01", "complete": True},
    {"kind": "publication", "date": "2024-06-10"},
    {"kind": "interpretation", "date": "2024-06-10"},
    {"kind": "execution_assignment", "date": "2024-06-20"},
    {"kind": "hearing_suggestion", "date": "2024-02-01", "studied": True},
    {"kind": "congress_report", "date": "2024-06-01"},
    {"kind": "evaluation", "date": "2024-12-01"},
]


@pytest.mark.parametrize("extra", UNRELATED, ids=lambda act: act["kind"])
@pytest.mark.parametrize("duty", LATE)
def test_an_act_that_neither_the_duty_nor_its_later_acts_name_leaves_the_finding(
    duty: str, extra: dict[str, Any]
) -> None:
    acts = [LATE[duty], REVIEW, MEETING, DECISION]
    before, after = checked(headed(*acts, traits=TRAITS)), checked(headed(*acts, extra, traits=TRAITS))

    def finding(found: dp.Report) -> list[tuple[Any, ...]]:
        return [(v.duty, v.outcome, v.caps) for v in found.verdicts if v.act == "late" or v.duty == duty]

    assert finding(before) == finding(after)
    assert on(after, duty)[0].outcome == "violated"


# --- two acts of one day, of which each may be the last ---------------------------------------------------------

ISSUE = {"kind": "issue", "id": "i", "date": "2024-06-20"}
FINDING = {**MEETING, "risk_finding": "controllable"}


def twice(act: dict[str, Any], **others: Any) -> list[dict[str, Any]]:
    """An act and another of its day that comes to something else; the first in either order of identifiers."""
    return [{**act, "id": "first"}, {**act, "id": "second", **others}]


def in_both_orders(
    duty: str, pair: list[dict[str, Any]], *others: dict[str, Any], **head: Any
) -> list[tuple[Any, ...]]:
    """What a duty comes to with the identifiers of two acts as they are, and swapped."""
    swapped = [{**one, "id": other["id"]} for one, other in zip(pair, pair[::-1], strict=True)]
    reports = [checked(headed(*others, *acts, **head)) for acts in (pair, swapped, pair[::-1])]
    return [tuple((v.outcome, v.reasons) for v in on(found, duty)) for found in reports]


def test_of_an_adoption_and_a_rejection_on_one_day_neither_is_the_last() -> None:
    rival = twice(DECISION, outcome="reject")

    one, other, third = in_both_orders("cn-713.32a", rival, REVIEW, MEETING)

    assert one == other == third == (("undetermined", ("outcome_unknown",)),)


def test_a_time_of_day_tells_which_decision_is_the_last() -> None:
    early = {**DECISION, "id": "z", "date": "2024-05-20T09:00", "outcome": "reject"}
    late = {**DECISION, "id": "a", "date": "2024-05-20T15:00"}

    assert on(checked(headed(REVIEW, MEETING, early, late)), "cn-713.32a")[0].outcome != "undetermined"


@pytest.mark.parametrize("rival", ["defer", "reject", "adopt_with_changes", None])
def test_what_was_issued_after_decisions_of_one_day_is_judged_alike_whatever_their_names(
    rival: str | None,
) -> None:
    found = in_both_orders("cn-713.30.1c", twice(DECISION, outcome=rival), REVIEW, MEETING, ISSUE)

    assert len(set(found)) == 1


def test_of_two_findings_on_the_risk_of_one_day_that_differ_neither_is_the_last() -> None:
    rival = twice(FINDING, risk_finding="not_controllable", risk_adjusted_until_controllable=False)

    one, other, third = in_both_orders("cn-713.24b", rival, REVIEW, {**DECISION, "deliberation": "first"})

    assert one == other == third
    assert one[0][0] == "undetermined"


def test_two_findings_on_the_risk_of_one_day_that_agree_are_one() -> None:
    rival = twice({**FINDING, "risk_finding": "not_controllable", "risk_adjusted_until_controllable": False})

    found = in_both_orders("cn-713.24b", rival, REVIEW, DECISION | {"deliberation": "first"})

    assert {each[0][0] for each in found} == {"violated"}


def test_a_meeting_without_the_chief_on_the_day_of_one_with_the_chief_is_for_a_person_whatever_its_name() -> (
    None
):
    units = {"units": [{"id": "gov", "name": "示例县人民政府"}], "people": [{"id": "deputy"}]}
    rival = twice({**MEETING, "chief_present": True}, chief_present=False)
    decision = {**DECISION, "deliberation": None, "by": ["deputy"]}

    found = in_both_orders("cn-713.30.1b", rival, REVIEW, decision, **units)

    assert len(set(found)) == 1
    assert found[0][0][0] == "needs_judgement"


@pytest.mark.parametrize("order", [1, -1])
def test_advice_on_cited_law_names_the_same_day_whatever_the_order_of_acts(order: int) -> None:
    acts = [
        {"kind": "hearing", "id": "h", "date": "2017-03"},
        {"kind": "hearing", "id": "g", "date": "2017-03-01"},
    ]
    found = checked(headed(*acts[::order], cited_law=["《重大行政决策程序暂行条例》"]))

    assert [item.zh.partition("：")[0] for item in found.advice] == [
        "所引《重大行政决策程序暂行条例》在2017-03-01"
    ]
