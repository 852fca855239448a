"""A published catalogue made data: every row and value with its cell, and a list of what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import ValidationError

from decision_procedure.catalogues.cell_values import on_one_line
from decision_procedure.catalogues.headers import field_of, given_fields
from decision_procedure.catalogues.layout import FoundTable, SheetParts, TextAt, tables_in
from decision_procedure.catalogues.notice import OuterText, Stated, approval_of, level_of, stated_in
from decision_procedure.catalogues.rows import Doubt, JoinedName, RowsRead, doubt, read_rows_of, told
from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.catalogue import Catalogue
from decision_procedure.model.keys import keys_of, names_of
from decision_procedure.model.messages import message
from decision_procedure.model.planned import folded
from decision_procedure.sources import path_text
from decision_procedure.sources.table_file import TableFile
from decision_procedure.sources.tables import read_tables
from decision_procedure.sources.workbook import ref
from decision_procedure.wording import both

_HOW_MANY = ("项数", "件数", "数量", "事项数")


class ColumnRead(NamedTuple):
    """A column of a published table: the table, its header, and the field that it was read as.

    `field` None: not understood; its cells stand in `origin` of the rows alone. `similar`: the header is like a known
    one, and no known one.
    """

    table: str
    header: str
    field: str | None
    similar: bool


@dataclass(frozen=True, slots=True)
class ImportedCatalogue:
    """A catalogue read from a published file, and how it was read.

    `stated` is what was read off the texts round the rows, by the field of the catalogue. `joined` are names of units
    whose parts stood apart. `doubts` is everything that somebody should look at: what was not understood, with its cell.
    """

    catalogue: Catalogue
    kind: str
    columns: tuple[ColumnRead, ...]
    stated: Mapping[str, Stated]
    joined: tuple[JoinedName, ...]
    doubts: tuple[Doubt, ...]


def import_catalogue(
    path: str | Path,
    *,
    columns: Mapping[str, str] = MappingProxyType({}),
    given: Mapping[str, Any] = MappingProxyType({}),
) -> ImportedCatalogue:
    """Return the catalogue of a published table: .xlsx, .xls, .docx, web page, CSV or TSV, or rows as JSON.

    `columns` says what headers stand for that are not known: the field of a row, by its name in either language, or `-`
    for none. `given` are fields of the catalogue (`title`, `issuer`, `year`, `level` …) that go before what the file says.
    Raises UnusableInput, with all that stands against it, for a file that is no table of a catalogue or does not say
    whose and of which year it is; UnusableArgument for a field that there is not, or a library that is not installed.
    """
    found, misnamed = read_tables(Path(path))
    return catalogue_of(found, columns, given, misnamed=misnamed)


def catalogue_of(
    found: TableFile,
    columns: Mapping[str, str] = MappingProxyType({}),
    given: Mapping[str, Any] = MappingProxyType({}),
    *,
    misnamed: bool = False,
) -> ImportedCatalogue:
    """Return the catalogue of a file of tables as `import_catalogue` does; `misnamed`: its name says another kind."""
    known = given_fields(columns)
    given = {field: value for field, value in given.items() if value is not None}
    sheets = [tables_in(sheet, found.file, known) for sheet in found.sheets]
    tables = [(number, table) for number, sheet in enumerate(sheets) for table in sheet.tables if table.items]
    if not tables:
        classes = next(filter(None, map(_classes, sheets)), None)
        if classes is None or columns.get(classes.text):
            raise UnusableInput(_without_rows(found, sheets))
        again = catalogue_of(found, {**columns, classes.text: "title"}, given, misnamed=misnamed)
        return replace(again, doubts=(doubt("", "by_class", header=classes.text), *again.doubts))
    texts = list(_said(found, sheets))
    stated = stated_in(texts, Path(found.file).stem) | _of_json(found)
    rows = read_rows_of([table for _, table in tables], _captions(found, tables))
    doubts = [*_at_large(found, stated, given, misnamed=misnamed), *rows.doubts]
    data = _data(stated, given, rows, texts)
    catalogue = _validated(found, data)
    read = tuple(
        ColumnRead(
            table.grid.sheet.name,
            column.header,
            column.read and column.read.field,
            bool(column.read and column.read.similar),
        )
        for _, table in tables
        for column in table.columns
    )
    doubts += _times(catalogue)
    return ImportedCatalogue(catalogue, found.kind, read, stated, rows.joined, tuple(doubts))


def _classes(parts: SheetParts) -> TextAt | None:
    """Return the header under which a table without titles names classes of matters, each with how many there are."""
    counting = {text.at[0] for text in parts.texts if folded(text.text).startswith(_HOW_MANY)}
    for text in reversed(parts.texts):
        if text.at[0] in counting:
            read = field_of(text.text, {})
            if read is not None and read.field == "category":
                return text
    return None


def _times(catalogue: Catalogue) -> Iterator[Doubt]:
    """Yield the planned times that are not understood."""
    for row in catalogue.items:
        if row.planned_time is not None and row.planned_time.end is None:
            raw = row.planned_time.raw
            place = next((cell.cell for cell in row.origin if cell.text == raw), "")
            yield doubt(place, "unread_time", text=on_one_line(raw)[:60])


def _without_rows(found: TableFile, sheets: Sequence[SheetParts]) -> Iterator[Fault]:
    """Yield why a file has no rows: no title column in what looks like a header, no rows under one, or no table at all."""
    for sheet, parts in zip(found.sheets, sheets, strict=True):
        for row in parts.lacking:
            yield Fault(
                found.file,
                None,
                sheet.name,
                *told("no_title_column", row=str(row)),
            )
        if parts.tables:
            yield Fault(found.file, None, sheet.name, *told("no_items"))
    if not any(parts.lacking or parts.tables for parts in sheets):
        yield Fault(found.file, None, "", *told("no_table"))


def _said(found: TableFile, sheets: Sequence[SheetParts]) -> Iterator[OuterText]:
    """Yield the texts round the rows, in order: of each sheet, and those that stand outside the tables."""
    first = next((number for number, parts in enumerate(sheets) if parts.tables), len(sheets))
    outside = found.paragraphs_before()
    for number, parts in enumerate(sheets):
        yield from (OuterText(text, "", number <= first) for text in outside.get(number, ()))
        for table in parts.tables:
            for text in table.above:
                yield OuterText(
                    text.text, table.grid.place(text.at), number <= first and table is parts.tables[0]
                )
            for text in (*table.remarks, *table.strange):
                yield OuterText(text.text, table.grid.place(text.at), False)
        if not parts.tables:
            grid = parts.grid
            yield from (OuterText(text.text, grid.place(text.at), number < first) for text in parts.texts)
    yield from (OuterText(text, "", False) for text in outside.get(len(sheets), ()))
    for key, value in found.stated.items():
        if _field_stated(key) is None:
            yield from (
                OuterText(text, key, False)
                for text in (value if isinstance(value, list) else [value])
                if isinstance(text, str)
            )


def _captions(found: TableFile, tables: Sequence[tuple[int, FoundTable]]) -> list[str | None]:
    """Return the name of the part that each table is: none where there is one table alone."""
    if len(tables) == 1:
        return [None]
    names: list[str | None] = []
    outside = found.paragraphs_before()
    for number, table in tables:
        caption = (
            _caption(table.above) or next(iter(outside.get(number, [])[-1:]), "") or table.grid.sheet.name
        )
        names.append(caption[:_LONGEST] or None)
    times = Counter(names)
    return [
        name if times[name] == 1 else f"{name or ''} {order}".strip() for order, name in enumerate(names, 1)
    ]


_LONGEST = 60


def _caption(above: Sequence[TextAt]) -> str:
    """Return the last text over a table that has a row of its own."""
    rows = Counter(text.at[0] for text in above)
    alone = [text.text for text in above if rows[text.at[0]] == 1]
    return " ".join(alone[-1].split()) if alone else ""


_JSON = {
    "document_number": "number", "published": "published_on", "source_url": "source", "approval_stated": "approval",
    "legal_basis_cited": "cited_law",
}  # fmt: skip
"""What JSON files of catalogues say beside the names of the fields, in either language."""


def _field_stated(key: str) -> str | None:
    """Return the field of a catalogue that a key of a JSON file stands for; None: none."""
    field = _JSON.get(key) or names_of(Catalogue).get(key, key)
    return field if field in keys_of(Catalogue) else None


def _of_json(found: TableFile) -> dict[str, Stated]:
    """Return what a JSON file says of the whole catalogue."""
    said = {}
    for key, value in found.stated.items():
        field = _field_stated(key)
        if field is not None and value not in (None, "", []):
            said[field] = Stated(
                field, _LEVELS.get(value, value) if field == "level" else value, str(value), key
            )
    return said


_LEVELS = {
    "county-level city": "county",
    "district(county-level)": "county",
    "county-level department": "county",
}


def _at_large(
    found: TableFile, stated: Mapping[str, Stated], given: Mapping[str, Any], *, misnamed: bool
) -> Iterator[Doubt]:
    """Yield what to look at in the catalogue as a whole: how the file was read, and what was taken from names."""
    if misnamed:
        yield Doubt("", *both("catalogue_import.misnamed", kind=told(f"kind_{found.kind}")))
    title = stated.get("title")
    if "title" not in given and title is not None and not title.place and title.text == Path(found.file).stem:
        yield doubt("", "title_of_file")
    issuer = str(given.get("issuer") or (stated["issuer"].value if "issuer" in stated else ""))
    if "level" not in given and "level" not in stated and level_of(issuer) == "city":
        yield doubt("", "level_by_name")
    for sheet in found.sheets:
        blank = [at for at in sheet.formulas if at not in sheet.stored]
        for key, cells in (("errors", sheet.errors), ("not_worked_out", blank)):
            if cells:
                yield doubt(
                    "",
                    key,
                    cells="、".join(ref(sheet.name, at) for at in cells[:_SHOWN]),
                    count=str(len(cells)),
                )


_SHOWN = 5
"""How many cells a doubt names that is of many."""


def _data(
    stated: Mapping[str, Stated], given: Mapping[str, Any], rows: RowsRead, texts: Sequence[OuterText]
) -> dict[str, Any]:
    """Return the data of the catalogue, what is given before what was read."""
    data: dict[str, Any] = {"schema": 1} | {field: said.value for field, said in stated.items()}
    data |= approval_of(str(data.get("approval", "")))
    if "published_on" in data:
        data["published"] = True
    data |= given
    if "level" not in data and (level := level_of(str(data.get("issuer", "")))) is not None:
        data["level"] = level
    read: dict[str, list[str]] = {}
    for said in stated.values():
        read.setdefault(said.place or said.text, []).append(keys_of(Catalogue)[said.field].zh)
    notes: list[dict[str, Any]] = []
    for text in texts:
        names = read.get(text.place or text.text)
        read_as = {} if names is None else {"read_as": "、".join(names)}
        parts = (text.text[at : at + _MOST] for at in range(0, len(text.text), _MOST))
        notes += [{"cell": text.place or "—", "text": part} | read_as for part in parts]
    return data | {"items": [*rows.items]} | ({"notes": notes} if notes else {})


_MOST = 10_000
"""How long a text in the notes may be; a longer one is several."""


def _validated(found: TableFile, data: dict[str, Any]) -> Catalogue:
    lacking = [field for field in ("title", "issuer", "year", "level") if field not in data]
    if lacking:
        raise UnusableInput(Fault(found.file, None, field, *told(f"no_{field}")) for field in lacking)
    try:
        return Catalogue.model_validate(data)
    except ValidationError as error:
        raise UnusableInput(
            Fault(found.file, None, path_text(item["loc"]), *message(item, ()))
            for item in error.errors(include_url=False)
        ) from None
