"""One verdict as lines of text: what the law says, what the record says, what follows, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

from decision_procedure.law.evidence import Tree
from decision_procedure.law.numbers import numbered
from decision_procedure.model.places import Quote
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.evidence import quotes, tree_lines
from decision_procedure.render.text.lines import Style, TextLine, line, plain
from decision_procedure.render.text.view import View
from decision_procedure.results.findings import Finding
from decision_procedure.results.judgements import judged_mark

MARKS = {
    "violated": "×", "in_doubt": "△", "needs_judgement": "?", "to_supply": "○", "nothing_recorded": "○",
    "pending": "…", "satisfied": "√", "not_applicable": "-",
}  # fmt: skip
STYLES: Mapping[str, Style] = {
    "violated": "violated", "in_doubt": "in_doubt", "needs_judgement": "needs_judgement",
    "to_supply": "undetermined", "nothing_recorded": "undetermined", "pending": "pending",
    "satisfied": "satisfied", "not_applicable": "",
}  # fmt: skip
_QUOTES = 4
_SHOWN_MISSING = 6
_OPEN = ("violated", "needs_judgement", "undetermined")


def finding_lines(
    view: View, finding: Finding, *, trees: bool = False, whole: bool = False, also: Sequence[Finding] = ()
) -> Iterator[TextLine]:
    """Yield what is told of a verdict, the lines of the file, who bore the duty, and the cure.

    `whole` shows the conditions that hold as well, which are otherwise only counted. `also` are other findings that
    spring from the same fact: of them is told what differs.
    """
    lang = view.lang
    yield headline(view, finding)
    yield asked_line(view, finding)
    yield from (asked_line(view, other, named=True) for other in also)
    yield from _where(view, finding)
    acts = dict.fromkeys(other.act for other in also if other.act not in (finding.act, None))
    yield from (line(view.names.act(act), indent=2, label=view.say("act")) for act in acts if act)
    if finding.outcome in (*_OPEN, "satisfied"):
        yield from _evidence(view, finding, whole=whole)
    yield from _quoted(view, finding)
    yield from _reasons(view, finding)
    if finding.outcome in _OPEN:
        for text in dict.fromkeys(_bearer(view, one) for one in (finding, *also)):
            yield line(text, indent=2, label=view.say("bearer"))
        yield from dict.fromkeys(told for one in (finding, *also) for told in _people(view, one))
    if finding.outcome == "satisfied" and finding.not_tested:
        yield line(finding.not_tested.text(lang), "dim", indent=2, label=view.say("not_tested"))
    if finding.in_full:
        for text in dict.fromkeys(one.cure.text(lang) for one in (finding, *also)):
            yield line(text, "cure", indent=2, label=view.say("cure"))
    if trees:
        for one in (finding, *also):
            yield from explanation_lines(view, one.trees)


def explanation_lines(view: View, trees: Mapping[str, Tree]) -> Iterator[TextLine]:
    """Yield the whole trees of a verdict's conditions."""
    for name, tree in trees.items():
        yield line(label("tree", name, view.lang), "dim", indent=2)
        yield from tree_lines(tree, view.names, view.places, 4)


def headline(view: View, finding: Finding) -> TextLine:
    """Return the first line of a verdict: its mark, what is wrong or else what the law asks, the duty's identifier."""
    lang = view.lang
    return TextLine(
        (
            (f"{MARKS[finding.face]} {finding.called(lang)}", STYLES[finding.face]),
            (f"  {plain(finding.heading(lang))}", "title"),
            (f"  [{finding.duty}]", "dim"),
        )
    )


def asked_line(view: View, finding: Finding, *, named: bool = False) -> TextLine:
    """Return what the law asks, with its article and, where it is not the one above, the duty's identifier."""
    lang = view.lang
    source = f"{finding.instrument.text(lang)} {finding.article.text(lang)}"
    asked = f"{view.say('colon')}{finding.requirement.text(lang)}" if finding.sentence(lang) else ""
    duty = f"  [{finding.duty}]" if named else ""
    return line(f"{source}{asked}{duty}", indent=2, label=view.say("requirement"))


def scope_lines(view: View, found: Sequence[Finding]) -> Iterator[TextLine]:
    """Yield the question whether instruments cover the matter, asked once for all of them."""
    lang = view.lang
    yield line(f"? {view.say('scope_question', number=len(found))}", "needs_judgement")
    titles = [f"{finding.instrument.text(lang)}{numbered(finding.number, lang)}" for finding in found]
    yield line(view.say("between_titles").join(titles), indent=2, label=view.say("instruments"))
    places = dict.fromkeys(place for finding in found for place in finding.missing)
    for place in places:
        yield line(view.names.place(place), indent=2, label=view.say("missing"))
    yield line(found[0].cure.text(lang), "cure", indent=2, label=view.say("cure"))


def short_line(view: View, finding: Finding) -> TextLine:
    """Return a verdict on one line that begins with file and line, for editors and for `grep`."""
    lang = view.lang
    quote = _act_quoted(view, finding)
    file, first = ("", 1) if view.places is None else (view.places.file, view.places.first)
    where = f"{file}:{first if quote is None else quote.at}: "
    marks = [view.say("waived_mark")] if finding.waived else []
    marks += [judged_mark(finding.judged, lang)] if finding.judged else []
    mark = "".join(f" [{text}]" for text in marks)
    law = f"{finding.duty} {finding.article.text(lang)} {finding.heading(lang)}"
    return TextLine(((plain(f"{where}{finding.called(lang)}{mark} {law}"), ""),), quote=True)


def _act_quoted(view: View, finding: Finding) -> Quote | None:
    if view.places is None or finding.act is None:
        return None
    return view.places.act(view.report.source_of(finding.act))


def _evidence(view: View, finding: Finding, *, whole: bool) -> Iterator[TextLine]:
    found = finding.evidence(view.lang).beyond(finding.sentence(view.lang))
    for text in found.decided:
        yield line(text, indent=2, label=view.say("evidence"))
    if whole:
        for text in found.holds:
            yield line(text, "dim", indent=2, label=view.say("holds"))
    elif found.holds:
        yield line(view.say("hold_beside", number=len(found.holds)), "dim", indent=2, label=view.say("holds"))


def _where(view: View, finding: Finding) -> Iterator[TextLine]:
    if finding.act is None:
        yield line(view.say("decision"), indent=2, label=view.say("act"))
        return
    names = view.names
    parts = [names.act(finding.act)]
    if finding.act in names.acts:
        parts += [names.unit(finding.unit)] if finding.unit else []
    yield line(" · ".join(parts), indent=2, label=view.say("act"))
    if finding.documents:
        titles = [names.document(name) for name in finding.documents[:_QUOTES]]
        proof = label("proof", finding.proof, view.lang)
        yield line(f"{view.words.listed(titles)} · {proof}", indent=2, label=view.say("papers"))


def _quoted(view: View, finding: Finding) -> Iterator[TextLine]:
    for quote in islice(quoted(view, finding), _QUOTES):
        pieces: tuple[tuple[str, Style], ...] = (
            (plain(f"{Path(quote.file).name}:{quote.at}"), "dim"),
            (f" │ {plain(quote.text[:300])}", ""),
        )
        yield TextLine(pieces, 2, view.say("file"), quote=True)


def quoted(view: View, finding: Finding) -> list[Quote]:
    """Return the lines of the file on which a finding rests; where its conditions name none, that of its act."""
    if view.places is None:
        return []
    failing = sorted(finding.trees.values(), key=lambda tree: tree.truth is True)
    found = dict.fromkeys(quote for tree in failing for quote in quotes(tree, view.places))
    act = None if found else _act_quoted(view, finding)
    return [*found, *([act] if act else [])]


def _reasons(view: View, finding: Finding) -> Iterator[TextLine]:
    lang = view.lang
    for reason in finding.reasons:
        yield line(label("reason", reason, lang), indent=2, label=view.say("why"))
    if finding.caps:
        caps = view.words.series(label("cap", cap, lang) for cap in finding.caps)
        yield line(view.words.headed(view.say("capped"), caps), indent=2, label=view.say("why"))
    if finding.judge:
        yield line(finding.judge.text(lang), indent=2, label=view.say("judge"))
    for dispute in finding.disputes:
        yield line(view.names.dispute(dispute, finding.act), indent=2, label=view.say("disputed"))
    if finding.outcome == "undetermined":
        yield from _lacking(view, finding)
    for edge in finding.edges:
        numbers = edge.rpartition(": ")[2]
        yield line(f"{numbers}  {view.say('edge_says')}", indent=2, label=view.say("edge"))
    if finding.elapsed is not None:
        key = "took" if finding.took else "elapsed"
        yield line(view.say(key, number=finding.elapsed), indent=2, label=view.say("why"))
    if finding.attention:
        yield line(finding.attention.text(lang), "dim", indent=2, label=view.say("attention"))
    if finding.unseen:
        yield line(view.say("unseen_text"), indent=2, label=view.say("why"))
    for name in finding.related:
        yield line(f"{view.citation(name)}  [{name}]", indent=2, label=view.say("related"))
    if finding.answer:
        yield line(plain(finding.answer.text(lang)), indent=2, label=view.say("judged"))
    if why := _why_not_counted(view, finding):
        yield line(why, indent=2, label=view.say("why"))


def _lacking(view: View, finding: Finding) -> Iterator[TextLine]:
    for act in finding.falls_short:
        yield line(
            view.words.headed(view.names.act(act), view.say("short_says")), indent=2, label=view.say("short")
        )
    lacking = view.say("settle" if finding.in_doubt else "missing")
    for place in finding.missing[:_SHOWN_MISSING]:
        yield line(view.names.place(place), indent=2, label=lacking)
    if len(finding.missing) > _SHOWN_MISSING:
        rest = len(finding.missing) - _SHOWN_MISSING
        yield line(f"{view.say('more')} {rest}", indent=2, label=lacking)


def _why_not_counted(view: View, finding: Finding) -> str:
    if finding.made_good_by is not None:
        return view.say("made_good", act=view.names.act(finding.made_good_by))
    if finding.waived:
        return _waiver(view, finding)
    if finding.judged == "met":
        return view.say("judged_met")
    if finding.counts:
        return ""
    return view.words.headed(label("binding", finding.binding, view.lang), view.say("not_counted"))


def _waiver(view: View, finding: Finding) -> str:
    item = finding.waiver
    if item is None:
        return ""
    until = f" – {item.expires}" if item.expires else ""
    told = f"{plain(item.approver)} · {item.date}{until} · {plain(item.basis)}"
    return view.words.headed(view.say("waived"), told)


def _bearer(view: View, finding: Finding) -> str:
    role, units = finding.role.text(view.lang), view.units(finding)
    return f"{role} · {view.words.listed(units)}" if units else role


def _people(view: View, finding: Finding) -> Iterator[TextLine]:
    """Yield, for each provision that follows, who held the posts it names; fault is for the authority."""
    known = [holder for holder in finding.holders if holder.person is not None]
    for provision, held in groupby(known, key=lambda holder: holder.provision):
        people = view.words.listed(map(view.holder, held))
        yield line(f"{people} → {view.provision(provision)}", indent=2, label=view.say("held_post"))
    absent = [holder for holder in finding.holders if holder.person is None]
    for provision, vacant in groupby(absent, key=lambda holder: holder.provision):
        posts = view.words.listed(map(view.holder, vacant))
        text = f"{view.words.headed(view.say('nobody'), posts)} → {view.provision(provision)}"
        yield line(text, "dim", indent=2, label=view.say("held_post"))
