"""Tables of a folder of CSV, TSV and Parquet files, copied row by row into a database of our own that ends with the run."""

from __future__ import annotations

import codecs
import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.sources.databases import Wanted, unreadable
from decision_procedure.sources.databases.sqlite import SqliteTables, quoted
from decision_procedure.sources.delimited import CODING_MARKS, UNKNOWN_CODING
from decision_procedure.sources.faults import HALF, NUL, Flaw, shown
from decision_procedure.sources.files import label_of
from decision_procedure.sources.optional import needed

NUMBER = " row"
"""The column of the numbers of rows: no name in a file begins with a space."""
MAX_CELL = 1_000_000
MAX_COLUMNS = 1_000
_CHUNK = 1 << 20

Numbered = Iterable[tuple[int, Sequence[Any]]]


@contextmanager
def flat_tables(folder: Path, wanted: Wanted) -> Iterator[SqliteTables]:
    """Give the tables of a folder. Raises UnusableInput with what is wrong in every file that is wanted."""
    faults: list[Fault] = []
    with closing(sqlite3.connect("")) as connection:  # on disk where it grows, and gone with the connection
        for name, path in _found(folder, wanted).items():
            try:
                copied(connection, name, *READERS[path.suffix.lower()](path))
            except UnusableInput as error:
                faults += error.faults
        if faults:
            raise UnusableInput(faults)
        connection.commit()
        yield SqliteTables(connection, label_of(folder), NUMBER)


def _found(folder: Path, wanted: Wanted) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in READERS and path.stem in wanted:
            if path.stem in found:
                other = found[path.stem].name
                raise unreadable(
                    label_of(path), f"与 {other} 是同一张表", f"this file and {other} are one table"
                )
            found[path.stem] = path
    return found


def copied(connection: sqlite3.Connection, name: str, head: Sequence[str], rows: Numbered) -> None:
    """Put rows into a table of a database of our own, each with its number. Raises UnusableInput where it cannot hold them."""
    columns = "".join(f", {quoted(column)} TEXT" for column in head)
    marks = ", ".join("?" * (len(head) + 1))
    numbered = ((number, *map(_text, row)) for number, row in rows)
    try:
        connection.execute(f"CREATE TABLE {quoted(name)} ({quoted(NUMBER)} INTEGER PRIMARY KEY{columns})")
        connection.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", numbered)
    except (sqlite3.Error, UnicodeEncodeError) as error:  # such as two columns of one name but for its case
        raise unreadable(shown(name), f"表无法读取：{error}", f"cannot read the table: {error}") from None


def _text(value: Any) -> str | None:
    """Return a value as the text that a cell of a record's form would hold; None: nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")[:16]
    if isinstance(value, list | tuple):
        return "\n".join(text for item in value if (text := _text(item)))
    return str(value)


def _csv(path: Path) -> tuple[Sequence[str], Numbered]:
    rows = _csv_rows(path)
    head = [name.strip() for name in next(rows, (1, [""]))[1]]
    while head and not head[-1]:
        head.pop()
    _check_head(path, head)
    return head, ((number, row) for number, row in _as_wide(path, len(head), rows) if any(row))


def _check_head(path: Path, head: Sequence[str]) -> None:
    seen: set[str] = set()
    faults = []
    for name in head:
        if name.casefold() in seen or not name:
            flaw = Flaw("列名重复或者为空", "a column name stands twice or is empty")
            faults.append(Fault(label_of(path), 1, shown(name), *flaw))
        seen.add(name.casefold())
    if not head or len(head) > MAX_COLUMNS:
        flaw = Flaw(f"没有列名，或者多于 {MAX_COLUMNS} 列", f"no columns, or more than {MAX_COLUMNS}")
        faults.append(Fault(label_of(path), 1, "", *flaw))
    if faults:
        raise UnusableInput(faults)


def _as_wide(path: Path, width: int, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
    for number, row in rows:
        if any(row[width:]):
            flaw = Flaw("单元格多于列名", "more cells than there are columns")
            raise UnusableInput([Fault(label_of(path), number, "", *flaw)])
        for text in row:
            if "\0" in text:
                raise UnusableInput([Fault(label_of(path), number, "", *NUL)])
            if any("\ud800" <= sign <= "\udfff" for sign in text):
                raise UnusableInput([Fault(label_of(path), number, "", *HALF)])
        yield number, [*row, *[""] * (width - len(row))][:width]


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    name, number = label_of(path), 0
    limit = csv.field_size_limit(MAX_CELL)
    try:
        with path.open(encoding=_coding(path), newline="") as file:
            delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
            for number, row in enumerate(csv.reader(file, delimiter=delimiter, strict=True), 1):
                yield number, row
    except UnicodeDecodeError:
        raise UnusableInput([Fault(name, number + 1, "", *UNKNOWN_CODING)]) from None
    except csv.Error as error:
        raise UnusableInput([Fault(name, number + 1, "", f"不是 CSV：{error}", f"no CSV: {error}")]) from None
    except OSError as error:
        raise unreadable(
            name, f"文件无法读取：{error.strerror}", f"cannot read it: {error.strerror}"
        ) from None
    finally:
        csv.field_size_limit(limit)


def _coding(path: Path) -> str:
    """Return the coding of a file of any size: that of its mark, else UTF-8 where all of it is, else GB18030."""
    with path.open("rb") as file:
        start = file.read(4)
        for mark, coding in CODING_MARKS:
            if start.startswith(mark):
                return coding
        file.seek(0)
        reader = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_CHUNK):
                reader.decode(chunk)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8"


def _parquet(path: Path) -> tuple[Sequence[str], Numbered]:
    needed("pyarrow", "parquet")
    import pyarrow
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
    except (OSError, pyarrow.ArrowException) as error:
        raise _no_parquet(path, error) from None
    head = [name.strip() for name in file.schema_arrow.names]
    _check_head(path, head)

    def rows() -> Iterator[Sequence[Any]]:
        try:
            for batch in file.iter_batches(1_000):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
        except (OSError, ValueError, pyarrow.ArrowException) as error:
            raise _no_parquet(path, error) from None

    return head, enumerate(rows(), 2)  # as if the head were row 1


def _no_parquet(path: Path, error: Exception) -> UnusableInput:
    told = shown(str(error).partition("\n")[0])
    return unreadable(label_of(path), f"不是 Parquet 文件：{told}", f"no Parquet file: {told}")


READERS: dict[str, Callable[[Path], tuple[Sequence[str], Numbered]]] = {
    ".csv": _csv, ".tsv": _csv, ".parquet": _parquet,
}  # fmt: skip

__all__ = ["NUMBER", "copied", "flat_tables"]
