"""Sheets as Markdown, and the pages of a whole law, for a site of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from decision_procedure.law.applicable import Law
from decision_procedure.render.rules.dates import in_force_text
from decision_procedure.render.rules.duties import duty_sheet
from decision_procedure.render.rules.instruments import instrument_sheet
from decision_procedure.render.rules.sheet import Field, Item, LawWords, Sheet
from decision_procedure.render.text import plain
from decision_procedure.sources.characters import spelt
from decision_procedure.wording import LANGUAGES

_SPECIAL = re.compile(r"([\\`*_{}\[\]#!])")
_OPENING = re.compile(r"^(\d*)([-+.])")
_NAME = re.compile(r"[a-z0-9](?:[A-Za-z0-9.\\_-]*[A-Za-z0-9])?")


class LawPage(NamedTuple):
    """One page: its path within the site, its title and its Markdown."""

    path: str
    title: str
    markdown: str


def law_pages(law: Law) -> tuple[LawPage, ...]:
    """Return, for Chinese and then English, a page that lists the instruments of a law and one for each of them.

    Paths are `rules/LANG/index.md` and `rules/LANG/INSTRUMENT.md`; a duty is a section of its instrument's
    page, under its identifier as anchor. Pages depend on the law alone.
    """
    return tuple(page for lang in LANGUAGES for page in _pages(law, lang))


def as_markdown(sheet: Sheet, targets: Mapping[str, str] | None = None, level: int = 1) -> str:
    """Return a sheet as Markdown under a heading of a level.

    `targets` gives the address of each instrument and duty that has a page; others are named without a link.
    """
    return "\n".join(_lines(sheet, targets or {}, level))


def escaped(text: str) -> str:
    """Return a text that Markdown and HTML show as it is, on one line."""
    text = _SPECIAL.sub(r"\\\1", plain(text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _OPENING.sub(r"\1\\\2", text)


def _pages(law: Law, lang: str) -> Iterator[LawPage]:
    words = LawWords(lang)
    targets = {pack.head.id: f"{pack.head.id}.md" for pack in law.packs}
    targets |= {rule.id: f"{pack.head.id}.md#{rule.id}" for pack in law.packs for rule in pack.rules}
    yield LawPage(f"rules/{lang}/index.md", words.say("site"), _index(law, words, targets))
    for pack in law.packs:
        sheets = [duty_sheet(law, pack, rule, lang) for rule in pack.rules]
        parts = [as_markdown(instrument_sheet(law, pack, lang), targets)]
        parts += [as_markdown(sheet, targets, level=2) for sheet in sheets]
        path = f"rules/{lang}/{targets[pack.head.id]}"
        yield LawPage(path, words.said(pack.head.title), "\n".join(parts))


def _index(law: Law, words: LawWords, targets: Mapping[str, str]) -> str:
    duties = sum(len(pack.rules) for pack in law.packs)
    lines = [
        f"# {words.say('site')}",
        "",
        words.say("site_intro", instruments=len(law.packs), duties=duties),
        "",
    ]
    for pack in law.packs:
        text = words.say("site_line", title=words.said(pack.head.title), days=in_force_text(pack.head, words))
        lines.append(f"- {_linked(Item(text, refers=pack.head.id), targets)}")
    return "\n".join([*lines, ""])


def _lines(sheet: Sheet, targets: Mapping[str, str], level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaped(sheet.title)} {{#{sheet.id}}}"
    yield ""
    for field in sheet.fields:
        yield from _field(field, targets)


def _field(field: Field, targets: Mapping[str, str]) -> Iterator[str]:
    yield f"**{escaped(field.label)}**"
    yield ""
    for item in field.items:
        yield from _item(item, targets)
    yield ""


def _item(item: Item, targets: Mapping[str, str]) -> Iterator[str]:
    bullet = "    " * item.depth + "- "
    if not item.code:
        yield bullet + _linked(item, targets)
    elif "\n" not in item.text:
        ticks = "`" * (_longest_run(item.text) + 1)
        yield f"{bullet}{ticks} {spelt(item.text)} {ticks}"
    else:
        fence = "`" * max(3, _longest_run(item.text) + 1)
        yield from ("", fence, *map(spelt, item.text.splitlines()), fence, "")


def _longest_run(text: str) -> int:
    """Return how many backticks stand next to each other at most, for a fence to be longer."""
    return max(map(len, re.findall("`+", text)), default=0)


def _linked(item: Item, targets: Mapping[str, str]) -> str:
    """Return a line whose identifiers, or where it does not hold its own, the whole of it, link to their pages."""
    text, target = escaped(item.text), targets.get(item.refers or "")
    if target is None or item.refers is None:
        return text
    if escaped(item.refers) not in text:
        return f"[{text}]({target})"

    def link(found: re.Match[str]) -> str:
        address = targets.get(found[0].replace("\\", ""))
        return found[0] if address is None else f"[{found[0]}]({address})"

    return _NAME.sub(link, text)
