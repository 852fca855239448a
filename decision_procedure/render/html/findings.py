"""Findings as the page shows them: fact, articles, documents, bearer, consequence, who held the post, cure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from decision_procedure.law.numbers import numbered
from decision_procedure.model.vocabulary import label
from decision_procedure.render.html.subject import Shown
from decision_procedure.render.text.findings import quoted
from decision_procedure.render.text.view import View
from decision_procedure.results.findings import Finding
from decision_procedure.results.judgements import judged_mark
from decision_procedure.results.remarks import Waived
from decision_procedure.wording import Words, say

_MOST_LINES = 6


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


class FindingText(NamedTuple):
    """One finding in words. `outcome` is the name it is shown under; `doubt` is what it would be, if in doubt."""

    outcome: str
    doubt: str
    short: tuple[str, ...]
    settle: tuple[str, ...]
    duty: str
    heading: str
    requirement: str
    citation: CitedText
    act: str
    unit: str
    facts: tuple[str, ...]
    holds: tuple[str, ...]
    lines: tuple[Quoted, ...]
    papers: tuple[PaperLine, ...]
    proof: str
    bearer: str
    consequences: tuple[tuple[str, str], ...]
    held: tuple[Held, ...]
    cure: str
    cure_kind: str
    judge: str
    notes: tuple[str, ...]
    waiver: Waived | None
    waived: bool
    made_good: str
    accepted: bool
    judged: str
    judgement: str


def in_words(shown: Shown, finding: Finding) -> FindingText:
    """Return a finding in words."""
    view, lang, names = shown.view, shown.view.lang, shown.view.names
    doubted, found = finding.in_doubt, finding.evidence(lang).beyond(finding.sentence(lang))
    return FindingText(
        outcome=finding.face,
        doubt=finding.doubt.text(lang),
        short=tuple(map(names.act, finding.falls_short)) if doubted else (),
        settle=tuple(map(names.place, finding.missing)) if doubted else (),
        duty=finding.rule,
        heading=finding.heading(lang),
        requirement=finding.requirement.text(lang),
        citation=cited(shown, finding.rule, finding.related),
        act=say("page.whole", lang) if finding.act is None else names.act(finding.act),
        unit=names.unit(finding.unit) if finding.unit else "",
        facts=found.decided,
        holds=found.holds,
        lines=tuple(_lines(view, finding)),
        papers=tuple(paper(shown, name) for name in finding.documents),
        proof=label("proof", finding.proof, lang) if finding.documents else "",
        bearer=_bearer(view, finding),
        consequences=tuple(_consequences(shown, finding)),
        held=tuple(_held(shown, finding)),
        cure=finding.cure.text(lang),
        cure_kind=label("cure", finding.cure_kind, lang),
        judge=finding.judge.text(lang) if finding.judge else "",
        notes=tuple(_notes(shown, finding)),
        waiver=finding.waiver,
        waived=finding.waived,
        made_good=names.act(finding.made_good_by) if finding.made_good_by else "",
        accepted=finding.accepted,
        judged=judged_mark(finding.judged, lang) if finding.judged else "",
        judgement=finding.answer.text(lang) if finding.answer else "",
    )


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
        yield Quoted(f"{Path(quote.file).name}:{quote.line}", quote.text)


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
    if finding.unseen:
        yield t.say("unseen_text")
    if finding.binding != "direct":
        yield label("binding", finding.binding, lang)
