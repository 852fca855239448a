"""What people mean who name a duty or a step: its identifier, its article in words or figures, or what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, NoReturn

from decision_procedure.errors import UnusableArgument, hint
from decision_procedure.law.articles import number_of
from decision_procedure.wording import InBoth

_NUMBER = "[〇零一二三四五六七八九十百千]+|[0-9]+"
_ARTICLE = re.compile(rf"第?({_NUMBER})条(?:第?({_NUMBER})款)?(?:第?\(?({_NUMBER})\)?项)?")
_FIGURES = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_WORD = re.compile(r"[一-鿿][一-鿿、“”]+")
_MOST = 20
_LEAST = 0.4


class NamedDuty(NamedTuple):
    """A duty as people may name it: by what it asks, by its cure, by its step (None: it has none)."""

    identifier: str
    instrument: InBoth
    article: str
    text: InBoth
    cure: InBoth
    step: InBoth | None = None


def duties_meant(word: str, duties: Iterable[NamedDuty]) -> tuple[str, ...]:
    """Return the duties that a word names: by identifier, with or without its instrument, else by article, else by name.

    Several: those of one article or step of one instrument, or one name that several instruments share. Raises
    UnusableArgument with the duties that may be meant where they are of several instruments, or with the nearest name.
    """
    known = tuple(duties)
    plain = _plain(word)
    exact = [
        item for item in known if plain in map(_plain, (item.identifier, item.identifier.partition(".")[2]))
    ]
    if exact:
        return tuple(item.identifier for item in exact)
    found = [*_by_article(plain, known)] or [*_by_name(plain, known)]
    if not found:
        _refuse("没有此义务 no such duty", word, [*_names(known)])
    if len({item.identifier.partition(".")[0] for item in found}) > 1:
        raise several(word, found)
    return tuple(item.identifier for item in found)


def several(word: str, found: Sequence[NamedDuty]) -> UnusableArgument:
    """Return the error that lists which duties a word may mean."""
    lines = [
        f"{item.identifier}  {item.instrument.zh}{item.article}  {item.text.zh}" for item in found[:_MOST]
    ]
    rest = [f"… {len(found)}"] if len(found) > _MOST else []
    told = f"“{word[:80]}”可指下列各项，请写明编号 it may mean one of these, give its identifier:"
    return UnusableArgument(told, [*lines, *rest])


def step_meant(word: str, steps: Mapping[str, InBoth]) -> str:
    """Return the step that a word names, by identifier or by what it is called in either language.

    Raises UnusableArgument with the steps that may be meant, or with the nearest name.
    """
    if word in steps:
        return word
    plain = _plain(word)
    called = {name: (_plain(said.zh), _plain(said.en)) for name, said in steps.items()}
    found = [name for name, names in called.items() if plain in names]
    found = found or [
        name for name, names in called.items() if plain and any(plain in text for text in names)
    ]
    if len(found) > 1:
        listed = "、".join(f"{steps[name].zh} ({name})" for name in found)
        raise UnusableArgument(f"“{word[:80]}”可指 it may mean: {listed}")
    if not found:
        _refuse("没有此环节 no such step", word, [*steps, *(said.zh for said in steps.values())])
    return found[0]


def _refuse(what: str, word: str, known: Sequence[str]) -> NoReturn:
    raise UnusableArgument(f"{what}: {word[:80]}{hint(word, known, _LEAST)}")


def _plain(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in narrow if not character.isspace() and character not in "《》")


def _by_article(plain: str, known: Iterable[NamedDuty]) -> Iterator[NamedDuty]:
    """Yield the duties of an article, paragraph or item; what stands before its number names the instrument."""
    match = next((found for found in _ARTICLE.finditer(plain) if found.end() == len(plain)), None)
    match = match or _FIGURES.fullmatch(plain)
    if match is None:
        return
    wanted, title = _numbers(match), plain[: match.start()]
    for item in known:
        of_it = title in _plain(item.instrument.zh) or title in _plain(item.identifier.partition(".")[0])
        if of_it and any(cited[: len(wanted)] == wanted for cited in _cited(item.article)):
            yield item


def _cited(article: str) -> Iterator[tuple[int, ...]]:
    return (_numbers(found) for found in _ARTICLE.finditer(_plain(article)))


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    parts = [part for part in found.groups() if part]
    return tuple(int(part) if part.isdecimal() else number_of(part) for part in parts)


def _by_name(plain: str, known: Sequence[NamedDuty]) -> Iterator[NamedDuty]:
    """Yield the duties of a step of that name; else those whose Chinese text has the word; else those whose cure has."""
    of_step = [item for item in known if item.step and plain in map(_plain, (item.step.zh, item.step.en))]
    if of_step or not _WORD.fullmatch(plain):
        yield from of_step
        return
    by_text = [item for item in known if plain in _plain(item.text.zh)]
    yield from by_text or [item for item in known if plain in _plain(item.cure.zh)]


def _names(known: Iterable[NamedDuty]) -> Iterator[str]:
    for item in known:
        yield from (item.identifier, item.identifier.partition(".")[2])
        if item.step:
            yield item.step.zh
