"""What identifies an instrument, and where its text was read."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from decision_procedure.law.said import Article, Calling, Line, PackPart, Said
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import ProcedureName
from decision_procedure.model.divisions import short_code

LawKind = Literal["法律", "行政法规", "地方性法规", "规章", "文件"]
Level = Literal["national", "province", "city", "county"]
Mark = Literal["V", "V2", "R", "?", "draft"]
UNPROVEN: tuple[Mark, ...] = ("?", "R")
"""The marks of what was recalled or not verified."""
InstrumentId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9\-]{1,40}$")]


def _place(value: Any) -> Any:
    return short_code(value) if isinstance(value, str) else value


Place = Annotated[
    str, BeforeValidator(_place), StringConstraints(pattern=r"^(cn|[0-9]{2}|[0-9]{4}|[0-9]{6})$")
]


class TextSource(PackPart):
    """Where the text of an instrument was read: an address or `repository:path`, the day, the SHA-256 of the text.

    `articles` are those that were read there (None: all of them); `sha256` None: the text as it stood was not kept.
    `cited`: the text itself was not seen there, only what a report, an interpretation, a draft or another paper says of it.
    `fingerprints` are those of its articles by their number (`law.texts`), so that a newer text can be held against it.
    """

    url: Line
    read_on: PartialDate
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    articles: Article | None = None
    cited: bool = False
    fingerprints: dict[
        Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3}$")],
        Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")],
    ] = {}


class Head(PackPart):
    """What identifies an instrument and says where and when it is in force.

    `place` is a GB/T 2260 code, or `cn` for the whole country; zeros at its end and digits of full width do not
    matter. `in_force_from` None: not known, so that
    whether it was in force on a day is unknown; `in_force_by` is then a day by which it is known to have been,
    with `in_force_from`, where given, the earliest it can have been. `in_force_to` None: still in force, or, where `end_known` is
    false, whether it still is was never established; breaches are then for a person to judge.
    `issuer` and `kind` are written in Chinese, or in both languages (`{zh: …, en: …}`).
    `number` is that of the order or paper, or, where it is not known, the day of its issue or start, as a Chinese text
    says it (2024年6月6日公布); None: neither is known.
    `aliases` are other titles and numbers under which records cite it. `articles` is how many articles it
    has; None: not known. `uses` names the instruments whose steps this one speaks of, `succeeds` those in
    whose place it was put. `succeeded_by` names those, loaded or on the register, that took the place of one
    with an end; `successor_known` false: none is known. `sources` say where the text was read. `procedure` names the procedure that it sets or adds to;
    None: that of major decisions.
    """

    id: InstrumentId
    title: Said
    number: Line | None = None
    issuer: Calling
    kind: Calling
    level: Level
    place: Place
    promulgated: PartialDate | None = None
    in_force_from: PartialDate | None = None
    in_force_by: PartialDate | None = None
    in_force_to: PartialDate | None = None
    end_known: bool = True
    seen: Literal["full", "part", "none"]
    mark: Mark
    procedure: ProcedureName | None = None
    articles: Annotated[int, Field(strict=True, ge=1, le=2000)] | None = None
    aliases: tuple[Line, ...] = ()
    uses: tuple[InstrumentId, ...] = ()
    succeeds: tuple[InstrumentId, ...] = ()
    succeeded_by: tuple[InstrumentId, ...] = ()
    successor_known: bool = True
    sources: tuple[TextSource, ...] = ()
    note: Said | None = None
