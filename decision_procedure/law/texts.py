"""The text of an instrument as a file holds it: its articles, and which of them are not as they were when it was read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

from decision_procedure.law.articles import articles_of, number_of
from decision_procedure.law.head import TextSource
from decision_procedure.law.loading import Pack

_NUMERAL = "[〇零一二三四五六七八九十百千]+"
_ARTICLE = re.compile(rf"^第({_NUMERAL})条(?!第|规定)")
_DIVISION = re.compile(rf"^第{_NUMERAL}(?:编|分编|章|节)")
_RUN_ON = re.compile(  # an article that begins within a line, after a sentence or a heading, set off by spaces
    rf"(。|^[#* \t\u3000]*第{_NUMERAL}(?:编|分编|章|节)[^。\n]*?)[ \t\u3000]+(?=第{_NUMERAL}条[ \t\u3000])",
    re.MULTILINE,
)
_MARKUP = re.compile(r"[\s#*>_|`]+")
_LENGTH = 16  # hexadecimal digits of a fingerprint

State = Literal["same", "differs", "unknown"]


class ArticleChange(NamedTuple):
    """An article that is not as it was: `changed`, `added` or `ended`; `duties` are those of the pack that cite it."""

    kind: Literal["changed", "added", "ended"]
    article: int
    duties: tuple[str, ...]


class TextChange(NamedTuple):
    """How the text in a file stands to the one that a pack was written from.

    `differs` without `articles`: only what belongs to no article, or their layout, is another. `unknown`: the pack keeps
    no fingerprints; `fingerprints` are those of the file, to be written in it once the text was read.
    """

    state: State
    sha256: str
    fingerprints: Mapping[str, str]
    read_on: str = ""
    articles: tuple[ArticleChange, ...] = ()


def text_change(pack: Pack, text: str) -> TextChange:
    """Return how a text stands to those that a pack says it was written from.

    Raises ValueError for a text in which no article begins.
    """
    found = article_fingerprints(text)
    if not found:
        raise ValueError("no article begins in this text")
    whole = sha256(text.encode()).hexdigest()
    sources = pack.head.sources
    same = next((source for source in sources if source.sha256 == whole), None)
    if same is not None:
        return TextChange("same", whole, found, same.read_on.text)
    kept = next((source for source in reversed(sources) if source.fingerprints), None)
    if kept is None:
        return TextChange("unknown", whole, found)
    changed = tuple(_changed(pack, kept, found))
    return TextChange("differs", whole, found, kept.read_on.text, changed)


def pack_of(text: str, packs: Sequence[Pack]) -> Pack | None:
    """Return the instrument whose title a text begins with, or names first; None: it names none of them."""
    head = _plain(text[:2000])
    places = {pack.head.id: head.find(_plain(pack.head.title.zh)) for pack in packs}
    named = [pack for pack in packs if places[pack.head.id] >= 0]
    return min(
        named, key=lambda pack: (places[pack.head.id], -len(pack.head.title.zh), pack.head.id), default=None
    )


def article_fingerprints(text: str) -> dict[str, str]:
    """Return the fingerprint of each article of a text by its number, without regard to layout, width and markup."""
    parts: dict[int, list[str]] = {}
    last = 0
    for line in map(_plain, _RUN_ON.sub(r"\1\n", text).splitlines()):
        begins = _ARTICLE.match(line)
        if begins and number_of(begins[1]) > last:  # a lower one is cited where a line happens to break
            last = number_of(begins[1])
        elif _DIVISION.match(line):
            continue
        if last:
            parts.setdefault(last, []).append(line)
    return {
        str(number): sha256("".join(lines).encode()).hexdigest()[:_LENGTH] for number, lines in parts.items()
    }


def _changed(pack: Pack, kept: TextSource, found: Mapping[str, str]) -> Iterator[ArticleChange]:
    read = None if kept.articles is None else articles_of(kept.articles)
    for name in sorted({*kept.fingerprints, *found}, key=int):
        was, now = kept.fingerprints.get(name), found.get(name)
        if read is not None and int(name) not in read:
            continue
        if was != now:
            number = int(name)
            duties = tuple(rule.id for rule in pack.rules if number in articles_of(rule.duty.article))
            yield ArticleChange(
                "added" if was is None else "ended" if now is None else "changed", number, duties
            )


def _plain(text: str) -> str:
    return _MARKUP.sub("", unicodedata.normalize("NFKC", text))
