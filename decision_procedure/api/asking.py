"""What is still to ask, to do and to mend, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decision_procedure.api.given import law_of
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.decision import Decision
from decision_procedure.results.report import Report

if TYPE_CHECKING:
    from decision_procedure.diagrams.picture import Picture
    from decision_procedure.forms import Question
    from decision_procedure.law.applicable import Law
    from decision_procedure.planning.closing import FaultSince
    from decision_procedure.planning.days import PeriodCounted
    from decision_procedure.planning.deadlines import DueStep
    from decision_procedure.planning.making import Meetings, Target
    from decision_procedure.planning.plan import Plan
    from decision_procedure.planning.repair import Repair
    from decision_procedure.planning.supposing import Slip, StepChange


def questions(report: Report) -> tuple[Question, ...]:
    """Return what to ask so that what is open can be settled, each question once: what is in doubt or a gate first.

    What matters only once another is answered is asked after that: `answer` each, check again, and ask again until
    nothing is asked. Raises UnusableArgument for a report read back from JSON whose law is not at hand (`attach`).
    """
    from decision_procedure.forms import questions

    return questions(report)


def answer(record: Decision, question: Question, value: Any) -> Decision:
    """Return a record with the answer to a question in it, at the place that the question names; see `answered`."""
    return answered(record, [(question, value)])


def answered(record: Decision, answers: Iterable[tuple[Question, Any]]) -> Decision:
    """Return a record with answers in it, each given as `(question, value)`; the questions are of one report on that record.

    A value is written as in a file, in either language: a date, a number, a word of `question.choices`, a list of them.
    `是` or True, `否` or False: whether it took place; `否` to a date or a list: there was none, to a list that is stated:
    there is no more. `不清楚` or None leaves the question open. A unit, person or document may be given by its name
    or as a mapping: it is then added. An act may be given as a mapping of what it states, or several as a list. A
    judgement is a mapping: `answer`, `reason`, `by`, `day` and `document`; the fingerprint is filled in.
    Raises UnusableInput with the faults of what cannot stand in a record, UnusableArgument for an answer that its
    question does not take.
    """
    from decision_procedure.forms import answered

    return answered(record, answers)


def letters(report: Report, *, form: str = "docx", lang: str = "zh") -> bytes:
    """Return the questions on a record as one letter to each unit: `docx`, to print (extra `word`), or `xlsx`, to fill in (`excel`).

    The filled workbook is read back by `ask --answers`. Raises UnusableArgument for another form or language, and where
    the extra is absent.
    """
    from decision_procedure.forms.letters import letters

    return letters(report, form, lang)


def plan(
    report: Report,
    target: Target = None,
    *,
    meetings: Meetings = None,
    not_before: Mapping[str, date | str] | None = None,
    law: Law | None = None,
) -> Plan:
    """Return what is done, due and perhaps due, each on its earliest lawful day, and what it waits for.

    `target` is the day wanted for the meeting (集体讨论), or `{step: day}`; latest days and slack are told for it (None:
    for the earliest day). `meetings` are the days on which the body meets, a list or a rule such as 每月第二个星期三,
    每周五, 每月15日, 每月最后一个星期一 (None: any day). `not_before` gives steps a day before which they will not be done.
    `law` is the law the report was checked against; None: the one it knows. Raises UnusableArgument for a step, day or
    rule that is none, and where all meeting days given are past.
    """
    from decision_procedure.planning.making import plan_of

    law = law_of(report, law)
    return plan_of(report, law, target=target, meetings=meetings, not_before=not_before)


def plan_picture(plan: Plan, *, lang: str = "zh", page: str = "landscape") -> Picture:
    """Return a plan drawn on the timeline: earliest days, the room up to the latest, what has no slack; `save` writes it.

    `page` as for `diagram`. Raises UnusableArgument for another page.
    """
    from decision_procedure.diagrams.plan_line import plan_picture

    return plan_picture(plan, lang=lang, page=page)


def repair(
    report: Report, target: Target = None, *, meetings: Meetings = None, law: Law | None = None
) -> tuple[Repair, ...]:
    """Return ways to mend what is violated, those with the fewest acts first, then the earliest; empty where nothing is.

    Each names its acts (补正, 重做, 补办), what redoing one reopens, the days, and what nothing mends with its reason; its
    `report` is the check of the record with these acts. No repair lifts the responsibility that has arisen. `target`,
    `meetings` and `law` as for `plan`.
    """
    from decision_procedure.planning.mending import repairs_of

    return repairs_of(report, law_of(report, law), target=target, meetings=meetings)


def faults_since(before: Report, now: Report) -> tuple[FaultSince, ...]:
    """Return what became of each fault that was open in an earlier report on a record: mended, made good, still open, or gone."""
    from decision_procedure.planning.closing import faults_since

    return faults_since(before, now)


def what_if(
    report: Report,
    *,
    traits: Mapping[str, bool | None] | None = None,
    dates: Mapping[str, date | str] | None = None,
    without: Iterable[str] = (),
    law: Law | None = None,
) -> Report:
    """Return the check of the record with other traits, acts of steps on other days, or without the acts of steps.

    Traits and steps are named in either language (a trait None: left open). A step in `dates` that is not on record is
    supposed to be taken up on its day, not after that of the report, with all that the law asks of it (a later day: `plan` with
    `not_before`). Compare two reports by their findings, two plans by `compare_plans`. Raises UnusableArgument for a trait,
    step or day that is none, and for a step left out that the record does not hold.
    """
    from decision_procedure.planning.supposing import supposed

    return supposed(report, law_of(report, law), traits=traits, dates=dates, without=without)


def compare_plans(before: Plan, after: Plan) -> tuple[StepChange, ...]:
    """Return the steps that stand otherwise, or end on another day, in the second plan, in the order of the law."""
    from decision_procedure.planning.supposing import plan_changes

    return plan_changes(before, after)


def slips(
    report: Report, *, days: int = 7, target: Target = None, meetings: Meetings = None, law: Law | None = None
) -> tuple[Slip, ...]:
    """Return, for each step that the goal waits for, by how much the goal moves if it ends so many days late.

    What moves it most comes first; `target`, `meetings` and `law` as for `plan`.
    """
    from decision_procedure.planning.supposing import slips_of

    return slips_of(report, law_of(report, law), days=days, target=target, meetings=meetings)


def counted_days(of: Report | Plan, duty: str | None = None) -> tuple[PeriodCounted, ...]:
    """Return counts of days, each with its days one by one and the reason of each.

    Of a report those behind the verdicts on a duty, named as for `report.about`; of a plan those that put its steps on their
    days. Raises UnusableArgument for a duty that the report does not know, and for a report without a duty.
    """
    from decision_procedure.planning.days import periods_counted, periods_planned

    if not isinstance(of, Report):
        return periods_planned(of)
    if duty is None:
        raise UnusableArgument("请指明一项义务 name a duty of the report")
    return periods_counted(of, duty)


def deadlines(
    reports: Iterable[tuple[str, Report]],
    *,
    within: int = 30,
    meetings: Meetings = None,
    law: Law | None = None,
) -> Iterator[DueStep]:
    """Yield what is due in `(file, report)` pairs, taken one by one, each record with the most urgent first.

    `within` is how many days count as soon; `meetings` as for `plan`; `law` None: each by the law it was checked against.
    """
    from decision_procedure.planning.deadlines import deadlines_of

    return deadlines_of(reports, law, within=within, meetings=meetings)


def holidays(*notices: str | Path) -> AbstractContextManager[None]:
    """Return a context in which working days are counted with further notices of holidays, each a small file.

    A file gives `year`, `holidays`, `make_up_days` and `source`; years follow the last one known. Raises UnusableInput
    with every fault of the files.
    """
    from decision_procedure.clock import extended_by
    from decision_procedure.planning.calendars import holiday_notices

    return extended_by(holiday_notices(notices))
