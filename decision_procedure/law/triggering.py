"""Whether a duty applies once acts that are only planned have been done: its trigger, read part by part."""

from __future__ import annotations

import ast
from collections.abc import Callable, Set
from functools import lru_cache

from decision_procedure.law.evidence import Truth, all_true, any_true
from decision_procedure.law.expression import compile_condition
from decision_procedure.law.language import Compiled, parsed
from decision_procedure.law.loading import Rule


def holds_with(rule: Rule, planned: Set[str], leaf: Callable[[Rule, Compiled], Truth]) -> Truth:
    """Say whether a duty's trigger holds once acts of these kinds took place; `leaf` says it of every other part of it."""
    return _held(rule, parsed(rule.duty.when or "True"), planned, leaf)


def _held(rule: Rule, node: ast.expr, planned: Set[str], leaf: Callable[[Rule, Compiled], Truth]) -> Truth:
    match node:
        case ast.BoolOp(ast.And(), parts):
            return all_true([_held(rule, part, planned, leaf) for part in parts])
        case ast.BoolOp(ast.Or(), parts):
            return any_true(_held(rule, part, planned, leaf) for part in parts)
        case ast.UnaryOp(ast.Not(), inner):
            found = _held(rule, inner, planned, leaf)
            return None if found is None else not found
        case ast.Call(ast.Name("held"), kinds) if planned & {getattr(one, "value", None) for one in kinds}:
            return True
        case ast.Call(ast.Name("known" | "meets_after")):
            return True
    return leaf(rule, _part(rule, node))


@lru_cache(maxsize=4096)
def _part(rule: Rule, node: ast.expr) -> Compiled:
    """Return a part of a trigger by itself; its tree is kept by the language, so that it is compiled once."""
    return compile_condition(ast.unparse(node), rule.scope)


__all__ = ["holds_with"]
