"""The facts that a verdict rests on: every place of the record that its truth depends on, with its value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from decision_procedure.law.evidence import Tree, place_text, value_data
from decision_procedure.law.types import Many, Thing, fields_of
from decision_procedure.model.kinds import SHIPPED

Fact = tuple[str, Any]
"""A place of the record, as text, and its value as JSON data (None: unknown)."""

_IN_ORDER = frozenset(("speaking_order", "parts_in_order"))
_QUANTIFIERS = {"any_of": True, "all_of": False}


def decisive_facts(trees: Mapping[str, Tree]) -> tuple[Fact, ...]:
    """Return the places that the conditions of a verdict rest on, with their values, without repetition, in reading order."""
    found: dict[str, Fact] = {}
    for tree in trees.values():
        for fact in facts_of(tree):
            found.setdefault(json.dumps(fact), fact)
    return tuple(found.values())


def facts_of(tree: Tree) -> Iterator[Fact]:
    """Yield the places that the truth of a tree rests on, as often as it rests on them."""
    node, value, _, place, children = tree
    if node.operator == "count" and value is not None:
        yield f"count({place_text(children[0].place)})", value[0]
    elif place and node.operator != "value":
        text = place_text(place)
        yield text, _value(node.operator, text, value)
    for child in _deciding(tree):
        yield from facts_of(child)


def _deciding(tree: Tree) -> tuple[Tree, ...]:
    """Return the children that the truth of a node rests on: those that share it, where one is enough."""
    shared = tree.alike()
    if tree.node.operator in _QUANTIFIERS:
        members = tuple(part for part in shared if part is not tree.children[0])
        return members if tree.truth is _QUANTIFIERS[tree.node.operator] else (*tree.children[:1], *members)
    return shared or tree.children


def _value(operator: str, place: str, value: Any) -> Any:
    name = place.rpartition(".")[2]
    if operator == "acts" or name in _lists_of_parts():
        return bool(value)
    data = value_data(value)
    return sorted(data, key=str) if operator == "list" and name not in _IN_ORDER else data


@lru_cache(maxsize=1)
def _lists_of_parts() -> frozenset[str]:
    """Return the fields that hold lists of parts: what is read of a part stands in the tree by itself."""
    return frozenset(
        name
        for model in SHIPPED.acts.values()
        for name, kind in fields_of(model).items()
        if isinstance(kind, Many) and isinstance(kind.item, Thing)
    )
