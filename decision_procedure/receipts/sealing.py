"""Making the receipt of a report, with the texts that it rests on."""

from __future__ import annotations

from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import Law
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
    law: Law,
    *,
    signer: Signer | None = None,
    algorithm: str = "Ed25519",
    key: str = "",
) -> Dossier:
    """Return the receipt of a report, together with record, law and report.

    `law` is the law that the check used. `signer` takes the bytes of the receipt and returns the signature; `algorithm` and `key` name it. None: no
    signature. The same report gives the same dossier on every machine with the same versions. Raises
    UnusableArgument when the report speaks of an instrument that is not in `law`.
    """
    unknown = {name.partition(".")[0] for name in report.duties} - {pack.head.id for pack in law.packs}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise UnusableArgument(
            f"报告所依据的法律文件未载入 the report rests on law that is not given: {names}"
        )
    texts = rule_texts(law)
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
