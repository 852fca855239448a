"""One body after another read, checked and scored; only what the pages of one body need is held at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from decision_procedure.assessing.folders import BodyFiles, CatalogueRead, FaultsMet, bodies_in, files_of
from decision_procedure.assessing.indicators import Indicators, Measure
from decision_procedure.assessing.scored import ScoreFile
from decision_procedure.assessing.scores import UnderUnit, YearScore, year_score
from decision_procedure.assessing.tallies import Counters
from decision_procedure.assessing.wrong import wrong
from decision_procedure.catalogues import itself
from decision_procedure.catalogues.matters import MatterState, matter_of
from decision_procedure.catalogues.reconciling import held_against
from decision_procedure.checking.advice import as_decision
from decision_procedure.errors import Fault, UnusableInput, hint
from decision_procedure.law.applicable import Law
from decision_procedure.model.decision import Body, Decision
from decision_procedure.model.vocabulary import AssessedKind
from decision_procedure.reporting.making import report_on
from decision_procedure.sources import label_of


@dataclass(frozen=True, slots=True)
class BodyScore:
    """What one body comes to, year by year, the earliest first.

    `folder` is where its files lie. `undated` are records of no year that is known, which no year counts. `beside` names
    the files of catalogues that are not counted: of one year the last issued of decisions is.
    """

    name: str
    kind: AssessedKind
    folder: str
    years: tuple[YearScore, ...]
    undated: int
    beside: tuple[str, ...]

    def year(self, year: int) -> YearScore | None:
        """Return a year; None: nothing of it was handed in."""
        return next((item for item in self.years if item.year == year), None)


@dataclass(frozen=True, slots=True)
class AssessmentManner:
    """How bodies are assessed: by which indicators and law, as things stood on a day, and which year is told in full."""

    indicators: Indicators
    law: Law
    as_of: date
    year: int
    assume_complete: bool = False


def body_scores(folders: Iterable[Path], manner: AssessmentManner) -> Iterator[BodyScore]:
    """Yield what each body comes to, one by one.

    Raises UnusableInput, when all were read, with the faults of all files: points that leave out what could not be
    read would be wrong.
    """
    faults, names = FaultsMet(), dict[str, str]()
    for folder in bodies_in(folders):
        found = _Body(files_of(folder, faults), manner, faults).score()
        if found is None:
            continue
        if found.name in names:
            told = wrong("assess_same_body", other=names[found.name])
            faults.add([Fault(label_of(folder), None, "", *told)])
        names.setdefault(found.name, found.folder)
        if not faults.found:
            yield found
    faults.raise_any()


class _Body:
    """The reading and counting of one body."""

    def __init__(self, files: BodyFiles, manner: AssessmentManner, faults: FaultsMet) -> None:
        self._files, self._manner, self._faults = files, manner, faults
        self._counters: dict[int, Counters] = {}
        self._matters: dict[int, list[MatterState]] = {}
        self._bodies: dict[tuple[str, AssessedKind | None], None] = {}
        self._units: dict[str, Counters] = {}
        self._undated = 0
        self._reconciles = any(measure.discrepancies for measure in manner.indicators.measures)

    def score(self) -> BodyScore | None:
        """Return what the body comes to; None: what is wrong was added to the faults."""
        chosen, beside = _chosen(self._files.catalogues)
        for read in chosen.values():
            self._saw(as_decision(read.catalogue).body)
        self._records(frozenset(chosen))
        named = self._named()
        if named is None:
            return None
        name, kind = named
        for year, read in chosen.items():
            self._catalogue(year, read)
        scores = self._files.scores
        years = sorted({*self._counters, *scores})
        self._check_scores(kind)
        return BodyScore(
            name,
            kind,
            label_of(self._files.folder),
            tuple(self._year(year, kind, chosen.get(year), scores.get(year)) for year in years),
            self._undated,
            beside,
        )

    def _records(self, with_catalogue: frozenset[int]) -> None:
        manner = self._manner
        for read in self._files.reads(manner.law.models):
            if isinstance(read.found, UnusableInput):
                self._faults.add(read.found.faults)
                continue
            decision = read.found
            self._saw(decision.body)
            year = year_of(decision)
            if year is None:
                self._undated += 1
                continue
            report = report_on(decision, manner.law, manner.as_of, assume_complete=manner.assume_complete)
            places = partial(read.places, decision)
            self._of(year).record(report, places)
            if year == manner.year:
                self._under(decision).record(report, places)
            if self._reconciles and year in with_catalogue:
                self._matters.setdefault(year, []).append(matter_of(report, looking_ahead=False))

    def _catalogue(self, year: int, read: CatalogueRead) -> None:
        report = itself.report_of(read.catalogue, self._manner.law)
        self._of(year).catalogue(report, itself.verdicts_on(report), read.file)
        if self._reconciles:
            matters = self._matters.pop(year, [])
            found = held_against(read.catalogue, matters, self._manner.law, self._manner.as_of)
            self._of(year).reconciled(found, read.file)

    def _of(self, year: int) -> Counters:
        if year not in self._counters:
            telling = year == self._manner.year
            self._counters[year] = Counters(self._manner.indicators.measures, telling=telling)
        return self._counters[year]

    def _under(self, decision: Decision) -> Counters:
        """Return what counts the records of the year told that the lead unit of one undertook."""
        names = {unit.id: unit.name for unit in decision.units}
        unit = names.get(decision.lead_unit or "", decision.lead_unit or "")
        if unit not in self._units:
            self._units[unit] = Counters(self._manner.indicators.measures, telling=False)
        return self._units[unit]

    def _by_unit(self, year: int, kind: AssessedKind) -> tuple[UnderUnit, ...]:
        if year != self._manner.year:
            return ()
        given = replace(self._manner.indicators, measures=self._manner.indicators.counting_records)
        found = []
        for unit, counters in sorted(self._units.items()):
            made, number = counters.ended(), counters.records
            score = year_score(given, kind, year, made, decisions=number, rows=None, own={}, stated={})
            found.append(UnderUnit(unit, score))
        return tuple(found)

    def _year(
        self, year: int, kind: AssessedKind, read: CatalogueRead | None, scores: ScoreFile | None
    ) -> YearScore:
        counters = self._of(year)
        return year_score(
            self._manner.indicators,
            kind,
            year,
            counters.ended(),
            decisions=counters.records,
            rows=None if read is None else len(read.catalogue.items),
            own={} if scores is None else {item.indicator: item for item in scores.own},
            stated={} if scores is None else {item.indicator: item for item in scores.stated},
            units=self._by_unit(year, kind),
        )

    def _saw(self, body: Body) -> None:
        self._bodies[body.name, kind_of(body)] = None

    def _named(self) -> tuple[str, AssessedKind] | None:
        """Return the name and kind of the body; None, with a fault, where its files do not tell or do not agree."""
        unit = self._files.unit
        if unit is not None:
            return unit.unit, unit.kind
        names = dict.fromkeys(name for name, _ in self._bodies)
        kinds = dict.fromkeys(kind for _, kind in self._bodies if kind is not None)
        if len(names) == 1 and len(kinds) == 1:
            return next(iter(names)), next(iter(kinds))
        if self._bodies or not self._faults.found:
            self._faults.add([Fault(label_of(self._files.folder), None, "", *_untold(names))])
        return None

    def _check_scores(self, kind: AssessedKind) -> None:
        """Add a fault for each score on what is no indicator of this kind of body, or on what a person cannot state."""
        known = {item.id: item for item in self._manner.indicators.of(kind)}
        for file, scores in self._files.scored():
            named = {
                "own": [item.indicator for item in scores.own],
                "stated": [item.indicator for item in scores.stated],
            }
            for key, names in named.items():
                for index, name in enumerate(names):
                    found = _wrong(key, known.get(name), name, known, names[:index])
                    if found is not None:
                        self._faults.add([file((key, index, "indicator"), *found)])


def year_of(decision: Decision) -> int | None:
    """Return the year in which a record is assessed: that of its catalogue, else of its last decision; None: neither is known."""
    if decision.catalogue is not None and decision.catalogue.year is not None:
        return decision.catalogue.year
    days = [
        act.anchor.first_day for act in decision.acts if act.kind == "decision" and act.anchor is not None
    ]
    return date.fromordinal(max(days)).year if days else None


def kind_of(body: Body) -> AssessedKind | None:
    """Return as which kind of body one is assessed; None: what is said of it does not tell."""
    if body.level in ("township", "subdistrict"):
        return "township"
    if body.kind == "department":
        return "department"
    return "county_government" if body.is_county_or_above else None


def _chosen(catalogues: Iterable[CatalogueRead]) -> tuple[dict[int, CatalogueRead], tuple[str, ...]]:
    """Return the catalogue of each year that counts, the last issued of decisions, and the files of the others."""
    chosen: dict[int, CatalogueRead] = {}
    beside: list[str] = []
    for read in sorted(catalogues, key=_later):
        before = chosen.get(read.catalogue.year)
        if before is not None:
            beside.append(before.file)
        chosen[read.catalogue.year] = read
    return dict(sorted(chosen.items())), tuple(sorted(beside))


def _later(read: CatalogueRead) -> tuple[bool, int, str]:
    catalogue = read.catalogue
    entry = as_decision(catalogue).catalogue
    of_decisions = entry is not None and entry.listed is True
    return of_decisions, 0 if catalogue.issued is None else catalogue.issued.last_day, read.file


def _untold(names: Iterable[str]) -> tuple[str, str]:
    named = [name[:40] for name in names]
    if len(named) > 1:
        return wrong("assess_several_bodies", names=" / ".join(named[:4]))
    return wrong("assess_kind_untold")


def _wrong(
    key: str, measure: Measure | None, name: str, known: Mapping[str, Measure], taken: Collection[str]
) -> tuple[str, str] | None:
    """Return what is wrong with a score; None: nothing."""
    if measure is None:
        told = hint(name, known)
        return wrong("assess_not_of_body", hint=told)
    if name in taken:
        return wrong("assess_indicator_twice")
    if key == "own" and measure.sort != "indicator":
        return wrong("assess_own")
    if key == "stated" and not measure.stated:
        return wrong("assess_counted")
    return None
