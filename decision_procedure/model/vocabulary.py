"""The words that records may use; what each is called in Chinese and English stands in `labels.json`."""

from __future__ import annotations

import json
from collections.abc import Container
from importlib.resources import files
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
    domain: {word: (zh, en) for word, (zh, en) in table.items()}
    for domain, table in json.loads(files(__package__).joinpath("labels.json").read_text("utf-8")).items()
}
"""The label of each word in Chinese and English, by domain: `labels.json`."""

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
