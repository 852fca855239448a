"""What the timeline shows: a row for each act with its dates, and the statutory minimums on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from decision_procedure.clock import (
    days_between,
    earliest_after_days,
    earliest_after_workdays,
    lead_days,
    workdays_left,
)
from decision_procedure.diagrams.duties import ProcedureLaw
from decision_procedure.diagrams.state import step_states
from decision_procedure.diagrams.words import say
from decision_procedure.errors import Beyond
from decision_procedure.law.pack import Duty
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.vocabulary import LABELS, label
from decision_procedure.report import Report, Verdict
from decision_procedure.severity import OPEN_FACES

_PERIOD = re.compile(
    r"\b(days|lead_days|workdays)\(act\.(\w+), (?:(act|it)\.(\w+)|first_meeting\(\))\) >= params\.(\w+)"
)
_SPANS = {"days": days_between, "lead_days": lead_days, "workdays": workdays_left}


class Minimum(NamedTuple):
    """A statutory minimum on one act: from `start` to `end` (None past the horizon), and the days counted."""

    start: date
    end: date | None
    value: int
    unit: str
    counted: tuple[int, int, int, int] | None


class Row(NamedTuple):
    """A row: an act with its dates as day numbers (None: undated), or a step without acts."""

    name: str
    title: str
    first: int | None
    last: int | None
    exact: bool
    dates: str
    verdicts: tuple[Verdict, ...]
    minimums: tuple[Minimum, ...] = ()


def minimums(act: Act, duties: Sequence[Duty], meetings: Sequence[PartialDate]) -> Iterator[Minimum]:
    """Yield the statutory minimums that duties set on an act from a day that the record states."""
    kind = getattr(act, "kind", "")
    for duty in duties:
        if duty.per == "decision" or kind not in duty.per:
            continue
        for name, field, owner, until, param in _PERIOD.findall(duty.require):
            start = getattr(act, field, None)
            if start is None or start.day is None or param not in duty.params:
                continue
            number = duty.params[param]
            end = getattr(act, until, None) if owner == "act" else next(iter(meetings), None)
            span = _SPANS[name](start, end)[:4] if end is not None else None
            yield Minimum(
                start.day, _earliest(name, start.day, number.value), number.value, number.unit, span
            )


def _earliest(name: str, start: date, value: int) -> date | None:
    try:
        return (
            earliest_after_workdays(start, value) if name == "workdays" else earliest_after_days(start, value)
        )
    except Beyond:
        return None


def act_rows(report: Report, law: ProcedureLaw, lang: str) -> list[Row]:
    """Return a row for each act of the record, by its dates; acts of one day in the order of the law."""
    duties = {f"{pack.head.id}.{duty.id}": duty for pack in law.packs for duty in pack.file.duties}
    meetings = sorted(
        (act.date for act in report.decision.acts if act.kind == "deliberation" and act.date),
        key=lambda day: day.first,
    )
    verdicts: dict[str, list[Verdict]] = {}
    for verdict in report.verdicts:
        if verdict.act:
            verdicts.setdefault(verdict.act, []).append(verdict)
    found: list[Row] = []
    order = {kind: number for number, kind in enumerate(LABELS["act_kind"])}
    for act in sorted(
        report.decision.acts, key=lambda act: (order.get(act.kind, len(order)), act.kind, act.id or "")
    ):
        kind = label("act_kind", act.kind, lang)
        title = kind if act.round == 1 else f"{kind} ({say('round', lang, act.round)})"
        tested = tuple(verdicts.get(act.id or "", ()))
        applied = [
            duties[item.duty] for item in tested if item.outcome != "not_applicable" and item.duty in duties
        ]
        later = [day for day in meetings if act.begun is None or day.last >= act.begun.first]
        found.append(
            Row(f"act-{len(found)}", title, *_days(act), _dates(act, lang), tested,
                tuple(dict.fromkeys(minimums(act, applied, later))))
        )  # fmt: skip
    return sorted(found, key=lambda row: (row.first is None, row.first or 0, row.last or 0))


def missing_rows(report: Report, law: ProcedureLaw, lang: str) -> list[Row]:
    """Return a row for each step with an open question and no act at all."""
    found = []
    for name, state in step_states(report, law.procedure).items():
        if not state.acts and state.outcome in OPEN_FACES[:3]:
            found.append(
                Row(
                    f"step-{name}",
                    state.step.name.text(lang),
                    None,
                    None,
                    True,
                    say("no_record", lang),
                    state.verdicts,
                )
            )
    return found


def _days(act: Act) -> tuple[int | None, int | None, bool]:
    begun, done = act.begun or act.done, act.done or act.begun
    if begun is None or done is None or act.held is False:
        return None, None, True
    first = begun.first_day or begun.last_day
    exact = begun.day is not None and done.day is not None
    return min(first, done.last_day), max(first, done.last_day), exact


def _dates(act: Act, lang: str) -> str:
    if act.held is False:
        return say("denied", lang)
    begun, done = str(act.begun or ""), str(act.done or "")
    if not begun and not done:
        return say("no_dates", lang)
    if begun == done or not done or not begun:
        return begun or done
    return f"{begun} {say('to', lang)} {done[5:] if begun[:4] == done[:4] and len(done) > 7 else done}"
