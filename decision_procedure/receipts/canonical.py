"""Canonical JSON (RFC 8785): one spelling, to the byte, for the same data.

Written here because it is short on top of the standard serialiser, and because floating-point numbers, the
only hard part of the standard, are refused: no record and no report holds one.
"""

from __future__ import annotations

import json
from typing import Any

from decision_procedure.errors import UnusableArgument

_LARGEST = 2**53 - 1


def canonical_json(data: Any) -> bytes:
    """Return data as canonical JSON in UTF-8, keys in the order of their UTF-16 code units.

    Takes mappings with text keys, lists, tuples, texts, whole numbers within ±(2**53 - 1), truth values and
    None. Raises UnusableArgument for anything else: floats, half characters, other keys.
    """
    text = json.dumps(_ordered(data), ensure_ascii=False, separators=(",", ":"), check_circular=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise UnusableArgument(
            "文字中有残缺字符,不能规范化 a text holds half a character (a lone surrogate)"
        ) from None


def _ordered(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is int:
        return _within_range(value)
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in _sorted(value)}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    raise UnusableArgument(f"不能写成规范 JSON no canonical JSON for: {kind.__name__}")


def _within_range(value: int) -> int:
    if abs(value) > _LARGEST:
        raise UnusableArgument("整数超出 ±(2^53-1) a whole number beyond ±(2**53 - 1)")
    return value


def _sorted(data: dict[Any, Any]) -> list[str]:
    if not all(type(key) is str for key in data):
        raise UnusableArgument("键应为文字 a key is not a text")
    if all(key.isascii() for key in data):
        return sorted(data)
    return sorted(data, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
