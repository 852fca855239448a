"""The procedure in a few boxes for a briefing: steps of one phase and lane in one box, the order between boxes.

A box holds steps that neighbour each other in the order of the law. A date within an act is told with the act, and an act
that only hands the matter on with the one that shows it was done. What is optional and stands in no order is left out.
Of more than a dozen boxes, those of one lane are joined, at the least cost to the truth of the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import networkx as nx

from decision_procedure.checking.requirements import StepLaw
from decision_procedure.diagrams.changes import Drawing
from decision_procedure.diagrams.procedure_plan import stages
from decision_procedure.diagrams.swimlanes import levels

_WITH = {
    "public": "outside", "experts": "outside", "party_committee": "leading", "peoples_congress": "leading",
}  # fmt: skip
_BY = {
    "DO": "deciding", "CH": "deciding", "MB": "deciding", "LR": "reviewing", "XP": "outside",
    "CU": "working", "HO": "working", "RA": "working", "EX": "working", "EV": "working", "PU": "working", "SU": "working",
}  # fmt: skip
_MOST = 12
_LANES = ("deciding", "working", "outside", "reviewing", "leading")


@dataclass(frozen=True, slots=True)
class BriefBox:
    """Steps told together; `number` counts the boxes in reading order."""

    number: int
    lane: str
    steps: tuple[str, ...]
    rank: int

    @property
    def name(self) -> str:
        """The identifier: its first step."""
        return self.steps[0]


@dataclass(frozen=True, slots=True)
class Brief:
    """The boxes, the lanes in order with who is named over each, what comes before what, and what is left out.

    An order is `stated` where the law states one between steps of two boxes, else `implied`; one that others
    imply is not among them.
    """

    boxes: tuple[BriefBox, ...]
    lanes: Mapping[str, tuple[str, ...]]
    orders: Mapping[tuple[str, str], str]
    left_out: tuple[str, ...]


def brief_of(draw: Drawing, taken: Iterable[str] = ()) -> Brief:
    """Return a procedure in brief; `taken` are steps on record, none of which is left out."""
    graph, kept = draw.graph, set(taken)
    names = [
        name
        for name, item in draw.steps.items()
        if item.law.need != "optional" or graph.degree(name) or name in kept
    ]
    laws = {name: draw.steps[name].law for name in names}
    boxes = _joined(_grouped(_hosts(laws), laws, graph), laws, graph)
    contracted = _contracted(boxes, graph)
    stage_of = stages(draw)
    named: nx.DiGraph[str] = nx.DiGraph()
    named.add_nodes_from(box[0] for box in boxes)
    named.add_edges_from((boxes[one][0], boxes[two][0]) for one, two in contracted.edges)
    rank = levels(named, {box[0]: stage_of[box[0]] for box in boxes})
    lanes = [_lane(laws[box[-1]]) for box in boxes]
    present = [lane for lane in (*_LANES, *lanes) if lane in lanes]
    order = sorted(range(len(boxes)), key=lambda at: (rank[boxes[at][0]], present.index(lanes[at]), at))
    found = tuple(
        BriefBox(number, lanes[at], tuple(boxes[at]), rank[boxes[at][0]])
        for number, at in enumerate(order, 1)
    )
    return Brief(
        found,
        {lane: _named(lane, [box for box in found if box.lane == lane], laws) for lane in dict.fromkeys(present)},
        {
            (boxes[one][0], boxes[two][0]): _strength(boxes[one], boxes[two], draw)
            for one, two in nx.transitive_reduction(contracted).edges
        },
        tuple(name for name in draw.steps if name not in laws),
    )  # fmt: skip


def _lane(law: StepLaw) -> str:
    """Return the lane of a step: of those that it is taken with, else of who bears it; a role of its own has its own."""
    if law.step.involves is not None:
        return _WITH[law.step.involves]
    return _BY.get(law.step.bearer, law.step.bearer)


def _named(lane: str, boxes: Iterable[BriefBox], laws: Mapping[str, StepLaw]) -> tuple[str, ...]:
    """Return who is named over a lane: whom its steps are taken with, or who bears them."""
    steps = [laws[name].step for box in boxes for name in box.steps if _lane(laws[name]) == lane]
    return tuple(dict.fromkeys(step.involves or step.bearer for step in steps))


def _hosts(laws: Mapping[str, StepLaw]) -> Mapping[str, str]:
    """Return the step with which each that has no box of its own is told."""
    found: dict[str, str] = {}
    for name, law in laws.items():
        step = law.step
        for other, owner in laws.items():
            own = owner.step
            same_act = step.at is not None and own.at is None and own.kinds == step.kinds
            handed_on = (
                step.bearer != own.bearer and own.phase == step.phase and own.kinds[0] in step.shown_by
            )
            if other != name and (same_act or handed_on) and _lane(law) != _lane(owner):
                found.setdefault(name, other)
    return found


def _grouped(
    hosts: Mapping[str, str], laws: Mapping[str, StepLaw], graph: nx.DiGraph[str]
) -> list[list[str]]:
    """Return steps in boxes: each joins the last of its phase and lane, if no order of the phase stands between."""
    boxes: list[list[str]] = []
    last: dict[tuple[str, str], list[str]] = {}
    guests: dict[str, list[str]] = {}
    for name, host in hosts.items():
        guests.setdefault(host, []).append(name)
    for name in laws:
        if name in hosts:
            continue
        own = [*guests.get(name, ()), name]
        key = (laws[name].step.phase, _lane(laws[name]))
        box = last.get(key)
        if (
            box is not None
            and not _between(own, box, laws, graph)
            and _follow([[*other, *own] if other is box else other for other in boxes], graph)
        ):
            box += own
        else:
            last[key] = own
            boxes.append(own)
    return boxes


def _between(
    own: Iterable[str], box: Iterable[str], laws: Mapping[str, StepLaw], graph: nx.DiGraph[str]
) -> bool:
    """Say whether the law wants something of the phase before a step that it does not want before its box."""
    held = {*box, *own}
    earlier = held.union(*(nx.ancestors(graph, name) for name in box))
    phase = laws[next(iter(box))].step.phase
    wanted = {before for name in own for before in graph.predecessors(name)}
    return any(before not in earlier and laws[before].step.phase == phase for before in wanted if before in laws)  # fmt: skip


def _follow(boxes: list[list[str]], graph: nx.DiGraph[str]) -> bool:
    """Say whether boxes follow one another without a circle."""
    return nx.is_directed_acyclic_graph(_contracted(boxes, graph))


def _joined(boxes: list[list[str]], laws: Mapping[str, StepLaw], graph: nx.DiGraph[str]) -> list[list[str]]:
    """Return no more boxes than a sheet in brief has: of one lane and company those are joined that mislead least."""
    known = nx.transitive_closure(graph)
    while len(boxes) > _MOST:
        trials = [
            [[*one, *two] if box is one else box for box in boxes if box is not two]
            for one, two in combinations(boxes, 2)
            if _lane(laws[one[-1]]) == _lane(laws[two[-1]])
            and laws[one[-1]].step.involves == laws[two[-1]].step.involves
        ]
        trials = [trial for trial in trials if _follow(trial, graph)]
        if not trials:
            break
        boxes = min(trials, key=lambda trial: _misleading(trial, graph, known))
    return boxes


def _misleading(boxes: list[list[str]], graph: nx.DiGraph[str], known: nx.DiGraph[str]) -> int:
    """Return how many steps seem to come before others, by the order of their boxes, that the law does not set so."""
    seeming = nx.transitive_closure_dag(_contracted(boxes, graph)).edges
    pairs = (pair for one, two in seeming for pair in product(boxes[one], boxes[two]))
    return sum(not known.has_edge(*pair) for pair in pairs)


def _contracted(boxes: list[list[str]], graph: nx.DiGraph[str]) -> nx.DiGraph[int]:
    home = {name: index for index, box in enumerate(boxes) for name in box}
    found: nx.DiGraph[int] = nx.DiGraph()
    found.add_nodes_from(range(len(boxes)))
    found.add_edges_from(
        (home[one], home[two])
        for one, two in graph.edges
        if one in home and two in home and home[one] != home[two]
    )
    return found


def _strength(one: Iterable[str], two: Iterable[str], draw: Drawing) -> str:
    pairs = {(before, after) for before in one for after in two}
    between = {edge.order.strength for edge in draw.edges if (edge.order.before, edge.order.after) in pairs}
    return "stated" if "stated" in between else "implied"
