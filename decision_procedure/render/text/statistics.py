"""How often each duty came to what, over many reports."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterator

from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.findings import STYLES
from decision_procedure.render.text.lines import Block, Piece, Table, TextLine, line, plain
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.report import Report
from decision_procedure.results.severity import FACES, GRADES, OPEN_FACES
from decision_procedure.wording import Words, say

_FACES = FACES[:7]
_WORK = GRADES[:3]
_WORST = 10


class Statistics:
    """Counts the verdicts of reports as they come; its size depends on the law, not on the number of reports."""

    def __init__(self) -> None:
        self.records = 0
        self.worst: list[tuple[tuple[int, ...], int, str]] = []
        self.need_work = 0
        self.with_breach = self.with_doubt = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._duties: dict[str, DutyInfo] = {}

    def add(self, report: Report, file: str = "") -> None:
        """Count a report on a record of a file; whether an instrument covers the matter is no work to be done."""
        self.records += 1
        of_steps = (verdict for verdict in report.verdicts if report.duties[verdict.duty].step is not None)
        grades = Counter(verdict.grade for verdict in of_steps if verdict.counts)
        weight = tuple(-grades[grade] for grade in _WORK)
        if any(weight):
            self.need_work += 1
            insort(self.worst, (weight, self.records, file))
            del self.worst[_WORST:]
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


def worst_lines(statistics: Statistics, lang: str) -> Iterator[Block]:
    """Yield the files that need work, the worst first, and how many more there are; nothing where none does."""
    if not statistics.worst:
        return
    words = Words(lang, "text")
    yield line(words.say("need_work"), "title")
    for weight, _, file in statistics.worst:
        told = [
            f"{label('face', face, lang)} {-number}"
            for face, number in zip(_WORK, weight, strict=True)
            if number
        ]
        yield line(f"{plain(file)}  {words.listed(told)}", indent=2)
    if rest := statistics.need_work - len(statistics.worst):
        yield line(words.say("need_work_too", number=rest), indent=2)


def closing_line(statistics: Statistics, lang: str) -> TextLine:
    """Return how many records there were, how many with a breach that counts, and how many with one in doubt."""
    numbers = {
        "records": statistics.records,
        "with_breach": statistics.with_breach,
        "with_doubt": statistics.with_doubt,
    }
    return line(say("text.closing", lang, **numbers), "title")
