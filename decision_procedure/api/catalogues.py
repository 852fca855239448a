"""Catalogues: read as published, looked over by themselves, and held against the records of their matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decision_procedure.api.given import law_at_hand
from decision_procedure.model.dates import day_of
from decision_procedure.results.remarks import Advice
from decision_procedure.results.report import Report, Verdict

if TYPE_CHECKING:
    from decision_procedure.catalogues.importing import ImportedCatalogue
    from decision_procedure.catalogues.reconciliation import Reconciliation
    from decision_procedure.law.applicable import Law
    from decision_procedure.model.catalogue import Catalogue


def import_catalogue(
    path: str | Path, *, columns: Mapping[str, str] | None = None, given: Mapping[str, Any] | None = None
) -> ImportedCatalogue:
    """Return the catalogue of a published table, and how it was read: .xlsx, .xls, .docx, a web page, CSV or TSV, JSON rows.

    `columns` says what headers stand for that are not known: the field of a row, by its name in either language, or `-`
    for none. `given` are fields of the catalogue (`title`, `issuer`, `year`, `level`, `number` …) that go before what
    the file says. What the table does not say is unknown; what was not understood stands in `doubts`, and with its cell
    in the catalogue. Raises UnusableInput, with all that stands against it, for a file that holds no such table or does
    not say whose and of which year it is; UnusableArgument for a field that there is not, or a library that is absent.
    """
    from decision_procedure.catalogues.importing import import_catalogue as imported

    return imported(path, columns=columns or {}, given=given or {})


def advise(catalogue: Catalogue, *, law: Law | None = None) -> tuple[Advice, ...]:
    """Return what is to put right about the law that a catalogue cites: out of date, or wrongly numbered.

    `place` of each is where the catalogue cites it, such as `items[2].cited_law[0]`. Advice is no breach. What
    a record cites is advised on by `check` (`report.advice`). `law` None: the law that travels with the library.
    """
    from decision_procedure.checking.advice import advice_on_catalogue

    return advice_on_catalogue(catalogue, law or law_at_hand())


def check_catalogue(catalogue: Catalogue, *, law: Law | None = None) -> tuple[Verdict, ...]:
    """Return what a yearly catalogue itself comes to: whether the Party committee agreed, whether it was published.

    It is checked on its day of issue, or, where that is not recorded, at the end of its year; duties that do not
    apply to it are left out. `law` None: the law that travels with the library.
    """
    from decision_procedure.catalogues.itself import report_of, verdicts_on

    return tuple(verdicts_on(report_of(catalogue, law or law_at_hand())))


def reconcile(
    catalogue: Catalogue,
    reports: Iterable[Report],
    *,
    as_of: date | str,
    earlier: Sequence[Catalogue] = (),
    stalled_after: int | None = None,
    law: Law | None = None,
) -> Reconciliation:
    """Return a catalogue held against the reports on its records: how far each row has come, and what differs.

    `reports` are of records checked as of the same day, and are taken one by one and let go. A record is joined with the
    row of the same title (width, blanks, marks, traditional characters and the name of the place apart), otherwise with
    the row whose number it names for the year of the catalogue; what is only alike is told as possible. Records of another
    year are passed over and named. `earlier` are versions of the same catalogue published before, the oldest first.
    A matter under way is told as stalled after `stalled_after` calendar days without an act (None: 90; a hint of this
    library, no time of the law). What a row plans never changes what the law demands: verdicts are those of the reports.
    `law` None: the law that travels with the library. Raises UnusableArgument for a report of another day.
    """
    from decision_procedure.catalogues.reconciling import STALLED_AFTER, reconciled

    after = STALLED_AFTER if stalled_after is None else stalled_after
    return reconciled(catalogue, reports, law or law_at_hand(), day_of(as_of, "as_of"), tuple(earlier), after)
