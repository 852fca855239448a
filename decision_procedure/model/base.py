"""What every part of a record shares: frozen, closed, and unknown until stated."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from decision_procedure.model.dates import PartialDate

Identifier = Annotated[str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f]{1,100}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Flag = StrictBool | None
Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)] | None
Moment = PartialDate | None
Identifiers = tuple[Identifier, ...]


class Part(BaseModel):
    """A frozen piece of a record that refuses keys it does not know. None always means: unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


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
]
