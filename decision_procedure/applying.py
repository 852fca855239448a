"""Which law a report rests on: applied, in force but unseen, in force but not loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from decision_procedure.law.applicable import Law, covers_place, in_force
from decision_procedure.law.facts import Facts
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Head
from decision_procedure.law.register import Entry
from decision_procedure.model.dates import PartialDate

Listing = Mapping[str, tuple[Mapping[str, str], ...]]


def moments_of(facts: Facts) -> list[PartialDate]:
    """Return the anchor dates of everything the record says was done or announced."""
    return [act.anchor for act in facts.decision.acts if act.held is not False and act.anchor is not None]


def hull_of(moments: Sequence[PartialDate]) -> PartialDate:
    """Return the stretch from the first to the last of some moments, at least one."""
    return PartialDate(
        "", min([moment.first for moment in moments]), max([moment.last for moment in moments])
    )


def reaches(pack: Pack, moments: Sequence[PartialDate], hull: PartialDate) -> bool:
    """Say whether an instrument may have been in force at one of these moments, which lie within `hull`."""
    within = in_force(pack, hull)
    if within is None:
        return any(in_force(pack, moment) is not False for moment in moments)
    return within


def is_covered(packs: Iterable[Pack], moments: Sequence[PartialDate]) -> bool:
    """Say whether some instrument may have been in force at one of these moments."""
    return any(in_force(pack, moment) is not False for pack in packs for moment in moments)


def law_used(
    law: Law, packs: tuple[Pack, ...], code: str, moments: Sequence[PartialDate], hull: PartialDate
) -> Listing:
    """Return the instruments in force for a place at some of these moments, by how far they were applied.

    `hull` is a stretch that holds all the moments.
    """
    applied = tuple([pack for pack in packs if reaches(pack, moments, hull)])
    known = tuple(
        [
            index
            for index, start, end in _register_of(law, code)
            if _overlaps(hull, start, end) and any(_overlaps(moment, start, end) for moment in moments)
        ]
    )
    return _listing(law, applied, known)


def _overlaps(moment: PartialDate, start: int, end: int | None) -> bool:
    return moment.last >= start and (end is None or moment.first < end)


@lru_cache(maxsize=256)
def _register_of(law: Law, code: str) -> tuple[tuple[int, int, int | None], ...]:
    """Return the places in the register of what a place knows, with first and last minute in force."""
    return tuple(
        (
            index,
            0 if entry.in_force_from is None else entry.in_force_from.first,
            None if entry.in_force_to is None else entry.in_force_to.first,
        )
        for index, entry in enumerate(law.register)
        if covers_place(entry.place, code)
    )


@lru_cache(maxsize=1024)
def _listing(law: Law, applied: tuple[Pack, ...], known: tuple[int, ...]) -> Listing:
    entries = [law.register[index] for index in known]
    return {
        "applied": tuple(_shown(pack.head) for pack in applied),
        "unseen": tuple(_shown(entry) for entry in entries if entry.status == "unseen"),
        "not_loaded": tuple(_shown(entry) for entry in entries if entry.status == "not_loaded"),
    }


def _shown(item: Head | Entry) -> dict[str, str]:
    return {"id": item.id, "zh": item.title.zh, "en": item.title.en, "number": item.number}
