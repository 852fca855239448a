"""Single fields denied by name (`semantics.md` section 1): dates of events, flags and lists of an act."""

from __future__ import annotations

import copy
import json
import pickle
import random
from datetime import date
from typing import Any

import pytest
from conftest import outcomes
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.law.expression import Frame, Scope, compile_condition
from decision_procedure.law.facts import Facts
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.acts.assessment import LegalityReview
from decision_procedure.model.acts.participation import Hearing
from decision_procedure.model.keys import key_label
from decision_procedure.model.kinds import SHIPPED
from tools.fuzz.records import RECORDS, mutated, parsed

DAY = date(2024, 12, 31)
HEAD: dict[str, Any] = {
    "schema": 1,
    "title": "t",
    "body": {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "420222"},
    "catalogue": {"listed": True},
    "drafts": [{"id": "v1"}],
    "traits": {
        "withheld_lawfully": False, "risk_assessed_before": False, "exploratory_reform": False,
        "explicit_state_rule": True,
    },
}  # fmt: skip


def record(*acts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return copy.deepcopy({**HEAD, **more, "acts": list(acts)})


def checked(*acts: dict[str, Any], **more: Any) -> dp.Report:
    return dp.check(dp.parse_decision(json.dumps(record(*acts, **more))), as_of=DAY)


def hearing(**fields: Any) -> dict[str, Any]:
    return {"kind": "hearing", "id": "h", "notice_date": "2024-05-01", "date": "2024-05-20", **fields}


def faults_of(text: str) -> list[Any]:
    with pytest.raises(dp.UnusableInput) as error:
        dp.parse_decision(text, json=False, name="f.yaml")
    return list(error.value.faults)


# What is denied of one act, the duty that speaks of it, and what it comes to; unknown, it is undetermined.
DENIALS: dict[str, tuple[dict[str, Any], list[str], str, str]] = {
    "the list of participants was never published": (hearing(), ["list_published"], "16.3b", "violated"),
    "the material was never delivered": (hearing(), ["materials_delivered"], "16.3c", "violated"),
    "there was no notice of the hearing": (
        {"kind": "hearing", "id": "h", "date": "2024-05-20", "draft_published": True,
         "explanation_published": True, "time_and_place_stated": True},
        ["notice_date"], "16.2", "violated",
    ),
    "the method of selection was never published": (
        hearing(participants_selected=True, selected="2024-05-10"), ["method_published"], "16.3a", "violated",
    ),
    "nobody was selected although selection was needed": (
        hearing(participants_selected=True, method_published="2024-05-02"), ["selected"], "16.3a", "violated",
    ),
    "the hearing was not public": (hearing(), ["public"], "17-public", "violated"),
    "the record was not signed": (hearing(), ["record_signed"], "17-signed", "violated"),
    "no part of the hearing took place in order": (hearing(), ["parts_in_order"], "17-parts", "violated"),
    "the draft was not published for comment": (
        {"kind": "public_comment", "id": "h", "notice_date": "2024-03-01", "start": "2024-03-01",
         "end": "2024-04-08"},
        ["draft_published"], "15.1a", "violated",
    ),
    "a legality review looked at nothing": (
        {"kind": "legality_review", "id": "h", "form": "review_opinion", "sent": "2024-05-06",
         "date": "2024-05-20", "conclusion": "passed"},
        ["heads"], "27", "violated",
    ),
    "the package was empty": (
        {"kind": "submission", "id": "h", "date": "2024-05-20"}, ["package"], "29.1a", "violated",
    ),
    "the dissent of the meeting was not put down": (
        {"kind": "deliberation", "id": "h", "date": "2024-05-20", "meeting_type": "executive"},
        ["recorded"], "30.3-record", "violated",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DENIALS)
def test_what_an_act_denies_by_name_is_found_and_what_it_does_not_say_is_open(name: str) -> None:
    act, denied, duty, expected = DENIALS[name]

    found = outcomes(checked(act | {"denied": denied}), duty)

    assert found == {expected}
    assert outcomes(checked(act), duty) == {"undetermined"}


@pytest.mark.parametrize("name", DENIALS)
def test_what_is_denied_is_never_named_as_missing(name: str) -> None:
    act, denied, _, _ = DENIALS[name]

    found = checked(act | {"denied": denied})

    places = {place for verdict in found.verdicts for place in verdict.missing}
    assert not places & {f"acts[h].{field}" for field in denied}


@pytest.mark.parametrize("name", DENIALS)
def test_evidence_says_in_both_languages_what_was_denied(name: str) -> None:
    act, denied, duty, _ = DENIALS[name]

    found = checked(act | {"denied": denied})

    tree = json.dumps(found.explain(duty))
    assert '"denied"' in tree
    assert "未办理" in dp.as_text(found, lang="zh")
    assert "denied" in dp.as_text(found, lang="en")


@pytest.mark.parametrize("name", DENIALS)
def test_a_report_with_denied_fields_survives_json_pickle_and_masking(name: str) -> None:
    act, denied, _, _ = DENIALS[name]
    found = checked(act | {"denied": denied})

    read = dp.Report.from_json(found.to_json())

    assert read == found
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert dp.mask(found).report.decision.acts[0].denied == tuple(denied)
    assert dp.as_text(read) == dp.as_text(found)


@pytest.mark.parametrize("name", {act["kind"]: name for name, (act, *_) in DENIALS.items()}.values())
def test_a_report_with_denied_fields_is_told_in_every_form_and_replayed(name: str) -> None:
    act, denied, _, _ = DENIALS[name]
    found = checked(act | {"denied": denied})

    for lang in ("zh", "en"):
        assert dp.as_text(found, lang=lang)
        assert dp.as_html(found, lang=lang)
        assert dp.trail(found).text(lang)
    assert dp.replay(dp.seal(found)).same


def test_a_denied_date_is_told_beside_the_condition_it_decided() -> None:
    found = checked(hearing(denied=["list_published"]))

    assert "2024年5月20日听证会的名单公布，案卷载明“未办理”" in dp.as_text(found)
    assert "名单公布，案卷载明“未办理”" in dp.trail(found).text("zh")


def test_chinese_names_are_read_inside_the_list_under_keys_of_either_language() -> None:
    chinese = dp.parse_decision(
        "格式版本: 1\n事项名称: t\n决策机关: {名称: 甲}\n"
        "行为:\n- {种类: 听证会, 日期: 2024-05-20, 未办理事项: [名单公布日期, 公开举行, 听证程序]}\n",
        json=False,
    )
    mixed = dp.parse_decision(
        '{"schema": 1, "title": "t", "body": {"name": "甲"}, "acts": [{"kind": "hearing", "date": "2024-05-20",'
        ' "denied": ["名单公布日期", "public", "听证程序"]}]}'
    )

    assert chinese.acts[0].denied == ("list_published", "public", "parts_in_order")
    assert mixed == chinese


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("list_publishd", "list_published"),
        ("名单公布日", "名单公布日期"),
        ("openly_selectd", "openly_selected"),
    ],
)
def test_a_field_that_no_such_act_has_is_refused_at_its_line_with_the_nearest(
    name: str, nearest: str
) -> None:
    (fault,) = faults_of(
        "schema: 1\ntitle: t\nbody: {name: 甲}\nacts:\n- kind: hearing\n  date: 2024-05-20\n  denied:\n"
        f"  - public\n  - {name}\n"
    )

    assert (fault.line, fault.key) == (9, "acts[0].denied[1]")
    assert nearest in fault.text("zh")
    assert nearest in fault.text("en")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("legality_review", "conclusion"), ("legality_review", "form"), ("public_comment", "shortening_explained"),
        ("deliberation", "meeting_type"), ("decision", "outcome"), ("risk_assessment", "level"),
        ("hearing", "closed_ground"), ("hearing", "note"), ("hearing", "unit"), ("hearing", "id"),
        ("hearing", "draft"), ("hearing", "by"), ("hearing", "documents"), ("hearing", "round"),
        ("hearing", "kind"), ("hearing", "held"), ("hearing", "denied"), ("hearing", "attended"),
        ("issue", "number"), ("decision", "deliberation"), ("deliberation", "chief"),
        ("risk_assessment", "third_party"), ("evaluation", "evaluator"), ("hearing", "anchor"), ("hearing", "done"),
    ],
)  # fmt: skip
def test_words_texts_numbers_references_and_identifiers_cannot_be_denied(kind: str, name: str) -> None:
    (fault,) = faults_of(
        f"schema: 1\ntitle: t\nbody: {{name: 甲}}\nacts:\n- {{kind: {kind}, date: 2024-05-20, denied: [{name}]}}\n"
    )

    assert (fault.line, fault.key) == (5, "acts[0].denied[0]")
    assert "未办理事项" in fault.text("zh")
    assert name in fault.text("en")


@pytest.mark.parametrize(
    "given",
    [
        "list_published: 2024-05-10, denied: [list_published]", "public: true, denied: [public]",
        "public: false, denied: [public]", "parts_in_order: [presentation], denied: [parts_in_order]",
        "notice_date: 2024-05, denied: [notice_date]", "公开举行: 是, 未办理事项: [公开举行]",
    ],
)  # fmt: skip
def test_a_field_both_given_and_denied_is_refused(given: str) -> None:
    (fault,) = faults_of(
        f"schema: 1\ntitle: t\nbody: {{name: 甲}}\nacts:\n- {{kind: hearing, date: 2024-05-20, {given}}}\n"
    )

    assert fault.line == 5
    assert "both stated and denied" in fault.text("en")


@pytest.mark.parametrize(
    ("kind", "denied"),
    [
        ("hearing", "date"), ("decision", "date"), ("deliberation", "date"), ("submission", "date"),
        ("departmental_consultation", "date"), ("public_comment", "start, notice_date"),
        ("legality_review", "sent, date"), ("drafting", "date, drafting_started"), ("problem_report", "found, date"),
    ],
)  # fmt: skip
def test_an_act_that_took_place_has_a_day_that_cannot_be_denied(kind: str, denied: str) -> None:
    text = f"schema: 1\ntitle: t\nbody: {{name: 甲}}\nacts:\n- {{kind: {kind}, held: HELD, denied: [{denied}]}}\n"

    (held,) = faults_of(text.replace("HELD", "true"))
    (announced,) = faults_of(text.replace("HELD", "null"))

    assert "held: false" in held.text("en")
    assert announced == held
    assert dp.parse_decision(text.replace("HELD", "false"), json=False)


@pytest.mark.parametrize(
    "written",
    [
        "denied: public", "denied: {public: true}", "denied: 3", "denied: true", "denied: [[public]]",
        "denied: [3]", "denied: [null]", "denied: [true]", "denied: ['']", "denied: [{public: true}]",
        "未办理事项: 公开举行", "未办理事项: [公开举行吗]",
    ],
)  # fmt: skip
def test_a_denial_of_the_wrong_form_is_one_clear_fault(written: str) -> None:
    (fault,) = faults_of(
        f"schema: 1\ntitle: t\nbody: {{name: 甲}}\nacts:\n- {{kind: hearing, date: 2024-05-20, {written}}}\n"
    )

    assert fault.line == 5
    assert fault.zh
    assert fault.en


def test_a_huge_list_of_denials_is_refused_within_the_limit_of_faults() -> None:
    names = ", ".join(f"x{number}" for number in range(5_000))

    found = faults_of(
        f"schema: 1\ntitle: t\nbody: {{name: 甲}}\nacts:\n- {{kind: hearing, date: 2024-05-20, denied: [{names}]}}\n"
    )

    assert 1_000 <= len(found) <= 1_001


def test_denials_stand_in_no_record_that_has_none() -> None:
    found = checked(hearing())

    assert "denied" not in found.to_dict()["record"]["acts"][0]
    assert "denied" not in found.decision.acts[0].model_dump_json(exclude_none=True)


def test_the_schema_of_a_record_lists_what_each_kind_of_act_can_deny() -> None:
    schema = dp.record_schema()["$defs"]["Hearing"]["properties"]["denied"]

    assert schema["anyOf"][0]["items"]["enum"] == list(Hearing.deniable())


def test_every_deniable_field_of_every_kind_is_read_in_both_languages_and_checked() -> None:
    for kind, model in ACT_CLASSES.items():
        for name in model.deniable():
            if name in {*model.anchor_fields, *model.begin_fields}:
                continue
            for written in {name, key_label(name), key_label(name, part=model)}:
                data = record({"kind": kind, "id": "a", "denied": [written]})
                found = dp.check(dp.parse_decision(json.dumps(data)), as_of=DAY)
                assert found.decision.acts[0].denied == (name,)


# A condition on one hearing held on 2024-05-20, what of it is denied, and what it comes to.
CONDITIONS = [
    ("before(act.list_published, act.date)", "list_published", False),
    ("before(act.date, act.list_published)", "list_published", False),
    ("not before(act.list_published, act.date)", "list_published", False),
    ("not before(act.date, act.list_published)", "list_published", False),
    ("not not before(act.list_published, act.date)", "list_published", False),
    ("not (before(act.list_published, act.date) or act.public)", "list_published", False),
    ("not (before(act.list_published, act.date) and act.public)", "list_published", None),
    ("not first_known(before(act.list_published, act.date), act.public)", "list_published", False),
    ("not in_whole_text(before(act.list_published, act.date), True)", "list_published", False),
    ("known(act.list_published)", "list_published", False),
    ("not known(act.list_published)", "list_published", True),
    ("lead_days(act.materials_delivered, act.date) >= 7", "materials_delivered", False),
    ("lead_days(act.materials_delivered, act.date) > 7", "materials_delivered", False),
    ("not lead_days(act.materials_delivered, act.date) >= 7", "materials_delivered", False),
    ("lead_days(act.materials_delivered, act.date) < 7", "materials_delivered", None),
    ("lead_days(act.materials_delivered, act.date) <= 7", "materials_delivered", None),
    ("not lead_days(act.materials_delivered, act.date) < 7", "materials_delivered", None),
    ("lead_days(act.materials_delivered, act.date) == 7", "materials_delivered", None),
    ("days(act.notice_date, act.date) >= 30", "notice_date", False),
    ("days(act.notice_date, act.date) < 30", "notice_date", None),
    ("days(act.date, act.notice_date) >= 30", "notice_date", None),
    ("days(act.date, act.notice_date) < 30", "notice_date", None),
    ("workdays(act.notice_date, act.date) >= 5", "notice_date", False),
    ("workdays_within(act.notice_date, act.date) <= 7", "notice_date", None),
    ("act.public", "public", False),
    ("not act.public", "public", True),
    ("includes(act.parts_in_order, \"presentation\")", "parts_in_order", False),
    ("count(act.parts_in_order) >= 1", "parts_in_order", False),
    ("count(act.parts_in_order) <= 0", "parts_in_order", True),
    ("any_of(act.parts_in_order, it == \"presentation\")", "parts_in_order", False),
    ("all_of(act.parts_in_order, it == \"presentation\")", "parts_in_order", True),
    ("act.parts_in_order_complete", "parts_in_order", True),
    ("act.parts_in_order_complete", "parts_in_order_complete", False),
    ("any_of(acts(\"hearing\"), before(it.list_published, it.date))", "list_published", None),
    ("not any_of(acts(\"hearing\"), before(it.list_published, it.date))", "list_published", None),
    ("before(act.anchor, act.date)", "notice_date", None),
    ("before(act.done, act.begun)", "public", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "expected"), CONDITIONS)
def test_what_did_not_happen_excuses_nothing_and_triggers_nothing_that_presupposes_it(
    text: str, name: str, expected: bool | None
) -> None:
    decision = dp.parse_decision(
        json.dumps(record({"kind": "hearing", "id": "h", "date": "2024-05-20", "denied": [name]}))
    )
    facts = Facts(decision, DAY)
    (act,) = facts.held(("hearing",))
    frame = Frame(facts, act, facts.now)

    condition = compile_condition(text, Scope(("hearing",)))

    assert condition.decide(frame) is expected
    assert condition.run(frame).truth is expected


def test_forty_negations_are_compiled_at_once() -> None:
    text = "not " * 40 + "before(act.list_published, act.date)"

    condition = compile_condition(text, Scope(("hearing",)))

    act = Hearing(id="h", date="2024-05-20", denied=("list_published",))
    facts = Facts(dp.parse_decision(json.dumps(record())), DAY)
    assert condition.decide(Frame(facts, act, facts.now)) is False


def test_a_comment_period_whose_end_is_denied_is_not_called_short_and_its_end_is_not_missing() -> None:
    comment = {"kind": "public_comment", "id": "c", "notice_date": "2024-03-01", "start": "2024-03-01"}

    found = checked(comment | {"denied": ["end"], "notice_text_complete": True})

    (verdict,) = found.about("15.1c")
    assert verdict.outcome == "undetermined"
    assert "acts[c].end" not in verdict.missing


def test_over_a_closed_list_of_acts_a_denied_date_is_no_date_in_time() -> None:
    whole = {"complete": {"kinds": ["all"], "up_to": "2024-12-31"}}
    review = {
        "kind": "legality_review",
        "id": "r",
        "form": "review_opinion",
        "sent": "2024-05-06",
        "draft": "v1",
    }
    submission = {"kind": "submission", "id": "s", "date": "2024-05-20", "draft": "v1"}

    denied = checked(review | {"denied": ["date"]}, submission, **whole)
    silent = checked(review, submission, **whole)

    assert outcomes(denied, "25.1a") == {"violated"}
    assert outcomes(silent, "25.1a") == {"undetermined"}


def test_a_review_sent_on_which_no_opinion_was_given_holds_the_gate() -> None:
    whole = {"complete": {"kinds": ["all"], "up_to": "2024-12-31"}}
    review = {
        "kind": "legality_review",
        "id": "r",
        "form": "review_opinion",
        "sent": "2024-05-06",
        "draft": "v1",
    }
    submission = {"kind": "submission", "id": "s", "date": "2024-05-20", "draft": "v1"}

    denied = checked(review | {"denied": ["date"]}, submission, **whole)

    assert outcomes(denied, "25.2a") == {"violated"}
    assert outcomes(checked(review, submission, **whole), "25.2a") == {"undetermined"}


def test_derived_dates_are_denied_only_where_each_field_they_come_from_is() -> None:
    review = LegalityReview(sent=None, denied=("sent",), date="2024-05-20")

    assert review.denies("complete_material_sent")
    assert not review.denies("anchor")
    assert not review.denies("done")
    assert LegalityReview(sent="2024-05-01", denied=("date",)).denies("done")
    assert LegalityReview(denied=("sent", "returns"), date="2024-05-20").denies("complete_material_sent")
    assert not LegalityReview(date="2024-05-20").denies("complete_material_sent")


def test_no_order_is_asked_of_a_step_that_did_not_happen() -> None:
    found = checked(
        hearing(participants_selected=True, selected="2024-05-10", denied=["list_published"]),
        {"kind": "drafting", "id": "d", "date": "2024-03-01", "denied": ["research_done"]},
        {"kind": "legality_review", "id": "r", "sent": "2024-06-01", "denied": ["date"]},
    )

    for edge in ("selection-participants_list", "research-drafting", "review_request-legality_review"):
        assert outcomes(found, f"order.{edge}") == {"not_applicable"}


def test_a_denied_list_is_whole_for_what_is_counted_elsewhere() -> None:
    experts = {"kind": "expert_review", "id": "e", "date": "2024-03-01", "denied": ["experts"]}
    evaluation = {
        "kind": "evaluation",
        "id": "v",
        "date": "2024-11-01",
        "commissioned": True,
        "evaluator": "a",
    }
    assessment = {
        "kind": "risk_assessment",
        "id": "k",
        "date": "2024-03-02",
        "denied": ["third_party_commissioned"],
    }
    more = {"units": [{"id": "a", "name": "a"}], "complete": {"kinds": ["all"], "up_to": "2024-12-31"}}

    found = checked(experts, assessment, evaluation, **more)

    assert outcomes(found, "36.2") == {"satisfied"}


def without_denials(data: dict[str, Any]) -> dict[str, Any]:
    acts = [{key: value for key, value in act.items() if key != "denied"} for act in data.get("acts", ())]
    return data | {"acts": acts}


def violated(decision: dp.Decision, as_of: date) -> set[tuple[str, str | None]]:
    found = dp.check(decision, as_of=as_of)
    return {(verdict.duty, verdict.act) for verdict in found.of("violated")}


@given(st.sampled_from(sorted(RECORDS)), st.randoms(use_true_random=False), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_removing_denials_never_accuses(name: str, source: random.Random, changes: int) -> None:
    data, _ = mutated(RECORDS[name], source, changes)
    for act in data.get("acts", ()):
        # That the chief was absent is an excuse under 30.2a, which takes him for present where nothing is said.
        names = [name for name in ACT_CLASSES[act["kind"]].deniable() if name != "chief_present"]
        chosen = [field for field in source.sample(names, min(4, len(names))) if act.get(field) in (None, [])]
        act["denied"] = chosen
        if parsed(data) is None:
            del act["denied"]
    denied, silent = parsed(data), parsed(without_denials(data))
    assert denied is not None
    assert silent is not None

    for as_of in (date(2026, 6, 30), date(2023, 12, 31)):
        assert violated(silent, as_of) <= violated(denied, as_of)


def test_the_new_key_has_a_chinese_name_of_its_own() -> None:
    assert SHIPPED.key_name("denied") == "未办理事项"
