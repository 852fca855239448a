"""What a part of a condition names, read off its text: the function, the words, the sign of a comparison."""

from __future__ import annotations

import ast

from decision_procedure.law.language import parsed

_SIGNS: dict[type[ast.cmpop], str] = {ast.GtE: ">=", ast.Gt: ">", ast.LtE: "<=", ast.Lt: "<", ast.Eq: "=="}


def function_of(text: str) -> str:
    """Return the function that is called; empty where it is no call."""
    match parsed(text):
        case ast.Call(func=ast.Name(name)):
            return name
    return ""


def sign_of(text: str) -> str:
    """Return the sign of a comparison, such as `>=`; empty where it compares no sizes."""
    match parsed(text):
        case ast.Compare(ops=[sign]):
            return _SIGNS.get(type(sign), "")
    return ""


def words_of(text: str) -> list[str]:
    """Return the words that a call is given, `document("a", "b")`."""
    match parsed(text):
        case ast.Call(args=parts):
            return _texts(parts)
    return []


def words_covered(text: str) -> list[str]:
    """Return the words that a list is to hold, `covers(list, ["a", "b"])` or `includes(list, "a")`."""
    match parsed(text):
        case ast.Call(args=[_, ast.Constant(str(word))]):
            return [word]
        case ast.Call(args=[_, ast.List(elts=items)]):
            return _texts(items)
    return []


def words_wanted(text: str) -> tuple[list[str], bool]:
    """Return the words that a comparison names, and whether it holds where the value is one of them."""
    match parsed(text):
        case ast.Compare(ops=[sign], comparators=[ast.Constant(str(word))]):
            return [word], not isinstance(sign, ast.NotEq)
        case ast.Compare(ops=[sign], comparators=[ast.List(elts=items)]):
            return _texts(items), not isinstance(sign, ast.NotIn)
    return [], True


def _texts(parts: list[ast.expr]) -> list[str]:
    return [str(part.value) for part in parts if isinstance(part, ast.Constant)]


__all__ = ["function_of", "sign_of", "words_covered", "words_of", "words_wanted"]
