"""What to ask, of whom, so that what is open in a report can be settled: each question once, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel

from decision_procedure.forms.meaning import what_to_write
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.places import parse_place
from decision_procedure.model.sorts import models_in
from decision_procedure.render.text.names import Names
from decision_procedure.results.findings import Finding
from decision_procedure.results.report import Report
from decision_procedure.results.severity import RANKS
from decision_procedure.wording import LANGUAGES, Bilingual, Words, say

Kind = Literal["fact", "act", "judgement"]
_Key = tuple[Kind, str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, and what it settles.

    `kind`: a `fact` of the record, whether an `act` took place, or a `judgement` that the law leaves to a person.
    `place` is where the answer belongs in the record (`acts[a1].end`, `traits.professional`, `acts(hearing)`); empty
    for a judgement. `answers` says what may be answered. `unit` is whom to ask (None: the record names nobody).
    `duties` and `articles` are those that wait for it, `act` the act that a judgement is on (None: the decision).
    `face` is the name under which the gravest of them is shown (`severity.FACES`).
    """

    kind: Kind
    place: str
    text: Bilingual
    answers: Bilingual
    unit: str | None
    duties: tuple[str, ...]
    articles: tuple[Bilingual, ...]
    act: str | None
    face: str


@dataclass
class _Waiting:
    first: Finding
    duties: dict[str, Bilingual] = field(default_factory=dict)


def questions(report: Report) -> tuple[Question, ...]:
    """Return the questions whose answers would settle what is open: what is in doubt or a gate first, then what settles most."""
    asked: dict[_Key, _Waiting] = {}
    for finding in report.findings("undetermined"):
        for key in _keys(finding):
            found = asked.setdefault(key, _Waiting(finding))
            found.duties[finding.rule] = _cited(finding)
            if _rank(finding) < _rank(found.first):
                found.first = finding
    told = _Told(report)
    ranked = sorted(asked.items(), key=lambda item: (_rank(item[1].first), -len(item[1].duties)))
    return tuple(told.question(*key, found) for key, found in ranked)


def _keys(finding: Finding) -> Iterator[_Key]:
    """Yield what a finding waits for: a place of the record, or a person's judgement."""
    if finding.outcome == "needs_judgement" and finding.judge is not None and finding.judged is None:
        yield "judgement", finding.judge.zh, finding.act  # asked once, for all that wait for it
    elif finding.outcome == "undetermined":
        for place in finding.missing:
            yield ("act" if place.startswith("acts(") else "fact"), place, None


def _cited(finding: Finding) -> Bilingual:
    return Bilingual.by(
        lambda lang: say(
            "skeleton.cited", lang, title=finding.instrument.text(lang), articles=finding.article.text(lang)
        )
    )


def _rank(finding: Finding) -> tuple[int, bool]:
    return RANKS[finding.standing], finding.gate is None


class _Told:
    def __init__(self, report: Report) -> None:
        self._decision = report.decision
        self._kinds = kinds_of(type(report.decision))
        self._names: dict[str, Names] = {
            lang: Names(report.decision, lang, report.implied) for lang in LANGUAGES
        }
        self._units = {unit.id: unit.name for unit in report.decision.units}

    def question(self, kind: Kind, place: str, act: str | None, found: _Waiting) -> Question:
        judging = kind == "judgement"
        unit = next((self._units[name] for name in found.first.units if name in self._units), None)
        return Question(
            kind=kind,
            place="" if judging else place,
            text=found.first.judge or Bilingual("", "")
            if judging
            else Bilingual.by(lambda lang: self._text(kind, place, lang)),
            answers=Bilingual.by(lambda lang: self._answers(kind, place, lang)),
            unit=None if judging else unit,
            duties=tuple(found.duties),
            articles=tuple(dict.fromkeys(found.duties.values())),
            act=act,
            face=found.first.face,
        )

    def _text(self, kind: Kind, place: str, lang: str) -> str:
        return Words(lang, "question").say(kind, what=self._names[lang].place(place))

    def _answers(self, kind: Kind, place: str, lang: str) -> str:
        words = Words(lang, "question")
        model, name = self._declared(place) if kind == "fact" else (None, "")
        if model is None or name not in model.model_fields:
            return words.say("judged" if kind == "judgement" else "done" if kind == "act" else "stated")
        return what_to_write(model, name, self._kinds, Words(lang, "skeleton"))

    def _declared(self, place: str) -> tuple[type[BaseModel] | None, str]:
        """Return the part of a record that a place stands in, and the field there; None: it is no field."""
        acts = {act.id or "": act for act in self._decision.acts}
        parsed = parse_place(place, acts)
        if parsed is None:
            return None, ""
        holder: type[BaseModel] = Decision if parsed.act is None else type(acts[parsed.act])
        *inner, name = (*parsed.field.split("."), *([parsed.member] if parsed.member else []))
        for step in inner:
            found = holder.model_fields.get(step.partition("[")[0])
            holder = next(models_in(found.annotation), holder) if found is not None else holder
        return holder, name.partition("[")[0]


__all__ = ["Kind", "Question", "questions"]
