"""Where lines break: between wide characters and at spaces, never before a closing mark or after an opening one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Measure = Callable[[str], float]

_NO_START = set("，；：？！、,。.;:;:!!??)]}）】》」』〉”’%％…—·~～")
_NO_END = set("([{（【《「『〈“‘〔")
_TOKEN = re.compile(r"\s+|[\x21-\x7e\u00a1-\u024f]+|.", re.DOTALL)


def tokens_of(text: str) -> list[str]:
    """Return the stretches of a text that should each stay on one line."""
    found: list[str] = []
    for token in _TOKEN.findall(text):
        if found and (token[0] in _NO_START or found[-1][-1] in _NO_END) and not found[-1].isspace():
            found[-1] += token
        else:
            found.append(token)
    return found


def filled(tokens: Sequence[str], room: float, measure: Measure) -> list[str]:
    """Return the lines that tokens fill, none wider than `room` by `measure`; spaces at their ends are left out.

    A token wider than a line is cut, after a hyphen or slash where there is one.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for token in tokens:
        wide = measure(token)
        if line and used + wide > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if not line and token.isspace():
            continue
        if wide > room:
            *whole, token = _cut(token, room, measure)
            lines.extend(whole)
            wide = measure(token)
        line, used = line + token, used + wide
    return [*lines, line.rstrip()] if line.strip() else lines


def _cut(token: str, room: float, measure: Measure) -> list[str]:
    pieces, piece, used = [], "", 0.0
    for char in token:
        wide = measure(char)
        if piece and used + wide > room:
            at = max(piece.rfind("-"), piece.rfind("/")) + 1
            whole, piece = (piece[:at], piece[at:]) if at > len(piece) // 3 else (piece, "")
            pieces.append(whole)
            used = measure(piece)
        piece, used = piece + char, used + wide
    return [*pieces, piece]
