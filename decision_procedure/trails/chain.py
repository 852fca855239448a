"""The trail itself: nodes, edges with the rule or the place they rest on, and the ways to cut it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from decision_procedure.errors import UnusableArgument
from decision_procedure.results.severity import face_of
from decision_procedure.sources.characters import spelt
from decision_procedure.wording import Words, both

if TYPE_CHECKING:
    import networkx as nx

TRAIL_SCHEMA = 1
DECISION = "outcome:decision"

COLUMNS: tuple[tuple[str, ...], ...] = (
    ("outcome",), ("instrument",), ("article",), ("duty",), ("finding",), ("gate",), ("act", "absence"),
    ("document",), ("unit",), ("person", "gap"), ("provision",),
)  # fmt: skip


def columns() -> tuple[tuple[str, ...], ...]:
    """Return the kinds of node, column by column from left to right; every edge leads to the right.

    Only `gap` also stands for a unit that is not recorded, and then leads on within its column.
    """
    return COLUMNS


def finding_id(duty: str, act: str | None) -> str:
    """Return the identifier of the node of a finding; `act` None: on the decision as a whole."""
    return f"finding:{duty}" + (f"@{spelt(act)}" if act else "")


class Node(NamedTuple):
    """One thing on the trail. `kind` is one of `COLUMNS`, `gate` or `provision`; `data` is JSON data that depends on the kind."""

    id: str
    kind: str
    zh: str
    en: str
    data: Mapping[str, Any]

    def text(self, lang: str = "zh") -> str:
        """Return the label in the language asked for."""
        return Words(lang).said(self)


class Edge(NamedTuple):
    """One link. `rule` is the production rule that concluded it; None when the record or the law states it.

    `grounds` says, for each finding the link belongs to, on what it rests there: the facts that the rule
    rested on, or the places of the record or law that state it; never empty. A finding of "" stands for the
    decision as a whole.
    """

    source: str
    target: str
    kind: str
    rule: str | None
    grounds: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that the link belongs to, in order."""
        return tuple(finding for finding, _ in self.grounds if finding)

    @property
    def premises(self) -> tuple[str, ...]:
        """Everything the link rests on, in order."""
        return tuple(sorted({premise for _, premises in self.grounds for premise in premises}))


@dataclass(frozen=True, eq=False)
class Trail:
    """The derivation from a decision's findings back to duties, acts, evidence, units and post-holders.

    It states duty, fact and provision and what is not known; whether anyone is at fault is for the authority.
    `assumed_up_to` is the day up to which the record is taken to be complete. `commitments` maps a pseudonym to the salted commitment of the name it stands for (see `masking`).
    """

    title: str
    as_of: str
    body: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    assume_complete: bool = False
    assumed_up_to: str | None = None
    commitments: Mapping[str, str] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trail) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.title, self.as_of, len(self.nodes), len(self.edges)))

    @cached_property
    def _by_id(self) -> Mapping[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _leading(self) -> Mapping[str, tuple[Edge, ...]]:
        return _grouped(self.edges, attrgetter("source"))

    @cached_property
    def _coming(self) -> Mapping[str, tuple[Edge, ...]]:
        return _grouped(self.edges, attrgetter("target"))

    def node(self, name: str) -> Node:
        """Return the node of this identifier. Raises UnusableArgument when there is none."""
        if name not in self._by_id:
            raise UnusableArgument(f"链上没有此节点 no such node on the trail: {name[:80]}")
        return self._by_id[name]

    def of(self, kind: str) -> tuple[Node, ...]:
        """Return the nodes of one kind, by identifier."""
        return tuple(node for node in self.nodes if node.kind == kind)

    def leading(self, name: str, kind: str | None = None) -> tuple[Edge, ...]:
        """Return the links that leave a node, of one kind or of all."""
        return tuple(edge for edge in self._leading.get(name, ()) if kind in (None, edge.kind))

    def coming(self, name: str, kind: str | None = None) -> tuple[Edge, ...]:
        """Return the links that reach a node, of one kind or of all."""
        return tuple(edge for edge in self._coming.get(name, ()) if kind in (None, edge.kind))

    def backwards(self, *targets: str) -> Trail:
        """Return the part of the trail that targets lead back to.

        A target is `decision`, or a node's identifier, a duty, an act or a step; a duty may be given without
        its instrument. Raises UnusableArgument where none of them is on the trail.
        """
        if {"decision", DECISION}.intersection(targets):
            return self
        found = {finding for target in targets for finding in self._findings_of(target)}
        if not found:
            told = ", ".join(targets)[:80]
            raise UnusableArgument(
                f"链上没有此问题、义务、行为或者环节 not on the trail: no finding, duty, act or step {told}"
            )
        return self._cut(found)

    def only(self, *severities: str) -> Trail:
        """Return the part of the trail whose findings have these severities, such as `violated` or `in_doubt`."""
        wanted = set(severities)
        return self._cut(
            {
                node.id
                for node in self.of("finding")
                if wanted & {node.data["severity"], face_of(node.data["severity"], node.data.get("face"))}
            }
        )

    def to_networkx(self) -> nx.DiGraph[str]:
        """Return a directed graph without cycles; nodes carry `kind`, `zh`, `en` and their data.

        Edges carry `kind`, `zh`, `en`, `rule` (None where no production rule concluded them), `premises`
        and `findings`. Columns: `columns()`.
        """
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph(title=self.title, as_of=self.as_of)
        for node in self.nodes:
            graph.add_node(node.id, kind=node.kind, zh=node.zh, en=node.en, **node.data)
        for edge in self.edges:
            zh, en = both(f"trail_edge.{edge.kind}")
            graph.add_edge(
                edge.source, edge.target, kind=edge.kind, zh=zh, en=en, rule=edge.rule,
                premises=edge.premises, findings=edge.findings,
            )  # fmt: skip
        return graph

    def text(self, lang: str = "zh") -> str:
        """Return the trail as sentences that can be read aloud, `zh` or `en`."""
        from decision_procedure.trails.telling import told

        return told(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """Return the trail as JSON data."""
        return {
            "schema": TRAIL_SCHEMA,
            "title": self.title,
            "as_of": self.as_of,
            "body": self.body,
            "assume_complete": self.assume_complete,
            "assumed_up_to": self.assumed_up_to,
            "commitments": dict(sorted(self.commitments.items())),
            "nodes": [
                {"id": node.id, "kind": node.kind, "zh": node.zh, "en": node.en, "data": dict(node.data)}
                for node in self.nodes
            ],
            "edges": [
                {
                    "source": edge.source,
                    "target": edge.target,
                    "kind": edge.kind,
                    "rule": edge.rule,
                    "grounds": {finding: list(premises) for finding, premises in edge.grounds},
                }
                for edge in self.edges
            ],
        }

    def to_json(self) -> str:
        """Return the trail as JSON text, the same for the same trail to the byte."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Trail:
        """Return the trail that `to_json` wrote. Raises ValueError for another schema."""
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("schema") != TRAIL_SCHEMA:
            raise ValueError("不是本格式的责任追溯链 not a trail of this schema")
        return cls(
            title=data["title"],
            as_of=data["as_of"],
            body=data["body"],
            nodes=tuple(Node(**item) for item in data["nodes"]),
            edges=tuple(
                Edge(
                    item["source"],
                    item["target"],
                    item["kind"],
                    item["rule"],
                    tuple((name, tuple(item["grounds"][name])) for name in sorted(item["grounds"])),
                )
                for item in data["edges"]
            ),
            assume_complete=data["assume_complete"],
            assumed_up_to=data.get("assumed_up_to"),
            commitments=data["commitments"],
        )

    def _findings_of(self, target: str) -> set[str]:
        if not target:
            return set()
        if target in self._by_id:
            if target.startswith("finding:"):
                return {target}
            edges = (*self.leading(target), *self.coming(target))
            return {finding for edge in edges for finding in edge.findings}
        found = {node.id for node in self.of("finding") if _speaks_of(node.data, target)}
        acts = [
            node.id
            for node in (*self.of("act"), *self.of("absence"))
            if target == node.data.get("act") or target in node.data["steps"]
        ]
        edges = tuple(edge for act in acts for edge in self.coming(act))
        return found | {finding for edge in edges for finding in edge.findings}

    def _cut(self, findings: Iterable[str]) -> Trail:
        wanted = set(findings)
        edges = tuple(
            edge._replace(grounds=tuple(ground for ground in edge.grounds if ground[0] in wanted))
            for edge in self.edges
            if not wanted.isdisjoint(edge.findings)
        )
        named = {DECISION} | {name for edge in edges for name in (edge.source, edge.target)}
        return replace(self, edges=edges, nodes=tuple(node for node in self.nodes if node.id in named))


def _speaks_of(data: Mapping[str, Any], target: str) -> bool:
    duty: str = data["duty"]
    return target in (duty, duty.partition(".")[2], data["act"], data["step"])


def _grouped(edges: Iterable[Edge], end: Callable[[Edge], str]) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(end(edge), []).append(edge)
    return {name: tuple(items) for name, items in found.items()}


__all__ = ["COLUMNS", "DECISION", "Edge", "Node", "Trail", "columns", "finding_id"]
