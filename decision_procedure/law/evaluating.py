"""Who did the argument and assessment before a decision, and what part of it (713-36)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from decision_procedure.law.arguments import typed
from decision_procedure.law.evidence import Node, Tree, Truth
from decision_procedure.law.language import Compile, Compiled, Frame, Scope
from decision_procedure.law.leaves import field_node
from decision_procedure.law.order import precedes
from decision_procedure.law.passage import passage_of
from decision_procedure.law.types import Bool, Text
from decision_procedure.law.words import NEVER_UNKNOWN, UNITS, FurtherReads, fields_of_acts, word
from decision_procedure.model.acts.assessment import RiskAssessment
from decision_procedure.model.units import one_within_the_other

_KINDS = ("expert_review", "risk_assessment")
_ALL_PLACES = ("", f"acts({', '.join(_KINDS)})")
_WORK_BEFORE = FurtherReads(
    (
        *fields_of_acts("expert_review", "date", "for_", "experts.body", "experts.part", "form", "unit"),
        *fields_of_acts(
            "risk_assessment", "date", "for_", "third_party", "third_party_commissioned", "third_party_part", "unit",
        ),
        *fields_of_acts("decision", "date", "outcome"),
        *UNITS,
    )
)  # fmt: skip


class _Work(NamedTuple):
    """The work of one body: its part in it, None: not said; `field` of `owner` names the body."""

    body: str
    part: str | None
    owner: Any
    field: str


@word("prepared_decision", _WORK_BEFORE)
def prepared_decision(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`prepared_decision(body)`: it did more than a side part of the expert review or risk assessment.

    True also where its part is not said, or where, over whole lists, a unit above it or a part of it did that
    work. False only where every such act and every body in it is recorded.
    """
    return _about_work(call, scope, compile_, _prepared, "承担过论证评估", "argued or assessed before")


@word("did_main_part", _WORK_BEFORE, truths=NEVER_UNKNOWN)
def did_main_part(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`did_main_part(body)`: the record says that it did the main part of that work itself; else false."""
    return _about_work(
        call, scope, compile_, _did_main_part, "承担过主要论证评估工作", "did the main argument or assessment"
    )


def _about_work(
    call: ast.Call,
    scope: Scope,
    compile_: Compile,
    truth_of: Callable[[Frame, str | None], Truth],
    zh: str,
    en: str,
) -> Compiled:
    (body,) = typed(call, scope, compile_, Text)
    node = Node("prepared_decision", ast.unparse(call), f"{body.node.zh}{zh}", f"{body.node.en} {en}")

    def run(frame: Frame) -> Tree:
        child = body.run(frame)
        truth = truth_of(frame, child.value)
        shown = () if child.value is None else tuple(_shown(frame, child.value, settled=truth is not None))
        return Tree(node, truth, truth, _ALL_PLACES, (child, *shown))

    return Compiled(Bool(), node, run, lambda frame: truth_of(frame, body.decide(frame)))


def _prepared(frame: Frame, body: str | None) -> Truth:
    if body is None:
        return None
    more = [work for work in _works(frame) if work.part != "side"]
    if any(work.body == body for work in more):
        return True
    if not _all_known(frame):
        return None
    units = frame.facts.decision.units
    return any(one_within_the_other(units, work.body, body) for work in more)


def _did_main_part(frame: Frame, body: str | None) -> Truth:
    return any(work.body == body and work.part == "main" for work in _works(frame))


def _works(frame: Frame) -> Iterator[_Work]:
    """Yield the work of each body that the record names.

    A risk assessment is the work of the third party, or, where none was commissioned, of the unit that did it;
    an expert review that of the bodies among its experts, or of the one commissioned with it.
    """
    for act in _before_decision("expert_review", frame):
        for index, expert in enumerate(act.experts):
            if expert.body is not None:
                yield _Work(expert.body, expert.part, (act.id, "experts", index), "body")
        if act.unit is not None and act.form == "commission":
            yield _Work(act.unit, None, act.id, "unit")
    for act in _before_decision("risk_assessment", frame):
        yield from _assessment(act)


def _before_decision(kind: str, frame: Frame) -> Iterator[Any]:
    """Yield the acts of a kind that were done for the decision and not surely after it."""
    decision = passage_of(frame.facts).strict("decision")
    for act in frame.facts.held((kind,)):
        late = decision is not None and precedes(decision.begun, act.begun) is True
        if act.for_ is None and not late:
            yield act


def _assessment(act: RiskAssessment) -> Iterator[_Work]:
    if act.third_party is not None:
        yield _Work(act.third_party, act.third_party_part, act.id, "third_party")
    elif act.unit is not None and not act.third_party_commissioned:
        yield _Work(act.unit, None, act.id, "unit")


def _all_known(frame: Frame) -> bool:
    """Say whether the record answers for every expert review and risk assessment, and every body in them."""
    facts = frame.facts
    return (
        facts.closed(_KINDS, frame.until)
        and all(
            act.experts_complete is True or facts.assume_complete
            for act in _before_decision("expert_review", frame)
        )
        and all(
            act.third_party or act.third_party_commissioned is False
            for act in _before_decision("risk_assessment", frame)
        )
    )


def _shown(frame: Frame, body: str, *, settled: bool) -> Iterator[Tree]:
    """Yield the work of a body and of those above or within it, and, where that settles it, that its part is not said."""
    units = frame.facts.decision.units
    for work in _works(frame):
        if work.body == body or one_within_the_other(units, work.body, body):
            yield Tree(field_node(work.field), work.body, None, (work.owner, work.field), ())
            if settled and work.field in _PARTS:
                yield Tree(
                    field_node(_PARTS[work.field]), work.part, None, (work.owner, _PARTS[work.field]), ()
                )


_PARTS = {"body": "part", "third_party": "third_party_part"}
