"""Acts by which experts, risk assessors and reviewers examine the draft (713-19 to 28; 公平竞争审查条例)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import (
    EXCEPTION,
    FOR_THE_FILE,
    Count,
    DocumentRef,
    Flag,
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

    `direct_interest` is an interest in the matter itself. `part` is what part of the argument it did: whoever did
    the main part is not to evaluate the decision later (713-36).
    """

    person: PersonRef | None = None
    body: UnitRef | None = None
    part: word.WorkPart | None = None
    name: PersonName | None = None
    direct_interest: Flag = None
    interest_document: DocumentRef | None = None
    gave_written_opinion: Flag = None
    signed_or_sealed: Flag = None


class ExpertReview(Act):
    """专家论证 (713-19, 20).

    `expert_count` is a head count where the experts are not listed one by one.
    `legality_argued` and `negative_effects_argued` are heads of the Guangdong measure of 2012.
    """

    kind: Literal["expert_review"] = "expert_review"
    form: word.ExpertForm | None = None
    experts: tuple[Expert, ...] = ()
    experts_complete: Flag = None
    necessity_argued: Flag = None
    feasibility_argued: Flag = None
    soundness_argued: Flag = None
    expert_count: Count = None
    legality_argued: Flag = None
    negative_effects_argued: Flag = None


class RiskAssessment(Act):
    """风险评估 (713-22, 23).

    `assessed_heads` are the four heads of a stability assessment (国发〔2010〕33号).
    `interested_persons_took_part` (土地管理法实施条例 26): villagers and other interested persons.
    `third_party_part` is what part of the work the third party did (713-36).
    """

    kind: Literal["risk_assessment"] = "risk_assessment"
    level: word.RiskLevel | None = None
    assessed_as: Annotated[word.RiskFinding | None, FOR_THE_FILE] = None
    departments_heard: Flag = None
    report_contents: tuple[word.RiskContent, ...] = ()
    report_contents_complete: Flag = None
    report_written: Flag = None
    third_party_commissioned: Flag = None
    third_party: UnitRef | None = None
    third_party_part: word.WorkPart | None = None
    assessed_heads: tuple[word.RiskHead, ...] = ()
    assessed_heads_complete: Flag = None
    interested_persons_took_part: Flag = None


class FairCompetitionReview(Act):
    """公平竞争审查 (713-29; 公平竞争审查条例 14, 16, 17).

    `first_reviewed` is the review by the drafting unit, `market_department_reviewed` the one by the
    market-regulation department. `alternatives_considered` and `end_set` are the conditions of the exception
    in article 12: nothing less restrictive would do, and it has an end.
    """

    kind: Literal["fair_competition_review"] = "fair_competition_review"
    conclusion: word.ConclusionOfReview | None = None
    first_reviewed: Flag = None
    market_department_reviewed: Flag = None
    entities_heard: Flag = None
    public_heard: Flag = None
    alternatives_considered: Flag = None
    end_set: Flag = None


class Return(Sourced):
    """One return of incomplete material, and when complete material came back."""

    date: Annotated[Moment, FOR_THE_FILE] = None
    resubmitted: Moment = None
    reason: Annotated[Text | None, FOR_THE_FILE] = None


class LegalityReview(Act):
    """合法性审查 (713-25 to 28). Anchor: the day it was sent; `date` is the day of the opinion.

    `hearing_checked` (粤府令第183号): the review looked at whether a hearing was due and held.
    `no_other_reviewer`: the body, bound by reference, has no other unit that could have reviewed the draft.
    """

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
    legal_risk_stated: Annotated[Flag, EXCEPTION] = None
    hearing_checked: Flag = None
    no_other_reviewer: Flag = None

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
