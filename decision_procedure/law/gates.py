"""Gates: what the `closes` of a duty names, and the step on which that stands. The one map from gate to step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

GATED_STEPS: Mapping[str, str] = {
    "unit_meeting": "unit_meeting",
    "submission": "submission",
    "review_pass": "legality_review",
    "decision": "decision",
    "issue": "issue",
}
"""The gates of a major decision, in the order of the procedure. Any other gate goes by the step on which it stands."""


def gated_step(gate: str) -> str:
    """Return the step on which a gate stands, the `closes` of a duty: the one that its text forbids."""
    return GATED_STEPS.get(gate, gate)


def in_order(gates: Iterable[str]) -> list[str]:
    """Return gates in the order of the procedure of a major decision, others after them by name."""
    known = [*GATED_STEPS]
    return sorted(gates, key=lambda gate: (known.index(gate) if gate in known else len(known), gate))
