"""The shape of a report as JSON, version 2: the one definition that the published JSON Schema is made from.

Within version 2 keys are only ever added; a reader ignores keys that it does not know. A key that is removed,
renamed or changes its meaning makes version 3.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from decision_procedure.model.decision import Decision
from decision_procedure.model.vocabulary import Answer, JudgementStanding

Outcome = Literal["satisfied", "violated", "needs_judgement", "undetermined", "pending", "not_applicable"]
Open = Literal["violated", "undetermined", "pending", "needs_judgement"]
Class = Literal["in_doubt", "to_supply", "nothing_recorded"]
Grade = Literal["violated", "in_doubt", "needs_judgement", "undetermined", "pending"]
Binding = Literal["direct", "reference", "internal", "uncertain", "not_bound"]


class Shape(BaseModel):
    """Part of a report; further keys may come."""

    model_config = ConfigDict(extra="allow")


class Said(Shape):
    """One statement in Chinese and in English."""

    zh: str
    en: str


class Evidence(Shape):
    """One node of the conditions as they were evaluated; `truth` null: unknown or no condition."""

    operator: str
    expression: str
    zh: str
    en: str
    value: Any
    truth: bool | None
    place: str
    children: list[Evidence]


class Trees(Shape):
    """The conditions of a duty, of its instrument's scope and bearing, and of its time, as far as evaluated."""

    when: Evidence | None = None
    require: Evidence | None = None
    judge: Evidence | None = None
    included: Evidence | None = None
    excluded: Evidence | None = None
    excluded_locally: Evidence | None = None
    belongs: Evidence | None = None
    direct: Evidence | None = None
    reference: Evidence | None = None
    internal: Evidence | None = None
    not_bound: Evidence | None = None
    law: Evidence | None = None


class SayingShape(Shape):
    """What one document says of a field."""

    document: str
    value: Any


class DisputeShape(Shape):
    """A field of which documents say different things; `places`: its own, and those of dates derived from it."""

    places: list[str]
    says: list[SayingShape]


class VerdictShape(Shape):
    """What one duty comes to on one act; `act` null: on the decision as a whole.

    Of an undetermined one, `if_complete` is what it would be if the record were complete as it stands, `class`
    whether it is in doubt, to supply, or nothing is recorded, and `exceptions` the places of what `if_complete`
    takes not to hold; null and empty for any other. `falls_short` are recorded acts that are not enough,
    `would_be_made_good_by` the later act that would make it good.
    """

    duty: str
    act: str | None
    outcome: Outcome
    if_complete: Outcome | None = None
    class_: Class | None = Field(default=None, alias="class")
    exceptions: list[str] = []
    falls_short: list[str] = []
    would_be_made_good_by: str | None = None
    binding: Binding
    day: str
    caps: list[str]
    reasons: list[str]
    edges: list[str]
    proof: Literal["shown", "stated", "implied", "contradicted"]
    elapsed: int | None
    waived: bool
    related: list[str]
    made_good_by: str | None = None
    judged: Answer | None = None
    missing: list[str]
    trees: Trees
    disputes: list[DisputeShape] = []


class CureShape(Said):
    """What can be done about a breach; `submitted`, `decided` and `issued`: from that stage of the matter on."""

    submitted: Said | None = None
    decided: Said | None = None
    issued: Said | None = None


class DutyShape(Shape):
    """One duty as the law has it, or the scope of an instrument (`step` null); `names`: what it names in a record."""

    instrument: Said
    number: str
    article: str
    step: str | None
    bearer: str
    force: Literal["must", "must_not", "general", "may", "principle"]
    effect: Literal["gate", "duty", "practice"]
    closes: str | None
    mark: str
    text: Said
    cure: CureShape
    conditional: bool
    judgement: Said | None
    adapted: Said | None
    not_tested: Said | None
    names: list[str] = []
    attention: Said | None = None


class InstrumentShape(Shape):
    """One instrument of law."""

    id: str
    zh: str
    en: str
    number: str


class EndedShape(InstrumentShape):
    """An instrument that had come to its end by the day of an act, while what took its place is not loaded."""

    says_zh: str
    says_en: str


class LawShape(Shape):
    """Law applied; law in force whose text was not seen; law in force that was not loaded; law that has ended."""

    applied: list[InstrumentShape]
    unseen: list[InstrumentShape]
    not_loaded: list[InstrumentShape]
    ended: list[EndedShape] = []


class Premise(Shape):
    """One fact that a conclusion rests on.

    A null among its values is an act where nothing was done of the duty `omits` (null: no act is lacking), or a unit
    or party that the record does not name.
    """

    kind: str
    values: dict[str, str | None]
    omits: str | None


class Conclusion(Premise):
    """What a production rule concluded, a fact itself, with its premises."""

    rule: str
    premises: list[Premise]


class WaivedShape(Shape):
    """A waiver that stands beside a verdict."""

    duty: str
    act: str | None
    waiver: str
    approver: str
    basis: str
    date: str
    expires: str | None
    document: str | None


class NoteShape(Shape):
    """What is wrong with a waiver, and where it stands: in a file of waivers, or at a `place` of the record."""

    kind: str
    waiver: str
    duty: str | None
    act: str | None
    zh: str
    en: str
    file: str | None = None
    line: int | None = None
    place: str | None = None


class JudgedShape(Shape):
    """A person's answer as the record holds it, and what it comes to; `outcome` null: it is on no verdict."""

    duty: str
    act: str | None
    answer: Answer
    reason: str
    by: str
    day: str
    document: str | None
    standing: JudgementStanding
    place: str
    outcome: Outcome | None
    by_bearer: bool
    nearest: str | None


class AdviceShape(Shape):
    """Something to put right about the law cited or the code of the body; never a breach, never counted."""

    kind: Literal["no_longer", "not_yet", "wrong_number", "binding", "place"]
    zh: str
    en: str
    place: str
    instrument: str
    binding: Binding | None = None


class FindingShape(Shape):
    """One open verdict or one thing wrong with a waiver, as every format lists it; `line` null: unknown.

    `grade` is what it counts as for the exit status; `doubt` says in words what one in doubt would be.
    """

    fingerprint: str = Field(pattern=r"^[0-9a-f]{32}$")
    rule: str
    outcome: Open
    grade: Grade | None = None
    if_complete: Outcome | None = None
    class_: Class | None = Field(default=None, alias="class")
    doubt: str = ""
    file: str
    line: int | None = Field(ge=1)
    record: str
    title: str
    act: str | None
    binding: Binding
    counts: bool
    accepted: bool
    waived: bool
    waiver: WaivedShape | None
    text: str
    judged: Answer | None = None
    judgement: JudgedShape | None = None


class TakenShape(Shape):
    """An act that was a step, or shows that it was taken; `day` null: its date is not recorded."""

    act: str
    day: str | None


class StepShape(Shape):
    """How one step stands; `verdict`: the gravest on it, `not_begun` where it is neither taken nor due, null: untested.

    `gate` null: none stands on the step; pending: nothing has put it to the test yet.
    """

    step: str
    zh: str
    en: str
    need: Literal["required", "not_required", "unknown", "optional"]
    progress: Literal["done", "planned", "announced", "not_done", "unknown"]
    acts: list[TakenShape]
    waits_for: list[str]
    verdict: Literal[Outcome, Class, "not_begun"] | None
    gate: Literal["open", "closed", "unknown", "pending"] | None
    blocked_by: list[str]
    next: bool
    possible: bool


class ImpliedShape(Shape):
    """Where an act comes from that another shows: the recorded act, and the kind implied."""

    source: str
    kind: str


class ReportShape(Shape):
    """Everything found about one decision on one day."""

    schema_: Literal[2] = Field(alias="schema")
    record: Decision
    as_of: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    assume_complete: bool
    assumed_up_to: str | None = None
    uncovered: bool
    scope: dict[str, Literal["in", "out", "unclear", "unstated"]]
    law: LawShape
    plans: list[str]
    rests_on: dict[str, list[str]]
    required_by: dict[str, list[str]]
    conclusions: list[Conclusion]
    duties: dict[str, DutyShape]
    verdicts: list[VerdictShape]
    waivers: list[WaivedShape] = []
    waiver_notes: list[NoteShape] = []
    advice: list[AdviceShape] = []
    implied: dict[str, ImpliedShape] = {}
    judgements: list[JudgedShape] = []
    file: str | None = None
    findings: list[FindingShape] | None = None
    steps: list[StepShape] | None = None


class RunShape(Shape):
    """What a whole run shows about its waiver file; it comes last."""

    # Closed, so that a report with something missing is never taken for this.
    model_config = ConfigDict(extra="forbid")

    schema_: Literal[2] = Field(alias="schema")
    file: str
    findings: list[FindingShape]


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one report, or of what a run left over about its waivers."""
    schema = TypeAdapter(ReportShape | RunShape).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Report", **schema}
