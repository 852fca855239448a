"""An assessment as a workbook: 全县总览, 指标得分, 依据, 历年得分; numbers lead to what stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from decision_procedure.assessing.bodies import BodyScore
from decision_procedure.assessing.scores import Points, Score
from decision_procedure.assessing.standings import BodyStanding, Overview
from decision_procedure.assessing.tallies import Ground
from decision_procedure.render.assessing.told import AssessmentWords, number, open_of
from decision_procedure.sources.optional import needed

if TYPE_CHECKING:
    from decision_procedure.render.excel_cells import CellGrid, Value

_OVERVIEW = ("kind", "place", "unit", "least", "most", "open", "decisions", "rows", "before", "moved", "why")
_SCORES = (
    "unit", "indicator", "weight", "least", "most", "met", "not_met", "open", "aside_from", "own", "note",
    "grounds",
)  # fmt: skip
_GROUNDS = ("unit", "indicator", "conclusion", "matter", "said", "article", "asks", "decided", "file", "line")
_YEARS = ("unit", "year", "least", "most", "decisions", "rows")
_UNITS = ("unit", "undertaker", "least", "most", "decisions", "met", "not_met", "open")
_SHEETS = {
    "overview": (_OVERVIEW, (12, 13, 28, 9, 9, 8, 8, 10, 18, 12, 40)),
    "sheet_scores": (_SCORES, (26, 40, 8, 9, 9, 8, 9, 8, 8, 8, 50, 10)),
    "grounds": (_GROUNDS, (24, 26, 12, 30, 50, 30, 40, 40, 30, 8)),
    "by_unit": (_UNITS, (28, 28, 10, 10, 10, 10, 10, 10)),
    "years": (_YEARS, (28, 10, 10, 10, 10, 12)),
}


def assessment_book(told: AssessmentWords, bodies: Iterable[BodyScore], overview: Overview) -> bytes:
    """Return the workbook; bodies are taken one by one, and added to the overview.

    Raises UnusableArgument without `openpyxl` (extra `excel`).
    """
    needed("openpyxl", "excel")
    from decision_procedure.render.excel_cells import CellGrid, opened, saved

    with opened() as workbook:
        sheets = {
            name: CellGrid(
                workbook,
                told.words.say(name),
                [told.words.say(head) for head in heads],
                widths,
                printed=len(heads),
            )
            for name, (heads, widths) in _SHEETS.items()
        }
        book = _Book(told, sheets)
        for body in bodies:
            overview.add(body)
            book.add(body)
        book.end(overview.standings())
        return saved(workbook, told.title, told.day)


class _Book:
    def __init__(self, told: AssessmentWords, sheets: dict[str, CellGrid]) -> None:
        self._told, self._sheets = told, sheets
        self._first: dict[str, str] = {}

    def add(self, body: BodyScore) -> None:
        """Write the rows of a body."""
        year = body.year(self._told.year)
        scores, grounds, years = (self._sheets[name] for name in ("sheet_scores", "grounds", "years"))
        self._first[body.name] = scores.next_row
        for score in year.scores if year else ():
            link = (len(_SCORES) - 1, grounds.next_row) if score.grounds else None
            scores.add(self._score(body, score), link=link)
            for ground in score.grounds:
                grounds.add(self._ground(body, score, ground))
        for under in year.units if year else ():
            tally, ends = under.tally, _ends(under.score.total)
            counts = (tally.decisions, tally.met, tally.not_met, tally.open)
            self._sheets["by_unit"].add([body.name, self._told.unit(under), *ends, *counts])
        for each in body.years:
            years.add([body.name, each.year, *_ends(each.total), each.decisions, each.rows])

    def end(self, standings: Sequence[BodyStanding]) -> None:
        """Write the overview, whose names lead to the points of each body."""
        for item in standings:
            first = None if item.year is None else self._first.get(item.body.name)
            self._sheets["overview"].add(self._standing(item), link=None if first is None else (2, first))
        for sheet in self._sheets.values():
            sheet.end()

    def _standing(self, item: BodyStanding) -> list[Value]:
        told, year = self._told, item.year
        total = None if year is None else year.total
        numbers: list[Value] = [None, None] if year is None else [year.decisions, year.rows]
        return [
            told.kind(item.body.kind), told.place(item), item.body.name, *_ends(total), open_of(year), *numbers,
            told.before(item), told.moved(item), told.why(item),
        ]  # fmt: skip

    def _score(self, body: BodyScore, score: Score) -> list[Value]:
        told, measure, tally = self._told, score.measure, score.tally
        ends: Sequence[Value] = (
            [told.score(score), None]
            if measure.sort == "veto"
            else _ends(score.points, turned=measure.sort == "deduction")
        )
        counts: list[Value] = [tally.met, tally.not_met, tally.open, tally.beside]
        return [
            body.name, measure.text.text(told.lang), float(number(measure.weight)), *ends,
            *(counts if not measure.stated else [None] * 4),
            None if score.own is None else float(told.own(score)),
            told.words.series(told.beside(score)),
            told.words.say("to_grounds") if score.grounds else "",
        ]  # fmt: skip

    def _ground(self, body: BodyScore, score: Score, ground: Ground) -> list[Value]:
        told, lang = self._told, self._told.lang
        return [
            body.name, score.measure.text.text(lang), told.called(ground), ground.title, ground.said(lang),
            ground.article(lang), ground.asks(lang), ground.decided(lang), told.file(ground, body.folder), ground.line,
        ]  # fmt: skip


def _ends(points: Points | None, *, turned: bool = False) -> tuple[Value, Value]:
    """Return the least and the most as cells; of a deduction, as what is taken off (`turned`)."""
    if points is None:
        return None, None
    low, high = (points.best, points.worst) if turned else points
    return float(number(low)), float(number(high))
