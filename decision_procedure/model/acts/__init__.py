"""Acts: what a record says was done, each kind with the fields that its duties need."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from decision_procedure.model.acts.assessment import (
    Expert,
    ExpertReview,
    FairCompetitionReview,
    LegalityReview,
    Return,
    RiskAssessment,
)
from decision_procedure.model.acts.base import Act, Round
from decision_procedure.model.acts.deciding import (
    Attendee,
    CongressReport,
    DecisionTaken,
    Deliberation,
    Filing,
    Interpretation,
    Issue,
    PartyReport,
    Publication,
    Submission,
)
from decision_procedure.model.acts.drafting import (
    DepartmentalConsultation,
    Drafting,
    Initiation,
    ProposalStudy,
)
from decision_procedure.model.acts.execution import (
    Adjustment,
    Evaluation,
    ExecutionAssignment,
    ExecutionReport,
    ProblemReport,
    Suspension,
)
from decision_procedure.model.acts.participation import (
    CataloguePublication,
    GroupCommunication,
    Hearing,
    HearingSuggestion,
    OpinionHandling,
    OpinionHearing,
    PublicComment,
)
from decision_procedure.model.acts.tracks import CompensationPlanNotice, ExpropriationPreparation

AnyAct = Annotated[
    ProposalStudy | Initiation | Drafting | DepartmentalConsultation | PublicComment | Hearing | OpinionHearing
    | GroupCommunication | OpinionHandling | ExpertReview | RiskAssessment | FairCompetitionReview
    | LegalityReview | Submission | Deliberation | DecisionTaken | PartyReport | CongressReport | Issue
    | Publication | Interpretation | Filing | ExecutionAssignment | ExecutionReport | ProblemReport
    | Suspension | Evaluation | Adjustment | HearingSuggestion | CataloguePublication
    | ExpropriationPreparation | CompensationPlanNotice,
    Field(discriminator="kind"),
]  # fmt: skip

ACT_CLASSES: dict[str, type[Act]] = {
    cls.model_fields["kind"].default: cls
    for cls in (
        ProposalStudy, Initiation, Drafting, DepartmentalConsultation, PublicComment, Hearing, OpinionHearing,
        GroupCommunication, OpinionHandling, ExpertReview, RiskAssessment, FairCompetitionReview,
        LegalityReview, Submission, Deliberation, DecisionTaken, PartyReport, CongressReport, Issue,
        Publication, Interpretation, Filing, ExecutionAssignment, ExecutionReport, ProblemReport, Suspension,
        Evaluation, Adjustment, HearingSuggestion, CataloguePublication, ExpropriationPreparation,
        CompensationPlanNotice,
    )
}  # fmt: skip

__all__ = [
    "ACT_CLASSES", "Act", "Adjustment", "AnyAct", "Attendee", "CataloguePublication", "CompensationPlanNotice",
    "CongressReport", "DecisionTaken", "Deliberation", "DepartmentalConsultation", "Drafting", "Evaluation",
    "ExecutionAssignment", "ExecutionReport", "Expert", "ExpertReview", "ExpropriationPreparation",
    "FairCompetitionReview", "Filing", "GroupCommunication", "Hearing", "HearingSuggestion", "Initiation",
    "Interpretation", "Issue", "LegalityReview", "OpinionHandling", "OpinionHearing", "PartyReport",
    "ProblemReport", "ProposalStudy", "PublicComment", "Publication", "Return", "RiskAssessment", "Round",
    "Submission", "Suspension",
]  # fmt: skip
