"""The Office files of the command `report`, by the names of their formats."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from decision_procedure import api
from decision_procedure.errors import UnusableArgument
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.render import office
from decision_procedure.render.text import plain
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report
from decision_procedure.sources.whole_file import resolved

Reports = Iterator[tuple[str, Report]]


def _opinion(reports: Reports, view: FindingsView, output: Path | None) -> bytes:
    found = _only(reports)
    return b"" if found is None else office.opinion(found[1], law_of(found[1]), view, found[0])


def _review_sheet(reports: Reports, view: FindingsView, output: Path | None) -> bytes:
    found = _only(reports)
    if found is None:
        return b""
    file, report = found
    return office.sheet(api.submitted(report), law_of(report), view, file)


def _workbook(reports: Reports, view: FindingsView, output: Path | None) -> bytes:
    """Return the workbook; its links start where it will lie, so that it moves together with the records."""
    folder = Path.cwd() if output is None else resolved(output).parent
    return office.workbook(reports, None, view, lambda file: _address(file, folder))


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


OFFICE: Mapping[str, Callable[[Reports, FindingsView, Path | None], bytes]] = MappingProxyType(
    {"docx": _opinion, "review-sheet": _review_sheet, "xlsx": _workbook}
)
