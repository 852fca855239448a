"""The letters to the units as one Word file in the layout of official documents, each on pages of its own."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from decision_procedure.forms.letters import UnitLetter, allowed_of, heads, source_of
from decision_procedure.render.word.layout import TEXT_WIDTH, new_document
from decision_procedure.render.word.writing import add, add_table, saved, shown
from decision_procedure.results.report import Report
from decision_procedure.wording import Words

_LONGEST_TITLE = 120
_WIDTHS = (26, 150, 126, 66, TEXT_WIDTH - 368)
_COLUMNS = ("number", "question", "why", "allowed", "answer")


def letter_document(report: Report, letters: Sequence[UnitLetter], lang: str) -> bytes:
    """Return the letters as a Word file; without a question one page that says so."""
    document, words = new_document(lang), Words(lang, "letter")
    title = shown(report.title, lang, _LONGEST_TITLE)
    for number, letter in enumerate(letters):
        if number:
            document.add_section(WD_SECTION.NEW_PAGE)
        _letter(document, report, letter, words, title)
    if not letters:
        add(document, words.say("nothing", title=title, day=report.as_of), "Normal")
    return saved(document, words.say("title", title=title), report.as_of)


def _letter(document: WordDocument, report: Report, letter: UnitLetter, words: Words, title: str) -> None:
    lang = words.lang
    add(document, words.say("judge_title" if letter.judging else "title", title=title), "Title")
    add(document, "", "Normal")
    add(
        document,
        words.say("to", unit=shown(letter.unit, lang, _LONGEST_TITLE) or words.say("nobody")),
        "Normal",
    )
    key = "judge_opening" if letter.judging else "opening"
    add(document, words.say(key, title=title, day=report.as_of, number=len(letter.asked)))
    add(document, words.say("judge_how" if letter.judging else "how"))
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
    add_table(document, list(heads(words, _COLUMNS)), rows, _WIDTHS)
    add(document, words.say("contact"))
    for text in ("seal", "date"):
        paragraph = add(document, words.say(text), "Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64)
        paragraph.paragraph_format.keep_with_next = text == "seal"


__all__ = ["letter_document"]
