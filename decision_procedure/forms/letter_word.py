"""The letters to the units as one Word file in the layout of official documents, each on pages of its own."""

from __future__ import annotations

from collections.abc import Sequence

from decision_procedure.forms.letters import UnitLetter, allowed_of, heads, source_of
from decision_procedure.render.word.layout import TEXT_WIDTH
from decision_procedure.render.word.paper import OfficialPaper
from decision_procedure.render.word.writing import add_table, shown
from decision_procedure.results.report import Report
from decision_procedure.wording import Words

_LONGEST_TITLE = 80
_WIDTHS = (26, 140, 112, 62, TEXT_WIDTH - 340)
_COLUMNS = ("number", "question", "why", "allowed", "answer")


def letter_document(report: Report, letters: Sequence[UnitLetter], lang: str) -> bytes:
    """Return the letters as a Word file; without a question one page that says so."""
    paper, words = OfficialPaper(lang), Words(lang, "letter")
    title = shown(report.title, lang, _LONGEST_TITLE)
    for letter in letters:
        _letter(paper, report, letter, words, title)
    if not letters:
        paper.begin(words.say("title", title=title))
        paper.text(words.say("nothing", title=title, day=report.as_of))
    return paper.saved(report.as_of)


def _letter(paper: OfficialPaper, report: Report, letter: UnitLetter, words: Words, title: str) -> None:
    lang = words.lang
    paper.begin(words.say("judge_title" if letter.judging else "title", title=title))
    paper.number()
    paper.addressed(letter.unit or words.say("nobody"))
    key = "judge_opening" if letter.judging else "opening"
    paper.text(words.say(key, title=title, day=report.as_of, number=len(letter.asked)))
    paper.text(words.say("judge_how" if letter.judging else "how"))
    rows = [
        (
            str(number),
            shown(item.text.text(lang), lang),
            shown(source_of(item, words), lang),
            shown(allowed_of(item, words), lang),
            words.say("judge_blank") if letter.judging else "",
        )
        for number, item in enumerate(letter.asked, 1)
    ]
    add_table(paper.document, list(heads(words, _COLUMNS)), rows, _WIDTHS)
    paper.close()


__all__ = ["letter_document"]
