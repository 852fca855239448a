"""Whether a condition could ever hold, by trying every combination of what its parts can be."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

LIMIT = 20_000
_OTHER = "\N{EMPTY SET}"
Test = Callable[[Mapping[str, object]], bool]


class Bound(NamedTuple):
    """A comparison with a number: what is counted, the sign, and the number."""

    what: str
    sign: str
    limit: int


def can_hold(text: str, params: dict[str, int] | None = None) -> bool:
    """Say whether some record makes a condition true, as far as its form tells.

    Parts that are not comparisons of one thing with words or numbers count as independent of each other.
    A condition with more than `LIMIT` combinations counts as one that can hold.
    """
    tree = _parsed(text)
    domains: dict[str, tuple[object, ...]] = {}
    for atom in _atoms(tree):
        _widen(atom, domains, params or {})
    holds = _compiled(tree, params or {})
    combinations = islice(product(*domains.values()), LIMIT + 1)
    return any(
        index == LIMIT or holds(dict(zip(domains, values, strict=True)))
        for index, values in enumerate(combinations)
    )


def bounds(text: str, params: dict[str, int]) -> tuple[Bound, ...]:
    """Return the comparisons with numbers that a condition demands of every record: those it joins by `and`."""
    return tuple(_bounds(_parsed(text), params))


@lru_cache(maxsize=4096)
def normal(text: str | None) -> str:
    """Return a condition in one spelling, so that equal conditions are equal texts; empty for None."""
    return "" if text is None else ast.unparse(_parsed(text))


@lru_cache(maxsize=4096)
def negated(text: str) -> str:
    """Return the opposite of a condition in the spelling of `normal`."""
    tree = _parsed(text)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return ast.unparse(tree.operand)
    return ast.unparse(ast.UnaryOp(ast.Not(), tree))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _atoms(tree: ast.expr) -> Iterator[ast.expr]:
    if isinstance(tree, ast.BoolOp):
        for value in tree.values:
            yield from _atoms(value)
    elif isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        yield from _atoms(tree.operand)
    elif not isinstance(tree, ast.Constant):
        yield tree


def _widen(atom: ast.expr, domains: dict[str, tuple[object, ...]], params: dict[str, int]) -> None:
    words = _words(atom)
    if words is not None and isinstance(atom, ast.Compare):
        name = ast.unparse(atom.left)
        domains[name] = tuple(dict.fromkeys((*domains.get(name, (_OTHER,)), *words)))
        return
    bound = _bound(atom, params)
    if bound is not None:
        around = (bound.limit - 1, bound.limit, bound.limit + 1)
        domains[bound.what] = tuple(dict.fromkeys((*domains.get(bound.what, ()), *around)))
        return
    domains[ast.unparse(atom)] = (True, False)


def _compiled(tree: ast.expr, params: dict[str, int]) -> Test:
    """Return the test of a condition on values of its parts; nothing of its text is read again for each combination."""
    if isinstance(tree, ast.Constant):
        always = bool(tree.value)
        return lambda _: always
    if isinstance(tree, ast.BoolOp):
        parts = [_compiled(value, params) for value in tree.values]
        joined = all if isinstance(tree.op, ast.And) else any
        return lambda values: joined(part(values) for part in parts)
    if isinstance(tree, ast.UnaryOp):
        inner = _compiled(tree.operand, params)
        return lambda values: not inner(values)
    words, bound = _words(tree), _bound(tree, params)
    if words is not None and isinstance(tree, ast.Compare):
        name, negative = ast.unparse(tree.left), isinstance(tree.ops[0], ast.NotEq | ast.NotIn)
        return lambda values: (values[name] in words) is not negative
    if bound is not None:
        what, limit, sign = bound.what, bound.limit, _SIGNS[bound.sign]
        return lambda values: isinstance(number := values[what], int) and sign(number, limit)
    name = ast.unparse(tree)
    return lambda values: values[name] is True


_SIGNS: dict[str, Callable[[int, int], bool]] = {
    ">=": lambda number, limit: number >= limit,
    ">": lambda number, limit: number > limit,
    "<=": lambda number, limit: number <= limit,
    "<": lambda number, limit: number < limit,
    "==": lambda number, limit: number == limit,
}
_NAMES: dict[type[ast.cmpop], str] = {
    ast.GtE: ">=", ast.Gt: ">", ast.LtE: "<=", ast.Lt: "<", ast.Eq: "==",
}  # fmt: skip


def _words(tree: ast.expr) -> tuple[str, ...] | None:
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1:
        return None
    right = tree.comparators[0]
    parts = right.elts if isinstance(right, ast.List) else [right]
    values = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return tuple(values) if values and len(values) == len(parts) else None


def _bound(tree: ast.expr, params: dict[str, int]) -> Bound | None:
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or type(tree.ops[0]) not in _NAMES:
        return None
    right = tree.comparators[0]
    if isinstance(right, ast.Constant) and isinstance(right.value, int):
        limit = right.value
    elif isinstance(right, ast.Attribute) and isinstance(right.value, ast.Name) and right.attr in params:
        limit = params[right.attr]
    else:
        return None
    return Bound(ast.unparse(tree.left), _NAMES[type(tree.ops[0])], limit)


def _bounds(tree: ast.expr, params: dict[str, int]) -> Iterator[Bound]:
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for value in tree.values:
            yield from _bounds(value, params)
        return
    bound = _bound(tree, params)
    if bound is not None:
        yield bound
