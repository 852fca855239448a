"""What a record must agree on with itself before it can be checked: identifiers, references, spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from decision_procedure.model.acts import (
    ACT_CLASSES,
    Act,
    Attendee,
    DecisionTaken,
    Deliberation,
    DepartmentalConsultation,
    Evaluation,
    ExecutionAssignment,
    Expert,
    ExpertReview,
    Hearing,
    Initiation,
    LegalityReview,
    PublicComment,
    RiskAssessment,
)
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import (
    Body,
    CatalogueEntry,
    Completeness,
    Decision,
    OutcomeFinding,
    Post,
    Trait,
    Unit,
    Waiver,
    Withholding,
)

Path = tuple[str | int, ...]


class Disagreement(NamedTuple):
    """Something in a record that contradicts the rest of it, at a path such as `("acts", 3, "end")`."""

    path: Path
    zh: str
    en: str


def disagreements(decision: Decision) -> tuple[Disagreement, ...]:
    """Return everything in the record that contradicts the rest of it; empty when it is usable."""
    too_many = tuple(_too_many(decision))
    if too_many:
        return too_many
    ids = {name: [item.id for item in getattr(decision, name)] for name in _NOUNS}
    return (
        *_repeated(ids),
        *_dangling(decision, {name: set(found) for name, found in ids.items()}),
        *_backward(decision),
        *_unknown_kinds(decision),
    )


# Every act is looked at beside every other: these bound the time that the longest record can take.
_LIMITS = {
    "acts": 500,
    "units": 2_000,
    "people": 2_000,
    "documents": 5_000,
    "drafts": 500,
    "cited_law": 100,
    "waivers": 500,
}


def _too_many(decision: Decision) -> Iterator[Disagreement]:
    for name, limit in _LIMITS.items():
        number = len(getattr(decision, name))
        if number > limit:
            yield Disagreement(
                (name,), f"共 {number} 项,上限 {limit} 项", f"{number} of them, the limit is {limit}"
            )


def _repeated(ids: Mapping[str, list[str | None]]) -> Iterator[Disagreement]:
    for name, found in ids.items():
        if len(set(found)) == len(found):
            continue
        counts = Counter(found)
        for index, value in enumerate(found):
            if counts[value] > 1:
                yield Disagreement(
                    (name, index, "id"), f"编号重复:{value}", f"identifier used twice: {value}"
                )


def _dangling(decision: Decision, known: Mapping[str, set[str | None]]) -> Iterator[Disagreement]:
    for path, part in _referring(decision):
        for field, target in _REFERENCES.get(type(part), _OF_ANY_ACT):
            value = getattr(part, field)
            if not value:
                continue
            names = known[target]
            if isinstance(value, str):
                if value not in names:
                    yield _dangles((*path, field), target, value)
            elif not names.issuperset(value):
                for index, name in enumerate(value):
                    if name not in names:
                        yield _dangles((*path, field, index), target, name)


def _dangles(path: Path, target: str, value: str) -> Disagreement:
    zh, en = _NOUNS[target]
    return Disagreement(path, f"引用的{zh}不存在:{value}", f"no {en} has the identifier {value}")


_NOUNS = {
    "units": ("单位", "unit"),
    "people": ("人员", "person"),
    "documents": ("文件", "document"),
    "drafts": ("草案", "draft"),
    "acts": ("行为", "act"),
}


def _referring(decision: Decision) -> Iterator[tuple[Path, Any]]:
    """Yield each part of a record that may name others, with its path."""
    yield (), decision
    yield ("body",), decision.body
    for index, unit in enumerate(decision.units):
        yield ("units", index), unit
    for index, person in enumerate(decision.people):
        for number, post in enumerate(person.posts):
            yield ("people", index, "posts", number), post
    for name in sorted(decision.traits.model_fields_set):
        trait = getattr(decision.traits, name)
        if trait is not None:
            yield ("traits", name), trait
    for name in ("catalogue", "complete", "outcome_finding", "withholding"):
        holder = getattr(decision, name)
        if holder is not None:
            yield (name,), holder
    for index, waiver in enumerate(decision.waivers):
        yield ("waivers", index), waiver
    for index, act in enumerate(decision.acts):
        yield ("acts", index), act
        if isinstance(act, Deliberation):
            for number, attendee in enumerate(act.attendees):
                yield ("acts", index, "attendees", number), attendee
        elif isinstance(act, ExpertReview):
            for number, expert in enumerate(act.experts):
                yield ("acts", index, "experts", number), expert


# The fields that hold identifiers, one or a list of them, and what these must name.
_DOCUMENT = (("document", "documents"),)
_OF_ANY_ACT = (("unit", "units"), ("draft", "drafts"), ("documents", "documents"), ("by", "people"))
_REFERENCES: Mapping[type[Any], tuple[tuple[str, str], ...]] = {
    Decision: (("lead_unit", "units"), ("co_units", "units")),
    Body: (("unit", "units"),),
    Unit: (("parent", "units"),),
    Post: (("unit", "units"),),
    Trait: _DOCUMENT,
    CatalogueEntry: _DOCUMENT,
    Completeness: _DOCUMENT,
    OutcomeFinding: _DOCUMENT,
    Withholding: _DOCUMENT,
    Waiver: _DOCUMENT,
    Attendee: (("person", "people"),),
    Expert: (("person", "people"), ("body", "units"), ("interest_document", "documents")),
    Deliberation: (*_OF_ANY_ACT, ("chief", "people"), ("speaking_order", "people")),
    DecisionTaken: (*_OF_ANY_ACT, ("deliberation", "acts")),
    DepartmentalConsultation: (*_OF_ANY_ACT, ("consulted", "units")),
    Initiation: (*_OF_ANY_ACT, ("undertakers", "units")),
    ExecutionAssignment: (*_OF_ANY_ACT, ("executors", "units")),
    Evaluation: (*_OF_ANY_ACT, ("evaluator", "units")),
    RiskAssessment: (*_OF_ANY_ACT, ("third_party", "units")),
}


def _backward(decision: Decision) -> Iterator[Disagreement]:
    for index, person in enumerate(decision.people):
        for number, post in enumerate(person.posts):
            if post.until is not None:
                yield from _ordered(("people", index, "posts", number, "until"), post.since, post.until)
    for index, act in enumerate(decision.acts):
        for earlier, later in _SPANS.get(type(act), ()):
            yield from _ordered(("acts", index, later), getattr(act, earlier), getattr(act, later))
        if isinstance(act, LegalityReview):
            for number, item in enumerate(act.returns):
                yield from _ordered(
                    ("acts", index, "returns", number, "resubmitted"), item.date, item.resubmitted
                )


_SPANS: dict[type[Act], tuple[tuple[str, str], ...]] = {
    PublicComment: (("start", "end"), ("notice_date", "end")),
    DepartmentalConsultation: (("date", "replied"),),
    LegalityReview: (("sent", "date"),),
    Hearing: (("notice_date", "date"),),
}


def _ordered(path: Path, start: PartialDate | None, end: PartialDate | None) -> Iterator[Disagreement]:
    if start is not None and end is not None and start.first > end.last:
        yield Disagreement(path, f"结束早于开始:{start} 至 {end}", f"ends before it starts: {start} to {end}")


def _unknown_kinds(decision: Decision) -> Iterator[Disagreement]:
    for index, kind in enumerate(() if decision.complete is None else decision.complete.kinds):
        if kind != "all" and kind not in ACT_CLASSES:
            yield Disagreement(
                ("complete", "kinds", index), f"没有这种行为:{kind}", f"no such kind of act: {kind}"
            )
