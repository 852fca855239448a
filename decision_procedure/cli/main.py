"""The command line: data on stdout, messages on stderr, exit codes 0, 1, 2 and 3."""

from __future__ import annotations

import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api, rules
from decision_procedure.cli.diagram import diagram
from decision_procedure.errors import CannotDraw, FaultyInput, UnusableArgument, UnusableInput
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.loading import load_pack
from decision_procedure.model.reading import read_records
from decision_procedure.render.text import report_text, verdict_text
from decision_procedure.report import SEVERITY, Report

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="重大行政决策程序检查 Checks the procedure of major administrative decisions.",
)
rules_app = typer.Typer(no_args_is_help=True, help="法律规则 the rules of law")
app.add_typer(rules_app, name="rules")
app.command()(diagram)

DEMO_DAY = date(2026, 1, 31)


class Lang(StrEnum):
    """Output language."""

    zh = "zh"
    en = "en"


class Format(StrEnum):
    """Output format."""

    text = "text"
    json = "json"


class FailOn(StrEnum):
    """The least severe outcome that makes the exit status 1."""

    violated = "violated"
    needs_judgement = "needs_judgement"
    undetermined = "undetermined"
    pending = "pending"
    never = "never"


Paths = Annotated[list[Path], typer.Argument(help="案卷文件或者文件夹 record files or folders")]
LangOption = Annotated[Lang, typer.Option("--lang", help="语言 language")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="截至日期,默认今天 the day as of which to check (default today)")
]


@app.command()
def check(
    paths: Paths,
    as_of: AsOf = None,
    lang: LangOption = Lang.zh,
    output_format: Annotated[Format, typer.Option("--format", help="格式 format")] = Format.text,
    output: Annotated[Path | None, typer.Option("--output", help="写入文件 write to a file")] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="达到何种结论时退出码为 1")] = FailOn.violated,
    assume_complete: Annotated[
        bool, typer.Option("--assume-complete", help="案卷即全部事实 what is not in it was not done")
    ] = False,
    allow_uncovered: Annotated[
        bool, typer.Option("--allow-uncovered", help="无适用法律时不视为失败")
    ] = False,
    details: Annotated[bool, typer.Option("--details", help="列出全部待定事项 list everything open")] = False,
) -> None:
    """检查案卷 Check records against the procedure the law demands."""
    day = _day(as_of)
    typer.echo(f"截至 as of {day.isoformat()}", err=True)
    found, errors = _reports(paths, day, assume_complete)
    if errors:
        _stop(errors, lang)
    reports = [report for _, report in found]
    if output_format is Format.json:
        text = json.dumps([report.to_dict() for report in reports], ensure_ascii=False, indent=1) + "\n"
    else:
        text = "\n".join(
            report_text(report, lang.value, details=details, line_of=api.act_lines(file))
            for file, report in found
        )
    _write(text, output)
    raise typer.Exit(_status(reports, fail_on, allow_uncovered))


@app.command()
def explain(
    path: Path,
    duty: Annotated[str, typer.Argument(help="义务编号,如 cn-713.15.1c")],
    as_of: AsOf = None,
    lang: LangOption = Lang.zh,
    assume_complete: Annotated[bool, typer.Option("--assume-complete")] = False,
) -> None:
    """解释一项结论 Explain the verdicts on one duty, passes too."""
    report = api.check(api.load_decision(path), as_of=_day(as_of), assume_complete=assume_complete)
    report.explain(duty)
    for verdict in report.verdicts:
        if verdict.duty == duty or verdict.duty.endswith("." + duty):
            typer.echo(verdict_text(report, verdict, lang.value), nl=False)


@app.command()
def schema() -> None:
    """输出案卷的 JSON Schema Print the JSON Schema of a record."""
    typer.echo(json.dumps(api.record_schema(), ensure_ascii=False, indent=1))


@app.command()
def demo(lang: LangOption = Lang.zh) -> None:
    """检查随附的案例 Check the worked records that come with the library."""
    folder = _examples()
    reports, errors = _reports([folder], DEMO_DAY, assume_complete=False)
    if errors:
        _stop(errors, lang)
    for file, report in reports:
        typer.echo(report_text(report, lang.value, line_of=api.act_lines(file)))


@rules_app.command("list")
def rules_list(lang: LangOption = Lang.zh) -> None:
    """列出全部义务 List every duty."""
    for pack in standard_law().packs:
        typer.echo(f"{pack.head.id}  {pack.head.title.text(lang.value)}  {pack.head.number}")
        for rule in pack.rules:
            typer.echo(f"  {rule.id}  {rule.duty.article}  {rule.duty.text.text(lang.value)}")


@rules_app.command("show")
def rules_show(duty: str, lang: LangOption = Lang.zh) -> None:
    """显示一项义务 Show one duty as it is written."""
    for pack in standard_law().packs:
        rule = pack.rule(duty)
        if rule is not None:
            typer.echo(f"{rule.id}  {pack.head.title.text(lang.value)} {rule.duty.article}")
            typer.echo(
                json.dumps(
                    rule.duty.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, indent=1
                )
            )
            return
    typer.echo(f"没有此义务 no such duty: {duty}", err=True)
    raise typer.Exit(2)


@rules_app.command("lint")
def rules_lint(
    files: Annotated[list[Path] | None, typer.Argument(help="规则文件,默认随附的全部规则")] = None,
) -> None:
    """检查规则文件 Check pack files: every fault at once."""
    named = [(str(file), file.read_text(encoding="utf-8")) for file in files or []]
    named = named or [(name, rules.text(name)) for name in rules.instrument_names()]
    errors = []
    for name, text in named:
        try:
            pack = load_pack(text, name)
            typer.echo(f"{name}: {len(pack.rules)} 项 rules")
        except FaultyInput as error:
            errors.append(error)
    if errors:
        _stop(errors, Lang.zh)


def run() -> None:
    """Run the command line; the entry point of the package."""
    try:
        app()
    except FaultyInput as error:
        typer.echo(error.text("zh"), err=True)
        sys.exit(2)
    except (UnusableArgument, CannotDraw) as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except (
        Exception
    ) as error:  # the text of an unforeseen error may hold personal data: only its kind is shown
        typer.echo(f"内部错误 internal error: {type(error).__name__}", err=True)
        sys.exit(3)


def _reports(
    paths: list[Path], day: date, assume_complete: bool
) -> tuple[list[tuple[str, Report]], list[FaultyInput]]:
    reports: list[tuple[str, Report]] = []
    errors: list[FaultyInput] = []
    for file, found in api.load_decisions(paths):
        if isinstance(found, UnusableInput):
            errors.append(found)
        else:
            reports.append((file, api.check(found, as_of=day, assume_complete=assume_complete)))
    return reports, errors


def _status(reports: list[Report], fail_on: FailOn, allow_uncovered: bool) -> int:
    if any(report.uncovered for report in reports) and not allow_uncovered:
        return 1
    if fail_on is FailOn.never:
        return 0
    bad = SEVERITY[: SEVERITY.index(fail_on.value) + 1]
    return int(any(report.worst in bad for report in reports))


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        typer.echo(f"--as-of 不是日期 not a date: {text[:40]}", err=True)
        raise typer.Exit(2) from None


def _stop(errors: list[FaultyInput], lang: Lang) -> None:
    for error in errors:
        typer.echo(error.text(lang.value), err=True)
    raise typer.Exit(2)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def _examples() -> Path:
    package = Path(api.__file__).parent
    shipped = package / "_demo" / "examples"
    return shipped if shipped.is_dir() else package.parent / "examples"


__all__ = ["app", "read_records", "run"]
