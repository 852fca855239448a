"""What a law declares beside what ships: further kinds of act, fields of acts, kinds of document, traits.

`record_model` makes the model of records from it: kinds of a law are read, checked, masked, labelled and told by the
same declarations as those that ship.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from decision_procedure.model.acts import Act, one_of
from decision_procedure.model.base import (
    EXCEPTION,
    FOR_THE_FILE,
    ActRef,
    Count,
    DocumentRef,
    DraftRef,
    Flag,
    Key,
    Moment,
    PersonName,
    PersonRef,
    Text,
    UnitRef,
)
from decision_procedure.model.decision import Decision, Document
from decision_procedure.model.kinds import SHIPPED, kinds_of
from decision_procedure.model.traits import Traits, TraitValue

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Called = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,60}$", strip_whitespace=True)]


class Declared(BaseModel):
    """Something declared, with what people call it in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    zh: Called
    en: Called

    @property
    def key(self) -> Key:
        """Its names as a mark of the model."""
        return Key(self.zh, self.en)

    @property
    def names(self) -> tuple[str, str]:
        """Its names in Chinese and English."""
        return self.zh, self.en


class Hint(Declared):
    """What to write in a field."""

    zh: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    en: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class DeclaredField(Declared):
    """A field of an act.

    `type` is what it holds: a date, a flag, a number, a text, the name of a person; an identifier of a unit, person,
    document, draft or act of the record; or one of the words listed. `list`: several of them, with a field
    `…_complete` beside it. `exception`: it only takes a duty away or excuses a breach. `for_the_file`: no rule reads it.
    """

    type: (
        Literal["date", "flag", "number", "text", "name", "unit", "person", "document", "draft", "act"]
        | Annotated[dict[Name, Declared], Field(min_length=1, max_length=50)]
    )
    list: bool = False
    also: tuple[Called, ...] = ()
    hint: Hint | None = None
    exception: bool = False
    for_the_file: bool = False

    @property
    def key(self) -> Key:
        """Its names as a mark of the model."""
        return Key(self.zh, self.en, self.also, None if self.hint is None else self.hint.names)


class DeclaredKind(Declared):
    """A kind of act, with its fields beside those of every act.

    `anchor`, `begin` and `done` name the dates whose law governs the act, at which it began and was complete: the
    first that is stated. `spans` are pairs of dates of which the second must not lie before the first.
    """

    anchor: tuple[Name, ...] = ("date",)
    begin: tuple[Name, ...] = ("date",)
    done: tuple[Name, ...] = ("date",)
    spans: tuple[tuple[Name, Name], ...] = ()
    fields: dict[Name, DeclaredField] = {}


class DeclaredTrait(Declared):
    """A trait. `exception`: it only takes a duty away or excuses a breach."""

    exception: bool = False


class DeclaredRole(Declared):
    """One who bears duties. `unit` is the field of the act tested that names the unit.

    Of a duty on the whole decision it is the one unit that the acts of the record name there.
    """

    unit: Name = "unit"


class Declarations(BaseModel):
    """What one instrument declares.

    Its kinds of act and its roles go by `<pack>:<name>`, so that those of two places never meet; `fields` are further
    fields of kinds that ship.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    pack: str
    kinds: dict[Name, DeclaredKind] = {}
    fields: dict[Name, dict[Name, DeclaredField]] = {}
    documents: dict[Name, Declared] = {}
    traits: dict[Name, DeclaredTrait] = {}
    roles: dict[Name, DeclaredRole] = {}

    def __hash__(self) -> int:
        return hash(self.pack)

    def __bool__(self) -> bool:
        return bool(self.kinds or self.fields or self.documents or self.traits or self.roles)

    def named(self, name: str) -> str:
        """Return what a kind of act or a role that is declared here goes by in records and rules."""
        return f"{self.pack}:{name}"

    def every_field(self) -> Iterator[tuple[tuple[str, ...], DeclaredField]]:
        """Yield every field that is declared, with its path in the file of the instrument."""
        for name, kind in self.kinds.items():
            yield from ((("kinds", name, "fields", key), field) for key, field in kind.fields.items())
        for name, fields in self.fields.items():
            yield from ((("fields", name, key), field) for key, field in fields.items())


def record_model(declared: Iterable[Declarations]) -> type[Decision]:
    """Return the model of records that may hold what these instruments declare; the shipped one where they declare nothing."""
    found = tuple(sorted(filter(None, declared), key=lambda one: one.pack))
    return _record_model(found) if found else Decision


@lru_cache(maxsize=256)
def _record_model(declared: tuple[Declarations, ...]) -> type[Decision]:
    acts = {kind: _extended(model, kind, declared) for kind, model in SHIPPED.acts.items()}
    for part in declared:
        acts |= {
            part.named(name): _act(part.named(name), kind, declared) for name, kind in part.kinds.items()
        }
    traits, document = _traits(declared), _document(declared)
    parts = {
        "acts": (tuple[one_of(acts.values()), ...], ()),  # type: ignore[misc]
        "traits": (traits, traits.model_construct()),
        "documents": (tuple[document, ...], ()),  # type: ignore[valid-type]
    }
    found: type[Decision] = _narrower(Decision, "record", declared, parts, {"declared": declared})
    return found


def _extended(model: type[Act], kind: str, declared: tuple[Declarations, ...]) -> type[Act]:
    further = {name: field for part in declared for name, field in part.fields.get(kind, {}).items()}
    found: type[Act] = _narrower(model, kind, declared, _fields(further)) if further else model
    return found


def _act(name: str, kind: DeclaredKind, declared: tuple[Declarations, ...]) -> type[Act]:
    members = {
        "named": kind.key, "anchor_fields": kind.anchor, "begin_fields": kind.begin, "done_fields": kind.done,
        "spans": kind.spans,
    }  # fmt: skip
    fields = {"kind": (Literal[name], name), **_fields(kind.fields)}
    found: type[Act] = _narrower(Act, name, declared, fields, members)
    return found


def _traits(declared: tuple[Declarations, ...]) -> type[Traits]:
    further = {
        name: (Annotated[TraitValue, trait.key, *([EXCEPTION] if trait.exception else [])], None)
        for part in declared
        for name, trait in part.traits.items()
    }
    found: type[Traits] = _narrower(Traits, "traits", declared, further) if further else Traits
    return found


def _document(declared: tuple[Declarations, ...]) -> type[Document]:
    further = [name for part in declared for name in part.documents]
    if not further:
        return Document
    kinds: Any = Literal[(*SHIPPED.documents, *further)]
    field = Document.model_fields["kind"]
    found: type[Document] = _narrower(
        Document, "document", declared, {"kind": (Annotated[kinds, *field.metadata], ...)}
    )
    return found


def _narrower(
    base: Any,
    place: str,
    declared: tuple[Declarations, ...],
    fields: Mapping[str, tuple[Any, Any]],
    members: Mapping[str, Any] = MappingProxyType({}),
) -> Any:
    """Return a model with further fields, each a type and a default, and members of the class.

    Its instances are pickled by what was declared and their place in it: no module holds the model.
    """

    def reduced(part: BaseModel) -> tuple[Any, ...]:
        return _blank, (declared, place), part.__getstate__()

    annotations = dict.fromkeys(members, ClassVar[Any]) | {name: kind for name, (kind, _) in fields.items()}
    defaults = {name: default for name, (_, default) in fields.items() if default is not ...}
    own = {
        "__module__": __name__,
        "__doc__": base.__doc__,
        "__reduce__": reduced,
        "__annotations__": annotations,
    }
    return type(base)(base.__name__, (base,), {**own, **members, **defaults})


def _blank(declared: tuple[Declarations, ...], place: str) -> BaseModel:
    kinds = kinds_of(_record_model(declared))
    made: Mapping[str, type[BaseModel]] = {
        "record": kinds.record, "traits": kinds.traits, "document": kinds.document, **kinds.acts
    }  # fmt: skip
    model = made[place]
    return model.__new__(model)


_TYPES: Mapping[str, Any] = {
    "date": Moment, "flag": Flag, "number": Count, "text": Text | None, "name": PersonName | None,
    "unit": UnitRef | None, "person": PersonRef | None, "document": DocumentRef | None, "draft": DraftRef | None,
    "act": ActRef | None,
}  # fmt: skip


def _fields(declared: Mapping[str, DeclaredField]) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for name, field in declared.items():
        kind: Any = _TYPES[field.type] if isinstance(field.type, str) else Literal[tuple(field.type)] | None
        marks = [
            field.key,
            *([EXCEPTION] if field.exception else []),
            *([FOR_THE_FILE] if field.for_the_file else []),
        ]
        if field.list:
            (item,) = (part for part in get_args(kind) if part is not type(None))
            found[name] = (Annotated[tuple[item, ...], *marks], ())  # type: ignore[valid-type]
            whole = Key(f"{field.zh}完整", f"{field.en} complete")
            found[f"{name}_complete"] = (Annotated[Flag, whole], None)
        else:
            found[name] = (Annotated[kind, *marks], None)
    return found
