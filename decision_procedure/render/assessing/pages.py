"""An assessment as web pages: the overview of a county, and a page for each body with what stands behind its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from decision_procedure.assessing.bodies import BodyScore
from decision_procedure.assessing.scores import Score, YearScore
from decision_procedure.assessing.standings import BodyStanding, Overview
from decision_procedure.render.assessing.told import (
    SORTS,
    AssessmentWords,
    groups,
    kinds_of_bodies,
    open_of,
)
from decision_procedure.render.html.drawing import drawn

HOME = "index.html"
_NUMBERS = ("met", "not_met", "open")


class ScoreCell(NamedTuple):
    """A cell of the overview: what an indicator came to, and where what stands behind it is told."""

    text: str
    address: str
    face: str


def body_page(told: AssessmentWords, body: BodyScore, *, home: str = "") -> str:
    """Return the page of a body in the year told: one file that asks for nothing else and runs nothing.

    Raises UnusableArgument without Jinja2 (extra `html`).
    """
    year = body.year(told.year)
    values = {
        **_shared(told),
        "home": home,
        "body": body,
        "kind": told.kind(body.kind),
        "total": told.points(None if year is None else year.total),
        "score_year": year,
        "sorts": [(sort, _scores(told, year, sort, body.folder)) for sort in SORTS] if year else [],
        "units": [(told.unit(each), told.points(each.score.total), each.tally) for each in year.units]
        if year
        else [],
        "years": [(each, told.points(each.total)) for each in reversed(body.years)],
    }
    return drawn("assessed_body.html.j2", told.lang, values)


class AssessmentFolder:
    """Pages under way in a folder, which must exist; bodies are taken one by one."""

    def __init__(self, folder: Path, told: AssessmentWords, overview: Overview) -> None:
        self._folder, self._told, self._overview = folder, told, overview
        self._address: dict[str, str] = {}

    def add(self, body: BodyScore) -> None:
        """Write the page of a body."""
        self._overview.add(body)
        name = f"body-{len(self._address) + 1:03}.html"
        self._address[body.name] = name
        self._write(name, body_page(self._told, body, home=HOME))

    def finish(self) -> None:
        """Write the overview."""
        kinds = kinds_of_bodies(self._overview.standings())
        values = {
            **_shared(self._told),
            "title": self._told.title,
            "kinds": [self._kind(kind, items) for kind, items in kinds.items()],
        }
        self._write(HOME, drawn("assessed_county.html.j2", self._told.lang, values))

    def _kind(self, kind: str, items: Sequence[BodyStanding]) -> dict[str, Any]:
        measures = self._overview.indicators.of(kind)
        return {
            "head": self._told.words.say("kind_head", kind=self._told.kind(kind), count=len(items)),
            "measures": [self._told.head(measure) for measure in measures],
            "rows": [self._row(item) for item in items],
        }

    def _row(self, item: BodyStanding) -> dict[str, Any]:
        told, year, address = self._told, item.year, self._address[item.body.name]
        return {
            "name": item.body.name,
            "address": address,
            "place": told.place(item),
            "why": told.why(item),
            "total": told.points(None if year is None else year.total),
            "decisions": "" if year is None else year.decisions,
            "open": open_of(year),
            "before": told.before(item),
            "moved": told.moved(item),
            "cells": [_cell(told, score, f"{address}#{_anchor(score)}") for score in year.scores]
            if year
            else [],
        }

    def _write(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, encoding="utf-8", newline="\n")


def _shared(told: AssessmentWords) -> dict[str, Any]:
    return {"w": told.words.say, "told": told, "notes": list(told.notes())}


def _cell(told: AssessmentWords, score: Score, address: str) -> ScoreCell:
    tally, points = score.tally, score.points
    face = "violated" if tally.not_met else "to_supply" if tally.open else "satisfied" if tally.met else ""
    if score.measure.stated:
        face = "violated" if points is not None and score.measure.sort == "veto" and points.best else ""
    return ScoreCell(told.score(score, of_weight=False), address, face)


def _anchor(score: Score) -> str:
    """Return where a score stands on its page: by its place in the file of indicators alone."""
    return f"s-{score.measure.place}"


def _scores(told: AssessmentWords, year: YearScore, sort: str, folder: str) -> list[dict[str, Any]]:
    return [_shown(told, score, folder) for score in year.of(sort)]


def _shown(told: AssessmentWords, score: Score, folder: str) -> dict[str, Any]:
    tally = score.tally
    return {
        "anchor": _anchor(score),
        "text": score.measure.text.text(told.lang),
        "points": told.score(score),
        "numbers": [] if score.measure.stated else [(key, getattr(tally, key)) for key in _NUMBERS],
        "aside": "" if score.measure.stated else tally.beside,
        "own": told.own(score),
        "notes": list(told.beside(score)),
        "how": told.how(score),
        "groups": groups(told, score, folder),
        "met": [told.met(each) for each in score.met],
    }
