"""Finding names in text however written: compatibility forms, case, blanks, dots, dashes, marks, unseen characters.

A radical of a character stands for the character that looks like it, as texts taken out of a PDF have it.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote_plus

from decision_procedure.sources.characters import is_unseen

# What joins the parts of a name, in common width: any of it, or none.
_JOINERS = frozenset("·•・‧∙⋅●･᛫.'’‘ʼ`´")
_JOINING = frozenset(("Pc", "Pd"))
# EquivalentUnifiedIdeograph of the Unicode Character Database (17.0) for the radicals and strokes of the basic
# plane that no normal form replaces.
_RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈"
    "⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲㇏㇐㇑㇒㇓㇔㇖㇚㇝㇟㇠",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见角讠"
    "贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀乀一丨丿丿丶乛亅乀乚乙",
)
# A character by its number (`\u5f20`, `%u5F20`, `\u{5f20}`, `U+5F20`, `\U00005f20`), a rare one by two halves; bytes of
# one as programs and mails write them (`\xE5`, `\345`, `=E5`).
_CODE = re.compile(
    r"(?:\\u|%u)([0-9a-fA-F]{4})|\\u\{([0-9a-fA-F]{1,6})\}|(?:[Uu]\+|\\U000)([0-9a-fA-F]{4,5})"
)
_BYTE = re.compile(r"(?:\\x|=)([0-9a-fA-F]{2})|\\([0-3][0-7]{2})")
_SIGNS_OF_CODES = "%&\\=+"
_LAYERS = 3


def fold(text: str) -> str:
    """Return what of a text tells names apart: decomposed, without case, blanks, joiners, marks and unseen characters."""
    return "".join(part for part, _ in _folded(unicodedata.normalize("NFD", text)))


class FoldedNames:
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
        """Say whether a text holds any name, as it is written or spelt in codes (`%E5%BC%A0`, `&#24352;`)."""
        pattern = self._any
        return pattern is not None and any(pattern.search(fold(one)) is not None for one in _readings(text))

    def short_within(self, text: str) -> bool:
        """Say whether a text holds a name of one character."""
        return self._short is not None and self._short.search(fold(text)) is not None

    def replaced(self, text: str) -> str:
        """Return a text with each name in brackets replaced, not one spelt in codes; without names it comes back unchanged."""
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


def _readings(text: str) -> Iterator[str]:
    """Yield a text as written, and what it says where characters are spelt in codes of addresses, pages or JSON."""
    yield text
    if not any(sign in text for sign in _SIGNS_OF_CODES):
        return
    for coding in ("utf-8", "gb18030"):
        read = text
        for _ in range(_LAYERS):
            before = read
            read = html.unescape(unquote_plus(_BYTE.sub(_as_byte, _CODE.sub(_as_character, read)), coding))
            read = read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            if read == before:
                break
            yield read


def _as_character(code: re.Match[str]) -> str:
    number = int(code[1] or code[2] or code[3], 16)
    return chr(number) if number <= sys.maxunicode else code[0]


def _as_byte(code: re.Match[str]) -> str:
    return f"%{int(code[1], 16) if code[1] else int(code[2], 8):02X}"


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
    return "".join(item for item in part.translate(_RADICALS) if not _ignored(item))


def _ignored(character: str) -> bool:
    return (
        character.isspace()
        or character in _JOINERS
        or unicodedata.category(character) in _JOINING
        or _hides(character)
    )


def _hides(character: str) -> bool:
    """Say whether a character tells no names apart and may stand inside one unnoticed: marks, what is not drawn."""
    return unicodedata.category(character)[0] == "M" or is_unseen(character)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    found = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, found))) if found else None
