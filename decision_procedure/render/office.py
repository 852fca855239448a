"""The Office files: what each needs is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from decision_procedure.errors import UnusableArgument
from decision_procedure.exchange.findings import FindingsView as Listed
from decision_procedure.exchange.findings import advice_of, report_findings
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law
from decision_procedure.planning.possible import earliest_meeting
from decision_procedure.render.evidencing import evidence_of
from decision_procedure.render.text import plain
from decision_procedure.render.text.view import View
from decision_procedure.reporting.submission import as_submitted
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report
from decision_procedure.sources.optional import needed
from decision_procedure.wording import LANGUAGES, check_language, say

if TYPE_CHECKING:
    from decision_procedure.render.word.case import OpenQuestion


PAPERS = ("opinion", "annex", "supply-list", "rectification", "review-sheet")
"""The papers on one record, by name; each has a title in both languages besides (section `paper` of the words)."""


def paper_named(text: str) -> str:
    """Return the paper that a text names: by its name, its title in either language, or a part that only it has.

    Raises UnusableArgument for any other text.
    """
    names = {name: (name, *(say(f"paper.{name}", lang) for lang in LANGUAGES)) for name in PAPERS}
    exact = [name for name, called in names.items() if text in called]
    partly = [name for name, called in names.items() if text and any(text in title for title in called)]
    found = exact or partly
    if len(found) != 1:
        known = ", ".join(f"{name} {say(f'paper.{name}', LANGUAGES[0])}" for name in PAPERS)
        raise UnusableArgument(f"没有此文书 no such paper: {plain(text[:40])} ({known})")
    return found[0]


def paper(
    name: str,
    report: Report,
    law: Law,
    listed: Listed,
    file: str,
    asked: Callable[[], Sequence[OpenQuestion]],
) -> bytes:
    """Return a paper on a report as a Word file; `asked` gives the questions that it leaves open.

    Raises UnusableArgument without `python-docx` or for another language.
    """
    needed("docx", "word")
    from decision_procedure.diagrams.building import build
    from decision_procedure.render.word.case import Case
    from decision_procedure.render.word.papers import PAPERS as WRITTEN

    case = Case(
        view=_view(report, law, listed.lang),
        findings=list(report_findings(file, report, listed)),
        advice=list(advice_of(file, report, listed)),
        asked=asked,
        evidence=evidence_of(law),
        picture=lambda: build(report, law, kind="status", lang=listed.lang),
    )
    return WRITTEN[name](case)


def sheet(report: Report, law: Law, listed: Listed, file: str) -> bytes:
    """Return the review sheet as a Word file, all of it as submitted but the day of the meeting. Raises as `opinion`."""
    needed("docx", "word")
    from decision_procedure.render.word.sheet import Matter, review_sheet

    tested = as_submitted(report, law)
    found = list(report_findings(file, tested.report, listed))
    packs, view = law.for_body(report.decision), _view(tested.report, law, listed.lang)
    meeting = earliest_meeting(report, law)
    return review_sheet(Matter(view, packs, tested.act, tested.assumed, found, tested.report.advice, meeting))


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
