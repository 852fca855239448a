"""What an instrument may not declare: names that are taken, by what ships or by another instrument of the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from decision_procedure.errors import hint
from decision_procedure.model.acts import Act
from decision_procedure.model.declarations import Declarations, Declared, DeclaredField
from decision_procedure.model.keys import names_of
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.traits import Traits
from decision_procedure.model.vocabulary import ALL_KINDS, also, domain_of

Wrong = tuple[tuple[str | int, ...], str, str]
"""A path in the file of the instrument, and what is wrong there in Chinese and English."""

_RESERVED = frozenset(dir(Act)) | Act.model_fields.keys() | {"for", "it", "act"}


def declaration_faults(own: Declarations, above: Iterable[Declarations]) -> Iterator[Wrong]:
    """Yield what is wrong with what an instrument declares, beside what those declare that apply wherever it does."""
    others = [part for part in above if part.pack != own.pack]
    yield from _of_kinds(own, others)
    for kind, fields in own.fields.items():
        path = ("fields", kind)
        if kind not in SHIPPED.acts:
            told = hint(kind, SHIPPED.acts)
            yield path, f"没有这种行为：{kind}{told}", f"no such kind of act: {kind}{told}"
            continue
        theirs = [part.fields.get(kind, {}) for part in others]
        yield from _of_fields(fields, path, SHIPPED.acts[kind], theirs)
        for part in others:
            yield from _twice(fields, part.fields.get(kind, {}), path, part.pack)
    for section, known in (("documents", SHIPPED.documents), ("traits", Traits.model_fields)):
        for name in getattr(own, section):
            if name in known:
                yield (section, name), f"已有此名称：{name}", f"there is one of that name: {name}"
        for part in others:
            yield from _twice(getattr(own, section), getattr(part, section), (section,), part.pack)
    yield from _called_anew(own.documents, "documents", _documents(others))
    yield from _called_anew(own.traits, "traits", taken(Traits) | _names(part.traits for part in others))
    yield from _of_words(own, others)


def taken(part: type[BaseModel]) -> dict[str, str]:
    """Return the keys of a part of a record by every name that they may go by in a file, their own among them."""
    return {**names_of(part), **{(field.alias or name): name for name, field in part.model_fields.items()}}


def _names(declared: Iterable[Mapping[str, Declared]]) -> dict[str, str]:
    """Return what is declared by its own names and what it is called."""
    return {word: name for part in declared for name, one in part.items() for word in (name, one.zh)}


def _documents(others: Iterable[Declarations]) -> dict[str, str]:
    shipped = {word: name for name, (zh, _) in SHIPPED.documents.items() for word in (name, zh)}
    return shipped | _names(part.documents for part in others)


def _called_anew(own: Mapping[str, Declared], section: str, known: Mapping[str, str]) -> Iterator[Wrong]:
    """Yield what is called as something else is: the word of a record would be taken for this one."""
    called = {**known, **{name: name for name in own}}
    for name, declared in own.items():
        meant = called.setdefault(also(declared.zh, SHIPPED.documents), name)
        if meant != name:
            yield _is_already((section, name), declared.zh, meant)


def _is_already(path: tuple[str, ...], zh: str, meant: str) -> Wrong:
    return (*path, "zh"), f"“{zh}”已是 {meant}", f"{zh} is {meant} already"


def _of_kinds(own: Declarations, others: list[Declarations]) -> Iterator[Wrong]:
    called = dict.fromkeys((*SHIPPED.by_label, *SHIPPED.acts, *ALL_KINDS, *ALL_KINDS.values()), "") | {
        kind.zh: part.pack for part in others for kind in part.kinds.values()
    }
    for name, kind in own.kinds.items():
        path = ("kinds", name)
        if kind.zh in called:
            yield (*path, "zh"), f"已有行为叫“{kind.zh}”", f"another kind of act is called so: {kind.zh}"
        called[kind.zh] = own.pack
        yield from _of_fields(kind.fields, (*path, "fields"), Act)
        dates = {
            "date",
            *(key for key, field in kind.fields.items() if field.type == "date" and not field.list),
        }
        for section in ("anchor", "begin", "done"):
            found = getattr(kind, section)
            if not found:
                yield (*path, section), "至少写一个日期", "name at least one date"
            for key in found:
                if key not in dates:
                    yield (*path, section), f"没有此日期：{key}", f"no such date: {key}"
        for key in (key for pair in kind.spans for key in pair):
            if key not in dates:
                yield (*path, "spans"), f"没有此日期：{key}", f"no such date: {key}"


def _of_fields(
    fields: Mapping[str, DeclaredField],
    path: tuple[str, ...],
    model: type[Act],
    others: Iterable[Mapping[str, DeclaredField]] = (),
) -> Iterator[Wrong]:
    called = taken(model) | {name: name for name in fields}
    for theirs in others:
        called |= {
            word: name
            for name, field in theirs.items()
            if name not in fields
            for word in (name, field.zh, *field.also)
        }
    for name, field in fields.items():
        if name in _RESERVED or name in model.model_fields or name.startswith("model_"):
            yield (*path, name), f"此名称已被使用：{name}", f"this name is taken: {name}"
        for zh in (field.zh, *field.also):
            if called.setdefault(zh, name) != name:
                yield _is_already((*path, name), zh, called[zh])
        if field.list and isinstance(field.type, str) and field.type not in ("unit", "person", "document"):
            yield (
                (*path, name, "list"),
                "只有单位、人员、文件和选择项可成列表",
                "only units, people, documents and words make a list",
            )


def _twice(
    own: Mapping[str, Declared], other: Mapping[str, Declared], path: tuple[str, ...], pack: str
) -> Iterator[Wrong]:
    """Yield each name that another instrument declares as something else."""
    for name, declared in own.items():
        if name in other and other[name] != declared:
            yield (*path, name), f"{pack} 已另作定义：{name}", f"{pack} declares it otherwise: {name}"


def _of_words(own: Declarations, others: list[Declarations]) -> Iterator[Wrong]:
    """Yield each choice whose words are those of another, called otherwise: a word is looked up by its companions."""
    known = [field.type for part in others for _, field in part.every_field()]
    for path, field in own.every_field():
        if isinstance(field.type, dict):
            same = (one for one in known if isinstance(one, dict) and one.keys() == field.type.keys())
            if domain_of(tuple(field.type)) or any(one != field.type for one in same):
                yield (*path, "type"), "另有一组相同的词", "the same words are those of another field"
            known.append(field.type)
