"""The folder of a county: a folder for each body, in it its catalogues, records and scores, told apart by what they hold.

    county/                         the folder that is assessed
      any name/                     one body
        unit.yaml                   optional: its name, and as which kind of body it is assessed (单位、对象)
        any file of a catalogue     of any year
        any file of scores          self-assessment and what the assessor states, of any year (自评、评定)
        案卷/ or records/           files of records, in folders as one likes; they may also lie beside the others

A folder that holds such files itself is one body. Names of folders and files say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from decision_procedure.assessing.scored import (
    ScoreFile,
    UnitFile,
    is_indicator_file,
    is_score_file,
    is_unit_file,
)
from decision_procedure.assessing.wrong import wrong
from decision_procedure.errors import Fault, FaultyInput, UnusableArgument, UnusableInput
from decision_procedure.model.catalogue import Catalogue, is_catalogue, load_catalogue
from decision_procedure.model.reading import SUFFIXES, Models, Read, read_all
from decision_procedure.model.translating import Translation, read_validated
from decision_procedure.sources import MAX_FAULTS, TOO_MANY, files_in, label_of, read_source
from decision_procedure.sources.workbook import is_workbook

RECORD_FOLDERS = frozenset({"案卷", "records"})
"""What a folder may be called in which there are records and nothing else."""
_ALONE = (".yaml", ".yml", ".json")
BODY_SUFFIXES = (*SUFFIXES, ".xlsx")

Content = Literal["catalogue", "scores", "unit", "indicators", "record"]


class FaultsMet:
    """What is wrong with the files of a run, the first of them and that there are more."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self._more = False

    def add(self, faults: Iterable[Fault]) -> None:
        """Keep faults."""
        for fault in faults:
            if len(self.found) < MAX_FAULTS:
                self.found.append(fault)
            elif not self._more:
                self._more = True
                self.found.append(Fault(fault.file, None, "", *TOO_MANY))

    def raise_any(self) -> None:
        """Raise UnusableInput with what was found, if anything was."""
        if self.found:
            raise UnusableInput(self.found)


class CatalogueRead(NamedTuple):
    """A catalogue with the name of its file."""

    file: str
    catalogue: Catalogue


@dataclass
class BodyFiles:
    """The files of one body: what is small is read, records are named."""

    folder: Path
    catalogues: list[CatalogueRead] = field(default_factory=list)
    scores: dict[int, ScoreFile] = field(default_factory=dict)
    unit: UnitFile | None = None
    records: list[Path] = field(default_factory=list)
    written: dict[int, Translation] = field(default_factory=dict)

    def scored(self) -> Iterator[tuple[Callable[..., Fault], ScoreFile]]:
        """Yield each file of scores with what tells a fault in it."""
        return ((self.written[year].fault, scores) for year, scores in self.scores.items())

    def reads(self, models: Models) -> Iterator[Read]:
        """Yield each record, or why it cannot be used, one by one."""
        for file in self.records:
            yield from read_all(file, models)


def bodies_in(folders: Iterable[Path]) -> list[Path]:
    """Return the folder of each body; of a folder of counties those of each. Raises UnusableArgument where there is none."""
    found: dict[Path, None] = {}
    for folder in folders:
        if not folder.is_dir():
            raise UnusableArgument(f"没有此文件夹 no such folder: {folder}")
        bodies = (
            [folder] if _is_body(folder) else [body for path in _inside(folder) for body in _bodies(path)]
        )
        if not bodies:
            raise UnusableArgument(f"文件夹中没有案卷或者目录 no record and no catalogue in: {folder}")
        found.update(dict.fromkeys(bodies))
    return list(found)


def _bodies(folder: Path) -> Iterator[Path]:
    """Yield a folder in which files lie, as one body; where folders in it are bodies by themselves, those."""
    inside = _inside(folder)
    if not _is_body(folder) and any(map(_is_body, inside)):
        for path in inside:
            yield from _bodies(path)
    elif files_in(folder, BODY_SUFFIXES):
        yield folder


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _is_body(folder: Path) -> bool:
    """Say whether files of a body, or its folder of records, lie in a folder itself."""
    return any(path.name in RECORD_FOLDERS for path in _inside(folder)) or any(
        map(_is_of_a_body, folder.iterdir())
    )


def _is_of_a_body(path: Path) -> bool:
    """Say whether a file is one of a body's; a set of indicators may lie beside the folders of bodies."""
    if path.is_dir() or path.suffix.lower() not in BODY_SUFFIXES or path.name.startswith("~$"):
        return False
    return path.suffix.lower() not in _ALONE or _content(path) != "indicators"


def files_of(folder: Path, faults: FaultsMet) -> BodyFiles:
    """Return the files of a body; what is wrong with those that are read here is added to `faults`."""
    found = BodyFiles(folder)
    for path in files_in(folder, BODY_SUFFIXES):
        if path.name.startswith("~$"):
            continue
        inside = path.relative_to(folder).parts[:-1]
        if path.suffix.lower() not in _ALONE or any(part in RECORD_FOLDERS for part in inside):
            found.records.append(path)
            continue
        try:
            _sort(found, path)
        except FaultyInput as error:
            faults.add(error.faults)
    return found


def _sort(found: BodyFiles, path: Path) -> None:
    content = _content(path)
    if content == "catalogue":
        found.catalogues.append(CatalogueRead(label_of(path), load_catalogue(path)))
    elif content == "scores":
        scores, written = read_validated(path, ScoreFile)
        if scores.year in found.scores:
            raise UnusableInput([written.fault(("year",), *wrong("assess_scores_twice"))])
        found.scores[scores.year], found.written[scores.year] = scores, written
    elif content == "unit":
        unit, written = read_validated(path, UnitFile)
        if found.unit is not None:
            raise UnusableInput([written.fault((), *wrong("assess_unit_twice"))])
        found.unit = unit
    elif content == "record":
        found.records.append(path)


_KINDS_OF_FILE: Mapping[Content, Any] = {
    "catalogue": is_catalogue, "scores": is_score_file, "unit": is_unit_file, "indicators": is_indicator_file,
}  # fmt: skip


def _content(path: Path) -> Content:
    """Return what a file holds; what cannot be read is a record, so that reading it tells why."""
    if is_workbook(path):
        return "record"
    try:
        data = read_source(path).data
    except FaultyInput:
        return "record"
    return next((name for name, is_one in _KINDS_OF_FILE.items() if is_one(data)), "record")
