"""Waivers (豁免、情况说明): what stands beside a verdict and never changes it, matched in this one place.

A waiver speaks of one finding, never of more. A waiver that is unused, expired, not yet in force, too wide or
outlived by a changed record is itself a finding; so is one that names no fingerprint, since a change of the
facts would go unseen under it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, StringConstraints

from decision_procedure.errors import UnusableInput
from decision_procedure.fingerprints import Target, fingerprints, record_key
from decision_procedure.model.base import Identifier, Part, Text
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.decision import Waiver as RecordedWaiver
from decision_procedure.model.translating import read_validated
from decision_procedure.remarks import Waived, WaiverNote
from decision_procedure.report import Report

SCHEMA_VERSION = 1

NOTES: Mapping[str, tuple[str, str, str]] = {
    "unused": (
        "豁免未被使用:没有相应的问题(已经纠正,或者事实已变化),应予撤销",
        "a waiver without use: there is no such finding (it was cured, or its facts changed); withdraw it",
        "needs_judgement",
    ),
    "expired": (
        "豁免已过期,不再起作用",
        "the waiver has expired and has no effect any more",
        "needs_judgement",
    ),
    "not_yet": (
        "豁免的批准日期晚于检查日期,尚不起作用",
        "the waiver was approved after the day of checking and has no effect yet",
        "needs_judgement",
    ),
    "too_wide": (
        "豁免范围过宽:应写明问题指纹,或者案卷、义务和行为,不起作用",
        "the waiver is too wide: it must name a fingerprint, or record, duty and act; it has no effect",
        "needs_judgement",
    ),
    "outlived": (
        "案卷事实在豁免之后有变化,豁免不再起作用",
        "the facts have changed since the waiver, which has no effect any more",
        "needs_judgement",
    ),
    "contradictory": (
        "豁免的指纹与所写义务、行为不是同一问题,不起作用",
        "the fingerprint of the waiver is not of the duty and act it names; it has no effect",
        "needs_judgement",
    ),
    "repeated": (
        "同一问题已有豁免,此项多余",
        "the finding is waived already: this waiver is one too many",
        "needs_judgement",
    ),
    "unpinned": (
        "豁免未写问题指纹,事实变化后仍会适用;指纹为",
        "the waiver names no fingerprint and would outlast a change of the facts; the fingerprint is",
        "undetermined",
    ),
}
"""For each kind of note: Chinese, English, and how severe it is as a finding."""


def _whole_day(value: PartialDate) -> PartialDate:
    if len(value.text) != len("2024-01-31"):
        raise ValueError("应为完整的日期 a whole day is wanted")
    return value


Day = Annotated[PartialDate, AfterValidator(_whole_day)]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class Waiver(Part):
    """One waiver of a waiver file.

    It names the `finding` by fingerprint, or `record`, `duty` and `act` (an explicit null: the decision as a
    whole); both together are best. `expires` is the last day on which it has effect. `document` names the
    document that grants it.
    """

    id: Identifier | None = None
    finding: Fingerprint | None = None
    record: Text | None = None
    duty: Text | None = None
    act: Identifier | None = None
    approver: Text
    basis: Text
    date: Day
    expires: Day
    document: Text


class WaiverFile(Part):
    """A waiver file."""

    schema_: Literal[1] = Field(alias="schema")
    waivers: tuple[Waiver, ...] = ()


CHINESE: Mapping[str, str] = {
    "格式版本": "schema", "豁免": "waivers", "编号": "id", "问题指纹": "finding", "案卷": "record",
    "义务": "duty", "行为": "act", "批准人": "approver", "理由": "basis", "日期": "date",
    "有效期至": "expires", "依据文件": "document",
}  # fmt: skip


def load_waivers(path: str | Path) -> tuple[Waiver, ...]:
    """Return the waivers of a YAML or JSON file. Raises UnusableInput with every fault in it."""
    found, written = read_validated(Path(path), WaiverFile, CHINESE)
    faults = [written.fault(("waivers", index), zh, en) for index, (zh, en) in _unsound(found.waivers)]
    if faults:
        raise UnusableInput(faults)
    return found.waivers


def waiver_name(waiver: Waiver | RecordedWaiver) -> str:
    """Return the `id` of a waiver, otherwise a name made from its content."""
    given = getattr(waiver, "id", None)
    return given or "w-" + hashlib.sha256(waiver.model_dump_json().encode()).hexdigest()[:10]


def apply_waivers(
    report: Report, waivers: Iterable[Waiver], as_of: date
) -> tuple[Report, tuple[WaiverNote, ...]]:
    """Return the report with the waivers that stand on the day `as_of`, and what is wrong with the others.

    Those of the record itself count as well. Outcomes, evidence and conclusions stay as they are; applying
    waivers anew replaces what was applied before. The report carries the notes too. Waivers that speak of
    other records give no note here: see `unused_waivers`.
    """
    case = _Case(report, as_of)
    claims = [*_recorded(case), *_filed(waivers, case)]
    standing: dict[Target, Waived] = {}
    notes: list[WaiverNote] = []
    for claim in claims:
        kind = claim.wrong or ("repeated" if claim.target in standing else None)
        if kind is None and claim.target is not None:
            standing[claim.target] = claim.waived()
            kind = None if claim.pinned else "unpinned"
        if kind is not None:
            notes.append(claim.note(kind, case.found.get(claim.target) if claim.target else None))
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


def addressed(report: Report) -> frozenset[str]:
    """Return the names of the waivers that speak of this report, whether or not they stand."""
    return frozenset((*(item.waiver for item in report.waivers), *(n.waiver for n in report.waiver_notes)))


def unused_waivers(waivers: Iterable[Waiver], spoken: Iterable[str]) -> tuple[WaiverNote, ...]:
    """Return a note on each waiver that spoke of no report of a run; `spoken` joins what `addressed` returned."""
    known = frozenset(spoken)
    left = [waiver for waiver in waivers if waiver_name(waiver) not in known]
    return tuple(
        _Claim(waiver, (waiver.duty, waiver.act) if waiver.duty else None).note(
            "too_wide" if _is_wide(waiver) else "unused", None
        )
        for waiver in left
    )


def _unsound(waivers: tuple[Waiver, ...]) -> Iterator[tuple[int, tuple[str, str]]]:
    names = [waiver_name(waiver) for waiver in waivers]
    for index, waiver in enumerate(waivers):
        if names[index] in names[:index]:
            yield index, ("豁免重复", "the same waiver twice")
        if waiver.expires.last < waiver.date.first:
            yield index, ("有效期早于批准日期", "it expires before it is granted")


class _Case:
    """The findings of one report, by target and by fingerprint, on one day."""

    def __init__(self, report: Report, as_of: date) -> None:
        self.decision: Decision = report.decision
        self.record = record_key(report.decision)
        self.found = fingerprints(report)
        self.by_fingerprint = {name: target for target, name in self.found.items()}
        self.today = PartialDate.on(as_of)


class _Claim(NamedTuple):
    """A waiver that speaks of this record: its target, and what keeps it from standing (None: nothing)."""

    waiver: Waiver | RecordedWaiver
    target: Target | None
    wrong: str | None = None

    @property
    def pinned(self) -> bool:
        return isinstance(self.waiver, Waiver) and self.waiver.finding is not None

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

    def note(self, kind: str, fingerprint: str | None) -> WaiverNote:
        duty, act = self.target or (self.waiver.duty, None)
        zh, en, _ = NOTES[kind]
        more = f" {fingerprint}" if kind == "unpinned" and fingerprint else ""
        return WaiverNote(kind, waiver_name(self.waiver), duty, act, zh + more, en + more)


def _filed(waivers: Iterable[Waiver], case: _Case) -> Iterator[_Claim]:
    for waiver in waivers:
        if _may_concern(waiver, case):
            claim = _claim(waiver, case)
            if claim is not None:
                yield claim


def _may_concern(waiver: Waiver, case: _Case) -> bool:
    if waiver.record is not None:
        return waiver.record == case.record
    return waiver.finding is None or waiver.finding in case.by_fingerprint


def _claim(waiver: Waiver, case: _Case) -> _Claim | None:
    named = (waiver.duty, waiver.act) if waiver.duty is not None else None
    if _is_wide(waiver):
        concerned = waiver.record is not None or any(duty == waiver.duty for duty, _ in case.found)
        return _Claim(waiver, named, "too_wide") if concerned else None
    target = named if waiver.finding is None else case.by_fingerprint.get(waiver.finding)
    if target is None or target not in case.found:
        if waiver.record is None:
            return None
        return _Claim(waiver, named, "outlived" if named in case.found else "unused")
    if not _agree(waiver, target):
        return _Claim(waiver, target, "contradictory")
    return _Claim(waiver, target, _out_of_time(waiver.date, waiver.expires, case.today))


def _recorded(case: _Case) -> Iterator[_Claim]:
    for waiver in case.decision.waivers:
        targets = [target for target in case.found if target[0] == waiver.duty]
        if len(targets) != 1:
            yield _Claim(waiver, None, "too_wide" if targets else "unused")
        else:
            yield _Claim(waiver, targets[0], _out_of_time(waiver.date, None, case.today))


def _is_wide(waiver: Waiver) -> bool:
    """Say whether a waiver could speak of more than one finding."""
    if any("*" in (text or "") for text in (waiver.record, waiver.duty, waiver.act)):
        return True
    whole = waiver.record and waiver.duty and "act" in waiver.model_fields_set
    return waiver.finding is None and not whole


def _agree(waiver: Waiver, target: Target) -> bool:
    return waiver.duty in (None, target[0]) and (
        "act" not in waiver.model_fields_set or waiver.act == target[1]
    )


def _out_of_time(granted: PartialDate, expires: PartialDate | None, today: PartialDate) -> str | None:
    if granted.first > today.last:
        return "not_yet"
    return "expired" if expires is not None and expires.last < today.first else None
