"""What the commands share: options, the day, errors on stderr, and where the output goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer

from decision_procedure.errors import FaultyInput, folded
from decision_procedure.model.dates import day_of
from decision_procedure.render.text import plain
from decision_procedure.results.severity import GRADES, up_to
from decision_procedure.wording import LANGUAGES, Language

DAY_FORM = "2024-06-01"
_CHINESE_FORM = "2024年6月1日"


LANG: Language = LANGUAGES[0]
"""The language of what is written where none is asked for."""
NEVER = "never"


def one_of(words: Iterable[str]) -> Any:
    """Return the type of an argument or option that takes one of these words."""
    return Literal[tuple(words)]


_FailOn: Any = one_of((*GRADES, NEVER))


def failing(fail_on: str) -> tuple[str, ...]:
    """Return what makes the exit status 1 (`severity.GRADES`): all down to a grade, none for `never`."""
    return () if fail_on == NEVER else up_to(fail_on)


Meetings = Annotated[
    str | None,
    typer.Option(
        "--meetings",
        help="会议日：日期的列表或者规则，如 每月第二个星期三 days of meetings, a list or such a rule",
    ),
]
Calendar = Annotated[
    list[Path] | None,
    typer.Option("--calendar", help="尚未收录的年度放假通知 a notice of holidays not known yet"),
]
Paths = Annotated[
    list[Path],
    typer.Argument(
        help="案卷文件或者文件夹，- 为标准输入 record files or folders, - for standard input", readable=False
    ),
]
SomePaths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="案卷文件或者文件夹，- 为标准输入 record files or folders, - for standard input", readable=False
    ),
]
FromOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--from",
        help="对照文件（从数据库、CSV、Parquet 读案卷）或者 OCEL 日志 a mapping of tables, or an OCEL log",
    ),
]
Record = Annotated[
    Path,
    typer.Argument(help="一个案卷文件，- 为标准输入 one record file, - for standard input", readable=False),
]
LangOption = Annotated[Language, typer.Option("--lang", help="语言 language")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help=f"截至日期（{DAY_FORM} 或者 {_CHINESE_FORM}），默认今天 the day as of which to check (default today)",
    ),
]
AssumeComplete = Annotated[
    bool, typer.Option("--assume-complete", help="案卷即全部事实 what is not in it was not done")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="写入文件 write to a file instead of the terminal")
]
FailOnOption = Annotated[
    _FailOn, typer.Option("--fail-on", help="达到何种结论时退出码为 1 what makes the exit status 1")
]
AllowUncovered = Annotated[
    bool, typer.Option("--allow-uncovered", help="无适用法律时不视为失败 no applicable law is no failure")
]
MaskOption = Annotated[bool, typer.Option("--mask", help="隐去姓名 mask personal names")]
WaiversOption = Annotated[Path | None, typer.Option("--waivers", help="豁免文件 a file of waivers")]


def said_day(as_of: str | None, *, quiet: bool = False) -> date:
    """Return the day asked for, today when none is, and say on stderr which it is unless `quiet`."""
    day = date.today() if as_of is None else day_of(as_of, "--as-of")
    if not quiet:
        typer.echo(f"截至 as of {day.isoformat()}", err=True)
    return day


def faults_text(error: FaultyInput, lang: str) -> str:
    """Return every fault on a line of its own, fit for a terminal whatever the file and its name hold."""
    return "\n".join(plain(fault.text(lang)) for fault in folded(error.faults))


def stop(errors: Iterable[FaultyInput], lang: str = LANG) -> NoReturn:
    """Print every fault on stderr and end with status 2."""
    for error in errors:
        typer.echo(faults_text(error, lang), err=True)
    raise typer.Exit(2)
