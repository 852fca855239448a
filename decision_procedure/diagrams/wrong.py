"""What is wrong with each step, in the few words of a card: findings that spring from one fact are told as one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from decision_procedure.diagrams.state import finding_ids
from decision_procedure.reporting.steps import StepState
from decision_procedure.results.findings import Finding, Findings
from decision_procedure.results.problems import problems
from decision_procedure.results.report import Report
from decision_procedure.results.saying import brief_sentence
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.results.verdict import Verdict
from decision_procedure.wording import Words, say

Key = tuple[str, str | None]


class Wrongs:
    """The problems of one report, by the steps on whose cards they are told; `states` in the order of the cards."""

    def __init__(self, report: Report, states: Sequence[StepState], lang: str) -> None:
        self.report, self._lang = report, lang
        self._states = states

    def on(self, *states: StepState, others: bool = True) -> list[str]:
        """Return what is wrong with steps told on one card, a brief sentence for each problem with its articles.

        `others`: say where else it is told.
        """
        found: dict[int, list[Verdict]] = {}
        for verdict in (verdict for state in states for verdict in state.verdicts):
            if verdict.face in TOLD_IN_FULL:
                found.setdefault(self._problem_of.get(_key(verdict), -1), []).append(verdict)
        steps = {state.step for state in states}
        ordered = sorted(found.items(), key=lambda item: TOLD_IN_FULL.index(item[1][0].face))
        return [self._told(number if others else -1, verdicts, steps) for number, verdicts in ordered]

    def _told(self, number: int, verdicts: Sequence[Verdict], steps: Collection[str]) -> str:
        words = Words(self._lang)
        asides = [" ".join(finding_ids(self.report, (verdict.duty for verdict in verdicts)))]
        others = [
            other.name(self._lang)
            for other in self._states
            if other.step not in steps
            and any(self._problem_of.get(_key(verdict)) == number for verdict in other.verdicts)
        ]
        if others and number >= 0:
            asides.append(say("diagram.same_problem", self._lang, steps=words.listed(others)))
        return f"{brief_sentence(self.report, verdicts[0], self._lang)}{words.aside(words.series(asides))}"

    @cached_property
    def _problem_of(self) -> Mapping[Key, int]:
        return {
            _of(finding): number
            for number, problem in enumerate(problems(self._findings()))
            for finding in problem.findings
        }

    def _findings(self) -> list[Finding]:
        all_ = Findings(self.report)
        return [all_.of(verdict) for verdict in self.report.told if verdict.face in TOLD_IN_FULL]


def _of(finding: Finding) -> Key:
    return finding.rule, finding.act


def _key(verdict: Verdict) -> Key:
    return verdict.duty, verdict.act
