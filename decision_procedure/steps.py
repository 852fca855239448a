"""Each step of the procedure in one decision: whether it is needed, whether it was done, what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import networkx as nx

from decision_procedure.graph import Procedure
from decision_procedure.law.facts import Facts
from decision_procedure.law.pack import Step
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.report import Report, StepNeed

Progress = Literal["done", "planned", "announced", "not_done", "unknown"]


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was the step, or an act that shows the step was taken; `day` None: its date is not recorded."""

    act: str
    day: str | None


@dataclass(frozen=True, slots=True)
class StepState:
    """One step in one decision.

    `need` says whether the decision needs it and why. `progress`: `done`; `planned` (dated after `as_of`);
    `announced` (only a notice); `not_done` (the record answers that it was not); `unknown`.
    `acts` are those that did it or plan it. `waits_for` names the steps directly before it that are needed, or
    perhaps needed, and not done; empty once the step itself is done.
    """

    step: str
    zh: str
    en: str
    need: StepNeed
    progress: Progress
    acts: tuple[Done, ...]
    waits_for: tuple[str, ...]


def step_states(report: Report, procedure: Procedure) -> tuple[StepState, ...]:
    """Return the state of every step, each after all that come before it.

    `procedure` is the one of the law that the report applied. Raises UnusableArgument for another one.
    """
    facts = Facts(
        report.decision,
        date.fromisoformat(report.as_of),
        assume_complete=report.assume_complete,
        implied=procedure.implied,
    )
    needs = {name: report.need(name) for name in procedure.steps}
    progress = {name: _progress(step, facts) for name, step in procedure.steps.items()}
    waiting = {
        name
        for name, need in needs.items()
        if need.need in ("required", "unknown") and progress[name][0] != "done"
    }
    return tuple(
        StepState(
            step=name,
            zh=procedure.steps[name].name.zh,
            en=procedure.steps[name].name.en,
            need=needs[name],
            progress=progress[name][0],
            acts=progress[name][1],
            waits_for=()
            if progress[name][0] == "done"
            else tuple(before for before in procedure.waits_for(name) if before in waiting),
        )
        for name in _in_order(procedure)
    )


def _in_order(procedure: Procedure) -> list[str]:
    place = {name: index for index, name in enumerate(procedure.steps)}
    return list(nx.lexicographical_topological_sort(procedure.graph, key=lambda name: place[name]))


def _progress(step: Step, facts: Facts) -> tuple[Progress, tuple[Done, ...]]:
    done = _dated(facts.held(step.kinds), step)
    if done:
        return "done", done
    planned = _dated([act for act in facts.plans if _kind(act) in step.kinds], step)
    if planned:
        return "planned", planned
    if any(act.held is None and _kind(act) in step.kinds for act in facts.decision.acts):
        return "announced", ()
    if facts.closed(step.kinds, facts.now):
        return "not_done", ()
    return "unknown", ()


def _dated(acts: Sequence[Act], step: Step) -> tuple[Done, ...]:
    """Return the acts that are the step; a step that is a moment of an act needs that moment recorded."""
    found = []
    for act in acts:
        moment: PartialDate | None = getattr(act, step.at) if step.at else act.done or act.begun
        if moment is not None or not step.at:
            found.append(Done(act.id or "", None if moment is None else moment.text))
    return tuple(found)


def _kind(act: Act) -> str:
    return act.kind
