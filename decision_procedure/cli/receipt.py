"""Receipts on the command line: `receipt`, `replay`, `archive`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import DAY_FORM, AssumeComplete, Lang, LangOption, Output, Record, day_of
from decision_procedure.cli.sink import write
from decision_procedure.receipts.forms import Dossier
from decision_procedure.sources import label_of, read_file
from decision_procedure.sources.characters import plain

_WORDS = {
    "same": ("同样的字节", "the same bytes come out"),
    "other": ("结果不同", "the report comes out otherwise"),
}
AsOf = Annotated[str, typer.Option("--as-of", help=f"截至日期({DAY_FORM}) the day as of which to check")]


def receipt(
    path: Record,
    as_of: AsOf,
    output: Output = None,
    rules: RulesOption = None,
    assume_complete: AssumeComplete = False,
    fingerprints: Annotated[
        bool,
        typer.Option("--fingerprints", help="仅回执,不附案卷与法律 the receipt alone, without the texts"),
    ] = False,
) -> None:
    """检查案卷并出具回执 Check a record and write its receipt, with the texts that a replay needs."""
    law = law_of(rules)
    report = api.check(api.load_decision(path), as_of=day_of(as_of), assume_complete=assume_complete, law=law)
    dossier = api.seal(report, law=law)
    text = dossier.receipt.to_bytes().decode() + "\n" if fingerprints else dossier.to_json()
    write(text, output, private=not fingerprints)


def replay(
    path: Annotated[Path, typer.Argument(help="回执卷宗 the dossier that `receipt` wrote", readable=False)],
    record: Annotated[
        Path | None, typer.Option("--record", help="改用此案卷 use this record instead of the one kept")
    ] = None,
    rules: RulesOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """重新检查并比对回执 Run the check of a receipt again and say what changed. Exit 0: the same bytes."""
    dossier = Dossier.from_json(read_file(path), label_of(path))
    decision = None if record is None else api.load_decision(record)
    result = api.replay(dossier, record=decision, law=law_of(rules))
    typer.echo(_WORDS["same" if result.same else "other"][lang is Lang.en])
    for change in result.changes:
        typer.echo(plain(change.text(lang.value)))
    raise typer.Exit(0 if result.faithful else 1)


def archive(
    path: Record,
    output: Annotated[Path, typer.Option("--output", help="新建的文件夹 the folder to make")],
    as_of: AsOf,
    documents: Annotated[
        Path | None, typer.Option("--documents", help="材料所在文件夹 where the documents' locations start")
    ] = None,
    bagged_on: Annotated[
        str | None,
        typer.Option(
            "--bagged-on", help=f"归档日期({DAY_FORM}),默认今天 the date on the bag (default today)"
        ),
    ] = None,
    rules: RulesOption = None,
    assume_complete: AssumeComplete = False,
    lang: LangOption = Lang.zh,
) -> None:
    """归档为 BagIt 包 Write record, law, report, receipt and documents as a BagIt bag.

    退出状态 exit status: 0 案卷写明位置的材料全部入包 all documents with a location are in it; 1 有的未入包 some are not.
    """
    law = law_of(rules)
    report = api.check(api.load_decision(path), as_of=day_of(as_of), assume_complete=assume_complete, law=law)
    on = date.today() if bagged_on is None else day_of(bagged_on, "--bagged-on")
    absent = api.archive(report, output, bagged_on=on, documents=documents, law=law)
    for item in absent:
        typer.echo(item.text(lang.value), err=True)
    if absent:
        told = ("已归档,但缺材料{}份", "archived, {} documents missing")[lang is Lang.en]
        typer.echo(f"{told.format(len(absent))}: {output}", err=True)
        raise typer.Exit(1)
    typer.echo(f"已归档 archived: {output}", err=True)


__all__ = ["archive", "receipt", "replay"]
