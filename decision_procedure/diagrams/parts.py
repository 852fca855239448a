"""A trail cut into parts, one for each finding, in which every node is a card or a line on the card it belongs to.

Instruments, articles, provisions and gates are told on the cards that they lead from or to; evidence, and what would
settle a finding, hangs under its card. Nodes carry `kind`, `zh` and `en`; edges may carry `zh`, `en` and `findings`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import networkx as nx

from decision_procedure.diagrams.columns import Arrow
from decision_procedure.diagrams.metrics import clean
from decision_procedure.diagrams.state import moment_text
from decision_procedure.model.vocabulary import label
from decision_procedure.results.severity import CLASSES, RANKS, face_of
from decision_procedure.wording import Words, say, text_in

COLUMNS = (
    ("outcome", "instrument", "article", "duty"),
    ("finding",),
    ("act", "absence", "gate", "document"),
    ("unit",),
    ("person", "gap", "provision"),
)
_TOLD = ("instrument", "article", "provision", "gate")
_WHOLE = 6
_FACTS = 3
_SEPARATE = 3
Key = Hashable
if TYPE_CHECKING:
    Graph = nx.DiGraph[Any]


@dataclass(slots=True)
class TrailCard:
    """A node as it is shown: a title, smaller lines, bold lines under them, and the cards that hang below.

    `face` is the name of what a finding came to (empty: none is said), `tip` what it says in full. Where what hangs
    below is divided, `documents` is how many documents there are in all, `before` how many stand before.
    """

    key: Key
    kind: str
    title: str
    lines: list[str] = field(default_factory=list)
    bold: list[str] = field(default_factory=list)
    hung: list[TrailCard] = field(default_factory=list)
    documents: int = 0
    before: int = 0
    face: str = ""
    tip: str = ""

    @property
    def column(self) -> int:
        """The column of its kind."""
        return column_of(self.kind)


@dataclass(slots=True)
class TrailPart:
    """Cards and the edges to draw between them; `name` begins the identifiers."""

    name: str
    cards: dict[Key, TrailCard]
    edges: list[Arrow]


@dataclass(slots=True)
class Cut:
    """A trail in parts; `summed` are findings told in a list; `backward` counts edges not drawn."""

    parts: list[TrailPart]
    summed: list[Key]
    backward: int


def column_of(kind: str) -> int:
    """Return the column of a kind of node; an unknown kind stands among the acts."""
    return next((index for index, kinds in enumerate(COLUMNS) if kind in kinds), 2)


def kind_of(graph: Graph, key: Key) -> str:
    """Return the kind of a node."""
    return str(graph.nodes[key].get("kind", "other"))


def text_of(graph: Graph, key: Key, lang: str) -> str:
    """Return the label of a node."""
    data = graph.nodes[key]
    return text_in(data, lang) or str(key)


def face_in(graph: Graph, finding: Key) -> str:
    """Return the name under which a finding of a trail is shown: what it says, otherwise that of its severity."""
    data = graph.nodes[finding]
    return face_of(str(data.get("severity")), data.get("face"))


def said_face(data: Mapping[str, Any]) -> str:
    """Return the name under which a finding is shown; empty where its node does not say what it came to."""
    return face_of(str(data["severity"]), data.get("face")) if data.get("severity") else ""


def as_problems(graph: Graph) -> Graph:
    """Return a trail in which findings that spring from one fact of the record (`problem`) are the first of them.

    It bears the duties of all (`duties`), and what leads to or from any.
    """
    first: dict[tuple[object, str], Key] = {}
    stands: dict[Key, Key] = {}
    for key, data in graph.nodes(data=True):
        if data.get("problem") and data.get("kind") == "finding":
            stands[key] = first.setdefault((data["problem"], said_face(data)), key)
    if len(set(stands.values())) == len(stands):
        return graph
    found: Graph = nx.DiGraph(**graph.graph)
    for key, data in graph.nodes(data=True):
        if stands.get(key, key) == key:
            duties = [graph.nodes[other].get("duty") for other, one in stands.items() if one == key]
            found.add_node(key, **data, **({"duties": duties} if len(duties) > 1 else {}))
    for a, b, data in graph.edges(data=True):
        one, two = stands.get(a, a), stands.get(b, b)
        named = data.get("findings")
        own = None if named is None else list(dict.fromkeys(stands.get(item, item) for item in named))
        if found.has_edge(one, two):
            there = found.edges[one, two]
            if own is not None and there.get("findings") is not None:
                there["findings"] = list(dict.fromkeys([*there["findings"], *own]))
            continue
        found.add_edge(one, two, **(data if own is None else {**data, "findings": own}))
    return found


def standing_in(graph: Graph, finding: Key) -> str:
    """Return where a finding of a trail stands in the order of severity (`severity.STANDINGS`)."""
    return str(graph.nodes[finding].get("standing") or face_in(graph, finding))


def cut(graph: Graph, title: str, lang: str) -> Cut:
    """Return the parts of a trail: the decision as a whole, each finding, and what belongs to none.

    Findings that are undetermined and not in doubt, or wait for a judgement and lead to nobody and nothing done, are summed up when
    there are more than six.
    """
    findings = [key for key in graph if kind_of(graph, key) == "finding"]
    around = {finding: _around(graph, finding, title, lang) for finding in findings}
    open_ = [key for key in findings if _untraced(graph, key, around[key][0])]
    summed = open_ if len(open_) > _WHOLE else []
    shown = [key for key in findings if key not in set(summed)]
    shown.sort(key=lambda key: RANKS.get(standing_in(graph, key), len(RANKS)))
    parts = [_part(f"f{number}", graph, *around[key], lang) for number, key in enumerate(shown, 1)]
    _refer_back(parts, lang)
    seen = {key for nodes, _ in around.values() for key in nodes}
    drawn = {edge for _, edges in around.values() for edge in edges}
    rest = [edge for edge in graph.edges if edge not in drawn and not _under_title(graph, edge, title, lang)]
    ahead = [(a, b) for a, b in rest if _forward(graph, a, b)]
    lone = {
        key
        for key in graph
        if key not in seen and not (_is_title(graph, key, title, lang) and len(graph) > 1)
    }
    others = lone | {key for edge in ahead for key in edge}
    if others:
        parts.insert(0, _part("all", graph, others, set(ahead), lang))
    return Cut(parts, summed, len(rest) - len(ahead))


def _refer_back(parts: Iterable[TrailPart], lang: str) -> None:
    """List many documents under the first card of an act only; later ones refer to it."""
    listed: set[Key] = set()
    for card in [card for part in parts for card in part.cards.values() if len(card.hung) > _SEPARATE]:
        if card.key in listed:
            others = [item for item in card.hung if item.kind != "document"]
            number = len(card.hung) - len(others)
            name = ("documents", card.key)
            card.hung = [
                *others,
                TrailCard(
                    name,
                    "document",
                    say("diagram.documents", lang, count=number),
                    [say("diagram.listed_above", lang)],
                ),
            ]
        listed.add(card.key)


def _untraced(graph: Graph, finding: Key, nodes: Iterable[Key]) -> bool:
    severity = graph.nodes[finding].get("severity")
    kinds = {kind_of(graph, key) for key in nodes}
    return face_in(graph, finding) in CLASSES[1:] or (
        severity == "needs_judgement" and not kinds & {"act", "absence", "unit", "person"}
    )


def _around(graph: Graph, finding: Key, title: str, lang: str) -> tuple[set[Key], set[tuple[Key, Key]]]:
    """Return what a finding rests on and leads to, column by column, with the edges of this finding."""
    edges: set[tuple[Key, Key]] = set()
    for back in (True, False):
        todo, done = [finding], {finding}
        while todo:
            key = todo.pop()
            for a, b in graph.in_edges(key) if back else graph.out_edges(key):
                other = a if back else b
                own = graph.edges[a, b].get("findings")
                if (own is not None and finding not in own) or not _forward(graph, a, b):
                    continue
                if _is_title(graph, other, title, lang) or (kind_of(graph, other) == "finding"):
                    continue
                edges.add((a, b))
                if other not in done:
                    done.add(other)
                    todo.append(other)
    return {finding} | {key for edge in edges for key in edge}, edges


def _forward(graph: Graph, a: Key, b: Key) -> bool:
    """Whether an edge leads to a later column, or to what is told or hung on the card it comes from."""
    kinds = kind_of(graph, a), kind_of(graph, b)
    if a == b:
        return False
    if column_of(kinds[0]) < column_of(kinds[1]) or kinds in (("instrument", "article"), ("article", "duty")):
        return True
    return kinds[1] in ("document", "provision") or kinds[0] == "gate" or kinds == ("gap", "gap")


def _is_title(graph: Graph, key: Key, title: str, lang: str) -> bool:
    return kind_of(graph, key) == "outcome" and clean(text_of(graph, key, lang)) == clean(title)


def _under_title(graph: Graph, edge: tuple[Key, Key], title: str, lang: str) -> bool:
    """Whether an edge only says that the decision named in the title has a finding."""
    return _is_title(graph, edge[0], title, lang) and kind_of(graph, edge[1]) == "finding"


def _part(name: str, graph: Graph, nodes: Iterable[Key], edges: set[tuple[Key, Key]], lang: str) -> TrailPart:
    keys = [key for key in graph if key in set(nodes)]
    cards = {key: _card(graph, key, lang) for key in keys}
    laws = {graph.nodes[key].get("instrument") for key in keys if cards[key].kind == "instrument"}
    for card in cards.values():
        data = graph.nodes[card.key]
        if card.kind == "provision" and data.get("article") and data.get("instrument") in laws:
            zh = data["article"]
            card.title = str(Words(lang).pair((zh, data.get("article_en", zh))))
    labels = {(a, b): clean(text_in(graph.edges[a, b], lang)) for a, b in edges}
    told = _CardTelling(cards, labels, lang)
    for step in (told.sources, told.gates, told.provisions, told.evidence, told.neighbours):
        step()
    found = [Arrow(a, b, labels[a, b]) for a in keys for b in keys if (a, b) in labels]
    return TrailPart(
        name, {key: card for key, card in cards.items() if key not in told.gone}, _without_leaps(found, cards)
    )


class _CardTelling:
    """Turns nodes that are no cards of their own into lines of the cards they belong to."""

    def __init__(self, cards: dict[Key, TrailCard], labels: dict[tuple[Key, Key], str], lang: str) -> None:
        self.gone: set[Key] = set()
        self._cards, self._labels, self._lang = cards, labels, lang
        self._order = [(a, b) for a in cards for b in cards if (a, b) in labels]

    def _into(self, key: Key) -> Iterator[tuple[Key, str]]:
        return ((a, self._labels[a, b]) for a, b in self._order if b == key and (a, b) in self._labels)

    def _from(self, key: Key) -> Iterator[tuple[Key, str]]:
        return ((b, self._labels[a, b]) for a, b in self._order if a == key and (a, b) in self._labels)

    def _of(self, *kinds: str) -> list[TrailCard]:
        return [card for card in self._cards.values() if card.kind in kinds and card.key not in self.gone]

    def _drop(self, key: Key) -> None:
        self.gone.add(key)
        for edge in [edge for edge in self._labels if key in edge]:
            del self._labels[edge]

    def sources(self) -> None:
        """Tell the instrument on its articles and the article on its duties."""
        for kind, inner in (("instrument", "article"), ("article", "duty")):
            for card in self._of(kind):
                heads = [self._cards[key] for key, _ in self._from(card.key)]
                if not heads or any(head.kind != inner for head in heads) or any(self._into(card.key)):
                    continue
                for head in heads:
                    head.lines[:0] = [*card.lines, card.title]
                self._drop(card.key)

    def gates(self) -> None:
        """Tell the gate on the finding that closes it, and lead from there to what was done behind it."""
        for card in self._of("gate"):
            tails = list(self._into(card.key))
            for tail, word in tails:
                self._cards[tail].bold.append(f"{word} {card.title}".strip())
                for head, how in self._from(card.key):
                    self._labels[tail, head] = Words(self._lang).listed(
                        dict.fromkeys(filter(None, (self._labels.get((tail, head), ""), how)))
                    )
                    if (tail, head) not in self._order:
                        self._order.append((tail, head))
            if tails:
                self._drop(card.key)

    def provisions(self) -> None:
        """Tell each provision on the cards that it speaks of."""
        for card in self._of("provision"):
            tails = list(self._into(card.key))
            if not tails or any(self._from(card.key)):
                continue
            for tail, word in tails:
                self._cards[tail].bold.append(_said(word, card.title, self._lang))
            self._drop(card.key)

    def evidence(self) -> None:
        """Hang documents under what they are evidence of, and what would settle a finding under the finding."""
        for card in self._of("document", "gap"):
            tails = [key for key, _ in self._into(card.key) if self._cards[key].kind != "document"]
            if not tails or any(self._from(card.key)):
                continue
            if card.kind == "gap" and [self._cards[key].kind for key in tails] != ["finding"]:
                continue
            self._cards[tails[0]].hung.append(card)
            for other in tails[1:]:
                self._cards[other].lines.append(
                    _said(say("diagram.document", self._lang), card.title, self._lang)
                )
            self._drop(card.key)

    def neighbours(self) -> None:
        """Tell what stands in the column of the card it comes from on that card."""
        for card in self._of(*(kind for kinds in COLUMNS for kind in kinds)):
            tails = list(self._into(card.key))
            same = [(key, word) for key, word in tails if self._cards[key].column == card.column]
            for tail, word in same:
                self._cards[tail].bold.append(_said(word, card.title, self._lang))
                del self._labels[tail, card.key]
            if same and len(same) == len(tails) and not any(self._from(card.key)):
                self._drop(card.key)


def _said(word: str, text: str, lang: str) -> str:
    return f"{word}{say('glossary.colon', lang)}{text}" if word else text


def _without_leaps(edges: Sequence[Arrow], cards: Mapping[Key, TrailCard]) -> list[Arrow]:
    """Tell an edge that leaps over a column on its head, when the head is reached from the next column as well."""
    near = {edge.head for edge in edges if cards[edge.head].column - cards[edge.tail].column == 1}
    found = []
    for edge in edges:
        if cards[edge.head].column - cards[edge.tail].column > 1 and edge.head in near:
            if edge.label and edge.label not in cards[edge.head].lines:
                cards[edge.head].lines.append(edge.label)
        else:
            found.append(edge)
    return found


def _card(graph: Graph, key: Key, lang: str) -> TrailCard:
    data, kind = graph.nodes[key], kind_of(graph, key)
    title, *rest = text_of(graph, key, lang).split("\n")
    face = said_face(data) if kind == "finding" else ""
    if face and data.get("duty"):
        ids = [str(duty).partition(".")[2] for duty in data.get("duties") or [data["duty"]]]
        title = f"{label('face', face, lang)} {' '.join(dict.fromkeys(ids))}"
    return TrailCard(
        key,
        kind,
        clean(title),
        [*filter(None, map(clean, rest)), *_details(data, kind, lang)],
        _marks(data, lang),
        face=face,
        tip=clean(str(data.get(f"said_{lang}") or "")),
    )


def _details(data: Mapping[str, Any], kind: str, lang: str) -> Iterator[str]:
    """Yield what a node of the library's trails says beside its label."""
    if kind == "finding":
        if data.get(f"doubt_{lang}"):
            yield clean(str(data[f"doubt_{lang}"]))
        said = data.get(f"brief_{lang}") or data.get(f"said_{lang}")
        yield from map(clean, [str(said)] if said else map(str, data.get(f"facts_{lang}", ())[:_FACTS]))
    elif kind in ("act", "document"):
        begun, done = moment_text(data.get("day")), moment_text(data.get("done"))
        when = begun if done in ("", begun) else f"{begun} {say('diagram.to', lang)} {done}"
        yield from filter(None, (when, clean(str(data.get("number") or ""))))
    elif kind == "absence" and data.get(f"basis_{lang}"):
        yield clean(str(data[f"basis_{lang}"]))
    elif kind == "person" and data.get("capacity"):
        until = str(data.get("until") or "") or say("diagram.to_date", lang)
        if data.get("since"):
            yield f"{data['since']} {say('diagram.to', lang)} {until}"
        yield label("capacity", str(data["capacity"]), lang)


def _marks(data: Mapping[str, Any], lang: str) -> list[str]:
    found = [say("diagram.waived", lang)] if data.get("waived") else []
    views = data.get("dissent") or ()
    return found + [
        _said(label("view", item["view"], lang), clean(str(item["name"])), lang) for item in views
    ]
