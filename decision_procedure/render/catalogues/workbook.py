"""A catalogue held against records, as a workbook: 事项进度, 差异, 年度执行情况, 按单位统计."""

from __future__ import annotations

from decision_procedure.render.catalogues.told import (
    COMPLETION,
    DIFFERENCES,
    STATUS,
    UNITS,
    ReconciliationTold,
)
from decision_procedure.sources.optional import needed

_STATUS_WIDTHS = (6, 28, 22, 14, 18, 20, 24, 15, 12, 12, 24)
_PRINTED = 9  # of these, the ones that a sheet of A4 has room for
_DIFFERENCE_WIDTHS = (6, 28, 18, 60, 28, 15)
_COMPLETION_WIDTHS = (6, 36, 28, 16, 14, 16, 36)
_UNIT_WIDTHS = (36, 9, 12, 12, 12, 12, 13, 16)


def reconciliation_book(told: ReconciliationTold) -> bytes:
    """Return the workbook. Raises UnusableArgument without `openpyxl` (extra `excel`)."""
    needed("openpyxl", "excel")
    from decision_procedure.render.excel_cells import CellGrid, opened, saved

    words = told.words
    with opened() as book:
        grid = CellGrid(book, words.say("sheet_status"), told.heads(STATUS), _STATUS_WIDTHS, _PRINTED)
        for row in told.status():
            grid.add([row.cells[name] for name in STATUS])
        grid.end()
        grid = CellGrid(book, words.say("sheet_differences"), told.heads(DIFFERENCES), _DIFFERENCE_WIDTHS)
        for _, cells in told.differences():
            grid.add([cells[name] for name in DIFFERENCES])
        grid.end()
        grid = CellGrid(book, words.say("sheet_completion"), told.heads(COMPLETION), _COMPLETION_WIDTHS)
        for row in told.completion():
            grid.add([row.cells[name] for name in COMPLETION])
        grid.end()
        grid = CellGrid(book, words.say("sheet_units"), told.heads(UNITS), _UNIT_WIDTHS)
        for name, unit in told.units():
            grid.add([name, *(getattr(unit, column) for column in UNITS[1:])])
        grid.end()
        return saved(book, words.say("sheet_completion"), told.found.as_of)
