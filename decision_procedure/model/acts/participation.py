"""Acts by which the public takes part (713-14 to 18; 粤府令第183号, 第303号)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import FOR_THE_FILE, Count, Flag, Moment


class PublicComment(Act):
    """公开征求意见: publication for comment (713-15). Anchor: the date of its notice."""

    anchor_fields: ClassVar = ("notice_date", "start")
    begin_fields: ClassVar = ("start", "notice_date")
    done_fields: ClassVar = ("end",)
    kind: Literal["public_comment"] = "public_comment"
    notice_date: Moment = None
    start: Moment = None
    end: Moment = None
    channels: Annotated[tuple[word.Channel, ...], FOR_THE_FILE] = ()
    channels_complete: Flag = None
    draft_published: Flag = None
    explanation_published: Flag = None
    way_and_deadline_stated: Flag = None
    shortening_explained: word.Shortening | None = None
    notice_text_complete: Flag = None
    received: Annotated[Count, FOR_THE_FILE] = None


class Hearing(Act):
    """听证会 (713-16, 17; 粤府令第183号). Anchor: the date of its notice.

    `applicants` are those who applied to take part, `attended` those who came. `postponed` says that it had
    been put off for want of either. `closed_ground` is the ground on which it was not public.
    `majority_opposed` says that most participants were against the draft, `further_argued` that the decision
    was then argued further. `told_in_writing` and `adoption_published` are the answer given afterwards:
    what was adopted, and why the rest was not. `by_price_department` (价格法 23): who ran it.
    """

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
    participants: Annotated[Count, FOR_THE_FILE] = None
    attended: Count = None
    applicants: Count = None
    postponed: Flag = None
    closed_ground: word.WithholdingGround | None = None
    media_refused: Flag = None
    majority_opposed: Flag = None
    further_argued: Flag = None
    told_in_writing: Flag = None
    adoption_published: Flag = None
    by_price_department: Flag = None


class OpinionHearing(Act):
    """其他方式听取意见: symposium, survey, interview and the like (713-14).

    `market_entities_heard` and `associations_heard` (优化营商环境条例 62): whose views were sought.
    """

    kind: Literal["opinion_hearing"] = "opinion_hearing"
    form: word.OpinionForm | None = None
    participants: Annotated[Count, FOR_THE_FILE] = None
    market_entities_heard: Flag = None
    associations_heard: Flag = None


class GroupCommunication(Act):
    """与特定群体沟通协商 (713-14)."""

    kind: Literal["group_communication"] = "group_communication"
    organisations_heard: Flag = None
    representatives_heard: Flag = None


class OpinionHandling(Act):
    """意见研究采纳: sorting, studying and adopting opinions (713-18).

    `feedback_given`: those who wrote were answered; `adoption_published`: what was adopted was published;
    `adoption_stated` (环境影响评价法 11, 21): the papers say what was adopted and why the rest was not.
    `received` counts letters or writers, `adopted` opinions; more adopted than received is a question, no fault.
    """

    kind: Literal["opinion_handling"] = "opinion_handling"
    sorted: Flag = None
    studied: Flag = None
    received: Count = None
    adopted: Count = None
    feedback_given: Flag = None
    adoption_published: Flag = None
    adoption_stated: Flag = None


class HearingSuggestion(Act):
    """听证建议: somebody outside suggested a hearing (粤府令第303号 2). `studied`: the undertaking unit decided on it."""

    kind: Literal["hearing_suggestion"] = "hearing_suggestion"
    studied: Flag = None
    accepted: Annotated[Flag, FOR_THE_FILE] = None


class CataloguePublication(Act):
    """公布目录: a catalogue of decisions or of hearings (713-3; 粤府令第183号 5, 第288号 3).

    `approved` says that the deciding body fixed it, `party_consent` that the Party committee of the same level
    agreed before it was published; an approval by the government is not yet consent.
    """

    kind: Literal["catalogue_publication"] = "catalogue_publication"
    catalogue_kind: word.CatalogueKind | None = None
    published: Flag = None
    approved: Flag = None
    party_consent: Flag = None
