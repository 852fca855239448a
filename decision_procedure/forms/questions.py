"""What to ask, of whom, so that what is open in a report can be settled: each question once, the gravest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from decision_procedure.forms.meaning import allowed_words, what_to_write
from decision_procedure.forms.waiting import OpenPlaces, acts_of, scope_place
from decision_procedure.graph import Procedure
from decision_procedure.law.evidence import Tree, kinds_listed, leaves, place_text
from decision_procedure.law.facts import Facts
from decision_procedure.model.base import is_exception
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.kinds import Kinds, kinds_of
from decision_procedure.model.references import references_of
from decision_procedure.model.sorts import members_of, sort_of
from decision_procedure.model.spots import Spot, field_of, spot_at
from decision_procedure.model.traits import Trait
from decision_procedure.model.vocabulary import labels
from decision_procedure.render.text.names import Names
from decision_procedure.results.findings import Finding, Findings
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report
from decision_procedure.results.saying.called import Called
from decision_procedure.results.saying.facts import Clauses
from decision_procedure.results.severity import RANKS
from decision_procedure.wording import LANGUAGES, Bilingual, Words, both, say

Kind = Literal["fact", "act", "judgement"]
Sort = Literal["date", "flag", "number", "choice", "list", "other", "act", "judgement"]
_OPEN = ("undetermined", "needs_judgement")
_Key = tuple[Kind, str, str | None]
STATED_ON = "stated_on"
"""The place of the day on which a record was stated: of what was not done later it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, and what it settles.

    `kind`: a `fact` of the record, whether an `act` took place, or a `judgement` that the law leaves to a person.
    `place` is where the answer belongs in the record (`acts[a1].end`, `traits.professional`, `acts(hearing)`); empty
    for a judgement. `sort` is what an answer is, and `choices` are the words that it may be, each with what it is
    called (empty: any text, date or number); `several`: a list of them. `answers` says the same in words. `papers`
    are the kinds of document that would show it. `unit` is whom to ask (None: the record names nobody).
    `duties` and `articles` are those that wait for it, `sources` the same by instrument and article, `why` what these
    ask; `act` the act that a judgement is on
    (None: the decision), `fingerprints` the names of the findings that it answers. `face` is the name under which the
    gravest of them is shown (`severity.FACES`). `as_of` is the day for which it is asked.
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
    as_of: str
    sort: Sort = "other"
    choices: tuple[tuple[Any, Bilingual], ...] = ()
    several: bool = False
    papers: tuple[str, ...] = ()
    why: tuple[Bilingual, ...] = ()
    sources: tuple[tuple[Bilingual, Bilingual], ...] = ()
    fingerprints: tuple[str, ...] = ()


@dataclass
class _Gathering:
    """What waits for one question, the gravest finding first named."""

    first: Finding
    duties: dict[str, Finding] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        self.duties.setdefault(finding.rule, finding)
        if _rank(finding) < _rank(self.first):
            self.first = finding


def questions(report: Report) -> tuple[Question, ...]:
    """Return the questions whose answers would settle what is open: what is in doubt or a gate first, then what settles most.

    What matters only once another question is answered is asked after that. Raises UnusableArgument for a report
    whose law is not at hand.
    """
    asked: dict[_Key, _Gathering] = {}
    room = _Room(report)
    for finding in _open(report):
        for key in room.keys(finding):
            asked.setdefault(key, _Gathering(finding)).add(finding)
    asked = _each_kind_once(asked, room.past_denied())
    ranked = sorted(asked.items(), key=lambda item: (_rank(item[1].first), -len(item[1].duties)))
    return tuple(room.question(*key, found) for key, found in ranked)


def _open(report: Report) -> Iterator[Finding]:
    """Yield what is open; what kind of matter it is, of each instrument by itself: a fact waits for those that read it."""
    told = Findings(report)
    return (told.of(verdict) for verdict in report.verdicts if verdict.outcome in _OPEN)


def _each_kind_once(asked: Mapping[_Key, _Gathering], together: frozenset[str]) -> dict[_Key, _Gathering]:
    """Return the questions with each kind of act asked about once: one on several kinds leaves out those asked by themselves.

    The kinds that are likely not to have taken place, `together`, are one question.
    """
    found: dict[_Key, _Gathering] = {}
    kinds_asked = dict.fromkeys(kind for key in asked if key[0] == "act" for kind in kinds_listed(key[1]))
    likely_none = [kind for kind in kinds_asked if kind in together]
    asking: dict[str, _Key] = dict.fromkeys(likely_none, ("act", acts_of(likely_none), None))
    for key, waiting in sorted(asked.items(), key=lambda item: len(kinds_listed(item[0][1]))):
        kinds = kinds_listed(key[1]) if key[0] == "act" else ()
        rest = [kind for kind in kinds if kind not in asking]
        if rest:
            key = ("act", acts_of(rest), None)
            asking.update(dict.fromkeys(rest, key))
        for one in dict.fromkeys(asking[kind] for kind in kinds) or (key,):
            for finding in waiting.duties.values():
                found.setdefault(one, _Gathering(finding)).add(finding)
    return found


def _rank(finding: Finding) -> tuple[int, bool]:
    return RANKS[finding.standing], finding.gate is None


class _Room:
    """What questions on one report are made from."""

    def __init__(self, report: Report) -> None:
        self._report, self._decision = report, report.decision
        self._kinds: Kinds = kinds_of(type(report.decision))
        self._names: Mapping[str, Names] = {
            lang: Names(report.decision, lang, report.implied) for lang in LANGUAGES
        }
        self._clauses: Mapping[str, Clauses] = {
            lang: Clauses(Called(report.decision, lang, report.implied), None) for lang in LANGUAGES
        }
        self._units = {unit.id: unit.name for unit in report.decision.units}
        self._procedure = procedure = Procedure.of(law_of(report).for_body(report.decision))
        self._facts = Facts(
            report.decision, date.fromisoformat(report.as_of), assume_complete=report.assume_complete
        )
        self._waiting = OpenPlaces(
            lambda duty: report.duties[duty].per,
            lambda step: sorted(procedure.kinds_after.get(step or "", ())),
            lambda kind: not self._facts.closed((kind,), self._facts.now),
        )

    def past_denied(self) -> frozenset[str]:
        """Return the kinds of act, none of them recorded, that had to follow a step that the record denies."""
        denied = self._facts.denied
        later = (
            self._procedure.kinds_after[name]
            for name, step in self._procedure.steps.items()
            if denied.issuperset(step.kinds)
        )
        return frozenset(kind for kinds in later for kind in kinds if not self._facts.held((kind,)))

    def keys(self, finding: Finding) -> Iterator[_Key]:
        """Yield what a finding waits for: a place of the record, or a person's judgement."""
        if finding.outcome == "needs_judgement" and finding.judged is None:
            if finding.waived or finding.made_good_by is not None:
                return
            if place := scope_place(finding):
                yield from self._at(place)  # a fact that would settle it goes before a person's judgement
            else:
                yield "judgement", _to_judge(finding).zh, finding.act  # asked once, for all that wait for it
        elif finding.outcome == "undetermined":
            places = self._waiting.places(finding)
            triggers = [place for place in places if not self._excuses(place)]
            for place in triggers or places:  # what excuses matters once the rest is known to hold
                yield from self._at(place)

    def _excuses(self, place: str) -> bool:
        spot = spot_at(self._decision, place)
        return spot is not None and is_exception(spot.model, spot.name)

    def _at(self, place: str) -> Iterator[_Key]:
        """Yield what is asked at a place; where the record says nothing of so late a day, whether it still holds."""
        stale = self._facts.limit < self._facts.now and self._decision.stated_on is not None
        kinds = kinds_listed(place)
        if kinds and stale and self._facts.closed(kinds, self._facts.limit):
            yield "fact", STATED_ON, None
        elif kinds:
            yield "act", place, None
        elif spot_at(self._decision, place) is not None:
            yield "fact", place, None
        elif implied := self._report.implied.get(place.removeprefix("acts[").rpartition("].")[0]):
            yield "act", f"acts({implied.kind})", None

    def question(self, kind: Kind, place: str, act: str | None, found: _Gathering) -> Question:
        spot = spot_at(self._decision, place) if kind == "fact" else None
        unit = next((self._units[name] for name in found.first.units if name in self._units), None)
        judging = kind == "judgement"
        choices = tuple(self._choices(kind, place, spot))
        waiting = tuple(found.duties.values())
        papers = tuple(dict.fromkeys(name for one in waiting for name in _papers(one.trees, place)))
        return Question(
            kind=kind,
            place="" if judging else place,
            text=_to_judge(found.first)
            if judging
            else Bilingual.by(lambda lang: self._text(kind, place, spot, lang)),
            answers=Bilingual.by(lambda lang: self._answers(kind, place, spot, papers, lang)),
            unit=None if judging else unit,
            duties=tuple(found.duties),
            articles=tuple(dict.fromkeys(map(cited, waiting))),
            act=act,
            face=found.first.face,
            as_of=self._report.as_of,
            sort=kind if kind != "fact" else _sort(spot),
            choices=choices,
            several=spot is not None and sort_of(spot.annotation) == "list",
            papers=papers,
            sources=tuple(dict.fromkeys((one.instrument, one.article) for one in waiting)),
            why=tuple(dict.fromkeys(one.requirement for one in waiting)),
            fingerprints=tuple(one.fingerprint for one in waiting) if judging else (),
        )

    def _text(self, kind: Kind, place: str, spot: Spot | None, lang: str) -> str:
        words = Words(lang, "question")
        if place == STATED_ON:
            since = "" if self._decision.stated_on is None else self._decision.stated_on.text
            return words.say("still_so", stated=since, day=self._report.as_of)
        if kind == "act":
            what = self._names[lang].place(place)
            recorded = self._facts.held(kinds_listed(place))
            return words.say("further_act" if recorded else kind, what=what, day=self._report.as_of)
        clauses = self._clauses[lang]
        what, about = self._what(place, spot, clauses), clauses.about(place)
        stated = None if spot is None else field_of(self._decision, spot)
        if isinstance(stated, PartialDate) and stated.first_day == stated.last_day:
            text = words.say("fact_time", what=what, day=stated.text)  # what comes first on that day
        else:
            more = spot is not None and sort_of(spot.annotation) == "list" and stated
            text = words.say("further_part" if more else _form(spot), what=what)
        return f"{about}{words.say('colon')}{text}" if about and not place.startswith("traits.") else text

    @staticmethod
    def _what(place: str, spot: Spot | None, clauses: Clauses) -> str:
        """Return what is asked of a field: whether something is so, or what the field is."""
        if spot is not None and _sort(spot) == "flag":
            if place.startswith("traits."):
                return clauses.called.say("whether_trait", what=clauses.called.field(place))
            return clauses.flag(spot.name, None, place).text
        topic = clauses.called.topic(place)
        return (
            topic if _target(spot) is None else topic.removesuffix(say("form.numbered", clauses.called.lang))
        )

    def _answers(self, kind: Kind, place: str, spot: Spot | None, papers: Iterable[str], lang: str) -> str:
        if kinds := [self._kinds.document_name(paper, lang) for paper in papers]:
            return Words(lang, "question").say("papers", kinds=Words(lang).listed(kinds))
        if kind == "act" and len(kinds_listed(place)) > 1:
            return Words(lang, "question").say("done_which")
        if spot is None:
            return Words(lang, "question").say(
                "judged" if kind == "judgement" else "done" if kind == "act" else "stated"
            )
        return what_to_write(spot.model, spot.name, self._kinds, Words(lang, "skeleton"))

    def _choices(self, kind: Kind, place: str, spot: Spot | None) -> Iterator[tuple[Any, Bilingual]]:
        if kind == "judgement":
            for word in ("met", "not_met"):
                yield word, Bilingual(*labels("answer", word))
        elif kind == "act":
            kinds = kinds_listed(place)
            for name in kinds if len(kinds) > 1 else ():
                yield name, Bilingual(*self._kinds.names(name))
            if len(kinds) == 1:
                yield True, Bilingual(*both("text.yes"))
            yield False, Bilingual(*both("text.no"))
        elif _target(spot) == "drafts":
            yield from ((draft.id, Bilingual(draft.id, draft.id)) for draft in self._decision.drafts)
        elif spot is not None:
            yield from allowed_words(spot.annotation, self._kinds)


def _to_judge(finding: Finding) -> Bilingual:
    """Return what a person is to judge: what the duty leaves to one, else what the check leaves open, in a sentence."""
    return finding.judge or Bilingual.by(finding.heading)


def cited(finding: Finding) -> Bilingual:
    """Return the instrument and article of a finding."""
    return Bilingual.by(
        lambda lang: say(
            "skeleton.cited", lang, title=finding.instrument.text(lang), articles=finding.article.text(lang)
        )
    )


def _sort(spot: Spot | None) -> Sort:
    if spot is None:
        return "other"
    return "flag" if Trait in members_of(spot.annotation) else sort_of(spot.annotation)


def _target(spot: Spot | None) -> str | None:
    """Return the list of the record in which a field names something; None: it names nothing."""
    return None if spot is None else dict(references_of(spot.model)).get(spot.name)


def _form(spot: Spot | None) -> str:
    """Return the word for asking what a field holds; of what it names, which one."""
    sort, target = _sort(spot), _target(spot)
    if target is None or sort == "list":
        return f"fact_{sort}"
    return "fact_drafts" if target == "drafts" else "fact_reference"


def _papers(trees: Mapping[str, Tree], place: str) -> Iterator[str]:
    """Yield the kinds of document that a condition looks for among the documents of an act."""
    for tree in trees.values():
        for leaf in leaves(tree):
            if leaf.node.operator == "document" and place_text(leaf.place) == place:
                yield from _QUOTED.findall(leaf.node.text)


_QUOTED = re.compile(r"['\"](\w+)['\"]")

__all__ = ["STATED_ON", "Kind", "Question", "cited", "questions"]
