"""The words that records may use, each with its Chinese and English label, in one table."""

from __future__ import annotations

from collections.abc import Container
from typing import Literal, get_args, get_origin

from decision_procedure.wording import in_both

Level = Literal["province", "city", "county", "township", "subdistrict"]
BodyKind = Literal[
    "government",
    "department",
    "administrative_committee",
    "party_committee",
    "party_and_government",
    "authorised_body",
]
MatterClass = Literal[
    "public_policy", "plan", "resources", "construction", "other_major",
    "macro_regulation", "legislation", "emergency_response", "other_statutory_procedure",
]  # fmt: skip
Capacity = Literal["chief", "leader", "staff"]
DocumentKind = Literal[
    "proposal", "study_report", "initiation_record", "research_report", "basis_list", "cost_benefit_analysis",
    "consultation_letter", "consultation_reply", "dispute_statement", "draft", "draft_explanation",
    "comment_notice", "hearing_notice", "selection_method", "participants_list", "delivery_receipt",
    "hearing_record", "meeting_record", "survey", "group_communication_record", "opinion_summary",
    "expert_report", "expert_opinion", "interest_declaration", "risk_report", "fair_competition_opinion",
    "review_request", "return_notice", "review_opinion", "legal_opinion", "legal_risk_statement",
    "discussion_papers", "minutes", "decision_text", "party_request", "party_reply", "congress_report",
    "issue_document", "publication_page", "interpretation_page", "file_index", "assignment_record",
    "execution_report", "problem_report", "suspension_decision", "evaluation_report", "contract",
    "catalogue", "classification_record", "outcome_document", "other",
    "hearing_catalogue", "hearing_report", "hearing_suggestion", "written_feedback", "first_review_opinion",
    "market_consultation_record", "expropriation_notice", "land_survey", "compensation_plan_notice",
    "funds_certificate", "unit_review_opinion", "countersignatures", "trade_policy_opinion",
]  # fmt: skip
Proposer = Literal["leader", "department", "lower_government", "deputy_or_member", "public"]
ProposalContent = Literal[
    "main_problem", "reasons_and_basis", "preliminary_plan", "necessity_and_feasibility"
]
DraftContent = Literal["goal", "tasks", "measures", "timetable", "executor", "budget", "explanation"]
DisputeContent = Literal["main_points", "units_views", "undertaker_view", "reasons_and_basis"]
Shortening = Literal["in_notice", "later", "not"]
Channel = Literal[
    "website", "gazette", "newspaper", "broadcast", "new_media", "notice_board", "letter", "other"
]
HearingPart = Literal[
    "presentation", "questions_and_debate", "confirmation", "attendance_check", "opening", "last_statements", "closing",
]  # fmt: skip
HearingRole = Literal["chair", "presenters", "participants", "recorder"]
HearingListContent = Literal["chair", "presenters", "participants", "recorder", "identities"]
HearingNoticeContent = Literal[
    "purpose", "content", "basis", "time", "place", "way_of_producing", "range_of_participants", "number_of_participants",
    "way_to_apply",
]  # fmt: skip
HearingReportContent = Literal[
    "organisation", "participants", "opinions", "issues_in_dispute", "analysis_and_proposals", "other_matters",
    "adoption_and_reasons",
]  # fmt: skip
OpinionForm = Literal[
    "symposium",
    "field_visit",
    "written_request",
    "questionnaire",
    "poll",
    "interview",
    "other",
    "online",
    "negotiation",
]
ExpertForm = Literal["meeting", "written", "commission", "other"]
ExpertField = Literal["industry", "legal", "other"]
ForecastContent = Literal["information_and_sources", "methods_and_process", "conclusion_and_effect"]
RiskContent = Literal[
    "risk_points", "preventive_measures", "response_plans", "matter_and_course", "methods_and_basis",
    "opinions_and_adoption", "conclusion_and_advice", "result",
]  # fmt: skip
RiskStep = Literal["plan", "opinions", "analysis", "degree", "report", "level"]
RiskPlanContent = Literal["purpose", "subject_and_content", "standards", "methods_and_steps"]
RiskVoice = Literal["departments", "interested_persons", "public"]
HeadAttending = Literal["office", "undertaker", "reviewer", "other"]
EvaluationSubject = Literal[
    "implementation", "costs_and_benefits", "acceptance", "effects", "problems_and_causes", "conformity_with_purpose",
    "fit_with_development",
]  # fmt: skip
EvaluationStep = Literal["group", "plan", "investigation", "report"]
EvaluationContent = Literal[
    "course", "findings", "problems_and_measures", "proposals", "other_matters", "execution", "problems_and_causes",
]  # fmt: skip
RiskLevel = Literal["high", "medium", "low"]
RiskFinding = Literal["controllable", "not_controllable"]
WorkPart = Literal["main", "side"]
ReviewForm = Literal[
    "review_opinion", "consultation_reply", "countersignature", "lawyer_opinion", "internal_opinion"
]
ReviewConclusion = Literal["passed", "passed_with_changes", "not_passed"]
ReviewHead = Literal["authority", "procedure", "content"]
ReviewMaterial = Literal[
    "draft", "legal_basis", "procedure_statement", "unit_review_opinion", "request", "drafting_explanation",
    "countersignatures", "participation_papers", "expert_papers", "risk_papers", "fair_competition_papers",
    "trade_policy_papers", "unit_meeting_papers",
]  # fmt: skip
ReviewProblem = Literal["beyond_power_or_unlawful", "procedure_missing", "provision_unlawful"]
ReviewHandling = Literal["advised_not_to_submit", "returned_to_cure", "changes_proposed"]
ReviewOpinionContent = Literal["course", "conclusion", "reasons_and_risks"]
PackageItem = Literal[
    "draft", "fair_competition", "public_opinions", "expert_opinions", "risk_report", "review_opinion", "other",
    "request", "legal_basis", "unit_meeting_papers", "environment_report", "trade_policy",
]  # fmt: skip
MeetingType = Literal[
    "executive", "plenary", "office", "special_topic", "circulation", "joint", "leadership", "party"
]
MeetingRole = Literal["chief", "member", "attending", "recorder"]
View = Literal["for", "against", "reserved", "none"]
Intention = Literal["adopt", "adopt_with_changes", "defer", "reject"]
ConclusionOfReview = Literal["no_restriction", "exception_applies", "restriction"]
EvaluationVoice = Literal[
    "public", "deputies", "cppcc_members", "peoples_organisations", "grassroots", "social_organisations"
]
OutcomeKind = Literal["serious_error", "undue_delay"]
WithholdingGround = Literal[
    "state_secret",
    "forbidden_by_law",
    "endangers_security",
    "trade_secret",
    "privacy",
    "internal_affairs",
    "other",
]
SecrecyLevel = Literal["top_secret", "secret", "confidential"]
CommentExemption = Literal["none", "endangers_security", "emergency_response", "drafting_secret", "other_law"]
CatalogueKind = Literal["decisions", "hearings"]
CatalogueContent = Literal["matter_name", "undertaker", "planned_date"]
Change = Literal["as_reviewed"]
Answer = Literal["met", "not_met"]
AssessedKind = Literal["county_government", "department", "township"]
Per = Literal["verdict", "decision"]
BindingKind = Literal["not_bound", "direct", "reference", "internal", "uncertain"]
JudgementStanding = Literal[
    "checked", "unchecked", "outdated", "not_yet", "superseded", "contradicted", "not_asked", "no_such_verdict",
    "unknown_duty",
]  # fmt: skip
OpinionState = Literal["favourable", "unfavourable", "for_a_person", "none"]
MeetingState = Literal["discussed", "for_a_person", "not_discussed"]
Involved = Literal["public", "experts", "party_committee", "peoples_congress"]
RiskHead = Literal["legality", "reasonableness", "feasibility", "controllability"]
CompensationNoticeContent = Literal["registration", "consequences", "objections"]
Track = Literal[
    "urban_plan", "land_expropriation", "house_expropriation", "government_pricing",
    "environmental_assessment", "government_investment", "development_plan",
]  # fmt: skip

LABELS: dict[str, dict[str, tuple[str, str]]] = {
    "level": {
        "province": ("省级", "province"), "city": ("市级", "city"), "county": ("县级", "county"),
        "township": ("乡级", "township"), "subdistrict": ("街道", "subdistrict"),
    },
    "body_kind": {
        "government": ("人民政府", "people's government"), "department": ("政府部门", "government department"),
        "administrative_committee": ("管理委员会", "administrative committee"),
        "party_committee": ("党委", "Party committee"),
        "party_and_government": ("党委和政府联合", "Party committee and government jointly"),
        "authorised_body": ("法律法规授权组织", "body authorised by law"),
    },
    "assessed_kind": {
        "county_government": ("县级政府", "county government"), "department": ("部门", "department"),
        "township": ("乡镇街道", "township or subdistrict"),
    },
    "per": {"verdict": ("要求", "demand"), "decision": ("事项", "matter")},
    "matter_class": {
        "public_policy": ("重大公共政策和措施", "major public policy or measure"),
        "plan": ("经济社会发展重要规划", "important economic or social plan"),
        "resources": ("重要资源开发利用保护", "use or protection of important resources"),
        "construction": ("重大公共建设项目", "major public construction project"),
        "other_major": ("其他重大事项", "other major matter"),
        "macro_regulation": ("宏观调控决策", "macro-economic regulation"),
        "legislation": ("政府立法决策", "government legislation"),
        "emergency_response": ("突发事件应急处置决策", "emergency response"),
        "other_statutory_procedure": ("法律、行政法规另定程序", "procedure set by another law"),
    },
    "capacity": {
        "chief": ("行政首长", "chief"), "leader": ("其他负有责任的领导人员", "other responsible leader"),
        "staff": ("直接责任人员", "directly responsible staff"),
    },
    "document_kind": {
        "proposal": ("决策事项建议", "proposal"), "study_report": ("研究论证材料", "study of the proposal"),
        "initiation_record": ("启动文件", "record of initiation"), "research_report": ("调研报告", "research report"),
        "basis_list": ("依据梳理表", "list of legal bases"),
        "cost_benefit_analysis": ("成本效益分析", "cost-benefit analysis"),
        "consultation_letter": ("征求部门意见函", "letter consulting departments"),
        "consultation_reply": ("征求意见复函", "reply to a consultation"),
        "dispute_statement": ("争议说明", "statement of the dispute"), "draft": ("决策草案", "draft decision"),
        "draft_explanation": ("草案说明", "explanation of the draft"),
        "comment_notice": ("征求意见公告", "notice for comment"), "hearing_notice": ("听证公告", "hearing notice"),
        "selection_method": ("遴选办法", "selection method"), "participants_list": ("听证参加人名单", "list of participants"),
        "delivery_receipt": ("送达回证", "receipt of delivery"), "hearing_record": ("听证笔录", "hearing record"),
        "meeting_record": ("座谈会记录", "symposium record"), "survey": ("调查问卷", "survey"),
        "group_communication_record": ("沟通协商记录", "record of talks with a group"),
        "opinion_summary": ("意见汇总表", "summary of opinions"), "expert_report": ("专家论证报告", "expert review report"),
        "expert_opinion": ("专家意见", "expert opinion"), "interest_declaration": ("利害关系声明", "declaration of interest"),
        "risk_report": ("风险评估报告", "risk assessment report"),
        "fair_competition_opinion": ("公平竞争审查意见", "fair-competition opinion"),
        "review_request": ("送审函", "request for legality review"), "return_notice": ("退回补正通知", "notice of return"),
        "review_opinion": ("合法性审查意见书", "legality review opinion"), "legal_opinion": ("法律意见书", "legal opinion"),
        "legal_risk_statement": ("法律风险说明", "statement of legal risk"),
        "discussion_papers": ("上会材料", "papers for discussion"), "minutes": ("会议纪要、会议记录", "minutes"),
        "decision_text": ("决定文本", "text of the decision"), "party_request": ("请示报告", "request or report to the Party"),
        "party_reply": ("党委批复", "reply of the Party committee"), "congress_report": ("人大报告", "report to the congress"),
        "issue_document": ("印发文件", "issued document"), "publication_page": ("公布页面", "publication page"),
        "interpretation_page": ("解读材料", "interpretation"), "file_index": ("卷内目录", "index of the file"),
        "assignment_record": ("执行分工", "assignment of execution"), "execution_report": ("执行报告", "execution report"),
        "problem_report": ("问题报告", "report of a problem"), "suspension_decision": ("中止决定", "decision to suspend"),
        "evaluation_report": ("后评估报告", "evaluation report"), "contract": ("委托合同", "contract"),
        "catalogue": ("决策事项目录", "catalogue of decisions"), "classification_record": ("不公开依据", "ground for withholding"),
        "outcome_document": ("责任认定文书", "finding on the outcome"), "other": ("其他文件", "other document"),
        "hearing_catalogue": ("听证目录", "catalogue of hearings"), "hearing_report": ("听证报告", "hearing report"),
        "hearing_suggestion": ("听证建议", "suggestion of a hearing"), "written_feedback": ("书面反馈", "written answer"),
        "first_review_opinion": ("公平竞争审查初审意见", "first fair-competition review"),
        "market_consultation_record": ("听取经营者、行业协会意见记录", "record of market entities' views"),
        "expropriation_notice": ("征收土地预公告", "advance notice of expropriation"),
        "land_survey": ("土地现状调查材料", "survey of the land"),
        "compensation_plan_notice": ("补偿方案公告", "notice of the compensation plan"),
        "funds_certificate": ("补偿费用到位证明", "proof that the money is in place"),
        "unit_review_opinion": ("合法性初审意见书", "opinion of the unit's own legality review"),
        "countersignatures": ("部门会签意见", "departments' countersignatures"),
        "trade_policy_opinion": ("贸易政策合规审查意见", "trade-policy compliance opinion"),
    },
    "proposer": {
        "leader": ("决策机关领导人员", "leader of the deciding body"), "department": ("政府部门", "department"),
        "lower_government": ("下一级政府", "lower government"),
        "deputy_or_member": ("人大代表、政协委员", "congress deputy or CPPCC member"),
        "public": ("公民、法人、其他组织", "citizen, legal person or organisation"),
    },
    "proposal_content": {
        "main_problem": ("主要问题", "main problem"), "reasons_and_basis": ("理由和依据", "reasons and basis"),
        "preliminary_plan": ("初步方案", "preliminary plan"),
        "necessity_and_feasibility": ("必要性和可行性", "necessity and feasibility"),
    },
    "draft_content": {
        "goal": ("决策目标", "goal"), "tasks": ("工作任务", "tasks"), "measures": ("措施方法", "measures"),
        "timetable": ("时间步骤", "steps in time"), "executor": ("决策执行单位", "executing unit"), "budget": ("经费预算", "budget"),
        "explanation": ("起草说明", "drafting explanation"),
    },
    "dispute_content": {
        "main_points": ("争议要点", "points in dispute"), "units_views": ("各单位意见", "views of the units"),
        "undertaker_view": ("承办单位意见", "view of the undertaking unit"),
        "reasons_and_basis": ("理由和依据", "reasons and basis"),
    },
    "shortening": {
        "in_notice": ("公告中说明", "explained in the notice"), "later": ("事后说明", "explained later"),
        "not": ("未说明", "not explained"),
    },
    "channel": {
        "website": ("政府网站", "government website"), "gazette": ("政府公报", "government gazette"),
        "newspaper": ("报刊", "newspaper"), "broadcast": ("广播电视", "radio or television"),
        "new_media": ("政务新媒体", "official new media"), "notice_board": ("公告栏", "notice board"),
        "letter": ("信函", "letter"), "other": ("其他渠道", "other channel"),
    },
    "hearing_part": {
        "presentation": ("介绍草案", "presentation"), "questions_and_debate": ("陈述、询问、质证、辩论", "questions and debate"),
        "confirmation": ("确认签字", "confirmation and signing"),
        "attendance_check": ("核实到场情况", "check of attendance"), "opening": ("宣布开始、名单、事项和纪律", "opening"),
        "last_statements": ("最后陈述", "last statements"), "closing": ("宣布结束", "closing"),
    },
    "hearing_role": {
        "chair": ("听证主持人", "chair"), "presenters": ("听证陈述人", "presenters"),
        "participants": ("听证参加人", "participants"), "recorder": ("听证记录员", "recorder"),
    },
    "hearing_list_content": {
        "chair": ("听证主持人", "chair"), "presenters": ("听证陈述人", "presenters"),
        "participants": ("听证参加人", "participants"), "recorder": ("听证记录员", "recorder"),
        "identities": ("有关身份情况", "their relevant identity"),
    },
    "hearing_notice_content": {
        "purpose": ("目的", "purpose"), "content": ("内容", "content"), "basis": ("依据", "basis"),
        "time": ("时间", "time"), "place": ("地点", "place"),
        "way_of_producing": ("参加人产生方式", "how participants are produced"),
        "range_of_participants": ("参加人范围", "range of participants"),
        "number_of_participants": ("参加人名额", "number of participants"),
        "way_to_apply": ("申请参加的时间、方式", "when and how to apply"),
    },
    "hearing_report_content": {
        "organisation": ("组织的基本情况", "how it was organised"),
        "participants": ("参加人产生方式和基本情况", "participants and how they were produced"),
        "opinions": ("主要意见及其依据、理由", "main opinions with basis and reasons"),
        "issues_in_dispute": ("争论的主要问题", "main issues in dispute"),
        "analysis_and_proposals": ("意见分析和处理建议", "analysis of the opinions and proposals"),
        "other_matters": ("其他情况", "other matters"),
        "adoption_and_reasons": ("意见采纳情况和理由", "what was adopted, with reasons"),
    },
    "opinion_form": {
        "symposium": ("座谈会", "symposium"), "field_visit": ("实地走访", "field visit"),
        "written_request": ("书面征求意见", "written request"), "questionnaire": ("问卷调查", "questionnaire"),
        "poll": ("民意调查", "opinion poll"), "interview": ("访谈", "interview"), "other": ("其他方式", "other form"),
        "online": ("网络平台互动", "exchange online"), "negotiation": ("协商会", "negotiation meeting"),
    },
    "expert_form": {
        "meeting": ("论证会", "meeting"), "written": ("书面咨询", "written consultation"),
        "commission": ("委托咨询论证", "commissioned review"), "other": ("其他方式", "other form"),
    },
    "expert_field": {
        "industry": ("行业专家", "expert of the trade"), "legal": ("法律专家", "legal expert"), "other": ("其他专家", "other expert"),
    },
    "forecast_content": {
        "information_and_sources": ("基本信息和来源", "information and sources"),
        "methods_and_process": ("分析预测方法和过程", "methods and process"),
        "conclusion_and_effect": ("分析预测结论及其影响", "conclusion and its effect on the matter"),
    },
    "risk_content": {
        "risk_points": ("风险点", "risk points"), "preventive_measures": ("防范措施", "preventive measures"),
        "response_plans": ("处置预案", "response plans"),
        "matter_and_course": ("评估事项和过程", "matter and course"), "methods_and_basis": ("评估方法和依据", "methods and basis"),
        "opinions_and_adoption": ("各方意见及采纳情况", "opinions and their adoption"),
        "conclusion_and_advice": ("评估结论和建议", "conclusion and advice"), "result": ("评估结果", "result"),
    },
    "risk_step": {
        "plan": ("制定工作方案", "plan"), "opinions": ("听取意见", "opinions heard"), "analysis": ("分析论证", "analysis"),
        "degree": ("确定可控程度", "degree of controllability"), "report": ("形成报告", "report"),
        "level": ("确定风险等级", "level of risk"),
    },
    "risk_plan_content": {
        "purpose": ("评估目的", "purpose"), "subject_and_content": ("评估对象与内容", "subject and content"),
        "standards": ("评估标准", "standards"), "methods_and_steps": ("评估方法与步骤", "methods and steps"),
    },
    "risk_voice": {
        "departments": ("有关部门", "departments"), "interested_persons": ("利益相关方", "interested persons"),
        "public": ("社会公众", "public"),
    },
    "head_attending": {
        "office": ("办公机构负责人", "head of the office"), "undertaker": ("承办单位负责人", "head of the undertaking unit"),
        "reviewer": ("合法性审查部门负责人", "head of the legality-review department"), "other": ("其他单位负责人", "other heads"),
    },
    "evaluation_subject": {
        "implementation": ("实施情况", "implementation"), "costs_and_benefits": ("成本与效益", "costs and benefits"),
        "acceptance": ("接受程度", "acceptance"), "effects": ("近期效果和长远影响", "short and long effects"),
        "problems_and_causes": ("问题和原因", "problems and causes"),
        "conformity_with_purpose": ("结果与目的是否相符", "whether the result fits the purpose"),
        "fit_with_development": ("与经济社会发展的符合程度", "fit with economic and social development"),
    },
    "evaluation_step": {
        "group": ("成立评估小组", "group"), "plan": ("制订评估方案", "plan"), "investigation": ("调查研究", "investigation"),
        "report": ("形成评估报告", "report"),
    },
    "evaluation_content": {
        "course": ("评估工作情况", "course of the evaluation"), "findings": ("评估内容", "what was evaluated"),
        "problems_and_measures": ("问题及改进对策", "problems and measures"),
        "proposals": ("延续、调整或者终结的建议", "proposal to go on, adjust or end"), "other_matters": ("其他问题", "other matters"),
        "execution": ("执行的基本情况", "how it was executed"), "problems_and_causes": ("主要问题和原因", "main problems and causes"),
    },
    "risk_level": {"high": ("高风险", "high"), "medium": ("中风险", "medium"), "low": ("低风险", "low")},
    "risk_finding": {"controllable": ("可控", "controllable"), "not_controllable": ("不可控", "not controllable")},
    "work_part": {"main": ("主要工作", "main part"), "side": ("辅助工作", "side part")},
    "review_form": {
        "review_opinion": ("合法性审查意见", "legality review opinion"),
        "consultation_reply": ("征求意见复函", "reply to a consultation"), "countersignature": ("会签", "countersignature"),
        "lawyer_opinion": ("律师意见", "lawyer's opinion"), "internal_opinion": ("内设机构意见", "opinion of an internal section"),
    },
    "review_conclusion": {
        "passed": ("审查通过", "passed"), "passed_with_changes": ("修改后通过", "passed subject to changes"),
        "not_passed": ("审查未通过", "not passed"),
    },
    "review_head": {
        "authority": ("法定权限", "authority"), "procedure": ("法定程序", "procedure"), "content": ("决策内容", "content"),
    },
    "review_material": {
        "draft": ("决策草案", "draft"), "legal_basis": ("依据", "legal basis"),
        "procedure_statement": ("履行程序情况说明", "statement of the procedure followed"),
        "unit_review_opinion": ("承办单位合法性审查意见", "opinion of the unit's own legal section"),
        "request": ("送审申请书", "request for review"), "drafting_explanation": ("起草说明", "drafting explanation"),
        "countersignatures": ("部门会签意见", "departments' countersignatures"),
        "participation_papers": ("公众参与材料", "papers on public participation"),
        "expert_papers": ("专家论证材料", "papers on the expert review"),
        "risk_papers": ("风险评估材料", "papers on the risk assessment"),
        "fair_competition_papers": ("公平竞争审查材料", "papers on the fair-competition review"),
        "trade_policy_papers": ("贸易政策合规审查材料", "papers on the trade-policy review"),
        "unit_meeting_papers": ("承办单位集体讨论材料", "papers of the unit's own discussion"),
    },
    "review_problem": {
        "beyond_power_or_unlawful": ("超越法定权限或者主要内容不合法", "beyond power, or unlawful in the main"),
        "procedure_missing": ("应当履行的程序没有履行", "a procedure that was due is missing"),
        "provision_unlawful": ("具体规定不合法", "a single provision is unlawful"),
    },
    "review_handling": {
        "advised_not_to_submit": ("建议不提交讨论", "advised not to submit"),
        "returned_to_cure": ("退回补正程序", "returned to make up the procedure"),
        "changes_proposed": ("提出修改意见和建议", "changes proposed"),
    },
    "review_opinion_content": {
        "course": ("审查的基本情况", "how it was reviewed"), "conclusion": ("合法性审查结论", "conclusion on legality"),
        "reasons_and_risks": ("理由和法律风险", "reasons and legal risks"),
    },
    "package_item": {
        "draft": ("草案及说明", "draft and materials"), "fair_competition": ("公平竞争审查情况", "fair-competition review"),
        "public_opinions": ("公众意见研究采纳情况", "handling of public opinions"),
        "expert_opinions": ("专家意见研究采纳情况", "handling of expert opinions"),
        "risk_report": ("风险评估报告", "risk report"), "review_opinion": ("合法性审查意见", "review opinion"),
        "other": ("其他材料", "other"), "request": ("提请讨论的请示", "request for discussion"),
        "legal_basis": ("法律依据和政策依据", "legal and policy basis"),
        "unit_meeting_papers": ("承办单位集体讨论材料", "papers of the unit's own discussion"),
        "environment_report": ("环境影响报告书", "environmental impact report"),
        "trade_policy": ("贸易政策合规审查材料", "trade-policy review"),
    },
    "meeting_type": {
        "executive": ("常务会议", "executive meeting"), "plenary": ("全体会议", "plenary meeting"),
        "office": ("办公会议", "office meeting"), "special_topic": ("专题会议", "special-topic meeting"),
        "circulation": ("传阅会签", "circulation of papers"), "joint": ("党政联席会议", "joint Party-government meeting"),
        "leadership": ("领导班子会议", "leadership meeting"), "party": ("党委会议", "Party committee meeting"),
    },
    "meeting_role": {
        "chief": ("行政首长", "chief"), "member": ("组成人员", "member"), "attending": ("列席", "attending"),
        "recorder": ("记录人", "recorder"),
    },
    "view": {
        "for": ("同意", "for"), "against": ("不同意", "against"), "reserved": ("保留意见", "reserved"),
        "none": ("未表态", "no view"),
    },
    "intention": {
        "adopt": ("通过", "adopt"), "adopt_with_changes": ("修改后通过", "adopt with changes"),
        "defer": ("暂缓", "defer"), "reject": ("不通过", "reject"),
    },
    "competition_conclusion": {
        "no_restriction": ("未排除限制竞争", "no restriction"), "exception_applies": ("适用例外规定", "exception applies"),
        "restriction": ("排除限制竞争", "restriction"),
    },
    "evaluation_voice": {
        "public": ("社会公众", "public"), "deputies": ("人大代表", "congress deputies"),
        "cppcc_members": ("政协委员", "CPPCC members"), "peoples_organisations": ("人民团体", "people's organisations"),
        "grassroots": ("基层组织", "grassroots organisations"), "social_organisations": ("社会组织", "social organisations"),
    },
    "outcome_kind": {
        "serious_error": ("决策严重失误", "serious decision error"),
        "undue_delay": ("久拖不决", "undue delay"),
    },
    "withholding_ground": {
        "state_secret": ("国家秘密", "state secret"), "forbidden_by_law": ("法律、行政法规禁止公开", "publication forbidden by law"),
        "endangers_security": ("可能危及国家安全、公共安全、经济安全、社会稳定", "may endanger security or stability"),
        "trade_secret": ("商业秘密", "trade secret"), "privacy": ("个人隐私", "privacy"),
        "internal_affairs": ("内部事务、过程性信息", "internal affairs or process information"), "other": ("其他", "other"),
    },
    "secrecy_level": {
        "top_secret": ("绝密", "top secret"), "secret": ("机密", "secret"), "confidential": ("秘密", "confidential"),
    },
    "comment_exemption": {
        "none": ("无", "none"), "endangers_security": ("经依法审查公开可能危害安全稳定", "lawful review: may endanger security"),
        "emergency_response": ("应对突发事件", "response to an emergency"),
        "drafting_secret": ("起草过程依法保密", "drafting lawfully secret"),
        "other_law": ("法律、法规、规章另有规定", "otherwise provided by law, regulation or rule"),
    },
    "catalogue_content": {
        "matter_name": ("决策事项名称", "name of the matter"), "undertaker": ("承办单位", "undertaking unit"),
        "planned_date": ("计划时间", "planned date"),
    },
    "catalogue_kind": {"decisions": ("决策事项目录", "catalogue of decisions"), "hearings": ("听证目录", "catalogue of hearings")},
    "opinion_state": {
        "favourable": ("审查通过", "passed"), "unfavourable": ("审查未通过", "not passed"),
        "for_a_person": ("是否通过须由人判断", "for a person to judge"), "none": ("没有审查", "none"),
    },
    "meeting_state": {
        "discussed": ("经会议集体讨论", "discussed at a meeting"),
        "for_a_person": ("是否经会议集体讨论须由人判断", "for a person to judge"),
        "not_discussed": ("未经会议集体讨论", "not discussed at a meeting"),
    },
    "change": {"as_reviewed": ("按审查意见修改", "changed only as the review asked")},
    "answer": {"met": ("符合要求", "met"), "not_met": ("不符合要求", "not met")},
    "judgement_standing": {
        "checked": ("有效", "it stands"),
        "unchecked": ("未核对是否仍适用", "whether it still applies has not been checked"),
        "outdated": ("判断之后案卷事实已变化，视为未判断", "outdated: the facts have changed since, it counts as not given"),
        "not_yet": ("判断日期晚于核查日期，视为未判断", "given after the day of checking, it counts as not given"),
        "superseded": ("已有后来的判断", "a later answer stands in its place"),
        "contradicted": ("与同日的另一判断相反，均视为未判断", "another of the same day says the opposite: neither counts"),
        "not_asked": ("该项不需要人工判断，不起作用", "nobody is asked to judge this: it changes nothing"),
        "no_such_verdict": ("本案卷没有该项结论，不起作用", "this record has no such verdict: it changes nothing"),
        "unknown_duty": ("所用法律中没有此义务，不起作用", "the law that was used knows no such duty: it changes nothing"),
    },
    "risk_head": {
        "legality": ("合法性", "legality"), "reasonableness": ("合理性", "reasonableness"),
        "feasibility": ("可行性", "feasibility"), "controllability": ("可控性", "controllability"),
    },
    "compensation_notice_content": {
        "registration": ("补偿登记的方式和期限", "how and until when to register"),
        "consequences": ("不办理登记的后果", "what follows where nobody registers"),
        "objections": ("异议反馈渠道", "where to object"),
    },
    "track": {
        "urban_plan": ("城乡规划", "urban and rural plan"), "land_expropriation": ("征收集体土地", "expropriation of land"),
        "house_expropriation": ("国有土地上房屋征收", "expropriation of houses"),
        "government_pricing": ("政府定价", "government pricing"),
        "environmental_assessment": ("环境影响评价", "environmental assessment"),
        "government_investment": ("政府投资项目", "government investment"),
        "development_plan": ("国民经济和社会发展五年规划", "five-year plan of economic and social development"),
    },
    "bearer": {
        "DO": ("决策机关", "deciding body"), "CU": ("决策承办单位", "undertaking unit"),
        "LR": ("合法性审查部门", "legality-review department"), "CH": ("行政首长", "chief"),
        "MB": ("会议组成人员", "meeting members"), "EX": ("决策执行单位", "executing unit"),
        "XP": ("专家、专业机构", "experts and professional bodies"), "RA": ("风险评估单位", "risk-assessing unit"),
        "HO": ("听证组织单位", "hearing organiser"), "EV": ("评估单位", "evaluating unit"),
        "PU": ("提出建议的单位", "proposing unit"), "SU": ("研究论证单位", "studying unit"), "AN": ("任何单位和个人", "any unit or person"),
    },
    "standing": {
        "done": ("已完成", "done"), "running": ("正在办理", "under way"), "due": ("待办", "to be done"),
        "conditional": ("是否需要尚不确定", "perhaps needed"), "overtaken": ("已错过", "overtaken"),
    },
    "involved": {
        "public": ("公众", "the public"), "experts": ("专家", "experts"),
        "party_committee": ("同级党委", "Party committee"), "peoples_congress": ("同级人大", "people's congress"),
    },
    "outcome": {
        "satisfied": ("合规", "satisfied"), "violated": ("不合规", "violated"), "undetermined": ("待定", "undetermined"),
        "pending": ("未到期", "pending"), "not_applicable": ("不适用", "not applicable"),
        "needs_judgement": ("需人工判断", "needs judgement"),
    },
    "class": {
        "in_doubt": ("存疑", "in doubt"), "to_supply": ("待补", "to supply"),
        "nothing_recorded": ("尚无记录", "nothing recorded"),
    },
    "if_complete": {
        "violated": ("即不合规", "violated"), "needs_judgement": ("须由人判断", "for a person to judge"),
    },
    "exception": {
        "withheld_lawfully": ("不属于依法不予公开的事项", "the matter is not lawfully withheld"),
        "risk_assessed_before": ("风险未按其他规定评估过", "the risk was not assessed under other rules"),
        "exploratory_reform": ("不属于探索性改革", "it is no exploratory reform"),
        "legal_risk_stated": ("审查意见未明示法律风险", "the review did not state the legal risk"),
        "materially_changed": ("草案有实质修改", "the draft was changed in substance"),
    },
    "force": {
        "must": ("应当", "must"), "must_not": ("不得", "must not"), "general": ("一般", "general"),
        "may": ("可以", "may"), "principle": ("原则", "principle"),
    },
    "effect": {"gate": ("前置程序", "gate"), "duty": ("义务", "duty"), "practice": ("做法", "practice")},
    "binding": {
        "direct": ("直接适用", "direct"), "reference": ("参照", "by reference"), "internal": ("内部", "internal"),
        "uncertain": ("不确定", "uncertain"), "not_bound": ("不适用", "not binding"),
    },
    "proof": {
        "shown": ("有文件证明", "shown"), "implied": ("由其他行为推知", "implied by another act"),
        "stated": ("案卷有记载、未附证明材料", "stated"), "contradicted": ("证据矛盾", "contradicted"),
    },
    "value": {"denied": ("未办理", "denied")},
    "cure": {"supplement": ("补正", "supplement"), "redo": ("重新履行", "redo")},
    "stage": {
        "preparing": ("提交之前", "before submission"),
        "submitted": ("提交之后", "once submitted"),
        "decided": ("作出决定之后", "once decided"),
        "issued": ("出台之后", "once issued"),
    },
    "gate_state": {
        "open": ("已完成", "open"), "closed": ("未完成", "closed"), "unknown": ("尚不能确定", "unknown"),
        "pending": ("未到期", "pending"), "was_closed": ("曾未完成", "was closed"), "was_unknown": ("曾不能确定", "was unknown"),
    },
    "cap": {
        "mark": ("条文未经核实", "the text was not verified"), "general": ("条文用“一般”", "the text says “in general”"),
        "implied": ("次序系推知，条文未明写", "the order is implied, not stated"),
        "no_time_word": ("条文无先后用语", "the text has no word of time"),
        "running": ("在应居其后的环节之前开始、之后结束", "begun before the step it had to precede, ended after it"),
        "scope_unclear": ("是否属于适用范围不明", "unclear whether the matter is in scope"),
        "applicability_uncertain": ("是否约束该机关不确定", "uncertain whether the body is bound"),
        "no_number_in_text": ("条文未定期限", "the text sets no number"),
    },
    "reason": {
        "ended": ("该文件届时已经废止，后继规定未收录", "no longer in force by then; what took its place is not loaded"),
        "scope": ("事项不属于适用范围", "the matter is out of scope"),
        "scope_unstated": ("案卷未答明是否列入目录、符合标准，是否属于除外事项", "whether it is on the catalogue, meets the standards or is excluded is not stated"),
        "excluded_yet_listed": ("属于除外类别，却列入目录", "of an excluded class, yet on the catalogue"),
        "kind_unstated": ("案卷未说明是否属于此类事项，其专门要求未核查", "whether the matter is of this kind is not stated: its own duties stay untested"),
        "excluded_unless_listed": ("属于除外类别，是否列入目录未载明", "of an excluded class; whether it is on the catalogue is not stated"),
        "excluded_locally": ("地方规定将其除外，上位法是否仍适用待判断", "a local rule leaves it out; whether higher law still covers it is for a person"),
        "nothing_applies": ("该文件的各项要求均不适用于本案，不必判断", "none of its duties applies to this record: there is nothing to judge"),
        "not_bound": ("该文件不约束这一机关", "the instrument does not bind this body"),
        "force_unknown": ("该文件的施行时间未查明", "when the instrument took effect was not established"),
        "replaced": ("由其他规定代替", "replaced by another provision"),
        "not_in_force": ("行为发生时尚未施行", "not in force at the time"),
        "no_such_act": ("案卷说明没有这种行为", "the record answers that there was no such act"),
        "act_unknown": ("是否有这种行为未载明", "whether there was such an act is unknown"),
        "announced": ("只有预告，按公告所载核查，是否如期举行未载明", "announced only: tested by the notice; whether it took place so is unknown"),
        "serves_other": ("服务于执行、评估或者调整，不属于本决策的程序", "it serves execution, evaluation or adjustment"),
        "rejected": ("决策事项未获通过", "the matter was rejected"),
        "deferred": ("决策事项暂缓", "the matter was deferred"),
        "outcome_unknown": ("决定的结果未载明", "what was decided is unknown"),
        "no_other_reviewer": ("该机关载明没有其他审查机构", "the body states that it has no other reviewer"),
        "sources_disagree": ("文件记载不一致，结论各异", "documents disagree, and the verdict with them"),
        "too_many_sayings": ("不同记载的组合过多，未逐一核查", "too many combinations of what documents say to try each"),
        "not_due": ("尚未到该环节", "not due yet"), "due_unknown": ("是否已到期尚不能确定", "whether it is due is unknown"),
        "date_unknown": ("日期未载明，适用何法不能确定", "the date is unknown, and so is the law that applies"),
        "no_number_in_text": ("条文未定期限", "the text sets no number"),
        "past_attention": ("尚未办理，已超过本库所设的提示期限", "not done, and past the time after which this library asks a person to look"),
        "done_past_attention": ("已经办理，历时超过本库所设的提示期限", "done, but after more than the time after which this library asks a person to look"),
        "within_attention": ("尚在本库所设的提示期限之内", "still within the time after which this library asks a person to look"),
    },
    "tree": {
        "included": ("属于适用范围", "covered"), "excluded": ("属于除外事项", "left out"),
        "excluded_locally": ("地方另行除外", "left out by the local text"), "belongs": ("属于该类事项", "of the kind it governs"),
        "not_bound": ("不受约束", "not bound"), "direct": ("直接适用", "bound directly"),
        "reference": ("参照适用", "bound by reference"), "internal": ("内部要求", "an internal requirement"),
        "when": ("适用条件", "when"), "require": ("要求", "requirement"), "judge": ("判断", "judgement"),
        "law": ("适用哪部法律", "which law applies"),
    },
    "need": {
        "required": ("需要", "required"), "not_required": ("不需要", "not needed"), "unknown": ("尚不能确定", "unknown"),
        "optional": ("可选", "optional"),
    },
    "progress": {
        "done": ("已完成", "done"), "planned": ("计划", "planned"), "announced": ("仅有预告", "only announced"),
        "not_done": ("未进行", "not done"), "unknown": ("无记录", "no record"), "under_way": ("进行中", "under way"),
    },
    "advice": {
        "counts": ("收到与采纳的数目须核对", "numbers of opinions to look at"),
        "no_longer": ("所引依据已经失效", "the law cited is no longer in force"),
        "not_yet": ("所引依据尚未施行", "the law cited is not yet in force"),
        "wrong_number": ("所引依据的文号与标题不符", "the number of the law cited does not match its title"),
        "binding": ("所引依据未显示约束本机关", "the law cited is not known to bind the body"),
        "place": ("行政区划代码有疑", "the division code is doubtful"),
    },
    "scope": {"in": ("属于", "in scope"), "out": ("不属于", "out of scope"), "unclear": ("不明", "unclear"), "unstated": ("案卷未说明", "not stated")},
}  # fmt: skip

# The names under which verdicts are counted and shown (`severity.FACES`): `undetermined` is told by its class.
LABELS["face"] = {
    **{name: text for name, text in LABELS["outcome"].items() if name != "undetermined"},
    **LABELS["class"],
}
LABELS["step_verdict"] = {**LABELS["face"], "not_begun": ("未开始", "not begun")}

WORDS = frozenset(
    frozenset(get_args(words)) for words in tuple(globals().values()) if get_origin(words) is Literal
)
"""The words of each field that takes one of several."""
DOMAINS: dict[frozenset[str], str] = {
    frozenset(table): domain for domain, table in LABELS.items() if frozenset(table) in WORDS
}
"""The domain of each set of words above: that whose table has exactly these words."""


def label(domain: str, value: str, lang: str = "zh") -> str:
    """Return the label of a word of one domain; the word itself when the table does not know it."""
    zh, en = LABELS.get(domain, {}).get(value, (value, value))
    return zh if lang == "zh" else en


def labels(domain: str, value: str) -> tuple[str, str]:
    """Return the label of a word in Chinese and English."""
    return in_both(lambda lang: label(domain, value, lang))


def domain_of(values: tuple[str, ...]) -> str | None:
    """Return the domain whose words are exactly these; None when no table has them."""
    return DOMAINS.get(frozenset(values))


_ALSO = {
    "省": "province", "市": "city", "县": "county", "区": "county", "乡": "township", "镇": "township", "乡镇": "township",
    "政府": "government", "部门": "department", "通过": "passed", "不通过": "not_passed", "修改后通过": "passed_with_changes",
    "县长": "chief", "市长": "chief", "一把手": "chief",
}  # fmt: skip
"""What people write for a word beside its label."""


def also(value: str, known: Container[str]) -> str:
    """Return the word that people mean by a text, of those that are known there; the text itself where there is none."""
    word = _ALSO.get(value)
    return value if word is None or word not in known else word


PLACES: dict[str, Level] = {
    "省": "province", "市": "city", "县": "county", "区": "county", "旗": "county", "乡": "township", "镇": "township",
}  # fmt: skip
"""The level of a people's government by the last character of its place."""
ALL_KINDS = {"全部": "all", "所有": "all"}
"""What people write for every kind of act."""
