"""Tables of an SQLite database: a file opened for reading alone, or a connection that the caller holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from decision_procedure.sources.databases import Query, TableRow, unreadable
from decision_procedure.sources.files import label_of, read_bytes

_MAGIC = b"SQLite format 3\0"
_STEPS_A_TICK = 1_000_000
_MOST_TICKS = 2_000
"""How long a view may work without yielding a row, in million steps: who hands in a file could let it run for ever."""


class SqliteTables:
    """Tables of a connection. `numbered` is the column by which the rows of a copy of ours are in order; None: it is no copy.

    `known_by` is the column that a row of a copy is known by; None: that one.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        numbered: str | None = None,
        known_by: str | None = None,
    ) -> None:
        self.name, self._known_by = name, known_by
        self._connection, self._numbered = connection, numbered
        self.names = cache(self._names)
        self.columns = cache(self._columns)
        self._order = cache(self._keys)
        self._indexed: set[tuple[str, str]] = set()

    def _names(self) -> Sequence[str]:
        listed = self._run("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')", ())
        return tuple(sorted(name for (name,) in listed if not name.startswith("sqlite_")))

    def _columns(self, table: str) -> tuple[str, ...] | None:
        if table not in self.names():
            return None
        found = (name for _, name, *_ in self._info(table))
        return tuple(name for name in found if name != self._numbered)

    def rows(self, query: Query) -> Iterator[TableRow]:
        """Yield the rows asked for."""
        for column in query.among if self._numbered else ():
            self._index(query.table, column)
        keys = self._order(query.table)
        known = (quoted(self._known_by),) if self._known_by else keys
        chosen = ", ".join([*known, *map(quoted, query.columns)]) or "NULL"
        order = [*map(quoted, query.order), *keys]
        by = f" ORDER BY {', '.join(order)}" if order else ""
        where, values = _where(query)
        statement = f"SELECT {chosen} FROM {quoted(query.table)}{where}{by}"
        for found in self._run(statement, values):
            yield TableRow(",".join(map(str, found[: len(known)])), found[len(known) : len(known) + len(query.columns)])  # fmt: skip

    def count(self, query: Query) -> int:
        """Return how many rows there are."""
        where, values = _where(query)
        ((number,),) = self._run(f"SELECT count(*) FROM {quoted(query.table)}{where}", values)
        return int(number)

    def _info(self, table: str) -> list[tuple[int, str, str, int, object, int]]:
        return list(self._run(f"PRAGMA table_info({quoted(table)})", ()))

    def _keys(self, table: str) -> tuple[str, ...]:
        """Return what puts the rows of a table in one order: its primary key, else the order in which they came."""
        if self._numbered:
            return (quoted(self._numbered),)
        keys = sorted((key, name) for *_, name, _, _, _, key in self._info(table) if key)
        if keys:
            return tuple(quoted(name) for _, name in keys)
        kind = "SELECT type FROM sqlite_master WHERE name = ?"
        return ("rowid",) if list(self._run(kind, (table,))) == [("table",)] else ()

    def _index(self, table: str, column: str) -> None:
        """Make the rows of a file be found by a column: the copy of them is ours."""
        if (table, column) not in self._indexed:
            self._indexed.add((table, column))
            self._connection.execute(f"CREATE INDEX {quoted(f'{table}/{column}')} ON {quoted(table)} ({quoted(column)})")  # fmt: skip

    def _run(self, statement: str, values: tuple[object, ...]) -> Iterator[tuple[Any, ...]]:
        ticks = 0

        def tick() -> int:
            nonlocal ticks
            ticks += 1
            return int(ticks > _MOST_TICKS)

        try:
            with closing(self._connection.cursor()) as cursor:
                cursor.row_factory = None
                self._connection.set_progress_handler(tick, _STEPS_A_TICK)
                for row in cursor.execute(statement, values):
                    ticks = 0
                    yield row
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise unreadable(
                self.name, f"数据库无法读取：{error}", f"cannot read the database: {error}"
            ) from None


@contextmanager
def given_connection(connection: sqlite3.Connection) -> Iterator[SqliteTables]:
    """Give the tables of a connection that the caller holds, and leave it open."""
    try:
        yield SqliteTables(connection, "<sqlite3>")
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def sqlite_file(path: Path) -> Iterator[SqliteTables]:
    """Give the tables of a database file, which is not written to. Raises UnusableInput for what is none."""
    name = label_of(path)
    if not read_bytes(path, len(_MAGIC)).startswith(_MAGIC):
        raise unreadable(
            name,
            "不是 SQLite 数据库，也不是文件夹",
            "neither an SQLite database nor a folder",
        )
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise unreadable(name, f"数据库无法打开：{error}", f"cannot open the database: {error}") from None
    with closing(connection):
        _harden(connection, name)
        yield SqliteTables(connection, name)


def _harden(connection: sqlite3.Connection, name: str) -> None:
    """Let nothing that a file brings along be run but what reading needs."""
    try:
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as error:
        raise unreadable(name, f"数据库无法读取：{error}", f"cannot read the database: {error}") from None


def _where(query: Query) -> tuple[str, tuple[object, ...]]:
    if not query.among:
        return "", ()
    tests = [f"{quoted(column)} IN ({', '.join('?' * len(values))})" for column, values in query.among.items()]  # fmt: skip
    return f" WHERE {' AND '.join(tests)}", tuple(value for values in query.among.values() for value in values)  # fmt: skip


def quoted(name: str | None) -> str:
    """Return a name as SQL takes it, whatever it holds."""
    escaped = str(name).replace('"', '""')
    return f'"{escaped}"'


__all__ = ["SqliteTables", "given_connection", "quoted", "sqlite_file"]
