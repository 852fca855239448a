"""The written form of a report: one definition, from which its JSON, its reading back and its JSON Schema follow.

Within a version keys are only ever added; a reader ignores keys that it does not know. A key that is removed, renamed
or changes its meaning makes the next version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any, Literal, Self, get_type_hints

from pydantic import Field, GetJsonSchemaHandler, StringConstraints, TypeAdapter
from pydantic_core import to_json
from typing_extensions import TypedDict  # of typing only since Python 3.12 for pydantic

from decision_procedure.law.evidence import from_data, to_data, to_json_text
from decision_procedure.law.facts import Implied
from decision_procedure.model.json_schema import built
from decision_procedure.model.reading import Models, head_of, shipped
from decision_procedure.model.vocabulary import LABELS, Answer, BindingKind
from decision_procedure.results.conclusions import Conclusion, Fact
from decision_procedure.results.doubt import Supposed, Supposition
from decision_procedure.results.duties import Duties, DutyInfo
from decision_procedure.results.first_reports import of_schema_1
from decision_procedure.results.remarks import Advice, Judged, Waived, WaiverNote
from decision_procedure.results.report import REPORT_SCHEMA, Report, record_data
from decision_procedure.results.severity import Class, Outcome
from decision_procedure.results.verdict import Dispute, Verdict

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Texts = tuple[str, ...]


class EvidenceData(TypedDict):
    """One node of the conditions as they were evaluated; `truth` null: unknown or no condition."""

    operator: str
    expression: str
    zh: str
    en: str
    value: Any
    truth: bool | None
    place: str
    children: list[EvidenceData]


class InstrumentData(TypedDict):
    """One instrument of law."""

    id: str
    zh: str
    en: str
    number: str


class EndedData(InstrumentData):
    """An instrument that had come to its end by the day of an act, while what took its place is not loaded."""

    says_zh: str
    says_en: str


@dataclass(frozen=True, slots=True)
class LawLists:
    """Law applied; law in force whose text was not seen; law in force that was not loaded; law that has ended."""

    applied: tuple[InstrumentData, ...]
    unseen: tuple[InstrumentData, ...]
    not_loaded: tuple[InstrumentData, ...]
    ended: tuple[EndedData, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenVerdict:
    """What one duty comes to on one act; `act` null: on the decision as a whole.

    Of an undetermined one, `if_complete` is what it would be if the record were complete as it stands, `class`
    whether it is in doubt, to supply, or nothing is recorded, and `exceptions` the places of what `if_complete`
    takes not to hold; null and empty for any other. `falls_short` are recorded acts that are not enough,
    `would_be_made_good_by` the later act that would make it good. `trees` are the conditions of the duty, of its
    instrument's scope and bearing, and of its time, as far as evaluated.
    """

    duty: str
    act: str | None
    outcome: Outcome
    if_complete: Outcome | None = None
    class_: Annotated[Class | None, Field(alias="class")] = None
    exceptions: Texts = ()
    falls_short: Texts = ()
    would_be_made_good_by: str | None = None
    binding: BindingKind
    day: str
    caps: Texts
    reasons: Texts
    edges: Texts
    proof: Literal["shown", "stated", "implied", "contradicted"]
    elapsed: int | None
    waived: bool
    related: Texts
    made_good_by: str | None = None
    judged: Answer | None = None
    missing: Texts
    trees: dict[str, EvidenceData]
    disputes: tuple[Dispute, ...] = ()

    def supposed(self) -> Supposed | None:
        """Return what it would be if the record were complete; None: nothing is known of it."""
        if self.if_complete is None:
            return None
        return Supposed(self.if_complete, self.exceptions, self.falls_short, self.would_be_made_good_by)

    def verdict(self, duty: DutyInfo, supposed: Supposition) -> Verdict:
        """Return the verdict that was written."""
        return Verdict(
            **{name: getattr(self, name) for name in _KEPT},
            trees={name: from_data(self.trees[name]) for name in LABELS["tree"] if name in self.trees},
            practice=duty.is_practice,
            unrecorded=self.class_ == "nothing_recorded",
            supposed=supposed if self.outcome == "undetermined" else None,
        )


_TOLD = tuple(item.name for item in fields(WrittenVerdict) if item.name not in ("trees", "disputes"))
_KEPT = tuple(name for name in Verdict._fields if name in (*_TOLD, "disputes"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFact:
    """One fact.

    A null among its values is an act where nothing was done of the duty `omits` (null: no act is lacking), or a unit
    or party that the record does not name.
    """

    kind: str
    values: dict[str, str | None]
    omits: str | None

    @classmethod
    def of(cls, fact: Fact, **more: Any) -> Self:
        """Return the form of a fact."""
        values = {name: value or None for name, value in fact.items()}
        return cls(kind=fact.kind, values=values, omits=fact.omits or None, **more)

    def fact(self) -> Fact:
        """Return the fact that was written."""
        values = {name: value or "" for name, value in self.values.items()}
        return Fact.of(self.kind, **values)._replace(omits=self.omits or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenConclusion(WrittenFact):
    """What a production rule concluded, a fact itself, with the facts that it rests on."""

    rule: str
    premises: tuple[WrittenFact, ...]


class _RecordSchema:
    """Describes a record without building its reader a second time."""

    @classmethod
    def __get_pydantic_json_schema__(cls, _: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(built().__pydantic_core_schema__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """Everything found about one decision on one day."""

    schema_: Annotated[Literal[2], Field(alias="schema")]
    record: Annotated[dict[str, Any], _RecordSchema]
    as_of: Day
    assume_complete: bool
    assumed_up_to: str | None = None
    uncovered: bool
    scope: dict[str, Literal["in", "out", "unclear", "unstated"]]
    law: LawLists
    plans: Texts
    rests_on: dict[str, Texts]
    required_by: dict[str, Texts]
    conclusions: tuple[WrittenConclusion, ...]
    duties: dict[str, DutyInfo]
    verdicts: tuple[WrittenVerdict, ...]
    waivers: tuple[Waived, ...] = ()
    waiver_notes: tuple[WaiverNote, ...] = ()
    advice: tuple[Advice, ...] = ()
    implied: dict[str, Implied] = field(default_factory=dict)
    judgements: tuple[Judged, ...] = ()


def report_data(report: Report) -> dict[str, Any]:
    """Return a report as JSON data."""
    return {**_rest(report, report.duties, report.conclusions), "verdicts": _verdicts(report)}


def report_json(report: Report) -> str:
    """Return a report as JSON text: one line for each of its parts, verdicts and duties."""
    parts = {name: _text(part) for name, part in _rest(report, {}, ()).items()}
    parts["conclusions"] = f"[{','.join(map(_conclusion_text, report.conclusions))}]"
    parts["verdicts"] = f"[\n{_LINES.join(map(_verdict_text, report.verdicts))}\n]"
    duties = report.duties if isinstance(report.duties, Duties) else Duties(report.duties)
    parts["duties"] = duties.json
    return "{" + _LINES.join(f'"{name}":{parts[name]}' for name in sorted(parts)) + "}"


_LINES = ",\n"


def _text(data: Any) -> str:
    return to_json(data).decode()


def _verdicts(report: Report) -> list[dict[str, Any]]:
    return [verdict_data(verdict, None) for verdict in report.verdicts]


def _rest(
    report: Report, duties: Mapping[str, DutyInfo], conclusions: Iterable[Conclusion]
) -> dict[str, Any]:
    """Return the parts of a report but its verdicts, with these duties and conclusions."""
    law: dict[str, Any] = dict(report.law_used)
    form = WrittenReport(
        **{name: getattr(report, name) for name in _SAME},
        schema_=2,
        record=record_data(report.decision),
        assumed_up_to=report.assumed_up_to,
        law=LawLists(**law),
        conclusions=tuple(
            WrittenConclusion.of(
                item.fact, rule=item.rule, premises=tuple(map(WrittenFact.of, item.premises))
            )
            for item in conclusions
        ),
        duties=dict(duties),
        verdicts=(),
    )
    data: dict[str, Any] = _form().dump_python(form, mode="json", by_alias=True)
    return data


def report_of(data: Any, models: Models = shipped) -> Report:
    """Return the report written as JSON data of schema 1 or 2; `models` say what its record may hold.

    Raises ValueError for any other.
    """
    if not isinstance(data, dict) or data.get("schema") not in (1, REPORT_SCHEMA):
        raise ValueError("不是本格式的报告 not a report of this schema")
    form = _form().validate_python(of_schema_1(data) if data["schema"] == 1 else data)
    supposed = Supposition.written(
        {(item.duty, item.act): found for item in form.verdicts if (found := item.supposed()) is not None}
    )
    return Report(
        **{name: getattr(form, name) for name in _SAME},
        duties=form.duties,
        decision=models(*head_of(form.record)).model_validate(form.record),
        law_used={item.name: getattr(form.law, item.name) for item in fields(LawLists)},
        given_conclusions=tuple(
            Conclusion(item.fact(), item.rule, tuple(premise.fact() for premise in item.premises))
            for item in form.conclusions
        ),
        verdicts=tuple(item.verdict(form.duties[item.duty], supposed) for item in form.verdicts),
    )


def verdict_data(verdict: Verdict, lang: str | None) -> dict[str, Any]:
    """Return a verdict as JSON data, its evidence in one language or (None) in both.

    Of documents that disagree nothing stands where none do.
    """
    data = _all_but_trees(verdict)
    for key in _LISTS:
        data[key] = [*data[key]]
    data["trees"] = {name: to_data(tree, lang) for name, tree in verdict.trees.items()}
    return data


def _all_but_trees(verdict: Verdict) -> dict[str, Any]:
    data = dict(zip(_KEYS, _values(verdict), strict=True))
    if verdict.disputes:
        data["disputes"] = _disputes().dump_python(verdict.disputes, mode="json")
    return data


def _verdict_text(verdict: Verdict) -> str:
    parts = [key + _part_text(value) for key, value in zip(_BEGUN, _values(verdict), strict=True)]
    if verdict.disputes:
        parts.append(f'"disputes":{_text(_disputes().dump_python(verdict.disputes, mode="json"))}')
    trees = ",".join([f"{_word(name)}:{to_json_text(tree)}" for name, tree in verdict.trees.items()])
    return f'{{{",".join(parts)},"trees":{{{trees}}}}}'


def _conclusion_text(item: Conclusion) -> str:
    premises = ",".join([f"{{{_fact_text(premise)}}}" for premise in item.premises])
    return f'{{{_fact_text(item.fact)},"rule":{_word(item.rule)},"premises":[{premises}]}}'


def _fact_text(fact: Fact) -> str:
    values = ",".join([f"{_word(name)}:{_part_text(value or None)}" for name, value in fact.items()])
    return f'"kind":{_word(fact.kind)},"values":{{{values}}},"omits":{_part_text(fact.omits or None)}'


def _part_text(value: Any) -> str:
    """Return what `to_json` gives, without a call for what most parts of most verdicts are."""
    if value is None:
        return "null"
    if value == ():
        return "[]"
    return _word(value) if type(value) is str else _text(value)


@lru_cache(maxsize=4096)
def _word(text: str) -> str:
    return _text(text)


_KEYS = tuple(name.removesuffix("_") for name in _TOLD)
_BEGUN = tuple(f'"{key}":' for key in _KEYS)
_LISTS = tuple(name for name, kind in get_type_hints(WrittenVerdict).items() if kind == Texts)
_values: Callable[[Verdict], tuple[Any, ...]] = attrgetter(*_TOLD)


_SAME = tuple(
    {item.name for item in fields(WrittenReport)}
    & {item.name for item in fields(Report)} - {"conclusions", "duties", "verdicts"}
)


@lru_cache(maxsize=1)
def _form() -> TypeAdapter[WrittenReport]:
    return TypeAdapter(WrittenReport)


@lru_cache(maxsize=1)
def _disputes() -> TypeAdapter[tuple[Dispute, ...]]:
    return TypeAdapter(tuple[Dispute, ...])
