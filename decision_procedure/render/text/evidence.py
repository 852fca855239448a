"""Trees of conditions: the whole tree in words, and the lines of the file that decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from decision_procedure.law.evidence import DENIED, Tree, Truth, is_denied, place_text
from decision_procedure.model.places import Places, Quote
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.lines import Style, TextLine, plain
from decision_procedure.render.text.names import Names
from decision_procedure.wording import Words, say

_CONDITIONS = frozenset(
    {
        "and", "or", "not", "in", "equal", "compare", "compare_days", "before", "held", "any_of", "all_of", "covers",
        "same", "last_speaker", "document", "known", "same_draft", "same_round", "first_known", "in_whole_text",
        "prepared_decision", "trait",
    }
)  # fmt: skip
_TRUTHS: dict[Truth, tuple[str, Style]] = {True: ("yes", ""), False: ("no", ""), None: ("unknown", "dim")}


def deciding(tree: Tree) -> Iterator[Tree]:
    """Yield the conditions that made a tree true, false or unknown."""
    yield from [part for child in tree.alike() if is_condition(child) for part in deciding(child)] or [tree]


def is_condition(tree: Tree) -> bool:
    """Say whether a part of a tree is true or false, not a number, date, word or list."""
    node, value, truth, _, _ = tree
    return node.operator in _CONDITIONS or (node.operator == "field" and (truth is not None or value is None))


def tree_lines(
    tree: Tree, names: Names, places: Places | None, indent: int, above: str = ""
) -> Iterator[TextLine]:
    """Yield a whole tree, one part a line, each with its value, its truth and its place in the file.

    A part of the same words as the one `above` it, which stands for it, is not told again; what it rests on is.
    """
    node, _, _, place, children = tree
    if node.operator == "value":
        return
    quote = None if places is None or not place else places.place(place_text(place))
    where = "" if quote is None else f"  {plain(Path(quote.file).name)}:{quote.at}"
    text, style = _part(tree, names)
    words = _text(tree, names)
    told_above = bool(children) and words == above
    if not told_above:
        yield TextLine(((f"{text}", style), (where, "dim")), indent)
    for child in children:
        yield from tree_lines(child, names, places, indent if told_above else indent + 2, words)


def quotes(tree: Tree, places: Places) -> Iterator[Quote]:
    """Yield the lines of the file on which the conditions that decided a tree rest."""
    for part in deciding(tree):
        for leaf in _sources(part):
            quote = places.place(place_text(leaf.place))
            if quote is not None:
                yield quote


def _part(tree: Tree, names: Names) -> tuple[str, Style]:
    node, value, truth, place, _ = tree
    if is_condition(tree) and not (node.operator == "field" and value is None):
        word, style = _TRUTHS[truth]
        member = names.member(place)
        shown = f"{member + ' ' if member else ''}{_text(tree, names)} → {say(f'text.{word}', names.lang)}"
        return (shown + Words(names.lang).aside(_denied(names)) if is_denied(value) else shown), style
    if node.operator in ("days", "count") and not is_denied(value):
        return (
            f"{_text(tree, names)} = {say('text.unknown', names.lang) if value is None else _span(value)}",
            "",
        )
    shown = Words(names.lang).headed(_text(tree, names), names.value(value, place))
    if node.operator in ("list", "acts"):
        whole = say("text.whole" if truth is True else "text.open_list", names.lang)
        return shown + Words(names.lang).aside(whole), ""
    return shown, ("dim" if value is None else "")


def _sources(tree: Tree) -> Iterator[Tree]:
    """Yield the parts of a tree that were read from the record."""
    if tree.place and (not tree.children or tree.node.operator == "prepared_decision"):
        yield tree
    for child in tree.children:
        yield from _sources(child)


def _denied(names: Names) -> str:
    return label("value", DENIED, names.lang)


def _span(value: Any) -> str:
    low, high = value[0], value[1]
    if low == high:
        return str(low)
    return f"≥ {low}" if high >= 1_000_000 else f"{low}–{high}"


def _text(tree: Tree, names: Names) -> str:
    return Words(names.lang).said(tree.node)
