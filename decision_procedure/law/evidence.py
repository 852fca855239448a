"""The evidence tree: what evaluating a condition returns, and readable views of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import to_json

from decision_procedure.model.dates import NOT_DONE
from decision_procedure.wording import Words

Truth = bool | None


def all_true(truths: Iterable[Truth]) -> Truth:
    """Return whether all of these are true; None: none is false, and of some it is unknown."""
    return joined(truths, decisive=False)


def any_true(truths: Iterable[Truth]) -> Truth:
    """Return whether one of these is true; None: none is, and of some it is unknown."""
    return joined(truths, decisive=True)


def joined(truths: Iterable[Truth], *, decisive: bool) -> Truth:
    """Return what truths come to of which one that is `decisive` settles it."""
    found = set(truths)
    return decisive if decisive in found else None if None in found else not decisive


class _NoMembers(tuple[Any, ...]):
    """The members of a list that the record denies."""

    __slots__ = ()


NO_MEMBERS = _NoMembers()
DENIED = NOT_DONE.text
"""What the value of a field, or of a count of days, is as data where the record denies it by name."""


class Node(NamedTuple):
    """One place of an expression: its operator and its text, with readable names in both languages."""

    operator: str
    text: str
    zh: str
    en: str


class Tree(NamedTuple):
    """What was evaluated, and what it came to.

    `value`: None is unknown; `NOT_DONE` or `NO_MEMBERS`: the record denies it by name. `truth` is True, False or None
    (unknown) for conditions and lists that were closed, open or unknown; `place` is where in the record the value
    stands, as `(owner, field)` (None: not read from the record); `children` are the trees it rests on.
    """

    node: Node
    value: Any
    truth: Truth
    place: Any
    children: tuple[Tree, ...]

    @property
    def joins(self) -> bool:
        """Whether its truth is that of some of its children."""
        return self.node.operator in _JUNCTIONS

    def alike(self) -> tuple[Tree, ...]:
        """Return those children whose truth it has, where it joins them; otherwise none."""
        return tuple(child for child in self.children if self.joins and child.truth is self.truth)


_JUNCTIONS = frozenset(("and", "or", "first_known", "any_of", "all_of"))

EXCEPTION = "exception"
"""The operator of a field that only takes away or excuses, unknown, and counted as not there."""


def place_text(place: Any) -> str:
    """Return a place as text, such as `acts[a12].attendees[2].view`; empty when there is none."""
    if place is None or isinstance(place, str):
        return place or ""
    if len(place) == 3:
        holder, name, index = place
        return f"{place_text((holder, name))}[{index}]"
    owner, field = place
    if isinstance(owner, tuple):
        return f"{place_text(owner)}.{field}"
    if owner == "":
        return str(field)
    return f"acts[{owner}].{field}"


def kinds_listed(place: Any) -> tuple[str, ...]:
    """Return the kinds of act whose list a place is, `acts(hearing, forum)`; none for any other place."""
    text = place_text(place)
    return tuple(text.removeprefix("acts(").removesuffix(")").split(", ")) if text.startswith("acts(") else ()


def is_denied(value: Any) -> bool:
    """Say whether a value of a tree, or of one read back from data, stands for what the record denies by name."""
    return value in (NOT_DONE, DENIED) or isinstance(value, _NoMembers)


def leaves(tree: Tree) -> Iterator[Tree]:
    """Yield the parts of a tree that rest on nothing else, from left to right."""
    if not tree.children:
        yield tree
    for child in tree.children:
        yield from leaves(child)


def missing(tree: Tree) -> tuple[str, ...]:
    """Return the places whose absence left the tree unknown, without repetition, in reading order."""
    if tree.truth is not None or tree.node.operator == "value":
        return ()
    found: dict[str, None] = {}
    _collect_missing(tree, found)
    return tuple(found)


def on_the_edge(tree: Tree) -> list[Tree]:
    """Return each comparison of days whose other reading, its value, would decide differently."""
    found: list[Tree] = []
    _collect_edges(tree, found)
    return found


def _collect_edges(tree: Tree, found: list[Tree]) -> None:
    node, value, truth, _, children = tree
    if node.operator == "compare_days" and value is not truth:
        found.append(tree)
    for child in children:
        if child.children:
            _collect_edges(child, found)


def to_data(tree: Tree, lang: str | None = None) -> dict[str, Any]:
    """Return the tree as JSON data: expression, labels, value, truth, place and children."""
    node, value, truth, place, children = tree
    data: dict[str, Any] = {"operator": node.operator, "expression": node.text}
    if lang is None:
        data["zh"], data["en"] = node.zh, node.en
    else:
        data["label"] = Words(lang).said(node)
    data["value"] = value if type(value) in _PLAIN else value_data(value)
    data["truth"] = truth
    data["place"] = "" if place is None else place_text(place)
    data["children"] = [to_data(child, lang) for child in children]
    return data


_PLAIN = frozenset((type(None), bool, int, str))


def to_json_text(tree: Tree) -> str:
    """Return what `to_data` gives in both languages as JSON text: of a node, which stands in many trees, written once."""
    node, value, truth, place, children = tree
    shown = _text_of(value if type(value) in _PLAIN else value_data(value))
    where = '""' if place is None else _text_of(place_text(place))
    inner = ",".join([to_json_text(child) for child in children]) if children else ""
    return f'{_begun(node)},"value":{shown},"truth":{_TRUTHS[truth]},"place":{where},"children":[{inner}]}}'


_TRUTHS: Mapping[Truth, str] = {True: "true", False: "false", None: "null"}


@lru_cache(maxsize=4096)
def _begun(node: Node) -> str:
    return _text_of(to_data(Tree(node, None, None, None, ()))).removesuffix(_OF_NOTHING)


_OF_NOTHING = ',"value":null,"truth":null,"place":"","children":[]}'


def _text_of(data: Any) -> str:
    return to_json(data).decode()


def from_data(data: Mapping[str, Any]) -> Tree:
    """Return the tree that `to_data` wrote (without a language)."""
    node = Node(data["operator"], data["expression"], data["zh"], data["en"])
    children = tuple(from_data(child) for child in data["children"])
    return Tree(node, data["value"], data["truth"], data["place"], children)


def value_data(value: Any) -> Any:
    """Return a value as JSON data: dates as text, spans as lists, parts of the record by identifier."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, _NoMembers):
        return DENIED
    if isinstance(value, tuple | list):
        return [value_data(item) for item in value]
    if isinstance(value, dict):
        return {key: value_data(item) for key, item in value.items()}
    return (
        getattr(value, "id", None)
        or getattr(value, "text", None)
        or getattr(value, "person", None)
        or str(value)
    )


def _collect_missing(tree: Tree, found: dict[str, None]) -> None:
    node, value, truth, place, children = tree
    if truth is True or truth is False or is_denied(value):
        return
    if node.operator in ("field", "trait", "document"):
        if value is None and place:
            found.setdefault(place_text(place))
        return
    if node.operator in ("list", "acts"):
        found.setdefault(place_text(place))
        return
    known = len(found)
    for child in children:
        _collect_missing(child, found)
    if len(found) > known:
        return
    if children and all(_DATE.fullmatch(str(value_data(child.value))) for child in children):
        found.update(dict.fromkeys(_coarse_dates(tree)))
    elif place:
        found.setdefault(place_text(place))


# How many characters the text of a date has that is exact enough: a day, but where the order within a day matters.
_MINUTE, _DAY = len("2024-05-20T09:00"), len("2024-05-20")
_DATE = re.compile(r"≤?\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}.*)?)?)?")


def _coarse_dates(tree: Tree) -> Iterator[str]:
    """Yield the places of the dates that are recorded, but not exactly enough to be told apart.

    Both where each is exact by itself, as two in one minute are; none where an event did not happen.
    """
    if any(is_denied(child.value) for child in tree.children):
        return
    exact = _MINUTE if tree.node.operator == "before" else _DAY
    coarse = [child for child in tree.children if _is_coarse(child, exact)]
    for child in coarse or tree.children:
        yield from dict.fromkeys(place_text(part.place) for part in (child, *child.children) if part.place)


def _is_coarse(child: Tree, exact: int) -> bool:
    text = str(value_data(child.value))
    return text.startswith("≤") or len(text) < exact
