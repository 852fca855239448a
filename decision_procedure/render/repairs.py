"""整改方案: the ways to mend a record, as text, as a Word file and as a workbook; each row one act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from decision_procedure.law.articles import article_text
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.sorts import choices_of, models_in
from decision_procedure.model.vocabulary import domain_of, label
from decision_procedure.planning.closing import faults_since
from decision_procedure.planning.repair import Fault, Repair, RepairAction, Unmended
from decision_procedure.render.text.lines import BLANK, Block, Style, line, plain
from decision_procedure.render.text.names import Names
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.report import Report
from decision_procedure.results.severity import Grade
from decision_procedure.sources.optional import needed
from decision_procedure.wording import Language, Words, check_language

_COLUMNS = ("number", "action", "must_state", "unit", "from", "useful_until", "mends")
_WIDTHS = (36, 94, 116, 74, 66, 66, 185.8)  # points, 637.8 in all
_STYLES: Mapping[str, Style] = {"unmended": "violated", "questions": "needs_judgement"}
_SINCE = (457.8, 180)
_CELLS = (8, 8, 26, 44, 24, 12, 12, 60, 14, 20)


class RepairRow(NamedTuple):
    """One act of a repair in words."""

    number: int
    action: str
    content: str
    unit: str
    earliest: str
    latest: str
    mends: tuple[str, ...]


class RepairTold:
    """What is said of the repairs of a report, in one language, and of what became of the faults of the one `before` it."""

    def __init__(
        self, repairs: Sequence[Repair], report: Report, lang: Language, before: Report | None = None
    ) -> None:
        check_language(lang)
        self.repairs, self.report, self.lang, self._before = repairs, report, lang, before
        self.since = () if before is None else faults_since(before, report)
        self.words = Words(lang, "repair")
        self._kinds = kinds_of(type(report.decision))
        self._names = Names(report.decision, lang, report.implied)
        self._sentences = self._sentences_of(report, "violated")

    @property
    def title(self) -> str:
        """The head of it all."""
        return self.words.say("title", title=plain(self.report.title), day=self.report.as_of)

    @property
    def has_earlier(self) -> bool:
        """Whether an earlier report is at hand."""
        return self._before is not None

    @property
    def since_head(self) -> str:
        """The head of what became of earlier faults, with how many are closed."""
        closed = sum(item.how != "open" for item in self.since)
        day = "" if self._before is None else self._before.as_of
        return self.words.say("since", day=day, closed=closed, left=len(self.since) - closed)

    def closed(self) -> Iterator[tuple[str, str]]:
        """Yield each earlier fault in words with what became of it."""
        if self._before is None:
            return
        sentences = self._sentences_of(self._before, "violated")
        for item in self.since:
            by = "" if item.by is None else plain(self._names.act(item.by))
            said = self.words.say(f"since_{item.how}") + self.words.aside(by)
            yield self._told((item.duty, item.act), self._before, sentences), said

    def option(self, number: int, repair: Repair) -> str:
        """Return the head of one repair."""
        decides = any(action.act == "decision" for action in repair.actions)
        key = "option" if decides else "option_undecided" if repair.actions else "option_none"
        head = self.words.say(key, number=number, acts=len(repair.actions), day=repair.ends)
        left = len(repair.unmended)
        return head + self.words.say("option_left", left=left) if left else head

    def rows(self, repair: Repair) -> Iterator[RepairRow]:
        """Yield its acts in words."""
        for number, action in enumerate(repair.actions, 1):
            mends = tuple(dict.fromkeys(self._fault(fault) for fault in action.mends))
            reopened = (self.words.say("reopened"),) if not mends else ()
            dates = sorted(set(action.dates.values())) or [action.earliest or ""]
            days = (
                dates[0] if len(dates) == 1 else self.words.say("stretch_of", start=dates[0], end=dates[-1])
            )
            yield RepairRow(
                number,
                self._action(action),
                self._content(action),
                plain(action.unit or self.words.say("nobody")),
                days,
                action.latest or "",
                (*mends, *reopened),
            )

    def remaining(self, repair: Repair) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield what these acts leave, under the word for it: what cannot be mended, and what a person has to judge."""
        for key, texts in (("unmended", [*self.left(repair)]), ("questions", [*self.questions(repair)])):
            if texts:
                yield key, texts

    def left(self, repair: Repair) -> Iterator[str]:
        """Yield why each fault that is left cannot be mended."""
        for item in repair.unmended:
            asked = repair.report.duties[item.duty].text.text(self.lang)
            law = self._law(item) + self.words.aside(plain(asked))
            day = item.day or self.words.say("no_date")
            yield self.words.say(item.why, law=law, what=item.what.text(self.lang), day=day)

    def questions(self, repair: Repair) -> Iterator[str]:
        """Yield what a person has to judge once these acts are done."""
        sentences = self._sentences_of(repair.report, "needs_judgement") if repair.questions else {}
        for fault in repair.questions:
            yield self._told(fault, repair.report, sentences)

    def _fault(self, fault: Fault) -> str:
        return self._told(fault, self.report, self._sentences)

    def _told(self, fault: Fault, report: Report, sentences: Mapping[Fault, str]) -> str:
        info = report.duties[fault[0]]
        return self.words.headed(self._law(info), plain(sentences.get(fault) or info.text.text(self.lang)))

    def _law(self, item: Unmended | DutyInfo) -> str:
        return self.words.say(
            "cited_law",
            title=item.instrument.text(self.lang),
            article=article_text(item.article, self.lang),
        )

    def _sentences_of(self, report: Report, least: Grade) -> Mapping[Fault, str]:
        found = (item for item in report.findings(least) if item.duty)
        return {(item.rule, item.act): item.sentence(self.lang) for item in found}

    def _action(self, action: RepairAction) -> str:
        what = action.step.text(self.lang)
        if action.on is not None:
            what = self.words.say("of_act", what=what, act=plain(self._names.act(action.on)))
        said = self.words.say(action.kind, what=what)
        return said + (self.words.aside(self.words.say("only_if_so")) if action.only_if_so else "")

    def _content(self, action: RepairAction) -> str:
        model: Any = self._kinds.acts.get(action.act) or type(self.report.decision.catalogue)
        return self._fields(
            {name: value for name, value in action.content.items() if not name.endswith("_complete")}, model
        )

    def _fields(self, values: Mapping[str, Any], model: type[BaseModel]) -> str:
        fields = model.model_fields
        return self.words.series(
            self.words.headed(
                self._kinds.key_name(name, self.lang, model), self._value(value, fields[name].annotation)
            )
            for name, value in values.items()
        )

    def _value(self, value: object, annotation: object) -> str:
        if isinstance(value, bool):
            return self.words.say("yes" if value else "no")
        if isinstance(value, list | tuple):
            return self.words.listed(self._value(one, annotation) for one in value)
        if isinstance(value, Mapping):
            return self._fields(value, next(models_in(annotation)))
        domain = domain_of(choices_of(annotation))
        return plain(str(value)) if domain is None else label(domain, str(value), self.lang)


def repair_lines(told: RepairTold) -> Iterator[Block]:
    """Yield the repairs for people."""
    words = told.words
    yield line(told.title, "title")
    if told.has_earlier:
        yield line(told.since_head)
        for fault, state in told.closed():
            yield line(words.headed(state, fault), indent=2)
        yield BLANK
    if not told.repairs:
        yield line(words.say("clean"), "satisfied")
        return
    yield line(words.say("found", number=len(told.repairs[0].faults)))
    for number, repair in enumerate(told.repairs, 1):
        yield BLANK
        yield line(told.option(number, repair), "title")
        for row in told.rows(repair):
            yield line(f"{row.number}. {row.action}", indent=2)
            when = (("unit", row.unit), ("from", row.earliest), ("useful_until", row.latest))
            yield line(
                words.series(words.headed(words.say(key), text) for key, text in when if text),
                "dim",
                indent=5,
            )
            for mended in row.mends:
                yield line(words.headed(words.say("mends"), mended), indent=5)
            if row.content:
                yield line(words.headed(words.say("must_state"), row.content), "dim", indent=5)
        for key, texts in told.remaining(repair):
            yield line(words.say(key), _STYLES[key], indent=2)
            yield from (line(text, indent=5) for text in texts)
    yield BLANK
    yield line(words.say("note"), "dim")


def repair_paper(told: RepairTold) -> bytes:
    """Return 整改方案 as a Word file. Raises UnusableArgument without `python-docx`."""
    needed("docx", "word")
    from decision_procedure.render.word.layout import new_document, turned
    from decision_procedure.render.word.writing import add, add_table, saved, shown

    words, report = told.words, told.report
    document = new_document(told.lang)
    turned(document.sections[0])
    add(document, f"{shown(report.title, told.lang, 120)}\n{words.say('paper')}", "Title")
    if told.since:
        add(document, told.since_head)
        add_table(document, [words.say("earlier_fault"), words.say("state")], [*told.closed()], _SINCE)
    add(
        document,
        words.say("found", number=len(told.repairs[0].faults)) if told.repairs else words.say("clean"),
    )
    for number, repair in enumerate(told.repairs, 1):
        add(document, told.option(number, repair), "Heading 1")
        rows = [(*map(str, row[:6]), "\n".join(row.mends)) for row in told.rows(repair)]
        add_table(document, [words.say(key) for key in _COLUMNS], rows, _WIDTHS)
        for key, texts in told.remaining(repair):
            add(document, words.say(key), "Heading 2")
            for text in texts:
                add(document, text)
    if told.repairs:
        add(document, words.say("note"))
    return saved(document, told.title, report.as_of)


def repair_book(told: RepairTold) -> bytes:
    """Return 整改方案 as a workbook, a row an act, with columns for its state. Raises UnusableArgument without `openpyxl`."""
    needed("openpyxl", "excel")
    from decision_procedure.render.excel_cells import CellGrid, opened, saved

    words = told.words
    heads = [words.say(key) for key in ("option_head", *_COLUMNS, "state", "closed_on")]
    with opened() as book:
        grid = CellGrid(book, words.say("sheet"), heads, _CELLS)
        for number, repair in enumerate(told.repairs, 1):
            for row in told.rows(repair):
                grid.add([number, row.number, *row[1:6], words.say("gap").join(row.mends), "", ""])
            for key, texts in told.remaining(repair):
                for text in texts:
                    grid.add([number, None, words.say(key), text, "", "", "", "", "", ""])
        grid.end()
        if told.since:
            grid = CellGrid(
                book, words.say("closed_on"), [words.say("earlier_fault"), words.say("state")], (90, 40)
            )
            for fault in told.closed():
                grid.add([*fault])
            grid.end()
        return saved(book, told.title, told.report.as_of)


__all__ = ["RepairTold", "repair_book", "repair_lines", "repair_paper"]
