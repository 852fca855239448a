"""What is wrong, said in one sentence as officials say it, in brief for a card, and the evidence below it."""

from __future__ import annotations

from dataclasses import dataclass

from decision_procedure.results.report import Report
from decision_procedure.results.saying.called import Called
from decision_procedure.results.saying.evidence import WordedEvidence, evidence
from decision_procedure.results.saying.facts import Clauses
from decision_procedure.results.saying.judging import to_judge
from decision_procedure.results.saying.sentences import Sentence, said
from decision_procedure.results.verdict import Verdict


class Namings:
    """What the parts of one report's record are called, and what was said of its verdicts: each worked out once."""

    def __init__(self, report: Report) -> None:
        self._decision, self._implied = report.decision, report.implied
        self._called: dict[tuple[str, bool], Called] = {}
        self._said: dict[tuple[str, str | None, str, bool], Sentence] = {}

    def of(self, lang: str, *, brief: bool = False) -> Called:
        """Return the names in one language; `brief` as a card has room for."""
        key = (lang, brief)
        if key not in self._called:
            self._called[key] = Called(self._decision, lang, self._implied, brief=brief)
        return self._called[key]

    def said(self, report: Report, verdict: Verdict, lang: str, *, brief: bool = False) -> Sentence:
        """Return what is said of a verdict of the report."""
        key = (verdict.duty, verdict.act, lang, brief)
        if verdict.untested:  # as one question it stands for several
            return said(report, verdict, self.of(lang, brief=brief))
        if key not in self._said:
            self._said[key] = said(report, verdict, self.of(lang, brief=brief))
        return self._said[key]


@dataclass(frozen=True, slots=True)
class Telling:
    """One verdict of a report, whose sentence and evidence are made when they are read."""

    report: Report
    verdict: Verdict

    def sentence(self, lang: str) -> str:
        """Return what is wrong, open or to be judged, in one sentence; empty where it is none of these."""
        return sentence(self.report, self.verdict, lang)

    def brief(self, lang: str) -> str:
        """Return the same in the few words of a card."""
        return brief_sentence(self.report, self.verdict, lang)

    def judgement(self, lang: str) -> str:
        """Return what a person is to judge; empty where the duty leaves nothing to one."""
        report, verdict, called = self.report, self.verdict, self.report.namings.of(lang)
        duty = report.duties[verdict.duty]
        return to_judge(Clauses(called, verdict.act, general=duty.force == "general"), duty, verdict)

    def evidence(self, lang: str) -> WordedEvidence:
        """Return the conditions in words, those that decided first."""
        return evidence(self.report, self.verdict, self.report.namings.of(lang))


def sentence(report: Report, verdict: Verdict, lang: str = "zh") -> str:
    """Return what is wrong, open or to be judged, in one sentence; empty where a verdict is none of these."""
    return report.namings.said(report, verdict, lang).text


def brief_sentence(report: Report, verdict: Verdict, lang: str = "zh") -> str:
    """Return the same in the few words that a card of the step has room for, without what the card says itself."""
    return report.namings.said(report, verdict, lang, brief=True).text


__all__ = [
    "Called",
    "Namings",
    "Sentence",
    "Telling",
    "WordedEvidence",
    "brief_sentence",
    "evidence",
    "said",
    "sentence",
]
