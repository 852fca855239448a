"""No command writes over what it reads, or two of its outputs to one place."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from itertools import combinations
from pathlib import Path
from typing import Any

from decision_procedure.cli.law import folders_of
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.reading import SUFFIXES
from decision_procedure.sources import files_in
from decision_procedure.sources.whole_file import resolved

# The parameters of commands that name what is written; every other path is read.
OUTPUTS = frozenset({"output", "openings", "new_baseline"})

Same = tuple[int, int]


def never_overwriting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command that first compares the paths it is given, as `refuse_overwriting` does."""

    @wraps(command)
    def guarded(**given: Any) -> Any:
        values = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
        refuse_overwriting(
            {name: [v for v in found if isinstance(v, Path)] for name, found in values.items()}
        )
        return command(**given)

    return guarded


def refuse_overwriting(paths: Mapping[str, Sequence[Path]]) -> None:
    """Compare the paths of a command by parameter. Raises UnusableArgument where an output is an input.

    A path is the same whatever it is called: links, another spelling and another case are seen through. A
    folder that is read stands for the files in it that a command would read, a mapping for those of its tables.
    """
    written = [path for name in OUTPUTS for path in paths.get(name, ())]
    if not written:
        return
    for one, other in combinations(written, 2):
        if resolved(one) == resolved(other) or _same([one]) & _same([other]):
            raise UnusableArgument(f"两项输出写到同一处 two outputs go to one place: {one}")
    tables = [file for path in paths.get("tables", ()) for file in _tables_of(path)]
    read = [path for name, found in paths.items() if name not in OUTPUTS for path in found]
    refuse_inputs(written, [*read, *tables])


def _tables_of(mapping: Path) -> tuple[Path, ...]:
    # Loaded here, not above: few commands are given a mapping.
    from decision_procedure.model.tables.reading import source_files

    return tuple(source_files(mapping))


def refuse_inputs(written: Iterable[Path], read: Iterable[Path]) -> None:
    """Raise UnusableArgument where a path that is to be written is one that was read, or lies in a folder that was."""
    inputs = _same(_files([*read, *folders_of(None)]))
    for path in written:
        if _same([path]) & inputs:
            raise UnusableArgument(f"输出会覆盖输入的文件 the output would overwrite an input: {path}")


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        yield path
        if path.is_dir():
            yield from files_in(path, SUFFIXES)


def _same(paths: Iterable[Path]) -> frozenset[Same]:
    """Return what tells the files at these paths from others; nothing for folders and for what is not there."""
    found = set()
    for path in paths:
        try:
            status = path.stat()
        except (OSError, ValueError):
            continue
        if not stat.S_ISDIR(status.st_mode):
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)
