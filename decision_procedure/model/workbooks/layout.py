"""The sheets and columns of the form of a record, all read off the declarations of its model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Literal

from pydantic import BaseModel

from decision_procedure.model.decision import Decision
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import Kinds, Names
from decision_procedure.model.references import lists_of, references_of
from decision_procedure.model.sorts import Sort, models_in, sort_of
from decision_procedure.model.traits import Trait
from decision_procedure.wording import LANGUAGES, in_both, say

OWNER = "owner"
"""The column that names the act to which the parts on a sheet belong."""
_LONGEST = 31
_UNFIT = str.maketrans("\\/?*[]:", "-------")
_ALONE = ("traits", "complete", "acts")
_LAST = ("held", "round", "for_", "denied", "note", "id")
_FIRST = ("unit", "by", "date", "draft")
_CALLED = ("name", "title")


@dataclass(frozen=True, eq=False)
class Column:
    """A field of a part, as a column of its rows or a line of a card; `path` leads to it from the part of the row."""

    path: tuple[str, ...]
    model: type[BaseModel]
    name: str
    kinds: Kinds

    @cached_property
    def key(self) -> str:
        """The key of the field."""
        return self.model.model_fields[self.name].alias or self.name

    @cached_property
    def annotation(self) -> Any:
        """The type of the field."""
        return self.model.model_fields[self.name].annotation

    @cached_property
    def sort(self) -> Sort:
        """What sort of thing the field holds."""
        return sort_of(self.annotation)

    @cached_property
    def refers(self) -> str | None:
        """The list of the record in which that stands which the field names; None: it names nothing."""
        return dict(references_of(self.model)).get(self.name)

    @cached_property
    def labels(self) -> Names:
        """What heads it. What is referred to stands here by its name, so that its column is not called a number."""
        named = self.kinds.key_names(self.key, self.model)
        if self.refers is None:
            return named
        zh, en = in_both(lambda lang: say("form.numbered", lang))
        return named[0].removesuffix(zh), named[1].removesuffix(en)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """Everything that may head it."""
        called = keys_of(self.model).get(self.key)
        also = () if called is None else (called.zh, *called.also)
        return (*self.labels, *also, self.key, self.key.replace("_", " "))


@dataclass(frozen=True, eq=False)
class FormSheet:
    """A sheet: a card of lines, a grid of traits, or rows of parts.

    `path` leads to what it holds: `acts`, and the field of acts whose parts it holds. `kind` is the kind of act, `inline`
    the field of a row's part whose own parts stand in its rows.
    """

    names: Names
    form: Literal["card", "grid", "rows"]
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    kind: str | None = None
    inline: str | None = None

    @property
    def is_act(self) -> bool:
        """Whether each row is an act."""
        return self.path == ("acts",)

    @property
    def is_inner(self) -> bool:
        """Whether its rows are parts of acts."""
        return len(self.path) == 2


@lru_cache(maxsize=64)
def layout(kinds: Kinds) -> tuple[FormSheet, ...]:
    """Return the sheets of the form of records that may hold these kinds, in order."""
    used: tuple[set[str], ...] = tuple({name.casefold() for name in aside()} for _ in LANGUAGES)
    return tuple(_fitting(sheet, used) for sheet in _sheets(kinds))


def aside() -> tuple[str, ...]:
    """Return the names, in both languages, of the sheets that state nothing."""
    return tuple(say(f"form.{part}", lang) for part in ("guide", "words") for lang in LANGUAGES)


def called_by(model: type[BaseModel]) -> str | None:
    """Return the field by which people call a part that has an identifier; None: by the identifier."""
    return next((name for name in _CALLED if name in model.model_fields), None)


def inner_part(column_model: type[BaseModel]) -> Mapping[str, type[BaseModel]]:
    """Return the lists of parts that a part holds."""
    return lists_of(column_model)


def _sheets(kinds: Kinds) -> Iterator[FormSheet]:
    record, lists = kinds.record, inner_part(kinds.record)
    lines = tuple(line for name in record.model_fields for line in _lines(record, name, lists, kinds))
    yield FormSheet(in_both(lambda lang: say("form.matter", lang)), "card", (), lines)
    yield FormSheet(kinds.key_names("traits", Decision), "grid", ("traits",), tuple(_fields(Trait, kinds)))
    for name, model in lists.items():
        yield _of_list(name, model, kinds)
    for kind, act in kinds.acts.items():
        yield FormSheet(kinds.names(kind), "rows", ("acts",), tuple(_of_act(act, kinds)), kind)
        for inner, part in inner_part(act).items():
            called = zip(kinds.names(kind), kinds.key_names(inner, act), strict=True)
            zh, en = (f"{one}·{other}" for one, other in called)
            yield FormSheet((zh, en), "rows", ("acts", inner), tuple(_fields(part, kinds)), kind)
    complete = next(models_in(record.model_fields["complete"].annotation))
    lines = tuple(_fields(complete, kinds, ("complete",)))
    yield FormSheet(kinds.key_names("complete", Decision), "card", ("complete",), lines)


def _lines(record: type[Decision], name: str, lists: Iterable[str], kinds: Kinds) -> Iterator[Column]:
    """Yield the lines of a card for a field of the record: its own, or those of its part."""
    if name in (*_ALONE, "says", "schema_", *lists):
        return
    part = next(models_in(record.model_fields[name].annotation), None)
    if part is None:
        yield Column((record.model_fields[name].alias or name,), record, name, kinds)
    else:
        yield from _fields(part, kinds, (name,))


def _of_list(name: str, model: type[BaseModel], kinds: Kinds) -> FormSheet:
    """Return the rows of a list of the record: what people call each part comes first, its identifier last."""
    called, inline = called_by(model), next(iter(inner_part(model)), None)
    own = sorted(_fields(model, kinds), key=lambda column: column.name != called)
    columns = [column for column in own if column.name != "id" or called is None]
    if inline is not None:
        columns += _fields(inner_part(model)[inline], kinds, (inline,))
    if called is not None and "id" in model.model_fields:
        columns.append(Column(("id",), model, "id", kinds))
    return FormSheet(kinds.key_names(name, Decision), "rows", (name,), tuple(columns), inline=inline)


def _of_act(act: type[BaseModel], kinds: Kinds) -> Iterator[Column]:
    """Yield the columns of a kind of act: who and when, what is its own, its documents, and what is seldom said."""
    own = [name for name in act.model_fields if name not in (*_FIRST, *_LAST, "documents", "kind", "says")]
    for name in (*_FIRST, *own, "documents", *_LAST):
        if name not in inner_part(act):
            yield Column((act.model_fields[name].alias or name,), act, name, kinds)


def _fields(model: type[BaseModel], kinds: Kinds, path: tuple[str, ...] = ()) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        if name != "says" and name not in inner_part(model):
            yield Column((*path, field.alias or name), model, name, kinds)


def _fitting(sheet: FormSheet, used: tuple[set[str], ...]) -> FormSheet:
    """Return a sheet under names that a workbook can hold, each once."""
    zh, en = (_fit(name, taken) for name, taken in zip(sheet.names, used, strict=True))
    return replace(sheet, names=(zh, en))


def _fit(name: str, taken: set[str]) -> str:
    name = name.translate(_UNFIT).strip("' ")
    found, number = name[:_LONGEST].strip(), 1
    while found.casefold() in taken:
        number += 1
        found = f"{name[: _LONGEST - 5]}({number})"
    taken.add(found.casefold())
    return found
