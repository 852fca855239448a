"""The findings of reports as flat rows: the one list that every format writes out.

Nothing is decided here: outcome, waiver and binding are the report's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from decision_procedure.law.articles import article_text
from decision_procedure.law.evidence import DENIED, is_denied, value_data
from decision_procedure.model.vocabulary import label
from decision_procedure.results.baseline import accepted_targets
from decision_procedure.results.decisive import decisive_facts
from decision_procedure.results.fingerprints import fingerprint_of, fingerprints, record_key
from decision_procedure.results.judgements import judgement_text, loose_text
from decision_procedure.results.remarks import Judged, Waived, WaiverNote
from decision_procedure.results.report import Report
from decision_procedure.results.severity import SEVERITY, TOLD_IN_FULL, face_of, up_to
from decision_procedure.results.stages import cure_of
from decision_procedure.results.verdict import Dispute, Verdict, called, doubt
from decision_procedure.results.waivers import NOTES, note_text
from decision_procedure.wording import Words, say

Located = Iterable[tuple[str, Report]]
LineOf = Callable[[str], int | None]
_MOST_FACTS = 8
_LONGEST_VALUE = 200

LOOSE = "undetermined"
"""How grave it is as a finding that an answer is on no question."""

_TRUTHS, _ACTS = {True: "yes", False: "no"}, {True: "some", False: "none"}


class Finding(NamedTuple):
    """One open verdict, one thing wrong with a waiver, or one person's answer on no question, as every format shows it.

    `rule` is the duty's identifier, or `waiver.` and a kind of note, or `judgement.` and what the answer comes to. `line` is counted from 1; None: unknown.
    `act` None: the decision as a whole. `if_complete` is what an undetermined one would be if the record were
    complete, `class_` whether it is in doubt (`doubt` says so in words), to supply, or nothing is recorded, `grade` what it counts as. `counts` says whether it counts for the exit status by itself;
    `accepted` whether a baseline accepts it; `waived` whether a waiver stands beside it (`waiver` None: one of
    which the report tells no more). `judgement` is a person's answer on it. `text` is one line in the language asked for.
    """

    fingerprint: str
    rule: str
    outcome: str
    grade: str
    if_complete: str | None
    class_: str | None
    doubt: str
    file: str
    line: int | None
    record: str
    title: str
    act: str | None
    binding: str
    counts: bool
    accepted: bool
    waived: bool
    waiver: Waived | None
    text: str
    judgement: Judged | None = None

    @property
    def judged(self) -> str | None:
        """A person's answer that counts: `met` or `not_met`; None: there is none."""
        return self.judgement.answer if self.judgement is not None and self.judgement.counts else None

    @property
    def face(self) -> str:
        """The name under which it is counted and shown (`severity.FACES`)."""
        return self.class_ or face_of(self.outcome, None)

    @property
    def fails(self) -> bool:
        """Whether it still stands against the record: it counts, and no baseline accepts it."""
        return self.counts and not self.accepted


class Advised(NamedTuple):
    """Advice, such as on the law that a record cites, as the formats that show it do. It is no finding and never counts.

    `rule` is `advice.` and its kind; `line` is counted from 1, None: unknown. `text` is in the language asked for.
    """

    fingerprint: str
    rule: str
    kind: str
    file: str
    line: int | None
    title: str
    text: str


class View(NamedTuple):
    """How results are written out.

    `least` is the least severe grade listed (`severity.GRADES`). `lines` gives, for a file, the function
    from act to line. `accepted` is what a baseline knows findings by (`baseline.accepted_names`); None: there is none. `left_over` is
    asked, when all reports are written, for what a whole run shows about waivers, as `(file, note)`. `steps` gives the
    state of every step of a report as JSON data; None: it is not written.
    """

    lang: str = "zh"
    least: str = "undetermined"
    lines: Callable[[str], LineOf] | None = None
    accepted: frozenset[str] | None = None
    left_over: Callable[[], Iterable[tuple[str, WaiverNote]]] = tuple
    steps: Callable[[Report], Sequence[Mapping[str, Any]]] | None = None


DEFAULT = View()


def findings(reports: Located, view: View) -> Iterator[Finding]:
    """Yield every finding of the reports, and then what the run left over."""
    for file, report in reports:
        yield from report_findings(file, report, view)
    yield from left_over(view)


def report_findings(file: str, report: Report, view: View) -> Iterator[Finding]:
    """Yield the findings of one report: its open verdicts, then what is wrong with its waivers."""
    names = fingerprints(report)
    line_of = view.lines(file) if view.lines else None
    waivers = {(item.duty, item.act): item for item in report.waivers}
    listed = up_to(view.least)
    record = record_key(report.decision)
    accepted = accepted_targets(report, view.accepted)
    for verdict in report.told:
        grade = verdict.grade
        if grade is None or grade not in listed:
            continue
        target = (verdict.duty, verdict.act)
        waiver = waivers.get(target)
        yield Finding(
            fingerprint=names[target],
            rule=verdict.duty,
            outcome=verdict.outcome,
            grade=grade,
            if_complete=verdict.if_complete,
            class_=verdict.class_,
            doubt=doubt(verdict, view.lang),
            file=file,
            line=line_of(report.source_of(verdict.act)) if line_of and verdict.act else None,
            record=record,
            title=report.title,
            act=verdict.act,
            binding=verdict.binding,
            counts=verdict.counts,
            accepted=target in accepted,
            waived=verdict.waived,
            waiver=waiver,
            text=finding_text(report, verdict, waiver, view.lang),
            judgement=report.answer_to(verdict),
        )
    for note in report.waiver_notes:
        if NOTES[note.kind] in listed:
            yield _noted(file, record, report.title, note, view, line_of)
    if LOOSE in listed:
        for item in report.loose_judgements:
            yield _loose(file, report, item, view, line_of)


def advice_of(file: str, report: Report, view: View) -> Iterator[Advised]:
    """Yield the advice of one report, in its order."""
    line_of = view.lines(file) if view.lines and report.advice else None
    record = record_key(report.decision)
    for item in report.advice:
        yield Advised(
            fingerprint=_digest(["advice", item.kind, record, item.zh]),
            rule=f"advice.{item.kind}",
            kind=item.kind,
            file=file,
            line=line_of(item.place) if line_of else None,
            title=report.title,
            text=Words(view.lang).said(item),
        )


def left_over(view: View) -> Iterator[Finding]:
    """Yield what the run as a whole shows about waivers."""
    listed = up_to(view.least)
    for file, note in view.left_over():
        if NOTES[note.kind] in listed:
            yield _noted(file, "", "", note, view, None)


def standing(report: Report, accepted: frozenset[str] | None) -> frozenset[str]:
    """Return the grades that stand against a report: what has them counts, and no baseline accepts it.

    What is wrong with its waivers stands as well, with the severity of `waivers.NOTES`.
    """
    known = accepted_targets(report, accepted)
    open_verdicts = (v for v in report.verdicts if v.counts and v.outcome in SEVERITY)
    grades = {v.grade for v in open_verdicts if (v.duty, v.act) not in known}
    found = {grade for grade in grades if grade is not None}
    return frozenset(found | {NOTES[note.kind] for note in report.waiver_notes})


def finding_text(report: Report, verdict: Verdict, waiver: Waived | None, lang: str) -> str:
    """Return what a verdict says, on one line: outcome, duty, article, act, evidence, cure and waiver."""
    words = Words(lang, "finding")
    duty: Mapping[str, Any] = report.duties[verdict.duty]
    parts = [_opening(report, verdict, waiver, lang)]
    parts += [f"{words.say(name)}: {text}" for name, text in _particulars(report, verdict, lang) if text]
    answer = report.answer_to(verdict)
    if answer is not None:
        parts.append(f"{words.say('judged')}: {judgement_text(report, answer, lang)}")
    if duty["mark"] == "V2":
        parts.append(words.say("unseen_text"))
    return words.series(parts)


def _opening(report: Report, verdict: Verdict, waiver: Waived | None, lang: str) -> str:
    duty = report.duties[verdict.duty]
    outcome = called(verdict, lang)
    if verdict.waived:
        outcome = f"{say('finding.would_be', lang)} {outcome}"
        outcome += f", {_waived_text(waiver, lang)}" if waiver else ""
    if verdict.made_good_by is not None:
        outcome += f" ({say('finding.made_good', lang)})"
    source = f"{duty['instrument'][lang]} {article_text(duty['article'], lang)}"
    return (
        f"{outcome}: {report.requirement(verdict, lang)} ({source}, {label('bearer', duty['bearer'], lang)})"
    )


def _waived_text(waiver: Waived, lang: str) -> str:
    until = f", {say('finding.until', lang)} {waiver.expires}" if waiver.expires else ""
    document = f", {waiver.document}" if waiver.document else ""
    waived = say("finding.waived", lang, approver=waiver.approver)
    return f"{waived} ({waiver.basis}{document}, {waiver.date}{until})"


def _particulars(report: Report, verdict: Verdict, lang: str) -> Iterator[tuple[str, str]]:
    duty = report.duties[verdict.duty]
    yield "act", verdict.act or ""
    yield "facts", ", ".join(_fact_text(place, value, lang) for place, value in _shown_facts(verdict))
    if verdict.outcome == "undetermined":
        yield "short", ", ".join(verdict.falls_short)
        yield "settle" if verdict.in_doubt else "missing", ", ".join(verdict.missing[:_MOST_FACTS])
    yield "disputed", ", ".join(_dispute_text(dispute, lang) for dispute in verdict.disputes)
    yield "reasons", ", ".join(label("reason", reason, lang) for reason in verdict.reasons)
    yield "caps", ", ".join(label("cap", cap, lang) for cap in verdict.caps)
    if verdict.for_a_person and duty["judgement"]:
        yield "judge", duty["judgement"][lang]
    yield "edge", ", ".join(verdict.edges)
    if verdict.face in TOLD_IN_FULL:
        yield "cure", cure_of(report, verdict)[lang]


def _shown_facts(verdict: Verdict) -> list[tuple[str, Any]]:
    return [(place, value) for place, value in decisive_facts(verdict) if value is not None][:_MOST_FACTS]


def _dispute_text(dispute: Dispute, lang: str) -> str:
    return " / ".join(
        f"{_fact_text(dispute.place, value, lang)} [{document}]" for document, value in dispute.says
    )


def _fact_text(place: str, value: Any, lang: str) -> str:
    if value is True or value is False:
        truths = _ACTS if place.startswith("acts(") else _TRUTHS
        return f"{place} = {say(f'finding.{truths[value]}', lang)}"
    shown = label("value", DENIED, lang) if is_denied(value) else value_data(value)
    if isinstance(shown, list):
        shown = Words(lang).listed(map(str, shown)) or "∅"
    return f"{place} = {str(shown)[:_LONGEST_VALUE]}"


def _noted(
    file: str, record: str, title: str, note: WaiverNote, view: View, line_of: LineOf | None
) -> Finding:
    line = note.line
    if line is None and note.place is not None and line_of is not None:
        line = line_of(note.place)
    return _beside_verdicts(
        fingerprint=_digest([note.kind, record, note.waiver, note.duty, note.act]),
        rule=f"waiver.{note.kind}",
        grade=NOTES[note.kind],
        file=note.file or file,
        line=line,
        record=record,
        title=title,
        act=note.act,
        counts=True,
        text=note_text(note, view.lang),
    )


def _loose(file: str, report: Report, item: Judged, view: View, line_of: LineOf | None) -> Finding:
    """Return an answer that is on no question; it changes nothing, and never counts."""
    record = record_key(report.decision)
    return _beside_verdicts(
        fingerprint=_digest(["judgement", item.standing, record, item.duty, item.act, item.place]),
        rule=f"judgement.{item.standing}",
        grade=LOOSE,
        file=file,
        line=None if line_of is None else line_of(item.place),
        record=record,
        title=report.title,
        act=item.act,
        counts=False,
        text=loose_text(report, item, view.lang),
    )


def _beside_verdicts(*, grade: str, **said: Any) -> Finding:
    """Return what is told as a finding though it is no verdict: nothing is in doubt about it, and it is not waived."""
    return Finding(
        outcome=grade, grade=grade, if_complete=None, class_=None, doubt="", binding="direct", accepted=False,
        waived=False, waiver=None, **said,
    )  # fmt: skip


def _digest(facts: list[str | None]) -> str:
    return fingerprint_of(json.dumps(facts))
