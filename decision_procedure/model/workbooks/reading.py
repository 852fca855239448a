"""The form of a record read back from its workbook: what is wrong is told at its cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any

from decision_procedure.errors import UnusableInput
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import SHIPPED, Kinds, kinds_of
from decision_procedure.model.reading import Models, head_of, record, shipped
from decision_procedure.model.references import ANY
from decision_procedure.model.workbooks.grids import (
    Filled,
    FilledRow,
    Problems,
    lines_of_card,
    matched,
    rows_of,
)
from decision_procedure.model.workbooks.layout import (
    OWNER,
    Column,
    FormSheet,
    aside,
    called_by,
    layout,
)
from decision_procedure.model.workbooks.values import NamedParts, read_value
from decision_procedure.sources import CellText, Path, Source
from decision_procedure.sources.faults import shown
from decision_procedure.sources.workbook import CellSheet, Workbook, read_workbook

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


def read_form(path: FilePath, models: Models = shipped) -> tuple[Decision, Source]:
    """Return the record of a filled form, and where its parts stand. Raises UnusableInput with every fault."""
    return record_of(read_workbook(path), models)


def record_of(book: Workbook, models: Models = shipped) -> tuple[Decision, Source]:
    """Return the record of a workbook as `read_form` does."""
    problems = Problems(book.file)
    kinds = kinds_of(models(*_head(book)))
    source = _ReadForm(book, kinds, problems).source()
    try:
        decision = record(source, models)
    except UnusableInput as error:
        told = {fault.key for fault in problems.found}
        further = (fault for fault in error.faults if fault.key not in told)
        raise UnusableInput([*problems.found, *further]) from None
    if problems.found:
        raise UnusableInput(problems.found)
    return decision, source


def _head(book: Workbook) -> tuple[str, str]:
    """Return the code and procedure that a form speaks of. Raises UnusableInput for what is no form."""
    card = layout(SHIPPED)[0]
    names = {name.casefold() for name in card.names}
    sheet = next((sheet for sheet in book.sheets if sheet.name.strip().casefold() in names), None)
    if sheet is None:
        fault = Problems(book.file)
        fault.add("", "no_form", name=card.names[0])
        raise UnusableInput(fault.found)
    data: dict[str, Any] = {}
    for column, told, _ in lines_of_card(sheet, card, Problems(book.file)):
        if told is not None and column.path in (("body", "code"), ("procedure",)):
            _put(data, column.path, str(read_value(column, told.value, {})))
    return head_of(data)


class _ReadForm:
    """Puts the sheets of a workbook together as data."""

    def __init__(self, book: Workbook, kinds: Kinds, problems: Problems) -> None:
        self._kinds, self._problems = kinds, problems
        self._file = book.file
        self._sheets = matched(book.sheets, layout(kinds), aside(), problems)
        self._data: dict[str, Any] = {"schema": 1}
        self._cells: dict[Path, CellText] = {}
        self._rows = {id(sheet): list(rows_of(sheet, form, problems)) for sheet, form in self._sheets if form.form != "card"}  # fmt: skip
        self._acts: list[tuple[str, FilledRow]] = []
        self._called: dict[str, NamedParts] = {}
        self._used: set[str] = set()

    def source(self) -> Source:
        """Return the data of the form."""
        lists = [(sheet, form) for sheet, form in self._sheets if form.form == "rows" and len(form.path) == 1]
        self._acts = [(form.kind, row) for sheet, form in lists if form.kind for row in self._of(sheet)]
        names: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        listed = [(form, self._identified(form, self._of(sheet))) for sheet, form in lists if not form.kind]
        for form, parts in listed:
            names[form.path[0]] = [(one, self._names(form, rows[0])) for one, rows in parts if one]
        acts = self._name_acts()
        names["acts"] = acts
        self._called = {name: NamedParts(parts) for name, parts in names.items()}
        for sheet, form in self._sheets:
            if form.form == "card":
                self._card(sheet, form)
            elif form.form == "grid":
                self._grid(sheet, form)
        for form, parts in listed:
            self._list(form, parts)
        self._list_acts(acts)
        return Source(self._file, self._data, cells=self._cells)

    def _of(self, sheet: CellSheet) -> list[FilledRow]:
        return self._rows[id(sheet)]

    def _card(self, sheet: CellSheet, form: FormSheet) -> None:
        first = None
        for column, told, at in lines_of_card(sheet, form, self._problems):
            first = first or at
            self._cells.setdefault(column.path, CellText(at, ""))
            self._cells.setdefault(column.path[:1], CellText(at, ""))
            if told is not None:
                self._cells[column.path] = _told(column, told)
                _put(self._data, column.path, self._value(column, told))
        self._cells.setdefault(form.path, CellText(first or sheet.name, ""))

    def _grid(self, sheet: CellSheet, form: FormSheet) -> None:
        traits = self._kinds.traits.model_fields
        labels = {
            name: key for key in traits for name in (key, *self._kinds.key_names(key, self._kinds.traits))
        }
        found: dict[str, Any] = {}
        for row in self._of(sheet):
            named = row.stated.get(OWNER)
            name = labels.get(str(named.value).strip()) if named is not None else None
            if name is None:
                self._problems.add(_owned_at(row), "no_trait")
                continue
            path: Path = ("traits", name)
            self._cells.setdefault(path, CellText(row.places[OWNER], ""))
            part = self._part(path, form.columns, row)
            if named is not None and "value" in part:
                at, text = self._cells[*path, "value"]
                self._cells[*path, "value"] = CellText(at, f"{named.value}{text[text.index(':') :]}")
            if part:
                found[name] = (
                    part["value"] if [*part] == ["value"] and isinstance(part["value"], bool) else part
                )
        if found:
            self._data["traits"] = found

    def _part(self, path: Path, columns: Iterable[Column], row: FilledRow, under: int = 0) -> dict[str, Any]:
        """Return what a row states of a part, by its keys; `under` of each path leads to the part."""
        found: dict[str, Any] = {}
        for column in columns:
            if column not in row.places:
                continue
            told = row.stated.get(column)
            at = (*path, *column.path[under:])
            self._cells[at] = _told(column, told) if told else CellText(row.places[column], "")
            if told is not None:
                found[column.key] = self._value(column, told)
        return found

    def _value(self, column: Column, told: Filled) -> Any:
        value = read_value(column, told.value, self._called)
        if (known := self._called.get(column.refers or "")) is not None:
            for name in [value] if isinstance(value, str) else value:
                if known.is_shared(name):
                    self._problems.add(told.at, "shared", name=shown(name))
        if column.refers in ("acts", ANY):
            self._used.update([value] if isinstance(value, str) else value)
        return value

    def _names(self, form: FormSheet, row: FilledRow) -> tuple[str, ...]:
        """Return what people call the part of a row."""
        named = called_by(form.columns[0].model)
        found = [text for name in (named, "aliases") for text in _texts(form, row, name)]
        return tuple(dict.fromkeys(text for text in found if text))

    def _identified(self, form: FormSheet, rows: list[FilledRow]) -> list[tuple[str, list[FilledRow]]]:
        """Return the parts of a list, each with its identifier and its rows: several where it has parts of its own."""
        if "id" not in form.columns[0].model.model_fields and form.inline is None:
            return [("", [row]) for row in rows]
        found: list[tuple[str, list[FilledRow]]] = []
        known: dict[tuple[str, str], int] = {}
        given = {text for row in rows for text in _texts(form, row, "id")}
        for row in rows:
            said = (_first(form, row, "id"), _first(form, row, called_by(form.columns[0].model)))
            if form.inline is not None and found and (said == ("", "") or said in known):
                found[known.get(said, len(found) - 1)][1].append(row)
                continue
            known.setdefault(said, len(found))
            identifier = said[0] or _unused(_as_id(said[1]) or f"{form.path[0]}-{row.number}", given)
            given.add(identifier)
            found.append((identifier, [row]))
        return found

    def _list(self, form: FormSheet, parts: list[tuple[str, list[FilledRow]]]) -> None:
        name = form.path[0]
        own = [column for column in form.columns if len(column.path) == 1]
        further = [column for column in form.columns if len(column.path) == 2]
        data = []
        for index, (identifier, rows) in enumerate(parts):
            path: Path = (name, index)
            self._cells[path] = _whole(rows[0])
            part = self._part(path, own, rows[0])
            if identifier:
                part["id"] = identifier
            if form.inline is not None:
                inner = [row for row in rows if any(column in row.stated for column in further)]
                found = []
                for number, row in enumerate(inner):
                    self._cells[(*path, form.inline, number)] = _whole(row)
                    found.append(self._part((*path, form.inline, number), further, row, 1))
                if found:
                    part[form.inline] = found
            data.append(part)
        if data:
            self._data[name] = data

    def _name_acts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the identifier of each act, empty where it needs none, and what it may be called: by its kind and number."""
        forms = {form.kind: form for _, form in self._sheets if form.is_act}
        counts = Counter(kind for kind, _ in self._acts)
        numbers: Counter[str] = Counter()
        given = {text for kind, row in self._acts for text in _texts(forms[kind], row, "id")}
        found = []
        for kind, row in self._acts:
            numbers[kind] += 1
            names = [*self._kinds.names(kind)] if counts[kind] == 1 else []
            names += [f"{name}{numbers[kind]}" for name in self._kinds.names(kind)]
            identifier = _first(forms[kind], row, "id") or _unused(_as_id(names[0]), given)
            given.add(identifier)
            found.append((identifier, tuple(names)))
        return found

    def _list_acts(self, named: list[tuple[str, tuple[str, ...]]]) -> None:
        forms = {form.kind: form for _, form in self._sheets if form.is_act}
        data: list[dict[str, Any]] = []
        for index, (kind, row) in enumerate(self._acts):
            path: Path = ("acts", index)
            self._cells[path] = _whole(row)
            data.append({"kind": kind, **self._part(path, forms[kind].columns, row)})
        for sheet, form in self._sheets:
            if form.is_inner:
                self._inner(form, self._of(sheet), data, named)
        for act, (identifier, _) in zip(data, named, strict=True):
            if "id" not in act and identifier in self._used:
                act["id"] = identifier  # something refers to it by its kind
        if data:
            self._data["acts"] = data

    def _inner(self, form: FormSheet, rows: list[FilledRow], data: list[dict[str, Any]], named: list[tuple[str, tuple[str, ...]]]) -> None:  # fmt: skip
        """Put the parts of acts where they belong: with the act that is named, else as the row above, or the only one."""
        acts = [index for index, (kind, _) in enumerate(self._acts) if kind == form.kind]
        called = NamedParts((named[index][0], named[index][1]) for index in acts)
        by_id = {named[index][0]: index for index in acts}
        above = acts[0] if len(acts) == 1 else None
        for row in rows:
            owner = row.stated.get(OWNER)
            found = above if owner is None else by_id.get(called.id_of(str(owner.value).strip()) or "")
            if found is None:
                self._problems.add(_owned_at(row), "no_owner", act=form.names[0].partition("·")[0])
                continue
            above = found
            parts = data[found].setdefault(form.path[1], [])
            path: Path = ("acts", found, form.path[1], len(parts))
            self._cells[path] = _whole(row)
            self._cells.setdefault(path[:-1], _whole(row))
            parts.append(self._part(path, form.columns, row))


def _put(data: dict[str, Any], path: Path, value: Any) -> None:
    for part in path[:-1]:
        data = data.setdefault(str(part), {})
    data[str(path[-1])] = value


def _texts(form: FormSheet, row: FilledRow, name: str | None) -> list[str]:
    """Return what a row states in a column of its own part, each text of a list by itself."""
    for column in form.columns:
        if column.name == name and len(column.path) == 1 and column in row.stated:
            value = read_value(column, row.stated[column].value, {})
            return [text.strip() for text in (value if isinstance(value, list) else [str(value)])]
    return []


def _first(form: FormSheet, row: FilledRow, name: str | None) -> str:
    return next(iter(_texts(form, row, name)), "")


def _as_id(name: str) -> str:
    """Return an identifier made of a name."""
    return _SPACE.sub("-", name)[:90]


def _unused(identifier: str, given: set[str]) -> str:
    number, found = 1, identifier
    while found in given:
        number += 1
        found = f"{identifier}-{number}"
    return found


def _whole(row: FilledRow) -> CellText:
    """Return where a row begins."""
    column, filled = next(iter(row.stated.items()))
    return _told(column, filled)


def _owned_at(row: FilledRow) -> str:
    """Return where a row says of what it is; where it begins, if its sheet has lost that column."""
    return row.places.get(OWNER, _whole(row).at)


def _told(column: Column | str, filled: Filled) -> CellText:
    head = "" if isinstance(column, str) else f"{column.labels[0]}: "
    value = filled.value
    text = (
        value.isoformat(" ", "minutes").removesuffix(" 00:00") if isinstance(value, datetime) else str(value)
    )
    return CellText(filled.at, head + " ".join(text.split()))


__all__ = ["read_form", "record_of"]
