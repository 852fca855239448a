"""Records put together from the rows of tables, a batch of decisions at a time; what is wrong is told at its table, row and column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel

from decision_procedure.errors import Fault, FaultyInput, UnusableInput
from decision_procedure.model.decision import Decision
from decision_procedure.model.giving import plain
from decision_procedure.model.kinds import Kinds, kinds_of
from decision_procedure.model.reading import Models, Read, head_of, record, shipped
from decision_procedure.model.references import lists_of
from decision_procedure.model.tables.checking import CheckedMapping, MappedRows
from decision_procedure.model.tables.fields import UNSTATED, cell, key_in, meaning, names_in, put, target
from decision_procedure.model.tables.mapping import ColumnUse, PartRows, TableMapping
from decision_procedure.model.translating import validated
from decision_procedure.model.workbooks.layout import Column
from decision_procedure.model.workbooks.values import NamedParts, References
from decision_procedure.sources import CellText, Path, Source, files_in, read_source
from decision_procedure.sources.databases import Query, Tables, open_tables
from decision_procedure.sources.faults import shown
from decision_procedure.wording import both

MAX_ROWS = 50_000
"""How many rows one record may be made of."""
_AT_ONCE = 200
_REFERRED = ("units", "people", "documents", "drafts")


@dataclass(eq=False)
class _Row:
    """A row of a mapping's table: what its columns hold, where it stands, and the rows that belong to it."""

    node: MappedRows
    held: Mapping[str, Any]
    at: str
    below: dict[int, list[_Row]] = field(default_factory=lambda: defaultdict(list))

    def place(self, column: str = "") -> str:
        return f"{self.at}.{shown(column)}" if column else self.at


def mapped_records(
    mapping: FilePath | Mapping[str, Any], source: Any = None, models: Models = shipped
) -> Iterator[Read]:
    """Yield each record of the tables that a mapping names, or why it is unusable.

    `mapping` is its file, or what that would hold; `source` stands in place of its own (`sources.databases.open_tables`). Raises
    UnusableInput with every fault of the mapping or of its tables, UnusableArgument where a library is lacking.
    """
    if isinstance(mapping, FilePath):
        written, base = read_source(mapping), mapping.parent
    else:
        written, base = Source("<mapping>", plain(mapping)), FilePath()
    kinds = kinds_of(models(*head_of(_fixed(written.data))))
    checked = CheckedMapping(written, kinds)
    where = checked.location() if source is None else source
    with open_tables(where, base, checked.wanted) as tables:
        checked.hold_against(tables)
        yield from _Records(tables, checked.root, kinds, models).each()


def source_files(mapping: FilePath) -> list[FilePath]:
    """Return the files that hold the tables of a mapping: none for a server, and for a mapping that cannot be read."""
    try:
        declared, _ = validated(read_source(mapping), TableMapping)
    except FaultyInput:
        return []
    from decision_procedure.sources.databases.flat import READERS

    where = declared.location
    if "://" in where:
        where = where.partition(":///")[2] if where.startswith("sqlite") else ""
        return [FilePath(where)] if where else []
    files = files_in(mapping.parent / where, READERS) if where else []
    return [file for file in files if file == mapping.parent / where or file.stem in declared.record.tables]


def _fixed(data: Any) -> Any:
    """Return what every record states, before anything else in a mapping is looked at."""
    rows = data.get("record", data.get("案卷")) if isinstance(data, dict) else None
    return rows.get("fixed", rows.get("固定内容")) if isinstance(rows, dict) else None


class _Records:
    """The records of tables that fit a mapping."""

    def __init__(self, tables: Tables, root: MappedRows, kinds: Kinds, models: Models) -> None:
        self._tables, self._root, self._kinds, self._models = tables, root, kinds, models
        self._joined: dict[MappedRows, int] = dict.fromkeys(root.every(), 0)
        self._keys: set[int] = set()  # by hash: there may be very many

    def each(self) -> Iterator[Read]:
        rows = self._rows(self._root)
        number = 0
        while batch := list(islice(rows, _AT_ONCE)):
            size = dict.fromkeys(map(id, batch), 0)
            self._fill(batch, {id(row): id(row) for row in batch}, size)
            for row in batch:
                number += 1
                yield self._read(row, number, size[id(row)])
        yield from self._unjoined()

    def _rows(self, node: MappedRows, parents: tuple[Any, ...] | None = None) -> Iterator[_Row]:
        rows = node.rows
        among = {name: one if isinstance(one, tuple) else (one,) for name, one in rows.where.items()}
        by = rows.order
        if isinstance(rows, PartRows) and parents is not None:
            among = {**among, rows.joins: parents}
        elif rows.key is not None and not by:
            by = (rows.key,)
        for known_by, values in self._tables.rows(Query(rows.table, node.used, among, by)):
            held = dict(zip(node.used, values, strict=True))
            yield _Row(node, held, _at(node, held, known_by))

    def _fill(self, above: list[_Row], owner: dict[int, int], size: dict[int, int]) -> None:
        """Find the rows that belong to some; `owner` names the record of each, `size` counts its rows."""
        node = above[0].node
        for index, below in enumerate(node.below):
            by_key: dict[str, list[_Row]] = defaultdict(list)
            keys: dict[Any, None] = {}
            for row in above:
                if (key := row.held[node.rows.key or ""]) is not None:
                    by_key[str(key)].append(row)
                    keys[key] = None
            found: list[_Row] = []
            for row in self._by_keys(below, tuple(keys)):
                self._joined[below] += 1
                for parent in by_key.get(str(row.held[_joins(below)]), ()):
                    one = owner[id(parent)]
                    size[one] += 1
                    if size[one] <= MAX_ROWS:
                        parent.below[index].append(row)
                        owner[id(row)] = one
                        found.append(row)
            if found and below.below:
                self._fill(found, owner, size)

    def _by_keys(self, node: MappedRows, keys: tuple[Any, ...]) -> Iterator[_Row]:
        for first in range(0, len(keys), _AT_ONCE):
            yield from self._rows(node, keys[first : first + _AT_ONCE])

    def _read(self, row: _Row, number: int, size: int) -> Read:
        name = self._tables.name
        source, faults = _Made(self._kinds, name).source(row)
        if size > MAX_ROWS:
            faults.append(_fault(name, row.place(), "many_rows", most=str(MAX_ROWS)))
        faults += self._of_key(row)
        found: Decision | UnusableInput
        try:
            found = record(source, self._models)
        except UnusableInput as error:
            told = {fault.key for fault in faults}
            found = UnusableInput([*faults, *(fault for fault in error.faults if fault.key not in told)])
        else:
            found = UnusableInput(faults) if faults else found
        return Read(name, number, "", found, source)

    def _of_key(self, row: _Row) -> Iterator[Fault]:
        column = self._root.rows.key
        if column is None:
            return
        key = row.held[column]
        if key is None:
            yield _fault(self._tables.name, row.place(column), "key_missing")
        elif hash(str(key)) in self._keys:
            yield _fault(self._tables.name, row.place(column), "key_twice", name=shown(str(key)))
        self._keys.add(hash(str(key)))

    def _unjoined(self) -> Iterator[Read]:
        """Yield an error for every table with rows that belong to nothing, though none are left out on purpose."""
        for node in self._root.every():
            if node.into is None or _above_chosen(self._root, node):
                continue
            among = {name: one if isinstance(one, tuple) else (one,) for name, one in node.rows.where.items()}
            left = self._tables.count(Query(node.rows.table, (), among)) - self._joined[node]
            if left > 0:
                told = _fault(self._tables.name, f"{shown(node.rows.table)}.{shown(_joins(node))}", "unjoined", count=str(left))  # fmt: skip
                yield Read(self._tables.name, 1, "", UnusableInput([told]))


class _Made:
    """The data of one record, with the cells that its parts come from."""

    def __init__(self, kinds: Kinds, name: str) -> None:
        self._kinds, self._name = kinds, name
        self._called: References = {}
        self._cells: dict[Path, CellText] = {}
        self._faults: list[Fault] = []

    def source(self, row: _Row) -> tuple[Source, list[Fault]]:
        """Return the data of a record, and what is wrong with the cells themselves."""
        self._called = {name: NamedParts(self._named(row, name)) for name in _REFERRED}
        self._cells, self._faults = {}, []
        data = self._part(row, ())
        data.setdefault(key_in(data, "schema", self._kinds.record), 1)
        return Source(self._name, data, cells=self._cells), self._faults

    def _named(self, row: _Row, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the identifiers of the parts of a list, fixed ones and those of rows, with what else each goes by."""
        record, node = self._kinds.record, row.node
        listed = node.rows.fixed.get(key_in(node.rows.fixed, name, record))
        rows = (one for index, below in enumerate(node.below) if below.into == name for one in row.below.get(index, ()))  # fmt: skip
        parts = [*(listed if isinstance(listed, list) else ()), *(self._part(one, ()) for one in rows)]
        yield from names_in(parts, lists_of(record)[name])

    def _part(self, row: _Row, path: Path) -> dict[str, Any]:
        node = row.node
        data: dict[str, Any] = deepcopy(node.rows.fixed)
        self._cells[path] = CellText(row.place(), _brief(row))
        model = node.model_of(self._kind(row, data), self._kinds)
        for written, use in node.rows.columns.items():
            self._put(row, data, written, use, model, path)
        for index, below in enumerate(node.below):
            rows = row.below.get(index)
            if rows and below.into is not None:
                key = key_in(data, below.into, model or node.models[0])
                listed = data.setdefault(key, [])
                if isinstance(listed, list):
                    self._cells.setdefault((*path, key), CellText(rows[0].place(), ""))
                    for one in rows:
                        listed.append(self._part(one, (*path, key, len(listed))))
        return data

    def _kind(self, row: _Row, fixed: Mapping[str, Any]) -> Any:
        """Return the kind of act that a row states, by its column or as all rows do."""
        base = row.node.models[0]
        for written, use in row.node.rows.columns.items():
            found = target(base, written, self._kinds) if len(row.node.models) > 1 else None
            if found is not None and found.path == ("kind",):
                with self._told(row, use):
                    value = cell(row.held[use.column])
                    return None if value is None else meaning(use, value, found.column, {})
        return fixed.get(key_in(fixed, "kind", base))

    def _put(self, row: _Row, data: dict[str, Any], written: str, use: ColumnUse, model: type[BaseModel] | None, path: Path) -> None:  # fmt: skip
        with self._told(row, use):
            found = cell(row.held[use.column])
            if found is None:
                return
            # Of a kind that there is not, the kind alone is told.
            goal = target(model or row.node.models[0], written, self._kinds)
            if goal is None or (model is None and goal.path != ("kind",)):
                if model is not None:
                    self._faults.append(_fault(self._name, row.place(use.column), "not_of_kind", name=shown(written)))  # fmt: skip
                return
            value = meaning(use, found, goal.column, self._called)
            if value is UNSTATED:
                return
            self._check_names(row, use, goal.column, value)
            at = put(data, goal.path, value, model or row.node.models[0])
            told = CellText(row.place(use.column), f"{written}: {' '.join(str(found).split())}")
            self._cells[(*path, *at)] = told
            if model is None:
                self._cells[path] = told

    def _check_names(self, row: _Row, use: ColumnUse, column: Column, value: Any) -> None:
        known = self._called.get(column.refers or "")
        for name in (value if isinstance(value, list) else [value]) if known else ():
            if known is not None and isinstance(name, str) and known.is_shared(name):
                zh, en = both("form.shared", name=(shown(name), shown(name)))
                self._faults.append(Fault(self._name, None, row.place(use.column), zh, en))

    @contextmanager
    def _told(self, row: _Row, use: ColumnUse) -> Iterator[None]:
        try:
            yield
        except TypeError as error:
            fault = _fault(self._name, row.place(use.column), "no_value", name=shown(str(error)))
            self._faults.append(fault)
        except (ValueError, OverflowError):
            told = shown(str(row.held[use.column]))
            self._faults.append(_fault(self._name, row.place(use.column), "other_date", name=told, form=shown(use.date or "")))  # fmt: skip


def _at(node: MappedRows, held: Mapping[str, Any], known_by: str) -> str:
    """Return where a row stands: its table, and what it is known by, else its key or that of the row above it."""
    own = held[node.rows.key] if node.rows.key is not None else held.get(_joins(node))
    return f"{shown(node.rows.table)}[{shown(known_by or str(own))}]"


def _joins(node: MappedRows) -> str:
    return node.rows.joins if isinstance(node.rows, PartRows) else ""


def _above_chosen(root: MappedRows, node: MappedRows) -> bool:
    """Say whether rows above those of a node are left out on purpose."""
    above = root
    while above is not node:
        if above.is_chosen:
            return True
        above = next(below for below in above.below if node in below.every())
    return False


def _brief(row: _Row) -> str:
    """Return what a row states on one line, by the fields that it is put into."""
    held = ((written, row.held[use.column]) for written, use in row.node.rows.columns.items())
    return "  ".join(f"{written}: {' '.join(str(value).split())}" for written, value in held if value not in (None, ""))  # fmt: skip


def _fault(file: str, at: str, key: str, **fields: str) -> Fault:
    zh, en = both(f"tables.{key}", **{name: (text, text) for name, text in fields.items()})
    return Fault(file, None, at, zh, en)


__all__ = ["MAX_ROWS", "mapped_records"]
