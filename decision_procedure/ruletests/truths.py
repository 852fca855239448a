"""Which truth values a condition can take at all, read off its text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product

from decision_procedure.law.evidence import Truth, joined
from decision_procedure.law.functions import FUNCTIONS
from decision_procedure.law.language import parsed
from decision_procedure.law.words import ALL_TRUTHS, NEVER_UNKNOWN

CONDITIONS = ("when", "require", "judge")


def truths_of(text: str) -> frozenset[Truth]:
    """Return the truth values that a condition can take on some record; None is unknown."""
    return truths(parsed(text))


def truths(tree: ast.expr) -> frozenset[Truth]:
    """Return the truth values that a part of a condition can take on some record."""
    if isinstance(tree, ast.BoolOp):
        decisive = isinstance(tree.op, ast.Or)
        found: frozenset[Truth] = frozenset((not decisive,))
        # Two by two: all together there are too many ways to combine them.
        for part in map(truths, tree.values):
            found = frozenset(joined(pair, decisive=decisive) for pair in product(found, part))
        return found
    if isinstance(tree, ast.UnaryOp):
        return frozenset(None if truth is None else not truth for truth in truths(tree.operand))
    if isinstance(tree, ast.Constant):
        return frozenset((bool(tree.value),))
    if isinstance(tree, ast.Compare) and isinstance(tree.left, ast.Name):
        return NEVER_UNKNOWN  # `it` itself: a word in a list is never unknown
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        return _of_call(tree.func.id, tree.args)
    return ALL_TRUTHS


def conditions(tree: ast.expr) -> Iterator[ast.expr]:
    """Yield a condition and every condition inside it, from the outside in; constants are none."""
    if isinstance(tree, ast.Constant):
        return
    yield tree
    inner: list[ast.expr] = []
    if isinstance(tree, ast.BoolOp):
        inner = tree.values
    elif isinstance(tree, ast.UnaryOp):
        inner = [tree.operand]
    elif isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        inner = [tree.args[i] for i in FUNCTIONS[tree.func.id].conditions if i < len(tree.args)]
    elif isinstance(tree, ast.Compare) and isinstance(tree.left, ast.Call):
        yield from list(conditions(tree.left))[1:]
    for part in inner:
        yield from conditions(part)


def _of_call(name: str, arguments: list[ast.expr]) -> frozenset[Truth]:
    if name == "first_known":
        first, second = map(truths, arguments)
        return (first - {None}) | second if None in first else first
    return FUNCTIONS[name].truths
