"""The report: frozen verdicts with their evidence, comparable, and the same after a trip through JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from decision_procedure.errors import check_word
from decision_procedure.law.facts import Implied
from decision_procedure.model.decision import Decision
from decision_procedure.model.declarations import Declarations, record_model
from decision_procedure.model.reading import shipped
from decision_procedure.results.conclusions import Conclusion
from decision_procedure.results.gates import Gates, GateState
from decision_procedure.results.meant import duties_of, step_of
from decision_procedure.results.needs import StepNeed, need_of
from decision_procedure.results.remarks import Advice, Judged, Waived, WaiverNote
from decision_procedure.results.severity import FACES, GRADES, RANKS, SEVERITY, Grade, Outcome, check_grade
from decision_procedure.results.verdict import (
    Dispute,
    InDoubt,
    Verdict,
    asked_once,
    kinds_asked,
)
from decision_procedure.wording import say

if TYPE_CHECKING:
    from decision_procedure.clock import HolidayNotice
    from decision_procedure.law.applicable import Law
    from decision_procedure.results.duties import DutyInfo
    from decision_procedure.results.findings import Finding
    from decision_procedure.results.problems import Problem
    from decision_procedure.results.saying import Namings

_NOT_JUDGED = frozenset(
    {"not_in_force", "ended", "not_bound", "scope", "replaced", "date_unknown", "force_unknown"}
)
REPORT_SCHEMA = 2
_BY_ANSWER: Mapping[str | None, int] = {"not_met": 0, None: 1, "met": 2}


class Governed(NamedTuple):
    """The instruments by which an act was judged; `act` None: the decision as a whole, by the law of `day`."""

    act: str | None
    day: str
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workings:
    """By what a report was made: the law, whatever it is told by later, and the waivers given beside those of its record.

    `supposes` is the act of the record that was only supposed (None: all of it was handed in). `carry` pickles a report
    whose evidence can be worked out again from its record and law (None: it is pickled with all that it holds).
    `conclude` draws the conclusions of the report it was made for (None: they are given). `notices` are the notices of
    holidays given beside those that the library knows.
    """

    law: Any
    waivers: tuple[Any, ...] = ()
    supposes: str | None = None
    carry: Callable[[Report], tuple[Any, ...]] | None = None
    conclude: Callable[[], tuple[Conclusion, ...]] | None = None
    notices: tuple[HolidayNotice, ...] = ()


_FIRST_READING = RLock()


@dataclass(frozen=True)
class Report:
    """Everything found about one decision on one day, and the record it was found in.

    `duties` maps each duty to what the law says of it. `implied`
    maps the identifiers of acts that others imply to the recorded act and the kind implied. `workings` say by what it
    was made; they are neither compared nor written, and absent (None) in a report read back from JSON.
    `given_conclusions` are those that were written (None: they are drawn when `conclusions` is first read).
    """

    decision: Decision
    as_of: str
    assume_complete: bool
    scope: Mapping[str, str]
    verdicts: tuple[Verdict, ...]
    duties: Mapping[str, DutyInfo]
    law_used: Mapping[str, tuple[Mapping[str, str], ...]]
    uncovered: bool
    plans: tuple[str, ...] = ()
    rests_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given_conclusions: tuple[Conclusion, ...] | None = field(default=None, repr=False)
    required_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waivers: tuple[Waived, ...] = ()
    waiver_notes: tuple[WaiverNote, ...] = ()
    advice: tuple[Advice, ...] = ()
    implied: Mapping[str, Implied] = field(default_factory=dict)
    judgements: tuple[Judged, ...] = ()
    workings: Workings | None = field(default=None, compare=False, repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Report) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.title, self.as_of, len(self.verdicts)))

    @property
    def law(self) -> Law:
        """The law it was checked against.

        Of a report read back from JSON, the law that ships where it holds all of its instruments. Raises
        UnusableArgument naming what is missing (`attach` gives it).
        """
        from decision_procedure.results.known_law import law_of

        return law_of(self)

    @property
    def conclusions(self) -> tuple[Conclusion, ...]:
        """What follows from the verdicts by the production rules: drawn once, when first read, by whichever thread.

        Raises EngineFailure.
        """
        if self.given_conclusions is not None:
            return self.given_conclusions
        with _FIRST_READING:
            if self.given_conclusions is None:
                drawn = self.workings.conclude() if self.workings and self.workings.conclude else ()
                object.__setattr__(self, "given_conclusions", drawn)
        return self.given_conclusions or ()

    @property
    def supposes(self) -> str | None:
        """The act of the record that was only supposed; None: there is none."""
        return None if self.workings is None else self.workings.supposes

    @property
    def title(self) -> str:
        """The title of the decision."""
        return self.decision.title

    def source_of(self, act: str) -> str:
        """Return the identifier of the recorded act behind an act: its own, or that of the act that implies it."""
        found = self.implied.get(act)
        return act if found is None else found.source

    def __repr__(self) -> str:
        open_ones = ", ".join(f"{number} {face}" for face, number in self.counts.items() if number)
        return f"<Report {self.title[:60]!r} as of {self.as_of}: {open_ones}>"

    def of(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """Return the verdicts with this outcome, in the order in which they are told.

        Those that a person judged not met come first; those judged met, and at last those made good, come after
        the others. Raises UnusableArgument for a word that is no outcome.
        """
        check_word(outcome, get_args(Outcome), "没有此结论", "no such outcome")
        found = [verdict for verdict in self.verdicts if verdict.outcome == outcome]
        return tuple(sorted(found, key=_order_told))

    def answer_to(self, verdict: Verdict) -> Judged | None:
        """Return the person's answer on a verdict, one that counts before one that does not; None: there is none."""
        on_it = [item for item in self.judgements if (item.duty, item.act) == (verdict.duty, verdict.act)]
        asked = [item for item in on_it if item.is_on_a_question]
        return next((item for item in asked if item.counts), asked[-1] if asked else None)

    @property
    def loose_judgements(self) -> tuple[Judged, ...]:
        """The answers that are on no question, and change nothing."""
        return tuple(item for item in self.judgements if not item.is_on_a_question)

    @property
    def violations(self) -> tuple[Verdict, ...]:
        """The verdicts `violated` under law that binds directly, not waived."""
        return tuple(verdict for verdict in self.of("violated") if verdict.counts)

    @cached_property
    def in_doubt(self) -> InDoubt:
        """The undetermined verdicts that would be violated, or for a person, if the record were complete.

        What something recorded falls short of comes before what nothing is recorded of, and what would be made
        good comes last.
        """
        found = [verdict for verdict in self.verdicts if verdict.in_doubt]
        return InDoubt(sorted(found, key=_order_in_doubt))

    @cached_property
    def told(self) -> tuple[Verdict, ...]:
        """The verdicts as people are told of them: what kind of matter it is, is one question.

        Among those that a person must judge, the ones judged not met come first, the ones judged met last.
        """
        told = asked_once(self.verdicts)
        asking = [verdict for verdict in told if verdict.outcome == "needs_judgement"]
        questions = iter(sorted(asking, key=lambda verdict: _BY_ANSWER[verdict.judged]))
        return tuple(next(questions) if verdict.outcome == "needs_judgement" else verdict for verdict in told)

    def requirement(self, verdict: Verdict, lang: str = "zh") -> str:
        """Return what a verdict is about in words: the text of its duty, or the question what kind of matter it is."""
        if verdict.untested:
            return say("finding.kind_asked", lang, kinds=kinds_asked(verdict, lang))
        return self.duties[verdict.duty].text.text(lang)

    def of_face(self, face: str) -> tuple[Verdict, ...]:
        """Return the verdicts counted and shown under one name (`severity.FACES`), in the order of `of`.

        Raises UnusableArgument for another name.
        """
        check_word(face, FACES, "没有此类", "no such name")
        if face == "in_doubt":
            return self.in_doubt
        found = [verdict for verdict in self.told if verdict.face == face]
        return tuple(sorted(found, key=_order_told))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many verdicts there are under each name, in the order in which they are told (`severity.FACES`)."""
        found = Counter(verdict.face for verdict in self.told)
        return {face: found[face] for face in FACES}

    @cached_property
    def worst(self) -> Grade | None:
        """The gravest of what counts (`severity.GRADES`); None when nothing is open."""
        if self.violations:
            return "violated"  # nothing is graver: what the others would be need not be worked out
        found = {verdict.grade for verdict in self.verdicts if verdict.counts}
        return next((grade for grade in GRADES if grade in found), None)

    @property
    def assumed_up_to(self) -> str | None:
        """The day up to which the record is taken to be complete by `assume_complete`; None: it is not.

        What a record does not hold is unknown after the day on which it was stated.
        """
        if not self.assume_complete:
            return None
        stated = self.decision.stated_on
        if stated is None or stated.last_day >= date.fromisoformat(self.as_of).toordinal():
            return self.as_of
        return date.fromordinal(stated.last_day).isoformat()

    def findings(self, least: Grade = "undetermined") -> tuple[Finding, ...]:
        """Return what is found, down to a grade (`severity.GRADES`), with all that is told of it.

        Findings are the verdicts that are open (violated, for a person, undetermined, and with `least="pending"` what is
        not due yet), the question what kind of matter it is only once; after them what is wrong with waivers, and answers
        of persons that are on no question. Whether one counts for the exit status it says itself (`counts`).
        Raises UnusableArgument for another grade.
        """
        from decision_procedure.results.findings import Findings

        check_grade(least)
        return tuple(Findings(self).listed(least))

    @cached_property
    def namings(self) -> Namings:
        """What the parts of its record are called in sentences, and the sentences made so far."""
        from decision_procedure.results.saying import Namings

        return Namings(self)

    def problems(self, least: Grade = "in_doubt") -> tuple[Problem, ...]:
        """Return the findings, as `findings` does, put together where several spring from one fact of the record."""
        from decision_procedure.results.problems import problems

        return problems(self.findings(least))

    def concluded(self, kind: str) -> tuple[Conclusion, ...]:
        """Return the conclusions of one kind, such as `answerable` or `behind`."""
        return tuple(item for item in self.conclusions if item.kind == kind)

    def gate(self, step: str) -> GateState:
        """Return the state of the gates on a step and on what it rests on (`semantics.md` section 4).

        The step is named by its identifier or by what it is called. Raises UnusableArgument for an unknown step.
        """
        found = step_of(self, step)
        return self.gate_of(found, self.rests_on[found])

    def state_of(self, gate: Conclusion) -> str:
        """Return the state that a conclusion on a gate tells: `closed` or `unknown`.

        `was_closed` or `was_unknown` for an earlier act than the last: that is no longer how the gate stands.
        """
        return self._gates.state_of(gate)

    def gate_of(self, step: str, closing: Collection[str]) -> GateState:
        """Return the state of some gates, told as that of a step; `closing` are gates as duties name them (`closes`)."""
        return self._gates.of(step, closing)

    @cached_property
    def _gates(self) -> Gates:
        return Gates(self)

    @property
    def untested_gates(self) -> frozenset[str]:
        """The gate duties that nothing in the record has put to the test: what they look at is still to come."""
        return self._gates.untested

    def need(self, step: str) -> StepNeed:
        """Return whether this decision needs a step, by which duties, and what would settle it.

        The step is named as for `gate`. Raises UnusableArgument for an unknown step.
        """
        step = step if step in self.required_by else step_of(self, step)
        duties = self.required_by[step]
        places = sorted(place for duty in duties for place in self._places_of.get(duty, ()))
        return need_of(step, duties, [self.verdicts[place] for place in places], self.duties)

    @cached_property
    def _places_of(self) -> Mapping[str, Sequence[int]]:
        """The places of the verdicts on each duty."""
        found: dict[str, list[int]] = {}
        for place, verdict in enumerate(self.verdicts):
            found.setdefault(verdict.duty, []).append(place)
        return found

    def about(self, duty: str) -> tuple[Verdict, ...]:
        """Return the verdicts on a duty, named in full, without its instrument (`15.1c`), by article (第十五条) or in words.

        Raises UnusableArgument for a duty that this report does not know, and for words that several instruments share.
        """
        meant = frozenset(duties_of(self, duty))
        return tuple(verdict for verdict in self.verdicts if verdict.duty in meant)

    def governed(self) -> tuple[Governed, ...]:
        """Return, act by act in order of date, the instruments by which each was judged.

        What belongs to the decision as a whole comes once for each day whose law it was judged by. An act
        that no instrument speaks of has none, nor has one whose missing date leaves the law open.
        """
        found: dict[tuple[str, str | None], dict[str, None]] = {}
        for verdict in self.verdicts:
            if verdict.act is None and (verdict.duty.endswith(".scope") or not verdict.trees):
                continue
            names = found.setdefault((verdict.day, verdict.act), {})
            if not _NOT_JUDGED.intersection(verdict.reasons):
                duties = (verdict.duty, *verdict.related)
                names.update(dict.fromkeys(duty.partition(".")[0] for duty in duties))
        rows = [Governed(act, day, tuple(sorted(names))) for (day, act), names in found.items()]
        return tuple(sorted(rows, key=lambda row: (row.day.lstrip("≤"), row.act or "")))

    def explain(self, duty: str, lang: str | None = None) -> list[dict[str, Any]]:
        """Return, for each verdict on a duty, its outcome and the tree of conditions.

        Raises UnusableArgument for a duty that this report does not know.
        """
        from decision_procedure.results.written import verdict_data

        return [verdict_data(verdict, lang) for verdict in self.about(duty)]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON data (`results.written`)."""
        from decision_procedure.results.written import report_data

        return report_data(self)

    def to_json(self) -> str:
        """Return the report as JSON text, the same for the same report to the byte."""
        from decision_procedure.results.written import report_json

        return report_json(self)

    @classmethod
    def from_json(cls, text: str, law: Law | None = None) -> Report:
        """Return the report that `to_json` wrote, today or in schema 1. Raises ValueError for another schema.

        `law` says what the record may hold (None: what ships); the report does not know it: `attach` it.
        """
        from decision_procedure.results.written import report_of

        return report_of(json.loads(text), shipped if law is None else law.models)

    def __reduce__(self) -> tuple[Any, ...]:
        if self.workings is not None and self.workings.carry is not None:
            return self.workings.carry(self)
        return _unpickled, (self.to_json(), self.workings, self.decision.declared)


def _unpickled(text: str, workings: Workings | None, declared: tuple[Declarations, ...]) -> Report:
    from decision_procedure.results.written import report_of

    return replace(report_of(json.loads(text), lambda *_: record_model(declared)), workings=workings)


def _order_told(verdict: Verdict) -> tuple[bool, int]:
    return verdict.made_good_by is not None, _BY_ANSWER[verdict.judged]


def _order_in_doubt(verdict: Verdict) -> tuple[bool, int, bool]:
    is_made_good = verdict.would_be_made_good_by is not None
    return is_made_good, RANKS[verdict.standing], not verdict.rests_on_an_act


IN_NO_ORDER = ("acts", "documents", "people", "units")
"""The lists of a record whose order says nothing: data hold them in that of their identifiers."""


def record_data(decision: Decision) -> dict[str, Any]:
    """Return a record as JSON data; what has identifiers stands in their order, since its own says nothing."""
    data = decision.model_dump(mode="json", by_alias=True, exclude_none=True)
    for act, item in zip(decision.acts, data["acts"], strict=True):
        item["held"] = act.held  # null says that the act was only announced
    for name in IN_NO_ORDER:
        data[name].sort(key=lambda item: item["id"])
    return data


__all__ = [
    "IN_NO_ORDER",
    "REPORT_SCHEMA",
    "SEVERITY",
    "Dispute",
    "Governed",
    "InDoubt",
    "Report",
    "Verdict",
    "Workings",
    "record_data",
]
