"""Catalogues as places published them, written in the forms in which such tables are published, whole and changed."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl

FOLDER = Path(__file__).parent / "published"
PROSE = ("_notices-without-rows",)
"""What was published without rows of matters: kept apart."""


@dataclass(frozen=True)
class TablePart:
    """A table: its caption, the rows of its header, its columns with their fields, and its rows, texts by column.

    `above` and `below` are rows of one text; `classes` counts the rows that each merged cell of a first column covers.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[tuple[str, ...], ...] = ()
    below: tuple[str, ...] = ()
    again_before: int | None = None
    group: str = ""
    classes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Published:
    """A catalogue as a place published it."""

    name: str
    title: str
    data: Mapping[str, Any]
    parts: tuple[TablePart, ...]
    extra: frozenset[str] = field(default_factory=frozenset)

    @property
    def given(self) -> dict[str, Any]:
        """What the table does not hold and a person gives."""
        level = {"city": "city", "township": "township", "subdistrict": "subdistrict"}.get(
            self.data["level"], "county"
        )
        return {
            "title": self.title,
            "issuer": self.data["issuer"],
            "year": self.data["year"] or 2018,
            "level": level,
        }


@cache
def published() -> Mapping[str, Published]:
    """Return each catalogue with rows by its name."""
    found = {}
    for path in sorted(FOLDER.glob("*.json")):
        if path.stem in PROSE:
            continue
        data = json.loads(path.read_text("utf-8"))
        tables = [("", data), *((key, value) for key, value in data.items() if isinstance(value, dict))]
        parts = tuple(_part(caption, table) for caption, table in tables if "rows" in table)
        found[path.stem] = Published(path.stem, data["title"], data, parts)
    return found


def _part(caption: str, table: Mapping[str, Any]) -> TablePart:
    columns = tuple(table.get("columns") or _keys(table["rows"]))
    rows = [{columns[0]: row} if isinstance(row, str) else row for row in table["rows"]]
    return TablePart(
        caption, columns, tuple(tuple(str(row.get(column) or "") for column in columns) for row in rows)
    )


def _keys(rows: Sequence[Any]) -> tuple[str, ...]:
    """Return the columns of rows that come without a list of them."""
    named = [row for row in rows if isinstance(row, dict)]
    return tuple(dict.fromkeys(key for row in named for key in row)) or ("事项",)


def _lines(part: TablePart) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the rows of a table: what each is, and its texts."""
    for texts in part.above:
        yield "above", texts
    columns = part.columns
    if part.group:
        yield "group", (*columns[:2], part.group, *("" for _ in columns[3:]))
        yield "head", ("", "", *columns[2:])
    else:
        yield "head", columns
    for number, row in enumerate(part.rows):
        if number == part.again_before:
            yield "head", columns
        yield "row", row
    for text in part.below:
        yield "below", (text,)


def _class_cells(part: TablePart) -> dict[int, int]:
    """Return how many rows the cell of the first column covers, by the row that it begins at."""
    found, at = {}, 0
    for _, count in part.classes:
        found[at] = count
        at += count
    return found


def as_xlsx(item: Published) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    wide = max(len(part.columns) for part in item.parts)
    sheet.title, at = "目录", 1
    sheet.append([item.title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(wide, 2))
    for part in item.parts:
        if part.caption:
            at += 1
            sheet.cell(at, 1, part.caption)
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=max(wide, 2))
        number = 0
        for kind, texts in _lines(part):
            at += 1
            for column, text in enumerate(texts, 1):
                if text:
                    sheet.cell(at, column, int(text) if text.isdigit() and kind == "row" else text)
            if kind == "group":
                sheet.merge_cells(
                    start_row=at, start_column=3, end_row=at, end_column=max(3, len(part.columns))
                )
                for column in (1, 2):
                    sheet.merge_cells(start_row=at, start_column=column, end_row=at + 1, end_column=column)
            if kind == "row":
                if (count := _class_cells(part).get(number, 1)) > 1:
                    sheet.merge_cells(start_row=at, start_column=1, end_row=at + count - 1, end_column=1)
                number += 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_docx(item: Published) -> bytes:
    document = docx.Document()
    document.add_paragraph(item.title)
    for part in item.parts:
        if part.caption:
            document.add_paragraph(part.caption)
        lines = list(_lines(part))
        table = document.add_table(len(lines), len(part.columns))
        cells = table._cells
        wide = len(part.columns)
        number = 0
        for at, (kind, texts) in enumerate(lines):
            for column, text in enumerate(texts):
                if text:
                    cells[at * wide + column].text = text
            if kind in ("above", "below") and len(texts) == 1 and wide > 1:
                cells[at * wide].merge(cells[at * wide + wide - 1])
            if kind == "group":
                cells[at * wide + 2].merge(cells[at * wide + wide - 1])
                for column in (0, 1):
                    cells[at * wide + column].merge(cells[(at + 1) * wide + column])
            if kind == "row":
                if (count := _class_cells(part).get(number, 1)) > 1:
                    cells[at * wide].merge(cells[(at + count - 1) * wide])
                number += 1
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(item: Published) -> bytes:
    body = [
        f"<p>首页 &gt; <a href='/x'>政务公开</a></p><h1>{html.escape(item.title)}</h1><script>var a='<table>';</script>"
    ]
    for part in item.parts:
        body.append(f"<p><strong>{html.escape(part.caption)}</strong></p><table><tbody>")
        covered, number = 0, 0
        for kind, texts in _lines(part):
            spans = [""] * len(texts)
            if kind in ("above", "below") and len(texts) == 1:
                spans = [f" colspan={len(part.columns)}"]
            skipped: set[int] = set()
            if kind == "group":
                spans = [" rowspan='2'", " rowspan='2'", f" colspan='{max(1, len(part.columns) - 2)}'"]
                texts = texts[:3]
            if kind == "head" and part.group:
                skipped = {0, 1}
            if kind == "row":
                count = _class_cells(part).get(number, 1)
                if covered:
                    skipped, covered = {0}, covered - 1
                elif count > 1:
                    spans[0], covered = f" rowspan={count}", count - 1
                number += 1
            cells = (
                f"<td{spans[column]}><p><span>{html.escape(text).replace(chr(10), '<br>')}</span></p></td>"
                for column, text in enumerate(texts)
                if column not in skipped
            )
            body.append(f"<tr>{''.join(cells)}</tr>")
        body.append("</tbody></table>")
    page = f"<!DOCTYPE html><html><head><meta charset=gb2312><title>网站</title></head><body>{''.join(body)}</body></html>"
    return page.encode("gb18030")


def as_csv(item: Published, coding: str = "gb18030") -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([item.title])
    for part in item.parts:
        if part.caption:
            writer.writerow([part.caption])
        covered, number = 0, 0
        for kind, texts in _lines(part):
            row = list(texts)
            if kind == "row":
                if covered:
                    row[0], covered = "", covered - 1
                else:
                    covered = _class_cells(part).get(number, 1) - 1
                number += 1
            writer.writerow(row)
    return stream.getvalue().encode(coding)


WRITERS: Mapping[str, Callable[[Published], bytes]] = {
    "xlsx": as_xlsx, "docx": as_docx, "html": as_html, "csv": as_csv,
}  # fmt: skip


def _each(item: Published, change: Callable[[TablePart], TablePart]) -> Published:
    return replace(item, parts=tuple(map(change, item.parts)))


def _renamed(item: Published, rename: Callable[[str], str]) -> Published:
    return _each(item, lambda part: replace(part, columns=tuple(map(rename, part.columns))))


def reversed_columns(item: Published) -> Published:
    return _each(
        item,
        lambda part: replace(part, columns=part.columns[::-1], rows=tuple(row[::-1] for row in part.rows)),
    )


def spaced_headers(item: Published) -> Published:
    return _renamed(item, lambda header: "　".join(header[:2]) + " " + "\n".join(header[2:]))


_TRADITIONAL = str.maketrans(
    "决项称单办门责体据参与专论证风险评听审计划时间类别内容",
    "決項稱單辦門責體據參與專論證風險評聽審計劃時間類別內容",
)


def traditional_headers(item: Published) -> Published:
    return _renamed(item, lambda header: header.translate(_TRADITIONAL).replace("(", "（").replace(")", "）"))


_OTHERS = {
    "决策事项名称": "重大行政决策事项名称", "事项名称": "决策事项", "事项": "决策事项名称", "承办单位": "责任单位",
    "组织承办部门": "承办单位", "承办科室": "决策承办科室", "决策依据": "法律政策依据", "计划完成时间": "完成时限",
    "完成时限": "计划完成时间", "序号": "编号", "事项内容": "事项名称",
}  # fmt: skip


def other_headers(item: Published) -> Published:
    return _renamed(item, lambda header: _OTHERS.get(header, header))


def noted_headers(item: Published) -> Published:
    return _renamed(item, lambda header: f"{header}（全称）：")


def extra_column(item: Published) -> Published:
    def change(part: TablePart) -> TablePart:
        said = [
            f"8888{number}" if any(row[1:]) or len(row) == 1 else "" for number, row in enumerate(part.rows)
        ]
        rows = tuple((*row[:1], phone, *row[1:]) for phone, row in zip(said, part.rows, strict=True))
        return replace(part, columns=(*part.columns[:1], "联系电话", *part.columns[1:]), rows=rows)

    return replace(_each(item, change), extra=frozenset({"联系电话"}))


def blank_rows(item: Published) -> Published:
    def change(part: TablePart) -> TablePart:
        blank = ("",) * len(part.columns)
        return replace(part, rows=tuple(row for one in part.rows for row in (one, blank)))

    return _each(item, change)


def numbered_rows_at_the_end(item: Published) -> Published:
    def change(part: TablePart) -> TablePart:
        if part.columns[0] != "序号":
            return part
        left = tuple((str(len(part.rows) + number), *("" for _ in part.columns[1:])) for number in (1, 2, 3))
        return replace(part, rows=(*part.rows, *left))

    return _each(item, change)


def merged_classes(item: Published) -> Published:
    def change(part: TablePart) -> TablePart:
        first = (len(part.rows) + 1) // 2
        classes = tuple(
            (name, count) for name, count in (("规划类", first), ("措施类", len(part.rows) - first)) if count
        )
        names = [name for name, count in classes for _ in range(count)]
        cells = [name if not number or names[number - 1] != name else "" for number, name in enumerate(names)]
        rows = tuple((cell, *row) for cell, row in zip(cells, part.rows, strict=True))
        return replace(part, columns=("事项类别", *part.columns), rows=rows, classes=classes)

    return replace(_each(item, change), extra=frozenset({"事项类别"}))


def header_again(item: Published) -> Published:
    return _each(
        item, lambda part: replace(part, again_before=len(part.rows) - 1 if len(part.rows) > 1 else None)
    )


def remarks_round_it(item: Published) -> Published:
    def change(part: TablePart) -> TablePart:
        above = (("填报单位：司法局",),) if part is not item.parts[0] else ()
        return replace(part, above=above, below=("注：承办单位排在第一位的为牵头单位。",))

    return _each(item, change)


def header_of_two_rows(item: Published) -> Published:
    return _each(item, lambda part: replace(part, group="基本情况") if len(part.columns) > 2 else part)


CHANGES: Mapping[str, Callable[[Published], Published]] = {
    change.__name__: change
    for change in (
        reversed_columns, spaced_headers, traditional_headers, other_headers, noted_headers, extra_column, blank_rows,
        numbered_rows_at_the_end, merged_classes, header_again, remarks_round_it, header_of_two_rows,
    )
}  # fmt: skip


def texts_of(item: Published) -> list[list[str]]:
    """Return what stands in each row that is an item, its blank cells apart."""
    rows: Sequence[tuple[TablePart, tuple[str, ...]]] = [
        (part, row) for part in item.parts for row in part.rows
    ]
    return [
        [text for text in row if text]
        for part, row in rows
        if sum(1 for text in row if text) > (1 if len(part.columns) > 1 else 0)
    ]
