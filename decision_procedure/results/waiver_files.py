"""Files of waivers (豁免): what one says, and where it says it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, PrivateAttr, StringConstraints

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.base import Identifier, Key, Part, Text
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Waiver as RecordedWaiver
from decision_procedure.model.translating import Translation, read_validated
from decision_procedure.results.fingerprints import VERSION, version_of

SCHEMA_VERSION = 1


def _whole_day(value: PartialDate) -> PartialDate:
    if len(value.text) != len("2024-01-31"):
        raise ValueError("应为完整的日期 a whole day is wanted")
    return value


Day = Annotated[PartialDate, AfterValidator(_whole_day)]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class Written(NamedTuple):
    """Where something is written: a file and its line, counted from 1; None: not known."""

    file: str | None = None
    line: int | None = None


class Waiver(Part):
    """One waiver of a waiver file.

    It names the `finding` by fingerprint, or `record`, `duty` and `act` (an explicit null: the decision as a
    whole); both together are best. `expires` is the last day on which it has effect. `document` names the
    document that grants it. Where it is written makes no difference between two.
    """

    id: Annotated[Identifier | None, Key("编号")] = None
    finding: Annotated[Fingerprint | None, Key("问题指纹")] = None
    record: Annotated[Text | None, Key("案卷")] = None
    duty: Annotated[Text | None, Key("义务")] = None
    act: Annotated[Identifier | None, Key("行为")] = None
    approver: Annotated[Text, Key("批准人")]
    basis: Annotated[Text, Key("理由")]
    date: Annotated[Day, Key("日期")]
    expires: Annotated[Day, Key("有效期至")]
    document: Annotated[Text, Key("依据文件")]

    _written: Written = PrivateAttr(default=Written())

    @property
    def written(self) -> Written:
        """Where it is written; of one that was made in a program, nothing is known."""
        return self._written

    @property
    def names_all(self) -> bool:
        """Whether it names record, duty and act."""
        return bool(self.record and self.duty and "act" in self.model_fields_set)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Waiver) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self.model_dump_json())

    def _content(self) -> tuple[object, bool]:
        return self.model_dump_json(), "act" in self.model_fields_set


class WaiverFile(Part):
    """A waiver file. `fingerprints` is the version of those in it; a file that does not say may hold any."""

    schema_: Annotated[Literal[1], Key("格式版本")] = Field(alias="schema")
    fingerprints: Annotated[Literal[1, 2] | None, Key("指纹版本")] = None
    waivers: Annotated[tuple[Waiver, ...], Key("豁免")] = ()


def load_waivers(path: str | Path) -> tuple[Waiver, ...]:
    """Return the waivers of a YAML or JSON file. Raises UnusableInput with every fault in it."""
    found, written = read_validated(Path(path), WaiverFile)
    faults = [written.fault(("waivers", index), zh, en) for index, (zh, en) in _unsound(found.waivers)]
    names = [(("waivers", index, "finding"), item.finding) for index, item in enumerate(found.waivers)]
    faults += mistyped(found.fingerprints, names, written)
    if faults:
        raise UnusableInput(faults)
    for index, waiver in enumerate(found.waivers):
        waiver._written = Written(
            str(path), written.line(("waivers", index))
        )  # set once, before anyone sees it
    return found.waivers


def mistyped(
    stated: int | None, names: Iterable[tuple[tuple[str | int, ...], str | None]], written: Translation
) -> Iterator[Fault]:
    """Yield a fault for each fingerprint, named with its path, that cannot be of the version a file states."""
    for path, name in names:
        if stated == VERSION and name is not None and version_of(name) != VERSION:
            zh = f"不是第 {VERSION} 版的问题指纹：抄写有误，或者由第 1 版生成"
            en = f"no fingerprint of version {VERSION}: mistyped, or made by version 1"
            yield written.fault(path, zh, en)


def waiver_name(waiver: Waiver | RecordedWaiver) -> str:
    """Return the `id` of a waiver, otherwise a name made from its content."""
    given = getattr(waiver, "id", None)
    return given or "w-" + hashlib.sha256(waiver.model_dump_json().encode()).hexdigest()[:10]


def _unsound(waivers: tuple[Waiver, ...]) -> Iterator[tuple[int, tuple[str, str]]]:
    names = [waiver_name(waiver) for waiver in waivers]
    for index, waiver in enumerate(waivers):
        if names[index] in names[:index]:
            yield index, ("豁免重复", "the same waiver twice")
        if waiver.expires.last < waiver.date.first:
            yield index, ("有效期早于批准日期", "it expires before it is granted")
