"""The law that ships with more instruments from folders: what a city or county adds for itself."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from decision_procedure.errors import BadPack, Fault, FaultyInput, UnusableArgument
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.loading import load_together
from decision_procedure.law.shelf import Shelf
from decision_procedure.sources import files_in, label_of, read_file

SUFFIXES = (".yaml", ".yml")


def extended_law(folders: Iterable[str | Path], keep_in: Path | None = None) -> Law:
    """Return the law that ships together with every instrument file in these folders, or named by itself.

    `keep_in`: a folder that keeps what was read of them for the next time (`law.shelf`); None: nothing is kept.
    Raises UnusableArgument for a folder that does not exist or holds no such file, and BadPack with the faults
    of all files at once: those of each by itself, and what keeps it from being applied with the others.
    """
    law = standard_law()
    files = [file for folder in folders for file in rule_files(Path(folder))]
    if not files:
        return law
    texts, faults = _texts(dict.fromkeys(files))
    shelf = None if keep_in is None or faults else Shelf(keep_in)
    packs = None if shelf is None else shelf.packs(texts, law.packs)
    if packs is None:
        # Loaded here, not above: it compares all instruments with each other, and they are all read.
        from decision_procedure.law.crosslint import broken_links

        packs, wrong = load_together(texts, law.packs)
        faults += wrong
        names = {label_of(file) for file in files}
        faults += [fault for fault in broken_links((*law.packs, *packs)) if fault.file in names]
        if faults:
            raise BadPack(faults)
        if shelf is not None:
            shelf.keep(texts, packs)
    return Law(tuple(sorted((*law.packs, *packs), key=lambda pack: pack.head.id)), law.register)


def revised_law(law: Law, folders: Iterable[str | Path]) -> Law:
    """Return a law with the instruments in these folders, or files, in place of its own of the same identifier.

    Raises UnusableArgument and BadPack as `extended_law` does.
    """
    from decision_procedure.law.crosslint import broken_links

    files = [file for folder in folders for file in rule_files(Path(folder))]
    texts, faults = _texts(dict.fromkeys(files))
    packs, wrong = load_together(texts, law.packs)
    revised = {pack.head.id for pack in packs}
    kept = [pack for pack in law.packs if pack.head.id not in revised]
    names = {label_of(file) for file in files}
    faults += wrong
    faults += [fault for fault in broken_links((*kept, *packs)) if fault.file in names]
    if faults:
        raise BadPack(faults)
    return Law(tuple(sorted((*kept, *packs), key=lambda pack: pack.head.id)), law.register)


def rule_files(path: Path) -> list[Path]:
    """Return the instrument files of a folder, or the file itself. Raises UnusableArgument when there are none."""
    if not os.path.lexists(path):
        raise UnusableArgument(f"没有规则文件夹 no such folder of rules: {path}")
    found = files_in(path, SUFFIXES)
    if not found:
        raise UnusableArgument(f"文件夹中没有规则文件 no rule file in: {path}")
    return found


def _texts(files: Iterable[Path]) -> tuple[list[tuple[str, str]], list[Fault]]:
    texts: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for file in files:
        try:
            texts.append((label_of(file), read_file(file)))
        except FaultyInput as error:
            faults.extend(error.faults)
    return texts, faults
