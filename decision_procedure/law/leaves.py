"""The evidence that nothing else stands under: a field of the record, a list that may not be whole."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from decision_procedure.law.evidence import Node, Tree
from decision_procedure.model.acts import Act
from decision_procedure.model.base import Part
from decision_procedure.model.keys import key_labels
from decision_procedure.model.kinds import SHIPPED


@lru_cache(maxsize=4096)
def field_node(name: str, part: type[Part] | None = None) -> Node:
    """Return the node of a field, with its names for people, as the part declares it (None: any part)."""
    return Node("field", name, *key_labels(name, part=part))


def leaf(name: str, value: Any, place: Any, part: type[Part] | None = None) -> Tree:
    """Return what a field says; a flag is true or false as well. `part` as for `field_node`."""
    return Tree(field_node(name, part), value, value if isinstance(value, bool) else None, place, ())


def of_act(act: Act, name: str, value: Any) -> Tree:
    """Return what an act says in a field, or in one of those behind a date."""
    return leaf(name, value, (act.id, name), type(act))


def date_of(act: Act) -> Tree:
    """Return the date of an act."""
    return of_act(act, "date", act.date)


def open_list(kind: str) -> Tree:
    """Return the list of the acts of a kind, in which there may be more than the record holds."""
    node = Node("acts", f'acts("{kind}")', *SHIPPED.names(kind))
    return Tree(node, (), None, ("", f"acts({kind})"), ())
