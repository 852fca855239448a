"""协助提供材料的函: the questions on a record as one letter to each unit, as a Word file or as a workbook to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from decision_procedure.errors import UnusableArgument
from decision_procedure.forms.questions import Question, questions
from decision_procedure.law.articles import listed_articles
from decision_procedure.results.report import Report
from decision_procedure.sources.optional import needed
from decision_procedure.wording import LANGUAGES, Words, say

FORMS = ("docx", "xlsx")
_MOST_CITED = 2


class UnitLetter(NamedTuple):
    """One letter: to whom (empty: the record names nobody), what is asked, and whether it asks for a person's judgement."""

    unit: str
    asked: tuple[Question, ...]
    judging: bool = False


def unit_letters(report: Report) -> tuple[UnitLetter, ...]:
    """Return the letters, in the order of what is gravest: what nobody is named for goes to the lead unit, and what is for a person to judge to the deciding body, last."""
    record = report.decision
    lead = next((unit.name for unit in record.units if unit.id == record.lead_unit), "")
    lead = lead or (record.units[0].name if len(record.units) == 1 else "")
    groups: dict[tuple[bool, str], list[Question]] = {}
    for item in questions(report):
        judging = item.kind == "judgement"
        key = (judging, record.body.name if judging else item.unit or lead)
        groups.setdefault(key, []).append(item)
    ordered = sorted(groups.items(), key=lambda group: group[0][0])
    return tuple(UnitLetter(unit, tuple(asked), judging) for (judging, unit), asked in ordered)


def letters(report: Report, form: str, lang: str) -> bytes:
    """Return the letters as a file of a form of `FORMS`. Raises UnusableArgument for another, or without its library."""
    if form not in FORMS or lang not in LANGUAGES:
        raise UnusableArgument(f"没有此格式或语言 no such form or language: {form[:20]} {lang[:20]}")
    if form == "docx":
        needed("docx", "word")
        from decision_procedure.forms.letter_word import letter_document

        return letter_document(report, unit_letters(report), lang)
    needed("openpyxl", "excel")
    from decision_procedure.forms.letter_book import letter_book

    return letter_book(report, unit_letters(report), lang)


def source_of(question: Question, words: Words) -> str:
    """Return on which provisions a question rests and what the first of them asks."""
    articles = joined_articles(question, words)
    cited = words.series(articles[:_MOST_CITED])
    if len(articles) > _MOST_CITED:
        cited = words.say("instruments_more", cited=cited, number=len(articles))
    why = question.why[0].text(words.lang) if len(question.sources) == 1 and question.why else ""
    return f"{cited}{words.say('colon')}{why}" if why else cited


def cited_by(question: Question, lang: str) -> str:
    """Return the provisions that a question rests on, each instrument named once; of many the first."""
    words = Words(lang, "letter")
    return words.series(joined_articles(question, words))


def joined_articles(question: Question, words: Words) -> list[str]:
    """Return the provisions, each instrument with its articles: of many the first."""
    found: dict[str, dict[str, None]] = {}
    for instrument, article in question.sources:
        found.setdefault(instrument.text(words.lang), {})[article.text(words.lang)] = None
    return [_cited(title, list(articles), words) for title, articles in found.items()]


def _cited(title: str, articles: Sequence[str], words: Words) -> str:
    text = words.say("cited_law", title=title, article=listed_articles(articles[:_MOST_CITED], words.lang))
    more = len(articles) > _MOST_CITED
    return say("question.cited_more", words.lang, cited=text, number=len(articles)) if more else text


def allowed_of(question: Question, words: Words) -> str:
    """Return what may be answered: the words, or what kind of answer is wanted; and which papers would show it."""
    choices = [called.text(words.lang) for _, called in question.choices]
    return words.listed(choices) if choices else question.answers.text(words.lang)


def heads(words: Words, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the heads of columns."""
    yield from (words.say(f"head_{name}") for name in names)


__all__ = ["FORMS", "UnitLetter", "allowed_of", "cited_by", "heads", "letters", "source_of", "unit_letters"]
