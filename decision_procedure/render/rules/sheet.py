"""What a page of law is made of: labelled fields of lines, before anything decides how they look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from decision_procedure.law.articles import article_text
from decision_procedure.law.language import Scope
from decision_procedure.law.said import Naming
from decision_procedure.law.saying import told_parts
from decision_procedure.wording import Words, is_chinese, say, section


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


class LawWords(Words):
    """The words of the pages of law in one language."""

    def __init__(self, lang: str) -> None:
        super().__init__(lang, "law")

    def field(self, key: str, items: Iterable[Item | str], *, otherwise: str | None = None) -> Field:
        """Return a field; where there is no item, with the sentence `otherwise` of the table."""
        found = tuple(Item(item) if isinstance(item, str) else item for item in items)
        if not found and otherwise is not None:
            found = (Item(self.say(otherwise)),)
        return Field(key, self.label(key), found)

    def condition(self, text: str, scope: Scope, depth: int = 0) -> Iterator[Item]:
        """Yield a condition in words, its parts below it, and at the end as it is written."""
        for said, below in told_parts(text, scope, self.lang):
            yield Item(said, depth + below)
        yield Item(text, depth, code=True)

    def conditions(self, stated: Mapping[str, str | None], scope: Scope) -> Iterator[Item]:
        """Yield the conditions that are stated, each below the text of the table for what it is."""
        for key, text in stated.items():
            if text is not None:
                yield Item(self.say(key))
                yield from self.condition(text, scope, depth=1)

    def article(self, text: str) -> str:
        """Return an article; in English a form that is not known stays as it is."""
        return article_text(text, self.lang)

    def named(self, called: Naming) -> str:
        """Return an issuer or a kind of instrument; one of which there is no English name stays as it is."""
        if called.en is not None and not is_chinese(self.lang):
            return called.en
        return section("law_name", self.lang).get(called.zh, called.zh)

    def label(self, key: str) -> str:
        """Return the label of a field."""
        return say(f"law_field.{key}", self.lang)

    def unit(self, unit: str) -> str:
        """Return the unit of a number."""
        return say(f"number_unit.{unit}", self.lang)
