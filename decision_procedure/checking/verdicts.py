"""Checking: every duty tested on every act it speaks of, and the verdict that `semantics.md` gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

from decision_procedure.checking import timing
from decision_procedure.checking.advice import advice_on, advice_on_counts, advice_on_place
from decision_procedure.checking.applicability import Applicability, applicabilities
from decision_procedure.checking.caps import caps_on
from decision_procedure.checking.compiled import CompiledLaw, CompiledRule, compiled_law, duties_of
from decision_procedure.checking.contradictions import contested, settled
from decision_procedure.checking.equivalents import Undated, fold, with_repeats
from decision_procedure.checking.lateness import timely
from decision_procedure.checking.law_used import (
    has_lapsed,
    hull_of,
    is_covered,
    lapse_told,
    lapsed_by,
    law_used,
    moments_of,
    reaches,
)
from decision_procedure.checking.made_good import made_good
from decision_procedure.checking.promptness import Outcome, on_done, on_waiting, while_waiting
from decision_procedure.checking.subjects import Subject, Subjects
from decision_procedure.checking.supposition import placed, with_supposition
from decision_procedure.law.applicable import Law, force_of, in_force
from decision_procedure.law.conditions import Conditions, Evidence, Further
from decision_procedure.law.evidence import Tree, Truth, any_true
from decision_procedure.law.facts import Facts
from decision_procedure.law.leaves import of_act
from decision_procedure.law.loading import Pack
from decision_procedure.law.passage import passage_of
from decision_procedure.law.relations import Replacement
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.results.needs import applies
from decision_procedure.results.report import Report, Verdict


def check_decision(decision: Decision, law: Law, as_of: date, *, assume_complete: bool = False) -> Report:
    """Return the verdicts on a record by this law, as things stood at the end of the day `as_of`.

    The conclusions that follow from them are left out; see `inference.statements`.
    """
    return checked(decision, law, as_of, assume_complete=assume_complete)[1]


def checked(
    decision: Decision, law: Law, as_of: date, *, assume_complete: bool = False
) -> tuple[Facts, Report]:
    """Return what a record establishes on a day, and the verdicts on it, as `check_decision` does."""
    facts, report = _run(decision, law, as_of, assume_complete=assume_complete)
    second = partial(_as_it_stands, decision, law, as_of)
    return facts, replace(report, verdicts=with_supposition(report.verdicts, report.duties, second))


def _run(
    decision: Decision,
    law: Law,
    as_of: date,
    *,
    assume_complete: bool = False,
    as_it_stands: bool = False,
) -> tuple[Facts, Report]:
    check = partial(
        _checked, law=law, as_of=as_of, assume_complete=assume_complete, as_it_stands=as_it_stands
    )
    disputed = contested(decision)
    return settled(decision, disputed, check) if disputed else check(decision)


def _as_it_stands(decision: Decision, law: Law, as_of: date) -> tuple[Verdict, ...]:
    """Return the verdicts by the same law if the record were complete up to `as_of` as it stands."""
    return _run(decision, law, as_of, as_it_stands=True)[1].verdicts


def _checked(
    decision: Decision, *, law: Law, as_of: date, assume_complete: bool, as_it_stands: bool
) -> tuple[Facts, Report]:
    ready = compiled_law(law.for_body(decision))
    facts = Facts(
        decision,
        as_of,
        assume_complete=assume_complete,
        as_it_stands=as_it_stands,
        implied=ready.procedure.implied,
    )
    moments = moments_of(facts)
    stretches = [*moments, *timing.undated_stretches(facts, ready.procedure), facts.as_of]
    hull = hull_of(stretches)
    looked_at = hull_of([hull, *facts.implied_dates])
    lapsed = {pack for pack, _ in ready.packs if has_lapsed(pack, law) and lapsed_by(pack, stretches)}
    reached = {pack for pack, _ in ready.packs if reaches(pack, stretches, hull)}
    packs = tuple(pack for pack, _ in ready.packs if pack in reached or pack in lapsed)
    subjects = Subjects(facts, ready.procedure)
    scopes = applicabilities(packs, facts)
    packs = tuple(pack for pack in packs if pack in reached or scopes[pack.head.id].applies)
    duties = duties_of(packs)
    applying = tuple(pack for pack in packs if scopes[pack.head.id].applies)
    verdicts: list[Verdict] = []
    undated: dict[tuple[str, str | None], Undated] = {}
    kinds: dict[str, str] = {}
    for pack, rules in ready.packs:
        if pack in packs:
            always = in_force(pack, looked_at) is True
            check = _Check(pack, subjects, scopes, undated, always=always, lapsed=pack in lapsed)
            on_duties = tuple(check.on_duties(rules))
            on_scope = check.on_scope(on_duties)
            kinds[pack.head.id] = "unclear" if on_scope.outcome == "needs_judgement" else check.scope.kind
            verdicts += (on_scope, *on_duties)
    ended = {item.duty.partition(".")[0] for item in verdicts if item.reasons == _ENDED}
    told = tuple(lapse_told(pack, law) for pack in packs if pack.head.id in ended)
    folded = _folded(verdicts, ready, undated, scopes)
    report = Report(
        decision=decision,
        as_of=facts.as_of.text,
        assume_complete=facts.assume_complete,
        scope=kinds,
        verdicts=placed(made_good(folded, facts, ready.departures), duties, subjects),
        duties=duties,
        law_used={
            **law_used(law, applying, decision, moments or [facts.as_of], hull),
            "ended": told,
        },
        uncovered=not is_covered(applying, moments or [facts.as_of]),
        plans=tuple(act.id or "" for act in facts.plans),
        rests_on=ready.rests_on,
        implied=facts.implied,
        required_by=ready.required_by,
        advice=advice_on_place(decision.body, law)
        + advice_on_counts(decision)
        + advice_on(
            decision, law, {name: scope.binding for name, scope in scopes.items()}, moments, facts.as_of
        ),
    )
    return facts, report


class _Check:
    """One instrument on one record."""

    def __init__(
        self,
        pack: Pack,
        subjects: Subjects,
        scopes: Mapping[str, Applicability],
        undated: dict[tuple[str, str | None], Undated],
        *,
        always: bool,
        lapsed: bool,
    ) -> None:
        self.pack, self.subjects, self.facts = pack, subjects, subjects.facts
        self._passage = passage_of(subjects.facts)
        self.scope = scopes[pack.head.id]
        self.binding = self.scope.binding
        self._scopes = scopes
        self._undated = undated
        self._always_in_force, self._lapsed = always, lapsed
        self._by_reference = self.binding == "reference"
        self._forces: dict[tuple[int, int], Truth] = {}
        self._out = "not_bound" if self.binding == "not_bound" else None
        if self.scope.kind == "out":
            self._out = "scope"

    def on_scope(self, on_duties: Iterable[Verdict]) -> Verdict:
        """Return whether the instrument covers the matter, as a verdict of its own.

        Where none of its duties applies anyhow, there is nothing to ask.
        """
        if self._out is not None:
            return self._scope_verdict("not_applicable", (self._out,))
        if self.scope.kind == "unstated":
            return self._scope_verdict("undetermined", ("kind_unstated",))
        verdicts = tuple(on_duties)
        if verdicts and all(item.reasons == _ENDED for item in verdicts):
            return self._scope_verdict("not_applicable", _ENDED)
        applying = [item for item in verdicts if item.outcome != "not_applicable"]
        scope = self.scope.over(item.day for item in applying)
        if scope.doubt is None:
            return self._scope_verdict("satisfied")
        if not applying:
            return self._scope_verdict("not_applicable", _NOTHING_APPLIES)
        return self._scope_verdict("needs_judgement", (scope.doubt,))

    def _scope_verdict(self, outcome: str, reasons: tuple[str, ...] = ()) -> Verdict:
        name, day = f"{self.pack.head.id}.scope", self.facts.as_of.text
        return Verdict(name, None, outcome, self.binding, day, self.scope.evidence, (), reasons)

    def on_duties(self, rules: Iterable[CompiledRule]) -> Iterator[Verdict]:
        """Yield the verdict of each duty on each act that it speaks of, or the one on the decision."""
        out, subjects = self._out, self.subjects
        for rule in () if self.scope.kind == "unstated" and out is None else rules:
            if out is not None:
                yield self._not_applicable(rule, None, self.facts.as_of, out)
            elif not rule.per:
                yield self._judged(rule, subjects.on_step(rule.step))
            else:
                found = subjects.of_kinds.get(rule.per) or subjects.on_acts(rule.per)
                if rule.announced and self.facts.announced:
                    found = [*found, *subjects.on_announced(rule.per)]
                for subject in found:
                    yield self._judged(rule, subject)
                if not found:
                    yield self._without_act(rule)

    def _without_act(self, rule: CompiledRule) -> Verdict:
        facts = self.facts
        reason: tuple[str, ...]
        moment = facts.as_of if self._always_in_force else self.subjects.on_step(rule.step).moment
        if self._in_force(moment) is False:
            return self._not_applicable(rule, None, moment, "not_in_force")
        if rule.replaced_by and (replacing := self._replacing(rule, None, moment)):
            return self._not_applicable(rule, None, moment, "replaced")._replace(related=replacing)
        if facts.closed(rule.per, facts.now):
            outcome, reason = "pending", _DENIED
            if self._passage.last_outcome == "reject":
                outcome, reason = "not_applicable", ("rejected",)
            elif rule.performs is None or self.subjects.on_step(rule.performs).due is True:
                outcome, reason = "not_applicable", _NO_SUCH_ACT
        elif self.subjects.on_step(rule.step).due is False:
            outcome, reason = "pending", _NOT_DUE
        else:
            outcome, reason = "undetermined", _ACT_UNKNOWN
        verdict = Verdict(rule.id, None, outcome, self.binding, moment.text, {}, (), reason)
        return self._presupposing(rule, verdict)

    def _judged(self, rule: CompiledRule, subject: Subject) -> Verdict:
        act, moment = subject.act, subject.moment
        force: Truth = self._always_in_force
        if not force:
            moment = self._moment(rule, subject)
            force = self._in_force(moment)
            if force is False:
                return self._not_applicable(rule, act, moment, "not_in_force")
        if rule.replaced_by and (replacing := self._replacing(rule, subject, moment)):
            return self._not_applicable(rule, act, moment, "replaced")._replace(related=replacing)
        if rule.follows is not None and act is not None and act.for_ is not None:
            return self._not_applicable(rule, act, moment, "serves_other")
        outcome, trees, late = self._tested(rule, subject)
        reasons: tuple[str, ...] = ()
        caps: tuple[str, ...] = ()
        elapsed = None
        if outcome in _OPEN:
            due = subject.due if rule.follows is None else self._followed(rule, subject)
            if due is False and rule.follows is not None:
                outcome, reasons = "pending", _DENIED
            elif due is not True and not rule.at_once:
                outcome, reasons, caps, elapsed = self._not_surely_due(rule, outcome, due, subject)
            caps = (*caps_on(moment, rule.caps, self.scope), *caps) if outcome == "violated" else ()
            caps = (*caps, late) if outcome == "violated" and late and late not in caps else caps
            if caps == _SCOPE_UNCLEAR and self.scope.unclear_on(moment) is None:
                outcome, reasons, caps = "undetermined", (*reasons, "date_unknown"), ()
                if subject.undated is not None:
                    trees = Further(trees, "law", _missing_date(subject.undated))
        elif outcome == "satisfied" and rule.prompt is not None:
            kinds = self.subjects.procedure.steps[rule.step].kinds
            outcome, reasons, caps, elapsed = on_done(self._conditions(rule), rule.prompt, kinds, subject)
        if act is not None and act.held is None and outcome != "not_applicable":
            outcome, reasons, caps = self._as_announced(rule, outcome)
        if force is None and outcome != "not_applicable":
            place = (rule.id, None if act is None else act.id)
            self._undated[place] = Undated(outcome, caps, moment, self.pack.head)
            outcome, reasons, caps = "undetermined", (*reasons, self._open_force()), ()
            if subject.undated is not None:
                trees = Further(trees, "law", _missing_date(subject.undated))
        verdict = Verdict(
            rule.id,
            None if act is None else act.id,
            "needs_judgement" if caps else outcome,
            self.binding,
            moment.text,
            trees,
            caps,
            reasons,
            subject.proven(rule.evidence),
            elapsed,
        )
        return self._presupposing(rule, verdict, act)

    def _tested(self, rule: CompiledRule, subject: Subject) -> tuple[str, Mapping[str, Tree], str | None]:
        """Return what the conditions come to, their evidence, and what lowers a breach that lies in being late."""
        conditions = self._conditions(rule)
        if rule.before is not None:
            found = timely(conditions, rule.before, subject)
            return found.outcome, found.evidence, found.cap
        return conditions.outcome(subject), Evidence(conditions.evidence, subject), None

    def _followed(self, rule: CompiledRule, subject: Subject) -> Truth:
        """Say whether the act that makes a test of order due is on record."""
        if rule.follows is None or subject.act is None:
            return subject.due
        step, kinds = rule.follows
        if self._passage.act_before(subject.act, step, kinds) is not None:
            return True
        return False if self.facts.closed(kinds, self.facts.now) else None

    def _presupposing(self, rule: CompiledRule, verdict: Verdict, act: Any = None) -> Verdict:
        """Return a verdict in view of what was decided (`semantics.md`, "What was decided"; section 4)."""
        stands = verdict.outcome == "not_applicable" and (verdict.reasons or not rule.awaits_act)
        if verdict.outcome == "satisfied" or stands:
            return verdict
        if rule.gates_decision and act is not None:
            adopts = self._passage.adopts(act)
            if adopts is False and not self._passage.issued_on(act):
                return verdict._replace(outcome="not_applicable", reasons=("rejected",), caps=(), trees={})
            if adopts is None:
                return verdict._replace(outcome="undetermined", reasons=("outcome_unknown",), caps=())
        adoption = self._passage.adoption
        if rule.adoption and self._passage.decisions and not self._passage.went_out and adoption is not True:
            deferred = self._passage.last_outcome == "defer"
            outcome, reason = _AS_DECIDED["defer" if deferred else adoption]
            return verdict._replace(outcome=outcome, reasons=(reason,), caps=(), elapsed=None)
        return verdict

    def _conditions(self, rule: CompiledRule) -> Conditions:
        """Return the conditions of a duty for this body."""
        return rule.adapted if self._by_reference else rule.conditions

    def _as_announced(self, rule: CompiledRule, outcome: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """Return what an outcome comes to while its act is only announced: what falls short may still be moved."""
        if outcome == "satisfied":
            return outcome, _ANNOUNCED, ()
        if self.subjects.on_step(rule.step).due is False:
            return "pending", (*_ANNOUNCED, *_NOT_DUE), ()
        return "undetermined", _ANNOUNCED, ()

    def _in_force(self, moment: PartialDate) -> Truth:
        """Say whether the instrument was in force: many duties ask it of one moment."""
        stretch = (moment.first, moment.last)
        if stretch not in self._forces:
            self._forces[stretch] = in_force(self.pack, moment)
        return self._forces[stretch]

    def _moment(self, rule: CompiledRule, subject: Subject) -> PartialDate:
        """Return the moment whose law governs: that of the subject, or of the day on which an omission began.

        What had to follow a decision of 2017 without delay, and never did, was omitted under the law of 2017:
        where the law has changed since a duty arose and nothing was done or followed, that day decides.
        """
        if subject.act is None and subject.due is not True:
            after = (
                rule.prompt.runs_from[0] if rule.prompt is not None else rule.deadline and rule.deadline[0]
            )
            start = timing.began(after, self.facts) if after else None
            if start is not None and self._law_differs(rule, start, subject.moment):
                return start
        return subject.moment

    def _law_differs(self, rule: CompiledRule, one: PartialDate, other: PartialDate) -> bool:
        packs = (self.pack, *(item.rule.pack for item in rule.replaced_by))
        return any(in_force(pack, one) is not in_force(pack, other) for pack in packs)

    def _replacing(self, rule: CompiledRule, subject: Subject | None, moment: PartialDate) -> tuple[str, ...]:
        return tuple(item.rule.id for item in rule.replaced_by if self._replaces(item, subject, moment))

    def _replaces(self, item: Replacement, subject: Subject | None, moment: PartialDate) -> bool:
        """Say whether another duty stands in for this one: in force, covering the matter, and triggered.

        One that displaces must surely cover the matter, and bind no less firmly than what it displaces.
        """
        other = item.rule
        scope = self._scopes.get(other.pack.head.id)
        if scope is None or not scope.applies:
            return False
        if in_force(other.pack, moment) is not True:
            return False
        if not item.only_where_it_applies:
            return True
        if scope.kind != "in" or (scope.binding != self.binding and scope.binding != "direct"):
            return False
        if other.when is None:
            return True
        if subject is None or (subject.act.kind not in other.per if subject.act else bool(other.per)):
            return False
        return other.when.decide(subject) is True

    def _not_surely_due(self, rule: CompiledRule, outcome: str, due: Truth, subject: Subject) -> Outcome:
        """Return what an open outcome becomes while it is not certain that the step was due.

        A duty to act promptly is open from the act it follows on; delay alone is never a breach. A numbered
        time limit makes the duty due once it has passed.
        """
        if rule.prompt is not None:
            waiting = while_waiting(rule.prompt, self.facts)
            if waiting.begun:
                return on_waiting(self._conditions(rule), rule.prompt, outcome, subject, waiting.taken)
            due = waiting.due
        elif rule.deadline is not None:
            due = timing.passed(*rule.deadline, self.facts)
            if due is True:
                return outcome, (), (), None
        elif due is None and not self.subjects.procedure.kinds_after[rule.step]:
            due = False
        if due is False:
            return "pending", _NOT_DUE, (), None
        return "undetermined", ("due_unknown",), (), None

    def _open_force(self) -> str:
        return "force_unknown" if self.pack.head.in_force_from is None else "date_unknown"

    def _not_applicable(
        self, rule: CompiledRule, act: Act | None, moment: PartialDate, reason: str
    ) -> Verdict:
        name = None if act is None else act.id
        if reason == "not_in_force" and self._lapsed and force_of(self.pack).on(moment) == "after":
            reason = "ended"
        return Verdict(rule.id, name, "not_applicable", self.binding, moment.text, {}, (), (reason,))


# What a duty that presupposes an adoption comes to where the last decision defers, or does not or may not adopt, and why.
_AS_DECIDED: Mapping[Truth | str, tuple[str, str]] = {
    "defer": ("pending", "deferred"),
    False: ("not_applicable", "rejected"),
    None: ("undetermined", "outcome_unknown"),
}
_OPEN = ("violated", "needs_judgement", "undetermined")
_NO_SUCH_ACT, _ACT_UNKNOWN, _NOT_DUE = ("no_such_act",), ("act_unknown",), ("not_due",)
_ENDED = ("ended",)
_SCOPE_UNCLEAR = ("scope_unclear",)
_DENIED = ("not_due", "no_such_act")
_ANNOUNCED, _NOTHING_APPLIES = ("announced",), ("nothing_applies",)


def _needed_only(verdicts: Iterable[Verdict], ready: CompiledLaw) -> Iterator[Verdict]:
    """Yield the verdicts; where acts are denied whose step the decision does not need, the duty does not apply."""
    found = list(verdicts)
    rules = ready.rules
    by_duty: dict[str, list[Verdict]] = {}
    for verdict in found:
        by_duty.setdefault(verdict.duty, []).append(verdict)

    @cache
    def needed(step: str) -> bool:
        duties = ready.required_by.get(step, ())
        truths = [
            applies(verdict, conditional=rules[duty].conditions.when is not None)
            for duty in duties
            for verdict in by_duty.get(duty, ())
        ]
        return bool(duties) and (not truths or any_true(truths) is not False)

    for verdict in found:
        if verdict.reasons == _DENIED:
            rule = rules[verdict.duty]
            later = None if rule.follows is None or verdict.act is None else rule.follows[0]
            if not needed(later or rule.performs or ""):
                verdict = verdict._replace(outcome="not_applicable", reasons=_NO_SUCH_ACT)
        yield verdict


def _folded(
    verdicts: Iterable[Verdict],
    ready: CompiledLaw,
    undated: Mapping[tuple[str, str | None], Undated],
    scopes: Mapping[str, Applicability],
) -> tuple[Verdict, ...]:
    """Return the verdicts that are needed, those that belong together made one, with the articles that repeat them."""
    folded = fold(tuple(_needed_only(verdicts, ready)), ready.twins, ready.elders, undated)
    return tuple(with_repeats(folded, ready.repeated, partial(_speaks, scopes))) if ready.repeated else folded


def _speaks(scopes: Mapping[str, Applicability], pack: Pack, verdict: Verdict) -> bool:
    """Say whether an instrument surely speaks of what a verdict is on, and binds as the duty does."""
    scope = scopes.get(pack.head.id)
    if scope is None or scope.kind != "in" or scope.binding != verdict.binding:
        return False
    return in_force(pack, PartialDate.written(verdict.day)) is True


def _missing_date(act: Act) -> Tree:
    """Return the evidence that a date is missing without which it is unknown which law applies."""
    field = act.anchor_fields[0]
    return of_act(act, field, None)
