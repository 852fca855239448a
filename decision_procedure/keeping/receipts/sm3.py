"""SM3 (GB/T 32905-2016): by OpenSSL where it has it, otherwise by the standard's own steps, in Python."""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache

_START = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip
_MASK = 0xFFFFFFFF


def sm3_hex(data: bytes) -> str:
    """Return the SM3 hash as 64 hexadecimal digits."""
    return hashlib.new("sm3", data).hexdigest() if _openssl_has_it() else plain_sm3(data)


def plain_sm3(data: bytes) -> str:
    """Return the same without OpenSSL, some hundred times slower."""
    state: tuple[int, ...] = _START
    padding = b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack(">Q", len(data) * 8)
    padded = data + padding
    for offset in range(0, len(padded), 64):
        state = _compressed(state, padded[offset : offset + 64])
    return struct.pack(">8I", *state).hex()


@lru_cache(maxsize=1)
def _openssl_has_it() -> bool:
    try:
        hashlib.new("sm3")
    except ValueError:
        return False
    return True


def _compressed(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        twelve = _left(a, 12)
        first = _left((twelve + e + _CONSTANTS[j]) & _MASK, 7)
        if j < 16:
            either, chosen = a ^ b ^ c, e ^ f ^ g
        else:
            either, chosen = (a & b) | (a & c) | (b & c), (e & f) | (~e & g)
        one = (either + d + (first ^ twelve) + (words[j] ^ words[j + 4])) & _MASK
        two = (chosen + h + first + words[j]) & _MASK
        a, b, c, d = one, a, _left(b, 9), c
        e, f, g, h = two ^ _left(two, 9) ^ _left(two, 17), e, _left(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def _expanded(block: bytes) -> list[int]:
    words = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _left(words[j - 3], 15)
        mixed ^= _left(mixed, 15) ^ _left(mixed, 23)
        words.append(mixed ^ _left(words[j - 13], 7) ^ words[j - 6])
    return words


def _left(word: int, bits: int) -> int:
    return ((word << bits) | (word >> (32 - bits))) & _MASK


_CONSTANTS = [_left(0x79CC4519, j) if j < 16 else _left(0x7A879D8A, j % 32) for j in range(64)]
