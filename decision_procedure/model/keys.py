"""What people call the keys of a file, read off the declarations of its model (`base.Key`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from pydantic import BaseModel

from decision_procedure.model.acts import Act
from decision_procedure.model.base import Key
from decision_procedure.model.decision import Decision
from decision_procedure.model.sorts import models_below
from decision_procedure.wording import in_both, is_chinese


@lru_cache(maxsize=512)
def fields_by_key(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the names of the fields of one part of a file, by the keys under which they are written."""
    return MappingProxyType({field.alias or name: name for name, field in model.model_fields.items()})


@lru_cache(maxsize=512)
def keys_of(model: type[BaseModel]) -> Mapping[str, Key]:
    """Return what the keys of one part of a file are called, by the key."""
    found = {}
    for name, field in model.model_fields.items():
        key = _declared(model, name)
        if key is not None:
            found[field.alias or name] = key
    return MappingProxyType(found)


def _declared(model: type[BaseModel], name: str) -> Key | None:
    """Return what a field is marked with, by its model or by the first above it that marks it."""
    for declaring in model.__mro__:
        if issubclass(declaring, BaseModel) and name in declaring.model_fields:
            for mark in declaring.model_fields[name].metadata:
                if isinstance(mark, Key):
                    return mark
    return None


@lru_cache(maxsize=512)
def names_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the keys of one part by each of the names that they may go by in a file beside their own."""
    return MappingProxyType(
        {name: key for key, called in keys_of(model).items() for name in (*called.also, called.zh)}
    )


@lru_cache(maxsize=64)
def names_below(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the keys of all parts of a file in the same way; of two keys of one name that of the first part.

    What a key is called goes before what another may be called besides.
    """
    found: dict[str, str] = {}
    parts = models_below(model)
    for part in parts:
        for key, called in keys_of(part).items():
            found.setdefault(called.zh, key)
    for part in parts:
        for name, key in names_of(part).items():
            found.setdefault(name, key)
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def keys_below(model: type[BaseModel]) -> Mapping[str, Key]:
    """Return what the keys of all parts of a file, and the dates derived from them, are called, as its first part has it."""
    found: dict[str, Key] = {}
    for part in models_below(model):
        for key, called in (*keys_of(part).items(), *_derived(part)):
            found.setdefault(key, called)
    return MappingProxyType(found)


def _derived(part: type[BaseModel]) -> Iterator[tuple[str, Key]]:
    if issubclass(part, Act):
        for name, date in part.derived().items():
            yield name, date.named


def key_label(
    name: str, lang: str = "zh", record: type[Decision] = Decision, part: type[BaseModel] | None = None
) -> str:
    """Return the name of a key of a record as people read it; the key itself where nothing declares it.

    `part` is the part that the key stands in; None, or a part without it: the first part of the record that has it.
    """
    key = (None if part is None else keys_of(part).get(name)) or keys_below(record).get(name)
    if is_chinese(lang):
        return name if key is None else key.zh
    return (key.en if key is not None else "") or name.replace("_", " ")


def key_labels(
    name: str, record: type[Decision] = Decision, part: type[BaseModel] | None = None
) -> tuple[str, str]:
    """Return the name of a key of a record in Chinese and English; `part` as for `key_label`."""
    return in_both(lambda lang: key_label(name, lang, record, part))
