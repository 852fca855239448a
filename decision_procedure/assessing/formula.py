"""The formulas of indicators: a strict subset of Python expressions over counts, whose direction is known.

Names: `met`, `not_met` (how many were found met, not met), `share` (met of both together), `decisions` (how many
matters were looked at), `weight` (the points of the indicator); each also in Chinese. Operators: `+ - * /` (by a
number), `min`, `max`, comparisons, `and`, `or`, `not`, `A if C else B`. A formula must never fall when more is met,
or never rise: only then are the best and the worst case those in which all that is open is met, or is not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from decision_procedure.assessing.wrong import wrong
from decision_procedure.errors import hint
from decision_procedure.law.language import BadExpression
from decision_procedure.wording import LANGUAGES, say

LONGEST = 500
_MOST = 10**9  # what no count reaches
_AS_WRITTEN = str.maketrans("（）×÷＋－＊／≥≤＞＜，％", "()*/+-*/\u2265\u2264><,%") | {
    0x2265: ">=", 0x2264: "<=", 0xFF1D: "=",
}  # fmt: skip

_NAME = re.compile(r"[^\W\d]\w*")
_SIGNS = {">=": "≥", "<=": "≤", "*": "×", "/": "÷"}

_NAMES = ("met", "not_met", "share", "decisions", "weight")

Direction = Literal["fixed", "up", "down"]
"""Whether a value stays, never falls or never rises when something open turns out met instead of not met."""


class FormulaCounts(NamedTuple):
    """What a formula reads: how many were met and not met, and in how many matters was looked."""

    met: int
    not_met: int
    decisions: int

    @property
    def share(self) -> Fraction:
        """The part of what was decided that was met; where nothing was, all of it (no formula is asked then)."""
        decided = self.met + self.not_met
        return Fraction(self.met, decided) if decided else Fraction(1)


Run = Callable[[FormulaCounts], Fraction]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula ready to run, its direction and the least and the most that it can come to. A condition is 0 or 1."""

    run: Run
    direction: Direction
    low: Fraction
    high: Fraction
    is_condition: bool = False


def formula(text: str, weight: Fraction, *, wanted: Direction, condition: bool = False) -> Formula:
    """Return the formula written in `text`.

    `wanted`: `up` for points, which must never fall when more is met; `down` for deductions and conditions. Raises
    BadExpression for anything else.
    """
    if len(text) > LONGEST:
        raise BadExpression(*wrong("formula_long"))
    try:
        found = _part(ast.parse(text.translate(_AS_WRITTEN).strip(), mode="eval").body, weight)
    except SyntaxError as error:
        raise BadExpression(*wrong("formula_syntax", text=text[:60])) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise BadExpression(*wrong("formula_unread", text=text[:60])) from error
    if found.is_condition is not condition:
        raise BadExpression(*wrong("formula_condition" if condition else "formula_number", text=text[:60]))
    if found.direction not in ("fixed", wanted):
        key = "formula_points_fall" if wanted == "up" else "formula_deduction_falls"
        raise BadExpression(*wrong(key, text=text[:60]))
    return found


@lru_cache(maxsize=1)
def _called() -> Mapping[str, str]:
    """Return the names by what they are called in Chinese."""
    return {say(f"formula_name.{name}", LANGUAGES[0]): name for name in _NAMES}


def formula_text(written: str, lang: str) -> str:
    """Return a formula as people of a language write it: names in that language, signs as in arithmetic."""

    def named(found: re.Match[str]) -> str:
        name = _called().get(found[0], found[0])
        return say(f"formula_name.{name}", lang) if name in _NAMES else name

    text = _NAME.sub(named, written.translate(_AS_WRITTEN))
    for typed, sign in _SIGNS.items():
        text = text.replace(typed, sign)
    return text


def _part(tree: ast.AST, weight: Fraction) -> Formula:
    handler = _HANDLERS.get(type(tree))
    if handler is None:
        raise _bad(tree, "not_allowed")
    return handler(tree, weight)


def _bad(tree: ast.AST, key: str, **fields: str) -> BadExpression:
    return BadExpression(
        *wrong(f"formula_{key}", text=ast.unparse(tree)[:60], **fields), getattr(tree, "col_offset", 0)
    )


def _number(tree: ast.AST, weight: Fraction) -> Formula:
    """Return a part that must be a number."""
    found = _part(tree, weight)
    if found.is_condition:
        raise _bad(tree, "number")
    return found


def _condition(tree: ast.AST, weight: Fraction) -> Formula:
    found = _part(tree, weight)
    if not found.is_condition:
        raise _bad(tree, "condition")
    return found


def _fixed(value: Fraction) -> Formula:
    return Formula(lambda _: value, "fixed", value, value)


def _constant(tree: ast.Constant, weight: Fraction) -> Formula:
    if type(tree.value) not in (int, float):
        raise _bad(tree, "constant")
    value = Fraction(str(tree.value))
    if abs(value) > _MOST:
        raise _bad(tree, "too_large")
    return _fixed(value)


def _name(tree: ast.Name, weight: Fraction) -> Formula:
    name = _called().get(tree.id, tree.id)
    zero, one, most = Fraction(0), Fraction(1), Fraction(_MOST)
    if name == "weight":
        return _fixed(weight)
    found = {
        "met": Formula(lambda counts: Fraction(counts.met), "up", zero, most),
        "not_met": Formula(lambda counts: Fraction(counts.not_met), "down", zero, most),
        "share": Formula(lambda counts: counts.share, "up", zero, one),
        "decisions": Formula(lambda counts: Fraction(counts.decisions), "fixed", zero, most),
    }
    if name not in found:
        known = (*_NAMES, *_called())
        raise _bad(tree, "no_name", hint=hint(tree.id, known))
    return found[name]


def _sign(tree: ast.UnaryOp, weight: Fraction) -> Formula:
    if isinstance(tree.op, ast.Not):
        return _turned(_condition(tree.operand, weight), lambda value: 1 - value)
    if isinstance(tree.op, ast.USub):
        return _turned(_number(tree.operand, weight), lambda value: -value)
    if isinstance(tree.op, ast.UAdd):
        return _number(tree.operand, weight)
    raise _bad(tree, "not_allowed")


def _turned(part: Formula, turn: Callable[[Fraction], Fraction]) -> Formula:
    """Return what falls as a part rises."""
    run = part.run
    return Formula(
        lambda counts: turn(run(counts)),
        _OTHER_WAY[part.direction],
        turn(part.high),
        turn(part.low),
        part.is_condition,
    )


def _arithmetic(tree: ast.BinOp, weight: Fraction) -> Formula:
    left, right = _number(tree.left, weight), _number(tree.right, weight)
    if isinstance(tree.op, ast.Sub):
        return _sum(tree, left, _turned(right, lambda value: -value))
    if isinstance(tree.op, ast.Add):
        return _sum(tree, left, right)
    if isinstance(tree.op, ast.Mult):
        return _product(tree, left, right)
    if isinstance(tree.op, ast.Div):
        if right.low != right.high or not right.low:
            raise _bad(tree, "division")
        return _product(tree, left, _fixed(1 / right.low))
    raise _bad(tree, "not_allowed")


def _sum(tree: ast.AST, left: Formula, right: Formula) -> Formula:
    one, other = left.run, right.run
    return Formula(
        lambda counts: one(counts) + other(counts),
        _together(tree, [left, right]),
        left.low + right.low,
        left.high + right.high,
    )


def _product(tree: ast.AST, left: Formula, right: Formula) -> Formula:
    one, other = left.run, right.run
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    turns = [
        _OTHER_WAY[part.direction] if by.high <= 0 else part.direction
        for part, by in ((left, right), (right, left))
    ]
    mixed = any(
        by.low < 0 < by.high for part, by in ((left, right), (right, left)) if part.direction != "fixed"
    )
    if mixed:
        raise _unclear(tree)
    found = {turn for turn in turns if turn != "fixed"}
    if len(found) > 1:
        raise _unclear(tree)
    direction: Direction = found.pop() if found else "fixed"
    return Formula(lambda counts: one(counts) * other(counts), direction, min(ends), max(ends))


def _extreme(tree: ast.Call, weight: Fraction) -> Formula:
    name = tree.func.id if isinstance(tree.func, ast.Name) else ""
    if name not in ("min", "max") or tree.keywords or len(tree.args) < 2:
        raise _bad(tree, "extremes")
    parts = [_number(part, weight) for part in tree.args]
    pick = min if name == "min" else max
    runs = [part.run for part in parts]
    return Formula(
        lambda counts: pick(run(counts) for run in runs),
        _together(tree, parts),
        pick(part.low for part in parts),
        pick(part.high for part in parts),
    )


def _either(tree: ast.BoolOp, weight: Fraction) -> Formula:
    parts = [_condition(part, weight) for part in tree.values]
    pick = min if isinstance(tree.op, ast.And) else max
    runs = [part.run for part in parts]
    return Formula(
        lambda counts: pick(run(counts) for run in runs), _together(tree, parts), *_TRUTHS, is_condition=True
    )


def _comparison(tree: ast.Compare, weight: Fraction) -> Formula:
    if len(tree.ops) != 1:
        raise _bad(tree, "two_at_a_time")
    left, right = _number(tree.left, weight), _number(tree.comparators[0], weight)
    kind = (
        _AT_ZERO.get(type(tree.ops[0]), type(tree.ops[0]))
        if _is_zero(right) and left.low >= 0
        else type(tree.ops[0])
    )
    compare = _COMPARISONS.get(kind)
    if compare is None:
        raise _bad(tree, "comparison")
    difference = _sum(tree, left, _turned(right, lambda value: -value))
    rises = kind in (ast.Gt, ast.GtE)
    run = difference.run
    return Formula(
        lambda counts: Fraction(compare(run(counts))),
        difference.direction if rises else _OTHER_WAY[difference.direction],
        *_TRUTHS,
        is_condition=True,
    )


def _choice(tree: ast.IfExp, weight: Fraction) -> Formula:
    when, first, second = (
        _condition(tree.test, weight),
        _number(tree.body, weight),
        _number(tree.orelse, weight),
    )
    chosen: Direction = "fixed"
    if when.direction != "fixed":
        if first.low >= second.high:
            chosen = when.direction
        elif first.high <= second.low:
            chosen = _OTHER_WAY[when.direction]
        else:
            raise _unclear(tree)
    found = {part for part in (chosen, first.direction, second.direction) if part != "fixed"}
    if len(found) > 1:
        raise _unclear(tree)
    holds, one, other = when.run, first.run, second.run
    return Formula(
        lambda counts: one(counts) if holds(counts) else other(counts),
        found.pop() if found else "fixed",
        min(first.low, second.low),
        max(first.high, second.high),
    )


def _is_zero(part: Formula) -> bool:
    return part.low == part.high == 0


def _together(tree: ast.AST, parts: Sequence[Formula]) -> Direction:
    found = {part.direction for part in parts} - {"fixed"}
    if len(found) > 1:
        raise _unclear(tree)
    return found.pop() if found else "fixed"


def _unclear(tree: ast.AST) -> BadExpression:
    return _bad(tree, "unclear")


_TRUTHS = (Fraction(0), Fraction(1))
_OTHER_WAY: Mapping[Direction, Direction] = {"fixed": "fixed", "up": "down", "down": "up"}
_AT_ZERO: Mapping[type, type] = {ast.Eq: ast.LtE, ast.NotEq: ast.Gt}
_COMPARISONS: Mapping[type, Callable[[Fraction], bool]] = {
    ast.Gt: lambda value: value > 0,
    ast.GtE: lambda value: value >= 0,
    ast.Lt: lambda value: value < 0,
    ast.LtE: lambda value: value <= 0,
}
_HANDLERS: Mapping[type, Callable[..., Formula]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.UnaryOp: _sign,
    ast.BinOp: _arithmetic,
    ast.Call: _extreme,
    ast.BoolOp: _either,
    ast.Compare: _comparison,
    ast.IfExp: _choice,
}
