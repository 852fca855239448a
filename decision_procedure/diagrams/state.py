"""What a report says about each step, in the words that diagrams show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from decision_procedure.diagrams.words import say
from decision_procedure.graph import Procedure, gated_step
from decision_procedure.law.articles import articles_text
from decision_procedure.law.pack import Step
from decision_procedure.meeting_days import earliest_meeting
from decision_procedure.model.acts import Act
from decision_procedure.model.vocabulary import label
from decision_procedure.report import Report, Verdict
from decision_procedure.severity import STANDINGS, gravest
from decision_procedure.submitting import may_submit


class StepState(NamedTuple):
    """One step of one decision.

    `outcome` is the name under which its gravest verdict is shown, None without any; `share` tests of `total` have it. `gate` is closed, unknown,
    open or pending, None where no gate stands; `blocking` are the duties that closed it or left it unknown. `mark` is
    `behind` or `rests`. `next` are the steps to take now, `possible` these and others that nothing stands in the way of.
    """

    step: Step
    outcome: str | None
    share: int
    total: int
    verdicts: tuple[Verdict, ...]
    acts: tuple[Act, ...]
    gate: str | None
    blocking: tuple[str, ...]
    mark: str | None
    next: bool
    optional: bool
    possible: bool


def shown_steps(procedure: Procedure) -> dict[str, Step]:
    """Return the steps that are acts of their own; a moment of an act is part of it, but for sending to review."""
    return {
        name: step for name, step in procedure.steps.items() if step.at is None or name == "review_request"
    }


def step_states(report: Report, procedure: Procedure) -> dict[str, StepState]:
    """Return the state of every step shown, in the order of the law."""
    shown = shown_steps(procedure)
    places = _shown_as(procedure)
    verdicts: dict[str, list[Verdict]] = {}
    for verdict in report.verdicts:
        step = report.duties[verdict.duty]["step"]
        verdicts.setdefault(places.get(step, step), []).append(verdict)
    acts: dict[str, list[Act]] = {}
    for act in sorted(report.decision.acts, key=lambda act: act.id or ""):
        acts.setdefault(getattr(act, "kind", ""), []).append(act)
    done = {name: _acts_of(name, step, acts) for name, step in shown.items()}
    gates = _gates(report)
    marks = {item.get("act"): kind for kind in ("rests", "behind") for item in report.concluded(kind)}
    possible = possible_steps(
        report, procedure, done, [name for name, gate in gates.items() if gate[0] == "closed"]
    )
    if "submission" in possible and may_submit(report) == "closed":
        possible -= {"submission"}
    following = next_steps(report, procedure, done, possible)
    found = {}
    for name, step in shown.items():
        own = tuple(verdicts.get(name, ()))
        outcome = severest(own)
        share = sum(verdict.face == outcome for verdict in own)
        gate, blocking = gates.get(name, (None, ()))
        kinds = {marks.get(act.id or "") for act in done[name]} if marks else ()
        mark = next((kind for kind in ("behind", "rests") if kind in kinds), None)
        found[name] = StepState(
            step, outcome, share, len(own), own, done[name], gate, blocking, mark,
            name in following, not report.required_by.get(name), name in possible,
        )  # fmt: skip
    return found


def possible_steps(
    report: Report, procedure: Procedure, done: Mapping[str, tuple[Act, ...]], closed: Collection[str]
) -> frozenset[str]:
    """Return the steps that may be taken: needed, not recorded, not overtaken, all they wait for recorded, no gate closed.

    `closed` are the steps with a closed gate. A step of a phase further on than the next one is none of them.
    """
    recorded = _recorded(done)
    if not recorded:
        return frozenset()
    before = _before(procedure)
    overtaken = {earlier for name in recorded for earlier in before[name]}
    phase = _phases(procedure)
    reach = max(phase[name] for name in recorded) + 1
    needed = cache(lambda step: report.need(step).need if step in report.required_by else "optional")
    return frozenset(
        name
        for name in done.keys() - recorded - overtaken - set(closed)
        if phase[name] <= reach
        and needed(name) in ("required", "unknown")
        and all(step in recorded or needed(step) != "required" for step in before[name] if step in done)
    )


def next_steps(
    report: Report, procedure: Procedure, done: Mapping[str, tuple[Act, ...]], possible: Collection[str]
) -> frozenset[str]:
    """Return those of the possible steps that come next: of the nearest open phase.

    That is the phase that the matter has reached or the first after it, otherwise the last before it, in which a
    step surely needed is possible; where none is, one that may be needed counts.
    """
    needed = [name for name in possible if report.need(name).need == "required"]
    if not possible:
        return frozenset()
    phase = _phases(procedure)
    reached = max(phase[name] for name in _recorded(done))
    nearest = min(
        (phase[name] for name in needed or possible), key=lambda at: (at < reached, abs(at - reached))
    )
    return frozenset(name for name in possible if phase[name] == nearest)


def _recorded(done: Mapping[str, tuple[Act, ...]]) -> set[str]:
    return {name for name, acts in done.items() if any(act.held is not False for act in acts)}


@lru_cache(maxsize=64)
def _phases(procedure: Procedure) -> dict[str, int]:
    """Return for each step the place of its phase in the order of the law."""
    phases = list(dict.fromkeys(step.phase for step in procedure.steps.values()))
    return {name: phases.index(step.phase) for name, step in procedure.steps.items()}


def earliest(report: Report, procedure: Procedure, states: Mapping[str, StepState], step: str) -> str:
    """Return the day from which a step is possible: `as_of`, or later when what comes before it ends later.

    A meeting besides only from the day on which it leaves the time that the law wants for the review.
    """
    ends = [
        act.done.last_day
        for name in _before(procedure)[step]
        if name in states
        for act in states[name].acts
        if act.held is not False and act.done is not None
    ]
    day = date.fromordinal(max([date.fromisoformat(report.as_of).toordinal(), *ends])).isoformat()
    return max(day, earliest_meeting(report) or "") if step == "deliberation" else day


def counts(report: Report) -> dict[str, int]:
    """Return the number of verdicts under each name, in the order in which they are told."""
    return dict(report.counts)


def severest(verdicts: Iterable[Verdict]) -> str | None:
    """Return the name under which the gravest of some verdicts is shown; None when there is none."""
    found = gravest(verdict.standing for verdict in verdicts)
    return None if found is None else STANDINGS[found].face


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


def basis_text(report: Report, verdicts: Sequence[Verdict], lang: str, *, short: bool = False) -> str:
    """Return the articles of the duties tested; those of a further instrument bear its title.

    `short` counts the further instruments instead.
    """
    applied = [verdict.duty for verdict in verdicts if verdict.outcome != "not_applicable"]
    found: dict[str, dict[str, None]] = {}
    titles: dict[str, str] = {}
    for duty in dict.fromkeys(applied or [verdict.duty for verdict in verdicts]):
        data, name = report.duties[duty], instrument_of(duty)
        found.setdefault(name, {})[data["article"]] = None
        titles.setdefault(name, data["instrument"][lang])
    main = _main_instrument(report)
    own = articles_text(tuple(found.pop(main, ())), lang)
    parts = [own] if own else []
    if short and found:
        parts.append(say("more_instruments", lang, len(found)))
    else:
        parts += [f"{titles[name]} {articles_text(tuple(found[name]), lang)}" for name in sorted(found)]
    return (";" if lang == "zh" else "; ").join(parts)


@lru_cache(maxsize=4096)
def instrument_of(duty: str) -> str:
    """Return the identifier of the instrument of a duty."""
    return duty.partition(".")[0]


def finding_ids(report: Report, duties: Iterable[str]) -> list[str]:
    """Return duties once each, those of the main instrument without its name."""
    start = f"{_main_instrument(report)}."
    return list(dict.fromkeys(duty.removeprefix(start) for duty in duties))


def _main_instrument(report: Report) -> str:
    return next((str(item["id"]) for item in report.law.get("applied", ())), "")


@lru_cache(maxsize=64)
def _before(procedure: Procedure) -> dict[str, frozenset[str]]:
    """Return for each step all that comes before it."""
    return {name: procedure.rests_on(name) - {name} for name in procedure.steps}


def _gates(report: Report) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the state of the gates, and the duties behind it, by the step on which they stand."""
    duties: dict[str, set[str]] = {}
    for duty, data in report.duties.items():
        if data["closes"]:
            duties.setdefault(gated_step(data["closes"]), set()).add(duty)
    told: dict[str, set[str]] = {"closed": set(), "unknown": set()}
    for item in report.concluded("gate"):
        told.setdefault(item.get("state"), set()).add(item.get("duty"))
    found = {}
    for step, names in duties.items():
        state = next((state for state in ("closed", "unknown") if told[state] & names), None)
        default = "open" if report.untested_gates.isdisjoint(names) else "pending"
        found[step] = (state or default, tuple(sorted(told[state] & names)) if state else ())
    return found


@lru_cache(maxsize=64)
def _shown_as(procedure: Procedure) -> Mapping[str, str]:
    """Return for each step the one that shows it: itself, or that of the same kinds of act."""
    shown = shown_steps(procedure)
    kinds = {step.kinds: name for name, step in reversed(shown.items())}
    return {
        name: name if name in shown else kinds.get(step.kinds, name) for name, step in procedure.steps.items()
    }


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
