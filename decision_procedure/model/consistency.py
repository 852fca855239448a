"""What a record must agree on with itself before it can be checked: identifiers, references, spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from decision_procedure.model.acts import (
    ACT_CLASSES,
    Act,
    DecisionTaken,
    Deliberation,
    DepartmentalConsultation,
    Evaluation,
    ExecutionAssignment,
    ExpertReview,
    Hearing,
    Initiation,
    LegalityReview,
    PublicComment,
    RiskAssessment,
)
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision

Path = tuple[str | int, ...]


class Disagreement(NamedTuple):
    """Something in a record that contradicts the rest of it, at a path such as `("acts", 3, "end")`."""

    path: Path
    zh: str
    en: str


# Where identifiers stand, the kind of part they must name, and the identifiers: one, or the members of a list.
_Reference = tuple[Path, str, str | tuple[str, ...]]


def disagreements(decision: Decision) -> tuple[Disagreement, ...]:
    """Return everything in the record that contradicts the rest of it; empty when it is usable."""
    too_many = tuple(_too_many(decision))
    if too_many:
        return too_many
    return (*_repeated(decision), *_dangling(decision), *_backward(decision), *_unknown_kinds(decision))


# Every act is looked at beside every other: these bound the time that the longest record can take.
_LIMITS = {"acts": 500, "units": 2_000, "people": 2_000, "documents": 5_000, "drafts": 500, "waivers": 500}


def _too_many(decision: Decision) -> Iterator[Disagreement]:
    for name, limit in _LIMITS.items():
        number = len(getattr(decision, name))
        if number > limit:
            yield Disagreement(
                (name,), f"共 {number} 项,上限 {limit} 项", f"{number} of them, the limit is {limit}"
            )


def _repeated(decision: Decision) -> Iterator[Disagreement]:
    for name in ("units", "people", "documents", "drafts", "acts"):
        items: tuple[Any, ...] = getattr(decision, name)
        ids = [item.id for item in items]
        if len(set(ids)) == len(ids):
            continue
        counts = Counter(ids)
        for index, value in enumerate(ids):
            if counts[value] > 1:
                yield Disagreement(
                    (name, index, "id"), f"编号重复:{value}", f"identifier used twice: {value}"
                )


def _dangling(decision: Decision) -> Iterator[Disagreement]:
    known: dict[str, set[str | None]] = {
        "units": {item.id for item in decision.units},
        "people": {item.id for item in decision.people},
        "documents": {item.id for item in decision.documents},
        "drafts": {item.id for item in decision.drafts},
        "acts": {item.id for item in decision.acts},
    }
    for path, target, value in _references(decision):
        names = known[target]
        if isinstance(value, str):
            if value not in names:
                yield _dangles(path, target, value)
        elif not names.issuperset(value):
            for index, name in enumerate(value):
                if name not in names:
                    yield _dangles((*path, index), target, name)


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


def _references(decision: Decision) -> Iterator[_Reference]:
    yield from _one(("lead_unit",), "units", decision.lead_unit)
    yield ("co_units",), "units", decision.co_units
    yield from _one(("body", "unit"), "units", decision.body.unit)
    for index, unit in enumerate(decision.units):
        if unit.parent is not None:
            yield ("units", index, "parent"), "units", unit.parent
    for index, person in enumerate(decision.people):
        for number, post in enumerate(person.posts):
            yield ("people", index, "posts", number, "unit"), "units", post.unit
    for name, trait in decision.traits:
        if trait is not None and trait.document is not None:
            yield ("traits", name, "document"), "documents", trait.document
    for name in ("catalogue", "complete", "outcome_finding", "withholding"):
        holder = getattr(decision, name)
        if holder is not None:
            yield from _one((name, "document"), "documents", holder.document)
    for index, waiver in enumerate(decision.waivers):
        yield from _one(("waivers", index, "document"), "documents", waiver.document)
    for index, act in enumerate(decision.acts):
        yield from _of_act(("acts", index), act)


def _of_act(path: Path, act: Act) -> Iterator[_Reference]:
    if act.unit is not None:
        yield (*path, "unit"), "units", act.unit
    if act.draft is not None:
        yield (*path, "draft"), "drafts", act.draft
    if act.documents:
        yield (*path, "documents"), "documents", act.documents
    if act.by:
        yield (*path, "by"), "people", act.by
    special = _SPECIAL.get(type(act))
    if special is not None:
        yield from special(path, act)


def _of_deliberation(path: Path, act: Deliberation) -> Iterator[_Reference]:
    yield from _one((*path, "chief"), "people", act.chief)
    yield (*path, "speaking_order"), "people", act.speaking_order
    for index, attendee in enumerate(act.attendees):
        yield from _one((*path, "attendees", index, "person"), "people", attendee.person)


def _of_expert_review(path: Path, act: ExpertReview) -> Iterator[_Reference]:
    for index, expert in enumerate(act.experts):
        yield from _one((*path, "experts", index, "person"), "people", expert.person)
        yield from _one((*path, "experts", index, "body"), "units", expert.body)
        yield from _one((*path, "experts", index, "interest_document"), "documents", expert.interest_document)


_SPECIAL: dict[type[Act], Callable[[Path, Any], Iterable[_Reference]]] = {
    Deliberation: _of_deliberation,
    ExpertReview: _of_expert_review,
    DecisionTaken: lambda path, act: _one((*path, "deliberation"), "acts", act.deliberation),
    DepartmentalConsultation: lambda path, act: [((*path, "consulted"), "units", act.consulted)],
    Initiation: lambda path, act: [((*path, "undertakers"), "units", act.undertakers)],
    ExecutionAssignment: lambda path, act: [((*path, "executors"), "units", act.executors)],
    Evaluation: lambda path, act: _one((*path, "evaluator"), "units", act.evaluator),
    RiskAssessment: lambda path, act: _one((*path, "third_party"), "units", act.third_party),
}


def _one(path: Path, target: str, value: str | None) -> Iterable[_Reference]:
    return () if value is None else ((path, target, value),)


def _backward(decision: Decision) -> Iterator[Disagreement]:
    for index, person in enumerate(decision.people):
        for number, post in enumerate(person.posts):
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
