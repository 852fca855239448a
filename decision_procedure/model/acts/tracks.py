"""Acts that only the special procedures of other laws know (土地管理法实施条例; 国有土地上房屋征收与补偿条例)."""

from __future__ import annotations

from typing import ClassVar, Literal

from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import Flag, Moment


class ExpropriationPreparation(Act):
    """征收土地预公告和现状调查 (土地管理法实施条例 26). `date` is the day of the advance notice."""

    kind: Literal["expropriation_preparation"] = "expropriation_preparation"
    notice_published: Flag = None
    survey_done: Flag = None


class CompensationPlanNotice(Act):
    """补偿方案公告: a compensation plan published for comment (土地管理法实施条例 28; 征收补偿条例 10, 11).

    Anchor: the date of its notice. `most_object` says that most of those affected object to the plan;
    `opinions_published` and `changes_published` are what was published after the comments.
    """

    anchor_fields: ClassVar = ("notice_date", "start")
    begin_fields: ClassVar = ("start", "notice_date")
    done_fields: ClassVar = ("end",)
    kind: Literal["compensation_plan_notice"] = "compensation_plan_notice"
    notice_date: Moment = None
    start: Moment = None
    end: Moment = None
    most_object: Flag = None
    opinions_published: Flag = None
    changes_published: Flag = None
