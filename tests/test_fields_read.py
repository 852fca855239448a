"""Every field of a record is read by a rule, or the schema says that it is for the file only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from heads import came_to, checked, headed, on

import decision_procedure as dp
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.language import Compiled
from decision_procedure.law.loading import Rule
from decision_procedure.model.acts import ACT_CLASSES, Act
from decision_procedure.model.acts.assessment import Expert, Return
from decision_procedure.model.acts.deciding import Attendee
from decision_procedure.model.base import Part
from decision_procedure.model.decision import CatalogueEntry, Withholding

HOLDERS: dict[str, tuple[str, type[Part]]] = {
    **{kind: (f"acts.{kind}", model) for kind, model in ACT_CLASSES.items()},
    "experts": ("acts.expert_review.experts", Expert),
    "attendees": ("acts.deliberation.attendees", Attendee),
    "returns": ("acts.legality_review.returns", Return),
    "catalogue": ("decision.catalogue", CatalogueEntry),
    "withholding": ("decision.withholding", Withholding),
}
# Who, on which papers, and under which name: what every part may have, and what outputs show of it.
OF_ACTS = {*Act.model_fields, "kind"}
IDENTITY = {"person", "name", "interest_document", "document", "says"}
# Read by the engine itself, for the readings of what was decided and of who may review.
BY_THE_ENGINE = {
    "acts.decision.outcome", "acts.decision.deliberation", "acts.deliberation.risk_finding",
    "acts.legality_review.no_other_reviewer", "acts.legality_review.legal_risk_stated",
}  # fmt: skip
ADVISED = {"acts.opinion_handling.received", "acts.opinion_handling.adopted"}


def parts_of(rule: Rule) -> list[Compiled]:
    found = (rule.when, rule.require, rule.judge, rule.when_adapted, rule.require_adapted)
    return [part for part in found if part is not None]


def names_read() -> set[str]:
    found: set[str] = set()
    for pack in standard_law().packs:
        conditions = (
            pack.included,
            pack.excluded,
            pack.direct,
            pack.reference,
            pack.internal,
            pack.not_bound,
        )
        found |= {name for part in conditions if part is not None for name in part.names}
        for rule in pack.rules:
            for name in (name for part in parts_of(rule) for name in part.names):
                head, _, rest = name.partition(".")
                found |= {f"acts.{kind}.{rest}" for kind in rule.per} if head == "act" else {name}
    return found


def dates_of(model: type[Part]) -> set[str]:
    if not issubclass(model, Act):
        return set()
    return {*model.anchor_fields, *model.begin_fields, *model.done_fields}


def for_the_file(model: type[Part], field: str) -> bool:
    extra = model.model_fields[field].json_schema_extra
    return isinstance(extra, dict) and extra.get("x-file-only") is True


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_field_is_read_or_said_to_be_for_the_file_only(holder: str) -> None:
    prefix, model = HOLDERS[holder]
    read = names_read() | BY_THE_ENGINE | ADVISED
    for field in model.model_fields:
        name = f"{prefix}.{field}"
        used = (
            any(item == name or item.startswith(f"{name}.") for item in read)
            or field in dates_of(model)
            or field.endswith("_complete")
            or field in (OF_ACTS if issubclass(model, Act) else IDENTITY)
        )
        assert used is not for_the_file(model, field), name


def test_the_schema_says_which_fields_are_for_the_file_only() -> None:
    schema = dp.record_schema()
    fields = {
        (name, field): part
        for name, shape in schema["$defs"].items()
        for field, part in shape.get("properties", {}).items()
    }
    marked = {place for place, part in fields.items() if part.get("x-file-only")}

    assert ("CatalogueEntry", "planned_steps") in marked
    assert ("PublicComment", "received") in marked
    assert ("PartyReport", "replied") in marked
    assert ("DepartmentalConsultation", "replied") not in marked
    assert all("没有规则读取" in fields[place]["description"] for place in marked)
    assert "广东" in fields["CatalogueEntry", "hearing_planned"]["description"]


# Reports on execution that are not truthful (713-34).
REPORT = {"kind": "execution_report", "id": "x", "date": "2024-11-04"}


def test_a_report_on_execution_that_is_not_truthful_is_for_a_person_and_nobody_answers_for_it() -> None:
    report = checked(headed(REPORT | {"truthful": False}))

    assert came_to(report, "cn-713.34b-truthful") == ["needs_judgement"]
    for kind in ("answerable", "unidentified", "consequence"):
        assert not [item for item in report.concluded(kind) if item.get("duty") == "cn-713.34b-truthful"]


@pytest.mark.parametrize(
    ("truthful", "complete", "expected"),
    [
        (True, True, "satisfied"), (None, True, "not_applicable"), (False, True, "needs_judgement"),
        (True, False, "satisfied"), (None, False, "not_applicable"), (False, False, "needs_judgement"),
    ],
)  # fmt: skip
def test_only_what_the_record_says_of_a_report_is_asked_about(
    truthful: bool | None, complete: bool, expected: str
) -> None:
    data = headed(REPORT | {"truthful": truthful}, **({} if complete else {"complete": None}))

    assert came_to(checked(data), "cn-713.34b-truthful") == [expected]


def test_each_report_on_execution_is_looked_at_by_itself() -> None:
    report = checked(headed(REPORT | {"truthful": True}, REPORT | {"id": "y", "truthful": False}))

    assert {item.act: item.outcome for item in on(report, "cn-713.34b-truthful")} == {
        "x": "satisfied", "y": "needs_judgement",
    }  # fmt: skip


# More opinions adopted than were received.
def handled(received: int | None, adopted: int | None, **more: Any) -> dict[str, Any]:
    found = {
        "kind": "opinion_handling",
        "id": "o",
        "date": "2024-05-06",
        "received": received,
        "adopted": adopted,
    }
    return found | {"sorted": True, "studied": True} | more


@pytest.mark.parametrize(
    ("received", "adopted", "asked"),
    [(5, 9, True), (5, 6, True), (0, 1, True), (5, 5, False), (9, 5, False), (None, 9, False), (5, None, False), (0, 0, False)],
)  # fmt: skip
def test_more_opinions_adopted_than_letters_received_is_a_question(
    received: int | None, adopted: int | None, asked: bool
) -> None:
    report = checked(headed(handled(received, adopted)))

    assert bool([item for item in report.advice if item.kind == "counts"]) is asked


def test_the_question_about_numbers_of_opinions_is_no_fault() -> None:
    report, other = checked(headed(handled(5, 9))), checked(headed(handled(9, 5)))
    (item,) = report.advice

    assert [verdict.outcome for verdict in report.verdicts] == [verdict.outcome for verdict in other.verdicts]
    for number in ("5", "9"):
        assert number in item.zh
        assert number in item.en
    assert item.place == "acts[o].adopted"
    assert "收到意见 5 件" in dp.as_text(report, lang="zh")
    assert dp.Report.from_json(report.to_json()) == report


def test_a_masked_report_names_no_act_in_its_advice() -> None:
    act = handled(5, 9, id="张三的意见", by=["张三"])
    data = headed(act, people=[{"id": "张三", "name": "张三"}])
    masked = dp.mask(checked(data)).report

    assert "张三" not in json.dumps(masked.to_dict(), ensure_ascii=False)
