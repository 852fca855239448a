"""`diagram`: where a decision stands in the procedure, drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.options import AsOf, AssumeComplete, Lang, LangOption, Record, day_of


def diagram(
    path: Record,
    output: Annotated[
        Path | None, typer.Option("--output", help="输出文件 .dot .svg .png .pdf,默认输出 DOT 文本")
    ] = None,
    as_of: AsOf = None,
    lang: LangOption = Lang.zh,
    assume_complete: AssumeComplete = False,
) -> None:
    """画出决策在程序中的状态 Draw where a decision stands in the procedure."""
    report = api.check(api.load_decision(path), as_of=day_of(as_of), assume_complete=assume_complete)
    picture = api.diagram(report, lang=lang.value)
    if output is None:
        typer.echo(picture.text, nl=False)
    else:
        picture.save(output)
