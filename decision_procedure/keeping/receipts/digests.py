"""Fingerprints of texts: SHA-256 and SM3 side by side, so that a weakness of one leaves the other.

The fingerprint of a text alone gives the text back to whoever can list what it may say: with a masked copy of a
record only a name is left to try. So what may hold names is hashed behind a nonce, which whoever has the text
keeps with it and nobody else has.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints

from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.receipts.sm3 import sm3_hex

_HEX64 = r"^[0-9a-f]{64}$"
Hex64 = Annotated[str, StringConstraints(pattern=_HEX64)]
NONCE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Digest:
    """The SHA-256 and the SM3 hash of the same bytes, each as 64 hexadecimal digits."""

    sha256: Hex64
    sm3: Hex64

    @classmethod
    def of(cls, data: bytes) -> Digest:
        """Return the fingerprint of bytes."""
        return cls(hashlib.sha256(data).hexdigest(), sm3_hex(data))

    @classmethod
    def behind(cls, nonce: str, text: str) -> Digest:
        """Return the fingerprint of the 32 bytes of a nonce, followed by a text in UTF-8."""
        return cls.of(bytes.fromhex(nonce) + text.encode("utf-8"))


@lru_cache(maxsize=256)
def digest_of_text(text: str) -> Digest:
    """Return the fingerprint of a text in UTF-8; meant for texts that come back, such as those of the law."""
    return Digest.of(text.encode("utf-8"))


def nonce_or_fresh(nonce: str | None) -> str:
    """Return a nonce given as 64 hexadecimal digits; None: a fresh one. Raises UnusableArgument for another form."""
    if nonce is None:
        return secrets.token_hex(NONCE_BYTES)
    if re.fullmatch(_HEX64, nonce) is None:
        raise UnusableArgument("随机数应为 64 位小写十六进制 a nonce is 64 hexadecimal digits, in lower case")
    return nonce
