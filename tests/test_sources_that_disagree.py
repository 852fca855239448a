"""Documents that say different things of one field (`semantics.md` section 1, "Sources that disagree")."""

from __future__ import annotations

import copy
import json
import pickle
import random
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from itertools import product
from typing import Any

import jsonschema
import pytest
from conftest import EXAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.checking import contradictions
from decision_procedure.checking.contradictions import contested
from decision_procedure.checking.verdicts import check_decision
from decision_procedure.law.applicable import standard_law
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.disputes import MOST_SAYINGS, Saying
from decision_procedure.model.vocabulary import LABELS
from decision_procedure.results.fingerprints import fingerprints
from tools.fuzz.records import RECORDS, mutated, parsed

DAY = date(2024, 12, 31)
WHOLE = {"kinds": ["all"], "up_to": "2024-12-31"}
HEAD: dict[str, Any] = {
    "schema": 1,
    "title": "t",
    "body": {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "420222"},
    "catalogue": {"listed": True},
    "complete": WHOLE,
    "drafts": [{"id": "v1"}],
    "traits": {
        "withheld_lawfully": False, "risk_assessed_before": False, "exploratory_reform": False,
        "explicit_state_rule": True,
    },
    "units": [{"id": "u", "name": "发改局"}, {"id": "x", "name": "司法局"}],
    "people": [{"id": "a", "name": "王某某"}, {"id": "b", "name": "李某某"}, {"id": "c", "name": "赵某某"}],
    "documents": [{"id": name, "kind": "minutes", "title": f"文件{name}"} for name in ("d1", "d2", "d3")],
}  # fmt: skip
GUANGDONG = {"body": {"name": "广宁县人民政府", "kind": "government", "level": "county", "code": "441223"}}


def says(*values: Any) -> dict[str, Any]:
    return {
        "says": [{"document": f"d{number % 3 + 1}", "value": value} for number, value in enumerate(values)]
    }


def record(*acts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return copy.deepcopy({**HEAD, **more, "acts": list(acts)})


def checked(*acts: dict[str, Any], as_of: date = DAY, **more: Any) -> dp.Report:
    return dp.check(dp.parse_decision(json.dumps(record(*acts, **more))), as_of=as_of)


def on(found: dp.Report, duty: str) -> tuple[str, str]:
    (verdict,) = [item for item in found.verdicts if item.duty == duty]
    return verdict.outcome, verdict.proof


def hearing(**fields: Any) -> dict[str, Any]:
    return {"kind": "hearing", "id": "h", "notice_date": "2024-05-01", "date": "2024-05-20", **fields}


def review(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "legality_review", "id": "r", "form": "review_opinion", "sent": "2024-04-01", "date": "2024-05-10",
        "draft": "v1", "conclusion": "passed", "unit": "x", **fields,
    }  # fmt: skip


SUBMISSION = {"kind": "submission", "id": "s", "date": "2024-05-20", "draft": "v1"}
MEETING = {
    "kind": "deliberation", "id": "m", "date": "2024-05-25", "meeting_type": "executive", "draft": "v1", "chief": "a",
    "chief_present": True, "attendees_complete": True,
    "attendees": [{"person": name, "role": "member"} for name in ("a", "b", "c")],
}  # fmt: skip
COMMENT = {
    "kind": "public_comment", "id": "p", "notice_date": "2024-03-01", "start": "2024-03-01",
    "notice_text_complete": True,
}  # fmt: skip
HEADS = sorted(LABELS["review_head"])
LAND = {"tracks": ["land_expropriation"], "tracks_complete": True}
PLAN = {"kind": "compensation_plan_notice", "id": "n", "notice_date": "2024-03-01", "start": "2024-03-01"}

# The acts, what else the record says, the duty, and what it comes to; each with proof `contradicted`.
CASES: dict[str, tuple[list[dict[str, Any]], dict[str, Any], str, str]] = {
    "a list published before the hearing by either document": (
        [hearing(list_published=says("2024-05-10", "2024-05-12"))], {}, "cn-713.16.3b", "satisfied",
    ),
    "a list published after the hearing by either document": (
        [hearing(list_published=says("2024-05-21", "2024-05-22"))], {}, "cn-713.16.3b", "violated",
    ),
    "a list published before by one and after by the other": (
        [hearing(list_published=says("2024-05-10", "2024-05-22"))], {}, "cn-713.16.3b", "undetermined",
    ),
    "material seven and eight days ahead": (
        [hearing(materials_delivered=says("2024-05-13", "2024-05-12"))], {}, "cn-713.16.3c", "satisfied",
    ),
    "material seven and six days ahead": (
        [hearing(materials_delivered=says("2024-05-13", "2024-05-14"))], {}, "cn-713.16.3c", "undetermined",
    ),
    "material six and five days ahead": (
        [hearing(materials_delivered=says("2024-05-14", "2024-05-15"))], {}, "cn-713.16.3c", "violated",
    ),
    "the day of the hearing itself, the list published before either": (
        [{"kind": "hearing", "id": "h", "notice_date": "2024-05-01", "date": says("2024-05-20", "2024-05-21"),
          "list_published": "2024-05-10"}],
        {}, "cn-713.16.3b", "satisfied",
    ),
    "a hearing said to be public and said to be closed": (
        [hearing(public=says(True, False))], {}, "cn-713.17-public", "undetermined",
    ),
    "three documents on one comment period, all long enough": (
        [COMMENT | {"end": says("2024-04-01", "2024-04-08", "2024-04-15")}], {}, "cn-713.15.1c", "satisfied",
    ),
    "a comment period too short by either document": (
        [COMMENT | {"end": says("2024-03-20", "2024-03-21")}], {}, "cn-713.15.1c", "violated",
    ),
    "a comment period long enough by one document only": (
        [COMMENT | {"end": says("2024-03-20", "2024-04-08")}], {}, "cn-713.15.1c", "undetermined",
    ),
    "a plan on land open for thirty and forty days": (
        [PLAN | {"end": says("2024-03-31", "2024-04-10")}], LAND, "track-land.28-days", "satisfied",
    ),
    "a plan on land open for twenty and forty days": (
        [PLAN | {"end": says("2024-03-21", "2024-04-10")}], LAND, "track-land.28-days", "undetermined",
    ),
    "a review passed, and passed with changes that were made": (
        [review(conclusion=says("passed", "passed_with_changes"), changes_made=True, changes_asked=False), SUBMISSION],
        {}, "cn-713.25.2a", "satisfied",
    ),
    "a review passed and not passed": (
        [review(conclusion=says("passed", "not_passed")), SUBMISSION], {}, "cn-713.25.2a", "undetermined",
    ),
    "a review that ended before the submission by either document": (
        [review(date=says("2024-05-10", "2024-05-12")), SUBMISSION], {}, "cn-713.25.2a", "satisfied",
    ),
    "a review that ended before the submission by one document only": (
        [review(date=says("2024-05-10", "2024-05-22")), SUBMISSION], {}, "cn-713.25.2a", "undetermined",
    ),
    "a review that ended after the submission by either document": (
        [review(date=says("2024-05-21", "2024-05-22")), SUBMISSION], {}, "cn-713.25.1a", "violated",
    ),
    "a submission after the review by either document": (
        [review(), SUBMISSION | {"date": says("2024-05-20", "2024-05-24")}], {}, "cn-713.25.2a", "satisfied",
    ),
    "a draft said to be changed in substance and not": (
        [review(), SUBMISSION | {"draft": "v2"}],
        {"drafts": [{"id": "v1"}, {"id": "v2", "materially_changed": says(True, False)}]},
        "cn-713.25.2a", "undetermined",
    ),
    "the chief last in two orders of speaking": (
        [MEETING | {"speaking_order": says(["b", "c", "a"], ["c", "b", "a"]), "speaking_order_complete": True}],
        {}, "cn-713.30.2a", "satisfied",
    ),
    "the chief last in one order of speaking only": (
        [MEETING | {"speaking_order": says(["b", "c", "a"], ["b", "a", "c"]), "speaking_order_complete": True}],
        {}, "cn-713.30.2a", "undetermined",
    ),
    "members after the chief in two orders of speaking": (
        [MEETING | {"speaking_order": says(["a", "b", "c"], ["b", "a", "c"])}], {}, "cn-713.30.2a", "violated",
    ),
    "two lists of the heads of a review, both whole": (
        [review(heads=says(HEADS, HEADS[::-1]), heads_complete=True)], {}, "cn-713.27", "satisfied",
    ),
    "one of two lists of the heads of a review is empty": (
        [review(heads=says(HEADS, []), heads_complete=True)], {}, "cn-713.27", "undetermined",
    ),
    "a matter said to be professional and not, without experts": (
        [review(), SUBMISSION], {"traits": {**HEAD["traits"], "professional": says(True, False)}},
        "cn-713.19.1", "undetermined",
    ),
    "a matter on the catalogue and not": (
        [SUBMISSION], {"catalogue": {"listed": says(True, False)}}, "cn-713.scope", "undetermined",
    ),
    "a Guangdong hearing announced twenty and twenty-five days ahead": (
        [{"kind": "hearing", "id": "h", "notice_date": says("2024-05-01", "2024-04-25"), "date": "2024-05-30"}],
        GUANGDONG, "cn-713.16.2", "undetermined",
    ),
    "held by one document, not held by the other": (
        [hearing(held=says(True, False), list_published="2024-05-10")], {}, "cn-713.16.3b", "undetermined",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_where_all_sayings_come_to_one_verdict_it_is_that_one_and_otherwise_open(name: str) -> None:
    acts, more, duty, expected = CASES[name]

    found = checked(*acts, **more)

    assert on(found, duty) == (expected, "contradicted")


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_names_the_documents_and_what_each_says(name: str) -> None:
    acts, more, duty, expected = CASES[name]

    (verdict,) = checked(*acts, **more).about(duty)

    assert {item.document for dispute in verdict.disputes for item in dispute.says} >= {"d1", "d2"}
    assert not {dispute.place for dispute in verdict.disputes} & {*verdict.missing}
    if expected != "undetermined":
        assert "sources_disagree" not in verdict.reasons


@pytest.mark.parametrize("name", CASES)
def test_a_report_with_disputes_survives_json_pickle_and_masking(name: str) -> None:
    acts, more, duty, expected = CASES[name]
    found = checked(*acts, **more)

    read = dp.Report.from_json(found.to_json())

    assert read == found
    assert read.about(duty)[0].disputes == found.about(duty)[0].disputes
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert fingerprints(read) == fingerprints(found)
    assert expected != "undetermined" or "文件d1" in dp.as_text(found)
    masked = dp.mask(found).report.to_json()
    assert not any(name in masked for name in ("王某某", "李某某", "赵某某"))


@pytest.mark.parametrize("name", {case[-1]: name for name, case in CASES.items()}.values())
def test_a_report_with_disputes_is_told_in_every_form_and_replayed(name: str) -> None:
    acts, more, _, expected = CASES[name]
    found = checked(*acts, **more)
    read = dp.Report.from_json(found.to_json())

    for lang in ("zh", "en"):
        shown = dp.as_text(read, lang=lang)
        assert shown == dp.as_text(found, lang=lang)
        assert expected != "undetermined" or "文件d1" in shown
        assert dp.as_html(found, lang=lang)
        assert dp.trail(found).text(lang)
    assert dp.replay(dp.seal(found)).same


def test_a_verdict_that_does_not_read_the_field_keeps_its_proof_and_its_outcome() -> None:
    given = {"draft_published": True, "explanation_published": True, "time_and_place_stated": True}

    plain = checked(hearing(**given, public=True))
    disputed = checked(hearing(**given, public=says(True, False)))

    for verdict in plain.verdicts:
        if verdict.duty != "cn-713.17-public":
            (other,) = [item for item in disputed.verdicts if (item.duty, item.act) == verdict[:2]]
            assert (other.outcome, other.proof, other.reasons) == (
                verdict.outcome,
                verdict.proof,
                verdict.reasons,
            )
            assert other.disputes == ()


def test_a_verdict_that_stands_without_the_field_keeps_its_proof() -> None:
    found = checked(hearing(draft_published=says(True, False), explanation_published=False))

    assert on(found, "cn-713.16.2") == ("violated", "stated")


def test_a_verdict_open_for_want_of_another_field_is_open_and_contradicted_and_names_what_is_missing() -> (
    None
):
    found = checked(
        hearing(
            participants_selected=True,
            selected="2024-05-10",
            method_published=says("2024-05-02", "2024-05-03"),
        )
    )

    (verdict,) = found.about("16.3a")
    assert (verdict.outcome, verdict.proof, verdict.reasons) == ("undetermined", "contradicted", ())
    assert verdict.missing == ("acts[h].openly_selected", "acts[h].all_sides_represented")


def test_documents_that_say_the_same_contradict_nothing() -> None:
    found = checked(hearing(list_published=says("2024-05-10", "2024-05-10")))

    assert on(found, "cn-713.16.3b") == ("satisfied", "stated")
    assert found.about("16.3b")[0].disputes == ()


def test_a_breach_by_every_document_counts_and_closes_the_gate() -> None:
    found = checked(
        review(conclusion=says("not_passed", "not_passed"), date=says("2024-05-10", "2024-05-12")), SUBMISSION
    )

    assert on(found, "cn-713.25.2a") == ("violated", "contradicted")
    assert found.gate("submission").state == "closed"
    assert "cn-713.25.2a" in {verdict.duty for verdict in found.violations}


def test_a_breach_by_one_document_accuses_nobody_and_leaves_the_gate_unknown() -> None:
    found = checked(review(conclusion=says("passed", "not_passed")), SUBMISSION)

    assert "cn-713.25.2a" in found.gate("submission").unknown_because
    assert not [item for item in found.conclusions if item.kind in ("behind", "answerable")]
    assert "cn-713.25.2a" not in {verdict.duty for verdict in found.violations}


def test_on_an_act_that_one_document_denies_there_is_one_verdict_a_duty() -> None:
    found = checked(hearing(held=says(True, False), list_published="2024-05-10", public=True))

    for duty in ("16.3b", "17-public"):
        (verdict,) = found.about(f"cn-713.{duty}")
        assert (verdict.act, verdict.outcome) == ("h", "undetermined")


def test_eight_combinations_are_tried_and_more_are_not() -> None:
    dates = {
        "method_published": says("2024-05-01", "2024-05-02"),
        "selected": says("2024-05-08", "2024-05-09"),
    }
    given = {"participants_selected": True, "all_sides_represented": True}

    eight = checked(hearing(**given, **dates, openly_selected=says(True, True, True)))
    four = checked(hearing(**given, **dates, openly_selected=True))
    twelve = checked(
        hearing(
            **given,
            **dates | {"selected": says(*[f"2024-05-{day:02}" for day in range(5, 11)])},
            openly_selected=True,
        )
    )

    assert on(eight, "cn-713.16.3a") == on(four, "cn-713.16.3a") == ("satisfied", "contradicted")
    (verdict,) = twelve.about("16.3a")
    assert (verdict.outcome, verdict.reasons) == ("undetermined", ("sources_disagree", "too_many_sayings"))


@pytest.mark.parametrize(("number", "outcome"), [(2, "satisfied"), (8, "satisfied"), (9, "undetermined")])
def test_up_to_eight_different_sayings_of_one_field_are_tried(number: int, outcome: str) -> None:
    days = [f"2024-05-{day:02}" for day in range(1, number + 1)]

    assert on(checked(hearing(list_published=says(*days))), "cn-713.16.3b")[0] == outcome


def test_sayings_that_no_duty_reads_leave_every_verdict_as_it_is_whatever_their_number() -> None:
    days = [f"2024-05-{day:02}" for day in range(1, 16)]

    plain, disputed = checked(review()), checked(review(), documents=[
        *HEAD["documents"], {"id": "e", "kind": "other", "date": says(*days)},
    ])  # fmt: skip

    assert [(item.duty, item.act, item.outcome, item.proof) for item in plain.verdicts] == [
        (item.duty, item.act, item.outcome, item.proof) for item in disputed.verdicts
    ]


def test_the_order_of_sayings_changes_no_outcome() -> None:
    for acts, more, duty, _ in CASES.values():
        turned = json.loads(json.dumps([*acts, more]))
        for part in turned:
            turn(part)

        found = checked(*turned[:-1], **turned[-1])

        assert on(found, duty) == on(checked(*acts, **more), duty)


def turn(part: Any) -> None:
    for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        turn(value)
    if isinstance(part, dict) and "says" in part:
        part["says"].reverse()


# --- Reading ----------------------------------------------------------------------------------------------------

TOP = "schema: 1\ntitle: t\nbody: {name: 甲}\ndocuments: [{id: a, kind: minutes}, {id: b, kind: minutes}]\n"


def act_of(fields: str) -> str:
    return f"{TOP}acts:\n- {{kind: hearing, id: h, date: 2024-05-20, {fields}}}\n"


GOOD = "[{document: a, value: 2024-05-01}, {document: b, value: 2024-05-06}]"


def read(text: str) -> dp.Decision:
    return dp.parse_decision(text, json=False, name="f.yaml")


def faults_of(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(dp.UnusableInput) as error:
        read(text)
    return [(fault.line, fault.key, fault.en) for fault in error.value.faults]


def test_sayings_are_read_in_either_language_and_under_either_form() -> None:
    english = read(act_of(f"list_published: {{says: {GOOD}}}"))
    chinese = read(
        act_of("名单公布日期: {不同记载: [{依据文件: a, 值: 2024年5月1日}, {依据文件: b, 值: 2024-05-06}]}")
    )
    kept = read(act_of(f"says: {{list_published: {GOOD}}}"))

    (act,) = english.acts
    assert english == chinese == kept
    assert act.list_published is None
    assert [(item.field, [astuple(saying) for saying in item.sayings]) for item in act.says] == [
        ("list_published", [("a", dp_date("2024-05-01")), ("b", dp_date("2024-05-06"))])
    ]


def dp_date(text: str) -> Any:
    from decision_procedure.model.dates import parse_date

    return parse_date(text)


def test_chinese_words_are_read_inside_sayings() -> None:
    found = read(
        act_of("公开举行: {不同记载: [{依据文件: a, 值: 是}, {依据文件: b, 值: 否}]}, "
                   "听证程序: {不同记载: [{依据文件: a, 值: [介绍草案]}, {依据文件: b, 值: []}]}, "
                   "不公开举行理由: {不同记载: [{依据文件: a, 值: 国家秘密}, {依据文件: b, 值: 个人隐私}]}")
    )  # fmt: skip

    assert {item.field: item.values for item in found.acts[0].says} == {
        "public": (True, False), "parts_in_order": (("presentation",), ()), "closed_ground": ("state_secret", "privacy"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "professional: {says: [{document: a, value: true}, {document: b, value: false}]}",
        "professional: {value: {says: [{document: a, value: true}, {document: b, value: false}]}}",
        "专业性技术性较强: {不同记载: [{依据文件: a, 值: 是}, {依据文件: b, 值: 否}]}",
    ],
)
def test_a_trait_may_be_said_differently(written: str) -> None:
    trait = read(f"{TOP}traits: {{{written}}}\n").traits.professional

    assert trait is not None
    assert trait.value is None
    assert trait.sayings_of("value").sayings == (Saying("a", True), Saying("b", False))


@pytest.mark.parametrize(
    "text",
    [
        "matter_class: {says: [{document: a, value: construction}, {document: b, value: plan}]}",
        "stated_on: {says: [{document: a, value: 2024-05}, {document: b, value: 2024-06}]}",
        "tracks: {says: [{document: a, value: [land_expropriation]}, {document: b, value: []}]}",
        "catalogue: {year: {says: [{document: a, value: 2023}, {document: b, value: 2024}]}}",
        "drafts: [{id: v, date: {says: [{document: a, value: 2024}, {document: b, value: 2023}]}}]",
        "withholding: {ground: {says: [{document: a, value: privacy}, {document: b, value: other}]}}",
        ("people: [{id: p, posts: [{unit: u, since: {says: [{document: a, value: 2023}, {document: b, value: 2024}]}}]}]\n"
        "units: [{id: u, name: u}]"),
        ("acts: [{kind: expert_review, experts: [{name: x, signed_or_sealed: {says: [{document: a, value: true},"
        " {document: b, value: false}]}}]}]"),
        ("acts: [{kind: legality_review, returns: [{date: {says: [{document: a, value: 2024-05-01},"
        " {document: b, value: 2024-05-02}]}}]}]"),
        "acts: [{kind: public_comment, received: {says: [{document: a, value: 3}, {document: b, value: 5}]}}]",
    ],
)  # fmt: skip
def test_dates_numbers_flags_choices_and_lists_of_every_part_may_be_said_differently(text: str) -> None:
    found = read(f"{TOP}{text}\n")

    assert len(contested(found)) == 1
    assert dp.Decision.model_validate_json(found.model_dump_json(by_alias=True)) == found
    assert dp.parse_decision(found.model_dump_json(by_alias=True)) == found
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert hash(found) == hash(pickle.loads(pickle.dumps(found)))  # noqa: S301
    assert dp.check(found, as_of=DAY)


def test_of_body_level_too() -> None:
    found = read(
        TOP.replace(
            "{name: 甲}",
            "{name: 甲, level: {says: [{document: a, value: county}, {document: b, value: city}]}}",
        )
    )

    assert contested(found)[0].places == ("body.level",)
    assert dp.check(found, as_of=DAY)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("unit: {says: [{document: a, value: g}, {document: b, value: g}]}", "acts[0].unit"),
        ("round: {says: [{document: a, value: 1}, {document: b, value: 2}]}", "acts[0].round"),
        ("note: {says: [{document: a, value: x}, {document: b, value: y}]}", "acts[0].note"),
        ("draft: {says: [{document: a, value: x}, {document: b, value: y}]}", "acts[0].draft"),
        ("by: {says: [{document: a, value: [x]}, {document: b, value: [y]}]}", "acts[0].by"),
        ("documents: {says: [{document: a, value: [a]}, {document: b, value: [b]}]}", "acts[0].documents"),
        ("denied: {says: [{document: a, value: [public]}, {document: b, value: []}]}", "acts[0].denied"),
        ("says: {unit: [{document: a, value: g}, {document: b, value: g}]}", "acts[0].says.unit"),
        ("says: {foo: 3}", "acts[0].says.foo"),
        ("public: {says: [{document: a, value: true}, {document: b, value: {says: []}}]}", "acts[0].public.says[1].value"),
    ],
)  # fmt: skip
def test_what_documents_cannot_dispute_is_refused_at_its_key(text: str, key: str) -> None:
    ((line, found, words),) = faults_of(act_of(text))

    assert (line, found) == (6, key)
    assert "cannot be said to differ" in words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("public: {says: 3}", "acts[0].public.says"),
        ("public: {says: null}", "acts[0].public.says"),
        ("public: {says: true}", "acts[0].public.says"),
        ("public: {says: {document: a, value: true}}", "acts[0].public.says"),
        ("public: {says: []}", "acts[0].public.says"),
        ("public: {says: [{document: a, value: true}]}", "acts[0].public.says"),
        ("public: {says: [{document: a, value: true}, 3]}", "acts[0].public.says[1]"),
        ("public: {says: [{document: a, value: true}, {document: b}]}", "acts[0].public.says[1].value"),
        ("public: {says: [{document: a, value: true}, {value: false}]}", "acts[0].public.says[1].document"),
        ("public: {says: [{document: a, value: true}, {document: b, value: null}]}", "acts[0].public.says[1].value"),
        ("public: {says: [{document: a, value: true}, {document: b, value: maybe}]}", "acts[0].public.says[1].value"),
        ("public: {says: [{document: a, value: true}, {document: 'b c', value: false}]}", "acts[0].public.says[1].document"),
        ("public: {says: [{document: a, value: true}, {document: b, value: false, by: c}]}", "acts[0].public.says[1].by"),
        ("public: {says: [{document: a, value: true}, {document: z, value: false}]}", "acts[0].public.says[1].document"),
        ("attended: {says: [{document: a, value: 3}, {document: b, value: -1}]}", "acts[0].attended.says[1].value"),
        ("attended: {says: [{document: a, value: 3}, {document: b, value: 3.5}]}", "acts[0].attended.says[1].value"),
        ("selected: {says: [{document: a, value: 2024}, {document: b, value: soon}]}", "acts[0].selected.says[1].value"),
        ("closed_ground: {says: [{document: a, value: privacy}, {document: b, value: x}]}", "acts[0].closed_ground.says[1].value"),
        ("parts_in_order: {says: [{document: a, value: [x]}, {document: b, value: []}]}", "acts[0].parts_in_order.says[0].value[0]"),
        ("parts_in_order: {says: [{document: a, value: confirmation}, {document: b, value: []}]}",
         "acts[0].parts_in_order.says[0].value"),
        ("public: {says: [{document: a, value: true}, {document: b, value: false}], x: 1}", "acts[0].public"),
        ("says: 3", "acts[0].says"),
        ("says: [{document: a, value: true}]", "acts[0].says"),
        ("public: true, says: {public: [{document: a, value: true}, {document: b, value: false}]}", "acts[0].says.public"),
        ("denied: [public], public: {says: [{document: a, value: true}, {document: b, value: false}]}", "acts[0].denied[0]"),
    ],
)  # fmt: skip
def test_sayings_of_the_wrong_form_are_one_clear_fault_each(text: str, key: str) -> None:
    found = faults_of(act_of(text))

    assert [(line, at) for line, at, _ in found] == [(6, key)]


def test_sayings_inside_sayings_are_refused() -> None:
    inner = "{says: [{document: a, value: member}, {document: b, value: attending}]}"
    text = f"acts: [{{kind: deliberation, attendees: {{says: [{{document: a, value: [{{role: {inner}}}]}}, {{document: b, value: []}}]}}}}]"

    (fault,) = faults_of(TOP + text + "\n")

    assert "inside sayings" in fault[2]


def test_references_inside_sayings_must_exist() -> None:
    order = "acts: [{kind: deliberation, speaking_order: {says: [{document: a, value: [p]}, {document: b, value: [q]}]}}]"
    seats = "acts: [{kind: deliberation, attendees: {says: [{document: a, value: [{person: q}]}, {document: b, value: []}]}}]"

    assert [key for _, key, _ in faults_of(f"{TOP}people: [{{id: p}}]\n{order}\n")] == [
        "acts[0].speaking_order.says[1].value[0]"
    ]
    assert [key for _, key, _ in faults_of(f"{TOP}people: [{{id: p}}]\n{seats}\n")] == [
        "acts[0].attendees.says[0].value[0].person"
    ]


@pytest.mark.parametrize("number", [MOST_SAYINGS + 1, 5_000])
def test_a_huge_list_of_sayings_is_one_fault(number: int) -> None:
    sayings = ", ".join("{document: a, value: true}" for _ in range(number))

    ((_, key, words),) = faults_of(act_of(f"public: {{says: [{sayings}]}}"))

    assert key == "acts[0].public.says"
    assert str(number) in words


def test_very_many_disputed_fields_are_one_fault() -> None:
    flag = "{says: [{document: a, value: true}, {document: b, value: false}]}"
    acts = "".join(f"- {{kind: hearing, id: h{number}, public: {flag}}}\n" for number in range(60))

    ((_, _, words),) = faults_of(f"{TOP}acts:\n{acts}")

    assert "60" in words


def test_fifty_disputed_fields_are_checked_in_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    flag = "{says: [{document: a, value: true}, {document: b, value: false}]}"
    acts = "".join(f"- {{kind: hearing, id: h{number}, public: {flag}}}\n" for number in range(50))
    calls = counted(monkeypatch)

    found = dp.check(read(f"{TOP}acts:\n{acts}"), as_of=DAY)

    assert {verdict.outcome for verdict in found.about("cn-713.17-public")} == {"undetermined"}
    assert len(calls) <= 321


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the checks of whole records from now on."""
    from decision_procedure.checking import verdicts as checking

    calls: list[int] = []
    once = checking._checked

    def counting(*arguments: Any, **more: Any) -> Any:
        calls.append(1)
        return once(*arguments, **more)

    monkeypatch.setattr(checking, "_checked", counting)
    return calls


def test_a_record_without_disputes_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch)

    checked(hearing(list_published="2024-05-10"))

    assert len(calls) == 1


def test_nothing_of_sayings_stands_in_records_and_reports_that_have_none() -> None:
    found = checked(hearing())

    assert '"says"' not in found.to_json()
    assert '"disputes"' not in found.to_json()


def test_an_act_without_id_gets_another_where_documents_say_something_else() -> None:
    def name(*values: str) -> str | None:
        act = {key: value for key, value in hearing(selected=says(*values)).items() if key != "id"}
        return dp.parse_decision(json.dumps(record(act))).acts[0].id

    assert name("2024-05-01", "2024-05-02") == name("2024-05-01", "2024-05-02")
    assert name("2024-05-01", "2024-05-02") != name("2024-05-01", "2024-05-03")


def test_fingerprints_live_as_long_as_what_the_documents_say() -> None:
    def mark(*values: str) -> str:
        return fingerprints(checked(hearing(list_published=says(*values))))["cn-713.16.3b", "h"]

    assert mark("2024-05-10", "2024-05-22") == mark("2024-05-10", "2024-05-22")
    assert mark("2024-05-10", "2024-05-22") != mark("2024-05-10", "2024-05-23")


def test_names_that_only_one_document_gives_are_masked() -> None:
    experts = says([{"name": "欧阳某某", "direct_interest": False}], [{"name": "上官某某"}])
    found = checked({"kind": "expert_review", "id": "e", "date": "2024-03-01", "experts": experts})

    masked = dp.mask(found).report.to_json()

    assert "欧阳某某" not in masked
    assert "上官某某" not in masked
    assert "王某某" not in dp.mask(checked(MEETING | {"speaking_order": says(["a"], ["b"])})).report.to_json()


def test_the_schema_of_a_record_allows_sayings_where_the_reader_does() -> None:
    schema = dp.record_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    for acts, more, _, _ in CASES.values():
        validator.validate(record(*acts, **more))
    for wrong in (hearing(unit=says("u", "x")), hearing(round=says(1, 2)), hearing(public={"says": [1]})):
        assert list(validator.iter_errors(record(wrong)))


def test_the_lines_of_disputed_fields_are_found(tmp_path: Any) -> None:
    from decision_procedure.model.places import Places

    text = act_of(f"\n  list_published: {{says: {GOOD}}}")
    quote = Places("f.yaml", text, read(text)).place("acts[h].list_published")

    assert quote is not None
    assert quote.line == 7


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.rglob("*.yaml")))
def test_worked_records_hold_no_disputes(name: str) -> None:
    decision = parsed(RECORDS[name])

    assert decision is not None
    assert contested(decision) == ()


# --- What a merged verdict promises -----------------------------------------------------------------------------

LAW = standard_law()


def places_of(data: dict[str, Any]) -> list[tuple[Any, str, list[Any]]]:
    """Return fields of the acts of a record that may be disputed, with their holder and a few values."""
    found = []
    for act in data.get("acts", ()):
        for name in ACT_CLASSES[act["kind"]].disputable():
            value = act.get(name)
            if isinstance(value, bool) and name != "held":
                found.append((act, name, [True, False]))
            elif isinstance(value, str) and value[:4].isdigit() and len(value) >= 10:
                found.append((act, name, [value, "2024-03-03", "2024-06-20", "2023-01-05"]))
    return found


@given(
    st.sampled_from(sorted(RECORDS)), st.randoms(use_true_random=False), st.integers(0, 4), st.integers(1, 3)
)
@settings(max_examples=40, deadline=None)
def test_a_verdict_that_is_not_open_is_that_of_every_record_that_the_documents_allow(
    name: str, source: random.Random, changes: int, number: int
) -> None:
    data, _ = mutated(RECORDS[name], source, changes)
    data = json.loads(json.dumps(data))
    data.setdefault("documents", []).extend({"id": f"z{at}", "kind": "other"} for at in (1, 2))
    chosen = places_of(data)
    chosen = source.sample(chosen, min(number, len(chosen)))
    values = [source.sample(options, 2) for _, _, options in chosen]
    for (act, field, _), (one, other) in zip(chosen, values, strict=True):
        act[field] = {"says": [{"document": "z1", "value": one}, {"document": "z2", "value": other}]}
    decision = parsed(data)
    if decision is None:
        return

    as_of = date(2026, 6, 30)
    merged = outcomes_of(check_decision(decision, LAW, as_of))
    for choice in product(*values):
        for (act, field, _), value in zip(chosen, choice, strict=True):
            act[field] = value
        allowed = parsed(data)
        if allowed is None:  # dates the wrong way round
            continue
        single = outcomes_of(check_decision(allowed, LAW, as_of))
        for place, outcome in merged.items():
            if outcome in ("violated", "needs_judgement") and place in single:
                assert single[place] == outcome, (place, choice)


def outcomes_of(found: dp.Report) -> Mapping[tuple[str, str | None], str]:
    return {(verdict.duty, verdict.act): verdict.outcome for verdict in found.verdicts}


def test_the_limits_of_work_are_those_of_the_page() -> None:
    assert contradictions.MOST_COMBINATIONS == 8


def test_documents_of_one_kind_without_titles_are_told_apart_by_their_identifiers() -> None:
    papers = [{"id": name, "kind": "minutes"} for name in ("d1", "d2")]

    found = checked(hearing(list_published=says("2024-05-10", "2024-05-22")), documents=papers)

    assert "[d1] 2024-05-10" in dp.as_text(found)
    assert "[d2] 2024-05-22" in dp.as_text(found, lang="en")
