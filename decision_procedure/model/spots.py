"""Which part of a record, and which of its fields, a place speaks of: the one reader of places against the model."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pydantic import BaseModel

from decision_procedure.model.acts import Act
from decision_procedure.model.decision import Decision
from decision_procedure.model.places import parse_place
from decision_procedure.model.sorts import models_in
from decision_procedure.sources import Path

_LISTED = re.compile(r"(\w+)\[(.+)\]\.(\w+)")


class Spot(NamedTuple):
    """A field of a record: its keys and numbers from the top, the part that declares it, its name there."""

    path: Path
    model: type[BaseModel]
    name: str

    @property
    def holder(self) -> Path:
        """The path of the part that the field stands in."""
        return self.path[:-1]

    @property
    def annotation(self) -> Any:
        """The type of the field."""
        return self.model.model_fields[self.name].annotation


def spot_at(record: Decision, place: str) -> Spot | None:
    """Return the field that a place such as `acts[a12].attendees[2].view` or `drafts[d2].date` speaks of; None: no field.

    Of a derived date it is the field that stands behind it: the first that the act states, else the first that it may.
    """
    index = {act.id or "": number for number, act in enumerate(record.acts)}
    parsed = parse_place(place, index)
    if parsed is None:
        return None
    if parsed.act is None:
        listed = _LISTED.fullmatch(parsed.field)
        steps: Path | None = _member(record, listed) if listed else tuple(parsed.field.split("."))
        return None if steps is None else _walked(type(record), steps)
    act = record.acts[index[parsed.act]]
    name = stated_field(act, parsed.field)
    inner: Path = () if parsed.number is None else (parsed.number,)
    inner += () if parsed.member is None else (parsed.member,)
    found = _walked(type(act), (name, *inner))
    return None if found is None else found._replace(path=("acts", index[parsed.act], *found.path))


def field_of(record: Decision, spot: Spot) -> Any:
    """Return what a record states in a field; None where it does not hold the part."""
    part: Any = record
    for step in (*spot.holder, spot.name):
        if part is None:
            return None
        part = part[step] if isinstance(step, int) else getattr(part, step)
    return part


def stated_field(act: Act | None, name: str) -> str:
    """Return the field behind a derived date: the first that the act states, else the first; any other name as it is."""
    derived = None if act is None else type(act).derived().get(name)
    if act is None or derived is None:
        return name
    fields = [field for field in derived.fields if "." not in field]
    return next((field for field in fields if getattr(act, field, None) is not None), fields[0])


def _member(record: Decision, listed: re.Match[str]) -> Path | None:
    """Return the steps to a field of a member of a list of the record, which is named by its identifier."""
    members = [getattr(member, "id", None) for member in getattr(record, listed[1], ())]
    return (listed[1], members.index(listed[2]), listed[3]) if listed[2] in members else None


def _walked(model: type[BaseModel], steps: Path) -> Spot | None:
    holder, found = model, Spot((), model, "")
    for step in steps:
        if isinstance(step, int):
            found = found._replace(path=(*found.path, step))
            continue
        info = holder.model_fields.get(step)
        if info is None:
            return None
        found = Spot((*found.path, info.alias or step), holder, step)
        holder = next(models_in(info.annotation), holder)
    return found if found.name else None


__all__ = ["Spot", "field_of", "spot_at", "stated_field"]
