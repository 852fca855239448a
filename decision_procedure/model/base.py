"""What every part of a record shares: frozen, closed, and unknown until stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, Self, overload

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
)

from decision_procedure.model.dates import PartialDate

IDENTIFIER = r"^[^\s\x00-\x1f\x7f]{1,100}$"
Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Flag = StrictBool | None
Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)] | None
Moment = PartialDate | None
Identifiers = tuple[Identifier, ...]


class Key(NamedTuple):
    """Marks a field with what people call it: in Chinese, in English (empty: its identifier in words), and what else it may go by in a file.

    `hint` says in both languages what to write there; None: the name says it.
    """

    zh: str
    en: str = ""
    also: tuple[str, ...] = ()
    hint: tuple[str, str] | None = None


class Refers(NamedTuple):
    """Marks identifiers that must be those of something in the record: of which of its lists.

    None: of an act of the record or of one that it implies, which is looked for where acts are implied.
    """

    to: Literal["units", "people", "documents", "drafts", "acts"] | None


UnitRef = Annotated[Identifier, Refers("units")]
PersonRef = Annotated[Identifier, Refers("people")]
DocumentRef = Annotated[Identifier, Refers("documents")]
DraftRef = Annotated[Identifier, Refers("drafts")]
ActRef = Annotated[Identifier, Refers("acts")]
ImpliedActRef = Annotated[Identifier, Refers(None)]
RowNumber = Annotated[Text, BeforeValidator(lambda number: str(number) if type(number) is int else number)]
"""The number of a row of a catalogue; a whole number counts as the text of its digits."""
FOR_THE_FILE = Field(
    description="只存档：没有规则读取 for the file only: no rule reads it",
    json_schema_extra={"x-file-only": True},
)
"""Marks a field that stands in the record for people alone; the schema says so."""
EXCEPTION = Field(json_schema_extra={"exception": True})
"""Marks a field that only takes a duty away or excuses a breach (`is_exception`)."""


def is_exception(part: type[BaseModel], name: str) -> bool:
    """Say whether a field of a part only takes a duty away or excuses a breach, and starts none.

    Where a record does not state it, it counts as not there in what a verdict would be if the record were complete.
    """
    extra = part.model_fields[name].json_schema_extra
    return isinstance(extra, dict) and extra.get("exception") is True


class InOrder:
    """Marks a list whose order is a fact of the record; that of any other list says nothing."""


IN_ORDER = InOrder()


class NamesActs:
    """Marks texts that are kinds of act, or `all`."""


NAMES_ACTS = NamesActs()


class NamesPerson(NamedTuple):
    """Marks a text that is the name of a person; `or_body`: of a body, or of a person who acts for it."""

    or_body: bool = False


PersonName = Annotated[Text, NamesPerson()]
BodyOrPerson = Annotated[Text, NamesPerson(or_body=True)]


class first_of:  # noqa: N801
    """The first date that is stated in the fields which a class names; found once, None when there is none."""

    def __init__(self, fields: str) -> None:
        self._fields = fields

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, part: None, owner: type) -> Self: ...

    @overload
    def __get__(self, part: object, owner: type) -> PartialDate | None: ...

    def __get__(self, part: object | None, owner: type) -> Self | PartialDate | None:
        if part is None:
            return self
        found: PartialDate | None = None
        for field in getattr(owner, self._fields):
            found = getattr(part, field)
            if found is not None:
                break
        part.__dict__[self._name] = found
        return found


class Part(BaseModel):
    """A frozen piece of a record that refuses keys it does not know. None always means: unknown."""

    spans: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of its dates of which the second must not lie before the first."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, ignored_types=(first_of,))

    if not TYPE_CHECKING:  # checkers read off the fields what it takes

        def __init__(self, /, **data: Any) -> None:
            """Make a part alone, with keys and words in either language. Raises UnusableInput with every fault."""
            try:
                self.__pydantic_validator__.validate_python(data, self_instance=self)
            except ValidationError:
                # Loaded here, not above: it reads parts of these very classes.
                from decision_procedure.model.giving import given_part

                self._become(given_part(type(self), data))

        __init__.__pydantic_base_init__ = True  # what is read from data does not come here

    def _become(self, made: Self) -> None:
        """Take over all that another part of the same class holds."""
        object.__setattr__(self, "__dict__", made.__dict__)
        for name in ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__"):
            object.__setattr__(self, name, getattr(made, name))

    def changed(self, values: dict[str, Any]) -> Self:
        """Return the part with other values of some fields; what was found once is found anew."""
        part = self.model_copy(update=values)
        for name in part.__dict__.keys() - type(part).model_fields.keys():
            del part.__dict__[name]
        return part


__all__ = [
    "EXCEPTION",
    "FOR_THE_FILE",
    "IDENTIFIER",
    "IN_ORDER",
    "NAMES_ACTS",
    "ActRef",
    "BodyOrPerson",
    "Count",
    "DocumentRef",
    "DraftRef",
    "Flag",
    "Identifier",
    "Identifiers",
    "ImpliedActRef",
    "InOrder",
    "Key",
    "Moment",
    "NamesActs",
    "NamesPerson",
    "Part",
    "PartialDate",
    "PersonName",
    "PersonRef",
    "Refers",
    "RowNumber",
    "StrictBool",
    "StrictInt",
    "Text",
    "UnitRef",
    "first_of",
    "is_exception",
]
