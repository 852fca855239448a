"""The table of words: `words.yaml`, of which a section is read when the first of its words is asked for.

A section holds what one kind of page says; what several say alike stands once, in `glossary`, where every section
finds it. A key is written `section.key`; `{name}` in a text is a field that the caller gives, `{name!d}` in a Chinese one
a day that is written as `day_text` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any, Literal, Protocol, get_args

import yaml

from decision_procedure.errors import check_word

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
GLOSSARY = "glossary"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as quick where it is there
_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_HEAD = re.compile(r"^(?=\w+:$)", re.MULTILINE)


class InBoth(Protocol):
    """What says the same in Chinese and English."""

    @property
    def zh(self) -> str:
        """What it says in Chinese."""

    @property
    def en(self) -> str:
        """What it says in English."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One statement in Chinese and in English."""

    zh: str
    en: str

    @classmethod
    def of(cls, said: InBoth) -> Bilingual:
        """Return what something says in both languages."""
        return cls(said.zh, said.en)

    @classmethod
    def by(cls, text: Callable[[str], str]) -> Bilingual:
        """Return what a function of the language says."""
        return cls(*in_both(text))

    def text(self, lang: str = "zh") -> str:
        """Return the statement in the language asked for."""
        return Words(lang).said(self)


class Words:
    """The words of one language; keys of `say` are those of one section of the table."""

    def __init__(self, lang: str, name: str = GLOSSARY) -> None:
        self.lang = lang
        self.section = name

    def say(self, key: str, /, **fields: object) -> str:
        """Return a text of the section with its fields filled in. Raises KeyError naming a key or field it lacks."""
        return say(f"{self.section}.{key}", self.lang, **fields)

    def said(self, said: InBoth) -> str:
        """Return what something says in this language."""
        return said.zh if is_chinese(self.lang) else said.en

    def pair(self, texts: tuple[str, str]) -> str:
        """Return the one of a Chinese and an English text that is in this language."""
        return texts[LANGUAGES.index(self.lang)]

    def listed(self, parts: Iterable[str]) -> str:
        """Return several things in a row."""
        return self.say("comma").join(parts)

    def headed(self, head: str, text: str) -> str:
        """Return a text behind what heads it."""
        return f"{head}{self.say('colon')}{text}"

    def series(self, parts: Iterable[str]) -> str:
        """Return several clauses in a row."""
        return self.say("semicolon").join(parts)

    def aside(self, text: str) -> str:
        """Return a text in brackets, to stand after another; nothing for none."""
        return self.say("aside", text=text) if text else ""


def say(key: str, lang: str, /, **fields: object) -> str:
    """Return a text of the table, `section.key`, with its fields filled in.

    Raises KeyError naming a key or field that is lacking, UnusableArgument for a language that there is not.
    """
    name, _, entry = key.partition(".")
    text = section(name, lang).get(entry)
    if text is None:
        raise KeyError(f"words.yaml: {key}")
    if "{" not in text:
        return text
    try:
        return _FILLER.vformat(text, (), fields) if "!d}" in text else text.format_map(fields)
    except KeyError as error:
        raise KeyError(f"words.yaml: {key}: {{{error.args[0]}}}") from None


def day_text(day: str, lang: str) -> str:
    """Return an ISO day, month or year as Chinese sentences write it: `2024年9月30日`; in English, and any other text, unchanged."""
    found = _ISO.fullmatch(day) if is_chinese(lang) else None
    if found is None:
        return day
    return "".join(f"{int(part)}{unit}" for part, unit in zip(found.groups(), "年月日", strict=True) if part)


class _Filler(Formatter):
    """Fills in a Chinese text whose fields may be days: `{day!d}`."""

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if conversion == "d":
            return day_text(str(value), LANGUAGES[0])
        return super().convert_field(value, conversion)


_FILLER = _Filler()


def in_both(text: Callable[[str], str]) -> tuple[str, str]:
    """Return what a function of the language says, in Chinese and English."""
    zh, en = map(text, LANGUAGES)
    return zh, en


def both(key: str, /, **fields: tuple[str, str]) -> tuple[str, str]:
    """Return a text of the table in Chinese and English; each field comes in both languages."""
    return in_both(
        lambda lang: say(key, lang, **{name: Words(lang).pair(value) for name, value in fields.items()})
    )


def text_in(data: Mapping[str, Any], lang: str) -> str:
    """Return what data say under `zh` or `en`: in a language, or else in the other; nothing where they say neither."""
    return str(next(filter(None, map(data.get, (lang, *LANGUAGES))), ""))


def is_chinese(lang: str) -> bool:
    """Say whether texts of a language are set in Chinese characters, which are wide, and in which any line may break."""
    return lang == LANGUAGES[0]


def check_language(lang: object) -> None:
    """Raise UnusableArgument for what is none of the languages."""
    check_word(lang, LANGUAGES, "没有此语言", "no such language")


@lru_cache(maxsize=64)
def section(name: str, lang: str) -> Mapping[str, str]:
    """Return every text of a section and of the glossary in one language, fields not filled in."""
    check_language(lang)
    found = {} if name == GLOSSARY else dict(section(GLOSSARY, lang))
    found |= {key: pair[lang] for key, pair in _entries(name).items()}
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _parts() -> Mapping[str, str]:
    """Return the text of each section as it stands in the file."""
    text = files(__package__).joinpath("words.yaml").read_text("utf-8")
    return {part.partition(":")[0]: part for part in _HEAD.split(text)[1:]}


def is_in(key: str, name: str) -> bool:
    """Say whether a section has a text of its own under a key, whatever the glossary has."""
    return key in _entries(name)


@lru_cache(maxsize=64)
def _entries(name: str) -> Mapping[str, Mapping[str, str]]:
    part = _parts().get(name)
    if part is None:
        raise KeyError(f"words.yaml: {name}")
    entries: Mapping[str, Mapping[str, str]] = yaml.load(part, Loader=_LOADER)[name]  # noqa: S506  # a safe loader
    return entries
