"""What stands in a cell of the form, and what it means: words by their labels, references by names, lists in one cell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from decision_procedure.model.base import NAMES_ACTS
from decision_procedure.model.dates import calendar_day
from decision_procedure.model.kinds import Names
from decision_procedure.model.sorts import choices_of, members_of
from decision_procedure.model.vocabulary import ALL_KINDS, also
from decision_procedure.model.workbooks.layout import Column
from decision_procedure.sources.workbook import CellValue
from decision_procedure.wording import in_both, say

BETWEEN = "、"
_MARKS = re.compile("([、，,；;])")
_MOST_JOINED = 8
_FLAGS = {True: "stated_yes", False: "stated_no", None: "stated_unknown"}


class NamedParts:
    """The parts of one list of a record by what people call them; `parts` are identifiers, each with further names."""

    def __init__(self, parts: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        listed = list(parts)
        self._ids = {identifier for identifier, _ in listed}
        self._names = frozenset(name for _, names in listed for name in names)
        counts = Counter(name for _, names in listed for name in dict.fromkeys(names))
        self._by_name = {name: one for one, names in listed for name in names if counts[name] == 1}
        self._first = {one: names[0] for one, names in reversed(listed) if names}

    def id_of(self, text: str) -> str | None:
        """Return the identifier of what goes by a text; None: nothing does, or several do."""
        return text if text in self._ids else self._by_name.get(text)

    def is_shared(self, text: str) -> bool:
        """Say whether several go by a text."""
        return text in self._names and self.id_of(text) is None

    def name_of(self, identifier: str) -> str:
        """Return the name by which something is found again, otherwise its identifier."""
        name = self._first.get(identifier, "")
        fits = name == name.strip() and "\n" not in name and self.id_of(name) == identifier
        return name if fits else identifier


References = Mapping[str, NamedParts]
"""What is called how, by the lists of a record."""


def read_value(column: Column, raw: CellValue, called: References) -> Any:
    """Return what a cell states, in the words of the model where it is known; what is not stays as it stands there."""
    sort = column.sort
    if sort == "list":
        return _several(column, str(_plain(raw)), called)
    if sort == "number":
        return _number(raw)
    if isinstance(raw, bool) and sort in ("flag", "choice"):
        return raw
    return _one(column, _plain(raw), called)


def cell_of(column: Column, value: Any, called: References, lang: int) -> CellValue | None:
    """Return what stands in a cell for a value of the record as JSON data, in one of `LANGUAGES`; None: nothing."""
    if isinstance(value, list):
        texts = [str(_said(column, item, called, lang)) for item in value]
        in_lines = _holds_texts(column) or any(_MARKS.search(text) for text in texts)
        return ("\n" if in_lines else BETWEEN).join(texts) or None
    return _said(column, value, called, lang)


@lru_cache(maxsize=4096)
def words_of(column: Column) -> Mapping[Any, Names]:
    """Return the words that a cell may hold, with what each is called; none where it is no choice."""
    found: dict[Any, Names] = {}
    if _holds_kinds(column):
        found |= {word: (label, word) for label, word in reversed(ALL_KINDS.items())}
        return found | {kind: column.kinds.names(kind) for kind in column.kinds.acts}
    if bool in members_of(column.annotation):
        found |= {flag: in_both(partial(say, f"form.{word}")) for flag, word in _FLAGS.items()}
    choices = choices_of(column.annotation)
    known = column.kinds.words(choices)
    for word in choices:
        names = column.kinds.key_names(word, column.model) if known is None else known.get(word, (word, word))
        found[word] = names
    return found


def _one(column: Column, raw: str, called: References) -> Any:
    text = raw.strip()
    if column.refers is not None and (known := called.get(column.refers)):
        return known.id_of(text) or text
    found = _meant(column).get(_folded(text), text) if words_of(column) else text
    return also(found, _words(column)) if isinstance(found, str) else found


@lru_cache(maxsize=4096)
def _meant(column: Column) -> Mapping[str, Any]:
    """Return the words of a column by what they go by; of several of one name the first."""
    found: dict[str, Any] = {}
    listed = words_of(column)
    for index in range(2):
        for word, names in listed.items():
            found.setdefault(_folded(names[index]), word)
    for word in listed:
        found.setdefault(_folded(str(word)), word)
    return found


@lru_cache(maxsize=4096)
def _words(column: Column) -> frozenset[Any]:
    return frozenset(words_of(column))


def _said(column: Column, value: Any, called: References, lang: int) -> CellValue | None:
    if column.refers is not None and isinstance(value, str):
        known = called.get(column.refers)
        return value if known is None else known.name_of(value)
    listed = words_of(column)
    if listed and (isinstance(value, str | bool) or value is None) and value in listed:
        said = listed[value][lang]
        return said if _meant(column).get(_folded(said)) == value else str(value)
    if column.sort == "date" and isinstance(value, str) and (day := calendar_day(value)):
        return datetime(day.year, day.month, day.day)
    return value if value is None or isinstance(value, str | int) else str(value)


def _several(column: Column, text: str, called: References) -> list[Any]:
    lines = [line.strip() for line in text.splitlines()]
    if _holds_texts(column):
        return [line for line in lines if line]

    def known(part: str) -> bool:
        if column.refers is not None:
            listed = called.get(column.refers)
            return listed is not None and listed.id_of(part) is not None
        return _folded(part) in _meant(column)

    return [_one(column, part, called) for line in lines if line for part in _parts(line, known)]


def _parts(line: str, known: Callable[[str], bool]) -> list[str]:
    """Divide a line at marks of enumeration, but not inside a name that holds such marks itself."""
    if known(line):
        return [line]
    pieces = _MARKS.split(line)
    found, index = [], 0
    while index < len(pieces):
        ends = range(min(index + 2 * _MOST_JOINED, len(pieces)), index, -1)
        end = next((end for end in ends if known("".join(pieces[index:end]).strip())), index + 1)
        if part := "".join(pieces[index:end]).strip():
            found.append(part)
        index = end + 1
    return found


def _holds_texts(column: Column) -> bool:
    """Say whether a list holds texts, which may themselves hold marks of enumeration."""
    return column.sort == "list" and column.refers is None and not words_of(column)


def _holds_kinds(column: Column) -> bool:
    return any(
        NAMES_ACTS in getattr(part, "__metadata__", ())
        for member in members_of(column.annotation)
        for part in getattr(member, "__args__", ())
    )


def _plain(raw: CellValue) -> str:
    """Return what a cell holds as text."""
    if isinstance(raw, datetime):
        return raw.isoformat(timespec="minutes").removesuffix("T00:00")
    return str(raw).lower() if isinstance(raw, bool) else str(raw)


def _number(raw: CellValue) -> Any:
    if not isinstance(raw, str):
        return raw
    text = unicodedata.normalize("NFKC", raw).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else raw.strip()


def _folded(text: str) -> str:
    """Return a word as it is looked up: of whatever width and case."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


__all__ = ["BETWEEN", "NamedParts", "References", "cell_of", "read_value", "words_of"]
