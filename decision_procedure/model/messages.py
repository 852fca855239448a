"""What is wrong with a value of a file, in Chinese and English, with the nearest word that would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel

from decision_procedure.errors import hint
from decision_procedure.model.base import IDENTIFIER
from decision_procedure.model.decision import DIGEST, DIVISION
from decision_procedure.model.kinds import SHIPPED, Kinds, pack_of
from decision_procedure.sources.faults import shown
from decision_procedure.wording import both

_MESSAGES = {
    "missing": ("缺少此项", "this key is missing"),
    "extra_forbidden": ("没有此键", "no such key"),
    "literal_error": ("没有此值", "no such word"),
    "bool_type": ("应为 true 或者 false", "should be true or false"),
    "int_type": ("应为整数", "should be a whole number"),
    "string_type": ("应为文字（数字请加引号）", "should be a text (put a number in quotes)"),
    "tuple_type": ("应为列表", "should be a list"),
    "dict_type": ("应为键值结构", "should be a mapping of keys to values"),
    "union_tag_not_found": ("行为缺少 kind", "an act needs its kind"),
    "union_tag_invalid": ("没有这种行为", "no such kind of act"),
    "date_from_datetime_parsing": ("不是日期", "not a date"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_too_long": ("文字过长", "text too long"),
    "greater_than_equal": ("数值过小", "the number is too small"),
    "less_than_equal": ("数值过大", "the number is too large"),
    "string_unicode": ("文字中有残缺字符", "a text holds half a character"),
    "string_pattern_mismatch": ("格式不符", "wrong form"),
}
_LIKE = {
    "unexpected_keyword_argument": "extra_forbidden", "list_type": "tuple_type",
    **dict.fromkeys(("mapping_type", "dataclass_type", "model_type", "model_attributes_type"), "dict_type"),
}  # fmt: skip
"""Further names of pydantic's for the same fault."""
_FORMS = {
    IDENTIFIER: (
        "编号应为 1 至 100 个字符，不含空格",
        "an identifier has 1 to 100 characters, none of them a space",
    ),
    DIVISION: (
        "应为 2、4、6、9 或者 12 位行政区划代码",
        "should be a division code of 2, 4, 6, 9 or 12 digits",
    ),
    DIGEST: ("应为 64 位小写十六进制的 SHA-256 值", "should be a SHA-256 of 64 small hexadecimal digits"),
}

NOT_DISPUTABLE = (
    "此项不能载明不同记载：只有日期、数字、是否项、选择项和列表可以",
    "documents cannot be said to differ here: only of a date, number, flag, choice or list",
)
_NOT_DENIABLE = (
    "不能写入未办理事项，只能写日期、是否项或者列表的名称",
    "cannot be denied: only a date of an event, a flag or a list can, by its name",
)

# How many of the right words are listed where none is near.
_LISTED = 12


def message(
    error: Any, keys: Sequence[str], kinds: Kinds = SHIPPED, *, key: str | None = None
) -> tuple[str, str]:
    """Return one error of pydantic's in both languages.

    `keys` are those that may stand there, `kinds` what the record may hold: the nearest is suggested, or they are
    listed where none is near. `key` is the key as the file has it, or a missing one in Chinese (None: as the error
    has it).
    """
    name, fault = str(error["loc"][-1]) if error["loc"] else "", _LIKE.get(error["type"], error["type"])
    form = _FORMS.get(str(error.get("ctx", {}).get("pattern")))
    zh, en = form or _MESSAGES.get(fault) or _own(str(error["msg"]))
    if fault == "extra_forbidden":
        return no_such_key(key or name, keys)
    if fault == "string_type" and name == "procedure" and isinstance(error["input"], list):
        return both("fault.acts_as_procedure")
    if fault == "missing" and name == "schema":
        return both(
            "fault.schema", missing=(zh if key is None else f"{zh}：{key}", en), key=(key or name, name)
        )
    if fault != "missing" and isinstance(error["input"], dict) and [*error["input"]] == ["says"]:
        return NOT_DISPUTABLE
    if fault == "literal_error":
        words = tuple(error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", "))
        if "denied" in error["loc"][-2:-1]:
            return _unknown(
                *_NOT_DENIABLE, str(error["input"]), words, [kinds.key_name(name) for name in words]
            )
        called = kinds.words(words) or {}
        return _unknown(
            zh, en, str(error["input"]), words, [called.get(word, (word, word))[0] for word in words]
        )
    if fault == "union_tag_invalid":
        return _no_such_kind(zh, en, str(error["ctx"]["tag"]), kinds)
    return (f"{zh}：{key}" if fault == "missing" and key not in (None, name) else zh), en


def _no_such_kind(zh: str, en: str, kind: str, kinds: Kinds) -> tuple[str, str]:
    """Return that there is no such kind of act, and which instrument would have to be loaded for it where it names one."""
    pack = pack_of(kind)
    if pack is None or pack in {part.pack for part in kinds.declared}:
        return _unknown(zh, en, kind, tuple(kinds.acts), [kinds.name(known) for known in kinds.acts])
    shown_pack = shown(pack[:60])
    return (
        f"{zh}：{shown(kind[:60])}。它由规则文件 {shown_pack} 定义：该文件没有载入（--rules），或者不管辖本案卷的机关所在地",
        f"{en}: {shown(kind[:60])}. The instrument {shown_pack} defines it: it is not loaded (--rules), or not for the place of this body",
    )


def expected(fault: str) -> tuple[str, str]:
    """Return, in both languages, that another type of value is wanted, by the name of pydantic's error."""
    return _MESSAGES[fault]


def no_such_key(key: str, keys: Sequence[str]) -> tuple[str, str]:
    """Return, in both languages, that there is no such key among these."""
    return _unknown(*_MESSAGES["extra_forbidden"], key, keys)


def _unknown(
    zh: str, en: str, word: str, words: Sequence[str], labels: Sequence[str] | None = None
) -> tuple[str, str]:
    """Return what is wrong with a word, and the nearest right one, or a choice of right ones.

    `labels` are the right words in Chinese; None: they have none.
    """
    labels = words if labels is None else labels
    word = word[:60]
    told = hint(word, [*words, *labels], 0.5)
    if told or not words:
        return f"{zh}：{shown(word)}{told}", f"{en}: {shown(word)}{told}"
    more = " …" if len(words) > _LISTED else ""
    return (
        f"{zh}：{shown(word)}（可用：{'、'.join(labels[:_LISTED])}{more}）",
        f"{en}: {shown(word)} (there are: {', '.join(words[:_LISTED])}{more})",
    )


def keys_at(
    model: type[BaseModel],
    place: Sequence[str | int],
    tagged: Mapping[str, type[BaseModel]] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Return the keys that may stand at a place of a model, as pydantic's errors name it.

    `tagged` are the members of a union by the tag that such a place names.
    """
    models = [model]
    for part in place:
        if len(models) > 1 and part in tagged:
            models = [tagged[str(part)]]
        else:
            models = [found for one in models for found in _below(one, part)] or models
    return tuple(
        dict.fromkeys(field.alias or name for one in models for name, field in one.model_fields.items())
    )


def _below(model: type[BaseModel], key: str | int) -> Iterator[type[BaseModel]]:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            yield from _models_in(field.annotation)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _own(text: str) -> tuple[str, str]:
    """Return a validator's message in both languages; ours already hold both."""
    text = text.removeprefix("Value error, ")
    if "out of range for month" in text or "month must be" in text:
        return "没有这一天", "there is no such day"
    return text, text
