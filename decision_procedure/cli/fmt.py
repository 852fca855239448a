"""`fmt`: a record rewritten with the keys and words of one language, its order, values and comments kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from decision_procedure.cli.answering import opened
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import Paths
from decision_procedure.cli.records import files_of
from decision_procedure.errors import Fault, FaultyInput, UnusableInput
from decision_procedure.forms.record_text import RecordText
from decision_procedure.render.text import plain
from decision_procedure.sources.whole_file import write_file
from decision_procedure.wording import Language


def fmt(
    paths: Paths,
    lang: Annotated[
        Language | None,
        typer.Option(
            "--lang",
            help="键和词用何种语言，默认为各案卷自己的 language of keys and words (default: its own)",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="只检查，不改写；应改写的退出码为 1 only look; 1: some would be rewritten"
        ),
    ] = False,
    rules: RulesOption = None,
) -> None:
    """统一案卷的键和词，注释不动 Rewrite records with the canonical keys and words of a language, comments kept."""
    law, changed = law_of(rules), 0
    faults: list[Fault] = []
    new: list[tuple[Path, RecordText, str]] = []
    for path in files_of(paths):
        try:
            record = opened(path, law)
            new.append((path, record, record.in_language(record.lang if lang is None else lang)))
        except FaultyInput as error:
            faults += error.faults
    if faults:
        raise UnusableInput(faults)  # and nothing is written
    for path, record, text in new:
        if text != record.text:
            changed += 1
            if not check:
                write_file(path, text.encode())
            typer.echo(
                plain(f"{'应改写 would be rewritten' if check else '已改写 rewritten'}: {path}"), err=True
            )
    if check and changed:
        raise typer.Exit(1)
