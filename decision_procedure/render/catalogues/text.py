"""A catalogue held against records, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decision_procedure.catalogues.reconciliation import Discrepancy
from decision_procedure.render.catalogues.told import ReconciliationTold, StatusRow
from decision_procedure.render.text.lines import BLANK, Block, Style, Table, line, plain

_STYLES: dict[str, Style] = {
    "satisfied": "satisfied", "needs_judgement": "needs_judgement", "pending": "pending", "violated": "violated",
    "undetermined": "undetermined", "not_applicable": "dim",
}  # fmt: skip
_SHOWN = ("n", "title", "units", "planned", "stands", "overdue")
_BELOW = ("last", "next", "meeting", "differs")


def status_lines(told: ReconciliationTold) -> Iterator[Block]:
    """Yield how each row stands, and how many differences there are."""
    yield from _head(told)
    for row in told.status():
        yield BLANK
        yield from _row(told, row)
    yield BLANK
    yield line(told.differing)
    yield from _passed_over(told)


def difference_lines(told: ReconciliationTold) -> Iterator[Block]:
    """Yield the differences, those of one row together."""
    yield from _head(told)
    yield line(told.differing)
    before: object = None
    for item, cells in told.differences():
        head = _heading(told, item, cells)
        if head != before:
            yield BLANK
            yield line(plain(head), "title")
        before = head
        style: Style = "violated" if item.grade == "violated" else _GRADES.get(item.grade, "")
        yield line(plain(item.text(told.lang)), style, indent=2)
    yield from _passed_over(told)


_GRADES: dict[str, Style] = {"needs_judgement": "needs_judgement", "undetermined": "undetermined"}


def _head(told: ReconciliationTold) -> Iterator[Block]:
    yield line(plain(told.title), "title")
    yield line(plain(told.facts), "dim")
    yield line(told.summary)


def _passed_over(told: ReconciliationTold) -> Iterator[Block]:
    for text in filter(None, (told.joined_units, told.passed_over)):
        yield line(plain(text), "dim")


def _heading(told: ReconciliationTold, item: Discrepancy, cells: object) -> str:
    if item.row is None:
        return told.words.say("outside" if item.record else "whole")
    number = item.row.item if item.row.section is None else f"{item.row.section} {item.row.item}"
    return f"{number} {item.row.title}"


def _row(told: ReconciliationTold, row: StatusRow) -> Iterator[Block]:
    cells = row.cells
    units = told.words.aside(plain(cells["units"]))
    yield line(f"{plain(cells['n'])} {plain(cells['title'])}{units}", "title")
    stands = told.words.listed(filter(None, (cells["stands"], cells["overdue"])))
    yield line(stands, _STYLES[row.look], indent=2)
    told_below: Sequence[str] = [name for name in ("planned", *_BELOW) if cells[name]]
    yield Table(
        tuple(((told.words.say(f"of_{name}"), "dim"), (plain(cells[name]), "")) for name in told_below),
        indent=2,
    )
