"""补正材料清单: what each unit is asked to state or to hand in, question by question, with room for the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from decision_procedure.law.articles import by_instrument
from decision_procedure.model.kinds import kinds_of
from decision_procedure.render.word.case import Case, OpenQuestion
from decision_procedure.render.word.layout import WIDE_TEXT_WIDTH
from decision_procedure.render.word.paper import OfficialPaper
from decision_procedure.render.word.telling import quoted
from decision_procedure.render.word.writing import add_table, shown
from decision_procedure.wording import Words

_WIDTHS = (36, 210, 120, 150, WIDE_TEXT_WIDTH - 516)
_MOST_ARTICLES = 3
_MOST_PAPERS = 4


def supply_list(case: Case) -> bytes:
    """Return the list as a Word file, the unit that is asked most first, what nobody is named for at the end."""
    view, words = case.view, Words(case.lang, "supply")
    paper = OfficialPaper(case.lang, wide=True)
    paper.begin(view.report.title, words.say("title"))
    paper.number()
    asked = case.asked()
    groups = by_unit(asked)
    paper.addressed(words.listed(unit for unit in groups if unit))
    count = sum(map(len, groups.values()))
    if groups:
        paper.text(words.say("opening", day=view.report.as_of, count=count))
    else:
        paper.text(words.say("nothing", day=view.report.as_of))
    if judged := sum(item.kind == "judgement" for item in asked):
        paper.text(words.say("judged", count=judged))
    for unit, items in groups.items():
        name = shown(unit, case.lang, 120) if unit else words.say("nobody_named")
        paper.part(words.say("part", unit=name, count=len(items)))
        heads = [words.say(head) for head in ("n", "what", "papers", "source", "answer")]
        add_table(paper.document, heads, _rows(case, items), _WIDTHS)
    if groups:
        paper.text(words.say("nature"))
    paper.close()
    return paper.saved(view.report.as_of)


def by_unit(asked: Sequence[OpenQuestion]) -> Mapping[str, Sequence[OpenQuestion]]:
    """Return the questions that are not for a person to judge by unit (empty: the record names none), most asked first."""
    groups: dict[str, list[OpenQuestion]] = {}
    for item in asked:
        if item.kind != "judgement":
            groups.setdefault(item.unit or "", []).append(item)
    return dict(sorted(groups.items(), key=lambda pair: (not pair[0], -len(pair[1]))))


def _rows(case: Case, asked: Sequence[OpenQuestion]) -> Iterator[tuple[str, ...]]:
    lang = case.lang
    words = Words(lang, "supply")
    kinds = kinds_of(type(case.view.report.decision))
    for number, item in enumerate(asked, 1):
        what = f"{shown(item.text.text(lang), lang)}{words.aside(shown(item.answers.text(lang), lang))}"
        shows = item.papers or tuple(
            dict.fromkeys(kind for duty in item.duties for kind in case.evidence.get(duty, ()))
        )
        papers = words.listed(kinds.document_name(kind, lang) for kind in shows[:_MOST_PAPERS])
        if len(shows) > _MOST_PAPERS:
            papers = words.say("and_others", first=papers, count=len(shows))
        cited = list(dict.fromkeys(_cited(case, duty) for duty in item.duties))
        source = _sources(case, cited[:_MOST_ARTICLES])
        if len(cited) > _MOST_ARTICLES:
            source = words.say("and_others", first=source, count=len(cited))
        yield str(number), what, papers, source, ""


def _cited(case: Case, duty: str) -> tuple[str, str]:
    data = case.view.report.duties[duty]
    return quoted(data.instrument.text(case.lang), case.lang), case.view.names.article(data.article)


def _sources(case: Case, cited: Sequence[tuple[str, str]]) -> str:
    """Return what is cited, each instrument named once with its articles."""
    gap = case.view.words.say("gap")
    return Words(case.lang).series(
        f"{title}{gap}{articles}" for title, articles in by_instrument(cited, case.lang).items()
    )
