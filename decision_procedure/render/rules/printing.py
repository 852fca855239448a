"""A sheet as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.render.rules.sheet import Field, Item, Sheet
from decision_procedure.render.text import plain

_INDENT = "  "


def as_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of a sheet; nothing in them can move the terminal."""
    yield plain(sheet.title)
    for field in sheet.fields:
        yield from _field(field)


def _field(field: Field) -> Iterator[str]:
    yield f"{_INDENT}{field.label}"
    for item in field.items:
        yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    indent = _INDENT * (2 + item.depth)
    if not item.code:
        yield indent + plain(item.text)
        return
    for line in item.text.splitlines():
        body = line.lstrip(" ")
        yield f"{indent}| {' ' * (len(line) - len(body))}{plain(body)}"
