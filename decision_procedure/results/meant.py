"""Which duties and steps of a report people mean, who may name them in their own words (`law.meaning`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from decision_procedure.errors import UnusableArgument
from decision_procedure.law.meaning import NamedDuty, duties_meant, step_meant
from decision_procedure.wording import Bilingual, InBoth

if TYPE_CHECKING:
    from decision_procedure.results.report import Report


def duties_of(report: Report, word: str) -> tuple[str, ...]:
    """Return the duties with a verdict in a report that a word names. Raises UnusableArgument as `duties_meant`."""
    steps = _steps(report)
    tested = dict.fromkeys(verdict.duty for verdict in report.verdicts)
    duties = {name: report.duties[name] for name in tested}
    return duties_meant(
        word,
        [
            NamedDuty(name, duty.instrument, duty.article, duty.text, duty.cure, steps.get(duty.step or ""))
            for name, duty in duties.items()
        ],
    )


def step_of(report: Report, word: str) -> str:
    """Return the step of a report that a word names. Raises UnusableArgument as `step_meant`."""
    if word in report.rests_on:
        return word
    called = _steps(report)
    return step_meant(word, {name: called.get(name, Bilingual(name, name)) for name in report.rests_on})


def _steps(report: Report) -> Mapping[str, InBoth]:
    """Return what the law of a report calls its steps; nothing where a report does not know its law any more."""
    try:
        law = report.law
    except UnusableArgument:
        return {}
    return {name: step.name for name, step in law.steps.items()}
