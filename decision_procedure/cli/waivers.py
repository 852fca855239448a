"""`waivers renew`: files of waivers and baselines whose fingerprints are of version 1, brought to version 2."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import LANG, AsOf, AssumeComplete, LangOption, said_day, stop
from decision_procedure.cli.progress import Bar
from decision_procedure.cli.records import files_of, records_of
from decision_procedure.cli.sink import write_whole
from decision_procedure.errors import UnusableInput
from decision_procedure.render.text import plain
from decision_procedure.results.renewing import Renewal

_DONE = ("已更新 {} 项，未能更新 {} 项", "{} renewed, {} left as they are")


def renew(
    files: Annotated[
        list[Path], typer.Argument(help="豁免文件或者存量清单 files of waivers, or baselines", readable=False)
    ],
    records: Annotated[
        list[Path],
        typer.Option(
            "--record", help="所涉案卷或者文件夹，可重复 the records they speak of; may be repeated"
        ),
    ],
    as_of: AsOf = None,
    rules: RulesOption = None,
    assume_complete: AssumeComplete = False,
    lang: LangOption = LANG,
) -> None:
    """更新第 1 版问题指纹 Bring fingerprints of version 1 to version 2, in place, and change nothing else.

    退出状态 exit status: 0 全部更新 all are renewed; 1 有的对不上、未更新 some match no finding and are left.
    """
    day, law = said_day(as_of), law_of(rules)
    renewals = [Renewal(file) for file in files]
    unusable: list[UnusableInput] = []
    found = files_of(records)
    with Bar(len(found), shown=True) as bar:
        for number, file in enumerate(found):
            for read in records_of(file, law.models):
                if isinstance(read.found, UnusableInput):
                    unusable.append(read.found)
                    continue
                report = api.check(read.found, as_of=day, assume_complete=assume_complete, law=law)
                for renewal in renewals:
                    renewal.add(report)
                bar.record(number)
    if unusable:
        stop(unusable, lang)
    results = [renewal.result() for renewal in renewals]
    for renewal, result in zip(renewals, results, strict=True):
        write_whole(result.text.encode("utf-8"), renewal.path)
        for fault in result.left:
            typer.echo(plain(fault.text(lang)))
        said = _DONE[lang != LANG].format(result.number, len(result.left))
        typer.echo(plain(f"{renewal.path}: {said}"))
    raise typer.Exit(int(any(result.left for result in results)))
