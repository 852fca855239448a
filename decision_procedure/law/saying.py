"""Conditions of the law in words: the same labels as the evidence of a verdict, without a record."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from decision_procedure.law.expression import compile_part
from decision_procedure.law.language import Scope, parsed
from decision_procedure.law.types import Many
from decision_procedure.wording import Words


def told_parts(text: str, scope: Scope, lang: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of a condition in words, each before those that it is made of, and how deep it stands."""
    yield from _told(parsed(text), scope, Words(lang, "condition"), 0)


def _told(tree: ast.expr, scope: Scope, words: Words, depth: int) -> Iterator[tuple[str, int]]:
    def label(part: ast.expr) -> str:
        return words.said(compile_part(part, scope).node)

    head, parts, inside, last = "", list[ast.expr](), scope, []
    match tree:
        case ast.BoolOp(joint, parts):
            head = words.say("and" if isinstance(joint, ast.And) else "or")
        case ast.UnaryOp(operand=part) if _has_parts(part):
            head, parts = words.say("not"), [part]
        case ast.Call(ast.Name("any_of" | "all_of" as name), [members, part]):
            head, parts, inside = words.say(name, source=label(members)), [part], _inside(members, scope)
        case ast.Call(ast.Name("first_known"), parts):
            head = words.say("first_known")
        case ast.Call(ast.Name("in_whole_text"), [part, whole]):
            head, parts = words.say("in_whole_text"), [part]
            last = [(words.say("whole_text", complete=label(whole)), depth + 1)]
        case ast.Compare(ast.Call(ast.Name("count"), [members, part])):
            head, parts, inside = words.say("count", whole=label(tree)), [part], _inside(members, scope)
    yield head or label(tree), depth
    for part in parts:
        yield from _told(part, inside, words, depth + 1)
    yield from last


def _has_parts(tree: ast.expr) -> bool:
    match tree:
        case ast.BoolOp() | ast.Call(ast.Name("any_of" | "all_of" | "first_known" | "in_whole_text")):
            return True
    return False


def _inside(members: ast.expr, scope: Scope) -> Scope:
    kind = compile_part(members, scope).kind
    return scope.inside(kind.item) if isinstance(kind, Many) else scope
