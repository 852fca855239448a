"""Reports as pictures, texts, pages, papers and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from decision_procedure.api.asking import questions
from decision_procedure.api.checking import procedure, provisions
from decision_procedure.api.given import attach, law_of
from decision_procedure.errors import Unchecked, check_word
from decision_procedure.results.report import Report
from decision_procedure.results.severity import Grade, check_grade
from decision_procedure.wording import check_language

if TYPE_CHECKING:
    from decision_procedure.catalogues.reconciliation import Reconciliation
    from decision_procedure.diagrams.picture import Picture
    from decision_procedure.exchange.findings import FindingsView
    from decision_procedure.law.applicable import Law
    from decision_procedure.masking import Masked
    from decision_procedure.render.catalogues.told import ReconciliationTold
    from decision_procedure.trails.chain import Trail


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


def as_text(report: Report | Reconciliation, *, lang: str = "zh", law: Law | None = None) -> str:
    """Return a whole report as text for people, every line unbroken; of a catalogue held against records its differences."""
    from decision_procedure.render.text import Detail, View, blocks_text, report_text

    if not isinstance(report, Report):
        from decision_procedure.render.catalogues.text import difference_lines

        return blocks_text(difference_lines(_told(report, lang)), lang)
    law = law_of(report, law)
    return report_text(
        View(attach(report, law), lang, procedure(report.decision, law), provisions(report.decision, law)),
        Detail(everything=True),
    )


def as_html(report: Report | Reconciliation, *, lang: str = "zh", law: Law | None = None) -> str:
    """Return a whole report, or a catalogue held against records, as one self-contained web page without scripts (extra `html`).

    `law` is the law the report was checked against; None: the one it knows. Raises
    UnusableArgument for another language than zh and en, and when the extra is absent.
    """
    from decision_procedure.render.html import Shown, page_text
    from decision_procedure.render.text import View

    check_language(lang)
    if not isinstance(report, Report):
        from decision_procedure.render.catalogues.page import reconciliation_page

        return reconciliation_page(_told(report, lang))
    law = law_of(report, law)
    view = View(attach(report, law), lang, procedure(report.decision, law), provisions(report.decision, law))
    return page_text(Shown(view, law))


def as_word(
    report: Report | Reconciliation, *, paper: str = "opinion", lang: str = "zh", law: Law | None = None
) -> bytes:
    """Return a paper on a report as a Word file in the layout of GB/T 9704-2012 (extra `word`).

    Of a catalogue held against records it is 年度目录执行情况, whatever `paper` says.

    `paper`: `opinion` 程序核查意见书; its `annex` 附件, with every finding, the law, what was met and what does not apply,
    and the diagram if this machine can draw PNG with Chinese text; `supply-list` 补正材料清单, by unit; `rectification`
    整改通知书, one for each unit that bears what was not met; `review-sheet` 上会审查单, one page for the meeting. Where the
    record holds no submission of its latest round, all of the last is as if the draft were submitted on the day of the
    report, and says so. The Chinese title names a paper as well.
    Raises UnusableArgument when `python-docx` is not installed, or for another paper or language.
    """
    from decision_procedure.exchange.findings import FindingsView as Listed
    from decision_procedure.render.office import paper_named

    if not isinstance(report, Report):
        from decision_procedure.render.catalogues.paper import reconciliation_paper

        return reconciliation_paper(_told(report, lang))
    return word_paper(report, paper_named(paper), law_of(report, law), Listed(lang=lang), "")


def word_paper(report: Report, name: str, law: Law, listed: FindingsView, file: str) -> bytes:
    """Return a paper as a Word file, as `as_word`; `listed` says which findings, `file` names the record."""
    from decision_procedure.render.office import paper, sheet

    if name == "review-sheet":
        return sheet(report, law, listed, file)
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


def as_excel(
    reports: Iterable[tuple[str, Report]] | Reconciliation, *, lang: str = "zh", law: Law | None = None
) -> bytes:
    """Return 问题清单, 材料清单 and 年度统计 of `(file, report)` pairs as an Excel workbook (extra `excel`).

    Of a catalogue held against records it is 事项进度, 差异, 年度目录执行情况 and 按承办单位统计.
    Reports are taken one by one and let go. Raises UnusableArgument when `openpyxl` is not installed, or for
    another language.
    """
    from decision_procedure.catalogues.reconciliation import Reconciliation
    from decision_procedure.exchange.findings import FindingsView as Listed
    from decision_procedure.render.office import workbook

    if isinstance(reports, Reconciliation):
        from decision_procedure.render.catalogues.workbook import reconciliation_book

        return reconciliation_book(_told(reports, lang))
    return workbook(reports, law, Listed(lang=lang))


def as_format(
    reports: Iterable[tuple[str, Report]], form: str, *, lang: str = "zh", least: Grade = "undetermined"
) -> Iterator[str]:
    """Yield `(file, report)` pairs, taken one by one and let go, in a format for other systems: such as `csv` or `sarif`.

    `least` is the least severe grade that is listed, as for `report.findings`. Raises UnusableArgument for another
    format, language or grade.
    """
    from decision_procedure.exchange.findings import FindingsView as Listed
    from decision_procedure.exchange.writers import WRITERS

    check_word(form, WRITERS, "没有此格式", "no such format")
    check_language(lang)
    check_grade(least)
    return WRITERS[form](reports, Listed(lang=lang, least=least))


def to_frame(
    reports: Iterable[Report | Unchecked], *, lang: str = "zh", least: Grade = "undetermined"
) -> Any:
    """Return the findings of reports as a table of pandas or, where only that is installed, of polars.

    One row for each finding, and one with `unchecked` for each record that could not be checked. `least` is the least
    severe grade that is listed, as for `report.findings`. Raises UnusableArgument when neither is installed, or for
    another language or grade.
    """
    from decision_procedure.exchange.frame import frame

    return frame(reports, lang, least)


def trail(report: Report | Masked, law: Law | None = None) -> Trail:
    """Return the accountability trail of a report, or of one whose names are masked (`mask`).

    `law` is the law the report was checked against; None: the one it knows.
    """
    from decision_procedure.masking import Masked
    from decision_procedure.trails.building import build

    if isinstance(report, Masked):
        masked_law = law_of(report.report) if law is None else report.law(law)
        built = build(report.report, masked_law)
        return replace(built, commitments=report.commitments)
    return build(report, law_of(report, law))


def _told(found: Reconciliation, lang: str) -> ReconciliationTold:
    from decision_procedure.render.catalogues.told import ReconciliationTold

    return ReconciliationTold(found, lang)
