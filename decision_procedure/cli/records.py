"""The records that paths name, one by one, with the bar that counts them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from decision_procedure.model.decision import Decision
from decision_procedure.model.reading import SUFFIXES, Models, Read, no_record_in, read_all, shipped
from decision_procedure.render.text import plain
from decision_procedure.results.fingerprints import record_key
from decision_procedure.sources import files_in, label_of


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files that paths name, folders searched through; a path that holds no record stays as it is."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(files_in(path, SUFFIXES) or [path]))
    return list(found)


def records_of(file: Path, models: Models = shipped) -> Iterator[Read]:
    """Yield each record of a file, or why it is unusable."""
    if os.access(file, os.R_OK) and file.is_dir():
        yield Read(label_of(file), 1, "", no_record_in(file))
    else:
        yield from read_all(file, models)


class Namesakes:
    """Notices records of one run that bear one name: their findings share fingerprints, waivers and baselines."""

    def __init__(self) -> None:
        self._first: dict[int, tuple[str, int]] = {}  # by hash: a run may see very many names

    def warning(self, read: Read, decision: Decision) -> str | None:
        """Return what to say of a record whose name another had before it, in both languages; None otherwise."""
        name = record_key(decision)
        file, line = self._first.setdefault(hash(name), (read.file, read.line))
        if (file, line) == (read.file, read.line):
            return None
        return plain(
            f"{read.file}:{read.line}: 与 {file}:{line} 的案卷同名,豁免和基线分不清二者,请各写编号 "
            f"two records of one name: waivers and baselines cannot tell them apart, give each an id: {name}"
        )
