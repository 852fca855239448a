"""What a report finds, as values: each finding holds all that any reader is told of it, in no format.

Which verdicts are findings is decided here: those of what people are told (`Report.told`) that are open, down to a
grade. Beside them stand what is wrong with waivers, and answers of persons that are on no question.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from decision_procedure.law.articles import article_text
from decision_procedure.law.evidence import Tree
from decision_procedure.model.vocabulary import label
from decision_procedure.results.baseline import accepted_targets
from decision_procedure.results.conclusions import Conclusion
from decision_procedure.results.decisive import Fact, decisive_facts
from decision_procedure.results.fingerprints import Target, fingerprint_of, fingerprints, record_key
from decision_procedure.results.judgements import judgement_text, loose_text
from decision_procedure.results.remarks import Judged, Waived, WaiverNote
from decision_procedure.results.report import Report
from decision_procedure.results.saying import Telling, WordedEvidence
from decision_procedure.results.severity import TOLD_IN_FULL, face_of, up_to
from decision_procedure.results.stages import cure_of
from decision_procedure.results.verdict import Dispute, Verdict, doubt
from decision_procedure.results.waivers import NOTES, note_text
from decision_procedure.wording import Bilingual, say

LineOf = Callable[[str], int | str | None]
LOOSE = "undetermined"
"""How grave it is as a finding that an answer is on no question."""

NOTHING = Bilingual("", "")
"""What is said in neither language."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held a post, of a `capacity` in a `unit`, that a provision on liability names; fault is for the authority.

    `person` None: the record names nobody who surely held it on the day.
    """

    provision: str
    unit: str
    capacity: str
    person: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One verdict, one thing wrong with a waiver, or one person's answer on no question, and all that is told of it.

    `rule` is the duty's identifier, or `waiver.` and a kind of note, or `judgement.` and what the answer comes to;
    `duty` is None for the last two. They say `said`, and what only a duty has is empty or None. What is not open
    has an empty `fingerprint`. `telling` makes the sentence and evidence of a verdict when read (None: it is none).

    What it comes to: `grade` is what it counts as (None: it is not open), `standing` its place in the order of
    severity (`severity.STANDINGS`), `class_` what an undetermined verdict is (None: it is none), `if_complete` what
    that would be if the record were complete (None: it is none, or nothing is known), `doubt` the same in words,
    `exceptions` the places of what does not hold then. `counts`: it counts for the exit status by itself. `waived`:
    a waiver stands beside it (`waiver` None: one of which the report tells no more). `accepted`: a baseline accepts
    it. `judgement` is a person's answer, `answer` the same in words (None: there is none). `made_good_by` and
    `would_be_made_good_by` are later acts (None: none).

    The law: `article` stands in `instrument` with its `number`, `requirement` says what it asks, `step` is None for
    a question of scope, `gate` is the step on which the duty is a gate (None: it is none), `related` are duties of
    other instruments. `unseen`: the text itself was not seen. `judge`: what a person is to judge, `attention`: from
    when a person should look at how long it took, `not_tested`: what the test cannot see (None: nothing of these).

    The record: `file` (empty: not known) and `line` (from 1; None: not known), or `cell` of a workbook (empty: of none),
    are where it stands, `record` its name.
    `act` is what was tested (None: the decision as a whole), done by `unit` (None: not stated) on `date` (None: not
    stated) with `documents`; `day` is the date of the law applied. `missing` are the places that would settle it, `falls_short` recorded acts that are not enough, `edges` counts of
    days that another reading decides differently. `elapsed`: the days that a prompt duty took, or, not `took`, has
    waited (None: no such duty, or the dates do not tell). `trees` is the whole evidence.

    Who answers: `bearer` is whose duty it is and `role` what people call it, `units` those that answer, bore it, or can settle it; `consequences`
    are the provisions that follow, `holders` who held the posts they name.
    """

    fingerprint: str
    rule: str
    outcome: str
    grade: str | None
    file: str
    line: int | None
    record: str
    title: str
    act: str | None
    counts: bool
    cell: str = ""
    duty: str | None = None
    said: Bilingual = NOTHING
    standing: str = ""
    class_: str | None = None
    if_complete: str | None = None
    doubt: Bilingual = NOTHING
    exceptions: tuple[str, ...] = ()
    waived: bool = False
    waiver: Waived | None = None
    accepted: bool = False
    judgement: Judged | None = None
    answer: Bilingual | None = None
    made_good_by: str | None = None
    would_be_made_good_by: str | None = None
    instrument: Bilingual = NOTHING
    number: str = ""
    article: Bilingual = NOTHING
    requirement: Bilingual = NOTHING
    step: str | None = None
    gate: str | None = None
    force: str = ""
    effect: str = ""
    binding: str = "direct"
    related: tuple[str, ...] = ()
    unseen: bool = False
    judge: Bilingual | None = None
    attention: Bilingual | None = None
    not_tested: Bilingual | None = None
    cure: Bilingual = NOTHING
    cure_kind: str = ""
    unit: str | None = None
    date: str | None = None
    documents: tuple[str, ...] = ()
    day: str = ""
    proof: str = ""
    caps: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    falls_short: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    edges: tuple[str, ...] = ()
    elapsed: int | None = None
    took: bool = False
    trees: Mapping[str, Tree] = field(default_factory=dict, repr=False)
    bearer: str = ""
    role: Bilingual = NOTHING
    units: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()
    telling: Telling | None = field(default=None, repr=False, compare=False)

    def sentence(self, lang: str = "zh") -> str:
        """Return what is wrong, open or to be judged, in one sentence; empty where it is none of these."""
        return self.said.text(lang) if self.telling is None else self.telling.sentence(lang)

    def brief(self, lang: str = "zh") -> str:
        """Return its sentence in the few words that a card has room for (“实际20日，少10日”), without the stop."""
        return self.said.text(lang) if self.telling is None else self.telling.brief(lang)

    def evidence(self, lang: str = "zh") -> WordedEvidence:
        """Return the conditions of a verdict in words: those that made it what it is, and those that hold beside."""
        return WordedEvidence((), ()) if self.telling is None else self.telling.evidence(lang)

    def heading(self, lang: str = "zh") -> str:
        """Return what stands at its head: its sentence, else what the law asks."""
        return self.sentence(lang) or self.requirement.text(lang)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The places that decided it with their values (None: unknown)."""
        return decisive_facts(self.trees)

    @property
    def face(self) -> str:
        """The name under which it is counted and shown (`severity.FACES`)."""
        return self.class_ or face_of(self.outcome, None)

    def called(self, lang: str) -> str:
        """Return what it is called; of one in doubt, what it would be besides."""
        name = label("face", self.face, lang)
        return f"{name}{say('glossary.colon', lang)}{self.doubt.text(lang)}" if self.in_doubt else name

    @property
    def in_doubt(self) -> bool:
        """Whether it would be violated, or for a person to judge, if the record were complete."""
        return self.class_ == "in_doubt"

    @property
    def in_full(self) -> bool:
        """Whether it is told in full wherever a report is shown."""
        return self.face in TOLD_IN_FULL

    @property
    def judged(self) -> str | None:
        """A person's answer that counts: `met` or `not_met`; None: there is none."""
        return self.judgement.answer if self.judgement is not None and self.judgement.counts else None

    @property
    def fails(self) -> bool:
        """Whether it still stands against the record: it counts, and no baseline accepts it."""
        return self.counts and not self.accepted


_OF_VERDICTS = (
    "duty", "act", "outcome", "grade", "standing", "class_", "if_complete", "exceptions", "counts", "waived",
    "made_good_by", "would_be_made_good_by", "binding", "related", "day", "proof", "caps", "reasons", "missing",
    "falls_short", "disputes", "edges", "elapsed", "took", "trees",
)  # fmt: skip
_OF_DUTIES = ("instrument", "number", "step", "gate", "force", "effect", "bearer", "unseen", "not_tested")


class Findings:
    """What one report finds; what its findings share is worked out once.

    `file` names the record, `line_of` gives the line or cell of an act or place in it (None: not known), `accepted` is what a
    baseline knows findings by (`baseline.accepted_names`; None: there is none).
    """

    def __init__(
        self,
        report: Report,
        file: str = "",
        line_of: LineOf | None = None,
        accepted: frozenset[str] | None = None,
    ) -> None:
        self._report = report
        self._file = file
        self._line_of = line_of
        self._baseline = accepted

    def listed(self, least: str = "undetermined") -> Iterator[Finding]:
        """Yield the findings down to a grade (`severity.GRADES`): verdicts, notes on waivers, loose answers."""
        listed = up_to(least)
        for verdict in self._report.told:
            if verdict.grade in listed:
                yield self.of(verdict)
        for note in self._report.waiver_notes:
            if NOTES[note.kind] in listed:
                yield noted(note, self._file, self._record, self._report.title, self._line_of)
        if LOOSE in listed:
            yield from map(self._loose, self._report.loose_judgements)

    def of(self, verdict: Verdict) -> Finding:
        """Return all that is told of a verdict, open or not."""
        report, target = self._report, (verdict.duty, verdict.act)
        duty = report.duties[verdict.duty]
        act = self._acts.get(verdict.act)
        judgement, telling = report.answer_to(verdict), Telling(report, verdict)
        asks_when = verdict.outcome in ("needs_judgement", "pending")
        return Finding(
            **{name: getattr(verdict, name) for name in _OF_VERDICTS},
            **{name: getattr(duty, name) for name in _OF_DUTIES},
            fingerprint=self._fingerprints.get(target, ""),
            rule=verdict.duty,
            doubt=Bilingual.by(lambda lang: doubt(verdict, lang)) if verdict.in_doubt else NOTHING,
            waiver=self._waivers.get(target),
            accepted=target in self._accepted,
            judgement=judgement,
            answer=None
            if judgement is None
            else Bilingual.by(lambda lang: judgement_text(report, judgement, lang)),
            role=duty.borne_by,
            article=Bilingual.by(lambda lang: article_text(duty.article, lang)),
            requirement=Bilingual.by(lambda lang: report.requirement(verdict, lang)),
            judge=Bilingual.by(telling.judgement) if duty.judgement and verdict.for_a_person else None,
            attention=duty.attention if asks_when else None,
            cure=cure_of(report, verdict),
            cure_kind=duty.cure.kind,
            file=self._file,
            **at(self._line(None if verdict.act is None else report.source_of(verdict.act))),
            record=self._record,
            title=report.title,
            unit=None if act is None else act.unit,
            date=None if act is None or act.anchor is None else act.anchor.text,
            documents=() if act is None else act.documents,
            units=self._units(verdict),
            consequences=tuple(dict.fromkeys(self._values("consequence", verdict, "provision"))),
            holders=self._holders(verdict),
            telling=telling,
        )

    def _loose(self, item: Judged) -> Finding:
        """Return an answer that is on no question; it changes nothing, and never counts."""
        return Finding(
            fingerprint=_digest("judgement", item.standing, self._record, item.duty, item.act, item.place),
            rule=f"judgement.{item.standing}",
            outcome=LOOSE,
            grade=LOOSE,
            file=self._file,
            **at(self._line(item.place)),
            record=self._record,
            title=self._report.title,
            act=item.act,
            counts=False,
            said=Bilingual.by(lambda lang: loose_text(self._report, item, lang)),
        )

    def _line(self, place: str | None) -> int | str | None:
        return None if place is None or self._line_of is None else self._line_of(place)

    def _units(self, verdict: Verdict) -> tuple[str, ...]:
        kinds = (self._values(kind, verdict, "unit") for kind in ("answers", "bore", "settles"))
        return tuple(dict.fromkeys(next(filter(None, kinds), ())))

    def _holders(self, verdict: Verdict) -> tuple[Holder, ...]:
        """Return the posts, provision by provision, those that nobody is known to have held last."""
        found = [
            Holder(
                item.get("provision"), item.get("unit"), item.get("capacity"), item.get("person") if kind == "answerable" else None
            )
            for kind in ("answerable", "unidentified")
            for item in self._drawn_from(kind, verdict)
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda holder: holder.provision))

    def _values(self, kind: str, verdict: Verdict, name: str) -> tuple[str, ...]:
        return tuple(item.get(name) for item in self._drawn_from(kind, verdict))

    def _drawn_from(self, kind: str, verdict: Verdict) -> list[Conclusion]:
        """Return the conclusions of one kind that were drawn from a verdict."""
        return self._conclusions.get((kind, verdict.duty, verdict.act or ""), [])

    @cached_property
    def _conclusions(self) -> Mapping[tuple[str, str, str], list[Conclusion]]:
        found: dict[tuple[str, str, str], list[Conclusion]] = {}
        for item in self._report.conclusions:
            values = dict(item.fact.items())
            if "duty" in values:
                place = values.get("of", values.get("act", ""))
                found.setdefault((item.kind, values["duty"], place), []).append(item)
        return found

    @cached_property
    def _fingerprints(self) -> Mapping[Target, str]:
        return fingerprints(self._report)

    @cached_property
    def _waivers(self) -> Mapping[Target, Waived]:
        return {(item.duty, item.act): item for item in self._report.waivers}

    @cached_property
    def _accepted(self) -> frozenset[Target]:
        return accepted_targets(self._report, self._baseline)

    @cached_property
    def _acts(self) -> Mapping[str | None, Any]:
        return {act.id: act for act in self._report.decision.acts}

    @cached_property
    def _record(self) -> str:
        return record_key(self._report.decision)


def at(line: int | str | None) -> dict[str, Any]:
    """Return where something stands in its file as fields of a finding: a line, or the cell of a workbook."""
    return {"line": None, "cell": line} if isinstance(line, str) else {"line": line}


def noted(
    note: WaiverNote, file: str, record: str = "", title: str = "", line_of: LineOf | None = None
) -> Finding:
    """Return what is wrong with a waiver as a finding; `record` empty: it is on none, but on a whole run."""
    line: int | str | None = note.line
    if line is None and note.place is not None and line_of is not None:
        line = line_of(note.place)
    return Finding(
        fingerprint=_digest(note.kind, record, note.waiver, note.duty, note.act),
        rule=f"waiver.{note.kind}",
        outcome=NOTES[note.kind],
        grade=NOTES[note.kind],
        file=note.file or file,
        **at(line),
        record=record,
        title=title,
        act=note.act,
        counts=True,
        said=Bilingual.by(lambda lang: note_text(note, lang)),
    )


def _digest(*facts: str | None) -> str:
    return fingerprint_of(json.dumps(facts))
