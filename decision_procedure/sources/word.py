"""The tables and paragraphs of a Word file, as its text has them; what was struck out by revision is not there."""

from __future__ import annotations

from dataclasses import dataclass, field

from decision_procedure.sources.archive import WORD, Element, OfficeArchive
from decision_procedure.sources.faults import Faults
from decision_procedure.sources.table_file import TableBuilder, TableFile
from decision_procedure.sources.workbook import At, CellSheet

_MOST_SPANNED = 200
_AGAIN = ("Fallback", "moveFrom")
"""What stands there once more: for older programs, or where it was moved away from."""
_SIGNS = {
    ("wingdings", "f0fc"): "✓", ("wingdings", "f0fe"): "☑", ("wingdings", "f0fb"): "✗", ("wingdings", "f0fd"): "☒", ("wingdings", "f0a8"): "□",
    ("wingdings", "f06f"): "□", ("wingdings 2", "f050"): "✓", ("wingdings 2", "f052"): "☑", ("wingdings 2", "f04f"): "✗", ("wingdings 2", "f051"): "☒",
    ("wingdings 2", "f0a3"): "□",
}  # fmt: skip
"""The signs of fonts of symbols that stand for yes, no and an empty box."""
_UNKNOWN = "\ufffd"


def read_word(data: bytes, file: str) -> TableFile:
    """Return the tables of a .docx. Raises UnusableInput, with one message, for what is none or may not be read.

    A table inside a cell is a table of its own.
    """
    reading = _WordReading(file)
    OfficeArchive(data, file, WORD).read("word/document.xml", reading.begin, reading.end)
    return TableFile(file, "docx", tuple(reading.built.sheets), tuple(reading.built.paragraphs))


@dataclass(slots=True)
class _WordTable:
    """A table while it is read: the cell that it is at, and where the cells that go on downwards began."""

    sheet: CellSheet
    row: int = 0
    column: int = 0
    spanned: int = 1
    goes_on: bool = False
    begins: bool = False
    text: list[str] = field(default_factory=list)
    above: dict[int, tuple[At, At]] = field(default_factory=dict)


class _WordReading:
    def __init__(self, file: str) -> None:
        self.built = TableBuilder(Faults(file))
        self._tables: list[_WordTable] = []
        self._paragraph: list[str] = []
        self._twice = 0

    def begin(self, found: Element) -> None:
        name, attributes = found
        if name in _AGAIN:
            self._twice += 1
        elif name == "tbl":
            sheet = CellSheet(f"表{len(self.built.sheets) + 1}")
            self.built.sheets.append(sheet)
            self._tables.append(_WordTable(sheet))
        elif name == "p":
            self._paragraph.clear()
        elif name in ("br", "cr"):
            self._paragraph.append("\n")
        elif name == "tab":
            self._paragraph.append(" ")
        elif name == "sym" and not self._twice:
            sign = attributes.get("font", "").casefold(), attributes.get("char", "").casefold()
            self._paragraph.append(_SIGNS.get(sign, _UNKNOWN))
        elif self._tables:
            self._begin_in_table(name, attributes.get("val", ""))

    def _begin_in_table(self, name: str, value: str) -> None:
        table = self._tables[-1]
        if name == "tr":
            table.row, table.column = table.row + 1, 0
        elif name == "gridBefore":
            table.column += _number(value)
        elif name == "tc":
            table.column += 1
            table.spanned, table.goes_on, table.begins = 1, False, False
            table.text.clear()
        elif name == "gridSpan":
            table.spanned = _number(value)
        elif name == "vMerge":
            table.goes_on, table.begins = value != "restart", value == "restart"

    def end(self, name: str, text: str) -> None:
        if name in _AGAIN:
            self._twice -= 1
        elif name == "t" and not self._twice:
            self._paragraph.append(text)
        elif name == "p":
            said = "".join(self._paragraph)
            self._paragraph.clear()
            if self._tables:
                self._tables[-1].text.append(said)
            else:
                self.built.say(said)
        elif name == "tc" and self._tables:
            self._cell(self._tables[-1])
        elif name == "tbl" and self._tables:
            table = self._tables.pop()
            table.sheet.merged += [span for span in table.above.values() if span[0] != span[1]]

    def _cell(self, table: _WordTable) -> None:
        at, last = (table.row, table.column), (table.row, table.column + table.spanned - 1)
        above = table.above.get(table.column)
        if table.goes_on and above is not None:
            table.above[table.column] = above[0], last
        else:
            if above is not None and above[0] != above[1]:
                table.sheet.merged.append(above)
            table.above.pop(table.column, None)
            if table.begins:
                table.above[table.column] = at, last
            self.built.add(table.sheet, at, "\n".join(table.text), None if table.begins else last)
        table.text.clear()
        table.column = last[1]


def _number(text: str) -> int:
    return min(int(text), _MOST_SPANNED) if text.isascii() and text.isdigit() and len(text) < 9 else 1


__all__ = ["read_word"]
