"""The law a command goes by: what ships, and what a folder, the environment or an installed package adds."""

from __future__ import annotations

import os
import sys
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from decision_procedure import api
from decision_procedure.errors import UnusableArgument

if TYPE_CHECKING:
    from decision_procedure.law.applicable import Law

VARIABLE = "DECISION_PROCEDURE_RULES"
GROUP = "decision_procedure.rules"

RulesOption = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="另加的规则文件夹，可重复 a folder of further rules, may be repeated"),
]


def law_of(folders: list[Path] | None) -> Law:
    """Return the law that ships with these folders, those of the environment, and those of packages.

    `DECISION_PROCEDURE_RULES` lists folders as PATH does. An entry point of `decision_procedure.rules` names
    a package whose folder holds rule files. Raises UnusableArgument and BadPack as `api.load_law` does.
    """
    return api.load_law(*folders_of(folders), keep_in=_cache())


def folders_of(folders: list[Path] | None) -> list[Path]:
    """Return these folders, those of the environment, and those of packages, each once."""
    named = [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]
    return [*dict.fromkeys([*(folders or []), *named, *_of_packages()])]


def _of_packages() -> list[Path]:
    found = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            found.append(Path(str(files(point.value))))
        except (ImportError, TypeError) as error:
            text = f"规则包不能载入 the package of rules cannot be loaded: {point.name}"
            raise UnusableArgument(text) from error
    return found


def _cache() -> Path | None:
    """Return the folder of this program among the user's caches; None: the user has no home."""
    try:
        usual = {"darwin": Path.home() / "Library" / "Caches", "win32": Path.home() / "AppData" / "Local"}
        named = Path(os.environ.get("XDG_CACHE_HOME", ""))
        folder = named if named.is_absolute() else usual.get(sys.platform, Path.home() / ".cache")
    except RuntimeError:
        return None
    return folder / "decision-procedure"
