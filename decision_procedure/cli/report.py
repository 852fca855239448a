"""The command `report`: results for machines and web pages, with waivers and a baseline, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.office import OFFICE
from decision_procedure.cli.options import (
    AllowUncovered,
    AsOf,
    AssumeComplete,
    FailOn,
    FailOnOption,
    Lang,
    LangOption,
    Output,
    Paths,
    Severity,
    WaiversOption,
    one_of,
    said_day,
    stop,
)
from decision_procedure.cli.progress import Bar
from decision_procedure.cli.records import Namesakes, files_of, records_of
from decision_procedure.cli.sink import sink, write_whole
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.exchange.findings import View, standing
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.model.decision import Decision
from decision_procedure.model.places import Places
from decision_procedure.render.text import note_said, plain
from decision_procedure.results.baseline import (
    Accepted,
    accept,
    accepted_names,
    baseline_text,
    load_baseline,
    still_found,
)
from decision_procedure.results.findings import LineOf
from decision_procedure.results.fingerprints import fingerprints, record_key
from decision_procedure.results.remarks import WaiverNote
from decision_procedure.results.report import Report
from decision_procedure.results.waivers import Run, load_waivers, severities

if TYPE_CHECKING:
    from decision_procedure.law.applicable import Law


_FIRST = (
    "{} 项指纹由第 1 版生成,按案卷、义务和行为对应,事实有无变化未经核对;请用 waivers renew 更新",
    "{} fingerprints were made by version 1; they are matched by record, duty and act, whether the facts have changed is unseen; renew them (waivers renew)",
)


_HTML = "html"

if TYPE_CHECKING:
    Form = StrEnum
else:
    Form = one_of("Form", (*WRITERS, _HTML, *OFFICE))
_JSON = Form("json")


def write_report(
    paths: Paths,
    form: Annotated[Form, typer.Option("--format", help="格式 format")] = _JSON,
    output: Output = None,
    as_of: AsOf = None,
    rules: RulesOption = None,
    lang: LangOption = Lang.zh,
    level: Annotated[
        Severity, typer.Option("--level", help="列出的最轻结论 the least severe finding listed")
    ] = Severity.undetermined,
    fail_on: FailOnOption = FailOn.violated,
    waivers: WaiversOption = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="存量清单,只对新问题失败 accept what it holds")
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="从存量清单删去已解决的问题 remove what is cured")
    ] = False,
    new_baseline: Annotated[
        Path | None, typer.Option("--new-baseline", help="写出新的存量清单 write a first baseline")
    ] = None,
    assume_complete: AssumeComplete = False,
    allow_uncovered: AllowUncovered = False,
) -> None:
    """输出供其他系统读取的结果,或者网页报告 Write results for other systems, or web pages."""
    if update_baseline and baseline is None:
        raise UnusableArgument("--update-baseline 需要 --baseline --update-baseline needs --baseline")
    if new_baseline is not None and new_baseline.exists():
        raise UnusableArgument(f"文件已存在,不覆盖 the file exists and is kept: {new_baseline}")
    day = said_day(as_of)
    keep = new_baseline is not None
    run = _Run(day, law_of(rules), assume_complete, waivers, baseline, keep_accepted=keep)
    if first := sum(item.is_first for item in run.baseline):
        typer.echo(plain(f"{baseline}: {_FIRST[lang is Lang.en].format(first)}"), err=True)
    view = View(lang.value, level.value, run.line_of, run.accepted, run.left_over, run.steps)
    if form.value == _HTML:
        from decision_procedure.cli.html import write_html  # no renderer is loaded for the other formats

        accepted = run.accepted or frozenset()
        write_html(run.located(paths), output, lang.value, lambda: run.stop_if_unusable(lang), accepted)
        for _, note in run.left_over():
            typer.echo(note_said(note, lang.value), err=True)
    elif form.value in OFFICE:
        data = OFFICE[form.value](run.reports(paths), view, output)
        run.stop_if_unusable(lang)
        write_whole(data, output)
    else:
        _write_text(run, WRITERS[form.value](run.reports(paths), view), output, lang)
    if new_baseline is not None:
        _deliver([baseline_text(run.new)], new_baseline)
    if update_baseline and baseline is not None:
        _deliver([baseline_text(still_found(run.baseline, run.found))], baseline)
    raise typer.Exit(run.status(fail_on, allow_uncovered=allow_uncovered))


def _write_text(run: _Run, chunks: Iterable[str], output: Path | None, lang: Lang) -> None:
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as kept:
        kept.writelines(chunks)
        run.stop_if_unusable(lang)
        kept.seek(0)
        _deliver(kept, output)


class _Run:
    """One run over many records: keeps what a run needs to know at its end, never the reports."""

    def __init__(
        self,
        day: date,
        law: Law,
        assume_complete: bool,
        waivers: Path | None,
        baseline: Path | None,
        *,
        keep_accepted: bool,
    ) -> None:
        self.day, self.law = day, law
        self.assume_complete = assume_complete
        self.waiver_file = "" if waivers is None else str(waivers)
        self.waivers = Run(() if waivers is None else load_waivers(waivers), law.questions)
        self.baseline: tuple[Accepted, ...] = () if baseline is None else load_baseline(baseline)
        self.accepted = None if baseline is None else accepted_names(self.baseline)
        self.keep_accepted = keep_accepted
        self.errors: list[UnusableInput] = []
        self.new: list[Accepted] = []
        self.found: dict[str, frozenset[str]] = {}
        self.standing: set[str] = set()
        self.uncovered = False
        self._places: Places | None = None

    def reports(self, paths: Iterable[Path]) -> Iterator[tuple[str, Report]]:
        """Yield each report with its file; remember what is unusable."""
        files, namesakes = files_of(paths), Namesakes()
        with Bar(len(files), shown=True) as bar:
            for number, file in enumerate(files):
                for read in records_of(file, self.law.models):
                    if isinstance(read.found, UnusableInput):
                        self.errors.append(read.found)
                        continue
                    if warning := namesakes.warning(read, read.found):
                        bar.message(warning)
                    found = self._checked(read.found)
                    self._remember(found)
                    self._places = Places(read.file, read.text, read.found, read.line)
                    bar.record(number)
                    yield read.file, found

    def _checked(self, decision: Decision) -> Report:
        return api.check(
            decision,
            as_of=self.day,
            assume_complete=self.assume_complete,
            waivers=self.waivers.waivers,
            law=self.law,
        )

    def located(self, paths: Iterable[Path]) -> Iterator[tuple[Report, Places]]:
        """Yield each report with the places of its record's file."""
        for _, found in self.reports(paths):
            if self._places is not None:
                yield found, self._places

    def stop_if_unusable(self, lang: Lang) -> None:
        """End with every fault when a record could not be used."""
        if self.errors:
            stop(self.errors, lang)

    def steps(self, report: Report) -> list[dict[str, Any]]:
        return api.step_data(report, self.law)

    def line_of(self, file: str) -> LineOf:
        """Return the function from an act, or a place such as `waivers[0]`, to its line, for the record yielded last."""
        places = self._places

        def line(act: str) -> int | None:
            if places is None or places.file != file:
                return None
            quote = places.act(act) or places.member(act)
            return None if quote is None else quote.line

        return line

    def left_over(self) -> list[tuple[str, WaiverNote]]:
        """Return what the waiver file holds that spoke of no record."""
        return [(self.waiver_file, note) for note in self.waivers.left_over()]

    def status(self, fail_on: FailOn, *, allow_uncovered: bool) -> int:
        """Return the exit status."""
        if self.uncovered and not allow_uncovered:
            return 1
        found = self.standing | severities(note for _, note in self.left_over())
        return int(not found.isdisjoint(fail_on.grades))

    def _remember(self, found: Report) -> None:
        self.waivers.add(found)
        self.standing |= standing(found, self.accepted)
        self.uncovered = self.uncovered or found.uncovered
        if self.keep_accepted:
            self.new.extend(accept(found))
        if self.baseline:
            key = record_key(found.decision)
            self.found[key] = self.found.get(key, frozenset()) | frozenset(fingerprints(found).values())


def _deliver(chunks: Iterable[str], output: Path | None) -> None:
    if output is not None:
        with sink(output) as file:
            file.writelines(chunks)
        return
    stream = typer.get_binary_stream("stdout")  # as bytes, so that no line end is translated
    stream.writelines(chunk.encode() for chunk in chunks)
    stream.flush()
