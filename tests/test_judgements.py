"""A person's answer is to a question for a person and nothing else, and counts as long as the facts stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

import pytest
from heads import DAY, checked, headed, on
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.exchange.findings import standing
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.model.vocabulary import LABELS
from decision_procedure.results.fingerprints import fingerprints
from decision_procedure.results.judgements import apply_judgements, judgement_text, loose_text
from decision_procedure.results.report import Report, Verdict
from decision_procedure.ruletests.running import snippets
from decision_procedure.ruletests.snippets import Snippet

Answer = dict[str, Any]
REVIEW = {
    "id": "review", "kind": "legality_review", "form": "review_opinion", "sent": "2024-03-01", "date": "2024-03-18",
    "unit": "u-sf", "draft": "v1", "conclusion": "passed_with_changes", "changes_asked": True, "changes_made": False,
}  # fmt: skip
SUBMISSION = {"id": "submit", "kind": "submission", "date": "2024-04-01", "unit": "u-lead", "draft": "v1"}
UNITS = [
    {"id": "u-gov", "name": "示例县人民政府"},
    {"id": "u-lead", "name": "示例县城管局", "aliases": ["城管局"]},
    {"id": "u-sf", "name": "示例县司法局"},
]
PEOPLE = [
    {"id": "p1", "name": "赵某", "posts": [{"unit": "u-lead", "post": "局长", "capacity": "chief", "since": "2023-01-01"}]},
    {"id": "p2", "name": "钱某", "posts": [{"unit": "u-sf", "capacity": "leader", "since": "2023-01-01", "until": "2024-03-01"}]},
]  # fmt: skip
GATE = "cn-713.25.2a"


def asked(*answers: Answer, **others: Any) -> dict[str, Any]:
    """Return a record with questions on a review and on the submission that rests on it, and these answers."""
    given = {"units": UNITS, "people": PEOPLE, "lead_unit": "u-lead", **others}
    return headed(REVIEW, SUBMISSION, judgements=list(answers), **given)


def answer(duty: str = GATE, act: str | None = "submit", **others: Any) -> Answer:
    found = {
        "duty": duty,
        "act": act,
        "answer": "met",
        "reason": "已按意见修改",
        "by": "u-sf",
        "day": "2024-04-02",
    }
    return {key: value for key, value in {**found, **others}.items() if value is not None}


def pinned(**others: Any) -> Answer:
    return answer(fingerprint=fingerprints(checked(asked()))[GATE, "submit"], **others)


def question(report: Report, duty: str = GATE) -> Verdict:
    (found,) = [verdict for verdict in on(report, duty) if verdict.outcome == "needs_judgement"]
    return found


def standings(report: Report) -> list[str]:
    return [item.standing for item in report.judgements]


# A35.
def test_a_question_judged_met_is_out_of_the_exit_status_and_stays_what_it_is() -> None:
    before, after = checked(asked()), checked(asked(pinned()))

    assert question(before).counts
    assert question(after).judged == "met"
    assert not question(after).counts
    assert question(after)._replace(judged=None) == question(before)
    assert standings(after) == ["checked"]
    open_before = {v.duty for v in before.of("needs_judgement") if v.counts}
    assert {v.duty for v in after.of("needs_judgement") if v.counts} == open_before - {GATE}


def test_a_question_judged_not_met_still_counts_and_comes_first_with_its_reason() -> None:
    before = checked(asked())
    last = before.of("needs_judgement")[-1]
    names = fingerprints(before)

    after = checked(
        asked(
            answer(
                last.duty,
                last.act,
                answer="not_met",
                reason="未作修改",
                fingerprint=names[last.duty, last.act],
            ),
            *([pinned()] if last.duty != GATE else []),
        )
    )

    first = after.of("needs_judgement")[0]
    assert (first.duty, first.act) == (last.duty, last.act)
    assert first.judged == "not_met"
    assert first.counts
    item = after.answer_to(first)
    assert item is not None
    assert "未作修改" in judgement_text(after, item, "zh")
    assert [v.judged for v in after.of("needs_judgement")][-1] == "met"


def test_an_answer_is_outdated_when_a_fact_has_changed_and_counts_as_not_given() -> None:
    given_then = pinned()
    data = asked(given_then)
    data["acts"] = [REVIEW, {**SUBMISSION, "date": "2024-04-03"}]

    after = checked(data)

    assert standings(after) == ["outdated"]
    assert question(after).judged is None
    assert question(after).counts
    assert "案卷事实已变化" in judgement_text(after, after.judgements[0], "zh")
    assert "outdated" in judgement_text(after, after.judgements[0], "en")


@pytest.mark.parametrize("change", ["note", "received", "order", "day of checking"])
def test_an_answer_outlives_what_its_duty_does_not_name(change: str) -> None:
    data = asked(pinned())
    if change == "note":
        data["acts"] = [{**REVIEW, "note": "补记"}, SUBMISSION]
    elif change == "received":
        data["acts"] = [REVIEW, SUBMISSION, {"id": "c", "kind": "opinion_handling", "received": 5}]
    elif change == "order":
        data["acts"].reverse()

    after = checked(data, date(2024, 11, 30) if change == "day of checking" else DAY)

    assert standings(after) == ["checked"]
    assert question(after).judged == "met"


def test_an_answer_without_a_fingerprint_counts_and_is_shown_as_not_checked_against_the_facts() -> None:
    after = checked(asked(answer()))

    assert question(after).judged == "met"
    assert standings(after) == ["unchecked"]
    assert "未核对是否仍适用" in judgement_text(after, after.judgements[0], "zh")
    assert "has not been checked" in judgement_text(after, after.judgements[0], "en")


@pytest.mark.parametrize(
    ("duty", "act", "outcome"),
    [
        ("cn-713.30.1a", None, None),
        ("cn-713.13a", None, "not_applicable"),
        ("cn-713.14.1", None, "violated"),
        ("cn-713.25.1a", "submit", "satisfied"),
    ],
)
@pytest.mark.parametrize("said", ["met", "not_met"])
def test_an_answer_to_anything_but_a_question_is_named_and_changes_nothing(
    duty: str, act: str | None, outcome: str | None, said: str
) -> None:
    traits = {"withheld_lawfully": False, "touches_other_units": False, "exploratory_reform": False,
              "explicit_state_rule": True, "risk_assessed_before": False}  # fmt: skip
    decision = {"id": "d", "kind": "decision", "date": "2024-04-25", "outcome": "adopt"}
    before = asked(traits=traits)
    before["acts"] = [{**REVIEW, "conclusion": "passed"}, SUBMISSION, decision]
    found = {(v.duty, v.act): v for v in checked(before).verdicts}
    target = next(key for key in found if key[0] == duty and (act is None or key[1] == act))
    assert outcome is None or found[target].outcome == outcome

    after = checked({**before, "judgements": [answer(duty, act, answer=said)]})

    (item,) = after.judgements
    assert item.standing == "not_asked"
    assert after.loose_judgements == (item,)
    assert [v.judged for v in after.verdicts] == [None] * len(after.verdicts)
    assert after.verdicts == checked(before).verdicts
    assert after.worst == checked(before).worst
    assert "不起作用" in loose_text(after, item, "zh")
    assert duty in loose_text(after, item, "en")


def test_an_answer_to_a_duty_that_does_not_exist_is_named_with_the_nearest() -> None:
    after = checked(asked(answer("cn-713.25.2aa")))

    (item,) = after.judgements
    assert item.standing == "unknown_duty"
    assert item.nearest == "cn-713.25.2a"
    assert "cn-713.25.2a" in loose_text(after, item, "zh").partition("最接近的是")[2]


def test_an_answer_on_another_act_of_the_record_is_named_and_changes_nothing() -> None:
    after = checked(asked(answer(act="review")))

    assert standings(after) == ["no_such_verdict"]
    assert question(after).judged is None


def test_an_answer_that_names_no_act_is_on_the_only_question_of_its_duty() -> None:
    assert question(checked(asked(answer(act=None)))).judged == "met"


def test_an_answer_that_names_no_act_is_on_none_of_several_questions() -> None:
    data = asked(answer(act=None))
    data["acts"] = [REVIEW, SUBMISSION, {**SUBMISSION, "id": "again", "date": "2024-04-05"}]

    after = checked(data)

    assert len([v for v in on(after, GATE) if v.outcome == "needs_judgement"]) == 2
    assert standings(after) == ["no_such_verdict"]


def test_an_answer_given_after_the_day_of_checking_counts_as_not_given() -> None:
    data = asked(pinned(day="2024-11-02"))

    assert standings(checked(data, date(2024, 11, 1))) == ["not_yet"]
    assert question(checked(data, date(2024, 11, 1))).counts
    assert standings(checked(data, date(2024, 11, 2))) == ["checked"]


def test_of_several_answers_the_latest_counts() -> None:
    after = checked(asked(pinned(answer="not_met", day="2024-04-20"), pinned(day="2024-04-10")))

    assert standings(after) == ["checked", "superseded"]
    assert question(after).judged == "not_met"


def test_an_outdated_answer_does_not_stand_in_the_way_of_one_that_is_not() -> None:
    after = checked(asked(pinned(), answer(answer="not_met", day="2024-05-20", fingerprint="0" * 32)))

    assert standings(after) == ["checked", "outdated"]
    assert question(after).judged == "met"


def test_opposite_answers_of_one_day_count_as_not_given() -> None:
    after = checked(asked(pinned(), pinned(answer="not_met")))

    assert standings(after) == ["contradicted", "contradicted"]
    assert question(after).judged is None
    assert question(after).counts


def test_like_answers_of_one_day_are_one() -> None:
    after = checked(asked(pinned(), pinned(reason="另一理由")))

    assert standings(after) == ["superseded", "checked"]
    assert question(after).judged == "met"


@pytest.mark.parametrize(
    ("by", "is_bearer"),
    [
        ("u-lead", True), ("示例县城管局", True), ("城管局", True), ("p1", True), ("赵某", True),
        ("u-sf", False), ("示例县司法局", False), ("p2", False), ("钱某", False), ("某律师", False), ("u-gov", False),
    ],
)  # fmt: skip
def test_that_the_bearer_itself_answered_is_said(by: str, is_bearer: bool) -> None:
    data = asked(answer("cn-713.28c", "review", by=by))

    after = checked(data)

    (item,) = after.judgements
    assert question(after, "cn-713.28c").judged == "met"
    assert item.by_bearer is is_bearer
    assert ("为义务承担者本人" in judgement_text(after, item, "zh")) is is_bearer
    assert ("the bearer itself" in judgement_text(after, item, "en")) is is_bearer


def test_a_deciding_body_that_is_no_unit_of_the_record_bears_its_duties_under_its_own_name() -> None:
    early = date(2024, 3, 5)
    data = headed(
        {"id": "d", "kind": "decision", "date": "2022-03-01", "outcome": "adopt"},
        {"id": "i", "kind": "issue", "date": "2022-03-02"},
        {"id": "p", "kind": "publication", "date": "2024-03-01", "channels": ["gazette"]},
        complete={"kinds": ["all"], "up_to": "2024-03-05"},
    )
    (late,) = [item for item in checked(data, early).of("needs_judgement") if item.duty == "cn-713.32a"]
    by = {"duty": late.duty, "act": late.act, "answer": "not_met", "reason": "超过两年", "day": "2024-03-05"}

    own, other = (
        checked({**data, "judgements": [{**by, "by": name}]}, early).judgements[0].by_bearer
        for name in ("示例县人民政府", "示例市人民政府")
    )

    assert (own, other) == (True, False)


def test_who_answered_is_told_by_name() -> None:
    after = checked(asked(answer(by="p1")))

    assert "赵某" in judgement_text(after, after.judgements[0], "zh")
    assert "2024-04-02" in judgement_text(after, after.judgements[0], "en")


@pytest.mark.parametrize("said", ["met", "not_met"])
def test_an_answer_makes_no_finding_no_gate_and_no_answerable_person(said: str) -> None:
    meeting = {
        "id": "m",
        "kind": "deliberation",
        "date": "2024-04-20",
        "meeting_type": "executive",
        "draft": "v1",
    }
    before = asked()
    before["acts"] = [REVIEW, SUBMISSION, meeting]

    after = checked({**before, "judgements": [answer(answer=said)]})
    before_it = checked(before)

    assert after.conclusions == before_it.conclusions
    assert after.gate("deliberation") == before_it.gate("deliberation")
    assert [v._replace(judged=None) for v in after.verdicts] == list(before_it.verdicts)


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (answer(act="lost"), "judgements[0].act"),
        (answer(document="lost"), "judgements[0].document"),
        (answer(answer="yes"), "judgements[0].answer"),
        (answer(fingerprint="xyz"), "judgements[0].fingerprint"),
        (answer(day="sometime"), "judgements[0].day"),
        (answer(reason=None), "judgements[0].reason"),
        (answer(by=None), "judgements[0].by"),
    ],
)
def test_an_answer_that_refers_to_nothing_or_lacks_who_why_or_when_is_a_fault_at_its_key(
    entry: Answer, key: str
) -> None:
    with pytest.raises(dp.UnusableInput) as error:
        dp.parse_decision(json.dumps(asked(entry), ensure_ascii=False))

    assert [fault.key for fault in error.value.faults] == [key]


def test_an_answer_may_be_on_an_act_that_another_implies() -> None:
    data = asked(answer("cn-713.25.1a", "m~submission"))
    data["acts"].append({"id": "m", "kind": "deliberation", "date": "2024-04-20", "draft": "v1"})

    assert len(checked(data).judgements) == 1


def test_a_record_with_answers_is_read_with_chinese_keys_and_words() -> None:
    english = asked(pinned(document="d1"), documents=[{"id": "d1", "kind": "minutes"}])
    entry = english["judgements"][0]
    chinese = {
        "义务": entry["duty"], "所涉行为": entry["act"], "判断": "符合要求", "判断理由": entry["reason"],
        "判断人": entry["by"], "判断日期": "2024年4月2日", "依据文件": "d1", "问题指纹": entry["fingerprint"],
    }  # fmt: skip
    translated = {key: value for key, value in english.items() if key != "judgements"} | {
        "人工判断": [chinese]
    }

    one = dp.parse_decision(json.dumps(english, ensure_ascii=False))
    other = dp.parse_decision(json.dumps(translated, ensure_ascii=False))

    assert one == other


def test_a_report_with_answers_survives_a_trip_through_json_and_applying_them_anew_changes_nothing() -> None:
    found = checked(asked(pinned(), answer("cn-713.28c", "review", answer="not_met"), answer("cn-713.9.9x")))

    again = dp.Report.from_json(found.to_json())

    assert again == found
    assert again.judgements == found.judgements
    assert apply_judgements(found, DAY) == found
    assert next(v for v in again.verdicts if v.duty == GATE).judged == "met"


def test_answers_count_under_a_waiver_and_a_baseline_as_anywhere() -> None:
    before, after = checked(asked()), checked(asked(pinned()))
    names = {fingerprints(before)[v.duty, v.act] for v in before.of("needs_judgement")}

    assert "needs_judgement" in standing(before, frozenset(names - {fingerprints(before)[GATE, "submit"]}))
    assert "needs_judgement" not in standing(after, frozenset(names - {fingerprints(before)[GATE, "submit"]}))


def test_every_standing_is_told_in_both_languages() -> None:
    for zh, en in LABELS["judgement_standing"].values():
        assert any("\u4e00" <= character <= "\u9fff" for character in zh)
        assert en.isascii()


def test_a_masked_report_shows_neither_the_name_of_who_answered_nor_names_in_the_reason() -> None:
    found = checked(
        asked(
            pinned(by="赵某", reason="赵某与孙律师核对"),
            answer("cn-713.28c", "review", by="孙律师", reason="见意见"),
        )
    )

    masked = dp.mask(found, salt=b"0" * 16).report

    text = json.dumps(masked.to_dict(), ensure_ascii=False)
    assert "赵某" not in text
    assert "孙律师" not in text
    assert [item.standing for item in masked.judgements] == standings(found)
    assert [v.judged for v in masked.verdicts] == [v.judged for v in found.verdicts]


@lru_cache(maxsize=1)
def questions() -> tuple[tuple[str, Snippet, str, str | None], ...]:
    """Return, for each pack that asks a person something in its examples, up to three such examples."""
    return tuple(_questions())


def _questions() -> Iterator[tuple[str, Snippet, str, str | None]]:
    for pack in standard_law().packs:
        found = (asking for rule in pack.rules for asking in islice(_of_rule(pack, rule), 1))
        yield from islice(found, 3)


def _of_rule(pack: Pack, rule: Rule) -> Iterator[tuple[str, Snippet, str, str | None]]:
    for name, section, snippet in snippets(pack, rule):
        if section == "fail" and isinstance(snippet, Snippet):
            for verdict in dp.check(snippet.decision, as_of=snippet.claims.as_of).of("needs_judgement"):
                if verdict.duty == rule.id and verdict.counts:
                    yield name, snippet, verdict.duty, verdict.act


def judged(snippet: Snippet, duty: str, act: str | None, **others: Any) -> Report:
    data = snippet.decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["judgements"] = [answer(duty, act, day="1999-01-01", by="某人", **others)]
    return dp.check(dp.Decision.model_validate(data), as_of=snippet.claims.as_of)


def test_in_every_pack_that_asks_a_person_an_answer_takes_the_question_out_or_leaves_it_in() -> None:
    cases = questions()
    assert len({duty.partition(".")[0] for _, _, duty, _ in cases}) >= 10

    for name, snippet, duty, act in cases:
        found = fingerprints(dp.check(snippet.decision, as_of=snippet.claims.as_of))[duty, act]
        for said, print_, expected in (
            ("met", found, ("met", False)),
            ("not_met", found, ("not_met", True)),
            ("met", None, ("met", False)),
            ("met", "0" * 32, (None, True)),
        ):
            report = judged(snippet, duty, act, answer=said, fingerprint=print_)
            (verdict,) = [v for v in report.verdicts if (v.duty, v.act) == (duty, act)]
            assert (verdict.judged, verdict.counts) == expected, (name, said, print_)
            assert verdict.outcome == "needs_judgement"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda target, said, day, checked_: answer(
                *target,
                answer=said,
                day=f"2024-04-{day:02}",
                fingerprint="0" * 32
                if checked_ == "wrong"
                else fingerprints(FOUND).get(target)
                if checked_
                else None,
            ),
            st.sampled_from([(v.duty, v.act) for v in checked(asked()).verdicts]),
            st.sampled_from(["met", "not_met"]),
            st.integers(1, 28),
            st.sampled_from(["", "right", "wrong"]),
        ),
        max_size=8,
    )
)
def test_no_set_of_answers_changes_an_outcome_and_each_answer_is_on_a_question_or_named(
    answers: list[Answer],
) -> None:
    after = checked(asked(*answers))

    assert [v._replace(judged=None) for v in after.verdicts] == list(FOUND.verdicts)
    assert all(v.outcome == "needs_judgement" for v in after.verdicts if v.judged)
    assert len(after.judgements) == len(answers)
    counting = [(item.duty, item.act) for item in after.judgements if item.counts]
    assert len(counting) == len(set(counting))
    assert {v.duty for v in after.verdicts if v.judged} == {duty for duty, _ in counting}


FOUND = checked(asked())
