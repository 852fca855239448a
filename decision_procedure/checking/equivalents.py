"""Verdicts that belong together: two instruments that say the same, two versions of one duty.

Two that say the same come to one finding with two citations. An act without a date may fall under the older
or the newer version of a duty: where both come to the same, that is the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from decision_procedure.law.head import Head
from decision_procedure.law.loading import Pack
from decision_procedure.model.dates import PartialDate
from decision_procedure.results.report import Verdict

_Place = tuple[str, str | None]


class Undated(NamedTuple):
    """What a verdict would have come to, had the act a date on which its instrument `head` was in force.

    `moment` is the stretch in which the act may lie; `caps` are those of a breach.
    """

    outcome: str
    caps: tuple[str, ...]
    moment: PartialDate
    head: Head


def fold(
    verdicts: Sequence[Verdict],
    twins: Sequence[tuple[str, str]],
    elders: Sequence[tuple[str, str]],
    undated: Mapping[_Place, Undated],
) -> tuple[Verdict, ...]:
    """Return the verdicts with those that belong together made one.

    `undated` gives what a verdict would have come to, for those that are open only because a date is missing.
    """
    if not twins and not undated:
        return tuple(verdicts)
    found = {(verdict.duty, verdict.act): verdict for verdict in verdicts}
    for newer, older in elders:
        for duty, act in [place for place in undated if place[0] == newer]:
            _settle(found, undated, (duty, act), (older, act))
    acts: dict[str, list[str | None]] = {duty: [] for duty, _ in twins}
    for duty, act in found:
        if duty in acts:
            acts[duty].append(act)
    for duty, same in twins:
        for act in acts[duty]:
            if (duty, act) in found:
                _join(found, (duty, act), (same, act))
    return tuple(found[place] for verdict in verdicts if (place := (verdict.duty, verdict.act)) in found)


def with_repeats(
    verdicts: Iterable[Verdict],
    repeated: Mapping[str, Sequence[tuple[str, Pack]]],
    speaks: Callable[[Pack, Verdict], bool],
) -> Iterator[Verdict]:
    """Yield the verdicts, each with the articles that repeat its duty, of the instruments that speak on its day."""
    for verdict in verdicts:
        also: list[str] = []
        if verdict.outcome != "not_applicable":
            also = [name for name, pack in repeated.get(verdict.duty, ()) if speaks(pack, verdict)]
        yield verdict._replace(related=(*verdict.related, *also)) if also else verdict


def _settle(
    found: dict[_Place, Verdict], undated: Mapping[_Place, Undated], newer: _Place, older: _Place
) -> None:
    if older not in undated or older not in found:
        return
    one, other = undated[newer], undated[older]
    if one.outcome == other.outcome and _one_after_the_other(other, one):
        verdict = found[newer]
        caps = tuple(dict.fromkeys((*one.caps, *other.caps)))
        reasons = tuple(reason for reason in verdict.reasons if reason != "date_unknown")
        trees = {name: tree for name, tree in verdict.trees.items() if name != "law"}
        found[newer] = verdict._replace(
            outcome="needs_judgement" if caps else one.outcome,
            caps=caps,
            reasons=reasons,
            trees=trees,
            related=(*verdict.related, older[0]),
        )
        del found[older]


def _one_after_the_other(older: Undated, newer: Undated) -> bool:
    """Say whether one of the two versions was in force on every day on which the act may lie."""
    moment, start, change = newer.moment, older.head.in_force_from, newer.head.in_force_from
    if start is None or change is None or start.last_day > moment.first_day:
        return False
    ends, end = older.head.in_force_to, newer.head.in_force_to
    return (ends is None or change.last_day <= ends.first_day) and (end is None or moment.last < end.first)


def _join(found: dict[_Place, Verdict], twin: _Place, place: _Place) -> None:
    one, other = found.get(place), found[twin]
    if one is not None and (one.outcome, one.binding) == (other.outcome, other.binding):
        found[place] = one._replace(related=(*one.related, twin[0]))
        del found[twin]
