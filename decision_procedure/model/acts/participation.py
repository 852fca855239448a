"""Acts by which the public takes part (713-14 to 18; 粤府令第183号, 第303号)."""

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import FOR_THE_FILE, Count, Flag, Key, Moment


class PublicComment(Act):
    """公开征求意见: publication for comment (713-15). Anchor: the date of its notice."""

    named: ClassVar = Key("公开征求意见", "public comment", also=("征求意见",))
    anchor_fields: ClassVar = ("notice_date", "start")
    begin_fields: ClassVar = ("start", "notice_date")
    done_fields: ClassVar = ("end",)
    spans: ClassVar = (("start", "end"), ("notice_date", "end"))
    kind: Literal["public_comment"] = "public_comment"
    notice_date: Annotated[Moment, Key("公告日期")] = None
    start: Annotated[Moment, Key("开始日期", also=("开始时间", "起始日期"))] = None
    end: Annotated[Moment, Key("截止日期", also=("结束日期", "结束时间", "截止时间"))] = None
    channels: Annotated[tuple[word.Channel, ...], FOR_THE_FILE, Key("渠道")] = ()
    channels_complete: Annotated[Flag, Key("渠道完整")] = None
    draft_published: Annotated[Flag, Key("公布草案")] = None
    explanation_published: Annotated[Flag, Key("公布草案说明")] = None
    way_and_deadline_stated: Annotated[Flag, Key("载明途径和期限")] = None
    shortening_explained: Annotated[word.Shortening | None, Key("缩短期限说明")] = None
    notice_text_complete: Annotated[Flag, Key("公告全文在卷")] = None
    received: Annotated[Count, FOR_THE_FILE, Key("收到意见数")] = None


class Hearing(Act):
    """听证会 (713-16, 17; 粤府令第183号). Anchor: the date of its notice.

    `applicants` are those who applied to take part, `attended` those who came. `postponed` says that it had
    been put off for want of either. `closed_ground` is the ground on which it was not public.
    `majority_opposed` says that most participants were against the draft, `further_argued` that the decision
    was then argued further. `told_in_writing` and `adoption_published` are the answer given afterwards:
    what was adopted, and why the rest was not. `by_price_department` (价格法 23): who ran it.

    Of 粤府令第303号: `commission_agreement` with the third party that ran it (7); what bars the chair (9);
    `notice_contents` (16, 17), `list_contents` (20) and `report_contents` (26) are what those papers hold;
    `participants` is how many were to take part (19); `planned_date` is the day from which it was put off;
    `record_signed_by` (25) are those who signed the record.

    Of 山东省政府令第336号 24: how many participants stand for interested persons, and when the participants' particulars
    were published.
    """

    named: ClassVar = Key("听证会", "hearing", also=("听证",))
    anchor_fields: ClassVar = ("notice_date", "date")
    spans: ClassVar = (("notice_date", "date"),)
    kind: Literal["hearing"] = "hearing"
    notice_date: Annotated[Moment, Key("公告日期")] = None
    draft_published: Annotated[Flag, Key("公布草案")] = None
    explanation_published: Annotated[Flag, Key("公布草案说明")] = None
    time_and_place_stated: Annotated[Flag, Key("载明时间地点")] = None
    participants_selected: Annotated[Flag, Key("需要遴选参加人")] = None
    method_published: Annotated[Moment, Key("遴选办法公布日期")] = None
    selected: Annotated[Moment, Key("遴选日期")] = None
    openly_selected: Annotated[Flag, Key("公平公开遴选")] = None
    all_sides_represented: Annotated[Flag, Key("各方均有代表")] = None
    list_published: Annotated[Moment, Key("名单公布日期")] = None
    materials_delivered: Annotated[Moment, Key("材料送达日期")] = None
    public: Annotated[Flag, Key("公开举行")] = None
    parts_in_order: Annotated[tuple[word.HearingPart, ...], Key("听证程序")] = ()
    parts_in_order_complete: Annotated[Flag, Key("听证程序完整")] = None
    record_signed: Annotated[Flag, Key("笔录签字确认")] = None
    participants: Annotated[Count, Key("参加人数")] = None
    attended: Annotated[Count, Key("出席人数")] = None
    applicants: Annotated[Count, Key("报名人数")] = None
    postponed: Annotated[Flag, Key("曾经延期")] = None
    closed_ground: Annotated[word.WithholdingGround | None, Key("不公开举行理由")] = None
    media_refused: Annotated[Flag, Key("拒绝媒体采访")] = None
    majority_opposed: Annotated[Flag, Key("多数参加人反对")] = None
    further_argued: Annotated[Flag, Key("已进一步论证")] = None
    told_in_writing: Annotated[Flag, Key("书面告知采纳情况")] = None
    adoption_published: Annotated[Flag, Key("公布采纳情况")] = None
    by_price_department: Annotated[Flag, Key("价格主管部门主持")] = None
    third_party_commissioned: Annotated[Flag, Key("委托第三方")] = None
    commission_agreement: Annotated[Flag, Key("已签订委托协议")] = None
    chair_drafted: Annotated[Flag, Key("主持人负责拟订草案")] = None
    chair_interested: Annotated[Flag, Key("主持人有利害关系")] = None
    chair_partial: Annotated[Flag, Key("主持人可能影响公正")] = None
    presented_by_undertaker: Annotated[Flag, Key("陈述人来自承办单位")] = None
    notice_contents: Annotated[tuple[word.HearingNoticeContent, ...], Key("公告内容")] = ()
    notice_contents_complete: Annotated[Flag, Key("公告内容完整")] = None
    applicants_recorded: Annotated[Flag, Key("已记录报名人情况")] = None
    planned_date: Annotated[Moment, Key("原定日期")] = None
    postponement_told: Annotated[Flag, Key("已通知参加人延期")] = None
    postponement_published: Annotated[Flag, Key("已发布延期公告")] = None
    postponement_explained: Annotated[Flag, Key("已说明延期理由")] = None
    list_contents: Annotated[tuple[word.HearingListContent, ...], Key("名单内容")] = ()
    list_contents_complete: Annotated[Flag, Key("名单内容完整")] = None
    notice_delivered: Annotated[Moment, Key("通知书送达日期")] = None
    observers_allowed: Annotated[Flag, Key("允许旁听")] = None
    record_signed_by: Annotated[tuple[word.HearingRole, ...], Key("笔录签名人员")] = ()
    record_signed_by_complete: Annotated[Flag, Key("笔录签名人员完整")] = None
    signing_refused: Annotated[Flag, Key("有人拒绝签名")] = None
    refusal_noted: Annotated[Flag, Key("已注明拒绝签名")] = None
    report_made: Annotated[Moment, Key("听证报告日期")] = None
    report_contents: Annotated[tuple[word.HearingReportContent, ...], Key("报告内容")] = ()
    report_contents_complete: Annotated[Flag, Key("报告内容完整")] = None
    record_attached: Annotated[Flag, Key("报告已附笔录")] = None
    interested_representatives: Annotated[Count, Key("利害关系人代表人数")] = None
    particulars_published: Annotated[Moment, Key("参加人基本情况公布日期")] = None


class OpinionHearing(Act):
    """其他方式听取意见: symposium, survey, interview and the like (713-14).

    `market_entities_heard` and `associations_heard` (优化营商环境条例 62): whose views were sought. The rest is
    of 粤府令第288号 19 and 山东省政府令第336号 21: what a symposium, a survey by a third party and an exchange online owe.
    """

    named: ClassVar = Key("其他方式听取意见", "other hearing of opinions")
    kind: Literal["opinion_hearing"] = "opinion_hearing"
    form: Annotated[word.OpinionForm | None, Key("形式")] = None
    participants: Annotated[Count, FOR_THE_FILE, Key("参加人数")] = None
    market_entities_heard: Annotated[Flag, Key("已听取市场主体意见")] = None
    associations_heard: Annotated[Flag, Key("已听取行业协会商会意见")] = None
    representatives_invited: Annotated[Flag, Key("已邀请有关代表")] = None
    minutes_made: Annotated[Flag, Key("已制作会议记录")] = None
    third_party_commissioned: Annotated[Flag, Key("委托第三方")] = None
    third_party_interested: Annotated[Flag, Key("第三方有利害关系")] = None
    survey_report_made: Annotated[Flag, Key("已形成调查报告")] = None
    content_and_deadline_stated: Annotated[Flag, Key("载明内容期限和方式")] = None
    interested_invited: Annotated[Flag, Key("已邀请利害关系人代表")] = None
    materials_delivered: Annotated[Moment, Key("材料送达日期")] = None


class GroupCommunication(Act):
    """与特定群体沟通协商 (713-14)."""

    named: ClassVar = Key("与特定群体沟通协商", "communication with an affected group")
    kind: Literal["group_communication"] = "group_communication"
    organisations_heard: Annotated[Flag, Key("已听取组织意见")] = None
    representatives_heard: Annotated[Flag, Key("已听取群体代表意见")] = None


class OpinionHandling(Act):
    """意见研究采纳: sorting, studying and adopting opinions (713-18).

    `feedback_given`: those who wrote were answered; `adoption_published`: what was adopted was published;
    `adoption_stated` (环境影响评价法 11, 21): the papers say what was adopted and why the rest was not.
    `received` counts letters or writers, `adopted` opinions; more adopted than received is a question, no fault.
    `only_support_recorded` and `opposition_withheld` are what 山东省政府令第336号 28 forbids.
    """

    named: ClassVar = Key("意见研究采纳", "opinion handling")
    kind: Literal["opinion_handling"] = "opinion_handling"
    sorted: Annotated[Flag, Key("已归纳整理")] = None
    studied: Annotated[Flag, Key("已研究论证")] = None
    received: Annotated[Count, Key("收到意见数")] = None
    adopted: Annotated[Count, Key("采纳意见数")] = None
    feedback_given: Annotated[Flag, Key("已反馈")] = None
    adoption_published: Annotated[Flag, Key("公布采纳情况")] = None
    adoption_stated: Annotated[Flag, Key("附采纳说明")] = None
    some_refused: Annotated[Flag, Key("有未采纳意见")] = None
    reasons_given: Annotated[Flag, Key("已说明理由")] = None
    only_support_recorded: Annotated[Flag, Key("只听取、记录赞成意见")] = None
    opposition_withheld: Annotated[Flag, Key("漏报、瞒报反对意见")] = None


class HearingSuggestion(Act):
    """听证建议: somebody outside suggested a hearing (粤府令第303号 2, 14).

    `studied`: the undertaking unit decided on it; `answered` is the day on which whoever suggested it was told.
    """

    named: ClassVar = Key("听证建议", "suggestion of a hearing")
    kind: Literal["hearing_suggestion"] = "hearing_suggestion"
    studied: Annotated[Flag, Key("已研究论证")] = None
    accepted: Annotated[Flag, Key("决定听证")] = None
    in_writing: Annotated[Flag, Key("书面提出")] = None
    answered: Annotated[Moment, Key("答复日期")] = None
    reasons_given: Annotated[Flag, Key("已说明理由")] = None


class CataloguePublication(Act):
    """公布目录: a catalogue of decisions or of hearings (713-3; 粤府令第183号 5, 第288号 3).

    `approved` says that the deciding body fixed it, `party_consent` that the Party committee of the same level
    agreed before it was published; an approval by the government is not yet consent. `filed_upward`: the day on which it was filed
    with the level above (德州市重大行政决策程序规定 11). `drawn_up_by_justice`: the
    justice department drew it up; `contents` is what it says of each matter (山东省政府令第336号 4).
    """

    named: ClassVar = Key("公布目录", "publication of a catalogue")
    kind: Literal["catalogue_publication"] = "catalogue_publication"
    catalogue_kind: Annotated[word.CatalogueKind | None, Key("目录种类")] = None
    published: Annotated[Flag, Key("已公布")] = None
    approved: Annotated[Flag, Key("已经审批")] = None
    party_consent: Annotated[Flag, Key("已经党委同意")] = None
    drawn_up_by_justice: Annotated[Flag, Key("由司法行政部门编制")] = None
    contents: Annotated[tuple[word.CatalogueContent, ...], Key("目录内容")] = ()
    contents_complete: Annotated[Flag, Key("目录内容完整")] = None
    filed_upward: Annotated[Moment, Key("报上级备案日期")] = None
