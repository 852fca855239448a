"""What follows from the results of the tests: the only module that touches the rule engine.

durable-rules is C code that loses facts or crashes on data it dislikes. So it sees flat facts of short ASCII
tokens only, which stand for our texts during one run, every property always present, and rules that
`production` passed.
Each stratum of rules waits for an anchor fact that comes after all facts the stratum needs; a sentinel rule
shows that the anchor was seen; a rule that accepts any fact, and never fires, makes the engine's return code
0 mean that no fact was dropped.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from decision_procedure.errors import EngineFailure
from decision_procedure.production import (
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
    values: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, kind: str, /, **values: str) -> Fact:
        """Return the fact of this kind with these properties."""
        return cls(kind, tuple(sorted(values.items())))

    def get(self, name: str) -> str:
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
        compared = _compared(rules)
        self._facts = {kind.name: _Shape.of(kind, compared) for kind in rules.facts}
        self._conclusions = {kind.name: _Shape.of(kind, compared) for kind in rules.conclusions}
        shapes = {**self._facts, **self._conclusions}
        self._constants = _tokens_of(rules)
        self._plans = tuple(
            _Plan.of(number, stratum, shapes) for number, stratum in enumerate(rules.strata, start=1)
        )
        self._used = frozenset(kind for plan in self._plans for kind in plan.kinds)
        self._workers: dict[int, _Worker] = {}

    def __reduce__(self) -> tuple[type[Engine], tuple[ProductionRules]]:
        return type(self), (self.rules,)

    def infer(self, facts: Iterable[Fact]) -> tuple[Conclusion, ...]:
        """Return everything that follows from the facts, sorted; the order of the facts does not matter.

        Raises ValueError for a fact that the rules do not declare in just this form, and EngineFailure when
        the engine lost a fact and kept doing so.
        """
        tokens = _Tokens(self._constants)
        given = {fact: _encoded(fact, self._facts, tokens) for fact in facts}
        kinds = {fact.kind for fact in given}
        if not any(plan.may_fire(kinds) for plan in self._plans):
            return ()
        # A new process must not wait for the lock of its parent, which another thread may have held.
        worker = self._workers.get(os.getpid()) or self._workers.setdefault(
            os.getpid(), _Worker(_program(self._plans, self._constants))
        )
        failures = []
        for _ in range(_ATTEMPTS):
            try:
                with worker.lock:
                    return self._attempt(worker, given, tokens)
            except worker.errors as error:
                failures.append(f"{type(error).__name__}: {error}")
        raise EngineFailure(f"the rule engine failed {_ATTEMPTS} times: {'; '.join(failures)}")

    def _attempt(self, worker: _Worker, given: Mapping[Fact, str], tokens: _Tokens) -> tuple[Conclusion, ...]:
        session = worker.begin()
        try:
            return tuple(sorted(self._chain(worker, _Memory(session, given, tokens))))
        finally:
            worker.end(session)

    def _chain(self, worker: _Worker, memory: _Memory) -> list[Conclusion]:
        conclusions: list[Conclusion] = []
        for plan in self._plans:
            if not plan.may_fire(memory.kinds):
                continue
            fired = worker.fire(memory.session, plan.number, memory.take(plan.kinds))
            fresh = [plan.conclude(name, memory.recall(serials)) for name, serials in fired]
            for fact, _, _ in fresh:
                if fact.kind in self._used:
                    memory.add(fact, self._conclusions[fact.kind])
            conclusions += fresh
        return conclusions


# The engine tells facts apart by a 32-bit hash, which covers the name of the session: a fact that it took for
# another one is told apart under another name.
_ATTEMPTS = 4

_LARGE = 16 * 2**20


class _DroppedError(Exception):
    """The engine dropped a fact or missed an anchor."""


class _Tokens(dict[str, str]):
    """The token for each text of one run; a text that is new gets one."""

    def __missing__(self, text: str) -> str:
        token = self[text] = f"t{len(self)}"
        return token


def _tokens_of(rules: ProductionRules) -> _Tokens:
    """Return the tokens for the texts that the rules themselves name, the same in every run."""
    tokens = _Tokens()
    for stratum in rules.strata:
        for rule in stratum.rules:
            for pattern in rule.patterns:
                for _, value in pattern.constants:
                    tokens[value]
    return tokens


def _compared(rules: ProductionRules) -> frozenset[tuple[str, str]]:
    """Return the properties, by kind, that some rule compares with a word or with another fact."""
    found: set[tuple[str, str]] = set()
    for stratum in rules.strata:
        for rule in stratum.rules:
            places: dict[str, list[tuple[str, str]]] = {}
            for pattern in rule.patterns:
                found.update((pattern.kind, name) for name, _ in pattern.constants)
                for name, variable in pattern.variables:
                    places.setdefault(variable, []).append((pattern.kind, name))
            found.update(place for shared in places.values() if len(shared) > 1 for place in shared)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How facts of a kind are written: its properties, those that the engine sees, and by place their words.

    The engine sees what rules compare, and only that: conclusions are drawn from our facts, not from its.
    """

    names: tuple[str, ...]
    seen: tuple[int, ...]
    template: str
    words: tuple[tuple[int, tuple[str, ...]], ...]

    @classmethod
    def of(cls, kind: Kind, compared: frozenset[tuple[str, str]]) -> _Shape:
        names = tuple([name for name, _ in kind.properties])
        seen = tuple([at for at, name in enumerate(names) if (kind.name, name) in compared])
        template = f'"kind":"{kind.name}"' + "".join([f',"{names[at]}":"%s"' for at in seen])
        domains = enumerate([domain for _, domain in kind.properties])
        return cls(names, seen, template, tuple([(at, domain) for at, domain in domains if domain != "text"]))

    def admits(self, fact: Fact) -> bool:
        """Return whether a fact has just these properties with such values."""
        if tuple([name for name, _ in fact.values]) != self.names:
            return False
        if any(type(value) is not str for _, value in fact.values):
            return False
        return all(fact.values[at][1] in words for at, words in self.words)

    def write(self, fact: Fact, tokens: _Tokens) -> str:
        """Return the inside of the JSON object of a fact that has this shape."""
        values = fact.values
        return self.template % tuple([tokens[values[at][1]] for at in self.seen])


def _encoded(fact: Fact, shapes: Mapping[str, _Shape], tokens: _Tokens) -> str:
    """Return the inside of the JSON object of a fact. Raises ValueError for one that is not declared."""
    shape = shapes.get(fact.kind)
    if shape is None or not shape.admits(fact):
        raise ValueError(f"not a fact that the rules declare: {fact!r}")
    return shape.write(fact, tokens)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A stratum made ready: its number, the kinds that its rules need, the rules by their engine names."""

    number: int
    needs: tuple[frozenset[str], ...]
    kinds: tuple[str, ...]
    rules: dict[str, _Ready]

    @classmethod
    def of(cls, number: int, stratum: Stratum, shapes: Mapping[str, _Shape]) -> _Plan:
        needs = tuple(frozenset(pattern.kind for pattern in rule.patterns) for rule in stratum.rules)
        kinds = tuple(sorted(frozenset().union(*needs)))
        rules = {f"r{number}_{index}": _Ready.of(rule, shapes) for index, rule in enumerate(stratum.rules)}
        return cls(number, needs, kinds, rules)

    def may_fire(self, kinds: set[str]) -> bool:
        """Return whether some rule has a fact of each kind that it needs: patterns are positive."""
        return any(need <= kinds for need in self.needs)

    def conclude(self, name: str, premises: tuple[Fact, ...]) -> Conclusion:
        """Return what the rule of this engine name concludes from facts that met its patterns."""
        ready = self.rules[name]
        facts = (*premises, ready.constants)
        values = tuple([(key, facts[source].values[place][1]) for key, source, place in ready.sources])
        return Conclusion(Fact(ready.rule.then.kind, values), ready.rule.id, premises)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule, the constants of its conclusion, and where each property of the conclusion comes from.

    A source is the number of a pattern, and the place of a property in its fact. The constants stand behind
    the patterns, as if they were one more premise.
    """

    rule: Rule
    constants: Fact
    sources: tuple[tuple[str, int, int], ...]

    @classmethod
    def of(cls, rule: Rule, shapes: Mapping[str, _Shape]) -> _Ready:
        bound = _bindings(rule.patterns)
        sources = []
        for name, variable in rule.then.variables:
            source, there = bound[variable]
            sources.append((name, source, shapes[rule.patterns[source].kind].names.index(there)))
        for place, (name, _) in enumerate(rule.then.constants):
            sources.append((name, len(rule.patterns), place))
        return cls(rule, Fact("", rule.then.constants), tuple(sorted(sources)))


def _bindings(patterns: Sequence[Pattern]) -> dict[str, tuple[int, str]]:
    """Return, for each variable, the first pattern that binds it and the property there."""
    bound: dict[str, tuple[int, str]] = {}
    for index, pattern in enumerate(patterns):
        for name, variable in pattern.variables:
            bound.setdefault(variable, (index, name))
    return bound


class _Memory:
    """The facts of one session by their serial numbers, and those that the engine has not been given yet."""

    def __init__(self, session: str, given: Mapping[Fact, str], tokens: _Tokens) -> None:
        self.session, self._tokens = session, tokens
        self.kinds: set[str] = set()
        self._known = set(given)
        self._facts: list[Fact] = []
        self._waiting: dict[str, list[str]] = {}
        for fact, encoded in given.items():
            self._keep(fact, encoded)

    def add(self, fact: Fact, shape: _Shape) -> None:
        """Keep a concluded fact for the first stratum that uses its kind, unless it is known already."""
        if fact not in self._known:
            self._known.add(fact)
            self._keep(fact, shape.write(fact, self._tokens))

    def _keep(self, fact: Fact, encoded: str) -> None:
        self.kinds.add(fact.kind)
        numbered = f'{{"sid":"{self.session}","serial":{len(self._facts)},{encoded}}}'
        self._waiting.setdefault(fact.kind, []).append(numbered)
        self._facts.append(fact)

    def take(self, kinds: Iterable[str]) -> list[str]:
        """Return the facts of these kinds that were not taken before."""
        return [fact for kind in kinds for fact in self._waiting.pop(kind, ())]

    def recall(self, serials: Iterable[int]) -> tuple[Fact, ...]:
        """Return the facts with these serial numbers."""
        return tuple([self._facts[serial] for serial in serials])


class _Worker:
    """The engine in one process: the compiled rules, their lock, and the count that names the sessions."""

    def __init__(self, program: str) -> None:
        # Imported here, so that importing this module loads no C code.
        import durable_rules_engine

        self.lock = threading.Lock()
        self.errors = (_DroppedError, durable_rules_engine.error, MemoryError)
        self._engine = durable_rules_engine
        self._program = program
        self._handle: int | None = None
        self._sessions = 0

    def begin(self) -> str:
        """Open a session and return its name: short, and never used before with these compiled rules."""
        if self._handle is None:
            # Freeing one large block tells glibc to keep what is freed. Otherwise it returns the memory of each
            # session to the system only to fetch it again for the next, a third of all the time spent.
            bytes(_LARGE)
            self._handle = self._engine.create_ruleset("inference", self._program)
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
    """Return the rule of a message, and the serials of the facts that met its patterns, in their order.

    All in it was written here, in tokens that need no escape: so it takes no parser to find what we need.
    """
    name = message[2 : message.index('"', 2)]
    return name, [int(serial) for _, serial in sorted(_FRAME.findall(message))]


# How `_Memory` begins a fact, behind the name of the pattern that it met.
_FRAME = re.compile(r'"(p\d\d)":\{"sid":"s\d+","serial":(\d+),')


def _alias(index: int) -> str:
    """Return the name by which the engine knows a pattern of a rule; names sort as the patterns stand."""
    return f"p{index:02}"


def _sentinel(number: int) -> str:
    return f"s{number}"


def _program(plans: Sequence[_Plan], tokens: _Tokens) -> str:
    """Return the rules in the engine's own JSON, their texts replaced by these tokens."""
    anchors = [_anchor(number) for number in (0, *(plan.number for plan in plans))]
    program: dict[str, Any] = {_sentinel(number): {"all": [anchor]} for number, anchor in enumerate(anchors)}
    for plan in plans:
        for name, ready in plan.rules.items():
            program[name] = {"all": [anchors[plan.number], *_conditions(ready.rule, tokens)]}
    program["any"] = {"all": [{"m": {"$ex": {"kind": 1}}}, {"never": {"never": 1}}]}
    return json.dumps(program)


def _anchor(number: int) -> dict[str, Any]:
    return {"z": {"stratum": number}}


def _conditions(rule: Rule, tokens: _Tokens) -> Iterator[dict[str, Any]]:
    bound = _bindings(rule.patterns)
    for index, pattern in enumerate(rule.patterns):
        fixed = [("kind", pattern.kind), *((name, tokens[value]) for name, value in pattern.constants)]
        joins = [
            (name, {_alias(bound[variable][0]): bound[variable][1]})
            for name, variable in pattern.variables
            if bound[variable][0] != index
        ]
        # If the last comparison of two facts is the first to fail, the engine reads beyond the end of its list.
        # Written twice, it is not. (`sid`, which never differs, cannot serve: the engine loses its text.)
        yield {_alias(index): {"$and": [{name: value} for name, value in (*fixed, *joins, *joins[-1:])]}}
