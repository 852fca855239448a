"""Dossiers on the command line: a file that `receipt` wrote, or the folder of a bag."""

from __future__ import annotations

from pathlib import Path

from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.archive import read_bag
from decision_procedure.keeping.receipts.forms import Dossier
from decision_procedure.law.applicable import Law
from decision_procedure.model.decision import Decision
from decision_procedure.model.reading import read_record
from decision_procedure.results.fingerprints import record_key
from decision_procedure.results.report import Report
from decision_procedure.sources import label_of, read_file


def read_dossier(path: Path) -> Dossier:
    """Return the dossier in a file, or in a bag. Raises UnusableInput for what is neither."""
    return read_bag(path) if path.is_dir() else Dossier.from_json(read_file(path), label_of(path))


def nonce_of(path: Path | None, decision: Decision) -> str | None:
    """Return the nonce of an earlier dossier of the same record; None: no dossier, or one that has none.

    Raises UnusableArgument for a dossier of another record: who has it could try names on the receipt of this one;
    and where nobody can tell, since its record was left out or is not the one that its nonce was drawn for.
    """
    if path is None:
        return None
    dossier = read_dossier(path)
    if dossier.nonce is not None and (dossier.record is None or not dossier.fits("record", dossier.record)):
        raise UnusableArgument(
            "此卷宗没有案卷，或者案卷与其回执不符，不知其随机数属于哪一案卷 "
            f"its record is left out or does not fit its receipt, so that nobody knows whose its nonce is: {path}"
        )
    if dossier.record is not None:
        earlier = read_record(dossier.record, label_of(path), lambda *_: type(decision), json=True)
        if record_key(earlier) != record_key(decision):
            raise UnusableArgument(f"此卷宗属于另一案卷 a dossier of another record: {path}")
    return dossier.nonce


def earlier_report(path: Path, decision: Decision, law: Law) -> Report:
    """Return the report in an earlier dossier of a record.

    Raises UnusableArgument for a dossier of another record, and for one without its report or nonce, or with another report
    than that of its receipt.
    """
    nonce_of(path, decision)
    dossier = read_dossier(path)
    if dossier.report is None or dossier.fits("report", dossier.report) is not True:
        raise UnusableArgument(
            f"此卷宗没有报告，或者报告与其回执不符 its report is left out or does not fit its receipt: {path}"
        )
    try:
        return Report.from_json(dossier.report, law)
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableArgument(f"卷宗中的报告无法读取 its report cannot be read: {path}") from error
