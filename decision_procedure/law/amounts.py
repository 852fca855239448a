"""Words on amounts: an odd number, a share of a whole."""

from __future__ import annotations

import ast
from calendar import isleap
from datetime import date
from typing import Any

from decision_procedure.law.arguments import typed
from decision_procedure.law.evidence import Node, Tree, Truth
from decision_procedure.law.language import Compile, Compiled, Frame, Scope, bad, constant_value, operation
from decision_procedure.law.types import Bool, Moment, Number
from decision_procedure.law.words import NOTHING, word
from decision_procedure.model.dates import NOT_DONE, PartialDate


@word("odd", NOTHING)
def odd(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`odd(number)`: the number is odd; unknown where it is not known exactly."""
    (source,) = typed(call, scope, compile_, Number)
    node = Node("odd", ast.unparse(call), f"{source.node.zh}为单数", f"{source.node.en} is odd")
    return operation(Bool(), node, [source], _is_odd)


@word("share", NOTHING)
def share(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`share(part, whole, 2, 3)`: the part is at least two thirds of the whole; a part of nothing is."""
    counted = typed(call, scope, compile_, Number, Number, Number, Number)
    part, whole, *parts = counted
    if any(item.node.operator != "value" for item in parts):
        raise bad(call, "份额应为常数或参数", "a share is a constant or a parameter")
    above, below = (int(constant_value(item)) for item in parts)
    text = f"{above}/{below}"
    node = Node(
        "share",
        ast.unparse(call),
        f"{part.node.zh}不少于{whole.node.zh}的{text}",
        f"{part.node.en} at least {text} of {whole.node.en}",
    )

    def run(frame: Frame) -> Tree:
        one, all_ = part.run(frame), whole.run(frame)
        truth = _is_share(one.value, all_.value, above, below)
        return Tree(node, text, truth, None, (one, all_))

    def decide(frame: Frame) -> Truth:
        return _is_share(part.decide(frame), whole.decide(frame), above, below)

    return Compiled(Bool(), node, run, decide)


@word("within_years", NOTHING)
def within_years(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`within_years(start, end, 1)`: the end lies not later than that many years after the start, to the day."""
    start, end, number = typed(call, scope, compile_, Moment, Moment, Number)
    if number.node.operator != "value":
        raise bad(call, "年数应为常数或参数", "the years are a constant or a parameter")
    years = int(constant_value(number))
    node = Node(
        "within",
        ast.unparse(call),
        f"{end.node.zh}在{start.node.zh}之后不超过{years}年",
        f"{end.node.en} not later than {years} years after {start.node.en}",
    )

    def truth(one: PartialDate | None, other: PartialDate | None) -> Truth:
        if one is None or other is None or NOT_DONE in (one, other):
            return None
        if other.last_day <= _years_on(one.first_day, years):
            return True
        return False if other.first_day > _years_on(one.last_day, years) else None

    return operation(Bool(), node, [start, end], truth)


def _years_on(day: int, years: int) -> int:
    """Return the same day of a later year; the last of February where there is no 29th.

    An open beginning stays open; what no calendar holds is its last day.
    """
    if day < 1:
        return day
    start = date.fromordinal(day)
    year = start.year + years
    if year > date.max.year:
        return date.max.toordinal()
    leap = (start.month, start.day) == (2, 29) and not isleap(year)
    return start.replace(year=year, day=28 if leap else start.day).toordinal()


def _is_odd(number: Any) -> Truth:
    low, high = _span(number)
    return None if low is None or low != high else low % 2 == 1


def _is_share(part: Any, whole: Any, above: int, below: int) -> Truth:
    (low, high), (least, most) = _span(part), _span(whole)
    if low is None or least is None:
        return None
    if low * below >= most * above:
        return True
    return False if high * below < least * above else None


def _span(number: Any) -> tuple[Any, Any]:
    """Return the least and the greatest that a number can be; None twice where it is not known."""
    if number is None or isinstance(number, int):
        return number, number
    return number[0], number[1]
