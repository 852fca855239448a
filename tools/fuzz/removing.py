"""Taking parts out of a record together with the statements that cover them."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from decision_procedure.model.base import Part
from decision_procedure.model.references import references_of

Spot = tuple[str | int, ...]


def spots(data: Any, spot: Spot = ()) -> Iterator[Spot]:
    """Yield every field, list member and part of a record that may go missing."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        here = (*spot, key)
        if here[0] not in ("schema", "title", "body", "complete") and key not in ("id", "kind", "held"):
            yield here
        yield from spots(value, here)


def removed(record: dict[str, Any], spot: Spot) -> dict[str, Any]:
    """Return the record without one part, without what refers to it, and without the statements that cover it."""
    data = copy.deepcopy(record)
    data.pop("complete", None)
    holder: Any = data
    for key in spot[:-1]:
        holder = holder[key]
        if isinstance(holder, dict):
            for name in [name for name in holder if str(name).endswith("_complete")]:
                del holder[name]
    if isinstance(holder, list) or spot[-1] in holder:
        last: Any = spot[-1]
        gone = holder.pop(last)
        if len(spot) == 2 and spot[0] in references():
            _forget(data, str(spot[0]), gone["id"])
    return data


@lru_cache(maxsize=1)
def references() -> Mapping[str, frozenset[str]]:
    """Return, for each list of a record, the names of the fields that refer to its members."""
    found: dict[str, set[str]] = {}
    models: list[type[Part]] = [Part]
    for model in models:
        models += model.__subclasses__()
        for name, target in references_of(model):
            found.setdefault(target or "acts", set()).add(name)
    return {target: frozenset(names) for target, names in found.items()}


def _forget(part: Any, kind: str, identifier: str) -> None:
    """Drop every reference to one of the things with identifiers."""
    for key, value in list(part.items()) if isinstance(part, dict) else list(enumerate(part)):
        if key in references()[kind] and value == identifier:
            del part[key]
        elif key in references()[kind] and isinstance(value, list):
            part[key] = [item for item in value if item != identifier]
        elif isinstance(value, dict | list):
            _forget(value, kind, identifier)
