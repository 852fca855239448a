"""`schema`: the JSON Schema of a record."""

from __future__ import annotations

import json

import typer

from decision_procedure import api


def schema() -> None:
    """输出案卷的 JSON Schema Print the JSON Schema of a record."""
    typer.echo(json.dumps(api.record_schema(), ensure_ascii=False, indent=1))
