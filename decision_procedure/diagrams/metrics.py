"""Widths of texts and where lines break, computed here so that no font and no renderer is asked."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from decision_procedure.sources.characters import spelt
from decision_procedure.wording.breaking import filled, tokens_of

MAX_TEXT = 4000
ELLIPSIS = "…"

# Advance of U+0020 to U+007E in hundredths of an em: the wider of regular and bold, of Noto Sans CJK.
_ASCII = (
    23, 37, 58, 59, 59, 97, 74, 33, 38, 38, 51, 59, 33, 37, 33, 40, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 33,
    33, 59, 59, 59, 52, 101, 65, 69, 66, 72, 62, 59, 72, 76, 33, 57, 69, 58, 86, 75, 77, 67, 77, 69, 63, 63,
    75, 62, 92, 63, 58, 62, 38, 40, 38, 59, 57, 63, 60, 65, 53, 65, 59, 38, 60, 64, 31, 31, 61, 32, 97, 65, 63,
    65, 65, 44, 50, 43, 64, 58, 87, 57, 58, 52, 38, 30, 38, 59,
)  # fmt: skip
_SLACK = 1.03  # other fonts than the measured one run a little wider
_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """Return a text on one line, with every character that nobody sees, or that steers others, spelt out."""
    return spelt(_BREAKS.sub(" ", text[:MAX_TEXT])).strip()


@lru_cache(maxsize=65536)
def width_em(text: str) -> float:
    """Return an upper bound of the width of a text, in em."""
    return sum(map(_char_em, text))


def width_of(text: str, size: float) -> float:
    """Return an upper bound of the width of a text at a size, in points."""
    return width_em(text) * size


@lru_cache(maxsize=256)
def line_height(size: float) -> int:
    """Return the height of one line of text in points; enough for every CJK font seen."""
    return math.ceil(1.5 * size)


@lru_cache(maxsize=65536)
def wrap(text: str, size: float, width: float, most: int = 4, *, balanced: bool = False) -> tuple[str, ...]:
    """Return the text in lines no wider than `width` points, at most `most`; what is left out ends in `…`.

    `balanced` makes the lines about equally long. An empty text has no lines.
    """
    tokens = tokens_of(clean(text))
    room = width / size
    lines = filled(tokens, room, width_em)
    if len(lines) > most:
        return (*lines[: most - 1], _shortened(lines[most - 1], room))
    if balanced and len(lines) > 1:
        whole = [wide for wide in map(width_em, tokens) if wide <= room]  # no word is cut for balance
        low, high = max([room / 2, *whole]), room
        for _ in range(6):
            middle = (low + high) / 2
            if len(filled(tokens, middle, width_em)) > len(lines):
                low = middle
            else:
                high = middle
        lines = filled(tokens, high, width_em)
    return tuple(lines)


def fitted(text: str, size: float, width: float) -> str:
    """Return the text on one line no wider than `width` points, ending in `…` when shortened."""
    lines = wrap(text, size, width, 1)
    return lines[0] if lines else ""


@lru_cache(maxsize=4096)
def _char_em(char: str) -> float:
    code = ord(char)
    if 0x20 <= code <= 0x7E:
        return _ASCII[code - 0x20] * _SLACK / 100
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if code >= 0x1F000 and not 0x20000 <= code <= 0x3FFFF:
        return 1.4  # emoji fonts are wider than an em
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.8 if code < 0x500 else 1.2


def _shortened(line: str, room: float) -> str:
    while line and width_em(line) + 1 > room:
        line = line[:-1]
    return line + ELLIPSIS
