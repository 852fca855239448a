"""Clauses of a sentence: what is so, and what the record leaves open, each with what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from decision_procedure.results.saying.called import Called

_MOST_TOPICS = {False: 4, True: 2}
_MOST_CLAUSES = {False: 5, True: 2}


class Clause(NamedTuple):
    """One thing said, `about` something (empty: the text names it itself).

    `open`: the record does not say it. `noun`: the text begins with what belongs to the thing.
    """

    about: str
    text: str
    open: bool = False
    noun: bool = False


def joined(clauses: Iterable[Clause], called: Called) -> str:
    """Return clauses as one text: first what is so, then what is open; what is about one thing stands together."""
    found = list(dict.fromkeys(clauses))
    said = [clause for clause in found if not clause.open]
    parts = [_so(about, part, called) for about, part in _by_subject(said)][: _MOST_CLAUSES[called.brief]]
    asked = [clause for clause in found if clause.open]
    parts += [_open(about, part, called) for about, part in _by_subject(asked)][: _MOST_CLAUSES[called.brief]]
    return called.say("next").join(parts)


def each(clauses: Iterable[Clause], called: Called) -> Iterator[str]:
    """Yield clauses as lines of their own, each once, what is so before what is open."""
    found = sorted(dict.fromkeys(clauses), key=lambda clause: clause.open)
    texts = ((_open if clause.open else _so)(clause.about, [clause], called) for clause in found)
    yield from dict.fromkeys(texts)


def _by_subject(clauses: list[Clause]) -> Iterator[tuple[str, list[Clause]]]:
    order = {about: index for index, about in enumerate(dict.fromkeys(clause.about for clause in clauses))}
    ordered = sorted(clauses, key=lambda clause: order[clause.about])
    for about, group in groupby(ordered, key=lambda clause: clause.about):
        yield about, list(group)


def _so(about: str, clauses: list[Clause], called: Called) -> str:
    text = called.say("as_well" if about else "next").join(clause.text for clause in clauses)
    key = "of_noun" if clauses[0].noun else "of_act"
    return called.say(key, about=about, text=text) if about else text


def _open(about: str, clauses: list[Clause], called: Called) -> str:
    most = _MOST_TOPICS[called.brief]
    listed = called.words.listed(clause.text for clause in clauses[:most])
    if len(clauses) > most:
        listed = called.say("unsaid_more", topics=listed, number=len(clauses))
    return called.say("unsaid_of" if about else "unsaid", about=about, topics=listed)
