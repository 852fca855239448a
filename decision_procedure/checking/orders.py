"""The order of steps as the law in force has it: edges that instruments state, gates, and what duties presuppose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from decision_procedure.checking.governing import Governing
from decision_procedure.checking.requirements import Cited, StepLaw, duties_in_force
from decision_procedure.law.demands import kinds_before
from decision_procedure.law.gates import gated_step
from decision_procedure.law.pack import Duty

if TYPE_CHECKING:
    import networkx as nx


class Order(NamedTuple):
    """One step before another; `strength` is stated or implied. `cited` says where."""

    before: str
    after: str
    strength: str
    cited: tuple[Cited, ...]


def orders_of(law: Governing, steps: Mapping[str, StepLaw]) -> tuple[Order, ...]:
    """Return the order among these steps, what is stated first; it never goes in a circle."""
    found: dict[tuple[str, str, str], dict[str, dict[str, None]]] = {}
    for before, after, strength, instrument, article in _all(law):
        one, two = law.procedure.told_in(before), law.procedure.told_in(after)
        if one != two and one in steps and two in steps:
            found.setdefault((one, two, strength), {}).setdefault(instrument, {})[article] = None
    import networkx as nx

    graph, orders = order_graph(steps, ()), []
    for (one, two, strength), cited in sorted(
        found.items(), key=lambda item: (item[0][2] != "stated", item[0])
    ):
        if graph.has_edge(one, two) or nx.has_path(graph, two, one):
            continue
        graph.add_edge(one, two)
        orders.append(
            Order(one, two, strength, tuple(Cited(name, tuple(articles)) for name, articles in cited.items()))
        )
    return tuple(orders)


def order_graph(steps: Iterable[str], orders: Iterable[Order]) -> nx.DiGraph[str]:
    """Return the order as a graph of all the steps."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(steps)
    graph.add_edges_from((order.before, order.after) for order in orders)
    return graph


def _all(law: Governing) -> Iterator[tuple[str, str, str, str, str]]:
    for item in law.instruments:
        for edge in item.pack.file.order:
            yield edge.before, edge.after, edge.strength, item.pack.head.id, edge.article
    by_kind: dict[str, str] = {}
    for name, step in law.procedure.drawn.items():
        if step.at is None:
            by_kind.setdefault(step.kinds[0], name)
    for owner, duty in duties_in_force(law):
        for before, after, strength in _demanded(duty, by_kind):
            yield before, after, strength, owner.pack.head.id, duty.article


def _demanded(duty: Duty, by_kind: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the order in a duty: an act that must have come before is stated, one that is presupposed implied."""
    if duty.per != "decision":
        after = gated_step(duty.closes) if duty.closes else by_kind.get(duty.per[0], "")
        for kind in kinds_before(duty):
            yield by_kind.get(kind, ""), after, "stated"
    if duty.deadline is not None:
        yield duty.deadline.after, duty.step, "implied"
