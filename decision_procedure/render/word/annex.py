"""The annex of the opinion: the state of the procedure, every finding, the law, and what was met or does not apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docx.document import Document as WordDocument
from docx.table import Table

from decision_procedure.law.numbers import number_text, numbered
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.view import View
from decision_procedure.render.word.case import Case
from decision_procedure.render.word.layout import WIDE_TEXT_WIDTH
from decision_procedure.render.word.paper import OfficialPaper
from decision_procedure.render.word.picture import add_picture, sheets_of
from decision_procedure.render.word.telling import quoted
from decision_procedure.render.word.writing import add, add_band, add_row, add_table, shown
from decision_procedure.results.findings import Finding
from decision_procedure.results.severity import FACES
from decision_procedure.wording import Words

_SHOWN_MISSING = 6
_FINDING_WIDTHS = (36, 62, 180, WIDE_TEXT_WIDTH - 278)
_LAW_WIDTHS = (140, WIDE_TEXT_WIDTH - 340, 200)
_OTHER_WIDTHS = (36, 120, 240, WIDE_TEXT_WIDTH - 396)
_NAME_WIDTHS = (36, 62, 250, WIDE_TEXT_WIDTH - 348)
_FOLDED = FACES[5:]


def annex(case: Case) -> bytes:
    """Return the annex as a Word file."""
    view, words = case.view, Words(case.lang, "annex")
    paper = OfficialPaper(case.lang)
    add(paper.document, paper.words.say("annex"), "Heading 1").paragraph_format.first_line_indent = None
    paper.begin(view.report.title, words.say("title"))
    _add_picture(paper.document, case)
    paper.turn()
    tables = _Tables(paper.document, case.lang)
    if case.findings:
        tables.add("list", ("n", "verdict", "source", "content"), _findings(case), _FINDING_WIDTHS)
    tables.add("law", ("state", "instrument", "document_number"), _law(view), _LAW_WIDTHS)
    for face in _FOLDED:
        if view.report.counts[face]:
            table = tables.add(f"list_{face}", ("n", "article", "requirement", "about"), (), _OTHER_WIDTHS)
            _add_others(table, view, face)
    if case.findings:
        tables.add("names", ("n", "verdict", "fingerprint", "rule"), _names(case), _NAME_WIDTHS)
    return paper.saved(view.report.as_of)


def _add_picture(document: WordDocument, case: Case) -> None:
    words, picture = Words(case.lang, "annex"), case.picture()
    images = sheets_of(picture)
    if not images:
        add(document, words.say("no_picture"))
        return
    add(document, words.say("picture"), "Caption")
    alt = words.say("picture_alt", title=shown(case.view.report.title, case.lang, 120))
    add_picture(document, picture, images, alt)


class _Tables:
    """Adds tables, each under its name and with a line below it."""

    def __init__(self, document: WordDocument, lang: str) -> None:
        self._document, self._words = document, Words(lang, "annex")
        self._before = False

    def add(
        self, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]
    ) -> Table:
        if self._before:
            add(self._document, "", "Caption")
        self._before = True
        add(self._document, self._words.say(name), "Caption")
        return add_table(self._document, [self._words.say(head) for head in heads], rows, widths)


def _law(view: View) -> Iterator[tuple[str, ...]]:
    lang, law = view.lang, view.report.law_used
    for name in ("applied", "unseen", "not_loaded"):
        for item in law[name]:
            yield view.say(name), quoted(item[lang], lang), number_text(item["number"], lang)
    for item in law.get("ended", ()):
        yield item[f"says_{lang}"], quoted(item[lang], lang), number_text(item["number"], lang)


def _findings(case: Case) -> Iterator[tuple[str, ...]]:
    view, lang = case.view, case.lang
    words = Words(lang, "annex")
    for number, finding in enumerate(case.findings, 1):
        source = finding.rule if finding.duty is None else _source(view, finding)
        for name in finding.related:
            source += f"{words.say('stop')}{words.headed(view.say('related'), view.citation(name))}"
        outcome = label("face", finding.face, lang)
        if finding.accepted:
            outcome += f"{words.say('pause')}{words.say('accepted')}"
        yield str(number), outcome, source, shown(_content(view, finding), lang)


def _source(view: View, finding: Finding) -> str:
    return f"{quoted(finding.instrument.text(view.lang), view.lang)}{finding.article.text(view.lang)}"


def _content(view: View, finding: Finding) -> str:
    """Return a finding in one cell: its sentence, what is asked, the act, the facts, what is missing, what to judge or do."""
    lang, names, words = view.lang, view.names, view.words
    if finding.duty is None:
        return finding.said.text(lang)
    parts = {
        "called": finding.doubt.text(lang),
        "requirement": finding.requirement.text(lang) if finding.sentence(lang) else "",
        "act": names.act(finding.act) if finding.act else "",
        "evidence": words.series(finding.evidence(lang).beyond(finding.sentence(lang)).decided),
        "disputed": words.series(names.dispute(dispute, finding.act) for dispute in finding.disputes),
        "missing": "",
        "why": words.series(label("cap", cap, lang) for cap in finding.caps),
    }
    if finding.outcome == "undetermined":
        reasons = [label("reason", reason, lang) for reason in finding.reasons]
        parts["missing"] = words.series([*reasons, *map(names.place, finding.missing[:_SHOWN_MISSING])])
    if finding.in_full:
        parts["judge"] = finding.judge.text(lang) if finding.judge else ""
        parts["cure"] = finding.cure.text(lang)
    told = [
        words.headed(label("class", "in_doubt", lang) if name == "called" else view.say(name), text)
        for name, text in parts.items()
        if text
    ]
    stop = words.say("stop")
    return stop.join([finding.heading(lang).rstrip(stop), *told])


def _add_others(table: Table, view: View, face: str) -> None:
    """Add what is not due, met, or does not apply: what is asked, of which act, and why or what the test cannot see."""
    lang, words = view.lang, view.words
    band = ""
    for number, finding in enumerate(map(view.findings.of, view.report.of_face(face)), 1):
        if (title := quoted(finding.instrument.text(lang), lang)) != band:
            band = title
            add_band(table, f"{title}{numbered(finding.number, lang)}")
        act = view.names.act(finding.act) if finding.act else ""
        reasons = [label("reason", reason, lang) for reason in finding.reasons]
        why = reasons or (list(finding.evidence(lang).decided) if face == "not_applicable" else [])
        unseen = finding.not_tested.text(lang) if finding.not_tested and face == "satisfied" else ""
        about = [act, *why, *([words.headed(view.say("not_tested"), unseen)] if unseen else [])]
        told = shown(words.series(filter(None, about)), lang)
        add_row(table, (str(number), finding.article.text(lang), finding.requirement.text(lang), told))


def _names(case: Case) -> Iterator[tuple[str, ...]]:
    """Yield what each finding is called in every format."""
    for number, finding in enumerate(case.findings, 1):
        yield str(number), label("face", finding.face, case.lang), finding.fingerprint, finding.rule
