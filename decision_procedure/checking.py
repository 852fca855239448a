"""Checking: every duty tested on every act it speaks of, and the verdict that `semantics.md` gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from decision_procedure.graph import GATED_STEPS, Procedure
from decision_procedure.law.applicable import Law, binding_of, covers_place, in_force, scope_of
from decision_procedure.law.evidence import Tree, Truth, on_the_edge
from decision_procedure.law.expression import Frame
from decision_procedure.law.facts import Facts
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.relations import Replacement, replacements
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.report import Report, Verdict

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class _Context:
    facts: Facts
    procedure: Procedure
    pack: Pack
    binding: str
    scope: str
    waived: frozenset[str]
    timing: dict[str, _Timing]
    replacements: Mapping[str, tuple[Replacement, ...]]


class _Timing(NamedTuple):
    """When a step's acts took place and what had to follow it: the same for every duty of the step."""

    moment: PartialDate
    until: int
    due: Truth


def check_decision(decision: Decision, law: Law, as_of: date, *, assume_complete: bool = False) -> Report:
    """Return the verdicts on a record by this law, as things stood at the end of the day `as_of`.

    The conclusions that follow from them are left out; see `concluding`.
    """
    packs = law.for_body(decision)
    procedure = _procedure(packs)
    facts = recorded_facts(decision, law, as_of, assume_complete=assume_complete)
    waived = frozenset(waiver.duty for waiver in decision.waivers)
    verdicts: list[Verdict] = []
    scopes: dict[str, str] = {}
    for pack in packs:
        scope, _ = scope_of(pack, facts)
        scopes[pack.head.id] = scope
        context = _Context(
            facts, procedure, pack, binding_of(pack, facts), scope, waived, {}, _replacements(packs)
        )
        for rule in pack.rules:
            verdicts.extend(_verdicts(rule, context))
    return Report(
        decision=decision,
        as_of=facts.as_of.text,
        assume_complete=assume_complete,
        scope=scopes,
        verdicts=tuple(verdicts),
        duties=_duties(packs),
        law=_law_used(packs, law, facts),
        uncovered=_uncovered(packs, facts),
        plans=tuple(act.id or "" for act in facts.plans),
        rests_on=_gates_under(packs),
        required_by=_required_by(packs),
    )


def recorded_facts(decision: Decision, law: Law, as_of: date, *, assume_complete: bool = False) -> Facts:
    """Return what a record establishes on a day, acts implied by others included."""
    implied = _procedure(law.for_body(decision)).implied
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


@lru_cache(maxsize=64)
def _procedure(packs: tuple[Pack, ...]) -> Procedure:
    return Procedure.of(packs)


@lru_cache(maxsize=64)
def _replacements(packs: tuple[Pack, ...]) -> Mapping[str, tuple[Replacement, ...]]:
    return replacements(packs)


@lru_cache(maxsize=64)
def _gates_under(packs: tuple[Pack, ...]) -> Mapping[str, tuple[str, ...]]:
    """For each step, the gates on it and, up to the decision, on what it rests on (`semantics.md` section 4)."""
    procedure = _procedure(packs)
    until_decision = procedure.rests_on("decision") if "decision" in procedure.steps else frozenset()
    found = {}
    for name in procedure.steps:
        below = procedure.rests_on(name) if name in until_decision else {name}
        found[name] = tuple(gate for gate, step in GATED_STEPS.items() if step in below)
    return found


@lru_cache(maxsize=64)
def _required_by(packs: tuple[Pack, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for pack in packs:
        for step in pack.file.steps:
            found.setdefault(step.id, []).extend(f"{pack.head.id}.{duty}" for duty in step.required_by)
    for pack in packs:
        for duty in pack.file.duties:
            if duty.requires_step and duty.step in found:
                found[duty.step].append(f"{pack.head.id}.{duty.id}")
    return {step: tuple(dict.fromkeys(duties)) for step, duties in found.items()}


@lru_cache(maxsize=64)
def _duties(packs: tuple[Pack, ...]) -> Mapping[str, Mapping[str, Any]]:
    return {rule.id: _duty_data(rule) for pack in packs for rule in pack.rules}


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


def _verdicts(rule: Rule, context: _Context) -> Iterator[Verdict]:
    if not rule.per:
        yield _on_decision(rule, context)
        return
    acts = context.facts.held(rule.per)
    if not acts:
        yield _without_act(rule, context)
    for act in acts:
        yield _on_act(rule, act, context)


def _without_act(rule: Rule, context: _Context) -> Verdict:
    facts = context.facts
    denied = all(facts.closed(kind, facts.as_of.last) for kind in rule.per)
    force = in_force(rule.pack, facts.as_of)
    if context.scope == "out" or force is False:
        return _not_applicable(
            rule, None, facts.as_of, context, "scope" if context.scope == "out" else "not_in_force"
        )
    outcome, reason = ("not_applicable", "no_such_act") if denied else ("undetermined", "act_unknown")
    return Verdict(
        rule.id,
        None,
        outcome,
        context.binding,
        facts.as_of.text,
        {},
        reasons=(reason,),
        waived=rule.id in context.waived,
    )


def _on_act(rule: Rule, act: Act, context: _Context) -> Verdict:
    moment = act.anchor or _between_neighbours(act, context)
    begun = act.begun
    until = begun.last if begun is not None else context.facts.as_of.last
    return _judged(rule, act, moment, until, True, context)


def _on_decision(rule: Rule, context: _Context) -> Verdict:
    step = rule.duty.step
    timing = context.timing.get(step)
    if timing is None:
        timing = context.timing[step] = _timing(step, context)
    due = timing.due
    if due is None and not context.procedure.kinds_after.get(step) and not rule.duty.promptly_after:
        due = False
    return _judged(rule, None, timing.moment, timing.until, due, context)


def _timing(step: str, context: _Context) -> _Timing:
    facts = context.facts
    later = context.procedure.kinds_after.get(step, frozenset())
    following = [act for act in facts.held(sorted(later)) if "~" not in (act.id or "")]
    dated = [
        (anchor.first, act.id or "", anchor, act) for act in following if (anchor := act.anchor) is not None
    ]
    first = min(dated, key=lambda item: item[:2]) if dated else None
    begun = None if first is None else first[3].begun
    until = facts.as_of.last if begun is None else begun.last
    done = facts.held(context.procedure.steps[step].kinds)
    if done:
        return _Timing(done[0].anchor or _between_neighbours(done[0], context), until, True)
    if first is not None:
        return _Timing(first[2], until, True)
    if following:
        return _Timing(facts.as_of, facts.as_of.last, True)
    denied = bool(later) and all(facts.closed(kind, facts.as_of.last) for kind in later)
    return _Timing(facts.as_of, facts.as_of.last, False if denied else None)


def _between_neighbours(act: Act, context: _Context) -> PartialDate:
    """Return the stretch that the recorded acts before and after allow for an undated act."""
    facts, kind = context.facts, type(act).model_fields["kind"].default
    before = facts.held(sorted(context.procedure.kinds_before.get(kind, ())))
    own = {
        after
        for step in context.procedure.steps.values()
        if kind in step.kinds
        for after in context.procedure.kinds_after[step.id]
    }
    low = max([other.anchor.first for other in before if other.anchor is not None], default=0)
    high = min(
        [other.anchor.last for other in facts.held(sorted(own)) if other.anchor is not None],
        default=facts.limit,
    )
    return PartialDate(f"≤{facts.as_of.text}", low, max(low, high))


def _judged(
    rule: Rule, act: Act | None, moment: PartialDate, until: int, due: Truth, context: _Context
) -> Verdict:
    if context.scope == "out":
        return _not_applicable(rule, act, moment, context, "scope")
    force = in_force(rule.pack, moment)
    if force is False:
        return _not_applicable(rule, act, moment, context, "not_in_force")
    if _replaced(rule, act, moment, until, context):
        return _not_applicable(rule, act, moment, context, "replaced")
    frame = Frame(context.facts, act, until)
    trees = _evaluate(rule, frame)
    when = trees["when"][2] if rule.when is not None else True
    judge = trees["judge"][2] if "judge" in trees else None
    outcome = truth_table(when, trees["require"][2], judge, has_judge=rule.judge is not None)
    reasons: tuple[str, ...] = ()
    prompt = False
    if outcome in ("violated", "undetermined", "needs_judgement") and due is not True:
        outcome, reasons, prompt = _not_surely_due(rule, outcome, due, context)
    if force is None and outcome != "not_applicable":
        outcome, reasons = "undetermined", (*reasons, "date_unknown")
    caps = _caps(rule, context, judge, prompt=prompt) if outcome == "violated" else ()
    return Verdict(
        duty=rule.id,
        act=None if act is None else act.id,
        outcome="needs_judgement" if caps else outcome,
        binding=context.binding,
        day=moment.text,
        trees=trees,
        caps=caps,
        reasons=reasons,
        edges=_edges(trees) if rule.counts_days else (),
        proof=_proof(rule, act, context.facts),
        waived=rule.id in context.waived,
    )


def _replaced(rule: Rule, act: Act | None, moment: PartialDate, until: int, context: _Context) -> bool:
    for item in context.replacements.get(rule.id, ()):
        other = item.rule
        if in_force(other.pack, moment) is not True or scope_of(other.pack, context.facts)[0] == "out":
            continue
        if not item.only_where_it_applies or other.when is None:
            return True
        kind = None if act is None else type(act).model_fields["kind"].default
        if (kind in other.per if other.per else act is None) and other.when.run(
            Frame(context.facts, act, until)
        )[2] is True:
            return True
    return False


def _evaluate(rule: Rule, frame: Frame) -> dict[str, Tree]:
    trees: dict[str, Tree] = {}
    if rule.when is not None:
        trees["when"] = rule.when.run(frame)
        if trees["when"][2] is False:
            trees["require"] = (rule.require.node, None, None, None, ())
            return trees
    trees["require"] = rule.require.run(frame)
    if rule.judge is not None and trees["require"][2] is False:
        trees["judge"] = rule.judge.run(frame)
    return trees


def _not_surely_due(
    rule: Rule, outcome: str, due: Truth, context: _Context
) -> tuple[str, tuple[str, ...], bool]:
    start = rule.duty.promptly_after
    if start is not None:
        kinds = context.procedure.steps[start].kinds
        if context.facts.held(kinds):
            return outcome, ("no_number_in_text",), True
        due = False if all(context.facts.closed(kind, context.facts.as_of.last) for kind in kinds) else None
    if due is False:
        return "pending", ("not_due",), False
    return "undetermined", ("due_unknown",), False


def _caps(rule: Rule, context: _Context, judge: Truth, *, prompt: bool) -> tuple[str, ...]:
    caps = []
    if rule.mark in ("R", "?", "draft"):
        caps.append("mark")
    if rule.duty.force == "general" and not (rule.duty.reason_demanded_by and judge is False):
        caps.append("general")
    if rule.untimed:
        caps.append(rule.untimed)
    if context.scope == "unclear":
        caps.append("scope_unclear")
    if context.binding == "uncertain":
        caps.append("applicability_uncertain")
    if prompt:
        caps.append("no_number_in_text")
    return tuple(caps)


def _not_applicable(
    rule: Rule, act: Act | None, moment: PartialDate, context: _Context, reason: str
) -> Verdict:
    name = None if act is None else act.id
    return Verdict(rule.id, name, "not_applicable", context.binding, moment.text, {}, reasons=(reason,))


def _edges(trees: Mapping[str, Tree]) -> tuple[str, ...]:
    found = []
    for tree in trees.values():
        for comparison, _ in on_the_edge(tree):
            span = comparison[4][0][1]
            found.append(f"{comparison[0].text}: {span[0]} / {span[2]}")
    return tuple(found)


def _proof(rule: Rule, act: Act | None, facts: Facts) -> str:
    if act is None or not act.documents:
        return "stated"
    wanted = rule.duty.evidence
    return "shown" if any(facts.document_kinds.get(name) in wanted for name in act.documents) else "stated"


def _uncovered(packs: tuple[Pack, ...], facts: Facts) -> bool:
    """Say whether no recorded act falls under a loaded instrument that was in force on its day."""
    moments = _moments(facts)
    if not moments:
        return not any(in_force(pack, facts.as_of) is True for pack in packs)
    return not any(in_force(pack, moment) is not False for pack in packs for moment in moments)


def _moments(facts: Facts) -> list[PartialDate]:
    """Return the anchor dates of everything the record says was done or announced."""
    return [act.anchor for act in facts.decision.acts if act.held is not False and act.anchor is not None]


def _law_used(packs: tuple[Pack, ...], law: Law, facts: Facts) -> dict[str, tuple[dict[str, str], ...]]:
    days = _moments(facts) or [facts.as_of]
    applied = [pack.head for pack in packs if any(in_force(pack, day) is not False for day in days)]
    code = facts.decision.body.code or ""
    known = [entry for entry in law.register if covers_place(entry.place, code)]
    in_time = [
        entry
        for entry in known
        if any(
            (entry.in_force_from is None or day.last >= entry.in_force_from.first)
            and (entry.in_force_to is None or day.first < entry.in_force_to.first)
            for day in days
        )
    ]
    return {
        "applied": tuple(
            {"id": head.id, "zh": head.title.zh, "en": head.title.en, "number": head.number}
            for head in applied
        ),
        "unseen": tuple(_entry(entry) for entry in in_time if entry.status == "unseen"),
        "not_loaded": tuple(_entry(entry) for entry in in_time if entry.status == "not_loaded"),
    }


def _entry(entry: Any) -> dict[str, str]:
    return {"id": entry.id, "zh": entry.title.zh, "en": entry.title.en, "number": entry.number}
