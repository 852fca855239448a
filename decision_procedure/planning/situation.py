"""Where a decision stands: which steps are done, which are still to come, and what of the law's time applies to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from decision_procedure.checking.compiled import CompiledLaw, compiled_law
from decision_procedure.clock import out_for_supplement, returns_of
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law, force_of, in_force
from decision_procedure.law.demands import triggers
from decision_procedure.law.evidence import Truth, any_true
from decision_procedure.law.facts import Facts
from decision_procedure.law.language import Compiled, Frame
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.pack import Step
from decision_procedure.law.passage import passage_of
from decision_procedure.law.said import Said
from decision_procedure.law.spans import (
    Instant,
    TimeDemand,
    demands_of,
    instant,
    rules_by_name,
)
from decision_procedure.law.triggering import holds_with
from decision_procedure.law.undertaking import reviewing_unit
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.reporting.submission import as_submitted, facts_of
from decision_procedure.results.bearers import bearing_unit
from decision_procedure.results.needs import StepNeed
from decision_procedure.results.report import Report

Standing = Literal["done", "running", "due", "conditional", "overtaken"]


class PlannedStep(NamedTuple):
    """A step of the plan: how it stands, the kinds of act that do it, the duties that ask for it, and what would settle a doubt."""

    step: Step
    standing: Standing
    kinds: tuple[str, ...]
    duties: tuple[str, ...]
    missing: tuple[str, ...]


class Situation:
    """A report as planning sees it. `redo` are kinds of act that do not count: they are to be done once more.

    What was done for the passage that goes on counts; what an earlier round, a deferral or an adverse review left behind
    does not.
    """

    def __init__(self, report: Report, law: Law, redo: Collection[str] = ()) -> None:
        self.report, self.law = report, law
        self.packs: tuple[Pack, ...] = law.for_body(report.decision)
        self.ready: CompiledLaw = compiled_law(self.packs)
        self.procedure: Procedure = self.ready.procedure
        self.today = date.fromisoformat(report.as_of).toordinal()
        self.facts: Facts = facts_of(report, self.procedure)
        self._redo = frozenset(redo)
        self._passage = passage_of(self.facts)
        self._scopes = {pack.head.id: report.scope.get(pack.head.id) for pack in self.packs}

    @property
    def ended(self) -> bool:
        """Whether the last decision rejected the matter."""
        return self._passage.last_outcome == "reject"

    @property
    def round(self) -> int:
        """The round in which what is planned takes place."""
        return self._passage.last_round

    @cached_property
    def draft(self) -> str | None:
        """The draft that what is planned deals with: the last one; None: the record names none."""
        drafts = self.report.decision.drafts
        return drafts[-1].id if drafts else None

    def unit_of(self, kind: str) -> str | None:
        """Return the unit that did an act of a kind before, or bears its step; None: the record does not name it."""
        step = next(
            (step for step in self.procedure.drawn.values() if step.kinds == (kind,) and not step.at), None
        )
        if step is not None and step.bearer == "LR":
            return reviewing_unit(self.facts)
        earlier = [act.unit for act in self.facts.held((kind,)) if act.unit is not None]
        if earlier:
            return str(earlier[-1])
        acts = {act.id or "": act for act in self.report.decision.acts}
        return None if step is None else bearing_unit(self.report.decision, step.bearer, None, acts)

    @property
    def by_leadership(self) -> bool:
        """Whether the body discusses at a leadership meeting (713-42)."""
        body = self.report.decision.body
        return not (body.kind == "government" and body.is_county_or_above)

    def title_of(self, pack: str) -> Said:
        """Return the title of an instrument."""
        return next(one.head.title for one in self.packs if one.head.id == pack)

    # -- what was done ---------------------------------------------------------------------------------------

    @cached_property
    def again(self) -> frozenset[str]:
        """The kinds of act to be done once more: those asked for, and a review behind whose gate a submission would be."""
        if self._redo or not self.facts.held(("legality_review",)) or self.facts.held(("submission",)):
            return self._redo
        submitted = as_submitted(self.report, self.law)
        closed = any(
            verdict.outcome == "violated" and verdict.act == submitted.act and submitted.assumed
            for verdict in submitted.report.verdicts
            if self.report.duties.get(verdict.duty) and submitted.report.duties[verdict.duty].effect == "gate"
        )
        return frozenset({"legality_review"}) if closed and self._opinion_given() else self._redo

    def _opinion_given(self) -> bool:
        return any(act.done is not None for act in self.facts.held(("legality_review",)))

    def act(self, kind: str) -> Any | None:
        """Return the recorded act of a kind that counts, the last; None: there is none."""
        if kind not in self._acts:
            self._acts[kind] = self._last(kind)
        return self._acts[kind]

    @cached_property
    def _acts(self) -> dict[str, Any | None]:
        return {}

    def _last(self, kind: str) -> Any | None:
        if kind in self.again:
            return None
        passage, number = self._passage, self._passage.last_round
        found = [
            act
            for act in self.facts.held((kind,))
            if passage.performs(act) is not False
            and passage.linked(act.round, number) is not False
            and not self._deferred(act)
        ]
        return max(found, key=_when, default=None)

    def _deferred(self, act: Any) -> bool:
        """Say whether the last decision only deferred, and an act was the meeting or the decision that did."""
        if act.kind not in ("deliberation", "decision") or self._passage.last_outcome != "defer":
            return False
        last = self._passage.last_decisions[-1]
        return _when(act)[0] <= _when(last)[0]

    def done(self, kind: str) -> bool:
        """Say whether an act of a kind is on record and over."""
        act = self.act(kind)
        return (
            act is not None
            and (act.done is None or act.done.last_day <= self.today)
            and not self.running(kind)
        )

    def running(self, kind: str) -> bool:
        """Say whether an act of a kind has begun and is not over: its end lies ahead, or none is recorded."""
        act = self.act(kind)
        if act is None or act.id in self.facts.implied:
            return False
        if act.done is not None:
            return bool(act.done.last_day > self.today)
        return act.begun is not None and act.begin_fields[0] != act.done_fields[0]

    # -- which steps -----------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> tuple[PlannedStep, ...]:
        """The steps done, and those still to come, each after all that come before it in the law."""
        steps = self.procedure.steps
        wanted = {name: self._wanted(step, frozenset()) for name, step in steps.items()}
        for _ in range(2):  # an act that is planned may itself ask for another step
            will_be = {kind for item in wanted.values() if item is not None for kind in item[0]}
            for name in (step for step in self._asked_for if step in wanted):
                held = wanted[name]
                if held is None or not held[1]:
                    wanted[name] = self._wanted(steps[name], will_be)
        found = ((steps[name], item) for name, item in wanted.items() if item is not None)
        return tuple(self._planned(step, *item) for step, item in found)

    @property
    def _asked_for(self) -> tuple[str, ...]:
        """The steps for which a duty asks once another act took place."""
        return steps_asked_by_acts(self.packs)

    def _wanted(self, step: Step, will_be: Set[str]) -> tuple[tuple[str, ...], bool] | None:
        """Return by which kinds of act a step is done or to be done, and whether it surely is to; None: it is not."""
        once_more = tuple(kind for kind in step.kinds if kind in self.again)
        if once_more and (step.at is None or step.at in _ALWAYS):
            return once_more, True
        recorded = tuple(kind for kind in step.kinds if self.act(kind) is not None)
        need = self._needs.get(step.id)
        truth: Truth = False if need is None else _NEEDS[need.need]
        if truth is not True and need is not None:
            asked = (self._asked_by(duty, will_be, truth) for duty in self.report.required_by[step.id])
            truth = any_true((truth, *asked))
        if recorded and (step.at is None or self._stated(step, recorded)):
            return recorded, True
        if truth is False:
            return None
        return recorded or (step.kinds[0],), truth is True

    def _stated(self, step: Step, kinds: Iterable[str]) -> bool:
        """Say whether a date within an act is stated, or lies behind since the act is over."""
        return any(
            getattr(self.act(kind), step.at or "done", None) is not None or self.done(kind) for kind in kinds
        )

    def _asked_by(self, duty: str, planned: Set[str], so_far: Truth) -> Truth:
        """Say whether a duty asks for its step once the acts that are planned have been done."""
        rule = self._rules.get(duty)
        if rule is None or not self.applies(rule):
            return False
        if so_far is False and planned.isdisjoint(triggers(rule.duty).held):
            return False
        return self.truth(rule, planned)

    @cached_property
    def _needs(self) -> Mapping[str, StepNeed]:
        return {step: self.report.need(step) for step in self.report.required_by}

    @property
    def _rules(self) -> Mapping[str, Rule]:
        return rules_by_name(self.packs)

    def _planned(self, step: Step, kinds: tuple[str, ...], sure: bool) -> PlannedStep:
        need = self._needs.get(step.id)
        duties = () if need is None else need.duties
        missing = () if need is None or sure else need.missing
        return PlannedStep(step, self._standing(step, kinds, sure), kinds, duties, missing)

    def _standing(self, step: Step, kinds: tuple[str, ...], sure: bool) -> Standing:
        if any(self.act(kind) is not None for kind in kinds) and (
            step.at is None or self._stated(step, kinds)
        ):
            if step.at is None:
                return "running" if any(self.running(kind) for kind in kinds) else "done"
            days = [getattr(self.act(kind), step.at, None) for kind in kinds]
            return "running" if any(day is not None and day.last_day > self.today for day in days) else "done"
        later = self.procedure.kinds_after[step.id]
        if any(self.act(kind) is not None and not self._before_end(kind, step) for kind in later):
            return "overtaken"
        return "due" if sure else "conditional"

    def _before_end(self, kind: str, step: Step) -> bool:
        """Say whether an act of a later kind has begun only so far that the step may still come before its next part."""
        return kind in step.kinds

    # -- what of the law's time applies ----------------------------------------------------------------------

    @cached_property
    def demands(self) -> tuple[tuple[TimeDemand, bool], ...]:
        """What the law asks of time here, and whether it surely does; what surely does not apply is left out."""
        return tuple(self._demands())

    def _demands(self) -> Iterator[tuple[TimeDemand, bool]]:
        ahead = {kind for item in self.steps if item.standing in _AHEAD for kind in item.kinds}
        known = ahead | {kind for item in self.steps for kind in item.kinds}
        for demand in demands_of(self.packs):
            if demand.end.kind in ahead and demand.start.kind in known:
                rule = self._rules.get(demand.rule)
                if rule is not None and not self.applies(rule):
                    continue
                truth = True if demand.trigger is None else self.truth(demand.trigger, ahead)
                if truth is not False:
                    yield self._with_supplement(demand), truth is True

    def _with_supplement(self, demand: TimeDemand) -> TimeDemand:
        """Return a demand that gives back the working days on which the act's material was out for supplement."""
        act = self.act(demand.start.kind) if demand.net else None
        out = out_for_supplement(returns_of(act))
        if not out:
            return demand
        least, most = (None if number is None else number + out for number in (demand.least, demand.most))
        return demand._replace(least=least, most=most)

    def applies(self, rule: Rule) -> bool:
        """Say whether a duty may speak of acts still to come: its instrument covers the matter, and is not replaced."""
        if rule.id not in self._duties:
            self._duties[rule.id] = self._applies(rule)
        return self._duties[rule.id]

    @cached_property
    def _duties(self) -> dict[str, bool]:
        return {}

    def _applies(self, rule: Rule) -> bool:
        if not self._pack_applies(rule.pack) or rule.duty.effect == "practice":
            return False
        for item in self.ready.rules[rule.id].replaced_by:
            other = item.rule
            reached = self._pack_applies(other.pack) and in_force(other.pack, self._moment) is True
            if reached and (not item.only_where_it_applies or self.truth(other, frozenset()) is True):
                return False
        return True

    @cached_property
    def _moment(self) -> PartialDate:
        return PartialDate.on(date.fromordinal(self.today))

    def _pack_applies(self, pack: Pack) -> bool:
        name = pack.head.id
        if name not in self._applying:
            self._applying[name] = self._scopes[name] in ("in", "unclear") and (
                self._binds(name) and force_of(pack).on(self._moment) != "after"
            )
        return self._applying[name]

    @cached_property
    def _applying(self) -> dict[str, bool]:
        return {}

    def _binds(self, name: str) -> bool:
        return self._bindings.get(f"{name}.scope") in ("direct", "reference", "uncertain", "internal")

    @cached_property
    def _bindings(self) -> Mapping[str, str]:
        """How each instrument binds, by the test of its scope."""
        return {item.duty: item.binding for item in self.report.verdicts if item.duty.endswith(".scope")}

    def truth(self, rule: Rule, planned: Set[str]) -> Truth:
        """Say whether a duty's trigger holds once the acts that are planned have been done."""
        if rule.when is None:
            return True
        return holds_with(rule, planned, self._leaf)

    def _leaf(self, rule: Rule, part: Compiled) -> Truth:
        """Return the truth of a part of a trigger by the record; unknown where it speaks of an act still to come."""
        on_act = any(name.startswith("act.") for name in part.names)
        act = next(filter(None, map(self.act, rule.per)), None) if rule.per else None
        if on_act and act is None:
            return None
        truth: Truth = part.decide(Frame(self.facts, act, self.facts.now))
        return truth

    # -- dates -----------------------------------------------------------------------------------------------

    def recorded(self, moment: Instant) -> int | None:
        """Return the day of a recorded date, whichever it may be the last; None: none is recorded."""
        act = self.act(moment.kind)
        found: PartialDate | None = None if act is None else getattr(act, moment.read)
        return None if found is None else found.last_day

    def moments_of(self, item: PlannedStep) -> tuple[Instant, ...]:
        """Return the moments at which a step begins and ends, or the one that it is."""
        if item.step.id not in self._moments:
            self._moments[item.step.id] = self._moments_of(item)
        return self._moments[item.step.id]

    @cached_property
    def _moments(self) -> dict[str, tuple[Instant, ...]]:
        return {}

    def _moments_of(self, item: PlannedStep) -> tuple[Instant, ...]:
        reads = (item.step.at,) if item.step.at else ("begun", "done")
        found = [instant(self.facts.kinds, kind, read) for kind in item.kinds for read in reads]
        own = {one.place: one for one in found if item.step.at or one.place not in self.steps_within}
        return tuple(own.values()) or tuple(found)

    @cached_property
    def steps_within(self) -> frozenset[tuple[str, str]]:
        """The moments of acts that are steps of their own: the sending is no part of the opinion."""
        drawn = self.procedure.drawn.values()
        return frozenset((kind, step.at) for step in drawn if step.at for kind in step.kinds)


_NEEDS: Mapping[str, Truth] = {"required": True, "unknown": None, "not_required": False, "optional": False}
_ALWAYS = ("sent",)
_AHEAD = ("due", "conditional", "running")


def _when(act: Act) -> tuple[int, int, str]:
    end = act.done or act.begun
    return (0 if end is None else end.last, act.round, act.id or "")


@lru_cache(maxsize=64)
def steps_asked_by_acts(packs: tuple[Pack, ...]) -> tuple[str, ...]:
    """Return the steps for which a duty asks once another act took place."""
    ready = compiled_law(packs)
    asking = {rule.id for pack in packs for rule in pack.rules if triggers(rule.duty).held}
    return tuple(step for step in ready.procedure.steps if not asking.isdisjoint(ready.required_by[step]))


__all__ = ["PlannedStep", "Situation", "Standing"]
