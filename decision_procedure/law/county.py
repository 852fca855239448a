"""The law that ships with more instruments from folders: what a city or county adds for itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from decision_procedure.errors import BadPack, Fault, FaultyInput, UnusableArgument
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.loading import Pack, load_together
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
        packs = _sound(texts, faults, law)
        if shelf is not None:
            shelf.keep(texts, packs)
    return _joined(law.packs, packs, law)


def revised_law(law: Law, folders: Iterable[str | Path]) -> Law:
    """Return a law with the instruments in these folders, or files, in place of its own of the same identifier.

    Raises UnusableArgument and BadPack as `extended_law` does.
    """
    files = [file for folder in folders for file in rule_files(Path(folder))]
    packs = _sound(*_texts(dict.fromkeys(files)), law, instead=True)
    return _joined(_others(law, packs), packs, law)


def _sound(
    texts: Sequence[tuple[str, str]], faults: Sequence[Fault], law: Law, *, instead: bool = False
) -> list[Pack]:
    """Return the instruments in these texts, `instead` of those of a law of their identifiers or all beside them.

    Raises BadPack with these faults and those of the texts.
    """
    # Loaded here, not above: it compares all instruments with each other, and they are all read.
    from decision_procedure.law.crosslint import broken_links

    packs, wrong = load_together(texts, law.packs)
    names = {name for name, _ in texts}
    beside = _others(law, packs) if instead else law.packs
    links = (fault for fault in broken_links((*beside, *packs)) if fault.file in names)
    if found := [*faults, *wrong, *links]:
        raise BadPack(found)
    return packs


def _others(law: Law, packs: Iterable[Pack]) -> list[Pack]:
    own = {pack.head.id for pack in packs}
    return [pack for pack in law.packs if pack.head.id not in own]


def _joined(beside: Iterable[Pack], packs: Iterable[Pack], law: Law) -> Law:
    return Law(tuple(sorted((*beside, *packs), key=lambda pack: pack.head.id)), law.register)


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
