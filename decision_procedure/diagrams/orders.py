"""The order of steps as the law in force has it: edges that instruments state, gates, and what duties presuppose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import networkx as nx

from decision_procedure.diagrams.duties import (
    Cited,
    StepLaw,
    duties_in_force,
    kinds_in,
    shown_as,
)
from decision_procedure.diagrams.governing import Governing
from decision_procedure.graph import Procedure
from decision_procedure.law.gates import gated_step
from decision_procedure.law.pack import Duty, Step
from decision_procedure.reporting.steps import drawn_steps

_ACTS = re.compile(r"(?:acts|last_opinion)\(([^),]*(?:, \"\w+\")*)")
_BEFORE = re.compile(r"before\(it\.\w+, act\.\w+\)|last_opinion\(")


class Order(NamedTuple):
    """One step before another; `strength` is stated or implied. `cited` says where."""

    before: str
    after: str
    strength: str
    cited: tuple[Cited, ...]


def orders_of(law: Governing, steps: Mapping[str, StepLaw]) -> tuple[Order, ...]:
    """Return the order among these steps, what is stated first; it never goes in a circle."""
    shown = drawn_steps(Procedure(law.steps, ()))
    found: dict[tuple[str, str, str], dict[str, dict[str, None]]] = {}
    for before, after, strength, instrument, article in _all(law, shown):
        one, two = shown_as(before, law.steps, shown), shown_as(after, law.steps, shown)
        if one != two and one in steps and two in steps:
            found.setdefault((one, two, strength), {}).setdefault(instrument, {})[article] = None
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(steps)
    orders = []
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
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(steps)
    graph.add_edges_from((order.before, order.after) for order in orders)
    return graph


def _all(law: Governing, shown: Mapping[str, Step]) -> Iterator[tuple[str, str, str, str, str]]:
    for item in law.instruments:
        for edge in item.pack.file.order:
            yield edge.before, edge.after, edge.strength, item.pack.head.id, edge.article
    by_kind: dict[str, str] = {}
    for name, step in shown.items():
        if step.at is None:
            by_kind.setdefault(step.kinds[0], name)
    for owner, duty in duties_in_force(law):
        for before, after, strength in _demanded(duty, by_kind):
            yield before, after, strength, owner.pack.head.id, duty.article


def _demanded(duty: Duty, by_kind: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the order in a duty: an act that must have come before is stated, one that is presupposed implied."""
    if duty.per != "decision" and _BEFORE.search(duty.require):
        after = gated_step(duty.closes) if duty.closes else by_kind.get(duty.per[0], "")
        for kind in kinds_in(_ACTS.findall(duty.require)):
            yield by_kind.get(kind, ""), after, "stated"
    if duty.deadline is not None:
        yield duty.deadline.after, duty.step, "implied"
