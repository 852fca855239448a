"""Safe reading of untrusted YAML and JSON text: every fault at once, positions on demand.

Dates stay text, only `true` and `false` are truth values, keys are texts and stand once. Aliases, tags,
merge keys and second documents are refused: a record needs none, and they are how small files grow large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, NamedTuple, TypeVar

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.sources.faults import (
    EMPTY,
    HALF,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_FAULTS,
    MAX_NODES,
    TOO_LARGE,
    TOO_MANY,
    Faults,
    Path,
    path_text,
)
from decision_procedure.sources.files import decode, files_in, label_of, lines_of, read_file
from decision_procedure.sources.json_text import compose_json, has_no_more_keys, is_plain, load_json
from decision_procedure.sources.tree import SourceNode, construct, line_at, line_of
from decision_procedure.sources.yaml_text import DoubtfulError, compose_yaml, find_invisible, load_yaml

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_FAULTS",
    "MAX_NODES",
    "TOO_MANY",
    "CellText",
    "Path",
    "Source",
    "decode",
    "files_in",
    "has_no_more_keys",
    "is_plain",
    "label_of",
    "lines_of",
    "path_text",
    "read_file",
    "read_json",
    "read_json_lines",
    "read_source",
    "read_yaml",
]

Part = TypeVar("Part")


class CellText(NamedTuple):
    """A cell of a workbook: where it stands (`文件!B3`), and what it states."""

    at: str
    text: str


@dataclass(slots=True)
class Source:
    """Parsed data, and where each part of it stands. `text` is empty for data that came from no text.

    `cells` are the cells of its parts where it came from a workbook; None: it did not.
    """

    file: str
    data: Any
    text: str = field(default="", repr=False)
    first_line: int = 1
    json: bool = False
    cells: Mapping[Path, CellText] | None = field(default=None, repr=False)
    _tree: SourceNode | None = field(default=None, init=False, repr=False, compare=False)

    def line(self, path: Path) -> int | None:
        """Return the line of a part, or of the nearest part around it; None when there is no text.

        An entry of a mapping stands where its key stands. The first call parses the text again.
        """
        if self._tree is None and self.text:
            compose = compose_json if self.json else compose_yaml
            self._tree = compose(self.text, Faults(self.file, self.first_line))
        return None if self._tree is None else line_at(self._tree, path)

    def cell(self, path: Path) -> CellText | None:
        """Return the cell of a part, or of the nearest part around it; None: it is from no workbook."""
        if self.cells is None:
            return None
        while path not in self.cells and path:
            path = path[:-1]
        return self.cells.get(path)

    def fault(self, path: Path, zh: str, en: str) -> Fault:
        """Return the fault of what stands at a path, with its line or cell."""
        if self.cells is not None:
            told = self.cell(path)
            return Fault(self.file, None, told.at if told else "", zh, en)
        return Fault(self.file, self.line(path), path_text(path), zh, en)


def read_source(path: FilePath) -> Source:
    """Return the data of a JSON or YAML file, by its suffix. Raises UnusableInput with every fault."""
    read = read_json if path.suffix.lower() == ".json" else read_yaml
    return read(read_file(path), label_of(path))


def read_yaml(text: str, file: str) -> Source:
    """Return the data of one YAML document. Raises UnusableInput with every fault found."""
    faults = Faults(file)
    text = _checked(text, faults)
    find_invisible(text, faults)
    faults.raise_any()
    with suppress(DoubtfulError):
        return Source(file, load_yaml(text), text)
    tree = compose_yaml(text, faults)
    if tree is None:
        raise faults.fatal(None, EMPTY)
    data = construct(tree, faults)
    faults.raise_any()
    return Source(file, data, text)


def read_json(text: str, file: str, first_line: int = 1) -> Source:
    """Return the data of one JSON text that begins on `first_line` of its file.

    Raises UnusableInput with every fault found.
    """
    faults = Faults(file, first_line)
    text = _checked(text, faults)
    return Source(file, load_json(text, faults), text, first_line, json=True)


def read_json_lines(
    lines: Iterable[str | bytes], file: str, read: Callable[[str, str, int], Part]
) -> Iterator[Part | UnusableInput]:
    """Yield each line of a JSONL text as `read` returns it, or as the error that makes it unusable.

    `read` gets the text, the name of the file and the number of the line, as `read_json` does. Lines may come
    undecoded, so that one badly coded line spoils no other. Blank lines yield nothing.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = read(decode(line, file) if isinstance(line, bytes) else line, file, number)
        except UnusableInput as error:
            faults = [replace(fault, line=number) for fault in error.faults]
        else:
            yield found
            continue
        yield UnusableInput(faults)  # a new one: the one caught holds on to the line's text


def _checked(text: str, faults: Faults) -> str:
    """Return the text without its byte order mark; refuse what is empty, too large or no Unicode."""
    text = text.removeprefix("\ufeff")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise faults.fatal(line_of(text, error.start, faults.first_line), HALF) from None
    if size > MAX_BYTES:
        raise faults.fatal(None, TOO_LARGE)
    if not text.strip():
        raise faults.fatal(None, EMPTY)
    return text
