"""A problem as an official paper tells it: what the record says, by which article it is wrong, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from decision_procedure.law.articles import listed_articles
from decision_procedure.law.numbers import numbered
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.view import View
from decision_procedure.render.word.paper import OfficialPaper
from decision_procedure.render.word.writing import shown
from decision_procedure.results.findings import Finding
from decision_procedure.results.problems import Problem, problems
from decision_procedure.results.severity import RANKS
from decision_procedure.wording import Words

_MOST_ARTICLES = 3
_MOST_MISSING = 6
_OFTEN = 3
_Cited = tuple[str, str, str]


class Titles:
    """The titles of instruments in one paper: with the number where one is told first, then without."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._told: set[str] = set()
        instruments = {duty.partition(".")[0]: data for duty, data in view.report.duties.items()}
        titles = [data.instrument.zh for data in instruments.values()]
        self._shared = {title for title in titles if titles.count(title) > 1}

    def of(self, duty: str) -> str:
        """Return the title of the instrument in which a duty stands."""
        data, lang = self._view.report.duties[duty], self._view.lang
        instrument = duty.partition(".")[0]
        title = quoted(data.instrument.text(lang), lang)
        if instrument in self._told and data.instrument.zh not in self._shared:
            return title
        self._told.add(instrument)
        return f"{title}{numbered(data.number, lang)}"


def quoted(title: str, lang: str) -> str:
    """Return a title in its marks."""
    return title if title.startswith("《") else Words(lang, "paper").say("quoted", title=title)


def by_gravity(findings: Sequence[Finding], face: str) -> tuple[Problem, ...]:
    """Return the findings of one name as problems, the gravest first, those that close a step before the others."""
    found = problems(item for item in findings if item.face == face)
    return tuple(sorted(found, key=lambda item: min(map(_gravity, item.findings))))


def _gravity(finding: Finding) -> tuple[bool, int, bool]:
    settled = finding.made_good_by is not None or finding.waived or finding.judged == "met"
    return settled, RANKS.get(finding.standing, 0), finding.gate is None


def add_problem(
    paper: OfficialPaper,
    view: View,
    problem: Problem,
    titles: Titles,
    *,
    judged: bool = True,
    told: str = "",
) -> str:
    """Add a problem as an item of three points: the fact, the law, the opinion. Return the number of the item.

    `judged` False: the last point says only what to do. `told` is what to do that the part says for all of its items.
    """
    lang, findings = view.lang, problem.findings
    words = Words(lang, "opinion")
    if problem.first.duty is None:
        number = paper.item(problem.first.called(lang))
        for finding in findings:
            paper.text(ended(finding.said.text(lang), lang))
        return number
    number = paper.item(_heading(view, findings))
    paper.point(words.say("fact"), _joined(_facts(view, findings), lang))
    paper.point(words.say("law"), _basis(view, findings, titles))
    if judged:
        cures = () if list(_cures(view, findings)) == [told] else _cures(view, findings)
        paper.point(words.say("view"), _joined([*_opinion(view, findings), *cures], lang))
    else:
        paper.point(words.say("to_do"), _joined(_cures(view, findings), lang))
    return number


def add_scopes(paper: OfficialPaper, view: View, found: Sequence[Finding], titles: Titles) -> None:
    """Add the question whether instruments cover the matter, asked once for all of them."""
    lang = view.lang
    words = Words(lang, "opinion")
    paper.item(words.say("scope"))
    paper.point(words.say("fact"), words.say("scope_asked", count=len(found)))
    told = (f"{titles.of(item.rule)}{words.say('gap')}{item.article.text(lang)}" for item in found)
    paper.point(words.say("law"), ended(words.say("between_titles").join(told), lang))
    missing = list(dict.fromkeys(place for item in found for place in item.missing))
    settled = [_settling(view, missing)] if missing else []
    paper.point(
        words.say("view"),
        _joined([ended(found[0].called(lang), lang), *settled, *_cures(view, found[:1])], lang),
    )


def _heading(view: View, findings: Sequence[Finding]) -> str:
    """Return the step that a problem is of, and the first of its articles."""
    step = findings[0].step
    name = view.words.say("decision") if step is None else view.step(step)
    articles = list(dict.fromkeys(item.article.text(view.lang) for item in findings))
    told = listed_articles(articles[:_MOST_ARTICLES], view.lang)
    if len(articles) > _MOST_ARTICLES:
        told = Words(view.lang, "paper").say("and_others", first=told, count=len(articles))
    return f"{name}{view.words.aside(told)}"


def _facts(view: View, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the sentence that tells of all, and the documents of the acts; where there is no sentence, what decided it."""
    lang, first = view.lang, findings[0]
    if told := first.sentence(lang):
        yield ended(told, lang)
    else:
        yield ended(view.words.series(first.evidence(lang).decided) or first.requirement.text(lang), lang)
    papers = dict.fromkeys(name for item in findings for name in item.documents)
    if papers:
        yield Words(lang, "opinion").say("papers", titles=view.words.listed(map(view.names.document, papers)))


def _basis(view: View, findings: Sequence[Finding], titles: Titles) -> str:
    """Return the articles with what each asks, and those of other instruments that say the same, by instrument."""
    lang = view.lang
    asked = [(item.rule, item.article.text(lang), item.requirement.text(lang)) for item in findings]
    related = dict.fromkeys(name for item in findings for name in item.related if name in view.report.duties)
    asked += [(name, view.names.article(view.report.duties[name].article), "") for name in related]
    parts = []
    for group in _grouped(asked, lambda item: item[0].partition(".")[0]):
        articles = _grouped(group, lambda item: item[1])
        told = (
            f"{same[0][1]}{view.words.aside(view.words.series(dict.fromkeys(text for *_, text in same if text)))}"
            for same in articles
        )
        parts.append(f"{titles.of(group[0][0])}{view.words.say('gap')}{view.words.listed(told)}")
    return ended(view.words.series(parts), lang)


def _grouped(items: Iterable[_Cited], by: Callable[[_Cited], str]) -> list[list[_Cited]]:
    """Return items in groups of one key each, in the order of the first of each."""
    groups: dict[str, list[_Cited]] = {}
    for item in items:
        groups.setdefault(by(item), []).append(item)
    return list(groups.values())


def _opinion(view: View, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what it comes to and why no more, what would settle it, and who bears it."""
    lang, first = view.lang, findings[0]
    yield ended(first.called(lang), lang)
    yield from dict.fromkeys(ended(text, lang) for item in findings for text in _reasons(view, item))
    missing = dict.fromkeys(place for item in findings for place in item.missing)
    if first.outcome == "undetermined" and missing:
        yield _settling(view, list(missing))
    yield from dict.fromkeys(ended(text, lang) for item in findings for text in _standing(view, item))
    bearers = dict.fromkeys(_bearer(view, item) for item in findings)
    yield ended(view.words.headed(view.say("bearer"), view.words.series(bearers)), lang)


def _reasons(view: View, finding: Finding) -> Iterator[str]:
    lang, words = view.lang, view.words
    if finding.caps:
        yield words.headed(view.say("capped"), words.series(label("cap", cap, lang) for cap in finding.caps))
    if finding.judge:
        yield words.headed(view.say("judge"), finding.judge.text(lang))
    for dispute in finding.disputes:
        yield words.headed(view.say("disputed"), shown(view.names.dispute(dispute, finding.act), lang))
    for edge in finding.edges:
        yield Words(lang, "opinion").say("edge", numbers=edge.rpartition(": ")[2].replace(" ", ""))
    if finding.elapsed is not None and str(finding.elapsed) not in finding.sentence(lang):
        yield view.say("took" if finding.took else "elapsed", number=finding.elapsed)
    if finding.attention:
        yield words.headed(view.say("attention"), finding.attention.text(lang))
    if finding.unseen:
        yield view.say("unseen_text")
    if finding.binding != "direct":
        yield label("binding", finding.binding, lang)


def _settling(view: View, missing: Sequence[str]) -> str:
    """Return the facts that would settle a finding, counted （1）（2）."""
    words = Words(view.lang, "paper")
    named = [
        f"{words.say('subpoint', number=number)}{shown(view.names.place(place), view.lang)}"
        for number, place in enumerate(missing[:_MOST_MISSING], 1)
    ]
    text = view.words.series(named if len(named) > 1 else [view.names.place(missing[0])])
    if len(missing) > _MOST_MISSING:
        text = words.say("and_others", first=text, count=len(missing))
    return ended(view.words.headed(view.say("settle"), text), view.lang)


def _standing(view: View, finding: Finding) -> Iterator[str]:
    """Yield what stands beside a finding: made good, waived, accepted, judged."""
    lang, words = view.lang, Words(view.lang, "opinion")
    if finding.made_good_by is not None:
        yield words.say("made_good", act=view.names.act(finding.made_good_by))
    waiver = finding.waiver
    if waiver is not None:
        until = words.say("until", day=waiver.expires) if waiver.expires else ""
        text = words.say("waived_by", approver=shown(waiver.approver, lang), basis=shown(waiver.basis, lang), date=waiver.date)  # fmt: skip
        yield words.headed(words.say("waiver"), f"{text}{until}")
    elif finding.waived:
        yield words.say("waiver")
    if finding.accepted:
        yield words.say("accepted")
    if finding.answer:
        yield words.headed(view.say("judged"), shown(finding.answer.text(lang), lang))


def _bearer(view: View, finding: Finding) -> str:
    return f"{finding.role.text(view.lang)}{view.words.aside(view.words.listed(view.units(finding)))}"


def _cures(view: View, findings: Sequence[Finding]) -> Iterable[str]:
    return dict.fromkeys(ended(item.cure.text(view.lang), view.lang) for item in findings if item.in_full)


def common_cure(view: View, found: Sequence[Problem]) -> str:
    """Return what alone is to be done about most of the problems, where it would be told three times; else nothing."""
    alone = Counter(cures[0] for item in found if len(cures := list(_cures(view, item.findings))) == 1)
    cure, times = next(iter(alone.most_common(1)), ("", 0))
    return cure if times >= _OFTEN else ""


def _joined(sentences: Iterable[str], lang: str) -> str:
    return Words(lang).say("gap").join(filter(None, sentences))


def ended(text: str, lang: str) -> str:
    """Return a text as a sentence."""
    stop = Words(lang).say("stop")
    return f"{text.strip().rstrip('。.')}{stop}" if text.strip() else ""
