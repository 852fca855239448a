"""Acts: what a record says was done, each kind with the fields that its duties need."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from decision_procedure.model import vocabulary as word
from decision_procedure.model.base import Count, Flag, Identifier, Identifiers, Moment, Part, Text
from decision_procedure.model.dates import PartialDate

Round = Annotated[int, Field(strict=True, ge=1, le=1000)]


class Act(Part):
    """What every act has.

    `held` false denies that the act took place; null says that it was announced and no more is known. `unit` is the unit that did it, `by` the people, both as
    identifiers of the record; `documents` evidence it. `round` counts repetitions of the procedure;
    `draft` is the draft it dealt with. `date` is the day of the act itself, where a kind has one.
    """

    anchor_fields: ClassVar[tuple[str, ...]] = ("date",)
    begin_fields: ClassVar[tuple[str, ...]] = ("date",)
    done_fields: ClassVar[tuple[str, ...]] = ("date",)

    id: Identifier | None = None
    held: Flag = True
    round: Round = 1
    draft: Identifier | None = None
    unit: Identifier | None = None
    by: Identifiers = ()
    date: Moment = None
    documents: Identifiers = ()
    note: Text | None = None

    @cached_property
    def anchor(self) -> PartialDate | None:
        """The date whose law governs the act (`law.md` 7.4); None when it is not recorded."""
        return _first(self, self.anchor_fields)

    @cached_property
    def begun(self) -> PartialDate | None:
        """When the act began; None when that is not recorded."""
        return _first(self, self.begin_fields)

    @cached_property
    def done(self) -> PartialDate | None:
        """When the act was complete; None when that is not recorded."""
        return _first(self, self.done_fields)


class ProposalStudy(Act):
    """研究论证 of a proposal (713-10)."""

    kind: Literal["proposal_study"] = "proposal_study"
    proposer: word.Proposer | None = None
    in_writing: Flag = None
    handed_to_unit: Flag = None
    contents: tuple[word.ProposalContent, ...] = ()
    contents_complete: Flag = None


class Initiation(Act):
    """启动: the deciding body starts the procedure and names who undertakes it (713-10, 11)."""

    kind: Literal["initiation"] = "initiation"
    undertaker_named: Flag = None
    undertakers: Identifiers = ()
    undertakers_complete: Flag = None
    lead_named: Flag = None


class Drafting(Act):
    """起草: research and drafting (713-12). `date` is when the draft was finished."""

    anchor_fields: ClassVar = ("date", "drafting_started")
    begin_fields: ClassVar = ("drafting_started", "date")
    kind: Literal["drafting"] = "drafting"
    research_done: Moment = None
    drafting_started: Moment = None
    researched: Flag = None
    law_sorted: Flag = None
    cost_benefit_forecast: Flag = None
    options_offered: Count = None


class DepartmentalConsultation(Act):
    """部门协商: consulting the units whose duties are touched (713-13). `date` is when they were asked."""

    done_fields: ClassVar = ("replied", "date")
    kind: Literal["departmental_consultation"] = "departmental_consultation"
    consulted: Identifiers = ()
    consulted_complete: Flag = None
    replied: Moment = None
    agreed: Flag = None
    dispute_reported: Flag = None
    dispute_contents: tuple[word.DisputeContent, ...] = ()
    dispute_contents_complete: Flag = None


class PublicComment(Act):
    """公开征求意见: publication for comment (713-15). Anchor: the date of its notice."""

    anchor_fields: ClassVar = ("notice_date", "start")
    begin_fields: ClassVar = ("start", "notice_date")
    done_fields: ClassVar = ("end",)
    kind: Literal["public_comment"] = "public_comment"
    notice_date: Moment = None
    start: Moment = None
    end: Moment = None
    channels: tuple[word.Channel, ...] = ()
    channels_complete: Flag = None
    draft_published: Flag = None
    explanation_published: Flag = None
    way_and_deadline_stated: Flag = None
    shortening_explained: word.Shortening | None = None
    notice_text_complete: Flag = None
    received: Count = None


class Hearing(Act):
    """听证会 (713-16, 17). Anchor: the date of its notice."""

    anchor_fields: ClassVar = ("notice_date", "date")
    kind: Literal["hearing"] = "hearing"
    notice_date: Moment = None
    draft_published: Flag = None
    explanation_published: Flag = None
    time_and_place_stated: Flag = None
    participants_selected: Flag = None
    method_published: Moment = None
    selected: Moment = None
    openly_selected: Flag = None
    all_sides_represented: Flag = None
    list_published: Moment = None
    materials_delivered: Moment = None
    public: Flag = None
    parts_in_order: tuple[word.HearingPart, ...] = ()
    parts_in_order_complete: Flag = None
    record_signed: Flag = None
    participants: Count = None
    attended: Count = None


class OpinionHearing(Act):
    """其他方式听取意见: symposium, survey, interview and the like (713-14)."""

    kind: Literal["opinion_hearing"] = "opinion_hearing"
    form: word.OpinionForm | None = None
    participants: Count = None


class GroupCommunication(Act):
    """与特定群体沟通协商 (713-14)."""

    kind: Literal["group_communication"] = "group_communication"
    organisations_heard: Flag = None
    representatives_heard: Flag = None


class OpinionHandling(Act):
    """意见研究采纳: sorting, studying and adopting opinions (713-18)."""

    kind: Literal["opinion_handling"] = "opinion_handling"
    sorted: Flag = None
    studied: Flag = None
    received: Count = None
    adopted: Count = None


class Expert(Part):
    """One expert or professional body in a review. `direct_interest` is an interest in the matter itself."""

    person: Identifier | None = None
    body: Identifier | None = None
    name: Text | None = None
    direct_interest: Flag = None
    interest_document: Identifier | None = None
    gave_written_opinion: Flag = None
    signed_or_sealed: Flag = None


class ExpertReview(Act):
    """专家论证 (713-19, 20)."""

    kind: Literal["expert_review"] = "expert_review"
    form: word.ExpertForm | None = None
    experts: tuple[Expert, ...] = ()
    experts_complete: Flag = None
    necessity_argued: Flag = None
    feasibility_argued: Flag = None
    soundness_argued: Flag = None


class RiskAssessment(Act):
    """风险评估 (713-22, 23)."""

    kind: Literal["risk_assessment"] = "risk_assessment"
    level: word.RiskLevel | None = None
    assessed_as: word.RiskFinding | None = None
    departments_heard: Flag = None
    report_contents: tuple[word.RiskContent, ...] = ()
    report_contents_complete: Flag = None
    report_written: Flag = None
    third_party_commissioned: Flag = None
    third_party: Identifier | None = None


class FairCompetitionReview(Act):
    """公平竞争审查 (713-29; 公平竞争审查条例)."""

    kind: Literal["fair_competition_review"] = "fair_competition_review"
    conclusion: word.ConclusionOfReview | None = None


class Return(Part):
    """One return of incomplete material, and when complete material came back."""

    date: Moment = None
    resubmitted: Moment = None
    reason: Text | None = None


class LegalityReview(Act):
    """合法性审查 (713-25 to 28). Anchor: the day it was sent; `date` is the day of the opinion."""

    anchor_fields: ClassVar = ("sent", "date")
    begin_fields: ClassVar = ("sent", "date")
    kind: Literal["legality_review"] = "legality_review"
    form: word.ReviewForm | None = None
    sent: Moment = None
    materials: tuple[word.ReviewMaterial, ...] = ()
    materials_complete: Flag = None
    returns: tuple[Return, ...] = ()
    conclusion: word.ReviewConclusion | None = None
    heads: tuple[word.ReviewHead, ...] = ()
    heads_complete: Flag = None
    counsel_opinions_organised: Flag = None
    changes_asked: Flag = None
    changes_made: Flag = None
    legal_risk_stated: Flag = None

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


class Submission(Act):
    """提交讨论: the package submitted to the deciding body (713-25, 29)."""

    kind: Literal["submission"] = "submission"
    package: tuple[word.PackageItem, ...] = ()
    package_complete: Flag = None


class Attendee(Part):
    """One person at a meeting."""

    person: Identifier | None = None
    role: word.MeetingRole | None = None
    view: word.View | None = None
    dissent_recorded: Flag = None


class Deliberation(Act):
    """集体讨论 at a meeting (713-24, 30). `speaking_order` lists persons in the order in which they spoke."""

    kind: Literal["deliberation"] = "deliberation"
    meeting_type: word.MeetingType | None = None
    attendees: tuple[Attendee, ...] = ()
    attendees_complete: Flag = None
    chief: Identifier | None = None
    chief_present: Flag = None
    speaking_order: Identifiers = ()
    speaking_order_complete: Flag = None
    chief_spoke_last: Flag = None
    recorded: Flag = None
    risk_finding: word.RiskFinding | None = None
    risk_adjusted_until_controllable: Flag = None
    majority_view: word.Intention | None = None
    chief_intends: word.Intention | None = None
    chief_reasons_stated: Flag = None


class DecisionTaken(Act):
    """作出决定 (713-30). `deliberation` is the meeting on which it rests."""

    kind: Literal["decision"] = "decision"
    deliberation: Identifier | None = None
    outcome: word.Intention | None = None


class PartyReport(Act):
    """向同级党委请示报告 (713-31)."""

    kind: Literal["party_report"] = "party_report"
    replied: Moment = None


class CongressReport(Act):
    """向人大或者其常委会提请讨论决定、报告 (713-8)."""

    kind: Literal["congress_report"] = "congress_report"


class Issue(Act):
    """出台: the decision leaves the deciding body as a document (713-31)."""

    kind: Literal["issue"] = "issue"
    number: Text | None = None


class Publication(Act):
    """公布 (713-32)."""

    kind: Literal["publication"] = "publication"
    channels: tuple[word.Channel, ...] = ()
    channels_complete: Flag = None


class Interpretation(Act):
    """解读 (713-32)."""

    kind: Literal["interpretation"] = "interpretation"
    adoption_explained: Flag = None
    channels: tuple[word.Channel, ...] = ()


class Filing(Act):
    """归档 (713-33)."""

    kind: Literal["filing"] = "filing"
    complete: Flag = None


class ExecutionAssignment(Act):
    """明确执行单位 (713-34)."""

    kind: Literal["execution_assignment"] = "execution_assignment"
    executors: Identifiers = ()
    executors_complete: Flag = None


class ExecutionReport(Act):
    """执行报告 (713-34)."""

    kind: Literal["execution_report"] = "execution_report"
    truthful: Flag = None


class ProblemReport(Act):
    """问题报告 by the executing unit (713-35). `date` is the day of the report."""

    anchor_fields: ClassVar = ("found", "date")
    begin_fields: ClassVar = ("found", "date")
    kind: Literal["problem_report"] = "problem_report"
    found: Moment = None


class Suspension(Act):
    """中止执行 (713-37)."""

    kind: Literal["suspension"] = "suspension"
    by_chief: Flag = None
    urgent: Flag = None
    goal_seriously_affected: Flag = None
    statutory_procedure: Flag = None


class Evaluation(Act):
    """决策后评估 (713-36)."""

    kind: Literal["evaluation"] = "evaluation"
    evaluator: Identifier | None = None
    commissioned: Flag = None
    voices: tuple[word.EvaluationVoice, ...] = ()
    voices_complete: Flag = None


class Adjustment(Act):
    """决策调整, or stopping execution for good (713-37)."""

    kind: Literal["adjustment"] = "adjustment"
    major: Flag = None
    statutory_procedure: Flag = None


AnyAct = Annotated[
    ProposalStudy | Initiation | Drafting | DepartmentalConsultation | PublicComment | Hearing | OpinionHearing
    | GroupCommunication | OpinionHandling | ExpertReview | RiskAssessment | FairCompetitionReview
    | LegalityReview | Submission | Deliberation | DecisionTaken | PartyReport | CongressReport | Issue
    | Publication | Interpretation | Filing | ExecutionAssignment | ExecutionReport | ProblemReport
    | Suspension | Evaluation | Adjustment,
    Field(discriminator="kind"),
]  # fmt: skip

ACT_CLASSES: dict[str, type[Act]] = {
    cls.model_fields["kind"].default: cls
    for cls in (
        ProposalStudy, Initiation, Drafting, DepartmentalConsultation, PublicComment, Hearing, OpinionHearing,
        GroupCommunication, OpinionHandling, ExpertReview, RiskAssessment, FairCompetitionReview,
        LegalityReview, Submission, Deliberation, DecisionTaken, PartyReport, CongressReport, Issue,
        Publication, Interpretation, Filing, ExecutionAssignment, ExecutionReport, ProblemReport, Suspension,
        Evaluation, Adjustment,
    )
}  # fmt: skip


def _first(act: Act, fields: tuple[str, ...]) -> PartialDate | None:
    for field in fields:
        value: PartialDate | None = getattr(act, field)
        if value is not None:
            return value
    return None
