"""What a catalogue itself comes to: whether the Party committee agreed, and whether it was published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from decision_procedure.checking.advice import as_decision
from decision_procedure.law.applicable import Law
from decision_procedure.model.catalogue import Catalogue
from decision_procedure.reporting.making import report_on
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.report import Report, Verdict

_CONSENT, _PUBLISHED = "decision.catalogue.party_consent", "decision.catalogue.published"


def report_of(catalogue: Catalogue, law: Law) -> Report:
    """Return the report on a catalogue itself, on its day of issue or, where that is not recorded, at the end of its year."""
    day = date(catalogue.year, 12, 31)
    if catalogue.issued is not None:
        day = date.fromordinal(catalogue.issued.last_day)
    return report_on(as_decision(catalogue), law, day)


def verdicts_on(report: Report) -> Iterator[Verdict]:
    """Yield the verdicts of such a report that speak of the catalogue and apply to it."""
    for verdict in report.verdicts:
        if verdict.outcome != "not_applicable" and _on_catalogues(report.duties[verdict.duty]):
            yield verdict


def _on_catalogues(duty: DutyInfo) -> bool:
    """Say whether a duty speaks of the catalogue and of nothing else in a record."""
    names = duty.names
    return (
        duty.step is not None
        and any(name in (_CONSENT, _PUBLISHED) for name in names)
        and all(name.startswith(("decision.catalogue.", "acts.catalogue_publication.")) for name in names)
    )
