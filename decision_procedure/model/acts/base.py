"""What every act has: whether it took place, who did it, when, and the dates that govern it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self

from pydantic import Field

from decision_procedure.model.base import (
    ActRef,
    DocumentRef,
    DraftRef,
    Flag,
    Identifier,
    Key,
    Moment,
    PersonRef,
    Text,
    UnitRef,
    first_of,
)
from decision_procedure.model.disputes import Sourced
from decision_procedure.model.sorts import sort_of

Round = Annotated[int, Field(strict=True, ge=1, le=1000)]


class Derived(NamedTuple):
    """A date that is read off others: the first of these fields that is stated, a field of a list with a dot."""

    named: Key
    fields: tuple[str, ...]


class Act(Sourced):
    """What every act has.

    `kind` is the word for its class. `held` false denies that the act took place; null says that it was announced and no more is known.
    `unit` is the unit that did it, `by` the people, both as identifiers of the record; `documents` evidence
    it. `round` counts repetitions of the procedure; `draft` is the draft it dealt with. `for` names the act of
    execution, evaluation or adjustment that it serves (None: it serves the decision). `date` is the day of the
    act itself, where a kind has one. `denied` names dates of events, flags and lists of the act that the record
    denies: the event did not happen, the flag is false, the list is empty and whole. A number is stated as 0.
    """

    named: ClassVar[Key] = Key("行为", "act")
    """What people call this kind of act."""
    anchor_fields: ClassVar[tuple[str, ...]] = ("date",)
    begin_fields: ClassVar[tuple[str, ...]] = ("date",)
    done_fields: ClassVar[tuple[str, ...]] = ("date",)
    further_dates: ClassVar[Mapping[str, Derived]] = {}
    """Dates of this kind alone that rules read and no record states."""

    kind: Annotated[str, Key("种类", also=("环节",))] = ""
    id: Annotated[Identifier | None, Key("编号")] = None
    held: Annotated[Flag, Key("已进行")] = True
    round: Annotated[Round, Key("轮次")] = 1
    draft: Annotated[DraftRef | None, Key("草案编号")] = None
    for_: Annotated[ActRef | None, Field(alias="for"), Key("服务于行为")] = None
    unit: Annotated[UnitRef | None, Key("单位编号", also=("单位",))] = None
    by: Annotated[tuple[PersonRef, ...], Key("经办人员", also=("承办人", "经办人"))] = ()
    date: Annotated[Moment, Key("日期", also=("时间",))] = None
    documents: Annotated[tuple[DocumentRef, ...], Key("文件", also=("材料",))] = ()
    denied: Annotated[tuple[str, ...] | None, Key("未办理事项")] = None
    note: Annotated[Text | None, Key("备注")] = None

    anchor: ClassVar[first_of] = first_of("anchor_fields")
    """The date whose law governs the act (`law.md` 7.4); None when it is not recorded."""
    begun: ClassVar[first_of] = first_of("begin_fields")
    """When the act began; None when that is not recorded."""
    done: ClassVar[first_of] = first_of("done_fields")
    """When the act was complete; None when that is not recorded."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Let `denied` name what this kind of act can deny, and nothing else."""
        super().__pydantic_init_subclass__(**kwargs)
        field = cls.model_fields["denied"] = copy(cls.model_fields["denied"])
        name: Any = Literal.__getitem__(cls.deniable())
        field.annotation = tuple[name, ...] | None

    @classmethod
    @lru_cache(maxsize=256)
    def derived(cls) -> Mapping[str, Derived]:
        """Return the dates that rules read and no record states, by name, and what each is found from."""
        return {
            "anchor": Derived(Key("适用法律日期"), cls.anchor_fields),
            "begun": Derived(Key("开始时间"), cls.begin_fields),
            "done": Derived(Key("完成时间"), cls.done_fields),
            **cls.further_dates,
        }

    @classmethod
    def deniable(cls) -> tuple[str, ...]:
        """Return the fields that `denied` may name, in order.

        An act is denied by `held: false`, a held one was done by somebody, and that no document is named shows
        nothing: these three are not among them.
        """
        return tuple(
            name
            for name, field in cls.model_fields.items()
            if name not in _NEVER_DENIED and sort_of(field.annotation) in ("date", "flag", "list")
        )

    def denies(self, name: str) -> bool:
        """Say whether the record denies a field, or a date derived from fields: then each of these is denied."""
        if not self.denied:
            return False
        found = self.derived().get(name)
        return all(field in self.denied for field in (found.fields if found else (name,)))

    def settled(self) -> Self:
        """Return the act with what it denies: flags false, lists whole; without `denied` the act itself.

        Denied dates stay None: that the event did not happen `denies` tells.
        """
        if not self.denied:
            return self
        fields = type(self).model_fields
        flags = {name: False for name in self.denied if sort_of(fields[name].annotation) == "flag"}
        whole = {f"{name}_complete": True for name in self.denied if f"{name}_complete" in fields}
        return self.model_copy(update=flags | whole)


_NEVER_DENIED = frozenset({"held", "by", "documents", "denied"})
