"""What a file of tables holds, whatever its form: sheets of cells, and the text that stands round them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from decision_procedure.sources.faults import Faults, Flaw
from decision_procedure.sources.workbook import MAX_CELLS, MUCH, At, CellSheet

MAX_COVERED = 500_000
"""How many places the merged cells of a sheet may cover."""
_WIDE = Flaw(
    f"合并的单元格覆盖超过 {MAX_COVERED} 格，无法读取", f"merged cells cover more than {MAX_COVERED} places"
)


class Paragraph(NamedTuple):
    """A text outside the tables, and how many tables stand before it."""

    text: str
    after: int


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file of tables: its name, what kind of file it is, its sheets or tables, and the text round them.

    `stated` is what a JSON file says of the whole beside its rows.
    """

    file: str
    kind: str
    sheets: tuple[CellSheet, ...]
    paragraphs: tuple[Paragraph, ...] = ()
    stated: dict[str, Any] = field(default_factory=dict)

    def paragraphs_before(self) -> Mapping[int, list[str]]:
        """Return the texts outside by the place of the sheet that they stand before; after the last one its number."""
        found: dict[int, list[str]] = {}
        for text, after in self.paragraphs:
            found.setdefault(after, []).append(text)
        return found


class TableBuilder:
    """Puts tables together cell by cell, each with its spans; more cells than there may be raise UnusableInput."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._filled = 0
        self.sheets: list[CellSheet] = []
        self.paragraphs: list[Paragraph] = []

    def say(self, text: str) -> None:
        """Add a text that stands outside the tables; one of blanks is none."""
        if text.strip():
            self.paragraphs.append(Paragraph(text.strip(), len(self.sheets)))

    def add(self, sheet: CellSheet, at: At, text: str, last: At | None = None) -> None:
        """Fill a cell, which reaches to `last`. Raises UnusableInput for too many cells that are filled or merged."""
        is_merged = last is not None and last != at
        if not text.strip() and not is_merged:
            return
        self._filled += 1
        if self._filled > MAX_CELLS:
            raise self._faults.fatal(None, MUCH)
        if text.strip():
            sheet.cells[at] = text.strip()
        if last is not None and is_merged:
            sheet.merged.append((at, last))


def covered(sheet: CellSheet, file: str) -> Mapping[At, At]:
    """Return for each place that a merged cell covers its first place, within the part of the sheet that is filled.

    Raises UnusableInput where they cover more than `MAX_COVERED` places.
    """
    filled = [*sheet.cells, *sheet.stored]
    bottom = max((row for row, _ in filled), default=0)
    right = max((column for _, column in filled), default=0)
    found: dict[At, At] = {}
    for (top, left), (low, end) in sheet.merged:
        rows, columns = range(top, min(low, bottom) + 1), range(left, min(end, right) + 1)
        if len(found) + len(rows) * len(columns) > MAX_COVERED:
            raise Faults(file).fatal(None, _WIDE)
        found.update(dict.fromkeys(((row, column) for row in rows for column in columns), (top, left)))
    return found
