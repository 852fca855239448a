"""Which kinds of document show that a duty was met."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from decision_procedure.law.applicable import Law


@lru_cache(maxsize=8)
def evidence_of(law: Law) -> Mapping[str, tuple[str, ...]]:
    """Return the kinds of document that show each duty was met, by duty: one of them is enough."""
    return {rule.id: tuple(rule.duty.evidence) for pack in law.packs for rule in pack.rules}
