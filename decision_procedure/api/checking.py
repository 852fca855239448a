"""Records and catalogues checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from datetime import date
from functools import partial
from logging import DEBUG, getLogger
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decision_procedure.api.given import law_at_hand, law_of, what_to_give
from decision_procedure.api.records import load_decision, parse_decision
from decision_procedure.clock import HolidayNotice, calendar_in_use, extended_by
from decision_procedure.errors import Unchecked, UnusableArgument, UnusableInput
from decision_procedure.model.dates import PartialDate, day_of
from decision_procedure.model.decision import Decision
from decision_procedure.results.report import Report

if TYPE_CHECKING:
    from decision_procedure.graph import Procedure
    from decision_procedure.law.applicable import Law
    from decision_procedure.reporting.steps import StepState
    from decision_procedure.reporting.submission import AsSubmitted
    from decision_procedure.results.waivers import Waiver


_log = getLogger("decision_procedure")


def check(
    decision: Decision,
    *,
    as_of: date | str,
    assume_complete: bool = False,
    waivers: Iterable[Waiver] = (),
    law: Law | None = None,
) -> Report:
    """Return the report on a record as things stood at the end of the day `as_of`, a date or its text (2024-06-01).

    `assume_complete` states for the whole record: what is not in it was not done. `waivers` stand beside those
    of the record and change no verdict. `law` None: the law that travels with the library. Raises UnusableArgument
    for what is no record, saying how to get one, and for what is no day.
    """
    # Loaded here, not above: importing the package must stay cheap.
    from decision_procedure.reporting.making import report_on

    if not isinstance(decision, Decision):
        raise UnusableArgument(what_to_give(decision))
    day = day_of(as_of, "as_of")
    report = report_on(decision, law or law_at_hand(), day, assume_complete=assume_complete, waivers=waivers)
    if _log.isEnabledFor(DEBUG):
        _log.debug("checked as of %s: %d verdicts, worst %s", day, len(report.verdicts), report.worst)
    return report


def check_many(
    records: Iterable[Decision | UnusableInput | str | Path],
    *,
    as_of: date | str,
    assume_complete: bool = False,
    waivers: Iterable[Waiver] = (),
    law: Law | None = None,
    processes: int | None = None,
    executor: Executor | None = None,
) -> Iterator[Report | Unchecked]:
    """Yield a report for each record in order, in bounded memory.

    A record may be given as its JSON text, or as the path of its file, YAML or JSON: it is then read where it is
    checked, which spares the caller that time. A record that cannot be checked costs itself alone: an `Unchecked`, which is an exception, is yielded in its
    place and names it; so is an error that stands among the records in place of one. `processes`: check by so many
    processes of our own, which are replaced when one dies; the record that kills its process twice is `Unchecked`.
    `executor`: check by an executor of the caller's; once it breaks, BrokenRun names what is unchecked. Wherever they are
    checked, working days are counted with the notices of holidays in use where this is called (`holidays`). Raises
    UnusableArgument for arguments that no record can be checked with, and for both ways of checking in parallel.
    """
    from decision_procedure.reporting import many

    if processes is not None and executor is not None:
        raise UnusableArgument("processes 与 executor 二选一 give either processes or an executor")
    day = day_of(as_of, "as_of")
    PartialDate.on(day)  # refused once, before the first record
    work = partial(
        _check_given, law, notices=calendar_in_use().notices,
        as_of=day, assume_complete=assume_complete, waivers=tuple(waivers),
    )  # fmt: skip
    if executor is not None:
        return many.by_executor(work, records, executor)
    if processes is not None:
        return many.by_processes(work, records, processes)
    return many.one_by_one(work, records)


def _check_given(
    law: Law | None, record: Decision | str | Path, *, notices: tuple[HolidayNotice, ...], **options: Any
) -> Report:
    if isinstance(record, str):
        record = parse_decision(record, law=law)
    elif isinstance(record, Path):
        record = load_decision(record, law)
    if not isinstance(record, Decision):
        raise TypeError(what_to_give(record))  # which costs this record alone
    with extended_by(notices):
        return check(record, law=law, **options)


def procedure(decision: Decision, law: Law | None = None) -> Procedure:
    """Return the step graph of the instruments that apply to the record's deciding body."""
    from decision_procedure.graph import Procedure

    return Procedure.of((law or law_at_hand()).for_body(decision))


def provisions(decision: Decision, law: Law | None = None) -> dict[str, str]:
    """Return the article of each liability provision that may apply to a record, by identifier."""
    packs = (law or law_at_hand()).for_body(decision)
    return {f"{pack.head.id}.{item.id}": item.article for pack in packs for item in pack.file.liability}


def step_states(report: Report, law: Law | None = None) -> tuple[StepState, ...]:
    """Return how every step of the procedure stands in a report, each after all that come before it.

    `law` is the law the report was checked against; None: the one it knows.
    """
    from decision_procedure.reporting.steps import step_states

    return step_states(report, procedure(report.decision, law_of(report, law)))


def step_data(report: Report, law: Law | None = None) -> list[dict[str, Any]]:
    """Return the steps that lists tell of as JSON data; `law` as for `step_states`."""
    return [state.to_data() for state in step_states(report, law) if state.part != "order"]


def submitted(report: Report, law: Law | None = None) -> AsSubmitted:
    """Return a report with a submission for discussion in its latest round, and the identifier of that act.

    It is the report itself where the record holds one, otherwise that of the same record submitted on the day
    of the report. `law` is the law the report was checked against; None: the one it knows.
    """
    from decision_procedure.reporting.submission import as_submitted

    return as_submitted(report, law_of(report, law))
