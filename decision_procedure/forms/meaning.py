"""What is to be written under a key of a record, in few words: read off the declaration of the key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from decision_procedure.model.base import NAMES_ACTS
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import Kinds
from decision_procedure.model.references import ANY, references_of
from decision_procedure.model.sorts import choices_of, members_of, models_in, sort_of
from decision_procedure.model.traits import Trait
from decision_procedure.wording import Bilingual, Words, both, is_chinese

MOST_WORDS = 8


def what_to_write(model: type[BaseModel], name: str, kinds: Kinds, words: Words) -> str:
    """Return what stands under a key: its hint if it has one, else the words allowed, or the kind of value."""
    key = keys_of(model)[model.model_fields[name].alias or name]
    hint = words.pair(key.hint) if key.hint else ""
    annotation: Any = model.model_fields[name].annotation
    target = dict(references_of(model)).get(name)
    parts = tuple(models_in(annotation))
    if target is not None:
        listed = words.say("any_act") if target == ANY else kinds.key_name(target, words.lang)
        said = words.say("identifier", listed=listed)
    elif Trait in parts or bool in members_of(annotation):
        said = words.listed([words.say("flag"), *_choices(annotation, kinds, words)])
    elif parts:
        said = words.say("each", keys=words.listed(_keys(parts[0], kinds, words)))
    elif choices := _choices(annotation, kinds, words):
        said = words.listed(choices[:MOST_WORDS]) + (
            words.say("and_more") if len(choices) > MOST_WORDS else ""
        )
    elif any(NAMES_ACTS in getattr(item, "__metadata__", ()) for item in _listed(annotation)):
        said = words.say("kind_of_act")
    else:
        said = words.say(sort_of(annotation) if sort_of(annotation) in ("date", "number") else "text")
    several = words.say("several", said=said) if is_list(annotation) and not parts else said
    return f"{hint}{words.say('semicolon')}{several}" if hint else several


def is_list(annotation: Any) -> bool:
    """Say whether a key holds several values."""
    return any(get_origin(member) is tuple for member in members_of(annotation))


def _choices(annotation: Any, kinds: Kinds, words: Words) -> list[str]:
    return [
        called.text(words.lang)
        for word, called in allowed_words(annotation, kinds)
        if not isinstance(word, bool)
    ]


def _listed(annotation: Any) -> Iterator[Any]:
    """Yield what the lists that an annotation allows hold, with what limits it."""
    for member in members_of(annotation):
        if get_origin(member) is tuple:
            yield get_args(member)[0]


def _keys(part: type[BaseModel], kinds: Kinds, words: Words) -> Iterator[str]:
    for name, field in part.model_fields.items():
        if name not in ("says", "note"):
            yield (
                kinds.key_name(field.alias or name, words.lang, part)
                if is_chinese(words.lang)
                else field.alias or name
            )


def allowed_words(annotation: Any, kinds: Kinds) -> Iterator[tuple[Any, Bilingual]]:
    """Yield the words that a key allows, each with what it is called; none where any text, date or number is.

    In English a word stands as it is written.
    """
    flags = [part for part in members_of(annotation) if part is bool or part is Trait]
    if flags:
        yield from ((truth, Bilingual(*both(f"text.{name}"))) for name, truth in _TRUTHS.items())
    allowed = choices_of(annotation)
    called = kinds.words(allowed) or {}
    for word in allowed:
        yield word, Bilingual(called[word][0] if word in called else str(word), str(word))


_TRUTHS = {"yes": True, "no": False}

__all__ = ["allowed_words", "is_list", "what_to_write"]
