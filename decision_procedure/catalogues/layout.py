"""Where in a sheet the rows of a catalogue stand: headers of one or several rows, parts, repeated headers, remarks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from decision_procedure.catalogues.cell_values import on_one_line, text_in_cell
from decision_procedure.catalogues.headers import REPEATED, STEPS, ColumnField, field_of
from decision_procedure.model.planned import folded
from decision_procedure.sources.table_file import covered
from decision_procedure.sources.workbook import At, CellSheet, ref


class TextAt(NamedTuple):
    """The text of a cell, where it stands, and whether a formula was once worked out to it."""

    at: At
    text: str
    worked_out: bool = False


class SheetGrid:
    """A sheet by rows: the text of each place, with that of the merged cell that covers it."""

    def __init__(self, sheet: CellSheet, file: str) -> None:
        self.sheet = sheet
        self._covered = covered(sheet, file)
        self._texts: dict[At, TextAt] = {}
        for values, worked_out in ((sheet.cells, False), (sheet.stored, True)):
            for at, value in values.items():
                text = text_in_cell(value, sheet.coarse.get(at))
                if text:
                    self._texts[at] = TextAt(at, text, worked_out)
        self._columns: dict[int, list[int]] = {}
        for row, column in (*self._texts, *(at for at in self._covered if self._covered[at] in self._texts)):
            self._columns.setdefault(row, []).append(column)
        self.rows = sorted(self._columns)
        self._shown: dict[int, list[TextAt]] = {}

    def has(self, row: int) -> bool:
        """Say whether anything stands in a row."""
        return row in self._columns

    def at(self, row: int, column: int) -> TextAt | None:
        """Return what stands at a place: the text of the merged cell over it, or its own where that cell is blank."""
        own = (row, column)
        return self._texts.get(self._covered.get(own, own)) or self._texts.get(own)

    def texts(self, row: int) -> list[TextAt]:
        """Return what stands in a row from the left, each merged cell once."""
        if row not in self._shown:
            found = (self.at(row, column) for column in self.columns(row))
            self._shown[row] = list(dict.fromkeys(text for text in found if text is not None))
        return self._shown[row]

    def columns(self, row: int) -> list[int]:
        """Return the columns of a row in which something stands."""
        return sorted(set(self._columns.get(row, ())))

    def width(self, text: TextAt) -> int:
        """Return how many columns a text covers."""
        return sum(1 for column in self.columns(text.at[0]) if self.at(text.at[0], column) == text)

    def place(self, at: At) -> str:
        """Return a cell as people name it; without a sheet where there is only one without a name."""
        return ref(self.sheet.name, at).removeprefix("!")


class TableColumn(NamedTuple):
    """A column of a table: its header as published, and the field that it stands for; None: not understood."""

    number: int
    header: str
    read: ColumnField | None


@dataclass(slots=True)
class ItemRows:
    """One item: the rows of the sheet that it takes, and the part that it stands in."""

    rows: list[int]
    part: str | None


@dataclass(slots=True)
class FoundTable:
    """A table of a catalogue: its grid, its columns, what stands over it, its items, and what stands between them.

    `numbered_blank` are rows with a number only, `strange` the texts of rows without a title, `parts` the headings of parts.
    """

    grid: SheetGrid
    columns: tuple[TableColumn, ...]
    header_rows: tuple[int, int]
    above: list[TextAt] = field(default_factory=list)
    items: list[ItemRows] = field(default_factory=list)
    remarks: list[TextAt] = field(default_factory=list)
    numbered_blank: list[TextAt] = field(default_factory=list)
    strange: list[TextAt] = field(default_factory=list)
    parts: list[TextAt] = field(default_factory=list)

    def column_of(self, name: str) -> TableColumn | None:
        """Return the first column that stands for a field."""
        return next((column for column in self.columns if column.read and column.read.field == name), None)


class SheetParts(NamedTuple):
    """The tables of a sheet, and its texts that stand in none; `lacking`: rows that look like headers without titles."""

    grid: SheetGrid
    tables: list[FoundTable]
    texts: list[TextAt]
    lacking: list[int]


def tables_in(sheet: CellSheet, file: str, given: Mapping[str, str]) -> SheetParts:
    """Return the tables of catalogues in a sheet. Raises UnusableInput where merged cells cover too much."""
    grid = SheetGrid(sheet, file)
    return _Division(grid, given).parts()


_PART = re.compile(r"^(?:第?[一二三四五六七八九十]+(?:部分|[、.．])|[（(][一二三四五六七八九十]+[）)])")
_REMARK = re.compile(r"^(?:注|备注|说明|填报|填表|审核|审批|联系|附件|附|合计|共计|总计|小计|制表|报送)")
_NOTE = re.compile(r"^(?:注|备注|说明|填报单位|填报时间|填表人|审核人|联系人|联系电话)\s*[:：]")
_COUNT = re.compile(r"^[0-9]{1,4}[.．、]?$")
_SUMS = frozenset(("合计", "共计", "总计", "小计"))
_SHORT = 40
# How far from its row of titles a header may reach: what cells merged over a whole sheet hold together is none.
_HIGHEST = 10


class _Division:
    """Divides a sheet by its header rows: what stands over the first, and what each has under it."""

    def __init__(self, grid: SheetGrid, given: Mapping[str, str]) -> None:
        self._grid = grid
        # Cells that are merged over many rows show the same text in each: it is read once.
        self._field_of = cache(partial(field_of, given=given))
        self._line = cache(on_one_line)
        heads = [row for row in grid.rows if self._is_head(row)]
        if not heads:
            heads = [row for row in grid.rows if self._is_titled(row) and len(grid.texts(row)) > 1][:1]
        self._heads = [
            self._header(row) for row in sorted({*heads, *self._alone(heads), *self._again(heads)})
        ]

    def parts(self) -> SheetParts:
        rows = self._grid.rows
        if not self._heads:
            texts = [text for row in rows for text in self._grid.texts(row)]
            return SheetParts(self._grid, [], texts, [row for row in rows if len(self._fields(row)) >= 2])
        starts = [bisect_left(rows, start) for start, _ in self._heads]
        above = [text for row in rows[: starts[0]] for text in self._grid.texts(row)]
        tables: list[FoundTable] = []
        for (start, end), following in zip(self._heads, [*starts[1:], None], strict=True):
            columns = self._columns(start, end)
            if above or not tables or not _alike(tables[-1].columns, columns):
                tables.append(FoundTable(self._grid, columns, (start, end), above))
            own = rows[bisect_right(rows, end) : following]
            above = _Items(self._grid, tables[-1]).take(own, is_last=following is None)
        tables[-1].remarks += above
        return SheetParts(self._grid, tables, [], [])

    def _header(self, head: int) -> tuple[int, int]:
        """Return the first and the last row of a header: its cells begin above, or a row there names columns that it leaves blank."""
        before = head - 1
        texts = self._grid.texts(before) if self._grid.has(before) else []
        blank = [text for text in texts if text.at[0] == before and self._grid.at(head, text.at[1]) is None]
        reads = [self._field_of(text.text) for text in blank]
        starts = len(texts) > 1 and any(read is not None and not read.similar for read in reads)
        first = max(min(text.at[0] for text in self._grid.texts(head)), head - _HIGHEST)
        return (before if starts else first), self._last_of_header(head)

    def _again(self, heads: Sequence[int]) -> Iterator[int]:
        """Yield the rows that hold headers alone which stand in others too, columns of titles among them."""
        said = {folded(text.text) for row in heads for text in self._grid.texts(row)}
        for row in self._grid.rows:
            texts = self._grid.texts(row)
            if (
                len(texts) > 1
                and self._is_titled(row)
                and said.issuperset(folded(text.text) for text in texts)
            ):
                yield row

    def _fields(self, row: int) -> list[str]:
        found = (self._field_of(text.text) for text in self._grid.texts(row))
        return [read.field for read in found if read is not None]

    def _is_head(self, row: int) -> bool:
        """Say whether a row names columns: a title and another field, one of them by its very name; steps stand in rows too."""
        found = [self._field_of(text.text) for text in self._grid.texts(row)]
        named = [read for read in found if read is not None and read.field not in STEPS]
        fields = {read.field for read in named}
        return "title" in fields and len(fields) > 1 and not all(read.similar for read in named)

    def _is_title(self, text: TextAt) -> bool:
        read = self._field_of(text.text)
        return read is not None and read.field == "title"

    def _is_titled(self, row: int) -> bool:
        return any(self._field_of(text.text) == ColumnField("title") for text in self._grid.texts(row))

    def _alone(self, heads: Sequence[int]) -> Iterator[int]:
        """Yield the headers of tables of one column: a text of its own that is no heading of what follows."""
        for row, following in pairwise(self._grid.rows):
            texts = self._grid.texts(row)
            if (
                len(texts) == 1
                and self._grid.width(texts[0]) == 1
                and self._is_titled(row)
                and following not in heads
            ):
                yield row

    def _last_of_header(self, head: int) -> int:
        """Return the last row of a header: lower ones are covered by its cells, or name nothing but fields."""
        end = head
        while end < head + _HIGHEST and self._grid.has(end + 1):
            texts = self._grid.texts(end + 1)
            own = [text for text in texts if text.at[0] > end]
            named = [self._field_of(text.text) for text in own]
            is_named = all(
                read is not None and read.field not in ("title", "item") and not read.similar
                for read in named
            )
            if not own or not (is_named or any(self._is_title(text) for text in texts if text.at[0] <= end)):
                break
            end += 1
        return end

    def _columns(self, head: int, end: int) -> tuple[TableColumn, ...]:
        numbers = sorted({column for row in range(head, end + 1) for column in self._grid.columns(row)})
        found: list[TableColumn] = []
        taken: set[str] = set()
        for number in numbers:
            texts = (self._grid.at(row, number) for row in range(head, end + 1))
            headers = list(dict.fromkeys(self._line(text.text) for text in texts if text is not None))
            read = self._read(headers)
            if read is not None and read.field in taken and read.field not in REPEATED:
                read = None
            if read is not None:
                taken.add(read.field)
            found.append(TableColumn(number, "/".join(headers), read))
        return tuple(found)

    def _read(self, headers: Sequence[str]) -> ColumnField | None:
        """Return the field of a column by its lowest header, by all together, or by what stands over it."""
        joined = ("/".join(headers), headers[-1], "".join(headers)) if len(headers) > 1 else headers
        for number, header in enumerate(joined):
            found = self._field_of(header)
            if found is not None and (number or len(headers) < 2 or not found.similar):
                return found
        over = self._field_of(headers[0])
        return None if over is None or over.field == "planned_steps" else over


def _alike(one: Sequence[TableColumn], other: Sequence[TableColumn]) -> bool:
    """Say whether two headers are the same, however many rows they take: a header once more, on the next page."""
    return [(column.number, column.read) for column in one] == [
        (column.number, column.read) for column in other
    ]


class _Items:
    """Takes the rows under a header one by one."""

    def __init__(self, grid: SheetGrid, table: FoundTable) -> None:
        self._grid, self._table = grid, table
        title, item = table.column_of("title"), table.column_of("item")
        self._title = 0 if title is None else title.number
        self._number = 0 if item is None else item.number
        self._part = table.items[-1].part if table.items else None
        self._waiting: list[TextAt] = []

    def take(self, rows: Sequence[int], *, is_last: bool) -> list[TextAt]:
        """Put each row where it belongs; return the texts after the last item, which may belong to what follows.

        A text of its own right above the next header (none if `is_last`) is what that table is called.
        """
        for number, row in enumerate(rows, 1):
            texts, title = self._grid.texts(row), self._grid.at(row, self._title)
            own = [text for text in texts if text.at[0] == row]
            if not own and title is None:
                continue
            is_caption = (
                not is_last and number == len(rows) and len(texts) == 1 and len(self._table.columns) > 1
            )
            if is_caption or self._is_text(texts, title):
                self._waiting += own
            elif title is None:
                self._without_title(own)
            elif title.at[0] < row and self._table.items:
                self._table.items[-1].rows.append(row)
            else:
                self._begin_part()
                self._table.items.append(ItemRows([row], self._part))
        return self._waiting

    def _is_text(self, texts: Sequence[TextAt], title: TextAt | None) -> bool:
        """Say whether a row is a heading or a remark and no item."""
        first = texts[0]
        if folded(first.text) in _SUMS or (title is not None and folded(title.text) in _SUMS):
            return True
        if len(texts) > 1:
            return False
        if len(self._table.columns) == 1:
            return _REMARK.match(first.text) is not None
        if self._grid.width(first) > 1:
            return True
        if title is not None:
            return _PART.match(first.text) is not None or _NOTE.match(first.text) is not None
        return first.at[1] == self._number and not _COUNT.match(first.text)

    def _without_title(self, own: Sequence[TextAt]) -> None:
        if all(text.at[1] == self._number and _COUNT.match(text.text) for text in own):
            self._table.numbered_blank += own
        else:
            self._table.strange += own

    def _begin_part(self) -> None:
        """Make the text that stands last before an item the name of its part, where it is a heading."""
        if self._waiting:
            last = self._waiting[-1]
            if (
                len(last.text) <= _SHORT
                and not _REMARK.match(last.text)
                and not last.text.endswith(("。", "；", ";"))
            ):
                self._part = on_one_line(last.text)
                self._table.parts.append(self._waiting.pop())
            self._table.remarks += self._waiting
            self._waiting = []


__all__ = ["FoundTable", "ItemRows", "SheetGrid", "SheetParts", "TableColumn", "TextAt", "tables_in"]
