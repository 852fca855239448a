"""What conditions name in a record, and the golden fingerprints that no later change may move."""

from __future__ import annotations

import ast
import copy
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from conftest import DAY, EXAMPLES

import decision_procedure as dp
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.evidence import Node, Tree
from decision_procedure.law.loading import load_together
from decision_procedure.law.naming import names_in, real_fields
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.traits import Traits
from decision_procedure.results.fingerprints import fingerprints, version_of
from decision_procedure.results.first_fingerprints import first_fingerprints
from decision_procedure.results.report import Report, Verdict

GOLDEN = Path(__file__).parent / "golden" / "fingerprints-2.json"

# Each condition, the kinds of act tested, and what it names.
NAMED = [
    ("act.end", ["public_comment"], ["act.end"]),
    ("act.anchor", ["public_comment"], ["act.notice_date", "act.start"]),
    ("act.begun", ["legality_review"], ["act.sent", "act.date"]),
    ("act.done", ["hearing", "public_comment"], ["act.date", "act.end"]),
    ("act.complete_material_sent", ["legality_review"], ["act.sent", "act.returns.resubmitted"]),
    ("traits.professional and not traits.wide_reach", [], ["traits.professional", "traits.wide_reach"]),
    ('decision.body.level == "county"', [], ["decision.body.level"]),
    (
        "days(act.start, act.end) >= params.days",
        ["public_comment"],
        [
            "act.start", "act.end", "act.notice_date", "act.round", "acts.decision.held", "acts.decision.date",
            "acts.decision.outcome", "acts.decision.round",
        ],
    ),
    ('held("hearing")', [], ["acts.hearing.held"]),
    ('any_of(acts("hearing"), it.public)', [], ["acts.hearing.held", "acts.hearing.public"]),
    (
        'any_of(acts("decision"), before(it.begun, act.date))',
        ["issue"],
        ["acts.decision.held", "acts.decision.date", "act.date"],
    ),
    (
        'all_of(acts("hearing", "public_comment"), known(it.done))',
        [],
        ["acts.hearing.held", "acts.public_comment.held", "acts.hearing.date", "acts.public_comment.end"],
    ),
    (
        'any_of(act.attendees, it.view == "against" and it.role == "member")',
        ["deliberation"],
        ["act.attendees", "act.attendees.view", "act.attendees.role"],
    ),
    ("count(act.experts) >= params.n", ["expert_review"], ["act.experts"]),
    ('any_of(act.channels, it in ["website"])', ["publication"], ["act.channels"]),
    (
        'any_of(acts("expert_review"), any_of(it.experts, it.direct_interest))',
        [],
        ["acts.expert_review.held", "acts.expert_review.experts", "acts.expert_review.experts.direct_interest"],
    ),
    (
        'any_of(acts("legality_review"), same_draft() and same_round())',
        ["submission"],
        [
            "acts.legality_review.held", "acts.legality_review.draft", "acts.legality_review.round", "act.draft",
            "act.round", "decision.drafts.id", "decision.drafts.materially_changed", "decision.drafts.changes_confirmed",
        ],
    ),
    (
        'in_order("sent", "deliberation", "deliberation")',
        ["legality_review"],
        [
            "act.sent", "act.round", "acts.deliberation.held", "acts.deliberation.date", "acts.deliberation.round",
            "acts.deliberation.meeting_type",
        ],
    ),
    (
        'another_in_order("", "decision", "decision")',
        ["public_comment"],
        [
            "act.end", "act.round", "acts.decision.held", "acts.decision.date", "acts.decision.round",
            "acts.decision.outcome", "acts.public_comment.held", "acts.public_comment.end", "acts.public_comment.round",
        ],
    ),
    ('last_outcome() == "defer"', [], ["acts.decision.held", "acts.decision.date", "acts.decision.outcome", "acts.decision.round"]),
    ("last_speaker(act.speaking_order, act.chief)", ["deliberation"], ["act.speaking_order", "act.chief", "act.attendees.person", "act.attendees.role"]),
    ('document("minutes")', ["deliberation"], ["act.documents.kind"]),
    ('before(first_date("hearing"), act.date)', ["decision"], ["acts.hearing.held", "acts.hearing.date", "act.date"]),
    (
        "in_whole_text(act.draft_published, act.notice_text_complete)",
        ["public_comment"],
        ["act.draft_published", "act.notice_text_complete"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "per", "names"), NAMED)
def test_a_condition_names_the_fields_it_speaks_of_with_real_fields_for_derived_dates(
    text: str, per: list[str], names: list[str]
) -> None:
    assert names_in(ast.parse(text, mode="eval").body, tuple(per)) == frozenset(names)


def test_a_condition_on_the_opinion_that_governs_speaks_of_reviews_as_it() -> None:
    text = 'of_last_opinion("legality_review", it.form == "review_opinion", it.legal_risk_stated)'

    names = names_in(ast.parse(text, mode="eval").body, ("submission",))

    reviews = {name.removeprefix("acts.legality_review.") for name in names if "legality_review" in name}
    assert {"form", "legal_risk_stated", "conclusion", "held", "date", "draft", "changes_made"} <= reviews
    assert not reviews & {"end_set", "market_department_reviewed"}
    assert {"act.draft", "act.date", "decision.drafts.materially_changed"} <= names


def test_a_duty_names_the_dates_that_say_by_when_it_must_be_met() -> None:
    duties = dp.check(dp.load_decision(EXAMPLES / "invented/示例县-全部合规.yaml"), as_of=DAY).duties

    assert {"acts.decision.date", "acts.public_comment.end"} <= set(duties["cn-713.14.1"].names)
    assert "acts.decision.date" in duties["cn-713.32a"].names


def test_everything_that_the_shipped_law_names_stands_in_the_model() -> None:
    for pack in standard_law().packs:
        for rule in pack.rules:
            conditions = (rule.when, rule.require, rule.judge, rule.when_adapted, rule.require_adapted)
            for name in {name for part in conditions if part is not None for name in part.names}:
                assert exists(name, rule.per), (rule.id, name)


def exists(name: str, per: tuple[str, ...]) -> bool:
    root, first, *rest = name.split(".")
    if root == "traits":
        return first in Traits.model_fields
    if root == "decision":
        return first in Decision.model_fields
    kinds, field = (per, first) if root == "act" else ((first,), rest[0])
    return any(field in ACT_CLASSES[kind].model_fields for kind in kinds)


def test_a_date_derived_from_others_is_never_named_itself() -> None:
    for kind, model in ACT_CLASSES.items():
        for key in ("anchor", "begun", "done"):
            assert set(real_fields(kind, key, SHIPPED)) <= model.model_fields.keys()


# A record and duties of its own: what the law and the check come to must not move these fingerprints.
RECORD: dict[str, Any] = {
    "schema": 1, "title": "示例", "body": {"name": "示例县人民政府", "level": "county", "kind": "government"},
    "matter_class": "plan", "traits": {"professional": {"value": True, "basis": "涉及工程"}},
    "people": [{"id": "p1"}, {"id": "p2"}], "units": [{"id": "u1", "name": "甲局"}],
    "documents": [
        {"id": "d1", "kind": "minutes", "sha256": "1" * 64}, {"id": "d2", "kind": "comment_notice"},
    ],
    "drafts": [{"id": "v1"}, {"id": "v2", "materially_changed": False}],
    "acts": [
        {"id": "c1", "kind": "public_comment", "start": "2024-03-01", "end": "2024-03-20", "documents": ["d2"],
         "channels": ["website", "newspaper"], "received": 3},
        {"kind": "hearing", "notice_date": "2024-02-01", "date": "2024-02-10", "public": True, "note": "甲"},
        {"id": "r1", "kind": "legality_review", "sent": "2024-03-21", "date": "2024-03-25", "draft": "v1",
         "conclusion": "passed"},
        {"id": "r2", "kind": "legality_review", "held": False},
        {"id": "m1", "kind": "deliberation", "date": "2024-04-01", "draft": "v2", "chief": "p1",
         "speaking_order": ["p2", "p1"], "documents": ["d1"],
         "attendees": [{"person": "p1", "role": "chief", "view": "for"}, {"person": "p2", "role": "member"}]},
    ],
}  # fmt: skip
DUTIES: dict[str, list[str]] = {
    "x.comment": ["act.end", "act.start", "traits.professional"],
    "x.channels": ["act.channels"],
    "x.hearing": ["act.public"],
    "x.whole": ["acts.hearing.held", "acts.legality_review.conclusion", "acts.legality_review.held", "decision.matter_class"],
    "x.order": ["act.chief", "act.speaking_order"],
    "x.members": ["act.attendees", "act.attendees.role"],
    "x.number": ["act.attendees"],
    "x.papers": ["act.documents.kind"],
    "x.draft": ["act.draft", "acts.legality_review.draft", "decision.drafts.id", "decision.drafts.materially_changed"],
    "x.scope": ["decision.body.kind", "decision.body.level"],
}  # fmt: skip
OUTCOMES = [
    ("x.comment", "c1", "violated"), ("x.comment", "c1", "needs_judgement"), ("x.channels", "c1", "violated"),
    ("x.hearing", "", "violated"), ("x.whole", None, "undetermined"), ("x.order", "m1", "violated"),
    ("x.members", "m1", "needs_judgement"), ("x.number", "m1", "violated"), ("x.papers", "m1", "undetermined"),
    ("x.draft", "m1", "violated"), ("x.scope", None, "pending"),
]  # fmt: skip


def synthetic(data: dict[str, Any]) -> list[tuple[str, Report]]:
    """Return a report for each of `OUTCOMES`, each with one verdict on the record."""
    decision = dp.parse_decision(json.dumps(data))
    nameless = next(act.id for act in decision.acts if act.kind == "hearing")
    found = []
    for duty, act, outcome in OUTCOMES:
        target = nameless if act == "" else act
        verdict = Verdict(duty, target, outcome, "direct", "2024-04-01", {})
        duties = {name: SimpleNamespace(names=tuple(names)) for name, names in DUTIES.items()}
        report = Report(decision, "2024-06-01", False, {}, (verdict,), duties, {}, False)
        found.append((f"{duty} {act if act != '' else 'hearing'} {outcome}", report))
    return found


def prints(data: dict[str, Any]) -> dict[str, str]:
    return {name: next(iter(fingerprints(report).values())) for name, report in synthetic(data)}


def test_fingerprints_are_what_they_have_been_since_version_2_began() -> None:
    assert prints(RECORD) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_what_documents_say_differently_keeps_the_fingerprint_it_has_in_waivers() -> None:
    data = copy.deepcopy(RECORD)
    data["acts"][0]["end"] = {
        "says": [{"document": "d1", "value": "2024-03-20"}, {"document": "d2", "value": "2024-03-22"}]
    }

    assert prints(data)["x.comment c1 violated"] == "d8cbbb53ea4cde68b2c1fe5342877eb1"


def moved(change: str) -> set[str]:
    """Return the duties whose fingerprints move when the record is changed by a statement on `r`."""
    data = copy.deepcopy(RECORD)
    exec(change, {"r": data, "acts": {item.get("id", item["kind"]): item for item in data["acts"]}})  # noqa: S102
    before, after = prints(RECORD), prints(data)
    return {name.split()[0] for name, value in before.items() if after[name] != value}


EVERY = {duty for duty, _, _ in OUTCOMES}


@pytest.mark.parametrize(
    ("change", "duties"),
    [
        ("acts['c1']['end'] = '2024-03-21'", {"x.comment"}),
        ("acts['c1']['channels'] = ['website']", {"x.channels"}),
        ("r['traits']['professional'] = False", {"x.comment"}),
        ("r['matter_class'] = 'other_major'", {"x.whole"}),
        ("r['body']['level'] = 'city'", {"x.scope"}),
        ("acts['hearing']['public'] = False", {"x.hearing"}),
        ("acts['hearing']['date'] = '2024-02-11'", {"x.hearing"}),
        ("acts['r1']['conclusion'] = 'not_passed'", {"x.whole"}),
        ("acts['r2']['held'] = None", {"x.whole"}),
        ("r['acts'].append({'id': 'r3', 'kind': 'legality_review'})", {"x.whole", "x.draft"}),
        ("acts['m1']['speaking_order'] = ['p1', 'p2']", {"x.order"}),
        ("acts['m1']['attendees'][1]['role'] = 'attending'", {"x.members"}),
        ("acts['m1']['attendees'].append({'person': 'p1', 'role': 'member'})", {"x.members", "x.number"}),
        ("r['documents'][0]['sha256'] = '2' * 64", {"x.order", "x.members", "x.number", "x.papers", "x.draft"}),
        ("r['documents'][0]['kind'] = 'other'", {"x.papers"}),
        ("r['drafts'][1]['materially_changed'] = True", {"x.draft"}),
        ("r['drafts'].reverse()", {"x.draft"}),
        ("acts['m1']['draft'] = 'v1'", {"x.draft"}),
        ("r['title'] = '另一事项'", EVERY),
    ],
)  # fmt: skip
def test_a_changed_value_moves_the_fingerprints_of_the_duties_that_name_it_and_no_others(
    change: str, duties: set[str]
) -> None:
    assert moved(change) == duties


@pytest.mark.parametrize(
    "change",
    [
        "acts['hearing']['note'] = '乙'",
        "acts['c1']['note'] = '补记'",
        "acts['c1']['received'] = 99",
        "acts['c1']['channels'].reverse()",
        "acts['m1']['attendees'].reverse()",
        "acts['m1']['attendees'][0]['view'] = 'against'",
        "r['traits']['professional']['basis'] = '另一理由'",
        "r['traits']['wide_reach'] = True",
        "r['acts'].reverse()",
        "r['documents'].append({'id': 'd9', 'kind': 'other', 'sha256': '9' * 64})",
        "r['units'][0]['name'] = '乙局'",
        "r['complete'] = {'up_to': '2024-06-01'}",
    ],
)
def test_what_no_duty_names_and_the_order_of_lists_move_no_fingerprint(change: str) -> None:
    assert moved(change) == set()


def test_a_document_of_the_act_without_a_hash_adds_nothing_and_one_with_a_hash_does() -> None:
    assert "x.comment" not in moved("r['documents'][1]['title'] = '公告'")
    assert "x.comment" in moved("r['documents'][1]['sha256'] = '3' * 64")


def restated(condition: str) -> str:
    """Return a condition said in another way: the same truth, the same fields, another tree."""
    return f"not (not ({condition})) and (True or {condition})"


def test_conditions_said_in_another_way_leave_every_fingerprint_as_it_was() -> None:
    files = []
    for pack in standard_law().packs:
        assert pack.source is not None
        data = yaml.safe_load(json.dumps(pack.source.data, default=str))
        for duty in data.get("duties", ()):
            for key in ("when", "require", "judge"):
                if key in duty and len(duty[key]) < 900:
                    duty[key] = restated(duty[key])
        files.append((f"{pack.head.id}.yaml", json.dumps(data, ensure_ascii=False)))
    packs, faults = load_together(files)
    assert not faults
    law = Law(tuple(packs), standard_law().register)
    changed = 0

    for _, decision in dp.load_decisions([EXAMPLES / "invented"]):
        assert isinstance(decision, dp.Decision)
        before, after = (dp.check(decision, as_of=DAY, law=used) for used in (None, law))

        assert fingerprints(after) == fingerprints(before)
        changed += first_fingerprints(after) != first_fingerprints(before)

    assert changed  # version 1 did not stand this


def test_the_last_four_digits_tell_version_2_from_version_1() -> None:
    found = prints(RECORD)

    assert {version_of(name) for name in found.values()} == {2}
    name = found["x.comment c1 violated"]
    for place in range(32):
        mistyped = f"{name[:place]}{(int(name[place], 16) + 1) % 16:x}{name[place + 1 :]}"
        assert version_of(mistyped) == 1


def test_version_1_is_still_made_as_it_was_for_what_waivers_of_before_name() -> None:
    decision = dp.parse_decision(json.dumps(RECORD))
    end = Tree(Node("field", "act.end", "截止日期", "end"), decision.acts[0].done, None, ("c1", "end"), ())
    late = Tree(Node("not", "not act.end", "", ""), False, False, None, (end,))
    verdict = Verdict("x.comment", "c1", "violated", "direct", "2024-04-01", {"require": late})
    report = Report(
        decision, "2024-06-01", False, {}, (verdict,), {"x.comment": SimpleNamespace(names=())}, {}, False
    )

    assert first_fingerprints(report) == {("x.comment", "c1"): "bfecf4829e6b8a7a5b9c22f440eef1f9"}
