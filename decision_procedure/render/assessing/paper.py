"""The results of an assessment as a Word file in the layout of official papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decision_procedure.assessing.standings import BodyStanding
from decision_procedure.render.assessing.told import AssessmentWords, kinds_of_bodies
from decision_procedure.sources.optional import needed

_HEADS = ("place", "unit", "total_full", "decisions", "before", "moved", "why")


def assessment_paper(told: AssessmentWords, standings: Sequence[BodyStanding]) -> bytes:
    """Return the paper: by what was assessed, and a table for each kind of body.

    Raises UnusableArgument without `python-docx` (extra `word`).
    """
    needed("docx", "word")
    from decision_procedure.render.word.layout import WIDE_TEXT_WIDTH
    from decision_procedure.render.word.paper import OfficialPaper
    from decision_procedure.render.word.writing import add_table

    paper = OfficialPaper(told.lang, wide=True)
    paper.begin(told.words.say("paper_matter", year=told.year), told.words.say("paper"))
    paper.number()
    paper.text(told.words.say("as_of_day", day=told.day))
    for note in told.notes():
        paper.text(note)
    widths = (80.0, 130.0, 80.0, 44.0, 100.0, 56.0, WIDE_TEXT_WIDTH - 490)
    for kind, items in kinds_of_bodies(standings).items():
        paper.part(told.words.say("kind_head", kind=told.kind(kind), count=len(items)))
        add_table(paper.document, [told.words.say(head) for head in _HEADS], _rows(told, items), widths)
        paper.text(told.words.say("sheet_scores"))
        measures = told.indicators.of(kind)
        heads = [told.words.say("unit"), *(told.head(measure) for measure in measures)]
        column = (WIDE_TEXT_WIDTH - 90) / max(1, len(measures))
        add_table(paper.document, heads, _points(told, items), (90.0, *[column] * len(measures)))
    paper.close()
    return paper.saved(told.day)


def _rows(told: AssessmentWords, items: Sequence[BodyStanding]) -> Iterator[tuple[str, ...]]:
    from decision_procedure.render.word.writing import shown

    for item in items:
        year = item.year
        yield (
            told.place(item), shown(item.body.name, told.lang, 120), told.points(None if year is None else year.total),
            "" if year is None else str(year.decisions), told.before(item), told.moved(item), told.why(item),
        )  # fmt: skip


def _points(told: AssessmentWords, items: Sequence[BodyStanding]) -> Iterator[tuple[str, ...]]:
    from decision_procedure.render.word.writing import shown

    for item in items:
        if item.year is not None:
            name = shown(item.body.name, told.lang, 120)
            yield (name, *(told.score(score, of_weight=False) for score in item.year.scores))
