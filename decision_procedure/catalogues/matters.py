"""What of a report a catalogue is held against: short values, so that the reports themselves are let go one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from decision_procedure.catalogues.reconciliation import RecordRef, Standing
from decision_procedure.checking.compiled import compiled_law
from decision_procedure.graph import Procedure
from decision_procedure.law.facts import Facts
from decision_procedure.law.passage import Passage, passage_of
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.planning.possible import PossibleFrom, earliest_meeting
from decision_procedure.reporting.steps import Course, StepState, ahead, courses, drawn_states
from decision_procedure.reporting.submission import facts_of
from decision_procedure.results.fingerprints import record_key
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report
from decision_procedure.results.severity import Grade
from decision_procedure.wording import Bilingual

STEPS = {
    "participation": "public_participation",
    "hearing": "hearing",
    "expert": "expert_review",
    "risk": "risk_assessment",
    "fair_competition": "fair_competition_review",
    "legality": "legality_review",
    "collective": "deliberation",
}
"""The step of the procedure that a row means by each step which it may plan (`CatalogueItem.plans`)."""


class StepTaken(NamedTuple):
    """A step in one record: `demanded` by the law, how far it came, and whether something that rests on it was done.

    Where nothing ahead was asked for, `demanded` is told of the steps alone that a catalogue may plan.
    """

    name: Bilingual
    demanded: bool
    progress: str
    passed: bool


@dataclass(frozen=True)
class MatterState:
    """One record as a catalogue is held against it: what it says of its row, its units, and how far it has come.

    `year`, `item`, `section`, `listed` and `hearing` (planned) are what the record says of its place on a catalogue (None:
    nothing). `lead`
    are the names of its lead unit, `others` those of its other units that take part; empty: not recorded. `last_day` is
    the day of its last act, `decided` that of the decision, as `RowState` has it.
    """

    ref: RecordRef
    invented: bool
    year: int | None
    item: str | None
    section: str | None
    listed: bool | None
    hearing: bool | None
    lead: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    last_day: PartialDate | None
    stands: Standing
    decided: PartialDate | None
    steps: Mapping[str, StepTaken]
    last: Bilingual | None
    next: tuple[Bilingual, ...]
    next_sure: bool
    barred: bool
    meeting: PossibleFrom | None
    open: Grade | None

    @property
    def advanced(self) -> tuple[bool, int]:
        """By which matters are put in order, the one furthest behind first."""
        return self.stands != "under_way", sum(step.progress == "done" for step in self.steps.values())


def matter_of(report: Report, *, looking_ahead: bool = True) -> MatterState:
    """Return what of a report a catalogue is held against. Raises UnusableArgument where its law is not known.

    `looking_ahead` False: what comes next, gates, meetings and what is open are not asked for, which is several times
    as fast; differences are the same but for `cannot_be_met`.
    """
    decision, entry = report.decision, report.decision.catalogue
    procedure = compiled_law(law_of(report).for_body(decision)).procedure
    facts = facts_of(report, procedure)
    states = drawn_states(report, procedure) if looking_ahead else {}
    come = states or courses(report, procedure, STEPS.values())
    stands, decided = _stands(passage_of(facts), facts)
    needed, unsure = ((), ()) if stands == "ended" else ahead(states.values())
    following = needed or unsure
    return MatterState(
        ref=RecordRef(record_key(decision), decision.id, decision.title),
        invented=decision.invented,
        year=None if entry is None else entry.year,
        item=None if entry is None else entry.item,
        section=None if entry is None else entry.section,
        listed=None if entry is None else entry.listed,
        hearing=None if entry is None else entry.hearing_planned,
        lead=_names(decision, decision.lead_unit),
        others=tuple(_names(decision, unit) for unit in decision.co_units),
        last_day=_last_day(facts),
        stands=stands,
        decided=decided,
        steps=_taken(come, procedure),
        last=_last(come),
        next=tuple(Bilingual.of(state) for state in [s for s in following if s.next] or following),
        next_sure=bool(needed),
        barred=not following and any(s.gate == "closed" and not s.recorded for s in states.values()),
        meeting=earliest_meeting(report) if looking_ahead and stands == "under_way" else None,
        open=report.worst if looking_ahead else None,
    )


def _stands(passage: Passage, facts: Facts) -> tuple[Standing, PartialDate | None]:
    """Return whether the matter was decided by the day of the report, and when; a deferral decides nothing."""
    taken = passage.decision
    if taken is None:
        return ("decided" if facts.held(("decision",)) and not passage.decisions else "under_way"), None
    return ("ended" if passage.adopts(taken) is False else "decided"), taken.date


def _taken(states: Mapping[str, StepState | Course], procedure: Procedure) -> dict[str, StepTaken]:
    passed = procedure.before_any(name for name, state in states.items() if state.progress == "done")
    return {
        name: StepTaken(
            Bilingual.of(state),
            state.need is not None and state.need.need == "required",
            state.progress,
            passed=name in passed,
        )
        for name, state in states.items()
    }


def _last(states: Mapping[str, StepState | Course]) -> Bilingual | None:
    """Return the step done last: the latest by its day, and of one day, or of none, the later one in the law."""
    done = [state for state in states.values() if state.progress == "done"]
    latest = max(
        enumerate(done), key=lambda item: (max((act.day or "" for act in item[1].acts), default=""), item[0]),
        default=None,
    )  # fmt: skip
    return None if latest is None else Bilingual.of(latest[1])


def _last_day(facts: Facts) -> PartialDate | None:
    """Return the day of the last act that took place; None: no act has a day."""
    days = [act.done or act.begun for acts in facts.acts.values() for act in acts]
    return max((day for day in days if day is not None), key=lambda day: day.last, default=None)


def _names(decision: Decision, unit: str | None) -> tuple[str, ...]:
    """Return what a unit is called: its name, other names, and its identifier; none where none is recorded."""
    if unit is None:
        return ()
    found = next((one for one in decision.units if one.id == unit), None)
    return (unit,) if found is None else tuple(dict.fromkeys((found.name, *found.aliases, found.id)))
