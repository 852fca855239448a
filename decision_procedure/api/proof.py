"""Reports masked, sealed, replayed and archived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from decision_procedure.api.checking import check
from decision_procedure.api.given import law_at_hand, law_of
from decision_procedure.api.papers import as_html, as_text, trail
from decision_procedure.api.records import parse_decision
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.decision import Decision
from decision_procedure.results.report import Report, Workings

if TYPE_CHECKING:
    from decision_procedure.keeping.papers import Absent
    from decision_procedure.keeping.receipts.forms import Dossier
    from decision_procedure.keeping.receipts.replaying import Replay
    from decision_procedure.keeping.receipts.signing import Signer, Verifier
    from decision_procedure.law.applicable import Law
    from decision_procedure.masking import Masked


def mask(report: Report, *, salt: bytes | None = None) -> Masked:
    """Return a report in which every personal name of the record gives way to a pseudonym.

    `salt`, at least 16 bytes, makes the commitments; None: a fresh one. Raises UnusableArgument for a short one.
    """
    from decision_procedure.masking import mask_report

    masked = mask_report(report, salt)
    if report.workings is None:
        return masked
    workings = Workings(masked.law(report.workings.law), notices=report.workings.notices)
    return replace(masked, report=replace(masked.report, workings=workings))


def seal(
    report: Report,
    *,
    law: Law | None = None,
    nonce: str | None = None,
    signer: Signer | None = None,
    algorithm: str = "Ed25519",
    key: str = "",
) -> Dossier:
    """Return the receipt of a report and the texts it rests on, those of the law among them.

    `law` is the law the report was checked against; None: the one it knows. `nonce`, 64 hexadecimal digits, keeps
    the receipt from giving names away: a fresh one where it is None; that of an earlier dossier of the same record
    (`dossier.nonce`) gives what has not changed the same fingerprints. `signer` takes the bytes of the receipt and
    returns a signature; None: unsigned. Raises UnusableArgument for a nonce that is none.
    """
    from decision_procedure.keeping.receipts import sealing

    how = sealing.Seal(nonce, signer, algorithm, key)
    return sealing.seal(report, law_of(report, law), how)


def replay(
    dossier: Dossier,
    *,
    record: Decision | None = None,
    law: Law | None = None,
    verifier: Verifier | None = None,
) -> Replay:
    """Run the check of a dossier again, with the law of today, and say what changed and what was verified.

    `record` takes the place of the one kept. `law` None: the law that travels with the library; a file of the
    receipt that is not in it is named as missing. Working days are counted with the notices of holidays that the
    receipt names. `verifier` holds the signature against the receipt; None: it is
    not verified, which the result says. Raises UnusableArgument when there is no record, or no nonce.
    """
    return replayed(dossier, law or law_at_hand(), record, verifier)[1]


def replayed(
    dossier: Dossier, law: Law, record: Decision | None = None, verifier: Verifier | None = None
) -> tuple[Report, Replay]:
    """Return the check of a dossier run again, and what came of comparing it; as `replay`, which it raises as."""
    from decision_procedure.clock import extended_by
    from decision_procedure.keeping.receipts.replaying import compared

    if record is None and dossier.record is None:
        raise UnusableArgument("回执未附案卷，请另行提供 the receipt comes without its record: give one")
    receipt = dossier.receipt
    decision = record or parse_decision(dossier.record or "", name="<record of the dossier>", law=law)
    with extended_by(notice.published for notice in receipt.notices):
        report = check(decision, as_of=receipt.day, assume_complete=receipt.assume_complete, law=law)
    return report, compared(dossier, report, law, given=record is not None, verifier=verifier)


def archive(
    report: Report,
    folder: str | Path,
    *,
    bagged_on: date,
    documents: str | Path | None = None,
    formats: Mapping[str, bytes] | None = None,
    law: Law | None = None,
    nonce: str | None = None,
    signer: Signer | None = None,
    algorithm: str = "Ed25519",
    key: str = "",
) -> tuple[Absent, ...]:
    """Write a report, its receipt, the law and the documents of the record as a BagIt bag (extra `archive`).

    Returns the documents with a location in the record that are not in the bag; empty: all are.

    The receipt in the bag binds every file of it: sign it, or enter it in a ledger. `law`, `nonce`, `signer`,
    `algorithm` and `key` as for `seal`.
    `documents` is the folder that locations in the record start from; None: no document is looked for.
    The report and its trail go in as text in both languages, the trail as JSON as well, and the report as web
    pages where the extra `html` is there; `formats` are further forms of it by file name. `bagged_on` is the date on the bag. Raises
    UnusableArgument when `folder` exists, UnusableInput for locations outside `documents` and for documents
    that are not those of the record; nothing is written then.
    """
    from decision_procedure.keeping.archive import write_bag
    from decision_procedure.keeping.receipts.sealing import Seal

    traced = trail(report, law)
    texts = {"trail.json": traced.to_json()}
    for lang in ("zh", "en"):
        texts[f"report.{lang}.txt"] = as_text(report, lang=lang, law=law)
        texts[f"trail.{lang}.txt"] = traced.text(lang)
        if find_spec("jinja2"):
            texts[f"report.{lang}.html"] = as_html(report, lang=lang, law=law)
    root = None if documents is None else Path(documents)
    return write_bag(
        seal(report, law=law, nonce=nonce),
        Path(folder),
        how=Seal(signer=signer, algorithm=algorithm, key=key),
        documents=root,
        formats={**{name: text.encode() for name, text in texts.items()}, **(formats or {})},
        bagged_on=bagged_on,
    )
