"""The content of a record's parts in one form, whatever order its author wrote things in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from decision_procedure.model.base import InOrder, Part


def unordered(data: Any, name: str = "") -> Any:
    """Return JSON data with the members of every list sorted, but for lists whose order is a fact.

    `name` is the field that holds the data.
    """
    if isinstance(data, dict):
        return {key: unordered(value, key) for key, value in data.items()}
    if isinstance(data, list | tuple):
        members = [unordered(value) for value in data]
        return members if name in ordered_fields() else sorted(members, key=text_of)
    return data


def text_of(data: Any) -> str:
    """Return JSON data as one text: the same for mappings alike, in whatever order their keys were written."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=1)
def ordered_fields() -> frozenset[str]:
    """Return the names of the lists that the model declares as ordered (`IN_ORDER`)."""
    return frozenset(
        name
        for model in _models(Part)
        for name, field in model.model_fields.items()
        if any(isinstance(mark, InOrder) for mark in field.metadata)
    )


def _models(model: type[Part]) -> Iterator[type[Part]]:
    yield model
    for narrower in model.__subclasses__():
        yield from _models(narrower)
