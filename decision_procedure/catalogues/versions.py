"""One version of a catalogue and the next: which rows are the same, and what became of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from decision_procedure.catalogues.titles import ALIKE, likeness, title_key
from decision_procedure.model.catalogue import Catalogue, CatalogueItem
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.planned import folded


@dataclass(frozen=True)
class RowChange:
    """What became of a row between two versions: `before` None: it was added, `after` None: it was dropped, else renamed."""

    before: CatalogueItem | None
    after: int | None


def changes(earlier: Catalogue, later: Catalogue) -> tuple[RowChange, ...]:
    """Return the rows of `later` that are renamed or added, then the rows of `earlier` that it drops.

    Rows are the same by title. One of another title is a row renamed where part and number are the same, no other row of
    either version has the title of the other, and the titles are alike; otherwise one was dropped and one added.
    """
    old = {_key(earlier, item): item for item in reversed(earlier.items) if not item.of_hearings}
    new = {
        _key(later, item): row for row, item in reversed(list(enumerate(later.items))) if not item.of_hearings
    }
    gone = {_place(old[key]): key for key in old if key not in new}
    found: list[RowChange] = []
    renamed: set[str] = set()
    for key, row in sorted(new.items(), key=lambda pair: pair[1]):
        if key in old:
            continue
        before = gone.get(_place(later.items[row]))
        if before is not None and likeness(before, key) >= ALIKE:
            renamed.add(before)
            found.append(RowChange(old[before], row))
        else:
            found.append(RowChange(None, row))
    dropped = [key for key in old if key not in new and key not in renamed]
    found += [
        RowChange(old[key], None) for key in sorted(dropped, key=lambda key: earlier.items.index(old[key]))
    ]
    return tuple(found)


def listed_since(versions: Sequence[Catalogue], row: int) -> PartialDate | None:
    """Return since when a row of the last version stands on the catalogue; None: it is not recorded.

    `versions` are in order. The day that the row itself states goes before all; a catalogue is there from its
    publication, otherwise from its issue.
    """
    latest = versions[-1]
    item = latest.items[row]
    for version in reversed(versions[:-1]):
        if item.added_on is not None:
            break
        before = _earlier_row(version, latest, item)
        if before is None:
            break
        latest, item = version, before
    return item.added_on or latest.published_on or latest.issued


def _earlier_row(earlier: Catalogue, later: Catalogue, item: CatalogueItem) -> CatalogueItem | None:
    """Return the row of an earlier version that a row is; None: it was added."""
    key = _key(later, item)
    same = next((other for other in earlier.items if _key(earlier, other) == key), None)
    renamed = (change.before for change in changes(earlier, later) if change.after == later.items.index(item))
    return same or next(renamed, None)


def as_day(moment: PartialDate) -> date:
    """Return the last day that a moment may lie on."""
    return date.fromordinal(moment.last_day)


def _key(catalogue: Catalogue, item: CatalogueItem) -> str:
    return title_key(item.title, catalogue.issuer)


def _place(item: CatalogueItem) -> tuple[str, str]:
    return folded(item.section or ""), folded(item.item)
