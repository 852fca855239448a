"""Which record is of which row: by the same title, by the number that the record names; never by a guess.

What is only alike is told as possible, and joined with nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from decision_procedure.catalogues.matters import MatterState
from decision_procedure.catalogues.titles import ALIKE, likeness, title_key
from decision_procedure.model.catalogue import Catalogue, CatalogueItem
from decision_procedure.model.planned import folded


@dataclass(frozen=True)
class Joined:
    """Records by the place of the row that they are joined with, those of no row, and those passed over.

    `possible` pairs places of rows with
    records that may be of them; neither need be without another. `again` are the rows of a list of hearings whose matter
    stands in another row, `heard` those other rows.
    """

    of_row: Mapping[int, Sequence[MatterState]]
    without: Sequence[MatterState]
    elsewhere: Sequence[MatterState]
    possible: Sequence[tuple[int, MatterState]]
    again: frozenset[int]
    heard: frozenset[int]


def joined(catalogue: Catalogue, matters: Iterable[MatterState]) -> Joined:
    """Return which records are of which rows; records of another year are passed over."""
    rows = _Rows(catalogue)
    of_row: dict[int, list[MatterState]] = defaultdict(list)
    without: list[MatterState] = []
    elsewhere: list[MatterState] = []
    doubtful: list[tuple[int, MatterState]] = []
    for matter in matters:
        if matter.year not in (None, catalogue.year):
            elsewhere.append(matter)
            continue
        named, numbered = rows.by_title(matter), rows.by_number(matter)
        found = named if len(named) == 1 else [row for row in named if row in numbered]
        if not named and len(numbered) == 1 and matter.year is not None:
            found = numbered
        if len(found) == 1:
            for row in (found[0], *rows.repeats(found[0])):
                of_row[row].append(matter)
        else:
            without.append(matter)
            doubtful += [(row, matter) for row in dict.fromkeys((*named, *numbered))]
    for matter in without:
        doubtful += [(row, matter) for row in rows.like(matter) if (row, matter) not in doubtful]
    return Joined(of_row, without, elsewhere, doubtful, rows.again, rows.heard)


class _Rows:
    """The rows of a catalogue by title and by number."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._items = catalogue.items
        self._issuer = catalogue.issuer
        self._keys = [title_key(item.title, catalogue.issuer) for item in catalogue.items]
        self._titled: dict[str, list[int]] = defaultdict(list)
        for row, key in enumerate(self._keys):
            self._titled[key].append(row)
        told_again = {row: tuple(self.repeats(row)) for row in range(len(self._keys))}
        self.again = frozenset(row for rows in told_again.values() for row in rows)
        self.heard = frozenset(row for row, rows in told_again.items() if rows)

    def by_title(self, matter: MatterState) -> list[int]:
        """Return the rows of the same title; of one on a list of hearings besides, only the other one."""
        return [row for row in self._titled.get(self._key(matter), ()) if row not in self.again]

    def by_number(self, matter: MatterState) -> list[int]:
        """Return the rows of the number and part that a record names; of rows of hearings only where it names their part."""
        if matter.item is None:
            return []
        wanted = folded(matter.item)
        found = [row for row, item in enumerate(self._items) if folded(item.item) == wanted]
        if matter.section is not None:
            return [row for row in found if folded(self._items[row].section or "") == folded(matter.section)]
        return [row for row in found if not self._items[row].of_hearings] or found

    def repeats(self, row: int) -> Iterator[int]:
        """Yield the rows of a list of hearings that name again the matter of a row that is on none."""
        if not self._items[row].of_hearings:
            yield from (
                other
                for other in self._titled[self._keys[row]]
                if other != row and self._items[other].of_hearings
            )

    def like(self, matter: MatterState) -> Iterator[int]:
        """Yield the rows whose title is like that of a record."""
        key = self._key(matter)
        yield from (row for row, other in enumerate(self._keys) if likeness(key, other) >= ALIKE)

    def _key(self, matter: MatterState) -> str:
        return title_key(matter.ref.title, self._issuer, invented=matter.invented)


def numbered_as(item: CatalogueItem, matter: MatterState) -> bool:
    """Say whether a record that names a number names that of a row."""
    return matter.item is None or folded(matter.item) == folded(item.item)
