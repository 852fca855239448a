"""Making the receipt of a report, with the texts that it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from decision_procedure.receipts.canonical import canonical_json
from decision_procedure.receipts.digests import Digest, digest_of_text
from decision_procedure.receipts.forms import Dossier, Receipt
from decision_procedure.receipts.materials import (
    calendar_digest,
    calendar_version,
    engine_versions,
    rule_texts,
)
from decision_procedure.receipts.signing import Signer, sign
from decision_procedure.report import Report


def seal(
    report: Report,
    *,
    rules: Mapping[str, str] | None = None,
    signer: Signer | None = None,
    algorithm: str = "Ed25519",
    key: str = "",
) -> Dossier:
    """Return the receipt of a report, together with record, law and report.

    `rules` are the texts of the law that the check used, by name; None: those that travel with the library.
    `signer` takes the bytes of the receipt and returns the signature; `algorithm` and `key` name it. None: no
    signature. The same report gives the same dossier on every machine with the same versions.
    """
    texts = rule_texts() if rules is None else dict(sorted(rules.items()))
    data = report.to_dict()
    record, findings = canonical_json(data["record"]), canonical_json(data)
    receipt = Receipt(
        as_of=report.as_of,
        assume_complete=report.assume_complete,
        record=Digest.of(record),
        rules={name: digest_of_text(text) for name, text in texts.items()},
        calendar_version=calendar_version(),
        calendar=calendar_digest(),
        engines=dict(engine_versions()),
        report=Digest.of(findings),
    )
    signature = None if signer is None else sign(receipt.to_bytes(), signer, algorithm=algorithm, key=key)
    return Dossier(receipt, record.decode(), findings.decode(), dict(texts), signature)
