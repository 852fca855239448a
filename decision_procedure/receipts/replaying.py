"""Replay: whether the check of a receipt, run again, gives the same bytes, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from decision_procedure.errors import UnusableInput
from decision_procedure.law.applicable import Law
from decision_procedure.receipts.canonical import canonical_json
from decision_procedure.receipts.differences import data_differences, rule_differences
from decision_procedure.receipts.digests import Digest, digest_of_text
from decision_procedure.receipts.forms import Dossier, Receipt
from decision_procedure.receipts.materials import (
    calendar_digest,
    calendar_version,
    engine_versions,
    rule_texts,
)
from decision_procedure.report import Report
from decision_procedure.sources import read_json
from decision_procedure.sources.characters import plain

Kind = Literal["altered", "record", "law", "missing", "calendar", "engine", "report"]

LABELS: dict[Kind, tuple[str, str]] = {
    "altered": ("卷宗内容与回执指纹不符", "the dossier's text does not fit the receipt"),
    "record": ("案卷有变", "the record changed"),
    "law": ("法律规则有变", "the law changed"),
    "missing": ("未载入回执所依据的规则文件", "a rule file that the receipt rests on is not loaded"),
    "calendar": ("节假日数据有变", "the calendar changed"),
    "engine": ("程序版本有变", "the engine changed"),
    "report": ("报告有变", "the report changed"),
}


class Change(NamedTuple):
    """One thing that is not as it was.

    `name` is a text of the dossier, a file of law, an engine or a verdict (`duty` or `duty@act`); `path` and
    `line` the place in it (None: the whole). `before` and `after` are what stood and stands there; None: nothing,
    or not known because the dossier leaves the earlier text out.
    """

    kind: Kind
    name: str
    path: str = ""
    line: int | None = None
    before: str | None = None
    after: str | None = None

    def text(self, lang: str = "zh") -> str:
        """Return the change as one line for people."""
        where = self.name if self.line is None else f"{self.name}:{self.line}"
        what = LABELS[self.kind][0 if lang == "zh" else 1]
        line = ": ".join(part for part in (what, where, self.path) if part)
        return f"{line}: {_short(self.before)} → {_short(self.after)}"


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of a replay. `same`: the report came out with the same bytes."""

    same: bool
    changes: tuple[Change, ...]

    @property
    def faithful(self) -> bool:
        """Whether the same bytes came out of a dossier and a record that nobody altered."""
        return self.same and not any(change.kind in ("altered", "record") for change in self.changes)


def compared(dossier: Dossier, report: Report, law: Law) -> Replay:
    """Return whether a report, made anew by `law` as the receipt says, is the one of the receipt, and what changed.

    Raises UnusableInput for a text of the dossier that is no record or no report, though its fingerprint fits.
    """
    findings = report.to_dict()
    altered = tuple(dossier.altered())
    same = Digest.of(canonical_json(findings)) == dossier.receipt.report
    changes = [Change("altered", name) for name in altered]
    changes += _record_changes(dossier, findings["record"], trusted="record" not in altered)
    changes += _law_changes(dossier.receipt, dossier.rules, rule_texts(law))
    changes += _calendar_changes(dossier.receipt)
    changes += _engine_changes(dossier.receipt)
    if not same:
        changes += _report_changes(None if "report" in altered else dossier.report, findings)
    return Replay(same, tuple(changes))


def _record_changes(dossier: Dossier, used: dict[str, Any], *, trusted: bool) -> Iterator[Change]:
    if Digest.of(canonical_json(used)) == dossier.receipt.record:
        return
    if dossier.record is None or not trusted:
        yield Change("record", "record")
        return
    for item in data_differences(read_json(dossier.record, "record").data, used):
        yield Change("record", "record", *item)


def _law_changes(receipt: Receipt, kept: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted({*receipt.rules, *now}):
        if name not in now:
            yield Change("missing", name, before="…")
        elif name not in receipt.rules:
            yield Change("law", name, after="…")
        elif digest_of_text(now[name]) != receipt.rules[name]:
            if name not in kept:
                yield Change("law", name, before="…", after="…")
                continue
            for item in rule_differences(kept[name], now[name], name):
                yield Change("law", name, *item)


def _calendar_changes(receipt: Receipt) -> Iterator[Change]:
    if receipt.calendar_version != calendar_version():
        yield Change("calendar", "version", before=receipt.calendar_version, after=calendar_version())
    if receipt.calendar != calendar_digest():
        yield Change("calendar", "data", before=receipt.calendar.sha256, after=calendar_digest().sha256)


def _engine_changes(receipt: Receipt) -> Iterator[Change]:
    now = engine_versions()
    for name in sorted({*receipt.engines, *now}):
        if receipt.engines.get(name) != now.get(name):
            yield Change("engine", name, before=receipt.engines.get(name), after=now.get(name))


def _report_changes(kept: str | None, findings: dict[str, Any]) -> Iterator[Change]:
    if kept is None:
        yield Change("report", "report")
        return
    old, new = _verdicts(_report_of(kept)), _verdicts(findings)
    found = False
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            found = True
            yield Change("report", name, before=_outcome(old.get(name)), after=_outcome(new.get(name)))
    if not found:
        yield Change("report", "report")


class _Verdict(BaseModel):
    """What a replay reads of a verdict in a report that was kept; whatever else it holds is compared as it is."""

    model_config = ConfigDict(strict=True, extra="allow")

    duty: str
    act: str | None
    outcome: str


class _Kept(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    verdicts: list[_Verdict]


def _report_of(text: str) -> dict[str, Any]:
    """Return the data of a report that was kept. Raises UnusableInput with every fault in it."""
    source = read_json(text, "report")
    try:
        _Kept.model_validate(source.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise UnusableInput(
            source.fault(item["loc"], f"不是报告:{item['msg']}", f"no report: {item['msg']}")
            for item in found
        ) from None
    data: dict[str, Any] = source.data
    return data


def _verdicts(report: dict[str, Any]) -> dict[str, Any]:
    return {
        item["duty"] + ("" if item["act"] is None else f"@{item['act']}"): item for item in report["verdicts"]
    }


def _outcome(verdict: dict[str, str] | None) -> str | None:
    return None if verdict is None else verdict["outcome"]


def _short(text: str | None) -> str:
    if text is None:
        return "∅"
    shown = plain(text)
    return shown if len(shown) <= 200 else shown[:199] + "…"


__all__ = ["LABELS", "Change", "Replay", "compared"]
