"""Articles as texts cite them: the numbers that a citation names, its words in both languages, every one of a pack file.

This is the one translator of articles: text, web pages, Word, trails, diagrams, tables and rule pages take it from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from decision_procedure.law.pack import PackFile
from decision_procedure.law.said import Article
from decision_procedure.wording import LANGUAGES, Words, is_chinese, section

_NUMERAL = "[〇零一二三四五六七八九十百千]+"
_IN = {
    unit: (re.compile(f"第({_NUMERAL}){unit}"), re.compile(f"第({_NUMERAL}){unit}至第({_NUMERAL}){unit}"))
    for unit in "条项"
}
_CITED = re.compile(f"第{_NUMERAL}[条项点部]|部分|未见")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"(?:[零〇一二三四五六七八九十百千]+|\d+)"
_TOKEN = re.compile(
    rf"第?\(?({_NUMBER})\)?(条|点|章|节|编|部分|款|项|目)|第?(附件|附录|附表)({_NUMBER})?|(附则|总则|序言|前言|正文|标题)"
)
_DIVISIONS = {
    "条": "Art. {}", "点": "Point {}", "章": "Chapter {}", "节": "Section {}", "编": "Book {}", "部分": "Part {}",
    "款": "({})", "项": "({})", "目": "({})",
}  # fmt: skip
_INNER = ("款", "项", "目")
_JOINTS = {"、": ", ", ",": ", ", ";": "; ", "和": " and ", "与": " and ", "及": " and ", "以及": " and ", "或者": " or ",
           "或": " or ", "至": " to ", "到": " to ", "-": " to ", "—": " to ", "~": " to "}  # fmt: skip
_JOINT = re.compile("|".join(sorted(map(re.escape, _JOINTS), key=len, reverse=True)))
_TAILS = {
    "前段": ", first part", "中段": ", middle part", "后段": ", latter part", "但书": ", proviso", "以后": " and after",
    "以下": " and after", "以前": " and before", "本文": ", main clause",
}  # fmt: skip

_WHOLE = re.compile(rf"第({_NUMBER})条")
_STRETCH = re.compile(rf"第({_NUMBER})条至第({_NUMBER})条")
_PARAGRAPH = re.compile(rf"(第{_NUMERAL}条(?=第{_NUMERAL}款)|Art\. \d+(?=\(\d+\)))")
_POINT = re.compile(rf"第({_NUMBER})点")


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
    """Return the numbers of the articles that a citation such as 第四条至第七条 names, or of the items of a paper that has none."""
    one, stretch = _IN[unit_of(citation)]
    found = {number_of(numeral) for numeral in one.findall(citation)}
    for first, last in stretch.findall(citation):
        found.update(range(number_of(first), number_of(last) + 1))
    return frozenset(found)


def unit_of(citation: str) -> Literal["条", "项"]:
    """Return in what the text that is cited is divided: articles, or items (第五项) where it has no articles."""
    return "项" if _IN["条"][0].search(citation) is None and _IN["项"][0].search(citation) else "条"


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
        "repeats": pack.repeats,
        "unmodelled": pack.unmodelled,
        "superseded": pack.superseded,
        "allows_other": pack.allows_other,
    }
    for name, items in sections.items():
        for index, item in enumerate(items):
            yield (name, index, "article"), item.article  # type: ignore[attr-defined]


def article_text(text: str, lang: str) -> str:
    """Return a citation of one instrument in a language.

    In English it is as its pack has it, else from its numbers: no Chinese is left then, but in the name of a passage
    that has no number and that the table of words does not know.
    """
    if is_chinese(lang):
        return str(text)
    return (isinstance(text, Article) and text.en) or _in_english(str(text))


def articles_text(texts: tuple[str, ...], lang: str) -> str:
    """Return the articles of citations, sorted and once each: `第十五条第一款` and others become `第15、16条`.

    Paragraphs and items are left out; what has no article number stands after those, in full.
    """
    numbers: set[tuple[int, int]] = set()
    others: dict[str, None] = {}
    for text in texts:
        found = _stretches(text)
        numbers.update(found)
        if not found:
            others[_figures(text) if is_chinese(lang) else article_text(text, lang)] = None
    words = Words(lang, "article")
    cited = words.listed(
        str(first) if first == last else words.say("stretch", first=first, last=last)
        for first, last in _merged(numbers)
    )
    return words.listed([*((words.say("numbers", numbers=cited),) if numbers else ()), *others])


def listed_articles(texts: Iterable[str], lang: str) -> str:
    """Return citations of one instrument, already in a language, as a list; neighbouring paragraphs share their article.

    第二十五条第一款 and 第二十五条第二款 become 第二十五条第一款、第二款.
    """
    told: list[str] = []
    last = ""
    for text in texts:
        own = _PARAGRAPH.match(text)
        told.append(text[own.end() :] if own and own[1] == last else text)
        within = list(_PARAGRAPH.finditer(text))
        last = within[-1][1] if within and not re.search(r"条|Art\.", text[within[-1].end() :]) else ""
    return Words(lang).listed(told)


def by_instrument(cited: Iterable[tuple[str, str]], lang: str) -> dict[str, str]:
    """Return each instrument cited once with its articles as a list: of pairs of title and article, both in a language."""
    found: dict[str, dict[str, None]] = {}
    for title, article in cited:
        found.setdefault(title, {})[article] = None
    return {title: listed_articles(articles, lang) for title, articles in found.items()}


def has_number(text: str) -> bool:
    """Say whether a citation names an article, or a point of an outline, by its number and nothing else needs words."""
    return bool(_stretches(text)) or _POINT.fullmatch(text) is not None


def _figures(text: str) -> str:
    """Return points of an outline with their numbers in figures: 第12点."""
    return _POINT.sub(lambda found: f"第{_number(found[1])}点", text)


@lru_cache(maxsize=4096)
def _stretches(text: str) -> set[tuple[int, int]]:
    ranges = {(_number(first), _number(last)) for first, last in _STRETCH.findall(text)}
    single = {(_number(item), _number(item)) for item in _WHOLE.findall(_STRETCH.sub("", text))}
    return ranges | single


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, each number in one of them; neighbours stay apart unless a range holds them."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(stretches, key=lambda item: (item[0], -item[1])):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


@lru_cache(maxsize=4096)
def _in_english(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    stem, remark = _without_remark(plain)
    said = _passage(stem) or _sequence(stem, unit_of(stem) == "项")
    return text if said is None else said + remark


def _passage(text: str) -> str | None:
    """Return the English of a passage that has no number; None where the table of words does not know it."""
    return section("passage", LANGUAGES[1]).get(text)


def _without_remark(text: str) -> tuple[str, str]:
    """Return a citation without the remark in brackets at its end, and the remark in English."""
    if not text.endswith(")") or "(" not in text:
        return text, ""
    stem, _, inside = text[:-1].rpartition("(")
    if not stem or re.fullmatch(_NUMBER, inside):
        return text, ""
    return stem, f" ({_passage(inside) or _sequence(inside) or inside})"


def _sequence(text: str, items: bool = False) -> str | None:
    """Return citations joined by commas, `to` and the like, `items` of a paper without articles; None: one has no known form."""
    pieces = _split(text)
    said = [(_passage(part) or _one(part, items), joint) for part, joint in pieces]
    if any(part is None for part, _ in said):
        return None
    return "".join(f"{part}{joint}" for part, joint in said)


def _split(text: str) -> Sequence[tuple[str, str]]:
    """Return the parts of a citation, each with the joint after it in English."""
    found, start = [], 0
    for match in _JOINT.finditer(text):
        found.append((text[start : match.start()], _JOINTS[match[0]]))
        start = match.end()
    return [*found, (text[start:], "")]


def _one(text: str, items: bool = False) -> str | None:
    """Return one citation in English: divisions (`items`: these too), then paragraphs and items; None for any other form."""
    tail = next((tail for tail in _TAILS if text.endswith(tail)), "")
    rest, found = text.removesuffix(tail), []
    while rest:
        match = _TOKEN.match(rest)
        if match is None:
            return None
        number, kind, annex, of_annex, part = match.groups()
        if part or annex:
            more = f" {_number(of_annex)}" if of_annex else ""
            found.append((False, f"{_passage(part or annex)}{more}"))
        else:
            outer = items and kind == "项"
            form = "Item {}" if outer else _DIVISIONS[kind]
            found.append((kind in _INNER and not outer, form.format(_number(number))))
        rest = rest[match.end() :]
    if not found:
        return None
    said = "".join(text if inner or at == 0 else f", {text}" for at, (inner, text) in enumerate(found))
    return said + _TAILS.get(tail, "")


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else number_of(numeral)
