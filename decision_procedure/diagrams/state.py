"""What a report says about each step, in the words that diagrams show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from decision_procedure.diagrams.palette import ORDER
from decision_procedure.diagrams.words import articles, say
from decision_procedure.graph import GATED_STEPS, Procedure
from decision_procedure.law.pack import Step
from decision_procedure.model.acts import Act
from decision_procedure.model.vocabulary import label
from decision_procedure.report import Report, Verdict


class StepState(NamedTuple):
    """One step of one decision.

    `outcome` is the severest verdict, None without any; `share` tests of `total` have it. `gate` is closed, unknown,
    open or pending, None where no gate stands. `mark` is `behind` or `rests`.
    """

    step: Step
    outcome: str | None
    share: int
    total: int
    verdicts: tuple[Verdict, ...]
    acts: tuple[Act, ...]
    gate: str | None
    mark: str | None
    next: bool
    optional: bool


def shown_steps(procedure: Procedure) -> dict[str, Step]:
    """Return the steps that are acts of their own; a moment of an act is part of it, but for sending to review."""
    return {
        name: step for name, step in procedure.steps.items() if step.at is None or name == "review_request"
    }


def step_states(report: Report, procedure: Procedure) -> dict[str, StepState]:
    """Return the state of every step shown, in the order of the law."""
    shown = shown_steps(procedure)
    verdicts: dict[str, list[Verdict]] = {}
    for verdict in report.verdicts:
        verdicts.setdefault(
            _shown_step(str(report.duties[verdict.duty]["step"]), procedure, shown), []
        ).append(verdict)
    acts: dict[str, list[Act]] = {}
    for act in sorted(report.decision.acts, key=lambda act: act.id or ""):
        acts.setdefault(getattr(act, "kind", ""), []).append(act)
    done = {name: _acts_of(name, step, acts) for name, step in shown.items()}
    gates = _gates(report)
    marks = {item.get("act"): kind for kind in ("rests", "behind") for item in report.concluded(kind)}
    following = next_steps(report, procedure, done)
    return {
        name: _state(
            report, step, verdicts.get(name, []), done[name], marks, gates.get(name), name in following
        )
        for name, step in shown.items()
    }


def next_steps(report: Report, procedure: Procedure, done: Mapping[str, tuple[Act, ...]]) -> frozenset[str]:
    """Return the steps to take next: needed, not recorded, not overtaken, and all they wait for is recorded."""
    recorded = {name for name, acts in done.items() if any(act.held is not False for act in acts)}
    if not recorded:
        return frozenset()
    before = _before(procedure)
    overtaken = {earlier for name in recorded for earlier in before[name]}
    first = {name for name, step in procedure.steps.items() if name in done}
    phases = list(dict.fromkeys(step.phase for step in procedure.steps.values()))
    reached = max(phases.index(procedure.steps[name].phase) for name in recorded)
    needed = cache(lambda step: report.need(step).need if step in report.required_by else "optional")
    found = set()
    for name in first - recorded - overtaken:
        if needed(name) not in ("required", "unknown"):
            continue
        waits = [step for step in before[name] if step in done and needed(step) == "required"]
        ready = all(step in recorded for step in waits)
        near = phases.index(procedure.steps[name].phase) <= reached + 1
        if ready and near:
            found.add(name)
    return frozenset(found)


def counts(report: Report) -> dict[str, int]:
    """Return the number of verdicts of each kind, in the order of severity."""
    found = Counter(verdict.outcome for verdict in report.verdicts)
    return {outcome: found.get(outcome, 0) for outcome in ORDER}


def severest(outcomes: Iterable[str]) -> str | None:
    """Return the severest of outcomes; None when there is none."""
    found = set(outcomes)
    return next((outcome for outcome in ORDER if outcome in found), None)


def time_text(state: StepState, lang: str) -> str:
    """Return when the acts of a step were done, or that nothing is recorded."""
    acts = [act for act in state.acts if act.held is not False]
    if not acts:
        return say("denied" if state.acts else "no_record", lang)
    ends = [_moments(act, state.step) for act in acts]
    begun = [item[0] for item in ends if item[0]]
    done = [item[1] for item in ends if item[1]]
    if not begun and not done:
        return say("undated", lang)
    first, last = min(begun or done), max(done or begun)
    rounds = max(act.round for act in acts)
    text = first if first == last else f"{first} {say('to', lang)} {_short(first, last)}"
    return text if rounds == 1 else f"{text} ({say('round', lang, rounds)})"


def unit_text(report: Report, state: StepState, lang: str) -> str:
    """Return the units that did the step, otherwise who bears it."""
    names = {unit.id: unit.name for unit in report.decision.units}
    units = [names.get(act.unit, act.unit) for act in state.acts if act.unit]
    if units:
        return ("、" if lang == "zh" else ", ").join(dict.fromkeys(units))
    lead = report.decision.lead_unit
    if state.step.bearer == "CU" and lead:
        return names.get(lead, lead)
    return label("bearer", state.step.bearer, lang)


def basis_text(report: Report, verdicts: Sequence[Verdict], lang: str) -> str:
    """Return the articles of the duties tested; those of a further instrument bear its title."""
    found: dict[str, list[str]] = {}
    applied = [verdict for verdict in verdicts if verdict.outcome != "not_applicable"]
    for verdict in applied or verdicts:
        found.setdefault(instrument_of(verdict.duty), []).append(str(report.duties[verdict.duty]["article"]))
    main = next((str(item["id"]) for item in report.law.get("applied", ())), "")
    others = set(found) - {main}
    titles = (
        {instrument_of(item.duty): str(report.duties[item.duty]["instrument"][lang]) for item in verdicts}
        if others
        else {}
    )
    parts = [
        articles(tuple(texts), lang)
        if name == main
        else f"{titles.get(name, name)} {articles(tuple(texts), lang)}"
        for name, texts in sorted(found.items(), key=lambda item: (item[0] != main, item[0]))
    ]
    return (";" if lang == "zh" else "; ").join(parts)


def instrument_of(duty: str) -> str:
    """Return the identifier of the instrument of a duty."""
    return duty.partition(".")[0]


def finding_ids(report: Report, verdicts: Iterable[Verdict], outcomes: Iterable[str]) -> list[str]:
    """Return the duties with one of these outcomes, without the instrument where only one is applied."""
    wanted = set(outcomes)
    single = len(report.scope) == 1
    names = (verdict.duty for verdict in verdicts if verdict.outcome in wanted)
    return list(dict.fromkeys(name.partition(".")[2] if single else name for name in names))


@lru_cache(maxsize=64)
def _before(procedure: Procedure) -> dict[str, frozenset[str]]:
    """Return for each step all that comes before it."""
    return {name: procedure.rests_on(name) - {name} for name in procedure.steps}


def _state(
    report: Report, step: Step, verdicts: list[Verdict], acts: tuple[Act, ...],
    marks: Mapping[str, str], gate: str | None, following: bool,
) -> StepState:  # fmt: skip
    outcome = severest(verdict.outcome for verdict in verdicts)
    found = {marks[act.id] for act in acts if act.id is not None and act.id in marks}
    mark = "behind" if "behind" in found else "rests" if "rests" in found else None
    optional = not report.required_by.get(step.id)
    share = sum(verdict.outcome == outcome for verdict in verdicts)
    return StepState(
        step, outcome, share, len(verdicts), tuple(verdicts), acts, gate, mark, following, optional
    )


def _gates(report: Report) -> dict[str, str]:
    """Return the state of the gates by the step on which they stand, not by what rests on it."""
    duties: dict[str, set[str]] = {}
    for duty, data in report.duties.items():
        if data["closes"] in GATED_STEPS:
            duties.setdefault(GATED_STEPS[data["closes"]], set()).add(duty)
    concluded = report.concluded("gate")
    found = {}
    for step, names in duties.items():
        states = {item.get("state") for item in concluded if item.get("duty") in names}
        default = "open" if report.untested_gates.isdisjoint(names) else "pending"
        found[step] = next((state for state in ("closed", "unknown") if state in states), default)
    return found


def _shown_step(name: str, procedure: Procedure, shown: Mapping[str, Step]) -> str:
    """Return the step that shows a moment of an act: the step of the same act kind."""
    if name in shown or name not in procedure.steps:
        return name
    kinds = procedure.steps[name].kinds
    return next((other for other, step in shown.items() if step.kinds == kinds), name)


def _acts_of(name: str, step: Step, acts: Mapping[str, list[Act]]) -> tuple[Act, ...]:
    found = tuple(act for kind in step.kinds for act in acts.get(kind, ()))
    if step.at is None:
        return found
    return tuple(act for act in found if getattr(act, step.at, None) is not None)


def _moments(act: Act, step: Step) -> tuple[str, str]:
    if step.at is not None:
        moment = getattr(act, step.at, None)
        return (str(moment), str(moment)) if moment else ("", "")
    return str(act.begun or ""), str(act.done or "")


def _short(first: str, last: str) -> str:
    """Leave out the year that both dates share."""
    return last[5:] if len(first) >= 10 and len(last) >= 10 and first[:4] == last[:4] else last
