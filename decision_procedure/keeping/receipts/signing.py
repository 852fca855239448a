"""A detached signature over a receipt, made by whatever the caller signs with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError

from decision_procedure.errors import UnusableArgument

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
KeyName = Annotated[str, StringConstraints(max_length=200)]
Hex = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){1,8192}$")]
Signer = Callable[[bytes], bytes]
Verifier = Callable[[bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature over the canonical JSON of a receipt.

    `key` names the key for a person or holds the public key, empty where nobody named it; it proves nothing: whoever
    checks must know from elsewhere whose key it is. `value` is in hexadecimal digits.
    """

    algorithm: Name
    key: KeyName
    value: Hex


def sign(data: bytes, signer: Signer, *, algorithm: str, key: str) -> Signature:
    """Return what `signer` makes of the data, with the names of algorithm and key.

    Raises UnusableArgument for a signature or a name that nobody could read again: none, or too long.
    """
    found = {"algorithm": algorithm, "key": key, "value": signer(data).hex()}
    try:
        return _signature_form().validate_python(found)
    except ValidationError as error:
        names = ", ".join(str(item["loc"][0]) for item in error.errors())
        raise UnusableArgument(f"签名没有内容或者过长 the signature is empty or too long: {names}") from None


@lru_cache(maxsize=1)
def _signature_form() -> TypeAdapter[Signature]:
    return TypeAdapter(Signature)


def signature_holds(signature: Signature, data: bytes, verifier: Verifier) -> bool:
    """Say whether `verifier(data, value)` accepts the signature."""
    return verifier(data, bytes.fromhex(signature.value))
