"""What of the verdicts on one year of a body each indicator counts: met, not met, open, and beside the count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from decision_procedure.assessing.indicators import Measure
from decision_procedure.catalogues.reconciliation import Discrepancy, Reconciliation, RowState
from decision_procedure.law.articles import article_text
from decision_procedure.model.places import Places
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.saying import Telling
from decision_procedure.results.severity import FAILED
from decision_procedure.wording import Words

Standing = Literal["met", "not_met", "open"]
"""How a verdict is counted; what is undetermined, or left to a person who has not answered, is open."""

_OF_CATALOGUES = frozenset({"consent", "publication"})
_OF_RECORDS = frozenset({"no_row", "decided_outside"})
_OF_TIME = frozenset({"overdue", "decided_late"})
_WHEN_DUE = _OF_TIME | {"no_record"}


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands behind a number: one verdict on a record or a catalogue, or one thing in which these differ.

    `face` is the name of a verdict under which it is shown, and the colours of a difference. `duty` is its full identifier and `act` what was tested (None: a
    difference, or the decision as a whole). `file` (empty: none) and `line` (a cell of a workbook as text; None: not known)
    are where it stands. `waived`: a waiver stands beside it. Sentences are made when they are read.
    """

    standing: Standing
    title: str
    file: str = ""
    telling: Telling | None = field(default=None, repr=False)
    difference: Discrepancy | None = None
    places: Places | None = field(default=None, repr=False)

    @property
    def face(self) -> str:
        """The name of the verdict (`severity.FACES`); of a difference, the one whose colours it has."""
        if self.telling is not None:
            return self.telling.verdict.face
        return "violated" if self.standing == "not_met" else "to_supply"

    @property
    def duty(self) -> str | None:
        """The full identifier of the duty; None: it is a difference."""
        return None if self.telling is None else self.telling.verdict.duty

    @property
    def act(self) -> str | None:
        """The act that was tested; None: the decision as a whole, or a difference."""
        return None if self.telling is None else self.telling.verdict.act

    @property
    def line(self) -> int | str | None:
        """Where the act begins in its file, a cell of a workbook as text; None: not known."""
        if self.telling is None or self.places is None or self.act is None:
            return None
        quote = self.places.act(self.telling.report.source_of(self.act))
        return None if quote is None else quote.at

    @property
    def waived(self) -> bool:
        """Whether a waiver stands beside it."""
        return self.telling is not None and self.telling.verdict.waived

    def article(self, lang: str = "zh") -> str:
        """Return the article with its instrument; empty for a difference."""
        if self.telling is None:
            return ""
        duty = self.telling.report.duties[self.telling.verdict.duty]
        title, article = duty.instrument.text(lang), article_text(duty.article, lang)
        return Words(lang).say("cited_law", title=title, article=article)

    def asks(self, lang: str = "zh") -> str:
        """Return what the law asks; empty for a difference."""
        return "" if self.telling is None else self.telling.report.requirement(self.telling.verdict, lang)

    def said(self, lang: str = "zh") -> str:
        """Return what is wrong, or open, in one sentence."""
        if self.difference is not None:
            return self.difference.text(lang)
        return "" if self.telling is None else self.telling.sentence(lang) or self.asks(lang)

    def decided(self, lang: str = "zh") -> str:
        """Return the conditions that failed or are open, beyond what the sentence says."""
        if self.telling is None:
            return ""
        return Words(lang).series(self.telling.evidence(lang).beyond(self.telling.sentence(lang)).decided)


class Tally(NamedTuple):
    """How many were met, not met, open, and beside the count (not due, not applicable, made good); in how many matters."""

    met: int = 0
    not_met: int = 0
    open: int = 0
    beside: int = 0
    decisions: int = 0

    @property
    def counted(self) -> int:
        """How many count, or may count."""
        return self.met + self.not_met + self.open


class Met(NamedTuple):
    """A duty that was met (None: rows that do not differ), its name, and the titles of what it was met in."""

    name: str
    duty: DutyInfo | None
    titles: tuple[str, ...]


class TallyMade(NamedTuple):
    """What one indicator counts: its numbers, what is behind those not met and open, and titles by what was met."""

    tally: Tally
    grounds: tuple[Ground, ...]
    met: tuple[Met, ...]


def standing_of(verdict: Verdict) -> Standing | None:
    """Return how a verdict is counted; None: beside the count.

    A person's answer counts as the person says. What was made good in time, is not due yet, does not apply, is advice on
    practice or asks only which law covers the matter, is beside it.
    """
    if verdict.practice or verdict.untested or verdict.outcome in ("pending", "not_applicable"):
        return None
    if verdict.outcome == "satisfied":
        return "met"
    if verdict.outcome == "needs_judgement" and verdict.judged is not None:
        return "met" if verdict.judged == "met" else "not_met"
    if verdict.made_good_by is not None:
        return None
    return "not_met" if verdict.outcome == "violated" else "open"


class Counters:
    """Counts one year of one body by every indicator that looks at something; records come one by one.

    `telling`: what is behind the numbers is kept.
    """

    def __init__(self, measures: Iterable[Measure], *, telling: bool) -> None:
        self._all = [Counter(item, telling=telling) for item in measures if not item.stated]
        self._by_duty: dict[str, tuple[Counter, ...]] = {}
        self._telling = telling
        self.records = 0

    def record(self, report: Report, places: Callable[[], Places]) -> None:
        """Count the verdicts on a record; `places` says where its parts stand, and is asked only where that is told."""
        self.records += 1
        chosen: dict[Counter, list[Verdict]] = {}
        for verdict in report.verdicts:
            counting = self._by_duty.get(verdict.duty)
            if counting is None:
                duty = report.duties[verdict.duty]
                counting = tuple(one for one in self._all if one.looks_at(verdict.duty, duty))
                self._by_duty[verdict.duty] = counting
            for one in counting:
                chosen.setdefault(one, []).append(verdict)
        kept = places() if self._telling and _tells(report) else None
        for one, verdicts in chosen.items():
            one.verdicts(report, verdicts, "" if kept is None else kept.file, kept)

    def catalogue(self, report: Report, verdicts: Iterable[Verdict], file: str) -> None:
        """Count the verdicts on the catalogue itself."""
        found = list(verdicts)
        for one in self._all:
            if one.measure.catalogue:
                one.verdicts(report, found, file)

    def reconciled(self, found: Reconciliation, file: str) -> None:
        """Count the rows of a catalogue, the records beside it, and itself, by whether they differ."""
        for one in self._all:
            if one.measure.discrepancies:
                one.reconciled(found, file)

    def ended(self) -> Mapping[str, TallyMade]:
        """Return what was counted, by the identifiers of the indicators."""
        return {one.measure.id: one.ended() for one in self._all}


def _tells(report: Report) -> bool:
    return any(verdict.outcome in FAILED or verdict.outcome == "undetermined" for verdict in report.verdicts)


class Counter:
    """Counts one year of one body by one indicator."""

    def __init__(self, measure: Measure, *, telling: bool) -> None:
        self.measure, self._telling = measure, telling
        self._numbers = dict.fromkeys(("met", "not_met", "open", "beside"), 0)
        self._decisions = 0
        self._grounds: list[Ground] = []
        self._met: dict[str, tuple[DutyInfo | None, list[str]]] = {}

    def looks_at(self, name: str, duty: DutyInfo) -> bool:
        """Say whether verdicts on a duty are counted."""
        measure = self.measure
        return (
            name in measure.duties or duty.step in measure.steps or (measure.gates and duty.effect == "gate")
        )

    def verdicts(
        self, report: Report, chosen: Sequence[Verdict], file: str, places: Places | None = None
    ) -> None:
        """Count verdicts on one record, or on a catalogue."""
        standings = [standing_of(verdict) for verdict in chosen]
        found = set(standings) - {None}
        self._decisions += bool(found)
        if self.measure.per == "decision":
            self._add(next((name for name in ("not_met", "open", "met") if name in found), "beside"))
        else:
            for standing in standings:
                self._add(standing or "beside")
        if not self._telling:
            return
        for verdict, standing in zip(chosen, standings, strict=True):
            if standing == "met":
                self._met.setdefault(verdict.duty, (report.duties[verdict.duty], []))[1].append(report.title)
            elif standing is not None:
                told = Telling(report, verdict)
                self._grounds.append(Ground(standing, report.title, file, told, places=places))

    def reconciled(self, found: Reconciliation, file: str) -> None:
        """Count the rows of a catalogue, the records beside it, and itself, by whether they differ in these kinds."""
        wanted = self.measure.discrepancies
        rows = wanted - _OF_CATALOGUES - _OF_RECORDS
        for row in found.rows if rows else ():
            if not row.again:
                differing = [item for item in found.on(row.row) if item.kind in rows]
                self._counted(_row_standing(row, found, differing, rows), differing, row.row.title, file)
        for item in found.discrepancies:
            if item.kind in wanted and (item.row is None or item.kind in _OF_RECORDS):
                title = found.title if item.record is None else item.record.title
                self._counted(_standing([item]), [item], title, file)
        whole = wanted & _OF_CATALOGUES
        if whole and not any(item.kind in whole for item in found.discrepancies):
            self._add("met")

    def ended(self) -> TallyMade:
        """Return what was counted."""
        met = tuple(
            Met(name, duty, tuple(dict.fromkeys(titles))) for name, (duty, titles) in self._met.items()
        )
        return TallyMade(Tally(**self._numbers, decisions=self._decisions), tuple(self._grounds), met)

    def _counted(
        self, standing: Standing | None, found: Sequence[Discrepancy], title: str, file: str
    ) -> None:
        self._add(standing or "beside")
        self._decisions += standing is not None
        if self._telling and standing == "met":
            self._met.setdefault("", (None, []))[1].append(title)
        if self._telling and standing in ("not_met", "open"):
            self._grounds += [Ground(standing, title, file, difference=item) for item in found]

    def _add(self, name: str) -> None:
        self._numbers[name] += 1


def _standing(found: Sequence[Discrepancy]) -> Standing:
    """Return how differences are counted: what is sure is not met, what the record does not show is open."""
    if not found:
        return "met"
    return "not_met" if any(item.grade in FAILED for item in found) else "open"


def _row_standing(
    row: RowState, found: Reconciliation, differing: Sequence[Discrepancy], wanted: frozenset[str]
) -> Standing | None:
    """Return how a row is counted; None, beside the count: its time is not over yet, or none was planned.

    Without a time of its own, a row has the whole year. A row that no record is surely of, but one may be, is open, and
    so is the time of a decision whose day is not recorded.
    """
    if row.stands in ("no_record", "under_way"):
        until = row.planned_until or f"{found.year}-12-31"
        if until >= found.as_of and wanted <= _WHEN_DUE:
            return None
    if wanted <= _OF_TIME and row.planned_until is None:
        return None
    if row.stands == "no_record" and any(item.kind == "possible" for item in found.on(row.row)):
        return "open"
    if wanted & _OF_TIME and row.stands == "decided" and row.decided is None:
        return "open"
    return _standing(differing)
