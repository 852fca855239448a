"""The cells of an Excel workbook with their places; no formula is worked out, and what a cell does not state is not there."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path as FilePath
from typing import Literal

from decision_procedure.sources.archive import MAX_FILE, Element, OfficeArchive
from decision_procedure.sources.faults import Flaw
from decision_procedure.sources.files import label_of, read_bytes

MAX_CELLS = 100_000
SUFFIXES = (".xlsx",)
"""What workbooks that are read are called."""
OTHERS = (".xlsm", ".xlsb", ".xltx", ".xltm", ".xls", ".xlt", ".ods", ".et")
"""What workbooks are called that are not read, and told why."""

CellValue = str | int | float | bool | datetime
At = tuple[int, int]
"""A row and a column, each from 1."""

MUCH = Flaw(f"单元格超过 {MAX_CELLS} 个", f"more than {MAX_CELLS} cells are filled in")
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_MONTHS = frozenset((17, 27, 36, 50, 52, 57))  # yyyy年m月 in the Chinese editions, mmm-yy
_NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE = re.compile("[ymdhs年月日时分秒]", re.IGNORECASE)
_FINE = re.compile("[dhs日号时秒]", re.IGNORECASE)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MINUTES = 24 * 60


@dataclass(slots=True)
class CellSheet:
    """A sheet: what its cells state, and which of them hold a formula, an error, or stand for several.

    `stored` is what a program once worked formulas out to, as the file has it; `coarse` are the dates that are shown
    without their day, as a month or a year. `hidden` are the rows that are not shown, `is_hidden` says that the whole sheet
    is not.
    """

    name: str
    cells: dict[At, CellValue] = field(default_factory=dict)
    formulas: list[At] = field(default_factory=list)
    stored: dict[At, CellValue] = field(default_factory=dict)
    coarse: dict[At, Literal["month", "year"]] = field(default_factory=dict)
    errors: list[At] = field(default_factory=list)
    merged: list[tuple[At, At]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook: the name of its file, and its sheets, hidden ones too."""

    file: str
    sheets: tuple[CellSheet, ...]


DateShown = Literal["day", "month", "year"]
"""How exactly a format shows a date."""


def date_shown(code: str) -> DateShown | None:
    """Return how exactly the code of a number format shows a date; None: it shows none."""
    code = _NO_DATE.sub("", code)
    if _DATE.search(code) is None:
        return None
    return "day" if _FINE.search(code) else "month" if "m" in code.casefold() else "year"


def _built_in(number: int) -> DateShown | None:
    if number not in _DATES:
        return None
    return "month" if number in _MONTHS else "day"


def ref(sheet: str, at: At) -> str:
    """Return a cell as people name it: `文件!B3`."""
    row, column = at
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet}!{letters}{row}"


def is_workbook(path: FilePath) -> bool:
    """Say whether a file is a workbook by its name, of whatever kind."""
    return path.suffix.lower() in (*SUFFIXES, *OTHERS)


def read_workbook(path: FilePath) -> Workbook:
    """Return the cells of a workbook. Raises UnusableInput, with one message, for what is none or may not be read."""
    return workbook_of(read_bytes(path, MAX_FILE), label_of(path))


def workbook_of(data: bytes, file: str) -> Workbook:
    """Return the cells of a workbook as `read_workbook` does; `file` is what it is called."""
    return _CellReading(OfficeArchive(data, file), file).workbook()


class _CellReading:
    def __init__(self, archive: OfficeArchive, file: str) -> None:
        self._archive, self._file = archive, file
        self._since = datetime(1899, 12, 30)
        self._filled = 0
        self._sheets: list[tuple[str, str]] = []
        self._unseen: set[str] = set()
        self._targets: dict[str, tuple[str, str]] = {}
        self._texts: list[str] = []
        self._dated: list[DateShown | None] = []

    def workbook(self) -> Workbook:
        self._archive.read("xl/_rels/workbook.xml.rels", self._relation)
        self._archive.read("xl/workbook.xml", self._head)
        for kind, part in self._targets.values():
            if kind == "sharedStrings":
                self._strings(part)
            elif kind == "styles":
                self._styles(part)
        return Workbook(self._file, tuple(self._sheet(name, key) for name, key in self._sheets))

    def _relation(self, found: Element) -> None:
        if found.name != "Relationship" or found.attributes.get("TargetMode") == "External":
            return
        target = found.attributes.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        kind = found.attributes.get("Type", "").rpartition("/")[2]
        self._targets[found.attributes.get("Id", "")] = kind, part

    def _head(self, found: Element) -> None:
        if found.name == "workbookPr" and found.attributes.get("date1904") in ("1", "true"):
            self._since = datetime(1904, 1, 1)
        if found.name == "sheet":
            self._sheets.append((found.attributes.get("name", ""), found.attributes.get("id", "")))
            if found.attributes.get("state", "visible") != "visible":
                self._unseen.add(found.attributes.get("name", ""))

    def _strings(self, part: str) -> None:
        aside = False  # what tells how a text is read aloud is no part of it
        runs: list[str] = []

        def begin(found: Element) -> None:
            nonlocal aside
            aside = aside or found.name == "rPh"

        def end(name: str, text: str) -> None:
            nonlocal aside
            if name == "t" and not aside:
                runs.append(text)
            elif name == "si":
                self._texts.append("".join(runs))
                runs.clear()
            aside = aside and name != "rPh"

        self._archive.read(part, begin, end)

    def _styles(self, part: str) -> None:
        own: dict[int, DateShown | None] = {}
        inside = ""

        def begin(found: Element) -> None:
            nonlocal inside
            if found.name in ("cellXfs", "cellStyleXfs"):
                inside = found.name
            elif found.name == "numFmt":
                own[self._number(found, "numFmtId")] = date_shown(found.attributes.get("formatCode", ""))
            elif found.name == "xf" and inside == "cellXfs":
                number = self._number(found, "numFmtId")
                self._dated.append(own.get(number, _built_in(number)))

        self._archive.read(part, begin)

    def _number(self, found: Element, name: str) -> int:
        return self.whole(found.attributes.get(name, "0"))

    def whole(self, text: str) -> int:
        """Return the whole number that an attribute holds."""
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise self._archive.broken()
        return int(text)

    def _sheet(self, name: str, key: str) -> CellSheet:
        kind, part = self._targets.get(key, ("", ""))
        sheet = CellSheet(name, is_hidden=name in self._unseen)
        if kind == "worksheet":
            self._archive.read(part, (cells := _Cells(sheet, self)).begin, cells.end)
        return sheet

    def add(self, sheet: CellSheet, at: At, value: CellValue | None) -> None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        self._filled += 1
        if self._filled > MAX_CELLS:
            raise self._archive.fatal(MUCH)
        sheet.cells[at] = value

    def value(self, kind: str, text: str, style: int) -> CellValue | None:
        """Return what a cell states by its type, its text and its style; None: nothing."""
        if kind in ("str", "inlineStr"):
            return _unescaped(text)
        if not text:
            return None
        try:
            if kind == "s":
                return _unescaped(self._texts[int(text)])
            if kind == "b":
                return text.strip() == "1"
            if kind == "d":
                return datetime.fromisoformat(text.removesuffix("Z"))
            number = float(text)
            if self.shown(style) is not None:
                return self._since + timedelta(minutes=round(number * _MINUTES))
            return int(number) if number.is_integer() else number
        except (ValueError, IndexError, OverflowError):
            raise self._archive.broken() from None

    def shown(self, style: int) -> DateShown | None:
        """Return how exactly the cells of a style show a date; None: they show none."""
        return self._dated[style] if 0 <= style < len(self._dated) else None

    def place(self, reference: str) -> At:
        match = _REF.fullmatch(reference)
        if match is None:
            raise self._archive.broken()
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        return int(match[2]), column


class _Cells:
    """Takes the elements of one sheet."""

    def __init__(self, sheet: CellSheet, reading: _CellReading) -> None:
        self._sheet, self._reading = sheet, reading
        self._row = self._column = 0
        self._kind, self._style, self._value = "n", 0, ""
        self._inline: list[str] = []
        self._formula = self._aside = False

    def begin(self, found: Element) -> None:
        name, attributes = found
        if name == "row":
            self._row = self._reading.whole(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self._sheet.hidden.add(self._row)
        elif name == "c":
            at = self._reading.place(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
            self._row, self._column = at
            self._kind, self._value, self._formula = attributes.get("t", "n"), "", False
            self._inline.clear()
            self._style = self._reading.whole(attributes.get("s", "0"))
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            place = self._reading.place
            self._sheet.merged.append((place(first), place(last or first)))

    def end(self, name: str, text: str) -> None:
        if name == "v":
            self._value = text
        elif name == "t" and not self._aside:
            self._inline.append(text)
        elif name == "rPh":
            self._aside = False
        elif name == "c":
            self._take((self._row, self._column))

    def _take(self, at: At) -> None:
        if self._kind == "e":
            (self._sheet.formulas if self._formula else self._sheet.errors).append(at)
            return
        text = "".join(self._inline) if self._kind == "inlineStr" else self._value
        value = self._reading.value(self._kind, text, self._style)
        if self._formula:
            self._sheet.formulas.append(at)
            if value is not None:
                self._sheet.stored[at] = value
        else:
            self._reading.add(self._sheet, at, value)
        shown = self._reading.shown(self._style)
        if isinstance(value, datetime) and shown is not None and shown != "day":
            self._sheet.coarse[at] = shown


def _unescaped(text: str) -> str:
    """Return a text as it was meant: `_x000D_` stands for a character that XML cannot hold."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


__all__ = [
    "MUCH",
    "OTHERS",
    "SUFFIXES",
    "At",
    "CellSheet",
    "CellValue",
    "Workbook",
    "date_shown",
    "is_workbook",
    "read_workbook",
    "ref",
    "workbook_of",
]
