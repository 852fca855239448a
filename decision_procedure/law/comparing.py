"""Duties of different instruments held against each other: laxer numbers of lower law, contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from decision_procedure.errors import Fault
from decision_procedure.law.articles import article_text
from decision_procedure.law.loading import Pack, covers_place
from decision_procedure.law.pack import Duty
from decision_procedure.law.places import duties_of, fault_in, params_of
from decision_procedure.law.precedence import LEVELS
from decision_procedure.law.satisfiable import Bound, bounds, negated, normal, ranges


class _Side(NamedTuple):
    """A duty as it is compared: with its conditions in one spelling, and the numbers it demands."""

    pack: Pack
    place: int
    duty: Duty
    when: str
    require: str
    opposite: str
    bounds: tuple[Bound, ...]
    ranges: Mapping[str, tuple[float, float]]


def _side(pack: Pack, index: int, duty: Duty) -> _Side:
    found = bounds(duty.require, params_of(duty))
    return _Side(
        pack, index, duty, normal(duty.when), normal(duty.require), negated(duty.require), found, ranges(found)
    )  # fmt: skip


def compared(packs: Sequence[Pack]) -> Iterator[Fault]:
    """Yield laxer numbers of lower law and contradictions, between duties that can meet in one decision."""
    sides = [[_side(*item) for item in duties_of((pack,))] for pack in packs]
    for (one, ours), (other, theirs) in combinations(zip(packs, sides, strict=True), 2):
        if not _can_meet(one, other):
            continue
        for side, against in product(ours, theirs):
            if side.duty.per == against.duty.per:
                yield from _laxer(side, against)
                yield from _laxer(against, side)
                yield from _contradiction(against, side)
    for ours in sides:
        for side, against in combinations(ours, 2):
            if side.duty.per == against.duty.per:
                yield from _contradiction(against, side)


def _can_meet(one: Pack, other: Pack) -> bool:
    places = (one.head.place, other.head.place)
    if not (covers_place(*places) or covers_place(*reversed(places))):
        return False
    for earlier, later in ((one, other), (other, one)):
        end, start = earlier.head.in_force_to, later.head.in_force_from
        if end is not None and start is not None and end.last_day <= start.first_day:
            return False
    return True


def _laxer(lower: _Side, higher: _Side) -> Iterator[Fault]:
    if LEVELS.index(lower.pack.head.level) <= LEVELS.index(higher.pack.head.level):
        return
    floors = {bound.what: bound for bound in _minima(higher)}
    for bound in _minima(lower) if floors else ():
        floor = floors.get(bound.what) or next(
            (item for item in floors.values() if _same_span(bound, item)), None
        )
        if floor is None or _in_days(bound) >= _in_days(floor):
            continue
        ours, theirs = _amount(lower.duty, bound), _amount(higher.duty, floor)
        one, other = lower.duty.article, higher.duty.article
        title = higher.pack.head.title
        yield fault_in(
            lower.pack,
            ("duties", lower.place, "params"),
            f"{lower.pack.head.title.zh}{one}（{ours}）宽于上位的{title.zh}{other}（{theirs}），不减少上位法的要求",
            f"{lower.pack.head.title.en} {article_text(one, 'en')} ({ours}) is laxer than the higher {title.en} "
            f"{article_text(other, 'en')} ({theirs}) and cuts nothing of it",
        )


def _minima(side: _Side) -> list[Bound]:
    return [bound for bound in side.bounds if bound.sign in (">=", ">")]


def _same_span(one: Bound, other: Bound) -> bool:
    return one.what.partition("(")[2] == other.what.partition("(")[2] != ""


def _in_days(bound: Bound) -> int:
    """Return a stretch in fifths of calendar days, working days taken as five of seven; other counts likewise."""
    return bound.limit * (7 if bound.what.startswith(("workdays(", "workdays_left_net(")) else 5)


def _amount(duty: Duty, bound: Bound) -> str:
    units = [param.unit for param in duty.params.values() if param.value == bound.limit]
    return f"{bound.limit}{units[0] if units else ''}"


def _contradiction(side: _Side, against: _Side) -> Iterator[Fault]:
    if side.when != against.when:
        return
    one, other = side.duty, against.duty
    opposed = side.opposite == against.require or against.opposite == side.require
    forces = {one.force, other.force} == {"must", "must_not"} and side.require == against.require
    if opposed or forces or _exclude(side.ranges, against.ranges):
        title = against.pack.head.title
        yield fault_in(
            side.pack,
            ("duties", side.place, "require"),
            f"{one.article}与{title.zh}{other.article}相互矛盾",
            f"{article_text(one.article, 'en')} contradicts {title.en} {article_text(other.article, 'en')}",
        )


def _exclude(one: Mapping[str, tuple[float, float]], other: Mapping[str, tuple[float, float]]) -> bool:
    """Say whether of some thing no number fits both."""
    return any(
        one[what][0] > other[what][1] or other[what][0] > one[what][1] for what in one.keys() & other.keys()
    )
