"""Fingerprints, version 2: the name of a finding, which lives exactly as long as its facts do.

A fingerprint is made of: the record (its `id`, otherwise title and deciding body), the duty, the act (its `id`
where the record gives one, otherwise its kind and content), the outcome, what the duty names in the record
(`law.naming`) with its values, and the hashes of the documents that the act names. Nothing else enters it: not
how the conditions are put together, not the evidence shown, no line, no order of keys or of lists (but for
lists that the model declares as ordered), no note, no text of the law, no day of checking. Findings alike in
all of this are numbered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from decision_procedure.model.content import text_of, unordered
from decision_procedure.model.decision import Decision, content_id, content_of
from decision_procedure.results.decisive import decisive_facts
from decision_procedure.results.report import SEVERITY, Report, Verdict

VERSION = 2
LENGTH = 32
_CHECKED = LENGTH - 4
_PRIME = 65_521  # the largest of four hexadecimal digits

Target = tuple[str, str | None]
"""What a finding is about: a duty, and the act, or None for the decision as a whole."""

Wanted = dict[str, "Wanted"]
"""What is named of one part of a record: each field, with what is named of its members."""


def record_key(decision: Decision) -> str:
    """Return the name of a record in waivers, baselines and fingerprints: its `id`, otherwise body and title."""
    return decision.id or f"{decision.body.name}/{decision.title}"


def fingerprints(report: Report) -> dict[Target, str]:
    """Return the fingerprint of every open verdict (`SEVERITY`), 32 hexadecimal digits, in the report's order."""
    facts = _Facts(report)
    found: dict[Target, str] = {}
    bases: dict[str, list[Target]] = {}
    for verdict in report.verdicts:
        if verdict.outcome in SEVERITY:
            target = (verdict.duty, verdict.act)
            found[target] = base = facts.base(verdict)
            bases.setdefault(base, []).append(target)
    for base, targets in bases.items():
        for number, target in enumerate(sorted(targets, key=lambda item: item[1] or "")):
            found[target] = fingerprint_of(base if number == 0 else f"{base}#{number}")
    return found


def fingerprint_of(text: str) -> str:
    """Return the fingerprint of a text: 28 digits of its SHA-256, and 4 that check them, as on a bank account."""
    digits = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_CHECKED]
    return digits + _check(digits)


def version_of(fingerprint: str) -> int:
    """Return which version made a fingerprint: 2 where the last four digits check the others, otherwise 1."""
    return VERSION if fingerprint[_CHECKED:] == _check(fingerprint[:_CHECKED]) else 1


def _check(digits: str) -> str:
    return f"{int(digits, 16) % _PRIME:04x}"


class _Facts:
    """The record of one report as fingerprints see it."""

    def __init__(self, report: Report) -> None:
        decision = report.decision
        self._duties = report.duties
        self._record = record_key(decision)
        self._implied = report.implied
        self._acts = {act.id or "": act for act in decision.acts}
        self._data = {name: act.model_dump(mode="json") for name, act in self._acts.items()}
        self._decision = decision.model_dump(mode="json", by_alias=True, exclude={"acts"})
        self._documents = {document.id: document for document in decision.documents}
        self._shared: dict[tuple[str, ...], Any] = {}

    def base(self, verdict: Verdict) -> str:
        """Return all that a fingerprint is made of, as one text."""
        names = self._duties[verdict.duty].names
        act = self._of_act(verdict.act)
        own = None if act is None else self._part(act, _wanted(names).get("act", {}))
        hashes = sorted({digest for name in (act or {}).get("documents", ()) if (digest := self._hash(name))})
        return text_of(
            [
                VERSION,
                self._record,
                verdict.duty,
                self._key(verdict.act),
                verdict.outcome,
                own,
                self._of_record(names),
                hashes,
            ]
        )

    def _key(self, identifier: str | None) -> Any:
        """Return what an act is known by: its `id`, otherwise kind and content; one implied, by what implies it."""
        if identifier is None:
            return None
        if identifier in self._implied:
            found = self._implied[identifier]
            return {"implied": found.kind, "by": self._key(found.source)}
        act = self._acts.get(identifier)
        if act is None or identifier != content_id(act):
            return identifier
        return [act.kind, {name: value for name, value in content_of(act).items() if name != "note"}]

    def _of_act(self, identifier: str | None) -> dict[str, Any] | None:
        """Return the data of an act; of one that another implies, what it takes over from that."""
        if identifier is None:
            return None
        if identifier not in self._implied:
            return self._data.get(identifier, {})
        source = self._acts[self._implied[identifier].source]
        begun = source.begun
        return {"round": source.round, "draft": source.draft, "date": None if begun is None else begun.text}

    def _of_record(self, names: tuple[str, ...]) -> Any:
        """Return what is named outside the act tested, the same for every act."""
        if names not in self._shared:
            wanted = _wanted(names)
            traits = self._decision["traits"]
            self._shared[names] = [
                {name: _trait(traits.get(name) or {}) for name in wanted.get("traits", ())},
                self._part(self._decision, wanted.get("decision", {})),
                {kind: self._of_kind(kind, fields) for kind, fields in wanted.get("acts", {}).items()},
            ]
        return self._shared[names]

    def _of_kind(self, kind: str, fields: Wanted) -> list[Any]:
        rows = [self._part(item, fields) for item in self._data.values() if item["kind"] == kind]
        return sorted(rows, key=text_of)

    def _part(self, data: Mapping[str, Any], wanted: Wanted) -> dict[str, Any]:
        denied, says = data.get("denied") or (), data.get("says") or {}
        return {
            name: {"denied": True}
            if name in denied
            else {"says": _sayings(says[name], name)}
            if name in says
            else self._value(name, data.get(name), inner)
            for name, inner in wanted.items()
        }

    def _value(self, name: str, value: Any, inner: Wanted) -> Any:
        if name == "documents" and inner:
            value = [{"kind": self._documents[item].kind} for item in value if item in self._documents]
        if isinstance(value, list):
            return unordered([self._part(i, inner) if isinstance(i, dict) else i for i in value], name)
        if isinstance(value, dict) and inner:
            return self._part(value, inner)
        return unordered(value)

    def _hash(self, name: str) -> str | None:
        document = self._documents.get(name)
        return None if document is None else document.sha256


def _trait(trait: Mapping[str, Any]) -> Any:
    """Return what a trait comes to: its value, or what documents say differently of it."""
    says = (trait.get("says") or {}).get("value")
    return trait.get("value") if says is None else {"says": _sayings(says, "value")}


def _sayings(says: list[dict[str, Any]], name: str) -> list[Any]:
    """Return what documents say of a field, in no order; a list whose order is a fact keeps it."""
    return unordered([{**saying, "value": {name: saying["value"]}} for saying in says])  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def _wanted(names: tuple[str, ...]) -> Wanted:
    """Return dotted names as the fields they lead through."""
    found: Wanted = {}
    for name in names:
        inner = found
        for key in name.split("."):
            inner = inner.setdefault(key, {})
    return found


__all__ = [
    "LENGTH", "VERSION", "Target", "decisive_facts", "fingerprint_of", "fingerprints", "record_key", "version_of",
]  # fmt: skip
