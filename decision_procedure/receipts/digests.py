"""Fingerprints of texts: SHA-256 and SM3 side by side, so that a weakness of one leaves the other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints

from decision_procedure.receipts.sm3 import sm3_hex

Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Digest:
    """The SHA-256 and the SM3 hash of the same bytes, each as 64 hexadecimal digits."""

    sha256: Hex64
    sm3: Hex64

    @classmethod
    def of(cls, data: bytes) -> Digest:
        """Return the fingerprint of bytes."""
        return cls(hashlib.sha256(data).hexdigest(), sm3_hex(data))


@lru_cache(maxsize=256)
def digest_of_text(text: str) -> Digest:
    """Return the fingerprint of a text in UTF-8; meant for texts that come back, such as those of the law."""
    return Digest.of(text.encode("utf-8"))
