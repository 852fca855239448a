"""Acts from the proposal to the draft (713-10 to 13)."""

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import FOR_THE_FILE, Count, Flag, Key, Moment, UnitRef


class ProposalStudy(Act):
    """研究论证 of a proposal (713-10)."""

    named: ClassVar = Key("研究论证", "study of the proposal")
    kind: Literal["proposal_study"] = "proposal_study"
    proposer: Annotated[word.Proposer | None, Key("提出主体")] = None
    in_writing: Annotated[Flag, Key("书面提出")] = None
    handed_to_unit: Annotated[Flag, Key("交单位研究")] = None
    contents: Annotated[tuple[word.ProposalContent, ...], Key("建议内容")] = ()
    contents_complete: Annotated[Flag, Key("建议内容完整")] = None
    collectively_studied: Annotated[Flag, Key("经集体研究")] = None


class Initiation(Act):
    """启动: the deciding body starts the procedure and names who undertakes it (713-10, 11)."""

    named: ClassVar = Key("启动", "initiation", also=("决策启动",))
    kind: Literal["initiation"] = "initiation"
    undertaker_named: Annotated[Flag, Key("已明确承办单位")] = None
    undertakers: Annotated[tuple[UnitRef, ...], Key("承办单位")] = ()
    undertakers_complete: Annotated[Flag, Key("承办单位完整")] = None
    lead_named: Annotated[Flag, Key("已明确牵头单位")] = None
    put_by_office: Annotated[Flag, Key("由办公机构报请")] = None


class Drafting(Act):
    """起草: research and drafting (713-12). `date` is when the draft was finished."""

    named: ClassVar = Key("起草", "drafting and research")
    anchor_fields: ClassVar = ("date", "drafting_started")
    begin_fields: ClassVar = ("drafting_started", "date")
    kind: Literal["drafting"] = "drafting"
    research_done: Annotated[Moment, Key("调研完成日期")] = None
    drafting_started: Annotated[Moment, Key("起草开始日期")] = None
    researched: Annotated[Flag, Key("已调研")] = None
    law_sorted: Annotated[Flag, Key("已梳理依据")] = None
    cost_benefit_forecast: Annotated[Flag, Key("成本效益预测")] = None
    forecast_report_made: Annotated[Flag, Key("已形成分析预测报告")] = None
    forecast_contents: Annotated[tuple[word.ForecastContent, ...], Key("分析预测报告内容")] = ()
    forecast_contents_complete: Annotated[Flag, Key("分析预测报告内容完整")] = None
    options_offered: Annotated[Count, Key("备选方案数")] = None
    options_compared: Annotated[Flag, Key("已说明方案优劣")] = None
    draft_contents: Annotated[tuple[word.DraftContent, ...], Key("草案内容")] = ()
    draft_contents_complete: Annotated[Flag, Key("草案内容完整")] = None


class DepartmentalConsultation(Act):
    """部门协商: consulting the units whose duties are touched (713-13). `date` is when they were asked."""

    named: ClassVar = Key("部门协商", "departmental consultation", also=("征求部门意见",))
    done_fields: ClassVar = ("replied", "date")
    spans: ClassVar = (("date", "replied"),)
    kind: Literal["departmental_consultation"] = "departmental_consultation"
    consulted: Annotated[tuple[UnitRef, ...], FOR_THE_FILE, Key("征求单位")] = ()
    consulted_complete: Annotated[Flag, Key("征求单位完整")] = None
    replied: Annotated[Moment, Key("回复日期")] = None
    agreed: Annotated[Flag, Key("达成一致")] = None
    dispute_reported: Annotated[Flag, Key("已报告争议")] = None
    dispute_contents: Annotated[tuple[word.DisputeContent, ...], Key("争议说明内容")] = ()
    dispute_contents_complete: Annotated[Flag, Key("争议说明内容完整")] = None
