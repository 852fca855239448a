"""Receipts on the command line: `receipt`, `replay`, `archive`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.dossiers import nonce_of, read_dossier
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import (
    DAY_FORM,
    LANG,
    AssumeComplete,
    Calendar,
    LangOption,
    Output,
    Record,
)
from decision_procedure.cli.records import decision_of
from decision_procedure.cli.sink import write
from decision_procedure.keeping.receipts.ed25519 import ed25519_verifier
from decision_procedure.model.dates import day_of
from decision_procedure.sources.characters import plain

_NOT_KEPT = (
    "此回执的随机数没有留存，无法再与案卷、报告核对；请用 --earlier 给出此案卷的卷宗 "
    "the nonce of this receipt is kept nowhere, so that nobody can hold record or report against it: "
    "give a dossier of the record with --earlier"
)
AsOf = Annotated[str, typer.Option("--as-of", help=f"截至日期（{DAY_FORM}） the day as of which to check")]
Earlier = Annotated[
    Path | None,
    typer.Option(
        "--earlier",
        help="此案卷以前的卷宗或者归档包，沿用其随机数 an earlier dossier or bag of this record, whose nonce is used again",
    ),
]


def receipt(
    path: Record,
    as_of: AsOf,
    output: Output = None,
    rules: RulesOption = None,
    assume_complete: AssumeComplete = False,
    calendar: Calendar = None,
    earlier: Earlier = None,
    fingerprints: Annotated[
        bool,
        typer.Option("--fingerprints", help="仅回执，不附案卷与法律 the receipt alone, without the texts"),
    ] = False,
) -> None:
    """核查案卷并出具回执 Check a record and write its receipt, with the texts that a replay needs."""
    law = law_of(rules)
    decision = decision_of(path, law)
    nonce = nonce_of(earlier, decision)
    with api.holidays(*calendar or ()):
        report = api.check(decision, as_of=day_of(as_of, "--as-of"), assume_complete=assume_complete, law=law)
    dossier = api.seal(report, law=law, nonce=nonce)
    if fingerprints and nonce is None:
        typer.echo(_NOT_KEPT, err=True)
    text = dossier.receipt.to_bytes().decode() + "\n" if fingerprints else dossier.to_json()
    write(text, output, private=not fingerprints)


def replay(
    path: Annotated[
        Path,
        typer.Argument(
            help="回执卷宗或者归档包 the dossier that `receipt` wrote, or the folder of a bag", readable=False
        ),
    ],
    record: Annotated[
        Path | None, typer.Option("--record", help="改用此案卷 use this record instead of the one kept")
    ] = None,
    rules: RulesOption = None,
    public_key: Annotated[
        str | None,
        typer.Option(
            "--public-key",
            help="核对签名的 Ed25519 公钥（十六进制） the Ed25519 key, in hexadecimal digits, to verify the signature",
        ),
    ] = None,
    lang: LangOption = LANG,
) -> None:
    """重新核查并比对回执 Run the check of a receipt again and say what changed. Exit 0: the same bytes.

    并说明核对了什么、没有核对什么。It says as well what was verified and what was not.
    """
    verifier = None if public_key is None else ed25519_verifier(public_key)
    law = law_of(rules)
    decision = None if record is None else api.load_decision(record, law)
    result = api.replay(read_dossier(path), record=decision, law=law, verifier=verifier)
    for line in result.lines(lang):
        typer.echo(plain(line))
    raise typer.Exit(0 if result.faithful else 1)


def archive(
    path: Record,
    output: Annotated[Path, typer.Option("--output", "-o", help="新建的文件夹 the folder to make")],
    as_of: AsOf,
    documents: Annotated[
        Path | None, typer.Option("--documents", help="材料所在文件夹 where the documents' locations start")
    ] = None,
    bagged_on: Annotated[
        str | None,
        typer.Option(
            "--bagged-on", help=f"归档日期（{DAY_FORM}），默认今天 the date on the bag (default today)"
        ),
    ] = None,
    rules: RulesOption = None,
    assume_complete: AssumeComplete = False,
    calendar: Calendar = None,
    earlier: Earlier = None,
    lang: LangOption = LANG,
) -> None:
    """归档为 BagIt 包 Write record, law, report, receipt and documents as a BagIt bag.

    退出状态 exit status: 0 案卷写明位置的材料全部入包 all documents with a location are in it; 1 有的未入包 some are not.
    """
    law = law_of(rules)
    decision = decision_of(path, law)
    nonce = nonce_of(earlier, decision)
    with api.holidays(*calendar or ()):
        report = api.check(decision, as_of=day_of(as_of, "--as-of"), assume_complete=assume_complete, law=law)
    on = date.today() if bagged_on is None else day_of(bagged_on, "--bagged-on")
    absent = api.archive(report, output, bagged_on=on, documents=documents, law=law, nonce=nonce)
    for item in absent:
        typer.echo(plain(item.text(lang)), err=True)
    if absent:
        told = ("已归档，但缺材料{}份", "archived, {} documents missing")[lang != LANG]
        typer.echo(plain(f"{told.format(len(absent))}: {output}"), err=True)
        raise typer.Exit(1)
    typer.echo(plain(f"已归档 archived: {output}"), err=True)


__all__ = ["archive", "receipt", "replay"]
