"""Characters that nobody sees: which they are, where they stand in data, and how a text is shown without them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

# Default_Ignorable_Code_Point of the Unicode Character Database (DerivedCoreProperties, 16.0), which the
# standard library does not know.
_DEFAULT_IGNORABLE = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
# Drawn as nothing though the standard counts them among the visible: a braille cell without dots, a note
# without a head, the filler of the Khitan script.
_BLANK = frozenset("\u2800\U0001d159\U00016fe4")
_SPACES = " \u3000\u00a0"
_SIGNS = frozenset("=+-@")
_CONTROLLING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

# What a pipeline takes for a command to itself when a program prints it: `::` after blanks at the beginning of a
# line (GitHub), `##[` and `##vso[` anywhere (GitHub, Azure), `##teamcity[`.
_COMMANDS = re.compile("(?<=:)(?=:)|(?<=#)(?=#+[A-Za-z]*\\[)")

Path = tuple[str | int, ...]


def plain(text: str) -> str:
    """Return untrusted text fit for a terminal: one line, every unseen character spelt out, no pipeline's command."""
    return without_commands(one_line(text))


def one_line(text: str) -> str:
    """Return untrusted text on one line, every unseen character spelt out: fit for a document."""
    return spelt(" ".join(text.split()))


def spelt(text: str) -> str:
    """Return a text with every character that is not drawn, or steers others, spelt out, common spaces excepted."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_spelt, text))


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet could take a text for a formula.

    It may drop blanks of any width, quotes and what nobody sees before the sign, and read signs of full or small width
    as their common form.
    """
    for character in text:
        if not (character.isspace() or character in "'\u2019\u2018\uff07`" or is_unseen(character)):
            return unicodedata.normalize("NFKC", character) in _SIGNS
    return False


def cell(text: str) -> str:
    """Return untrusted text for a cell of a table: nothing unseen in it, and no spreadsheet takes it for a formula."""
    shown = spelt(text)
    return f"'{shown}" if is_formula(text) or is_formula(shown) else shown


def without_commands(text: str) -> str:
    """Return a text in which no pipeline that reads it finds a command: their signs stand apart, as `: :`."""
    return _COMMANDS.sub(" ", text)


@lru_cache(maxsize=65536)
def _spelt(character: str) -> str:
    if character in _SPACES or _selects_form(character):
        return character
    if character.isprintable() and not is_unseen(character):
        return character
    return character.encode("unicode_escape", "replace").decode("ascii")


def _selects_form(character: str) -> bool:
    """Say whether a character selects a form of the one before it, as in names: it is part of the writing."""
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF


@lru_cache(maxsize=65536)
def is_unseen(character: str) -> bool:
    """Say whether a character is drawn as nothing, or steers what is around it; a common space is not meant."""
    code = ord(character)
    return (
        unicodedata.category(character) in _CONTROLLING
        or character in _BLANK
        or any(first <= code <= last for first, last in _DEFAULT_IGNORABLE)
    )


def is_no_text(character: str) -> bool:
    """Say whether a character has no place in a text that is shown: unseen, or set aside as no character at all."""
    code = ord(character)
    return is_unseen(character) or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def no_text_in(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield where parsed data hold such a character, in keys or in texts, with the first one of each place."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _first(key, (*path, key))
            yield from no_text_in(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from no_text_in(value, (*path, index))
    elif isinstance(data, str):
        yield from _first(data, path)


def _first(text: str, path: Path) -> Iterator[tuple[Path, str]]:
    if text.isascii() and text.isprintable():
        return
    found = next((character for character in text if is_no_text(character)), None)
    if found is not None:
        yield path, found
