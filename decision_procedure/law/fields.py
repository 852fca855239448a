"""Reading the record: fields of the act tested, of the member under test, of the decision, and traits."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from decision_procedure.law.evidence import Node, Tree
from decision_procedure.law.language import Compiled, Evaluate, Frame, Scope, bad, constant, unknown
from decision_procedure.law.types import Bool, Many, Number, Thing, Type, fields_of
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.decision import Decision, Traits
from decision_procedure.model.keys import key_label

_ROOTS = ("act", "it", "decision", "traits", "params")


def name(tree: ast.Name, scope: Scope) -> Compiled:
    """Return `it`, the member of a list of plain values. Raises BadExpression for any other name."""
    if tree.id != "it" or scope.item is None or isinstance(scope.item, Thing):
        raise unknown(tree, "未知名称", "unknown name", tree.id, _ROOTS)
    node = Node("field", "it", "该项", "it")
    return Compiled(scope.item, node, lambda frame: (node, frame.item, None, frame.item_at, ()))


def attribute(tree: ast.Attribute, scope: Scope) -> Compiled:
    """Return a field named by a dotted path. Raises BadExpression, with a suggestion, for an unknown one."""
    root, *path = _dotted(tree)
    if root not in _ROOTS:
        raise unknown(tree, "未知名称", "unknown name", root, _ROOTS)
    if root == "decision":
        return _of_decision(tree, path)
    if len(path) != 1:
        raise bad(tree, "字段层级过深", "field too deep")
    if root == "params":
        return _param(tree, path[0], scope)
    if root == "traits":
        return _trait(tree, path[0])
    if root == "act":
        return _of_act(tree, path[0], scope)
    if not isinstance(scope.item, Thing):
        raise bad(tree, "此处没有 it", "there is no `it` here")
    return _field(tree, path[0], fields_of(scope.item.model), "it")


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


def _trait(tree: ast.AST, key: str) -> Compiled:
    if key not in Traits.model_fields:
        raise unknown(tree, "没有此特征", "no such trait", key, Traits.model_fields)
    node = Node("trait", f"traits.{key}", key_label(key), key_label(key, "en"))
    place = ("", f"traits.{key}")

    def run(frame: Frame) -> Tree:
        trait = getattr(frame.facts.decision.traits, key)
        value = None if trait is None else trait.value
        return (node, value, value, place, ())

    return Compiled(Bool(), node, run)


def _of_act(tree: ast.AST, key: str, scope: Scope) -> Compiled:
    if not scope.act:
        raise bad(tree, "此义务不针对单个行为,没有 act", "this duty tests no single act: there is no `act`")
    first, *others = [fields_of(ACT_CLASSES[kind]) for kind in scope.act]
    shared = {
        field: kind for field, kind in first.items() if all(other.get(field) == kind for other in others)
    }
    return _field(tree, key, shared, "act")


def _field(tree: ast.AST, key: str, fields: Mapping[str, Type], root: str) -> Compiled:
    kind = fields.get(key)
    if kind is None:
        raise unknown(tree, "没有此字段", "no such field", key, fields)
    is_list = isinstance(kind, Many)
    node = Node("list" if is_list else "field", f"{root}.{key}", key_label(key), key_label(key, "en"))
    if isinstance(kind, Many):
        run = _list_of_act(node, key, kind) if root == "act" else _list_of_item(node, key, kind)
    elif root == "act":
        run = _value_of_act(node, key, is_flag=isinstance(kind, Bool))
    else:
        run = _value_of_item(node, key, is_flag=isinstance(kind, Bool))
    return Compiled(kind, node, run)


def _value_of_act(node: Node, key: str, *, is_flag: bool) -> Evaluate:
    def flag(frame: Frame) -> Tree:
        value = getattr(frame.act, key)
        return (node, value, value, (frame.at, key), ())

    return flag if is_flag else lambda frame: (node, getattr(frame.act, key), None, (frame.at, key), ())


def _value_of_item(node: Node, key: str, *, is_flag: bool) -> Evaluate:
    def flag(frame: Frame) -> Tree:
        value = getattr(frame.item, key)
        return (node, value, value, (frame.item_at, key), ())

    return flag if is_flag else lambda frame: (node, getattr(frame.item, key), None, (frame.item_at, key), ())


def _list_of_act(node: Node, key: str, kind: Many) -> Evaluate:
    return lambda frame: (node, getattr(frame.act, key), _closed(frame, frame.act, kind), (frame.at, key), ())


def _list_of_item(node: Node, key: str, kind: Many) -> Evaluate:
    return lambda frame: (
        node,
        getattr(frame.item, key),
        _closed(frame, frame.item, kind),
        (frame.item_at, key),
        (),
    )


def _closed(frame: Frame, owner: Any, kind: Many) -> bool | None:
    """Say that a list is whole, as stated beside it or for the whole record; None: not stated."""
    stated = None if kind.complete is None else getattr(owner, kind.complete)
    return True if stated or (stated is None and frame.facts.assume_complete) else None


def _of_decision(tree: ast.AST, path: list[str]) -> Compiled:
    kind: Type | None = Thing(Decision)
    for key in path:
        fields = fields_of(kind.model) if isinstance(kind, Thing) else {}
        kind = fields.get(key)
        if kind is None:
            raise unknown(tree, "没有此字段", "no such field", key, fields)
    if kind is None or isinstance(kind, Thing):
        raise bad(tree, "此字段不能直接使用", "this field cannot be used as it is")
    text = "decision." + ".".join(path)
    zh, en = key_label(path[-1]), key_label(path[-1], "en")
    place, owners, last = ("", ".".join(path)), tuple(path[:-1]), path[-1]

    def owner(frame: Frame) -> Any:
        found: Any = frame.facts.decision
        for key in owners:
            found = None if found is None else getattr(found, key)
        return found

    if isinstance(kind, Many):
        return Compiled(kind, *_list_of_decision(Node("list", text, zh, en), owner, last, kind, place))
    node, is_flag = Node("field", text, zh, en), isinstance(kind, Bool)

    def run(frame: Frame) -> Tree:
        holder = owner(frame)
        value = None if holder is None else getattr(holder, last)
        return (node, value, value if is_flag else None, place, ())

    return Compiled(kind, node, run)


def _list_of_decision(
    node: Node, owner: Any, key: str, kind: Many, place: tuple[str, str]
) -> tuple[Node, Evaluate]:
    def run(frame: Frame) -> Tree:
        holder = owner(frame)
        if holder is None:
            return (node, (), None, place, ())
        return (node, getattr(holder, key), _closed(frame, holder, kind), place, ())

    return node, run
