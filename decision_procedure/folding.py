"""Verdicts that belong together: two instruments that say the same, two versions of one duty.

Two that say the same come to one finding with two citations. An act without a date may fall under the older
or the newer version of a duty: where both come to the same, that is the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from decision_procedure.report import Verdict

_Place = tuple[str, str | None]


def fold(
    verdicts: Sequence[Verdict],
    twins: Sequence[tuple[str, str]],
    elders: Sequence[tuple[str, str]],
    undated: Mapping[_Place, str],
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
    for duty, same in twins:
        for act in [act for name, act in found if name == duty]:
            _join(found, (duty, act), (same, act))
    return tuple(found[place] for verdict in verdicts if (place := (verdict.duty, verdict.act)) in found)


def _settle(
    found: dict[_Place, Verdict], undated: Mapping[_Place, str], newer: _Place, older: _Place
) -> None:
    if older in undated and undated[newer] == undated[older] and undated[newer] != "violated":
        verdict = found[newer]
        reasons = tuple(reason for reason in verdict.reasons if reason != "date_unknown")
        trees = {name: tree for name, tree in verdict.trees.items() if name != "law"}
        found[newer] = verdict._replace(
            outcome=undated[newer], reasons=reasons, trees=trees, related=(*verdict.related, older[0])
        )
        del found[older]


def _join(found: dict[_Place, Verdict], twin: _Place, place: _Place) -> None:
    one, other = found.get(place), found[twin]
    if one is not None and (one.outcome, one.binding) == (other.outcome, other.binding):
        found[place] = one._replace(related=(*one.related, twin[0]))
        del found[twin]
