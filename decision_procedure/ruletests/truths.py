"""Which truth values a condition can take at all, read off its text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product

from decision_procedure.law.evidence import Truth, joined
from decision_procedure.law.language import parsed

CONDITIONS = ("when", "require", "judge")
ALL: frozenset[Truth] = frozenset((True, False, None))
_SHOWN: frozenset[Truth] = frozenset((True, None))
_SETTLED: frozenset[Truth] = frozenset((True, False))
_CONDITIONS_OF = {
    "any_of": (1,),
    "all_of": (1,),
    "count": (1,),
    "last_opinion": (1,),
    "of_last_opinion": (1, 2),
    "first_known": (0, 1),
    "in_whole_text": (0, 1),
}


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
        return _SETTLED  # `it` itself: a word in a list is never unknown
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        return _of_call(tree.func.id, tree.args)
    return ALL


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
        inner = [tree.args[i] for i in _CONDITIONS_OF.get(tree.func.id, ()) if i < len(tree.args)]
    elif isinstance(tree, ast.Compare) and isinstance(tree.left, ast.Call):
        yield from list(conditions(tree.left))[1:]
    for part in inner:
        yield from conditions(part)


def _of_call(name: str, arguments: list[ast.expr]) -> frozenset[Truth]:
    if name == "document":
        return _SHOWN
    if name in ("by_undertaker", "did_main_part"):
        return _SETTLED
    if name == "no_earlier_meeting":
        return _SHOWN
    if name == "first_known":
        first, second = map(truths, arguments)
        return (first - {None}) | second if None in first else first
    return ALL
