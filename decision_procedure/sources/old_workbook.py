"""The cells of an old Excel workbook (.xls): what they show, formulas as what they were last worked out to; nothing is run."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from decision_procedure.sources.archive import BROKEN, LARGE, LOCKED, MACROS, MAX_FILE, WORKBOOK, named
from decision_procedure.sources.faults import Faults
from decision_procedure.sources.optional import needed
from decision_procedure.sources.table_file import TableFile
from decision_procedure.sources.workbook import MAX_CELLS, MUCH, CellSheet, CellValue, date_shown

EXTRA = "catalogue"
_MACROS = ("_VBA_PROJECT_CUR", "VBA")


def read_old_workbook(data: bytes, file: str) -> TableFile:
    """Return the sheets of a .xls. Raises UnusableInput, with one message, for what is none or may not be read.

    Raises UnusableArgument where the library that reads them is absent.
    """
    for library in ("xlrd", "olefile"):
        needed(library, EXTRA)
    faults = Faults(file)
    if len(data) > MAX_FILE:
        raise faults.fatal(None, named(LARGE, WORKBOOK))
    if any(f"{name}\0".encode("utf-16-le") in data for name in _MACROS):
        raise faults.fatal(None, named(MACROS, WORKBOOK))
    return TableFile(file, "xls", tuple(_OldWorkbook(data, faults).sheets()))


class _OldWorkbook:
    def __init__(self, data: bytes, faults: Faults) -> None:
        self._faults = faults
        self._filled = 0
        self._book = self._tried(self._opened, data)

    def _tried(self, step: Any, *given: Any) -> Any:
        """Return what a step of the library comes to; on damaged data it fails in ways without number."""
        from xlrd import XLRDError

        try:
            return step(*given)
        except XLRDError as error:
            flaw = LOCKED if "encrypt" in str(error).casefold() else BROKEN
        except Exception:
            flaw = BROKEN
        raise self._faults.fatal(None, named(flaw, WORKBOOK))

    @staticmethod
    def _opened(data: bytes) -> Any:
        import xlrd

        return xlrd.open_workbook(
            file_contents=_stream(data),
            logfile=io.StringIO(),
            on_demand=True,
            formatting_info=True,
            ragged_rows=True,
        )

    def sheets(self) -> list[CellSheet]:
        return [self._sheet(number) for number in range(self._book.nsheets)]

    def _sheet(self, number: int) -> CellSheet:
        sheet = self._tried(self._book.sheet_by_index, number)
        found = CellSheet(str(sheet.name), is_hidden=bool(sheet.visibility))
        found.hidden |= {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
        for row in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(row)):
                if kind not in _EMPTY:
                    self._take(found, sheet, row, column)
        found.merged += [
            ((low + 1, left + 1), (high, right)) for low, high, left, right in sheet.merged_cells
        ]
        self._book.unload_sheet(number)
        return found

    def _take(self, found: CellSheet, sheet: Any, row: int, column: int) -> None:
        kind, value, at = sheet.cell_type(row, column), sheet.cell_value(row, column), (row + 1, column + 1)
        if kind == _ERROR:
            found.errors.append(at)
            return
        if kind == _TEXT and not value.strip():
            return
        self._filled += 1
        if self._filled > MAX_CELLS:
            raise self._faults.fatal(None, MUCH)
        found.cells[at] = self._tried(self._value, kind, value)
        if kind == _DATE:
            form = self._tried(self._form, sheet.cell_xf_index(row, column))
            shown = date_shown(form)
            if shown is not None and shown != "day":
                found.coarse[at] = shown

    def _value(self, kind: int, value: Any) -> CellValue:
        if kind == _DATE:
            from xlrd.xldate import xldate_as_datetime

            day: datetime = xldate_as_datetime(value, self._book.datemode)
            return day
        if kind == _FLAG:
            return bool(value)
        if kind == _NUMBER:
            return int(value) if float(value).is_integer() else float(value)
        return str(value)

    def _form(self, style: int) -> str:
        return str(self._book.format_map[self._book.xf_list[style].format_key].format_str)


def _stream(data: bytes) -> bytes:
    """Return the stream of the workbook out of its container, whose chains xlrd would follow in circles without end."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as container:
        name = next(name for name in _STREAMS if container.exists(name))
        found: bytes = container.openstream(name).read()
    return found


_STREAMS = ("Workbook", "Book")
_TEXT, _NUMBER, _DATE, _FLAG, _ERROR = 1, 2, 3, 4, 5
_EMPTY = (0, 6)

__all__ = ["read_old_workbook"]
