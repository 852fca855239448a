"""Examples that cannot be read, each fault at its place in the pack file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.law.linting import order_id
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Examples
from decision_procedure.law.places import fault_in
from decision_procedure.ruletests.running import snippets
from decision_procedure.sources import Path


def unreadable(pack: Pack) -> Iterator[Fault]:
    """Yield every fault that keeps an example of a pack from being read; none of them is run."""
    places: dict[str, Path] = {duty.id: ("duties", index) for index, duty in enumerate(pack.file.duties)}
    places |= {order_id(edge): ("order", index) for index, edge in enumerate(pack.file.order)}
    for rule in pack.rules:
        for name, section, snippet in snippets(pack, rule):
            if isinstance(snippet, UnusableInput):
                index = int(name.rpartition(section)[2]) - 1
                above = (*places[rule.duty.id], "examples")
                for fault in snippet.faults:
                    path = (*above, *_place(rule.duty.examples, section, index, fault.key))
                    zh, en = f"例子不能读：{fault.zh}", f"the example cannot be read: {fault.en}"
                    yield fault_in(pack, path, zh, en)


def _place(examples: Examples, section: str, index: int, key: str) -> Path:
    """Return where the word at the end of a fault's key was written: in the example, in `given`, or nowhere."""
    words = [word for word in re.split(r"[.\[\]]", key) if word and not word.isdigit()]
    written = getattr(examples, section)[index]
    for above, data in (((section, index), written), (("given",), examples.given)):
        for path in _paths(data):
            if words and path[-1] == words[-1]:
                return (*above, *path)
    return (section, index)


def _paths(data: Any) -> Iterator[Path]:
    if isinstance(data, Mapping):
        items: Any = data.items()
    else:
        items = enumerate(data) if isinstance(data, list) else ()
    for name, inner in items:
        yield (name,)
        yield from ((name, *path) for path in _paths(inner))
