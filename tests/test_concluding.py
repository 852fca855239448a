"""Gates, acts behind them, consequences and post-holders, as the rules conclude them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from conftest import DAY, EXAMPLES, act, report, without

import decision_procedure as dp

LATER = (
    "deliberation", "decision", "party_report", "congress_report", "issue", "publication", "interpretation", "filing",
    "execution_assignment", "execution_report", "evaluation", "adjustment",
)  # fmt: skip
BAD = EXAMPLES / "invented" / "示例县-多处不合规.yaml"


def test_a_reply_in_place_of_a_review_closes_the_gate_of_submission() -> None:
    found = dp.check(dp.load_decision(BAD), as_of=DAY)

    assert found.gate("deliberation").state == "closed"
    assert found.gate("deliberation").blocked_by == ("cn-713.25.2a",)
    assert [item.get("act") for item in found.concluded("behind")] == ["submit"]
    assert {item.get("act") for item in found.concluded("rests")} == {"meeting", "decide"}


@pytest.mark.parametrize("name", ["—cn-713.13a", "—", "——cn-713.13a"])
def test_an_act_named_like_what_once_stood_for_nothing_is_taken_for_none(
    name: str, bad: dict[str, Any]
) -> None:
    plain = report(bad)
    renamed = report(json.loads(json.dumps(bad, ensure_ascii=False).replace('"submit"', f'"{name}"')))

    assert {item.fact for item in plain.conclusions if item.fact.omits == "cn-713.13a"}
    assert {(*item.fact, item.rule) for item in plain.conclusions} == {
        (item.kind, item.fact.names, tuple("submit" if value == name else value for value in item.fact.values),
         item.fact.omits, item.rule)
        for item in renamed.conclusions
    }  # fmt: skip
    assert dp.Report.from_json(renamed.to_json()) == renamed


def test_a_unit_named_like_what_once_stood_for_none_is_a_unit_like_any_other(bad: dict[str, Any]) -> None:
    renamed = report(json.loads(json.dumps(bad, ensure_ascii=False).replace('"zj"', '"—"')))

    assert "—" in {item.get("unit") for item in renamed.concluded("answers")}
    assert dp.Report.from_json(renamed.to_json()).conclusions == renamed.conclusions


def test_publication_and_filing_never_rest_on_a_closed_gate() -> None:
    found = dp.check(dp.load_decision(BAD), as_of=DAY)

    assert not {item.get("act") for item in found.concluded("rests")} & {"published", "filed", "assigned"}


def test_a_record_with_nothing_open_concludes_nothing_and_every_gate_is_open(clean: dict[str, Any]) -> None:
    found = report(clean)

    assert found.conclusions == ()
    assert found.gate("decision").state == "open"


@pytest.mark.parametrize("stated_whole", [True, False])
def test_a_gate_is_not_open_before_anything_has_been_put_to_the_test(
    clean: dict[str, Any], stated_whole: bool
) -> None:
    without(clean, "review", "submit")
    clean["acts"] = [item for item in clean["acts"] if item["kind"] not in LATER]
    if not stated_whole:
        del clean["complete"]

    found = report(clean, date(2024, 4, 20))
    gate = found.gate("submission")

    assert (gate.state, gate.blocked_by) == ("unknown", ())
    assert "cn-713.25.2a" in gate.unknown_because
    assert found.concluded("behind") == ()


def test_a_gate_whose_duty_was_met_is_open_while_later_ones_are_not_tested_yet(clean: dict[str, Any]) -> None:
    clean["acts"] = [item for item in clean["acts"] if item["kind"] not in LATER]

    found = report(clean)

    assert found.gate("submission").state == "open"
    assert found.gate("decision").state == "unknown"
    assert found.gate("decision").unknown_because == ("cn-713.24b",)


def test_an_unknown_gate_marks_no_act(clean: dict[str, Any]) -> None:
    del act(clean, "review")["conclusion"]

    found = report(clean)

    assert found.gate("submission").state == "unknown"
    assert found.concluded("behind") == ()


def answerable_of(found: dp.Report, duty: str) -> set[tuple[str, str]]:
    return {
        (item.get("person"), item.get("provision"))
        for item in found.concluded("answerable")
        if item.get("duty") == duty
    }


def test_for_a_duty_of_the_chief_article_38_names_the_chief_alone(clean: dict[str, Any]) -> None:
    act(clean, "meeting")["speaking_order"] = ["p-chief", "p-vice", "p-cz"]

    found = report(clean)

    assert answerable_of(found, "cn-713.30.2a") == {("p-chief", "cn-713.38.1")}
    assert found.concluded("unidentified") == ()


def test_a_breach_of_the_body_at_the_same_meeting_names_its_other_posts_too(clean: dict[str, Any]) -> None:
    act(clean, "meeting").update(speaking_order=["p-chief", "p-vice", "p-cz"], recorded=False)

    found = report(clean)

    assert answerable_of(found, "cn-713.30.2a") == {("p-chief", "cn-713.38.1")}
    assert answerable_of(found, "cn-713.30.3-record") == {
        ("p-chief", "cn-713.38.1"),
        ("p-vice", "cn-713.38.1"),
    }
    assert {(item.get("duty"), item.get("capacity")) for item in found.concluded("unidentified")} == {
        ("cn-713.30.3-record", "staff")
    }


def test_who_took_the_post_later_did_not_hold_it(clean: dict[str, Any]) -> None:
    act(clean, "meeting")["speaking_order"] = ["p-chief", "p-vice", "p-cz"]
    clean["people"][0]["posts"][0]["since"] = "2024-06-07"

    found = report(clean)

    assert "p-chief" not in {item.get("person") for item in found.concluded("answerable")}


def test_without_a_finding_on_the_outcome_nothing_is_traced_and_dissent_excuses_nobody() -> None:
    found = dp.check(dp.load_decision(BAD), as_of=DAY)

    assert found.concluded("traced") == ()
    assert found.concluded("mitigated") == ()


@pytest.mark.parametrize("view", ["against", "reserved"])
def test_a_serious_error_is_traced_and_recorded_dissent_or_reserve_mitigates(
    clean: dict[str, Any], view: str
) -> None:
    without(clean, "party")
    act(clean, "meeting")["attendees"][1].update(view=view, dissent_recorded=True)
    clean["outcome_finding"] = {
        "authority": "示例市人民政府", "date": "2024-09-01", "kind": "serious_error", "major_loss_or_effect": True,
    }  # fmt: skip

    found = report(clean)

    assert {item.get("duty") for item in found.concluded("traced")} == {"cn-713.31"}
    assert {item.get("provision") for item in found.concluded("consequence")} == {"cn-713.38.1"}
    assert {(item.get("person"), item.get("provision")) for item in found.concluded("mitigated")} == {
        ("p-vice", "cn-713.38.3")
    }


def test_nobody_answers_for_what_needs_judgement(clean: dict[str, Any]) -> None:
    without(clean, "published", "explained")

    found = report(clean)

    assert found.of("needs_judgement")
    assert found.concluded("answerable") == ()


def test_a_breach_by_reference_reaches_nobody(clean: dict[str, Any]) -> None:
    clean["body"]["level"] = "township"

    found = report(without(clean, "party"))

    assert found.concluded("answerable") == ()
    assert found.concluded("consequence") == ()
