"""What is wrong with a value of a file, in Chinese and English, with the nearest word that would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from decision_procedure.model.base import IDENTIFIER
from decision_procedure.model.decision import DIGEST, DIVISION
from decision_procedure.sources.faults import shown

_MESSAGES = {
    "missing": ("缺少此项", "this key is missing"),
    "extra_forbidden": ("没有此键", "no such key"),
    "literal_error": ("没有此值", "no such word"),
    "bool_type": ("应为 true 或者 false", "should be true or false"),
    "int_type": ("应为整数", "should be a whole number"),
    "string_type": ("应为文字", "should be a text"),
    "tuple_type": ("应为列表", "should be a list"),
    "dict_type": ("应为键值结构", "should be a mapping of keys to values"),
    "model_type": ("应为键值结构", "should be a mapping of keys to values"),
    "model_attributes_type": ("应为键值结构", "should be a mapping of keys to values"),
    "union_tag_not_found": ("行为缺少 kind", "an act needs its kind"),
    "union_tag_invalid": ("没有这种行为", "no such kind of act"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_too_long": ("文字过长", "text too long"),
    "greater_than_equal": ("数值过小", "the number is too small"),
    "less_than_equal": ("数值过大", "the number is too large"),
    "string_unicode": ("文字中有残缺字符", "a text holds half a character"),
    "string_pattern_mismatch": ("格式不符", "wrong form"),
}
_FORMS = {
    IDENTIFIER: (
        "编号应为 1 至 100 个字符,不含空格",
        "an identifier has 1 to 100 characters, none of them a space",
    ),
    DIVISION: (
        "应为 2、4、6、9 或者 12 位行政区划代码",
        "should be a division code of 2, 4, 6, 9 or 12 digits",
    ),
    DIGEST: ("应为 64 位小写十六进制的 SHA-256 值", "should be a SHA-256 of 64 small hexadecimal digits"),
}


def message(error: Any, keys: Iterable[str], kinds: Iterable[str] = ()) -> tuple[str, str]:
    """Return one error of pydantic's in both languages.

    `keys` are those that exist, `kinds` the tags of the union it may be about: the nearest is suggested.
    """
    form = _FORMS.get(str(error.get("ctx", {}).get("pattern")))
    zh, en = form or _MESSAGES.get(error["type"]) or _own(str(error["msg"]))
    hint = _hint(error, keys, kinds)
    return zh + hint, en + hint


def _own(text: str) -> tuple[str, str]:
    """Return a validator's message in both languages; ours already hold both."""
    text = text.removeprefix("Value error, ")
    if "out of range for month" in text or "month must be" in text:
        return "没有这一天", "there is no such day"
    return text, text


def _hint(error: Any, keys: Iterable[str], kinds: Iterable[str]) -> str:
    known: Iterable[str]
    if error["type"] == "extra_forbidden":
        word, known = str(error["loc"][-1]), keys
    elif error["type"] == "literal_error":
        word = str(error["input"])
        known = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    elif error["type"] == "union_tag_invalid":
        word, known = str(error["ctx"]["tag"]), kinds
    else:
        return ""
    word = word[:60]
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f":{shown(word)}" + (f" → {close[0]}?" if close else "")
