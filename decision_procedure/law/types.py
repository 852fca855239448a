"""The types of the expression language, read off the record's model."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from decision_procedure.model.acts import Act
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.traits import Trait


@dataclass(frozen=True, slots=True)
class Bool:
    """True, false or unknown."""


@dataclass(frozen=True, slots=True)
class Number:
    """A count or a stretch of days, as least and greatest value."""

    days: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A stated date."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text; `choices` are the words allowed, None when any text is."""

    choices: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """A list; `complete` names the field beside it that says whether it is whole (None: no such field)."""

    item: Any
    complete: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A part of the record with fields."""

    model: type[BaseModel]


Type = Bool | Number | Moment | Text | Many | Thing


@lru_cache(maxsize=256)
def fields_of(model: type[BaseModel]) -> dict[str, Type]:
    """Return the fields of one part of the record that expressions may read, with their types."""
    found: dict[str, Type] = {}
    for name, info in model.model_fields.items():
        if issubclass(model, Decision) and name == "acts":
            continue
        kind = _type_of(info.annotation, name, model)
        if kind is not None:
            found[name] = kind
    if issubclass(model, Act):
        found.update(dict.fromkeys(model.derived(), Moment()))
    return found


def name_of(kind: Type) -> str:
    """Return the name of a type as messages use it."""
    names = {Bool: "a condition", Number: "a number", Moment: "a date", Text: "a text", Many: "a list"}
    return names.get(type(kind), "a part of the record")


def _type_of(annotation: Any, name: str, model: type[BaseModel]) -> Type | None:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type_of(get_args(annotation)[0], name, model)
    if origin in (Union, types.UnionType):
        rest = [part for part in get_args(annotation) if part is not type(None)]
        return _type_of(rest[0], name, model) if len(rest) == 1 else None
    if origin is Literal:
        words = get_args(annotation)
        return Text(words) if all(isinstance(word, str) for word in words) else None
    if origin is tuple:
        item = _type_of(get_args(annotation)[0], name, model)
        complete = f"{name}_complete"
        return None if item is None else Many(item, complete if complete in model.model_fields else None)
    return _plain(annotation)


def _plain(annotation: Any) -> Type | None:
    if annotation is bool or annotation is Trait:
        return Bool()
    if annotation is int:
        return Number()
    if annotation is str:
        return Text()
    if annotation is PartialDate:
        return Moment()
    return Thing(annotation) if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
