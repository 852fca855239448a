"""A mapping held against the model and the schema of its tables: every name that is wrong is told in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from decision_procedure.errors import Fault, UnusableInput, hint
from decision_procedure.model.keys import names_of
from decision_procedure.model.kinds import Kinds
from decision_procedure.model.messages import no_such_key
from decision_procedure.model.tables.fields import key_in, keys_for, kind_of, lists_below, target
from decision_procedure.model.tables.mapping import PartRows, Rows, TableMapping
from decision_procedure.model.translating import validated
from decision_procedure.sources import Path, Source
from decision_procedure.sources.databases import Tables, Wanted
from decision_procedure.sources.faults import shown
from decision_procedure.wording import both

Models = tuple[type[BaseModel], ...]


@dataclass(eq=False)
class MappedRows:
    """Rows of a mapping, the list of the record that they are put into (None: each is a record), and what each may be."""

    rows: Rows
    place: Path
    models: Models
    into: str | None = None
    below: list[MappedRows] = field(default_factory=list)
    is_chosen: bool = False
    """Whether rows above it, or its own, are chosen by `where`: others then belong to nothing on purpose."""

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read."""
        rows = self.rows
        joins = (rows.joins,) if isinstance(rows, PartRows) else ()
        named = (*joins, *((rows.key,) if rows.key else ()), *(use.column for use in rows.columns.values()))
        return tuple(dict.fromkeys(named))

    def every(self) -> Iterator[MappedRows]:
        """Yield it and all below it."""
        yield self
        for node in self.below:
            yield from node.every()

    def model_of(self, kind: Any, kinds: Kinds) -> type[BaseModel] | None:
        """Return what a row is, by the kind of act that it states; None: that is not known."""
        return self.models[0] if len(self.models) == 1 else kind_of(kind, kinds)


class CheckedMapping:
    """A mapping held against the model; what is wrong with it is told with what its tables lack. Raises UnusableInput for what is none."""

    def __init__(self, source: Source, kinds: Kinds) -> None:
        self.mapping, self._written = validated(source, TableMapping)
        self._kinds, self._faults = kinds, list[Fault]()
        self.root = MappedRows(self.mapping.record, ("record",), (kinds.record,), is_chosen=bool(self.mapping.record.where))  # fmt: skip
        self._grow(self.root)

    @property
    def wanted(self) -> Wanted:
        """The tables that are read, each with the columns by which its rows are found."""
        found: dict[str, frozenset[str]] = {}
        for node in self.root.every():
            joins = {node.rows.joins} if isinstance(node.rows, PartRows) else set()
            found[node.rows.table] = found.get(node.rows.table, frozenset()) | joins
        return found

    def location(self) -> str:
        """Return where the tables are, as the file or its variable says. Raises UnusableInput where neither does."""
        mapping = self.mapping
        found = mapping.location
        if (mapping.source is None) == (mapping.source_variable is None):
            self._add((), "one_source")
            self._raise()
        elif not found:
            self._add(("source_variable",), "no_variable", name=shown(mapping.source_variable or ""))
            self._raise()
        return found

    def hold_against(self, tables: Tables) -> None:
        """Raise UnusableInput for all that is wrong, and every table and column that there is not."""
        for node in self.root.every():
            rows, known = node.rows, tables.columns(node.rows.table)
            if known is None:
                self._add((*node.place, "table"), "no_table", name=shown(rows.table), hint=hint(rows.table, tables.names()))  # fmt: skip
                continue
            for place, name in _columns_named(rows):
                if name not in known:
                    self._add((*node.place, *place), "no_column", name=shown(name), table=shown(rows.table), hint=hint(name, known) or f"（{'、'.join(map(shown, known[:20]))}）")  # fmt: skip
        self._raise()

    def _grow(self, node: MappedRows) -> None:
        rows = node.rows
        fixed = node.models[0] if len(node.models) == 1 else None
        if fixed is None:
            stated = rows.fixed.get(key_in(rows.fixed, "kind", node.models[0]))
            known = kind_of(stated, self._kinds)
            node.models = node.models if known is None else (known,)
            if stated is None and not any(names_of(node.models[0]).get(name, name) == "kind" for name in rows.columns):  # fmt: skip
                self._add(node.place, "no_kind")
        for written in rows.columns:
            if not any(target(model, written, self._kinds) for model in node.models):
                keys = keys_for(node.models, chinese=not written.isascii())
                self._told((*node.place, "columns", written), no_such_key(written, keys))
        if rows.parts and rows.key is None:
            self._add((*node.place, "table"), "no_key")
        for index, part in enumerate(rows.parts):
            self._part(node, part, (*node.place, "parts", index))

    def _part(self, node: MappedRows, part: PartRows, place: Path) -> None:
        found: dict[str, Models] = {}
        for model in node.models:
            for name, members in lists_below(model, self._kinds).items():
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), *members)))
        names = {written: key for model in node.models for written, key in names_of(model).items()}
        into = names.get(part.list, part.list)
        if into not in found:
            chinese = [written for written, key in names.items() if key in found]
            self._told((*place, "list"), no_such_key(part.list, chinese if not part.list.isascii() else [*found]))  # fmt: skip
            return
        below = MappedRows(part, place, found[into], into, is_chosen=node.is_chosen or bool(part.where))
        node.below.append(below)
        self._grow(below)

    def _add(self, place: Path, key: str, **fields: str) -> None:
        self._told(place, both(f"tables.{key}", **{name: (text, text) for name, text in fields.items()}))

    def _told(self, place: Path, told: tuple[str, str]) -> None:
        self._faults.append(self._written.fault(place, *told))

    def _raise(self) -> None:
        if self._faults:
            raise UnusableInput(self._faults)


def _columns_named(rows: Rows) -> Iterator[tuple[Path, str]]:
    if rows.key is not None:
        yield ("key",), rows.key
    if isinstance(rows, PartRows):
        yield ("joins",), rows.joins
    yield from ((("columns", written), use.column) for written, use in rows.columns.items())
    yield from ((("where", name), name) for name in rows.where)
    yield from ((("order", index), name) for index, name in enumerate(rows.order))


__all__ = ["CheckedMapping", "MappedRows"]
