"""The parts of a record, each with its place in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from decision_procedure.model.acts import Deliberation, ExpertReview, LegalityReview
from decision_procedure.model.base import Part
from decision_procedure.model.decision import FALSE, TRUE, Decision
from decision_procedure.sources import Path

_KEYS = attrgetter("__pydantic_fields_set__")
_SINGLE = ("body", "traits", "catalogue", "complete", "outcome_finding", "withholding")
_LISTS = ("units", "people", "documents", "drafts", "acts", "waivers")
_LISTS_OF_ACTS = {Deliberation: "attendees", ExpertReview: "experts", LegalityReview: "returns"}


def parts_of(decision: Decision) -> Iterator[tuple[Path, Iterable[str | int | None], Sequence[Part]]]:
    """Yield every part of a record, those that stand side by side at once: their path, keys and values.

    A key is the number of a part in its list, and None for the record itself. A bare true or false for a trait
    is no part.
    """
    yield (), (None,), (decision,)
    values = decision.__dict__
    single = [name for name in _SINGLE if values[name] is not None]
    yield (), single, [values[name] for name in single]
    traits = {
        name: trait
        for name, trait in decision.traits.__dict__.items()
        if trait is not None and trait is not TRUE and trait is not FALSE
    }
    yield ("traits",), traits, tuple(traits.values())
    for name in _LISTS:
        parts = values[name]
        yield (name,), range(len(parts)), parts
    for index, person in enumerate(decision.people):
        yield ("people", index, "posts"), range(len(person.posts)), person.posts
    for index, act in enumerate(decision.acts):
        inner = _LISTS_OF_ACTS.get(type(act))
        if inner is not None:
            parts = getattr(act, inner)
            yield ("acts", index, inner), range(len(parts)), parts


def keys_of(decision: Decision) -> int:
    """Return how many keys of its JSON text a record was read from: a key that stands twice counts once."""
    parts = chain.from_iterable(parts for _, _, parts in parts_of(decision))
    return sum(map(len, map(_KEYS, parts)))
