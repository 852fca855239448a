"""Which law a report rests on: applied, in force but unseen, in force but not loaded, ended without a successor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from decision_procedure.law.applicable import Law, force_of, in_force
from decision_procedure.law.facts import Facts
from decision_procedure.law.head import Head
from decision_procedure.law.loading import Pack, covers_place
from decision_procedure.law.register import Entry
from decision_procedure.model.dates import PartialDate, chinese_date
from decision_procedure.model.decision import Decision

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


@lru_cache(maxsize=1024)
def has_lapsed(pack: Pack, law: Law) -> bool:
    """Say whether an instrument has an end, and nothing that is loaded took its place."""
    head = pack.head
    if head.in_force_to is None:
        return False
    loaded = {other.head.id for other in law.packs}
    return loaded.isdisjoint(head.succeeded_by) and all(
        head.id not in other.head.succeeds for other in law.packs
    )


def lapsed_by(pack: Pack, moments: Sequence[PartialDate]) -> bool:
    """Say whether an instrument had come to its end at one of these moments."""
    return any(force_of(pack).on(moment) == "after" for moment in moments)


def lapse_told(pack: Pack, law: Law) -> Mapping[str, str]:
    """Return what a report says of an instrument that came to its end, its successor not loaded."""
    end = pack.head.in_force_to
    if end is None:
        raise ValueError(f"{pack.head.id} has no end")
    heads: dict[str, Head | Entry] = {entry.id: entry for entry in law.register}
    named = [heads[name] for name in pack.head.succeeded_by if name in heads]
    zh = f"{chinese_date(end)}废止，后继规定未收录"
    en = f"no longer in force from {end}; what took its place is not loaded"
    if named:
        zh += "：" + "、".join(f"《{item.title.zh}》" for item in named)
        en += ": " + ", ".join(item.title.en for item in named)
    elif not pack.head.succeeded_by:
        zh, en = f"{zh}，也未查到", f"{en}, and none was found"
    return {**_shown(pack.head), "says_zh": zh, "says_en": en}


def is_covered(packs: Iterable[Pack], moments: Sequence[PartialDate]) -> bool:
    """Say whether some instrument may have been in force at one of these moments."""
    return any(in_force(pack, moment) is not False for pack in packs for moment in moments)


def law_used(
    law: Law, packs: tuple[Pack, ...], decision: Decision, moments: Sequence[PartialDate], hull: PartialDate
) -> Listing:
    """Return the instruments in force for a place at some of these moments, by how far they were applied.

    The register knows of major decisions only. `hull` is a stretch that holds all the moments.
    """
    applied = tuple([pack for pack in packs if reaches(pack, moments, hull)])
    known = tuple(
        [
            index
            for index, start, end in (
                () if decision.procedure else _register_of(law, decision.body.code or "")
            )
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
    return {"id": item.id, "zh": item.title.zh, "en": item.title.en, "number": item.number or ""}
