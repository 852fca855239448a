"""What a record read off a published notice lets one check: the rest is told by phase, not duty by duty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from decision_procedure.model.decision import Decision
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.findings import headline
from decision_procedure.render.text.lines import BLANK, Block, line
from decision_procedure.render.text.view import View
from decision_procedure.results.report import Report
from decision_procedure.results.verdict import Verdict
from decision_procedure.wording import section

_CHECKED = ("violated", "in_doubt", "needs_judgement", "satisfied")
_LEFT = ("to_supply", "nothing_recorded", "pending")


def is_notice(decision: Decision) -> bool:
    """Say whether a record holds only what was published: nobody stated when it was filled in, nor that it is complete."""
    return decision.stated_on is None and decision.complete is None and not decision.people


def notice_lines(view: View) -> Iterator[Block]:
    """Yield how many duties can be checked, those that are met, and what is left phase by phase."""
    report = view.report
    checked = checkable(report)
    yield line(view.say("notice", number=len(checked)), "title")
    for verdict in checked:
        if verdict.face == "satisfied":
            yield headline(view, view.findings.of(verdict))
    yield line(view.say("notice_left"), "dim")
    for phase, numbers in left(view).items():
        told = view.words.listed(
            f"{label('face', face, view.lang)} {number}" for face, number in numbers.items()
        )
        yield line(f"{phase}{view.say('colon')}{told}", "dim", indent=2)
    yield BLANK


def checkable(report: Report) -> list[Verdict]:
    """Return the verdicts on what somebody had to do that the record lets one check.

    Whether an instrument covers the matter is none of them.
    """
    found = (verdict for face in _CHECKED for verdict in report.of_face(face))
    return [verdict for verdict in found if report.duties[verdict.duty].step is not None]


def left(view: View) -> dict[str, Counter[str]]:
    """Return, by phase in the order of the procedure, how many verdicts are left open for want of a record, by name."""
    steps, report = view.procedure.steps, view.report
    found: dict[str, Counter[str]] = {step.phase: Counter() for step in steps.values()}
    for face in _LEFT:
        for verdict in report.of_face(face):
            step = steps.get(report.duties[verdict.duty].step or "")
            found.setdefault("" if step is None else step.phase, Counter())[face] += 1
    return {_name(view, phase): numbers for phase, numbers in found.items() if numbers}


def _name(view: View, phase: str) -> str:
    named = view.procedure.phases.get(phase)
    if named is not None:
        return named.text(view.lang)
    return section("diagram", view.lang).get(phase, phase) if phase else view.say("no_phase")
