"""What differs between two pieces of data or two texts of law: where, in which line, from what to what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, NamedTuple

from decision_procedure.errors import UnusableInput
from decision_procedure.sources import Path, Source, path_text, read_yaml

_ABSENT = object()
_MOST_PAIRS = 1_000_000


class Difference(NamedTuple):
    """One place that differs. `line` counts in the later text, or in the earlier one for what is gone.

    `before` and `after` are values as JSON, or lines of text; None: nothing there. `path` is empty for a line.
    """

    path: str
    line: int | None
    before: str | None
    after: str | None


def data_differences(before: Any, after: Any) -> Iterator[Difference]:
    """Yield where two pieces of JSON data differ, in order; things with an `id` are matched by it."""
    for _, path, old, new in _walk(before, after, (), ()):
        yield Difference(_path(path), None, _shown(old), _shown(new))


@lru_cache(maxsize=64)
def rule_differences(before: str, after: str, name: str) -> tuple[Difference, ...]:
    """Return where two texts of a file of law differ: its values, or its lines where the values are the same.

    The receipts of a year rest on the same few texts: each pair is parsed once.
    """
    try:
        old, new = read_yaml(before, name), read_yaml(after, name)
    except UnusableInput:
        return tuple(_lines(before, after))
    return tuple(_values(old, new)) or tuple(_lines(before, after))


def _values(old: Source, new: Source) -> Iterator[Difference]:
    for place, path, gone, come in _walk(old.data, new.data, (), ()):
        line = old.line(place) if come is _ABSENT else new.line(place)
        yield Difference(_path(path), line, _shown(gone), _shown(come))


def _lines(before: str, after: str) -> Iterator[Difference]:
    old, new = before.splitlines(), after.splitlines()
    if old == new and before != after:
        yield Difference("", None, "line ends", "line ends")
        return
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    most = shorter - start
    end = next((i for i in range(most) if old[~i] != new[~i]), most)
    gone, come = old[start : len(old) - end], new[start : len(new) - end]
    if len(gone) * len(come) > _MOST_PAIRS:  # to match them takes time in proportion to the pairs
        yield Difference("", start + 1, f"{len(gone)} lines", f"{len(come)} lines")
        return
    for tag, i, last, j, stop in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
        if tag != "equal":
            line = start + 1 + (i if tag == "delete" else j)
            yield Difference("", line, "\n".join(gone[i:last]) or None, "\n".join(come[j:stop]) or None)


def _walk(old: Any, new: Any, place: Path, path: Path) -> Iterator[tuple[Path, Path, Any, Any]]:
    """Yield `(place, readable path, old, new)`; the place indexes the text that holds the value."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _walk(old.get(key, _ABSENT), new.get(key, _ABSENT), (*place, key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        before, after = _members(old), _members(new)
        for name in dict.fromkeys([*before, *after]):
            where, gone = before.get(name, (0, _ABSENT))
            where, come = after.get(name, (where, _ABSENT))
            yield from _walk(gone, come, (*place, where), (*path, name))
    elif type(old) is not type(new) or old != new:
        yield place, path, old, new


def _members(items: list[Any]) -> dict[str | int, tuple[int, Any]]:
    """Return the items of a list with their places, by identifier where every one has its own."""
    names = [item.get("id") if isinstance(item, dict) else None for item in items]
    if all(isinstance(name, str) for name in names) and len(set(names)) == len(names):
        return {f"[{item['id']}]": (index, item) for index, item in enumerate(items)}
    return {index: (index, item) for index, item in enumerate(items)}


def _path(path: Path) -> str:
    return path_text(path).replace(".[", "[")


def _shown(value: Any) -> str | None:
    return None if value is _ABSENT else json.dumps(value, ensure_ascii=False, sort_keys=True)
