"""Findings as the page shows them: fact, articles, documents, bearer, consequence, who held the post, cure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from decision_procedure.model.vocabulary import label
from decision_procedure.render.html.subject import Shown
from decision_procedure.render.text.evidence import quotes, sentences
from decision_procedure.results.judgements import judged_mark, judgement_text
from decision_procedure.results.remarks import Waived
from decision_procedure.results.report import Verdict
from decision_procedure.results.stages import cure_of
from decision_procedure.results.verdict import doubt
from decision_procedure.wording import Words, say

_MOST_LINES = 6


class Citation(NamedTuple):
    """One article of an instrument with its number; `duty` names what of it was tested.

    `related` are articles of other instruments that say the same.
    """

    instrument: str
    number: str
    article: str
    duty: str
    related: tuple[Citation, ...] = ()


class Quoted(NamedTuple):
    """A line of the record's file."""

    where: str
    text: str


class Paper(NamedTuple):
    """A document by title, with its kind and date; `day` empty: not recorded."""

    title: str
    kind: str
    day: str


class Held(NamedTuple):
    """Those who held posts that a provision names; `absent` are the posts whose holder is not recorded."""

    provision: str
    people: tuple[str, ...]
    absent: tuple[str, ...]


class Finding(NamedTuple):
    """One open verdict in words. `outcome` is the name it is shown under; `doubt` is what it would be, if in doubt."""

    outcome: str
    doubt: str
    short: tuple[str, ...]
    settle: tuple[str, ...]
    duty: str
    requirement: str
    citation: Citation
    act: str
    unit: str
    day: str
    facts: tuple[str, ...]
    lines: tuple[Quoted, ...]
    papers: tuple[Paper, ...]
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


def finding(shown: Shown, verdict: Verdict) -> Finding:
    """Return a verdict as a finding."""
    view, duty = shown.view, shown.view.report.duties[verdict.duty]
    act = view.names.acts.get(verdict.act or "")
    papers = act.documents if act is not None else ()
    judged = verdict.for_a_person and duty["judgement"]
    answer = view.report.answer_to(verdict)
    return Finding(
        outcome=verdict.face,
        doubt=doubt(verdict, view.lang),
        short=tuple(view.names.act(name) for name in verdict.falls_short) if verdict.in_doubt else (),
        settle=tuple(view.names.place(place) for place in verdict.missing) if verdict.in_doubt else (),
        duty=verdict.duty,
        requirement=duty["text"][view.lang],
        citation=cited(shown, verdict),
        act=say("page.whole", view.lang) if verdict.act is None else view.names.act(verdict.act),
        unit=view.names.unit(act.unit) if act is not None and act.unit else "",
        day=verdict.day,
        facts=tuple(sentences(verdict.trees.values(), view.names, verdict.act)),
        lines=tuple(_lines(shown, verdict)),
        papers=tuple(paper(shown, name) for name in papers),
        proof=label("proof", verdict.proof, view.lang) if papers else "",
        bearer=_bearer(shown, verdict),
        consequences=tuple(_consequences(shown, verdict)),
        held=tuple(_held(shown, verdict)),
        cure=cure_of(view.report, verdict)[view.lang],
        cure_kind=label("cure", duty["cure"]["kind"], view.lang),
        judge=duty["judgement"][view.lang] if judged else "",
        notes=tuple(_notes(shown, verdict)),
        waiver=shown.waivers.get((verdict.duty, verdict.act)),
        waived=verdict.waived,
        made_good=view.names.act(verdict.made_good_by) if verdict.made_good_by else "",
        accepted=(verdict.duty, verdict.act) in shown.accepted,
        judged=judged_mark(verdict.judged, view.lang) if verdict.judged else "",
        judgement=judgement_text(view.report, answer, view.lang) if answer is not None else "",
    )


def citation(shown: Shown, duty: str) -> Citation:
    """Return the article of a duty, with the title and number of its instrument."""
    data, lang = shown.view.report.duties[duty], shown.view.lang
    article = shown.view.names.article(data["article"])
    return Citation(data["instrument"][lang], data["number"], article, duty)


def cited(shown: Shown, verdict: Verdict) -> Citation:
    """Return the article of a verdict's duty, with those of other instruments that belong to it."""
    known = (name for name in verdict.related if name in shown.view.report.duties)
    related = tuple(citation(shown, name) for name in known)
    return citation(shown, verdict.duty)._replace(related=related)


def paper(shown: Shown, identifier: str) -> Paper:
    """Return a document of the record; one that it does not list stands by its identifier."""
    document = shown.documents.get(identifier)
    if document is None:
        return Paper(identifier, "", "")
    kind = shown.kinds.document_name(document.kind, shown.view.lang)
    title = document.title or kind
    return Paper(title, "" if title == kind else kind, str(document.date or ""))


def _lines(shown: Shown, verdict: Verdict) -> Iterator[Quoted]:
    places = shown.view.places
    if places is None:
        return
    found = dict.fromkeys(quote for tree in verdict.trees.values() for quote in quotes(tree, places))
    act = places.act(verdict.act) if verdict.act and not found else None
    for quote in [*found, *([act] if act else [])][:_MOST_LINES]:
        yield Quoted(f"{Path(quote.file).name}:{quote.line}", quote.text)


def _bearer(shown: Shown, verdict: Verdict) -> str:
    view = shown.view
    role = label("bearer", view.report.duties[verdict.duty]["bearer"], view.lang)
    concluded = (
        view.concluded("answers", verdict)
        or view.concluded("bore", verdict)
        or view.concluded("settles", verdict)
    )
    units = dict.fromkeys(view.names.unit(item.get("unit")) for item in concluded)
    return " · ".join([role, *([Words(view.lang).listed(units)] if units else [])])


def _consequences(shown: Shown, verdict: Verdict) -> Iterator[tuple[str, str]]:
    names = dict.fromkeys(item.get("provision") for item in shown.view.concluded("consequence", verdict))
    for name in names:
        provision = shown.liability.get(name)
        yield shown.provision(name), "" if provision is None else provision.text.text(shown.view.lang)


def _held(shown: Shown, verdict: Verdict) -> Iterator[Held]:
    view = shown.view
    items = [*view.concluded("answerable", verdict), *view.concluded("unidentified", verdict)]
    items.sort(key=lambda item: item.get("provision"))
    for provision, group in groupby(items, key=lambda item: item.get("provision")):
        people, absent = [], []
        for item in group:
            if item.kind == "answerable":
                person, unit, capacity = item.get("person"), item.get("unit"), item.get("capacity")
                people.append(
                    f"{view.names.person(person)} — {view.names.unit(unit)}, "
                    f"{view.names.post(person, unit, capacity)}"
                )
            else:
                absent.append(label("capacity", item.get("capacity"), view.lang))
        yield Held(shown.provision(provision), tuple(people), tuple(absent))


def _notes(shown: Shown, verdict: Verdict) -> Iterator[str]:
    lang, duty = shown.view.lang, shown.view.report.duties[verdict.duty]
    t = Words(lang, "page")
    for reason in verdict.reasons:
        yield label("reason", reason, lang)
    if verdict.caps:
        yield t.say("capped") + t.say("colon") + t.listed(label("cap", cap, lang) for cap in verdict.caps)
    for dispute in verdict.disputes:
        yield t.say("disputed") + t.say("colon") + shown.view.names.dispute(dispute, verdict.act)
    for edge in verdict.edges:
        yield t.say("edge") + t.say("colon") + edge.rpartition(": ")[2] + " — " + t.say("edge_says")
    if verdict.elapsed is not None:
        yield t.say("took" if verdict.took else "elapsed", count=verdict.elapsed)
    if verdict.outcome in ("needs_judgement", "pending") and duty.get("attention"):
        yield t.say("attention") + t.say("colon") + duty["attention"][lang]
    if duty["mark"] == "V2":
        yield t.say("unseen_text")
    if verdict.binding != "direct":
        yield label("binding", verdict.binding, lang)
