"""What a catalogue and the records of its matters come to when they are held against each other: values, decided elsewhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from decision_procedure.planning.possible import PossibleFrom
from decision_procedure.results.severity import Grade
from decision_procedure.wording import Bilingual, Words

DiscrepancyKind = Literal[
    "no_record",
    "no_row",
    "possible",
    "several_records",
    "decided_outside",
    "decided_before_listed",
    "added",
    "dropped",
    "renamed",
    "overdue",
    "year_over",
    "decided_late",
    "cannot_be_met",
    "stalled",
    "milestone_passed",
    "step_not_done",
    "step_not_shown",
    "step_not_planned",
    "demanded_left_out",
    "hearing_entry",
    "title_differs",
    "unit_differs",
    "number_differs",
    "consent",
    "publication",
    "stale_basis",
    "wrong_basis",
]
"""How a catalogue and the records, or two versions of a catalogue, may differ; the order in which they are told."""

KINDS: tuple[DiscrepancyKind, ...] = get_args(DiscrepancyKind)
Standing = Literal["no_record", "under_way", "decided", "ended"]


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row of the catalogue: `place` is its index from 0 (None: a row of an earlier version), the rest as published."""

    place: int | None
    section: str | None
    item: str
    title: str


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record: `key` is the name by which findings know it, `id` its own identifier (None: it has none)."""

    key: str
    id: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing in which catalogue and records differ, said in both languages.

    `row` None: no row, or the catalogue as a whole; `record` None: no record. `day` is the day from which it stands, as
    ISO text, such as the last day of the time planned; None: it has none. `grade` is what it counts as for the exit
    status (`severity.GRADES`): what is sure is for a person to judge, what the record does not show undetermined, and
    only what the check of the catalogue itself finds may be violated.
    """

    kind: DiscrepancyKind
    grade: Grade
    row: RowRef | None
    record: RecordRef | None
    day: str | None
    zh: str
    en: str

    def text(self, lang: str = "zh") -> str:
        """Return what it says in the language asked for."""
        return Words(lang).said(self)


@dataclass(frozen=True, slots=True)
class RowState:
    """How one row of the catalogue stands on the day of the reconciliation.

    `units` and `planned` are as published (`planned` None: neither row nor catalogue gives a time); `planned_until` is the
    last day of the time planned (None: none is given, or it is not understood). `stands`: `no_record`; `under_way`;
    `decided`, on `decided` (None: on a day that is not recorded); `ended` (the last decision rejected the matter). Of
    several records joined with a row, the one furthest behind counts. `last` is the step done last, `last_day` the day of
    the last act on record, `next` what comes next (`next_sure` false: whether it is needed is open), `barred` that a closed gate has to be made good first, `meeting` from when the matter may be discussed by all
    that the law asks of time (None: it was, is not to be, or there is no record). `overdue`: the time planned is over and
    no decision was taken by then; None: it cannot be said, as without a time. `days` are the calendar days by which the
    decision came, or is now, after the time planned (None: by none). `open` is the gravest that the record comes to
    (None: nothing is open, or no record). `again`: the matter stands in an earlier row too, as one on a list of hearings.
    """

    row: RowRef
    units: tuple[str, ...]
    planned: str | None
    planned_until: str | None
    stands: Standing
    records: tuple[RecordRef, ...]
    decided: str | None
    last: Bilingual | None
    last_day: str | None
    next: tuple[Bilingual, ...]
    next_sure: bool
    barred: bool
    meeting: PossibleFrom | None
    overdue: bool | None
    days: int | None
    open: Grade | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class UnitCompletion:
    """What became of the rows of one unit as published (None: of all): each row counts in one of the numbers after `rows`.

    `in_time` and `late` were decided (`in_time` too where no time was planned), `ended` were rejected; `overdue` are
    under way or without a record after the time planned, `under_way` within it, `no_record` likewise without a record.
    """

    unit: str | None
    rows: int
    in_time: int
    late: int
    ended: int
    under_way: int
    overdue: int
    no_record: int


@dataclass(frozen=True)
class Reconciliation:
    """A catalogue held against records as of a day.

    `rows` are in the order of the catalogue; `outside` are the records of its year without a row; `elsewhere` those
    that say they belong to another year, and are passed over. `discrepancies` come in the order of rows, and of kinds
    within a row. `same_units` are the names of units, as published and as in the record, that are written otherwise and
    were taken for one.
    """

    title: str
    issuer: str
    year: int
    as_of: str
    rows: tuple[RowState, ...]
    outside: tuple[RecordRef, ...]
    elsewhere: tuple[RecordRef, ...]
    discrepancies: tuple[Discrepancy, ...]
    same_units: tuple[tuple[str, str], ...] = ()

    def of(self, *kinds: DiscrepancyKind) -> tuple[Discrepancy, ...]:
        """Return the discrepancies of some kinds."""
        return tuple(item for item in self.discrepancies if item.kind in kinds)

    def on(self, row: RowRef) -> tuple[Discrepancy, ...]:
        """Return the discrepancies on a row."""
        return tuple(item for item in self.discrepancies if item.row == row)

    @property
    def counts(self) -> Mapping[DiscrepancyKind, int]:
        """How many discrepancies there are of each kind that there is, in the order of kinds."""
        found = Counter(item.kind for item in self.discrepancies)
        return {kind: found[kind] for kind in KINDS if kind in found}

    @property
    def grades(self) -> frozenset[Grade]:
        """What the discrepancies count as for the exit status."""
        return frozenset(item.grade for item in self.discrepancies)

    def completion(self) -> tuple[UnitCompletion, ...]:
        """Return what became of the rows, unit by unit as published, and of all last.

        A row of several units counts with each of them, and once in all; a row told again counts once.
        """
        rows = [state for state in self.rows if not state.again]
        units = dict.fromkeys(unit for state in rows for unit in state.units)
        found = [_completion(unit, (row for row in rows if unit in row.units)) for unit in units]
        return (*found, _completion(None, iter(rows)))

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        data: dict[str, Any] = json.loads(self.to_json())
        return data

    def to_json(self) -> str:
        """Return it as JSON text."""
        data = {
            "schema": 1,
            "title": self.title,
            "issuer": self.issuer,
            "year": self.year,
            "as_of": self.as_of,
            "counts": dict(self.counts),
            "rows": [_row_data(row) for row in self.rows],
            "completion": [asdict(unit) for unit in self.completion()],
            "outside": [asdict(record) for record in self.outside],
            "elsewhere": [asdict(record) for record in self.elsewhere],
            "same_units": [list(pair) for pair in self.same_units],
            "discrepancies": [asdict(item) for item in self.discrepancies],
        }
        return json.dumps(data, ensure_ascii=False, indent=1)


def _row_data(row: RowState) -> dict[str, Any]:
    return {**asdict(row), "meeting": None if row.meeting is None else row.meeting._asdict()}


def outcome_of(row: RowState) -> str:
    """Return the field of `UnitCompletion` in which a row counts."""
    if row.stands == "decided":
        return "late" if row.overdue else "in_time"
    if row.stands == "ended":
        return "ended"
    if row.overdue:
        return "overdue"
    return "no_record" if row.stands == "no_record" else "under_way"


def _completion(unit: str | None, rows: Iterator[RowState]) -> UnitCompletion:
    found = Counter(map(outcome_of, rows))
    return UnitCompletion(
        unit,
        found.total(),
        **{name: found[name] for name in ("in_time", "late", "ended", "under_way", "overdue", "no_record")},
    )
