"""What the fields of a record refer to, and which lists of parts a part holds: read off their declarations.

So a new kind of act needs no entry anywhere for its references to be checked and its members to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, get_args, get_origin

from decision_procedure.model.base import IDENTIFIER, Part, Refers

ANY = "any"
"""What identifiers of which nothing more is declared refer to: something in the record."""


@lru_cache(maxsize=512)
def references_of(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a part that hold identifiers of others, one or a list, and the list of the record they are in."""
    found = ((name, _target(field)) for name, field in model.model_fields.items() if name != "id")
    return tuple((name, target) for name, target in found if target is not None)


@lru_cache(maxsize=512)
def lists_of(model: type[Part]) -> Mapping[str, type[Part]]:
    """Return the fields of a part that hold lists of parts, each with what its members are."""
    found = {name: next(_members(field.annotation), None) for name, field in model.model_fields.items()}
    return MappingProxyType({name: member for name, member in found.items() if member is not None})


def _target(field: Any) -> str | None:
    marks = [*field.metadata, *_marks(field.annotation)]
    for mark in marks:
        if isinstance(mark, Refers):
            return mark.to
    return ANY if any(getattr(mark, "pattern", None) == IDENTIFIER for mark in marks) else None


def _marks(annotation: Any) -> Iterator[Any]:
    """Yield what an annotation, or a part of it that is no model, is marked with."""
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)


def _members(annotation: Any) -> Iterator[type[Part]]:
    """Yield the parts of which an annotation, or a part of it, admits a list."""
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple:
        yield from (kind for kind in arguments if isinstance(kind, type) and issubclass(kind, Part))
    for part in arguments:
        yield from _members(part)
