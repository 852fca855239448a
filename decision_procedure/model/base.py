"""What every part of a record shares: frozen, closed, and unknown until stated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, Self, TypeVar, overload

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from decision_procedure.model.dates import PartialDate

_Value = TypeVar("_Value")

Identifier = Annotated[str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f]{1,100}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Flag = StrictBool | None
Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)] | None
Moment = PartialDate | None
Identifiers = tuple[Identifier, ...]


class once(Generic[_Value]):  # noqa: N801
    """A property computed when first read, as `functools.cached_property`, without its lock (Python 3.11)."""

    def __init__(self, compute: Callable[[Any], _Value]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, part: None, owner: type) -> Self: ...

    @overload
    def __get__(self, part: object, owner: type) -> _Value: ...

    def __get__(self, part: object | None, owner: type) -> Self | _Value:
        if part is None:
            return self
        value = part.__dict__[self._name] = self._compute(part)
        return value


class Part(BaseModel):
    """A frozen piece of a record that refuses keys it does not know. None always means: unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, ignored_types=(once,))


__all__ = [
    "Count",
    "Flag",
    "Identifier",
    "Identifiers",
    "Moment",
    "Part",
    "PartialDate",
    "StrictBool",
    "StrictInt",
    "Text",
    "once",
]
