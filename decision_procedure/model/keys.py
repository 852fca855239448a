"""The Chinese name of every key of a record: the one table for reading Chinese files and for labels."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from decision_procedure.wording import in_both, is_chinese

_CHINESE = {
    # the decision
    "schema": "格式版本", "id": "编号", "title": "事项名称", "body": "决策机关", "matter_class": "事项类别",
    "stated_on": "填报日期", "source": "来源", "note": "备注", "invented": "虚构", "catalogue": "目录",
    "traits": "事项特征", "complete": "完整性声明", "units": "单位", "lead_unit": "牵头单位",
    "co_units": "配合单位", "people": "人员", "documents": "文件", "drafts": "草案版本", "acts": "行为",
    "cited_law": "所引依据", "outcome_finding": "后果认定", "waivers": "豁免", "judgements": "人工判断", "tracks": "特别程序",
    "tracks_complete": "特别程序完整", "withholding": "不公开情况", "comment_exemption": "免于公开征求意见情形",
    # its parts
    "name": "名称", "level": "级别", "kind": "种类", "code": "区划代码", "unit": "单位编号",
    "listed": "已列入", "year": "年度", "item": "序号", "section": "部分", "document": "依据文件", "planned_steps": "计划程序",
    "kinds": "行为种类", "up_to": "截至", "stated_by": "声明人", "aliases": "别名", "parent": "上级单位",
    "post": "职务", "posts": "任职", "capacity": "身份", "since": "任职起", "until": "任职止",
    "number": "文号", "date": "日期", "sha256": "摘要值", "location": "存放位置",
    "materially_changed": "实质修改", "changes_confirmed": "审查机构已确认修改", "authority": "机关", "major_loss_or_effect": "重大损失或恶劣影响",
    "duty": "义务", "basis": "理由", "act": "所涉行为", "answer": "判断", "day": "判断日期", "fingerprint": "问题指纹", "value": "值", "ground": "不公开理由", "secrecy_level": "密级",
    "approved": "已经审批", "hearing_planned": "计划听证",
    # traits
    "withheld_lawfully": "依法不予公开", "specific_group": "涉及特定群体利益", "vital_interests": "涉及切身利益",
    "major_disagreement": "存在较大分歧", "hearing_required": "依法应当听证", "professional": "专业性技术性较强",
    "wide_concern": "社会普遍关注", "possible_harm": "可能造成不利影响", "risk_assessed_before": "风险已另行评估",
    "market_entities": "涉及市场主体经济活动", "exploratory_reform": "探索性改革",
    "explicit_state_rule": "国家有明确规定", "peoples_congress_matter": "人大讨论或报告范围",
    "touches_other_units": "涉及其他单位职责", "meets_published_standards": "符合公布标准",
    "adjusts_major_decision": "调整重大决策", "execution_problem": "执行中出现重大问题",
    "wide_reach": "涉及面广", "livelihood": "教育医疗等民生事项", "major_public_interest": "涉及重大公共利益",
    "hearing_thought_needed": "认为需要听证", "complex_or_sensitive": "特别复杂敏感",
    "expert_consultation_due": "依规定应当专家咨询论证", "normative_document": "属于行政规范性文件",
    "carries_out_superior_decision": "执行上级既定决策", "forwards_superior_document": "转发上级文件且无实施意见",
    "major_project_or_policy": "重大政策重大项目", "old_city_rebuilding": "旧城区改建",
    "many_persons_affected": "被征收人数量较多", "major_investment": "重大或者大型政府投资项目",
    # every act
    "held": "已进行", "for": "服务于行为", "round": "轮次", "draft": "草案编号", "by": "经办人员",
    "denied": "未办理事项", "says": "不同记载",
    # proposal, initiation, drafting, consultation
    "proposer": "提出主体", "in_writing": "书面提出", "handed_to_unit": "交单位研究", "contents": "建议内容", "contents_complete": "建议内容完整",
    "undertaker_named": "已明确承办单位", "undertakers": "承办单位", "undertakers_complete": "承办单位完整",
    "lead_named": "已明确牵头单位", "research_done": "调研完成日期", "drafting_started": "起草开始日期",
    "researched": "已调研", "law_sorted": "已梳理依据", "cost_benefit_forecast": "成本效益预测",
    "options_offered": "备选方案数", "consulted": "征求单位", "consulted_complete": "征求单位完整",
    "replied": "回复日期", "agreed": "达成一致", "dispute_reported": "已报告争议",
    "dispute_contents": "争议说明内容", "dispute_contents_complete": "争议说明内容完整",
    # participation
    "notice_date": "公告日期", "start": "开始日期", "end": "截止日期", "channels": "渠道",
    "channels_complete": "渠道完整", "draft_published": "公布草案", "explanation_published": "公布草案说明",
    "way_and_deadline_stated": "载明途径和期限", "shortening_explained": "缩短期限说明",
    "notice_text_complete": "公告全文在卷", "received": "收到意见数",
    "time_and_place_stated": "载明时间地点", "participants_selected": "需要遴选参加人",
    "method_published": "遴选办法公布日期", "selected": "遴选日期", "openly_selected": "公平公开遴选",
    "all_sides_represented": "各方均有代表", "list_published": "名单公布日期",
    "materials_delivered": "材料送达日期", "public": "公开举行", "parts_in_order": "听证程序",
    "parts_in_order_complete": "听证程序完整", "record_signed": "笔录签字确认", "participants": "参加人数",
    "attended": "出席人数", "form": "形式", "organisations_heard": "已听取组织意见",
    "representatives_heard": "已听取群体代表意见", "sorted": "已归纳整理", "studied": "已研究论证",
    "adopted": "采纳意见数", "applicants": "报名人数", "postponed": "曾经延期", "closed_ground": "不公开举行理由",
    "media_refused": "拒绝媒体采访", "majority_opposed": "多数参加人反对", "further_argued": "已进一步论证",
    "told_in_writing": "书面告知采纳情况", "adoption_published": "公布采纳情况",
    "by_price_department": "价格主管部门主持", "market_entities_heard": "已听取市场主体意见",
    "associations_heard": "已听取行业协会商会意见", "feedback_given": "已反馈", "adoption_stated": "附采纳说明",
    "accepted": "决定听证", "catalogue_kind": "目录种类", "published": "已公布", "party_consent": "已经党委同意",
    # experts, risk, competition, legality
    "experts": "专家", "experts_complete": "专家名单完整", "person": "人员编号", "direct_interest": "直接利害关系",
    "interest_document": "利害关系文件", "gave_written_opinion": "出具书面意见", "signed_or_sealed": "已署名盖章",
    "necessity_argued": "论证必要性", "feasibility_argued": "论证可行性", "soundness_argued": "论证科学性",
    "assessed_as": "评估结论", "departments_heard": "已听取部门意见",
    "report_contents": "报告内容", "report_contents_complete": "报告内容完整", "report_written": "已形成报告",
    "third_party_commissioned": "委托第三方", "third_party": "第三方机构", "part": "承担部分", "third_party_part": "第三方承担部分",
    "conclusion": "审查结论", "sent": "送审日期", "materials": "送审材料",
    "materials_complete": "送审材料完整", "returns": "退回补正", "resubmitted": "重新送审日期", "reason": "原因",
    "heads": "审查方面", "heads_complete": "审查方面完整", "counsel_opinions_organised": "已组织法律顾问",
    "changes_asked": "要求修改", "changes_made": "已修改", "legal_risk_stated": "已说明法律风险",
    "hearing_checked": "已审查听证情况", "no_other_reviewer": "无其他审查机构", "expert_count": "专家人数", "legality_argued": "论证合法性",
    "negative_effects_argued": "论证负面影响和风险", "assessed_heads": "评估方面",
    "assessed_heads_complete": "评估方面完整", "interested_persons_took_part": "利害关系人参加",
    "first_reviewed": "已初审", "market_department_reviewed": "市场监管部门已审查",
    "entities_heard": "已听取经营者意见", "public_heard": "已听取社会公众意见",
    "alternatives_considered": "已考虑替代方案", "end_set": "已定实施期限或者终止条件",
    # discussion, decision, after
    "package": "提请材料", "package_complete": "提请材料完整", "meeting_type": "会议类型", "attendees": "参会人员",
    "attendees_complete": "参会人员完整", "role": "角色", "view": "意见", "dissent_recorded": "不同意见已记录", "recused": "回避",
    "chief": "行政首长", "chief_present": "行政首长到会", "speaking_order": "发言顺序",
    "speaking_order_complete": "发言顺序完整", "chief_spoke_last": "行政首长末位发言", "recorded": "如实记录",
    "risk_finding": "风险认定", "risk_adjusted_until_controllable": "已调整至风险可控",
    "majority_view": "多数意见", "chief_intends": "行政首长拟决定", "chief_reasons_stated": "已说明理由",
    "deliberation": "讨论会议", "outcome": "决定结果", "adoption_explained": "说明采纳情况",
    "executors": "执行单位", "executors_complete": "执行单位完整", "truthful": "如实报告", "found": "发现日期",
    "by_chief": "行政首长决定", "urgent": "情况紧急", "goal_seriously_affected": "严重影响目标",
    "statutory_procedure": "履行法定程序", "evaluator": "评估机构", "commissioned": "委托评估",
    "voices": "听取对象", "voices_complete": "听取对象完整", "major": "重大调整",
    "compensation_funds_in_place": "补偿费用到位", "time_limit_set": "已定完成时限", "feedback_required": "要求反馈执行情况",
    "notice_published": "已预公告", "survey_done": "已现状调查", "most_object": "多数人有异议",
    "opinions_published": "已公布征求意见情况", "changes_published": "已公布修改情况",
    # derived, read by rules only
    "anchor": "适用法律日期", "begun": "开始时间", "done": "完成时间", "complete_material_sent": "完整材料送审日期",
}  # fmt: skip

CHINESE: Mapping[str, str] = MappingProxyType(_CHINESE)
# Names by which a key may go in one part of a record beside its own.
_BESIDES = {"判断人": "by", "判断理由": "reason"}
ENGLISH: Mapping[str, str] = MappingProxyType(_BESIDES | {zh: en for en, zh in _CHINESE.items()})


def key_label(name: str, lang: str = "zh") -> str:
    """Return the name of a key as people read it."""
    return CHINESE.get(name, name) if is_chinese(lang) else name.replace("_", " ")


def key_labels(name: str) -> tuple[str, str]:
    """Return the name of a key in Chinese and English."""
    return in_both(lambda lang: key_label(name, lang))
