"""`explain`: one verdict with its whole tree of conditions."""

from __future__ import annotations

from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.options import AsOf, AssumeComplete, Lang, LangOption, Record, day_of
from decision_procedure.render.text import verdict_text


def explain(
    path: Record,
    duty: Annotated[str, typer.Argument(help="义务编号,如 cn-713.15.1c")],
    as_of: AsOf = None,
    lang: LangOption = Lang.zh,
    assume_complete: AssumeComplete = False,
) -> None:
    """解释一项结论 Explain the verdicts on one duty, passes too."""
    report = api.check(api.load_decision(path), as_of=day_of(as_of), assume_complete=assume_complete)
    report.explain(duty)
    for verdict in report.verdicts:
        if verdict.duty == duty or verdict.duty.endswith("." + duty):
            typer.echo(verdict_text(report, verdict, lang.value), nl=False)
