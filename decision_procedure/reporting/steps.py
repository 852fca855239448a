"""Each step of the procedure in one decision: needed, done, its verdict, its gate, and whether it comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from decision_procedure.graph import Part, Procedure, part_of
from decision_procedure.law.facts import Facts
from decision_procedure.law.gates import gated_step
from decision_procedure.law.pack import Step
from decision_procedure.law.said import Said
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.reporting.submission import facts_of, may_submit
from decision_procedure.results.needs import StepNeed
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import STANDINGS, Class, Outcome, gravest
from decision_procedure.wording import Words

Progress = Literal["done", "planned", "announced", "not_done", "unknown"]

_RECORDED = ("done", "planned", "announced")
_NEEDED = ("required", "unknown")


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was the step, or an act that shows the step was taken; `day` None: its date is not recorded."""

    act: str
    day: str | None


@dataclass(frozen=True, slots=True)
class StepState:
    """One step in one decision: the one answer that every list, table and picture shows.

    `at` names the date within an act that it is, None for an act. `need` says whether the decision needs it and why. `progress`: `done`; `planned` (dated after `as_of`);
    `announced` (only a notice); `not_done` (the record answers that it was not); `unknown`.
    `acts` are those that did it or plan it, those that others imply among them; `recorded` all that the record
    holds of it, denied and announced ones too. `waits_for` names the steps directly before it that are needed, or
    perhaps needed, and not done; empty once the step itself is done.

    `verdict` is the name under which the gravest of its `verdicts` is shown (`severity.FACES`), `not_begun` where
    it was not taken and is not due yet, None where nothing of it was tested. `gate` is closed, unknown, open, or
    pending (nothing has put it to the test yet) for the last act of the last round, None where no gate stands;
    `blocked_by` are the duties that closed it or left it unknown. `mark` is `behind` or `rests` (done behind a
    closed gate, or resting on that), None for neither. `next` is what to do next; `possible` that nothing stands
    in the way, here or in the next phase.

    `part`: `moment` for a date within an act that is told with that act in pictures, `order` for a place in the
    order within an act that has no date of its own and is not told by itself; empty for all others.
    """

    step: str
    zh: str
    en: str
    phase: str
    bearer: str
    at: str | None
    need: StepNeed
    progress: Progress
    acts: tuple[Done, ...]
    waits_for: tuple[str, ...]
    verdict: str | None
    verdicts: tuple[Verdict, ...]
    gate: str | None
    blocked_by: tuple[str, ...]
    mark: str | None
    next: bool
    possible: bool
    recorded: tuple[Act, ...]
    part: Part
    phase_name: Said | None = None
    """What an instrument calls the phase; None: one of those of major decisions."""
    under_way: bool = False
    """Whether what was begun ends after the day of the check."""

    @property
    def how_far(self) -> str:
        """The word for how far it came (`label("progress", …)`)."""
        return "under_way" if self.under_way else self.progress

    def name(self, lang: str) -> str:
        """Return the name of the step."""
        return Words(lang).said(self)

    @property
    def share(self) -> int:
        """How many of its verdicts are shown under the name in `verdict`."""
        return sum(verdict.face == self.verdict for verdict in self.verdicts)

    def to_data(self) -> dict[str, Any]:
        """Return the state as JSON data."""
        told = {item.name: getattr(self, item.name) for item in fields(WrittenStep)}
        return asdict(WrittenStep(**{**told, "need": self.need.need}))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStep:
    """How one step stands; `verdict`: the gravest on it, `not_begun` where it is neither taken nor due, null: untested.

    `gate` null: none stands on the step; pending: nothing has put it to the test yet.
    """

    step: str
    zh: str
    en: str
    need: Literal["required", "not_required", "unknown", "optional"]
    progress: Progress
    acts: tuple[Done, ...]
    waits_for: tuple[str, ...]
    verdict: Literal[Outcome, Class, "not_begun"] | None
    gate: Literal["open", "closed", "unknown", "pending"] | None
    blocked_by: tuple[str, ...]
    next: bool
    possible: bool


def step_states(report: Report, procedure: Procedure) -> tuple[StepState, ...]:
    """Return the state of every step, each after all that come before it.

    `procedure` is the one of the law that the report applied. Raises UnusableArgument for another one.
    """
    facts = facts_of(report, procedure)
    needs = {name: report.need(name) for name in procedure.steps}
    done = {name: _progress(step, facts) for name, step in procedure.steps.items()}
    gates = _gates(report, procedure)
    verdicts = _verdicts(report, procedure)
    marks = {item.get("act"): kind for kind in ("rests", "behind") for item in report.concluded(kind)}
    progress = {name: state for name, (state, _) in done.items()}
    possible = _possible(
        procedure, needs, progress, {name for name, gate in gates.items() if gate[0] == "closed"}
    )
    if "submission" in possible and may_submit(report) == "closed":
        possible -= {"submission"}
    following = _following(procedure, needs, progress, possible)
    waiting = {name for name, need in needs.items() if need.need in _NEEDED and progress[name] != "done"}
    found = []
    for name in procedure.steps:
        step, (state, acts), (gate, blocked_by) = procedure.steps[name], done[name], gates[name]
        own, recorded = tuple(verdicts.get(name, ())), _recorded(step, report)
        kinds = {marks.get(item.act) for item in acts} | {marks.get(act.id or "") for act in recorded}
        found.append(
            StepState(
                step=name, zh=step.name.zh, en=step.name.en, phase=step.phase, bearer=step.bearer, at=step.at,
                need=needs[name], progress=state, acts=acts,
                waits_for=() if state == "done" else _waits_for(procedure, name, waiting),
                verdict=shown_verdict(own, needs[name].need, state), verdicts=own, gate=gate, blocked_by=blocked_by,
                mark=next((kind for kind in ("behind", "rests") if kind in kinds), None),
                next=name in following, possible=name in possible, recorded=recorded, part=part_of(step),
                phase_name=procedure.phases.get(step.phase),
                under_way=state == "done" and any(_ends_later(act, report.as_of) for act in recorded),
            )
        )  # fmt: skip
    return tuple(found)


class Course(NamedTuple):
    """How far one step came, without its gate, its verdict and what may be taken next, which cost far more.

    `need` None: it was not asked for.
    """

    zh: str
    en: str
    need: StepNeed | None
    progress: Progress
    acts: tuple[Done, ...]


def courses(report: Report, procedure: Procedure, asked: Collection[str]) -> dict[str, Course]:
    """Return how far each step came that pictures draw, by step, in the order of the law, as `drawn_states` has it.

    Whether they are needed is told of those in `asked`.
    """
    facts = facts_of(report, procedure)
    return {
        name: Course(
            step.name.zh, step.name.en, report.need(name) if name in asked else None, *_progress(step, facts)
        )
        for name, step in procedure.drawn.items()
    }


def drawn_states(report: Report, procedure: Procedure) -> dict[str, StepState]:
    """Return the states of the steps that pictures draw, by step, in the order of the law."""
    states = {state.step: state for state in step_states(report, procedure)}
    return {name: states[name] for name in procedure.drawn}


def ahead(states: Iterable[StepState]) -> tuple[tuple[StepState, ...], tuple[StepState, ...]]:
    """Return the steps that may be taken now, those that come next first: the ones surely needed, and the others."""
    following = sorted((state for state in states if state.possible), key=lambda state: not state.next)
    needed = tuple(state for state in following if state.need.need == "required")
    return needed, tuple(state for state in following if state.need.need != "required")


def shown_verdict(verdicts: Iterable[Verdict], need: str, progress: str) -> str | None:
    """Return the name under which verdicts on a step are shown; None: nothing was tested.

    A step that was not taken and is not due is `not_begun`. It is `not_applicable` only where it is not needed.
    """
    face = severest(verdicts)
    begun = progress in ("done", "announced")
    if begun or face not in ("pending", "nothing_recorded", "not_applicable"):
        return None if face == "not_applicable" and need in _NEEDED else face
    if face == "not_applicable":
        return "not_begun" if need in _NEEDED else face
    return face if face == "nothing_recorded" and progress == "unknown" else "not_begun"


def severest(verdicts: Iterable[Verdict]) -> str | None:
    """Return the name under which the gravest of some verdicts is shown; None when there is none."""
    found = gravest(verdict.standing for verdict in verdicts)
    return None if found is None else STANDINGS[found].face


def _progress(step: Step, facts: Facts) -> tuple[Progress, tuple[Done, ...]]:
    held = facts.held(step.kinds)
    done = _dated(held, step)
    if done:
        return "done", done
    planned = _dated([act for act in facts.plans if act.kind in step.kinds], step)
    if planned:
        return "planned", planned
    if any(act.held is None and act.kind in step.kinds for act in facts.decision.acts):
        return "announced", ()
    if step.at and held:  # a statement that the record is complete covers acts, never a date within one
        return "not_done" if all(act.denies(step.at) for act in held) else "unknown", ()
    return "not_done" if facts.closed(step.kinds, facts.now) else "unknown", ()


def _ends_later(act: Act, day: str) -> bool:
    begun, done = act.begun, act.done
    today = date.fromisoformat(day).toordinal()
    return begun is not None and done is not None and begun.first_day <= today < done.first_day


def _dated(acts: Sequence[Act], step: Step) -> tuple[Done, ...]:
    """Return the acts that are the step; a step that is a moment of an act needs that moment recorded."""
    found = []
    for act in acts:
        moment: PartialDate | None = getattr(act, step.at) if step.at else act.done or act.begun
        if moment is not None or not step.at:
            found.append(Done(act.id or "", None if moment is None else moment.text))
    return tuple(found)


def _recorded(step: Step, report: Report) -> tuple[Act, ...]:
    acts = [act for act in report.decision.acts if act.kind in step.kinds]
    if step.at is not None:
        acts = [act for act in acts if getattr(act, step.at) is not None]
    return tuple(sorted(acts, key=lambda act: (step.kinds.index(act.kind), act.id or "")))


def _verdicts(report: Report, procedure: Procedure) -> dict[str, list[Verdict]]:
    """Return the verdicts on each step; those on a part of an act stand on that act too."""
    places = {name: dict.fromkeys((name, procedure.told_in(name))) for name in procedure.steps}
    orders = _orders_within_acts(procedure)
    found: dict[str, list[Verdict]] = {}
    for verdict in report.verdicts:
        step = report.duties[verdict.duty].step or ""
        for name in (*places.get(step, ()), *orders.get(verdict.duty, ())):
            found.setdefault(name, []).append(verdict)
    return found


@lru_cache(maxsize=64)
def _orders_within_acts(procedure: Procedure) -> Mapping[str, tuple[str, str]]:
    """Return the duties that test the order of places within one act, with both places: their verdict is on these."""
    return {
        f"{instrument}.{edge.tested_by}": (edge.before, edge.after)
        for instrument, edge in procedure.edges
        if edge.tested_by
        and part_of(procedure.steps[edge.before]) == part_of(procedure.steps[edge.after]) == "order"
    }


def _waits_for(procedure: Procedure, step: str, waiting: Collection[str]) -> tuple[str, ...]:
    names = [before for before in procedure.waits_for(step) if before in waiting]
    return tuple(
        dict.fromkeys(
            procedure.told_in(name) if part_of(procedure.steps[name]) == "order" else name for name in names
        )
    )


def _gates(report: Report, procedure: Procedure) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Return for each step the state of the gates on the step itself, and the duties behind it."""
    closing: dict[str, set[str]] = {}
    for duty in report.duties.values():
        if duty.closes:
            closing.setdefault(gated_step(duty.closes), set()).add(duty.closes)
    return {
        name: _gate(report, name, closing[name]) if name in closing else (None, ())
        for name in procedure.steps
    }


def _gate(report: Report, step: str, closing: Collection[str]) -> tuple[str, tuple[str, ...]]:
    found = report.gate_of(step, closing)
    tested = tuple(duty for duty in found.unknown_because if duty not in report.untested_gates)
    if found.state == "unknown" and not tested:
        return "pending", ()
    return found.state, found.blocked_by or tested


def _possible(
    procedure: Procedure, needs: Mapping[str, StepNeed], progress: Mapping[str, str], closed: Collection[str]
) -> frozenset[str]:
    """Return the steps that may be taken: needed, not recorded, not overtaken, all they wait for recorded, no gate closed.

    `closed` are the steps with a closed gate. A step of a phase further on than the next one is none of them.
    """
    drawn = procedure.drawn
    recorded = {name for name in drawn if progress[name] in _RECORDED}
    if not recorded:
        return frozenset()
    phase, overtaken = _phases(procedure), procedure.before_any(recorded)
    lacking = {name for name in drawn.keys() - recorded if needs[name].need == "required"}
    barred = procedure.after_any(lacking) | set(closed)
    reach = max(phase[name] for name in recorded) + 1
    return frozenset(
        name
        for name in drawn.keys() - recorded - overtaken - barred
        if phase[name] <= reach and needs[name].need in _NEEDED
    )


def _following(
    procedure: Procedure,
    needs: Mapping[str, StepNeed],
    progress: Mapping[str, str],
    possible: Collection[str],
) -> frozenset[str]:
    """Return those of the possible steps that come next: of the nearest open phase.

    That is the phase that the matter has reached or the first after it, otherwise the last before it, in which a
    step surely needed is possible; where none is, one that may be needed counts.
    """
    if not possible:
        return frozenset()
    needed = [name for name in possible if needs[name].need == "required"]
    phase = _phases(procedure)
    reached = max(phase[name] for name in procedure.drawn if progress[name] in _RECORDED)
    nearest = min(
        (phase[name] for name in needed or possible), key=lambda at: (at < reached, abs(at - reached))
    )
    return frozenset(name for name in possible if phase[name] == nearest)


@lru_cache(maxsize=64)
def _phases(procedure: Procedure) -> dict[str, int]:
    """Return for each step the place of its phase in the order of the law."""
    phases = list(dict.fromkeys(step.phase for step in procedure.steps.values()))
    return {name: phases.index(step.phase) for name, step in procedure.steps.items()}
