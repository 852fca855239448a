"""Many decisions as a folder of pages: a page for each, written as it comes, then the years and the index.

What the index needs of a decision waits in a temporary database on disk, so that memory stays flat. No page
grows with history: the index has a line for each year, a year is divided after `PER_PAGE` decisions.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from decision_procedure.catalogues.matters import MatterState, matter_of
from decision_procedure.catalogues.reconciling import held_against
from decision_procedure.diagrams.palette import ORDER
from decision_procedure.law.applicable import Law
from decision_procedure.model.catalogue import Catalogue
from decision_procedure.render.catalogues.told import ReconciliationTold, meeting_told, next_told
from decision_procedure.render.html.drawing import drawn, short
from decision_procedure.render.html.overall import glyph
from decision_procedure.render.html.page import page_text
from decision_procedure.render.html.subject import Shown
from decision_procedure.reporting.steps import drawn_states
from decision_procedure.results.fingerprints import record_key
from decision_procedure.sources.file_names import file_stem
from decision_procedure.wording import Words, say

PER_PAGE = 150
MOST_UNITS = 100
FOLDER = "decisions"
_LONGEST = 160
_NO_YEAR = 0
_COUNTS = ", ".join(ORDER)
_SUMS = ", ".join(f"SUM({outcome})" for outcome in ORDER)
_WORST = ", ".join(f"{face} DESC" for face in ORDER[:4])


class BookEntry(NamedTuple):
    """One decision on a page of its year; `cells` holds, step by step, the severest result (None: no test).

    `ahead` tells the next step and the earliest meeting, then, where the catalogue of the year was given, the time planned
    and the delay.
    """

    title: str
    address: str
    body: str
    unit: str
    as_of: str
    ahead: tuple[str, ...]
    counts: tuple[int, ...]
    cells: tuple[str | None, ...]


class Total(NamedTuple):
    """The decisions of a unit or a year: how many, how many with a breach, and the counts of each outcome."""

    name: str
    address: str
    decisions: int
    with_breach: int
    counts: tuple[int, ...]


class Book:
    """The pages of many decisions in one folder, which must exist. Close it when all is done.

    `catalogues` are those of years whose decisions come: each is held against them on the page of its year.
    """

    def __init__(self, folder: Path, lang: str, catalogues: Sequence[Catalogue] = ()) -> None:
        self._folder = folder
        self._lang = lang
        self._steps: dict[int, dict[str, str]] = {}
        self._assumed = False
        self._catalogues = {catalogue.year: catalogue for catalogue in catalogues}
        self._matters: dict[int, list[MatterState]] = {}
        self._law: Law | None = None
        self._as_of = ""
        self._kept = sqlite3.connect("")
        self._kept.execute(
            f"CREATE TABLE kept (name TEXT PRIMARY KEY, key TEXT, year INTEGER, unit TEXT, title TEXT, body TEXT,"
            f" as_of TEXT, next TEXT, meeting TEXT, cells TEXT, {_COUNTS})"
        )
        self._kept.execute(f"CREATE INDEX worst ON kept (year, {_WORST}, title, name)")
        (folder / FOLDER).mkdir()

    def close(self) -> None:
        """Let go of what was kept."""
        self._kept.close()

    def add(self, shown: Shown) -> None:
        """Write the page of a decision, and keep its line for the index."""
        report, names = shown.view.report, shown.view.names
        self._assumed = self._assumed or report.assume_complete
        decision = report.decision
        year = decision.catalogue.year if decision.catalogue else None
        key = record_key(decision)
        name = self._free_name(key, report.title)
        matter = matter_of(report)
        self._law, self._as_of = shown.law, max(self._as_of, report.as_of)
        for kept_year in self._catalogues.keys() & ({matter.year} if matter.year else {*self._catalogues}):
            self._matters.setdefault(kept_year, []).append(matter)
        states = drawn_states(report, shown.view.procedure)
        columns = self._steps.setdefault(year or _NO_YEAR, {})
        for step, state in states.items():
            if state.verdict is not None:
                columns.setdefault(step, state.name(self._lang))
        cells = {step: state.verdict for step, state in states.items() if state.verdict is not None}
        counts = list(report.counts.values())
        unit = names.unit(decision.lead_unit) if decision.lead_unit else say("page.no_unit", self._lang)
        texts = [short(text, _LONGEST) for text in (unit, report.title, decision.body.name)]
        ahead = [short(told(matter, self._lang), _LONGEST) for told in (next_told, meeting_told)]
        self._kept.execute(
            f"INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {', '.join('?' * len(ORDER))})",
            (name, key, year or _NO_YEAR, *texts, report.as_of, *ahead, json.dumps(cells), *counts),
        )
        self._write(f"{FOLDER}/{name}", page_text(replace(shown, home="../index.html")))

    def finish(self) -> None:
        """Write the pages of the years and the index."""
        years = [row[0] for row in self._kept.execute("SELECT DISTINCT year FROM kept ORDER BY year DESC")]
        for year in years:
            self._year(year)
        t = Words(self._lang, "page")
        totals = [
            self._total(t.say("no_year") if y == _NO_YEAR else str(y), _address(y, 1), "year = ?", y)
            for y in years
        ]
        every = self._total(t.say("all"), "", "1")
        self._draw("index.html.j2", "index.html", {"years": totals, "every": every})

    def _year(self, year: int) -> None:
        count = self._kept.execute("SELECT COUNT(*) FROM kept WHERE year = ?", (year,)).fetchone()[0]
        pages = -(-count // PER_PAGE)
        steps = self._steps.get(year, {})
        units = list(self._units(year))
        told = self._told(year)
        planned = {} if told is None else _planned(told)
        for number in range(1, pages + 1):
            values = {
                "year": None if year == _NO_YEAR else year,
                "steps": list(steps.values()),
                "items": list(self._items(year, number, list(steps), None if told is None else planned)),
                "told": told if number == 1 else None,
                **({} if told is None else told.tables()),
                "with_plan": told is not None,
                "units": units if number == 1 else [],
                "every": self._total(say("page.all", self._lang), "", "year = ?", year),
                "number": number,
                "pages": [(each, _address(year, each)) for each in _near(number, pages)],
                "last": pages,
            }
            self._draw("year.html.j2", _address(year, number), values)

    def _told(self, year: int) -> ReconciliationTold | None:
        """Return the catalogue of a year held against its decisions; None: it was not given."""
        catalogue = self._catalogues.get(year)
        if catalogue is None or self._law is None:
            return None
        day = date.fromisoformat(self._as_of)
        found = held_against(catalogue, self._matters.get(year, ()), self._law, day)
        return ReconciliationTold(found, self._lang)

    def _items(
        self, year: int, page: int, steps: list[str], planned: Mapping[str, tuple[str, str]] | None
    ) -> Iterator[BookEntry]:
        rows = self._kept.execute(
            f"SELECT title, name, key, body, unit, as_of, next, meeting, cells, {_COUNTS} FROM kept WHERE year = ?"
            f" ORDER BY {_WORST}, title, name LIMIT ? OFFSET ?",
            (year, PER_PAGE, (page - 1) * PER_PAGE),
        )
        for title, name, key, body, unit, as_of, following, meeting, cells, *counts in rows:
            found = json.loads(cells)
            ahead = (following, meeting, *(() if planned is None else planned.get(key, ("", ""))))
            yield BookEntry(
                title,
                f"{FOLDER}/{name}",
                body,
                unit,
                as_of,
                ahead,
                tuple(counts),
                tuple(map(found.get, steps)),
            )

    def _units(self, year: int) -> Iterator[Total]:
        """Yield the units of a year, the worst first; after `MOST_UNITS` the others as one."""
        rows = self._kept.execute(
            f"SELECT unit, COUNT(*), SUM(violated > 0), {_SUMS} FROM kept WHERE year = ? GROUP BY unit"
            f" ORDER BY {', '.join(f'SUM({outcome}) DESC' for outcome in ORDER[:4])}, unit",
            (year,),
        )
        rest, others = [0] * (len(ORDER) + 2), 0
        for number, (unit, *numbers) in enumerate(rows):
            if number < MOST_UNITS:
                yield Total(unit, "", numbers[0], numbers[1], tuple(numbers[2:]))
            else:
                others += 1
                rest = [one + other for one, other in zip(rest, numbers, strict=True)]
        if others:
            yield Total(
                say("page.other_units", self._lang, count=others),
                "",
                rest[0],
                rest[1],
                tuple(rest[2:]),
            )

    def _total(self, name: str, address: str, which: str, *values: Any) -> Total:
        numbers = self._kept.execute(
            f"SELECT COUNT(*), SUM(violated > 0), {_SUMS} FROM kept WHERE {which}", values
        ).fetchone()
        count, breach, *counts = (number or 0 for number in numbers)
        return Total(name, address, count, breach, tuple(counts))

    def _free_name(self, key: str, title: str) -> str:
        """Return a file name of the title that depends on the record alone; a record that comes again is numbered."""
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        base = "-".join(filter(None, (file_stem(title), digest)))
        taken = self._kept.execute(
            "SELECT COUNT(*) FROM kept WHERE name BETWEEN ? AND ?", (f"{base}-", f"{base}.html")
        ).fetchone()[0]
        return f"{base}.html" if not taken else f"{base}-{taken + 1}.html"

    def _draw(self, template: str, name: str, values: dict[str, Any]) -> None:
        marks = {outcome: glyph(outcome, self._lang) for outcome in ORDER}
        self._write(
            name,
            drawn(template, self._lang, {**values, "order": ORDER, "marks": marks, "assumed": self._assumed}),
        )

    def _write(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, encoding="utf-8", newline="\n")


def _address(year: int, page: int) -> str:
    return f"year-{year or 'none'}-{page}.html"


def _near(number: int, pages: int) -> list[int]:
    """Return the pages to which a page leads: first, last, and those around it."""
    return [each for each in range(1, pages + 1) if each in (1, pages) or abs(each - number) <= 3]


def _planned(told: ReconciliationTold) -> dict[str, tuple[str, str]]:
    """Return the time planned and the delay by the record that is of the row."""
    return {
        record.key: (row.planned or "", told.overdue(row))
        for row in told.found.rows
        for record in row.records
    }
