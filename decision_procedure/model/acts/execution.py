"""Acts after the decision (713-34 to 37)."""

from typing import Annotated, ClassVar, Literal

from decision_procedure.model import vocabulary as word
from decision_procedure.model.acts.base import Act
from decision_procedure.model.base import Flag, Key, Moment, UnitRef


class ExecutionAssignment(Act):
    """明确执行单位 (713-34). `time_limit_set` and `feedback_required` belong to the outline of 2021.

    `tasks_divided`: tasks and responsibilities were divided; `shirked`: the executing unit refused, shirked or
    delayed (山东省政府令第336号 53).
    """

    named: ClassVar = Key("明确执行单位", "assignment of execution")
    kind: Literal["execution_assignment"] = "execution_assignment"
    executors: Annotated[tuple[UnitRef, ...], Key("执行单位")] = ()
    executors_complete: Annotated[Flag, Key("执行单位完整")] = None
    time_limit_set: Annotated[Flag, Key("已定完成时限")] = None
    feedback_required: Annotated[Flag, Key("要求反馈执行情况")] = None
    execution_plan_made: Annotated[Flag, Key("已制定执行方案")] = None
    tasks_divided: Annotated[Flag, Key("已分解任务和责任")] = None
    shirked: Annotated[Flag, Key("拒不执行、推诿执行或者拖延执行")] = None


class ExecutionReport(Act):
    """执行报告 (713-34). The last two: what the public wrote of the decision, and that it was dealt with (山东省政府令第336号 54)."""

    named: ClassVar = Key("执行报告", "execution report")
    kind: Literal["execution_report"] = "execution_report"
    truthful: Annotated[Flag, Key("如实报告")] = None
    opinions_received: Annotated[Flag, Key("收到公众意见建议")] = None
    opinions_handled: Annotated[Flag, Key("已记录并处理意见建议")] = None


class ProblemReport(Act):
    """问题报告 by the executing unit (713-35). `date` is the day of the report."""

    named: ClassVar = Key("问题报告", "problem report")
    anchor_fields: ClassVar = ("found", "date")
    begin_fields: ClassVar = ("found", "date")
    kind: Literal["problem_report"] = "problem_report"
    found: Annotated[Moment, Key("发现日期")] = None
    nothing_hidden: Annotated[Flag, Key("没有瞒报、谎报、漏报")] = None


class Suspension(Act):
    """中止执行 (713-37)."""

    named: ClassVar = Key("中止执行", "suspension")
    kind: Literal["suspension"] = "suspension"
    by_chief: Annotated[Flag, Key("行政首长决定")] = None
    urgent: Annotated[Flag, Key("情况紧急")] = None
    goal_seriously_affected: Annotated[Flag, Key("严重影响目标")] = None
    put_on_record: Annotated[Flag, Key("已记录在案")] = None
    explained_at_meeting: Annotated[Flag, Key("事后已在会上说明")] = None
    statutory_procedure: Annotated[Flag, Key("履行法定程序")] = None
    losses_limited: Annotated[Flag, Key("已采取措施避免或者减轻损失")] = None


class Evaluation(Act):
    """决策后评估 (713-36).

    `experts_argued_before`: experts commissioned with it did the main argument or assessment (粤府令第288号 46).
    """

    named: ClassVar = Key("决策后评估", "evaluation")
    kind: Literal["evaluation"] = "evaluation"
    evaluator: Annotated[UnitRef | None, Key("评估机构")] = None
    commissioned: Annotated[Flag, Key("委托评估")] = None
    voices: Annotated[tuple[word.EvaluationVoice, ...], Key("听取对象")] = ()
    voices_complete: Annotated[Flag, Key("听取对象完整")] = None
    experts_argued_before: Annotated[Flag, Key("受托专家参与过论证评估")] = None
    evaluated: Annotated[tuple[word.EvaluationSubject, ...], Key("评估内容")] = ()
    evaluated_complete: Annotated[Flag, Key("评估内容完整")] = None
    evaluation_steps: Annotated[tuple[word.EvaluationStep, ...], Key("评估程序")] = ()
    evaluation_steps_complete: Annotated[Flag, Key("评估程序完整")] = None
    report_contents: Annotated[tuple[word.EvaluationContent, ...], Key("报告内容")] = ()
    report_contents_complete: Annotated[Flag, Key("报告内容完整")] = None
    report_submitted: Annotated[Moment, Key("评估报告提交日期")] = None


class Adjustment(Act):
    """决策调整, or stopping execution for good (713-37)."""

    named: ClassVar = Key("决策调整", "adjustment")
    kind: Literal["adjustment"] = "adjustment"
    major: Annotated[Flag, Key("重大调整")] = None
    statutory_procedure: Annotated[Flag, Key("履行法定程序")] = None
    after_evaluation: Annotated[Flag, Key("根据评估报告")] = None
    discussed_at_meeting: Annotated[Flag, Key("经会议讨论决定")] = None
    statutory_ground: Annotated[Flag, Key("有法定事由")] = None
    losses_limited: Annotated[Flag, Key("已采取措施避免或者减轻损失")] = None
