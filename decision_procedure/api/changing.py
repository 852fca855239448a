"""The law as it changes: two versions of it, and what other law would change for a record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decision_procedure.api.checking import check
from decision_procedure.api.given import law_at_hand
from decision_procedure.api.proof import replayed
from decision_procedure.errors import UnusableInput
from decision_procedure.model.decision import Decision

if TYPE_CHECKING:
    from decision_procedure.keeping.receipts.forms import Dossier
    from decision_procedure.keeping.receipts.replaying import Change
    from decision_procedure.law.applicable import Law
    from decision_procedure.law.versions import VersionChange
    from decision_procedure.reporting.impact import Impact


def revised_law(*folders: str | Path, law: Law | None = None) -> Law:
    """Return a law with the instrument files of these folders in place of its own of the same identifier.

    `law` None: the law that travels with the library. Raises UnusableArgument for a folder that does not exist or
    holds no file, BadPack with the faults of all files at once.
    """
    from decision_procedure.law.county import revised_law as revised

    return revised(law or law_at_hand(), folders)


def law_changes(older: Law, newer: Law, *, only: Iterable[str] = ()) -> tuple[VersionChange, ...]:
    """Return which duties came, went or changed from one law to another, and in what.

    `only` names instruments by their identifiers; empty: all of both.
    """
    from decision_procedure.law.versions import version_changes

    names = frozenset(only)
    packs = ([pack for pack in law.packs if not names or pack.head.id in names] for law in (older, newer))
    return tuple(version_changes(*packs))


def impact(
    decision: Decision,
    *,
    as_of: date | str,
    newer: Law,
    law: Law | None = None,
    assume_complete: bool = False,
) -> Impact:
    """Return what another law changes for a record: verdict by verdict, and from which act on.

    `law` is the law that it is held against; None: the law that travels with the library. Raises as `check` does.
    """
    from decision_procedure.reporting.impact import impact_of

    before, after = (
        check(decision, as_of=as_of, assume_complete=assume_complete, law=each)
        for each in (law or law_at_hand(), newer)
    )
    return impact_of(before, after)


def impact_since(dossier: Dossier, *, law: Law | None = None) -> Impact:
    """Return what has changed for the record of a dossier since it was sealed, by today's law and program.

    `causes` of it say what is another since: the texts of law, the program, the data of holidays. Raises UnusableInput where
    the dossier is without its record or report, or either is not the one of its receipt, and as `replay` does.
    """
    from decision_procedure.reporting.impact import Impact, moves_of

    if faults := dossier.unfit():
        raise UnusableInput(faults)
    report, result = replayed(dossier, law or law_at_hand())
    changes = result.changes
    pairs = [_outcomes(change) for change in changes if change.kind == "report" and change.path == ""]
    causes = [name for name in ("law", "engine", "calendar") if any(name == item.kind for item in changes)]
    return Impact(report, tuple(moves_of(pairs, report)), tuple(causes))


def _outcomes(change: Change) -> tuple[str, str | None, Any, Any]:
    duty, _, act = change.name.partition("@")
    return duty, act or None, change.before, change.after
