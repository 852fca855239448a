"""Fingerprints of version 1, as waivers and baselines of before carry them: kept to match those, made no more.

They rested on the evidence of the conditions, so that a rule said in another way changed them. Where a rule
still stands as it did, they come out as they did then.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from decision_procedure.model.decision import content_id, first_content_id
from decision_procedure.results.decisive import facts_of
from decision_procedure.results.fingerprints import LENGTH, Target, record_key
from decision_procedure.results.report import SEVERITY, Report, Verdict

_VERSION = 1
_CONTENT_ID = re.compile(r"(.+)-[0-9a-f]{10}")
_INDEX = re.compile(r"\[\d+\]")


def first_fingerprints(report: Report) -> dict[Target, str]:
    """Return the fingerprint of version 1 of every open verdict."""
    acts = _act_keys(report)
    record = record_key(report.decision)
    found: dict[Target, str] = {}
    bases: dict[str, list[Target]] = {}
    for verdict in report.verdicts:
        if verdict.outcome in SEVERITY:
            target = (verdict.duty, verdict.act)
            base = _base(verdict, record, acts)
            found[target] = base
            bases.setdefault(base, []).append(target)
    for base, targets in bases.items():
        for number, target in enumerate(sorted(targets, key=lambda item: item[1] or "")):
            found[target] = _digest(base if number == 0 else f"{base}#{number}")
    return found


def first_acts(report: Report) -> dict[str, str]:
    """Return the acts without an identifier of their own, by the names that version 1 made from their content."""
    acts = {act.id or "": act for act in report.decision.acts}
    first = {name: first_content_id(act) for name, act in acts.items() if name == content_id(act)}
    implied = {
        name: f"{first.get(item.source, item.source)}~{item.kind}" for name, item in report.implied.items()
    }
    return {old: new for new, old in (first | implied).items() if old != new and old not in acts}


def _base(verdict: Verdict, record: str, acts: Mapping[str, str]) -> str:
    facts = sorted(
        json.dumps([_stable_place(place, acts), value])
        for tree in verdict.trees.values()
        for place, value in facts_of(tree)
    )
    return json.dumps(
        [_VERSION, record, verdict.duty, acts.get(verdict.act or "", verdict.act), verdict.outcome, facts],
        separators=(",", ":"),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _act_keys(report: Report) -> dict[str, str]:
    own = {act.id: _named(act.kind, act.round, act.id) for act in report.decision.acts if act.id}
    implied = {name: f"{own[item.source]}~{item.kind}" for name, item in report.implied.items()}
    return own | implied


def _named(kind: str, number: int, identifier: str) -> str:
    """Return the stable name of an act: an identifier made from its content is left out."""
    match = _CONTENT_ID.fullmatch(identifier)
    return f"{kind}/{number}" if match and match[1] == kind else f"{kind}/{number}/{identifier}"


def _stable_place(place: str, acts: Mapping[str, str]) -> str:
    """Return a place with its act by stable name and without positions in lists."""
    if not place.startswith("acts["):
        return _INDEX.sub("[]", place)
    end = place.find("]")
    while end >= 0:
        identifier = place[len("acts[") : end]
        if identifier in acts:
            return f"acts[{acts[identifier]}]{_INDEX.sub('[]', place[end + 1 :])}"
        end = place.find("]", end + 1)
    return place
