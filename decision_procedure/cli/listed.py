"""The catalogues that paths name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from decision_procedure.cli.options import Lang, stop
from decision_procedure.errors import FaultyInput
from decision_procedure.model.catalogue import Catalogue, load_catalogue


def catalogues_of(files: Iterable[Path], lang: Lang) -> list[Catalogue]:
    """Return catalogues in the order of their files; ends with status 2 and every fault in all of them."""
    found: list[Catalogue] = []
    errors: list[FaultyInput] = []
    for file in files:
        try:
            found.append(load_catalogue(file))
        except FaultyInput as error:
            errors.append(error)
    if errors:
        stop(errors, lang)
    return found
