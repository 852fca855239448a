"""What a meeting must know before a draft is put to it: the package, and the gates on submission.

Everything here is read from a report; whether a head is needed or a gate is closed was decided by the checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from decision_procedure.checking.compiled import compiled_law
from decision_procedure.law.evidence import Truth
from decision_procedure.law.facts import Facts
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.pack import Step
from decision_procedure.law.roles import package_item
from decision_procedure.render.text.view import View
from decision_procedure.reporting.submission import facts_of
from decision_procedure.results.needs import StepNeed
from decision_procedure.results.report import Verdict

_PAPERS = "discussion_papers"  # the package itself is no evidence of what is in it

Need = Literal["required", "not_required", "unknown"]
Presence = Literal["there", "missing", "owed", "in_file", "unseen", "none"]


class PackageHead(NamedTuple):
    """One head of the package that the law asks for.

    `presence`: `there` in the package; `missing` from a package stated to be whole; `owed`, the step whose outcome
    it holds is required and was not held; `in_file`, the record has such a `document`, but the package is not
    known to hold it; `unseen`, nothing of it in the record; `none` where it is not needed. `verdict` decided these,
    together with the need of a `step`: the one that is owed, or of which it is unknown whether it is required.
    """

    item: str
    article: str
    need: Need
    presence: Presence
    document: str | None
    verdict: Verdict
    step: StepNeed | None = None


class GateRow(NamedTuple):
    """One duty that forbids submission, or what it rests on, until it is met.

    `state` is closed, unknown, open, pending, or `counts_not`: violated, under an instrument that closes nothing.
    """

    verdict: Verdict
    state: str


def heads(view: View, packs: Sequence[Pack], submission: str) -> list[PackageHead]:
    """Return the heads of the package, in the order of the law, as tested on one submission."""
    found = {item.duty: item for item in view.report.verdicts if item.act == submission}
    facts = facts_of(view.report, compiled_law(tuple(packs)).procedure)
    steps = compiled_law(tuple(packs)).procedure.steps
    return [
        _head(view, item, rule, found[rule.id], list(_steps(view, rule, steps, facts)))
        for pack in packs
        for rule in pack.rules
        if rule.id in found and (item := package_item(rule.duty)) is not None
    ]


def gates(view: View, submission: str) -> list[GateRow]:
    """Return the gates on one submission and on what it rests on in its round; those that do not apply are left out."""
    report = view.report
    closing = report.rests_on.get("submission", ())
    states = {(item.get("duty"), item.get("act")): item.get("state") for item in report.concluded("gate")}
    mine = _round(view, submission)
    return [
        GateRow(verdict, _state(verdict, states.get((verdict.duty, verdict.act or ""))))
        for verdict in report.verdicts
        if report.duties[verdict.duty].closes in closing
        and verdict.outcome != "not_applicable"
        and (verdict.act in (None, submission) or _is_step_before(view, verdict.act, mine))
    ]


def _steps(
    view: View, rule: Rule, steps: Mapping[str, Step], facts: Facts
) -> Iterator[tuple[StepNeed, Truth]]:
    """Yield the need of each step that a head presents, and whether the step was held."""
    for name in rule.duty.presents:
        kinds = steps[name].kinds
        held = True if facts.held(kinds) else (False if facts.closed(kinds, facts.now) else None)
        yield view.report.need(name), held


def _head(
    view: View, item: str, rule: Rule, verdict: Verdict, steps: list[tuple[StepNeed, Truth]]
) -> PackageHead:
    document = _document(view, rule.duty.evidence)
    listed = verdict.trees["require"].truth if "require" in verdict.trees else None
    owed = next((step for step, held in steps if step.need == "required" and held is False), None)
    need, step = _need(verdict, [step for step, _ in steps])
    presence: Presence = "in_file" if document else "unseen"
    if listed is True and need != "not_required":
        presence = "there"
    elif owed is not None:
        need, presence, step = "required", "owed", owed
    elif need == "not_required":
        presence = "none"
    elif listed is False:
        presence = "missing"
    return PackageHead(item, rule.duty.article, need, presence, document, verdict, step)


def _need(verdict: Verdict, steps: Sequence[StepNeed]) -> tuple[Need, StepNeed | None]:
    """Return whether a head is needed, and the step that leaves it unknown: it may have to be held yet."""
    open_step = next((step for step in steps if step.need == "unknown"), None)
    if verdict.outcome == "not_applicable":
        return ("not_required", None) if open_step is None else ("unknown", open_step)
    if "when" in verdict.trees and verdict.trees["when"].truth is None:
        return "unknown", open_step
    return "required", None


def _document(view: View, kinds: Sequence[str]) -> str | None:
    wanted = set(kinds) - {_PAPERS}
    return next((item.id for item in view.report.decision.documents if item.kind in wanted), None)


def _state(verdict: Verdict, concluded: str | None) -> str:
    if concluded is not None:
        return concluded
    return {"satisfied": "open", "pending": "pending"}.get(verdict.outcome, "counts_not")


def _round(view: View, act: str) -> int:
    found = view.names.acts.get(view.report.source_of(act))
    return 1 if found is None else found.round


def _is_step_before(view: View, act: str | None, number: int) -> bool:
    found = view.names.acts.get(act or "")
    return found is not None and found.round == number and getattr(found, "kind", "") != "submission"
