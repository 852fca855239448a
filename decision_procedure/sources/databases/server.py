"""Tables of a database that SQLAlchemy reaches, such as PostgreSQL: nothing but SELECT is ever said to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from decision_procedure.errors import UnusableArgument
from decision_procedure.sources.databases import Query, TableRow, unreadable
from decision_procedure.sources.faults import shown
from decision_procedure.sources.optional import needed

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

_AT_ONCE = 500
Found = TypeVar("Found")


@contextmanager
def server_tables(source: Any) -> Iterator[ServerTables]:
    """Give the tables of an engine, or of the database of a URL, in one transaction for reading where it has such.

    Raises UnusableInput where it cannot be reached, without its password; UnusableArgument without SQLAlchemy or the
    driver of the database.
    """
    needed("sqlalchemy", "sql")
    import sqlalchemy
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

    if not isinstance(source, str | sqlalchemy.Engine):
        kind = type(source).__name__[:40]
        raise UnusableArgument(f"不是数据来源 no source of tables: {kind}")
    try:
        engine = sqlalchemy.create_engine(source) if isinstance(source, str) else source
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        told = getattr(error, "name", None) or type(error).__name__
        raise UnusableArgument(
            f"没有此数据库的驱动程序，或者地址有误 no driver for this database, or a wrong URL: {told}"
        ) from None
    url = engine.url
    name = f"{url.get_backend_name()}:{url.database or ''}"
    with ExitStack() as stack:
        if isinstance(source, str):
            stack.callback(engine.dispose)
        try:
            if engine.dialect.name == "postgresql":  # all that is read is of one moment
                engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            streamed = stack.enter_context(engine.connect())
            shared = engine.dialect.name == "postgresql"
            asked = streamed if shared else stack.enter_context(engine.connect())
        except SQLAlchemyError as error:
            raise _failed(name, error) from None
        yield ServerTables(streamed, asked, name)


class ServerTables:
    """Tables of a database; the rows of a long query come in by one connection, those of short ones by the other."""

    def __init__(self, streamed: Connection, asked: Connection, name: str) -> None:
        self.name = name
        self._streamed, self._asked = streamed, asked
        self.names = cache(self._names)
        self.columns = cache(self._columns)
        self._keys = cache(self._primary)

    def _names(self) -> Sequence[str]:
        def listed() -> Sequence[str]:
            from sqlalchemy import inspect

            found = inspect(self._asked)
            return tuple(sorted([*found.get_table_names(), *found.get_view_names()]))

        return self._guarded(listed)

    def _columns(self, table: str) -> tuple[str, ...] | None:
        def listed() -> tuple[str, ...] | None:
            from sqlalchemy import inspect
            from sqlalchemy.exc import NoSuchTableError

            schema, name = _divided(table)
            try:
                return tuple(str(one["name"]) for one in inspect(self._asked).get_columns(name, schema))
            except NoSuchTableError:
                return None

        return self._guarded(listed)

    def _primary(self, table: str) -> tuple[str, ...]:
        def listed() -> tuple[str, ...]:
            from sqlalchemy import inspect
            from sqlalchemy.exc import NoSuchTableError

            schema, name = _divided(table)
            try:
                return tuple(inspect(self._asked).get_pk_constraint(name, schema)["constrained_columns"])
            except (NoSuchTableError, NotImplementedError):
                return ()

        return self._guarded(listed)

    def rows(self, query: Query) -> Iterator[TableRow]:
        """Yield the rows asked for, the database sending them by and by."""
        from sqlalchemy.exc import SQLAlchemyError

        connection = self._asked if query.among else self._streamed
        keys = self._keys(query.table)
        statement = self._select(query, *map(_column, (*keys, *query.columns)))
        statement = statement.order_by(*map(_column, (*query.order, *keys)))
        options = {"stream_results": True, "yield_per": _AT_ONCE}
        try:
            for found in connection.execute(statement, execution_options=options):
                yield TableRow(",".join(map(str, found[: len(keys)])), tuple(found[len(keys) :]))
        except (SQLAlchemyError, UnicodeError) as error:
            raise _failed(self.name, error) from None

    def count(self, query: Query) -> int:
        """Return how many rows there are."""
        from sqlalchemy import func

        statement = self._select(query, func.count())
        return self._guarded(lambda: int(self._asked.execute(statement).scalar_one()))

    @staticmethod
    def _select(query: Query, *columns: Any) -> Select[Any]:
        from sqlalchemy import select, table

        schema, name = _divided(query.table)
        used = (*query.columns, *query.among, *query.order)
        source = table(name, *map(_column, dict.fromkeys(used)), schema=schema)
        tests = (_column(column).in_(values) for column, values in query.among.items())
        return select(*columns).select_from(source).where(*tests)

    def _guarded(self, read: Callable[[], Found]) -> Found:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            return read()
        except (SQLAlchemyError, UnicodeError) as error:
            raise _failed(self.name, error) from None


def _column(name: str) -> Any:
    from sqlalchemy import column

    return column(name)


def _divided(table: str) -> tuple[str | None, str]:
    """Return the schema and the name of a table written as `schema.table`."""
    schema, dot, name = table.rpartition(".")
    return (schema, name) if dot else (None, table)


def _failed(name: str, error: Exception) -> Exception:
    """Return the error for one of the database; its own words may hold what it was given, and are cut."""
    told = shown(f"{type(getattr(error, 'orig', None) or error).__name__}")
    return unreadable(name, f"数据库无法读取：{told}", f"cannot read the database: {told}")


__all__ = ["ServerTables", "server_tables"]
