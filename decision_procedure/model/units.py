"""Units: which stand above which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decision_procedure.model.decision import Unit


def above(units: Iterable[Unit], unit: str) -> Iterator[str]:
    """Yield the units above one, the nearest first, as far as the record names them."""
    parents = {item.id: item.parent for item in units}
    seen = {unit}
    found = parents.get(unit)
    while found is not None and found not in seen:
        yield found
        seen.add(found)
        found = parents.get(found)


def is_within(units: Iterable[Unit], unit: str, whole: str) -> bool:
    """Say whether a unit is recorded as a part of another, at whatever depth; no unit is a part of itself."""
    return whole in above(units, unit)


def one_within_the_other(units: Iterable[Unit], one: str, other: str) -> bool:
    """Say whether one of two units is recorded as a part of the other."""
    return is_within(units, one, other) or is_within(units, other, one)
