"""The receipt of a report, and the dossier that holds the texts its fingerprints stand for.

A receipt holds fingerprints only, no personal data: it may be kept, shown and entered in a ledger after the
record itself had to be deleted. A dossier holds the record, the law and the report as well, and can be replayed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from decision_procedure.errors import Fault, UnusableArgument, UnusableInput
from decision_procedure.model.dates import PartialDate, calendar_day
from decision_procedure.receipts.canonical import canonical_json
from decision_procedure.receipts.digests import Digest, digest_of_text
from decision_procedure.receipts.signing import Signature
from decision_procedure.sources import path_text, read_json

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
FileName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$")
]
Form = TypeVar("Form")
Short = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_CLOSED = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True)
class Receipt:
    """What a report was made of: fingerprints of the record, of each file of law, of the calendar, of the report.

    `as_of` and `assume_complete` are the arguments of the check. `rules` maps `place/name.yaml` to the
    fingerprint of its text. `engines` maps each deciding part to its version.
    """

    __pydantic_config__ = _CLOSED

    as_of: Day
    assume_complete: bool
    record: Digest
    rules: Mapping[FileName, Digest]
    calendar_version: Short
    calendar: Digest
    engines: Mapping[Short, Short]
    report: Digest
    kind: Literal["decision-procedure/receipt/1"] = "decision-procedure/receipt/1"

    def __hash__(self) -> int:
        return hash((self.record, self.report, self.as_of))

    @property
    def day(self) -> date:
        """The day `as_of`. Raises UnusableArgument when there is no such day, or none that a record can state."""
        day = calendar_day(self.as_of)
        if day is None:
            raise UnusableArgument(f"回执的日期不存在 no such date in the receipt: {self.as_of}")
        PartialDate.on(day)  # refuses a day that no record can state
        return day

    def to_bytes(self) -> bytes:
        """Return the receipt as canonical JSON: the bytes that are signed and entered in a ledger."""
        return canonical_json(_plain(self))

    @classmethod
    def from_json(cls, text: str, name: str = "<receipt>") -> Receipt:
        """Return the receipt written in a JSON text. Raises UnusableInput with every fault."""
        return read_form(text, name, _receipt_form())


@dataclass(frozen=True)
class Dossier:
    """A receipt with the texts it speaks of: record and report as canonical JSON, the law as it was written.

    A text is None, or missing from `rules`, where it was left out; such a dossier cannot be replayed in full.
    """

    __pydantic_config__ = _CLOSED

    receipt: Receipt
    record: str | None = None
    report: str | None = None
    rules: Mapping[FileName, str] = field(default_factory=dict)
    signature: Signature | None = None
    kind: Literal["decision-procedure/dossier/1"] = "decision-procedure/dossier/1"

    def __hash__(self) -> int:
        return hash(self.receipt)

    def altered(self) -> Iterator[str]:
        """Yield the name of each text that its fingerprint does not fit: `record`, `rules/cn/cn-713.yaml`, `report`."""
        for name, text, digest in self._texts():
            if digest is None or digest_of_text(text) != digest:
                yield name

    def to_json(self) -> str:
        """Return the dossier as canonical JSON with a line end."""
        return canonical_json(_plain(self)).decode("utf-8") + "\n"

    @classmethod
    def from_json(cls, text: str, name: str = "<dossier>") -> Dossier:
        """Return the dossier written in a JSON text, altered or not. Raises UnusableInput for another form."""
        return read_form(text, name, _dossier_form())

    def _texts(self) -> Iterator[tuple[str, str, Digest | None]]:
        if self.record is not None:
            yield "record", self.record, self.receipt.record
        for name, text in sorted(self.rules.items()):
            yield f"rules/{name}", text, self.receipt.rules.get(name)
        if self.report is not None:
            yield "report", self.report, self.receipt.report


def receipt_schema() -> dict[str, Any]:
    """Return the JSON Schema of a receipt."""
    return _receipt_form().json_schema()


def dossier_schema() -> dict[str, Any]:
    """Return the JSON Schema of a dossier."""
    return _dossier_form().json_schema()


def read_form(text: str, name: str, form: TypeAdapter[Form]) -> Form:
    """Return what a JSON text holds, in a given form. Raises UnusableInput with every fault."""
    source = read_json(text, name)
    try:
        return form.validate_json(source.text)
    except ValidationError as error:
        faults = [
            Fault(
                name, source.line(item["loc"]), path_text(item["loc"]), f"格式不符:{_said(item)}", _said(item)
            )
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
    raise UnusableInput(faults)


def _said(error: Any) -> str:
    return str(error["msg"]).removeprefix("Value error, ")


@lru_cache(maxsize=1)
def _receipt_form() -> TypeAdapter[Receipt]:
    return TypeAdapter(Receipt)


@lru_cache(maxsize=1)
def _dossier_form() -> TypeAdapter[Dossier]:
    return TypeAdapter(Dossier)


def _plain(form: Receipt | Dossier) -> dict[str, Any]:
    return {name: value for name, value in asdict(form).items() if value is not None}
