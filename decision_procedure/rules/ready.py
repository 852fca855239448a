"""The instruments as data that were read when the package was built: used for a text as it was then, never for another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from decision_procedure import rules
from decision_procedure.sources import Source, read_yaml

FILE = "ready.json"


def source_of(text: str, name: str) -> Source | None:
    """Return an instrument file that ships, without reading its YAML; None: the file changed, or nothing was built."""
    found = _built().get(name)
    if found is None or found["digest"] != _digest(text):
        return None
    return Source(name, found["data"], text)


def written() -> dict[str, Any]:
    """Return what is written when the package is built: the data of each file, and the digest of its text."""
    texts = {name: rules.text(name) for name in rules.instrument_names()}
    data = {name: read_yaml(text, name).data for name, text in texts.items()}
    return {
        name: {"digest": _digest(texts[name]), "data": found}
        for name, found in data.items()
        if not any(isinstance(value, float) for value in _values(found))  # its digits would be lost
    }


@lru_cache(maxsize=1)
def _built() -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads(files(rules).joinpath(FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _values(data: Any) -> Iterator[Any]:
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            yield from _values(value)
        else:
            yield value
