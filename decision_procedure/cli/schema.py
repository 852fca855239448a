"""`schema`: the JSON Schema of a record or of a report."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.options import Lang


class SchemaOf(StrEnum):
    """What a schema describes."""

    record = "record"
    report = "report"


def schema(
    of: Annotated[SchemaOf, typer.Argument(help="案卷或者报告 of a record or of a report")] = SchemaOf.record,
    lang: Annotated[
        Lang, typer.Option("--lang", help="案卷的键和词用何种语言 language of a record's keys")
    ] = Lang.en,
) -> None:
    """输出 JSON Schema Print the JSON Schema of a record or of a report."""
    # Loaded here, not above: it builds models that no other command needs, a sixth of what starting one takes.
    from decision_procedure.exchange.report_schema import report_schema

    found = report_schema() if of is SchemaOf.report else api.record_schema(lang=lang.value)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
