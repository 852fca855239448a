"""Points of one year of a body: the range from the worst to the best case that the verdicts leave open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NamedTuple

from decision_procedure.assessing.formula import FormulaCounts
from decision_procedure.assessing.indicators import Indicators, Measure
from decision_procedure.assessing.scored import OwnScore, StatedScore
from decision_procedure.assessing.tallies import Ground, Met, Tally, TallyMade

FULL = Fraction(100)
_NOTHING = TallyMade(Tally(), (), ())
Comparison = Literal["above", "within", "below"]


class Points(NamedTuple):
    """The least and the most that points can be, given what is open; both the same where nothing is."""

    worst: Fraction
    best: Fraction

    @property
    def settled(self) -> bool:
        """Whether nothing that is open would change them."""
        return self.worst == self.best


@dataclass(frozen=True, slots=True)
class Score:
    """What one indicator comes to for one year of a body.

    `points` None: there was nothing to count, so it falls out of the total. For a deduction they are the points taken
    off, `best` the fewer; for a veto 0 says that it does not hold, 1 that it does. `may_fall_out`: all that it counts is
    open, and may turn out not to apply. `stated` is what a person stated, `own` what the body gives itself (None: nothing).
    """

    measure: Measure
    tally: Tally
    points: Points | None
    may_fall_out: bool
    grounds: tuple[Ground, ...]
    met: tuple[Met, ...]
    stated: StatedScore | None = None
    own: OwnScore | None = None

    @property
    def own_compared(self) -> Comparison | None:
        """How the body's own points lie to what the check allows; None: it gives none, or there is nothing to compare."""
        if self.own is None or self.points is None:
            return None
        given = Fraction(str(self.own.points))
        return "above" if given > self.points.best else "below" if given < self.points.worst else "within"


@dataclass(frozen=True, slots=True)
class YearScore:
    """One year of a body: every indicator that applies to it, and the total out of 100.

    `total` None: no indicator had anything to count. `decisions` are the records of the year, `rows` those of its
    catalogue (None: it has none). `units` are those that undertook the matters, with the year told only.
    """

    year: int
    decisions: int
    rows: int | None
    scores: tuple[Score, ...]
    total: Points | None
    units: tuple[UnderUnit, ...] = ()

    def of(self, sort: str) -> tuple[Score, ...]:
        """Return the scores of the indicators, deductions or vetoes."""
        return tuple(score for score in self.scores if score.measure.sort == sort)


@dataclass(frozen=True, slots=True)
class UnderUnit:
    """What the records that one unit undertook come to by the same indicators, those on the catalogue apart.

    `unit` is its name in the records; empty: they name none.
    """

    unit: str
    score: YearScore

    @property
    def tally(self) -> Tally:
        """How much was met, not met and open over all indicators; in how many records."""
        each = [score.tally for score in self.score.of("indicator")]
        return Tally(
            met=sum(tally.met for tally in each),
            not_met=sum(tally.not_met for tally in each),
            open=sum(tally.open for tally in each),
            beside=sum(tally.beside for tally in each),
            decisions=self.score.decisions,
        )


def year_score(
    indicators: Indicators,
    kind: str,
    year: int,
    counted: Mapping[str, TallyMade],
    *,
    decisions: int,
    rows: int | None,
    own: Mapping[str, OwnScore],
    stated: Mapping[str, StatedScore],
    units: tuple[UnderUnit, ...] = (),
) -> YearScore:
    """Return what one year of a body of a kind comes to."""
    scores = [
        _score(item, counted.get(item.id, _NOTHING), own.get(item.id), stated.get(item.id))
        for item in indicators.of(kind)
    ]
    scores = _vetoed(scores)
    return YearScore(year, decisions, rows, tuple(scores), _total(scores, indicators.most_deducted), units)


def _score(measure: Measure, counted: TallyMade, own: OwnScore | None, stated: StatedScore | None) -> Score:
    tally = counted.tally
    if measure.rule is None:
        points = _as_stated(measure, stated)
        return Score(measure, tally, points, False, (), (), stated, own)
    if not tally.counted:
        return Score(measure, tally, None, False, counted.grounds, counted.met, None, own)
    best = measure.rule.run(FormulaCounts(tally.met + tally.open, tally.not_met, tally.decisions))
    worst = measure.rule.run(FormulaCounts(tally.met, tally.not_met + tally.open, tally.decisions))
    most = measure.weight if measure.sort != "veto" else Fraction(1)
    points = Points(*(min(max(value, Fraction(0)), most) for value in (worst, best)))
    may_fall_out = tally.open == tally.counted
    return Score(measure, tally, points, may_fall_out, counted.grounds, counted.met, None, own)


def _as_stated(measure: Measure, stated: StatedScore | None) -> Points | None:
    """Return what a person stated; of an indicator that nobody stated nothing is known."""
    if measure.sort == "veto":
        holds = None if stated is None else stated.holds
        return Points(Fraction(holds is not False and stated is not None), Fraction(bool(holds)))
    if stated is None or stated.points is None:
        return Points(Fraction(0), measure.weight) if measure.sort == "indicator" else None
    given = min(Fraction(str(stated.points)), measure.weight)
    return Points(given, given)


def _vetoed(scores: Sequence[Score]) -> list[Score]:
    """Return the scores, with the indicators that a veto brings, or may bring, to nothing."""
    worst: set[str] = set()
    best: set[str] = set()
    for score in scores:
        if score.measure.sort == "veto" and score.points is not None:
            worst |= set(score.measure.zeroes) if score.points.worst else set()
            best |= set(score.measure.zeroes) if score.points.best else set()
    found = []
    for score in scores:
        name, points = score.measure.id, score.points
        if points is not None and score.measure.sort == "indicator" and name in worst | best:
            points = Points(Fraction(0), Fraction(0) if name in best else points.best)
            score = replace(score, points=points)
        found.append(score)
    return found


def _total(scores: Sequence[Score], most: Fraction | None) -> Points | None:
    applied = [
        (score.points, score.measure.weight, score.may_fall_out)
        for score in scores
        if score.measure.sort == "indicator" and score.points is not None
    ]
    if not applied:
        return None
    best = _mean([(points.best, weight, loose) for points, weight, loose in applied], best=True)
    worst = _mean([(points.worst, weight, loose) for points, weight, loose in applied], best=False)
    taken = [
        score.points for score in scores if score.measure.sort == "deduction" and score.points is not None
    ]
    least, much = (_limited(values, most) for values in ([p.best for p in taken], [p.worst for p in taken]))
    vetoes = [
        score.points
        for score in scores
        if score.measure.sort == "veto" and not score.measure.zeroes and score.points is not None
    ]
    if any(points.best for points in vetoes):
        return Points(Fraction(0), Fraction(0))
    low = Fraction(0) if any(points.worst for points in vetoes) else max(worst - much, Fraction(0))
    return Points(low, max(best - least, Fraction(0)))


def _limited(values: Iterable[Fraction], most: Fraction | None) -> Fraction:
    value = sum(values, Fraction(0))
    return value if most is None else min(value, most)


def _mean(applied: Iterable[tuple[Fraction, Fraction, bool]], *, best: bool) -> Fraction:
    """Return the points of each hundred, leaving out of those that may fall out what makes the mean better or worse."""
    got = weighed = Fraction(0)
    loose = []
    for points, weight, may_fall_out in applied:
        if may_fall_out:
            loose.append((points / weight, points, weight))
        else:
            got, weighed = got + points, weighed + weight
    for ratio, points, weight in sorted(loose, reverse=best):
        if not weighed or (ratio > got / weighed if best else ratio < got / weighed):
            got, weighed = got + points, weighed + weight
    return FULL * got / weighed
