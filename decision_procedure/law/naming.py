"""What of a record an expression names, found once when a pack loads: the ground that fingerprints stand on.

A name is a dotted text. It begins with `act` (the act tested), `traits`, `decision`, or `acts` and a kind (every
act of that kind in the record): `act.end`, `traits.professional`, `decision.body.level`,
`acts.legality_review.conclusion`. A member of a list follows its list: `act.attendees.role`. A derived date is
named by the fields it stands for. How an expression puts its parts together changes none of its names.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decision_procedure.law.functions import FUNCTIONS
from decision_procedure.law.words import FurtherReads
from decision_procedure.model.kinds import SHIPPED, Kinds


def names_in(tree: ast.AST, per: tuple[str, ...] = (), kinds: Kinds = SHIPPED) -> frozenset[str]:
    """Return what an expression names; `per` are the kinds of the act tested (empty: the whole decision)."""
    return frozenset(_in(tree, _Where(per, kinds=kinds)))


@dataclass(frozen=True, slots=True)
class _Where:
    """The kinds of the act tested, and the names of the list whose member is under test."""

    per: tuple[str, ...]
    item: tuple[str, ...] = ()
    kinds: Kinds = SHIPPED


def _in(tree: ast.AST, where: _Where) -> Iterator[str]:
    if isinstance(tree, ast.Attribute | ast.Name):
        yield from _path(tree, where)
    elif isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        yield from _call(tree, tree.func.id, where)
    else:
        for part in ast.iter_child_nodes(tree):
            yield from _in(part, where)


def _call(call: ast.Call, name: str, where: _Where) -> Iterator[str]:
    """Yield the names of a call: where a list comes first, what follows speaks of its members."""
    kinds = _kinds(call, where)
    yield from (f"acts.{kind}.held" for kind in kinds)
    word = FUNCTIONS[name]
    yield from _beyond(word.reads, where, kinds)
    if word.from_a_date:
        yield from _own(where, str(ast.literal_eval(call.args[0])) or "done")
    inside = where
    for index, part in enumerate(call.args):
        yield from _in(part, inside)
        if index == 0 and word.over_list:
            members = (f"acts.{kind}" for kind in kinds) if kinds else _members(part, where)
            inside = _Where(where.per, tuple(members), where.kinds)


def _beyond(reads: FurtherReads, where: _Where, kinds: tuple[str, ...]) -> Iterator[str]:
    """Yield the names that a word reads beyond its arguments, called in this place with these kinds of act."""
    yield from reads.fixed
    for key in reads.own:
        yield from _own(where, key)
    for name in where.item:
        yield from (f"{name}.{key}" for key in reads.item)
    for kind in kinds:
        yield from names_of_acts(kind, reads.members, where.kinds)
    if reads.others:
        for kind in where.per:
            yield from names_of_acts(kind, reads.others, where.kinds)


def _kinds(call: ast.Call, where: _Where) -> tuple[str, ...]:
    words = [part.value for part in call.args if isinstance(part, ast.Constant)]
    return tuple(word for word in words if isinstance(word, str) and word in where.kinds.acts)


def _members(tree: ast.AST, where: _Where) -> Iterator[str]:
    """Yield what the members of a list are called: kinds of act, or the field that holds them."""
    if isinstance(tree, ast.Call):
        yield from (f"acts.{kind}" for kind in _kinds(tree, where))
    else:
        yield from _path(tree, where)


def _path(tree: ast.AST, where: _Where) -> Iterator[str]:
    """Yield the names of a dotted path; a parameter of the law names nothing in the record."""
    keys: list[str] = []
    while isinstance(tree, ast.Attribute):
        keys.insert(0, tree.attr)
        tree = tree.value
    root = tree.id if isinstance(tree, ast.Name) else ""
    if root in ("traits", "decision") and keys:
        yield ".".join((root, *keys))
    elif root == "act" and keys:
        yield from _own(where, keys[0])
    elif root == "it":
        for name in where.item:
            yield from _of_member(name, keys[0], where.kinds) if keys else (name,)


def _own(where: _Where, key: str) -> Iterator[str]:
    for kind in where.per:
        yield from (f"act.{field}" for field in real_fields(kind, key, where.kinds))


def _of_member(list_name: str, key: str, kinds: Kinds) -> Iterator[str]:
    """Yield the names of a field of the members of a list; the members of `acts.KIND` are acts of that kind."""
    kind = list_name.removeprefix("acts.")
    yield from (f"{list_name}.{field}" for field in real_fields(kind, key, kinds))


def names_of_acts(kind: str, keys: Iterable[str], kinds: Kinds) -> Iterator[str]:
    """Yield the names of those of these fields that acts of a kind have, and that there is such an act at all."""
    yield f"acts.{kind}.held"
    fields = kinds.acts[kind].model_fields
    for key in keys:
        yield from (f"acts.{kind}.{field}" for field in real_fields(kind, key, kinds) if field in fields)


def real_fields(kind: str, key: str, kinds: Kinds) -> tuple[str, ...]:
    """Return the fields that a date derived from others stands for; of any other field, that field itself."""
    model = kinds.acts.get(kind)
    derived = None if model is None else model.derived().get(key)
    return (key,) if derived is None else derived.fields
