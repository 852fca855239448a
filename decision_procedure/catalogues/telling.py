"""The discrepancies as values with their sentences, by the words of the section `reconcile`; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from decision_procedure.catalogues.reconciliation import Discrepancy, DiscrepancyKind, RecordRef, RowRef
from decision_procedure.model.dates import PartialDate
from decision_procedure.results.severity import Grade
from decision_procedure.wording import Bilingual, Words, say

SURE: Grade = "needs_judgement"
"""What counts for a person to look at: it is sure that catalogue and record differ."""
UNSURE: Grade = "undetermined"

Field = str | int | Bilingual | PartialDate | Sequence[Bilingual] | Sequence[str] | None


def discrepancy(
    kind: DiscrepancyKind,
    grade: Grade,
    row: RowRef | None = None,
    record: RecordRef | None = None,
    day: PartialDate | None = None,
    *,
    form: str = "",
    **fields: Field,
) -> Discrepancy:
    """Return a discrepancy with its sentence: the words under its kind, or under `form` where that has several."""

    def text(lang: str) -> str:
        return say(
            f"reconcile.{form or kind}", lang, **{name: _said(value, lang) for name, value in fields.items()}
        )

    both = Bilingual.by(text)
    return Discrepancy(kind, grade, row, record, None if day is None else day.text, both.zh, both.en)


def _said(value: Field, lang: str) -> str:
    words = Words(lang)
    if value is None:
        return words.say("unknown")
    if isinstance(value, Bilingual):
        return value.text(lang)
    if isinstance(value, (str, int, PartialDate)):
        return str(value)
    return words.listed(_said(part, lang) for part in value)
