"""What the cells of a table mean for the fields of a record that a mapping puts them into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel

from decision_procedure.model.acts import Act
from decision_procedure.model.decision import Decision
from decision_procedure.model.keys import fields_by_key, keys_of, names_of
from decision_procedure.model.kinds import Kinds
from decision_procedure.model.references import lists_of
from decision_procedure.model.sorts import models_in
from decision_procedure.model.tables.mapping import ColumnUse
from decision_procedure.model.traits import Trait
from decision_procedure.model.workbooks.layout import Column
from decision_procedure.model.workbooks.values import References, read_value
from decision_procedure.sources import Path
from decision_procedure.sources.workbook import CellValue

_BEIJING = timezone(timedelta(hours=8))
UNSTATED = object()
"""What a cell means whose word says that it states nothing."""
_BITS = {"1": True, "0": False}
_OF_THE_WORLD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{5,15} ?([Zz]|[+-][0-9]{2}:?[0-9]{2})")


class Target(NamedTuple):
    """A field of a part: where it stands in the part, and what reads its cells."""

    path: Path
    column: Column


@lru_cache(maxsize=4096)
def target(model: type[BaseModel], written: str, kinds: Kinds) -> Target | None:
    """Return the field of a part that a mapping names, by keys of either language with dots between; None: no such field."""
    path: list[str] = []
    parts = written.split(".")
    for index, part in enumerate(parts):
        key = names_of(model).get(part, part)
        name = fields_by_key(model).get(key)
        if name is None or name in lists_below(model, kinds):
            return None
        path.append(key)
        inner = next(models_in(model.model_fields[name].annotation), None)
        if inner is Trait and index == len(parts) - 1:
            return Target(tuple(path), Column(("value",), Trait, "value", kinds))
        if (inner is None) != (index == len(parts) - 1):
            return None
        if inner is None:
            return Target(tuple(path), Column((key,), model, name, kinds))
        model = inner
    return None


def lists_below(model: type[BaseModel], kinds: Kinds) -> Mapping[str, tuple[type[BaseModel], ...]]:
    """Return the lists of parts that a part holds, each with what its members may be."""
    found = {name: (member,) for name, member in lists_of(model).items()}
    return {**found, "acts": tuple(kinds.acts.values())} if issubclass(model, Decision) else found


def keys_for(models: Iterable[type[BaseModel]], *, chinese: bool) -> list[str]:
    """Return the keys of some parts, as messages list them."""
    found = {(called.zh if chinese else key): None for model in models for key, called in keys_of(model).items()}  # fmt: skip
    return [*found]


def kind_of(value: Any, kinds: Kinds) -> type[Act] | None:
    """Return the class of a kind of act by its word in either language; None: there is none."""
    return kinds.acts.get(kinds.by_label.get(value, value)) if isinstance(value, str) else None


def cell(raw: Any) -> CellValue | None:
    """Return what a database or file holds in a cell as a cell of a form would hold it; None: nothing.

    Raises TypeError for what no form could hold.
    """
    if isinstance(raw, str):
        return raw.strip() or None
    if raw is None or isinstance(raw, bool | int):
        return raw
    if isinstance(raw, datetime):
        return raw.astimezone(_BEIJING).replace(tzinfo=None) if raw.tzinfo else raw
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, float | Decimal):
        return int(raw) if isfinite(raw) and raw == int(raw) else str(raw)
    if isinstance(raw, list | tuple):
        return "\n".join(str(found) for item in raw if (found := cell(item)) is not None) or None
    if isinstance(raw, UUID):
        return str(raw)
    raise TypeError(type(raw).__name__)


def meaning(use: ColumnUse, found: CellValue, column: Column, called: References) -> Any:
    """Return what a cell states, as a file would state it, or `UNSTATED`. Raises ValueError for a date written otherwise than said."""
    text = str(found).lower() if isinstance(found, bool) else str(found)
    if text in use.words:
        known = use.words[text]
        if not isinstance(known, str):
            return UNSTATED if known is None else known
        found = known
    if use.date is not None and isinstance(found, str):
        found = _day(found, use.date)
    elif isinstance(found, str) and _OF_THE_WORLD.fullmatch(found) and column.sort == "date":
        with suppress(ValueError, OverflowError):  # what is no moment is told where the record is read
            moment = datetime.fromisoformat(found).astimezone(_BEIJING)
            found = moment.isoformat(timespec="minutes")[:16]
    if use.split is not None and isinstance(found, str):
        found = "\n".join(part.strip() for part in found.split(use.split) if part.strip())
    if column.sort == "flag" and str(found) in _BITS:
        return _BITS[str(found)]
    return read_value(column, found, called)


def _day(text: str, form: str) -> str:
    moment = datetime.strptime(text, form)
    moment = moment.astimezone(_BEIJING).replace(tzinfo=None) if moment.tzinfo else moment
    if "%H" in form or "%I" in form:
        return moment.isoformat(timespec="minutes")
    parts = 3 if "%d" in form or "%j" in form else 2 if "%m" in form or "%b" in form else 1
    return "-".join(moment.date().isoformat().split("-")[:parts])


def put(data: dict[str, Any], path: Path, value: Any, model: type[BaseModel]) -> Path:
    """Put a value at a path of a part, under the keys that its data have already; return the path by these keys."""
    found: list[str | int] = []
    for index, part in enumerate(path):
        key = key_in(data, str(part), model)
        found.append(key)
        if index == len(path) - 1:
            data[key] = value
            break
        data = data.setdefault(key, {})
        model = next(models_in(model.model_fields[fields_by_key(model)[str(part)]].annotation))
        if not isinstance(data, dict):  # fixed content that is no part is told where it is read
            break
    return tuple(found)


def key_in(data: Mapping[str, Any], key: str, model: type[BaseModel]) -> str:
    """Return the key by which data have a field: its own, or one of its names."""
    if key in data:
        return key
    return next((name for name, meant in names_of(model).items() if meant == key and name in data), key)


def names_in(parts: Iterable[Any], model: type[BaseModel]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the identifier of each part of a list in data, with what else it goes by."""
    for part in parts:
        if not isinstance(part, dict):
            continue
        stated = {key: part.get(key_in(part, key, model)) for key in ("id", "name", "title", "aliases")}
        aliases: Sequence[Any] = stated["aliases"] if isinstance(stated["aliases"], list) else ()
        names = [text for text in (stated["name"], stated["title"], *aliases) if isinstance(text, str)]
        if isinstance(stated["id"], str):
            yield stated["id"], tuple(dict.fromkeys(names))


__all__ = [
    "UNSTATED", "Target", "cell", "key_in", "keys_for", "kind_of", "lists_below", "meaning", "names_in", "put", "target",
]  # fmt: skip
