"""Checking the arguments of a function call in an expression."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from decision_procedure.law.language import (
    BadExpression,
    Compile,
    Compiled,
    Scope,
    bad,
    literal_words,
    unknown,
)
from decision_procedure.law.types import Many, Thing, Type, name_of

Builder = Callable[[ast.Call, Scope, Compile], Compiled]


def typed(call: ast.Call, scope: Scope, compile_: Compile, *kinds: type[Any]) -> list[Compiled]:
    """Return the arguments, which must be of these types. Raises BadExpression."""
    if len(call.args) != len(kinds):
        raise bad(call, f"应有 {len(kinds)} 个参数", f"{len(kinds)} arguments are wanted")
    compiled = [compile_(argument, scope) for argument in call.args]
    for part, kind in zip(compiled, kinds, strict=True):
        if not isinstance(part.kind, kind):
            raise bad(call, f"参数类型不符：{part.node.text}", f"{part.node.text} is {name_of(part.kind)}")
    return compiled


def list_first(call: ast.Call, scope: Scope, compile_: Compile) -> tuple[Compiled, Type]:
    """Return the first argument, which must be a list, and the type of its members. Raises BadExpression."""
    if not call.args:
        raise bad(call, "缺少参数", "an argument is missing")
    source = compile_(call.args[0], scope)
    if not isinstance(source.kind, Many):
        raise bad(
            call, "第一个参数应为列表", f"the first argument must be a list, it is {name_of(source.kind)}"
        )
    return source, source.kind.item


def act_kinds(call: ast.Call, scope: Scope) -> tuple[str, ...]:
    """Return the arguments, which must be kinds of act. Raises BadExpression."""
    kinds = words(call)
    for kind in kinds:
        if kind not in scope.kinds.acts:
            raise unknown(call, "没有这种行为", "no such kind of act", kind, scope.kinds.acts)
    if not kinds:
        raise bad(call, "缺少行为种类", "a kind of act is wanted")
    return kinds


def list_of_kind(call: ast.Call, scope: Scope, kinds: Sequence[str]) -> str:
    """Return the first argument, which must be one of these kinds of act. Raises BadExpression."""
    first = call.args[0] if call.args else None
    kind = first.value if isinstance(first, ast.Constant) else None
    if not scope.act or kind not in kinds:
        raise bad(
            call,
            f"第一个参数应为 {'、'.join(kinds)} 之一",
            f"the first argument is one of {', '.join(kinds)}",
        )
    return str(kind)


def words(call: ast.Call) -> tuple[str, ...]:
    """Return the arguments, which must be words. Raises BadExpression."""
    return literal_words(ast.List(elts=call.args, ctx=ast.Load()))


def inside_acts(call: ast.Call, scope: Scope) -> None:
    """Raise BadExpression unless the call, which takes no argument, stands inside a list of acts."""
    if call.args or not scope.act or not isinstance(scope.item, Thing):
        name = ast.unparse(call.func)
        raise bad(call, f"{name}() 只能用于行为列表", f"{name}() belongs inside a list of acts")


def subject(part: Compiled) -> tuple[str, str]:
    """Return what a date belongs to, as people read it: "its date" for a member of a list."""
    if part.node.text.startswith("it."):
        return f"其{part.node.zh}", f"its {part.node.en}"
    return part.node.zh, part.node.en


__all__ = [
    "BadExpression",
    "Builder",
    "act_kinds",
    "inside_acts",
    "list_first",
    "list_of_kind",
    "subject",
    "typed",
    "words",
]
