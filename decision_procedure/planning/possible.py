"""From which day a step is possible, and a meeting may be held: by the plan, for whatever tells it."""

from __future__ import annotations

from typing import NamedTuple

from decision_procedure.law.applicable import Law
from decision_procedure.planning.making import plan_of
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report


class PossibleFrom(NamedTuple):
    """A day as ISO text; `sure` false: it lies past the holidays published and is the earliest it can be."""

    day: str
    sure: bool


def possible_from(report: Report, step: str, law: Law | None = None) -> PossibleFrom:
    """Return from when a step still to come may begin, not before the day of the report: by everything the law asks of time.

    `law` is the law it was checked against; None: the one it knows. Raises UnusableArgument for a report whose law is not known.
    """
    item = plan_of(report, law_of(report, law)).by_step.get(step)
    begins = None if item is None or item.standing == "overtaken" else item.begins
    if item is None or begins is None:
        return PossibleFrom(report.as_of, True)
    return PossibleFrom(max(report.as_of, begins), item.sure)


def earliest_meeting(report: Report, law: Law | None = None) -> PossibleFrom | None:
    """Return the first day on which the matter may be discussed; None: it was, or is not to be, as far as is known.

    `law` as for `possible_from`, which it raises as.
    """
    item = plan_of(report, law_of(report, law)).by_step.get("deliberation")
    if item is None or item.standing != "due" or item.ends is None:
        return None
    return PossibleFrom(item.ends, item.sure)


__all__ = ["PossibleFrom", "earliest_meeting", "possible_from"]
