"""The procedure as BPMN 2.0 with lanes and places: a picture of the law for other tools, not a program to run.

A step that waits for several has a parallel gateway before it, one that several wait for has one after it. A
conditional step stands between two inclusive gateways, the second of which is reached without it as well.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from decision_procedure.checking.governing import Governing
from decision_procedure.checking.requirements import StepLaw
from decision_procedure.diagrams.cards import need_text
from decision_procedure.diagrams.changes import Drawing, drawing, title_of
from decision_procedure.diagrams.citing import Marks, number_texts
from decision_procedure.diagrams.metrics import clean, wrap
from decision_procedure.diagrams.procedure_plan import stages
from decision_procedure.diagrams.swimlanes import levels
from decision_procedure.law.articles import article_text
from decision_procedure.wording import Words, is_chinese, say

_WIDE = 160.0
_HIGH = 84.0
_GATE = (36.0, 36.0)
_EVENT = (30.0, 30.0)
_RANK = 560.0
_BETWEEN = 32.0
_LEFT = 60.0
_HEAD = 30.0
_BASE = 170.0
_TRACKS = 492.0
_STRIP = 90.0
# Where the parts of one step stand inside its rank: join, condition, task, rejoin, fork.
_OFFSETS = {"join": 50.0, "if": 110.0, "task": 216.0, "fi": 396.0, "fork": 448.0}
_NAME = 18  # characters of a condition that have room over its gateway


class _Element(NamedTuple):
    id: str
    tag: str
    name: str
    lane: str
    x: float
    y: float
    size: tuple[float, float]
    told: str = ""


class _Flow(NamedTuple):
    """A sequence flow; `label` is where its name stands: `over`, `under` or `below`; empty where it has none."""

    id: str
    source: str
    target: str
    name: str = ""
    label: str = ""
    told: str = ""


def bpmn_text(law: Governing, lang: str = "zh") -> str:
    """Return the procedure as a BPMN 2.0 document."""
    draw = drawing(law, None)
    steps = {name: item.law for name, item in draw.steps.items()}
    lanes: list[str] = list(dict.fromkeys(step.step.bearer for step in steps.values()))
    title = f"{title_of(law, lang)} {law.name(lang)}".strip()
    elements, flows, rows = _model(draw, steps, lanes, lang)
    incoming: dict[str, list[str]] = {}
    outgoing: dict[str, list[str]] = {}
    for flow in flows:
        outgoing.setdefault(flow.source, []).append(flow.id)
        incoming.setdefault(flow.target, []).append(flow.id)
    width = max(item.x for item in elements.values()) + 120
    parts = [
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
            'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
            'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            'id="definitions" targetNamespace="urn:decision-procedure">\n'
            f'<bpmn:collaboration id="collaboration"><bpmn:participant id="pool" name={_quoted(title)} '
            'processRef="process"/></bpmn:collaboration>\n<bpmn:process id="process" isExecutable="false">\n'
            '<bpmn:laneSet id="lanes">\n'
        )
    ]
    for lane in lanes:
        members = "".join(
            f"<bpmn:flowNodeRef>{item.id}</bpmn:flowNodeRef>"
            for item in elements.values()
            if item.lane == lane
        )
        parts.append(
            f'<bpmn:lane id="{_lane(lane)}" name={_quoted(draw.bearer_name(lane, lang))}>{members}</bpmn:lane>\n'
        )
    parts.append("</bpmn:laneSet>\n")
    parts += [
        _element(item, incoming.get(item.id, []), outgoing.get(item.id, [])) for item in elements.values()
    ]
    parts += [_flow(flow) for flow in flows]
    parts.append("</bpmn:process>\n")
    parts += _diagram(elements, flows, lanes, rows, width)
    parts.append("</bpmn:definitions>\n")
    return "".join(parts)


def _model(
    draw: Drawing, steps: Mapping[str, StepLaw], lanes: list[str], lang: str
) -> tuple[dict[str, _Element], list[_Flow], dict[str, tuple[float, float]]]:
    graph = draw.graph
    rank = levels(graph, stages(draw))
    texts = {name: _text(step, draw.marks, lang) for name, step in steps.items()}
    high = max([_HIGH, *(15.0 * len(_wrapped(text)) + 12 for text in texts.values())])
    slots: dict[tuple[str, int], int] = {}
    slot = {}
    for name, step in steps.items():
        cell = (step.step.bearer, rank[name])
        slot[name] = slots[cell] = slots.get(cell, 0) + 1
    rows: dict[str, tuple[float, float]] = {}
    y = 0.0
    strip = _STRIP
    for lane in lanes:
        deep = _deep(slots, lane)
        rows[lane] = (y, deep * (high + _BETWEEN) + 20 + strip)
        strip = 0.0
        y += rows[lane][1]
    elements: dict[str, _Element] = {}
    flows: list[_Flow] = []
    for name, step in steps.items():
        low = sum(rows[step.step.bearer])
        middle = low - 10 - (_deep(slots, step.step.bearer) - slot[name] + 0.5) * (high + _BETWEEN)
        x = _BASE + rank[name] * _RANK
        chain = list(_chain(name, step, graph, (x, middle, high), texts[name], draw.marks, lang))
        elements |= {item.id: item for item in chain}
        for a, b in itertools.pairwise(chain):
            words = (say("diagram.required", lang), "after") if a.id.startswith("if_") else ("", "")
            flows.append(_Flow(f"flow_{a.id}_{b.id}", a.id, b.id, *words))
        if step.need != "mandatory":
            words = (say("diagram.not_required", lang), "below")
            flows.append(_Flow(f"flow_skip_{name}", f"if_{name}", f"fi_{name}", *words))
    entry = {name: _first(name, elements) for name in steps}
    leave = {name: _last(name, elements) for name in steps}
    flows += _orders(draw, entry, leave, lang)
    if steps:
        _ends(graph, entry, leave, elements, flows, lanes, rows, max(rank.values()))
    return elements, flows, rows


def _deep(slots: Mapping[tuple[str, int], int], lane: str) -> int:
    return max(count for (owner, _), count in slots.items() if owner == lane)


def _chain(
    name: str,
    step: StepLaw,
    graph: nx.DiGraph[str],
    at: tuple[float, float, float],
    text: str,
    marks: Marks,
    lang: str,
) -> Iterator[_Element]:
    lane, (x, middle, high) = step.step.bearer, at

    def part(kind: str, tag: str, size: tuple[float, float], text: str = "", told: str = "") -> _Element:
        return _Element(
            f"{kind}_{name}", tag, text, lane, x + _OFFSETS[kind], middle - size[1] / 2, size, told
        )

    if graph.in_degree(name) > 1:
        yield part("join", "parallelGateway", _GATE)
    if step.need != "mandatory":
        yield part(
            "if", "inclusiveGateway", _GATE, _shortened(need_text(step, lang), lang), need_text(step, lang)
        )
    told = [marks.full(cited, lang) for cited in step.cited]
    told += [
        f"{say(f'diagram.{gate.name}', lang)} {marks.mark(gate.instrument)} {article_text(gate.article, lang)}{say('glossary.colon', lang)}{gate.text.text(lang)}"
        for gate in step.gates
    ]
    yield part("task", "task", (_WIDE, high), text, Words(lang).series(told))
    if step.need != "mandatory":
        yield part("fi", "inclusiveGateway", _GATE)
    if graph.out_degree(name) > 1:
        yield part("fork", "parallelGateway", _GATE)


def _text(step: StepLaw, marks: Marks, lang: str) -> str:
    """Return the lines on a task: gate, name, articles, numbers."""
    gates = dict.fromkeys(say(f"diagram.{gate.name}", lang) for gate in step.gates)
    basis = " ".join(marks.short(cited, lang) for cited in step.cited)
    numbers = [say("glossary.gap", lang).join(number_texts(number, lang)) for number in step.numbers]
    return "\n".join([*gates, step.step.name.text(lang), basis, *numbers])


def _wrapped(text: str) -> list[str]:
    """Return a text in the lines that a viewer makes of it, in letters of 12 pixels."""
    return [line for part in text.split("\n") for line in wrap(part, 12, _WIDE - 14, 20)]


def _shortened(text: str, lang: str) -> str:
    most = _NAME if is_chinese(lang) else 2 * _NAME
    return text if len(text) <= most else text[: most - 1] + "…"


def _orders(draw: Drawing, entry: Mapping[str, str], leave: Mapping[str, str], lang: str) -> Iterator[_Flow]:
    """Yield the flows between steps; of those into one step, the first of each strength bears the word for it."""
    named = set()
    for order, _ in draw.edges:
        word = say(f"diagram.{order.strength}", lang)
        new = (order.after, order.strength) not in named
        named.add((order.after, order.strength))
        cited = Words(lang).series(draw.marks.full(item, lang) for item in order.cited)
        told = Words(lang).headed(say(f"diagram.order_{order.strength}", lang), cited)
        yield _Flow(
            f"flow_{order.before}__{order.after}", leave[order.before], entry[order.after], word if new else "",
            {"stated": "over", "implied": "under"}[order.strength] if new else "", told,
        )  # fmt: skip


def _first(name: str, elements: Mapping[str, _Element]) -> str:
    return next(f"{kind}_{name}" for kind in ("join", "if", "task") if f"{kind}_{name}" in elements)


def _last(name: str, elements: Mapping[str, _Element]) -> str:
    return next(f"{kind}_{name}" for kind in ("fork", "fi", "task") if f"{kind}_{name}" in elements)


def _ends(
    graph: nx.DiGraph[str], entry: Mapping[str, str], leave: Mapping[str, str], elements: dict[str, _Element],
    flows: list[_Flow], lanes: list[str], rows: Mapping[str, tuple[float, float]], last: int,
) -> None:  # fmt: skip
    """Add the start, from which whatever waits for nothing begins, and the end, when all is done."""
    lane = lanes[0]
    middle = rows[lane][0] + 10 + _STRIP + (_HIGH + _BETWEEN) / 2
    right = _BASE + (last + 1) * _RANK + 20
    for kind, tag, x, size in (
        ("start", "startEvent", _LEFT, _EVENT),
        ("start_fork", "parallelGateway", _LEFT + 50, _GATE),
        ("end_join", "parallelGateway", right, _GATE),
        ("end", "endEvent", right + 60, _EVENT),
    ):
        elements[kind] = _Element(kind, tag, "", lane, x, middle - size[1] / 2, size)
    flows.append(_Flow("flow_start", "start", "start_fork"))
    flows.append(_Flow("flow_end", "end_join", "end"))
    flows += [
        _Flow(f"flow_start_{name}", "start_fork", entry[name]) for name in graph if not graph.in_degree(name)
    ]
    flows += [
        _Flow(f"flow_end_{name}", leave[name], "end_join") for name in graph if not graph.out_degree(name)
    ]


def _element(item: _Element, incoming: list[str], outgoing: list[str]) -> str:
    name = f" name={_quoted(item.name)}" if item.name else ""
    direction = ""
    if item.tag.endswith("Gateway"):
        direction = f' gatewayDirection="{"Diverging" if len(outgoing) > 1 else "Converging"}"'
    inner = _told(item.told)
    inner += "".join(f"<bpmn:incoming>{flow}</bpmn:incoming>" for flow in incoming)
    inner += "".join(f"<bpmn:outgoing>{flow}</bpmn:outgoing>" for flow in outgoing)
    return f'<bpmn:{item.tag} id="{item.id}"{name}{direction}>{inner}</bpmn:{item.tag}>\n'


def _flow(flow: _Flow) -> str:
    name = f" name={_quoted(flow.name)}" if flow.name else ""
    start = f'<bpmn:sequenceFlow id="{flow.id}"{name} sourceRef="{flow.source}" targetRef="{flow.target}"'
    return f"{start}>{_told(flow.told)}</bpmn:sequenceFlow>\n" if flow.told else f"{start}/>\n"


def _told(text: str) -> str:
    return f"<bpmn:documentation>{escape(clean(text))}</bpmn:documentation>" if text else ""


def _diagram(
    elements: Mapping[str, _Element], flows: list[_Flow], lanes: list[str], rows: Mapping[str, tuple[float, float]],
    width: float,
) -> Iterator[str]:  # fmt: skip
    yield '<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">\n'
    high = sum(row[1] for row in rows.values())
    yield _shape("pool", 0, 0, width, high, ' isHorizontal="true"')
    for lane in lanes:
        yield _shape(_lane(lane), _HEAD, rows[lane][0], width - _HEAD, rows[lane][1], ' isHorizontal="true"')
    for item in elements.values():
        label = (
            _label(item.x - 46, item.y - 32, 128, 30) if item.tag == "inclusiveGateway" and item.name else ""
        )
        yield _shape(item.id, item.x, item.y, *item.size, label=label)
    strips, tracks = _strips(flows, elements), _tracks(flows, elements)
    for flow in flows:
        yield _edge(flow, elements, strips, tracks)
    yield "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n"


def _lane(bearer: str) -> str:
    return f"lane_{bearer.replace(':', '.')}"


def _shape(name: str, x: float, y: float, w: float, h: float, more: str = "", label: str = "") -> str:
    return (
        f'<bpmndi:BPMNShape id="{name}_shape" bpmnElement="{name}"{more}>'
        f'<dc:Bounds x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"/>{label}</bpmndi:BPMNShape>\n'
    )


def _label(x: float, y: float, w: float, h: float) -> str:
    return (
        f'<bpmndi:BPMNLabel><dc:Bounds x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"/></bpmndi:BPMNLabel>'
    )


def _edge(
    flow: _Flow, elements: Mapping[str, _Element], strips: Mapping[str, float], tracks: Mapping[str, float]
) -> str:
    one, two = elements[flow.source], elements[flow.target]
    points = _way(flow, one, two, strips, tracks)
    if flow.id.startswith("flow_skip_"):
        low = one.y + 26 + elements[flow.source.replace("if_", "task_", 1)].size[1] / 2
        points = [(one.x + 18, one.y + 36), (one.x + 18, low), (two.x + 18, low), (two.x + 18, two.y + 36)]
    way = "".join(f'<di:waypoint x="{x:g}" y="{y:g}"/>' for x, y in points)
    middle = two.y + two.size[1] / 2
    label = {
        "over": _label(two.x - 44, middle - 16, 36, 14),
        "under": _label(two.x - 44, middle + 5, 36, 14),
        "after": _label(one.x + one.size[0] + 4, middle - 16, 56, 14),
        "below": _label(one.x + 22, one.y + 52, 56, 14),
    }.get(flow.label, "")
    return f'<bpmndi:BPMNEdge id="{flow.id}_edge" bpmnElement="{flow.id}">{way}{label}</bpmndi:BPMNEdge>\n'


def _way(
    flow: _Flow, one: _Element, two: _Element, strips: Mapping[str, float], tracks: Mapping[str, float]
) -> list[tuple[float, float]]:
    """Return the bends of a flow: between ranks it keeps to the free room at their edges and to the strip on top."""
    x1, y1 = one.x + one.size[0], one.y + one.size[1] / 2
    x2, y2 = two.x, two.y + two.size[1] / 2
    if _rank(one) == _rank(two) or (y1 == y2 and _rank(two) == _rank(one) + 1):
        return [(x1, y1), (x2, y2)]
    leave = x1 + 10 if one.id == "start_fork" else _BASE + _rank(one) * _RANK + tracks[flow.id]
    if flow.id not in strips:
        return [(x1, y1), (leave, y1), (leave, y2), (x2, y2)]
    enter, strip = _BASE + _rank(two) * _RANK + 4, strips[flow.id]
    return [(x1, y1), (leave, y1), (leave, strip), (enter, strip), (enter, y2), (x2, y2)]


def _tracks(flows: Sequence[_Flow], elements: Mapping[str, _Element]) -> dict[str, float]:
    """Return where, at the right edge of its rank, each flow runs up or down; those of one target share the place."""
    places: dict[int, dict[str, float]] = {}
    found = {}
    for flow in flows:
        of_rank = places.setdefault(_rank(elements[flow.source]), {})
        found[flow.id] = of_rank.setdefault(flow.target, _TRACKS + 6 * (len(of_rank) % 11))
    return found


def _rank(item: _Element) -> int:
    return int((item.x - _BASE) // _RANK)


def _strips(flows: Sequence[_Flow], elements: Mapping[str, _Element]) -> dict[str, float]:
    """Return the height in the strip on top for each flow that passes a rank; those of one end share it."""
    found: dict[str, float] = {}
    tracks: dict[str, float] = {}
    for flow in flows:
        if _rank(elements[flow.target]) > _rank(elements[flow.source]) + 1 and not flow.id.startswith(
            "flow_skip_"
        ):
            end = flow.target if flow.target == "end_join" else flow.source
            found[flow.id] = tracks.setdefault(end, 8.0 + 8 * len(tracks))
    return found


def _quoted(text: str) -> str:
    """Return a text as an attribute, its lines kept."""
    return quoteattr("\n".join(clean(line) for line in text.split("\n") if line))
