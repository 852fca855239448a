"""What follows from the results of the tests: the only module that touches the rule engine.

durable-rules is C code that loses facts or crashes on data it dislikes. So it sees flat facts of our own
short ASCII tokens and whole numbers only, every property always present, and rules that `production` passed.
Each stratum of rules waits for an anchor fact that comes after all facts the stratum needs; a sentinel rule
shows that the anchor was seen; a rule that accepts any fact, and never fires, makes the engine's return code
0 mean that no fact was dropped.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from decision_procedure.errors import EngineFailure
from decision_procedure.production import (
    NUMBER,
    TOKEN,
    Kind,
    Pattern,
    ProductionRules,
    Rule,
    Stratum,
    load_rules,
)
from decision_procedure.rules import text

__all__ = ["Conclusion", "Engine", "Fact", "ProductionRules", "load_rules", "standard_rules"]


class Fact(NamedTuple):
    """A kind of fact and its properties with their values, sorted by property."""

    kind: str
    values: tuple[tuple[str, str | int], ...]

    @classmethod
    def of(cls, kind: str, /, **values: str | int) -> Fact:
        """Return the fact of this kind with these properties."""
        return cls(kind, tuple(sorted(values.items())))

    def get(self, name: str) -> str | int:
        """Return the value of a property. Raises KeyError when the fact has no such property."""
        for known, value in self.values:
            if known == name:
                return value
        raise KeyError(name)


class Conclusion(NamedTuple):
    """A fact that a rule concluded, and the facts that met the patterns of the rule, in their order.

    Premises may be conclusions themselves. A fact that follows in several ways has one conclusion for each.
    """

    fact: Fact
    rule: str
    premises: tuple[Fact, ...]


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
        self._facts = {kind.name: _Shape.of(kind) for kind in rules.facts}
        self._conclusions = {kind.name: _Shape.of(kind) for kind in rules.conclusions}
        self._plans = tuple(_Plan.of(number, stratum) for number, stratum in enumerate(rules.strata, start=1))
        self._used = frozenset(kind for plan in self._plans for kind in plan.kinds)
        self._workers: dict[int, _Worker] = {}

    def __reduce__(self) -> tuple[type[Engine], tuple[ProductionRules]]:
        return type(self), (self.rules,)

    def infer(self, facts: Iterable[Fact]) -> tuple[Conclusion, ...]:
        """Return everything that follows from the facts, sorted; the order of the facts does not matter.

        Raises ValueError for a fact that the rules do not declare in just this form, and EngineFailure when
        the engine lost a fact and kept doing so.
        """
        given = [(fact, _encoded(fact, self._facts)) for fact in sorted(set(facts))]
        if not any(plan.may_fire({fact.kind for fact, _ in given}) for plan in self._plans):
            return ()
        # A new process must not wait for the lock of its parent, which another thread may have held.
        worker = self._workers.get(os.getpid()) or self._workers.setdefault(os.getpid(), _Worker(self._plans))
        failures = []
        for _ in range(_ATTEMPTS):
            try:
                with worker.lock:
                    return self._attempt(worker, given)
            except worker.errors as error:
                failures.append(f"{type(error).__name__}: {error}")
        raise EngineFailure(f"the rule engine failed {_ATTEMPTS} times: {'; '.join(failures)}")

    def _attempt(self, worker: _Worker, given: Sequence[tuple[Fact, str]]) -> tuple[Conclusion, ...]:
        session = worker.begin()
        try:
            memory = _Memory(session)
            for fact, encoded in given:
                memory.add(fact, encoded)
            return tuple(sorted(self._chain(worker, memory)))
        finally:
            worker.end(session)

    def _chain(self, worker: _Worker, memory: _Memory) -> list[Conclusion]:
        conclusions: list[Conclusion] = []
        for plan in self._plans:
            if not plan.may_fire(memory.kinds):
                continue
            fired = worker.fire(memory.session, plan.number, memory.take(plan.kinds))
            fresh = [plan.conclude(name, memory.recall(serials)) for name, serials in fired]
            for fact in dict.fromkeys(conclusion.fact for conclusion in fresh):
                if fact.kind in self._used:
                    memory.add(fact, _encoded(fact, self._conclusions))
            conclusions += fresh
        return conclusions


# The engine tells facts apart by a 32-bit hash, which covers the name of the session: a fact that it took for
# another one is told apart under another name.
_ATTEMPTS = 4


class _DroppedError(Exception):
    """The engine dropped a fact or missed an anchor."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How facts of a kind are written: properties, types of their values, a template and its pattern."""

    names: tuple[str, ...]
    types: tuple[type, ...]
    template: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, kind: Kind) -> _Shape:
        head = f'"kind":"{kind.name}"'
        template, pattern = head, head
        for name, domain in kind.properties:
            words = TOKEN if domain == "token" else "|".join(map(re.escape, domain))
            template += f',"{name}":%d' if domain == "number" else f',"{name}":"%s"'
            pattern += f',"{name}":{NUMBER}' if domain == "number" else f',"{name}":"(?:{words})"'
        names = tuple(name for name, _ in kind.properties)
        types = tuple(int if domain == "number" else str for _, domain in kind.properties)
        return cls(names, types, template, re.compile(pattern, re.ASCII))


def _encoded(fact: Fact, shapes: dict[str, _Shape]) -> str:
    """Return the inside of the JSON object of a fact. Raises ValueError for one without the right shape."""
    shape = shapes.get(fact.kind)
    if shape is not None and fact.values:
        names, values = zip(*fact.values, strict=True)
        if names == shape.names and tuple(map(type, values)) == shape.types:
            encoded = shape.template % values
            # The pattern admits no quote and no backslash, so that what it accepts is JSON.
            if shape.pattern.fullmatch(encoded):
                return encoded
    raise ValueError(f"not a fact that the rules declare: {fact!r}")


@dataclass(frozen=True, slots=True)
class _Plan:
    """A stratum made ready: its number, the kinds each rule needs, and how each rule concludes."""

    number: int
    kinds: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    rules: dict[str, Rule]
    templates: dict[str, _Template]

    @classmethod
    def of(cls, number: int, stratum: Stratum) -> _Plan:
        rules = {f"r{number}_{index}": rule for index, rule in enumerate(stratum.rules)}
        needs = tuple(frozenset(pattern.kind for pattern in rule.patterns) for rule in stratum.rules)
        kinds = tuple(sorted(frozenset().union(*needs)))
        return cls(number, kinds, needs, rules, {name: _template(rule) for name, rule in rules.items()})

    def may_fire(self, kinds: set[str]) -> bool:
        """Return whether some rule has a fact of each kind that it needs: patterns are positive."""
        return any(need <= kinds for need in self.needs)

    def conclude(self, name: str, premises: tuple[Fact, ...]) -> Conclusion:
        """Return what the rule of this engine name concludes from facts that met its patterns."""
        rule = self.rules[name]
        values = tuple(
            (key, premises[source].get(value) if source is not None else value)
            for key, source, value in self.templates[name]
        )
        return Conclusion(Fact(rule.then.kind, values), rule.id, premises)


# Each property of a conclusion with the pattern and property that it comes from, or None and its value.
_Template = tuple[tuple[str, int | None, Any], ...]


def _template(rule: Rule) -> _Template:
    bound = _bindings(rule.patterns)
    constants = [(key, None, value) for key, value in rule.then.constants]
    return tuple(sorted([*constants, *((key, *bound[variable]) for key, variable in rule.then.variables)]))


def _bindings(patterns: Sequence[Pattern]) -> dict[str, tuple[int, str]]:
    """Return, for each variable, the first pattern that binds it and the property there."""
    bound: dict[str, tuple[int, str]] = {}
    for index, pattern in enumerate(patterns):
        for name, variable in pattern.variables:
            bound.setdefault(variable, (index, name))
    return bound


class _Memory:
    """The facts of one session by their serial numbers, and those that the engine has not been given yet."""

    def __init__(self, session: str) -> None:
        self.session = session
        self.kinds: set[str] = set()
        self._facts: list[Fact] = []
        self._known: set[Fact] = set()
        self._waiting: dict[str, list[str]] = {}

    def add(self, fact: Fact, encoded: str) -> None:
        """Keep a fact for the first stratum that uses its kind; one that is known already changes nothing."""
        if fact in self._known:
            return
        numbered = f'{{"sid":"{self.session}","serial":{len(self._facts)},{encoded}}}'
        self._waiting.setdefault(fact.kind, []).append(numbered)
        self._known.add(fact)
        self._facts.append(fact)
        self.kinds.add(fact.kind)

    def take(self, kinds: Iterable[str]) -> list[str]:
        """Return the facts of these kinds that were not taken before."""
        return [fact for kind in kinds for fact in self._waiting.pop(kind, ())]

    def recall(self, serials: Iterable[int]) -> tuple[Fact, ...]:
        """Return the facts with these serial numbers."""
        return tuple(self._facts[serial] for serial in serials)


class _Worker:
    """The engine in one process: the compiled rules, their lock, and the count that names the sessions."""

    def __init__(self, plans: Sequence[_Plan]) -> None:
        # Imported here, so that importing this module loads no C code.
        import durable_rules_engine

        self.lock = threading.Lock()
        self.errors = (_DroppedError, durable_rules_engine.error, MemoryError)
        self._engine = durable_rules_engine
        self._plans = plans
        self._handle: int | None = None
        self._sessions = 0

    def begin(self) -> str:
        """Open a session and return its name: short, and never used before with these compiled rules."""
        if self._handle is None:
            self._handle = self._engine.create_ruleset("inference", _program(self._plans))
        self._sessions += 1
        session = f"s{self._sessions}"
        # To delete a session in which no action ever started frees a wild pointer: so one starts here.
        self.fire(session, 0, ())
        return session

    def fire(self, session: str, number: int, facts: Sequence[str]) -> list[tuple[str, list[int]]]:
        """Give the engine facts, then the anchor of a stratum; return rules with the facts that met them."""
        anchor = f'{{"sid":"{session}","stratum":{number}}}'
        code, state = self._engine.assert_facts(self._handle, f"[{','.join((*facts, anchor))}]")
        fired = [_read(message) for message in self._drain(state)]
        if code:
            raise _DroppedError(f"a fact was dropped (code {code})")
        # The sentinel is met by the anchor alone.
        if (_sentinel(number), []) not in fired:
            raise _DroppedError(f"the anchor of stratum {number} was missed")
        return [(name, serials) for name, serials in fired if serials]

    def _drain(self, state: int) -> Iterator[str]:
        started = self._engine.start_action_for_state(self._handle, state)
        message = started[1] if started else None
        while message:
            yield message
            message = self._engine.complete_and_start_action(self._handle, state)

    def end(self, session: str) -> None:
        """Forget a session and all its facts."""
        self._engine.delete_state(self._handle, session)


def _read(message: str) -> tuple[str, list[int]]:
    """Return the name of the rule that fired and the serials of the facts that met its patterns, in order."""
    ((name, frames),) = json.loads(message).items()
    return name, [frames[f"p{index}"]["serial"] for index in range(len(frames) - 1)]


def _sentinel(number: int) -> str:
    return f"s{number}"


def _program(plans: Sequence[_Plan]) -> str:
    """Return the rules in the engine's own JSON."""
    anchors = [_anchor(number) for number in (0, *(plan.number for plan in plans))]
    program: dict[str, Any] = {_sentinel(number): {"all": [anchor]} for number, anchor in enumerate(anchors)}
    for plan in plans:
        for name, rule in plan.rules.items():
            program[name] = {"all": [anchors[plan.number], *_conditions(rule)]}
    program["any"] = {"all": [{"m": {"$ex": {"kind": 1}}}, {"never": {"never": 1}}]}
    return json.dumps(program)


def _anchor(number: int) -> dict[str, Any]:
    return {"z": {"stratum": number}}


def _conditions(rule: Rule) -> Iterator[dict[str, Any]]:
    bound = _bindings(rule.patterns)
    for index, pattern in enumerate(rule.patterns):
        tests: list[dict[str, Any]] = [{"kind": pattern.kind}]
        tests += [{name: value} for name, value in pattern.constants]
        for name, variable in pattern.variables:
            source, there = bound[variable]
            if source != index:
                tests.append({name: {f"p{source}": there}})
        # Should the last comparison of facts fail, the engine reads beyond its end: this one never fails.
        tests.append({"sid": {"z": "sid"}})
        yield {f"p{index}": {"$and": tests}}
