"""The order of moments and of acts: which came before another, which may have been the last, where none is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from decision_procedure.law.evidence import Truth
from decision_procedure.model.dates import PartialDate

Value = TypeVar("Value")


def precedes(one: PartialDate | None, other: PartialDate | None) -> Truth:
    """Say whether one moment is certainly earlier than another; two within one minute or day stay unknown.

    What did not happen is in no order.
    """
    for moment in (one, other):
        if moment is not None and not moment.last:
            return False  # `NOT_DONE`: every real moment ends later
    if one is None or other is None:
        return None
    return True if one.last < other.first else (False if one.first > other.last else None)


def may_be_last(acts: Iterable[Any]) -> list[Any]:
    """Return the acts that none of the others certainly followed: of two in no known order, both."""
    acts = list(acts)
    return [act for act in acts if not any(precedes(act.begun, other.begun) is True for other in acts)]


def agreed(values: Iterable[Value]) -> Value | None:
    """Return the value that all are; None where they differ, or there is none."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
