"""A report on its way to another process: its record, its law and its results, without its evidence.

The evidence is worked out again from record and law when it is first read; what open verdicts would be if the record
were complete goes along, since counts and the exit status ask for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cached_property
from typing import Any

from decision_procedure.checking.compiled import duties_of
from decision_procedure.checking.verdicts import checked
from decision_procedure.clock import extended_by
from decision_procedure.law.applicable import Law
from decision_procedure.law.conditions import Unread
from decision_procedure.law.evidence import Tree
from decision_procedure.law.facts import Facts
from decision_procedure.model.decision import Decision
from decision_procedure.reporting.concluding import concluded
from decision_procedure.results.conclusions import Conclusion
from decision_procedure.results.doubt import Target
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.report import Report, Verdict, Workings

_APART = frozenset({"decision", "verdicts", "duties", "workings"})


def carried(report: Report) -> tuple[Any, ...]:
    """Return what pickles a report that the check made by the law of its `workings`."""
    rest = {item.name: getattr(report, item.name) for item in fields(report) if item.name not in _APART}
    verdicts = tuple(verdict._replace(trees={}) for verdict in report.verdicts)
    workings = None if report.workings is None else replace(report.workings, conclude=None)
    return _arrived, (report.decision, workings, verdicts, _duties_by_name(report), rest)


def _duties_by_name(report: Report) -> tuple[str, ...] | Mapping[str, DutyInfo]:
    """Return the instruments whose duties a report tells of; where they do not give the same, the duties."""
    names = tuple(dict.fromkeys(duty.partition(".")[0] for duty in report.duties))
    known = report.workings is not None and _duties(report.workings.law, names) is report.duties
    return names if known else report.duties


def _duties(law: Law, names: tuple[str, ...]) -> Mapping[str, DutyInfo]:
    packs = {pack.head.id: pack for pack in law.packs}
    return duties_of(tuple(packs[name] for name in names))


def _arrived(
    decision: Decision,
    workings: Workings,
    verdicts: tuple[Verdict, ...],
    duties: tuple[str, ...] | Mapping[str, DutyInfo],
    rest: Mapping[str, Any],
) -> Report:
    again = _Again(decision, workings, date.fromisoformat(rest["as_of"]), rest["assume_complete"])
    return Report(
        decision=decision,
        verdicts=tuple(
            verdict._replace(trees=_LeftBehind(again, (verdict.duty, verdict.act))) for verdict in verdicts
        ),
        duties=duties if isinstance(duties, Mapping) else _duties(workings.law, duties),
        workings=replace(workings, conclude=again.conclusions),
        **rest,
    )


class _Again:
    """The check of a record made again, once, when something of it is first read."""

    def __init__(self, decision: Decision, workings: Workings, as_of: date, assume_complete: bool) -> None:
        self._decision, self._law, self._as_of = decision, workings.law, as_of
        self._assume_complete, self._notices = assume_complete, workings.notices

    @cached_property
    def _checked(self) -> tuple[Facts, Report]:
        with extended_by(self._notices):
            return checked(self._decision, self._law, self._as_of, assume_complete=self._assume_complete)

    @cached_property
    def verdicts(self) -> Mapping[Target, Verdict]:
        return {(verdict.duty, verdict.act): verdict for verdict in self._checked[1].verdicts}

    def conclusions(self) -> tuple[Conclusion, ...]:
        """Return the conclusions on it."""
        facts, report = self._checked
        return concluded(report, self._law, facts)


class _LeftBehind(Unread):
    """The trees behind a verdict that did not come along."""

    __slots__ = ("_again", "_target")

    def __init__(self, again: _Again, target: Target) -> None:
        self._again, self._target = again, target

    def _all(self) -> Mapping[str, Tree]:
        return self._again.verdicts[self._target].trees


__all__ = ["carried"]
