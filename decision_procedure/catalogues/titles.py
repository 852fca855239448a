"""Titles of matters: what of one counts when it is held against another, and how alike two are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from decision_procedure.model.planned import folded

ALIKE = 0.5
"""From which share of common pairs of characters (Dice) titles are told as possibly of one matter."""
_UNREAD = re.compile(r"[\W_]+")
_INVENTED = re.compile("[（(]虚构[）)]$")
_BODY = re.compile("(人民政府|街道办事处|管理委员会|管委会)?(办公室|办公厅)?$")
_MOST = 200
_LEVELS = re.compile("[省市州盟]")


@lru_cache(maxsize=4096)
def title_key(title: str, issuer: str = "", *, invented: bool = False) -> str:
    """Return what of a title counts: characters of common width, simplified, without marks and the name of the place.

    The place is that of the body that issued the catalogue, `issuer`; the note that a record is invented is no part of it.
    """
    text = _INVENTED.sub("", title.strip()) if invented else title
    bare = _UNREAD.sub("", folded(text))
    for prefix in (_UNREAD.sub("", folded(issuer)), *short_places(issuer)):
        if prefix and bare.startswith(prefix) and bare != prefix:
            return bare.removeprefix(prefix)
    return bare


def place_of(issuer: str) -> str:
    """Return the place in the name of a body; empty where it names none so."""
    bare = folded(issuer)
    return "" if (place := _BODY.sub("", bare)) == bare else place


def likeness(one: str, other: str) -> float:
    """Return the share of pairs of characters that two titles have in common (Dice), 0 to 1."""
    first, second = (set(pairwise(text[:_MOST])) for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def short_places(issuer: str) -> Iterator[str]:
    """Yield the names of the place of a body, with and without the higher places: 广州市番禺区, then 番禺区."""
    place = place_of(issuer)
    if place:
        yield place
        yield from (place[found.end() :] for found in _LEVELS.finditer(place) if place[found.end() :])
