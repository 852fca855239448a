"""上会审查单: one page for the meeting. Every row has an exact height, so that nothing can push it to a second page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from decision_procedure.diagrams.metrics import wrap
from decision_procedure.law.articles import listed_articles
from decision_procedure.law.loading import Pack
from decision_procedure.model.vocabulary import label
from decision_procedure.planning.possible import PossibleFrom
from decision_procedure.render.meeting import GateRow, PackageHead, gates, heads
from decision_procedure.render.text.view import View
from decision_procedure.render.word.layout import FORM_HEIGHT, TEXT_WIDTH, as_form, new_document
from decision_procedure.render.word.telling import by_gravity
from decision_procedure.render.word.writing import add, fill, ruled_table, saved, shown
from decision_procedure.reporting.review_time import ReviewTime, review_time, works
from decision_procedure.results.findings import Finding
from decision_procedure.results.problems import Problem
from decision_procedure.results.remarks import Advice
from decision_procedure.results.severity import OPEN_FACES
from decision_procedure.results.stages import cure_of
from decision_procedure.wording import Words, is_chinese, say
from decision_procedure.wording.punctuation import official

SIZE, LINE, PADDING = 10.0, 12.5, 2.5
COLUMNS = (74.0, 74.0, 66.0, TEXT_WIDTH - 214)
TITLE_HEIGHT, NOTE_HEIGHT = 36.0, 2 * LINE
_RULES = 24.0  # the lines between the rows, and a title in a higher font
TABLE_HEIGHT = FORM_HEIGHT - TITLE_HEIGHT - NOTE_HEIGHT - _RULES
_INSIDE = 11.0  # the margins of a cell, left and right
_SURE = 0.9  # what stands in for an absent font may be wider than the fonts measured
_CUT = re.compile("合法…$")  # 合法性 cut short would say that something is lawful
_MOST_GATES = 3
_MOST_ARTICLES = 2
_LISTED = OPEN_FACES[:5]


@dataclass(frozen=True)
class Row:
    """A row: texts with the number of grid columns each spans, at most `most` lines, at least `least`."""

    cells: tuple[tuple[str, int], ...]
    most: int = 1
    least: int = 1
    head: bool = False

    def punctuated(self, lang: str) -> Row:
        """Return the row with the punctuation of official documents, which takes more room."""
        if not is_chinese(lang):
            return self
        return replace(self, cells=tuple((official(text), span) for text, span in self.cells))

    def lines(self) -> list[tuple[str, ...]]:
        """Return the text of each cell in lines that fit."""
        at, found = 0, []
        for text, span in self.cells:
            width = (sum(COLUMNS[at : at + span]) - _INSIDE) * _SURE
            parts = text.split("\n")
            lines = (line for part in parts for line in wrap(part, SIZE, width, self.most))
            found.append(tuple(_CUT.sub("…", line) for line in lines))
            at += span
        return found

    def height(self) -> float:
        """Return the exact height in points."""
        return LINE * max(self.least, *(len(lines) for lines in self.lines())) + PADDING


@dataclass(frozen=True)
class Matter:
    """What the sheet is about: a report with a submission, real or `assumed`, the law, and the findings listed.

    `submission` is the act tested; `findings` and `advice` are those of the same report. `meeting` is the first day on which
    the matter as it stands on record may be discussed (None as for `earliest_meeting`).
    """

    view: View
    packs: Sequence[Pack]
    submission: str
    assumed: bool
    findings: Sequence[Finding]
    advice: Sequence[Advice]
    meeting: PossibleFrom | None


def review_sheet(matter: Matter) -> bytes:
    """Return the sheet as a Word file of one page."""
    view = matter.view
    document = new_document(view.lang)
    as_form(document.sections[0])
    add(document, say("sheet.sheet", view.lang), "Title")
    table = ruled_table(document, COLUMNS)
    for row in sheet_rows(matter):
        _add(table, row)
    note = add(document, say("sheet.note", view.lang), "No Spacing")
    _set_lines(note)
    title = f"{shown(view.report.title, view.lang, 120)} {say('sheet.sheet', view.lang)}"
    return saved(document, title, view.report.as_of)


def sheet_rows(matter: Matter) -> list[Row]:
    """Return the rows of the sheet; together they are never higher than `TABLE_HEIGHT`."""
    lang = matter.view.lang
    parts = (_about(matter), _package(matter), _gates(matter), _time(matter))
    before = [row.punctuated(lang) for part in parts for row in part]
    after = [row.punctuated(lang) for row in _signatures(lang)]
    room = TABLE_HEIGHT - sum(row.height() for row in (*before, *after))
    return [*before, *(row.punctuated(lang) for row in _findings(matter, room)), *after]


def _about(matter: Matter) -> Iterator[Row]:
    view, lang = matter.view, matter.view.lang
    decision = view.report.decision
    unit = view.names.unit(decision.lead_unit) if decision.lead_unit else say("sheet.unstated", lang)
    body = shown(decision.body.name, lang, 60)
    act = view.names.acts.get(matter.submission)
    day = act.begun.text if act is not None and act.begun is not None else say("sheet.unstated", lang)
    key = "assumed" if matter.assumed else "submitted"
    yield Row(((say("sheet.matter", lang), 1), (shown(view.report.title, lang, 200), 3)), most=2)
    yield Row(
        ((say("sheet.bodies", lang), 1), (say("sheet.undertaken", lang, body=body, unit=unit), 3)), most=2
    )
    yield Row(
        ((say("sheet.moment", lang), 1), (say(f"sheet.{key}", lang, day=view.report.as_of, date=day), 3)),
        most=2,
    )
    yield Row(((say("sheet.may", lang), 1), (_answer(matter), 3)), most=2, head=True)


def _answer(matter: Matter) -> str:
    view, lang = matter.view, matter.view.lang
    if view.report.uncovered:
        return say("sheet.uncovered", lang)
    states = {gate.state for gate in gates(view, matter.submission)}
    found = heads(view, matter.packs, matter.submission)
    answer = "open" if states else "no_gate"
    answer = "unknown" if states & {"unknown", "pending"} else answer
    answer = "closed" if "closed" in states else answer
    missing = sum(head.presence in ("missing", "owed") for head in found)
    unsure = sum(head.presence in ("in_file", "unseen") for head in found)
    if missing or unsure:
        return say(f"sheet.{answer}", lang) + say("sheet.package", lang, missing=missing, open=unsure)
    return say(f"sheet.{answer}", lang) + (say("sheet.whole", lang) if found else "")


def _package(matter: Matter) -> Iterator[Row]:
    lang = matter.view.lang
    titles = (("part_package", 2), ("needed_head", 1), ("presence_head", 1))
    yield Row(tuple((say(f"sheet.{key}", lang), span) for key, span in titles), head=True)
    found = heads(matter.view, matter.packs, matter.submission)
    if not found:
        yield Row(((say("sheet.no_heads", lang), 4),))
    for head in found:
        name = label("package_item", head.item, lang)
        need = label("need", head.need, lang)
        yield Row(((name, 2), (need, 1), (_presence(matter.view, head), 1)), most=2)


def _presence(view: View, head: PackageHead) -> str:
    lang = view.lang
    if head.presence == "none":
        reasons = [label("reason", reason, lang) for reason in head.verdict.reasons]
        return _joined(view.findings.of(head.verdict).evidence(lang).decided or reasons, lang)
    if head.presence == "owed" and head.step is not None:
        return say("sheet.owed", lang, step=view.step(head.step.step), article=_owing(view, head))
    document = view.names.document(head.document)[:40] if head.document else ""
    text = say(f"sheet.{head.presence}", lang, document=document)
    if head.need == "unknown":
        lacking = (*head.verdict.missing, *(head.step.missing if head.step is not None else ()))
        places = [
            view.names.place(place)
            for place in dict.fromkeys(lacking)
            if not place.startswith(f"acts[{head.verdict.act}]")
        ]
        return _joined([say("sheet.settle", lang, places=_joined(places[:3], lang)), text], lang)
    return text


def _owing(view: View, head: PackageHead) -> str:
    """Return the article that requires a step; without the title where it is of the instrument of the head itself."""
    duty = head.step.duties[0] if head.step is not None else head.verdict.duty
    if duty.partition(".")[0] != head.verdict.duty.partition(".")[0]:
        return _source(view, duty)
    return view.names.article(view.report.duties[duty].article)


def _source(view: View, duty: str) -> str:
    data = view.report.duties[duty]
    title = data.instrument.text(view.lang).strip("《》")
    return say("sheet.source", view.lang, title=title, article=view.names.article(data.article))


def _gates(matter: Matter) -> Iterator[Row]:
    view, lang = matter.view, matter.view.lang
    yield Row(((say("sheet.part_gates", lang), 4),), head=True)
    found = sorted(gates(view, matter.submission), key=_urgency)
    if not found:
        yield Row(((say("sheet.none", lang), 4),))
    most = 2 if len(found) >= _MOST_GATES else 3
    for gate in found[:_MOST_GATES]:
        yield Row(((_gate_state(gate, lang), 1), (_gate_text(view, gate), 3)), most=most)
    if len(found) > _MOST_GATES:
        yield Row(((say("sheet.more_gates", lang, count=len(found) - _MOST_GATES), 4),))


def _urgency(gate: GateRow) -> tuple[int, str]:
    order = ("closed", "unknown", "pending", "counts_not", "open")
    return order.index(gate.state), gate.verdict.duty


def _gate_state(gate: GateRow, lang: str) -> str:
    return (
        say("sheet.counts_not", lang) if gate.state == "counts_not" else label("gate_state", gate.state, lang)
    )


def _gate_text(view: View, gate: GateRow) -> str:
    lang, duty = view.lang, view.report.duties[gate.verdict.duty]
    article = _source(view, gate.verdict.duty)
    if gate.state == "unknown" and gate.verdict.missing:
        places = [view.names.place(place) for place in gate.verdict.missing[:3]]
        return (
            f"{article}{say('glossary.colon', lang)}{say('sheet.settle', lang, places=_joined(places, lang))}"
        )
    text = say("sheet.gate_line", lang, article=article, text=duty.text.text(lang))
    return (
        text
        if gate.state == "open"
        else text + say("sheet.cure", lang, text=cure_of(view.report, gate.verdict).text(lang))
    )


def _time(matter: Matter) -> Iterator[Row]:
    lang = matter.view.lang
    yield Row(((say("sheet.part_time", lang), 4),), head=True)
    time = review_time(matter.view.report, matter.packs, matter.submission)
    if time is None:
        yield Row(((say("sheet.no_time", lang) + _meeting_text(matter), 4),), most=2)
        return
    face = "pending" if time.sent else "to_supply"
    if time.verdict is not None:
        face = time.verdict.face
    yield Row(
        ((label("face", face, lang), 1), (_time_text(matter.view, time) + _meeting_text(matter), 3)), most=4
    )


def _time_text(view: View, time: ReviewTime) -> str:
    lang = view.lang
    between = say("glossary.semicolon", lang)
    key = "least_in_general" if view.report.duties[time.duty].force == "general" else "least"
    least = say(f"sheet.{key}", lang, days=time.least, source=_source(view, time.duty))
    if time.sent is None or time.left is None:
        return f"{least}{between}{say('sheet.not_sent', lang)}"
    days = _span(time.left.low, time.left.high)
    if (time.left.other_low, time.left.other_high) != (time.left.low, time.left.high):
        days += say("sheet.edge", lang, days=_span(time.left.other_low, time.left.other_high))
    key = "sent_met" if time.meeting else "sent_waits"
    text = say(f"sheet.{key}", lang, sent=time.sent.text, meeting=time.meeting, days=days)
    if time.meeting is not None and time.enough_from is not None:
        text += say("sheet.enough_from", lang, day=time.enough_from)
        text += "" if works(time.enough_from) else say("sheet.rest_day", lang)
    if time.verdict is not None and time.verdict.outcome == "not_applicable":
        text += say("sheet.for_reference", lang)
    return f"{least}{between}{text}"


def _meeting_text(matter: Matter) -> str:
    lang, first = matter.view.lang, matter.meeting
    if first is None:
        return ""
    text = say(f"sheet.{'earliest' if first.sure else 'not_before'}", lang, day=first.day)
    return text if works(first.day) else text + say("sheet.rest_day", lang)


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"≥{low}" if high > 1_000_000 else f"{low}–{high}"


def _findings(matter: Matter, room: float) -> Iterator[Row]:
    """Yield the problems, gravest first, as many as there is room for."""
    lang = matter.view.lang
    found = [item for face in _LISTED for item in by_gravity(matter.findings, face)]
    part = "part_findings_assumed" if matter.assumed else "part_findings"
    head = Row(((say(f"sheet.{part}", lang, day=matter.view.report.as_of), 4),), head=True)
    counted = Row(((_counted(matter, found), 4),), most=2)
    above = [row.punctuated(lang) for row in (head, counted, *_advice(matter))]
    yield from above
    rows = [_finding_row(matter.view, item) for item in found]
    room -= sum(row.height() for row in above)
    fits = _fitting([row.punctuated(lang).height() for row in rows], room)
    yield from rows[:fits]
    if fits < len(rows) and room >= LINE + PADDING:
        more = "more_assumed" if matter.assumed else "more"
        yield Row(((say(f"sheet.{more}", lang, count=len(rows) - fits), 4),))


def _fitting(heights: Sequence[float], room: float) -> int:
    """Return how many rows fit; where not all do, a line that says so has to fit as well."""
    if sum(heights) <= room:
        return len(heights)
    room -= LINE + PADDING
    return sum(below <= room for below in accumulate(heights))


def _counted(matter: Matter, found: Sequence[Problem]) -> str:
    """Return how many findings there are of each name, and how many problems those violated are where that is fewer."""
    lang, counts = matter.view.lang, Counter(item.face for item in matter.findings)
    told = say("sheet.counted", lang, **{name: counts[name] for name in _LISTED})
    violated = sum(item.first.face == "violated" for item in found)
    told += say("sheet.grouped", lang, found=violated) if violated < counts["violated"] else ""
    accepted = sum(item.accepted for item in matter.findings)
    return told + (say("sheet.accepted", lang, count=accepted) if accepted else "")


def _advice(matter: Matter) -> Iterator[Row]:
    """Yield one row that counts the advice on the law cited and tells the first piece."""
    lang = matter.view.lang
    for first in matter.advice[:1]:
        told = shown(Words(lang).said(first), lang, 400)
        text = say("sheet.advised", lang, count=len(matter.advice), text=told)
        yield Row(((say("sheet.advice", lang), 1), (text, 3)), most=2)


def _finding_row(view: View, problem: Problem) -> Row:
    lang, first = view.lang, problem.first
    name = label("face", first.face, lang)
    if first.duty is None:
        return Row(((name, 1), (shown(first.said.text(lang), lang, 200), 3)), most=2)
    articles = list(dict.fromkeys(item.article.text(lang) for item in problem.findings))
    cited = listed_articles(articles[:_MOST_ARTICLES], lang)
    if len(articles) > _MOST_ARTICLES:
        cited = say("sheet.and_others", lang, first=cited, count=len(articles))
    told = [*([first.doubt.text(lang)] if first.in_doubt else []), shown(first.heading(lang), lang, 200)]
    text = f"{cited}{say('glossary.colon', lang)}{_joined(told, lang)}"
    return Row(((name, 1), (text, 3)), most=2)


def _signatures(lang: str) -> list[Row]:
    pairs = (("sign_unit", "sign_review"), ("sign_office", "sign_chief"))
    return [
        Row(tuple((f"{say(f'sheet.{key}', lang)}\n{say('sheet.date', lang)}", span) for key, span in zip(pair, (3, 1), strict=True)),
            least=2)
        for pair in pairs
    ]  # fmt: skip


def _joined(texts: Sequence[str], lang: str) -> str:
    return Words(lang).series(texts)


def _add(table: Table, row: Row) -> None:
    added = table.add_row()  # type: ignore[no-untyped-call]
    added.height, added.height_rule = Pt(row.height()), WD_ROW_HEIGHT_RULE.EXACTLY
    at, cells = 0, added.cells
    for lines, (_, span) in zip(row.lines(), row.cells, strict=True):
        cell = cells[at] if span == 1 else cells[at].merge(cells[at + span - 1])
        cell.width = Pt(sum(COLUMNS[at : at + span]))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        bold = row.head or (at == 0 and span == 1)
        fill(cell, "\n".join(lines), bold=bold)
        _set_lines(cell.paragraphs[0])
        at += span


def _set_lines(paragraph: Paragraph) -> None:
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    for run in paragraph.runs:
        run.font.size = Pt(SIZE)
