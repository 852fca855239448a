"""Facts and rules in the engine's own JSON, and its messages read back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from operator import itemgetter
from typing import Any

from decision_procedure.inference.rules_file import FactKind, Pattern, ProductionRule, ProductionRules
from decision_procedure.results.conclusions import Fact

Values = tuple[str, ...]
Tokens = defaultdict[str, str]


def tokens_of(rules: ProductionRules) -> dict[str, str]:
    """Return the tokens for the texts that the rules themselves name, the same in every run."""
    tokens = fresh_tokens({})
    for pattern in _patterns(rules):
        for _, value in pattern.constants:
            tokens[value]
    return dict(tokens)


def fresh_tokens(constants: Mapping[str, str]) -> Tokens:
    """Return the tokens of one run: those of the rules, and one for every other text that is looked up."""
    return defaultdict(map("t{}".format, count(len(constants))).__next__, constants)


def picker(places: Sequence[int]) -> Callable[[Values], Values]:
    """Return a function that takes the values at these places out of others."""
    if len(places) > 1:
        return itemgetter(*places)
    first = places[0] if places else 0
    return itemgetter(slice(first, first + len(places)))


@dataclass(frozen=True, slots=True)
class Shape:
    """How facts of a kind are written: its properties, those that take listed words, and what the engine sees.

    The engine sees what rules compare, and only that: conclusions are drawn from our facts, not from its.
    `template` is for the session, its serial number there, and the tokens of what is seen.
    """

    names: tuple[str, ...]
    words: tuple[tuple[int, tuple[str, ...]], ...]
    seen: Callable[[Values], Values]
    width: int
    template: str

    @classmethod
    def of(cls, kind: FactKind, compared: frozenset[tuple[str, str]]) -> Shape:
        """Return the shape of a kind, of which the engine sees those of the compared properties it has."""
        names = tuple([name for name, _ in kind.properties])
        domains = enumerate([domain for _, domain in kind.properties])
        seen = [at for at, name in enumerate(names) if (kind.name, name) in compared]
        tail = "".join([f',"{names[at]}":"%s"' for at in seen])
        return cls(
            names,
            tuple([(at, domain) for at, domain in domains if domain != "text"]),
            picker(seen),
            len(seen),
            f'{{"sid":"%session","id":"%session#%s#","{_mark(kind.name)}":1{tail}}}',
        )

    def admits(self, facts: Iterable[Fact]) -> bool:
        """Return whether facts have just these properties with such values."""
        size = len(self.names)
        for _, names, values, _ in facts:
            if names != self.names or len(values) != size:
                return False
            for at, words in self.words:
                if values[at] not in words:
                    return False
        return _TEXT.issuperset(map(type, chain.from_iterable([fact.values for fact in facts])))

    def write(self, facts: Mapping[str, Fact], session: str, tokens: Tokens) -> list[str]:
        """Return facts, by their serial numbers, as JSON objects."""
        template = self.template.replace("%session", session)
        seen = chain.from_iterable(map(self.seen, [fact.values for fact in facts.values()]))
        written = map(tokens.__getitem__, seen)
        return [template % row for row in zip(facts, *[written] * self.width, strict=True)]


_TEXT = frozenset({str})


def shapes_of(rules: ProductionRules) -> dict[str, Shape]:
    """Return the shapes of all kinds of facts and conclusions."""
    compared = _compared(rules)
    return {kind.name: Shape.of(kind, compared) for kind in (*rules.facts, *rules.conclusions)}


def _compared(rules: ProductionRules) -> frozenset[tuple[str, str]]:
    """Return the properties, by kind, that some rule compares with a word or with another fact."""
    found = {(pattern.kind, name) for pattern in _patterns(rules) for name, _ in pattern.constants}
    for rule in rules.rules():
        places: dict[str, list[tuple[str, str]]] = {}
        for pattern in rule.patterns:
            for name, variable in pattern.variables:
                places.setdefault(variable, []).append((pattern.kind, name))
        found.update(place for shared in places.values() if len(shared) > 1 for place in shared)
    return frozenset(found)


def _patterns(rules: ProductionRules) -> Iterator[Pattern]:
    return (pattern for rule in rules.rules() for pattern in rule.patterns)


def bindings(patterns: Sequence[Pattern]) -> dict[str, tuple[int, str]]:
    """Return, for each variable, the first pattern that binds it and the property there."""
    bound: dict[str, tuple[int, str]] = {}
    for index, pattern in enumerate(patterns):
        for name, variable in pattern.variables:
            bound.setdefault(variable, (index, name))
    return bound


def program(rules: ProductionRules, tokens: Mapping[str, str]) -> str:
    """Return the rules in the engine's own JSON, by their numbers, their texts replaced by these tokens."""
    written: dict[str, Any] = {
        f"#{number}#": {"all": list(_conditions(rule, tokens))} for number, rule in enumerate(rules.rules())
    }
    written["end"] = {"all": [{"m": {"$ex": {"batch": 1}}}]}
    written["any"] = {"all": [{"m": {"$ex": {"sid": 1}}}, {"never": {"never": 1}}]}
    return json.dumps(written)


def end(batch: int, session: str) -> tuple[str, str]:
    """Return the fact that ends a batch of facts, and the message that the engine has seen it."""
    fact = f'{{"sid":"{session}","batch":{batch}}}'
    return fact, f'{{"end":{{"m":{fact}}}}}'


def read(messages: Iterable[str]) -> Iterator[str]:
    """Yield, for each message, the number of the rule that fired, and the serials of the facts that met its patterns.

    The facts stand in the order of the patterns. All was written here, and only these between two `#`.
    """
    return iter("".join(messages).split("#")[1::2])


def _mark(kind: str) -> str:
    """Return the property that facts of a kind alone have: a name in capitals, as no other has."""
    return kind.upper()


def _conditions(rule: ProductionRule, tokens: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    bound = bindings(rule.patterns)
    for index, pattern in enumerate(rule.patterns):
        fixed = [{name: tokens[value]} for name, value in pattern.constants]
        joins = [
            {name: {f"p{bound[variable][0]}": bound[variable][1]}}
            for name, variable in pattern.variables
            if bound[variable][0] != index
        ]
        # If the last comparison of two facts is the first to fail, the engine reads beyond the end of its list.
        # Written twice, it is not. (`sid`, which never differs, cannot serve: the engine loses its text.)
        yield {f"p{index}": {"$and": [{"$ex": {_mark(pattern.kind): 1}}, *fixed, *joins, *joins[-1:]]}}
