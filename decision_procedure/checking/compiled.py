"""The law of one place made ready: everything about its instruments that no record changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from decision_procedure.checking.caps import lasting_caps
from decision_procedure.errors import BadPack
from decision_procedure.graph import Procedure
from decision_procedure.law.attention import in_words
from decision_procedure.law.conditions import Conditions
from decision_procedure.law.gates import GATED_STEPS, gated_step, in_order
from decision_procedure.law.language import Compiled
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.naming import names_of_acts
from decision_procedure.law.pack import Attention, Before, Duty, Step
from decision_procedure.law.precedence import lowering
from decision_procedure.law.relations import Replacement, replacements
from decision_procedure.model.kinds import Kinds
from decision_procedure.results.duties import CureInfo, Duties, DutyInfo
from decision_procedure.results.stages import STAGES, Stage
from decision_procedure.wording import Bilingual, InBoth


@dataclass(frozen=True, slots=True)
class Prompt:
    """After which kinds of act, and from which date of them, a duty without a number runs.

    `measured_from` is from what it is counted how long it took: the same, but where its `attention` says otherwise.
    """

    runs_from: tuple[tuple[str, ...], str]
    measured_from: tuple[tuple[str, ...], str]
    attention: Attention | None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A duty with what its verdict needs.

    `performs` is the step that the acts tested perform: the duty's own, else the main one (None: they perform none).
    `prompt` says after what the duty must be done without delay, `deadline` the kinds after
    which it must be done within a number of days, the number, and whether only working days count.
    `before` says by when a duty on the whole decision must be met, `follows` names the later step and its kinds
    whose act makes the test of an order due. `adoption`: it presupposes a decision that adopts; `awaits_act`: it
    applies once an act took place, and on nothing else; `gates_decision`:
    it is a gate on decisions, which only one that adopts can pass. `at_once`: it is due wherever it applies.
    `caps` is what lowers every breach of it. `adapted` are the conditions for bodies bound by reference. `announced`: it is tested on acts that were
    only announced as well.
    """

    id: str
    step: str
    per: tuple[str, ...]
    performs: str | None
    conditions: Conditions
    adapted: Conditions
    counts_days: bool
    evidence: frozenset[str]
    prompt: Prompt | None
    deadline: tuple[tuple[str, ...], int, bool] | None
    before: Before | None
    follows: tuple[str, tuple[str, ...]] | None
    adoption: bool
    awaits_act: bool
    gates_decision: bool
    at_once: bool
    caps: tuple[str, ...]
    announced: bool
    replaced_by: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class CompiledLaw:
    """The instruments for one place.

    `rests_on` gives, for each step, the gates on it and, up to the decision, on what it rests on;
    `required_by` the duties that make it required; `twins` and `elders` the pairs of duties that say the
    same, and of the newer and the older version of one duty. `departures` gives for a general rule the duty to state a
    reason for departing from it. `repeated` gives, for each duty, the articles of other instruments that say the same,
    each with its instrument.
    """

    procedure: Procedure
    packs: tuple[tuple[Pack, tuple[CompiledRule, ...]], ...]
    rests_on: Mapping[str, tuple[str, ...]]
    required_by: Mapping[str, tuple[str, ...]]
    twins: tuple[tuple[str, str], ...]
    elders: tuple[tuple[str, str], ...]
    rules: Mapping[str, CompiledRule]
    departures: Mapping[str, str]
    repeated: Mapping[str, tuple[tuple[str, Pack], ...]]


@lru_cache(maxsize=64)
def compiled_law(packs: tuple[Pack, ...]) -> CompiledLaw:
    """Return the instruments made ready.

    Raises UnusableArgument when their steps go in a circle, BadPack when one lowers what higher law says.
    """
    if faults := tuple(lowering(packs)):
        raise BadPack(faults)
    procedure = Procedure.of(packs)
    replaced = replacements(packs)
    duties = duties_of(packs)
    rules = [rule for pack in packs for rule in pack.rules]
    ready = tuple(
        (pack, tuple(_ready(rule, procedure, replaced.get(rule.id, ())) for rule in pack.rules))
        for pack in packs
    )
    return CompiledLaw(
        procedure=procedure,
        packs=ready,
        rules={rule.id: rule for _, found in ready for rule in found},
        rests_on=_gates_under(procedure, (rule.duty.closes for rule in rules if rule.duty.closes)),
        required_by=required_by(procedure.steps, packs),
        twins=tuple((rule.id, same) for rule in rules for same in rule.duty.same_as if same in duties),
        departures={
            rule.id: f"{rule.pack.head.id}.{rule.duty.reason_demanded_by}"
            for rule in rules
            if rule.duty.reason_demanded_by
        },
        elders=tuple((rule.id, older) for rule in rules for older in rule.duty.succeeds if older in duties),
        repeated=_repeated(packs),
    )


@lru_cache(maxsize=256)
def duties_of(packs: tuple[Pack, ...]) -> Duties:
    """Return what reports say of each duty of these instruments, and of their scopes."""
    duties = Duties()
    steps = {step.id: step for pack in packs for step in pack.file.steps}
    rested_on = (
        Procedure.of(packs).rests_on("decision") - {"decision"} if "decision" in steps else frozenset()
    )
    for pack in packs:
        duties[f"{pack.head.id}.scope"] = _scope_info(pack)
        duties.update({rule.id: _duty_info(rule, steps, rested_on) for rule in pack.rules})
    for pack in packs:
        duties.update(_repeats_told(pack, duties))
    return duties


def _repeats_told(pack: Pack, duties: Mapping[str, DutyInfo]) -> Iterator[tuple[str, DutyInfo]]:
    """Yield what reports say of the articles of an instrument that repeat others: what these say, cited by its own."""
    head, title = pack.head, Bilingual.of(pack.head.title)
    for repeat in pack.file.repeats:
        if known := next((duties[name] for name in repeat.of if name in duties), None):
            own = replace(
                known,
                instrument=title,
                number=head.number or "",
                article=repeat.article,
                mark=head.mark,
                attention=None,
            )
            yield f"{head.id}.{repeat.id}", own


def _repeated(packs: Iterable[Pack]) -> Mapping[str, tuple[tuple[str, Pack], ...]]:
    found: dict[str, list[tuple[str, Pack]]] = {}
    for pack in packs:
        for repeat in pack.file.repeats:
            for name in repeat.of:
                found.setdefault(name, []).append((f"{pack.head.id}.{repeat.id}", pack))
    return {name: tuple(items) for name, items in found.items()}


def _ready(rule: Rule, procedure: Procedure, replaced_by: tuple[Replacement, ...]) -> CompiledRule:
    duty = rule.duty
    deadline = None
    if duty.deadline is not None:
        limit = duty.params[duty.deadline.param]
        deadline = (procedure.steps[duty.deadline.after].kinds, limit.value, limit.unit == "工作日")
    return CompiledRule(
        id=rule.id,
        step=duty.step,
        per=rule.per,
        performs=_performed(duty.step, rule.per, procedure),
        conditions=Conditions(rule.when, rule.require, rule.judge),
        adapted=Conditions(rule.when_adapted, rule.require_adapted or rule.require, rule.judge),
        counts_days=rule.counts_days,
        evidence=frozenset(duty.evidence),
        prompt=None if duty.promptly_after is None else _prompt(duty, procedure.steps[duty.promptly_after]),
        deadline=deadline,
        before=duty.before,
        follows=rule.follows,
        adoption=duty.presupposes == "adoption",
        awaits_act=rule.when is not None and all(name.startswith("acts.") for name in rule.when.names),
        gates_decision=duty.closes == "decision" and rule.per == ("decision",),
        at_once=duty.at_once,
        caps=lasting_caps(rule),
        announced=duty.announced,
        replaced_by=replaced_by,
    )


def _performed(step: str, kinds: tuple[str, ...], procedure: Procedure) -> str | None:
    own = procedure.steps.get(step)
    if own is not None and not set(own.kinds).isdisjoint(kinds):
        return step
    return next((name for name, found in procedure.steps.items() if found.kinds[0] in kinds), None)


def _prompt(duty: Duty, step: Step) -> Prompt:
    runs_from = (step.kinds, step.at or "done")
    attention = duty.attention
    measured_from = runs_from if attention is None else ((attention.kind,), attention.field)
    return Prompt(runs_from, measured_from, attention)


def _gates_under(procedure: Procedure, closed: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    until_decision = procedure.rests_on("decision") if "decision" in procedure.steps else frozenset()
    gates, found = in_order({*GATED_STEPS, *closed}), {}
    for name in procedure.steps:
        below = procedure.rests_on(name) if name in until_decision else {name}
        found[name] = tuple(gate for gate in gates if gated_step(gate) in below)
    return found


def required_by(steps: Iterable[str], packs: Sequence[Pack]) -> Mapping[str, tuple[str, ...]]:
    """Return for each of the steps the duties of these instruments that are declared to require it."""
    found: dict[str, dict[str, None]] = {name: {} for name in steps}
    declared = [
        *((step.id, pack, name) for pack in packs for step in pack.file.steps for name in step.required_by),
        *((duty.requires_step, pack, duty.id) for pack in packs for duty in pack.file.duties),
    ]
    for step, pack, duty in declared:
        if step in found:
            found[step][f"{pack.head.id}.{duty}"] = None
    return {step: tuple(duties) for step, duties in found.items()}


def _duty_info(rule: Rule, steps: Mapping[str, Step], rested_on: frozenset[str]) -> DutyInfo:
    duty, role = rule.duty, rule.pack.kinds.roles.get(rule.duty.bearer)
    return DutyInfo(
        instrument=Bilingual.of(rule.pack.head.title),
        number=rule.pack.head.number or "",
        article=duty.article,
        step=duty.step,
        bearer=duty.bearer,
        force=duty.force,
        effect=duty.effect,
        closes=duty.closes,
        mark=rule.mark,
        conditional=rule.when is not None,
        text=Bilingual.of(duty.text),
        cure=_cure(duty, rested_on),
        judgement=_said(duty.judgement),
        adapted=_said(duty.adapted),
        not_tested=_said(duty.not_tested),
        names=_names_of(rule, steps),
        attention=_said(in_words(duty.attention, rule.pack.kinds) if duty.attention else None),
        role=None if role is None else Bilingual(*role.names),
        per=rule.per,
        before=None if duty.before is None else duty.before.strict,
        fault=_said(duty.fault),
    )


def _said(said: InBoth | None) -> Bilingual | None:
    return None if said is None else Bilingual.of(said)


def _cure(duty: Duty, rested_on: frozenset[str]) -> CureInfo:
    """Return what can be done about a breach, with what is left once it is too late to go through the step."""
    cure, strict = duty.cure, duty.before.strict if duty.before else "decision"
    stages = {name: _said(getattr(cure, name)) for name in STAGES[1:]}
    stage = _TOO_LATE_ONCE.get(strict)
    if cure.kind == "redo" and duty.step in rested_on and stage is not None and stages[stage] is None:
        stages[stage] = _TOO_LATE[stage]
    return CureInfo(cure.zh, cure.en, cure.kind, **stages)


_TOO_LATE_ONCE: Mapping[str, Stage] = {"decision": "decided", "issue": "issued"}
_TOO_LATE: Mapping[Stage, Bilingual] = {
    "decided": Bilingual(
        zh="决定已经作出，不能再在决定之前办理：说明情况，由决策机关研究补救",
        en="The decision is made and this can no longer be done before it: explain, and let the deciding body settle how to repair it",
    ),
    "issued": Bilingual(
        zh="已经出台，不能再在出台之前办理：说明情况，由决策机关研究补救",
        en="It is issued and this can no longer be done before that: explain, and let the deciding body settle how to repair it",
    ),
}


def _names_of(rule: Rule, steps: Mapping[str, Step]) -> tuple[str, ...]:
    """Return what a duty names in the record: by its conditions, and the dates that say by when it must be met."""
    duty, kinds = rule.duty, rule.pack.kinds
    conditions = (rule.when, rule.require, rule.judge, rule.when_adapted, rule.require_adapted)
    names = set(_names(*conditions))
    tested = {name.split(".")[1] for name in names if name.startswith("acts.")}
    if duty.before is not None:
        names.update(_dates_of(duty.before.strict, steps, "begun", kinds))
        names.update(_dates_of(duty.before.implied, steps, "begun", kinds))
    if duty.deadline is not None:
        names.update(_dates_of(duty.deadline.after, steps, "done", kinds))
    if duty.promptly_after is not None:
        names.update(_dates_of(duty.promptly_after, steps, "done", kinds))
    if duty.attention is not None:
        names.update(names_of_acts(duty.attention.kind, (duty.attention.field,), kinds))
    if duty.before is not None or duty.attention is not None:
        names.update(name for kind in tested for name in names_of_acts(kind, ("begun", "done"), kinds))
    return tuple(sorted(names))


def _dates_of(name: str | None, steps: Mapping[str, Step], date: str, kinds: Kinds) -> Iterator[str]:
    """Yield the dates of a step, and what a decision came to: only one that adopts is looked at."""
    step = steps.get(name or "")
    if step is not None:
        for kind in step.kinds:
            yield from names_of_acts(kind, (step.at or date, "outcome"), kinds)


def _names(*conditions: Compiled | None) -> tuple[str, ...]:
    """Return what these conditions name in the record."""
    return tuple(
        sorted({name for condition in conditions if condition is not None for name in condition.names})
    )


def _scope_info(pack: Pack) -> DutyInfo:
    head, scope = pack.head, pack.file.scope
    return DutyInfo(
        instrument=Bilingual.of(head.title),
        number=head.number or "",
        article=scope.article,
        step=None,
        bearer="DO",
        force="principle",
        effect="practice",
        closes=None,
        mark=head.mark,
        conditional=False,
        text=Bilingual.of(scope.text),
        cure=_SCOPE_CURE,
        judgement=_SCOPE_JUDGEMENT,
        adapted=None,
        not_tested=None,
        names=_names(
            pack.included, pack.excluded, pack.direct, pack.reference, pack.internal, pack.not_bound
        ),
    )


_SCOPE_CURE = CureInfo(
    "载明事项是否列入目录、是否符合公布的标准，或者属于哪一类除外事项",
    "State whether the matter is on the catalogue or meets the standards, or which exclusion covers it",
    "supplement",
)
_SCOPE_JUDGEMENT = Bilingual(
    "该事项是否属于本文件的适用范围", "Whether the matter falls under this instrument"
)
