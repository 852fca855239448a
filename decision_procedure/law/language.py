"""What every part of the expression language shares: scopes, compiled pieces, frames, faults."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default
from functools import lru_cache
from typing import Any

from decision_procedure.errors import hint
from decision_procedure.law.evidence import Node, Tree, Truth
from decision_procedure.law.facts import Facts
from decision_procedure.law.types import Bool, Many, Number, Text, Type, name_of
from decision_procedure.model.acts import Act
from decision_procedure.model.dates import NOT_DONE
from decision_procedure.model.kinds import SHIPPED, Kinds


class Frame:
    """What one evaluation looks at.

    `until` is the minute up to which absences must be answered for, never later than the facts reach.
    `limit`, where given, is the act by which what is looked at must have ended (`passage.Limit`). `item` is the member under test inside a list, `item_at` where it stands in the record.
    """

    __slots__ = ("act", "facts", "item", "item_at", "limit", "until")

    def __init__(self, facts: Facts, act: Act | None, until: int, limit: Any = None) -> None:
        self.facts = facts
        self.limit = limit
        self.act: Any = act
        self.until = until if until < facts.now else facts.now
        self.item: Any = None
        self.item_at: Any = None

    @property
    def at(self) -> str:
        """The identifier of the act tested; empty for the decision as a whole."""
        return "" if self.act is None else self.act.id


Evaluate = Callable[[Frame], Tree]
Decide = Callable[[Frame], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to run.

    `decide` returns what it comes to: the truth of a condition, the members of a list and whether it is whole,
    the value of anything else. `run` returns the same with the evidence. `counts_days`: whether it counts days.
    `names` is what a whole condition names in the record (`naming`); empty for its parts.
    """

    kind: Type
    node: Node
    run: Evaluate
    decide: Decide
    counts_days: bool = False
    names: frozenset[str] = frozenset()


# A condition on members of members is all that any text of law has needed.
_DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name. `act` is the kinds of act tested; empty for the whole decision.

    `negated`: the expression stands under an odd number of `not` (see `presupposing`). `depth`: how many conditions
    on members of lists it stands in. `kinds`: what the records tested may hold.
    """

    act: tuple[str, ...] = ()
    params: Mapping[str, int] = default(default_factory=dict)
    item: Type | None = None
    negated: bool = False
    depth: int = 0
    kinds: Kinds = SHIPPED

    def inside(self, item: Type) -> Scope:
        """Return the scope of a condition on the members of a list, one level deeper.

        Raises BadExpression for lists within lists within lists: each level takes the time of all below it.
        """
        if self.depth >= _DEEPEST:
            raise BadExpression(
                f"对列表成员的条件嵌套超过 {_DEEPEST} 层",
                f"conditions on members of lists nested deeper than {_DEEPEST} levels",
            )
        return Scope(self.act, self.params, item, depth=self.depth + 1, kinds=self.kinds)


Compile = Callable[[ast.AST, Scope], Compiled]


class BadExpression(Exception):
    """An expression that cannot be used; `column` counts from 0 in its own text."""

    def __init__(self, zh: str, en: str, column: int = 0) -> None:
        self.zh, self.en, self.column = zh, en, column
        super().__init__(en)


def field(kind: Type, node: Node, read: Decide, place: Callable[[Frame], Any]) -> Compiled:
    """Return a value of the record: how it is read, and where it stands."""
    is_list, is_flag = isinstance(kind, Many), isinstance(kind, Bool)

    def run(frame: Frame) -> Tree:
        value = read(frame)
        if is_list:
            return Tree(node, value[0], value[1], place(frame), ())
        return Tree(node, value, value if is_flag else None, place(frame), ())

    return Compiled(kind, node, run, read)


def operation(
    kind: Type,
    node: Node,
    parts: Sequence[Compiled],
    combine: Callable[..., Any],
    *,
    place: Any = None,
    counts_days: bool = False,
) -> Compiled:
    """Return an operation on one or two parts: `combine` makes its result of theirs."""
    is_flag = isinstance(kind, Bool)
    runs = [(part.run, part.kind) for part in parts]

    def run(frame: Frame) -> Tree:
        children = tuple([part(frame) for part, _ in runs])
        value = combine(*[came_to(child, kind) for child, (_, kind) in zip(children, runs, strict=True)])
        return Tree(node, value, value if is_flag else None, place, children)

    one = parts[0].decide
    if len(parts) == 1:
        return Compiled(kind, node, run, lambda frame: combine(one(frame)), counts_days)
    _, other = [part.decide for part in parts]
    return Compiled(kind, node, run, lambda frame: combine(one(frame), other(frame)), counts_days)


def presupposing(compiled: Compiled, parts: Sequence[Compiled], scope: Scope) -> Compiled:
    """Return a condition that presupposes that the events whose dates are its parts happened.

    Of one that did not happen it is false, and so is its negation: under `not` it therefore comes to true,
    while its evidence shows what it is.
    """
    if not scope.negated:
        return compiled
    dates, holds = [part.decide for part in parts], compiled.decide

    def decide(frame: Frame) -> Truth:
        return True if any(date(frame) == NOT_DONE for date in dates) else holds(frame)

    return replace(compiled, decide=decide)


@lru_cache(maxsize=4096)
def parsed(text: str) -> ast.expr:
    """Return the tree of a condition that a pack was loaded with."""
    return ast.parse(text.strip(), mode="eval").body


def with_words(text: str, changed: Callable[[str], str]) -> str:
    """Return a condition that a pack was loaded with, each word that is written in it changed."""
    tree = ast.parse(text.strip(), mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = changed(node.value)
    return ast.unparse(tree)


def came_to(tree: Tree, kind: Type) -> Any:
    """Return what an evaluation of this type came to, as `Compiled.decide` does."""
    if isinstance(kind, Bool):
        return tree.truth
    return (tree.value, tree.truth) if isinstance(kind, Many) else tree.value


def bad(tree: ast.AST, zh: str, en: str) -> BadExpression:
    """Return the error for one part of an expression, quoting it."""
    text = ast.unparse(tree)[:80] if isinstance(tree, ast.expr) else ""
    return BadExpression(f"{zh}（{text}）", f"{en} ({text})", getattr(tree, "col_offset", 0))


def unknown(tree: ast.AST, zh: str, en: str, name: str, known: Iterable[str]) -> BadExpression:
    """Return the error for a name that does not exist, with the nearest one that does."""
    told = f"{name}{hint(name, known)}"
    return bad(tree, f"{zh}：{told}", f"{en}: {told}")


def condition(tree: ast.AST, scope: Scope, compile_: Compile) -> Compiled:
    """Return a part of an expression that must be a condition. Raises BadExpression."""
    compiled = compile_(tree, scope)
    if not isinstance(compiled.kind, Bool):
        raise bad(tree, "此处应为条件", f"a condition is wanted here, this is {name_of(compiled.kind)}")
    return compiled


def literal_words(tree: ast.AST) -> tuple[str, ...]:
    """Return the words of a written list such as `["a", "b"]`. Raises BadExpression."""
    if isinstance(tree, ast.List | ast.Tuple):
        values = [
            item.value for item in tree.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)
        ]
        if len(values) == len(tree.elts):
            return tuple(values)
    raise bad(tree, "此处应为文字列表", "a list of words is wanted")


def check_choice(tree: ast.AST, kind: Type, words: tuple[str, ...]) -> None:
    """Raise BadExpression, with a suggestion, for a word that a field can never hold."""
    if isinstance(kind, Text) and kind.choices is not None:
        for word in words:
            if word not in kind.choices:
                raise unknown(tree, "没有此值", "no such word", word, kind.choices)


def word_labels(kind: Type, word: str, kinds: Kinds) -> tuple[str, str]:
    """Return a word of a field as people read it, in Chinese and English."""
    called = kinds.words(kind.choices) if isinstance(kind, Text) and kind.choices else None
    return (called or {}).get(word, (word, word))


_CERTAIN = {True: ("始终成立", "always"), False: ("从不成立", "never")}


def constant(kind: Bool | Number | Text, value: Any, text: str) -> Compiled:
    """Return a value written in the law itself."""
    zh, en = _CERTAIN[value] if isinstance(value, bool) else (str(value), str(value))
    node = Node("value", text, zh, en)
    result: Tree = Tree(node, value, value if isinstance(value, bool) else None, None, ())
    return Compiled(kind, node, lambda _: result, lambda _: value)


def constant_value(compiled: Compiled) -> Any:
    """Return the value of a constant."""
    return compiled.decide(None)  # type: ignore[arg-type]  # a constant looks at no frame
