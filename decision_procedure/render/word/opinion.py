"""程序核查意见书: what was checked, what was found, who held which post, what to do, in the official layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from decision_procedure.diagrams.picture import Picture
from decision_procedure.exchange.findings import FindingsView as Listed
from decision_procedure.exchange.findings import advice_of, report_findings
from decision_procedure.law.gates import in_order
from decision_procedure.law.numbers import number_text, numbered
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text.findings import finding_lines
from decision_procedure.render.text.lines import TextLine
from decision_procedure.render.text.view import View
from decision_procedure.render.word.layout import WIDE_TEXT_WIDTH, new_document, turned
from decision_procedure.render.word.picture import add_picture, sheets_of
from decision_procedure.render.word.writing import add, add_table, numeral, saved, shown
from decision_procedure.results.findings import Finding
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.wording import Words, day_text, say

_LONGEST_TITLE = 120
_SHOWN_MISSING = 6
_LAW_WIDTHS = (140, WIDE_TEXT_WIDTH - 340, 200)
_WIDTHS = (34, 62, 150, 285, WIDE_TEXT_WIDTH - 531)


def opinion(view: View, listed: Listed, picture: Picture, file: str) -> bytes:
    """Return the opinion on a report as a Word file; `file` names the record in the list of findings.

    `listed` says which findings are listed and in which language; `picture` is drawn if this machine can.
    """
    document = new_document(view.lang)
    title = shown(view.report.title, view.lang, _LONGEST_TITLE)
    add(document, f"{title}\n{say('opinion.opinion', view.lang)}", "Title")
    add(document, "", "Normal")
    add(
        document,
        say("opinion.to", view.lang, body=shown(view.report.decision.body.name, view.lang, _LONGEST_TITLE)),
        "Normal",
    )
    found = list(report_findings(file, view.report, listed))
    parts = [*_PARTS, *([_add_advice] if view.report.advice else []), _add_notes]
    for number, part in enumerate(parts, 1):
        part(document, view, found, _Heading(document, view.lang, number))
    images = sheets_of(picture)
    if not images:
        add(document, say("opinion.no_picture", view.lang))
    _add_signature(document, view)
    if images:
        _add_picture(document, picture, images, title, view.lang)
    turned(document.add_section(WD_SECTION.NEW_PAGE))
    if found:
        _add_list(document, view, found)
    _add_law(document, view)
    return saved(document, f"{title} {say('opinion.opinion', view.lang)}", view.report.as_of)


class _Heading:
    """Writes the heading of one part, with its number."""

    def __init__(self, document: WordDocument, lang: str, number: int) -> None:
        self._document, self._lang, self._number = document, lang, number

    def __call__(self, key: str) -> None:
        number = say("opinion.heading_number", self._lang, number=numeral(self._number, self._lang))
        add(self._document, number + say(f"opinion.{key}", self._lang), "Heading 1")


def _add_basis(document: WordDocument, view: View, found: list[Finding], heading: _Heading) -> None:
    report, lang = view.report, view.lang
    heading("basis")
    if report.assumed_up_to is not None:
        add(document, f"{view.say('assumed', number=report.assumed_up_to)}{_stop(lang)}")
    title = shown(report.title, lang)
    add(document, say("opinion.checked", lang, title=title, day=day_text(report.as_of, lang)))
    if report.uncovered:
        add(document, f"{view.say('uncovered')}{_stop(lang)}")
    titles = [f"{_quoted(item[lang], lang)}{numbered(item['number'], lang)}" for item in _tested_by(view)]
    if titles:
        between = say("glossary.between_titles", lang)
        add(document, say("opinion.tested_by", lang, titles=between.join(titles)))


def _tested_by(view: View) -> list[Mapping[str, str]]:
    """Return the instruments with a duty that applied."""
    report = view.report
    used = {v.duty.partition(".")[0] for v in report.verdicts if v.outcome != "not_applicable"}
    return [item for item in report.law_used["applied"] if item["id"] in used]


def _add_overall(document: WordDocument, view: View, found: list[Finding], heading: _Heading) -> None:
    lang, report = view.lang, view.report
    heading("overall")
    text = Words(lang).listed(
        say("opinion.count_of", lang, face=label("face", name, lang), count=number)
        for name, number in report.counts.items()
    )
    add(document, say("opinion.counted", lang, total=sum(report.counts.values()), parts=text))
    add(document, say("opinion.listed" if found else "opinion.none_listed", lang, number=len(found)))


def _add_picture(
    document: WordDocument, picture: Picture, images: Sequence[bytes], title: str, lang: str
) -> None:
    caption = add(document, say("opinion.picture", lang), "Caption")
    caption.paragraph_format.page_break_before = True
    add_picture(document, picture, images, say("opinion.picture_alt", lang, title=title))


def _add_gates(document: WordDocument, view: View, found: list[Finding], heading: _Heading) -> None:
    report, lang = view.report, view.lang
    heading("gates")
    gates = report.concluded("gate")
    closing = (report.duties[duty].closes for duty in report.untested_gates)
    waiting = {gate for gate in closing if gate}
    if waiting:
        steps = Words(lang).listed(view.gated_step(gate) for gate in in_order(waiting))
        add(document, say("opinion.gates_waiting", lang, steps=steps))
    elif not gates:
        add(document, say("opinion.no_gate", lang))
    for gate in gates:
        duty = report.duties[gate.get("duty")]
        state = label("gate_state", report.state_of(gate), lang)
        article = f"{_quoted(duty.instrument.text(lang), lang)}{say('glossary.gap', lang)}{view.names.article(duty.article)}"
        add(
            document,
            say(
                "opinion.gate_line",
                lang,
                step=view.gated_step(gate.get("closes")),
                state=state,
                article=article,
                text=duty.text.text(lang),
            ),
        )


def _add_findings(document: WordDocument, view: View, found: list[Finding], heading: _Heading) -> None:
    lang = view.lang
    heading("findings")
    in_full = [item for face in TOLD_IN_FULL for item in found if item.face == face]
    for number, finding in enumerate(in_full, 1):
        _add_finding(document, view, finding, number)
    for key in ("to_supply", "nothing_recorded"):
        rest = sum(item.face == key for item in found)
        if rest:
            add(document, say(f"opinion.{key}_in_list", lang, count=rest))
    if not found:
        add(document, say("opinion.none_listed", lang))


def _add_finding(document: WordDocument, view: View, finding: Finding, number: int) -> None:
    lang = view.lang
    opening = say("opinion.finding_number", lang, number=numeral(number, lang))
    outcome = finding.called(lang)
    if finding.duty is None:
        add(document, f"{opening}{outcome}{_colon(lang)}{shown(finding.said.text(lang), lang)}", "Heading 2")
    else:
        add(document, f"{opening}{shown(finding.heading(lang), lang)}", "Heading 2")
        add(document, f"{outcome}{_stop(lang)}")
        for text in _particulars(finding_lines(view, finding), lang):
            add(document, text)
    for text in _standing(finding, lang):
        add(document, text)
    add(document, f"{say('opinion.number', lang)}{_colon(lang)}{finding.fingerprint}")


def _particulars(lines: Iterator[TextLine], lang: str) -> Iterator[str]:
    """Yield what the text report says of a verdict, the lines under one label in one sentence."""
    next(lines)  # the headline stands in the heading
    for name, group in groupby(lines, key=lambda line: line.label):
        texts = ["".join(text for text, _ in line.pieces) for line in group]
        yield f"{name}{_colon(lang)}{shown(Words(lang).series(texts), lang)}{_stop(lang)}"


def _standing(finding: Finding, lang: str) -> Iterator[str]:
    waiver = finding.waiver
    if waiver is not None:
        text = say(
            "opinion.waived_by",
            lang,
            approver=shown(waiver.approver, lang),
            basis=shown(waiver.basis, lang),
            date=waiver.date,
        )
        text += say("opinion.until", lang, day=waiver.expires) if waiver.expires else ""
        yield f"{say('opinion.waiver', lang)}{_colon(lang)}{text}{_stop(lang)}"
    if finding.accepted:
        yield f"{say('opinion.accepted', lang)}{_stop(lang)}"


def _add_advice(document: WordDocument, view: View, found: list[Finding], heading: _Heading) -> None:
    """Write what is to put right about the law that the record cites: no breach, and in no list of findings."""
    heading("advice")
    add(document, say("opinion.advice_nature", view.lang))
    for advised in advice_of("", view.report, Listed(lang=view.lang)):
        add(document, f"{shown(advised.text, view.lang)}{_stop(view.lang)}")


def _add_notes(document: WordDocument, view: View, found: list[Finding], heading: _Heading) -> None:
    heading("notes")
    if view.report.concluded("answerable"):
        add(document, say("opinion.note_persons", view.lang))
    last = add(document, say("opinion.note_scope", view.lang))
    last.paragraph_format.keep_with_next = True  # no seal on a page without text


_PARTS = (_add_basis, _add_overall, _add_gates, _add_findings)


def _add_signature(document: WordDocument, view: View) -> None:
    for text in ("", say("opinion.sign", view.lang), day_text(view.report.as_of, view.lang)):
        paragraph = add(document, text, "Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64)
        paragraph.paragraph_format.keep_with_next = text != day_text(view.report.as_of, view.lang)


def _add_list(document: WordDocument, view: View, found: list[Finding]) -> None:
    lang = view.lang
    add(document, say("opinion.annex", lang), "Caption")
    heads = [say(f"opinion.{name}", lang) for name in ("n", "verdict", "source", "content", "fingerprint")]
    add_table(document, heads, _rows(view, found), _WIDTHS)
    add(document, "", "Caption")


def _add_law(document: WordDocument, view: View) -> None:
    lang, law = view.lang, view.report.law_used
    add(document, say("opinion.law", lang), "Caption")
    heads = [say(f"opinion.{name}", lang) for name in ("state", "instrument", "document_number")]
    rows = [
        (view.say(name), _quoted(item[lang], lang), number_text(item["number"], lang))
        for name in ("applied", "unseen", "not_loaded")
        for item in law[name]
    ]
    rows += [
        (item[f"says_{lang}"], _quoted(item[lang], lang), number_text(item["number"], lang))
        for item in law.get("ended", ())
    ]
    add_table(document, heads, rows, _LAW_WIDTHS)


def _rows(view: View, found: list[Finding]) -> Iterator[tuple[str, ...]]:
    lang = view.lang
    for number, finding in enumerate(found, 1):
        source = finding.rule
        if finding.duty is not None:
            source = f"{_quoted(finding.instrument.text(lang), lang)}{finding.article.text(lang)}"
        for name in finding.related:
            source += f"{_stop(lang)}{view.say('related')}{_colon(lang)}{view.citation(name)}"
        text = shown(_content(view, finding), lang)
        outcome = label("face", finding.face, lang)
        if finding.accepted:
            outcome += f"{say('glossary.pause', lang)}{say('opinion.accepted', lang)}"
        yield str(number), outcome, source, text, finding.fingerprint


def _content(view: View, finding: Finding) -> str:
    """Return a finding in one cell: its sentence, what is asked, the act, the facts, what is missing, what to judge or do."""
    lang, names = view.lang, view.names
    if finding.duty is None:
        return finding.said.text(lang)
    between = say("glossary.semicolon", lang)
    parts = {
        "called": finding.doubt.text(lang),
        "requirement": finding.requirement.text(lang),
        "act": names.act(finding.act) if finding.act else "",
        "evidence": between.join(finding.evidence(lang).beyond(finding.sentence(lang)).decided),
        "disputed": between.join(names.dispute(dispute, finding.act) for dispute in finding.disputes),
        "missing": "",
        "why": between.join(label("cap", cap, lang) for cap in finding.caps),
    }
    if finding.outcome == "undetermined":
        reasons = [label("reason", reason, lang) for reason in finding.reasons]
        parts["missing"] = between.join([*reasons, *map(names.place, finding.missing[:_SHOWN_MISSING])])
    if finding.in_full:
        parts["judge"] = finding.judge.text(lang) if finding.judge else ""
        parts["cure"] = finding.cure.text(lang)
    told = [
        f"{label('class', 'in_doubt', lang) if name == 'called' else view.say(name)}{_colon(lang)}{text}"
        for name, text in parts.items()
        if text
    ]
    return _stop(lang).join([finding.heading(lang).rstrip(_stop(lang)), *told])


def _quoted(title: str, lang: str) -> str:
    return title if title.startswith("《") else say("opinion.quoted", lang, title=title)


def _colon(lang: str) -> str:
    return say("glossary.colon", lang)


def _stop(lang: str) -> str:
    return say("glossary.stop", lang)
