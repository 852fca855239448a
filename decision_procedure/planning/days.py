"""A period counted day by day, with the reason of each day: weekend, holiday, make-up day, an end that does not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from decision_procedure.clock import extended_by, kind_of_day
from decision_procedure.law.evidence import Tree
from decision_procedure.law.named import function_of
from decision_procedure.law.spans import NET, Count
from decision_procedure.model.dates import PartialDate
from decision_procedure.planning.plan import Counted, DatedStep, Plan
from decision_procedure.results.report import Report, Verdict
from decision_procedure.wording import Bilingual

DayReason = Literal["counted", "first", "last", "weekend", "holiday", "make_up", "unsettled", "returned"]
_ENDS: Mapping[str, tuple[bool, bool]] = {
    "days": (False, True), "lead_days": (False, True), "workdays": (False, False), "workdays_within": (False, True),
    "workdays_net": (False, True), "workdays_left_net": (False, False),
}  # fmt: skip
"""Whether the first and the last day count, by the default reading (`semantics.md` section 5)."""
_LONGEST = 800
"""Days that are told one by one: of a longer period only the number."""


@dataclass(frozen=True, slots=True)
class DayCounted:
    """One calendar day of a period: whether it counts, and why or why not.

    `reason`: `counted`; `make_up` (a weekend day worked, counted); `first` and `last` (an end that does not count); `weekend`
    and `holiday` (no working day); `returned` (material was out for supplement, which is not counted); `unsettled` (its holidays are not published: `counts` is False, and the number a bound).
    """

    day: str
    counts: bool
    reason: DayReason


@dataclass(frozen=True, slots=True)
class PeriodCounted:
    """One count of one verdict: from where to where, how, the number, and every day.

    `measure` is `days`, `workdays` (neither end counted) or `workdays_within`. `days` is empty where a date is not known to
    the day; `number` None: not known. `at` are the two moments in words.
    """

    duty: str
    act: str | None
    measure: Count
    at: tuple[Bilingual, Bilingual]
    start: str
    end: str
    number: int | None
    days: tuple[DayCounted, ...]

    def sums(self) -> Mapping[str, int]:
        """Return how many days there are of each reason, in the order in which they first occur."""
        return dict(Counter(day.reason for day in self.days))

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "duty": self.duty,
            "act": self.act,
            "measure": self.measure,
            "start": self.start,
            "end": self.end,
            "number": self.number,
            "days": [[day.day, day.counts, day.reason] for day in self.days],
        }


def periods_counted(report: Report, duty: str) -> tuple[PeriodCounted, ...]:
    """Return every count of days behind the verdicts on a duty, day by day; the duty is named as for `report.about`.

    By the notices of holidays that the check was made with; of a report read back from JSON by those now in use.
    """
    acts = {act.id: act for act in report.decision.acts}
    with nullcontext() if report.workings is None else extended_by(report.workings.notices):
        found = (one for verdict in report.about(duty) for one in _counts(verdict, acts.get(verdict.act)))
        return tuple(dict.fromkeys(found))


def periods_planned(plan: Plan) -> tuple[PeriodCounted, ...]:
    """Return the counts that put steps of a plan on their days, or leave them a last one, day by day; `duty` is the rule.

    Each ends on the day that the plan tells: `due_by` where the count is the most that may pass. Of days whose
    holidays are not published the number is a bound.
    """
    home = {place: item for item in reversed(plan.steps) for place in item.dates}
    found = (
        _planned(reason, item, home)
        for item in plan.of("running", "due", "conditional")
        for reason in item.reasons()
        if reason.count in _ENDS and (reason.decides or (reason.most is not None and item.due_by is not None))
    )
    return tuple(dict.fromkeys(found))


def _planned(reason: Counted, item: DatedStep, home: Mapping[str, DatedStep]) -> PeriodCounted:
    end = item.due_by if reason.least is None and item.due_by is not None else reason.end
    days = counted(reason.count, date.fromisoformat(reason.start), date.fromisoformat(end))
    named = [home.get(place, item) for place in (reason.after, reason.until)]
    first, last = (Bilingual(step.zh, step.en) for step in named)
    return PeriodCounted(
        reason.rule,
        None,
        reason.count,
        (first, last),
        reason.start,
        end,
        sum(day.counts for day in days),
        days,
    )


def counted(
    measure: str, start: date, end: date, out: Collection[int] = frozenset()
) -> tuple[DayCounted, ...]:
    """Return the days from one to another, both included, with what each counts for; empty where the end comes first.

    `out` are days (`date.toordinal`) on which material was out for supplement.
    """
    first, last = start.toordinal(), end.toordinal()
    return tuple(
        _day(measure, date.fromordinal(one), one == first, one == last, one in out)
        for one in range(first, last + 1)
    )


def _counts(verdict: Verdict, act: Any) -> Iterator[PeriodCounted]:
    for name in ("when", "require"):
        if name in verdict.trees:
            for tree in _walked(verdict.trees[name]):
                if tree.node.operator == "days" and len(tree.children) == 2:
                    yield _period(verdict, tree, act)


def _period(verdict: Verdict, tree: Tree, act: Any) -> PeriodCounted:
    word = function_of(tree.node.text)
    start, end = (child.value for child in tree.children)
    on = [one.day if isinstance(one, PartialDate) and one.last else None for one in (start, end)]
    days: tuple[DayCounted, ...] = ()
    if on[0] is not None and on[1] is not None and (on[1] - on[0]).days < _LONGEST:
        days = counted(word, on[0], on[1], frozenset(_returned(act)) if word in NET else frozenset())
    span = tree.value
    number = None if not hasattr(span, "low") or span.low != span.high else span.low
    measure: Count = (
        "workdays"
        if word in ("workdays", "workdays_left_net")
        else "workdays_within"
        if word.startswith("workdays")
        else "days"
    )
    first, last = (Bilingual(child.node.zh, child.node.en) for child in tree.children)
    return PeriodCounted(
        verdict.duty, verdict.act, measure, (first, last), _text(start), _text(end), number, days
    )


def _returned(act: Any) -> Iterator[int]:
    """Yield the days on which the material of an act was out for supplement: after its return, until it came back."""
    for item in getattr(act, "returns", ()):
        if item.date is not None and item.resubmitted is not None:
            yield from range(item.date.last_day + 1, item.resubmitted.last_day + 1)


def _text(value: object) -> str:
    return value.text if isinstance(value, PartialDate) and value.last else ""


def _walked(tree: Tree) -> Iterator[Tree]:
    yield tree
    for child in tree.children:
        yield from _walked(child)


def _day(measure: str, day: date, first: bool, last: bool, out: bool) -> DayCounted:
    with_first, with_last = _ENDS[measure]
    text = day.isoformat()
    if first and not with_first:
        return DayCounted(text, False, "first")
    if last and not with_last:
        return DayCounted(text, False, "last")
    if not measure.startswith("workdays"):
        return DayCounted(text, True, "counted")
    if out:
        return DayCounted(text, False, "returned")
    kind = kind_of_day(day)
    if kind == "workday":
        return DayCounted(text, True, "counted")
    return DayCounted(text, kind == "make_up", kind)


__all__ = ["DayCounted", "PeriodCounted", "counted", "periods_counted", "periods_planned"]
