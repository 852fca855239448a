"""Checking: every duty tested on every act it speaks of, and the verdict that `semantics.md` gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from decision_procedure import timing
from decision_procedure.advising import advice_on
from decision_procedure.applying import is_covered, law_used, moments_of, reaches
from decision_procedure.folding import Undated, fold
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law, ScopeKind, binding_of, in_force, scope_of
from decision_procedure.law.evidence import Node, Tree, Truth, on_the_edge
from decision_procedure.law.facts import KIND_OF, Facts
from decision_procedure.law.language import Frame
from decision_procedure.law.loading import Pack
from decision_procedure.law.relations import Replacement
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.keys import key_label
from decision_procedure.model.vocabulary import LABELS
from decision_procedure.proof import Proof
from decision_procedure.readying import ReadyRule, duties_of, ready_law
from decision_procedure.report import Report, Verdict


def check_decision(decision: Decision, law: Law, as_of: date, *, assume_complete: bool = False) -> Report:
    """Return the verdicts on a record by this law, as things stood at the end of the day `as_of`.

    The conclusions that follow from them are left out; see `concluding`.
    """
    ready = ready_law(law.for_body(decision))
    facts = Facts(decision, as_of, assume_complete=assume_complete, implied=ready.procedure.implied)
    moments = moments_of(facts)
    stretches = moments + timing.undated_stretches(facts, ready.procedure)
    packs = tuple(pack for pack, _ in ready.packs if reaches(pack, stretches, facts.as_of))
    seats = _Seats(facts, ready.procedure)
    scopes = _scopes(packs, facts)
    applying = tuple(pack for pack in packs if scopes[pack.head.id].applies)
    verdicts: list[Verdict] = []
    undated: dict[tuple[str, str | None], Undated] = {}
    for pack, rules in ready.packs:
        if pack.head.id in scopes:
            check = _Check(pack, seats, scopes, undated)
            verdicts.append(check.on_scope())
            for rule in rules:
                check.test(rule, verdicts)
    return Report(
        decision=decision,
        as_of=facts.as_of.text,
        assume_complete=assume_complete,
        scope={name: scope.kind for name, scope in scopes.items()},
        verdicts=fold(verdicts, ready.twins, ready.elders, undated),
        duties=duties_of(packs),
        law=law_used(law, applying, decision.body.code or "", moments or [facts.as_of]),
        uncovered=not is_covered(applying, moments or [facts.as_of]),
        plans=tuple(act.id or "" for act in facts.plans),
        rests_on=ready.rests_on,
        required_by=ready.required_by,
        advice=advice_on(
            decision, law, {name: scope.binding for name, scope in scopes.items()}, moments, facts.as_of
        ),
    )


def recorded_facts(decision: Decision, law: Law, as_of: date, *, assume_complete: bool = False) -> Facts:
    """Return what a record establishes on a day, acts implied by others included."""
    implied = ready_law(law.for_body(decision)).procedure.implied
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
class _Scope:
    """Whether an instrument covers the matter, and how it binds the deciding body."""

    kind: ScopeKind
    trees: Mapping[str, Tree]
    binding: str
    excluded_locally: bool = False

    @property
    def applies(self) -> bool:
        """Whether the instrument may have something to say about the decision."""
        return self.kind != "out" and self.binding != "not_bound"

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why a person must say whether the matter is covered; empty where the record answers it."""
        if self.kind != "unclear":
            return ()
        if self.excluded_locally:
            return ("excluded_locally",)
        if self.trees["excluded"][2] is True:
            return ("excluded_yet_listed",)
        return ("scope_unstated",)


def _scopes(packs: tuple[Pack, ...], facts: Facts) -> dict[str, _Scope]:
    """Return the scope of each instrument.

    A local exclusion takes a matter out of the local instrument only; whether the higher one still covers it
    is then a question for a person (`semantics.md` section 3).
    """
    found: dict[str, _Scope] = {}
    open_questions: set[str] = set()
    for pack in packs:
        kind, trees = scope_of(pack, facts)
        binding, conditions = binding_of(pack, facts)
        found[pack.head.id] = _Scope(kind, trees | conditions, binding)
        if trees["excluded"][2] is True and binding != "not_bound":
            open_questions.update(pack.file.scope.leaves_open)
    for name in open_questions & found.keys():
        if found[name].kind == "in":
            found[name] = replace(found[name], kind="unclear", excluded_locally=True)
    return found


@dataclass(slots=True)
class _Seat:
    """Where duties are tested: on an act or on the decision, by the law of which moment, and whether due."""

    act: Act | None
    frame: Frame
    moment: PartialDate
    due: Truth
    undated: Act | None
    proof: Proof | None


class _Seats:
    """The places of one record at which duties are tested, made once for all instruments."""

    def __init__(self, facts: Facts, procedure: Procedure) -> None:
        self.facts, self.procedure = facts, procedure
        self._firsts = timing.first_acts(facts)
        self._acts: dict[str | None, _Seat] = {}
        self._steps: dict[str, _Seat] = {}

    def on_act(self, act: Act) -> _Seat:
        """Return the place of one act."""
        seat = self._acts.get(act.id)
        if seat is None:
            anchor = act.anchor
            moment = anchor or timing.between_neighbours(act, self.facts, self.procedure)
            until = self.facts.as_of.last if act.begun is None else act.begun.last
            undated = act if anchor is None else None
            proof = Proof(act, self.facts) if act.documents else None
            seat = _Seat(act, Frame(self.facts, act, until), moment, True, undated, proof)
            self._acts[act.id] = seat
        return seat

    def on_step(self, step: str) -> _Seat:
        """Return the place of a step of the decision."""
        seat = self._steps.get(step)
        if seat is None:
            found = timing.of_step(step, self.facts, self.procedure, self._firsts)
            frame = Frame(self.facts, None, found.until)
            seat = self._steps[step] = _Seat(None, frame, found.moment, found.due, found.undated, None)
        return seat


class _Check:
    """One instrument on one record."""

    def __init__(
        self,
        pack: Pack,
        seats: _Seats,
        scopes: Mapping[str, _Scope],
        undated: dict[tuple[str, str | None], Undated],
    ) -> None:
        self.pack, self.seats, self.facts = pack, seats, seats.facts
        self.scope = scopes[pack.head.id]
        self.binding = self.scope.binding
        self._scopes = scopes
        self._undated = undated
        self._forces: dict[tuple[int, int], Truth] = {}
        self._out = "not_bound" if self.binding == "not_bound" else None
        if self.scope.kind == "out":
            self._out = "scope"

    def on_scope(self) -> Verdict:
        """Return whether the instrument covers the matter, as a verdict of its own."""
        outcome = {"in": "satisfied", "out": "not_applicable"}.get(self.scope.kind, "needs_judgement")
        if self._out is not None:
            outcome = "not_applicable"
        reasons = self.scope.doubts if self._out is None else (self._out,)
        name, day = f"{self.pack.head.id}.scope", self.facts.as_of.text
        return Verdict(name, None, outcome, self.binding, day, self.scope.trees, (), reasons)

    def test(self, rule: ReadyRule, verdicts: list[Verdict]) -> None:
        """Add the verdict on each act that the duty speaks of, or the one on the decision."""
        if self._out is not None:
            verdicts.append(self._not_applicable(rule, None, self.facts.as_of, self._out))
        elif not rule.per:
            verdicts.append(self._judged(rule, self.seats.on_step(rule.step)))
        else:
            acts = self.facts.acts.get(rule.per[0], ()) if len(rule.per) == 1 else self.facts.held(rule.per)
            if not acts:
                verdicts.append(self._without_act(rule))
            verdicts += [self._judged(rule, self.seats.on_act(act)) for act in acts]

    def _without_act(self, rule: ReadyRule) -> Verdict:
        facts = self.facts
        if in_force(self.pack, facts.as_of) is False:
            return self._not_applicable(rule, None, facts.as_of, "not_in_force")
        if any(self._replaces(item, None, facts.as_of) for item in rule.replaced_by):
            return self._not_applicable(rule, None, facts.as_of, "replaced")
        if all(facts.closed(kind, facts.as_of.last) for kind in rule.per):
            outcome, reason = "not_applicable", _NO_SUCH_ACT
        elif self.seats.on_step(rule.step).due is False:
            outcome, reason = "pending", _NOT_DUE
        else:
            outcome, reason = "undetermined", _ACT_UNKNOWN
        return Verdict(rule.id, None, outcome, self.binding, facts.as_of.text, {}, (), reason)

    def _judged(self, rule: ReadyRule, seat: _Seat) -> Verdict:
        moment = self._moment(rule, seat)
        force = self._in_force(moment)
        if force is False:
            return self._not_applicable(rule, seat.act, moment, "not_in_force")
        if rule.replaced_by:
            replacing = [item for item in rule.replaced_by if self._replaces(item, seat, moment)]
            if replacing:
                verdict = self._not_applicable(rule, seat.act, moment, "replaced")
                return verdict._replace(related=tuple(item.rule.id for item in replacing))
        trees, outcome = self._evaluated(rule, seat.frame)
        reasons: tuple[str, ...] = ()
        caps: tuple[str, ...] = ()
        elapsed = None
        if outcome in _OPEN:
            if seat.due is not True:
                outcome, reasons, caps, elapsed = self._not_surely_due(rule, outcome, seat.due)
            caps = (*self._caps(rule, trees), *caps) if outcome == "violated" else ()
        if force is None and outcome != "not_applicable":
            place = (rule.id, None if seat.act is None else seat.act.id)
            self._undated[place] = Undated(outcome, caps, moment, self.pack.head)
            outcome, reasons, caps = "undetermined", (*reasons, self._open_force()), ()
            if seat.undated is not None:
                trees["law"] = _missing_date(seat.undated)
        return Verdict(
            rule.id,
            None if seat.act is None else seat.act.id,
            "needs_judgement" if caps else outcome,
            self.binding,
            moment.text,
            trees,
            caps,
            reasons,
            _edges(trees) if rule.counts_days else (),
            "stated" if seat.proof is None else seat.proof.of(rule.evidence),
            elapsed,
        )

    def _in_force(self, moment: PartialDate) -> Truth:
        """Say whether the instrument was in force: many duties ask it of one moment."""
        stretch = (moment.first, moment.last)
        if stretch not in self._forces:
            self._forces[stretch] = in_force(self.pack, moment)
        return self._forces[stretch]

    def _moment(self, rule: ReadyRule, seat: _Seat) -> PartialDate:
        """Return the moment whose law governs: that of the seat, or of the day on which an omission began.

        What had to follow a decision of 2017 without delay, and never did, was omitted under the law of 2017:
        where the law has changed since a duty arose and nothing was done or followed, that day decides.
        """
        if seat.act is None and seat.due is not True:
            after = rule.prompt if rule.prompt is not None else rule.deadline and rule.deadline[0]
            start = timing.began(after, self.facts) if after else None
            if start is not None and self._law_differs(rule, start, seat.moment):
                return start
        return seat.moment

    def _law_differs(self, rule: ReadyRule, one: PartialDate, other: PartialDate) -> bool:
        packs = (self.pack, *(item.rule.pack for item in rule.replaced_by))
        return any(in_force(pack, one) is not in_force(pack, other) for pack in packs)

    def _evaluated(self, rule: ReadyRule, frame: Frame) -> tuple[dict[str, Tree], str]:
        """Return the evidence of the conditions, as far as they had to be looked at, and what they come to."""
        condition, requirement = rule.when, rule.require
        if self.binding == "reference":
            condition, requirement = rule.adapted
        trees: dict[str, Tree] = {}
        when: Truth = True
        if condition is not None:
            trees["when"] = tree = condition(frame)
            when = tree[2]
            if when is False:
                return trees, "not_applicable"
        trees["require"] = tree = requirement(frame)
        if tree[2] is True:
            return trees, "satisfied"
        if rule.judge is None or tree[2] is None:
            return trees, truth_table(when, tree[2], None, has_judge=False)
        trees["judge"] = judge = rule.judge(frame)
        return trees, truth_table(when, False, judge[2], has_judge=True)

    def _replaces(self, item: Replacement, seat: _Seat | None, moment: PartialDate) -> bool:
        """Say whether another duty stands in for this one: in force, covering the matter, and triggered."""
        other = item.rule
        scope = self._scopes.get(other.pack.head.id)
        if scope is None or not scope.applies:
            return False
        if in_force(other.pack, moment) is not True:
            return False
        if not item.only_where_it_applies or other.when is None:
            return True
        if seat is None or (KIND_OF[type(seat.act)] not in other.per if seat.act else bool(other.per)):
            return False
        return other.when.run(seat.frame)[2] is True

    def _not_surely_due(
        self, rule: ReadyRule, outcome: str, due: Truth
    ) -> tuple[str, tuple[str, ...], tuple[str, ...], int | None]:
        """Return what an open outcome becomes while it is not certain that the step was due.

        A duty to act promptly is open from the act it follows on; delay alone is never a breach. A numbered
        time limit makes the duty due once it has passed.
        """
        if rule.prompt is not None:
            start = timing.latest(rule.prompt, self.facts)
            if start.taken:
                return outcome, _PROMPTLY, _PROMPTLY, start.days_ago
            due = start.due
        elif rule.deadline is not None:
            due = timing.passed(*rule.deadline, self.facts)
            if due is True:
                return outcome, (), (), None
        elif due is None and not self.seats.procedure.kinds_after.get(rule.step):
            due = False
        if due is False:
            return "pending", _NOT_DUE, (), None
        return "undetermined", ("due_unknown",), (), None

    def _caps(self, rule: ReadyRule, trees: Mapping[str, Tree]) -> tuple[str, ...]:
        """Return what lowers a breach to a question for a person (`semantics.md` section 2)."""
        caps = list(rule.caps)
        unexplained = rule.reason_demanded and "judge" in trees and trees["judge"][2] is False
        if rule.general and not unexplained:
            caps.append("general")
        if self.scope.kind == "unclear":
            caps.append("scope_unclear")
        if self.binding == "uncertain":
            caps.append("applicability_uncertain")
        return tuple(cap for cap in LABELS["cap"] if cap in caps)

    def _open_force(self) -> str:
        return "force_unknown" if self.pack.head.in_force_from is None else "date_unknown"

    def _not_applicable(self, rule: ReadyRule, act: Act | None, moment: PartialDate, reason: str) -> Verdict:
        name = None if act is None else act.id
        return Verdict(rule.id, name, "not_applicable", self.binding, moment.text, {}, (), (reason,))


_OPEN = ("violated", "needs_judgement", "undetermined")
_NO_SUCH_ACT, _ACT_UNKNOWN, _NOT_DUE = ("no_such_act",), ("act_unknown",), ("not_due",)
_PROMPTLY = ("no_number_in_text",)


def _missing_date(act: Act) -> Tree:
    """Return the evidence that a date is missing without which it is unknown which law applies."""
    field = act.anchor_fields[0]
    node = Node("field", field, key_label(field), key_label(field, "en"))
    return (node, None, None, (act.id, field), ())


def _edges(trees: Mapping[str, Tree]) -> tuple[str, ...]:
    """Return each count that the other reading would decide differently, with both numbers."""
    found = []
    for tree in trees.values():
        for comparison, _ in on_the_edge(tree):
            span = comparison[4][0][1]
            found.append(f"{comparison[0].text}: {span[0]} / {span[2]}")
    return tuple(found)
