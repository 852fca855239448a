"""The rows of published tables as those of a catalogue: each value with its cell, what is not understood told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from decision_procedure.catalogues.cell_values import law_in, on_one_line, units_in, yes_or_no
from decision_procedure.catalogues.headers import STEPS, UNREAD, field_name
from decision_procedure.catalogues.layout import FoundTable, ItemRows, TableColumn, TextAt
from decision_procedure.model.catalogue import lists_hearings
from decision_procedure.model.planned import HEARING, folded, milestones_read, steps_read
from decision_procedure.wording import in_both, say


class Doubt(NamedTuple):
    """Something to look at: the cell or sheet that it is about, empty for the whole file, and what it is."""

    place: str
    zh: str
    en: str


def doubt(place: str, key: str, **fields: str) -> Doubt:
    """Return a doubt in the words that stand under a key."""
    return Doubt(place, *told(key, **fields))


def told(key: str, **fields: str) -> tuple[str, str]:
    """Return a text on what was read in Chinese and English."""
    return in_both(lambda lang: say(f"catalogue_import.{key}", lang, **fields))


class JoinedName(NamedTuple):
    """A name of a unit whose parts stood apart in a cell, and how it is written now."""

    place: str
    raw: str
    name: str


class RowsRead(NamedTuple):
    """The rows of all tables as data of `CatalogueItem`, the names that were joined, and the doubts."""

    items: tuple[dict[str, Any], ...]
    joined: tuple[JoinedName, ...]
    doubts: tuple[Doubt, ...]


def read_rows_of(tables: Sequence[FoundTable], captions: Sequence[str | None]) -> RowsRead:
    """Return the rows of tables; each table of several is the part that its caption names."""
    items: list[dict[str, Any]] = []
    joined: list[JoinedName] = []
    doubts: list[Doubt] = []
    for table, caption in zip(tables, captions, strict=True):
        reading = _TableRows(table, caption)
        items += reading.items
        joined += reading.joined
        doubts += reading.doubts
    return RowsRead(tuple(items), tuple(joined), tuple(doubts))


_DITTO = frozenset(folded(mark) for mark in ("同上", "〃", "″", '"', "同前"))


_SHOWN = 5
"""How many rows a doubt names that is of many."""


class _TableRows:
    def __init__(self, table: FoundTable, caption: str | None) -> None:
        self._table, self._caption = table, caption
        self.items: list[dict[str, Any]] = []
        self.joined: list[JoinedName] = []
        self.doubts: list[Doubt] = []
        self._used: dict[str | None, dict[str, None]] = {}
        self._unnumbered = 0
        self._not_read: set[str] = set()
        self._above: dict[str, Sequence[TextAt]] = {}
        self._has_time = table.column_of("planned_time") is not None
        for column in table.columns:
            if column.read is None and column.header:
                self._doubt(table.grid.sheet.name, "unread_column", header=column.header)
        for item in table.items:
            self.items.append(self._item(item))
        self._about_the_rest()

    def _doubt(self, place: str, key: str, **fields: str) -> None:
        self.doubts.append(doubt(place, key, **fields))

    def _about_the_rest(self) -> None:
        table = self._table
        if self._unnumbered:
            self._doubt(table.grid.sheet.name, "no_number", count=str(self._unnumbered))
        classes = [item.get("category") for item in self.items]
        if (blank := classes.count(None)) and blank < len(classes):
            self._doubt(table.grid.sheet.name, "class_blank", count=str(blank))
        if table.numbered_blank:
            cells = "、".join(table.grid.place(text.at) for text in table.numbered_blank)
            self._doubt("", "blank_rows", count=str(len(table.numbered_blank)), cells=cells)
        sheet = table.grid.sheet
        hidden = [row for item in table.items for row in item.rows if sheet.is_hidden or row in sheet.hidden]
        if hidden:
            self._doubt(
                sheet.name, "hidden", count=str(len(hidden)), rows="、".join(map(str, hidden[:_SHOWN]))
            )
        for text in table.strange:
            self._doubt(table.grid.place(text.at), "strange", text=on_one_line(text.text)[:60])

    def _item(self, item: ItemRows) -> dict[str, Any]:
        read = _ItemCells(self._table)
        for row in item.rows:
            read.take(row)
        found: dict[str, Any] = {"item": ""}
        for field, own in read.by_field.items():
            cells: Sequence[TextAt] = own
            if len(cells) == 1 and folded(cells[0].text) in _DITTO and field in self._above:
                place = self._table.grid.place(cells[0].at)
                self._doubt(place, "ditto", text=on_one_line(self._above[field][0].text)[:60])
                cells = self._above[field]
            self._above[field] = cells
            self._put(found, field, cells)
        section = " · ".join(filter(None, (self._caption, item.part))) or None
        if section is not None:
            found["section"] = section
            if lists_hearings(section):
                found.setdefault(HEARING, True)
        found["item"] = self._number(found["item"], section, read.first_place)
        found["origin"] = [self._cell(column, text) for column, text in read.cells]
        return found

    def _put(self, found: dict[str, Any], field: str, cells: Sequence[TextAt]) -> None:
        """Put what cells say into a field of the row."""
        text = "\n".join(cell.text for cell in cells)
        place = self._table.grid.place(cells[0].at)
        if field in STEPS:
            self._step(found, field, text, place)
        elif field in ("undertakers", "lead", "assisting"):
            self._units(found, field, text, place)
        elif field == "cited_law":
            found[field] = law_in(text)
        elif field == "planned_steps":
            self._steps(found, cells, place)
        elif field in ("planned_time", "milestones"):
            stages = milestones_read(text, 2000)
            name = "planned_time" if field == "milestones" and stages and not self._has_time else field
            found[name] = text
        elif field == "item":
            found[field] = on_one_line(text).rstrip(".．、")
        else:
            found[field] = on_one_line(text)

    def _step(self, found: dict[str, Any], step: str, text: str, place: str) -> None:
        said = yes_or_no(text)
        if said is None:
            self._not_read.add(place)
            self._doubt(place, "unread_step", text=on_one_line(text)[:60])
            return
        if step == HEARING:
            found[HEARING] = said
        else:
            found.setdefault("planned_steps", {})[step] = said

    def _steps(self, found: dict[str, Any], cells: Sequence[TextAt], place: str) -> None:
        raw = "；".join(cell.text for cell in cells)
        read = steps_read(raw)
        if read.others:
            self._doubt(place, "unread_steps", text="、".join(read.others)[:80])
        stated = found.get("planned_steps", {})
        named = {name: value for name, value in read.named.items() if name != HEARING}
        for name in named.keys() & stated.keys():
            if named[name] is not stated[name]:
                self._doubt(place, "steps_differ", text=on_one_line(raw)[:60])
        found["planned_steps"] = {"raw": raw, "others": list(read.others)} | named | stated
        if HEARING in read.named:
            found.setdefault(HEARING, read.named[HEARING])

    def _units(self, found: dict[str, Any], field: str, text: str, place: str) -> None:
        units = units_in(text)
        self.joined += [JoinedName(place, raw, name) for raw, name in units.joined]
        names = list(units.names)
        helpers = list(units.assisting)
        if field == "assisting":
            names, helpers = [], [*names, *helpers]
        undertakers = found.setdefault("undertakers", [])
        if field == "lead" and len(names) == 1:
            found["lead"] = names[0]
            undertakers[:0] = [name for name in names if name not in undertakers]
        else:
            undertakers += [name for name in names if name not in undertakers]
        if units.lead is not None:
            found.setdefault("lead", units.lead)
        if helpers:
            found.setdefault("assisting", []).extend(helpers)

    def _number(self, number: str, section: str | None, place: str) -> str:
        """Return the number of a row: its own, or its place where it has none or one used before, which is told."""
        used = self._used.setdefault(section, {})
        if section is None and len(used) > 1 and number == next(iter(used)):
            used.clear()  # another part, numbered from the same again
        if not number:
            self._unnumbered += 1
            number = str(len(used) + 1)
        elif number in used:
            self._doubt(place, "number_twice", number=number)
        count, first = 2, number
        while number in used:
            number, count = f"{first}-{count}", count + 1
        used[number] = None
        return number

    def _cell(self, column: TableColumn | None, text: TextAt) -> dict[str, Any]:
        place = self._table.grid.place(text.at)
        cell: dict[str, Any] = {"cell": place, "text": text.text}
        if column is not None and column.header:
            cell["column"] = column.header
        read = None if column is None else column.read
        if read is not None and read.field != UNREAD and place not in self._not_read:
            cell["read_as"] = field_name(read.field)
        elif read is None and (column is None or not column.header):
            self._doubt(place, "unread_cell", text=on_one_line(text.text)[:60])
        if text.worked_out:
            self._doubt(place, "worked_out", text=on_one_line(text.text)[:60])
        return cell


class _ItemCells:
    """The cells of one item by the field that their column stands for, each once."""

    def __init__(self, table: FoundTable) -> None:
        self._table = table
        self._columns = {column.number: column for column in table.columns}
        self._seen: set[TextAt] = set()
        self.cells: list[tuple[TableColumn | None, TextAt]] = []
        self.by_field: dict[str, list[TextAt]] = {}
        self.first_place = ""

    def take(self, row: int) -> None:
        """Take the cells of one row; a merged cell counts where it first stands."""
        for number in self._table.grid.columns(row):
            text = self._table.grid.at(row, number)
            if text is None or text in self._seen:
                continue
            self._seen.add(text)
            self.first_place = self.first_place or self._table.grid.place(text.at)
            column = self._columns.get(number)
            self.cells.append((column, text))
            if column is not None and column.read is not None and column.read.field != UNREAD:
                self.by_field.setdefault(column.read.field, []).append(text)
