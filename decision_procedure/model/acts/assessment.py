"""Acts by which experts, risk assessors and reviewers examine the draft (713-19 to 28; 公平竞争审查条例)."""

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act, Derived
from decision_procedure.model.base import (
    EXCEPTION,
    FOR_THE_FILE,
    Count,
    DocumentRef,
    Flag,
    Key,
    Moment,
    PersonName,
    PersonRef,
    Text,
    UnitRef,
)
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.disputes import Sourced


class Expert(Sourced):
    """One expert or professional body in a review.

    `body` is the expert's own unit, or the professional body that argued. `direct_interest` is an interest in the
    matter itself. `part` is what part of the argument it did: whoever did the main part is not to evaluate the
    decision later (713-36).
    """

    person: Annotated[PersonRef | None, Key("人员编号")] = None
    body: Annotated[UnitRef | None, Key("所在单位", "own unit", ("单位", "工作单位", "专业机构"))] = None
    part: Annotated[word.WorkPart | None, Key("承担部分")] = None
    name: Annotated[PersonName | None, Key("姓名", also=("名称",))] = None
    direct_interest: Annotated[Flag, Key("直接利害关系")] = None
    interest_document: Annotated[DocumentRef | None, Key("利害关系文件")] = None
    gave_written_opinion: Annotated[Flag, Key("出具书面意见")] = None
    signed_or_sealed: Annotated[Flag, Key("已署名盖章")] = None
    senior_title: Annotated[Flag, Key("副高级以上职称")] = None


class ExpertReview(Act):
    """专家论证 (713-19, 20).

    `expert_count` is a head count where the experts are not listed one by one.
    `legality_argued` and `negative_effects_argued` are heads of the Guangdong measure of 2012; `materials_given` is
    the day on which the experts got their papers, `report_compiled` the report made of their opinions (粤府令第288号).
    The rest are of 山东省政府令第336号 31 and 35: which experts took part and whether those of the trade were the most, whether
    the matter touches several fields and each had its experts, and that their opinions were studied and answered.
    """

    named: ClassVar = Key("专家论证", "expert review")
    kind: Literal["expert_review"] = "expert_review"
    form: Annotated[word.ExpertForm | None, Key("形式")] = None
    experts: Annotated[tuple[Expert, ...], Key("专家")] = ()
    experts_complete: Annotated[Flag, Key("专家名单完整")] = None
    necessity_argued: Annotated[Flag, Key("论证必要性")] = None
    feasibility_argued: Annotated[Flag, Key("论证可行性")] = None
    soundness_argued: Annotated[Flag, Key("论证科学性")] = None
    expert_count: Annotated[Count, Key("专家人数")] = None
    legality_argued: Annotated[Flag, Key("论证合法性")] = None
    negative_effects_argued: Annotated[Flag, Key("论证负面影响和风险")] = None
    materials_given: Annotated[Moment, Key("材料提供日期")] = None
    report_compiled: Annotated[Flag, Key("已形成专家论证报告")] = None
    some_refused: Annotated[Flag, Key("有未采纳意见")] = None
    reasons_given: Annotated[Flag, Key("已说明理由")] = None
    expert_fields: Annotated[tuple[word.ExpertField, ...], Key("专家类别")] = ()
    expert_fields_complete: Annotated[Flag, Key("专家类别完整")] = None
    mainly_industry: Annotated[Flag, Key("以行业专家为主")] = None
    several_fields: Annotated[Flag, Key("涉及多个专业领域")] = None
    fields_covered: Annotated[Flag, Key("各领域均有专家")] = None
    opinions_studied: Annotated[Flag, Key("已汇总研究专家意见")] = None
    experts_answered: Annotated[Flag, Key("已向专家反馈采纳情况")] = None


class RiskAssessment(Act):
    """风险评估 (713-22, 23).

    `assessed_heads` are the four heads of a stability assessment (国发〔2010〕33号).
    `interested_persons_took_part` (土地管理法实施条例 26): villagers and other interested persons.
    `third_party_part` is what part of the work the third party did (713-36). `visits_due`: there are units much
    affected, or people in special need, to be visited (山东省政府令第336号 38).
    """

    named: ClassVar = Key("风险评估", "risk assessment")
    kind: Literal["risk_assessment"] = "risk_assessment"
    level: Annotated[word.RiskLevel | None, Key("风险等级", also=("级别", "风险级别"))] = None
    assessed_as: Annotated[word.RiskFinding | None, FOR_THE_FILE, Key("评估结论", also=("结论",))] = None
    departments_heard: Annotated[Flag, Key("已听取部门意见")] = None
    report_contents: Annotated[tuple[word.RiskContent, ...], Key("报告内容")] = ()
    report_contents_complete: Annotated[Flag, Key("报告内容完整")] = None
    report_written: Annotated[Flag, Key("已形成报告")] = None
    third_party_commissioned: Annotated[Flag, Key("委托第三方")] = None
    third_party: Annotated[UnitRef | None, Key("第三方机构")] = None
    third_party_part: Annotated[word.WorkPart | None, Key("第三方承担部分")] = None
    assessed_heads: Annotated[tuple[word.RiskHead, ...], Key("评估方面")] = ()
    assessed_heads_complete: Annotated[Flag, Key("评估方面完整")] = None
    interested_persons_took_part: Annotated[Flag, Key("利害关系人参加")] = None
    third_party_qualified: Annotated[Flag, Key("第三方具备资质")] = None
    assessment_steps: Annotated[tuple[word.RiskStep, ...], Key("评估程序")] = ()
    assessment_steps_complete: Annotated[Flag, Key("评估程序完整")] = None
    heard: Annotated[tuple[word.RiskVoice, ...], Key("听取对象")] = ()
    heard_complete: Annotated[Flag, Key("听取对象完整")] = None
    plan_contents: Annotated[tuple[word.RiskPlanContent, ...], Key("工作方案内容")] = ()
    plan_contents_complete: Annotated[Flag, Key("工作方案内容完整")] = None
    visits_due: Annotated[Flag, Key("有应当重点走访的对象")] = None
    visits_made: Annotated[Flag, Key("已重点走访当面听取意见")] = None


class FairCompetitionReview(Act):
    """公平竞争审查 (713-29; 公平竞争审查条例 14, 16, 17).

    `first_reviewed` is the review by the drafting unit, `market_department_reviewed` the one by the
    market-regulation department. `alternatives_considered` and `end_set` are the conditions of the exception
    in article 12: nothing less restrictive would do, and it has an end.
    """

    named: ClassVar = Key("公平竞争审查", "fair-competition review")
    kind: Literal["fair_competition_review"] = "fair_competition_review"
    conclusion: Annotated[word.ConclusionOfReview | None, Key("审查结论", also=("结论",))] = None
    first_reviewed: Annotated[Flag, Key("已初审")] = None
    market_department_reviewed: Annotated[Flag, Key("市场监管部门已审查")] = None
    entities_heard: Annotated[Flag, Key("已听取经营者意见")] = None
    public_heard: Annotated[Flag, Key("已听取社会公众意见")] = None
    alternatives_considered: Annotated[Flag, Key("已考虑替代方案")] = None
    end_set: Annotated[Flag, Key("已定实施期限或者终止条件")] = None


class TradePolicyReview(Act):
    """贸易政策合规审查: whether a draft on trade keeps to trade policy (山东省政府令第336号 14)."""

    named: ClassVar = Key("贸易政策合规审查", "trade-policy compliance review")
    kind: Literal["trade_policy_review"] = "trade_policy_review"


class Countersigning(Act):
    """部门会签: the departments concerned countersign the draft before it goes to review (山东省政府令第336号 41)."""

    named: ClassVar = Key("部门会签", "countersigning by departments")
    kind: Literal["countersigning"] = "countersigning"


class UnitReview(Act):
    """The review of the draft by the legal section of the undertaking unit (粤府令第288号 31; 山东省政府令第336号 14)."""

    named: ClassVar = Key("承办单位合法性审查", "legality review within the unit")
    kind: Literal["unit_review"] = "unit_review"
    conclusion: Annotated[word.ReviewConclusion | None, Key("审查结论", also=("结论",))] = None
    opinion_issued: Annotated[Flag, Key("已出具初审意见书")] = None
    counsel_heard: Annotated[Flag, Key("已听取法律顾问、公职律师意见")] = None


class UnitMeeting(Act):
    """The undertaking unit's own collective discussion of the draft (粤府令第288号 31)."""

    named: ClassVar = Key("承办单位集体讨论", "discussion within the unit")
    kind: Literal["unit_meeting"] = "unit_meeting"
    passed: Annotated[Flag, Key("讨论通过")] = None


class Return(Sourced):
    """One return of incomplete material, and when complete material came back."""

    spans: ClassVar = (("date", "resubmitted"),)

    date: Annotated[Moment, Key("日期")] = None
    resubmitted: Annotated[Moment, Key("重新送审日期")] = None
    reason: Annotated[Text | None, FOR_THE_FILE, Key("原因")] = None


class LegalityReview(Act):
    """合法性审查 (713-25 to 28). Anchor: the day it was sent; `date` is the day of the opinion.

    `hearing_checked` (粤府令第183号): the review looked at whether a hearing was due and held.
    `extension_approved` and `time_not_counted` (德州市重大行政决策程序规定 23): more time was allowed, and some of it went to studies,
    hearing opinions or counsel. `no_other_reviewer`: the body, bound by reference, has no other unit that could have reviewed the draft.
    Of 山东省政府令第336号: `steps_omitted` and `omissions_explained` (42) are steps that were not taken and the reasons in
    the drafting explanation; `problems` and `handling` (45) what the review found and what it did about it; `problems_or_risks`
    and `opinion_contents` (46) what the opinion had to state and holds; `followed_fully` and `reasons_reported` (47)
    whether the unit kept to it, and otherwise told the deciding body why in writing.
    """

    named: ClassVar = Key("合法性审查", "legality review")
    anchor_fields: ClassVar = ("sent", "date")
    begin_fields: ClassVar = ("sent", "date")
    further_dates: ClassVar = {
        "complete_material_sent": Derived(Key("完整材料送审日期"), ("sent", "returns.resubmitted"))
    }
    spans: ClassVar = (("sent", "date"),)
    kind: Literal["legality_review"] = "legality_review"
    form: Annotated[word.ReviewForm | None, Key("形式")] = None
    sent: Annotated[Moment, Key("送审日期")] = None
    materials: Annotated[tuple[word.ReviewMaterial, ...], Key("送审材料")] = ()
    materials_complete: Annotated[Flag, Key("送审材料完整")] = None
    returns: Annotated[tuple[Return, ...], Key("退回补正")] = ()
    returns_complete: Annotated[Flag, Key("退回补正完整")] = None
    conclusion: Annotated[word.ReviewConclusion | None, Key("审查结论", also=("结论",))] = None
    heads: Annotated[tuple[word.ReviewHead, ...], Key("审查方面")] = ()
    heads_complete: Annotated[Flag, Key("审查方面完整")] = None
    counsel_opinions_organised: Annotated[Flag, Key("已组织法律顾问")] = None
    changes_asked: Annotated[Flag, Key("要求修改")] = None
    changes_made: Annotated[Flag, Key("已修改")] = None
    legal_risk_stated: Annotated[Flag, EXCEPTION, Key("已说明法律风险")] = None
    hearing_checked: Annotated[Flag, Key("已审查听证情况")] = None
    leaning_asked: Annotated[Flag, Key("有人提出倾向性要求")] = None
    counsel_interested: Annotated[Flag, Key("顾问有直接利害关系")] = None
    counsel_recused: Annotated[Flag, Key("顾问已回避")] = None
    no_other_reviewer: Annotated[Flag, Key("无其他审查机构")] = None
    by_justice_department: Annotated[Flag, Key("由司法行政部门审查")] = None
    steps_omitted: Annotated[Flag, Key("有未履行的程序")] = None
    omissions_explained: Annotated[Flag, Key("已说明未履行程序的理由")] = None
    problems: Annotated[tuple[word.ReviewProblem, ...], Key("审查发现的问题")] = ()
    problems_complete: Annotated[Flag, Key("审查发现的问题完整")] = None
    handling: Annotated[tuple[word.ReviewHandling, ...], Key("问题处理")] = ()
    handling_complete: Annotated[Flag, Key("问题处理完整")] = None
    problems_or_risks: Annotated[Flag, Key("存在合法性问题或者法律风险")] = None
    opinion_contents: Annotated[tuple[word.ReviewOpinionContent, ...], Key("意见书内容")] = ()
    opinion_contents_complete: Annotated[Flag, Key("意见书内容完整")] = None
    followed_fully: Annotated[Flag, Key("已完全采纳审查意见")] = None
    extension_approved: Annotated[Flag, Key("已批准延长审查期限")] = None
    time_not_counted: Annotated[Flag, Key("有不计入期限的时间")] = None
    reasons_reported: Annotated[Flag, Key("已向决策机关书面说明理由")] = None

    def denies(self, name: str) -> bool:
        """Say whether the record denies a field or derived date: complete material was never sent if nothing was."""
        if name == "complete_material_sent":
            return not self.returns and super().denies("sent")
        return super().denies(name)

    @property
    def complete_material_sent(self) -> PartialDate | None:
        """The day on which complete material was last sent: the last resubmission, otherwise `sent`.

        None when material came back on a day that is not recorded.
        """
        if not self.returns:
            return self.sent
        days = [item.resubmitted for item in self.returns]
        known = [day for day in days if day is not None]
        return max(known, key=lambda day: day.last) if len(known) == len(days) else None
