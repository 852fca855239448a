"""The records that paths name, one by one, with the bar that counts them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.reading import SUFFIXES, Read, read_all
from decision_procedure.sources import files_in


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files that paths name, folders searched through; a path that holds no record stays as it is."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(files_in(path, SUFFIXES) or [path]))
    return list(found)


def records_of(file: Path) -> Iterator[Read]:
    """Yield each record of a file, or why it is unusable."""
    if os.access(file, os.R_OK) and file.is_dir():
        fault = Fault(str(file), None, "", "文件夹中没有案卷", "there is no record in this folder")
        yield Read(str(file), 1, "", UnusableInput([fault]))
    else:
        yield from read_all(file)
