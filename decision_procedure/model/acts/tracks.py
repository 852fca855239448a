"""Acts that only the special procedures of other laws know (土地管理法实施条例; 国有土地上房屋征收与补偿条例)."""

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import Flag, Key, Moment


class ExpropriationPreparation(Act):
    """征收土地预公告和现状调查 (土地管理法实施条例 26). `date` is the day of the advance notice.

    The rest is of 广东省土地管理条例 27 and 28: how long the notice stood and that a record of it was kept; whether all
    owners and users confirmed the survey, and between which days the result was posted where some did not.
    """

    named: ClassVar = Key("征收预公告和现状调查", "advance notice and survey")
    kind: Literal["expropriation_preparation"] = "expropriation_preparation"
    notice_published: Annotated[Flag, Key("已预公告")] = None
    survey_done: Annotated[Flag, Key("已现状调查")] = None
    notice_ended: Annotated[Moment, Key("预公告截止日期")] = None
    notice_recorded: Annotated[Flag, Key("公告已留存记录")] = None
    survey_confirmed: Annotated[Flag, Key("调查结果均已确认")] = None
    survey_posted: Annotated[Moment, Key("调查结果公示日期")] = None
    survey_posted_until: Annotated[Moment, Key("调查结果公示截止日期")] = None


class CompensationPlanNotice(Act):
    """补偿方案公告: a compensation plan published for comment (土地管理法实施条例 28; 征收补偿条例 10, 11).

    Anchor: the date of its notice. `most_object` says that most of those affected object to the plan;
    `opinions_published` and `changes_published` are what was published after the comments. Of 广东省土地管理条例 30: what the
    notice says, that a record of it was kept, whether the plan was changed after it and then announced again, or why not.
    """

    named: ClassVar = Key("补偿方案公告", "notice of the compensation plan")
    anchor_fields: ClassVar = ("notice_date", "start")
    begin_fields: ClassVar = ("start", "notice_date")
    done_fields: ClassVar = ("end",)
    kind: Literal["compensation_plan_notice"] = "compensation_plan_notice"
    notice_date: Annotated[Moment, Key("公告日期")] = None
    start: Annotated[Moment, Key("开始日期", also=("开始时间", "起始日期"))] = None
    end: Annotated[Moment, Key("截止日期", also=("结束日期", "结束时间", "截止时间"))] = None
    most_object: Annotated[Flag, Key("多数人有异议")] = None
    opinions_published: Annotated[Flag, Key("已公布征求意见情况")] = None
    changes_published: Annotated[Flag, Key("已公布修改情况")] = None
    notice_recorded: Annotated[Flag, Key("公告已留存记录")] = None
    notice_contents: Annotated[tuple[word.CompensationNoticeContent, ...], Key("公告内容")] = ()
    notice_contents_complete: Annotated[Flag, Key("公告内容完整")] = None
    plan_changed: Annotated[Flag, Key("方案需要修改")] = None
    announced_again: Annotated[Moment, Key("重新公告日期")] = None
    announced_again_until: Annotated[Moment, Key("重新公告截止日期")] = None
    registration_restated: Annotated[Flag, Key("重新载明补偿登记期限")] = None
    no_change_explained: Annotated[Flag, Key("已公布不修改的理由")] = None
