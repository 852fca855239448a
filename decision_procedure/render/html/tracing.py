"""The accountability trail as sections of sentences; what needs no person is left to the sections on it."""

from __future__ import annotations

from typing import NamedTuple

from decision_procedure.trails.chain import Trail
from decision_procedure.wording import say


class Told(NamedTuple):
    """One link of the trail told: its first sentence, and what hangs on it."""

    first: str
    then: tuple[str, ...]


class Section(NamedTuple):
    """A section of the trail."""

    title: str
    items: tuple[Told, ...]


def sections(trail: Trail, lang: str) -> tuple[Section, ...]:
    """Return the trail by sections: violated findings in full, those in doubt or open by a sentence, then the rest."""
    _, *blocks = trail.text(lang).strip("\n").split("\n\n")
    found = [_section(block) for block in blocks]
    if trail.of("finding"):
        for at, key in ((1, "trail_doubt"), (2, "trail_rest")):
            if len(found) > at:
                found[at] = found[at]._replace(items=(Told(say(f"page.{key}", lang), ()),))
    return tuple(found)


def _section(block: str) -> Section:
    title, *lines = block.split("\n")
    items: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith(" ") and items and not items[-1][0].startswith(" "):
            items[-1][1].append(line.strip())
        else:
            items.append((line, []))
    return Section(title, tuple(Told(first.strip(), tuple(then)) for first, then in items))
