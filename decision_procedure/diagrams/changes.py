"""Two procedures compared: steps, order and numbers that one has and the other has not, or has otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from decision_procedure.checking.governing import Governing
from decision_procedure.checking.orders import Order, order_graph, orders_of
from decision_procedure.checking.requirements import Gate, LawNumber, StepLaw, steps_of
from decision_procedure.diagrams.citing import Marks, number_texts
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.wording import say


class Drawn(NamedTuple):
    """A step to draw, with the same step of the other law (None: it has none).

    `diff` is added, removed or changed; empty where nothing differs, or where nothing is compared.
    """

    law: StepLaw
    other: StepLaw | None = None
    diff: str = ""


class DrawnOrder(NamedTuple):
    """An order to draw; `diff` is added or removed, empty where the other law has it too."""

    order: Order
    diff: str = ""


class Drawing(NamedTuple):
    """What a picture of a procedure shows; `lost` are orders of the other law against which this one runs."""

    law: Governing
    against: Governing | None
    marks: Marks
    steps: dict[str, Drawn]
    edges: tuple[DrawnOrder, ...]
    lost: tuple[Order, ...]

    @property
    def compared(self) -> bool:
        """Whether two laws are compared."""
        return self.against is not None

    @property
    def graph(self) -> nx.DiGraph[str]:
        """The order drawn, as a graph of all the steps."""
        return order_graph(self.steps, (edge.order for edge in self.edges))

    def bearer_name(self, bearer: str, lang: str) -> str:
        """Return what people call one who bears a step."""
        laws = filter(None, (self.law, self.against))
        known = (item.pack.kinds for law in laws for item in law.instruments)
        return next((kinds for kinds in known if bearer in kinds.roles), SHIPPED).bearer_name(bearer, lang)

    def diffs(self) -> list[str]:
        """Return how each step and order that differs does so."""
        found = [item.diff for item in self.steps.values()] + [edge.diff for edge in self.edges]
        return [diff for diff in found if diff]

    def differences(self) -> int:
        """Return how many steps and orders differ."""
        return len(self.diffs()) + len(self.lost)


def title_of(law: Governing, lang: str) -> str:
    """Return what a picture of a law is called: the procedure of major decisions, or that which an instrument sets."""
    own = next((item.pack.head for item in law.instruments if item.pack.head.procedure), None)
    return (
        say("diagram.procedure", lang)
        if own is None
        else say("diagram.procedure_of", lang, law=own.title.text(lang))
    )


def drawing(law: Governing, against: Governing | None) -> Drawing:
    """Return what to draw of a law; with `against`, what that one has otherwise is marked, and what it has alone."""
    mine = steps_of(law)
    orders = orders_of(law, mine)
    if against is None:
        steps = {name: Drawn(step) for name, step in mine.items()}
        marks = Marks.of([law], [cited.instrument for step in mine.values() for cited in step.cited])
        return Drawing(law, None, marks, steps, tuple(map(DrawnOrder, orders)), ())
    theirs = steps_of(against)
    steps = _steps(mine, theirs)
    edges, lost = _edges(steps, orders, orders_of(against, theirs))
    named = [cited.instrument for step in (*mine.values(), *theirs.values()) for cited in step.cited]
    return Drawing(law, against, Marks.of([law, against], named), steps, edges, lost)


def _steps(mine: Mapping[str, StepLaw], theirs: Mapping[str, StepLaw]) -> dict[str, Drawn]:
    found = {}
    for name in [*mine, *(other for other in theirs if other not in mine)]:
        one, two = mine.get(name), theirs.get(name)
        if one is None or two is None:
            found[name] = Drawn(one, None, "added") if one else Drawn(theirs[name], None, "removed")
        else:
            found[name] = Drawn(one, two, "changed" if _differ(one, two) else "")
    return found


def _differ(one: StepLaw, two: StepLaw) -> bool:
    return _shape(one) != _shape(two)


def _shape(law: StepLaw) -> tuple[object, ...]:
    articles = {item.instrument: frozenset(item.articles) for item in law.cited}
    return (
        law.need,
        law.triggers[:1],
        law.binding,
        law.step.bearer,
        articles,
        set(law.numbers),
        set(law.gates),
    )


def _edges(
    steps: Mapping[str, Drawn], mine: Sequence[Order], theirs: Sequence[Order]
) -> tuple[tuple[DrawnOrder, ...], tuple[Order, ...]]:
    had = {(order.before, order.after, order.strength) for order in theirs}
    have = {(order.before, order.after, order.strength) for order in mine}
    edges = [
        DrawnOrder(order, "" if (order.before, order.after, order.strength) in had else "added")
        for order in mine
    ]
    graph, lost = order_graph(steps, mine), []
    for order in theirs:
        if (order.before, order.after, order.strength) in have:
            continue
        if nx.has_path(graph, order.after, order.before):
            lost.append(order)
            continue
        graph.add_edge(order.before, order.after)
        edges.append(DrawnOrder(order, "removed"))
    return tuple(edges), tuple(lost)


class NumberShown(NamedTuple):
    """A number of a step: `+`, `-`, `≠` or nothing, its words, and the instruments that set it."""

    mark: str
    texts: list[str]
    instruments: tuple[str, ...]


def numbers_changed(item: Drawn, lang: str) -> list[NumberShown]:
    """Return the numbers of a step; one that only changed shows both values."""
    now, before = item.law.numbers, item.other.numbers if item.other else item.law.numbers
    found = [NumberShown("", number_texts(number, lang), now[number]) for number in now if number in before]
    gone = [number for number in before if number not in now]
    for number in now:
        if number in before:
            continue
        old = next((other for other in gone if _alike(number, other)), None)
        if old is None:
            found.append(NumberShown("+", number_texts(number, lang), now[number]))
        else:
            gone.remove(old)
            texts = [*number_texts(old, lang), "→", number_texts(number, lang)[-1]]
            found.append(NumberShown("≠", texts, (*before[old], *now[number])))
    return found + [NumberShown("-", number_texts(number, lang), before[number]) for number in gone]


def _alike(one: LawNumber, two: LawNumber) -> bool:
    return (one.counts, one.unit, one.sign) == (two.counts, two.unit, two.sign)


def gates_changed(item: Drawn) -> list[tuple[str, Gate]]:
    """Return the gates of a step, each with `+`, `-` or nothing."""
    if item.other is None:
        return [("", gate) for gate in item.law.gates]
    old = item.other.gates
    found = [("" if gate in old else "+", gate) for gate in item.law.gates]
    return found + [("-", gate) for gate in old if gate not in item.law.gates]


def cited_changed(item: Drawn, marks: Marks, lang: str) -> list[tuple[str, str]]:
    """Return where the law speaks of a step, each with `+`, `-` or nothing."""
    now = [marks.short(cited, lang) for cited in item.law.cited]
    if item.other is None:
        return [("", text) for text in now]
    old = [marks.short(cited, lang) for cited in item.other.cited]
    found = [("" if text in old else "+", text) for text in now]
    return found + [("-", text) for text in old if text not in now]
