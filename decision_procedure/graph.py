"""The procedure as a graph: steps, cited order edges, what comes after what, and where gates stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Literal

from decision_procedure.errors import UnusableArgument
from decision_procedure.law.head import Head
from decision_procedure.law.linting import circle_in
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Edge, Step
from decision_procedure.law.precedence import may_override, stands_above
from decision_procedure.law.said import Said

if TYPE_CHECKING:
    import networkx as nx

Part = Literal["", "moment", "order"]
_SENDING = "review_request"


def part_of(step: Step) -> Part:
    """Say what part of an act a step is; its `date` is the day of the act as a whole, no moment in it."""
    if step.at is None or step.id == _SENDING:
        return ""
    return "order" if step.at == "date" else "moment"


@dataclass(frozen=True, eq=False)
class Procedure:
    """The steps and order of the instruments that apply, as one directed graph without cycles.

    The steps stand in the order of the law: each after all that come before it.
    """

    steps: Mapping[str, Step]
    edges: tuple[tuple[str, Edge], ...]
    phases: Mapping[str, Said] = field(default_factory=dict)
    """What instruments call phases of their own."""
    beside: frozenset[tuple[str, str]] = frozenset()
    """The edges, by their steps, that only law below the earlier step puts: they never date what higher law asks there."""
    ahead: frozenset[tuple[str, str]] = frozenset()
    """Those that only law below the later step puts."""

    @classmethod
    def of(cls, packs: Iterable[Pack]) -> Procedure:
        """Return the procedure of these instruments; an edge to a step that none of them has is left out.

        Raises UnusableArgument, naming the cycle, if they form one.
        """
        packs = tuple(packs)
        steps: dict[str, Step] = {}
        edges: list[tuple[str, Edge]] = []
        phases: dict[str, Said] = {}
        for pack in packs:
            phases |= pack.file.phases
            for step in pack.file.steps:
                steps.setdefault(step.id, step)
            edges.extend((pack.head.id, edge) for edge in pack.file.order)
        owners = _owners(packs)
        beside, ahead = (frozenset(_put_from_below(packs, owners, end)) for end in (0, 1))
        # An instrument may add a step to a phase of another; each phase stands together.
        order = list(dict.fromkeys(step.phase for step in steps.values()))
        steps = dict(sorted(steps.items(), key=lambda item: order.index(item[1].phase)))
        known = tuple(item for item in edges if item[1].before in steps and item[1].after in steps)
        procedure = cls(steps, known, phases, beside, ahead)
        if cycle := circle_in(procedure.before):
            raise UnusableArgument("环节次序成环 the order goes in a circle: " + " → ".join(cycle))
        return cls(_in_order(steps, procedure.before), known, phases, beside, ahead)

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """A `networkx` graph: nodes are steps, edges carry `article`, `strength` and `instrument`."""
        # Loaded here, not above: a check follows the order without it.
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        for name, step in self.steps.items():
            graph.add_node(name, zh=step.name.zh, en=step.name.en, phase=step.phase, bearer=step.bearer)
        for instrument, edge in self.edges:
            graph.add_edge(
                edge.before,
                edge.after,
                article=str(edge.article),
                strength=edge.strength,
                instrument=instrument,
            )
        return graph

    @cached_property
    def before(self) -> Mapping[str, tuple[str, ...]]:
        """For each step, the steps directly before it."""
        return _listed(self.steps, ((edge.after, edge.before) for _, edge in self.edges))

    @cached_property
    def after(self) -> Mapping[str, tuple[str, ...]]:
        """For each step, the steps directly after it."""
        return _listed(self.steps, ((edge.before, edge.after) for _, edge in self.edges))

    @cached_property
    def drawn(self) -> Mapping[str, Step]:
        """The steps that are acts of their own; a moment of an act is part of it, but for sending to review."""
        return {name: step for name, step in self.steps.items() if not part_of(step)}

    def told_in(self, step: str) -> str:
        """Return the step that tells of a step in pictures: itself, or the one of whose act it is a part."""
        if step in self.drawn or step not in self.steps:
            return step
        whole = (self.steps[step].kinds, None)
        return next((name for name, other in self.drawn.items() if (other.kinds, other.at) == whole), step)

    @cached_property
    def kinds_after(self) -> Mapping[str, frozenset[str]]:
        """For each step, the kinds of act that had to follow it."""
        later: dict[str, frozenset[str]] = {}
        for name in TopologicalSorter(self.after).static_order():
            after = [step for step in self.after[name] if (name, step) not in self.beside]
            later[name] = frozenset().union(*(later[step].union(self.steps[step].kinds) for step in after))
        return {name: later[name].difference(step.kinds) for name, step in self.steps.items()}

    @cached_property
    def kinds_before(self) -> Mapping[str, frozenset[str]]:
        """For each kind of act, the kinds that had to come before it."""
        earlier: dict[str, frozenset[str]] = {}
        found: dict[str, set[str]] = {}
        for name in TopologicalSorter(self.before).static_order():
            before = [step for step in self.before[name] if (step, name) not in self.ahead]
            earlier[name] = frozenset(before).union(*(earlier[step] for step in before))
            for kind in self.steps[name].kinds:
                kinds = [self.steps[step].kinds for step in earlier[name]]
                found.setdefault(kind, set()).update(*(own for own in kinds if kind not in own))
        return {kind: frozenset(before) for kind, before in found.items()}

    @cached_property
    def implied(self) -> Mapping[str, tuple[str, ...]]:
        """For each kind of act, the kinds that could not have happened without it."""
        return {step.kinds[0]: step.shown_by for step in self.steps.values() if step.shown_by}

    def waits_for(self, step: str) -> tuple[str, ...]:
        """Return the steps directly before a step, named as `step_meant` reads it. Raises UnusableArgument as that does."""
        # Loaded here, not above: a check asks by identifiers.
        from decision_procedure.law.meaning import step_meant

        named = step_meant(step, {name: item.name for name, item in self.steps.items()})
        return tuple(sorted(self.before[named]))

    def rests_on(self, step: str) -> frozenset[str]:
        """Return the steps on which a step rests, itself included."""
        return frozenset({step, *self.before_any([step])})

    def before_any(self, steps: Iterable[str]) -> set[str]:
        """Return the steps on which at least one of these rests; one of them only where another rests on it."""
        return _reached(steps, self.before)

    def after_any(self, steps: Iterable[str]) -> set[str]:
        """Return the steps that rest on at least one of these; one of them only where it rests on another."""
        return _reached(steps, self.after)


def _owners(packs: Sequence[Pack]) -> dict[str, Head]:
    """Return the highest instrument that has each step."""
    found: dict[str, Head] = {}
    for pack in packs:
        for step in pack.file.steps:
            if step.id not in found or stands_above(pack.head, found[step.id]):
                found[step.id] = pack.head
    return found


def _put_from_below(packs: Sequence[Pack], owners: Mapping[str, Head], end: int) -> set[tuple[str, str]]:
    """Return the edges that no instrument puts which may speak for the owner of the step at an end (0: earlier, 1: later)."""
    edges = [(pack.head, (edge.before, edge.after)) for pack in packs for edge in pack.file.order]
    firm = {edge for head, edge in edges if edge[end] not in owners or may_override(head, owners[edge[end]])}
    return {edge for _, edge in edges} - firm


def _in_order(steps: Mapping[str, Step], before: Mapping[str, Iterable[str]]) -> dict[str, Step]:
    """Return steps each after all that come before it, and otherwise as they stood."""
    sorter, places = TopologicalSorter(before), {name: place for place, name in enumerate(steps)}
    sorter.prepare()
    waiting: list[tuple[int, str]] = []
    found: dict[str, Step] = {}
    while sorter.is_active():
        for name in sorter.get_ready():
            heappush(waiting, (places[name], name))
        _, first = heappop(waiting)
        found[first] = steps[first]
        sorter.done(first)
    return found


def _listed(steps: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {step: {} for step in steps}
    for step, other in pairs:
        found.setdefault(step, {})[other] = None
        found.setdefault(other, {})
    return {step: tuple(others) for step, others in found.items()}


def _reached(steps: Iterable[str], beside: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [*steps]
    while waiting:
        further = [step for step in beside[waiting.pop()] if step not in found]
        found.update(further)
        waiting += further
    return found
