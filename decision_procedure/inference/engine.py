"""Drawing conclusions: batch by batch, until nothing new follows."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from decision_procedure.errors import EngineFailure
from decision_procedure.inference.encoding import (
    Shape,
    Values,
    bindings,
    fresh_tokens,
    picker,
    program,
    read,
    shapes_of,
    tokens_of,
)
from decision_procedure.inference.rules_file import ProductionRule, ProductionRules, load_rules
from decision_procedure.inference.worker import Worker
from decision_procedure.results.conclusions import Conclusion, Fact
from decision_procedure.rules import text

# The engine tells facts apart by a 32-bit hash, which covers the name of the session: a fact that it took for
# another one is told apart under another name.
_ATTEMPTS = 4


def standard_rules() -> ProductionRules:
    """Return the rules that come with this package. Raises BadPack if they are badly written."""
    return load_rules(text("inference.yaml"), "inference.yaml")


class Engine:
    """Draws all conclusions that production rules allow. Make one and keep it: compiling is not free.

    It may be shared by threads, which then take turns, and used on both sides of a fork; each process
    compiles the rules once, when it first needs them.
    """

    def __init__(self, rules: ProductionRules) -> None:
        self.rules = rules
        self._shapes = shapes_of(rules)
        self._facts = {kind.name: self._shapes[kind.name] for kind in rules.facts}
        self._constants = tokens_of(rules)
        self._rules = {
            str(number): _Ready.of(rule, self._shapes) for number, rule in enumerate(rules.rules())
        }
        self._needs = {rule.needs for rule in self._rules.values()}
        self._workers: dict[int, Worker] = {}

    def __reduce__(self) -> tuple[type[Engine], tuple[ProductionRules]]:
        return type(self), (self.rules,)

    def infer(self, facts: Iterable[Fact]) -> tuple[Conclusion, ...]:
        """Return everything that follows from the facts, sorted; the order of the facts does not matter.

        Raises ValueError for a fact that the rules do not declare in just this form, and EngineFailure when
        the engine lost a fact and kept doing so.
        """
        stated: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            stated[fact.kind].append(fact)
        given = {kind: self._admitted(kind, found) for kind, found in stated.items()}
        if not self._used(given):
            return ()
        # A new process must not wait for the lock of its parent, which another thread may have held.
        worker = self._workers.get(os.getpid()) or self._workers.setdefault(
            os.getpid(), Worker(program(self.rules, self._constants))
        )
        failures = []
        for _ in range(_ATTEMPTS):
            try:
                with worker.lock:
                    return self._attempt(worker, given)
            except worker.errors as error:
                failures.append(f"{type(error).__name__}: {error}")
        raise EngineFailure(f"the rule engine failed {_ATTEMPTS} times: {'; '.join(failures)}")

    def _admitted(self, kind: str, facts: list[Fact]) -> list[Fact]:
        shape = self._facts.get(kind)
        if shape is None or not shape.admits(facts):
            wrong = [fact for fact in facts if shape is None or not shape.admits([fact])]
            raise ValueError(f"not facts that the rules declare: {wrong}")
        return list({fact.values: fact for fact in facts}.values())

    def _used(self, kinds: Iterable[str]) -> set[str]:
        """Return the kinds on which some rule may fire, which needs a fact of each of its own."""
        return {kind for need in self._needs if need.issubset(kinds) for kind in need}

    def _attempt(self, worker: Worker, given: Mapping[str, list[Fact]]) -> tuple[Conclusion, ...]:
        session, tokens = worker.begin(), fresh_tokens(self._constants)
        try:
            run = _Run(given)
            while fresh := run.take(self._used(run.kinds)):
                written = [
                    text
                    for kind, facts in fresh.items()
                    for text in self._shapes[kind].write(facts, session, tokens)
                ]
                run.conclude(self._rules, worker.fire(session, written))
            return run.conclusions()
        finally:
            worker.end(session)


class _Run:
    """One session: the kinds of fact there are, and what was concluded.

    Facts wait until a rule may use them; those that the engine has go by serial numbers, which are texts.
    """

    def __init__(self, given: Mapping[str, list[Fact]]) -> None:
        self.kinds = set(given)
        self._waiting = dict(given)
        self._facts: dict[str, Fact] = {}
        self._concluded: dict[str, dict[Values, Conclusion]] = {}
        self._other_ways: list[Conclusion] = []

    def take(self, kinds: set[str]) -> dict[str, dict[str, Fact]]:
        """Return, for each of these kinds, the facts that were not taken before by their serial numbers."""
        taken = {}
        for kind in [kind for kind in self._waiting if kind in kinds]:
            facts = enumerate(self._waiting.pop(kind), len(self._facts))
            taken[kind] = {str(number): fact for number, fact in facts}
            self._facts |= taken[kind]
        return taken

    def conclude(self, rules: Mapping[str, _Ready], messages: Iterable[str]) -> None:
        """Keep what the rules conclude, known by their numbers, that messages tell of."""
        known, read_on = self._facts.__getitem__, read(messages)
        for number in read_on:
            rule = rules[number]
            premises = tuple(map(known, islice(read_on, rule.patterns)))
            values = rule.values(premises)
            found = self._concluded.setdefault(rule.kind, {})
            known_way = found.get(values)
            if known_way is None:
                fact = Fact(rule.kind, rule.names, values)
                found[values] = Conclusion(fact, rule.id, premises)
                self._waiting.setdefault(rule.kind, []).append(fact)
            else:
                self._other_ways.append(Conclusion(known_way.fact, rule.id, premises))
        self.kinds |= self._concluded.keys()

    def conclusions(self) -> tuple[Conclusion, ...]:
        """Return all conclusions in their own order."""
        found = [ways[values] for _, ways in sorted(self._concluded.items()) for values in sorted(ways)]
        return tuple(sorted(found + self._other_ways) if self._other_ways else found)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule, how many premises it has and of what kinds, and how their values make those of its conclusion."""

    id: str
    patterns: int
    needs: frozenset[str]
    kind: str
    names: tuple[str, ...]
    constants: Values
    pick: Callable[[Values], Values]

    @classmethod
    def of(cls, rule: ProductionRule, shapes: Mapping[str, Shape]) -> _Ready:
        places = {name: place for place, (name, _) in enumerate(rule.then.constants)}
        starts, start = [], len(places)
        for pattern in rule.patterns:
            starts.append(start)
            start += len(shapes[pattern.kind].names)
        bound = bindings(rule.patterns)
        for name, variable in rule.then.variables:
            source, there = bound[variable]
            places[name] = starts[source] + shapes[rule.patterns[source].kind].names.index(there)
        names = shapes[rule.then.kind].names
        constants = tuple([value for _, value in rule.then.constants])
        needs = frozenset([pattern.kind for pattern in rule.patterns])
        pick = picker([places[name] for name in names])
        return cls(rule.id, len(rule.patterns), needs, rule.then.kind, names, constants, pick)

    def values(self, premises: Iterable[Fact]) -> Values:
        """Return the values of the conclusion from facts that met the patterns, in their order."""
        values = self.constants
        for premise in premises:
            values += premise.values
        return self.pick(values)
