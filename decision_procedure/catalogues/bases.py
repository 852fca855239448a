"""The law that a catalogue cites, on the day of a reconciliation: what has ended, been succeeded, or is cited wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from decision_procedure.law.applicable import Law
from decision_procedure.law.citations import Citation, citations_in, instrument_name, known_instruments
from decision_procedure.law.head import Head
from decision_procedure.law.register import Entry
from decision_procedure.model.catalogue import Catalogue
from decision_procedure.model.dates import PartialDate, parse_date
from decision_procedure.wording import Bilingual


@dataclass(frozen=True)
class StaleBasis:
    """A citation that does not stand on the day: `row` is the place of the row that makes it (None: the whole catalogue).

    `ended`: it is surely no longer in force; otherwise an instrument that takes its place is in force, and whether it
    still is, is not known. `since`: it was in force, or may have been, when the catalogue was issued. `wrong`: number and title do not go together. `successors` are what took its place, as far as
    the law loaded and the register name it.
    """

    row: int | None
    said: Bilingual
    ended: bool
    since: bool
    wrong: bool
    successors: tuple[Bilingual, ...]


def stale_bases(catalogue: Catalogue, law: Law, as_of: date) -> Iterator[StaleBasis]:
    """Yield the citations of a catalogue and its rows that do not stand on a day."""
    known, day = known_instruments(law), PartialDate.on(as_of)
    issued = catalogue.issued or parse_date(str(catalogue.year))
    cited: list[tuple[int | None, str]] = [(None, text) for text in catalogue.cited_law]
    cited += [(row, text) for row, item in enumerate(catalogue.items) for text in item.cited_law]
    for row, text in cited:
        then = citations_in(text, issued, known)
        for citation, before in zip(citations_in(text, day, known), then, strict=True):
            found = _stale(row, citation, before, law, day)
            if found is not None:
                yield found


def _stale(
    row: int | None, citation: Citation, before: Citation, law: Law, day: PartialDate
) -> StaleBasis | None:
    said, since = Bilingual.of(citation), before.state in ("in_force", "unknown")
    if citation.state == "wrong_number":
        return StaleBasis(row, said, ended=False, since=False, wrong=True, successors=())
    if citation.state == "no_longer":
        later = _successors(citation, law, day)
        return StaleBasis(row, said, ended=True, since=since, wrong=False, successors=later)
    if citation.state == "unknown" and citation.instruments:
        later = _successors(citation, law, day)
        return (
            StaleBasis(row, said, ended=False, since=since, wrong=False, successors=later) if later else None
        )
    return None


def _successors(citation: Citation, law: Law, day: PartialDate) -> tuple[Bilingual, ...]:
    """Return what had taken the place of the instruments cited by a day."""
    heads: dict[str, Head | Entry] = {**{entry.id: entry for entry in law.register}, **law.instruments}
    named = {
        later
        for name in citation.instruments
        if isinstance(head := heads.get(name), Head)
        for later in head.succeeded_by
    }
    named |= {head.id for head in heads.values() if not set(citation.instruments).isdisjoint(head.succeeds)}
    return tuple(
        instrument_name(heads[name]) for name in sorted(named) if name in heads and _begun(heads[name], day)
    )


def _begun(head: Head | Entry, day: PartialDate) -> bool:
    return head.in_force_from is not None and head.in_force_from.first <= day.last
