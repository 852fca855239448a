"""A tree of what stands on which line: built from parser events, turned into plain data or searched."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

from decision_procedure.sources.faults import (
    DIGITS,
    HALF,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_NODES,
    NUL,
    TOO_DEEP,
    TOO_MUCH,
    Faults,
    Flaw,
    Path,
)

NEWLINE = re.compile(r"\r\n?|\n")

_LONGEST_FRACTION = 100
_BAD_CHARACTER = re.compile("[\0\ud800-\udfff]")


@dataclass(slots=True, eq=False)
class SourceNode:
    """A scalar with its `value`, or a list or mapping with its `items` (key, value, key, value …)."""

    line: int
    value: Any = None
    flaw: Flaw | None = None
    items: list[SourceNode] | None = None
    is_map: bool = False
    _places: dict[Any, int] | None = None

    def place(self, part: str | int) -> int | None:
        """Return the index in `items` of an entry's key or of a list's item; None when there is none."""
        if self.items is None:
            return None
        if not self.is_map:
            return part if isinstance(part, int) and 0 <= part < len(self.items) else None
        if self._places is None:
            keys = enumerate(self.items[::2])
            self._places = {key.value: 2 * index for index, key in keys if isinstance(key.value, str)}
        return self._places.get(part)


class Decimal(float):
    """A decimal number of a file, and its digits as they stand there: `2024.10` is no `2024.1`."""

    __slots__ = ("written",)

    written: str


class Builder:
    """Builds a tree from events, with a stack of its own: no text can make it recurse."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._open: list[list[SourceNode]] = [[]]
        self._nodes = 0

    @property
    def root(self) -> SourceNode | None:
        """The whole tree; None when there was no event."""
        return self._open[0][0] if self._open[0] else None

    def add(self, node: SourceNode) -> None:
        """Add a scalar, or open a list or mapping. Raises UnusableInput past a limit."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._faults.fatal(node.line, TOO_MUCH)
        self._open[-1].append(node)
        if node.items is not None:
            self._open.append(node.items)
            if len(self._open) - 1 > MAX_DEPTH:
                raise self._faults.fatal(node.line, TOO_DEEP)

    def close(self) -> None:
        """Close the list or mapping opened last."""
        self._open.pop()


def is_within(nodes: int, depth: int) -> bool:
    """Say whether so many values, nested so deep, may be read."""
    return nodes <= MAX_NODES and depth <= MAX_DEPTH


def construct(node: SourceNode, faults: Faults, path: Path = ()) -> Any:
    """Return the data of a tree, and add what is wrong with its keys and values to `faults`."""
    if node.flaw:
        faults.add(node.line, path, node.flaw)
    if node.items is None:
        return node.value
    if not node.is_map:
        return [construct(item, faults, (*path, index)) for index, item in enumerate(node.items)]
    data: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, item in zip(node.items[::2], node.items[1::2], strict=True):
        flaw = _key_flaw(key, lines)
        inner = (*path, key.value) if isinstance(key.value, str) else path
        value = construct(item, faults, inner)
        if flaw:
            faults.add(key.line, inner, flaw)
        else:
            lines[key.value] = key.line
            data[key.value] = value
    return data


def line_at(node: SourceNode, path: Path) -> int:
    """Return the line of the part at `path`, or of the nearest part around it."""
    line = node.line
    for part in path:
        place = node.place(part)
        if place is None or node.items is None:
            break
        line = node.items[place].line
        node = node.items[place + 1 if node.is_map else place]
    return line


def line_of(text: str, place: int, first_line: int = 1) -> int:
    """Return the line on which the character at `place` stands."""
    return first_line + len(NEWLINE.findall(text, 0, place))


def number(text: str) -> tuple[int | float | None, Flaw | None]:
    """Return the value of a decimal number, or None and why it cannot be used."""
    digits = text.lstrip("-")
    if digits.isdecimal():
        return (int(text), None) if len(digits) <= MAX_DIGITS else (None, DIGITS)
    value = Decimal(text) if len(digits) <= _LONGEST_FRACTION else Decimal(inf)
    value.written = text
    return (value, None) if isfinite(value) else (None, DIGITS)


def text_flaw(text: str) -> Flaw | None:
    """Return what makes a text unusable: half characters and NUL, which other systems choke on."""
    match = _BAD_CHARACTER.search(text)
    return None if match is None else NUL if match[0] == "\0" else HALF


def _key_flaw(key: SourceNode, lines: dict[str, int]) -> Flaw | None:
    if key.flaw:
        return key.flaw
    if key.items is not None:
        return Flaw("键应为文字，不能是列表或者键值结构", "a key must be a text, not a list or a mapping")
    if not isinstance(key.value, str):
        written = json.dumps(key.value)
        return Flaw(
            f'键应为文字，请加引号:"{written}"', f'a key must be a text, put it in quotes: "{written}"'
        )
    if key.value in lines:
        first = lines[key.value]
        return Flaw(f"键重复，首次见第 {first} 行", f"key used twice, first on line {first}")
    return None
