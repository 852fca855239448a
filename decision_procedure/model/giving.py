"""A record given as Python values: a mapping in either language, or parts of the model, read as a file is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from pydantic import BaseModel

from decision_procedure.errors import UnusableArgument
from decision_procedure.model.acts import Act
from decision_procedure.model.base import Part
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.reading import Models, record, shipped
from decision_procedure.model.translating import validated
from decision_procedure.sources import Source
from decision_procedure.sources.faults import MAX_DEPTH

CALLED = "<record>"


def given(data: Mapping[str, Any], models: Models = shipped) -> Decision:
    """Return the record of a mapping, with keys and words in Chinese or English.

    Dates may be texts or dates of Python, lists any sequence, parts also objects of the model. Raises UnusableInput with
    every fault, as a file does, and UnusableArgument for what is no mapping or holds what no file could.
    """
    return record(Source(CALLED, plain(data)), models)


def given_part(model: type[Part], data: Mapping[str, Any]) -> Any:
    """Return a part alone, such as an act or a person, of a mapping as `given` takes it.

    Raises UnusableInput with every fault, each with its key, and UnusableArgument as `given`.
    """
    return validated(Source(f"<{model.__name__}>", plain(data)), model)[0]


def plain(value: Any, depth: int = 0) -> Any:
    """Return a value as JSON data. Raises UnusableArgument for one that has no such form, or is nested too deep."""
    if depth > MAX_DEPTH:
        raise UnusableArgument(f"嵌套超过 {MAX_DEPTH} 层 nested deeper than {MAX_DEPTH} levels")
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return plain(value.value, depth)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")[:16]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, BaseModel):
        data = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return {"kind": value.kind, **data} if isinstance(value, Act) else data
    if isinstance(value, Mapping):
        return {_key(key): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    kind = type(value).__name__[:40]
    raise UnusableArgument(f"案卷中不能有此类值 a record cannot hold a value of this type: {kind}")


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str(key)
    kind = type(key).__name__[:40]
    raise UnusableArgument(f"键应为文字 a key must be a text, this is one of type: {kind}")


__all__ = ["given", "given_part", "plain"]
