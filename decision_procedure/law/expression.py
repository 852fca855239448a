"""The expression language of duties: a strict subset of Python, type-checked at load, three-valued.

Names: `act` (the act tested), `it` (the member under test inside `any_of`, `all_of`, `count`), `decision`,
`traits`, `params`. Operators: `and`, `or`, `not`, comparisons, `in` a list of words. Functions: see
`functions.py`. Unknown is a value: `unknown and false` is false, `unknown or true` is true.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from decision_procedure.law.evidence import Node, Tree, Truth
from decision_procedure.law.facts import Facts
from decision_procedure.law.types import Bool, Many, Moment, Number, Thing, Type, Words, fields_of, name_of
from decision_procedure.model.acts import ACT_CLASSES, Act
from decision_procedure.model.decision import Decision, Traits
from decision_procedure.model.keys import key_label
from decision_procedure.model.vocabulary import domain_of, label


class Frame:
    """What one evaluation looks at. `until` is the minute up to which absences must be answered for."""

    __slots__ = ("act", "at", "facts", "item", "item_at", "until")

    def __init__(self, facts: Facts, act: Act | None, until: int) -> None:
        self.facts = facts
        self.act = act
        self.at: Any = "" if act is None else act.id
        self.until = until
        self.item: Any = None
        self.item_at: Any = None


Evaluate = Callable[[Frame], Tree]


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to run: its type, its evaluation, and whether it counts days."""

    kind: Type
    node: Node
    run: Evaluate
    counts_days: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name. `act` is the kinds of act tested; empty for the whole decision."""

    act: tuple[str, ...] = ()
    params: Mapping[str, int] = field(default_factory=dict)
    item: Type | None = None

    def inside(self, item: Type) -> Scope:
        """Return the scope of a condition on the members of a list."""
        return Scope(self.act, self.params, item)


class BadExpression(Exception):
    """An expression that cannot be used; `column` counts from 0 in its own text."""

    def __init__(self, zh: str, en: str, column: int = 0) -> None:
        self.zh, self.en, self.column = zh, en, column
        super().__init__(en)


def compile_condition(text: str, scope: Scope) -> Compiled:
    """Return the condition written in `text`. Raises BadExpression when it is not one."""
    if len(text) > 2000:
        raise BadExpression("表达式过长", "expression too long")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadExpression(f"语法错误:{text[:60]}", f"syntax error: {text[:60]}") from error
    compiled = compile_node(tree, scope)
    if not isinstance(compiled.kind, Bool):
        raise BadExpression(
            f"条件应为真假值:{text}", f"a condition is wanted, this is {name_of(compiled.kind)}: {text}"
        )
    return compiled


def compile_node(tree: ast.AST, scope: Scope) -> Compiled:
    """Return one part of an expression, compiled. Raises BadExpression."""
    handler = _HANDLERS.get(type(tree))
    if handler is None:
        raise _bad(tree, "不支持的写法", "not part of the language")
    return handler(tree, scope)


def literal_words(tree: ast.AST) -> tuple[str, ...]:
    """Return the words of a written list such as `["a", "b"]`. Raises BadExpression."""
    if isinstance(tree, ast.List | ast.Tuple):
        values = [
            item.value for item in tree.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)
        ]
        if len(values) == len(tree.elts):
            return tuple(values)
    raise _bad(tree, "此处应为文字列表", "a list of words is wanted")


def check_choice(tree: ast.AST, kind: Type, words: tuple[str, ...]) -> None:
    """Raise BadExpression, with a suggestion, for a word that a field can never hold."""
    if isinstance(kind, Words) and kind.choices is not None:
        for word in words:
            if word not in kind.choices:
                raise _bad(
                    tree,
                    f"没有此值:{word}{_hint(word, kind.choices)}",
                    f"no such word: {word}{_hint(word, kind.choices)}",
                )


def suggestion(word: str, known: Any) -> str:
    """Return a hint at the nearest known word, or nothing."""
    return _hint(word, known)


def _boolean_operator(tree: ast.BoolOp, scope: Scope) -> Compiled:
    parts = [_condition(value, scope) for value in tree.values]
    runs = tuple(part.run for part in parts)
    counts = any(part.counts_days for part in parts)
    is_and = isinstance(tree.op, ast.And)
    node = Node(
        "and" if is_and else "or",
        ast.unparse(tree),
        "同时满足" if is_and else "满足其一",
        "all of" if is_and else "any of",
    )
    decisive = not is_and

    def run(frame: Frame) -> Tree:
        children = tuple([part(frame) for part in runs])
        truth: Truth = not decisive
        for child in children:
            if child[2] is decisive:
                truth = decisive
                break
            if child[2] is None:
                truth = None
        return (node, truth, truth, None, children)

    return Compiled(Bool(), node, run, counts)


def _negation(tree: ast.UnaryOp, scope: Scope) -> Compiled:
    if not isinstance(tree.op, ast.Not):
        raise _bad(tree, "不支持的写法", "not part of the language")
    part = _condition(tree.operand, scope)
    node = Node("not", ast.unparse(tree), f"并非“{part.node.zh}”", f"not “{part.node.en}”")

    def run(frame: Frame) -> Tree:
        child = part.run(frame)
        truth = None if child[2] is None else not child[2]
        return (node, truth, truth, None, (child,))

    return Compiled(Bool(), node, run, part.counts_days)


def _constant(tree: ast.Constant, scope: Scope) -> Compiled:
    value = tree.value
    if not isinstance(value, bool | int | str):
        raise _bad(tree, "不支持的常量", "constant not allowed")
    kind: Type = Bool() if isinstance(value, bool) else Number() if isinstance(value, int) else Words()
    node = Node("value", ast.unparse(tree), str(value), str(value))
    result: Tree = (node, value, value if isinstance(value, bool) else None, None, ())
    return Compiled(kind, node, lambda _: result)


def _name(tree: ast.Name, scope: Scope) -> Compiled:
    if tree.id == "it" and scope.item is not None and not isinstance(scope.item, Thing):
        node = Node("field", "it", "该项", "it")
        return Compiled(scope.item, node, lambda frame: (node, frame.item, None, frame.item_at, ()))
    known = ("act", "it", "decision", "traits", "params")
    raise _bad(
        tree, f"未知名称:{tree.id}{_hint(tree.id, known)}", f"unknown name: {tree.id}{_hint(tree.id, known)}"
    )


def _attribute(tree: ast.Attribute, scope: Scope) -> Compiled:
    names = _dotted(tree)
    root, path = names[0], names[1:]
    if root == "params":
        return _param(tree, path, scope)
    if root == "traits":
        return _trait(tree, path)
    if root == "act":
        return _act_field(tree, path, scope)
    if root == "it":
        if not isinstance(scope.item, Thing) or len(path) != 1:
            raise _bad(tree, "此处没有 it", "there is no `it` here")
        return _plain_field(tree, path[0], fields_of(scope.item.model), "it")
    if root == "decision":
        return _decision_field(tree, path)
    known = ("act", "it", "decision", "traits", "params")
    raise _bad(tree, f"未知名称:{root}{_hint(root, known)}", f"unknown name: {root}{_hint(root, known)}")


def _param(tree: ast.AST, path: list[str], scope: Scope) -> Compiled:
    if len(path) != 1 or path[0] not in scope.params:
        name = ".".join(path)
        raise _bad(
            tree,
            f"未定义参数:{name}{_hint(name, scope.params)}",
            f"no such parameter: {name}{_hint(name, scope.params)}",
        )
    value = scope.params[path[0]]
    node = Node("value", f"params.{path[0]}", str(value), str(value))
    result: Tree = (node, value, None, None, ())
    return Compiled(Number(), node, lambda _: result)


def _trait(tree: ast.AST, path: list[str]) -> Compiled:
    name = ".".join(path)
    if name not in Traits.model_fields:
        known = Traits.model_fields
        raise _bad(
            tree, f"没有此特征:{name}{_hint(name, known)}", f"no such trait: {name}{_hint(name, known)}"
        )
    node = Node("trait", f"traits.{name}", key_label(name), key_label(name, "en"))
    place = ("", f"traits.{name}")

    def run(frame: Frame) -> Tree:
        trait = getattr(frame.facts.decision.traits, name)
        value = None if trait is None else trait.value
        return (node, value, value, place, ())

    return Compiled(Bool(), node, run)


def _act_field(tree: ast.AST, path: list[str], scope: Scope) -> Compiled:
    if not scope.act:
        raise _bad(tree, "此义务不针对单个行为,没有 act", "this duty tests no single act: there is no `act`")
    if len(path) != 1:
        raise _bad(tree, "字段层级过深", "field too deep")
    models = [ACT_CLASSES[kind] for kind in scope.act]
    shared = fields_of(models[0])
    for model in models[1:]:
        shared = {name: kind for name, kind in shared.items() if fields_of(model).get(name) == kind}
    return _plain_field(tree, path[0], shared, "act")


def _plain_field(tree: ast.AST, name: str, fields: Mapping[str, Type], root: str) -> Compiled:
    kind = fields.get(name)
    if kind is None:
        raise _bad(
            tree, f"没有此字段:{name}{_hint(name, fields)}", f"no such field: {name}{_hint(name, fields)}"
        )
    zh, en = key_label(name), key_label(name, "en")
    on_act = root == "act"
    if isinstance(kind, Many):
        return Compiled(kind, *_list_field(name, kind, Node("list", f"{root}.{name}", zh, en), on_act))
    node = Node("field", f"{root}.{name}", zh, en)
    if isinstance(kind, Bool):

        def run_flag(frame: Frame) -> Tree:
            value = getattr(frame.act if on_act else frame.item, name)
            return (node, value, value, (frame.at if on_act else frame.item_at, name), ())

        return Compiled(kind, node, run_flag)

    def run(frame: Frame) -> Tree:
        value = getattr(frame.act if on_act else frame.item, name)
        return (node, value, None, (frame.at if on_act else frame.item_at, name), ())

    return Compiled(kind, node, run)


def _list_field(name: str, kind: Many, node: Node, on_act: bool) -> tuple[Node, Evaluate]:
    complete = kind.complete

    def run(frame: Frame) -> Tree:
        owner = frame.act if on_act else frame.item
        stated = None if complete is None else getattr(owner, complete)
        closed = stated is True or (stated is None and frame.facts.assume_complete)
        return (node, getattr(owner, name), closed or None, (frame.at if on_act else frame.item_at, name), ())

    return node, run


def _decision_field(tree: ast.AST, path: list[str]) -> Compiled:
    kind: Type | None = Thing(Decision)
    for name in path:
        fields = fields_of(kind.model) if isinstance(kind, Thing) else {}
        kind = fields.get(name)
        if kind is None:
            raise _bad(
                tree, f"没有此字段:{name}{_hint(name, fields)}", f"no such field: {name}{_hint(name, fields)}"
            )
    if isinstance(kind, Many) and len(path) == 1:
        return _decision_list(path[0], kind)
    if not isinstance(kind, Bool | Number | Words | Moment):
        raise _bad(tree, "此字段不能直接使用", "this field cannot be used as it is")
    node = Node("field", "decision." + ".".join(path), key_label(path[-1]), key_label(path[-1], "en"))
    place = ("", ".".join(path))
    steps = tuple(path)
    is_flag = isinstance(kind, Bool)

    def run(frame: Frame) -> Tree:
        value: Any = frame.facts.decision
        for name in steps:
            value = None if value is None else getattr(value, name)
        return (node, value, value if is_flag else None, place, ())

    return Compiled(kind, node, run)


def _decision_list(name: str, kind: Many) -> Compiled:
    node = Node("list", f"decision.{name}", key_label(name), key_label(name, "en"))
    complete = kind.complete

    def run(frame: Frame) -> Tree:
        decision = frame.facts.decision
        stated = None if complete is None else getattr(decision, complete)
        return (node, getattr(decision, name), stated or None, ("", name), ())

    return Compiled(kind, node, run)


def _comparison(tree: ast.Compare, scope: Scope) -> Compiled:
    if len(tree.ops) != 1:
        raise _bad(tree, "不支持连续比较", "chained comparisons are not allowed")
    operator, right_tree = tree.ops[0], tree.comparators[0]
    left = compile_node(tree.left, scope)
    if isinstance(operator, ast.In | ast.NotIn):
        words = literal_words(right_tree)
        check_choice(right_tree, left.kind, words)
        return _membership(tree, left, words, negated=isinstance(operator, ast.NotIn))
    right = compile_node(right_tree, scope)
    if isinstance(left.kind, Number) and isinstance(right.kind, Number):
        return _number_comparison(tree, operator, left, right)
    if (
        isinstance(operator, ast.Eq | ast.NotEq)
        and isinstance(left.kind, Words)
        and isinstance(right.kind, Words)
    ):
        if isinstance(right_tree, ast.Constant):
            check_choice(right_tree, left.kind, (str(right_tree.value),))
        return _word_comparison(tree, left, right, negated=isinstance(operator, ast.NotEq))
    raise _bad(
        tree,
        "两边不能这样比较",
        f"cannot compare {name_of(left.kind)} with {name_of(right.kind)} in this way; dates take before(a, b)",
    )


def _membership(tree: ast.AST, left: Compiled, words: tuple[str, ...], *, negated: bool) -> Compiled:
    if not isinstance(left.kind, Words):
        raise _bad(tree, "in 的左边应为文字", "the left of `in` must be a text")
    allowed = frozenset(words)
    labels = [_word_labels(left.kind, word) for word in words]
    relation = ("不属于", "is none of") if negated else ("属于", "is one of")
    node = Node(
        "in",
        ast.unparse(tree),
        f"{left.node.zh}{relation[0]}:{'、'.join(zh for zh, _ in labels)}",
        f"{left.node.en} {relation[1]}: {', '.join(en for _, en in labels)}",
    )

    def run(frame: Frame) -> Tree:
        child = left.run(frame)
        truth = None if child[1] is None else (child[1] in allowed) is not negated
        return (node, truth, truth, None, (child,))

    return Compiled(Bool(), node, run)


def _word_comparison(tree: ast.AST, left: Compiled, right: Compiled, *, negated: bool) -> Compiled:
    zh, en = right.node.zh, right.node.en
    if right.node.operator == "value":
        zh, en = _word_labels(left.kind, str(right.run(Frame.__new__(Frame))[1]))
    relation = ("不是", "is not") if negated else ("是", "is")
    node = Node(
        "equal", ast.unparse(tree), f"{left.node.zh}{relation[0]}{zh}", f"{left.node.en} {relation[1]} {en}"
    )

    def run(frame: Frame) -> Tree:
        one, other = left.run(frame), right.run(frame)
        truth = None if one[1] is None or other[1] is None else (one[1] == other[1]) is not negated
        return (node, truth, truth, None, (one, other))

    return Compiled(Bool(), node, run)


def _word_labels(kind: Type, word: str) -> tuple[str, str]:
    domain = domain_of(kind.choices) if isinstance(kind, Words) and kind.choices else None
    return (label(domain, word), label(domain, word, "en")) if domain else (word, word)


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


def _number_comparison(tree: ast.AST, operator: ast.cmpop, left: Compiled, right: Compiled) -> Compiled:
    if right.node.operator != "value" or type(operator) not in _SIGNS:
        raise _bad(tree, "数字只能与常数或参数比较", "a number is compared with a constant or a parameter")
    sign, decide = _SIGNS[type(operator)]
    limit_tree = right.run(Frame.__new__(Frame))
    limit = int(limit_tree[1])
    days = left.kind.days if isinstance(left.kind, Number) else False
    text = f" {sign} {limit}"
    node = Node(
        "compare_days" if days else "compare", ast.unparse(tree), left.node.zh + text, left.node.en + text
    )

    def run(frame: Frame) -> Tree:
        child = left.run(frame)
        value = child[1]
        if value is None:
            return (node, None, None, None, (child, limit_tree))
        if isinstance(value, int):
            truth = decide(value, value, limit)
            return (node, truth, truth, None, (child, limit_tree))
        truth = decide(value[0], value[1], limit)
        other = decide(value[2], value[3], limit) if days else truth
        return (node, other, truth, None, (child, limit_tree))

    return Compiled(Bool(), node, run, counts_days=days)


def _call(tree: ast.Call, scope: Scope) -> Compiled:
    from decision_procedure.law.functions import FUNCTIONS

    if not isinstance(tree.func, ast.Name) or tree.keywords:
        raise _bad(tree, "只能调用列出的函数", "only the listed functions can be called")
    build = FUNCTIONS.get(tree.func.id)
    if build is None:
        name = tree.func.id
        raise _bad(
            tree,
            f"没有此函数:{name}{_hint(name, FUNCTIONS)}",
            f"no such function: {name}{_hint(name, FUNCTIONS)}",
        )
    return build(tree, scope)


def _condition(tree: ast.AST, scope: Scope) -> Compiled:
    compiled = compile_node(tree, scope)
    if not isinstance(compiled.kind, Bool):
        raise _bad(tree, "此处应为条件", f"a condition is wanted here, this is {name_of(compiled.kind)}")
    return compiled


def _dotted(tree: ast.Attribute) -> list[str]:
    names: list[str] = []
    part: ast.expr = tree
    while isinstance(part, ast.Attribute):
        names.append(part.attr)
        part = part.value
    if not isinstance(part, ast.Name):
        raise _bad(tree, "不支持的写法", "not part of the language")
    return [part.id, *reversed(names)]


def _bad(tree: ast.AST, zh: str, en: str) -> BadExpression:
    text = ast.unparse(tree)[:80] if isinstance(tree, ast.expr) else ""
    return BadExpression(f"{zh}({text})", f"{en} ({text})", getattr(tree, "col_offset", 0))


def _hint(word: str, known: Any) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" → {close[0]}?" if close else ""


_HANDLERS: dict[type[ast.AST], Callable[[Any, Scope], Compiled]] = {
    ast.BoolOp: _boolean_operator,
    ast.UnaryOp: _negation,
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Compare: _comparison,
    ast.Call: _call,
}
