"""An assessment as lines of text: the overview, and of a single body all that stands behind its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decision_procedure.assessing.bodies import BodyScore
from decision_procedure.assessing.scores import Score, YearScore
from decision_procedure.assessing.standings import BodyStanding
from decision_procedure.render.assessing.told import SORTS, AssessmentWords, groups, kinds_of_bodies
from decision_procedure.render.text.findings import STYLES
from decision_procedure.render.text.lines import BLANK, Block, Piece, Style, Table, line, plain

_HEADS = ("place", "unit", "total_full", "decisions", "before", "moved", "why")
_UNITS = ("unit", "total_full", "decisions", "met", "not_met", "open")
_SCORES = ("indicator", "total", "met", "not_met", "open", "aside_from", "own", "note")


def overview_lines(told: AssessmentWords, standings: Sequence[BodyStanding]) -> Iterator[Block]:
    """Yield the overview: bodies by kind, each with its total, place, and how it moved."""
    words = told.words
    yield line(told.title, "title")
    for note in told.notes():
        yield line(note, "dim")
    for kind, items in kinds_of_bodies(standings).items():
        yield BLANK
        yield line(words.say("kind_head", kind=told.kind(kind), count=len(items)), "title")
        rows: list[tuple[Piece, ...]] = [tuple((words.say(head), "dim") for head in _HEADS)]
        rows += [_standing(told, item) for item in items]
        yield Table(tuple(rows), indent=2)


def _standing(told: AssessmentWords, item: BodyStanding) -> tuple[Piece, ...]:
    total = None if item.year is None else item.year.total
    decisions = "" if item.year is None else str(item.year.decisions)
    texts = (
        told.place(item), plain(item.body.name), told.points(total), decisions, told.before(item), told.moved(item),
        told.why(item),
    )  # fmt: skip
    return tuple((text, "") for text in texts)


def body_lines(told: AssessmentWords, body: BodyScore) -> Iterator[Block]:
    """Yield every indicator of a body in the year told, and what stands behind its numbers."""
    year, words = body.year(told.year), told.words
    if year is None:
        return
    yield BLANK
    yield line(words.say("body_title", name=plain(body.name), year=told.year), "title")
    yield line(words.headed(words.say("total_full"), told.points(year.total)))
    for sort in SORTS:
        scores = year.of(sort)
        if not scores:
            continue
        yield line(words.say(f"sort_{sort}"), "title")
        rows: list[tuple[Piece, ...]] = [tuple((words.say(head), "dim") for head in _SCORES)]
        rows += [_score(told, score) for score in scores]
        yield Table(tuple(rows), indent=2)
    if year.units:
        yield line(words.say("by_unit"), "title")
        yield line(words.say("by_unit_note"), "dim")
        yield Table(tuple(_units(told, year)), indent=2)
    for score in year.scores:
        yield from _grounds(told, score, body.folder)
    yield from body_notes(told, body)


def _score(told: AssessmentWords, score: Score) -> tuple[Piece, ...]:
    tally = score.tally
    styles: tuple[Style, ...] = (
        "", "", "", "violated" if tally.not_met else "", "undetermined" if tally.open else "", "", "", "dim",
    )  # fmt: skip
    texts = (
        score.measure.text.text(told.lang), told.score(score), str(tally.met), str(tally.not_met), str(tally.open),
        str(tally.beside), told.own(score), told.words.series(told.beside(score)),
    )  # fmt: skip
    return tuple((plain(text), style) for text, style in zip(texts, styles, strict=True))


def _units(told: AssessmentWords, year: YearScore) -> Iterator[tuple[Piece, ...]]:
    yield tuple((told.words.say(head), "dim") for head in _UNITS)
    for under in year.units:
        tally = under.tally
        numbers = (under.score.decisions, tally.met, tally.not_met, tally.open)
        texts = (plain(told.unit(under)), told.points(under.score.total), *map(str, numbers))
        yield tuple((text, "") for text in texts)


def _grounds(told: AssessmentWords, score: Score, folder: str) -> Iterator[Block]:
    if not score.grounds:
        return
    yield BLANK
    yield line(plain(score.measure.text.text(told.lang)), "title")
    for group in groups(told, score, folder):
        yield line(
            told.words.say("ground_count", face=group.name, count=group.counted), STYLES[group.face], indent=2
        )
        for each in group.behind:
            yield line(plain(each.said), indent=4)
            parts = (each.title, told.words.listed(each.articles), each.decided, each.where)
            yield line(plain(told.words.series(filter(None, parts))), "dim", indent=6)


def body_notes(told: AssessmentWords, body: BodyScore) -> Iterator[Block]:
    """Yield what of a body was not counted."""
    if body.undated:
        yield line(told.words.say("undated", count=body.undated))
    if body.beside:
        yield line(told.words.say("beside", files=told.words.listed(map(plain, body.beside))))
