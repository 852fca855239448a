"""Fields of which the documents of a record say different things.

In a file `date: {says: [{document: d1, value: 2024-05-01}, {document: d2, value: 2024-05-06}]}` stands in place of
a value. In the model the field itself is then empty, that is unknown, and the part keeps under `says` what each
document says of it; as JSON, `says: {date: [{document: …, value: …}, …]}` beside the fields of the part.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Union, get_args

from pydantic import (
    BaseModel,
    Field,
    FieldSerializationInfo,
    TypeAdapter,
    ValidationError,
    field_serializer,
    field_validator,
)

from decision_procedure.model.base import DocumentRef, Key, Part
from decision_procedure.model.sorts import members_of, sort_of

MOST_SAYINGS = 20


@dataclass(frozen=True, slots=True)
class Saying:
    """What one document says of a field."""

    document: str
    value: Any


class Said(Part):
    """A saying as a file holds it, its value not yet checked."""

    document: Annotated[DocumentRef, Key("依据文件")]
    value: Annotated[Any, Key("值")] = Field()

    @field_validator("value")
    @classmethod
    def _known(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("不同记载须有值 a saying must hold a value, not null")
        return value


class Disputed(NamedTuple):
    """A field, and what the documents say of it: two or more."""

    field: str
    sayings: tuple[Saying, ...]

    @property
    def values(self) -> tuple[Any, ...]:
        """The values said, each once, in order."""
        return tuple(dict.fromkeys(saying.value for saying in self.sayings))


class Sourced(Part):
    """A part of a record whose dates, numbers, flags, choices and lists documents may say differently.

    `says` holds the fields of which they do, as `Disputed`, in order of their names; None: there are none. Each
    of them is itself empty.
    """

    says: Annotated[Any, Key("不同记载")] = None

    @field_validator("says", mode="before")
    @classmethod
    def _read(cls, says: Any) -> tuple[Disputed, ...] | None:
        if says is None or (isinstance(says, tuple) and all(isinstance(item, Disputed) for item in says)):
            return says
        if not isinstance(says, dict):
            raise ValueError("应为键值结构 should be a mapping of keys to values")  # noqa: TRY004 - pydantic's way
        return tuple(_disputed(cls, name, said) for name, said in sorted(says.items())) or None

    @field_serializer("says", when_used="unless-none")
    def _write(self, says: tuple[Disputed, ...], info: FieldSerializationInfo) -> dict[str, Any]:
        return {
            item.field: [
                {"document": saying.document, "value": _dumped(type(self), item.field, saying.value, info)}
                for saying in item.sayings
            ]
            for item in says
        }

    @classmethod
    @lru_cache(maxsize=128)
    def disputable(cls) -> tuple[str, ...]:
        """Return the fields that `says` may hold: all that may be unknown, but identifiers, references and texts."""
        return tuple(name for name, field in cls.model_fields.items() if cls._may_be_disputed(name, field))

    @classmethod
    def _may_be_disputed(cls, name: str, field: Any) -> bool:
        sort = sort_of(field.annotation)
        if name in _NEVER_DISPUTED or sort == "other":
            return False
        if sort == "list" and _holds_parts(field.annotation) and not hasattr(cls, "anchor_fields"):
            return False  # the record's own lists, such as its acts
        return name == "held" or field.default in (None, ())

    def sayings_of(self, name: str) -> Disputed | None:
        """Return what the documents say of a field; None when they do not say different things of it."""
        return next((item for item in self.says or () if item.field == name), None)


_NEVER_DISPUTED = frozenset({"kind", "by", "documents", "denied", "says"})


def _holds_parts(annotation: Any) -> bool:
    return any(
        isinstance(item, type) and issubclass(item, BaseModel)
        for part in members_of(annotation)
        for inner in get_args(part)
        if inner is not Ellipsis
        for item in members_of(inner)
    )


@lru_cache(maxsize=512)
def valued(model: type[Sourced], name: str) -> TypeAdapter[Any]:
    """Return what checks one value of a field, which must not be null."""
    choices = tuple(part for part in _choices(model.model_fields[name].annotation) if part is not type(None))
    value: Any = Union[choices]  # noqa: UP007 - of types known only here
    return TypeAdapter(value)


def _choices(annotation: Any) -> tuple[Any, ...]:
    """Return the members of a union with what limits each, unlike `members_of`."""
    return get_args(annotation) if type(None) in get_args(annotation) else (annotation,)


def _dumped(model: type[Sourced], name: str, value: Any, info: FieldSerializationInfo) -> Any:
    return valued(model, name).dump_python(value, mode=info.mode, exclude_none=True)  # type: ignore[arg-type]


def _disputed(model: type[Sourced], name: Any, said: Any) -> Disputed:
    """Return one field as data holds it. Raises ValueError, with the field named."""
    if name not in model.disputable():
        raise ValueError(f"此项不能有不同记载 cannot be said differently: {str(name)[:60]!r}")
    if not isinstance(said, list | tuple) or not 2 <= len(said) <= MOST_SAYINGS:
        raise ValueError(f"不同记载应有 2 至 {MOST_SAYINGS} 项 wants 2 to {MOST_SAYINGS} sayings: {name}")
    return Disputed(str(name), tuple(_saying(model, name, item) for item in said))


def _saying(model: type[Sourced], name: str, item: Any) -> Saying:
    try:
        said = Said.model_validate(item)
        return Saying(said.document, valued(model, name).validate_python(said.value))
    except ValidationError as error:
        raise ValueError(f"{name}: {error.errors()[0]['msg']}") from None
