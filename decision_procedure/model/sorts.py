"""What sort of thing a field of a record holds, read off its declaration."""

from __future__ import annotations

import types
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

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
