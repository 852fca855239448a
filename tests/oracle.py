"""A plain forward chainer over the same rule data: slow, short, and sharing no code with the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from decision_procedure.results.conclusions import Conclusion, Fact

Values = dict[str, Any]


class Oracle:
    """Draws all conclusions of a rules file by trying every fact on every pattern."""

    def __init__(self, text: str) -> None:
        self._strata = [stratum["rules"] for stratum in yaml.safe_load(text)["strata"]]

    def infer(self, facts: Iterable[Fact]) -> tuple[Conclusion, ...]:
        known = {fact: dict(fact.items()) for fact in facts}
        conclusions: set[Conclusion] = set()
        for rules in self._strata:
            fresh = {conclusion for rule in rules for conclusion in _apply(rule, known)}
            conclusions |= fresh
            known.update((conclusion.fact, dict(conclusion.fact.items())) for conclusion in fresh)
        return tuple(sorted(conclusions))


def _apply(rule: dict[str, Any], known: dict[Fact, Values]) -> Iterator[Conclusion]:
    ((kind, then),) = rule["then"].items()
    for premises, bound in _matches(rule["if"], known, {}):
        fact = Fact.of(kind, **{name: bound.get(value, value) for name, value in then.items()})
        yield Conclusion(fact, rule["id"], premises)


def _matches(
    patterns: list[Any], known: dict[Fact, Values], bound: Values
) -> Iterator[tuple[tuple[Fact, ...], Values]]:
    if not patterns:
        yield (), bound
        return
    ((kind, pattern),) = patterns[0].items()
    for fact, values in known.items():
        met = _met(pattern, values, bound) if fact.kind == kind else None
        if met is not None:
            for premises, complete in _matches(patterns[1:], known, met):
                yield (fact, *premises), complete


def _met(pattern: Values, values: Values, bound: Values) -> Values | None:
    met = dict(bound)
    for name, value in pattern.items():
        wanted = met.setdefault(value, values[name]) if str(value).startswith("$") else value
        if wanted != values[name]:
            return None
    return met
