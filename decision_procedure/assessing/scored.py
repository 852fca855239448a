"""What people state of a year beside the check: the points that a body gives itself, and what only a person can say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from decision_procedure.model.base import Flag, Identifier, Key, Part, Text
from decision_procedure.model.planned import Texts
from decision_procedure.model.vocabulary import AssessedKind


def _number(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError("应为数字 should be a number")


GivenPoints = Annotated[float, BeforeValidator(_number), Field(ge=0, le=1000)]


class OwnScore(Part):
    """The points that a body gives itself on one indicator, why, and by which materials."""

    indicator: Annotated[Identifier, Key("指标")]
    points: Annotated[GivenPoints, Key("得分")]
    note: Annotated[Text | None, Key("说明")] = None
    materials: Annotated[Texts, Key("材料")] = ()


class StatedScore(Part):
    """What a person states where nothing is counted: points, or whether a veto holds, by whom and why."""

    indicator: Annotated[Identifier, Key("指标")]
    points: Annotated[GivenPoints | None, Key("得分")] = None
    holds: Annotated[Flag, Key("成立")] = None
    by: Annotated[Text, Key("评定人")]
    reason: Annotated[Text, Key("理由")]


class ScoreFile(Part):
    """A file of one year of one body: its self-assessment, and what was stated by who assesses it."""

    schema_: Annotated[Literal[1], Key("格式版本")] = Field(alias="schema")
    year: Annotated[int, Field(strict=True, ge=1990, le=2200), Key("年度")]
    own: Annotated[tuple[OwnScore, ...], Key("自评")] = ()
    stated: Annotated[tuple[StatedScore, ...], Key("评定")] = ()


class UnitFile(Part):
    """A file that says whose folder it lies in: the body's name, and as which kind of body it is assessed."""

    schema_: Annotated[Literal[1], Key("格式版本")] = Field(alias="schema")
    unit: Annotated[Text, Key("单位")]
    kind: Annotated[AssessedKind, Key("对象")]


def is_score_file(data: Any) -> bool:
    """Say whether what a file holds is a file of scores, whole or not."""
    return isinstance(data, dict) and not {"own", "自评", "stated", "评定"}.isdisjoint(data)


def is_unit_file(data: Any) -> bool:
    """Say whether what a file holds says whose folder it lies in."""
    return (
        isinstance(data, dict)
        and not {"unit", "单位"}.isdisjoint(data)
        and not {"kind", "对象"}.isdisjoint(data)
    )


def is_indicator_file(data: Any) -> bool:
    """Say whether what a file holds is a set of indicators, whole or not."""
    return isinstance(data, dict) and not {"indicators", "指标"}.isdisjoint(data)


def is_assessment_file(data: Any) -> bool:
    """Say whether what a file holds is for an assessment, and no record."""
    return is_indicator_file(data) or is_score_file(data) or is_unit_file(data)
