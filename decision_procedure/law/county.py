"""The law that ships with more instruments from folders: what a city or county adds for itself."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from decision_procedure.errors import BadPack, Fault, FaultyInput, UnusableArgument
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.crosslint import broken_links
from decision_procedure.law.loading import Pack, load_pack
from decision_procedure.sources import files_in, label_of, read_file

SUFFIXES = (".yaml", ".yml")


def extended_law(folders: Iterable[str | Path]) -> Law:
    """Return the law that ships together with every instrument file in these folders, or named by itself.

    Raises UnusableArgument for a folder that does not exist or holds no such file, and BadPack with the faults
    of all files at once: those of each by itself, and what keeps it from being applied with the others.
    """
    law = standard_law()
    files = [file for folder in folders for file in rule_files(Path(folder))]
    if not files:
        return law
    packs, faults = _read(dict.fromkeys(files))
    names = {label_of(file) for file in files}
    faults += [fault for fault in broken_links((*law.packs, *packs)) if fault.file in names]
    if faults:
        raise BadPack(faults)
    return Law(tuple(sorted((*law.packs, *packs), key=lambda pack: pack.head.id)), law.register)


def rule_files(path: Path) -> list[Path]:
    """Return the instrument files of a folder, or the file itself. Raises UnusableArgument when there are none."""
    if not os.path.lexists(path):
        raise UnusableArgument(f"没有规则文件夹 no such folder of rules: {path}")
    found = files_in(path, SUFFIXES)
    if not found:
        raise UnusableArgument(f"文件夹中没有规则文件 no rule file in: {path}")
    return found


def _read(files: Iterable[Path]) -> tuple[list[Pack], list[Fault]]:
    packs: list[Pack] = []
    faults: list[Fault] = []
    for file in files:
        try:
            packs.append(load_pack(read_file(file), label_of(file)))
        except FaultyInput as error:
            faults.extend(error.faults)
    return packs, faults
