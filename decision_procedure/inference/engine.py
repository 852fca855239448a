"""Drawing conclusions: stratum by stratum, each fact known by its serial number while it lasts."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from decision_procedure.conclusions import Conclusion, Fact
from decision_procedure.errors import EngineFailure
from decision_procedure.inference.encoding import (
    Shape,
    Tokens,
    Values,
    bindings,
    fresh_tokens,
    picker,
    program,
    read,
    rule_name,
    shapes_of,
    tokens_of,
)
from decision_procedure.inference.worker import Worker
from decision_procedure.production import ProductionRules, Rule, Stratum, load_rules
from decision_procedure.rules import text

# The engine tells facts apart by a 32-bit hash, which covers the name of the session: a fact that it took for
# another one is told apart under another name.
_ATTEMPTS = 4

_Given = Mapping[str, list[Fact]]


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
        self._plans = tuple(
            _Plan.of(number, stratum, self._shapes) for number, stratum in enumerate(rules.strata, start=1)
        )
        self._workers: dict[int, Worker] = {}

    def __reduce__(self) -> tuple[type[Engine], tuple[ProductionRules]]:
        return type(self), (self.rules,)

    def infer(self, facts: Iterable[Fact]) -> tuple[Conclusion, ...]:
        """Return everything that follows from the facts, sorted; the order of the facts does not matter.

        Raises ValueError for a fact that the rules do not declare in just this form, and EngineFailure when
        the engine lost a fact and kept doing so.
        """
        stated: dict[str, list[Fact]] = {}
        for fact in facts:
            stated.setdefault(fact.kind, []).append(fact)
        given = {kind: self._admitted(kind, found) for kind, found in stated.items()}
        if not any(plan.may_fire(given) for plan in self._plans):
            return ()
        # A new process must not wait for the lock of its parent, which another thread may have held.
        worker = self._workers.get(os.getpid()) or self._workers.setdefault(
            os.getpid(), Worker(program(self.rules.strata, self._constants))
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

    def _attempt(self, worker: Worker, given: _Given) -> tuple[Conclusion, ...]:
        session = worker.begin()
        try:
            run = _Run(given, self._shapes, session, fresh_tokens(self._constants))
            for plan in self._plans:
                if plan.may_fire(run.kinds):
                    messages = worker.fire(session, plan.number, run.take(plan.kinds))
                    run.conclude(plan.rules, messages)
            return run.conclusions()
        finally:
            worker.end(session)


class _Run:
    """One session: what was given and concluded by kind, and the facts that the engine has by serial number."""

    def __init__(self, given: _Given, shapes: Mapping[str, Shape], session: str, tokens: Tokens) -> None:
        self._given, self._shapes, self._session, self._tokens = given, shapes, session, tokens
        self._concluded: defaultdict[str, dict[Values, list[Conclusion]]] = defaultdict(dict)
        self._taken: set[str] = set()
        self._facts: dict[str, Fact] = {}

    @property
    def kinds(self) -> set[str]:
        """The kinds of which there are facts."""
        return self._given.keys() | self._concluded.keys()

    def take(self, kinds: Collection[str]) -> list[str]:
        """Return the facts of these kinds, written for the engine, that were not taken before."""
        written = []
        for kind in self.kinds.intersection(kinds) - self._taken:
            known = self._given.get(kind) or [ways[0].fact for ways in self._concluded[kind].values()]
            fresh = {str(number): fact for number, fact in enumerate(known, len(self._facts))}
            written += self._shapes[kind].write(fresh, self._session, self._tokens)
            self._facts |= fresh
        self._taken.update(kinds)
        return written

    def conclude(self, rules: Mapping[str, _Ready], messages: Iterable[str]) -> None:
        """Keep what rules conclude that fired, by their names in the messages about it."""
        known, concluded = self._facts.__getitem__, self._concluded
        for message in messages:
            name, *serials = read(message)
            rule, premises = rules[name], tuple(map(known, serials))
            values = rule.values(premises)
            found = concluded[rule.kind]
            ways = found.get(values)
            if ways is None:
                found[values] = [Conclusion(Fact(rule.kind, rule.names, values), rule.id, premises)]
            else:
                ways.append(Conclusion(ways[0].fact, rule.id, premises))

    def conclusions(self) -> tuple[Conclusion, ...]:
        """Return all conclusions in their own order."""
        return tuple(
            [
                conclusion
                for _, found in sorted(self._concluded.items())
                for values in sorted(found)
                for conclusion in sorted(found[values])
            ]
        )


@dataclass(frozen=True, slots=True)
class _Plan:
    """A stratum made ready: its number, the kinds that its rules need, the rules by their engine names."""

    number: int
    needs: tuple[frozenset[str], ...]
    kinds: tuple[str, ...]
    rules: dict[str, _Ready]

    @classmethod
    def of(cls, number: int, stratum: Stratum, shapes: Mapping[str, Shape]) -> _Plan:
        needs = tuple(frozenset(pattern.kind for pattern in rule.patterns) for rule in stratum.rules)
        kinds = tuple(sorted(frozenset().union(*needs)))
        rules = {
            rule_name(number, index): _Ready.of(rule, shapes) for index, rule in enumerate(stratum.rules)
        }
        return cls(number, needs, kinds, rules)

    def may_fire(self, kinds: Collection[str]) -> bool:
        """Return whether some rule has a fact of each kind that it needs: patterns are positive."""
        return any(need.issubset(kinds) for need in self.needs)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule, and how to take the values of its conclusion out of its constants and the values of its premises."""

    id: str
    kind: str
    names: tuple[str, ...]
    constants: Values
    pick: Callable[[Values], Values]

    @classmethod
    def of(cls, rule: Rule, shapes: Mapping[str, Shape]) -> _Ready:
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
        return cls(rule.id, rule.then.kind, names, constants, picker([places[name] for name in names]))

    def values(self, premises: Iterable[Fact]) -> Values:
        """Return the values of the conclusion from facts that met the patterns, in their order."""
        values = self.constants
        for premise in premises:
            values += premise.values
        return self.pick(values)
