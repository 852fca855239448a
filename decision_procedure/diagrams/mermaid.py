"""Diagrams as Mermaid text, for pages that draw it themselves; it does not keep lanes in line as the scenes do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import networkx as nx

from decision_procedure.checking.governing import Governing
from decision_procedure.diagrams.cards import short_need_text
from decision_procedure.diagrams.changes import cited_changed, drawing, numbers_changed, title_of
from decision_procedure.diagrams.metrics import clean
from decision_procedure.diagrams.palette import LOOKS
from decision_procedure.diagrams.phases import phase_name
from decision_procedure.diagrams.state import time_text, verdict_text
from decision_procedure.graph import Procedure
from decision_procedure.reporting.steps import drawn_states
from decision_procedure.results.report import Report
from decision_procedure.wording import say, text_in

_CHARS = str.maketrans(
    {
        "#": "#35;",
        "&": "#amp;",
        "<": "#lt;",
        ">": "#gt;",
        '"': "”",
        "`": "‘",
        "\\": "＼",
        "%": "#37;",
        ";": "#59;",
    }
)


# An arrow that hops over another would lose its dashes.
_SETTINGS = '%%{init: {"elk": {"lineHops": false}, "flowchart": {"wrappingWidth": 420}}}%%'


class FlowNode(NamedTuple):
    """A node: its lines of text, the group it stands in, and its class (empty: none)."""

    lines: tuple[str, ...]
    group: str = ""
    css: str = ""
    round: bool = False


class FlowLink(NamedTuple):
    """An edge; `dashed` for what is implied, `diff` added or removed where two laws are compared."""

    tail: Any
    head: Any
    text: str = ""
    dashed: bool = False
    diff: str = ""


def mermaid_text(
    title: str,
    nodes: Mapping[Any, FlowNode],
    links: Sequence[FlowLink],
    groups: Mapping[str, str],
    *,
    across: bool = False,
) -> str:
    """Return a Mermaid flowchart; `groups` names the boxes in which nodes stand, in order."""
    ids = {key: f"n_{index}" for index, key in enumerate(nodes)}
    lines = [f"%% {_comment(title)}", _SETTINGS, f"flowchart {'LR' if across else 'TB'}"]
    for number, (group, name) in enumerate(groups.items()):
        members = [key for key, node in nodes.items() if node.group == group]
        if members:
            lines.append(f'  subgraph g_{number}["{_text(name)}"]')
            lines += [f"    {_node(ids[key], nodes[key])}" for key in members]
            lines.append("  end")
    lines += [f"  {_node(ids[key], node)}" for key, node in nodes.items() if node.group not in groups]
    for link in links:
        arrow = "-.->" if link.dashed else "-->"
        text = f'|"{_text(link.text)}"|' if link.text else ""
        lines.append(f"  {ids[link.tail]} {arrow}{text} {ids[link.head]}")
    lines += _link_styles(links)
    for css in sorted({node.css for node in nodes.values() if node.css}):
        members_text = ",".join(ids[key] for key, node in nodes.items() if node.css == css)
        lines += [f"  classDef {css} {_style(css)}", f"  class {members_text} {css}"]
    return "\n".join(lines) + "\n"


def _link_styles(links: Sequence[FlowLink]) -> Iterator[str]:
    """Yield the dashes and weights of links."""
    of_style: dict[str, list[str]] = {}
    for number, link in enumerate(links):
        dash = (
            "stroke-dasharray:1 4"
            if link.diff == "removed"
            else "stroke-dasharray:5 4"
            if link.dashed
            else ""
        )
        weight = {"added": "stroke-width:3px", "removed": "stroke-width:1.5px"}.get(link.diff, "")
        if style := ",".join(filter(None, (dash, weight))):
            of_style.setdefault(style, []).append(str(number))
    yield from (f"  linkStyle {','.join(numbers)} {style}" for style, numbers in of_style.items())


def procedure_mermaid(law: Governing, lang: str, against: Governing | None = None) -> str:
    """Return the procedure as Mermaid, steps in boxes by bearer; the words on arrows and steps say what differs."""
    draw = drawing(law, against)
    nodes = {}
    for name, item in draw.steps.items():
        lines = [say(f"diagram.diff_{item.diff}", lang)] if item.diff else []
        lines += dict.fromkeys(say(f"diagram.{gate.name}", lang) for gate in item.law.gates)
        lines += [item.law.step.name.text(lang), short_need_text(item.law, lang)]
        lines.append(" ".join(mark + text for mark, text in cited_changed(item, draw.marks, lang)))
        lines += [mark + " ".join(texts) for mark, texts, _ in numbers_changed(item, lang)]
        nodes[name] = FlowNode(tuple(lines), item.law.step.bearer, item.law.need, round=True)
    links = [
        FlowLink(
            edge.order.before, edge.order.after, {"added": "+", "removed": "-"}.get(edge.diff, "")
            + say(f"diagram.{edge.order.strength}", lang), edge.order.strength == "implied", edge.diff,
        )
        for edge in draw.edges
    ]  # fmt: skip
    groups = {
        bearer: draw.bearer_name(bearer, lang)
        for bearer in dict.fromkeys(node.group for node in nodes.values())
    }
    names = [item.name(lang) for item in (law, against) if item is not None]
    nodes["instruments"] = FlowNode(tuple(draw.marks.lines(lang)), "instruments")
    groups["instruments"] = say("diagram.instruments", lang)
    return mermaid_text(
        f"{title_of(law, lang)} {say('diagram.against', lang).join(names)}", nodes, links, groups
    )


def status_mermaid(report: Report, procedure: Procedure, lang: str) -> str:
    """Return the state of a decision as Mermaid, steps in boxes by phase."""
    states = drawn_states(report, procedure)
    nodes = {}
    for name, state in states.items():
        marks = [f"gate_{state.gate}"] if state.gate else []
        marks += [state.mark] if state.mark else []
        words = tuple(
            say(f"diagram.{mark}", lang) for mark in [*marks, *(["next_mark"] if state.next else [])]
        )
        lines = (state.name(lang), verdict_text(state, lang), time_text(state, lang), *words)
        nodes[name] = FlowNode(lines, state.phase, state.verdict or "")
    links = [
        FlowLink(edge.before, edge.after, dashed=edge.strength == "implied")
        for _, edge in sorted(procedure.edges, key=lambda item: (item[1].before, item[1].after))
        if edge.before in nodes and edge.after in nodes
    ]
    groups = {state.phase: phase_name(state, lang) for state in states.values()}
    return mermaid_text(report.title, nodes, links, groups)


def graph_mermaid(graph: nx.DiGraph[Any], title: str, lang: str) -> str:
    """Return any graph as Mermaid; nodes carry `zh` and `en`, otherwise their own name is shown."""
    nodes = {
        key: FlowNode(_lines(data, lang, key), round=data.get("kind") in ("act", "person"))
        for key, data in graph.nodes(data=True)
    }
    links = [FlowLink(a, b, str(data.get(lang) or "")) for a, b, data in graph.edges(data=True)]
    return mermaid_text(title, nodes, links, {}, across=True)


def _lines(data: Mapping[str, Any], lang: str, key: Any) -> tuple[str, ...]:
    return tuple((text_in(data, lang) or str(data.get("label") or key)).split("\n"))


def _node(name: str, node: FlowNode) -> str:
    text = "<br/>".join(_text(line) for line in node.lines if line) or " "
    return f'{name}("{text}")' if node.round else f'{name}["{text}"]'


def _text(text: str) -> str:
    return clean(text)[:300].translate(_CHARS)


def _comment(text: str) -> str:
    return clean(text)[:300].translate(_CHARS).replace("{", "(").replace("}", ")")


def _style(css: str) -> str:
    if css in LOOKS:
        style = LOOKS[css]
        dash = {"solid": "", "dashed": ",stroke-dasharray:6 4", "dotted": ",stroke-dasharray:2 4"}[style.dash]
        return f"fill:{style.fill},stroke:{style.border},color:{style.ink},stroke-width:{style.pen}px{dash}"
    dash = {"conditional": ",stroke-dasharray:6 4", "optional": ",stroke-dasharray:2 4"}.get(css, "")
    return f"fill:#FFFFFF,stroke:#1F2328,color:#1F2328{dash}"
