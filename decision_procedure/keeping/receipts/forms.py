"""The receipt of a report, and the dossier that holds the texts its fingerprints stand for.

A receipt holds fingerprints only. In form 2 those of record, report and of a county's own law are taken behind a
nonce, so that nobody who lacks it can try names on them: the receipt may be shown and entered in a ledger. A
dossier holds the nonce, the record, the law and the report, and can be replayed. Form 1, without a nonce, is read
and verified as it was; nothing writes it any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from decision_procedure.clock import HolidayNotice, is_of_notice
from decision_procedure.errors import Fault, UnusableArgument, UnusableInput
from decision_procedure.keeping.receipts.canonical import canonical_json
from decision_procedure.keeping.receipts.checks import Check, State
from decision_procedure.keeping.receipts.digests import Digest, Hex64, digest_of_text
from decision_procedure.keeping.receipts.signing import Signature, Verifier, signature_holds
from decision_procedure.model.dates import PartialDate, calendar_day
from decision_procedure.model.messages import message
from decision_procedure.sources import read_json
from decision_procedure.wording import both

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
FileName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$")
]
Form = TypeVar("Form")
Short = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ReceiptKind = Literal["decision-procedure/receipt/2", "decision-procedure/receipt/1"]
DossierKind = Literal["decision-procedure/dossier/2", "decision-procedure/dossier/1"]
_CLOSED = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, slots=True)
class NoticeUsed:
    """A notice of holidays by which working days were counted, beside those that the library knows: all of it.

    `source` is where it was published, `holidays` and `make_up_days` its days off and its weekend days worked.
    """

    __pydantic_config__ = _CLOSED

    year: Annotated[int, Field(ge=2004, le=2200)]
    source: Short
    holidays: tuple[Day, ...]
    make_up_days: tuple[Day, ...] = ()

    def __post_init__(self) -> None:
        if not all(map(calendar_day, (*self.holidays, *self.make_up_days))):
            raise ValueError("放假通知中没有这一天 no such day in a notice of holidays")
        notice = self.published
        off, worked = notice.holidays, notice.make_up_days
        if not off or off & worked or any(day.weekday() < 5 for day in worked):
            raise ValueError(
                "放假通知没有放假日，或者补班日不是周末 a notice of holidays with no day off, or with a day worked that is none"
            )
        if not all(is_of_notice(self.year, day) for day in off | worked):
            raise ValueError("放假通知中有其他年度的日期 a day of another year in a notice of holidays")

    @classmethod
    def of(cls, notice: HolidayNotice) -> NoticeUsed:
        """Return a notice as a receipt names it."""
        off, worked = (
            tuple(day.isoformat() for day in sorted(days)) for days in (notice.holidays, notice.make_up_days)
        )
        return cls(notice.year, notice.source, off, worked)

    @property
    def published(self) -> HolidayNotice:
        """The notice to count by."""
        off, worked = (
            frozenset(map(date.fromisoformat, days)) for days in (self.holidays, self.make_up_days)
        )
        return HolidayNotice(self.year, off, worked, self.source)


@dataclass(frozen=True)
class Receipt:
    """What a report was made of: fingerprints of the record, of each file of law, of the calendar, of the report.

    `as_of` and `assume_complete` are the arguments of the check. `rules` maps `place/name.yaml` to the
    fingerprint of its text; `own` names those of them that do not travel with the library. `engines` maps each
    deciding part to its version. `notices` are the notices of holidays given beside what the library knows. `contents` is the fingerprint of the list of all files of a bag; None: it is not
    the receipt of a bag. In form 2 the fingerprints of record, report, contents and `own` are behind the nonce.
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
    own: tuple[FileName, ...] = ()
    notices: tuple[NoticeUsed, ...] = ()
    contents: Digest | None = None
    kind: ReceiptKind = "decision-procedure/receipt/2"

    def __post_init__(self) -> None:
        if self.form == 1 and (self.own or self.contents or self.notices):
            raise ValueError(
                "第 1 版回执没有 own、notices、contents a receipt of form 1 has neither own nor notices nor contents"
            )

    def __hash__(self) -> int:
        return hash((self.record, self.report, self.as_of))

    @property
    def form(self) -> int:
        """The version of its form, 1 or 2."""
        return int(self.kind[-1])

    @property
    def day(self) -> date:
        """The day `as_of`. Raises UnusableArgument when there is no such day, or none that a record can state."""
        day = calendar_day(self.as_of)
        if day is None:
            raise UnusableArgument(f"回执的日期不存在 no such date in the receipt: {self.as_of}")
        PartialDate.on(day)  # refuses a day that no record can state
        return day

    def bound(self, name: str) -> Digest | None:
        """Return the fingerprint of a text: `record`, `report`, `contents`, `rules/cn/cn-713.yaml`; None: it has none."""
        fixed = {"record": self.record, "report": self.report, "contents": self.contents}
        return fixed[name] if name in fixed else self.rules.get(name.removeprefix("rules/"))

    def is_behind_nonce(self, name: str) -> bool:
        """Say whether the fingerprint of a text is taken behind the nonce."""
        kind, _, file = name.partition("/")
        return self.form > 1 and (kind != "rules" or file in self.own)

    def to_bytes(self) -> bytes:
        """Return the receipt as canonical JSON: the bytes that are signed and entered in a ledger."""
        return canonical_json(_plain(self, Receipt))

    @classmethod
    def from_json(cls, text: str, name: str = "<receipt>") -> Receipt:
        """Return the receipt written in a JSON text. Raises UnusableInput with every fault."""
        return read_form(text, name, _receipt_form())


@dataclass(frozen=True)
class Dossier:
    """A receipt with the texts it speaks of: record and report as canonical JSON, the law as it was written.

    A text is None, or missing from `rules`, where it was left out; such a dossier cannot be replayed in full.
    `nonce` is what the fingerprints of form 2 are behind; None: form 1, or left out.
    """

    __pydantic_config__ = _CLOSED

    receipt: Receipt
    record: str | None = None
    report: str | None = None
    rules: Mapping[FileName, str] = field(default_factory=dict)
    signature: Signature | None = None
    nonce: Hex64 | None = None
    kind: DossierKind = "decision-procedure/dossier/2"

    def __post_init__(self) -> None:
        if self.kind[-1] != str(self.receipt.form) or (self.receipt.form == 1 and self.nonce is not None):
            raise ValueError("卷宗与其中的回执版本不同 the dossier is of another form than its receipt")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dossier) and _plain(self, Dossier) == _plain(other, Dossier)

    def __hash__(self) -> int:
        return hash(self.receipt)

    def digest(self, name: str, text: str) -> Digest | None:
        """Return the fingerprint of a text in the way of the receipt; None: it takes the nonce, which is left out."""
        if not self.receipt.is_behind_nonce(name):
            return digest_of_text(text)
        return None if self.nonce is None else Digest.behind(self.nonce, text)

    def fits(self, name: str, text: str) -> bool | None:
        """Say whether a text is the one of the receipt. None: nobody can tell without the nonce."""
        found = self.digest(name, text)
        return None if found is None else found == self.receipt.bound(name)

    def altered(self) -> Iterator[str]:
        """Yield the name of each text that its fingerprint does not fit: `record`, `rules/cn/cn-713.yaml`, `report`."""
        return (name for name, text in self._texts() if self.fits(name, text) is False)

    def unfit(self, file: str = "<dossier>") -> list[Fault]:
        """Return a fault for the record and the report each, where it is left out or not surely the one of the receipt."""
        texts = {"record": self.record, "report": self.report}
        return [
            Fault(file, None, name, *both("fault.dossier_unfit"))
            for name, text in texts.items()
            if text is None or self.fits(name, text) is not True
        ]

    def checks(self, verifier: Verifier | None = None) -> tuple[Check, ...]:
        """Return what was verified, and what not.

        `verifier` None: the signature is not verified; given, one that is not there fails.
        """
        kept = dict(self._texts())
        law = [f"rules/{name}" for name in sorted({*self.receipt.rules, *self.rules})]
        return (
            Check("record", self._state(kept, ["record"])),
            Check("report", self._state(kept, ["report"])),
            Check("law", self._state(kept, law)),
            *self._beside(),
            Check("signature", self._signed(verifier)),
            Check("ledger", "unchecked"),
        )

    def to_json(self) -> str:
        """Return the dossier as canonical JSON with a line end."""
        return canonical_json(_plain(self, Dossier)).decode("utf-8") + "\n"

    @classmethod
    def from_json(cls, text: str, name: str = "<dossier>") -> Dossier:
        """Return the dossier written in a JSON text, altered or not. Raises UnusableInput for another form."""
        return read_form(text, name, _dossier_form())

    def _beside(self) -> tuple[Check, ...]:
        return () if self.receipt.contents is None else (Check("contents", "unchecked"),)

    def _texts(self) -> Iterator[tuple[str, str]]:
        if self.record is not None:
            yield "record", self.record
        for name, text in sorted(self.rules.items()):
            yield f"rules/{name}", text
        if self.report is not None:
            yield "report", self.report

    def _state(self, kept: Mapping[str, str], names: list[str]) -> State:
        fit = {self.fits(name, kept[name]) for name in names if name in kept}
        if False in fit:
            return "failed"
        return (
            "absent"
            if not names or any(name not in kept for name in names)
            else "unchecked"
            if None in fit
            else "verified"
        )

    def _signed(self, verifier: Verifier | None) -> State:
        if verifier is None:
            return "absent" if self.signature is None else "unchecked"
        data, signature = self.receipt.to_bytes(), self.signature
        return (
            "verified" if signature is not None and signature_holds(signature, data, verifier) else "failed"
        )


def receipt_schema() -> dict[str, Any]:
    """Return the JSON Schema of a receipt of form 2."""
    return _of_form_2(_receipt_form().json_schema())


def dossier_schema() -> dict[str, Any]:
    """Return the JSON Schema of a dossier of form 2."""
    schema = _of_form_2(_dossier_form().json_schema())
    schema["$defs"]["Receipt"] = _of_form_2(schema["$defs"]["Receipt"])
    return schema


def _of_form_2(schema: dict[str, Any]) -> dict[str, Any]:
    kind = schema["properties"]["kind"]
    schema["properties"]["kind"] = {"const": kind["default"], "title": kind["title"], "type": "string"}
    return schema


def read_form(text: str, name: str, form: TypeAdapter[Form]) -> Form:
    """Return what a JSON text holds, in a given form. Raises UnusableInput with every fault."""
    source = read_json(text, name)
    try:
        return form.validate_json(source.text)
    except ValidationError as error:
        faults = [source.fault(item["loc"], *message(item, ())) for item in error.errors(include_url=False)]
    raise UnusableInput(faults)


@lru_cache(maxsize=1)
def _receipt_form() -> TypeAdapter[Receipt]:
    return TypeAdapter(Receipt)


@lru_cache(maxsize=1)
def _dossier_form() -> TypeAdapter[Dossier]:
    return TypeAdapter(Dossier)


def _plain(form: Receipt | Dossier, kind: type[Receipt] | type[Dossier]) -> dict[str, Any]:
    data = asdict(form)
    if isinstance(form, Dossier):
        data["receipt"] = _plain(form.receipt, Receipt)
    return {item.name: data[item.name] for item in fields(kind) if data[item.name] not in (None, ())}
