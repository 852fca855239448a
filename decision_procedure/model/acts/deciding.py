"""Acts from submission to filing (713-29 to 33)."""

from __future__ import annotations

from typing import Annotated, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import FOR_THE_FILE, IN_ORDER, ActRef, Flag, Moment, PersonRef, Text
from decision_procedure.model.disputes import Sourced


class Submission(Act):
    """提交讨论: the package submitted to the deciding body (713-25, 29)."""

    kind: Literal["submission"] = "submission"
    package: tuple[word.PackageItem, ...] = ()
    package_complete: Flag = None


class Attendee(Sourced):
    """One person at a meeting."""

    person: PersonRef | None = None
    role: word.MeetingRole | None = None
    view: word.View | None = None
    dissent_recorded: Flag = None
    recused: Annotated[Flag, FOR_THE_FILE] = None


class Deliberation(Act):
    """集体讨论 at a meeting (713-24, 30). `speaking_order` lists persons in the order in which they spoke."""

    kind: Literal["deliberation"] = "deliberation"
    meeting_type: word.MeetingType | None = None
    attendees: tuple[Attendee, ...] = ()
    attendees_complete: Flag = None
    chief: PersonRef | None = None
    chief_present: Flag = None
    speaking_order: Annotated[tuple[PersonRef, ...], IN_ORDER] = ()
    speaking_order_complete: Flag = None
    chief_spoke_last: Flag = None
    recorded: Flag = None
    risk_finding: word.RiskFinding | None = None
    risk_adjusted_until_controllable: Flag = None
    majority_view: word.Intention | None = None
    chief_intends: word.Intention | None = None
    chief_reasons_stated: Flag = None


class DecisionTaken(Act):
    """作出决定 (713-30). `deliberation` is the meeting on which it rests.

    `compensation_funds_in_place` (国有土地上房屋征收与补偿条例 12): the money was there before the decision.
    """

    kind: Literal["decision"] = "decision"
    deliberation: ActRef | None = None
    outcome: word.Intention | None = None
    compensation_funds_in_place: Flag = None


class PartyReport(Act):
    """向同级党委请示报告 (713-31)."""

    kind: Literal["party_report"] = "party_report"
    replied: Annotated[Moment, FOR_THE_FILE] = None


class CongressReport(Act):
    """向人大或者其常委会提请讨论决定、报告 (713-8)."""

    kind: Literal["congress_report"] = "congress_report"


class Issue(Act):
    """出台: the decision leaves the deciding body as a document (713-31)."""

    kind: Literal["issue"] = "issue"
    number: Annotated[Text | None, FOR_THE_FILE] = None


class Publication(Act):
    """公布 (713-32)."""

    kind: Literal["publication"] = "publication"
    channels: tuple[word.Channel, ...] = ()
    channels_complete: Flag = None


class Interpretation(Act):
    """解读 (713-32)."""

    kind: Literal["interpretation"] = "interpretation"
    adoption_explained: Flag = None
    channels: Annotated[tuple[word.Channel, ...], FOR_THE_FILE] = ()


class Filing(Act):
    """归档 (713-33)."""

    kind: Literal["filing"] = "filing"
    complete: Flag = None
