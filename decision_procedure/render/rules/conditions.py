"""Conditions of the law in words: the same labels as the evidence of a verdict, without a record."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from decision_procedure.law import fields
from decision_procedure.law.expression import compile_condition
from decision_procedure.law.functions import FUNCTIONS
from decision_procedure.law.language import Compiled, Scope
from decision_procedure.law.loading import Rule
from decision_procedure.law.types import Many
from decision_procedure.render.rules.sheet import Item, LawWords
from decision_procedure.ruletests.truths import parse
from decision_procedure.wording import say

_LISTS = ("any_of", "all_of")


def scope_of(rule: Rule) -> Scope:
    """Return what the conditions of a rule may name."""
    params = {name: param.value for name, param in rule.duty.params.items()}
    return Scope(rule.per, params, kinds=rule.pack.kinds)


def condition_items(text: str, scope: Scope, words: LawWords, depth: int = 0) -> Iterator[Item]:
    """Yield a condition in words, its parts below it, and at the end as it is written."""
    yield from _Reader(words).read(parse(text), scope, depth)
    yield Item(text, depth, code=True)


class _Reader:
    def __init__(self, words: LawWords) -> None:
        self._words = words

    def read(self, tree: ast.expr, scope: Scope, depth: int) -> Iterator[Item]:
        """Yield one part of a condition and what it is made of."""
        if isinstance(tree, ast.BoolOp):
            name = "and" if isinstance(tree.op, ast.And) else "or"
            yield from self._group(self._say(name), tree.values, scope, depth)
        elif isinstance(tree, ast.UnaryOp) and _has_parts(tree.operand):
            yield from self._group(self._say("not"), [tree.operand], scope, depth)
        elif isinstance(tree, ast.Call) and _name(tree) in _LISTS:
            source = self._label(_list(tree.args[0], scope))
            inner = _members(tree, scope)
            yield from self._group(self._say(_name(tree), source=source), [tree.args[1]], inner, depth)
        elif isinstance(tree, ast.Call) and _name(tree) == "first_known":
            yield from self._group(self._say("first_known"), tree.args, scope, depth)
        elif isinstance(tree, ast.Call) and _name(tree) == "in_whole_text":
            yield from self._group(self._say("in_whole_text"), tree.args[:1], scope, depth)
            complete = self._label(_compiled(tree.args[1], scope))
            yield Item(self._say("whole_text", complete=complete), depth + 1)
        elif isinstance(tree, ast.Compare) and (counted := _counted(tree.left)) is not None:
            whole = self._label(_compiled(tree, scope))
            inner = _members(counted, scope)
            yield from self._group(self._say("count", whole=whole), [counted.args[1]], inner, depth)
        else:
            yield Item(self._label(_compiled(tree, scope)), depth)

    def _group(self, head: str, parts: list[ast.expr], scope: Scope, depth: int) -> Iterator[Item]:
        yield Item(head, depth)
        for part in parts:
            yield from self.read(part, scope, depth + 1)

    def _label(self, compiled: Compiled) -> str:
        return self._words.said(compiled.node)

    def _say(self, key: str, /, **values: str) -> str:
        return say(f"condition.{key}", self._words.lang, **values)


def _name(tree: ast.expr) -> str:
    return tree.func.id if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) else ""


def _has_parts(tree: ast.expr) -> bool:
    return isinstance(tree, ast.BoolOp) or _name(tree) in (*_LISTS, "first_known", "in_whole_text")


def _counted(tree: ast.expr) -> ast.Call | None:
    """Return a count of those members that meet a condition; None for anything else."""
    is_count = isinstance(tree, ast.Call) and _name(tree) == "count" and len(tree.args) == 2
    return tree if is_count and isinstance(tree, ast.Call) else None


def _compiled(tree: ast.AST, scope: Scope) -> Compiled:
    return compile_condition(ast.unparse(tree), scope)


def _members(call: ast.Call, scope: Scope) -> Scope:
    kind = _list(call.args[0], scope).kind
    return scope.inside(kind.item) if isinstance(kind, Many) else scope


def _list(tree: ast.expr, scope: Scope) -> Compiled:
    """Return the list that a condition speaks of: acts of some kinds, or a field; its pack has been compiled."""
    if isinstance(tree, ast.Attribute):
        return fields.attribute(tree, scope)
    if isinstance(tree, ast.Call):
        return FUNCTIONS[_name(tree)](tree, scope, _compiled)
    raise TypeError(f"not a list: {ast.unparse(tree)}")
