"""A trail being drawn: nodes and edges gathered once each, then frozen in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from decision_procedure.results.conclusions import Conclusion
from decision_procedure.results.report import Report
from decision_procedure.sources.characters import spelt
from decision_procedure.trails.chain import Edge, Node, Trail


class TrailDraft:
    """Nodes and edges of a trail by what identifies them; adding the same one again joins its findings."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._edges: dict[tuple[str, str], Edge] = {}

    def node(self, name: str, kind: str, words: tuple[str, str], /, **data: Any) -> str:
        """Add a node unless it is there, and return its identifier."""
        self._nodes.setdefault(name, Node(name, kind, words[0], words[1], data))
        return name

    def edge(
        self,
        source: str,
        target: str,
        kind: str,
        premises: Iterable[str],
        *findings: str,
        rule: str | None = None,
    ) -> None:
        """Add a link with what it rests on for these findings, or for the decision as a whole."""
        known = self._edges.setdefault((source, target), Edge(source, target, kind, rule, ()))
        grounds = {finding: set(found) for finding, found in known.grounds}
        for finding in findings or ("",):
            grounds.setdefault(finding, set()).update(premises)
        self._edges[source, target] = known._replace(
            grounds=tuple((finding, tuple(sorted(grounds[finding]))) for finding in sorted(grounds))
        )

    def concluded(self, source: str, target: str, kind: str, item: Conclusion, *findings: str) -> None:
        """Add a link that a production rule concluded, with the facts it rested on."""
        self.edge(source, target, kind, statements(item), *findings, rule=item.rule)

    def trail(self, report: Report) -> Trail:
        """Return what was gathered, in order of kind and identifier."""
        return Trail(
            title=spelt(report.title),
            as_of=report.as_of,
            body=spelt(report.decision.body.name),
            nodes=tuple(sorted(self._nodes.values(), key=lambda node: node[:2])),
            edges=tuple(sorted(self._edges.values(), key=lambda edge: edge[:3])),
            assume_complete=report.assume_complete,
            assumed_up_to=report.assumed_up_to,
        )


def statements(item: Conclusion) -> tuple[str, ...]:
    """Return the premises of a conclusion as text, such as `borne(act=a1, duty=cn-713.31, unit=gov)`."""
    return tuple(spelt(premise.text()) for premise in item.premises)
