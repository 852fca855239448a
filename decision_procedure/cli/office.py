"""The Office files of the command `report`, by the names of their formats."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from decision_procedure import api
from decision_procedure.api.papers import word_paper
from decision_procedure.errors import UnusableArgument
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.render import office
from decision_procedure.render.text import plain
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report
from decision_procedure.sources.whole_file import resolved

Reports = Iterator[tuple[str, Report]]
_REVIEW_SHEET = "review-sheet"


class Wanted(NamedTuple):
    """What is written: `view` of the findings, into `output` (None: the terminal), which `paper` (None: none was named)."""

    view: FindingsView
    output: Path | None
    paper: str | None


def _word(reports: Reports, wanted: Wanted) -> bytes:
    found = _only(reports)
    if found is None:
        return b""
    file, report = found
    name = office.paper_named(wanted.paper or office.PAPERS[0])
    return word_paper(report, name, law_of(report), wanted.view, file)


def _pdf(reports: Reports, wanted: Wanted) -> bytes:
    data = _word(reports, wanted)
    return api.as_pdf(data) if data else data


def _review_sheet(reports: Reports, wanted: Wanted) -> bytes:
    return _word(reports, wanted._replace(paper=_REVIEW_SHEET))


def _workbook(reports: Reports, wanted: Wanted) -> bytes:
    """Return the workbook; its links start where it will lie, so that it moves together with the records."""
    folder = Path.cwd() if wanted.output is None else resolved(wanted.output).parent
    return office.workbook(reports, None, wanted.view, lambda file: _address(file, folder))


def _address(file: str, folder: Path) -> str:
    from decision_procedure.render.excel import address_of

    try:
        return address_of(os.path.relpath(file, folder))
    except ValueError:  # another drive
        return address_of(str(resolved(Path(file))))


def _only(reports: Reports) -> tuple[str, Report] | None:
    """Return the one report; None when no record could be used. Raises UnusableArgument for a second one."""
    first = next(reports, None)
    second = next(reports, None)
    if second is not None:
        raise UnusableArgument(f"此格式一次只写一份案卷 this format takes one record: {plain(second[0])}")
    return first


OFFICE: Mapping[str, Callable[[Reports, Wanted], bytes]] = MappingProxyType(
    {"docx": _word, "pdf": _pdf, _REVIEW_SHEET: _review_sheet, "xlsx": _workbook}
)
OF_PAPERS = ("docx", "pdf")
"""The formats of which each paper may be."""
