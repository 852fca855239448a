"""JSON by the standard parser, with a walk over its tokens where positions are wanted or doubts arose."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import islice
from typing import Any

from decision_procedure.sources.faults import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    TOO_DEEP,
    TOO_MUCH,
    Faults,
    Flaw,
    translated,
)
from decision_procedure.sources.tree import (
    NEWLINE,
    Builder,
    SourceNode,
    construct,
    line_of,
    number,
    text_flaw,
)

# Beyond this many brackets the depth is measured before the standard parser, which recurses, sees the text.
_SHALLOW = 500

# What is left open reaches to the end of the text: were it no match, the search would begin anew at every character.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
_BRACKET = re.compile(rf'(?:[^"\[\]{{}}]++|{_STRING})*+([\[\]{{}}]|\Z)', re.DOTALL)
_TOKEN = re.compile(rf'{_STRING}|[\[\]{{}}]|[^"\[\]{{}}\s,:]+', re.DOTALL)
_DOUBTFUL_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_INNER_COLON = re.compile(r':(?<!["\s]:)')
_WORDS = {"true": True, "false": False, "null": None}
_CONSTANTS = ("NaN", "Infinity", "-Infinity")
_NOT_A_NUMBER = Flaw("NaN 和 Infinity 不是 JSON 数字", "NaN and Infinity are no JSON numbers")

_PROBLEMS = {
    "Expecting property name": "此处应有双引号括起的键（检查多余的逗号）",
    "Expecting ':'": "缺少冒号",
    "Expecting ','": "缺少逗号或者括号",
    "Expecting value": "此处应有值（检查多余的逗号、单引号）",
    "Illegal trailing comma": "多余的逗号",
    "Unterminated string": "文字缺少结尾的双引号",
    "Invalid control character": "文字中有未转义的换行、制表符等控制字符",
    "Invalid \\": "转义符号 \\ 用法不对",
    "Extra data": "结尾之后还有内容",
}


def load_json(text: str, faults: Faults) -> Any:
    """Return the data of one JSON text. Raises UnusableInput with every fault found."""
    brackets = text.count("[") + text.count("{")
    if brackets > _SHALLOW:
        _refuse_depth(text, faults)
    data, doubtful = _loads(text, faults)
    if MAX_DEPTH < brackets <= _SHALLOW and _is_deep(data):
        _refuse_depth(text, faults)
    if text.count(",") + text.count(":") + brackets >= MAX_NODES:
        _refuse_too_much(text, faults)
    if doubtful or ("\\u" in text and _DOUBTFUL_ESCAPE.search(text)):
        tree = compose_json(text, faults)
        if tree is not None:
            construct(tree, faults)
        faults.raise_any()
    return data


def is_plain(text: str) -> bool:
    """Return whether a JSON text is of common size, without escapes of NUL or of half a character."""
    return len(text) <= MAX_NODES and not ("\\" in text and _DOUBTFUL_ESCAPE.search(text))


def has_no_more_keys(text: str, number: int) -> bool:
    """Return whether a JSON text surely holds no more keys than `number`; False may mean: not sure.

    The colon of a key follows its closing quote or blank space. Any other colon is part of a string, and one
    in a string that looks like a key's makes the count too high, never too low.
    """
    colons = text.count(":")
    return colons <= number or colons - len(_INNER_COLON.findall(text)) <= number


def compose_json(text: str, faults: Faults) -> SourceNode | None:
    """Return the tree of a text that the standard parser has accepted."""
    tree = Builder(faults)
    breaks = [match.end() for match in NEWLINE.finditer(text)]
    for match in _TOKEN.finditer(text):
        word, line = match[0], faults.first_line + bisect_right(breaks, match.start())
        if word in ("[", "{"):
            tree.add(SourceNode(line, items=[], is_map=word == "{"))
        elif word in ("]", "}"):
            tree.close()
        else:
            tree.add(_scalar(word, line))
    return tree.root


def _scalar(word: str, line: int) -> SourceNode:
    if word.startswith('"'):
        value = json.loads(word)
        return SourceNode(line, value, text_flaw(value))
    if word in _WORDS:
        return SourceNode(line, _WORDS[word])
    if word in _CONSTANTS:
        return SourceNode(line, None, _NOT_A_NUMBER)
    return SourceNode(line, *number(word))


def _loads(text: str, faults: Faults) -> tuple[Any, bool]:
    """Return the data, and whether a key, a number or a word in it is doubtful. Refuses broken syntax."""
    doubts: list[object] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) != len(pairs):
            doubts.append(pairs)
        return data

    def sound(digits: str) -> Any:
        if len(digits) < MAX_DIGITS and digits.isdecimal():
            return int(digits)
        value, flaw = number(digits)
        if flaw:
            doubts.append(flaw)
        return value

    try:
        data = json.loads(
            text, object_pairs_hook=unique, parse_int=sound, parse_float=sound, parse_constant=doubts.append
        )
    except json.JSONDecodeError as error:
        place, problem = error.pos, error.msg
    else:
        return data, bool(doubts)
    # Raised out here, because the parser's error would keep the whole text alive.
    zh, line = translated(problem, _PROBLEMS), line_of(text, place, faults.first_line)
    raise faults.fatal(line, Flaw(f"JSON 语法错误：{zh}", f"JSON syntax: {problem}"))


def _refuse_depth(text: str, faults: Faults) -> None:
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "": 0}.get(match[1], -1)
        if depth > MAX_DEPTH:
            raise faults.fatal(line_of(text, match.start(1), faults.first_line), TOO_DEEP)


def _refuse_too_much(text: str, faults: Faults) -> None:
    values = (match.start() for match in _TOKEN.finditer(text) if text[match.start()] not in "]}")
    beyond = next(islice(values, MAX_NODES, None), None)
    if beyond is not None:
        raise faults.fatal(line_of(text, beyond, faults.first_line), TOO_MUCH)


def _is_deep(data: Any) -> bool:
    depth = 0
    level: list[Any] = [[data]]
    while level := [
        child
        for part in level
        for child in (part if type(part) is list else part.values())
        if type(child) is dict or type(child) is list  # exactly these, and twice as fast as isinstance
    ]:
        depth += 1
        if depth > MAX_DEPTH:
            return True
    return False
