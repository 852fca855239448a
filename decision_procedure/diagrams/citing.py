"""How pictures write what the law says: numbers for its instruments, articles cited by them, statutory numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from decision_procedure.checking.governing import Governing, Instrument
from decision_procedure.checking.requirements import Cited, LawNumber
from decision_procedure.law.articles import articles_text, has_number
from decision_procedure.law.numbers import numbered
from decision_procedure.model.vocabulary import label
from decision_procedure.wording import Words, say


@dataclass(frozen=True)
class Marks:
    """The instruments that a picture cites, in order, and in which of the laws compared each stands."""

    instruments: tuple[Instrument, ...]
    sides: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, laws: Sequence[Governing], named: Collection[str]) -> Marks:
        """Return marks for the instruments of these laws that are named."""
        found: dict[str, Instrument] = {}
        for law in laws:
            for item in law.instruments:
                if item.pack.head.id in named:
                    found.setdefault(item.pack.head.id, item)
        sides = [frozenset(item.pack.head.id for item in law.instruments) for law in laws]
        return cls(tuple(found.values()), tuple(sides))

    def mark(self, instrument: str) -> str:
        """Return the number of an instrument in brackets, with `?` where it is uncertain whether it applies."""
        for number, item in enumerate(self.instruments, 1):
            if item.pack.head.id == instrument:
                return f"[{number}{'' if item.sure else '?'}]"
        return ""

    def short(self, cited: Cited, lang: str) -> str:
        """Return a citation for a card: the number, and the articles whose own numbers were seen."""
        numbered = tuple(text for text in cited.articles if has_number(text))
        told = articles_text(numbered, lang).removeprefix("第") if numbered else ""
        return self.mark(cited.instrument) + (say("glossary.gap", lang) if told else "") + told

    def full(self, cited: Cited, lang: str) -> str:
        """Return a citation with every article or section."""
        return f"{self.mark(cited.instrument)} {articles_text(tuple(cited.articles), lang)}"

    def lines(self, lang: str) -> list[str]:
        """Return a line for each instrument: number, title, how it binds, and what is uncertain."""
        return [self._line(item, lang) for item in self.instruments]

    def _line(self, item: Instrument, lang: str) -> str:
        head = item.pack.head
        notes = [label("binding", item.binding, lang)] if item.binding else []
        if not item.sure:
            notes.append(say("diagram.unsure_force", lang))
        inside = [head.id in side for side in self.sides]
        if len(inside) == 2 and not all(inside):
            notes.append(say(f"diagram.{'only_this' if inside[0] else 'only_other'}", lang))
        if head.seen != "full":
            notes.append(say(f"diagram.seen_{head.seen}", lang))
        told = f" — {Words(lang).listed(notes)}" if notes else ""
        return f"{self.mark(head.id)} {head.title.text(lang)}{numbered(head.number or '', lang)}{told}"


def number_texts(number: LawNumber, lang: str) -> list[str]:
    """Return what a number of the law counts, and the number, as they stand on a step."""
    value = f"{number.value}{say('glossary.gap', lang)}{say(f'diagram.{number.unit}', lang)}"
    general = say("diagram.in_general", lang) if number.general else ""
    only = say("diagram.some_matters", lang) if number.conditional else ""
    counts = Words(lang).listed(what.text(lang) for what in number.counts)
    return [counts, say(f"diagram.{number.sign}", lang, general=general, number=value) + only]
