"""A case of the fuzz: files and the commands that are given them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from decision_procedure.sources import read_source
from tools.fuzz.records import EXAMPLES, RECORDS

ROOT = EXAMPLES.parent
DAY = ("--as-of", "2024-09-30")
BAD = "示例县-多处不合规"
RUNNING = "示例县-办理中"
Words = tuple[str, ...]
_DATELESS = {("replay",), ("rules",), ("ledger",), ("read_bag",), ("fmt",), ("import",), ("catalogue", "advise"), ("catalogue", "import")}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Files, by their names, and the commands that are given them, in a folder that holds nothing else.

    A command that is none of the command line is one of `running.CALLS`.
    """

    files: Mapping[str, bytes]
    commands: tuple[Words, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of input; `make` returns the case that follows from a source of chance."""

    name: str
    make: Callable[[Random], Case]


def formed(command: Words, forms: str, *others: Words) -> list[Words]:
    """Return a command in each of some formats, then with each of other words."""
    return [(*command, "--format", form) for form in forms.split()] + [(*command, *words) for words in others]


def commands(source: Random, many: Sequence[Words], number: int, **named: str) -> tuple[Words, ...]:
    """Return some commands, in whose words names such as FILE stand for what they name."""
    chosen = source.sample(many, min(number, len(many)))
    filled_in = [tuple(named.get(word, word) for word in words) for words in chosen]
    return tuple(words if {words[:1], words[:2]} & _DATELESS else (*words, *DAY) for words in filled_in)


def data_of(file: Path) -> Any:
    """Return what a file says, as JSON has it."""
    return json.loads(json.dumps(read_source(file).data))


def record_text(name: str) -> bytes:
    """Return the JSON text of an example."""
    return json.dumps(RECORDS[name], ensure_ascii=False).encode()
