"""One official paper in the layout of GB/T 9704: title, number, addressee, parts numbered 一、（一）1. and who signs.

What only the office knows (文号, 承办人, 日期) stands as a blank to fill. Letters are written with it as well.
"""

from __future__ import annotations

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from decision_procedure.diagrams.metrics import wrap
from decision_procedure.render.word.layout import (
    TEXT_WIDTH,
    TITLE_SIZE,
    WIDE_TEXT_WIDTH,
    new_document,
    renumbered,
    turned,
)
from decision_procedure.render.word.writing import add, numeral, saved, shown, write
from decision_procedure.wording import Words

LONGEST_TITLE = 120
_SURE = 0.96  # what stands in for an absent font may be wider than the fonts measured


class OfficialPaper:
    """A paper under way, upright or `wide`. Texts of a record must come through `writing.shown`."""

    def __init__(self, lang: str, *, wide: bool = False) -> None:
        self.lang = lang
        self.document = new_document(lang)
        self._width = WIDE_TEXT_WIDTH if wide else TEXT_WIDTH
        if wide:
            turned(self.document.sections[0])
        self.words = Words(lang, "paper")
        self._title = ""
        self._part = self._item = self._point = 0
        self._last: Paragraph | None = None

    def begin(self, matter: str, name: str = "") -> None:
        """Begin with a title, what it is about and what kind of paper it is (empty: the title says it).

        After another paper it stands on pages of its own.
        """
        if self._title:
            renumbered(self.document.add_section(WD_SECTION.NEW_PAGE))
        lines = wrap(shown(matter, self.lang, LONGEST_TITLE), TITLE_SIZE, self._width * _SURE, balanced=True)
        add(self.document, "\n".join([*lines, name]).strip(), "Title")
        self._title = self._title or f"{shown(matter, self.lang, LONGEST_TITLE)} {name}".strip()
        self._part = 0

    def number(self) -> None:
        """Add the blank for the number of the paper, beneath the title."""
        self._add(self.words.say("number"), "Normal").alignment = WD_ALIGN_PARAGRAPH.CENTER

    def addressed(self, name: str) -> None:
        """Add to whom it goes; empty: a blank."""
        name = shown(name, self.lang, LONGEST_TITLE) or self.words.say("blank")
        self._add("", "Normal")
        self._add(self.words.say("to", name=name), "Normal")

    def part(self, text: str) -> None:
        """Begin a part, numbered 一、 and so on."""
        self._part, self._item = self._part + 1, 0
        self._add(f"{self.words.say('part', number=numeral(self._part, self.lang))}{text}", "Heading 1")

    def item(self, text: str) -> str:
        """Begin an item of a part, numbered （一） and so on, and return its number."""
        self._item, self._point = self._item + 1, 0
        number = self.words.say("item", number=numeral(self._item, self.lang))
        self._add(f"{number}{text}", "Heading 2")
        return number

    def point(self, name: str, text: str) -> None:
        """Add a point of an item, numbered 1. and so on, what it is in bold."""
        self._point += 1
        head = f"{self.words.say('point', number=self._point)}{name}{self.words.say('colon')}"
        write(self._add(head, bold=True), text)

    def text(self, text: str) -> None:
        """Add a paragraph."""
        self._add(text)

    def annexed(self, text: str) -> None:
        """Say, a line below the text, which annex there is."""
        self._keep()
        self._add("")
        self._keep()
        self._add(f"{self.words.say('annex')}{self.words.say('colon')}{text}")

    def close(self) -> None:
        """Add the seal, and the blanks for the date and for who dealt with it; never on a page without text."""
        self._keep()
        for key in ("", "seal", "date"):
            paragraph = self._add(self.words.say(key) if key else "", "Normal")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(64)
            paragraph.paragraph_format.keep_with_next = True
        self._add(self.words.say("dealt_with"))

    def turn(self) -> None:
        """Go on on a new page, turned on its side."""
        turned(self.document.add_section(WD_SECTION.NEW_PAGE))

    def saved(self, day: str) -> bytes:
        """Return the paper as a Word file."""
        return saved(self.document, self._title, day)

    def _keep(self) -> None:
        if self._last is not None:
            self._last.paragraph_format.keep_with_next = True

    def _add(self, text: str, style: str = "Body Text", *, bold: bool = False) -> Paragraph:
        self._last = add(self.document, text, style, bold=bold)
        return self._last
