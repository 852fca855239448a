"""What a duty's own sentence on a fault may name: the slots that its evidence fills (`fault` in a pack)."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from decision_procedure.law.pack import Duty
from decision_procedure.model.kinds import Kinds

SLOTS = (
    "after", "as_of", "days", "found", "ground", "head", "lacking", "less", "limit", "member", "other_days", "place",
    "traits",
)  # fmt: skip
"""The slots that are worked out: who spoke after the chief, and in what place the chief did; days counted, by the other
reading, required, and lacking; what a list lacks; the members at fault; the traits that make the duty apply; all that
was found; why the matter is withheld; the day of the check. Beside them every kind of act: its last one on record."""

OF_AN_ACT = ("act", "draft", "unit")
"""Those of a duty on single acts: the act tested, its draft, who did it. Beside them every field of the act tested."""


def slots_in(text: str) -> tuple[str, ...]:
    """Return the names in braces of a text, in order. Raises ValueError for braces that do not pair."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def unknown_slots(duty: Duty, kinds: Kinds) -> Iterator[str]:
    """Yield the slots of a duty's sentence that no evidence of it could fill, and braces that do not pair."""
    if duty.fault is None:
        return
    known = frozenset(known_slots(duty, kinds))
    for text in (duty.fault.zh, duty.fault.en):
        try:
            yield from (f"{{{name}}}" for name in slots_in(text) if name not in known)
        except ValueError:
            yield text[:80]


def known_slots(duty: Duty, kinds: Kinds) -> tuple[str, ...]:
    """Return every slot that the sentence of a duty may name."""
    if duty.per == "decision":
        return (*SLOTS, *kinds.acts)
    fields = (name for kind in duty.per if kind in kinds.acts for name in kinds.acts[kind].model_fields)
    return (*SLOTS, *OF_AN_ACT, *kinds.acts, *fields)
