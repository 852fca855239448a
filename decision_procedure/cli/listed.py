"""The catalogues that paths name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from decision_procedure.cli.options import stop
from decision_procedure.errors import FaultyInput, UnusableArgument
from decision_procedure.model.catalogue import SUFFIXES, Catalogue, load_catalogue
from decision_procedure.render.text import plain


def catalogues_of(files: Iterable[Path], lang: str) -> list[Catalogue]:
    """Return catalogues in the order of their files; ends with status 2 and every fault in all of them.

    Raises UnusableArgument for a published table, which has to be imported first.
    """
    found: list[Catalogue] = []
    errors: list[FaultyInput] = []
    for file in files:
        if file.suffix.lower() not in SUFFIXES:
            raise UnusableArgument(
                f"{plain(str(file))}: 不是目录文件；公布的表格请先用 catalogue import 读入 "
                "no file of a catalogue: read published tables by `catalogue import` first"
            )
        try:
            found.append(load_catalogue(file))
        except FaultyInput as error:
            errors.append(error)
    if errors:
        stop(errors, lang)
    return found
