"""A record in which every field of every declared part is filled, so that no new field can be forgotten.

It is built from the declarations: what a field refers to is learnt from the faults of a first reading.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import decision_procedure as dp
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision

Text = Callable[[str], str]
Place = tuple[str | int, ...]
_NOUNS = {"unit": "units", "person": "people", "document": "documents", "draft": "drafts", "act": "acts"}
_DANGLING = re.compile(r"no (unit|person|document|draft|act) has the identifier ")
_UNKNOWN = "unresolved"


def filled(text: Text = str, identifier: Text = str) -> dict[str, Any]:
    """Return the data of such a record.

    `text` gives what stands in a free text, from the name of its place; `identifier` the identifier from a plain
    one, in which no blank may stand.
    """
    found: dict[str, Any] = _changed(_skeleton(), text, identifier)
    return found


@lru_cache(maxsize=1)
def _skeleton() -> dict[str, Any]:
    r"""Return the record with `\0text:place` for free texts and `\0id:x` for identifiers."""
    data = _part(Decision, "")
    data["acts"] = [_part(kind, f"acts.{name}") for name, kind in ACT_CLASSES.items()]
    data["waivers"] = data["waivers"][:1]
    for _ in range(200):
        try:
            dp.parse_decision(json.dumps(_changed(data, str, str)))
        except dp.UnusableInput as error:
            for fault in reversed(error.faults):
                with suppress(LookupError):  # gone already, with what was around it
                    _mend(data, _place(fault.key), fault.en)
        else:
            return data
    raise AssertionError("the record cannot be filled")


def _mend(data: Any, place: Place, said: str) -> None:
    """Put the identifier that a place must name, or take away what does not fit there."""
    *above, last = place
    for part in above:
        data = data[part]
    if isinstance(data, list) and last == len(data):
        return
    found = _DANGLING.search(said)
    if found and data[last] == f"\0id:{_UNKNOWN}":
        named = "deliberation" if found[1] == "act" else _NOUNS[found[1]][:2]
        data[last] = f"\0id:{named}"
    else:
        del data[last]


def _place(key: str) -> Place:
    return tuple(int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", key))


def _part(model: type[BaseModel], place: str) -> dict[str, Any]:
    found = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        value = _value(field.annotation, field, f"{place}.{key}".lstrip("."), key)
        if value is not None:
            found[key] = value
    return found


def _value(annotation: Any, field: FieldInfo | None, place: str, key: str) -> Any:
    if key in ("schema", "kind") and field is not None and typing.get_origin(annotation) is typing.Literal:
        return typing.get_args(annotation)[0]
    if key == "id":
        return f"\0id:{_own(place)}"
    if key == "acts":
        return []
    if key == "procedure":
        return None  # the filled record is one of a major decision
    args = typing.get_args(annotation)
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        made = _said(args[1:])
        return _value(args[0], field, place, key) if made is None else made.replace("{place}", place)
    if origin in (typing.Union, types.UnionType):
        first = next(item for item in args if item is not type(None))
        return _value(first, field, place, key)
    if origin is typing.Literal:
        return args[0]
    if origin in (tuple, list):
        return [_value(args[0], None, f"{place}[]", "")]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _part(annotation, place)
    if annotation is bool:
        return True
    if annotation is int:
        return 2024 if key == "year" else 1
    if annotation is PartialDate:
        return "2024-05-10"
    if annotation is date:
        return "2024-05-10"
    if annotation is str and field is not None and field.metadata:
        made = _said(tuple(field.metadata))
        return f"\0text:{place}" if made is None else made.replace("{place}", place)
    if annotation is str:
        return f"\0text:{place}"
    return None


def _said(metadata: tuple[Any, ...]) -> str | None:
    """Return a value for a text of a certain form, where `{place}` stands for its place; None for anything else."""
    for item in metadata:
        pattern = getattr(item, "pattern", None)
        if pattern is None:
            if getattr(item, "max_length", None):
                return "\0text:{place}"
            continue
        if "64" in pattern:
            return "0" * 64
        if pattern.startswith(("^\\d", "^[0-9]")):
            return "441223"
        return f"\0id:{_UNKNOWN}"
    return None


def _own(place: str) -> str:
    """Return the identifier of a part: that of its list, or of the kind of act."""
    list_name, _, rest = place.partition(".")
    if list_name == "acts":
        return rest.partition(".")[0]
    return list_name.removesuffix("[]")[:2] if "[]" in place else "own"


def _changed(data: Any, text: Text, identifier: Text) -> Any:
    if isinstance(data, dict):
        return {key: _changed(value, text, identifier) for key, value in data.items()}
    if isinstance(data, list):
        return [_changed(value, text, identifier) for value in data]
    if isinstance(data, str) and data.startswith("\0text:"):
        return text(data.removeprefix("\0text:"))
    if isinstance(data, str) and data.startswith("\0id:"):
        return identifier(data.removeprefix("\0id:"))
    return data


def texts(data: Any) -> Iterator[str]:
    """Yield every text of some data, keys of mappings among them."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts(key)
            yield from texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts(value)
    elif isinstance(data, str):
        yield data
