"""How well the record shows what an act says: by a document, by its word only, or against a document."""

from __future__ import annotations

from typing import NamedTuple

from decision_procedure.law.facts import Facts
from decision_procedure.model.acts import Act

# Documents that come out of the act itself: one that is older than the act cannot show it.
_OUTCOMES = frozenset(
    {
        "hearing_record", "meeting_record", "group_communication_record", "expert_report", "expert_opinion",
        "risk_report", "fair_competition_opinion", "review_opinion", "legal_opinion", "minutes",
        "publication_page", "interpretation_page", "file_index", "evaluation_report",
    }
)  # fmt: skip


class Proof(NamedTuple):
    """The kinds of document that an act names, and those of them that are older than the act they came out of."""

    named: set[str]
    contradicting: set[str]

    def of(self, evidence: frozenset[str]) -> str:
        """Return `contradicted`, `shown` (a document of the right kind is named) or `stated`."""
        if self.contradicting and not evidence.isdisjoint(self.contradicting):
            return "contradicted"
        return "stated" if evidence.isdisjoint(self.named) else "shown"


def proof_of(act: Act, facts: Facts) -> Proof:
    """Return what the documents that an act names show; one of the same day as the act does not contradict it."""
    begun, held = act.begun, facts.documents
    named: set[str] = set()
    contradicting: set[str] = set()
    for name in act.documents:
        document = held[name]
        kind, date = document.kind, document.date
        named.add(kind)
        if begun is not None and date is not None and date.last_day < begun.first_day and kind in _OUTCOMES:
            contradicting.add(kind)
    return Proof(named, contradicting)
