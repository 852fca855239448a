"""Canonical JSON (RFC 8785): one spelling, to the byte, for the same data.

Written here because it is short on top of the standard serialiser, which is written in C and sorts by code
point: that is the order of the standard unless a key holds a character beyond the surrogates. Floating-point
numbers, the only hard part of the standard, are refused: no record and no report holds one.
"""

from __future__ import annotations

import json
from typing import Any

from decision_procedure.errors import UnusableArgument

_LARGEST = 2**53 - 1
_LISTS = (list, tuple)
_FIRST_SURROGATE = "\ud800"
_WRITTEN_AS_THEY_ARE = frozenset((str, bool, type(None)))


def canonical_json(data: Any) -> bytes:
    """Return data as canonical JSON in UTF-8, keys in the order of their UTF-16 code units.

    Takes mappings with text keys, lists, tuples, texts, whole numbers within ±(2**53 - 1), truth values and
    None. Raises UnusableArgument for anything else: floats, half characters, other keys.
    """
    by_code_point = all(max(key, default="") < _FIRST_SURROGATE for key in _keys(data))
    text = json.dumps(
        data if by_code_point else _ordered(data),
        ensure_ascii=False, sort_keys=by_code_point, separators=(",", ":"), check_circular=False,
    )  # fmt: skip
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise UnusableArgument(
            "文字中有残缺字符，不能规范化 a text holds half a character (a lone surrogate)"
        ) from None


def _keys(data: Any) -> set[str]:
    """Return every key in some data. Raises UnusableArgument for what has no canonical form."""
    keys: set[Any] = set()
    ahead = [data]
    while ahead:
        value = ahead.pop()
        kind = type(value)
        if kind in _WRITTEN_AS_THEY_ARE:
            continue
        if isinstance(value, dict):
            keys.update(value)
            ahead.extend(value.values())
        elif isinstance(value, _LISTS):
            ahead.extend(value)
        elif kind is not int:
            raise UnusableArgument(f"不能写成规范 JSON no canonical JSON for: {kind.__name__}")
        elif abs(value) > _LARGEST:
            raise UnusableArgument("整数超出 ±(2^53-1) a whole number beyond ±(2**53 - 1)")
    if not all(type(key) is str for key in keys):
        raise UnusableArgument("键应为文字 a key is not a text")
    return keys


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _ordered(value[key])
            for key in sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        }
    return [_ordered(item) for item in value] if isinstance(value, _LISTS) else value
