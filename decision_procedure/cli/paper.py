"""Lines of text laid out for a terminal: aligned and broken by the width that characters take on screen."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from decision_procedure.cli.sink import write, write_whole
from decision_procedure.exchange.escaping import json_text
from decision_procedure.render.text import Block, Table, TextLine, blocks_text, width_of_labels
from decision_procedure.wording.breaking import filled, tokens_of

_STYLES = {
    "title": "bold", "violated": "bold red", "in_doubt": "red", "needs_judgement": "magenta", "undetermined": "yellow", "pending": "cyan",
    "satisfied": "green", "dim": "dim", "cure": "green",
}  # fmt: skip
_NARROWEST = 40
_LEAST = 8


class Paper:
    """Writes blocks to a stream: coloured on a terminal, plain elsewhere or when `NO_COLOR` is set.

    Lines are broken at the width of the terminal, elsewhere at `COLUMNS` or 80.
    """

    def __init__(self, stream: TextIO, lang: str) -> None:
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        self._labels = max(cell_len(label) for label in width_of_labels(lang)) + 2

    def write(self, blocks: Iterable[Block]) -> None:
        """Write blocks one after another; a label is not repeated under itself."""
        above = ""
        for block in blocks:
            if isinstance(block, Table):
                texts = self._table(block)
            else:
                texts = self._line(
                    block._replace(label=" ") if block.label and block.label == above else block
                )
                above = block.label
            for text in texts:
                text.rstrip()
                if self._console.is_terminal:
                    self._console.print(text, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)
                else:  # several times as fast, where nothing is coloured
                    self._console.file.write(f"{text.plain}\n")

    def _line(self, block: TextLine) -> Iterator[Text]:
        start = " " * block.indent
        if block.label:
            start += set_cell_size(block.label, self._labels)
        text = _styled(block.pieces)
        room = self._room(cell_len(start))
        if block.quote:
            if block.label:
                text.truncate(room, overflow="ellipsis")
            yield Text(start).append_text(text)
            return
        hang = " " * (cell_len(start) if block.label else block.indent + 2)
        tokens = [words for words, _ in block.pieces] if block.whole else tokens_of(text.plain)
        for index, part in enumerate(_parts(text, tokens, self._room(cell_len(hang)))):
            yield Text(start if index == 0 else hang).append_text(part)

    def _table(self, block: Table) -> Iterator[Text]:
        *columns, _ = zip(*block.rows, strict=True)
        widths = [max(cell_len(text) for text, _ in column) + 2 for column in columns]
        most = self._room(block.indent) - _NARROWEST // 2
        while sum(widths) > max(most, _LEAST * len(widths)):  # the widest column gives way
            widths[widths.index(max(widths))] -= 1
        room = self._room(block.indent + sum(widths))
        for row in block.rows:
            cells = [broken(_styled([cell]), width - 2) for cell, width in zip(row, widths, strict=False)]
            cells.append(broken(_styled([row[-1]]), room))
            for index in range(max(len(parts) for parts in cells)):
                text = Text(" " * block.indent)
                for parts, width in zip(cells, [*widths, room], strict=True):
                    part = parts[index] if index < len(parts) else Text()
                    text.append_text(part).append(" " * (width - part.cell_len))
                yield text

    def _room(self, used: int) -> int:
        return max(max(self._console.width, _NARROWEST) - used, _NARROWEST // 4)


def put(blocks: Iterable[Block], output: Path | None, lang: str) -> None:
    """Write blocks to a file, every line unbroken, or to stdout as `Paper` does."""
    if output is None:
        Paper(sys.stdout, lang).write(blocks)
    else:
        write(blocks_text(blocks, lang), output)


Made = str | bytes | Iterable[Block]
"""What a command has made in a format: a text, a file, or blocks of text for people."""


def deliver(made: Made, output: Path | None, lang: str) -> None:
    """Write what was made to a file or to stdout: text and files as they are, blocks as `put` does.

    Raises UnusableArgument as `write_whole`.
    """
    if isinstance(made, str):
        write(made, output)
    elif isinstance(made, bytes):
        write_whole(made, output)
    else:
        put(made, output, lang)


def data_text(data: object) -> str:
    """Return data as the JSON text that a command writes."""
    return json_text(data, 1) + "\n"


def broken(text: Text, room: int) -> list[Text]:
    """Return a text in parts at most `room` columns wide."""
    return _parts(text, tokens_of(text.plain), room)


def _parts(text: Text, tokens: list[str], room: int) -> list[Text]:
    cuts = [0]
    for line in filled(tokens, room, cell_len):
        start = text.plain.index(line, cuts[-1])
        cuts += [start, start + len(line)]
    return [*text.divide(cuts[1:])[1::2]] or [text]  # all at once: each cut alone copies the text


def _styled(pieces: Iterable[tuple[str, str]]) -> Text:
    text = Text()
    for words, style in pieces:
        text.append(words, style=_STYLES.get(style, ""))
    return text
