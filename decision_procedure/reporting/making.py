"""A whole report on a record: its verdicts, what follows from them, its waivers and a person's answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from decision_procedure.checking.verdicts import checked
from decision_procedure.law.applicable import Law
from decision_procedure.model.decision import Decision
from decision_procedure.reporting.carrying import carried
from decision_procedure.reporting.concluding import concluded
from decision_procedure.results.report import Report, Workings

if TYPE_CHECKING:
    from decision_procedure.results.waivers import Waiver


def report_on(
    decision: Decision,
    law: Law,
    as_of: date,
    *,
    assume_complete: bool = False,
    waivers: Iterable[Waiver] = (),
    supposes: str | None = None,
) -> Report:
    """Return the report on a record by this law, as things stood at the end of the day `as_of`.

    `supposes` is the act of the record that was not done, only supposed (None: all of it is as it was handed in).
    """
    facts, report = checked(law.as_record(decision), law, as_of, assume_complete=assume_complete)
    given = tuple(waivers)
    notices = facts.calendar.notices
    workings = Workings(law, given, supposes, carried, partial(concluded, report, law, facts), notices)
    report = replace(report, workings=workings)
    # Loaded here, not above: most records have neither.
    if given or decision.waivers:
        from decision_procedure.results.waivers import apply_waivers

        report, _ = apply_waivers(report, given, as_of)
    if decision.judgements:
        from decision_procedure.results.judgements import apply_judgements

        report = apply_judgements(report, as_of)
    return report
