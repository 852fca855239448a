"""The parts of a record, each with its place in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from decision_procedure.model.base import Part
from decision_procedure.model.decision import Decision
from decision_procedure.model.references import lists_of
from decision_procedure.model.traits import FALSE, TRUE
from decision_procedure.sources import Path

_KEYS = attrgetter("__pydantic_fields_set__")
_SINGLE = ("body", "traits", "catalogue", "complete", "outcome_finding", "withholding")
_LISTS = ("units", "people", "documents", "drafts", "acts", "waivers", "judgements")


# Parts that stand side by side: the path they share, the key of each there (its number in a list, None for the
# record itself), and the parts.
Group = tuple[Path, Sequence[str | int | None], Sequence[Part]]


def parts_of(decision: Decision) -> Iterator[Group]:
    """Yield every part of a record; a bare true or false for a trait is none."""
    yield (), (None,), (decision,)
    values = decision.__dict__
    single = [name for name in _SINGLE if values[name] is not None]
    yield (), single, [values[name] for name in single]
    traits = {
        name: trait
        for name, trait in decision.traits.__dict__.items()
        if trait is not None and trait is not TRUE and trait is not FALSE
    }
    if traits:
        yield ("traits",), tuple(traits), tuple(traits.values())
    for path, parts in _lists(decision):
        if parts:
            yield path, range(len(parts)), parts


def _lists(decision: Decision) -> Iterator[tuple[Path, Sequence[Part]]]:
    for name in _LISTS:
        yield (name,), getattr(decision, name)
    for index, person in enumerate(decision.people):
        yield ("people", index, "posts"), person.posts
    for index, act in enumerate(decision.acts):
        for inner in lists_of(type(act)):
            yield ("acts", index, inner), getattr(act, inner)


def keys_in(groups: Iterable[Group]) -> int:
    """Return how many keys of a text the parts were read from: a key that stands twice counts once."""
    return sum(map(len, map(_KEYS, chain.from_iterable(parts for _, _, parts in groups))))
