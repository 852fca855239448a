"""The register of instruments that are known but whose text is not loaded: a report must name them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationError

from decision_procedure.errors import BadPack, FaultyInput
from decision_procedure.law.head import UNPROVEN, Head, InstrumentId, Place
from decision_procedure.law.linting import unseen_faults
from decision_procedure.law.said import Line, PackPart, Said
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.messages import keys_at, message
from decision_procedure.rules.ready import source_of
from decision_procedure.sources import read_yaml


class Entry(PackPart):
    """One known instrument. `status` says why it is not applied: its text was not seen, not loaded, or a draft.

    Dates None: not known; `number` as in the head of a pack. `aliases` are other titles and numbers under which records cite it. `succeeds` names
    the instruments loaded in whose place it was put. `later_versions`: it is known, or must be expected, to have
    later versions under numbers that are not listed.
    """

    id: str
    title: Said
    number: str | None = None
    place: Place
    status: Literal["unseen", "not_loaded", "draft"]
    in_force_from: PartialDate | None = None
    in_force_to: PartialDate | None = None
    mark: Literal["V", "V2", "R", "?", "draft"]
    aliases: tuple[Line, ...] = ()
    later_versions: bool = False
    succeeds: tuple[InstrumentId, ...] = ()
    note: Said | None = None

    @property
    def accuses(self) -> bool:
        """Whether what is known is firm enough to say that a citation is wrong (`semantics.md` section 3)."""
        return self.mark not in UNPROVEN and not self.later_versions


class RegisterFile(PackPart):
    """The whole register."""

    schema_: Literal[1] = Field(alias="schema")
    instruments: tuple[Entry, ...]


def load_register(text: str, file: str) -> tuple[Entry, ...]:
    """Return the register. Raises BadPack with every fault."""
    try:
        source = source_of(text, file) or read_yaml(text, file)
    except FaultyInput as error:
        raise BadPack(error.faults) from error
    if unseen := list(unseen_faults(source)):
        raise BadPack(unseen)
    try:
        return RegisterFile.model_validate(source.data).instruments
    except ValidationError as error:
        raise BadPack(
            source.fault(tuple(item["loc"]), *message(item, keys_at(RegisterFile, item["loc"][:-1])))
            for item in error.errors(include_url=False)
        ) from error


__all__ = ["Entry", "Head", "RegisterFile", "load_register"]
