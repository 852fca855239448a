"""What the commands share: options, the day, errors on stderr, and where the output goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from decision_procedure.errors import FaultyInput, UnusableArgument
from decision_procedure.render.text import plain


class Lang(StrEnum):
    """Output language."""

    zh = "zh"
    en = "en"


Paths = Annotated[
    list[Path], typer.Argument(help="案卷文件或者文件夹 record files or folders", readable=False)
]
Record = Annotated[Path, typer.Argument(help="一个案卷文件 one record file", readable=False)]
LangOption = Annotated[Lang, typer.Option("--lang", help="语言 language")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="截至日期,默认今天 the day as of which to check (default today)")
]
AssumeComplete = Annotated[
    bool, typer.Option("--assume-complete", help="案卷即全部事实 what is not in it was not done")
]
Output = Annotated[
    Path | None, typer.Option("--output", help="写入文件 write to a file instead of the terminal")
]


def day_of(text: str | None) -> date:
    """Return the day asked for, today when none is. Raises UnusableArgument for what is no date."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnusableArgument(f"--as-of 不是日期 not a date: {text[:40]}") from None


def faults_text(error: FaultyInput, lang: Lang) -> str:
    """Return every fault on a line of its own, fit for a terminal whatever the file and its name hold."""
    return "\n".join(plain(fault.text(lang.value)) for fault in error.faults)


def stop(errors: Iterable[FaultyInput], lang: Lang = Lang.zh) -> NoReturn:
    """Print every fault on stderr and end with status 2."""
    for error in errors:
        typer.echo(faults_text(error, lang), err=True)
    raise typer.Exit(2)
