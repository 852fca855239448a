"""What is wrong, said in one sentence as officials say it, and the evidence below it."""

from __future__ import annotations

from dataclasses import dataclass

from decision_procedure.results.report import Report
from decision_procedure.results.saying.called import Called
from decision_procedure.results.saying.evidence import WordedEvidence, evidence
from decision_procedure.results.saying.sentences import Sentence, said
from decision_procedure.results.verdict import Verdict


class Namings:
    """What the parts of one report's record are called, worked out once for each language."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._found: dict[str, Called] = {}

    def of(self, lang: str) -> Called:
        """Return the names in one language."""
        if lang not in self._found:
            self._found[lang] = Called(self.report.decision, lang, self.report.implied)
        return self._found[lang]


@dataclass(frozen=True, slots=True)
class Telling:
    """One verdict of a report, whose sentence and evidence are made when they are read."""

    namings: Namings
    verdict: Verdict

    def sentence(self, lang: str) -> str:
        """Return what is wrong, open or to be judged, in one sentence; empty where it is none of these."""
        return said(self.namings.report, self.verdict, self.namings.of(lang)).text

    def evidence(self, lang: str) -> WordedEvidence:
        """Return the conditions in words, those that decided first."""
        return evidence(self.namings.report, self.verdict, self.namings.of(lang))


def sentence(report: Report, verdict: Verdict, lang: str = "zh") -> str:
    """Return what is wrong, open or to be judged, in one sentence; empty where a verdict is none of these."""
    return Telling(Namings(report), verdict).sentence(lang)


__all__ = ["Called", "Namings", "Sentence", "Telling", "WordedEvidence", "evidence", "said", "sentence"]
