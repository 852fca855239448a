"""What is wrong with each step, in the few words of a card: findings that spring from one fact are told as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """The problems of one report, told where their findings stand; `states` are the steps that have cards, in order."""

    def __init__(self, report: Report, lang: str, states: Sequence[StepState] = ()) -> None:
        self.report, self._lang = report, lang
        self._states = states

    def on(self, state: StepState) -> list[str]:
        """Return what is wrong with a step: a brief sentence for each problem, its articles, and where else it is told."""
        return [
            self._told(number, verdicts, state.step) for number, verdicts in self._by_problem(state.verdicts)
        ]

    def among(self, verdicts: Iterable[Verdict]) -> list[str]:
        """Return what is wrong by some verdicts: a brief sentence for each problem with its articles."""
        return [self._told(None, own) for _, own in self._by_problem(verdicts)]

    def _by_problem(self, verdicts: Iterable[Verdict]) -> list[tuple[object, list[Verdict]]]:
        found: dict[object, list[Verdict]] = {}
        for verdict in verdicts:
            if verdict.face in TOLD_IN_FULL:
                key = _key(verdict)
                found.setdefault(self._problem_of.get(key, key), []).append(verdict)
        return sorted(found.items(), key=lambda item: TOLD_IN_FULL.index(item[1][0].face))

    def _told(self, number: object, verdicts: Sequence[Verdict], step: str = "") -> str:
        words = Words(self._lang)
        asides = [words.listed(finding_ids(self.report, (verdict.duty for verdict in verdicts)))]
        others = [
            other.name(self._lang)
            for other in self._states
            if other.step != step
            and any(self._problem_of.get(_key(verdict)) == number for verdict in other.verdicts)
        ]
        if others and number is not None:
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
