"""Making the receipt of a report, with the texts that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.receipts.canonical import canonical_json
from decision_procedure.keeping.receipts.digests import Digest, digest_of_text, nonce_or_fresh
from decision_procedure.keeping.receipts.forms import Dossier, NoticeUsed, Receipt
from decision_procedure.keeping.receipts.materials import (
    calendar_digest,
    calendar_version,
    engine_versions,
    own_rules,
    rule_texts,
)
from decision_procedure.keeping.receipts.signing import Signature, Signer, sign
from decision_procedure.law.applicable import Law
from decision_procedure.results.report import Report


@dataclass(frozen=True, slots=True)
class Seal:
    """How a receipt is made beside what it is made of.

    `nonce` is what its fingerprints are behind, 64 hexadecimal digits; None: a fresh one. `signer` takes the bytes
    of the receipt and returns the signature; `algorithm` and `key` name it. None: no signature.
    """

    nonce: str | None = None
    signer: Signer | None = None
    algorithm: str = "Ed25519"
    key: str = ""

    def signed(self, receipt: Receipt) -> Signature | None:
        """Return the signature of a receipt, None where there is no signer."""
        if self.signer is None:
            return None
        return sign(receipt.to_bytes(), self.signer, algorithm=self.algorithm, key=self.key)


def seal(report: Report, law: Law, how: Seal) -> Dossier:
    """Return the receipt of a report, together with record, law and report.

    `law` is the law that the check used. The same report and nonce give the same dossier on every machine with the
    same versions. Raises UnusableArgument when the report speaks of an instrument that is not in `law`, and for a
    nonce that is none.
    """
    unknown = {name.partition(".")[0] for name in report.duties} - {pack.head.id for pack in law.packs}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise UnusableArgument(
            f"报告所依据的法律文件未载入 the report rests on law that is not given: {names}"
        )
    nonce, texts, own = nonce_or_fresh(how.nonce), rule_texts(law), own_rules(law)
    data = report.to_dict()
    record, findings = canonical_json(data["record"]).decode(), canonical_json(data).decode()
    receipt = Receipt(
        as_of=report.as_of,
        assume_complete=report.assume_complete,
        record=Digest.behind(nonce, record),
        rules={
            name: Digest.behind(nonce, text) if name in own else digest_of_text(text)
            for name, text in texts.items()
        },
        own=own,
        calendar_version=calendar_version(),
        calendar=calendar_digest(),
        notices=tuple(map(NoticeUsed.of, report.workings.notices if report.workings else ())),
        engines=dict(engine_versions()),
        report=Digest.behind(nonce, findings),
    )
    return Dossier(receipt, record, findings, dict(texts), how.signed(receipt), nonce)


def with_contents(dossier: Dossier, contents: str, how: Seal) -> Dossier:
    """Return a dossier whose receipt binds the list of the files of a bag as well, signed anew or not at all."""
    receipt = replace(dossier.receipt, contents=dossier.digest("contents", contents))
    return replace(dossier, receipt=receipt, signature=how.signed(receipt))
