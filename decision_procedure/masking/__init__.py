"""Masking: a report in which every personal name of the record gives way to a stable pseudonym.

The names are those that the record gives its people and experts, and who stands for a waiver, a judgement or a
statement where that is no unit of the record. A text that holds a name of two or more characters shows the
pseudonym in its place. A text that holds a name of one character is withheld whole: the character may be an
ordinary word, and what stands around it would give it away. The same goes for names of units, bodies and posts,
where a replaced part could be guessed from the rest. The wording of the law that ships and of this library is
the same for every record and is never touched: a name that is also a word of the law stays there as that word.
The law of a place is masked like a text of the record.

Every text of a report is masked unless it is named here, or declared in the model, as safe.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.masking.holders import WITHHELD, Holders
from decision_procedure.masking.laws import masked_law, masked_model, ships
from decision_procedure.masking.name_folding import fold
from decision_procedure.masking.reports import Masker
from decision_procedure.results.report import Report
from decision_procedure.results.written import report_of

SALT_BYTES = 16


class Opening(NamedTuple):
    """What opens one commitment: the name and its own salt (hexadecimal). Keep it apart from the export."""

    name: str
    salt: str


@dataclass(frozen=True)
class Masked:
    """A masked report; for each pseudonym the commitment of its name; and what opens each commitment.

    `openings` hold the names: they are for whoever keeps the unmasked record.
    """

    report: Report
    commitments: Mapping[str, str]
    openings: Mapping[str, Opening] = field(repr=False)
    _law: Callable[[Law], Law] = field(repr=False, compare=False, default=lambda law: law)

    def law(self, law: Law) -> Law:
        """Return the law the report was checked against with the names of the record masked in the texts of a place."""
        return self._law(law)


def mask_report(report: Report, salt: bytes | None = None) -> Masked:
    """Return a report with its personal names masked. Raises UnusableArgument for a salt under 16 bytes."""
    if salt is None:
        salt = secrets.token_bytes(SALT_BYTES)
    if len(salt) < SALT_BYTES:
        raise UnusableArgument(f"盐不足 {SALT_BYTES} 字节 the salt is shorter than {SALT_BYTES} bytes")
    data = report.to_dict()
    law = standard_law() if report.workings is None else report.workings.law
    holders = Holders(data, salt, type(report.decision))
    masked = Masker(data, holders, ships(law)).masked(data)
    model = masked_model(type(report.decision), holders.text)
    openings = {
        pseudonym: Opening(name, _own_salt(salt, pseudonym, name))
        for pseudonym, name in holders.known.items()
    }
    report = report_of(json.loads(json.dumps(masked)), lambda *_: model)
    return Masked(
        report=replace(report, given_conclusions=tuple(sorted(report.conclusions))),
        commitments={pseudonym: commitment(pseudonym, opening) for pseudonym, opening in openings.items()},
        openings=openings,
        _law=lru_cache(maxsize=1)(lambda law: masked_law(law, holders.text)),
    )


def commitment(pseudonym: str, opening: Opening) -> str:
    """Return the commitment of a name: HMAC-SHA256, keyed with its own salt, of pseudonym and folded name."""
    message = f"{pseudonym}\0{fold(opening.name)}".encode("utf-8", "surrogatepass")
    return hmac.new(bytes.fromhex(opening.salt), message, hashlib.sha256).hexdigest()


def opens(commitments: Mapping[str, str], pseudonym: str, opening: Opening) -> bool:
    """Say whether a name and its salt are what a masked trail committed to under a pseudonym."""
    known = commitments.get(pseudonym)
    return known is not None and hmac.compare_digest(known, commitment(pseudonym, opening))


def _own_salt(salt: bytes, pseudonym: str, name: str) -> str:
    """Return the salt of one name, from which those of others, in another masking with the same salt too, cannot be told."""
    message = f"{pseudonym}\0{name}".encode()
    return hmac.new(salt, message, hashlib.sha256).hexdigest()


__all__ = ["SALT_BYTES", "WITHHELD", "Masked", "Opening", "commitment", "mask_report", "opens"]
