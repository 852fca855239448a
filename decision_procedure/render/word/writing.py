"""Paragraphs and tables of a Word document; long texts of a record are cut by `shown`, unseen characters spelt out in all."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from decision_procedure.render.packing import packed
from decision_procedure.render.word.layout import CHINESE
from decision_procedure.sources.characters import one_line, spelt
from decision_procedure.wording import is_chinese, say
from decision_procedure.wording.punctuation import official

LONGEST = 2000

_PIECES = re.compile(r"(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])")
_MOST_ON_ONE_PAGE = 500  # characters of a cell; a longer row may go on on the next page
_GREY = "F2F2F2"


def shown(text: str, lang: str, most: int = LONGEST) -> str:
    """Return a text of a record on one line, control characters spelt out, at most `most` characters of it."""
    safe = one_line(text[:most])
    return safe if len(text) <= most else safe + say("annex.cut", lang, count=len(text))


def numeral(number: int, lang: str) -> str:
    """Return a number as headings count: 一、十、十一、二十; from a hundred, and in English, in digits."""
    digits = "〇一二三四五六七八九"
    if number >= 100 or not is_chinese(lang):
        return str(number)
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def _punctuated(paragraph: Paragraph, text: str) -> str:
    package: Any = paragraph.part.package
    return official(text) if package.core_properties.language == CHINESE else text


def add(document: WordDocument, text: str, style: str = "Body Text", *, bold: bool = False) -> Paragraph:
    """Add a paragraph."""
    paragraph = document.add_paragraph(style=style)
    write(paragraph, text, bold=bold)
    return paragraph


def write(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    """Add text to a paragraph; a hyphen inside a number, a date or a name breaks no line."""
    run = paragraph.add_run()
    if bold:
        run.bold = True
    for number, line in enumerate(_punctuated(paragraph, text).split("\n")):
        if number:
            run._r.append(OxmlElement("w:br"))
        for index, piece in enumerate(_PIECES.split(spelt(line))):
            if index:
                run._r.append(OxmlElement("w:noBreakHyphen"))
            element = OxmlElement("w:t")
            element.text = piece
            element.set(qn("xml:space"), "preserve")
            run._r.append(element)


def add_table(
    document: WordDocument, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]
) -> Table:
    """Add a ruled table whose head is repeated on each page; `widths` of the columns in points."""
    table = ruled_table(document, widths)
    repeat_head(add_row(table, heads, bold=True))
    for row in rows:
        added = add_row(table, row)
        if max(map(len, row)) <= _MOST_ON_ONE_PAGE:
            added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def ruled_table(document: WordDocument, widths: Sequence[float]) -> Table:
    """Add a table without rows, ruled, its columns fixed; LibreOffice looks at the grid only, Word at both."""
    table: Table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    return table


def add_row(table: Table, texts: Sequence[str], *, bold: bool = False) -> Any:
    """Add a row of cells and return it."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
        cell.width = column.width
        fill(cell, text, bold=bold)
    return row


def add_band(table: Table, text: str) -> None:
    """Add a row of one cell that heads the rows below it."""
    cells = table.add_row().cells  # type: ignore[no-untyped-call]
    whole = cells[0].merge(cells[-1])
    fill(whole, text, bold=True)
    whole.paragraphs[0].paragraph_format.keep_with_next = True


def fill(cell: _Cell, text: str, *, bold: bool = False) -> None:
    """Write the text of a cell; bold cells are heads and grey."""
    paragraph = cell.paragraphs[0]
    paragraph.style = "No Spacing"
    write(paragraph, text, bold=bold)
    if bold:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _GREY)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def repeat_head(row: Any) -> None:
    """Repeat a row at the head of each page."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def saved(document: WordDocument, title: str, day: str) -> bytes:
    """Return a document as bytes, the same for the same content."""
    properties = document.core_properties
    properties.title = title[:200]
    properties.author = properties.last_modified_by = "decision-procedure"
    properties.comments = properties.keywords = ""
    properties.revision = 1
    stream = io.BytesIO()
    document.save(stream)
    return packed(stream.getvalue(), day)
