"""Writing web pages: one file for one record, a folder with an index for many, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import typer

from decision_procedure import api
from decision_procedure.api.checking import provisions
from decision_procedure.cli.sink import sink, tell_written, whole_folder
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.catalogue import Catalogue
from decision_procedure.model.places import Places
from decision_procedure.render.html import Book, Shown, page_text
from decision_procedure.render.text import View
from decision_procedure.results.known_law import law_of
from decision_procedure.results.report import Report
from decision_procedure.sources.whole_file import resolved

Located = Iterator[tuple[Report, Places]]
_OURS = (
    r"index\.html|year-(none|\d+)-\d+\.html|decisions(/([^\W_]+-)*([0-9a-f]{8}|[0-9a-f]{20})(-\d+)?\.html)?"
)
_MANY = (
    "多份案卷请用 --output 指定文件夹 several records need a folder: --output DIR (a name without .html)"
)  # fmt: skip
_FOREIGN = "文件夹中有并非本命令写出的文件，不覆盖 the folder holds files that this command did not write"


def write_html(
    reports: Located,
    output: Path | None,
    lang: str,
    check: Callable[[], None],
    baseline: frozenset[str],
    catalogues: Sequence[Catalogue] = (),
) -> None:
    """Write reports as one page (`output` None, .html or .htm) or as a folder of pages.

    Findings whose fingerprint `baseline` holds are marked as accepted; `catalogues` are held against the decisions on the
    pages of their years.

    `check` is called when all reports have come, before anything appears; it raises to leave all as it was.
    Raises UnusableArgument for several records without a folder, for a folder that holds other files, and when
    the extra `html` is absent.
    """
    if output is not None and output.suffix.lower() not in (".html", ".htm"):
        refuse_foreign(output, _OURS)
        with whole_folder(output) as place, closing(Book(place, lang, catalogues)) as book:
            for report, places in reports:
                book.add(_shown(report, places, lang, baseline))
            check()
            book.finish()
        tell_written(output)
        return
    pages = [page_text(_shown(report, places, lang, baseline)) for report, places in _at_most_one(reports)]
    check()
    if output is None:
        stream = typer.get_binary_stream("stdout")
        stream.writelines(page.encode() for page in pages)
        stream.flush()
        return
    with sink(output) as file:
        file.writelines(pages)


def _shown(report: Report, places: Places, lang: str, baseline: frozenset[str]) -> Shown:
    decision, law = report.decision, law_of(report)
    view = View(report, lang, api.procedure(decision, law), provisions(decision, law), places)
    return Shown(view, law, baseline=baseline)


def _at_most_one(reports: Located) -> Located:
    for number, item in enumerate(reports):
        if number:
            raise UnusableArgument(_MANY)
        yield item


def refuse_foreign(output: Path, ours: str) -> None:
    """Raise UnusableArgument for a folder that holds what is not called as `ours`, a pattern: it will be replaced."""
    output = resolved(output)
    if output.exists() and (not output.is_dir() or any(map(_foreign(output, ours), output.rglob("*")))):
        raise UnusableArgument(f"{_FOREIGN}: {output}")


def _foreign(folder: Path, ours: str) -> Callable[[Path], bool]:
    return lambda path: path.is_symlink() or not re.fullmatch(ours, path.relative_to(folder).as_posix())
