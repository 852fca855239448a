"""What the timeline shows: a row for each act with its dates, and the statutory minimums on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from decision_procedure.clock import (
    earliest_after_days,
    earliest_after_workdays,
    out_for_supplement,
    returns_of,
    without_returns,
)
from decision_procedure.diagrams.state import moment_text, time_text
from decision_procedure.errors import Beyond
from decision_procedure.graph import Procedure
from decision_procedure.law.demands import LEAST, Period, periods
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Duty
from decision_procedure.law.spans import NET
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.reporting.steps import StepState, drawn_states, severest, shown_verdict
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.wording import Words, say


class ProcedureLaw(NamedTuple):
    """A procedure with all the instruments of a place, whatever their dates; `name` says of whom it is."""

    procedure: Procedure
    packs: tuple[Pack, ...]
    name: str = ""


class Minimum(NamedTuple):
    """A statutory minimum on one act: from `start` to `end` (None past the horizon), and the days counted."""

    start: date
    end: date | None
    value: int
    unit: str
    counted: tuple[int, int, int, int] | None


class PeriodRow(NamedTuple):
    """A row: an act with its dates as day numbers (None: undated), or a step of which no row of an act tells.

    `verdict` is the name under which its verdicts are shown, as `StepState` has it.
    """

    name: str
    title: str
    first: int | None
    last: int | None
    exact: bool
    dates: str
    verdicts: tuple[Verdict, ...]
    verdict: str | None
    minimums: tuple[Minimum, ...] = ()


def minimums(act: Act, duties: Sequence[Duty], meetings: Sequence[PartialDate]) -> Iterator[Minimum]:
    """Yield the statutory minimums that duties set on an act from a day that the record states."""
    kind = getattr(act, "kind", "")
    for duty in duties:
        if duty.per == "decision" or kind not in duty.per:
            continue
        for period in periods(duty):
            start, number = getattr(act, period.start, None), duty.params[period.param]
            if start is None or start.day is None:
                continue
            end = getattr(act, period.until, None) if period.until else next(iter(meetings), None)
            returns = returns_of(act) if period.span in NET else []
            earliest = _earliest(period, start.day, number.value, out_for_supplement(returns))
            span = (
                None if end is None else without_returns(LEAST[period.span](start, end), returns, start, end)
            )
            yield Minimum(start.day, earliest, number.value, number.unit, None if span is None else span[:4])


def _earliest(period: Period, start: date, least: int, out: int) -> date | None:
    try:
        if period.span.startswith("workdays"):
            return earliest_after_workdays(start, least + out)
        return earliest_after_days(start, least)
    except Beyond:
        return None


def rows_of(report: Report, law: ProcedureLaw, lang: str) -> list[PeriodRow]:
    """Return a row for each act of the record, by its dates, then one for each step of which none tells.

    A row bears the verdicts of its step that are on its act, and those that are on no other act of the step.
    """
    duties = {f"{pack.head.id}.{duty.id}": duty for pack in law.packs for duty in pack.file.duties}
    meetings = sorted(
        (act.date for act in report.decision.acts if act.kind == "deliberation" and act.date),
        key=lambda day: day.first,
    )
    states = drawn_states(report, law.procedure)
    found: list[PeriodRow] = []
    for name, acts in _own_acts(report, law.procedure):
        state = states.get(name)
        beside = {act.id for act in acts}
        for act in acts:
            told = report.verdicts if state is None else state.verdicts
            verdicts = tuple(
                item for item in told if item.act == act.id or (state is not None and item.act not in beside)
            )
            later = [day for day in meetings if act.begun is None or day.last >= act.begun.first]
            applied = [
                duties[item.duty]
                for item in verdicts
                if item.act == act.id and item.outcome != "not_applicable" and item.duty in duties
            ]
            found.append(
                PeriodRow(
                    f"act-{len(found)}", _title(act, state, lang), *_days(act, state), _dates(act, state, lang),
                    verdicts, _shown(verdicts, state), tuple(dict.fromkeys(minimums(act, applied, later))),
                )
            )  # fmt: skip
        if state is not None and not acts and (state.acts or state.verdict in TOLD_IN_FULL):
            text = time_text(state, lang)
            found.append(
                PeriodRow(
                    f"step-{name}", state.name(lang), None, None, True, text, state.verdicts, state.verdict
                )
            )
    return sorted(found, key=lambda row: (row.first is None, row.first or 0, row.last or 0))


def _shown(verdicts: Sequence[Verdict], state: StepState | None) -> str | None:
    return severest(verdicts) if state is None else shown_verdict(verdicts, state.need.need, state.progress)


def _own_acts(report: Report, procedure: Procedure) -> Iterator[tuple[str, tuple[Act, ...]]]:
    """Yield each step drawn with the acts whose rows tell of it, then the acts that are no step (empty name).

    An act that is several steps tells of the one that fewest kinds of act are, and of its moments drawn apart.
    """
    drawn = procedure.drawn
    whole: dict[str, str] = {}
    for name, step in sorted(drawn.items(), key=lambda item: len(item[1].kinds)):
        for kind in step.kinds if step.at is None else ():
            whole.setdefault(kind, name)
    acts = sorted(report.decision.acts, key=lambda act: (act.kind, act.id or ""))
    for name, step in drawn.items():
        if step.at is None:
            yield name, tuple(act for act in acts if whole.get(act.kind) == name)
        else:
            yield name, tuple(act for act in acts if act.kind in step.kinds and getattr(act, step.at))
    yield "", tuple(act for act in acts if act.kind not in whole)


def _title(act: Act, state: StepState | None, lang: str) -> str:
    name = Words(lang).pair(act.named[:2]) if state is None or state.at is None else state.name(lang)
    return name if act.round == 1 else name + Words(lang).aside(say("diagram.round", lang, number=act.round))


def _ends(act: Act, state: StepState | None) -> tuple[PartialDate | None, PartialDate | None]:
    """Return when an act began and was done; of a moment of it, that moment."""
    if state is None or state.at is None:
        return act.begun, act.done
    moment = getattr(act, state.at)
    return moment, moment


def _days(act: Act, state: StepState | None) -> tuple[int | None, int | None, bool]:
    first_end, last_end = _ends(act, state)
    begun, done = first_end or last_end, last_end or first_end
    if begun is None or done is None or act.held is False:
        return None, None, True
    first = begun.first_day or begun.last_day
    exact = begun.day is not None and done.day is not None
    return min(first, done.last_day), max(first, done.last_day), exact


def _dates(act: Act, state: StepState | None, lang: str) -> str:
    if act.held is False:
        return say("diagram.denied", lang)
    begun, done = map(moment_text, _ends(act, state))
    if not begun and not done:
        return say("diagram.no_dates", lang)
    if begun == done or not done or not begun:
        return begun or done
    return (
        f"{begun} {say('diagram.to', lang)} {done[5:] if begun[:4] == done[:4] and len(done) > 7 else done}"
    )
