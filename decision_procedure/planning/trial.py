"""The check of a record with the acts of a repair in it: what is open then, and what of it the repair has raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from decision_procedure.law.applicable import Law
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.planning.acting import with_acts
from decision_procedure.planning.repair import Fault, RepairAction
from decision_procedure.reporting.making import report_on
from decision_procedure.results.report import Report
from decision_procedure.results.waivers import waivers_given


class RepairStep(NamedTuple):
    """One act of a repair while it is looked for: the act, what it is told as, and the change of the record that it is."""

    action: RepairAction
    act: Act | None
    record: Mapping[str, Any]


class Trial:
    """Checks a record with steps of a repair done, on the day of the last of them; each set of steps once."""

    def __init__(self, report: Report, law: Law) -> None:
        self._first, self._law = report, law
        self._as_of = date.fromisoformat(report.as_of)
        self._reports: dict[tuple[int, ...], tuple[Sequence[RepairStep], Report]] = {}
        self._asked: dict[date, frozenset[Fault]] = {}

    def report(self, steps: Sequence[RepairStep]) -> Report:
        """Return the check of the record with these steps."""
        key = tuple(map(id, steps))
        if key not in self._reports:
            self._reports[key] = (tuple(steps), self._on(steps, self._last(steps)))
        return self._reports[key][1]

    def trouble(self, steps: Sequence[RepairStep]) -> frozenset[Fault]:
        """Return what is open in the record with these steps: faults, and the questions that they raise."""
        return frozenset(open_faults(self.report(steps))) | self.questions(steps)

    def questions(self, steps: Sequence[RepairStep]) -> frozenset[Fault]:
        """Return what a person has to judge with these steps, and would not have to on the same day without them."""
        last = self._last(steps)
        if last not in self._asked:
            self._asked[last] = _asked(self._first) | _asked(self._on((), last))
        return _asked(self.report(steps)) - self._asked[last]

    def _last(self, steps: Sequence[RepairStep]) -> date:
        return max([self._as_of, *(last_day(step.act) for step in steps if step.act is not None)])

    def _on(self, steps: Sequence[RepairStep], last: date) -> Report:
        return report_on(
            self._record(steps, last),
            self._law,
            last,
            assume_complete=self._first.assume_complete,
            waivers=waivers_given(self._first),
        )

    def _record(self, steps: Sequence[RepairStep], last: date) -> Decision:
        changes: dict[str, Any] = {}
        for step in steps:
            changes |= step.record
        record = self._first.decision.changed(changes) if changes else self._first.decision
        return with_acts(record, [step.act for step in steps if step.act is not None], last)


def open_faults(report: Report) -> tuple[Fault, ...]:
    """Return the violated verdicts of a report that nothing on record has made good, as `(duty, act)`."""
    return tuple(
        (item.duty, item.act)
        for item in report.verdicts
        if item.outcome == "violated" and item.made_good_by is None
    )


def last_day(act: Act) -> date:
    """Return the last day that an act states. Raises ValueError for one without any."""
    days = [
        value.last_day
        for name in type(act).model_fields
        if isinstance(value := getattr(act, name), PartialDate)
    ]
    return date.fromordinal(max(days))


def _asked(report: Report) -> frozenset[Fault]:
    """Return what a report leaves to a person."""
    return frozenset(
        (item.duty, item.act)
        for item in report.verdicts
        if item.outcome == "needs_judgement" and item.made_good_by is None
    )


__all__ = ["RepairStep", "Trial", "last_day", "open_faults"]
