"""Instrument files as data that was read before: used for texts as they were then, never for others.

The first line of what is written lists the files, each with the digest of its text and what its instrument is; the
data of each file follows on a line of its own, which is read when it is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from decision_procedure import rules
from decision_procedure.sources import Source, read_yaml

FILE = "ready.jsonl"
DECLARING = ("kinds", "fields", "documents", "traits", "roles")
"""The parts of an instrument file that declare what records may hold."""


class Ready(NamedTuple):
    """One file that was read: its text, what its head holds, whether it declares anything, and its data as JSON."""

    file: str
    text: str
    head: Any
    declares: bool
    line: bytes

    def source(self) -> Source:
        """Return the file as if it had been read from its text."""
        return Source(self.file, json.loads(self.line), self.text)


def ready_law() -> tuple[Ready, ...] | None:
    """Return every file that ships as it was read when the package was built; None: a file changed, or nothing was built."""
    return found_in(_built(), [(name, rules.text(name)) for name in rules.instrument_names()])


def source_of(text: str, name: str) -> Source | None:
    """Return a file that ships, without reading its YAML; None: as above, of this file."""
    ready = found_in(_built(), [(name, text)])
    return ready[0].source() if ready else None


def found_in(written: bytes, texts: Iterable[tuple[str, str]]) -> tuple[Ready, ...] | None:
    """Return these `(file, text)` as they were read before; None unless all of them were, and as they are now."""
    index, lines = _read(written)
    found = []
    for file, text in texts:
        place, digest, head, declares = index.get(file, (0, "", None, False))
        if digest != _digest(text):
            return None
        found.append(Ready(file, text, head, declares, lines[place]))
    return tuple(found)


def written(sources: Iterable[Source]) -> bytes:
    """Return what is kept of files that were read, but for those whose numbers would lose digits."""
    kept = [
        source for source in sources if not any(isinstance(value, float) for value in _values(source.data))
    ]
    index = {
        source.file: (
            place,
            _digest(source.text),
            source.data.get("head"),
            any(source.data.get(part) for part in DECLARING),
        )
        for place, source in enumerate(kept, start=1)
    }
    return b"\n".join(
        json.dumps(part, ensure_ascii=False).encode() for part in (index, *(source.data for source in kept))
    )


def written_law() -> bytes:
    """Return what is written when the package is built."""
    names = (*rules.instrument_names(), rules.REGISTER)
    return written(read_yaml(rules.text(name), name) for name in names)


@lru_cache(maxsize=1)
def _built() -> bytes:
    try:
        return files(rules).joinpath(FILE).read_bytes()
    except FileNotFoundError:
        return b""


@lru_cache(maxsize=2)
def _read(written: bytes) -> tuple[Mapping[str, tuple[int, str, Any, bool]], list[bytes]]:
    lines = written.split(b"\n")
    try:
        return json.loads(lines[0]), lines
    except ValueError:
        return {}, []


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _values(data: Any) -> Iterator[Any]:
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            yield from _values(value)
        else:
            yield value
