"""`catalogue status` and `catalogue reconcile`: a yearly catalogue held against the records of its matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from decision_procedure import api
from decision_procedure.catalogues.reconciling import STALLED_AFTER
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.listed import catalogues_of
from decision_procedure.cli.options import (
    LANG,
    AsOf,
    AssumeComplete,
    FailOnOption,
    LangOption,
    Output,
    Paths,
    failing,
    said_day,
)
from decision_procedure.cli.paper import put
from decision_procedure.cli.run import Screening
from decision_procedure.cli.sink import write, write_whole
from decision_procedure.render.catalogues.page import reconciliation_page
from decision_procedure.render.catalogues.paper import reconciliation_paper
from decision_procedure.render.catalogues.text import difference_lines, status_lines
from decision_procedure.render.catalogues.told import ReconciliationTold
from decision_procedure.render.catalogues.workbook import reconciliation_book
from decision_procedure.render.text import Block

ReconcileForm = Literal["text", "json", "html", "xlsx", "docx"]


CatalogueFile = Annotated[Path, typer.Argument(help="目录文件 the file of the catalogue", readable=False)]
Earlier = Annotated[
    list[Path] | None,
    typer.Option("--earlier", help="以前公布的版本，由早到晚 versions published before, the oldest first"),
]
StalledAfter = Annotated[
    int,
    typer.Option(
        "--stalled-after", min=1, max=10_000,
        help="多少日没有进展算停滞（本库提示，不是法定期限） after how many days without an act a matter is stalled",
    ),
]  # fmt: skip
FormOption = Annotated[ReconcileForm, typer.Option("--format", help="输出格式 format")]


def _command(text: str, lines: Callable[[ReconciliationTold], Iterable[Block]]) -> Callable[..., None]:
    """Return a command that says `text` of itself and, where it writes text, these `lines`."""

    def command(
        catalogue: CatalogueFile,
        paths: Paths,
        as_of: AsOf = None,
        earlier: Earlier = None,
        stalled_after: StalledAfter = STALLED_AFTER,
        rules: RulesOption = None,
        form: FormOption = "text",
        output: Output = None,
        lang: LangOption = LANG,
        fail_on: FailOnOption = "violated",
        assume_complete: AssumeComplete = False,
    ) -> None:
        day, law = said_day(as_of), law_of(rules)
        *before, newest = catalogues_of([*(earlier or ()), catalogue], lang)
        run = Screening(day, law, assume_complete=assume_complete, waivers=None)
        reports = (report for _, report in run.reports(paths))
        found = api.reconcile(
            newest, reports, as_of=day, earlier=before, stalled_after=stalled_after, law=law
        )
        run.stop_if_unusable(lang)
        told = ReconciliationTold(found, lang)
        if form == "json":
            write(found.to_json() + "\n", output)
        elif form == "html":
            write(reconciliation_page(told), output)
        elif form == "text":
            put(lines(told), output, lang)
        else:
            data = reconciliation_book(told) if form == "xlsx" else reconciliation_paper(told)
            write_whole(data, output)
        raise typer.Exit(int(not found.grades.isdisjoint(failing(fail_on))))

    command.__doc__ = text
    return command


status = _command(
    "目录各事项的进度：办到哪一步、下一步、最早上会日、是否逾期 How far each matter of a catalogue has come.",
    status_lines,
)
reconcile = _command(
    "目录与案卷对照：无案卷、目录外、逾期、环节、单位和名称等差异 In what a catalogue and the records differ.",
    difference_lines,
)
