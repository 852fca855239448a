"""Finds repairs: what the law lets supplement, what has to be done again, and what that reopens; the check has the last word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from decision_procedure.law.applicable import Law
from decision_procedure.law.asking import asked_of, listed_in
from decision_procedure.law.loading import Rule
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.planning.acting import acts_of, made
from decision_procedure.planning.content import content_of
from decision_procedure.planning.making import Meetings, Target, plan_in
from decision_procedure.planning.plan import Plan
from decision_procedure.planning.repair import Fault, Repair, RepairAction, Unmended, Why
from decision_procedure.planning.situation import Situation
from decision_procedure.planning.trial import RepairStep, Trial, last_day, open_faults
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.stages import cure_of
from decision_procedure.wording import Bilingual, say


def repairs_of(
    report: Report, law: Law, *, target: Target = None, meetings: Meetings = None
) -> tuple[Repair, ...]:
    """Return ways to mend the open faults of a report, the one with the fewest acts first, then the earliest.

    Empty where no fault is open.
    """
    faults = open_faults(report)
    if not faults:
        return ()
    search = _Search(report, law, faults, target, meetings)
    found: dict[frozenset[str], Repair] = {}
    for supplementing, least in ((True, True), (False, True), (True, False)):
        repair = search.repair(supplementing=supplementing, least=least)
        found.setdefault(frozenset(f"{one.kind} {one.act} {one.on}" for one in repair.actions), repair)
    best = min(len(repair.unmended) for repair in found.values())
    ranked = [repair for repair in found.values() if len(repair.unmended) == best]
    return tuple(sorted(ranked, key=lambda one: (len(one.actions), one.ends)))


class _Search:
    def __init__(
        self, report: Report, law: Law, faults: Sequence[Fault], target: Target, meetings: Meetings
    ) -> None:
        self._report, self._law, self._faults = report, law, tuple(faults)
        self._target, self._meetings = target, meetings
        self._as_of = date.fromisoformat(report.as_of)
        self._plain = Situation(report, law)
        self._rules = {rule.id: rule for pack in self._plain.packs for rule in pack.rules}
        self._verdicts = {(item.duty, item.act): item for item in report.verdicts}
        self._acts = {act.id or "": act for act in report.decision.acts}
        self._duties = frozenset(duty for duty, _ in faults)
        self._trial = Trial(report, law)

    def repair(self, *, supplementing: bool, least: bool) -> Repair:
        """Return one repair: with or without supplements, with as few acts as will do or with all that is reopened."""
        steps = self._supplements() if supplementing else []
        base = self._trial.report(steps)
        left = [fault for fault in open_faults(base) if fault in self._faults]
        steps = [step for step in steps if not set(step.action.mends) <= set(left)]
        base = self._trial.report(steps) if steps else self._report
        done: list[RepairStep] = []
        for _ in range(_FURTHER_ROUNDS):  # what is done again may break what the law of its day asks besides
            again = self._again(left)
            done = self._redone(base, again) if again else []
            raised = [
                fault
                for fault in open_faults(self._trial.report([*steps, *done]))
                if fault not in self._faults
            ]
            if not again or set(raised) <= set(left):
                break
            left += [fault for fault in raised if fault not in left]
        steps += done
        if least:
            steps = self._fewest(steps)
        return self._told(steps)

    # -- supplements -----------------------------------------------------------------------------------------

    def _supplements(self) -> list[RepairStep]:
        """Return what completes the acts on record, by act, for the duties whose cure at this stage is a supplement."""
        by_act: dict[str | None, list[Fault]] = {}
        found: list[RepairStep] = []
        for fault in self._faults:
            rule, verdict = self._rules.get(fault[0]), self._verdicts[fault]
            if rule is None or not self._supplements_now(rule, verdict):
                continue
            if fault[1] is not None and fault[1] in self._acts:
                by_act.setdefault(fault[1], []).append(fault)
            elif (step := self._in_the_past(rule, fault) or self._of_the_record(rule, fault)) is not None:
                found.append(step)
        found += [step for act, faults in by_act.items() if (step := self._completed(act or "", faults))]
        return found

    def _supplements_now(self, rule: Rule, verdict: Verdict) -> bool:
        cure = self._report.duties[rule.id].cure
        return cure.kind == "supplement" and cure_of(self._report, verdict) is cure

    def _completed(self, name: str, faults: Sequence[Fault]) -> RepairStep | None:
        """Return the act on record with what the duties broken ask of it; None: they ask for no field of it."""
        act, kinds = self._acts[name], self._plain.facts.kinds
        content: dict[str, Any] = {}
        for duty, _ in faults:
            content |= asked_of(self._rules[duty], act.kind, kinds)
        content = {key: value for key, value in content.items() if key in type(act).model_fields}
        if not content:
            return None
        data = act.model_dump(mode="json", by_alias=True, exclude_none=True)
        whole = {key: _joined(data.get(key), value) for key, value in content.items()}
        denied = [key for key in data.get("denied", ()) if key not in whole]
        new: Act = type(act).model_validate(
            {**data, **whole, **({"denied": denied} if "denied" in data else {})}
        )
        action = self._action("supplement", act.kind, faults, on=name, content=content)
        return RepairStep(action, new, {})

    def _in_the_past(self, rule: Rule, fault: Fault) -> RepairStep | None:
        """Return an act that had to come before one already done, as it may be stated if it was so; None: none is."""
        before, procedure = rule.duty.before, self._plain.procedure
        step = procedure.steps.get(rule.duty.step)
        if step is None or self._cannot_be_early(rule) or not step.required_by or step.at:
            return None
        if before is not None and before.strict in _REPEATABLE:
            return None
        first = [
            act.begun.first_day
            for kind in procedure.kinds_after[step.id]
            for act in self._plain.facts.held((kind,))
            if act.begun is not None and act.id not in self._plain.facts.implied
        ]
        if before is None and step.id not in procedure.before_any(["drafting"]):
            return None
        if not first:
            return None
        kind = step.kinds[0]
        day = date.fromordinal(min(first) - 1).isoformat()
        name = self._plain.facts.kinds.acts[kind].begin_fields[0]
        act = made(kind, {name: day}, self._plain)
        action = self._action("supplement", kind, [fault], content=content_of(self._plain, kind))
        return RepairStep(_only_if_so(action, {f"{kind}.{name}": day}), act, {})

    def _cannot_be_early(self, rule: Rule) -> bool:
        """Say whether what a duty asks for may still be done in time, or comes after the decision anyhow."""
        after = self._plain.procedure.after_any(["decision"])
        return rule.duty.step in after or (rule.duty.before is not None and rule.duty.before.strict in after)

    def _of_the_record(self, rule: Rule, fault: Fault) -> RepairStep | None:
        """Return what completes the statement on the catalogue; None: the duty asks for nothing of it."""
        catalogue = self._report.decision.catalogue
        names = [
            name for name in self._report.duties[rule.id].names if name.startswith("decision.catalogue.")
        ]
        if catalogue is None or rule.per or not names:
            return None
        flags = ("party_consent", "published", "approved")
        wrong = {
            key: True
            for key in flags
            if getattr(catalogue, key) is False and f"decision.catalogue.{key}" in names
        }
        if not wrong:
            return None
        action = self._action("supplement", "", [fault], content=wrong)
        return RepairStep(action, None, {"catalogue": catalogue.changed(wrong)})

    # -- done again ------------------------------------------------------------------------------------------

    def _again(self, faults: Iterable[Fault]) -> Mapping[str, list[Fault]]:
        """Return the kinds of act to be done, or done again, for these faults."""
        found: dict[str, list[Fault]] = {}
        for fault in faults:
            rule = self._rules.get(fault[0])
            for kind in () if rule is None else self._kinds_for(rule, fault):
                found.setdefault(kind, []).append(fault)
        return found

    def _kinds_for(self, rule: Rule, fault: Fault) -> tuple[str, ...]:
        act = self._acts.get(self._report.source_of(fault[1] or ""))
        own: tuple[str, ...] = () if fault[1] is None else (act.kind if act is not None else rule.per[0],)
        if fault[1] is not None and self._report.implied.get(fault[1]) is not None:
            own = (self._report.implied[fault[1]].kind,)
        listed = tuple(kind for kind in listed_in(rule) if kind in self._plain.facts.kinds.acts)
        step = self._plain.procedure.steps.get(rule.duty.step)
        if fault[1] is None:
            wanted = [kind for kind in (step.kinds if step else ()) if not listed or kind in listed] or [
                *listed
            ]
            return tuple(wanted[:1])
        wrong = [kind for kind in listed if kind not in own and not self._good(kind)]
        return (*own, *wrong)

    def _good(self, kind: str) -> bool:
        """Say whether an act of a kind that another looks back on is on record and nothing of it is to be done again."""
        held = [act for act in self._plain.facts.held((kind,)) if act.id not in self._plain.facts.implied]
        at_fault = {act for _, act in self._faults}
        return bool(held) and not any(act.id in at_fault for act in held) and kind != "legality_review"

    def _redone(self, report: Report, again: Mapping[str, list[Fault]]) -> list[RepairStep]:
        """Return the acts to be done again with all that they reopen, on their earliest days."""
        procedure, facts = self._plain.procedure, self._plain.facts
        steps = [name for name, step in procedure.steps.items() if set(step.kinds) & again.keys()]
        later = {kind for name in procedure.after_any(steps) for kind in procedure.steps[name].kinds}
        reopened = {kind for kind in later if facts.held((kind,)) and not facts.held((kind,))[0].for_}
        kinds = {*again, *reopened}
        situation = Situation(report, self._law, kinds)
        plan = plan_in(situation, target=self._target, meetings=self._meetings)
        found = {act.kind: act for act in acts_of(plan, situation, self._duties) if act.kind in kinds}
        for kind in again.keys() - found.keys():  # no step of the procedure is of this kind
            name = facts.kinds.acts[kind].begin_fields[0]
            found[kind] = made(kind, {name: self._as_of.isoformat()}, situation)
        return [self._step(act, again.get(act.kind, []), plan) for act in found.values()]

    def _step(self, act: Act, faults: Sequence[Fault], plan: Plan) -> RepairStep:
        held = bool(self._plain.facts.held((act.kind,)))
        dates = {
            f"{act.kind}.{name}": value.text
            for name in type(act).model_fields
            if isinstance(value := getattr(act, name), PartialDate)
        }
        latest = [
            item.latest_end
            for item in plan.steps
            if item.latest_end and f"{act.kind}." in "".join(item.dates)
        ]
        content = content_of(self._plain, act.kind, self._duties)
        action = self._action("redo" if held else "do", act.kind, faults, content=content)
        return RepairStep(_dated(action, dates, max(latest, default=None)), act, {})

    # -- as few as will do -----------------------------------------------------------------------------------

    def _fewest(self, steps: list[RepairStep]) -> list[RepairStep]:
        """Return the acts without those that the check does not miss, those done last tried first."""
        before = self._trial.trouble(steps)
        for step in sorted(steps, key=lambda one: one.action.earliest or "", reverse=True):
            fewer = [one for one in steps if one is not step]
            if self._trial.trouble(fewer) <= before:
                steps = fewer
        return steps

    # -- what is told ----------------------------------------------------------------------------------------

    def _told(self, steps: Sequence[RepairStep]) -> Repair:
        report = self._trial.report(steps)
        acts = tuple(step.act for step in steps if step.act is not None)
        up_to = [last_day(act) for act in acts if act.kind not in self._after_decision]
        left = open_faults(report)
        ordered = sorted(steps, key=lambda one: (one.action.kind != "supplement", one.action.earliest or ""))
        return Repair(
            faults=self._faults,
            actions=tuple(_mending(step.action, left) for step in ordered),
            unmended=tuple(self._unmended(report, fault) for fault in left),
            questions=tuple(sorted(self._trial.questions(steps), key=str)),
            ends=max([self._as_of, *up_to]).isoformat(),
            record=report.decision,
            report=report,
            acts=acts,
        )

    @property
    def _after_decision(self) -> frozenset[str]:
        procedure = self._plain.procedure
        return frozenset(
            kind for step in procedure.after_any(["decision"]) for kind in procedure.steps[step].kinds
        )

    def _unmended(self, report: Report, fault: Fault) -> Unmended:
        duty, name = fault
        info = report.duties[duty]
        acts = {act.id or "": act for act in report.decision.acts}
        act = acts.get(report.source_of(name or ""))
        strict = self._plain.procedure.steps.get(info.before or "")
        if strict is not None and act is None:
            act = next((one for kind in strict.kinds for one in acts.values() if one.kind == kind), None)
        what = info.text if act is None else Bilingual(*act.named[:2])
        moment = None if act is None else act.begun
        passed = act is not None and (act.kind == "issue" or act.kind in self._after_decision)
        return Unmended(
            duty, name, info.instrument, info.article, self._why(passed, act), what,
            None if moment is None else moment.text,
        )  # fmt: skip

    def _why(self, passed: bool, act: Act | None) -> Why:
        if passed or act is None:
            return "passed" if passed else "stands"
        if act.round < self._plain.round:
            return "earlier_round"
        return "undated" if act.begun is None else "stands"

    def _action(
        self,
        kind: Any,
        act: str,
        faults: Sequence[Fault],
        *,
        on: str | None = None,
        content: Mapping[str, Any],
    ) -> RepairAction:
        units = {unit.id: unit.name for unit in self._report.decision.units}
        unit = self._plain.unit_of(act) if act else self._report.decision.body.unit
        model = self._plain.facts.kinds.acts.get(act)
        called = Bilingual(*model.named[:2]) if model is not None else _CATALOGUE
        day = self._as_of.isoformat()
        return RepairAction(
            kind,
            act,
            called,
            on,
            None if unit is None else units.get(unit, unit),
            day,
            None,
            content,
            {},
            tuple(faults),
        )


_CATALOGUE = Bilingual.by(lambda lang: say("repair.catalogue", lang))
_FURTHER_ROUNDS = 3
_REPEATABLE = ("decision",)
"""The steps that may be taken once more in one round, so that what had to come before them may still be done."""


def _mending(action: RepairAction, left: Collection[Fault]) -> RepairAction:
    """Return an act as what it is there for, without the faults that are left all the same."""
    return replace(action, mends=tuple(fault for fault in action.mends if fault not in left))


def _only_if_so(action: RepairAction, dates: Mapping[str, str]) -> RepairAction:
    return replace(action, dates=dates, only_if_so=True)


def _dated(action: RepairAction, dates: Mapping[str, str], latest: str | None) -> RepairAction:
    return replace(action, dates=dates, earliest=max(dates.values(), default=action.earliest), latest=latest)


def _joined(held: Any, wanted: Any) -> Any:
    """Return what an act states with what is asked: lists grow, all else is put right."""
    if not isinstance(wanted, tuple):
        return wanted
    if wanted and isinstance(wanted[0], dict):
        return [{**item, **wanted[0]} for item in held or [{}]]
    return [*(held or ()), *(item for item in wanted if item not in (held or ()))]


__all__ = ["repairs_of"]
