"""Replay: whether the check of a receipt, run again, gives the same bytes, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from decision_procedure.clock import departures
from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.receipts.canonical import canonical_json
from decision_procedure.keeping.receipts.checks import Check, check_lines
from decision_procedure.keeping.receipts.differences import data_differences, rule_differences
from decision_procedure.keeping.receipts.forms import Dossier, NoticeUsed, Receipt
from decision_procedure.keeping.receipts.materials import (
    calendar_digest,
    calendar_version,
    engine_versions,
    rule_texts,
)
from decision_procedure.keeping.receipts.signing import Verifier
from decision_procedure.law.applicable import Law
from decision_procedure.model.kept import kept_data
from decision_procedure.model.reading import read_record
from decision_procedure.results.first_reports import as_schema_1
from decision_procedure.results.report import Report, record_data
from decision_procedure.sources.characters import plain
from decision_procedure.wording import LANGUAGES, Words, say

Kind = Literal["altered", "record", "law", "missing", "calendar", "engine", "report"]


class Change(NamedTuple):
    """One thing that is not as it was.

    `name` is a text of the dossier, a file of law, an engine or a verdict (`duty` or `duty@act`); `path` and
    `line` the place in it (None: the whole): of a verdict, what of it differs beside its outcome. `before` and
    `after` are what stood and stands there; None: nothing, or not known because the dossier leaves the earlier
    text out.
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
        what = say(f"dossier.change_{self.kind}", lang)
        line = ": ".join(part for part in (what, where, self.path) if part)
        if self.before is None and self.after is None:
            return line
        return f"{line}: {_short(self.before)} → {_short(self.after)}"


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of a replay. `same`: the report came out with the same bytes.

    `checks` says what was verified of the dossier, and what not; `made_by` the version of each part of the engine
    that made the report of the receipt, empty where it is today's. `notices` are the notices of holidays that the receipt
    names, by which the check was run again.
    """

    same: bool
    changes: tuple[Change, ...]
    checks: tuple[Check, ...] = ()
    made_by: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[NoticeUsed, ...] = ()

    @property
    def faithful(self) -> bool:
        """Whether the same bytes came out of a dossier and a record that nobody altered, and nothing checked failed."""
        altered = any(change.kind in ("altered", "record") for change in self.changes)
        return self.same and not altered and not any(check.state == "failed" for check in self.checks)

    def lines(self, lang: str = "zh") -> Iterator[str]:
        """Yield what came of it as lines for people: the result, the engine, what changed, what was verified."""
        yield say("dossier.same" if self.same else "dossier.other", lang)
        if self.made_by:
            made = Words(lang).listed(f"{name} {of[:12]}" for name, of in self.made_by.items())
            yield Words(lang).headed(say("dossier.made_by", lang), made)
        for notice in self.notices:
            other = departures(notice.published)
            told = say("dossier.notice_other", lang, number=other) if other else ""
            yield say("dossier.notice", lang, year=notice.year, source=plain(notice.source)) + told
        for change in self.changes:
            yield change.text(lang)
        yield from check_lines(self.checks, lang)


def compared(
    dossier: Dossier, report: Report, law: Law, *, given: bool, verifier: Verifier | None = None
) -> Replay:
    """Return whether a report, made anew by `law` as the receipt says, is the one of the receipt, and what changed.

    `given` says that another record than the one kept was checked. Raises UnusableArgument for a dossier without
    its nonce, UnusableInput for a text of it that is no record or no report, though its fingerprint fits.
    """
    findings = report.to_dict()
    same = _fits(dossier, findings) or _fits(dossier, as_schema_1(findings))
    if same is None:
        raise UnusableArgument(
            "卷宗缺少随机数，不能复核 the dossier comes without its nonce: nothing can be compared"
        )
    altered = tuple(dossier.altered())
    changes = [Change("altered", name) for name in altered]
    engines = tuple(_engine_changes(dossier.receipt))
    if given:
        known = "record" not in altered
        changes += _record_changes(dossier, findings["record"], law, known=known, alike=not engines)
    changes += _law_changes(dossier, rule_texts(law))
    changes += _calendar_changes(dossier.receipt)
    changes += engines
    if not same:
        changes += _report_changes(None if "report" in altered else dossier.report, findings)
    made_by = dossier.receipt.engines if engines else {}
    return Replay(same, tuple(changes), dossier.checks(verifier), made_by, dossier.receipt.notices)


def _fits(dossier: Dossier, findings: dict[str, Any]) -> bool | None:
    return dossier.fits("report", canonical_json(findings).decode())


def _record_changes(
    dossier: Dossier, used: dict[str, Any], law: Law, *, known: bool, alike: bool
) -> Iterator[Change]:
    """Yield where another record than that of the dossier differs from it.

    Both are compared as today's engine writes them, so that its own changes are not taken for those of a record:
    where the dossier holds none that fits, nothing can be told unless the engines are `alike`.
    """
    if dossier.fits("record", canonical_json(used).decode()):
        return
    if dossier.record is not None and known:
        kept = record_data(read_record(dossier.record, "record", law.models, json=True))
        for item in data_differences(kept, used):
            yield Change("record", "record", *item)
    elif alike:
        yield Change("record", "record")


def _law_changes(dossier: Dossier, now: Mapping[str, str]) -> Iterator[Change]:
    known, kept = dossier.receipt.rules, dossier.rules
    for name in sorted({*known, *now}):
        if name not in now:
            yield Change("missing", name, before="…")
        elif name not in known:
            yield Change("law", name, after="…")
        elif not dossier.fits(f"rules/{name}", now[name]):
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
    data = _report_of(kept)
    if data.get("schema") == 1:
        findings = as_schema_1(findings)
    changes = _verdict_changes(_verdicts(data), _verdicts(findings))
    if changes:
        yield from changes
    else:
        yield Change("report", "report", _unlike(data, findings))


def _verdict_changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Return the verdicts that differ, those with another outcome first.

    What only one of the engines writes of a verdict is its form, not a difference.
    """
    found = []
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        outcomes = _outcome(before), _outcome(after)
        unlike = "" if before is None or after is None else _unlike(before, after)
        if outcomes[0] != outcomes[1]:
            found.append(Change("report", name, "", None, *outcomes))
        elif unlike:
            found.append(Change("report", name, unlike, None, *outcomes))
    return sorted(found, key=lambda change: change.before == change.after)


def _unlike(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    shared = old.keys() & new.keys()
    return ", ".join(sorted(key for key in shared if _unworded(old[key]) != _unworded(new[key])))


def _unworded(data: Any) -> Any:
    """Return data without what conditions are called: other words for the same are no difference."""
    if isinstance(data, dict):
        return {key: _unworded(value) for key, value in data.items() if key not in LANGUAGES}
    return [_unworded(item) for item in data] if isinstance(data, list) else data


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
    return kept_data(text, "report", _Kept, ("不是报告", "no report"))


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


__all__ = ["Change", "Replay", "compared"]
