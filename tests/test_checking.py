"""Verdicts on whole records, by the names that `semantics.md` gives the rules."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

import pytest
from at_hand import decision, meeting
from conftest import DAY, EXAMPLES, act, outcomes, report, without
from heads import checked, headed
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.law.conditions import truth_table
from decision_procedure.sources import read_yaml

T, F, U = True, False, None
CLEAN = read_yaml((EXAMPLES / "invented" / "示例县-全部合规.yaml").read_text(encoding="utf-8"), "clean").data
REQUIRED = {
    "study": "10.0", "start": "10.0-start", "draft": "12.1", "consult": "13a", "group": "14.3", "opinions": "18",
    "experts": "19.1", "risk": "22.1", "review": "25.1a", "meeting": "30.1a", "party": "31",
}  # fmt: skip


def test_what_is_dated_after_the_day_of_checking_is_told_as_planned() -> None:
    found = checked(headed(meeting("2024-12-31"), decision("2025-01-02")))

    assert found.plans == ("d",)
    assert dp.Report.from_json(found.to_json()).plans == ("d",)


@pytest.mark.parametrize(
    ("when", "require", "judge", "has_judge", "expected"),
    [
        (F, T, T, True, "not_applicable"), (F, F, F, True, "not_applicable"), (F, U, U, False, "not_applicable"),
        (U, T, U, True, "satisfied"), (U, U, U, True, "undetermined"), (U, F, F, True, "undetermined"),
        (T, T, U, False, "satisfied"), (T, U, U, False, "undetermined"), (T, F, T, True, "needs_judgement"),
        (T, F, U, True, "undetermined"), (T, F, F, True, "violated"), (T, F, U, False, "violated"),
    ],
)  # fmt: skip
def test_each_row_of_the_truth_table(
    when: Any, require: Any, judge: Any, has_judge: bool, expected: str
) -> None:
    assert truth_table(when, require, judge, has_judge=has_judge) == expected


def test_the_compliant_record_has_nothing_open(clean: dict[str, Any]) -> None:
    found = report(clean)

    assert {verdict.outcome for verdict in found.verdicts} == {"satisfied", "not_applicable"}
    assert found.worst is None


def test_every_defect_of_the_invented_record_is_found_and_nothing_else() -> None:
    found = dp.check(dp.load_decision(EXAMPLES / "invented" / "示例县-多处不合规.yaml"), as_of=DAY)

    assert {verdict.duty.removeprefix("cn-713.") for verdict in found.violations} == {
        "13a", "15.1c", "15.1d", "20c", "25.1a", "25.1b", "25.2a", "30.1a", "30.1b", "30.2a", "31",
    }  # fmt: skip


def test_an_office_meeting_does_not_stand_in_for_the_executive_meeting() -> None:
    found = dp.check(dp.load_decision(EXAMPLES / "invented" / "示例县-办公会代替常务会.yaml"), as_of=DAY)

    assert {verdict.duty for verdict in found.violations} == {
        "cn-713.23.2-contents",
        "cn-713.30.1a",
        "cn-713.30.1b",
    }
    (verdict,) = [item for item in found.violations if item.duty == "cn-713.30.1a"]
    assert "nat-org.ORG-78" in verdict.related
    assert "《地方各级人民代表大会和地方各级人民政府组织法》（2022年3月11日修正）第七十八条" in dp.as_text(
        found
    )
    assert outcomes(found, "32b") == {"needs_judgement"}


def test_a_matter_lawfully_withheld_needs_no_participation_and_no_publication() -> None:
    found = dp.check(dp.load_decision(EXAMPLES / "invented" / "示例县-依法不予公开.yaml"), as_of=DAY)

    assert found.worst is None
    assert outcomes(found, "14.1") == outcomes(found, "32a") == {"not_applicable"}


def test_in_progress_what_is_not_due_is_pending() -> None:
    found = dp.check(dp.load_decision(EXAMPLES / "invented" / "示例县-办理中.yaml"), as_of=date(2024, 4, 1))

    assert found.worst == "pending"
    assert outcomes(found, "30.1a") == {"pending"}


def test_a_hearing_announced_in_2018_is_not_judged_by_the_regulation_of_2019() -> None:
    path = EXAMPLES / "published" / "平远县-2018-国道206线改建听证.yaml"

    found = dp.check(dp.load_decision(path), as_of=DAY)

    assert "cn-713" not in {item["id"] for item in found.law_used["applied"]}
    assert "gd-183" in {item["id"] for item in found.law_used["applied"]}
    duties = [verdict for verdict in found.verdicts if verdict.duty.startswith("cn-713")]
    assert {verdict.outcome for verdict in duties if verdict.duty != "cn-713.scope"} <= {
        "not_applicable",
        "undetermined",
    }


def test_the_thirty_days_of_ningjin_2023_pass_by_both_readings() -> None:
    path = EXAMPLES / "published" / "宁津县-2023-阳光大街中修征求意见.yaml"

    found = dp.check(dp.load_decision(path), as_of=DAY)

    (verdict,) = [item for item in found.verdicts if item.duty == "cn-713.15.1c"]
    assert verdict.outcome == "satisfied"
    assert verdict.edges == ()


def test_29_days_by_the_default_reading_carry_the_other_number(clean: dict[str, Any]) -> None:
    act(clean, "comment").update(start="2024-03-04", end="2024-04-02")

    found = report(clean)

    (verdict,) = [item for item in found.verdicts if item.duty == "cn-713.15.1c"]
    assert verdict.outcome == "violated"
    assert "29 / 30" in verdict.edges[0]


def test_29_days_in_a_complete_notice_that_gives_no_reason_are_violated(clean: dict[str, Any]) -> None:
    act(clean, "comment")["end"] = "2024-04-02"

    assert outcomes(report(clean), "15.1c") == outcomes(report(clean), "15.1d") == {"violated"}


def test_a_shortening_explained_in_the_notice_is_for_a_person_to_judge(clean: dict[str, Any]) -> None:
    act(clean, "comment").update(end="2024-03-20", shortening_explained="in_notice")

    assert outcomes(report(clean), "15.1c") == {"needs_judgement"}
    assert outcomes(report(clean), "15.1d") == {"satisfied"}


def test_a_shortening_explained_later_is_violated(clean: dict[str, Any]) -> None:
    act(clean, "comment").update(end="2024-03-20", shortening_explained="later")

    assert outcomes(report(clean), "15.1d") == {"violated"}


def test_a_shortening_with_an_incomplete_notice_is_undetermined(clean: dict[str, Any]) -> None:
    act(clean, "comment").update(end="2024-03-20", notice_text_complete=False)

    assert outcomes(report(clean), "15.1c") == outcomes(report(clean), "15.1d") == {"undetermined"}


def test_less_than_seven_working_days_is_for_a_person_because_the_text_says_in_general(
    clean: dict[str, Any],
) -> None:
    act(clean, "review").update(sent="2024-05-29", date="2024-05-31")
    act(clean, "submit")["date"] = "2024-06-03"

    found = report(clean)

    (verdict,) = [item for item in found.verdicts if item.duty == "cn-713.26.2"]
    assert verdict.outcome == "needs_judgement"
    assert "general" in verdict.caps


def test_an_implied_order_that_was_reversed_is_for_a_person(clean: dict[str, Any]) -> None:
    act(clean, "risk")["date"] = "2024-05-20"

    found = report(clean)

    (verdict,) = [
        item for item in found.verdicts if item.duty == "cn-713.order.risk_assessment-review_request"
    ]
    assert verdict.outcome == "needs_judgement"
    assert verdict.caps == ("implied",)


def test_an_unclear_scope_caps_every_breach(clean: dict[str, Any]) -> None:
    clean["catalogue"]["listed"] = None
    del clean["traits"]["meets_published_standards"]

    found = report(without(clean, "party"))

    assert not found.of("violated")
    assert outcomes(found, "31") == {"needs_judgement"}


def test_a_township_is_bound_by_reference_and_does_not_count_for_the_exit_status(
    clean: dict[str, Any],
) -> None:
    clean["body"]["level"] = "township"

    found = report(without(clean, "party"))

    assert outcomes(found, "31") == {"violated"}
    assert found.violations == ()
    assert found.worst is None


def test_a_waiver_is_shown_and_changes_no_verdict(clean: dict[str, Any]) -> None:
    clean["waivers"] = [{"duty": "cn-713.31", "authority": "甲", "basis": "乙", "date": "2024-07-01"}]

    found = report(without(clean, "party"))

    assert outcomes(found, "31") == {"violated"}
    assert found.worst is None


@pytest.mark.parametrize(("name", "duty"), REQUIRED.items())
def test_removing_a_required_act_while_the_record_says_it_is_complete_is_violated(
    clean: dict[str, Any], name: str, duty: str
) -> None:
    found = report(_with_reference_dropped(without(clean, name), name))

    assert outcomes(found, duty) == {"violated"}


@pytest.mark.parametrize("name", [item["id"] for item in CLEAN["acts"]])
def test_removing_an_act_and_the_statement_that_covers_it_never_violates(
    clean: dict[str, Any], name: str
) -> None:
    del clean["complete"]

    found = report(_with_reference_dropped(without(clean, name), name))

    assert not found.of("violated")


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_removing_any_field_with_the_statements_beside_it_never_violates(source: random.Random) -> None:
    data = json.loads(json.dumps(CLEAN))
    data.pop("complete")
    for item in source.sample(data["acts"], 4):
        for key in [key for key in item if key.endswith("_complete")]:
            del item[key]
        keys = [key for key in item if key not in ("id", "kind")]
        for key in source.sample(keys, min(2, len(keys))):
            del item[key]

    assert not report(data).of("violated")


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_shuffling_acts_documents_and_keys_changes_nothing(source: random.Random) -> None:
    path = EXAMPLES / "invented" / "示例县-多处不合规.yaml"
    data = read_yaml(path.read_text(encoding="utf-8"), path.name).data
    expected = report(data).to_json()

    for name in ("acts", "documents", "units", "people"):
        source.shuffle(data[name])
    data = {key: data[key] for key in source.sample(sorted(data), len(data))}

    assert report(data).to_json() == expected


def test_a_report_is_the_same_after_a_trip_through_json(clean: dict[str, Any]) -> None:
    found = report(without(clean, "party"))

    assert dp.Report.from_json(found.to_json()) == found


def test_explain_gives_the_tree_for_a_pass_too(clean: dict[str, Any]) -> None:
    (verdict,) = report(clean).explain("cn-713.15.1c", "zh")

    tree = verdict["trees"]["require"]
    assert tree["truth"] is True
    assert tree["children"][0]["value"][0] == 35
    assert tree["children"][0]["children"][0]["place"] == "acts[comment].start"


def test_a_step_is_required_not_required_unknown_or_optional_by_the_traits(clean: dict[str, Any]) -> None:
    del clean["traits"]["professional"]
    clean["traits"]["possible_harm"] = False

    found = report(clean)

    assert found.need("legality_review").need == "required"
    assert found.need("risk_assessment").need == "not_required"
    assert found.need("expert_review").need == "unknown"
    assert found.need("expert_review").missing == ("traits.professional",)
    assert found.need("evaluation").need == "optional"


def test_assume_complete_denies_what_is_not_in_the_record(clean: dict[str, Any]) -> None:
    del clean["complete"]
    without(clean, "party")

    assert outcomes(report(clean), "31") == {"undetermined"}
    assert outcomes(report(clean, assume_complete=True), "31") == {"violated"}


def _with_reference_dropped(data: dict[str, Any], name: str) -> dict[str, Any]:
    if name == "meeting":
        act(data, "decide").pop("deliberation")
    return data
