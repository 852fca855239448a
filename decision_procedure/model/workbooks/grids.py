"""The rows of a sheet of the form by their columns, and everything in it that cannot be read: each cell that is wrong is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from decision_procedure.errors import Fault, hint
from decision_procedure.model.workbooks.layout import OWNER, Column, FormSheet
from decision_procedure.sources.faults import shown
from decision_procedure.sources.workbook import At, CellSheet, CellValue, ref
from decision_procedure.wording import LANGUAGES, both, in_both, say

_HEADS_WITHIN = 10
_HINTS = in_both(lambda lang: say("form.hint", lang))


class Filled(NamedTuple):
    """What a cell holds, and where it stands."""

    at: str
    value: CellValue


class FilledRow(NamedTuple):
    """A row: its number, what is stated in it by column, and where each of its columns stands."""

    number: int
    stated: Mapping[Column | str, Filled]
    places: Mapping[Column | str, str]


class Problems:
    """The faults of a workbook, each at its cell."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.found: list[Fault] = []

    def add(self, at: str, key: str, **fields: str) -> None:
        """Remember what is wrong at a cell, by its words in the table."""
        zh, en = both(f"form.{key}", **{name: (text, text) for name, text in fields.items()})
        self.found.append(Fault(self._file, None, at, zh, en))


def spoilt(sheet: CellSheet, below: int, problems: Problems) -> None:
    """Tell the cells below a row that hold a formula or an error, or stand for several rows or columns."""
    for at in sheet.formulas:
        if at[0] > below:
            problems.add(ref(sheet.name, at), "formula")
    for at in sheet.errors:
        if at[0] > below:
            problems.add(ref(sheet.name, at), "error")
    for first, last in sheet.merged:
        if last[0] > below and first != last:
            problems.add(ref(sheet.name, first), "merged")


def rows_of(sheet: CellSheet, form: FormSheet, problems: Problems) -> Iterator[FilledRow]:
    """Yield the rows of a sheet that state something."""
    heads, below = _heads(sheet, form)
    if not heads:
        if sheet.cells:
            problems.add(sheet.name, "no_heads")
        return
    columns = dict(_placed(sheet, heads, below, form, problems))
    aside = {number for number, head in heads.items() if head in _HINTS}
    spoilt(sheet, below, problems)
    filled: dict[int, dict[Column | str, Filled]] = defaultdict(dict)
    lost = set()
    for at, value in sheet.cells.items():
        row, number = at
        if row <= below or number in aside:
            continue
        column = columns.get(number)
        if column is not None:
            filled[row][column] = Filled(ref(sheet.name, at), value)
        elif number not in lost:
            lost.add(number)
            _unheaded(sheet, at, heads.get(number), form, problems)
    for row in sorted(filled):
        places = {column: ref(sheet.name, (row, number)) for number, column in columns.items()}
        yield FilledRow(row, filled[row], places)


def lines_of_card(
    sheet: CellSheet, form: FormSheet, problems: Problems
) -> Iterator[tuple[Column, Filled | None, str]]:
    """Yield the lines of a card that are known, with what each states and where it stands."""
    known = {(group, name): column for column in form.columns for group in groups_of(column) for name in column.known}  # fmt: skip
    heads = {label for lang in LANGUAGES for label in (say("form.value", lang),)}
    spoilt(sheet, 1, problems)
    for row in sorted({row for row, _ in sheet.cells}):
        group, name = (_text(sheet.cells.get((row, number), "")) for number in (1, 2))
        value, at = sheet.cells.get((row, 3)), ref(sheet.name, (row, 3))
        column = known.get((group, name))
        if column is not None:
            yield column, None if value is None else Filled(at, value), at
        elif value is not None and _text(value) not in heads:
            names = [one.labels[0] for one in form.columns]
            problems.add(at, "no_line", name=shown(name or group), hint=hint(name, names))


def groups_of(column: Column) -> tuple[str, str]:
    """Return what stands before a line of a card: the part of the record that it belongs to."""
    if len(column.path) == 1:
        return in_both(lambda lang: say("form.record", lang))
    return column.kinds.key_names(column.path[0], column.kinds.record)


def _heads(sheet: CellSheet, form: FormSheet) -> tuple[dict[int, str], int]:
    """Return the heads of the columns by their number, and their row; none where no row looks like heads."""
    known = set(_known(form))
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, number), value in sheet.cells.items():
        if row <= _HEADS_WITHIN:
            rows[row][number] = _text(value)
    best = max(rows, key=lambda row: (len(known & set(rows[row].values())), -row), default=0)
    found = rows.get(best, {})
    return (found, best) if known & set(found.values()) else ({}, 0)


def _known(form: FormSheet) -> Mapping[str, Column | str]:
    """Return the columns of a sheet by what may head them; what the form itself calls them goes first."""
    found: dict[str, Column | str] = dict.fromkeys(first_heads(form), OWNER)
    for column in form.columns:
        for label in column.labels:
            found.setdefault(label, column)
    for column in form.columns:
        for label in column.known:
            found.setdefault(label, column)
    return found


def first_heads(form: FormSheet) -> tuple[str, ...]:
    """Return what heads the column that says of what a row is, in both languages; none where rows stand for themselves."""
    name = "owner" if form.is_inner else "trait" if form.form == "grid" else ""
    return in_both(lambda lang: say(f"form.{name}", lang)) if name else ()


def _placed(
    sheet: CellSheet, heads: Mapping[int, str], below: int, form: FormSheet, problems: Problems
) -> Iterator[tuple[int, Column | str]]:
    known, used = _known(form), set()
    for number in sorted(heads):
        column = known.get(heads[number])
        if column is None:
            continue
        if column in used:
            problems.add(ref(sheet.name, (below, number)), "head_twice", name=shown(heads[number]))
        used.add(column)
        yield number, column


def _unheaded(sheet: CellSheet, at: At, head: str | None, form: FormSheet, problems: Problems) -> None:
    if head is None:
        problems.add(ref(sheet.name, at), "no_head")
    else:
        names = [column.labels[0] for column in form.columns]
        problems.add(ref(sheet.name, at), "unknown_head", name=shown(head), hint=hint(head, names))


def _text(value: CellValue) -> str:
    return str(value).strip()


def matched(sheets: Iterable[CellSheet], forms: Iterable[FormSheet], aside: Iterable[str], problems: Problems) -> list[tuple[CellSheet, FormSheet]]:  # fmt: skip
    """Return each sheet with what it is, by its name; one that is unknown and not empty is told."""
    by_name: dict[str, FormSheet] = {}
    for form in forms:
        for name in form.names:
            by_name.setdefault(name.casefold(), form)
    for form in forms:
        for name in _further(form):
            by_name.setdefault(name.casefold(), form)
    ignored = {name.casefold() for name in aside}
    found = []
    for sheet in sheets:
        name = sheet.name.strip().casefold()
        if name in ignored:
            continue
        if name in by_name:
            found.append((sheet, by_name[name]))
        elif sheet.cells or sheet.formulas:
            names = [name for form in by_name.values() for name in form.names]
            problems.add(shown(sheet.name), "no_sheet", hint=hint(sheet.name, names))
    return found


def _further(form: FormSheet) -> tuple[str, ...]:
    kinds = form.columns[0].kinds
    return kinds.acts[form.kind].named.also if form.is_act and form.kind is not None else ()


__all__ = [
    "Filled",
    "FilledRow",
    "Problems",
    "first_heads",
    "groups_of",
    "lines_of_card",
    "matched",
    "rows_of",
    "spoilt",
]
