"""Finding names in text whatever their Unicode form: compatibility forms, case, blanks, dots, marks, unseen characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from decision_procedure.sources.characters import is_unseen

_DOTS = frozenset("·•・‧∙⋅●･᛫")


def fold(text: str) -> str:
    """Return what of a text tells names apart: decomposed, without case, blanks, dots, marks and unseen characters."""
    return "".join(part for part, _ in _folded(unicodedata.normalize("NFD", text)))


class Names:
    """Names and what stands in their place; one name of several people stands for all of them, as `P1/P2`.

    Of two names that overlap in a text, the one that starts first wins, and of these the longer.
    """

    def __init__(self, standing_for: Iterable[tuple[str, str]]) -> None:
        standing: dict[str, list[str]] = {}
        for name, pseudonym in standing_for:
            if folded := fold(name):
                standing.setdefault(folded, []).append(pseudonym)
        self._standing = {name: "/".join(sorted(set(found))) for name, found in standing.items()}
        self._any = _pattern(self._standing)
        self._short = _pattern(name for name in self._standing if len(name) == 1)

    def whole(self, text: str) -> str | None:
        """Return what stands for a text that is a name and nothing else; None for any other text."""
        return self._standing.get(fold(text))

    def within(self, text: str) -> bool:
        """Say whether a text holds any name."""
        return self._any is not None and self._any.search(fold(text)) is not None

    def short_within(self, text: str) -> bool:
        """Say whether a text holds a name of one character."""
        return self._short is not None and self._short.search(fold(text)) is not None

    def replaced(self, text: str) -> str:
        """Return a text with each name in brackets replaced; a text without names comes back unchanged."""
        if not self.within(text) or self._any is None:
            return text
        base = unicodedata.normalize("NFD", text)
        parts = list(_folded(base))
        folded = "".join(part for part, _ in parts)
        places = [index for part, index in parts for _ in part]
        result, end = [], 0
        for match in self._any.finditer(folded):
            start = places[match.start()]
            result.append(base[end:start])
            result.append(f"〔{self._standing[match[0]]}〕")
            end = _after(base, places[match.end() - 1] + 1)
        result.append(base[end:])
        return unicodedata.normalize("NFC", "".join(result))


def _after(base: str, end: int) -> int:
    """Return the end of a name, with the marks and unseen characters that belong to its last character."""
    while end < len(base) and _hides(base[end]) and not base[end].isspace():
        end += 1
    return end


def _folded(base: str) -> Iterator[tuple[str, int]]:
    for index, character in enumerate(base):
        kept = _part(character)
        if kept:
            yield kept, index


@lru_cache(maxsize=65536)
def _part(character: str) -> str:
    part = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(item for item in part if not _ignored(item))


def _ignored(character: str) -> bool:
    return character.isspace() or character in _DOTS or _hides(character)


def _hides(character: str) -> bool:
    """Say whether a character tells no names apart and may stand inside one unnoticed: marks, what is not drawn."""
    return unicodedata.category(character)[0] == "M" or is_unseen(character)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    found = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, found))) if found else None
