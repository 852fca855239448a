"""年度目录执行情况: what became of a year's catalogue, as a paper in the layout of official documents."""

from __future__ import annotations

from decision_procedure.render.catalogues.told import (
    COMPLETION,
    UNITS,
    ReconciliationTold,
)
from decision_procedure.sources.optional import needed

_COMPLETION = (38, 130, 92, 84, 72, 100)
_STATUS = (38, 128, 94, 104, 118, 88)
_DIFFERENCES = (38, 128, 92)
_UNITS = (180, 50)
_NEXT = ("n", "title", "stands", "last", "next", "meeting", "overdue")
_SAID = ("n", "title", "kind", "said")


def reconciliation_paper(told: ReconciliationTold) -> bytes:
    """Return the paper as a Word file. Raises UnusableArgument without `python-docx` (extra `word`)."""
    needed("docx", "word")
    from decision_procedure.render.word.layout import WIDE_TEXT_WIDTH
    from decision_procedure.render.word.paper import OfficialPaper
    from decision_procedure.render.word.writing import add_table, shown

    def filled(widths: tuple[float, ...], rest: int = 1) -> list[float]:
        return [*widths, *[(WIDE_TEXT_WIDTH - sum(widths)) / rest] * rest]

    words, lang = told.words, told.lang
    paper = OfficialPaper(lang, wide=True)
    paper.begin(told.title, words.say("sheet_completion"))
    paper.text(shown(told.facts, lang))
    paper.part(words.say("part_overall"))
    paper.text(told.summary)
    paper.text(told.differing)
    for text in filter(None, (told.joined_units, told.passed_over)):
        paper.text(shown(text, lang))
    paper.part(words.say("part_completion"))
    rows = [[shown(row.cells[name], lang) for name in COMPLETION] for row in told.completion()]
    add_table(paper.document, told.heads(COMPLETION), rows, filled(_COMPLETION))
    paper.part(words.say("part_status"))
    rows = [[shown(row.cells[name], lang) for name in _NEXT] for row in told.status()]
    add_table(paper.document, told.heads(_NEXT), rows, filled(_STATUS))
    paper.part(words.say("sheet_units"))
    rows = [
        [shown(name, lang), *(str(getattr(unit, column)) for column in UNITS[1:])]
        for name, unit in told.units()
    ]
    add_table(paper.document, told.heads(UNITS), rows, filled(_UNITS, len(UNITS) - 2))
    if told.found.discrepancies:
        paper.part(words.say("part_differences"))
        rows = [[shown(cells[name], lang) for name in _SAID] for _, cells in told.differences()]
        add_table(paper.document, told.heads(_SAID), rows, filled(_DIFFERENCES))
    paper.text(words.say("nature"))
    return paper.saved(told.found.as_of)
