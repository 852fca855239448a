"""What the public functions are given: a law, a report with its law."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decision_procedure.model.reading import (
    Models,
    shipped,
)
from decision_procedure.results.report import Report

if TYPE_CHECKING:
    from decision_procedure.law.applicable import Law


def law_at_hand() -> Law:
    """Return the law that travels with the library."""
    from decision_procedure.law.applicable import standard_law

    return standard_law()


def law_of(report: Report, given: Law | None = None) -> Law:
    """Return the law that a report was checked against; `given` may name it again (`results.known_law`)."""
    from decision_procedure.results import known_law

    return known_law.law_of(report, given)


def attach(report: Report, law: Law) -> Report:
    """Return a report that knows the law it was checked against: one read back from JSON does not.

    Raises UnusableArgument for a law that lacks an instrument of the report, or is not the one it knows.
    """
    from decision_procedure.results import known_law

    return known_law.attach(report, law)


def models_of(law: Law | None) -> Models:
    """Return what records may hold by a law; None: what ships."""
    return shipped if law is None else law.models


def load_law(*folders: str | Path, keep_in: str | Path | None = None) -> Law:
    """Return the law that travels with the library, and every instrument file in these folders beside it.

    `keep_in`: a folder in which what was read is kept, so that the same files are read only where their place needs
    them the next time; nobody else may be able to write into it. None: nothing is kept.

    Give it to `check`, `procedure`, `trail` and `diagram` as `law`. Raises UnusableArgument for a folder that
    does not exist or holds no file, and BadPack with the faults of all files at once.
    """
    from decision_procedure.law.county import extended_law

    return extended_law(folders, None if keep_in is None else Path(keep_in))


def what_to_give(found: Any) -> str:
    """Return what to do with what was given in place of a record."""
    if isinstance(found, str | Path):
        return "应为案卷，不是文字或路径：先用 load_decision(路径) 或 parse_decision(文字) not a record: read it first with load_decision(path) or parse_decision(text)"
    if isinstance(found, Mapping):
        return "应为案卷，不是键值结构：先用 decision(键值) not a record: make it one with decision(mapping)"
    return f"应为案卷 not a record: {type(found).__name__[:40]}"
