"""Acts from submission to filing (713-29 to 33)."""

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import FOR_THE_FILE, IN_ORDER, ActRef, Flag, Key, Moment, PersonRef, Text
from decision_procedure.model.disputes import Sourced


class Submission(Act):
    """提交讨论: the package submitted to the deciding body (713-25, 29)."""

    named: ClassVar = Key("提交讨论", "submission for discussion")
    kind: Literal["submission"] = "submission"
    package: Annotated[tuple[word.PackageItem, ...], Key("提请材料")] = ()
    package_complete: Annotated[Flag, Key("提请材料完整")] = None


class Attendee(Sourced):
    """One person at a meeting."""

    person: Annotated[PersonRef | None, Key("人员编号")] = None
    role: Annotated[word.MeetingRole | None, Key("角色")] = None
    view: Annotated[word.View | None, Key("意见")] = None
    dissent_recorded: Annotated[Flag, Key("不同意见已记录")] = None
    recused: Annotated[Flag, FOR_THE_FILE, Key("回避")] = None


class Deliberation(Act):
    """集体讨论 at a meeting (713-24, 30). `speaking_order` lists persons in the order in which they spoke.

    `heads_attending` are the heads of units who sat in (粤府令第288号 39).
    """

    named: ClassVar = Key("集体讨论", "deliberation", also=("集体讨论决定",))
    kind: Literal["deliberation"] = "deliberation"
    meeting_type: Annotated[word.MeetingType | None, Key("会议类型")] = None
    attendees: Annotated[tuple[Attendee, ...], Key("参会人员")] = ()
    attendees_complete: Annotated[Flag, Key("参会人员完整")] = None
    chief: Annotated[PersonRef | None, Key("行政首长")] = None
    chief_present: Annotated[Flag, Key("行政首长到会")] = None
    speaking_order: Annotated[tuple[PersonRef, ...], IN_ORDER, Key("发言顺序")] = ()
    speaking_order_complete: Annotated[Flag, Key("发言顺序完整")] = None
    chief_spoke_last: Annotated[Flag, Key("行政首长末位发言")] = None
    recorded: Annotated[Flag, Key("如实记录")] = None
    risk_finding: Annotated[word.RiskFinding | None, Key("风险认定")] = None
    risk_adjusted_until_controllable: Annotated[Flag, Key("已调整至风险可控")] = None
    majority_view: Annotated[word.Intention | None, Key("多数意见")] = None
    chief_intends: Annotated[word.Intention | None, Key("行政首长拟决定")] = None
    chief_reasons_stated: Annotated[Flag, Key("已说明理由")] = None
    deputy_reviewed: Annotated[Flag, Key("分管负责人已审核")] = None
    chief_tabled: Annotated[Flag, Key("行政首长决定提交")] = None
    heads_attending: Annotated[tuple[word.HeadAttending, ...], Key("列席负责人")] = ()
    heads_attending_complete: Annotated[Flag, Key("列席负责人完整")] = None
    undertaker_explained: Annotated[Flag, Key("承办单位已说明")] = None


class DecisionTaken(Act):
    """作出决定 (713-30). `deliberation` is the meeting on which it rests.

    `compensation_funds_in_place` (国有土地上房屋征收与补偿条例 12): the money was there before the decision.
    """

    named: ClassVar = Key("作出决定", "decision")
    kind: Literal["decision"] = "decision"
    deliberation: Annotated[ActRef | None, Key("讨论会议")] = None
    outcome: Annotated[word.Intention | None, Key("决定结果")] = None
    compensation_funds_in_place: Annotated[Flag, Key("补偿费用到位")] = None


class PartyReport(Act):
    """向同级党委请示报告 (713-31)."""

    named: ClassVar = Key("向党委请示报告", "Party report")
    kind: Literal["party_report"] = "party_report"
    replied: Annotated[Moment, FOR_THE_FILE, Key("回复日期")] = None
    by_party_group: Annotated[Flag, Key("由政府党组请示")] = None


class CongressReport(Act):
    """向人大或者其常委会提请讨论决定、报告 (713-8)."""

    named: ClassVar = Key("向人大报告", "congress report")
    kind: Literal["congress_report"] = "congress_report"


class Issue(Act):
    """出台: the decision leaves the deciding body as a document (713-31)."""

    named: ClassVar = Key("出台", "issue")
    kind: Literal["issue"] = "issue"
    number: Annotated[Text | None, FOR_THE_FILE, Key("文号")] = None


class Publication(Act):
    """公布 (713-32)."""

    named: ClassVar = Key("公布", "publication")
    kind: Literal["publication"] = "publication"
    channels: Annotated[tuple[word.Channel, ...], Key("渠道")] = ()
    channels_complete: Annotated[Flag, Key("渠道完整")] = None


class Interpretation(Act):
    """解读 (713-32)."""

    named: ClassVar = Key("解读", "interpretation")
    kind: Literal["interpretation"] = "interpretation"
    adoption_explained: Annotated[Flag, Key("说明采纳情况")] = None
    channels: Annotated[tuple[word.Channel, ...], FOR_THE_FILE, Key("渠道")] = ()


class Filing(Act):
    """归档 (713-33)."""

    named: ClassVar = Key("归档", "filing")
    kind: Literal["filing"] = "filing"
    complete: Annotated[Flag, Key("材料完整")] = None
