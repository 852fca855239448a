"""File names that people can read, made of untrusted text: letters and digits alone, short, never a path."""

from __future__ import annotations

import re
import unicodedata

_OTHERS = re.compile(r"[\W_]+")
_LONGEST = 40
_BYTES = 120


def file_stem(text: str) -> str:
    """Return what of a text may stand in the name of a file on any machine: letters and digits, else `-`; perhaps nothing."""
    plain = _OTHERS.sub("-", unicodedata.normalize("NFKC", text[: 4 * _LONGEST])).strip("-")[:_LONGEST]
    while len(plain.encode("utf-8", "ignore")) > _BYTES:
        plain = plain[:-1]
    return plain.encode("utf-8", "ignore").decode().strip("-")
