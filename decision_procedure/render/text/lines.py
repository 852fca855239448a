"""What the text view is made of: lines of styled pieces, and tables; how wide they come is the terminal's affair."""

from __future__ import annotations

from typing import Literal, NamedTuple

from decision_procedure.sources.characters import plain
from decision_procedure.wording import say

Style = Literal[
    "",
    "title",
    "violated",
    "in_doubt",
    "needs_judgement",
    "undetermined",
    "pending",
    "satisfied",
    "dim",
    "cure",
]
Piece = tuple[str, Style]


class TextLine(NamedTuple):
    """One line, broken where the terminal ends; its continuation begins under its text, after the label.

    `quote` marks text that is shown as it stands in a file: cut at the edge rather than broken. `whole`: it is broken
    between its pieces only.
    """

    pieces: tuple[Piece, ...]
    indent: int = 0
    label: str = ""
    quote: bool = False
    whole: bool = False


class Table(NamedTuple):
    """Rows of cells in aligned columns; the last column is broken where the terminal ends."""

    rows: tuple[tuple[Piece, ...], ...]
    indent: int = 0


Block = TextLine | Table


def line(text: str, style: Style = "", *, indent: int = 0, label: str = "") -> TextLine:
    """Return a line of one piece."""
    return TextLine(((text, style),), indent, label)


def width_of_labels(lang: str) -> tuple[str, ...]:
    """Return the labels that stand in one column, for the terminal to make it as wide as the widest."""
    return tuple(say(f"text.{key}", lang) for key in _LABELS)


BLANK = TextLine(())
_LABELS = (
    "act", "requirement", "evidence", "holds", "papers", "missing", "why", "judge", "edge", "bearer", "held_post", "cure", "file", "not_tested",
    "settle", "short", "judged", "behind_label", "advice",
)  # fmt: skip


__all__ = ["BLANK", "Block", "Piece", "Style", "Table", "TextLine", "line", "plain"]
