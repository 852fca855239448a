"""The expression language of duties: a strict subset of Python, type-checked at load, three-valued.

Names: `act` (the act tested), `it` (the member under test inside `any_of`, `all_of`, `count`), `decision`,
`traits`, `params`. Operators: `and`, `or`, `not`, comparisons, `in` a list of words. Functions: see
`functions.py`. Unknown is a value: `unknown and false` is false, `unknown or true` is true.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from decision_procedure.law import fields
from decision_procedure.law.evidence import Node, Tree, Truth, joined
from decision_procedure.law.functions import FUNCTIONS
from decision_procedure.law.language import (
    BadExpression,
    Compiled,
    Frame,
    Scope,
    bad,
    check_choice,
    condition,
    constant,
    constant_value,
    literal_words,
    operation,
    presupposing,
    unknown,
    word_labels,
)
from decision_procedure.law.naming import names_in
from decision_procedure.law.types import Bool, Number, Text, name_of
from decision_procedure.model.dates import NOT_DONE
from decision_procedure.sources.characters import is_no_text

__all__ = ["BadExpression", "Compiled", "Frame", "Scope", "compile_condition", "compile_part"]

_LONGEST = 2000


def compile_condition(text: str, scope: Scope) -> Compiled:
    """Return the condition written in `text`. Raises BadExpression when it is not one."""
    if len(text) > _LONGEST:
        raise BadExpression("表达式过长", "expression too long")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        _refuse_unseen(tree)
        return replace(condition(tree, scope, compile_part), names=names_in(tree, scope.act, scope.kinds))
    except (SyntaxError, ValueError) as error:
        raise BadExpression(f"语法错误：{text[:60]}", f"syntax error: {text[:60]}") from error
    except (RecursionError, MemoryError) as error:
        raise BadExpression(f"嵌套过深：{text[:60]}", f"nested too deeply: {text[:60]}") from error


def _refuse_unseen(tree: ast.AST) -> None:
    """Refuse what a condition spells by escapes (a backslash and `x1b`) and no text of a file of law may hold."""
    for part in ast.walk(tree):
        if (
            isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and any(map(is_no_text, part.value))
        ):
            raise bad(
                part,
                "不得有控制字符或者看不见的字符",
                "no control character or unseen character may stand here",
            )


def compile_part(tree: ast.AST, scope: Scope) -> Compiled:
    """Return a part of an expression: a condition, a list, or any other value. Raises BadExpression."""
    handler = _HANDLERS.get(type(tree))
    if handler is None:
        raise bad(tree, "不支持的写法", "not part of the language")
    return handler(tree, scope)


def _boolean_operator(tree: ast.BoolOp, scope: Scope) -> Compiled:
    parts = [condition(value, scope, compile_part) for value in tree.values]
    runs, decides = [part.run for part in parts], [part.decide for part in parts]
    is_and = isinstance(tree.op, ast.And)
    zh, en = ("同时满足", "all of") if is_and else ("满足其一", "any of")
    node = Node("and" if is_and else "or", ast.unparse(tree), zh, en)
    decisive = not is_and

    def run(frame: Frame) -> Tree:
        children = tuple([part(frame) for part in runs])
        truths = [child.truth for child in children]
        truth = joined(truths, decisive=decisive)
        return Tree(node, truth, truth, None, children)

    def decide(frame: Frame) -> Truth:
        found: Truth = is_and
        for part in decides:
            truth: Truth = part(frame)
            if truth is decisive:
                return decisive
            if truth is None:
                found = None
        return found

    return Compiled(Bool(), node, run, decide, any(part.counts_days for part in parts))


def _negation(tree: ast.UnaryOp, scope: Scope) -> Compiled:
    if not isinstance(tree.op, ast.Not):
        raise bad(tree, "不支持的写法", "not part of the language")
    part = condition(tree.operand, replace(scope, negated=not scope.negated), compile_part)
    holds = part.decide
    node = Node("not", ast.unparse(tree), f"并非“{part.node.zh}”", f"not “{part.node.en}”")

    def decide(frame: Frame) -> Truth:
        truth: Truth = holds(frame)
        return None if truth is None else not truth

    def run(frame: Frame) -> Tree:
        truth = decide(frame)
        return Tree(node, truth, truth, None, (part.run(frame),))

    return Compiled(Bool(), node, run, decide, part.counts_days)


def _constant(tree: ast.Constant, scope: Scope) -> Compiled:
    value = tree.value
    if isinstance(value, bool):
        return constant(Bool(), value, ast.unparse(tree))
    if isinstance(value, int):
        return constant(Number(), value, ast.unparse(tree))
    if isinstance(value, str):
        return constant(Text(), value, ast.unparse(tree))
    raise bad(tree, "不支持的常量", "constant not allowed")


def _comparison(tree: ast.Compare, scope: Scope) -> Compiled:
    if len(tree.ops) != 1:
        raise bad(tree, "不支持连续比较", "chained comparisons are not allowed")
    operator, right_tree = tree.ops[0], tree.comparators[0]
    left = compile_part(tree.left, scope)
    if isinstance(operator, ast.In | ast.NotIn):
        words = literal_words(right_tree)
        check_choice(right_tree, left.kind, words)
        return _membership(tree, left, words, scope, negated=isinstance(operator, ast.NotIn))
    right = compile_part(right_tree, scope)
    if isinstance(left.kind, Number) and isinstance(right.kind, Number):
        return _number_comparison(tree, operator, left, right, scope)
    are_words = isinstance(left.kind, Text) and isinstance(right.kind, Text)
    if isinstance(operator, ast.Eq | ast.NotEq) and are_words:
        if isinstance(right_tree, ast.Constant):
            check_choice(right_tree, left.kind, (str(right_tree.value),))
        return _word_comparison(tree, left, right, scope, negated=isinstance(operator, ast.NotEq))
    raise bad(
        tree,
        "两边不能这样比较",
        f"cannot compare {name_of(left.kind)} with {name_of(right.kind)} in this way; dates take before(a, b)",
    )


def _membership(
    tree: ast.AST, left: Compiled, words: tuple[str, ...], scope: Scope, *, negated: bool
) -> Compiled:
    if not isinstance(left.kind, Text):
        raise bad(tree, "in 的左边应为文字", "the left of `in` must be a text")
    allowed = frozenset(words)
    labels = [word_labels(left.kind, word, scope.kinds) for word in words]
    relation = ("不属于", "is none of") if negated else ("属于", "is one of")
    node = Node(
        "in",
        ast.unparse(tree),
        f"{left.node.zh}{relation[0]}：{'、'.join(zh for zh, _ in labels)}",
        f"{left.node.en} {relation[1]}: {', '.join(en for _, en in labels)}",
    )

    return operation(
        Bool(), node, [left], lambda word: None if word is None else (word in allowed) is not negated
    )


def _word_comparison(
    tree: ast.AST, left: Compiled, right: Compiled, scope: Scope, *, negated: bool
) -> Compiled:
    zh, en = right.node.zh, right.node.en
    if right.node.operator == "value":
        zh, en = word_labels(left.kind, str(constant_value(right)), scope.kinds)
    relation = ("不是", "is not") if negated else ("是", "is")
    node = Node(
        "equal", ast.unparse(tree), f"{left.node.zh}{relation[0]}{zh}", f"{left.node.en} {relation[1]} {en}"
    )

    def compared(one: str | None, other: str | None) -> Truth:
        return None if one is None or other is None else (one == other) is not negated

    return operation(Bool(), node, [left, right], compared)


# Each operator on a number known as least and greatest value: true, false, or unknown between them.
_SIGNS: dict[type[ast.cmpop], tuple[str, Callable[[int, int, int], Truth]]] = {
    ast.GtE: ("≥", lambda low, high, limit: True if low >= limit else (False if high < limit else None)),
    ast.Gt: (">", lambda low, high, limit: True if low > limit else (False if high <= limit else None)),
    ast.LtE: ("≤", lambda low, high, limit: True if high <= limit else (False if low > limit else None)),
    ast.Lt: ("<", lambda low, high, limit: True if high < limit else (False if low >= limit else None)),
    ast.Eq: (
        "=",
        lambda low, high, limit: low == limit if low == high else (None if low <= limit <= high else False),
    ),
}


def _number_comparison(
    tree: ast.AST, operator: ast.cmpop, left: Compiled, right: Compiled, scope: Scope
) -> Compiled:
    if right.node.operator != "value" or type(operator) not in _SIGNS:
        raise bad(tree, "数字只能与常数或参数比较", "a number is compared with a constant or a parameter")
    sign, decide = _SIGNS[type(operator)]
    limit = int(constant_value(right))
    days = left.kind.days if isinstance(left.kind, Number) else False
    text = f" {sign} {limit}"
    node = Node(
        "compare_days" if days else "compare", ast.unparse(tree), left.node.zh + text, left.node.en + text
    )

    # What did not happen did not take so long, nor come so early; that it took no longer is open.
    of_nothing = False if sign in ("≥", ">") else None

    def by_either_reading(value: Any) -> tuple[Truth, Truth]:
        if value is None:
            return None, None
        if value == NOT_DONE:
            return of_nothing, of_nothing
        if isinstance(value, int):
            truth = decide(value, value, limit)
            return truth, truth
        truth = decide(value[0], value[1], limit)
        return truth, decide(value[2], value[3], limit) if days else truth

    def run(frame: Frame) -> Tree:
        child = left.run(frame)
        truth, other = by_either_reading(child.value)
        return Tree(node, other, truth, None, (child, right.run(frame)))

    number = left.decide
    compiled = Compiled(Bool(), node, run, lambda frame: by_either_reading(number(frame))[0], days)
    return compiled if of_nothing is None else presupposing(compiled, [left], scope)


def _call(tree: ast.Call, scope: Scope) -> Compiled:
    if not isinstance(tree.func, ast.Name) or tree.keywords:
        raise bad(tree, "只能调用列出的函数", "only the listed functions can be called")
    build = FUNCTIONS.get(tree.func.id)
    if build is None:
        raise unknown(tree, "没有此函数", "no such function", tree.func.id, FUNCTIONS)
    return build(tree, scope, compile_part)


_HANDLERS: dict[type[ast.AST], Callable[[Any, Scope], Compiled]] = {
    ast.BoolOp: _boolean_operator,
    ast.UnaryOp: _negation,
    ast.Constant: _constant,
    ast.Name: fields.name,
    ast.Attribute: fields.attribute,
    ast.Compare: _comparison,
    ast.Call: _call,
}
