"""How often each duty came to what, over many reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.findings import STYLES
from decision_procedure.render.text.lines import Block, Piece, Table, TextLine, line
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.report import Report
from decision_procedure.results.severity import FACES, OPEN_FACES
from decision_procedure.wording import say

_FACES = FACES[:7]


class Statistics:
    """Counts the verdicts of reports as they come; its size depends on the law, not on the number of reports."""

    def __init__(self) -> None:
        self.records = 0
        self.with_breach = self.with_doubt = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._duties: dict[str, DutyInfo] = {}

    def add(self, report: Report) -> None:
        """Count a report."""
        self.records += 1
        self.with_breach += bool(report.violations)
        self.with_doubt += any(verdict.counts for verdict in report.in_doubt.violated)
        for verdict in report.verdicts:
            self._counts[verdict.duty, verdict.face] += 1
            self._duties.setdefault(verdict.duty, report.duties[verdict.duty])

    def lines(self, lang: str) -> Iterator[Block]:
        """Yield one row for each duty that was not always met, the most often violated first."""
        yield closing_line(self, lang)
        duties = [name for name in self._duties if any(self._counts[name, face] for face in OPEN_FACES)]
        if not duties:
            yield line(say("text.nothing_found", lang))
            return
        duties.sort(key=lambda name: (tuple(-self._counts[name, face] for face in OPEN_FACES), name))
        head: tuple[Piece, ...] = tuple((label("face", face, lang), STYLES[face]) for face in _FACES)
        rows = [(*head, (say("text.duty", lang), "dim"))]
        for name in duties:
            counts: tuple[Piece, ...] = tuple((str(self._counts[name, face]), "") for face in _FACES)
            rows.append((*counts, (f"{name}  {self._duties[name].text.text(lang)}", "")))
        yield Table(tuple(rows))


def closing_line(statistics: Statistics, lang: str) -> TextLine:
    """Return how many records there were, how many with a breach that counts, and how many with one in doubt."""
    numbers = {
        "records": statistics.records,
        "with_breach": statistics.with_breach,
        "with_doubt": statistics.with_doubt,
    }
    told = [f"{number} {say(f'text.{key}', lang)}" for key, number in numbers.items()]
    return line(say("glossary.pause", lang).join(told), "title")
