"""Liability and to be examined: who answers, for what, and what never names anybody (semantics.md section 6)."""

from __future__ import annotations

from typing import Any

import pytest
from at_hand import DEPARTMENT, GUANGNING, act, decision, drafts, meeting, review, submission, traits
from heads import checked, headed, on

from decision_procedure.model.dates import parse_date
from decision_procedure.results.bearers import bears, engaged

Record = dict[str, Any]
Provisions = set[tuple[str, str]]


def person(name: str, unit: str, capacity: str, since: str = "2020-01-01") -> Record:
    return {"id": name, "posts": [{"unit": unit, "capacity": capacity, "since": since}]}


BODY = {"name": "示例县人民政府", "kind": "government", "level": "county", "code": "420222", "unit": "gov"}
HEAD: Record = {
    "body": BODY, "lead_unit": "fg",
    "units": [{"id": "gov", "name": "示例县人民政府"}, {"id": "fg", "name": "示例县发展和改革局"}],
    "people": [person("chief", "gov", "chief"), person("deputy", "gov", "leader"), person("head", "fg", "leader"),
               person("clerk", "fg", "staff", "2024-05")],
}  # fmt: skip
SENT = submission(id="s")
BAD = {"risk_finding": "not_controllable", "risk_adjusted_until_controllable": False}
ORDER = {
    "chief": "chief",
    "speaking_order": ["chief", "deputy"],
    "attendees": [{"person": "deputy", "role": "member"}],
}
REASONS = {"chief_intends": "adopt", "majority_view": "defer", "chief_reasons_stated": False}
PUT_OFF = act("problem_report", "2024-07-17", found="2024-06-01")
ANSWERABLE: dict[str, tuple[str, list[Record], Record, Provisions]] = {
    "the undertaking unit, for hearing nobody": (
        "cn-713.14.1", [meeting("2024-05-20"), decision("2024-05-20")], {}, {("head", "cn-713.39")},
    ),
    "who held the post on the day, where it is known to the month": (
        "cn-713.14.1", [meeting("2024-06-20"), decision("2024-06-20")], {},
        {("head", "cn-713.39"), ("clerk", "cn-713.39")},
    ),
    "only the chief, for deciding without a meeting": ("cn-713.30.1b", [decision()], {}, {("chief", "cn-713.38.1")}),
    "only the chief, for not speaking last": (
        "cn-713.30.2a", [meeting(**ORDER), decision()], {}, {("chief", "cn-713.38.1")},
    ),
    "only the chief, for giving no reasons": (
        "cn-713.30.2b", [meeting(**REASONS), decision()], {}, {("chief", "cn-713.38.1")},
    ),
    "only the chief, though the body breached a duty of its own at that meeting": (
        "cn-713.30.2a", [meeting(**ORDER, recorded=False), decision()], {}, {("chief", "cn-713.38.1")},
    ),
    "all of the body, for its own duty there": (
        "cn-713.30.3-record", [meeting(**ORDER, recorded=False), decision()], {},
        {("chief", "cn-713.38.1"), ("deputy", "cn-713.38.1")},
    ),
    "nobody by reference": ("cn-713.14.1", [meeting(), decision()], {"body": {**DEPARTMENT, "unit": "gov"}}, set()),
    "nobody for what is for a person": ("cn-713.35.1", [meeting(), decision(), PUT_OFF], {}, set()),
    "nobody over an open file": ("cn-713.14.1", [meeting(), decision()], {"complete": None}, set()),
    "nobody for what was made good": (
        "cn-713.25.2a", [submission("2024-03-01", id="s0"), review(), SENT, meeting(), decision()], {}, set(),
    ),
    "nobody under the Regulation, for a breach of a rule of Guangdong": (
        "gd-183.gate1", [meeting("2022-05-25"), decision("2022-05-25")],
        {"body": {**GUANGNING, "unit": "gov"}, **traits(hearing_required=True)}, set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ANSWERABLE, ids=str)
def test_who_answers(case: str) -> None:
    duty, acts, others, wanted = ANSWERABLE[case]
    found = checked(headed(*acts, **{**HEAD, **others}))
    answering = [item for item in found.concluded("answerable") if item.get("duty") == duty]

    assert {(item.get("person"), item.get("provision")) for item in answering} == wanted


INSTITUTE = {
    **HEAD,
    "units": [*HEAD["units"], {"id": "inst", "name": "某研究院"}],
    "people": [*HEAD["people"], {"id": "prof"}],
}
SIGNED = {"gave_written_opinion": True, "signed_or_sealed": True}
UNSIGNED = {"gave_written_opinion": True, "signed_or_sealed": False}
UNHEARD = {"id": "risk", "departments_heard": False}


def opinions(*experts: Record) -> Record:
    return act("expert_review", "2024-04-01", id="experts", experts=list(experts), experts_complete=True)


def assessed(**more: Any) -> Record:
    return act("risk_assessment", "2024-04-01", **UNHEARD, **more)


ENGAGED: dict[str, tuple[str, Record, set[str]]] = {
    "a person": ("cn-713.19.2b", opinions({"person": "prof", **UNSIGNED}), {"person:prof"}),
    "the one that did not seal, not the one that signed": (
        "cn-713.19.2b", opinions({"person": "prof", **SIGNED}, {"body": "inst", **UNSIGNED}), {"unit:inst"},
    ),
    "one known by name alone": ("cn-713.19.2b", opinions({"name": "某教授", **UNSIGNED}), {"name:某教授"}),
    "one that the record does not name": ("cn-713.19.2b", opinions(UNSIGNED), {""}),
    "each that did not sign, named or not": (
        "cn-713.19.2b", opinions(UNSIGNED, {"person": "prof", **UNSIGNED}), {"", "person:prof"},
    ),
    "the agency that assessed the risk": (
        "cn-713.23.2-departments", assessed(third_party="inst", third_party_commissioned=True), {"unit:inst"},
    ),
    "an agency that the record does not name": (
        "cn-713.23.2-departments", assessed(third_party_commissioned=True), {""},
    ),
    "no agency, where none was commissioned": (
        "cn-713.23.2-departments", assessed(third_party="inst", third_party_commissioned=False), set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ENGAGED, ids=str)
def test_for_work_that_was_commissioned_answers_whose_own_work_fell_short(case: str) -> None:
    duty, work, wanted = ENGAGED[case]
    found = checked(headed(work, SENT, meeting(), decision(), **INSTITUTE))

    assert {
        item.get("party") for item in found.concluded("commissioned") if item.get("duty") == duty
    } == wanted


EXPERTS = opinions({"person": "prof"}, {"body": "inst"}, {"name": "某教授"})
RISK = assessed(unit="fg", third_party="inst")


def evaluated(*, commissioned: bool) -> Record:
    return act("evaluation", "2024-11-01", evaluator="inst", unit="fg", commissioned=commissioned)


BEARING: dict[str, tuple[str, Record, set[str]]] = {
    "the body": ("cn-713.31", EXPERTS, {"gov", "示例县人民政府", "chief", "deputy"}),
    "the chief": ("cn-713.30.2a", EXPERTS, {"gov", "示例县人民政府", "chief"}),
    "the undertaking unit": ("cn-713.14.1", EXPERTS, {"fg", "示例县发展和改革局", "head"}),
    "experts": ("cn-713.19.2b", EXPERTS, {"prof", "inst", "某研究院", "某教授"}),
    "who assessed the risk, and the agency": (
        "cn-713.23.2-departments", RISK, {"fg", "示例县发展和改革局", "head", "inst", "某研究院"},
    ),
    "the body, not who evaluated, for choosing it": (
        "cn-713.36.2", evaluated(commissioned=True), {"gov", "示例县人民政府", "chief", "deputy"},
    ),
    "who evaluated": ("cn-713.36.3", evaluated(commissioned=False), {"inst", "某研究院"}),
    "who had it evaluated, and who did it": (
        "cn-713.36.3", evaluated(commissioned=True), {"fg", "示例县发展和改革局", "head", "inst", "某研究院"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BEARING, ids=str)
def test_who_bears_a_duty_itself_by_identifier_or_name(case: str) -> None:
    duty, work, wanted = BEARING[case]
    found = checked(headed(work, SENT, meeting(**ORDER), decision(), **INSTITUTE))
    verdict = on(found, duty)[0]
    named = {"gov", "示例县人民政府", "fg", "示例县发展和改革局", "inst", "某研究院", "某教授"}

    bearing = {
        name
        for name in named | {"chief", "deputy", "head", "prof"}
        if bears(found, verdict, name, parse_date("2024-12-01"))
    }

    assert bearing == wanted


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ({"commissioned": True, "evaluator": "inst"}, ["unit:inst"]),
        ({"commissioned": True}, [None]),
        ({"commissioned": False, "evaluator": "inst"}, []),
    ],
)
def test_an_agency_is_engaged_in_an_evaluation_that_it_was_commissioned_with(
    who: Record, wanted: list[str | None]
) -> None:
    found = checked(headed(act("evaluation", "2024-11-01", id="e", **who), **INSTITUTE))
    (verdict,) = on(found, "cn-713.36.3")

    assert [*engaged("EV", found.decision.acts[0], verdict)] == wanted


def test_where_the_record_does_not_name_the_unit_that_bears_a_breach_its_posts_stay_unidentified() -> None:
    found = checked(headed(meeting("2024-05-20"), decision("2024-05-20")))
    borne = {
        (item.get("unit"), item.get("capacity"))
        for item in found.concluded("unidentified")
        if item.get("duty") == "cn-713.14.1"
    }

    assert borne == {("", "leader"), ("", "staff")}


def finding(kind: str = "serious_error", day: str = "2024-12-01", *, loss: bool | None = True) -> Record:
    told = {"authority": "示例市人民政府", "date": day, "kind": kind, "major_loss_or_effect": loss}
    return {"outcome_finding": told}


AGAINST = meeting(
    attendees=[{"person": "deputy", "role": "member", "view": "against", "dissent_recorded": True}]
)
OUTCOMES: dict[str, tuple[list[Record], Record, bool, bool]] = {
    "a serious error with loss": ([SENT, AGAINST, decision()], finding(), True, True),
    "undue delay with loss: dissent lessens nothing": (
        [SENT, AGAINST, decision()],
        finding("undue_delay"),
        True,
        False,
    ),
    "without loss": ([SENT, AGAINST, decision()], finding(loss=False), False, False),
    "whether with loss is unknown": ([SENT, AGAINST, decision()], finding(loss=None), False, False),
    "found only after the day of the check": (
        [SENT, AGAINST, decision()],
        finding(day="2025-03-01"),
        False,
        False,
    ),
    "no finding": ([SENT, AGAINST, decision()], {}, False, False),
}


@pytest.mark.parametrize("case", OUTCOMES, ids=str)
def test_only_a_recorded_finding_on_the_outcome_is_traced_back(case: str) -> None:
    acts, others, traced, mitigated = OUTCOMES[case]
    found = checked(headed(*acts, **{**HEAD, **others}))

    assert bool(found.concluded("traced")) is traced
    assert bool(found.concluded("mitigated")) is mitigated


EXAMINED: dict[str, tuple[list[Record], Record, set[str]]] = {
    "a discussion and a decision on an unreviewed submission": ([SENT, meeting(), decision()], {}, {"m", "d"}),
    "on one that the meeting implies": ([meeting(), decision()], {}, {"m", "d"}),
    "also where it was rejected": ([SENT, meeting(), decision(outcome="reject")], {}, {"m", "d"}),
    "a decision against the risk": ([review(), SENT, meeting(**BAD), decision()], {}, {"d"}),
    "not behind a gate of another instrument": (
        [review(), SENT, meeting(), decision()], {"body": GUANGNING, **traits(market_entities=True)}, set(),
    ),
    "not where it was made good": (
        [submission("2024-03-01", id="s0"), review(), SENT, meeting(), decision()], {}, set(),
    ),
    "not on a submission of another draft": (
        [review(draft="v2"), submission("2024-04-01", draft="v2"), SENT, meeting(draft="v2"), decision(draft="v2")],
        drafts(True), set(),
    ),
    "not over an open file": ([SENT, meeting(), decision()], {"complete": None}, set()),
    "not by reference": ([SENT, meeting(), decision()], {"body": DEPARTMENT}, set()),
    "not while the scope is unclear": ([SENT, meeting(), decision()], {"catalogue": None}, set()),
}  # fmt: skip


@pytest.mark.parametrize("case", EXAMINED, ids=str)
def test_what_puts_the_deciding_body_to_examination(case: str) -> None:
    acts, others, wanted = EXAMINED[case]
    found = checked(headed(*acts, **others))

    assert {item.get("act") for item in found.concluded("to_be_examined")} == wanted
    assert {item.get("provision") for item in found.concluded("to_be_examined")} <= {"cn-713.38.1"}


@pytest.mark.parametrize(
    ("others", "wanted"), [({}, set()), (finding(), {"chief", "deputy"})], ids=["no", "yes"]
)
def test_whether_a_finding_on_the_outcome_names_who_decided_on_what_stood_behind_the_gate(
    others: Record, wanted: set[str]
) -> None:
    found = checked(headed(SENT, meeting(), decision(), **HEAD, **others))
    named = ("cn-713.25.2a", "cn-713.38.2")
    answering = [
        item for item in found.concluded("answerable") if (item.get("duty"), item.get("provision")) == named
    ]

    assert {item.get("person") for item in answering} == wanted
    assert {item.get("act") for item in answering} == ({"m", "d"} if wanted else set())
