"""Event logs of OCEL 2.0 (JSON) as tables: one for each type of event and of object.

A table has the columns `id`, `time` (of events), the attributes (of an object as they stand last), a column for each qualifier of a
relation, and one for each type of object, such as `@unit`: the identifiers of what is related. To an object everything
counts as related that it shares an event with. Where a table is joined by such a column, its row stands once for each of them, and not at all without any.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from decision_procedure.errors import UnusableInput
from decision_procedure.sources import Source, read_json
from decision_procedure.sources.databases import Wanted
from decision_procedure.sources.databases.flat import NUMBER, copied
from decision_procedure.sources.databases.sqlite import SqliteTables
from decision_procedure.sources.faults import Flaw
from decision_procedure.sources.files import label_of, read_file

Item = Mapping[str, Any]
_NO_LOG = Flaw("不是 OCEL 2.0 事件日志", "no event log of OCEL 2.0")


def read_log(path: Path) -> Source:
    """Return the data of an event log. Raises UnusableInput with every place where it is none."""
    source = read_json(read_file(path), label_of(path))
    faults = [source.fault(place, *_NO_LOG) for place in _wrong(source.data)]
    if faults:
        raise UnusableInput(faults)
    return source


def stated(item: Item) -> dict[str, Any]:
    """Return the attributes of an event or object; of several values of one the last in time."""
    found: dict[str, Any] = {}
    for attribute in sorted(item.get("attributes", ()), key=lambda one: str(one.get("time", ""))):
        found[attribute["name"]] = attribute.get("value")
    return found


def related(item: Item) -> Iterator[tuple[str, str]]:
    """Yield what an event or object is related to: the qualifier, and the identifier of the object."""
    for link in item.get("relationships", ()):
        yield link.get("qualifier") or "", link["objectId"]


def _wrong(data: Any) -> Iterator[tuple[str | int, ...]]:
    if not isinstance(data, dict):
        yield ()
        return
    for group in ("events", "objects"):
        items = data.get(group)
        if not isinstance(items, list):
            yield (group,)
            continue
        for index, item in enumerate(items):
            if not (isinstance(item, dict) and all(isinstance(item.get(key), str) for key in ("id", "type"))):
                yield (group, index)
                continue
            for listed, key in (("attributes", "name"), ("relationships", "objectId")):
                parts = item.get(listed, [])
                if not isinstance(parts, list):
                    yield (group, index, listed)
                    continue
                for number, part in enumerate(parts):
                    if not (isinstance(part, dict) and isinstance(part.get(key), str)):
                        yield (group, index, listed, number)


@contextmanager
def log_tables(path: Path, wanted: Wanted) -> Iterator[SqliteTables]:
    """Give the tables of an event log. Raises UnusableInput for what is none."""
    data = read_log(path).data
    types = {item["id"]: item["type"] for item in data["objects"]}
    rows = _rows(data, types)
    with closing(sqlite3.connect("")) as connection:
        for name, joins in wanted.items():
            if name in rows:
                head, listed = _table(rows[name])
                copied(connection, name, head, enumerate(_apart(head, listed, joins), 1))
        connection.commit()
        yield SqliteTables(connection, label_of(path), NUMBER, known_by="id")


def _rows(data: Any, types: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table, each value alone or, of what is related, in a list."""
    shared: dict[str, dict[str, None]] = defaultdict(dict)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in data["events"]:
        others = [other for _, other in related(event)]
        for one in others:
            shared[one] |= dict.fromkeys(others)
        found[event["type"]].append(_row(event, {"time": event.get("time")}, others, types))
    for item in data["objects"]:
        others = [*(other for _, other in related(item)), *shared[item["id"]]]
        found[item["type"]].append(_row(item, {}, others, types))
    return found


def _row(item: Item, own: Mapping[str, Any], others: Iterable[str], types: Mapping[str, str]) -> dict[str, Any]:  # fmt: skip
    row: dict[str, Any] = {"id": item["id"], **own}
    row |= {name: value for name, value in stated(item).items() if name not in row}
    links: dict[str, dict[str, None]] = defaultdict(dict)
    for qualifier, other in related(item):
        links[qualifier][other] = None
    for other in others:
        if other in types and other != item["id"]:
            links[f"@{types[other]}"][other] = None
    return row | {name: [*ids] for name, ids in links.items() if name and name not in row}


def _table(rows: list[dict[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    head = list(dict.fromkeys(name for row in rows for name in row))
    return head, [[row.get(name) for name in head] for row in rows]


def _apart(head: list[str], rows: Iterable[list[Any]], joins: frozenset[str]) -> Iterator[list[Any]]:
    """Yield each row once for each of what it is related to in a column by which it is found; what is related to nothing there is left out."""
    for row in rows:
        joined = [row[index] for index, name in enumerate(head) if name in joins]
        column = next((index for index, name in enumerate(head) if name in joins and isinstance(row[index], list)), None)  # fmt: skip
        if column is None:
            yield from [row] if any(joined) or not joined else []
        else:
            yield from ([*row[:column], other, *row[column + 1 :]] for other in row[column])


__all__ = ["log_tables", "read_log", "related", "stated"]
