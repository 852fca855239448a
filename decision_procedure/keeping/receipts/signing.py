"""A detached signature over a receipt, made by whatever the caller signs with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Hex = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){1,8192}$")]
Signer = Callable[[bytes], bytes]
Verifier = Callable[[bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature over the canonical JSON of a receipt.

    `key` names the key for a person or holds the public key; it proves nothing: whoever checks must know from
    elsewhere whose key it is. `value` is in hexadecimal digits.
    """

    algorithm: Name
    key: Name
    value: Hex


def sign(data: bytes, signer: Signer, *, algorithm: str, key: str) -> Signature:
    """Return what `signer` makes of the data, with the names of algorithm and key."""
    return Signature(algorithm, key, signer(data).hex())


def signature_holds(signature: Signature, data: bytes, verifier: Verifier) -> bool:
    """Say whether `verifier(data, value)` accepts the signature."""
    return verifier(data, bytes.fromhex(signature.value))
