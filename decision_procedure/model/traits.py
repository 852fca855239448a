"""The traits of a matter: facts that trigger conditional duties, each with its basis."""

from typing import Annotated, Any

from pydantic import ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from decision_procedure.model.base import EXCEPTION, DocumentRef, Flag, Key, Part, Text
from decision_procedure.model.disputes import Sourced


class Trait(Sourced):
    """A fact of the matter: true, false or unknown (None), with its basis and the document that shows it."""

    value: Annotated[Flag, Key("值")] = None
    basis: Annotated[Text | None, Key("理由")] = None
    document: Annotated[DocumentRef | None, Key("依据文件")] = None


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
    `major_investment` to 政府投资条例 11; `public_environment` to 环境影响评价法 11 and 生态环境法典 90. Of
    山东省政府令第336号: `internal_affairs` (3), `trade_policy` (14, trade in goods or services, or intellectual property
    tied to trade), and the triggers of a hearing (22), of which `great_disagreement` (重大) is more than `major_disagreement` (较大).
    """

    model_config = ConfigDict(json_schema_extra=_without_titles)

    withheld_lawfully: Annotated[TraitValue, EXCEPTION, Key("依法不予公开", "lawfully withheld")] = None
    specific_group: Annotated[
        TraitValue, Key("涉及特定群体利益", "touching a specific group's interests")
    ] = None
    vital_interests: Annotated[TraitValue, Key("涉及切身利益", "touching people's vital interests")] = None
    major_disagreement: Annotated[TraitValue, Key("存在较大分歧", "in major disagreement")] = None
    hearing_required: Annotated[TraitValue, Key("依法应当听证", "needing a hearing by law")] = None
    professional: Annotated[TraitValue, Key("专业性技术性较强", "strongly professional or technical")] = None
    wide_concern: Annotated[TraitValue, Key("社会普遍关注", "of wide public concern")] = None
    possible_harm: Annotated[
        TraitValue, Key("可能造成不利影响", "possibly harmful to stability or safety")
    ] = None
    risk_assessed_before: Annotated[
        TraitValue, EXCEPTION, Key("风险已另行评估", "assessed for risk already")
    ] = None
    market_entities: Annotated[
        TraitValue, Key("涉及市场主体经济活动", "touching the economic activity of market entities")
    ] = None
    exploratory_reform: Annotated[TraitValue, EXCEPTION, Key("探索性改革", "exploratory reform")] = None
    explicit_state_rule: Annotated[
        TraitValue, Key("国家有明确规定", "covered by an explicit rule of the state")
    ] = None
    peoples_congress_matter: Annotated[TraitValue, Key("人大讨论或报告范围", "for the people's congress")] = (
        None
    )
    touches_other_units: Annotated[
        TraitValue, Key("涉及其他单位职责", "touching the duties of other units")
    ] = None
    meets_published_standards: Annotated[
        TraitValue, Key("符合公布标准", "meeting the published standards")
    ] = None
    adjusts_major_decision: Annotated[TraitValue, Key("调整重大决策", "adjusting a major decision")] = None
    execution_problem: Annotated[
        TraitValue, Key("执行中出现重大问题", "meeting a serious problem in execution")
    ] = None
    wide_reach: Annotated[TraitValue, Key("涉及面广", "reaching wide")] = None
    options_to_compare: Annotated[
        TraitValue, Key("分歧较大需要多方案比较", "in such disagreement that options need comparing")
    ] = None
    enterprises_affected: Annotated[
        TraitValue, Key("可能对企业产生重大影响", "closely tied to enterprises and of major effect on them")
    ] = None
    risk_circumstances_changed: Annotated[
        TraitValue, Key("评估后情况发生重大变化", "under circumstances greatly changed since the assessment")
    ] = None
    livelihood: Annotated[
        TraitValue, Key("教育医疗等民生事项", "of livelihood (education, medical care and the like)")
    ] = None
    major_public_interest: Annotated[TraitValue, Key("涉及重大公共利益", "of major public interest")] = None
    hearing_thought_needed: Annotated[TraitValue, Key("认为需要听证", "thought to need a hearing")] = None
    complex_or_sensitive: Annotated[TraitValue, Key("特别复杂敏感", "especially complex or sensitive")] = None
    expert_consultation_due: Annotated[
        TraitValue, Key("依规定应当专家咨询论证", "needing expert consultation by rule")
    ] = None
    normative_document: Annotated[
        TraitValue, Key("属于行政规范性文件", "an administrative normative document")
    ] = None
    major_effect_on_interests: Annotated[
        TraitValue, Key("可能对切身利益造成重大影响", "of possible major effect on people's vital interests")
    ] = None
    great_disagreement: Annotated[TraitValue, Key("存在重大分歧", "in great disagreement")] = None
    trade_policy: Annotated[TraitValue, Key("涉及或者影响贸易政策", "touching trade policy")] = None
    internal_affairs: Annotated[
        TraitValue, Key("属于政府内部事务管理", "a matter of the government's internal affairs")
    ] = None
    carries_out_superior_decision: Annotated[
        TraitValue, Key("执行上级既定决策", "carrying out a decision of a superior")
    ] = None
    forwards_superior_document: Annotated[
        TraitValue,
        Key("转发上级文件且无实施意见", "forwarding a superior's document without measures of its own"),
    ] = None
    major_project_or_policy: Annotated[TraitValue, Key("重大政策重大项目", "a major policy or project")] = (
        None
    )
    old_city_rebuilding: Annotated[TraitValue, Key("旧城区改建")] = None
    many_persons_affected: Annotated[
        TraitValue, Key("被征收人数量较多", "with many persons expropriated")
    ] = None
    major_investment: Annotated[
        TraitValue, Key("重大或者大型政府投资项目", "a major or large government investment")
    ] = None
    public_environment: Annotated[
        TraitValue,
        Key(
            "属于直接涉及公众环境权益的专项规划",
            "a special plan that may harm the environment and directly concerns the public",
        ),
    ] = None
