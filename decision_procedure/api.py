"""What the public functions do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from importlib.util import find_spec
from logging import DEBUG, getLogger
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from decision_procedure.errors import Unchecked, UnusableArgument, UnusableInput
from decision_procedure.model.dates import PartialDate, calendar_day, parse_date
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.reading import (
    SUFFIXES,
    Models,
    no_record_in,
    read_record,
    read_records,
    shipped,
)
from decision_procedure.results.remarks import Advice
from decision_procedure.results.report import Report, Verdict, Workings
from decision_procedure.sources import files_in, read_source
from decision_procedure.sources.workbook import is_workbook
from decision_procedure.wording import Bilingual, check_language

if TYPE_CHECKING:
    from decision_procedure.diagrams.picture import Picture
    from decision_procedure.exchange.findings import FindingsView
    from decision_procedure.forms import Question
    from decision_procedure.forms.workbook import FilledForm
    from decision_procedure.graph import Procedure
    from decision_procedure.keeping.papers import Absent
    from decision_procedure.keeping.receipts.forms import Dossier
    from decision_procedure.keeping.receipts.replaying import Replay
    from decision_procedure.keeping.receipts.signing import Signer, Verifier
    from decision_procedure.law.applicable import Law
    from decision_procedure.masking import Masked
    from decision_procedure.model.catalogue import Catalogue
    from decision_procedure.planning.days import PeriodCounted
    from decision_procedure.planning.deadlines import DueStep
    from decision_procedure.planning.making import Meetings, Target
    from decision_procedure.planning.plan import Plan
    from decision_procedure.planning.repair import Repair
    from decision_procedure.planning.supposing import Slip, StepChange
    from decision_procedure.reporting.steps import StepState
    from decision_procedure.reporting.submission import AsSubmitted
    from decision_procedure.results.duties import DutyInfo
    from decision_procedure.results.waivers import Waiver
    from decision_procedure.trails.chain import Trail


def load_decision(path: str | Path, law: Law | None = None) -> Decision:
    """Return the one record of a YAML or JSON file, or of a filled form (.xlsx). Raises UnusableInput with every fault in it.

    `law` says what else records of a place may hold (`load_law`): kinds of act, fields, documents and traits that its
    instruments declare. None: what ships.
    """
    for found in read_records(Path(path), _models(law)):
        if isinstance(found, UnusableInput):
            raise found
        return found
    raise UnusableArgument(f"没有案卷 no record in {path}")


def parse_decision(text: str, *, json: bool = True, name: str = "<text>", law: Law | None = None) -> Decision:
    """Return the record written in a JSON (or YAML) text; `law` as for `load_decision`.

    Raises UnusableInput with every fault in it.
    """
    return read_record(text, name, _models(law), json=json)


def decision(data: Mapping[str, Any], law: Law | None = None) -> Decision:
    """Return the record of a mapping, with keys and words in Chinese or English as in a file.

    Dates may be texts or dates of Python, lists any sequence, parts also objects of the model (`acts.PublicComment`).
    `law` as for `load_decision`. Raises UnusableInput with every fault, each with its key, and UnusableArgument for
    what is no mapping or holds what no file could.
    """
    from decision_procedure.model.giving import given

    if not isinstance(data, Mapping):
        raise UnusableArgument(_no_record(data))
    return given(data, _models(law))


def moment(said: str | date) -> PartialDate:
    """Return a year, month, day or minute as the acts of a record hold it: `2024`, `2024-06`, `2024年6月6日`, `2024-06-06 15:00`.

    A record and its acts take such texts as they are; this gives type checkers what they expect. Raises
    UnusableArgument for what is no date.
    """
    try:
        return parse_date(said)
    except ValueError as error:
        raise UnusableArgument(str(error)) from None


def save(record: Decision, path: str | Path, *, lang: Literal["zh", "en"] = "zh") -> None:
    """Write a record as YAML or, by its suffix, JSON, whole or not at all; `load_decision` reads it back.

    Raises UnusableArgument for another suffix or language, OSError where the file cannot be written.
    """
    from decision_procedure.sources.whole_file import write_file

    form = Path(path).suffix.lower()
    if form not in (".yaml", ".yml", ".json"):
        raise UnusableArgument(f"只能写成 YAML 或 JSON only YAML or JSON can be written: {form[:20]}")
    text = record.to_json(lang) if form == ".json" else record.to_yaml(lang)
    write_file(Path(path), text.encode())


def questions(report: Report) -> tuple[Question, ...]:
    """Return what to ask so that what is open can be settled, each question once: what is in doubt or a gate first.

    What matters only once another is answered is asked after that: `answer` each, check again, and ask again until
    nothing is asked. Raises UnusableArgument for a report read back from JSON whose law is not at hand (`attach`).
    """
    from decision_procedure.forms import questions

    return questions(report)


def answer(record: Decision, question: Question, value: Any) -> Decision:
    """Return a record with the answer to a question in it, at the place that the question names; see `answered`."""
    return answered(record, [(question, value)])


def answered(record: Decision, answers: Iterable[tuple[Question, Any]]) -> Decision:
    """Return a record with answers in it, each given as `(question, value)`; the questions are of one report on that record.

    A value is written as in a file, in either language: a date, a number, a word of `question.choices`, a list of them.
    `是` or True, `否` or False: whether it took place; `否` to a date or a list: there was none, to a list that is stated:
    there is no more. `不清楚` or None leaves the question open. A unit, person or document may be given by its name
    or as a mapping: it is then added. An act may be given as a mapping of what it states, or several as a list. A
    judgement is a mapping: `answer`, `reason`, `by`, `day` and `document`; the fingerprint is filled in.
    Raises UnusableInput with the faults of what cannot stand in a record, UnusableArgument for an answer that its
    question does not take.
    """
    from decision_procedure.forms import answered

    return answered(record, answers)


def plan(
    report: Report,
    target: Target = None,
    *,
    meetings: Meetings = None,
    not_before: Mapping[str, date | str] | None = None,
    law: Law | None = None,
) -> Plan:
    """Return what is done, due and perhaps due, each on its earliest lawful day, and what it waits for.

    `target` is the day wanted for the meeting (集体讨论), or `{step: day}`; latest days and slack are told for it (None:
    for the earliest day). `meetings` are the days on which the body meets, a list or a rule such as 每月第二个星期三,
    每周五, 每月15日, 每月最后一个星期一 (None: any day). `not_before` gives steps a day before which they will not be done.
    `law` is the law the report was checked against; None: the one it knows. Raises UnusableArgument for a step, day or
    rule that is none, and where all meeting days given are past.
    """
    from decision_procedure.planning.making import plan_of

    law = _law_of(report, law)
    return plan_of(report, law, target=target, meetings=meetings, not_before=not_before)


def plan_picture(plan: Plan, *, lang: str = "zh", page: str = "landscape") -> Picture:
    """Return a plan drawn on the timeline: earliest days, the room up to the latest, what has no slack; `save` writes it.

    `page` as for `diagram`. Raises UnusableArgument for another page.
    """
    from decision_procedure.diagrams.plan_line import plan_picture

    return plan_picture(plan, lang=lang, page=page)


def repair(
    report: Report, target: Target = None, *, meetings: Meetings = None, law: Law | None = None
) -> tuple[Repair, ...]:
    """Return ways to mend what is violated, those with the fewest acts first, then the earliest; empty where nothing is.

    Each names its acts (补正, 重做, 补办), what redoing one reopens, the days, and what nothing mends with its reason; its
    `report` is the check of the record with these acts. No repair lifts the responsibility that has arisen. `target`,
    `meetings` and `law` as for `plan`.
    """
    from decision_procedure.planning.mending import repairs_of

    return repairs_of(report, _law_of(report, law), target=target, meetings=meetings)


def what_if(
    report: Report,
    *,
    traits: Mapping[str, bool | None] | None = None,
    dates: Mapping[str, date | str] | None = None,
    without: Iterable[str] = (),
    law: Law | None = None,
) -> Report:
    """Return the check of the record with other traits, acts of steps on other days, or without the acts of steps.

    Traits and steps are named in either language (a trait None: left open). Compare two reports by their findings, two
    plans by `compare_plans`; how it would stand if submitted today `submitted` tells. Raises UnusableArgument for a trait,
    step or day that is none.
    """
    from decision_procedure.planning.supposing import supposed

    return supposed(report, _law_of(report, law), traits=traits, dates=dates, without=without)


def compare_plans(before: Plan, after: Plan) -> tuple[StepChange, ...]:
    """Return the steps that stand otherwise, or end on another day, in the second plan, in the order of the law."""
    from decision_procedure.planning.supposing import plan_changes

    return plan_changes(before, after)


def slips(
    report: Report, *, days: int = 7, target: Target = None, meetings: Meetings = None, law: Law | None = None
) -> tuple[Slip, ...]:
    """Return, for each step that the goal waits for, by how much the goal moves if it ends so many days late.

    What moves it most comes first; `target`, `meetings` and `law` as for `plan`.
    """
    from decision_procedure.planning.supposing import slips_of

    return slips_of(report, _law_of(report, law), days=days, target=target, meetings=meetings)


def counted_days(report: Report, duty: str) -> tuple[PeriodCounted, ...]:
    """Return every count of days behind the verdicts on a duty, each with its days one by one and the reason of each.

    The duty is named as for `report.about`. Raises UnusableArgument for one that the report does not know.
    """
    from decision_procedure.planning.days import periods_counted

    return periods_counted(report, duty)


def deadlines(
    reports: Iterable[tuple[str, Report]],
    *,
    within: int = 30,
    meetings: Meetings = None,
    law: Law | None = None,
) -> Iterator[DueStep]:
    """Yield what is due in `(file, report)` pairs, taken one by one, each record with the most urgent first.

    `within` is how many days count as soon; `meetings` as for `plan`; `law` None: each by the law it was checked against.
    """
    from decision_procedure.planning.deadlines import deadlines_of

    return deadlines_of(reports, law, within=within, meetings=meetings)


def holidays(*notices: str | Path) -> AbstractContextManager[None]:
    """Return a context in which working days are counted with further notices of holidays, each a small file.

    A file gives `year`, `holidays`, `make_up_days` and `source`; years follow the last one known. Raises UnusableInput
    with every fault of the files.
    """
    from decision_procedure.clock import extended_by
    from decision_procedure.planning.calendars import holiday_notices

    return extended_by(holiday_notices(notices))


def letters(report: Report, *, form: str = "docx", lang: str = "zh") -> bytes:
    """Return the questions on a record as one letter to each unit: `docx`, to print (extra `word`), or `xlsx`, to fill in (`excel`).

    The filled workbook is read back by `ask --answers`. Raises UnusableArgument for another form or language, and where
    the extra is absent.
    """
    from decision_procedure.forms.letters import letters

    return letters(report, form, lang)


def skeleton(
    record: Decision, *, as_of: date | str, law: Law | None = None, lang: Literal["zh", "en"] = "zh"
) -> str:
    """Return a record to fill in as commented YAML: what a record states, and open lines for what its matter needs.

    The text reads back as that record; an open line states something once its mark is taken off. Which acts a matter
    needs, and which articles ask for a key, is told by the law in force on `as_of` for the body, traits and tracks of
    the record. `law` None: the law that travels with the library. Raises UnusableArgument for what is no day.
    """
    from decision_procedure.forms import skeleton

    return skeleton(record, law or _law(), _day(as_of), lang)


def form(
    record: Decision, *, as_of: date | str, law: Law | None = None, lang: Literal["zh", "en"] = "zh"
) -> FilledForm:
    """Return a record as a form to fill in, an Excel workbook (`data`): what it states, and columns for what is asked.

    `load_decision` reads it back; what a workbook cannot hold, such as different sayings of several documents, is named in
    `left_out` by its place in the record. The sheets of acts that the matter hardly needs are hidden. `as_of` and `law`
    as for `skeleton`. Raises UnusableArgument for what is no day, and without `openpyxl`.
    """
    from decision_procedure.render.optional import needed

    needed("openpyxl", "excel")
    from decision_procedure.forms.workbook import workbook_form

    return workbook_form(record, law or _law(), _day(as_of), lang)


def steps(law: Law | None = None) -> Mapping[str, Bilingual]:
    """Return the steps of the procedure by identifier, with what they are called; `report.gate` and `report.need` ask by these.

    `law` None: the law that travels with the library.
    """
    return {name: Bilingual.of(step.name) for name, step in (law or _law()).steps.items()}


def to_frame(reports: Iterable[Report | Unchecked], *, lang: str = "zh", least: str = "undetermined") -> Any:
    """Return the findings of reports as a table of pandas or, where only that is installed, of polars.

    One row for each finding, and one with `unchecked` for each record that could not be checked. `least` is the least
    severe grade that is listed, as for `report.findings`. Raises UnusableArgument when neither is installed, or for
    another language or grade.
    """
    from decision_procedure.exchange.frame import frame

    return frame(reports, lang, least)


def load_decisions(
    paths: str | Path | Iterable[str | Path], law: Law | None = None
) -> Iterator[tuple[str, Decision | UnusableInput]]:
    """Yield every record of files and folders, one or several, as `(file, record)`, or the error in place of a record.

    A folder without records is such an error. `law` as for `load_decision`.
    """
    models = _models(law)
    for path in map(Path, (paths,) if isinstance(paths, str | Path) else paths):
        files = files_in(path, SUFFIXES)
        for file in files:
            for found in read_records(file, models):
                yield str(file), found
        if not files:
            yield str(path), no_record_in(path)


def _models(law: Law | None) -> Models:
    return shipped if law is None else law.models


def act_lines(path: str | Path) -> Callable[[str], int | None]:
    """Return a function from an act's identifier, `cited_law[0]` or `body.code` to its line in a YAML or JSON file.

    The file is parsed a second time, when first asked. None: not a file of one record, or an act without id.
    """
    lines: dict[str, int | None] | None = None

    def line(act: str) -> int | None:
        nonlocal lines
        if lines is None:
            lines = dict(_act_lines(Path(path)))
        return lines.get(act)

    return line


def check(
    decision: Decision,
    *,
    as_of: date | str,
    assume_complete: bool = False,
    waivers: Iterable[Waiver] = (),
    law: Law | None = None,
) -> Report:
    """Return the report on a record as things stood at the end of the day `as_of`, a date or its text (2024-06-01).

    `assume_complete` states for the whole record: what is not in it was not done. `waivers` stand beside those
    of the record and change no verdict. `law` None: the law that travels with the library. Raises UnusableArgument
    for what is no record, saying how to get one, and for what is no day.
    """
    # Loaded here, not above: importing the package must stay cheap.
    from decision_procedure.reporting.making import report_on

    if not isinstance(decision, Decision):
        raise UnusableArgument(_no_record(decision))
    day = _day(as_of)
    report = report_on(decision, law or _law(), day, assume_complete=assume_complete, waivers=waivers)
    if _log.isEnabledFor(DEBUG):
        _log.debug("checked as of %s: %d verdicts, worst %s", day, len(report.verdicts), report.worst)
    return report


_log = getLogger("decision_procedure")


def _day(as_of: date | str) -> date:
    """Return a day as a date; a time of day is left out. Raises UnusableArgument for what is none."""
    day = calendar_day(as_of) if isinstance(as_of, str) else as_of
    if isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date):
        shown = as_of[:40] if isinstance(as_of, str) else type(as_of).__name__
        raise UnusableArgument(
            f"as_of 应为日期（date 或 2024-06-01）as_of must be a date or 2024-06-01: {shown}"
        )
    return day


def _no_record(found: Any) -> str:
    """Return what to do with what was given in place of a record."""
    if isinstance(found, str | Path):
        return "应为案卷，不是文字或路径：先用 load_decision(路径) 或 parse_decision(文字) not a record: read it first with load_decision(path) or parse_decision(text)"
    if isinstance(found, Mapping):
        return "应为案卷，不是键值结构：先用 decision(键值) not a record: make it one with decision(mapping)"
    return f"应为案卷 not a record: {type(found).__name__[:40]}"


def check_many(
    records: Iterable[Decision | UnusableInput | str | Path],
    *,
    as_of: date | str,
    assume_complete: bool = False,
    waivers: Iterable[Waiver] = (),
    law: Law | None = None,
    processes: int | None = None,
    executor: Executor | None = None,
) -> Iterator[Report | Unchecked]:
    """Yield a report for each record in order, in bounded memory.

    A record may be given as its JSON text, or as the path of its file, YAML or JSON: it is then read where it is
    checked, which spares the caller that time. A record that cannot be checked costs itself alone: an `Unchecked`, which is an exception, is yielded in its
    place and names it; so is an error that stands among the records in place of one. `processes`: check by so many
    processes of our own, which are replaced when one dies; the record that kills its process twice is `Unchecked`.
    `executor`: check by an executor of the caller's; once it breaks, BrokenRun names what is unchecked. Raises
    UnusableArgument for arguments that no record can be checked with, and for both ways of checking in parallel.
    """
    from decision_procedure.reporting import many

    if processes is not None and executor is not None:
        raise UnusableArgument("processes 与 executor 二选一 give either processes or an executor")
    day = _day(as_of)
    PartialDate.on(day)  # refused once, before the first record
    work = partial(_check_given, law, as_of=day, assume_complete=assume_complete, waivers=tuple(waivers))
    if executor is not None:
        return many.by_executor(work, records, executor)
    if processes is not None:
        return many.by_processes(work, records, processes)
    return many.one_by_one(work, records)


def _check_given(law: Law | None, record: Decision | str | Path, **options: Any) -> Report:
    if isinstance(record, str):
        record = parse_decision(record, law=law)
    elif isinstance(record, Path):
        record = load_decision(record, law)
    if not isinstance(record, Decision):
        raise TypeError(_no_record(record))  # which costs this record alone
    return check(record, law=law, **options)


def advise(catalogue: Catalogue, *, law: Law | None = None) -> tuple[Advice, ...]:
    """Return what is to put right about the law that a catalogue cites: out of date, or wrongly numbered.

    `place` of each is where the catalogue cites it, such as `items[2].cited_law[0]`. Advice is no breach. What
    a record cites is advised on by `check` (`report.advice`). `law` None: the law that travels with the library.
    """
    from decision_procedure.checking.advice import advice_on_catalogue

    return advice_on_catalogue(catalogue, law or _law())


def check_catalogue(catalogue: Catalogue, *, law: Law | None = None) -> tuple[Verdict, ...]:
    """Return what a yearly catalogue itself comes to: whether the Party committee agreed, whether it was published.

    It is checked on its day of issue, or, where that is not recorded, at the end of its year; duties that do not
    apply to it are left out. `law` None: the law that travels with the library.
    """
    from decision_procedure.checking.advice import as_decision

    day = date(catalogue.year, 12, 31)
    if catalogue.issued is not None:
        day = date.fromordinal(catalogue.issued.last_day)
    report = check(as_decision(catalogue), as_of=day, law=law)
    return tuple(
        verdict
        for verdict in report.verdicts
        if verdict.outcome != "not_applicable" and _on_catalogues(report.duties[verdict.duty])
    )


def _on_catalogues(duty: DutyInfo) -> bool:
    """Say whether a duty speaks of the catalogue and of nothing else in a record."""
    names = duty.names
    return (
        duty.step is not None
        and any(name in _OF_CATALOGUES for name in names)
        and all(name.startswith(("decision.catalogue.", "acts.catalogue_publication.")) for name in names)
    )


_OF_CATALOGUES = ("decision.catalogue.party_consent", "decision.catalogue.published")


def load_law(*folders: str | Path, keep_in: str | Path | None = None) -> Law:
    """Return the law that travels with the library, and every instrument file in these folders beside it.

    `keep_in`: a folder in which what was read is kept, so that the same files are read only where their place needs
    them the next time; nobody else may be able to write into it. None: nothing is kept.

    Give it to `check`, `procedure`, `trail` and `diagram` as `law`. Raises UnusableArgument for a folder that
    does not exist or holds no file, and BadPack with the faults of all files at once.
    """
    from decision_procedure.law.county import extended_law

    return extended_law(folders, None if keep_in is None else Path(keep_in))


def procedure(decision: Decision, law: Law | None = None) -> Procedure:
    """Return the step graph of the instruments that apply to the record's deciding body."""
    from decision_procedure.graph import Procedure

    return Procedure.of((law or _law()).for_body(decision))


def step_states(report: Report, law: Law | None = None) -> tuple[StepState, ...]:
    """Return how every step of the procedure stands in a report, each after all that come before it.

    `law` is the law the report was checked against; None: the one it knows.
    """
    from decision_procedure.reporting.steps import step_states

    return step_states(report, procedure(report.decision, _law_of(report, law)))


def step_data(report: Report, law: Law | None = None) -> list[dict[str, Any]]:
    """Return the steps that lists tell of as JSON data; `law` as for `step_states`."""
    return [state.to_data() for state in step_states(report, law) if state.part != "order"]


def diagram(
    source: Any,
    *,
    kind: str = "status",
    lang: str = "zh",
    page: str | None = None,
    against: Any = None,
    law: Law | None = None,
) -> Picture:
    """Return a picture, whose `save` writes the format that the suffix names.

    `kind` and its source: `status` and `timeline` a Report; `procedure` a Procedure, a record, a report, or a
    GB/T 2260 code or Body with a day (`against` another of these: what differs is marked); `brief` the same, of a
    report with its state; `trail` a trail or its graph;
    `catalogue` a list of reports; `graph` any `networkx` graph. `page` is portrait, landscape (A4), slide (16:9) or
    screen (one sheet, as large as it must be); None: what suits the kind. `law` None: the law that travels with the
    library. Raises UnusableArgument for another kind, source, language or page.
    """
    from decision_procedure.diagrams.building import build

    return build(source, law, kind=kind, lang=lang, page=page, against=against)


def as_text(report: Report, *, lang: str = "zh", law: Law | None = None) -> str:
    """Return a whole report as text for people, every line unbroken."""
    from decision_procedure.render.text import Detail, View, report_text

    law = _law_of(report, law)
    return report_text(
        View(attach(report, law), lang, procedure(report.decision, law), provisions(report.decision, law)),
        Detail(everything=True),
    )


def as_html(report: Report, *, lang: str = "zh", law: Law | None = None) -> str:
    """Return a whole report as one self-contained web page without scripts (extra `html`).

    `law` is the law the report was checked against; None: the one it knows. Raises
    UnusableArgument for another language than zh and en, and when the extra is absent.
    """
    from decision_procedure.render.html import Shown, page_text
    from decision_procedure.render.text import View

    check_language(lang)
    law = _law_of(report, law)
    view = View(attach(report, law), lang, procedure(report.decision, law), provisions(report.decision, law))
    return page_text(Shown(view, law))


def as_word(report: Report, *, paper: str = "opinion", lang: str = "zh", law: Law | None = None) -> bytes:
    """Return a paper on a report as a Word file in the layout of GB/T 9704-2012 (extra `word`).

    `paper`: `opinion` 程序核查意见书; its `annex` 附件, with every finding, the law, what was met and what does not apply,
    and the diagram if this machine can draw PNG with Chinese text; `supply-list` 补正材料清单, by unit; `rectification`
    整改通知书, one for each unit that bears what was not met; `review-sheet` 上会审查单, one page for the meeting. Where the
    record holds no submission of its latest round, all of the last is as if the draft were submitted on the day of the
    report, and says so. The Chinese title names a paper as well.
    Raises UnusableArgument when `python-docx` is not installed, or for another paper or language.
    """
    from decision_procedure.exchange.findings import FindingsView as Listed
    from decision_procedure.render.office import paper_named

    return word_paper(report, paper_named(paper), _law_of(report, law), Listed(lang=lang), "")


def word_paper(report: Report, name: str, law: Law, listed: FindingsView, file: str) -> bytes:
    """Return a paper as a Word file, as `as_word`; `listed` says which findings, `file` names the record."""
    from decision_procedure.render.office import paper, sheet

    if name == "review-sheet":
        return sheet(submitted(report, law), law, listed, file)
    return paper(name, report, law, listed, file, partial(questions, report))


def as_pdf(data: bytes) -> bytes:
    """Return a Word or Excel file as PDF, made by LibreOffice in a folder of its own.

    Raises UnusableArgument where LibreOffice is not installed, fails, or takes longer than three minutes.
    """
    from decision_procedure.render.pdf import pdf

    return pdf(data)


def as_review_sheet(report: Report, *, lang: str = "zh", law: Law | None = None) -> bytes:
    """Return 上会审查单, one page for the meeting, as a Word file (extra `word`).

    Where the record holds no submission of its latest round, all of it is as if the draft were submitted on the
    day of the report, and the sheet says so. Raises UnusableArgument as `as_word`.
    """
    return as_word(report, paper="review-sheet", lang=lang, law=law)


def submitted(report: Report, law: Law | None = None) -> AsSubmitted:
    """Return a report with a submission for discussion in its latest round, and the identifier of that act.

    It is the report itself where the record holds one, otherwise that of the same record submitted on the day
    of the report. `law` is the law the report was checked against; None: the one it knows.
    """
    from decision_procedure.reporting.submission import as_submitted

    return as_submitted(report, _law_of(report, law))


def as_excel(reports: Iterable[tuple[str, Report]], *, lang: str = "zh", law: Law | None = None) -> bytes:
    """Return 问题清单, 材料清单 and 年度统计 of `(file, report)` pairs as an Excel workbook (extra `excel`).

    Reports are taken one by one and let go. Raises UnusableArgument when `openpyxl` is not installed, or for
    another language.
    """
    from decision_procedure.exchange.findings import FindingsView as Listed
    from decision_procedure.render.office import workbook

    return workbook(reports, law, Listed(lang=lang))


def as_format(
    reports: Iterable[tuple[str, Report]], form: str, *, lang: str = "zh", least: str = "undetermined"
) -> Iterator[str]:
    """Yield `(file, report)` pairs, taken one by one and let go, in a format for other systems: such as `csv` or `sarif`.

    `least` is the least severe grade that is listed, as for `report.findings`. Raises UnusableArgument for another
    format, language or grade.
    """
    from decision_procedure.exchange.findings import FindingsView as Listed
    from decision_procedure.exchange.writers import WRITERS
    from decision_procedure.results.severity import GRADES

    for given, known in ((form, WRITERS), (lang, ("zh", "en")), (least, GRADES)):
        if given not in known:
            raise UnusableArgument(f"没有此项 no such choice: {given[:40]} ({', '.join(known)})")
    return WRITERS[form](reports, Listed(lang=lang, least=least))


def provisions(decision: Decision, law: Law | None = None) -> dict[str, str]:
    """Return the article of each liability provision that may apply to a record, by identifier."""
    packs = (law or _law()).for_body(decision)
    return {f"{pack.head.id}.{item.id}": item.article for pack in packs for item in pack.file.liability}


def trail(report: Report | Masked, law: Law | None = None) -> Trail:
    """Return the accountability trail of a report, or of one whose names are masked (`mask`).

    `law` is the law the report was checked against; None: the one it knows.
    """
    from decision_procedure.masking import Masked
    from decision_procedure.trails.building import build

    if isinstance(report, Masked):
        masked_law = _law_of(report.report) if law is None else report.law(law)
        built = build(report.report, masked_law)
        return replace(built, commitments=report.commitments)
    return build(report, _law_of(report, law))


def mask(report: Report, *, salt: bytes | None = None) -> Masked:
    """Return a report in which every personal name of the record gives way to a pseudonym.

    `salt`, at least 16 bytes, makes the commitments; None: a fresh one. Raises UnusableArgument for a short one.
    """
    from decision_procedure.masking import mask_report

    masked = mask_report(report, salt)
    if report.workings is None:
        return masked
    return replace(masked, report=replace(masked.report, workings=Workings(masked.law(report.workings.law))))


def seal(
    report: Report,
    *,
    law: Law | None = None,
    nonce: str | None = None,
    signer: Signer | None = None,
    algorithm: str = "Ed25519",
    key: str = "",
) -> Dossier:
    """Return the receipt of a report and the texts it rests on, those of the law among them.

    `law` is the law the report was checked against; None: the one it knows. `nonce`, 64 hexadecimal digits, keeps
    the receipt from giving names away: a fresh one where it is None; that of an earlier dossier of the same record
    (`dossier.nonce`) gives what has not changed the same fingerprints. `signer` takes the bytes of the receipt and
    returns a signature; None: unsigned. Raises UnusableArgument for a nonce that is none.
    """
    from decision_procedure.keeping.receipts import sealing

    how = sealing.Seal(nonce, signer, algorithm, key)
    return sealing.seal(report, _law_of(report, law), how)


def replay(
    dossier: Dossier,
    *,
    record: Decision | None = None,
    law: Law | None = None,
    verifier: Verifier | None = None,
) -> Replay:
    """Run the check of a dossier again, with the law of today, and say what changed and what was verified.

    `record` takes the place of the one kept. `law` None: the law that travels with the library; a file of the
    receipt that is not in it is named as missing. `verifier` holds the signature against the receipt; None: it is
    not verified, which the result says. Raises UnusableArgument when there is no record, or no nonce.
    """
    from decision_procedure.keeping.receipts.replaying import compared

    if record is None and dossier.record is None:
        raise UnusableArgument("回执未附案卷，请另行提供 the receipt comes without its record: give one")
    receipt, law = dossier.receipt, law or _law()
    decision = record or parse_decision(dossier.record or "", name="<record of the dossier>", law=law)
    report = check(decision, as_of=receipt.day, assume_complete=receipt.assume_complete, law=law)
    return compared(dossier, report, law, given=record is not None, verifier=verifier)


def archive(
    report: Report,
    folder: str | Path,
    *,
    bagged_on: date,
    documents: str | Path | None = None,
    formats: Mapping[str, bytes] | None = None,
    law: Law | None = None,
    nonce: str | None = None,
    signer: Signer | None = None,
    algorithm: str = "Ed25519",
    key: str = "",
) -> tuple[Absent, ...]:
    """Write a report, its receipt, the law and the documents of the record as a BagIt bag (extra `archive`).

    Returns the documents with a location in the record that are not in the bag; empty: all are.

    The receipt in the bag binds every file of it: sign it, or enter it in a ledger. `law`, `nonce`, `signer`,
    `algorithm` and `key` as for `seal`.
    `documents` is the folder that locations in the record start from; None: no document is looked for.
    The report and its trail go in as text in both languages, the trail as JSON as well, and the report as web
    pages where the extra `html` is there; `formats` are further forms of it by file name. `bagged_on` is the date on the bag. Raises
    UnusableArgument when `folder` exists, UnusableInput for locations outside `documents` and for documents
    that are not those of the record; nothing is written then.
    """
    from decision_procedure.keeping.archive import write_bag
    from decision_procedure.keeping.receipts.sealing import Seal

    traced = trail(report, law)
    texts = {"trail.json": traced.to_json()}
    for lang in ("zh", "en"):
        texts[f"report.{lang}.txt"] = as_text(report, lang=lang, law=law)
        texts[f"trail.{lang}.txt"] = traced.text(lang)
        if find_spec("jinja2"):
            texts[f"report.{lang}.html"] = as_html(report, lang=lang, law=law)
    root = None if documents is None else Path(documents)
    return write_bag(
        seal(report, law=law, nonce=nonce),
        Path(folder),
        how=Seal(signer=signer, algorithm=algorithm, key=key),
        documents=root,
        formats={**{name: text.encode() for name, text in texts.items()}, **(formats or {})},
        bagged_on=bagged_on,
    )


def _law_of(report: Report, given: Law | None = None) -> Law:
    from decision_procedure.results.known_law import law_of

    return law_of(report, given)


def attach(report: Report, law: Law) -> Report:
    """Return a report that knows the law it was checked against: one read back from JSON does not.

    Raises UnusableArgument for a law that lacks an instrument of the report, or is not the one it knows.
    """
    from decision_procedure.results import known_law

    return known_law.attach(report, law)


def _law() -> Law:
    from decision_procedure.law.applicable import standard_law

    return standard_law()


def record_schema(
    law: Law | None = None, code: str = "", procedure: str = "", lang: Literal["zh", "en"] = "en"
) -> dict[str, Any]:
    """Return the JSON Schema of a record of a body with this GB/T 2260 code, on this procedure (empty: major decisions).

    `law` as for `load_decision`. `lang` is the language of its keys and words.
    """
    from decision_procedure.model.json_schema import record_schema

    return record_schema(_models(law)(code, procedure), lang)


def _act_lines(path: Path) -> Iterator[tuple[str, int | None]]:
    if path.suffix.lower() == ".jsonl" or is_workbook(path):
        return
    source, called = read_source(path), SHIPPED.keys()

    def names(key: str) -> tuple[str, str]:
        return key, called[key].zh

    for body in names("body"):
        for code in names("code"):
            if code in source.data.get(body, ()):
                yield "body.code", source.line((body, code))
    for listed in ("cited_law", "waivers", "judgements"):
        for key in names(listed):
            for index in range(len(source.data.get(key, ()))):
                yield f"{listed}[{index}]", source.line((key, index))
    for acts, name in zip(names("acts"), names("id"), strict=True):
        for index, act in enumerate(source.data.get(acts, ())):
            identifier = act.get("id", act.get(name))
            if identifier is not None:
                yield str(identifier), source.line((acts, index))
