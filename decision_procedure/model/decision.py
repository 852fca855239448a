"""One decision's record: the matter, who acted, what was done, and what the record claims to hold."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts import Act, AnyAct
from decision_procedure.model.base import (
    EXCEPTION,
    FOR_THE_FILE,
    IN_ORDER,
    BodyOrPerson,
    DocumentRef,
    Flag,
    Identifier,
    ImpliedActRef,
    Moment,
    Part,
    PersonName,
    RowNumber,
    StrictBool,
    Text,
    UnitRef,
)
from decision_procedure.model.content import unordered
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.disputes import Sourced
from decision_procedure.model.divisions import narrow

SCHEMA_VERSION = 1


DIVISION = r"^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?$"
DIGEST = r"^[0-9a-f]{64}$"
FINGERPRINT = r"^[0-9a-f]{32}$"
Citation = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


def _narrow(value: Any) -> Any:
    return narrow(value) if isinstance(value, str) else value


Division = Annotated[str, BeforeValidator(_narrow), StringConstraints(pattern=DIVISION)]


class Trait(Sourced):
    """A fact of the matter: true, false or unknown (None), with its basis and the document that shows it."""

    value: Flag = None
    basis: Text | None = None
    document: DocumentRef | None = None


# What a bare true or false stands for: these very objects.
TRUE, FALSE = Trait.model_construct(value=True), Trait.model_construct(value=False)


def _trait(value: Any) -> Any:
    return TRUE if value is True else FALSE if value is False else value


class _OrBare:
    """Lets a trait be a bare true or false."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        trait = handler(source)
        bare = core_schema.no_info_after_validator_function(_trait, core_schema.bool_schema(strict=True))
        # In JSON a mapping is a trait as it stands: to make a dict of it first would take twice the time.
        return core_schema.json_or_python_schema(
            core_schema.union_schema([trait, bare], mode="left_to_right"),
            core_schema.no_info_before_validator_function(_trait, trait),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        trait, bare = schema["json_schema"]["choices"]
        return handler(core_schema.union_schema([bare, trait]))


TraitValue = Annotated[Trait, _OrBare] | None


def _without_titles(schema: dict[str, Any]) -> None:
    for trait in schema["properties"].values():
        del trait["title"]


class Traits(Part):
    """The traits that trigger conditional duties; each may be a bare true or false.

    Beside those of 713: `wide_reach`, `livelihood`, `major_public_interest` and `hearing_thought_needed` are
    the triggers of 粤府令第183号 article 4; `complex_or_sensitive` and `expert_consultation_due` belong to the
    Guangdong expert measure of 2012; `normative_document` to 优化营商环境条例 62 and 国办发〔2018〕37号; the two
    about superiors to 粤府令第288号 article 3; `major_project_or_policy` to 国发〔2010〕33号;
    `old_city_rebuilding` and `many_persons_affected` to 国有土地上房屋征收与补偿条例 11 and 12;
    `major_investment` to 政府投资条例 11.
    """

    model_config = ConfigDict(json_schema_extra=_without_titles)

    withheld_lawfully: Annotated[TraitValue, EXCEPTION] = None
    specific_group: TraitValue = None
    vital_interests: TraitValue = None
    major_disagreement: TraitValue = None
    hearing_required: TraitValue = None
    professional: TraitValue = None
    wide_concern: TraitValue = None
    possible_harm: TraitValue = None
    risk_assessed_before: Annotated[TraitValue, EXCEPTION] = None
    market_entities: TraitValue = None
    exploratory_reform: Annotated[TraitValue, EXCEPTION] = None
    explicit_state_rule: TraitValue = None
    peoples_congress_matter: TraitValue = None
    touches_other_units: TraitValue = None
    meets_published_standards: TraitValue = None
    adjusts_major_decision: TraitValue = None
    execution_problem: TraitValue = None
    wide_reach: TraitValue = None
    livelihood: TraitValue = None
    major_public_interest: TraitValue = None
    hearing_thought_needed: TraitValue = None
    complex_or_sensitive: TraitValue = None
    expert_consultation_due: TraitValue = None
    normative_document: TraitValue = None
    carries_out_superior_decision: TraitValue = None
    forwards_superior_document: TraitValue = None
    major_project_or_policy: TraitValue = None
    old_city_rebuilding: TraitValue = None
    many_persons_affected: TraitValue = None
    major_investment: TraitValue = None


class Body(Sourced):
    """The deciding body. `code` is its GB/T 2260 code, 2, 4 or 6 digits, or longer below the county.

    Digits of full width are taken for the common ones: local law is found by the code.
    """

    name: Text
    level: word.Level | None = None
    kind: word.BodyKind | None = None
    code: Division | None = None
    unit: UnitRef | None = None

    @property
    def is_county_or_above(self) -> bool:
        """Whether it is surely a people's government of a county or above, to which the Regulation is addressed."""
        return self.kind == "government" and self.level in ("province", "city", "county")


_READ_IN_GUANGDONG = "只有广东的规定读取 read by the rules of Guangdong only"


class CatalogueEntry(Sourced):
    """The place of the decision on a published catalogue. `listed` false says that it is on none.

    `item` is the number of its row, `section` the part of the catalogue where each part is numbered by itself.
    `hearing_planned` is what the catalogue says under 是否听证, or a place on the catalogue of hearings. `approved`
    says that the deciding body fixed the catalogue, `party_consent` that the Party committee of the same level
    agreed, `published` that it was then made public (713-3); that the government approved it is not yet consent.
    """

    listed: Flag = None
    year: Annotated[int, Field(strict=True, ge=1990, le=2200)] | None = None
    item: Annotated[RowNumber | None, FOR_THE_FILE] = None
    section: Annotated[Text | None, FOR_THE_FILE] = None
    document: DocumentRef | None = None
    planned_steps: Annotated[tuple[Text, ...], FOR_THE_FILE] = ()
    hearing_planned: Annotated[Flag, Field(description=_READ_IN_GUANGDONG)] = None
    approved: Flag = None
    party_consent: Flag = None
    published: Flag = None


class Withholding(Sourced):
    """Why the decision is withheld (政府信息公开条例 14, 15), with the level and approval of a state secret."""

    ground: word.WithholdingGround | None = None
    secrecy_level: word.SecrecyLevel | None = None
    approved: Flag = None
    document: DocumentRef | None = None


class Completeness(Part):
    """A statement that the record holds every act of these kinds up to a day.

    `kinds` lists act kinds, or is `["all"]`. What lies after `up_to` stays unknown.
    """

    kinds: tuple[Text, ...] = ("all",)
    up_to: PartialDate
    stated_by: BodyOrPerson | None = None
    document: DocumentRef | None = None


class Unit(Part):
    """A unit; everything else refers to it by `id`, so that "the same body" is a fact."""

    id: Identifier
    name: Text
    aliases: tuple[Text, ...] = ()
    parent: UnitRef | None = None


class Post(Sourced):
    """A post that a person held; `until` None means still held or unknown, `since` None unknown."""

    unit: UnitRef
    post: Text | None = None
    capacity: word.Capacity | None = None
    since: Moment = None
    until: Moment = None


class Person(Part):
    """A person with the posts held; who moved on stays answerable for the dates held."""

    id: Identifier
    name: PersonName | None = None
    posts: tuple[Post, ...] = ()


class Document(Sourced):
    """A document of the file. `date` is the date it bears."""

    id: Identifier
    kind: word.DocumentKind
    title: Text | None = None
    number: Text | None = None
    date: Moment = None
    sha256: Annotated[str, StringConstraints(pattern=DIGEST)] | None = None
    location: Text | None = None


class Draft(Sourced):
    """A state of the draft.

    `materially_changed` says whether it differs in substance from the one before; `as_reviewed`: only as the
    legality review asked. `changes_confirmed` says that the reviewer confirmed the changes made so.
    """

    id: Identifier
    date: Moment = None
    materially_changed: Annotated[StrictBool | word.Change | None, EXCEPTION] = None
    changes_confirmed: Flag = None


class OutcomeFinding(Sourced):
    """What the competent authority found about the outcome (713-38)."""

    authority: Text
    date: PartialDate
    document: DocumentRef | None = None
    kind: word.OutcomeKind
    major_loss_or_effect: Flag = None


class Waiver(Part):
    """A waiver of one duty; it never changes a verdict and is shown beside it."""

    duty: Text
    authority: BodyOrPerson
    basis: Text
    date: PartialDate
    document: DocumentRef | None = None


class Judgement(Part):
    """A person's answer to a verdict that asks for one; it answers `needs_judgement` and nothing else.

    `act` is the act judged; None: the decision as a whole, or the one act on which the duty asks. `by` is a unit or
    person of the record by identifier or name, or anybody else by name. `fingerprint` is that of the finding
    answered, and shows whether the facts have changed since.
    """

    duty: Text
    act: ImpliedActRef | None = None
    answer: word.Answer
    reason: Text
    by: BodyOrPerson
    day: PartialDate
    document: DocumentRef | None = None
    fingerprint: Annotated[str, StringConstraints(pattern=FINGERPRINT)] | None = None


def _version(value: object) -> object:
    if type(value) is not int or value != SCHEMA_VERSION:
        raise ValueError(
            f"本库只读格式版本 {SCHEMA_VERSION},应写成不加引号的数字 {SCHEMA_VERSION} "
            f"this library reads version {SCHEMA_VERSION}: write the number {SCHEMA_VERSION}, without quotes"
        )
    return value


class Decision(Sourced):
    """The record of one major administrative decision.

    `tracks` are the special procedures of other laws that the matter falls under; `tracks_complete` says that
    it falls under no others. `comment_exemption` is the case in which a local rule waives publication for
    comment (肇府规〔2023〕6号).
    """

    schema_: Annotated[Literal[1], BeforeValidator(_version)] = Field(alias="schema")
    id: Identifier | None = None
    title: Text
    body: Body
    matter_class: word.MatterClass | None = None
    stated_on: Moment = None
    source: Text | None = None
    note: Text | None = None
    invented: StrictBool = False
    catalogue: CatalogueEntry | None = None
    traits: Traits = Traits.model_construct()
    tracks: tuple[word.Track, ...] = ()
    tracks_complete: Flag = None
    withholding: Withholding | None = None
    comment_exemption: word.CommentExemption | None = None
    complete: Completeness | None = None
    units: tuple[Unit, ...] = ()
    lead_unit: UnitRef | None = None
    co_units: tuple[UnitRef, ...] = ()
    people: tuple[Person, ...] = ()
    documents: tuple[Document, ...] = ()
    drafts: Annotated[tuple[Draft, ...], IN_ORDER] = ()
    acts: tuple[AnyAct, ...] = ()
    cited_law: tuple[Citation, ...] = ()
    outcome_finding: OutcomeFinding | None = None
    waivers: tuple[Waiver, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    @model_validator(mode="after")
    def _name_every_act(self) -> Decision:
        if any(act.id is None for act in self.acts):
            named = tuple(act if act.id else _named(act) for act in self.acts)
            object.__setattr__(self, "acts", named)
        return self


def _named(act: Act) -> Act:
    named = act.model_copy()
    object.__setattr__(named, "id", content_id(act))  # nobody set it: `model_fields_set` does not hold it
    return named


def content_id(act: Act) -> str:
    """Return the identifier that an act gets from its content where the record gives it none."""
    return _id_of(act, content_of(act))


def first_content_id(act: Act) -> str:
    """Return the identifier that version 1 gave such an act: it changed with the order in which lists were written."""
    return _id_of(act, _written(act))


def content_of(act: Act) -> dict[str, Any]:
    """Return what a record says of an act, without its identifier, in one form whatever order it was written in."""
    found: dict[str, Any] = unordered(_written(act))
    return found


def _id_of(act: Act, content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"{getattr(act, 'kind', 'act')}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def _written(act: Act) -> Any:
    return _stated(act.model_dump(mode="json", exclude_defaults=True, exclude={"id"}))


def _stated(data: Any) -> Any:
    """Return JSON data without the mark that no documents disagree, which is there in any case."""
    if isinstance(data, dict):
        return {key: _stated(value) for key, value in data.items() if key != "says" or value is not None}
    return [_stated(item) for item in data] if isinstance(data, list) else data
