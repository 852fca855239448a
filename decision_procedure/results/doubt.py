"""What is in doubt (存疑): what undetermined verdicts would be if the record were complete as it stands.

It is worked out by a second run of the same check by the same law, when it is first asked for
(`semantics.md` section 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Lock
from typing import Any, NamedTuple

from decision_procedure.law.evidence import EXCEPTION, Tree, leaves, missing, place_text
from decision_procedure.model.vocabulary import label
from decision_procedure.wording import say

Target = tuple[str, str | None]
"""What a verdict is about: a duty, and the act, or None for the decision as a whole."""


class Supposed(NamedTuple):
    """What a verdict would be. `exceptions` are the places of what counted as not there, and decided it.

    `falls_short` are the recorded acts that are not enough, `made_good_by` is the later act that would make it good
    (None: none).
    """

    outcome: str
    exceptions: tuple[str, ...] = ()
    falls_short: tuple[str, ...] = ()
    made_good_by: str | None = None


class Supposition:
    """What verdicts would be, worked out once, by the first who asks; others wait for it.

    Only the results are pickled. Two suppositions are equal: what a verdict would be is compared by verdict.
    """

    __slots__ = ("_found", "_lock", "_work_out")

    def __init__(self, work_out: Callable[[], Mapping[Target, Supposed]]) -> None:
        self._work_out: Callable[[], Mapping[Target, Supposed]] | None = work_out
        self._found: Mapping[Target, Supposed] = {}
        self._lock = Lock()

    @classmethod
    def written(cls, found: Mapping[Target, Supposed]) -> Supposition:
        """Return a supposition whose results were worked out before."""
        return cls(lambda: found)

    def of(self, duty: str, act: str | None) -> Supposed | None:
        """Return what the verdict on a duty and act would be; None: nothing is known of it."""
        return self._all().get((duty, act))

    def _all(self) -> Mapping[Target, Supposed]:
        if self._work_out is not None:
            with self._lock:
                if self._work_out is not None:
                    self._found = self._work_out()
                    self._work_out = None  # and with it the second run: nobody needs it any more
        return self._found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Supposition)

    def __hash__(self) -> int:
        return hash(Supposition)

    def __repr__(self) -> str:
        return "Supposition()"

    def __reduce__(self) -> tuple[Any, ...]:
        return Supposition.written, (dict(self._all()),)


def denied_exceptions(trees: Iterable[Tree]) -> tuple[str, ...]:
    """Return the places of the exceptions on whose absence these trees rest, in reading order.

    A condition that comes to the same without them does not rest on them.
    """
    found: dict[str, None] = {}
    for tree in trees:
        found.update(dict.fromkeys(_rests_on(tree)))
    return tuple(found)


def _rests_on(tree: Tree) -> tuple[str, ...]:
    node, _, truth, place, children = tree
    if node.operator == EXCEPTION:
        return (place_text(place),)
    parts = [(child.truth, _rests_on(child)) for child in children]
    if truth is _SUFFICES.get(node.operator, _NEVER):
        parts = [part for part in parts if part[0] is truth]
        if not all(places for _, places in parts):
            return ()  # one of the conditions that suffice rests on no exception
    return tuple(place for _, places in parts for place in places)


_NEVER = object()
_SUFFICES: Mapping[str, Any] = {"and": False, "or": True, "any_of": True, "all_of": False}


def short_acts(tree: Tree, tested: str | None) -> tuple[str, ...]:
    """Return the recorded acts that an open list holds beside the act tested and that fall short of a condition.

    An act of which something is missing may still be enough: it is not among them.
    """
    return tuple(dict.fromkeys(_short(tree, tested)))


def _short(tree: Tree, tested: str | None) -> Iterator[str]:
    _, _, truth, _, children = tree
    if truth is not None:
        return
    if any(child.node.operator == "acts" and child.truth is None for child in children):
        lacking = missing(tree)
        for name in dict.fromkeys(act for leaf in leaves(tree) if (act := _act_of(leaf.place))):
            if name != tested and not any(place.startswith(f"acts[{name}]") for place in lacking):
                yield name
    for child in children:
        yield from _short(child, tested)


def _act_of(place: Any) -> str:
    """Return the act in which a place stands; empty where it stands in none."""
    while isinstance(place, tuple):
        place = place[0]
    return place or ""


def doubt_text(if_complete: str, exceptions: Iterable[str], lang: str) -> str:
    """Return in words what a verdict in doubt would be, and which exceptions are taken not to hold."""
    fields = dict.fromkeys(place.rpartition(".")[2] for place in exceptions)
    provisos = [label("exception", field, lang) for field in fields]
    would = label("if_complete", if_complete, lang)
    told = "".join(say("doubt.proviso", lang, proviso=proviso) for proviso in provisos)
    return say("doubt.if_complete", lang, provisos=told, would=would)
