"""`schema`: the JSON Schema of a record or of a report."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from decision_procedure import api
from decision_procedure.wording import LANGUAGES, Language

SchemaOf = Literal["record", "report"]


def schema(
    of: Annotated[SchemaOf, typer.Argument(help="案卷或者报告 of a record or of a report")] = "record",
    lang: Annotated[
        Language, typer.Option("--lang", help="案卷的键和词用何种语言 language of a record's keys")
    ] = LANGUAGES[1],
) -> None:
    """输出 JSON Schema Print the JSON Schema of a record or of a report."""
    # Loaded here, not above: it builds models that no other command needs, a sixth of what starting one takes.
    from decision_procedure.exchange.report_schema import report_schema

    found = report_schema() if of == "report" else api.record_schema(lang=lang)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
