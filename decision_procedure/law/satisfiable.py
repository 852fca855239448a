"""Whether a condition could ever hold, by trying every combination of what its parts can be."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import NamedTuple

from decision_procedure.law.evidence import Truth, joined
from decision_procedure.law.language import parsed

LIMIT = 20_000
_OTHER = "\N{EMPTY SET}"
Test = Callable[[Mapping[str, object]], Truth]


@dataclass
class Effort:
    """How many parts of conditions may still be looked at, however many conditions there are."""

    left: int = 6_000_000


class Bound(NamedTuple):
    """A comparison with a number: what is counted, the sign, and the number."""

    what: str
    sign: str
    limit: int


def can_hold(text: str, params: Mapping[str, int] | None = None, effort: Effort | None = None) -> Truth:
    """Say whether some record makes a condition true, as far as its form tells.

    Parts that are not comparisons of one thing with words or numbers count as independent of each other.
    None: not found out within `LIMIT` combinations, or within what is left of `effort`.
    """
    tree = parsed(text)
    atoms = [*_atoms(tree)]
    domains: dict[str, tuple[object, ...]] = {}
    for atom in atoms:
        _widen(atom, domains, params or {})
    effort = effort or Effort()
    tries = min(LIMIT, effort.left // max(1, len(atoms)))
    truth, left = _search(_compiled(tree, params or {}), [*domains.items()], {}, tries)
    effort.left -= (tries - left) * len(atoms)
    return truth


def ranges(found: Iterable[Bound]) -> dict[str, tuple[float, float]]:
    """Return the least and the greatest number that bounds leave to each thing they count."""
    left: dict[str, tuple[float, float]] = {}
    for what, sign, limit in found:
        low, high = left.get(what, (-inf, inf))
        least = {">=": limit, ">": limit + 1, "==": limit}.get(sign, low)
        most = {"<=": limit, "<": limit - 1, "==": limit}.get(sign, high)
        left[what] = max(low, least), min(high, most)
    return left


def bounds(text: str, params: Mapping[str, int]) -> tuple[Bound, ...]:
    """Return the comparisons with numbers that a condition demands of every record: those it joins by `and`."""
    return tuple(dict.fromkeys(_bounds(parsed(text), params)))


@lru_cache(maxsize=4096)
def normal(text: str | None) -> str:
    """Return a condition in one spelling, so that equal conditions are equal texts; empty for None."""
    return "" if text is None else ast.unparse(parsed(text))


@lru_cache(maxsize=4096)
def negated(text: str) -> str:
    """Return the opposite of a condition in the spelling of `normal`."""
    tree = parsed(text)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return ast.unparse(tree.operand)
    return ast.unparse(ast.UnaryOp(ast.Not(), tree))


def _search(
    holds: Test, domains: Sequence[tuple[str, tuple[object, ...]]], values: Mapping[str, object], tries: int
) -> tuple[Truth, int]:
    """Return whether some values of what has none yet make a condition true, and how many tries are left."""
    if tries <= 0:
        return None, 0
    truth, tries = holds(values), tries - 1
    if truth is not None:
        return truth, tries
    (name, choices), *others = domains
    for value in choices:
        truth, tries = _search(holds, others, {**values, name: value}, tries)
        if truth is not False:
            break
    return truth, tries


def _atoms(tree: ast.expr) -> Iterator[ast.expr]:
    if isinstance(tree, ast.BoolOp):
        for value in tree.values:
            yield from _atoms(value)
    elif isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        yield from _atoms(tree.operand)
    elif not isinstance(tree, ast.Constant):
        yield tree


def _widen(atom: ast.expr, domains: dict[str, tuple[object, ...]], params: Mapping[str, int]) -> None:
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


def _compiled(tree: ast.expr, params: Mapping[str, int]) -> Test:
    """Return the test of a condition on values of its parts, unknown where it needs one that has none."""
    if isinstance(tree, ast.Constant):
        always = bool(tree.value)
        return lambda _: always
    if isinstance(tree, ast.BoolOp):
        parts, decisive = [_compiled(value, params) for value in tree.values], isinstance(tree.op, ast.Or)
        return lambda values: joined([part(values) for part in parts], decisive=decisive)
    if isinstance(tree, ast.UnaryOp):
        inner = _compiled(tree.operand, params)
        return lambda values: None if (truth := inner(values)) is None else not truth
    words, bound = _words(tree), _bound(tree, params)
    if words is not None and isinstance(tree, ast.Compare):
        negative = isinstance(tree.ops[0], ast.NotEq | ast.NotIn)
        return _on_value(ast.unparse(tree.left), lambda word: (word in words) is not negative)
    if bound is not None:
        limit, sign = bound.limit, _SIGNS[bound.sign]
        return _on_value(bound.what, lambda number: isinstance(number, int) and sign(number, limit))
    return _on_value(ast.unparse(tree), lambda value: value is True)


def _on_value(name: str, test: Callable[[object], bool]) -> Test:
    return lambda values: test(values[name]) if name in values else None


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


def _bound(tree: ast.expr, params: Mapping[str, int]) -> Bound | None:
    match tree:
        case ast.Compare(left, [sign], [ast.Constant(int(limit))]):
            pass
        case ast.Compare(left, [sign], [ast.Attribute(ast.Name(), name)]) if name in params:
            limit = params[name]
        case _:
            return None
    return Bound(ast.unparse(left), _NAMES[type(sign)], limit) if type(sign) in _NAMES else None


def _bounds(tree: ast.expr, params: Mapping[str, int]) -> Iterator[Bound]:
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for value in tree.values:
            yield from _bounds(value, params)
        return
    bound = _bound(tree, params)
    if bound is not None:
        yield bound
