"""What a page of law is made of: labelled fields of lines, before anything decides how they look."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from decision_procedure.law.articles import article_text
from decision_procedure.law.pack import Said
from decision_procedure.render.rules.words import LABELS, NAMED, SENTENCES, UNITS


class Item(NamedTuple):
    """One line of a field, `depth` levels below it.

    `code` is a block of several lines in which blanks count. `refers` is the identifier of the duty or
    instrument that the line speaks of; None: of none.
    """

    text: str
    depth: int = 0
    code: bool = False
    refers: str | None = None


class Field(NamedTuple):
    """One labelled part of a sheet. `items` are never empty: what a rule does not state, it says so."""

    key: str
    label: str
    items: tuple[Item, ...]


class Sheet(NamedTuple):
    """What is said of one instrument or duty. `id` is its identifier, `duties` those of an instrument."""

    id: str
    title: str
    fields: tuple[Field, ...]
    duties: tuple[str, ...] = ()


class Words:
    """The words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def pick(self, zh: str, en: str) -> str:
        """Return the one of two texts that is in this language."""
        return zh if self.lang == "zh" else en

    def said(self, said: Said) -> str:
        """Return a statement of the law."""
        return said.text(self.lang)

    def say(self, key: str, /, **values: object) -> str:
        """Return a sentence of the table, with these values in it."""
        return self.pick(*SENTENCES[key]).format(**values)

    def field(self, key: str, items: Iterable[Item | str], *, otherwise: str | None = None) -> Field:
        """Return a field; where there is no item, with the sentence `otherwise` of the table."""
        found = tuple(Item(item) if isinstance(item, str) else item for item in items)
        if not found and otherwise is not None:
            found = (Item(self.say(otherwise)),)
        return Field(key, self.label(key), found)

    def article(self, text: str) -> str:
        """Return an article; in English a form that is not known stays as it is."""
        return article_text(text, self.lang)

    def named(self, text: str) -> str:
        """Return an issuer or a kind of instrument; in English one that the table does not hold stays as it is."""
        return self.pick(text, NAMED.get(text, text))

    def label(self, key: str) -> str:
        """Return the label of a field."""
        return self.pick(*LABELS[key])

    def unit(self, unit: str) -> str:
        """Return the unit of a number."""
        return self.pick(*UNITS[unit])

    def listed(self, parts: Iterable[str]) -> str:
        """Return several things in a row."""
        return self.pick("、", ", ").join(parts)
