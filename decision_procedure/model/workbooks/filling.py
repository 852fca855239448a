"""What a record states, as the cells of its form: the same sheets and columns that are read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.workbooks.layout import OWNER, Column, FormSheet, called_by
from decision_procedure.model.workbooks.values import NamedParts, cell_of
from decision_procedure.model.writing import written
from decision_procedure.sources.workbook import CellValue
from decision_procedure.wording import LANGUAGES, say

Cells = Mapping[Column | str, CellValue]
"""What a row states, by column."""


class Filling:
    """The rows of the form of a record."""

    def __init__(self, decision: Decision, lang: str) -> None:
        self._lang, self._kinds = lang, kinds_of(type(decision))
        self._data: Mapping[str, Any] = written(decision)
        self._acts: list[Mapping[str, Any]] = self._data.get("acts", [])
        self._called = {name: self._names(name) for name in ("units", "people", "documents", "drafts")}

    def line(self, column: Column) -> CellValue | None:
        """Return what a line of a card states; None: nothing."""
        data: Any = self._data
        for part in column.path:
            if not isinstance(data, Mapping) or part not in data:
                return None
            data = data[part]
        return self._cell(column, data)

    def trait(self, name: str, form: FormSheet) -> Cells:
        """Return what a trait states."""
        found = self._data.get("traits", {}).get(name)
        part = {"value": found} if isinstance(found, bool) else found
        return self._row(part or {}, form.columns)

    def rows(self, form: FormSheet) -> Iterator[Cells]:
        """Yield the rows of a list of parts."""
        if form.is_act:
            for act in self._acts:
                if act["kind"] == form.kind:
                    yield self._row(act, form.columns) or {_held(form): say("form.stated_yes", self._lang)}
        elif form.is_inner:
            yield from self._inner(form)
        else:
            for part in self._data.get(form.path[0], ()):
                yield from self._part(part, form)

    def _part(self, part: Mapping[str, Any], form: FormSheet) -> Iterator[Cells]:
        own = [column for column in form.columns if len(column.path) == 1]
        further = [column for column in form.columns if len(column.path) == 2]
        row = self._row(part, own)
        inner = [self._row(item, further) for item in part.get(form.inline or "", ())] or [{}]
        yield {**row, **inner[0]}
        named = [column for column in own if column.name in ("id", called_by(column.model))]
        for item in inner[1:]:
            yield {**{column: row[column] for column in named if column in row}, **item}

    def _inner(self, form: FormSheet) -> Iterator[Cells]:
        counts = Counter(act["kind"] for act in self._acts)
        number = 0
        for act in self._acts:
            if act["kind"] == form.kind:
                number += 1
                name = self._kinds.name(form.kind or "", self._lang)
                owner = act.get("id") or (name if counts[form.kind] == 1 else f"{name}{number}")
                for part in act.get(form.path[1], ()):
                    yield {OWNER: owner, **self._row(part, form.columns)}

    def _row(self, part: Mapping[str, Any], columns: tuple[Column, ...] | list[Column]) -> dict[Column | str, CellValue]:  # fmt: skip
        found: dict[Column | str, CellValue] = {}
        for column in columns:
            if column.key in part and (value := self._cell(column, part[column.key])) is not None:
                found[column] = value
        return found

    def _cell(self, column: Column, value: Any) -> CellValue | None:
        return cell_of(column, value, self._called, LANGUAGES.index(self._lang))

    def _names(self, name: str) -> NamedParts:
        """Return how the parts of a list are called, as they are read back."""
        parts = self._data.get(name, ())
        return NamedParts(
            (part["id"], tuple(text.strip() for text in (*_called(part), *part.get("aliases", ()))))
            for part in parts
        )


def _called(part: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part[key] for key in ("name", "title") if part.get(key))


def _held(form: FormSheet) -> Column:
    return next(column for column in form.columns if column.name == "held")


__all__ = ["Cells", "Filling"]
