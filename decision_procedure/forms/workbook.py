"""The form of a record as a workbook: what is stated, and empty columns for what its matter needs, with lists to choose from.

It is read back by `model.workbooks.reading`; what does not come back the same is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook

from decision_procedure.errors import UnusableInput
from decision_procedure.forms.asking import Asking
from decision_procedure.forms.sheets import FormBook, guide, sheet_of
from decision_procedure.law.applicable import Law
from decision_procedure.model.content import unordered
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.reading import Models
from decision_procedure.model.workbooks.filling import Filling
from decision_procedure.model.workbooks.layout import layout
from decision_procedure.model.workbooks.reading import record_of
from decision_procedure.render.excel_cells import saved
from decision_procedure.sources.faults import path_text
from decision_procedure.sources.workbook import Workbook as Cells
from decision_procedure.sources.workbook import workbook_of
from decision_procedure.wording import Language, say


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form: the bytes of its workbook, and the places of the record that a workbook cannot hold."""

    data: bytes
    left_out: tuple[str, ...]


def workbook_form(decision: Decision, law: Law, day: date, lang: Language = "zh") -> FilledForm:
    """Return a record as a form, with the sheets and columns that the law in force on a day asks for."""
    record = law.as_record(decision)
    kinds = kinds_of(type(record))
    book = FormBook(Workbook(), kinds, Asking(record, law, day, lang), lang)
    filling = Filling(record, lang)
    sheets = layout(kinds)
    guide(book, sheets, filling, record, day)
    for sheet in sheets:
        sheet_of(book, sheet, filling)
    book.end()
    data = saved(book.workbook, say("form.head", lang, title=record.title[:80]), day.isoformat())
    return FilledForm(data, tuple(left_out(record, workbook_of(data, ""), law.models)))


def left_out(record: Decision, book: Cells, models: Models) -> Iterator[str]:
    """Yield the places of a record that do not come back the same out of its form."""
    try:
        found, _ = record_of(book, models)
    except UnusableInput as error:
        yield from (fault.key or fault.zh for fault in error.faults)
        return
    yield from dict.fromkeys(map(path_text, _differing(_content(record), _content(found), ())))


def _content(record: Decision) -> Any:
    return _stated(unordered(record.model_dump(mode="json", by_alias=True, exclude_none=True)))


def _stated(data: Any) -> Any:
    """Return data without what states nothing; of parts with identifiers each by its own."""
    if isinstance(data, Mapping):
        return {key: value for key, item in data.items() if (value := _stated(item)) not in ([], {})}
    if isinstance(data, list):
        by_id = {item["id"]: _stated(item) for item in data if isinstance(item, Mapping) and "id" in item}
        return by_id if len(by_id) == len(data) else [_stated(item) for item in data]
    return data


def _differing(one: Any, other: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in (*one, *(key for key in other if key not in one)):
            yield from _differing(one.get(key), other.get(key), (*path, key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from _differing(first, second, (*path, index))
    elif one != other:
        yield path


__all__ = ["FilledForm", "workbook_form"]
