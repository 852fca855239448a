"""One verdict as lines of text: what the law says, what the record says, what follows, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.evidence import quotes, sentences, tree_lines
from decision_procedure.render.text.lines import Line, Style, line, plain
from decision_procedure.render.text.view import View
from decision_procedure.results.judgements import judged_mark, judgement_text
from decision_procedure.results.report import Verdict
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.results.stages import cure_of
from decision_procedure.results.verdict import called

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


def finding_lines(view: View, verdict: Verdict, *, trees: bool = False) -> Iterator[Line]:
    """Yield a verdict with its evidence, the lines of the file, who bore the duty, and the cure."""
    duty = view.report.duties[verdict.duty]
    yield headline(view, verdict)
    yield from _where(view, verdict)
    if verdict.outcome in (*_OPEN, "satisfied"):
        for text in sentences(verdict.trees.values(), view.names, verdict.act):
            yield line(text, indent=2, label=view.say("evidence"))
    yield from _quoted(view, verdict)
    yield from _reasons(view, verdict)
    if verdict.outcome in _OPEN:
        yield line(_bearer(view, verdict), indent=2, label=view.say("bearer"))
        yield from _people(view, verdict)
    if verdict.outcome == "satisfied" and duty["not_tested"]:
        yield line(duty["not_tested"][view.lang], "dim", indent=2, label=view.say("not_tested"))
    if verdict.face in TOLD_IN_FULL:
        yield line(cure_of(view.report, verdict)[view.lang], "cure", indent=2, label=view.say("cure"))
    if trees:
        yield from explanation_lines(view, verdict)


def explanation_lines(view: View, verdict: Verdict) -> Iterator[Line]:
    """Yield the whole trees of a verdict's conditions."""
    for name, tree in verdict.trees.items():
        yield line(label("tree", name, view.lang), "dim", indent=2)
        yield from tree_lines(tree, view.names, view.places, 4)


def headline(view: View, verdict: Verdict) -> Line:
    """Return the first line of a verdict: its mark, the article, the duty in words, the duty's identifier."""
    duty = view.report.duties[verdict.duty]
    return Line(
        (
            (f"{MARKS[verdict.face]} {called(verdict, view.lang)}", STYLES[verdict.face]),
            (f"  {duty['instrument'][view.lang]} {view.names.article(duty['article'])}  ", "title"),
            (view.report.requirement(verdict, view.lang), ""),
            (f"  [{verdict.duty}]", "dim"),
        )
    )


def scope_lines(view: View, verdicts: Sequence[Verdict]) -> Iterator[Line]:
    """Yield the question whether instruments cover the matter, asked once for all of them."""
    duties = [view.report.duties[verdict.duty] for verdict in verdicts]
    between = view.say("between_titles")
    yield line(f"? {view.say('scope_question', number=len(verdicts))}", "needs_judgement")
    titles = [f"{duty['instrument'][view.lang]}({duty['number']})" for duty in duties]
    yield line(between.join(titles), indent=2, label=view.say("instruments"))
    places = dict.fromkeys(place for verdict in verdicts for place in verdict.missing)
    for place in places:
        yield line(f"{view.names.place(place)}  {plain(place)}", indent=2, label=view.say("missing"))
    yield line(cure_of(view.report, verdicts[0])[view.lang], "cure", indent=2, label=view.say("cure"))


def short_line(view: View, verdict: Verdict) -> Line:
    """Return a verdict on one line that begins with file and line, for editors and for `grep`."""
    quote = (
        None
        if view.places is None or verdict.act is None
        else view.places.act(view.report.source_of(verdict.act))
    )
    file, first = ("", 1) if view.places is None else (view.places.file, view.places.line)
    where = f"{file}:{first if quote is None else quote.line}: "
    duty = view.report.duties[verdict.duty]
    article = view.names.article(duty["article"])
    marks = [view.say("waived_mark")] if verdict.waived else []
    marks += [judged_mark(verdict.judged, view.lang)] if verdict.judged else []
    mark = "".join(f" [{text}]" for text in marks)
    text = f"{called(verdict, view.lang)}{mark} {verdict.duty} {article} {duty['text'][view.lang]}"
    return Line(((plain(where + text), ""),), quote=True)


def _where(view: View, verdict: Verdict) -> Iterator[Line]:
    if verdict.act is None:
        yield line(view.say("decision"), indent=2, label=view.say("act"))
        return
    names = view.names
    act = names.acts.get(verdict.act)
    parts = [names.act(verdict.act)]
    if act is not None:
        parts += [names.unit(act.unit)] if act.unit else []
        parts += [act.anchor.text if act.anchor else view.say("no_date")]
    yield line(" · ".join(parts), indent=2, label=view.say("act"))
    if act is not None and act.documents:
        titles = [names.document(name) for name in act.documents[:_QUOTES]]
        proof = label("proof", verdict.proof, view.lang)
        yield line(f"{view.words.listed(titles)} · {proof}", indent=2, label=view.say("papers"))


def _quoted(view: View, verdict: Verdict) -> Iterator[Line]:
    if view.places is None:
        return
    trees = verdict.trees.values()
    found = list(dict.fromkeys(quote for tree in trees for quote in quotes(tree, view.places)))
    act = view.places.act(view.report.source_of(verdict.act)) if verdict.act and not found else None
    for quote in islice([*found, *([act] if act else [])], _QUOTES):
        pieces: tuple[tuple[str, Style], ...] = (
            (plain(f"{Path(quote.file).name}:{quote.line}"), "dim"),
            (f" │ {plain(quote.text[:300])}", ""),
        )
        yield Line(pieces, 2, view.say("file"), quote=True)


def _reasons(view: View, verdict: Verdict) -> Iterator[Line]:
    lang = view.lang
    duty = view.report.duties[verdict.duty]
    for reason in verdict.reasons:
        yield line(label("reason", reason, lang), indent=2, label=view.say("why"))
    if verdict.caps:
        caps = "; ".join(label("cap", cap, lang) for cap in verdict.caps)
        yield line(f"{view.say('capped')}: {caps}", indent=2, label=view.say("why"))
    if verdict.for_a_person and duty["judgement"]:
        yield line(duty["judgement"][lang], indent=2, label=view.say("judge"))
    for dispute in verdict.disputes:
        yield line(view.names.dispute(dispute, verdict.act), indent=2, label=view.say("disputed"))
    if verdict.outcome == "undetermined":
        for act in verdict.falls_short:
            yield line(f"{view.names.act(act)}: {view.say('short_says')}", indent=2, label=view.say("short"))
        lacking = view.say("settle" if verdict.in_doubt else "missing")
        for place in verdict.missing[:_SHOWN_MISSING]:
            yield line(f"{view.names.place(place)}  {plain(place)}", indent=2, label=lacking)
        if len(verdict.missing) > _SHOWN_MISSING:
            rest = len(verdict.missing) - _SHOWN_MISSING
            yield line(f"{view.say('more')} {rest}", indent=2, label=lacking)
    for edge in verdict.edges:
        numbers = edge.rpartition(": ")[2]
        yield line(f"{numbers}  {view.say('edge_says')}", indent=2, label=view.say("edge"))
    if verdict.elapsed is not None:
        key = "took" if verdict.took else "elapsed"
        yield line(view.say(key, number=verdict.elapsed), indent=2, label=view.say("why"))
    if verdict.outcome in ("needs_judgement", "pending") and duty.get("attention"):
        yield line(duty["attention"][lang], "dim", indent=2, label=view.say("attention"))
    if duty["mark"] == "V2":
        yield line(view.say("unseen_text"), indent=2, label=view.say("why"))
    for name in verdict.related:
        yield line(f"{view.citation(name)}  [{name}]", indent=2, label=view.say("related"))
    judged = view.report.answer_to(verdict)
    if judged is not None:
        text = plain(judgement_text(view.report, judged, lang))
        yield line(text, indent=2, label=view.say("judged"))
    if verdict.made_good_by is not None:
        text = view.say("made_good", act=view.names.act(verdict.made_good_by))
        yield line(text, indent=2, label=view.say("why"))
    elif verdict.waived:
        yield from _waivers(view, verdict)
    elif verdict.judged == "met":
        yield line(view.say("judged_met"), indent=2, label=view.say("why"))
    elif not verdict.counts:
        binding = label("binding", verdict.binding, lang)
        yield line(f"{binding}: {view.say('not_counted')}", indent=2, label=view.say("why"))


def _waivers(view: View, verdict: Verdict) -> Iterator[Line]:
    for item in view.report.waivers:
        if (item.duty, item.act) == (verdict.duty, verdict.act):
            until = f" – {item.expires}" if item.expires else ""
            text = f"{view.say('waived')}: {plain(item.approver)} · {item.date}{until} · {plain(item.basis)}"
            yield line(text, indent=2, label=view.say("why"))


def _bearer(view: View, verdict: Verdict) -> str:
    role = label("bearer", view.report.duties[verdict.duty]["bearer"], view.lang)
    items = view.concluded("answers", verdict) or view.concluded("settles", verdict)
    units = list(dict.fromkeys(view.names.unit(item.get("unit")) for item in items))
    return f"{role} · {'、'.join(units)}" if units else role


def _people(view: View, verdict: Verdict) -> Iterator[Line]:
    """Yield, for each provision that follows, who held the posts it names; fault is for the authority."""
    names, lang = view.names, view.lang
    held = [(item.get("provision"), item) for item in view.concluded("answerable", verdict)]
    for provision, items in groupby(sorted(held, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        people = [
            f"{names.person(i.get('person'))}({names.post(i.get('person'), i.get('unit'), i.get('capacity'))})"
            for _, i in items
        ]
        text = f"{'、'.join(people)} → {view.provision(provision)}"
        yield line(text, indent=2, label=view.say("held_post"))
    absent = [(item.get("provision"), item) for item in view.concluded("unidentified", verdict)]
    for provision, items in groupby(sorted(absent, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        posts = "、".join(label("capacity", item.get("capacity"), lang) for _, item in items)
        text = f"{view.say('nobody')}: {posts} → {view.provision(provision)}"
        yield line(text, "dim", indent=2, label=view.say("held_post"))
