"""Dividing a part of a trail that is higher than a sheet: into halves, with what leads to the second repeated."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import networkx as nx

from decision_procedure.diagrams.parts import Key, TrailCard, TrailPart
from decision_procedure.wording import say


def fitting(
    part: TrailPart, height: Callable[[TrailPart], float], room: float | None, lang: str
) -> list[TrailPart]:
    """Return a part, or pieces of it no higher than `room` (None: any height does); a piece that goes on says so.

    What cannot be halved, one chain of cards without a list of evidence, stays as it is.
    """
    if room is None or height(part) <= room:
        return [part]
    return [piece for half in _halves(part, lang) for piece in fitting(half, height, room, lang)] or [part]


def _halves(part: TrailPart, lang: str) -> list[TrailPart]:
    """Halve the weightiest column of several cards, or the weightiest list under one card; nothing if there is none."""
    columns: dict[int, list[TrailCard]] = {}
    for card in part.cards.values():
        columns.setdefault(card.column, []).append(card)
    column = max((cards for cards in columns.values() if len(cards) > 1), key=_weight, default=[])
    holder = max(
        (card for card in part.cards.values() if len(card.hung) > 1),
        key=lambda card: _weight(card.hung),
        default=None,
    )
    if holder is not None and _weight(holder.hung) >= _weight(column):
        return _by_evidence(part, holder, lang)
    if column:
        return _by_cards(part, [card.key for card in column[len(column) // 2 :]], lang)
    return []


def _weight(cards: Collection[TrailCard]) -> int:
    return sum(
        60 + sum(map(len, (card.title, *card.lines, *card.bold))) + _weight(card.hung) for card in cards
    )


def _by_evidence(part: TrailPart, holder: TrailCard, lang: str) -> list[TrailPart]:
    middle = len(holder.hung) // 2
    whole = holder.documents or _documents(holder.hung)
    first = part.cards | {holder.key: replace(holder, hung=holder.hung[:middle], documents=whole)}
    chain = nx.ancestors(_graph(part), holder.key)
    rest = {key: _again(card, lang) for key, card in part.cards.items() if key in chain}
    before = holder.before + _documents(holder.hung[:middle])
    rest[holder.key] = replace(
        _again(holder, lang), hung=holder.hung[middle:], documents=whole, before=before
    )
    return [_piece(part, "a", first), _piece(part, "b", rest)]


def _documents(cards: Collection[TrailCard]) -> int:
    return sum(card.kind == "document" for card in cards)


def _by_cards(part: TrailPart, moved: Collection[Key], lang: str) -> list[TrailPart]:
    graph = _graph(part)
    above = {key for name in moved for key in nx.ancestors(graph, name)} - set(moved)
    below = {key for name in moved for key in nx.descendants(graph, name)} - set(moved)
    kept = set(part.cards) - set(moved)
    for key in [name for name in nx.topological_sort(graph) if name in below]:
        if not kept.intersection(graph.predecessors(key)):
            kept.discard(key)
    rest = {
        key: _again(card, lang) if key in above else card
        for key, card in part.cards.items()
        if key in above or key in below or key in moved
    }
    return [
        _piece(part, "a", {key: part.cards[key] for key in part.cards if key in kept}),
        _piece(part, "b", rest),
    ]


def _graph(part: TrailPart) -> nx.DiGraph[Key]:
    graph: nx.DiGraph[Key] = nx.DiGraph()
    graph.add_nodes_from(part.cards)
    graph.add_edges_from((edge.tail, edge.head) for edge in part.edges)
    return graph


def _piece(part: TrailPart, end: str, cards: dict[Key, TrailCard]) -> TrailPart:
    edges = [edge for edge in part.edges if edge.tail in cards and edge.head in cards]
    return TrailPart(part.name + end, cards, edges)


def _again(card: TrailCard, lang: str) -> TrailCard:
    """Return a card that was shown before: its title, and that it goes on."""
    mark = say("diagram.continued", lang)
    title = card.title if card.title.endswith(mark) else f"{card.title} {mark}"
    return TrailCard(card.key, card.kind, title, face=card.face)
