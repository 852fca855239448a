"""All bodies of a county side by side: totals, places where the sample allows them, and how they moved since before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from decision_procedure.assessing.bodies import BodyScore
from decision_procedure.assessing.indicators import Indicators
from decision_procedure.assessing.scores import YearScore
from decision_procedure.model.vocabulary import AssessedKind

Unranked = Literal["no_rule", "nothing", "too_few_decisions", "too_open", "too_few_bodies"]
Moved = Literal["up", "down", "same", "unclear"]


class RankPlace(NamedTuple):
    """The place of a body among those of its kind that are ranked: the best and the worst that its points leave open."""

    best: int
    worst: int
    among: int


@dataclass(frozen=True, slots=True)
class BodyStanding:
    """One body in the overview: its year (None: nothing of it was handed in), and without what is behind its numbers.

    `place` None: it is not ranked, for the reason `unranked`. `moved` compares with the year before it of which there is
    a total (`before`; None: there is none).
    """

    body: BodyScore
    year: YearScore | None
    place: RankPlace | None
    unranked: Unranked | None
    before: YearScore | None
    moved: Moved | None


class Overview:
    """Takes bodies as they come; what is behind their numbers is let go."""

    def __init__(self, indicators: Indicators, year: int, bodies: Iterable[BodyScore] = ()) -> None:
        self.indicators, self.year = indicators, year
        self.bodies: list[BodyScore] = []
        for body in bodies:
            self.add(body)

    def add(self, body: BodyScore) -> None:
        """Take a body."""
        self.bodies.append(replace(body, years=tuple(map(_light, body.years))))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of which any body handed in something."""
        return tuple(sorted({item.year for body in self.bodies for item in body.years}))

    def standings(self) -> tuple[BodyStanding, ...]:
        """Return the bodies by kind, those ranked first, then by total, the best case first."""
        found = [item for kind in _KINDS for item in self._of(kind)]
        return tuple(found)

    def _of(self, kind: AssessedKind) -> Iterator[BodyStanding]:
        bodies = [(body, body.year(self.year)) for body in self.bodies if body.kind == kind]
        reasons = {body.name: self._unranked(year) for body, year in bodies}
        ranked = [(body, year) for body, year in bodies if reasons[body.name] is None]
        rule = self.indicators.ranking
        too_few = rule is not None and len(ranked) < rule.least_bodies
        totals = [] if too_few else [year.total for _, year in ranked if year and year.total]
        standings = []
        for body, year in bodies:
            total, reason = None if year is None else year.total, reasons[body.name]
            place = None
            if reason is None and too_few:
                reason = "too_few_bodies"
            elif reason is None and total is not None:
                above = sum(other.worst > total.best for other in totals)
                below = sum(other.best < total.worst for other in totals)
                place = RankPlace(above + 1, len(totals) - below, len(totals))
            before = _before(body, self.year)
            standings.append(BodyStanding(body, year, place, reason, before, _moved(before, year)))
        return iter(sorted(standings, key=_order))

    def _unranked(self, year: YearScore | None) -> Unranked | None:
        rule = self.indicators.ranking
        if year is None or year.total is None:
            return "nothing"
        if rule is None:
            return "no_rule"
        if year.decisions < rule.least_decisions:
            return "too_few_decisions"
        return "too_open" if year.total.best - year.total.worst > rule.widest else None


_KINDS: tuple[AssessedKind, ...] = ("county_government", "department", "township")


def _light(year: YearScore) -> YearScore:
    return replace(year, scores=tuple(replace(score, grounds=(), met=()) for score in year.scores), units=())


def _before(body: BodyScore, year: int) -> YearScore | None:
    earlier = [item for item in body.years if item.year < year and item.total is not None]
    return earlier[-1] if earlier else None


def _moved(before: YearScore | None, year: YearScore | None) -> Moved | None:
    """Return how the total moved; where the ranges of both years meet, that cannot be said."""
    if before is None or before.total is None or year is None or year.total is None:
        return None
    if before.total == year.total and year.total.settled:
        return "same"
    if year.total.worst > before.total.best:
        return "up"
    return "down" if year.total.best < before.total.worst else "unclear"


def _order(standing: BodyStanding) -> tuple[object, ...]:
    total = None if standing.year is None else standing.year.total
    place = standing.place
    return (
        place is None,
        (place.best, place.worst) if place else (0, 0),
        total is None,
        (-total.best, -total.worst) if total else (0, 0),
        standing.body.name,
    )
