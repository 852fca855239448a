"""How well the record shows what an act says: by a document, by its word only, or against a document."""

from __future__ import annotations

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


class Proof:
    """The documents that an act names, by kind, and those of them that are older than the act they came out of."""

    __slots__ = ("_contradicting", "_named")

    def __init__(self, act: Act, facts: Facts) -> None:
        documents = [facts.documents[name] for name in act.documents]
        begun = act.begun
        self._named = {str(document.kind) for document in documents}
        self._contradicting = {
            document.kind
            for document in documents
            if document.date is not None
            and begun is not None
            and document.date.last < begun.first
            and document.kind in _OUTCOMES
        }

    def of(self, evidence: frozenset[str]) -> str:
        """Return `contradicted`, `shown` (a document of the right kind is named) or `stated`."""
        if self._contradicting and not evidence.isdisjoint(self._contradicting):
            return "contradicted"
        return "stated" if evidence.isdisjoint(self._named) else "shown"
