"""An assessment as JSON: bodies as they come, then the overview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from decision_procedure.assessing.bodies import BodyScore
from decision_procedure.assessing.scores import Points, Score, YearScore
from decision_procedure.assessing.standings import BodyStanding, Overview
from decision_procedure.assessing.tallies import Ground
from decision_procedure.exchange.escaping import json_text

ASSESSMENT_SCHEMA = 1


def assessment_json(bodies: Iterable[BodyScore], overview: Overview, as_of: str, lang: str) -> Iterator[str]:
    """Yield the JSON text; bodies are taken one by one, and added to the overview. Sentences are in one language."""
    given = overview.indicators
    head = {
        "schema": ASSESSMENT_SCHEMA,
        "as_of": as_of,
        "year": overview.year,
        "indicators": {
            "title": given.title.text(lang),
            "source": given.source.text(lang),
            "file": given.file,
        },
    }
    yield json_text(head)[:-1] + ',"bodies":['
    for number, body in enumerate(bodies):
        overview.add(body)
        yield ("," if number else "") + "\n" + json_text(body_data(body, overview.year, lang))
    standings = [_standing(item) for item in overview.standings()]
    yield '],"standings":' + json_text(standings) + "}\n"


def body_data(body: BodyScore, year: int, lang: str) -> dict[str, Any]:
    """Return a body as JSON data; what stands behind the numbers comes with the year told."""
    return {
        "name": body.name,
        "kind": body.kind,
        "folder": body.folder,
        "undated": body.undated,
        "beside": list(body.beside),
        "years": [_year(each, lang, told=each.year == year) for each in body.years],
    }


def _year(year: YearScore, lang: str, *, told: bool) -> dict[str, Any]:
    return {
        "year": year.year,
        "decisions": year.decisions,
        "rows": year.rows,
        "total": _points(year.total),
        "scores": [_score(score, lang, told=told) for score in year.scores],
        "units": [
            {"unit": under.unit or None, "total": _points(under.score.total), "counts": under.tally._asdict()}
            for under in year.units
        ],
    }


def _score(score: Score, lang: str, *, told: bool) -> dict[str, Any]:
    measure = score.measure
    found: dict[str, Any] = {
        "indicator": measure.id,
        "sort": measure.sort,
        "text": measure.text.text(lang),
        "weight": float(measure.weight),
        "points": _points(score.points),
        "may_fall_out": score.may_fall_out,
        "counts": None if measure.stated else score.tally._asdict(),
        "own": None if score.own is None else score.own.points,
        "own_compared": score.own_compared,
        "stated": None if score.stated is None else score.stated.model_dump(mode="json"),
    }
    if told:
        found["grounds"] = [_ground(ground, lang) for ground in score.grounds]
        found["met"] = [{"duty": each.name or None, "records": list(each.titles)} for each in score.met]
    return found


def _ground(ground: Ground, lang: str) -> dict[str, Any]:
    return {
        "standing": ground.standing,
        "face": ground.face if ground.difference is None else None,
        "difference": None if ground.difference is None else ground.difference.kind,
        "title": ground.title,
        "duty": ground.duty,
        "act": ground.act,
        "article": ground.article(lang),
        "said": ground.said(lang),
        "decided": ground.decided(lang),
        "file": ground.file,
        "line": ground.line,
        "waived": ground.waived,
    }


def _standing(item: BodyStanding) -> dict[str, Any]:
    return {
        "name": item.body.name,
        "kind": item.body.kind,
        "total": _points(None if item.year is None else item.year.total),
        "place": None if item.place is None else item.place._asdict(),
        "unranked": item.unranked,
        "before": None
        if item.before is None
        else {"year": item.before.year, "total": _points(item.before.total)},
        "moved": item.moved,
    }


def _points(points: Points | None) -> dict[str, float] | None:
    return (
        None
        if points is None
        else {"worst": round(float(points.worst), 2), "best": round(float(points.best), 2)}
    )
