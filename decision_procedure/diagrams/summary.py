"""Open findings of a trail, told in a list by instrument and article instead of a drawing of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from decision_procedure.diagrams.metrics import clean
from decision_procedure.diagrams.palette import LANE, RULE
from decision_procedure.diagrams.parts import Key, face_in, kind_of, text_of
from decision_procedure.diagrams.scene import Band, Box, joined, lines_height, text_box, text_lines
from decision_procedure.model.vocabulary import label
from decision_procedure.results.severity import FACES
from decision_procedure.wording import Words, say

if TYPE_CHECKING:
    from decision_procedure.diagrams.parts import Graph

_PAD = 6.0


def summary_bands(graph: Graph, findings: Sequence[Key], width: float, lang: str) -> Iterator[Band]:
    """Yield, for each verdict, a head, then for each instrument its articles with their duties, and what documents would show them.

    A head is never parted from what follows it, nor the documents from the last article.
    """
    faces = {face_in(graph, finding) for finding in findings}
    for severity in (face for face in FACES if face in faces):
        own = [finding for finding in findings if face_in(graph, finding) == severity]
        head = say("diagram.summed", lang, face=label("face", severity, lang), count=len(own))
        first, *others = _laws(graph, own, f"summed-{severity}", width, lang)
        yield joined(_band(f"summed-{severity}", head, 9, width, bold=True), first)
        yield from others


def _laws(graph: Graph, findings: Sequence[Key], name: str, width: float, lang: str) -> Iterator[Band]:
    laws: dict[str, dict[str, list[tuple[str, str]]]] = {}
    wanted: dict[str, dict[str, None]] = {}
    for finding in findings:
        duty = _before(graph, finding, "duty")
        article = None if duty is None else _before(graph, duty, "article")
        law = None if article is None else _before(graph, article, "instrument")
        titled, cited = _text(graph, law, lang), _text(graph, article, lang)
        laws.setdefault(titled, {}).setdefault(cited, []).append(_duty(graph, finding, duty, lang))
        for gap in graph.successors(finding):
            named = graph.nodes[gap].get(f"documents_{lang}") or graph.nodes[gap].get("documents") or ()
            wanted.setdefault(titled, {}).update(dict.fromkeys(named))
    for number, (law, articles) in enumerate(laws.items()):
        own = f"{name}-{number}"
        rows = [
            _band(f"{own}-{at}", f"{article}　{told_once(duties, lang)}", 7.5, width)
            for at, (article, duties) in enumerate(articles.items())
        ]
        if wanted.get(law):
            kinds = Words(lang).listed(clean(str(name)) for name in wanted[law])
            rows[-1] = joined(
                rows[-1], _band(f"{own}-documents", say("diagram.settled_by", lang, kinds=kinds), 7.5, width)
            )
        head = law + Words(lang).aside(
            say("diagram.duties_counted", lang, count=sum(map(len, articles.values())))
        )
        yield joined(_band(own, head, 8, width, bold=True), rows[0])
        over = _band(f"{own}-again", f"{head} {say('diagram.continued', lang)}", 8, width, bold=True)
        yield from (row._replace(over=over) for row in rows[1:])


def _before(graph: Graph, key: Key, kind: str) -> Key | None:
    return next((other for other in graph.predecessors(key) if kind_of(graph, other) == kind), None)


def _text(graph: Graph, key: Key | None, lang: str) -> str:
    return "" if key is None else clean(text_of(graph, key, lang))


def told_once(duties: Sequence[tuple[str, str]], lang: str) -> str:
    """Return what duties ask, each text once, with the numbers of those that ask it."""
    words, found = Words(lang), dict[str, dict[str, None]]()
    for text, name in duties:
        found.setdefault(text, {}).update({name: None} if name else {})
    return words.series(
        text + (words.aside(words.listed(names)) if names else "") for text, names in found.items()
    )


def _duty(graph: Graph, finding: Key, duty: Key | None, lang: str) -> tuple[str, str]:
    """Return what a duty asks, and its number; empty where it has none."""
    data = graph.nodes[finding]
    name = clean(str(data.get("duty") or "").partition(".")[2])
    if not name[:1].isdigit():  # the scope of an instrument, or an order of two steps: no number of a duty
        name = ""
    return _text(graph, duty if duty is not None else finding, lang), name


def _band(name: str, text: str, size: float, width: float, *, bold: bool = False) -> Band:
    lines = text_lines(text, size, width - 2 * _PAD - 4, most=30, bold=bold)
    high = lines_height(lines) + (6 if bold else 1)
    box = text_box(name, _PAD, (high - lines_height(lines)) / 2, width - 2 * _PAD, lines)
    if not bold:
        return Band(high, (box,))
    return Band(high, (Box(f"{name}-ground", 1, 0, width - 2, high, "lane", "box", LANE, RULE, 0.5), box))
