"""Problems as the page shows them: fact, articles, documents, bearer, consequence, who held the post, cure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple, TypeVar

from decision_procedure.law.articles import by_instrument
from decision_procedure.law.numbers import numbered
from decision_procedure.model.vocabulary import label
from decision_procedure.render.html.subject import Shown
from decision_procedure.render.text.findings import quoted
from decision_procedure.render.text.view import View
from decision_procedure.results.findings import Finding
from decision_procedure.results.judgements import judged_mark
from decision_procedure.results.problems import problems, scopes_apart
from decision_procedure.results.remarks import Waived
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.wording import Words, say

_MOST_LINES = 6
_Told = TypeVar("_Told")


class CitedText(NamedTuple):
    """One article of an instrument with its number; `duty` names what of it was tested.

    `related` are articles of other instruments that say the same.
    """

    instrument: str
    number: str
    article: str
    duty: str
    related: tuple[CitedText, ...] = ()


class Quoted(NamedTuple):
    """A line of the record's file."""

    where: str
    text: str


class PaperLine(NamedTuple):
    """A document by title, with its kind and date; `day` empty: not recorded."""

    title: str
    kind: str
    day: str


class Held(NamedTuple):
    """Those who held posts that a provision names; `absent` are the posts whose holder is not recorded."""

    provision: str
    people: tuple[str, ...]
    absent: tuple[str, ...]


class Asked(NamedTuple):
    """One demand that a problem fails, its article, and what stands beside its verdict, such as a waiver."""

    requirement: str
    citation: CitedText
    marks: tuple[str, ...]


class Mended(NamedTuple):
    """What mends a problem, and by which way."""

    text: str
    kind: str


class ProblemText(NamedTuple):
    """One problem in words: what is told of the findings that spring from it, each thing once.

    `outcome` is the name it is shown under, `doubt` what it would be, if in doubt. `laws` are the instruments with the
    articles of all demands; `who` are the units that answer, bore the duty or can settle it, else whose duty it is.
    """

    outcome: str
    heading: str
    asked: tuple[Asked, ...]
    laws: tuple[tuple[str, str], ...]
    who: tuple[str, ...]
    mended: tuple[Mended, ...]
    acts: tuple[str, ...]
    facts: tuple[str, ...]
    holds: tuple[str, ...]
    lines: tuple[Quoted, ...]
    papers: tuple[PaperLine, ...]
    proofs: tuple[str, ...]
    bearers: tuple[str, ...]
    doubts: tuple[str, ...]
    short: tuple[str, ...]
    settle: tuple[str, ...]
    judge: tuple[str, ...]
    judgements: tuple[str, ...]
    notes: tuple[str, ...]
    consequences: tuple[tuple[str, str], ...]
    held: tuple[Held, ...]
    waivers: tuple[Waived, ...]

    @property
    def duties(self) -> tuple[str, ...]:
        """The identifiers of the duties whose demands it fails."""
        return tuple(dict.fromkeys(asked.citation.duty for asked in self.asked))


def problem_texts(shown: Shown) -> tuple[ProblemText, ...]:
    """Return what is told in full, the gravest first, as the problems from which it springs."""
    found = []
    for face in TOLD_IN_FULL:
        scopes, others = scopes_apart(map(shown.findings.of, shown.view.report.of_face(face)))
        if scopes:
            question = say("page.scope_question", shown.view.lang, number=len(scopes))
            found.append(_in_words(shown, scopes, question))
        found += [
            _in_words(shown, item.findings, item.first.heading(shown.view.lang)) for item in problems(others)
        ]
    return tuple(found)


def _in_words(shown: Shown, found: Sequence[Finding], heading: str) -> ProblemText:
    view, lang, names = shown.view, shown.view.lang, shown.view.names
    asked = tuple(_asked(shown, finding) for finding in found)
    doubted = [finding for finding in found if finding.in_doubt]
    evidence = [finding.evidence(lang).beyond(finding.sentence(lang)) for finding in found]
    proven = [finding for finding in found if finding.documents]
    return ProblemText(
        outcome=found[0].face,
        heading=heading,
        asked=asked,
        laws=laws((item.citation for item in asked), lang),
        who=_once(view.units(finding) or (finding.role.text(lang),) for finding in found),
        mended=_once([_mended(finding, lang)] for finding in found),
        acts=_once([_act(view, finding)] for finding in found),
        facts=_once(worded.decided for worded in evidence),
        holds=_once(worded.holds for worded in evidence),
        lines=_once(_lines(view, finding) for finding in found)[:_MOST_LINES],
        papers=_once((paper(shown, name) for name in finding.documents) for finding in found),
        proofs=_once([label("proof", finding.proof, lang)] for finding in proven),
        bearers=_once([_bearer(view, finding)] for finding in found),
        doubts=_once([finding.doubt.text(lang)] for finding in doubted),
        short=_once(map(names.act, finding.falls_short) for finding in doubted),
        settle=_once(map(names.place, finding.missing) for finding in doubted),
        judge=_once([finding.judge.text(lang)] for finding in found if finding.judge),
        judgements=_once([finding.answer.text(lang)] for finding in found if finding.answer),
        notes=_once(_notes(shown, finding) for finding in found),
        consequences=_once(_consequences(shown, finding) for finding in found),
        held=_once(_held(shown, finding) for finding in found),
        waivers=_once([finding.waiver] for finding in found if finding.waiver),
    )


def _once(groups: Iterable[Iterable[_Told]]) -> tuple[_Told, ...]:
    """Return what several findings are told by, each thing once."""
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def _asked(shown: Shown, finding: Finding) -> Asked:
    citation = cited(shown, finding.rule, finding.related)
    return Asked(finding.requirement.text(shown.view.lang), citation, tuple(_marks(shown, finding)))


def _marks(shown: Shown, finding: Finding) -> Iterator[str]:
    view, t = shown.view, Words(shown.view.lang, "page")
    if finding.made_good_by:
        yield f"{t.say('made_good')} · {view.names.act(finding.made_good_by)}"
    if finding.judged:
        yield judged_mark(finding.judged, view.lang)
    if finding.waived:
        yield t.say("waived")
    if finding.accepted:
        yield t.say("accepted")
    if finding.binding != "direct":
        yield label("binding", finding.binding, view.lang)
    if finding.unseen:
        yield t.say("unseen_text")


def laws(citations: Iterable[CitedText], lang: str) -> tuple[tuple[str, str], ...]:
    """Return each instrument cited with its articles."""
    return tuple(by_instrument(((item.instrument, item.article) for item in citations), lang).items())


def _mended(finding: Finding, lang: str) -> Mended:
    return Mended(finding.cure.text(lang), label("cure", finding.cure_kind, lang))


def _act(view: View, finding: Finding) -> str:
    if finding.act is None:
        return say("page.whole", view.lang)
    unit = [view.names.unit(finding.unit)] if finding.unit else []
    return " · ".join([view.names.act(finding.act), *unit])


def citation(shown: Shown, duty: str) -> CitedText:
    """Return the article of a duty, with the title and number of its instrument."""
    data, lang = shown.view.report.duties[duty], shown.view.lang
    article = shown.view.names.article(data.article)
    return CitedText(data.instrument.text(lang), numbered(data.number, lang), article, duty)


def cited(shown: Shown, duty: str, related: Iterable[str]) -> CitedText:
    """Return the article of a duty, with those of other instruments that belong to it."""
    known = (name for name in related if name in shown.view.report.duties)
    return citation(shown, duty)._replace(related=tuple(citation(shown, name) for name in known))


def paper(shown: Shown, identifier: str) -> PaperLine:
    """Return a document of the record; one that it does not list stands by its identifier."""
    document = shown.documents.get(identifier)
    if document is None:
        return PaperLine(identifier, "", "")
    kind = shown.kinds.document_name(document.kind, shown.view.lang)
    title = document.title or kind
    return PaperLine(title, "" if title == kind else kind, str(document.date or ""))


def _lines(view: View, finding: Finding) -> Iterator[Quoted]:
    for quote in quoted(view, finding)[:_MOST_LINES]:
        yield Quoted(f"{Path(quote.file).name}:{quote.at}", quote.text)


def _bearer(view: View, finding: Finding) -> str:
    role, units = finding.role.text(view.lang), view.units(finding)
    return " · ".join([role, *([view.words.listed(units)] if units else [])])


def _consequences(shown: Shown, finding: Finding) -> Iterator[tuple[str, str]]:
    for name in finding.consequences:
        provision = shown.liability.get(name)
        yield shown.provision(name), "" if provision is None else provision.text.text(shown.view.lang)


def _held(shown: Shown, finding: Finding) -> Iterator[Held]:
    view, names = shown.view, shown.view.names
    for provision, group in groupby(finding.holders, key=lambda holder: holder.provision):
        people, absent = [], []
        for holder in group:
            if holder.person is None:
                absent.append(view.holder(holder))
            else:
                post = names.post(holder.person, holder.unit, holder.capacity)
                of = view.say("pause").join([names.unit(holder.unit), post])
                people.append(f"{names.person(holder.person)} — {of}")
        yield Held(shown.provision(provision), tuple(people), tuple(absent))


def _notes(shown: Shown, finding: Finding) -> Iterator[str]:
    lang = shown.view.lang
    t = Words(lang, "page")
    for reason in finding.reasons:
        yield label("reason", reason, lang)
    if finding.caps:
        yield t.say("capped") + t.say("colon") + t.listed(label("cap", cap, lang) for cap in finding.caps)
    for dispute in finding.disputes:
        yield t.say("disputed") + t.say("colon") + shown.view.names.dispute(dispute, finding.act)
    for edge in finding.edges:
        yield t.say("edge") + t.say("colon") + edge.rpartition(": ")[2] + " — " + t.say("edge_says")
    if finding.elapsed is not None:
        yield t.say("took" if finding.took else "elapsed", count=finding.elapsed)
    if finding.attention:
        yield t.say("attention") + t.say("colon") + finding.attention.text(lang)
