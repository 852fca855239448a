"""Acts from the proposal to the draft (713-10 to 13)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import FOR_THE_FILE, Count, Flag, Moment, UnitRef


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
    undertakers: tuple[UnitRef, ...] = ()
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
    cost_benefit_forecast: Annotated[Flag, FOR_THE_FILE] = None
    options_offered: Annotated[Count, FOR_THE_FILE] = None


class DepartmentalConsultation(Act):
    """部门协商: consulting the units whose duties are touched (713-13). `date` is when they were asked."""

    done_fields: ClassVar = ("replied", "date")
    kind: Literal["departmental_consultation"] = "departmental_consultation"
    consulted: Annotated[tuple[UnitRef, ...], FOR_THE_FILE] = ()
    consulted_complete: Flag = None
    replied: Moment = None
    agreed: Flag = None
    dispute_reported: Flag = None
    dispute_contents: tuple[word.DisputeContent, ...] = ()
    dispute_contents_complete: Flag = None
