"""The command `report`: results for machines, with waivers and a baseline, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.baseline import Accepted, accept, baseline_text, load_baseline, still_found
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.exchange.findings import View, standing
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.fingerprints import fingerprints, record_key
from decision_procedure.report import SEVERITY, Report, WaiverNote
from decision_procedure.waivers import NOTES, Waiver, addressed, apply_waivers, load_waivers, unused_waivers


class Form(StrEnum):
    """Formats for machines."""

    json = "json"
    jsonl = "jsonl"
    sarif = "sarif"
    junit = "junit"
    github = "github"
    gitlab = "gitlab"
    csv = "csv"
    ocel = "ocel"


class Severity(StrEnum):
    """Outcomes, severest first."""

    violated = "violated"
    needs_judgement = "needs_judgement"
    undetermined = "undetermined"
    pending = "pending"


class Failure(StrEnum):
    """The least severe outcome that makes the exit status 1."""

    violated = "violated"
    needs_judgement = "needs_judgement"
    undetermined = "undetermined"
    pending = "pending"
    never = "never"


class Language(StrEnum):
    """Output language."""

    zh = "zh"
    en = "en"


def write_report(
    paths: Annotated[list[Path], typer.Argument(help="案卷文件或者文件夹 record files or folders")],
    form: Annotated[Form, typer.Option("--format", help="格式 format")] = Form.json,
    output: Annotated[Path | None, typer.Option("--output", help="写入文件 write to a file")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至日期,默认今天 the day as of which to check"),
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="语言 language")] = Language.zh,
    level: Annotated[
        Severity, typer.Option("--level", help="列出的最轻结论 the least severe outcome listed")
    ] = Severity.undetermined,
    fail_on: Annotated[
        Failure, typer.Option("--fail-on", help="达到何种结论时退出码为 1")
    ] = Failure.violated,
    waivers: Annotated[Path | None, typer.Option("--waivers", help="豁免文件 a file of waivers")] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="存量清单,只对新问题失败 accept what it holds")
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="从存量清单删去已解决的问题 remove what is cured")
    ] = False,
    new_baseline: Annotated[
        Path | None, typer.Option("--new-baseline", help="写出新的存量清单 write a first baseline")
    ] = None,
    assume_complete: Annotated[
        bool, typer.Option("--assume-complete", help="案卷即全部事实 what is not in it was not done")
    ] = False,
    allow_uncovered: Annotated[
        bool, typer.Option("--allow-uncovered", help="无适用法律时不视为失败")
    ] = False,
) -> None:
    """输出供其他系统读取的结果 Write results for other systems to read."""
    if update_baseline and baseline is None:
        raise UnusableArgument("--update-baseline 需要 --baseline --update-baseline needs --baseline")
    if new_baseline is not None and new_baseline.exists():
        raise UnusableArgument(f"文件已存在,不覆盖 the file exists and is kept: {new_baseline}")
    day = date.today() if as_of is None else as_of.date()
    typer.echo(f"截至 as of {day.isoformat()}", err=True)
    run = _Run(day, assume_complete, waivers, baseline, keep_accepted=new_baseline is not None)
    view = View(lang.value, level.value, api.act_lines, run.accepted, run.left_over)
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as kept:
        kept.writelines(WRITERS[form.value](run.reports(paths), view))
        if run.errors:
            _refuse(run.errors, lang)
        kept.seek(0)
        _deliver(kept, output)
    if new_baseline is not None:
        _deliver([baseline_text(run.new)], new_baseline)
    if update_baseline and baseline is not None:
        _deliver([baseline_text(still_found(run.baseline, run.found))], baseline)
    raise typer.Exit(run.status(fail_on, allow_uncovered=allow_uncovered))


class _Run:
    """One run over many records: keeps what a run needs to know at its end, never the reports."""

    def __init__(
        self,
        day: date,
        assume_complete: bool,
        waivers: Path | None,
        baseline: Path | None,
        *,
        keep_accepted: bool,
    ) -> None:
        self.day = day
        self.assume_complete = assume_complete
        self.waiver_file = "" if waivers is None else str(waivers)
        self.waivers: tuple[Waiver, ...] = () if waivers is None else load_waivers(waivers)
        self.baseline: tuple[Accepted, ...] = () if baseline is None else load_baseline(baseline)
        self.accepted = None if baseline is None else frozenset(item.fingerprint for item in self.baseline)
        self.keep_accepted = keep_accepted
        self.errors: list[UnusableInput] = []
        self.new: list[Accepted] = []
        self.found: dict[str, frozenset[str]] = {}
        self.spoken: set[str] = set()
        self.standing: set[str] = set()
        self.uncovered = False

    def reports(self, paths: Iterable[Path]) -> Iterator[tuple[str, Report]]:
        """Yield each report with its file; remember what is unusable."""
        for file, decision in api.load_decisions(paths):
            if isinstance(decision, UnusableInput):
                self.errors.append(decision)
                continue
            checked = api.check(decision, as_of=self.day, assume_complete=self.assume_complete)
            found, _ = apply_waivers(checked, self.waivers, self.day)
            self._remember(found)
            yield file, found

    def left_over(self) -> list[tuple[str, WaiverNote]]:
        """Return what the waiver file holds that spoke of no record."""
        return [(self.waiver_file, note) for note in unused_waivers(self.waivers, self.spoken)]

    def status(self, fail_on: Failure, *, allow_uncovered: bool) -> int:
        """Return the exit status."""
        if self.uncovered and not allow_uncovered:
            return 1
        if fail_on is Failure.never:
            return 0
        found = self.standing | {NOTES[note.kind][2] for _, note in self.left_over()}
        return int(any(outcome in found for outcome in SEVERITY[: SEVERITY.index(fail_on.value) + 1]))

    def _remember(self, found: Report) -> None:
        self.spoken |= addressed(found)
        self.standing |= standing(found, self.accepted)
        self.uncovered = self.uncovered or found.uncovered
        if self.keep_accepted:
            self.new.extend(accept(found))
        if self.baseline:
            key = record_key(found.decision)
            self.found[key] = self.found.get(key, frozenset()) | frozenset(fingerprints(found).values())


def _refuse(errors: list[UnusableInput], lang: Language) -> None:
    for error in errors:
        typer.echo(error.text(lang.value), err=True)
    raise typer.Exit(2)


def _deliver(chunks: Iterable[str], output: Path | None) -> None:
    if output is None:
        stream = typer.get_binary_stream("stdout")
        stream.writelines(chunk.encode() for chunk in chunks)
        stream.flush()
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
        part.replace(output)
    except OSError as error:
        if not part.is_dir():
            part.unlink(missing_ok=True)
        raise UnusableArgument(f"不能写入 cannot write: {output} ({error.strerror})") from None
