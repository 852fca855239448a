"""`demo`: the worked records that come with the library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from decision_procedure import api
from decision_procedure.cli.check import reports_of
from decision_procedure.cli.options import Lang, LangOption, stop
from decision_procedure.render.text import report_text

DEMO_DAY = date(2026, 1, 31)


def demo(lang: LangOption = Lang.zh) -> None:
    """检查随附的案例 Check the worked records that come with the library."""
    reports, errors = reports_of([_examples()], DEMO_DAY, assume_complete=False)
    if errors:
        stop(errors, lang)
    for file, report in reports:
        typer.echo(report_text(report, lang.value, line_of=api.act_lines(file)))


def _examples() -> Path:
    package = Path(api.__file__).parent
    shipped = package / "_demo" / "examples"
    return shipped if shipped.is_dir() else package.parent / "examples"
