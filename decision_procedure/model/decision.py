"""One decision's record: the matter, who acted, what was done, and what the record claims to hold."""

import hashlib
import json
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    model_validator,
)

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts import Act, AnyAct
from decision_procedure.model.base import (
    EXCEPTION,
    FOR_THE_FILE,
    IN_ORDER,
    NAMES_ACTS,
    BodyOrPerson,
    DocumentRef,
    Flag,
    Identifier,
    ImpliedActRef,
    Key,
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
from decision_procedure.model.traits import Traits
from decision_procedure.wording import Language

SCHEMA_VERSION = 1


DIVISION = r"^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?$"
DIGEST = r"^[0-9a-f]{64}$"
FINGERPRINT = r"^[0-9a-f]{32}$"
ProcedureName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_\-]{1,40}$")]
Citation = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


def _narrow(value: Any) -> Any:
    return narrow(value) if isinstance(value, str) else value


Division = Annotated[str, BeforeValidator(_narrow), StringConstraints(pattern=DIVISION)]


class Body(Sourced):
    """The deciding body. `code` is its GB/T 2260 code, 2, 4 or 6 digits, or longer below the county.

    Digits of full width are taken for the common ones: local law is found by the code.
    """

    name: Annotated[Text, Key("名称")]
    level: Annotated[word.Level | None, Key("级别")] = None
    kind: Annotated[word.BodyKind | None, Key("种类")] = None
    code: Annotated[Division | None, Key("区划代码")] = None
    unit: Annotated[UnitRef | None, Key("单位编号")] = None

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

    listed: Annotated[Flag, Key("已列入")] = None
    year: Annotated[Annotated[int, Field(strict=True, ge=1990, le=2200)] | None, Key("年度")] = None
    item: Annotated[RowNumber | None, FOR_THE_FILE, Key("序号")] = None
    section: Annotated[Text | None, FOR_THE_FILE, Key("部分")] = None
    document: Annotated[DocumentRef | None, Key("依据文件")] = None
    planned_steps: Annotated[tuple[Text, ...], FOR_THE_FILE, Key("计划程序")] = ()
    hearing_planned: Annotated[Flag, Field(description=_READ_IN_GUANGDONG), Key("计划听证")] = None
    approved: Annotated[Flag, Key("已经审批")] = None
    party_consent: Annotated[Flag, Key("已经党委同意")] = None
    published: Annotated[Flag, Key("已公布")] = None


class Withholding(Sourced):
    """Why the decision is withheld (政府信息公开条例 14, 15), with the level and approval of a state secret."""

    ground: Annotated[word.WithholdingGround | None, Key("不公开理由")] = None
    secrecy_level: Annotated[word.SecrecyLevel | None, Key("密级")] = None
    approved: Annotated[Flag, Key("已经审批")] = None
    document: Annotated[DocumentRef | None, Key("依据文件")] = None


class Completeness(Part):
    """A statement that the record holds every act of these kinds up to a day.

    `kinds` lists act kinds, or is `["all"]`. What lies after `up_to` stays unknown.
    """

    kinds: Annotated[tuple[Annotated[Text, NAMES_ACTS], ...], Key("行为种类")] = ("all",)
    up_to: Annotated[PartialDate, Key("截至")]
    stated_by: Annotated[BodyOrPerson | None, Key("声明人")] = None
    document: Annotated[DocumentRef | None, Key("依据文件")] = None


class Unit(Part):
    """A unit; everything else refers to it by `id`, so that "the same body" is a fact."""

    id: Annotated[Identifier, Key("编号")]
    name: Annotated[Text, Key("名称")]
    aliases: Annotated[tuple[Text, ...], Key("别名")] = ()
    parent: Annotated[UnitRef | None, Key("上级单位")] = None


class Post(Sourced):
    """A post that a person held; `until` None means still held or unknown, `since` None unknown."""

    spans: ClassVar = (("since", "until"),)

    unit: Annotated[UnitRef, Key("单位编号", also=("单位",))]
    post: Annotated[Text | None, Key("职务")] = None
    capacity: Annotated[word.Capacity | None, Key("身份")] = None
    since: Annotated[Moment, Key("任职起")] = None
    until: Annotated[Moment, Key("任职止")] = None


class Person(Part):
    """A person with the posts held; who moved on stays answerable for the dates held."""

    id: Annotated[Identifier, Key("编号")]
    name: Annotated[PersonName | None, Key("姓名", also=("名称",))] = None
    posts: Annotated[tuple[Post, ...], Key("任职")] = ()


class Document(Sourced):
    """A document of the file. `date` is the date it bears."""

    id: Annotated[Identifier, Key("编号")]
    kind: Annotated[word.DocumentKind, Key("种类")]
    title: Annotated[Text | None, Key("文件名称", also=("标题", "名称", "事项名称"))] = None
    number: Annotated[Text | None, Key("文号")] = None
    date: Annotated[Moment, Key("日期")] = None
    sha256: Annotated[Annotated[str, StringConstraints(pattern=DIGEST)] | None, Key("摘要值")] = None
    location: Annotated[Text | None, Key("存放位置")] = None


class Draft(Sourced):
    """A state of the draft.

    `materially_changed` says whether it differs in substance from the one before; `as_reviewed`: only as the
    legality review asked. `changes_confirmed` says that the reviewer confirmed the changes made so.
    """

    id: Annotated[Identifier, Key("编号")]
    date: Annotated[Moment, Key("日期")] = None
    materially_changed: Annotated[StrictBool | word.Change | None, EXCEPTION, Key("实质修改")] = None
    changes_confirmed: Annotated[Flag, Key("审查机构已确认修改")] = None


class OutcomeFinding(Sourced):
    """What the competent authority found about the outcome (713-38)."""

    authority: Annotated[Text, Key("机关")]
    date: Annotated[PartialDate, Key("日期")]
    document: Annotated[DocumentRef | None, Key("依据文件")] = None
    kind: Annotated[word.OutcomeKind, Key("种类")]
    major_loss_or_effect: Annotated[Flag, Key("重大损失或恶劣影响")] = None


class Waiver(Part):
    """A waiver of one duty; it never changes a verdict and is shown beside it."""

    duty: Annotated[Text, Key("义务")]
    authority: Annotated[BodyOrPerson, Key("机关")]
    basis: Annotated[Text, Key("理由")]
    date: Annotated[PartialDate, Key("日期")]
    document: Annotated[DocumentRef | None, Key("依据文件")] = None


class Judgement(Part):
    """A person's answer to a verdict that asks for one; it answers `needs_judgement` and nothing else.

    `act` is the act judged; None: the decision as a whole, or the one act on which the duty asks. `by` is a unit or
    person of the record by identifier or name, or anybody else by name. `fingerprint` is that of the finding
    answered, and shows whether the facts have changed since.
    """

    duty: Annotated[Text, Key("义务")]
    act: Annotated[ImpliedActRef | None, Key("所涉行为")] = None
    answer: Annotated[word.Answer, Key("判断")]
    reason: Annotated[Text, Key("判断理由", also=("原因",))]
    by: Annotated[BodyOrPerson, Key("判断人", also=("经办人员",))]
    day: Annotated[PartialDate, Key("判断日期")]
    document: Annotated[DocumentRef | None, Key("依据文件")] = None
    fingerprint: Annotated[Annotated[str, StringConstraints(pattern=FINGERPRINT)] | None, Key("问题指纹")] = (
        None
    )


def _called(body: object) -> object:
    """Return a body of which only the name is given as one with that name."""
    return {"name": body} if isinstance(body, str) else body


def _version(value: object) -> object:
    if type(value) is not int or value != SCHEMA_VERSION:
        raise ValueError(
            f"本库只读格式版本 {SCHEMA_VERSION}，应写成不加引号的数字 {SCHEMA_VERSION} "
            f"this library reads version {SCHEMA_VERSION}: write the number {SCHEMA_VERSION}, without quotes"
        )
    return value


class Decision(Sourced):
    """The record of one major administrative decision.

    `tracks` are the special procedures of other laws that the matter falls under; `tracks_complete` says that
    it falls under no others. `comment_exemption` is the case in which a local rule waives publication for
    comment (肇府规〔2023〕6号). `procedure` names another procedure than that of major decisions, which instruments of
    the place set (`head.procedure`); None: that of major decisions.
    """

    declared: ClassVar[tuple[Any, ...]] = ()
    """What instruments of the law declare beside the kinds that ship (`declarations.Declarations`)."""

    schema_: Annotated[Literal[1], BeforeValidator(_version), Key("格式版本")] = Field(alias="schema")
    procedure: Annotated[ProcedureName | None, Key("程序")] = None
    id: Annotated[Identifier | None, Key("编号")] = None
    title: Annotated[Text, Key("事项名称", also=("标题", "决策事项"))]
    body: Annotated[Body, BeforeValidator(_called), Key("决策机关", also=("决策机构",))]
    matter_class: Annotated[word.MatterClass | None, Key("事项类别")] = None
    stated_on: Annotated[Moment, Key("填报日期")] = None
    source: Annotated[Text | None, Key("来源")] = None
    note: Annotated[Text | None, Key("备注")] = None
    invented: Annotated[StrictBool, Key("虚构")] = False
    catalogue: Annotated[CatalogueEntry | None, Key("目录")] = None
    traits: Annotated[Traits, Key("事项特征")] = Traits.model_construct()
    tracks: Annotated[tuple[word.Track, ...], Key("特别程序")] = ()
    tracks_complete: Annotated[Flag, Key("特别程序完整")] = None
    withholding: Annotated[Withholding | None, Key("不公开情况")] = None
    comment_exemption: Annotated[word.CommentExemption | None, Key("免于公开征求意见情形")] = None
    complete: Annotated[Completeness | None, Key("完整性声明")] = None
    units: Annotated[tuple[Unit, ...], Key("单位")] = ()
    lead_unit: Annotated[UnitRef | None, Key("牵头单位", also=("承办单位", "决策承办单位"))] = None
    co_units: Annotated[tuple[UnitRef, ...], Key("配合单位")] = ()
    people: Annotated[tuple[Person, ...], Key("人员")] = ()
    documents: Annotated[tuple[Document, ...], Key("文件")] = ()
    drafts: Annotated[tuple[Draft, ...], IN_ORDER, Key("草案版本")] = ()
    acts: Annotated[tuple[AnyAct, ...], Key("行为")] = ()
    cited_law: Annotated[tuple[Citation, ...], Key("所引依据")] = ()
    outcome_finding: Annotated[OutcomeFinding | None, Key("后果认定")] = None
    waivers: Annotated[tuple[Waiver, ...], Key("豁免")] = ()
    judgements: Annotated[tuple[Judgement, ...], Key("人工判断")] = ()

    def __init__(self, /, **data: Any) -> None:
        """Make a record as `decision_procedure.decision` does. Raises UnusableInput and UnusableArgument as that."""
        # Loaded here, not above: it reads records of this very class.
        from decision_procedure.model.giving import given

        self._become(given(data, lambda *_: type(self)))

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]  # what is read from data does not come here

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.title[:60]!r}: {len(self.acts)} acts>"

    def __str__(self) -> str:
        return self.title

    def to_dict(self, lang: Language = "en") -> dict[str, Any]:
        """Return the record as JSON data with its keys and words in one language; `decision` reads it back.

        Raises UnusableArgument for another language; so do `to_json` and `to_yaml`.
        """
        from decision_procedure.model.writing import written

        return written(self, lang)

    def to_json(self, lang: Language = "en") -> str:
        """Return the record as JSON text."""
        from decision_procedure.model.writing import json_text

        return json_text(self, lang)

    def to_yaml(self, lang: Language = "en") -> str:
        """Return the record as YAML text."""
        from decision_procedure.model.writing import yaml_text

        return yaml_text(self, lang)

    @model_validator(mode="after")
    def _name_every_act(self) -> "Decision":
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
