"""The command `report`: results for machines and web pages, with waivers and a baseline, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from decision_procedure.api.checking import step_data
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.listed import catalogues_of
from decision_procedure.cli.office import OF_PAPERS, OFFICE, Wanted
from decision_procedure.cli.options import (
    LANG,
    AllowUncovered,
    AsOf,
    AssumeComplete,
    FailOnOption,
    FromOption,
    LangOption,
    Output,
    SomePaths,
    WaiversOption,
    one_of,
    said_day,
)
from decision_procedure.cli.run import Screening
from decision_procedure.cli.sink import sink, write_whole
from decision_procedure.errors import UnusableArgument
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.model.catalogue import Catalogue
from decision_procedure.model.places import Places
from decision_procedure.render.office import PAPERS, paper_named
from decision_procedure.render.text import note_said, plain
from decision_procedure.results.baseline import (
    baseline_text,
    still_found,
)
from decision_procedure.results.findings import LineOf
from decision_procedure.results.report import Report
from decision_procedure.results.severity import GRADES

_FIRST = (
    "{} 项指纹由第 1 版生成，按案卷、义务和行为对应，事实有无变化未经核对；请用 waivers renew 更新",
    "{} fingerprints were made by version 1; they are matched by record, duty and act, whether the facts have changed is unseen; renew them (waivers renew)",
)


_HTML = "html"
_PAPERS = ", ".join(PAPERS)

FORMATS = (*WRITERS, _HTML, *OFFICE)
_Form: Any = one_of(FORMATS)
_Level: Any = one_of(GRADES)
PaperOption = Annotated[
    str | None,
    typer.Option("--paper", help=f"文书（docx、pdf）：{_PAPERS} the paper, by name or Chinese title"),
]

CataloguesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        help="年度目录，与案卷对照（网页文件夹） a catalogue to hold against the records (html)",
    ),
]


def write_report(
    paths: SomePaths = None,
    tables: FromOption = None,
    form: Annotated[_Form, typer.Option("--format", help="格式 format")] = "json",
    paper: PaperOption = None,
    output: Output = None,
    as_of: AsOf = None,
    rules: RulesOption = None,
    lang: LangOption = LANG,
    level: Annotated[
        _Level, typer.Option("--level", help="列出的最轻结论 the least severe finding listed")
    ] = "undetermined",
    fail_on: FailOnOption = "violated",
    waivers: WaiversOption = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="存量清单，只对新问题失败 accept what it holds")
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="从存量清单删去已解决的问题 remove what is cured")
    ] = False,
    new_baseline: Annotated[
        Path | None, typer.Option("--new-baseline", help="写出新的存量清单 write a first baseline")
    ] = None,
    catalogues: CataloguesOption = None,
    assume_complete: AssumeComplete = False,
    allow_uncovered: AllowUncovered = False,
) -> None:
    """输出供其他系统读取的结果，或者网页报告 Write results for other systems, or web pages."""
    _check_paper(paper, form)
    listed = _listed(catalogues or (), form, lang)
    _check_baselines(baseline, new_baseline, update=update_baseline)
    run = Screening(
        said_day(as_of), law_of(rules), assume_complete=assume_complete, waivers=waivers, baseline=baseline,
        keep_accepted=new_baseline is not None,
    )  # fmt: skip
    files, noted = _Files(run, paths, tables), "" if waivers is None else str(waivers)
    if first := sum(item.is_first for item in run.baseline):
        typer.echo(plain(f"{baseline}: {_FIRST[lang != LANG].format(first)}"), err=True)
    view = FindingsView(
        lang, level, files.line_of, run.accepted,
        lambda: [(noted, note) for note in run.left_over()], lambda report: step_data(report, run.law),
    )  # fmt: skip
    if form == _HTML:
        from decision_procedure.cli.html import write_html  # no renderer is loaded for the other formats

        accepted = run.accepted or frozenset()
        write_html(files.located(), output, lang, lambda: run.stop_if_unusable(lang), accepted, listed)
        for note in run.left_over():
            typer.echo(note_said(note, lang), err=True)
    elif form in OFFICE:
        data = OFFICE[form](files.reports(), Wanted(view, output, paper))
        run.stop_if_unusable(lang)
        write_whole(data, output)
    else:
        _write_text(run, WRITERS[form](files.reports(), view), output, lang)
    if new_baseline is not None:
        _deliver([baseline_text(run.new)], new_baseline)
    if update_baseline and baseline is not None:
        _deliver([baseline_text(still_found(run.baseline, run.found))], baseline)
    raise typer.Exit(run.status(fail_on, allow_uncovered=allow_uncovered))


def _check_paper(paper: str | None, form: str) -> None:
    """Raise UnusableArgument, before anything is read, for a paper that there is not, or that the format has not."""
    if paper is None:
        return
    paper_named(paper)
    if form not in OF_PAPERS:
        raise UnusableArgument(f"--paper 只用于 --paper is for: --format {', '.join(OF_PAPERS)}")


def _listed(files: Sequence[Path], form: str, lang: str) -> list[Catalogue]:
    """Return the catalogues given. Raises UnusableArgument for a format that holds none against the records."""
    if files and form != _HTML:
        raise UnusableArgument(f"--catalogue 只用于 --catalogue is for: --format {_HTML}")
    return catalogues_of(files, lang)


def _check_baselines(baseline: Path | None, new: Path | None, *, update: bool) -> None:
    if update and baseline is None:
        raise UnusableArgument("--update-baseline 需要 --baseline --update-baseline needs --baseline")
    if new is not None and new.exists():
        raise UnusableArgument(f"文件已存在，不覆盖 the file exists and is kept: {new}")


def _write_text(run: Screening, chunks: Iterable[str], output: Path | None, lang: str) -> None:
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as kept:
        kept.writelines(chunks)
        run.stop_if_unusable(lang)
        kept.seek(0)
        _deliver(kept, output)


class _Files:
    """The reports of a run with their files; knows the places of the file of the one reported last."""

    def __init__(self, run: Screening, paths: Sequence[Path] | None, tables: Sequence[Path] | None) -> None:
        self._run, self._paths, self._tables = run, paths, tables
        self._places: Places | None = None

    def located(self) -> Iterator[tuple[Report, Places]]:
        """Yield each report with the places of its record's file."""
        for read, report in self._run.reports(self._paths, self._tables):
            self._places = read.places(report.decision)
            yield report, self._places

    def reports(self) -> Iterator[tuple[str, Report]]:
        """Yield each report with its file."""
        return ((places.file, report) for report, places in self.located())

    def line_of(self, file: str) -> LineOf:
        """Return the function from an act, or a place such as `waivers[0]`, to its line or cell, for the report yielded last."""
        places = self._places

        def line(act: str) -> int | str | None:
            if places is None or places.file != file:
                return None
            quote = places.act(act) or places.member(act)
            return None if quote is None else quote.at

        return line


def _deliver(chunks: Iterable[str], output: Path | None) -> None:
    if output is not None:
        with sink(output) as file:
            file.writelines(chunks)
        return
    stream = typer.get_binary_stream("stdout")  # as bytes, so that no line end is translated
    stream.writelines(chunk.encode() for chunk in chunks)
    stream.flush()
