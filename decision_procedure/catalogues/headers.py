"""What the columns of a published table hold, by their headers: names as data, whatever their blanks, width and script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from decision_procedure.errors import UnusableArgument
from decision_procedure.model.base import Key
from decision_procedure.model.catalogue import CatalogueItem
from decision_procedure.model.keys import keys_of, names_of
from decision_procedure.model.planned import HEARING, PlannedSteps, folded, step_named
from decision_procedure.wording import is_chinese

REPEATED = frozenset(("undertakers", "lead", "assisting", "cited_law", "planned_steps", "remark", "summary"))
"""The fields that several columns may hold."""
UNREAD = "-"
"""Stands for no field: the column is kept as published, and read as nothing."""
STEPS = (*(name for name in PlannedSteps.model_fields if name not in ("raw", "others")), HEARING)
"""The fields that say yes or no of a step."""


class ColumnField(NamedTuple):
    """The field that a header stands for; `similar`: by its likeness to a name, not by the name itself."""

    field: str
    similar: bool = False


def field_of(header: str, given: Mapping[str, str] = MappingProxyType({})) -> ColumnField | None:
    """Return the field that a header stands for, first as `given` for folded headers; None: not understood."""
    bare = _bare(header)
    if bare in given:
        return ColumnField(given[bare])
    names, likenesses = _headers()
    shorter = _ASIDE.sub("", bare)
    for name in (bare, shorter):
        if name in names:
            return ColumnField(names[name])
    step = step_named(bare) or step_named(shorter)
    if step is not None:
        return ColumnField(step)
    if len(shorter) > _LONGEST:
        return None
    return next((ColumnField(field, True) for like, field in likenesses if like.search(shorter)), None)


def _bare(header: str) -> str:
    return folded(header).rstrip(":：*")


_LONGEST = 20
"""How long a header may be that is only like a known one; what is longer is a sentence."""
_ASIDE = re.compile(r"\([^()]{0,20}\)$")


def given_fields(pairs: Mapping[str, str]) -> Mapping[str, str]:
    """Return by its folded header the field that each name stands for, in either language; `-` for none.

    Raises UnusableArgument, naming the fields that there are, for a name of none.
    """
    fields = fields_named()
    found = {}
    for header, name in pairs.items():
        field = UNREAD if name == UNREAD else fields.get(name.strip()) or fields.get(folded(name))
        if field is None:
            raise UnusableArgument(
                f"没有此字段 no such field: {name[:40]}",
                [f"{field_name(item)} {item}" for item in dict.fromkeys(fields.values())],
            )
        found[_bare(header)] = field
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def fields_named() -> Mapping[str, str]:
    """Return the fields that columns may hold, by each of their names."""
    fields = [*_table(), *STEPS]
    found = {field: field for field in fields}
    for names in (names_of(CatalogueItem), names_of(PlannedSteps)):
        found |= {name: field for name, field in names.items() if field in fields}
    return MappingProxyType(found)


def field_label(field: str, lang: str) -> str:
    """Return what a field of a row or a step is called."""
    if is_chinese(lang):
        return field_name(field)
    key = _key(field)
    return (key.en if key is not None else "") or field.replace("_", " ")


def field_name(field: str) -> str:
    """Return the Chinese name of a field of a row or a step."""
    key = _key(field)
    return field if key is None else key.zh


def _key(field: str) -> Key | None:
    return keys_of(CatalogueItem).get(field) or keys_of(PlannedSteps).get(field)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, Any]]:
    text = files(__package__).joinpath("headers.yaml").read_text("utf-8")
    table: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return table


@lru_cache(maxsize=1)
def _headers() -> tuple[Mapping[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    names = {folded(name): field for field, entry in _table().items() for name in entry["names"]}
    likenesses = tuple(
        (re.compile(like), field) for field, entry in _table().items() for like in entry.get("like", ())
    )
    return MappingProxyType(names), likenesses
