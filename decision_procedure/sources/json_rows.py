"""Rows of a table as JSON: a list of objects, or an object with `rows` (`columns` gives their order) and what it states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from decision_procedure.sources import read_json
from decision_procedure.sources.faults import Faults, Flaw
from decision_procedure.sources.table_file import TableBuilder, TableFile
from decision_procedure.sources.workbook import CellSheet

_NO_ROWS = Flaw(
    "JSON 中没有表格：应为对象的列表，或者含有 rows 的对象",
    "no table in the JSON: a list of objects, or an object with `rows`, is wanted",
)
_ROWS, _COLUMNS = "rows", "columns"
_TITLE = "事项"
"""The header over rows that are texts and no objects."""


def read_rows(text: str, file: str) -> TableFile:
    """Return the rows of a JSON text as tables, the first row of each its header. Raises UnusableInput with every fault.

    An entry that is itself an object with `rows` is a further table of the name of its key.
    """
    faults = Faults(file)
    data = read_json(text, file).data
    built = TableBuilder(faults)
    if isinstance(data, list):
        data = {_ROWS: data}
    if not isinstance(data, dict):
        raise faults.fatal(None, _NO_ROWS)
    tables = [("", data), *((key, value) for key, value in data.items() if isinstance(value, dict))]
    for name, table in tables:
        rows = table.get(_ROWS)
        if isinstance(rows, list):
            listed = [{_TITLE: row} if isinstance(row, str) else row for row in rows]
            if not all(isinstance(row, dict) for row in listed):
                raise faults.fatal(None, _NO_ROWS)
            built.sheets.append(_sheet(built, name, table.get(_COLUMNS), listed))
    if not built.sheets:
        raise faults.fatal(None, _NO_ROWS)
    stated = {
        key: value
        for key, value in data.items()
        if key not in (_ROWS, _COLUMNS) and not isinstance(value, dict)
    }
    return TableFile(file, "json", tuple(built.sheets), (), stated)


def _sheet(built: TableBuilder, name: str, columns: Any, rows: Sequence[Mapping[str, Any]]) -> CellSheet:
    first = [item for item in columns if isinstance(item, str)] if isinstance(columns, list) else []
    names = list(dict.fromkeys((*first, *(key for row in rows for key in row))))
    sheet = CellSheet(name)
    for row, texts in enumerate((names, *(list(_texts(item, names)) for item in rows)), 1):
        for column, text in enumerate(texts, 1):
            built.add(sheet, (row, column), text)
    return sheet


def _texts(row: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = row.get(name)
        if isinstance(value, list):
            yield "、".join(map(_text, value))
        else:
            yield _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(getattr(value, "written", value))


__all__ = ["read_rows"]
