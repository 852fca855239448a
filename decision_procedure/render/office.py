"""The Office files: what each needs is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from decision_procedure.exchange.findings import FindingsView as Listed
from decision_procedure.exchange.findings import report_findings
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law
from decision_procedure.render.optional import needed
from decision_procedure.render.text.view import View
from decision_procedure.reporting.submission import AsSubmitted
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report
from decision_procedure.wording import check_language


def opinion(report: Report, law: Law, listed: Listed, file: str) -> bytes:
    """Return the opinion as a Word file. Raises UnusableArgument without `python-docx` or for another language."""
    needed("docx", "word")
    from decision_procedure.diagrams.building import build
    from decision_procedure.render.word.opinion import opinion as written

    picture = build(report, law, kind="status", lang=listed.lang)
    return written(_view(report, law, listed.lang), listed, picture, file)


def sheet(tested: AsSubmitted, law: Law, listed: Listed, file: str) -> bytes:
    """Return the review sheet as a Word file, all of it of the report on the submission. Raises as `opinion`."""
    needed("docx", "word")
    from decision_procedure.render.word.sheet import Matter, review_sheet

    report, act = tested
    found = list(report_findings(file, report, listed))
    packs = law.for_body(report.decision)
    view = _view(report, law, listed.lang)
    return review_sheet(Matter(view, packs, act, tested.assumed, found, report.advice))


def workbook(
    reports: Iterable[tuple[str, Report]],
    law: Law | None,
    listed: Listed,
    link: Callable[[str], str] | None = None,
) -> bytes:
    """Return the workbook of reports; `link` turns a file into the address of the cells that lead to it.

    `law` None: each report by the law it was checked against.

    Raises UnusableArgument without `openpyxl` or for another language.
    """
    needed("openpyxl", "excel")
    from decision_procedure.render.excel import book

    return book(reports, lambda report: _view(report, law_of(report, law), listed.lang), law, listed, link)


def _view(report: Report, law: Law, lang: str) -> View:
    check_language(lang)
    packs = law.for_body(report.decision)
    provisions = {f"{pack.head.id}.{item.id}": item.article for pack in packs for item in pack.file.liability}
    return View(report, lang, Procedure.of(packs), provisions)
