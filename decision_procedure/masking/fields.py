"""What each text of a record is, read off the declarations of its model: nothing here lists fields by name.

Data and declarations are walked side by side. What no declaration speaks of counts as free text, so that a new
field is masked before anybody thought of it.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from decision_procedure.model.base import IDENTIFIER, NamesPerson
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision

Role = Literal["safe", "fingerprint", "identifier", "person", "authority", "title", "text"]
"""What a text is. `person`: the name of one; `authority`: of a body, or of a person in its place; `title`: a name of
a unit, body or post, which is shown whole or not at all; `fingerprint`: made from content that holds names."""
See = Callable[[str, Role, str], str]
"""Takes a text, its role and its field; returns what stands in its place."""
Step = tuple[str | int, ...]

_TITLES = frozenset({"name", "aliases", "post"})
_DATE = re.compile(r"≤?[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?)?)?")


def changed(record: Mapping[str, Any], see: See, model: type[Decision]) -> dict[str, Any]:
    """Return the data of a record with each text as `see` returns it; `model` declares what it holds."""
    found: dict[str, Any] = _walk(record, model, "", see)
    return found


def leaves(record: Mapping[str, Any], model: type[Decision]) -> Iterator[tuple[str, Role, str]]:
    """Yield each text of the data of a record, with its role and its field."""
    found: list[tuple[str, Role, str]] = []

    def note(text: str, role: Role, field: str) -> str:
        found.append((text, role, field))
        return text

    changed(record, note, model)
    yield from found


def _walk(value: Any, declared: Any, field: str, see: See) -> Any:
    if isinstance(value, dict):
        inner = fields_of(_model(declared, value))
        return {
            key: _sources(item, inner, see) if key == "says" else _walk(item, inner.get(key, Any), key, see)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        inner = member(declared)
        return [_walk(item, inner, field, see) for item in value]
    return see(value, _role(value, declared, field), field) if isinstance(value, str) else value


def _sources(said: Any, fields: Mapping[str, Any], see: See) -> Any:
    """Walk `says`, where each of several documents gives a value of a field: it is what the field itself is."""
    if not isinstance(said, dict):
        return _walk(said, Any, "says", see)
    return {
        name: [
            {
                key: see(item, "identifier", key)
                if key == "document" and isinstance(item, str)
                else _walk(item, fields.get(name, Any), name, see)
                for key, item in saying.items()
            }
            for saying in sayings
        ]
        for name, sayings in said.items()
    }


def is_word(text: str, declared: Any) -> bool:
    """Say whether a text is one of the words that a field is declared to take."""
    return any(get_origin(kind) is Literal and text in get_args(kind) for kind, _ in alternatives(declared))


def _role(text: str, declared: Any, field: str) -> Role:
    if is_word(text, declared):
        return "safe"
    for kind, marks in alternatives(declared):
        if isinstance(kind, type) and issubclass(kind, PartialDate) and _DATE.fullmatch(text):
            return "safe"
        if kind is str:
            return _role_of_text(marks, field)
    return "text"


def _role_of_text(marks: tuple[Any, ...], field: str) -> Role:
    person = next((mark for mark in marks if isinstance(mark, NamesPerson)), None)
    if person is not None:
        return "authority" if person.or_body else "person"
    pattern = next((str(mark.pattern) for mark in marks if getattr(mark, "pattern", None)), None)
    if pattern == IDENTIFIER:
        return "identifier"
    if pattern is not None:
        return "fingerprint" if field in ("fingerprint", "finding") else "safe"
    return "title" if field in _TITLES else "text"


def alternatives(declared: Any, marks: tuple[Any, ...] = ()) -> tuple[tuple[Any, tuple[Any, ...]], ...]:
    """Return the types that a declaration admits, each with what it is annotated with."""
    origin, args = get_origin(declared), get_args(declared)
    if origin is Annotated:
        return alternatives(args[0], (*marks, *args[1:]))
    if origin in (Union, types.UnionType):
        return tuple(found for item in args for found in alternatives(item, marks))
    return ((declared, marks),)


def _model(declared: Any, value: Mapping[str, Any]) -> type[BaseModel] | None:
    """Return the declared part that a mapping is: of several the one whose kind it names."""
    models = [
        kind for kind, _ in alternatives(declared) if isinstance(kind, type) and issubclass(kind, BaseModel)
    ]
    named = [model for model in models if "kind" in model.model_fields]
    if len(models) > 1:
        models = [model for model in named if model.model_fields["kind"].default == value.get("kind")]
    return models[0] if models else None


@lru_cache(maxsize=256)
def fields_of(model: type[BaseModel] | None) -> Mapping[str, Any]:
    """Return what each field of a part is declared to hold, by its key in a file."""
    if model is None:
        return {}
    return {
        field.alias or name: Annotated[field.annotation, *field.metadata]
        if field.metadata
        else field.annotation
        for name, field in model.model_fields.items()
    }


def member(declared: Any) -> Any:
    """Return what a list is declared to hold."""
    for kind, _ in alternatives(declared):
        if get_origin(kind) in (tuple, list):
            return get_args(kind)[0]
    return Any


@lru_cache(maxsize=64)
def identifier_fields(model: type[Decision]) -> frozenset[str]:
    """Return the names of the fields of records of a model that hold identifiers."""
    found: set[str] = set()
    seen: set[type[BaseModel]] = set()
    ahead: list[Any] = [model]
    while ahead:
        for kind, _ in alternatives(ahead.pop()):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                if kind not in seen:
                    seen.add(kind)
                    ahead += fields_of(kind).values()
                    found |= {name for name, one in fields_of(kind).items() if _is_identifier(one)}
            elif get_args(kind) and get_origin(kind) is not Literal:
                ahead += [item for item in get_args(kind) if item is not Ellipsis]
    return frozenset(found)


def _is_identifier(declared: Any) -> bool:
    for kind, marks in alternatives(declared):
        if kind is str and _role_of_text(marks, "") == "identifier":
            return True
        if get_origin(kind) in (tuple, list) and _is_identifier(get_args(kind)[0]):
            return True
    return False
