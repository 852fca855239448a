"""What sort of thing a field of a record holds, read off its declaration."""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from decision_procedure.model.dates import PartialDate

Sort = Literal["date", "flag", "number", "choice", "list", "other"]


@lru_cache(maxsize=1024)
def members_of(annotation: Any) -> tuple[Any, ...]:
    """Return the types that an annotation allows: those of a union one by one, without what limits them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return members_of(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return tuple(part for choice in get_args(annotation) for part in members_of(choice))
    return (annotation,)


@lru_cache(maxsize=64)
def models_below(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return a model and every model of which it may hold parts, each before those that only it holds."""
    found: dict[type[BaseModel], None] = {}

    def add(part: Any) -> None:
        if isinstance(part, type) and issubclass(part, BaseModel):
            if part not in found:
                found[part] = None
                for field in part.model_fields.values():
                    add(field.annotation)
        else:
            for inner in get_args(part):
                add(inner)

    add(model)
    return tuple(found)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the parts of a record that an annotation allows, alone or in a list."""
    return (
        part
        for part in _alone_or_listed(annotation)
        if isinstance(part, type) and issubclass(part, BaseModel)
    )


def choices_of(annotation: Any) -> tuple[Any, ...]:
    """Return the words that an annotation allows, alone or in a list; none where it is no choice of words."""
    return next((get_args(part) for part in _alone_or_listed(annotation) if get_origin(part) is Literal), ())


def _alone_or_listed(annotation: Any) -> Iterator[Any]:
    for member in members_of(annotation):
        yield member
        for inner in get_args(member) if get_origin(member) is tuple else ():
            yield from _alone_or_listed(inner)


def sort_of(annotation: Any) -> Sort:
    """Return what a field of this annotation holds; `other` for a text, an identifier or a part of the record.

    A flag that may also be a word is a choice.
    """
    sorts = {_sort(part) for part in members_of(annotation) if part is not type(None)}
    if sorts == {"flag", "choice"}:
        return "choice"
    return sorts.pop() if len(sorts) == 1 else "other"


def _sort(part: Any) -> Sort:
    if part is PartialDate:
        return "date"
    if part is bool:
        return "flag"
    if part is int:
        return "number"
    if get_origin(part) is Literal:
        return "choice"
    return "list" if get_origin(part) is tuple else "other"
