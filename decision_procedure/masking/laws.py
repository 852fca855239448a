"""Law of a place whose texts hold names, with these masked; the law that ships is never touched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.language import with_words
from decision_procedure.law.loading import rewritten
from decision_procedure.law.pack import Examples
from decision_procedure.law.said import Article
from decision_procedure.masking.fields import alternatives, fields_of, is_word, member
from decision_procedure.model.decision import Decision
from decision_procedure.model.declarations import Declared, record_model
from decision_procedure.wording import LANGUAGES

P = TypeVar("P", bound=BaseModel)
Text = Callable[[str], str]

_CONDITIONS = frozenset(
    {"when", "require", "judge", "included", "excluded", "excluded_locally", "belongs", "direct", "reference",
     "internal", "not_bound"}
)  # fmt: skip
# What people read, even where it is one word of Latin letters; elsewhere such a word is the name of a thing.
_READ = frozenset({*LANGUAGES, "number", "aliases", "also", "url", "time_word", "rest_word"})
# What a condition may be held against by its name: a kind, a word of a field.
_NAME = re.compile(r"[a-z][a-z0-9_:\-]*")


def ships(law: Law) -> frozenset[str]:
    """Return the identifiers of the instruments of a law that ship, as they ship."""
    return frozenset(pack.head.id for pack in law.packs if pack in standard_law().packs)


def masked_law(law: Law, text: Text) -> Law:
    """Return the law with each text of an instrument masked that does not ship, the same law where that changes nothing.

    `text` masks one text. Conditions keep their sense but for the names in their constants; examples are left out.
    """
    own = [pack for pack in law.packs if pack not in standard_law().packs]
    files = {pack.head.id: _masked(pack.file, text) for pack in own}
    if all(files[pack.head.id] == _masked(pack.file, _as_it_is) for pack in own):
        return law
    return Law(rewritten(law.packs, files), law.register)


def masked_model(model: type[Decision], text: Text) -> type[Decision]:
    """Return the model of records with what instruments call the things that they declare masked."""
    return record_model(_masked(declared, text) for declared in model.declared)


def masked_condition(condition: str, text: Text) -> str:
    """Return a condition with the names in its constants masked: it can be read as a condition still."""
    try:
        return with_words(condition, lambda word: word if _NAME.fullmatch(word) else text(word))
    except SyntaxError:  # a report that was read says so; no condition of a law is like that
        return text(condition)


def _as_it_is(text: str) -> str:
    return text


def _masked(part: P, text: Text) -> P:
    declared = fields_of(type(part))
    values = {
        name: _value(getattr(part, name), declared[field.alias or name], name, text)
        for name, field in type(part).model_fields.items()
    }
    found = part.model_copy(update=values)
    for name in found.__dict__.keys() - type(part).model_fields.keys():
        del found.__dict__[name]  # worked out from what it held before
    return found


def _value(value: Any, declared: Any, field: str, text: Text) -> Any:
    if isinstance(value, Examples):
        return Examples()
    if isinstance(value, BaseModel):
        return _masked(value, text)
    if isinstance(value, Article):
        return Article(text(value), value.en and text(value.en))
    if isinstance(value, tuple):
        return tuple(_value(item, member(declared), field, text) for item in value)
    if isinstance(value, Mapping):
        inner = _values_of(declared)
        return _told_apart({name: _value(item, inner, field, text) for name, item in value.items()})
    if not isinstance(value, str) or is_word(value, declared):
        return value
    if field in _CONDITIONS:
        return masked_condition(value, text)
    is_name = field not in _READ and value.isascii() and " " not in value
    return value if is_name else text(value)


def _told_apart(parts: dict[str, Any]) -> dict[str, Any]:
    """Return things that are declared side by side with different names: of those withheld alike each gets its number."""
    times: Counter[tuple[str, str]] = Counter()
    for key, part in parts.items():
        for lang in LANGUAGES if isinstance(part, Declared) else ():
            said = getattr(part, lang)
            times[lang, said] += 1
            if (number := times[lang, said]) > 1:
                part = part.model_copy(update={lang: f"{said}{number}"})
        parts[key] = part
    return parts


def _values_of(declared: Any) -> Any:
    for kind, _ in alternatives(declared):
        if get_origin(kind) is dict:
            return get_args(kind)[1]
    return Any


__all__ = ["masked_condition", "masked_law", "masked_model", "ships"]
