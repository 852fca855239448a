"""Ed25519 (RFC 8032) as signer and verifier, by the library `cryptography` (extra `sign`)."""

from __future__ import annotations

from types import ModuleType

from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.receipts.signing import Signer, Verifier

_ABSENT = "签名需要安装附加组件 signing needs the extra `sign`: pip install 'decision-procedure[sign]'"


def ed25519_signer(private_key: bytes) -> tuple[Signer, str]:
    """Return a signer for a private key of 32 bytes, and the public key in hexadecimal digits.

    Raises UnusableArgument for another key, or without the library; so does `ed25519_verifier`.
    """
    library = _library()
    try:
        key = library.Ed25519PrivateKey.from_private_bytes(private_key)
    except ValueError:
        raise UnusableArgument("不是 Ed25519 私钥 no Ed25519 private key") from None
    return key.sign, key.public_key().public_bytes_raw().hex()


def ed25519_verifier(public_key: str) -> Verifier:
    """Return a verifier for a public key in hexadecimal digits."""
    library = _library()
    from cryptography.exceptions import InvalidSignature

    try:
        key = library.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    except ValueError:
        raise UnusableArgument("不是 Ed25519 公钥 no Ed25519 public key") from None

    def holds(data: bytes, value: bytes) -> bool:
        try:
            key.verify(value, data)
        except InvalidSignature:
            return False
        return True

    return holds


def _library() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise UnusableArgument(_ABSENT) from None
    return ed25519
