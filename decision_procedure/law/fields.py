"""Reading the record: fields of the act tested, of the member under test, of the decision, and traits."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from pydantic import BaseModel

from decision_procedure.law.evidence import EXCEPTION, NO_MEMBERS, Node, Tree, Truth
from decision_procedure.law.language import Compiled, Decide, Frame, Scope, bad, constant, field, unknown
from decision_procedure.law.types import Bool, Many, Moment, Number, Thing, Type, fields_of
from decision_procedure.model.acts import Act
from decision_procedure.model.base import is_exception
from decision_procedure.model.dates import NOT_DONE
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import Kinds
from decision_procedure.model.traits import Trait

_ROOTS = ("act", "it", "decision", "traits", "params")


def name(tree: ast.Name, scope: Scope) -> Compiled:
    """Return `it`, the member of a list of plain values. Raises BadExpression for any other name."""
    if tree.id != "it" or scope.item is None or isinstance(scope.item, Thing):
        raise unknown(tree, "未知名称", "unknown name", tree.id, _ROOTS)
    node = Node("field", "it", "该项", "it")
    return field(scope.item, node, attrgetter("item"), attrgetter("item_at"))


def attribute(tree: ast.Attribute, scope: Scope) -> Compiled:
    """Return a field named by a dotted path. Raises BadExpression, with a suggestion, for an unknown one."""
    root, *path = _dotted(tree)
    if root not in _ROOTS:
        raise unknown(tree, "未知名称", "unknown name", root, _ROOTS)
    if root == "decision":
        return _of_decision(tree, path, scope.kinds)
    if len(path) != 1:
        raise bad(tree, "字段层级过深", "field too deep")
    if root == "params":
        return _param(tree, path[0], scope)
    if root == "traits":
        return _trait(tree, path[0], scope.kinds)
    if root == "act":
        return _of_act(tree, path[0], scope)
    if not isinstance(scope.item, Thing):
        raise bad(tree, "此处没有 it", "there is no `it` here")
    model = scope.item.model
    excuses = path[0] in model.model_fields and is_exception(model, path[0])
    return _field(tree, path[0], fields_of(model), "it", scope.kinds, model, excuses=excuses)


def _dotted(tree: ast.Attribute) -> list[str]:
    names: list[str] = []
    part: ast.expr = tree
    while isinstance(part, ast.Attribute):
        names.append(part.attr)
        part = part.value
    if not isinstance(part, ast.Name):
        raise bad(tree, "不支持的写法", "not part of the language")
    return [part.id, *reversed(names)]


def _param(tree: ast.AST, key: str, scope: Scope) -> Compiled:
    if key not in scope.params:
        raise unknown(tree, "未定义参数", "no such parameter", key, scope.params)
    return constant(Number(), scope.params[key], f"params.{key}")


def _trait(tree: ast.AST, key: str, kinds: Kinds) -> Compiled:
    traits = kinds.traits
    if key not in traits.model_fields:
        raise unknown(tree, "没有此特征", "no such trait", key, traits.model_fields)
    node = Node("trait", f"traits.{key}", *kinds.key_names(key))
    place = ("", f"traits.{key}")

    def read(frame: Frame) -> Truth:
        trait: Trait | None = getattr(frame.facts.decision.traits, key, None)
        return None if trait is None else trait.value

    compiled = field(Bool(), node, read, lambda _: place)
    return _excusing(compiled) if is_exception(traits, key) else compiled


def _excusing(flag: Compiled) -> Compiled:
    """Return a flag that only takes away or excuses: not there where the record is taken as it stands and is silent.

    The evidence then names it by an operator of its own (`evidence.EXCEPTION`).
    """
    absent = flag.node._replace(operator=EXCEPTION)

    def run(frame: Frame) -> Tree:
        tree = flag.run(frame)
        if tree.truth is None and frame.facts.as_it_stands:
            return Tree(absent, False, False, tree.place, ())
        return tree

    def decide(frame: Frame) -> Truth:
        truth: Truth = flag.decide(frame)
        return False if truth is None and frame.facts.as_it_stands else truth

    return Compiled(flag.kind, flag.node, run, decide)


def _of_act(tree: ast.AST, key: str, scope: Scope) -> Compiled:
    if not scope.act:
        raise bad(tree, "此义务不针对单个行为，没有 act", "this duty tests no single act: there is no `act`")
    parts = [scope.kinds.acts[kind] for kind in scope.act]
    first, *others = [fields_of(part) for part in parts]
    shared = {name: kind for name, kind in first.items() if all(other.get(name) == kind for other in others)}
    excuses = any(key in part.model_fields and is_exception(part, key) for part in parts)
    return _field(tree, key, shared, "act", scope.kinds, parts[0], excuses=excuses)


def _field(
    tree: ast.AST,
    key: str,
    fields: Mapping[str, Type],
    root: str,
    kinds: Kinds,
    part: type[BaseModel],
    *,
    excuses: bool = False,
) -> Compiled:
    kind = fields.get(key)
    if kind is None:
        raise unknown(tree, "没有此字段", "no such field", key, fields)
    node = Node("list" if isinstance(kind, Many) else "field", f"{root}.{key}", *kinds.key_names(key, part))
    holder, at = ("act", attrgetter("at")) if root == "act" else ("item", attrgetter("item_at"))
    read: Decide = attrgetter(f"{holder}.{key}")
    if isinstance(kind, Many):
        read = _list_reader(attrgetter(holder), key, kind)
    elif isinstance(kind, Moment):
        read = _date_reader(attrgetter(holder), key)
    compiled = field(kind, node, read, lambda frame: (at(frame), key))
    if isinstance(kind, Bool):
        compiled = _told_denied(compiled, attrgetter(holder), key)
    return _excusing(compiled) if excuses else compiled


def _date_reader(owner: Decide, key: str) -> Decide:
    """Return how a date is read; `NOT_DONE` where an act denies that the event happened."""

    def read(frame: Frame) -> Any:
        holder = owner(frame)
        date = getattr(holder, key)
        return NOT_DONE if date is None and _denies(holder, key) else date

    return read


def _told_denied(flag: Compiled, owner: Decide, key: str) -> Compiled:
    """Return a flag whose evidence tells that it is false because the act denies it by name."""

    def run(frame: Frame) -> Tree:
        tree = flag.run(frame)
        return tree._replace(value=NOT_DONE, truth=False) if _denies(owner(frame), key) else tree

    return replace(flag, run=run)


def _denies(holder: Any, key: str) -> bool:
    return isinstance(holder, Act) and holder.denied is not None and holder.denies(key)


def _list_reader(owner: Decide, key: str, kind: Many) -> Decide:
    def read(frame: Frame) -> tuple[Any, Truth]:
        holder = owner(frame)
        if holder is None:
            return (), None
        return (
            (NO_MEMBERS, True)
            if _denies(holder, key)
            else (getattr(holder, key), _whole(frame, holder, kind))
        )

    return read


def _whole(frame: Frame, owner: Any, kind: Many) -> Truth:
    """Say that a list is whole, as stated beside it or for the whole record; None: not stated.

    A statement on the whole record is about what was done: which special tracks a matter falls under, it leaves open.
    """
    stated = None if kind.complete is None else getattr(owner, kind.complete)
    if kind.complete is not None and isinstance(owner, Decision):
        return True if stated else None
    return True if stated or (stated is None and frame.facts.assume_complete) else None


def _of_decision(tree: ast.AST, path: list[str], kinds: Kinds) -> Compiled:
    kind: Type | None = Thing(kinds.record)
    for key in path:
        fields = fields_of(kind.model) if isinstance(kind, Thing) else {}
        kind = fields.get(key)
        if kind is None:
            raise unknown(tree, "没有此字段", "no such field", key, fields)
    if kind is None or isinstance(kind, Thing):
        raise bad(tree, "此字段不能直接使用", "this field cannot be used as it is")
    text = "decision." + ".".join(path)
    zh, en = kinds.key_names(path[-1])
    place, owners, last = ("", ".".join(path)), tuple(path[:-1]), path[-1]

    def owner(frame: Frame) -> Any:
        found: Any = frame.facts.decision
        for key in owners:
            found = None if found is None else getattr(found, key)
        return found

    if isinstance(kind, Many):
        return field(kind, Node("list", text, zh, en), _list_reader(owner, last, kind), lambda _: place)

    def read(frame: Frame) -> Any:
        holder = owner(frame)
        return None if holder is None else getattr(holder, last)

    return field(kind, Node("field", text, zh, en), read, lambda _: place)
