"""What is said of a catalogue held against records, cell by cell, in one language; every writer places these texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from decision_procedure.catalogues.reconciliation import (
    Discrepancy,
    Reconciliation,
    RowRef,
    RowState,
    UnitCompletion,
    outcome_of,
)
from decision_procedure.model.vocabulary import label
from decision_procedure.planning.possible import PossibleFrom
from decision_procedure.wording import Bilingual, Words, check_language, day_text, say

OUTCOMES = ("in_time", "late", "ended", "under_way", "overdue", "no_record")
STATUS = ("n", "title", "units", "planned", "stands", "last", "next", "meeting", "overdue", "open", "differs")
COMPLETION = ("n", "title", "units", "planned", "outcome", "decided", "remark")
DIFFERENCES = ("n", "title", "kind", "said", "record", "since")
UNITS = ("units", "rows", *OUTCOMES)
_STYLES = {"violated": "violated", "in_doubt": "in_doubt", "needs_judgement": "needs_judgement"}
_OF_OUTCOME = {
    "in_time": "satisfied", "late": "needs_judgement", "ended": "not_applicable", "under_way": "pending",
    "overdue": "violated", "no_record": "undetermined",
}  # fmt: skip


class StatusRow(NamedTuple):
    """A row as told: its cells by column (`STATUS`), and how its standing and its open findings look (a face)."""

    cells: Mapping[str, str]
    look: str
    open: str


class ReconciliationTold:
    """The texts of a reconciliation in one language."""

    def __init__(self, found: Reconciliation, lang: str) -> None:
        check_language(lang)
        self.found, self.lang, self.words = found, lang, Words(lang, "reconcile")
        self._kinds: dict[RowRef, dict[str, None]] = {}
        for item in found.discrepancies:
            if item.row is not None:
                self._kinds.setdefault(item.row, {})[self.kind(item)] = None

    @property
    def title(self) -> str:
        """The head of it all: the catalogue."""
        return self.found.title

    @property
    def facts(self) -> str:
        """Whose catalogue it is, of which year, and on which day it was held against the records."""
        day = day_text(self.found.as_of, self.lang)
        return self.words.say("facts", issuer=self.found.issuer, year=self.found.year, day=day)

    @property
    def summary(self) -> str:
        """How many rows there are and what became of them."""
        total = self.found.completion()[-1]
        parts = [
            self.words.say("counted", what=self.words.say(f"outcome_{name}"), count=count)
            for name in OUTCOMES
            if (count := getattr(total, name))
        ]
        return self.words.say(
            "summary", count=total.rows, parts=self.words.listed(parts) or self.words.say("none")
        )

    @property
    def differing(self) -> str:
        """How many differences there are, by kind."""
        counts = self.found.counts
        if not counts:
            return self.words.say("no_differences")
        parts = [
            self.words.say("counted", what=self.words.say(f"kind_{kind}"), count=count)
            for kind, count in counts.items()
        ]
        return self.words.say(
            "differing", count=len(self.found.discrepancies), parts=self.words.listed(parts)
        )

    @property
    def passed_over(self) -> str:
        """The records of other years, which were passed over; empty: there are none."""
        if not self.found.elsewhere:
            return ""
        titles = self.words.listed(record.title for record in self.found.elsewhere)
        return self.words.say("passed_over", count=len(self.found.elsewhere), records=titles)

    @property
    def joined_units(self) -> str:
        """Which units written otherwise were taken for one; empty: none were."""
        pairs = [
            self.words.say("same_unit", listed=listed, recorded=recorded)
            for listed, recorded in self.found.same_units
        ]
        return self.words.say("same_units", pairs=self.words.listed(pairs)) if pairs else ""

    def heads(self, columns: Sequence[str]) -> list[str]:
        """Return the heads of columns."""
        shown = "outcome" if columns is UNITS else "of"
        return [self.words.say(f"{shown if name in OUTCOMES else 'of'}_{name}") for name in columns]

    # -- the rows --------------------------------------------------------------------------------------------

    def status(self) -> Iterator[StatusRow]:
        """Yield how each row stands."""
        for row in self.found.rows:
            cells = {
                **self._named(row),
                "stands": self._stands(row),
                "last": self._last(row),
                "next": next_told(row, self.lang),
                "meeting": meeting_told(row, self.lang),
                "overdue": self.overdue(row),
                "open": "" if row.open is None else label("face", _face(row.open), self.lang),
                "differs": self.words.listed(self._kinds.get(row.row, ())),
            }
            yield StatusRow(cells, _OF_OUTCOME[outcome_of(row)], _face(row.open) if row.open else "")

    def completion(self) -> Iterator[StatusRow]:
        """Yield what became of each row by the day, as counties publish it at the end of the year."""
        for row in self.found.rows:
            if row.again:
                continue
            outcome = outcome_of(row)
            cells = {
                **self._named(row),
                "outcome": self.words.say(f"outcome_{outcome}"),
                "decided": row.decided or "",
                "remark": self._remark(row),
            }
            yield StatusRow(cells, _OF_OUTCOME[outcome], "")

    def units(self) -> Iterator[tuple[str, UnitCompletion]]:
        """Yield each unit as published with what became of its rows, and all rows last."""
        for unit in self.found.completion():
            yield self.words.say("all_units") if unit.unit is None else unit.unit, unit

    def differences(self) -> Iterator[tuple[Discrepancy, Mapping[str, str]]]:
        """Yield each difference with its cells by column (`DIFFERENCES`)."""
        for item in self.found.discrepancies:
            yield (
                item,
                {
                    "n": self._number(item.row) if item.row else "",
                    "title": item.row.title if item.row else "" if item.record else self.words.say("whole"),
                    "kind": self.kind(item),
                    "said": item.text(self.lang),
                    "record": item.record.title if item.record else "",
                    "since": item.day or "",
                },
            )

    def kind(self, item: Discrepancy) -> str:
        """Return what a difference is, in few words."""
        return self.words.say(f"kind_{item.kind}")

    def tables(self) -> dict[str, Any]:
        """Return what the tables of a page show, by the names of the templates."""
        return {
            "status_heads": dict(zip(STATUS, self.heads(STATUS), strict=True)),
            "status": list(self.status()),
            "difference_heads": dict(zip(DIFFERENCES, self.heads(DIFFERENCES), strict=True)),
            "differences": list(self.differences()),
            "unit_heads": self.heads(UNITS),
            "unit_rows": [
                (name, [getattr(unit, column) for column in UNITS[1:]]) for name, unit in self.units()
            ],
        }

    # -- cells -----------------------------------------------------------------------------------------------

    def _named(self, row: RowState) -> dict[str, str]:
        return {
            "n": self._number(row.row),
            "title": row.row.title,
            "units": self.words.listed(row.units),
            "planned": row.planned or self.words.say("no_plan"),
        }

    def _number(self, row: RowRef) -> str:
        return row.item if row.section is None else f"{row.section} {row.item}"

    def _stands(self, row: RowState) -> str:
        if row.stands != "decided":
            return self.words.say(f"stands_{row.stands}")
        if row.decided is None:
            return self.words.say("stands_decided_undated")
        return self.words.say("stands_decided", day=row.decided)

    def _last(self, row: RowState) -> str:
        if row.last is None:
            return ""
        step = row.last.text(self.lang)
        return step if row.last_day is None else f"{step} {row.last_day}"

    def overdue(self, row: RowState) -> str:
        """Return by how many days a matter is late, or that its time is not understood; empty: neither."""
        if row.days is not None:
            return self.words.say("late_by" if row.stands == "decided" else "overdue_by", days=row.days)
        return self.words.say("plan_unread") if row.planned and row.planned_until is None else ""

    def _remark(self, row: RowState) -> str:
        """Return what a reader of the table of the year wants to know beside: the delay, where it stands, what is odd."""
        parts = [self.overdue(row)] if row.days is not None else []
        if row.stands == "no_record":
            parts.append(self.words.say("stands_no_record"))
        elif row.stands == "under_way" and row.last is not None:
            parts.append(self.words.say("got_to", step=self._last(row)))
        listed = [item for item in self.found.on(row.row) if item.kind in _OF_THE_LIST]
        return self.words.series([*parts, *dict.fromkeys(self.kind(item) for item in listed)])


class Ahead(Protocol):
    """What is ahead of a matter, as `RowState` has it."""

    @property
    def next(self) -> tuple[Bilingual, ...]:
        """The steps that come next."""

    @property
    def next_sure(self) -> bool:
        """Whether they are surely needed."""

    @property
    def barred(self) -> bool:
        """Whether a closed gate has to be made good first."""

    @property
    def meeting(self) -> PossibleFrom | None:
        """From when the matter may be discussed."""


def next_told(ahead: Ahead, lang: str) -> str:
    """Return what comes next; empty: nothing does."""
    words = Words(lang, "reconcile")
    if ahead.barred:
        return words.say("barred")
    steps = words.listed(step.text(lang) for step in ahead.next)
    return steps if ahead.next_sure or not steps else words.say("perhaps", steps=steps)


def meeting_told(ahead: Ahead, lang: str) -> str:
    """Return the earliest day of the meeting; empty: there is none."""
    if ahead.meeting is None:
        return ""
    day = ahead.meeting.day
    return day if ahead.meeting.sure else say("reconcile.not_before", lang, day=day)


_OF_THE_LIST = ("added", "renamed", "decided_before_listed", "several_records")
"""The differences of the list itself, which the table of the year mentions."""


def _face(grade: str) -> str:
    """Return the name under which a grade is shown."""
    return "to_supply" if grade == "undetermined" else grade
