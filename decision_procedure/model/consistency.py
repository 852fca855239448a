"""What a record must agree on with itself before it can be checked: identifiers, references, spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from decision_procedure.model.base import Part
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import (
    Decision,
    Document,
    Draft,
    Person,
    Unit,
)
from decision_procedure.model.disputes import Disputed
from decision_procedure.model.kinds import Kinds, kinds_of
from decision_procedure.model.parts import Group
from decision_procedure.model.references import ANY, references_of
from decision_procedure.sources import Path

_Known = Mapping[str, set[str | None]]


class Disagreement(NamedTuple):
    """Something in a record that contradicts the rest of it, at a path such as `("acts", 3, "end")`."""

    path: Path
    zh: str
    en: str


def disagreements(decision: Decision, groups: Iterable[Group]) -> tuple[Disagreement, ...]:
    """Return everything in the record that contradicts the rest of it; empty when it is usable.

    `groups` are its parts (`parts_of`).
    """
    too_many = tuple(_too_many(decision))
    if too_many:
        return too_many
    ids = {name: [item.id for item in getattr(decision, name)] for name in _LISTS}
    known = _known({name: set(found) for name, found in ids.items()})
    return (
        *_repeated(ids, known),
        *_dangling_and_backward(groups, known),
        *_circular(decision.units),
        *_unknown_kinds(decision),
        *_judged(decision, known["acts"]),
        *_denied(decision),
    )


# Every act is looked at beside every other: these bound the time that the longest record can take.
_LIMITS = {
    "acts": 500,
    "units": 2_000,
    "people": 2_000,
    "documents": 5_000,
    "drafts": 500,
    "cited_law": 100,
    "waivers": 500,
    "judgements": 500,
}


def _known(ids: Mapping[str, set[str | None]]) -> _Known:
    """Return the identifiers of each list of the record, and those of all together."""
    return {**ids, ANY: set().union(*ids.values())}


def _too_many(decision: Decision) -> Iterator[Disagreement]:
    for name, limit in _LIMITS.items():
        number = len(getattr(decision, name))
        if number > limit:
            yield Disagreement(
                (name,), f"共 {number} 项，上限 {limit} 项", f"{number} of them, the limit is {limit}"
            )


def _repeated(ids: Mapping[str, list[str | None]], known: _Known) -> Iterator[Disagreement]:
    for name, found in ids.items():
        if len(known[name]) == len(found):
            continue
        counts = Counter(found)
        for index, value in enumerate(found):
            if counts[value] > 1:
                yield Disagreement(
                    (name, index, "id"), f"编号重复：{value}", f"identifier used twice: {value}"
                )


def _dangling_and_backward(groups: Iterable[Group], known: _Known) -> Iterator[Disagreement]:
    for path, keys, parts in groups:
        if type(parts[0]) in _PLAIN:
            continue
        for number, part in enumerate(parts):
            kind, values = type(part), part.__dict__
            for field, target in references_of(kind):
                value = values[field]
                if not value or value in (names := known[target]):
                    continue
                if isinstance(value, str) or not names.issuperset(value):
                    yield from _dangles(_place(path, keys[number], field), target, value, names)
            for earlier, later in kind.spans:
                start, end = values[earlier], values[later]
                if start is not None and end is not None and start.first > end.last:
                    yield _ends_early(_place(path, keys[number], later), start, end)


def _place(path: Path, key: str | int | None, field: str) -> Path:
    return (*path, field) if key is None else (*path, key, field.removesuffix("_"))


def _dangles(
    path: Path, target: str, value: str | tuple[str, ...], names: set[str | None]
) -> Iterator[Disagreement]:
    if isinstance(value, tuple):
        for index, name in enumerate(value):
            if name not in names:
                yield from _dangles((*path, index), target, name, names)
        return
    zh, en = _NOUNS[target]
    yield Disagreement(path, f"引用的{zh}不存在：{value}", f"no {en} has the identifier {value}")


_LISTS = ("units", "people", "documents", "drafts", "acts")
_NOUNS = {
    ANY: ("对象", "part of the record"),
    "units": ("单位", "unit"),
    "people": ("人员", "person"),
    "documents": ("文件", "document"),
    "drafts": ("草案", "draft"),
    "acts": ("行为", "act"),
}


# Parts of lists that name nothing and span no time.
_PLAIN = (Person, Document, Draft)


def _ends_early(path: Path, start: PartialDate, end: PartialDate) -> Disagreement:
    return Disagreement(path, f"结束早于开始：{start} 至 {end}", f"ends before it starts: {start} to {end}")


def _judged(decision: Decision, acts: set[str | None]) -> Iterator[Disagreement]:
    """Yield each judgement of an act that is neither recorded nor implied by a recorded one (`meeting~submission`)."""
    for index, judgement in enumerate(decision.judgements):
        act = judgement.act
        if act is not None and act not in acts and not any(act.startswith(f"{name}~") for name in acts):
            yield from _dangles(("judgements", index, "act"), "acts", act, acts)


def _circular(units: Sequence[Unit]) -> Iterator[Disagreement]:
    """Yield each unit that stands above itself."""
    parents = {unit.id: unit.parent for unit in units if unit.parent is not None}
    for index, unit in enumerate(units):
        above, seen = parents.get(unit.id), {unit.id}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == unit.id:
            yield Disagreement(("units", index, "parent"), "上级单位成环", "its parents lead back to itself")


def _unknown_kinds(decision: Decision) -> Iterator[Disagreement]:
    known = kinds_of(type(decision)).acts
    for index, kind in enumerate(() if decision.complete is None else decision.complete.kinds):
        if kind != "all" and kind not in known:
            yield Disagreement(
                ("complete", "kinds", index), f"没有这种行为：{kind}", f"no such kind of act: {kind}"
            )


def _denied(decision: Decision) -> Iterator[Disagreement]:
    """Yield the fields that an act both gives and denies, and the denied dates without which it did not happen."""
    kinds = kinds_of(type(decision))
    for number, act in enumerate(decision.acts):
        for index, name in enumerate(act.denied or ()):
            if getattr(act, name) not in (None, ()) or act.sayings_of(name) is not None:
                yield Disagreement(
                    ("acts", number, "denied", index),
                    f"{kinds.key_name(name, part=type(act))}既已填写，又列为未办理",
                    f"{kinds.key_name(name, 'en', type(act))} is both stated and denied",
                )
        if act.denied and act.held is not False and (act.denies("anchor") or act.denies("begun")):
            yield Disagreement(
                ("acts", number, "denied"),
                "行为既已进行，其日期不能列为未办理；没有进行的，写“已进行：否”",
                "an act that took place has a date: it cannot be denied; if it did not, write `held: false`",
            )


# Each field that documents say differently multiplies the records that a check has to look at.
_MOST_DISPUTES = 50


def wrong_disputes(decision: Decision, groups: Iterable[Group]) -> Iterator[Disagreement]:
    """Yield what is wrong with the fields that documents say differently; `groups` are the record's parts."""
    disputes = [
        (_place(path, keys[number], "says"), part)
        for path, keys, parts in groups
        for number, part in enumerate(parts)
        if part.__dict__.get("says") is not None
    ]
    number = sum(len(part.__dict__["says"]) for _, part in disputes)
    if number > _MOST_DISPUTES:
        yield Disagreement(
            disputes[0][0],
            f"共 {number} 项有不同记载，上限 {_MOST_DISPUTES} 项",
            f"{number} fields are said differently, the limit is {_MOST_DISPUTES}",
        )
        return
    if not disputes:
        return
    known = _known({name: {item.id for item in getattr(decision, name)} for name in _LISTS})
    for place, part in disputes:
        for item in part.__dict__["says"]:
            yield from _wrong_sayings((*place, item.field), part, item, known, kinds_of(type(decision)))


def _wrong_sayings(
    place: Path, part: Part, item: Disputed, known: _Known, kinds: Kinds
) -> Iterator[Disagreement]:
    if item.field != "held" and part.__dict__[item.field] not in (None, ()):
        yield Disagreement(
            place,
            f"{kinds.key_name(item.field, part=type(part))}既有一个值，又有不同记载",
            f"{kinds.key_name(item.field, 'en', type(part))} has both one value and different sayings",
        )
    targets = dict(references_of(type(part)))
    for number, saying in enumerate(item.sayings):
        at = (*place, number)
        if saying.document not in known["documents"]:
            yield from _dangles((*at, "document"), "documents", saying.document, known["documents"])
        if item.field in targets:
            target = targets[item.field]
            yield from _dangles((*at, "value"), target, saying.value, known[target])
        elif isinstance(saying.value, tuple):
            members = tuple(member for member in saying.value if isinstance(member, Part))
            if members:
                group = ((*at, "value"), range(len(members)), members)
                yield from _dangling_and_backward((group,), known)
