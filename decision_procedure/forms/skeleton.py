"""A record to fill in, as commented YAML: the acts that a matter needs by the law of its place and day, key by key.

What is stated stands as it is; every other line begins with a mark and states nothing until the mark is taken off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import yaml
from pydantic import BaseModel

from decision_procedure.forms.asking import Asking
from decision_procedure.forms.meaning import is_list, what_to_write
from decision_procedure.law.applicable import Law
from decision_procedure.model.acts import Act
from decision_procedure.model.decision import Decision, Document, Draft, Person, Unit
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import Kinds, kinds_of
from decision_procedure.model.traits import Traits
from decision_procedure.model.writing import written
from decision_procedure.wording import Language, Words, is_chinese

NOTE, OPEN = "## ", "# "
"""Begin a line that is for the reader, and one that states something once its mark is taken off."""
_LISTS: Mapping[str, type[BaseModel]] = {
    "units": Unit,
    "people": Person,
    "documents": Document,
    "drafts": Draft,
}
_COMMON = ("id", "unit", "by", "date", "documents", "draft")
_LATER = frozenset(
    {
        "says",
        "acts",
        "traits",
        "waivers",
        "judgements",
        "outcome_finding",
        "invented",
        "source",
        "note",
        "procedure",
    }
)


def skeleton(decision: Decision, law: Law, day: date, lang: Language = "zh") -> str:
    """Return the text of a record to fill in, which states what a record states and reads back as that record.

    It asks for what the law in force on a day wants to know of a matter with these traits and tracks.
    """
    return "\n".join(_Skeleton(law.as_record(decision), law, day, lang).lines()) + "\n"


class _Skeleton:
    def __init__(self, decision: Decision, law: Law, day: date, lang: Language) -> None:
        self._day, self._lang = day, lang
        self._kinds: Kinds = kinds_of(type(decision))
        self._words = Words(lang, "skeleton")
        self._asking = Asking(decision, law, day, lang)
        self._stated = written(decision, lang)

    def lines(self) -> Iterator[str]:
        yield from (NOTE + line for line in self._words.say("head", day=self._day.isoformat()).splitlines())
        for name, field in Decision.model_fields.items():
            key = self._key(field.alias or name, Decision)
            if key in self._stated and name not in ("traits", "acts"):
                yield yaml.safe_dump({key: self._stated[key]}, allow_unicode=True, sort_keys=False).rstrip()
            elif name in _LISTS:
                yield from self._one_of(name, _LISTS[name])
            elif name not in _LATER:
                yield self._open(key, Decision, name, self._asking.articles(f"decision.{name}"))
        yield from self._traits()
        yield from self._acts()

    def _traits(self) -> Iterator[str]:
        key = self._key("traits", Decision)
        stated = self._stated.get(key) or {}
        yield f"{key}:" if stated else f"{OPEN}{key}:"
        for name, field in self._kinds.traits.model_fields.items():
            called = self._key(field.alias or name, self._kinds.traits)
            if called in stated:
                yield from _indented(
                    yaml.safe_dump({called: stated[called]}, allow_unicode=True).rstrip(), "  "
                )
            elif articles := self._asking.articles(f"traits.{name}"):
                yield (
                    "  " + self._open(called, Traits, name, articles)
                    if stated
                    else self._open(f"  {called}", Traits, name, articles)
                )

    def _acts(self) -> Iterator[str]:
        yield f"{OPEN}{self._key('acts', Decision)}:"
        needs = self._asking.needs
        for kind, need in needs.items():
            yield from self._act(kind, need)
        others = [self._kinds.name(kind, self._lang) for kind in self._kinds.acts if kind not in needs]
        yield NOTE + self._words.say("others", acts=self._words.listed(others))

    def _act(self, kind: str, need: str) -> Iterator[str]:
        model = self._kinds.acts[kind]
        yield NOTE + self._words.say(need, act=self._kinds.name(kind, self._lang))
        word = self._kinds.name(kind) if is_chinese(self._lang) else kind
        yield f"{OPEN}- {self._key('kind', Act)}: {word}"
        asked = [name for name in model.model_fields if self._asking.asks(f"{kind}.{name}")]
        for name in dict.fromkeys((*_COMMON, *asked)):
            if name not in ("kind", "says", "held", "round"):
                field = model.model_fields[name]
                articles = self._asking.articles(f"{kind}.{name}")
                yield self._open(f"  {self._key(field.alias or name, model)}", model, name, articles)

    def _one_of(self, name: str, model: type[BaseModel]) -> Iterator[str]:
        yield self._open(self._key(name, Decision), Decision, name, "", empty=False)
        for index, (inner, field) in enumerate(model.model_fields.items()):
            if inner not in ("says", "parent", "aliases"):
                key = self._key(field.alias or inner, model)
                yield self._open(f"{'- ' if index == _first(model) else '  '}{key}", model, inner, "")

    def _open(self, key: str, model: type[BaseModel], name: str, articles: str, *, empty: bool = True) -> str:
        """Return the line of a key that states nothing yet."""
        said = what_to_write(model, name, self._kinds, self._words)
        value = " []" if empty and is_list(model.model_fields[name].annotation) else ""
        asked = f"{self._words.say('semicolon')}{articles}" if articles else ""
        return f"{OPEN}{key}:{value}  {OPEN}{said}{asked}"

    def _key(self, key: str, model: type[BaseModel]) -> str:
        return keys_of(model)[key].zh if is_chinese(self._lang) and key in keys_of(model) else key


def _first(model: type[BaseModel]) -> int:
    return next(index for index, name in enumerate(model.model_fields) if name != "says")


def _indented(text: str, by: str) -> Iterator[str]:
    yield from (by + line for line in text.splitlines())


__all__ = ["skeleton"]
