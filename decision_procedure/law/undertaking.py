"""Who undertakes a decision, and whether an act was done by them."""

from __future__ import annotations

import re

from decision_procedure.law.facts import Facts
from decision_procedure.model.acts import Act
from decision_procedure.model.units import above

_JUSTICE = re.compile("司法[局厅部所行]")  # not the 司法科 of another unit


def reviewing_unit(facts: Facts) -> str | None:
    """Return the 司法行政部门 that the record names (713-25); None: it names none."""
    found = (
        unit.id
        for unit in facts.decision.units
        if any(_JUSTICE.search(name) for name in (unit.name, *unit.aliases))
    )
    return next(found, None)


def own_unit(act: Act, facts: Facts) -> bool:
    """Say whether an act was surely done by the undertaking unit or a part of it.

    Never by the 司法行政部门 or a part of it: reviewing is its office (713-25).
    """
    if act.unit is None:
        return False
    reviewing = {act.unit, *above(facts.decision.units, act.unit)}
    named = [unit for unit in facts.decision.units if unit.id in reviewing]
    if any(_JUSTICE.search(name) for unit in named for name in (unit.name, *unit.aliases)):
        return False
    return not reviewing.isdisjoint(undertakers(facts))


def undertakers(facts: Facts) -> frozenset[str]:
    """Return the units that undertake the decision, as the record names them."""
    named = {unit for act in facts.held(("initiation",)) for unit in act.undertakers}
    lead = facts.decision.lead_unit
    return frozenset(named | ({lead} if lead else set()))
