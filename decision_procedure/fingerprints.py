"""Fingerprints: the name of a finding, which lives exactly as long as its facts do.

A fingerprint is made of: the record (its `id`, otherwise title and deciding body), the duty, the act (kind,
round, and its `id` where the record gives one), the outcome, and the decisive facts: every place of the record
that the truth of the conditions rests on, with its value. Nothing else enters it: no line, no order of keys or
of list members (but for `speaking_order` and `parts_in_order`, whose order is the fact), no note, no text of
the law, no day of checking. Findings alike in all of this are numbered.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from decision_procedure.law.evidence import Tree, place_text, value_data
from decision_procedure.law.types import Many, Thing, fields_of
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.decision import Decision
from decision_procedure.report import SEVERITY, Report, Verdict

VERSION = 1
LENGTH = 32

Target = tuple[str, str | None]
"""What a finding is about: a duty, and the act, or None for the decision as a whole."""

Fact = tuple[str, Any]
"""A place of the record, as text, and its value as JSON data (None: unknown)."""

_IN_ORDER = frozenset(("speaking_order", "parts_in_order"))
_CONTENT_ID = re.compile(r"(.+)-[0-9a-f]{10}")
_INDEX = re.compile(r"\[\d+\]")
_CONNECTIVES = frozenset(("and", "or", "first_known"))
_QUANTIFIERS = {"any_of": True, "all_of": False}


def record_key(decision: Decision) -> str:
    """Return the name of a record in waivers, baselines and fingerprints: its `id`, otherwise body and title."""
    return decision.id or f"{decision.body.name}/{decision.title}"


def fingerprints(report: Report) -> dict[Target, str]:
    """Return the fingerprint of every open verdict (`SEVERITY`), 32 hexadecimal digits, in the report's order."""
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


def decisive_facts(verdict: Verdict) -> tuple[Fact, ...]:
    """Return the places that a verdict rests on, with their values, without repetition, in reading order."""
    found: dict[str, Fact] = {}
    for tree in verdict.trees.values():
        for fact in _facts(tree):
            found.setdefault(json.dumps(fact), fact)
    return tuple(found.values())


def _base(verdict: Verdict, record: str, acts: Mapping[str, str]) -> str:
    facts = sorted(
        json.dumps([_stable_place(place, acts), value])
        for tree in verdict.trees.values()
        for place, value in _facts(tree)
    )
    return json.dumps(
        [VERSION, record, verdict.duty, acts[verdict.act] if verdict.act else None, verdict.outcome, facts],
        separators=(",", ":"),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _facts(tree: Tree) -> Iterator[Fact]:
    node, value, _, place, children = tree
    if node.operator == "count" and value is not None:
        yield f"count({place_text(children[0][3])})", value[0]
    elif place and node.operator != "value":
        text = place_text(place)
        yield text, _value(node.operator, text, value)
    for child in _deciding(tree):
        yield from _facts(child)


def _deciding(tree: Tree) -> tuple[Tree, ...]:
    """Return the children that the truth of a node rests on: those that share it, where one is enough."""
    node, _, truth, _, children = tree
    if node.operator in _CONNECTIVES:
        return tuple(child for child in children if child[2] is truth) or children
    if node.operator in _QUANTIFIERS and children:
        source, *results = children
        alike = tuple(result for result in results if result[2] is truth)
        return alike if truth is _QUANTIFIERS[node.operator] else (source, *alike)
    return children


def _value(operator: str, place: str, value: Any) -> Any:
    name = place.rpartition(".")[2]
    if operator == "acts" or name in _lists_of_parts():
        return bool(value)
    data = value_data(value)
    return sorted(data, key=str) if operator == "list" and name not in _IN_ORDER else data


@lru_cache(maxsize=1)
def _lists_of_parts() -> frozenset[str]:
    """Return the fields that hold lists of parts: what is read of a part stands in the tree by itself."""
    return frozenset(
        name
        for model in ACT_CLASSES.values()
        for name, kind in fields_of(model).items()
        if isinstance(kind, Many) and isinstance(kind.item, Thing)
    )


def _act_keys(report: Report) -> dict[str, str]:
    own = {act.id: _named(act.kind, act.round, act.id) for act in report.decision.acts if act.id}
    implied = {name: f"{own[source]}~{kind}" for name, (source, kind) in report.implied.items()}
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
