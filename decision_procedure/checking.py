"""Checking: every duty tested on every act it speaks of, and the verdict that `semantics.md` gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from decision_procedure import timing
from decision_procedure.applying import law_used, moments_of
from decision_procedure.graph import GATED_STEPS, Procedure
from decision_procedure.law.applicable import Law, binding_of, in_force, scope_of
from decision_procedure.law.evidence import Node, Tree, Truth, on_the_edge
from decision_procedure.law.facts import Facts
from decision_procedure.law.language import Evaluate, Frame
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.keys import key_label
from decision_procedure.proof import Proof
from decision_procedure.report import Report, Verdict


def check_decision(decision: Decision, law: Law, as_of: date, *, assume_complete: bool = False) -> Report:
    """Return the verdicts on a record by this law, as things stood at the end of the day `as_of`.

    The conclusions that follow from them are left out; see `concluding`.
    """
    packs = law.for_body(decision)
    ready = _ready(packs)
    facts = Facts(decision, as_of, assume_complete=assume_complete, implied=ready.procedure.implied)
    scopes: dict[str, str] = {}
    verdicts: list[Verdict] = []
    for pack, rules in ready.packs:
        check = _Check(pack, facts, ready.procedure)
        scopes[pack.head.id] = check.scope
        verdicts.append(check.on_scope())
        for rule in rules:
            check.test(rule, verdicts)
    moments = moments_of(facts)
    return Report(
        decision=decision,
        as_of=facts.as_of.text,
        assume_complete=assume_complete,
        scope=scopes,
        verdicts=tuple(verdicts),
        duties=ready.duties,
        law=law_used(law, packs, decision.body.code or "", moments or [facts.as_of]),
        uncovered=not any(
            in_force(pack, moment) is not False for pack in packs for moment in moments or [facts.as_of]
        ),
        plans=tuple(act.id or "" for act in facts.plans),
        rests_on=ready.rests_on,
        required_by=ready.required_by,
    )


def recorded_facts(decision: Decision, law: Law, as_of: date, *, assume_complete: bool = False) -> Facts:
    """Return what a record establishes on a day, acts implied by others included."""
    implied = _ready(law.for_body(decision)).procedure.implied
    return Facts(decision, as_of, assume_complete=assume_complete, implied=implied)


def truth_table(when: Truth, require: Truth, judge: Truth, *, has_judge: bool) -> str:
    """Return the verdict of the three conditions (`semantics.md` section 2), before due-ness and caps."""
    if when is False:
        return "not_applicable"
    if require is True:
        return "satisfied"
    if when is None or require is None:
        return "undetermined"
    if not has_judge or judge is False:
        return "violated"
    return "needs_judgement" if judge is True else "undetermined"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A duty made ready: what its verdict needs and no record changes."""

    id: str
    step: str
    per: tuple[str, ...]
    when: Evaluate | None
    require: Evaluate
    judge: Evaluate | None
    counts_days: bool
    evidence: frozenset[str]
    prompt: tuple[str, ...] | None
    caps: tuple[str, ...]
    general: bool
    reason_demanded: bool

    @classmethod
    def of(cls, rule: Rule, procedure: Procedure) -> _Rule:
        duty = rule.duty
        caps = ["mark"] if rule.mark in ("R", "?", "draft") else []
        return cls(
            id=rule.id,
            step=duty.step,
            per=rule.per,
            when=None if rule.when is None else rule.when.run,
            require=rule.require.run,
            judge=None if rule.judge is None else rule.judge.run,
            counts_days=rule.counts_days,
            evidence=frozenset(duty.evidence),
            prompt=None if duty.promptly_after is None else procedure.steps[duty.promptly_after].kinds,
            caps=tuple([*caps, rule.untimed] if rule.untimed else caps),
            general=duty.force == "general",
            reason_demanded=duty.reason_demanded_by is not None,
        )


@dataclass(frozen=True, slots=True)
class _Ready:
    """The instruments for one place, with everything about them that no record changes."""

    procedure: Procedure
    packs: tuple[tuple[Pack, tuple[_Rule, ...]], ...]
    duties: Mapping[str, Mapping[str, Any]]
    rests_on: Mapping[str, tuple[str, ...]]
    required_by: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=64)
def _ready(packs: tuple[Pack, ...]) -> _Ready:
    procedure = Procedure.of(packs)
    duties: dict[str, Mapping[str, Any]] = {}
    for pack in packs:
        duties[f"{pack.head.id}.scope"] = _scope_data(pack)
        duties.update({rule.id: _duty_data(rule) for rule in pack.rules})
    return _Ready(
        procedure=procedure,
        packs=tuple((pack, tuple(_Rule.of(rule, procedure) for rule in pack.rules)) for pack in packs),
        duties=duties,
        rests_on=_gates_under(procedure),
        required_by={
            step.id: tuple(f"{pack.head.id}.{duty}" for duty in step.required_by)
            for pack in packs
            for step in pack.file.steps
        },
    )


def _gates_under(procedure: Procedure) -> Mapping[str, tuple[str, ...]]:
    """For each step, the gates on it and, up to the decision, on what it rests on (`semantics.md` section 4)."""
    until_decision = procedure.rests_on("decision") if "decision" in procedure.steps else frozenset()
    found = {}
    for name in procedure.steps:
        below = procedure.rests_on(name) if name in until_decision else {name}
        found[name] = tuple(gate for gate, step in GATED_STEPS.items() if step in below)
    return found


def _duty_data(rule: Rule) -> dict[str, Any]:
    duty = rule.duty
    return {
        "instrument": rule.pack.head.title.model_dump(),
        "number": rule.pack.head.number,
        "article": duty.article,
        "step": duty.step,
        "bearer": duty.bearer,
        "force": duty.force,
        "effect": duty.effect,
        "closes": duty.closes,
        "mark": rule.mark,
        "text": duty.text.model_dump(),
        "cure": duty.cure.model_dump(),
        "judgement": duty.judgement.model_dump() if duty.judgement else None,
        "not_tested": duty.not_tested.model_dump() if duty.not_tested else None,
    }


def _scope_data(pack: Pack) -> dict[str, Any]:
    head, text = pack.head, pack.file.scope.text.model_dump()
    return {
        "instrument": head.title.model_dump(),
        "number": head.number,
        "article": pack.file.scope.article,
        "step": None,
        "bearer": "DO",
        "force": "principle",
        "effect": "practice",
        "closes": None,
        "mark": head.mark,
        "text": text,
        "cure": {
            "kind": "supplement",
            "zh": "载明事项是否列入目录、是否符合公布的标准,或者属于哪一类除外事项",
            "en": "State whether the matter is on the catalogue or meets the standards, or which exclusion covers it",
        },
        "judgement": {
            "zh": "该事项是否属于本文件所称的重大行政决策",
            "en": "Whether the matter is a major decision in the sense of this instrument",
        },
        "not_tested": None,
    }


@dataclass(slots=True)
class _Seat:
    """Where a duty is tested: on an act or on the decision, by the law of which moment, and whether it is due."""

    act: Act | None
    frame: Frame
    moment: PartialDate
    force: Truth
    due: Truth
    undated: Act | None
    proof: Proof | None


class _Check:
    """One instrument on one record."""

    def __init__(self, pack: Pack, facts: Facts, procedure: Procedure) -> None:
        self.pack, self.facts, self.procedure = pack, facts, procedure
        self.binding = binding_of(pack, facts)
        self.scope, self._scope_trees = scope_of(pack, facts)
        self._waived = {waiver.duty for waiver in facts.decision.waivers}
        self._firsts = timing.first_acts(facts)
        self._acts: dict[str | None, _Seat] = {}
        self._steps: dict[str, _Seat] = {}

    def on_scope(self) -> Verdict:
        """Return whether the instrument covers the matter, as a verdict of its own."""
        outcome = {"in": "satisfied", "out": "not_applicable"}.get(self.scope, "needs_judgement")
        reasons = ("scope",) if self.scope == "out" else ()
        name, day = f"{self.pack.head.id}.scope", self.facts.as_of.text
        return Verdict(name, None, outcome, self.binding, day, self._scope_trees, (), reasons)

    def test(self, rule: _Rule, verdicts: list[Verdict]) -> None:
        """Add the verdict on each act that the duty speaks of, or the one on the decision."""
        if not rule.per:
            verdicts.append(self._judged(rule, self._steps.get(rule.step) or self._on_step(rule.step)))
            return
        acts = self.facts.acts.get(rule.per[0], ()) if len(rule.per) == 1 else self.facts.held(rule.per)
        if not acts:
            verdicts.append(self._without_act(rule))
        verdicts += [self._judged(rule, self._acts.get(act.id) or self._on_act(act)) for act in acts]

    def _on_act(self, act: Act) -> _Seat:
        moment = act.anchor or timing.between_neighbours(act, self.facts, self.procedure)
        until = self.facts.as_of.last if act.begun is None else act.begun.last
        undated = act if act.anchor is None else None
        proof = Proof(act, self.facts) if act.documents else None
        frame = Frame(self.facts, act, until)
        seat = _Seat(act, frame, moment, in_force(self.pack, moment), True, undated, proof)
        self._acts[act.id] = seat
        return seat

    def _on_step(self, step: str) -> _Seat:
        found = timing.of_step(step, self.facts, self.procedure, self._firsts)
        frame = Frame(self.facts, None, found.until)
        force = in_force(self.pack, found.moment)
        seat = _Seat(None, frame, found.moment, force, found.due, found.undated, None)
        self._steps[step] = seat
        return seat

    def _without_act(self, rule: _Rule) -> Verdict:
        facts = self.facts
        if self.scope == "out" or in_force(self.pack, facts.as_of) is False:
            return self._not_applicable(rule, None, facts.as_of)
        if all(facts.closed(kind, facts.as_of.last) for kind in rule.per):
            outcome, reason = "not_applicable", _NO_SUCH_ACT
        elif (self._steps.get(rule.step) or self._on_step(rule.step)).due is False:
            outcome, reason = "pending", _NOT_DUE
        else:
            outcome, reason = "undetermined", _ACT_UNKNOWN
        day, waived = facts.as_of.text, rule.id in self._waived
        return Verdict(rule.id, None, outcome, self.binding, day, {}, (), reason, (), "stated", None, waived)

    def _judged(self, rule: _Rule, seat: _Seat) -> Verdict:
        if seat.force is False or self.scope == "out":
            return self._not_applicable(rule, seat.act, seat.moment)
        trees, outcome = _evaluated(rule, seat.frame)
        reasons: tuple[str, ...] = ()
        caps: tuple[str, ...] = ()
        elapsed = None
        if outcome == "violated" or outcome == "undetermined":
            if seat.due is not True:
                outcome, reasons, caps, elapsed = self._not_surely_due(rule, outcome, seat.due)
            caps = (*self._caps(rule, trees), *caps) if outcome == "violated" else ()
        if seat.force is None and outcome != "not_applicable":
            outcome, reasons, caps = "undetermined", (*reasons, "date_unknown"), ()
            trees["law"] = _undated(seat.undated)
        return Verdict(
            rule.id,
            None if seat.act is None else seat.act.id,
            "needs_judgement" if caps else outcome,
            self.binding,
            seat.moment.text,
            trees,
            caps,
            reasons,
            _edges(trees) if rule.counts_days else (),
            "stated" if seat.proof is None else seat.proof.of(rule.evidence),
            elapsed,
            rule.id in self._waived,
        )

    def _not_surely_due(
        self, rule: _Rule, outcome: str, due: Truth
    ) -> tuple[str, tuple[str, ...], tuple[str, ...], int | None]:
        """Return what an open outcome becomes while it is not certain that the step was due.

        A duty to act promptly is open from the act it follows on; delay alone is never a breach.
        """
        if rule.prompt is not None:
            start = timing.latest(rule.prompt, self.facts)
            if start.taken:
                return outcome, _PROMPTLY, _PROMPTLY, start.days_ago
            due = start.due
        elif due is None and not self.procedure.kinds_after.get(rule.step):
            due = False
        if due is False:
            return "pending", _NOT_DUE, (), None
        return "undetermined", ("due_unknown",), (), None

    def _caps(self, rule: _Rule, trees: Mapping[str, Tree]) -> tuple[str, ...]:
        """Return what lowers a breach to a question for a person (`semantics.md` section 2)."""
        caps = list(rule.caps)
        unexplained = rule.reason_demanded and "judge" in trees and trees["judge"][2] is False
        if rule.general and not unexplained:
            caps.append("general")
        if self.scope == "unclear":
            caps.append("scope_unclear")
        if self.binding == "uncertain":
            caps.append("applicability_uncertain")
        return tuple(caps)

    def _not_applicable(self, rule: _Rule, act: Act | None, moment: PartialDate) -> Verdict:
        reason = _OUT_OF_SCOPE if self.scope == "out" else _NOT_IN_FORCE
        name = None if act is None else act.id
        return Verdict(rule.id, name, "not_applicable", self.binding, moment.text, {}, (), reason)


_NO_SUCH_ACT, _ACT_UNKNOWN, _NOT_DUE = ("no_such_act",), ("act_unknown",), ("not_due",)
_OUT_OF_SCOPE, _NOT_IN_FORCE, _PROMPTLY = ("scope",), ("not_in_force",), ("no_number_in_text",)


def _evaluated(rule: _Rule, frame: Frame) -> tuple[dict[str, Tree], str]:
    """Return the evidence of the three conditions, as far as they had to be looked at, and what they come to."""
    trees: dict[str, Tree] = {}
    when: Truth = True
    if rule.when is not None:
        trees["when"] = tree = rule.when(frame)
        when = tree[2]
        if when is False:
            return trees, "not_applicable"
    trees["require"] = tree = rule.require(frame)
    if tree[2] is True:
        return trees, "satisfied"
    if rule.judge is None or tree[2] is None:
        return trees, truth_table(when, tree[2], None, has_judge=False)
    trees["judge"] = judge = rule.judge(frame)
    return trees, truth_table(when, False, judge[2], has_judge=True)


def _undated(act: Act | None) -> Tree:
    """Return the evidence that a date is missing without which it is unknown which law applies."""
    field = "date" if act is None else act.anchor_fields[0]
    node = Node("field", field, key_label(field), key_label(field, "en"))
    return (node, None, None, ("" if act is None else act.id, field), ())


def _edges(trees: Mapping[str, Tree]) -> tuple[str, ...]:
    """Return each count that the other reading would decide differently, with both numbers."""
    found = []
    for tree in trees.values():
        for comparison, _ in on_the_edge(tree):
            span = comparison[4][0][1]
            found.append(f"{comparison[0].text}: {span[0]} / {span[2]}")
    return tuple(found)
