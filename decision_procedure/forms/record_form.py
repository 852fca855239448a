"""The form of a record changed in place: the workbook is written anew with what it stated and what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self

from decision_procedure.errors import UnusableArgument
from decision_procedure.forms.answering import RecordEdit, edited
from decision_procedure.forms.workbook import workbook_form
from decision_procedure.law.applicable import Law
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.workbooks.layout import layout
from decision_procedure.model.workbooks.reading import record_of
from decision_procedure.sources.workbook import workbook_of
from decision_procedure.wording import LANGUAGES, Language, say


class RecordForm:
    """The bytes of one filled form, which can be changed: what is no part of the form, such as remarks on cells, is not kept.

    `day` is that of the law by which its sheets are laid out. Raises UnusableInput with every fault of what is no form.
    """

    def __init__(self, data: bytes, file: str, law: Law, day: date) -> None:
        book = workbook_of(data, file)
        self.decision, _ = record_of(book, law.models)
        self.data, self._file, self._law, self._day = data, file, law, day
        first = layout(kinds_of(type(self.decision)))[0].names
        named = {sheet.name for sheet in book.sheets}
        self._lang: Language = next(
            lang for lang, name in zip(LANGUAGES, first, strict=True) if name in named
        )

    def edited(self, edits: Sequence[RecordEdit]) -> Self:
        """Return the form with these edits made. Raises UnusableInput with the faults of what cannot stand in a record.

        Raises UnusableArgument where a form cannot hold it.
        """
        form = workbook_form(edited(self.decision, edits), self._law, self._day, self._lang)
        if form.left_out:
            places = form.left_out[0]
            told = (say("question.no_form_holds", lang, file=self._file, place=places) for lang in LANGUAGES)
            raise UnusableArgument(" ".join(told))
        return type(self)(form.data, self._file, self._law, self._day)


__all__ = ["RecordForm"]
