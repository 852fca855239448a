"""The records that paths name, one by one, with the bar that counts them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from decision_procedure import api
from decision_procedure.api.records import records_in
from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.decision import Decision
from decision_procedure.model.reading import (
    SUFFIXES,
    Models,
    Read,
    no_record_in,
    read_record,
    shipped,
)
from decision_procedure.render.text import plain
from decision_procedure.results.fingerprints import record_key
from decision_procedure.sources import MAX_BYTES, decode, files_in, label_of
from decision_procedure.wording import both

if TYPE_CHECKING:
    from decision_procedure.law.applicable import Law

_STDIN = Path("-")
_PIPE = "<stdin>"


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files that paths name, folders searched through; a path that holds no record stays as it is."""
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(files_in(path, SUFFIXES) or [path]))
    return list(found)


def records_of(file: Path, models: Models = shipped) -> Iterator[Read]:
    """Yield each record of a file, or of standard input for `-`, or why it is unusable."""
    if file == _STDIN:
        yield _piped(models)
    elif os.access(file, os.R_OK) and file.is_dir():
        yield Read(label_of(file), 1, "", no_record_in(file))
    else:
        for read, other in records_in(file, models):
            yield read if other is None else read._replace(found=NoRecordGiven(read.file, other))


def records_from(file: Path, models: Models = shipped) -> Iterator[Read]:
    """Yield each record of the tables of a mapping, or of an event log by its suffix, or why it is unusable."""
    # Loaded here, not above: most records come from files of their own.
    from decision_procedure.model.event_logs import logged_records
    from decision_procedure.model.tables.reading import mapped_records
    from decision_procedure.sources.databases import LOGS

    try:
        yield from logged_records(file, models) if file.suffix.lower() in LOGS else mapped_records(file, None, models)  # fmt: skip
    except UnusableInput as error:
        yield Read(label_of(file), 1, "", error)


def decision_of(path: Path, law: Law) -> Decision:
    """Return the one record of a file, or of standard input for `-`. Raises UnusableInput with every fault."""
    if path != _STDIN:
        return api.load_decision(path, law)
    found = _piped(law.models).found
    if isinstance(found, UnusableInput):
        raise found
    return found


def decisions_of(paths: Sequence[Path], law: Law) -> list[tuple[Path, Decision]]:
    """Return every record with its file; catalogues are left out as by `Passed`.

    Raises UnusableInput with every fault in all of them.
    """
    found: list[tuple[Path, Decision]] = []
    errors: list[UnusableInput] = []
    passed = Passed(paths)
    for file in files_of(paths):
        for read in records_of(file, law.models):
            if isinstance(read.found, Decision):
                found.append((file, read.found))
            elif warning := passed.warning(file, read.found):
                typer.echo(warning, err=True)
            else:
                errors.append(read.found)
    errors += () if found or errors else passed.catalogues
    if errors:
        raise UnusableInput(fault for error in errors for fault in error.faults)
    return found


class NoRecordGiven(UnusableInput):
    """A yearly catalogue, or a file for an assessment, where a record is asked for."""

    def __init__(self, file: str, content: str) -> None:
        self.content = content
        super().__init__([Fault(file, None, "", *both(_NO_RECORD[content]))])


_NO_RECORD = {"catalogue": "catalogue.no_record", "assessment": "assess.no_record"}
_PASSED = {
    "catalogue": "年度目录，已跳过；核对目录请用 catalogue advise a yearly catalogue, passed over: `catalogue advise` looks it over",
    "assessment": "考评用的文件，已跳过；考评请用 assess a file for an assessment, passed over: `assess` reads it",
}


class Passed:
    """What lies in folders beside records and is none, which is passed over; a file that is named itself is not."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._named = frozenset(paths)
        self.catalogues: list[UnusableInput] = []

    def warning(self, file: Path, found: UnusableInput) -> str | None:
        """Return what to say of a file that is passed over, in both languages; None: it is not."""
        if file in self._named or not isinstance(found, NoRecordGiven):
            return None
        self.catalogues.append(found)
        return plain(f"{label_of(file)}: {_PASSED[found.content]}")


def _piped(models: Models) -> Read:
    """Return the record that comes in on standard input: JSON where it begins with a brace, else YAML."""
    text = ""
    try:
        text = decode(sys.stdin.buffer.read(MAX_BYTES + 1), _PIPE)
        is_json = text.lstrip().startswith("{")
        return Read(_PIPE, 1, text, read_record(text, _PIPE, models, json=is_json))
    except UnusableInput as error:
        return Read(_PIPE, 1, text, error)


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
            f"{read.file}:{read.line}: 与 {file}:{line} 的案卷同名，豁免和基线分不清二者，请各写编号 "
            f"two records of one name: waivers and baselines cannot tell them apart, give each an id: {name}"
        )
