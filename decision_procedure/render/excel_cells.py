"""Sheets of a workbook, written row by row; no text of a record is ever a formula, a number or a link of its own."""

from __future__ import annotations

import io
import math
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

from decision_procedure.diagrams.metrics import width_em
from decision_procedure.errors import UnusableArgument
from decision_procedure.render.packing import packed
from decision_procedure.sources.characters import is_formula, spelt

LONGEST = 32_767
MOST_ROWS = 1_048_576
_MOST_LINKS = 65_000  # Excel opens no sheet with more than 65,530
_LINE, _HIGHEST = 15.0, 405.0  # points; Excel draws no row higher than 409
_MEASURED = 2_000
_UNWRITTEN = "SerialisationError"  # of lxml, which openpyxl writes with where it is installed
_TOO_LONG = "…"
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_THIN = Side(style="thin", color="B8C0C8")
_BORDER = Border(_THIN, _THIN, _THIN, _THIN)
_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD = Alignment(vertical="center", horizontal="center", wrap_text=True)
_GREY = PatternFill("solid", fgColor="E3E8ED")
_BOLD, _LINK = Font(bold=True), Font(color="0B5A94", underline="single")

Value = str | int | float | None


def _lines(wide: float, width: float) -> int:
    """Return the lines that a text takes in a column; one that is wrapped leaves up to a character of each line empty."""
    lines = math.ceil(wide / (width - 2))
    return lines if lines < 2 else math.ceil(wide / (width - 4))


def text_of(value: str) -> str:
    """Return a text that a cell can hold: nothing invisible, no escape of Excel's own, at most 32,767 UTF-16 units."""
    shown = _LIKE_ESCAPE.sub("_x005F_", spelt(value[:LONGEST]))
    if _units(shown) <= LONGEST:
        return shown
    kept = shown[:LONGEST]
    while _units(kept) >= LONGEST:
        kept = kept[: len(kept) - max(1, (_units(kept) - LONGEST) // 2)]
    return kept + _TOO_LONG


class CellGrid:
    """One table: a head that stays in sight and filters its columns, then rows; a full sheet goes on in another.

    Of its columns the first `printed` are printed (None: all), on A4 turned on its side.
    """

    def __init__(
        self,
        book: Workbook,
        title: str,
        heads: Sequence[str],
        widths: Sequence[int],
        printed: int | None = None,
    ) -> None:
        self._book, self._title, self._heads, self._widths = book, title, tuple(heads), tuple(widths)
        self._sheets: list[Any] = []
        self._styles: dict[bool, Any] = {}
        self._printed = printed
        self._rows = 0
        self._begin()

    @property
    def next_row(self) -> str:
        """The address of the row that comes next, for a link within the workbook."""
        if self._rows == MOST_ROWS:
            return f"#'{self._title_of(len(self._sheets) + 1)}'!A2"
        return f"#'{self._title_of(len(self._sheets))}'!A{self._rows + 1}"

    def add(self, values: Sequence[Value], *, link: tuple[int, str] | None = None) -> None:
        """Add a row; `link` is the index of a cell and the address to which it leads, `#'sheet'!A2` within the workbook."""
        if self._rows == MOST_ROWS:
            self.end()
            self._begin()
        cells = [self._cell(value) for value in values]
        self._rows += 1
        if link is not None and self._rows <= _MOST_LINKS:
            at, address = link
            inside = address.startswith("#")
            cells[at].hyperlink = address
            cells[at].hyperlink.ref = f"{get_column_letter(at + 1)}{self._rows}"
            if inside:
                cells[at].hyperlink.target, cells[at].hyperlink.location = None, address[1:]
            cells[at].font = _LINK
        sheet = self._sheets[-1]
        sheet.row_dimensions[self._rows].height = self._height(values)
        sheet.append(cells)
        del sheet.row_dimensions[self._rows]  # written by now: a long sheet must not stay in memory

    def _title_of(self, number: int) -> str:
        return self._title if number == 1 else f"{self._title}({number})"

    def end(self) -> None:
        """Give the last sheet its filters, which cover exactly its rows."""
        last = get_column_letter(len(self._heads))
        self._sheets[-1].auto_filter.ref = f"A1:{last}{self._rows}"
        if self._printed is not None:
            self._sheets[-1].print_area = f"A1:{get_column_letter(self._printed)}{self._rows}"

    def _begin(self) -> None:
        sheet = self._book.create_sheet(self._title_of(len(self._sheets) + 1))
        sheet.freeze_panes = "A2"
        for index, width in enumerate(self._widths, 1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.oddFooter.center.text = "&P / &N"
        self._sheets.append(sheet)
        self._rows = 1
        sheet.append([self._head(text) for text in self._heads])

    def _height(self, values: Sequence[Value]) -> float:
        """Return the height in points at which the fullest cell shows its text; programs do not all work it out."""
        texts = [(str(value)[:_MEASURED], width) for value, width in zip(values, self._widths, strict=True)]
        lines = max(_lines(2 * width_em(text), width) for text, width in texts)
        return min(_HIGHEST, _LINE * max(1, lines))

    def _cell(self, value: Value) -> Any:
        cell: Any = WriteOnlyCell(self._sheets[-1], None)
        quoted = False
        if isinstance(value, str) and value:
            text = text_of(value)
            cell.value = text
            cell.data_type = "s"  # what openpyxl takes for a formula or an error stays text
            quoted = is_formula(text)
        elif isinstance(value, int | float):
            cell.value = value
        cell._style = copy(self._style(quoted))
        return cell

    def _style(self, quoted: bool) -> Any:
        """Return the style of a cell, made once: openpyxl works out each style that is set on a cell anew."""
        if quoted not in self._styles:
            pattern: Any = WriteOnlyCell(self._sheets[-1], None)
            pattern.alignment, pattern.border, pattern.quotePrefix = _TOP, _BORDER, quoted
            self._styles[quoted] = pattern._style
        return self._styles[quoted]

    def _head(self, text: str) -> Any:
        cell = self._cell(text)
        cell.font, cell.fill, cell.alignment = _BOLD, _GREY, _HEAD
        return cell


@contextmanager
def opened() -> Iterator[Workbook]:
    """Give a new workbook; one that is not saved in the end leaves neither open streams nor files behind.

    Raises UnusableArgument where the folder of temporary files takes no more.
    """
    book = Workbook(write_only=True)
    try:
        yield book
    except BaseException as error:
        for sheet in book.worksheets:
            _let_go(sheet)
        if type(error).__name__ == _UNWRITTEN:
            place = tempfile.gettempdir()
            raise UnusableArgument(f"临时文件无法写入 a temporary file cannot be written: {place}") from None
        raise


def _let_go(sheet: Any) -> None:
    """Close the streams of a sheet that was not saved, which may be broken, and remove its file."""
    if sheet.closed:
        return
    with suppress(Exception):
        sheet._rows.close()
    with suppress(Exception):
        sheet._writer.xf.close()
    with suppress(Exception):
        sheet._writer.cleanup()


def saved(book: Workbook, title: str, day: str) -> bytes:
    """Return a workbook as bytes, the same for the same content."""
    book.properties.title = title
    book.properties.creator = book.properties.lastModifiedBy = "decision-procedure"
    stream = io.BytesIO()
    book.save(stream)
    return packed(stream.getvalue(), day)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
