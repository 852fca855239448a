"""A report as text without a terminal: every line whole, nothing coloured."""

from __future__ import annotations

from collections.abc import Iterable

from decision_procedure.render.text.lines import Block, TextLine
from decision_procedure.render.text.report import Detail, report_lines
from decision_procedure.render.text.view import View
from decision_procedure.wording import say


def report_text(view: View, detail: Detail) -> str:
    """Return a whole report as text that ends with a line break."""
    return blocks_text(report_lines(view, detail), view.lang)


def blocks_text(blocks: Iterable[Block], lang: str) -> str:
    """Return blocks as text, every line unbroken, cells apart by two spaces."""
    colon = say("text.colon", lang)
    return "".join(f"{line}\n" for block in blocks for line in _lines(block, colon))


def _lines(block: Block, colon: str) -> list[str]:
    if isinstance(block, TextLine):
        label = f"{block.label}{colon}" if block.label else ""
        return [(" " * block.indent + label + "".join(text for text, _ in block.pieces)).rstrip()]
    return [(" " * block.indent + "  ".join(text for text, _ in row)).rstrip() for row in block.rows]
