"""Who answered for what over the years, the last gate before the decision, and what would settle what is open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import act, record, report, without

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument
from decision_procedure.trails.chain import Trail
from decision_procedure.trails.questions import GateKept, HolderKey, answered, last_gates, settling
from decision_procedure.trails.replies import answers_text, gates_text, settling_text

HEAD = HolderKey("丁", "示例县住房和城乡建设局", "局长")


def trails(*records: dict[str, Any]) -> list[Trail]:
    return [dp.trail(report(data)) for data in records]


def gates(data: dict[str, Any]) -> tuple[GateKept, ...]:
    found = report(data)
    return last_gates(found, dp.trail(found), dp.procedure(found.decision))


# --- forwards -----------------------------------------------------------------------------------------------


def test_a_post_holder_is_followed_over_several_decisions(bad: dict[str, Any]) -> None:
    found = answered(trails(bad, record("示例县-办公会代替常务会")), HEAD)

    assert {item.decision for item in found} == {bad["title"], "示例县垃圾中转站选址(虚构)"}
    assert {item.provisions for item in found} == {("cn-713.39",)}
    assert {item.matched for item in found} == {tuple(HEAD[:3])}


def test_only_days_between_the_two_dates_count(bad: dict[str, Any]) -> None:
    found = answered(trails(bad), HEAD, since=date(2024, 3, 1), until=date(2024, 4, 30))

    assert {item.day for item in found} == {"2024-03-04", "2024-04-12"}


def test_a_vague_day_counts_when_it_may_lie_between(bad: dict[str, Any]) -> None:
    act(bad, "issued")["date"] = "2024-06"
    key = HolderKey("甲", "示例县人民政府", "县长")

    inside = answered(trails(bad), key, since=date(2024, 6, 15), until=date(2024, 6, 20))
    outside = answered(trails(bad), key, since=date(2024, 7, 1))

    assert "cn-713.31" in {item.duty for item in inside}
    assert "cn-713.31" not in {item.duty for item in outside}


@pytest.mark.parametrize(
    "key",
    [
        HolderKey("丁", "示例县住房和城乡建设局", "副局长"),
        HolderKey("丁某", "示例县住房和城乡建设局", "局长"),
        HolderKey("丁", "示例县住建局", "局长"),
    ],
)
def test_a_person_is_never_matched_by_likeness(bad: dict[str, Any], key: HolderKey) -> None:
    assert answered(trails(bad), key) == ()


def test_a_namesake_in_another_post_is_another_key(bad: dict[str, Any]) -> None:
    bad["people"][4]["name"] = "丁"

    found = answered(trails(bad), HEAD)

    assert {item.capacity for item in found} == {"leader"}


def test_a_unit_is_followed_by_its_name_and_an_identifier_holds_in_one_record(bad: dict[str, Any]) -> None:
    by_name = answered(trails(bad), HolderKey(unit="示例县人民政府"))
    by_id = answered(trails(bad), HolderKey(identifier="p-chief"))

    assert {item.duty for item in by_name} == {"cn-713.30.1a", "cn-713.30.1b", "cn-713.30.2a", "cn-713.31"}
    assert {item.duty for item in by_id} == {"cn-713.30.1a", "cn-713.30.1b", "cn-713.30.2a", "cn-713.31"}


def test_an_agency_is_followed_under_the_provision_on_agencies() -> None:
    found = answered(trails(record("示例县-办公会代替常务会")), HolderKey(unit="示例工程咨询院"))

    assert [(item.duty, item.provisions) for item in found] == [("cn-713.23.2-contents", ("cn-713.41",))]


@pytest.mark.parametrize(
    "key",
    [
        HolderKey(),
        HolderKey("丁"),
        HolderKey("丁", "局"),
        HolderKey(unit="局", post="局长"),
        HolderKey("丁", "局", "长", "p"),
    ],
)
def test_a_key_without_enough_to_go_by_is_an_error(bad: dict[str, Any], key: HolderKey) -> None:
    with pytest.raises(UnusableArgument):
        answered(trails(bad), key)


def test_an_identifier_asked_of_two_records_is_an_error(bad: dict[str, Any]) -> None:
    with pytest.raises(UnusableArgument, match="within one record"):
        answered(trails(bad, bad), HolderKey(identifier="p-zj"))


# --- the last gate ------------------------------------------------------------------------------------------


def test_the_last_gate_after_a_short_comment_period_is_the_review_before_submission(
    bad: dict[str, Any],
) -> None:
    (gate,) = [item for item in gates(bad) if item.finding == "finding:cn-713.15.1c@comment"]

    assert (gate.gate, gate.step, gate.state) == ("cn-713.25.2a", "submission", "closed")
    assert (gate.act, gate.day, gate.unit) == ("submit", "2024-05-29", "unit:zj")
    assert len(gate.holders) == 2


def test_a_gate_that_was_met_is_open_and_names_no_person(bad: dict[str, Any]) -> None:
    act(bad, "review").update(form="review_opinion", conclusion="passed")

    (gate,) = [item for item in gates(bad) if item.finding == "finding:cn-713.15.1c@comment"]

    assert (gate.state, gate.unit, gate.holders) == ("open", "unit:zj", ())


def test_a_gate_whose_facts_are_missing_is_unknown(clean: dict[str, Any]) -> None:
    act(clean, "comment")["end"] = "2024-03-20"
    del act(clean, "review")["conclusion"]

    assert {item.state for item in gates(clean)} == {"unknown"}


def test_after_submission_no_gate_of_the_regulation_is_left(bad: dict[str, Any]) -> None:
    assert "finding:cn-713.30.2a@meeting" not in {item.finding for item in gates(bad)}


def test_an_uncontrollable_risk_makes_the_decision_the_last_gate(bad: dict[str, Any]) -> None:
    act(bad, "meeting").update(
        meeting_type="executive", risk_finding="not_controllable", risk_adjusted_until_controllable=False
    )

    (gate,) = [item for item in gates(bad) if item.finding == "finding:cn-713.15.1c@comment"]

    assert (gate.gate, gate.step, gate.act, gate.unit) == ("cn-713.24b", "decision", "decide", "unit:gov")


def test_a_forbidden_step_that_has_not_taken_place_has_no_day(bad: dict[str, Any]) -> None:
    gone = (
        "submit",
        "meeting",
        "decide",
        "party",
        "issued",
        "published",
        "explained",
        "filed",
        "assigned",
        "executed",
    )

    found = gates(without(bad, *gone))

    assert found
    assert {(item.state, item.act, item.day) for item in found} == {("pending", "", "")}


# --- settling, and the texts --------------------------------------------------------------------------------


def test_what_is_open_says_which_places_documents_and_unit_would_settle_it(bad: dict[str, Any]) -> None:
    (item,) = settling(dp.trail(report(bad)))

    assert item.missing == ("acts[review].conclusion", "acts[review].changes_made")
    assert item.documents == ("draft", "draft_explanation")
    assert item.unit == "unit:zj"
    assert "2024年5月24日合法性审查的审查结论" in item.zh
    assert "conclusion of the legality review of 2024-05-24" in item.en


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_answer_has_a_text_that_names_key_gate_or_gap(bad: dict[str, Any], lang: str) -> None:
    found = report(bad)
    trail, procedure = dp.trail(found), dp.procedure(found.decision)

    who = answers_text(answered([trail], HEAD), "person", lang)
    when = gates_text(last_gates(found, trail, procedure), trail, procedure, lang)
    what = settling_text(settling(trail), trail, lang)

    assert "丁 / 示例县住房和城乡建设局 / 局长" in who
    assert "cn-713.25.2a" in when
    assert ("合法性审查的审查结论" if lang == "zh" else "legality review") in what
    assert ("不作推测" if lang == "zh" else "never guessed") in who
