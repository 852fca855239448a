"""`import`: a filled form, an Excel workbook, made a file of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import LANG, LangOption
from decision_procedure.cli.sink import write
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.workbooks.reading import read_form


def import_form(
    workbook: Annotated[Path, typer.Argument(help="填好的案卷表 a form that was filled in", readable=False)],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="案卷文件（.yaml 或者 .json），默认输出到终端 the file of the record"
        ),
    ] = None,
    rules: RulesOption = None,
    lang: LangOption = LANG,
) -> None:
    """读入填好的案卷表，写成案卷文件 Read a form that was filled in, and write it as a record."""
    form = ".yaml" if output is None else output.suffix.lower()
    if form not in (".yaml", ".yml", ".json"):
        raise UnusableArgument(f"只能写成 YAML 或 JSON only YAML or JSON can be written: {form[:20]}")
    found, _ = read_form(workbook, law_of(rules).models)
    write(found.to_json(lang) if form == ".json" else found.to_yaml(lang), output)
