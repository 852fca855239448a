"""Acts after the decision (713-34 to 37)."""

from __future__ import annotations

from typing import ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import Flag, Moment, UnitRef


class ExecutionAssignment(Act):
    """明确执行单位 (713-34). `time_limit_set` and `feedback_required` belong to the outline of 2021."""

    kind: Literal["execution_assignment"] = "execution_assignment"
    executors: tuple[UnitRef, ...] = ()
    executors_complete: Flag = None
    time_limit_set: Flag = None
    feedback_required: Flag = None


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
    evaluator: UnitRef | None = None
    commissioned: Flag = None
    voices: tuple[word.EvaluationVoice, ...] = ()
    voices_complete: Flag = None


class Adjustment(Act):
    """决策调整, or stopping execution for good (713-37)."""

    kind: Literal["adjustment"] = "adjustment"
    major: Flag = None
    statutory_procedure: Flag = None
