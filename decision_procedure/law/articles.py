"""Articles as texts cite them: which numbers a citation names, and every citation of a pack file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from decision_procedure.law.pack import PackFile

_NUMERAL = "[〇零一二三四五六七八九十百千]+"
_RANGE = re.compile(f"第({_NUMERAL})条至第({_NUMERAL})条")
_ONE = re.compile(f"第({_NUMERAL})条")
_CITED = re.compile(f"第{_NUMERAL}[条项点部]|部分|未见")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def number_of(numeral: str) -> int:
    """Return the number that a Chinese numeral below ten thousand means. Raises ValueError for others."""
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            raise ValueError(f"不是数词 not a numeral: {numeral}")
    return total + digit


def articles_of(citation: str) -> frozenset[int]:
    """Return the numbers of the articles that a citation such as 第四条至第七条 names."""
    found = {number_of(numeral) for numeral in _ONE.findall(citation)}
    for first, last in _RANGE.findall(citation):
        found.update(range(number_of(first), number_of(last) + 1))
    return frozenset(found)


def is_cited(citation: str) -> bool:
    """Say whether a citation names an article, item or part, or says that its number was not seen."""
    return _CITED.search(citation) is not None


def cited_in(pack: PackFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every citation of a pack file with its path."""
    yield ("scope", "article"), pack.scope.article
    yield ("binding", "article"), pack.binding.article
    sections: dict[str, Iterable[object]] = {
        "order": pack.order,
        "duties": pack.duties,
        "liability": pack.liability,
        "unmodelled": pack.unmodelled,
        "superseded": pack.superseded,
        "allows_other": pack.allows_other,
    }
    for name, items in sections.items():
        for index, item in enumerate(items):
            yield (name, index, "article"), item.article  # type: ignore[attr-defined]
