"""Waivers (豁免、情况说明): what stands beside a verdict and never changes it, matched in this one place.

A waiver speaks of one finding, never of more. A waiver that is unused, expired, not yet in force, too wide or
outlived by a changed record is itself a finding; so is one that names no fingerprint, since a change of the
facts would go unseen under it. A fingerprint of version 1 is matched as far as that is possible, by itself or
by the record, duty and act named beside it, and is never taken for one that was cured or outlived.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.decision import Waiver as RecordedWaiver
from decision_procedure.results.fingerprints import Target, fingerprints, record_key, version_of
from decision_procedure.results.first_fingerprints import first_acts, first_fingerprints
from decision_procedure.results.remarks import Waived, WaiverNote, nearest_duty
from decision_procedure.results.report import Report
from decision_procedure.results.waiver_files import SCHEMA_VERSION, Waiver, Written, load_waivers, waiver_name
from decision_procedure.wording import Words, both, say

NOTES: Mapping[str, str] = {
    "unused": "needs_judgement",
    "unknown_duty": "needs_judgement",
    "other_record": "undetermined",
    "expired": "needs_judgement",
    "not_yet": "needs_judgement",
    "too_wide": "needs_judgement",
    "outlived": "needs_judgement",
    "contradictory": "needs_judgement",
    "repeated": "needs_judgement",
    "version_1": "needs_judgement",
    "version_1_named": "undetermined",
    "unpinned": "undetermined",
}
"""For each kind of note, how severe it is as a finding; what it says stands in the table of words (`waiver_note`)."""

_BESIDE_STANDING = frozenset({"version_1_named", "unpinned"})


def apply_waivers(
    report: Report, waivers: Iterable[Waiver], as_of: date
) -> tuple[Report, tuple[WaiverNote, ...]]:
    """Return the report with the waivers that stand on the day `as_of`, and what is wrong with the others.

    Those of the record itself count as well. Outcomes, evidence and conclusions stay as they are; applying
    waivers anew replaces what was applied before. The report carries the notes too. Waivers that speak of
    other records give no note here: see `Run`.
    """
    case = _Case(report, as_of)
    claims = [*_recorded(case), *_filed(waivers, case)]
    standing: dict[Target, Waived] = {}
    notes: list[WaiverNote] = []
    for claim in claims:
        kind = claim.note_kind
        if claim.stands and claim.target is not None:
            if claim.target in standing:
                kind = "repeated"
            else:
                standing[claim.target] = claim.waived()
        if kind is not None:
            notes.append(claim.note(kind, case))
    changed = replace(
        report,
        verdicts=tuple(
            verdict
            if verdict.waived is ((verdict.duty, verdict.act) in standing)
            else verdict._replace(waived=not verdict.waived)
            for verdict in report.verdicts
        ),
        waivers=tuple(sorted(standing.values(), key=lambda item: (item.duty, item.act or ""))),
        waiver_notes=tuple(notes),
    )
    return changed, changed.waiver_notes


def waivers_given(report: Report) -> tuple[Waiver, ...]:
    """Return the waivers that a report was checked with, beside those of its record.

    Of a report that was read back from JSON, those that stood, each by the fingerprint of its finding.
    """
    given = () if report.workings is None else report.workings.waivers
    if given or not any(item.expires for item in report.waivers):
        return given
    found = fingerprints(report)
    return tuple(
        Waiver.model_validate(
            {
                "id": item.waiver, "finding": found[item.duty, item.act], "record": record_key(report.decision),
                "duty": item.duty, "act": item.act, "approver": item.approver, "basis": item.basis,
                "date": item.date, "expires": item.expires, "document": item.document,
            }
        )
        for item in report.waivers
        if item.expires is not None
    )  # fmt: skip


def addressed(report: Report) -> frozenset[str]:
    """Return the names of the waivers that speak of this report, whether or not they stand."""
    return frozenset((*(item.waiver for item in report.waivers), *(n.waiver for n in report.waiver_notes)))


def unused_waivers(
    waivers: Iterable[Waiver],
    spoken: Iterable[str],
    duties: Collection[str] = (),
    records: Collection[str] = (),
) -> tuple[WaiverNote, ...]:
    """Return a note on each waiver that spoke of no report of a run; `spoken` joins what `addressed` returned.

    `duties` are those that the law of the run knows, `records` the names of the records checked; empty: not known.
    """
    known = frozenset(spoken)
    return tuple(
        _note(waiver, _why_unused(waiver, duties, records), (waiver.duty, waiver.act), duties)
        for waiver in waivers
        if waiver_name(waiver) not in known
    )


@dataclass
class Run:
    """What a run over many records must know at its end of a file of waivers; `duties` are those of its law."""

    waivers: tuple[Waiver, ...]
    duties: Collection[str] = ()
    _spoken: set[str] = field(default_factory=set)
    _records: set[str] = field(default_factory=set)

    def add(self, report: Report) -> None:
        """Remember which waivers speak of a report."""
        if self.waivers:
            self._spoken |= addressed(report)
            self._records.add(record_key(report.decision))

    def left_over(self) -> tuple[WaiverNote, ...]:
        """Return a note on each waiver that spoke of no report."""
        return unused_waivers(self.waivers, self._spoken, self.duties, self._records)


def severities(notes: Iterable[WaiverNote]) -> frozenset[str]:
    """Return how severe notes are as findings."""
    return frozenset(NOTES[note.kind] for note in notes)


def note_text(note: WaiverNote, lang: str) -> str:
    """Return what is wrong with a waiver on one line: which, what, and what it speaks of."""
    about = " ".join(part for part in (note.duty, note.act) if part)
    words = Words(lang)
    head = f"{say('waiver_note.waiver', lang)} {note.waiver}"
    return words.headed(head, words.said(note)) + words.aside(about)


def _why_unused(waiver: Waiver, duties: Collection[str], records: Collection[str]) -> str:
    if waiver.duty is not None and duties and waiver.duty not in duties and "*" not in waiver.duty:
        return "unknown_duty"
    if _is_wide(waiver):
        return "too_wide"
    if waiver.record is not None and records and waiver.record not in records:
        return "other_record"
    if waiver.finding is not None and version_of(waiver.finding) == 1:
        return "version_1"
    return "unused"


class _Case:
    """The findings of one report, by target and by fingerprint, on one day."""

    def __init__(self, report: Report, as_of: date) -> None:
        self.report = report
        self.decision: Decision = report.decision
        self.record = record_key(report.decision)
        self.found = fingerprints(report)
        self.by_fingerprint = {name: target for target, name in self.found.items()}
        self.today = PartialDate.on(as_of)

    @cached_property
    def _first_acts(self) -> Mapping[str, str]:
        """The acts by the names that version 1 made from their content."""
        return first_acts(self.report)

    def act(self, name: str | None) -> str | None:
        """Return the act that a waiver names, where need be as version 1 did."""
        return self._first_acts.get(name or "", name)

    @cached_property
    def by_first(self) -> Mapping[str, Target]:
        """The findings by fingerprint of version 1, worked out when a waiver carries one."""
        return {name: target for target, name in first_fingerprints(self.report).items()}

    def knows(self, duty: str) -> bool:
        """Say whether the law of the report has a duty."""
        return duty in self.report.duties

    def of(self, finding: str) -> Target | None:
        """Return the finding that a fingerprint of either version names; None: none of this record."""
        if version_of(finding) == 1:
            return self.by_first.get(finding)
        return self.by_fingerprint.get(finding)


class _Claim(NamedTuple):
    """A waiver that speaks of this record: its target, and what is to note of it (None: nothing)."""

    waiver: Waiver | RecordedWaiver
    target: Target | None
    note_kind: str | None = None
    place: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it has effect."""
        return self.note_kind is None or self.note_kind in _BESIDE_STANDING

    def waived(self) -> Waived:
        duty, act = self.target or ("", None)
        waiver = self.waiver
        if isinstance(waiver, RecordedWaiver):
            approver, expires = waiver.authority, None
        else:
            approver, expires = waiver.approver, waiver.expires.text
        return Waived(
            duty,
            act,
            waiver_name(waiver),
            approver,
            waiver.basis,
            waiver.date.text,
            expires,
            waiver.document,
        )

    def note(self, kind: str, case: _Case) -> WaiverNote:
        named = self.target or (self.waiver.duty, getattr(self.waiver, "act", None))
        pinned = case.found.get(self.target) if kind in _BESIDE_STANDING and self.target else None
        return _note(self.waiver, kind, named, case.report.duties, self.place, f" {pinned}" if pinned else "")


def _note(
    waiver: Waiver | RecordedWaiver,
    kind: str,
    named: tuple[str | None, str | None],
    duties: Collection[str],
    place: str | None = None,
    more: str = "",
) -> WaiverNote:
    """Return a note; that on an unknown duty names the nearest one that there is."""
    duty, act = named
    text = both(f"waiver_note.{kind}")
    written = waiver.written if isinstance(waiver, Waiver) else Written()
    nearest = nearest_duty(duty, duties) if kind == "unknown_duty" and duty else None
    zh, en = text if nearest is None else both("glossary.nearest", text=text, duty=(nearest, nearest))
    return WaiverNote(
        kind, waiver_name(waiver), duty, act, zh + more, en + more, written.file, written.line, place
    )


def _filed(waivers: Iterable[Waiver], case: _Case) -> Iterator[_Claim]:
    for waiver in waivers:
        if _may_concern(waiver, case):
            claim = _claim(waiver, case)
            if claim is not None:
                yield claim


def _may_concern(waiver: Waiver, case: _Case) -> bool:
    if waiver.record is not None:
        return waiver.record == case.record
    return waiver.finding is None or case.of(waiver.finding) is not None


def _claim(waiver: Waiver, case: _Case) -> _Claim | None:
    named = (waiver.duty, case.act(waiver.act)) if waiver.duty is not None else None
    if waiver.record is not None and waiver.duty is not None and not _known_or_wide(waiver.duty, case):
        return _Claim(waiver, named, "unknown_duty")
    if _is_wide(waiver):
        concerned = waiver.record is not None or any(duty == waiver.duty for duty, _ in case.found)
        return _Claim(waiver, named, "too_wide") if concerned else None
    target = named if waiver.finding is None else case.of(waiver.finding)
    if target is None or target not in case.found:
        return None if waiver.record is None else _unmatched(waiver, named, case)
    if not _agree(waiver, target, case):
        return _Claim(waiver, target, "contradictory")
    late = _out_of_time(waiver.date, waiver.expires, case.today)
    return _Claim(waiver, target, late or ("unpinned" if waiver.finding is None else None))


def _unmatched(waiver: Waiver, named: Target | None, case: _Case) -> _Claim:
    """Return what a waiver of this record comes to whose fingerprint is that of no finding, or that names none."""
    if waiver.finding is not None and version_of(waiver.finding) == 1:
        if named not in case.found or not waiver.names_all:
            return _Claim(waiver, named, "version_1")
        late = _out_of_time(waiver.date, waiver.expires, case.today)
        return _Claim(waiver, named, late or "version_1_named")
    return _Claim(waiver, named, "outlived" if named in case.found else "unused")


def _recorded(case: _Case) -> Iterator[_Claim]:
    for index, waiver in enumerate(case.decision.waivers):
        targets = [target for target in case.found if target[0] == waiver.duty]
        place = f"waivers[{index}]"
        if len(targets) == 1:
            late = _out_of_time(waiver.date, None, case.today)
            yield _Claim(waiver, targets[0], late or "unpinned", place)
        elif not targets and not _known_or_wide(waiver.duty, case):
            yield _Claim(waiver, None, "unknown_duty", place)
        else:
            yield _Claim(waiver, None, "too_wide" if targets else "unused", place)


def _known_or_wide(duty: str, case: _Case) -> bool:
    return "*" in duty or case.knows(duty)


def _is_wide(waiver: Waiver) -> bool:
    """Say whether a waiver could speak of more than one finding."""
    if any("*" in (text or "") for text in (waiver.record, waiver.duty, waiver.act)):
        return True
    return waiver.finding is None and not waiver.names_all


def _agree(waiver: Waiver, target: Target, case: _Case) -> bool:
    return waiver.duty in (None, target[0]) and (
        "act" not in waiver.model_fields_set or case.act(waiver.act) == target[1]
    )


def _out_of_time(granted: PartialDate, expires: PartialDate | None, today: PartialDate) -> str | None:
    if granted.first > today.last:
        return "not_yet"
    return "expired" if expires is not None and expires.last < today.first else None


__all__ = [
    "NOTES",
    "SCHEMA_VERSION",
    "Run",
    "Waiver",
    "addressed",
    "apply_waivers",
    "load_waivers",
    "note_text",
    "severities",
    "unused_waivers",
    "waiver_name",
    "waivers_given",
]
