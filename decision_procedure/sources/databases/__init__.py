"""Rows of tables, from files and databases: asked for by names that stand in their schema, and never written to.

No text of a mapping or of a table becomes part of a statement: names are looked up in the schema and quoted, values are bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.sources.faults import Flaw


class TableRow(NamedTuple):
    """A row, and what it is known by: its number in a file (as a spreadsheet shows it, the head being row 1) or its primary key.

    Of an SQLite table without a key it is the `rowid`; empty: nothing is known.
    """

    known_by: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Some columns of the rows of a table in which each column of `among` holds one of its values.

    In order of `order`, and then as they stand in a file or by the primary key of a database.
    """

    table: str
    columns: tuple[str, ...] = ()
    among: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    order: tuple[str, ...] = ()


class Tables(Protocol):
    """Tables that are open for reading; every method raises UnusableInput where reading fails."""

    name: str
    """What faults call their file or database."""

    def names(self) -> Sequence[str]:
        """Return the names of the tables."""

    def columns(self, table: str) -> tuple[str, ...] | None:
        """Return the columns of a table; None: there is no such table."""

    def rows(self, query: Query) -> Iterator[TableRow]:
        """Yield the rows asked for, in bounded memory."""

    def count(self, query: Query) -> int:
        """Return how many rows there are."""


Wanted = Mapping[str, frozenset[str]]
"""The tables that are read, each with the columns by which its rows are found."""


def open_tables(source: Any, base: Path, wanted: Wanted) -> AbstractContextManager[Tables]:
    """Return the tables of a source, open while the context is.

    `source` is a folder of `.csv`, `.tsv` and `.parquet` files (a table is a file, by its name without the suffix), an
    SQLite file, an event log of OCEL 2.0 as JSON, the URL of a database as SQLAlchemy writes it, a connection of `sqlite3`, or an
    engine of SQLAlchemy. Paths begin at `base`; of files only the `wanted` tables are read. Raises UnusableInput for
    what is none or cannot be read, UnusableArgument where a library is lacking.
    """
    from sqlite3 import Connection

    if isinstance(source, Connection):
        from decision_procedure.sources.databases.sqlite import given_connection

        return given_connection(source)
    if not isinstance(source, str | Path) or "://" in str(source):
        from decision_procedure.sources.databases.server import server_tables

        return server_tables(source)
    path = base / source
    if path.is_dir():
        from decision_procedure.sources.databases.flat import flat_tables

        return flat_tables(path, wanted)
    if path.suffix.lower() in LOGS:
        from decision_procedure.sources.databases.logs import log_tables

        return log_tables(path, wanted)
    from decision_procedure.sources.databases.sqlite import sqlite_file

    return sqlite_file(path)


LOGS = (".json", ".jsonocel")
"""What event logs are called."""


def unreadable(name: str, zh: str, en: str) -> UnusableInput:
    """Return the error that stands for a source that cannot be read."""
    return UnusableInput([Fault(name, None, "", *Flaw(zh, en))])


__all__ = ["LOGS", "Query", "TableRow", "Tables", "Wanted", "open_tables", "unreadable"]
