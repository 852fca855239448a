"""`rules`: the law as data, listed, shown, and checked for faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import rules
from decision_procedure.cli.options import Lang, LangOption, stop
from decision_procedure.errors import BadPack, FaultyInput, UnusableArgument
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.crosslint import cross_faults
from decision_procedure.law.loading import Pack, load_pack
from decision_procedure.sources import read_file


def rules_list(lang: LangOption = Lang.zh) -> None:
    """列出全部义务 List every duty."""
    for pack in standard_law().packs:
        typer.echo(f"{pack.head.id}  {pack.head.title.text(lang.value)}  {pack.head.number}")
        for rule in pack.rules:
            typer.echo(f"  {rule.id}  {rule.duty.article}  {rule.duty.text.text(lang.value)}")


def rules_show(duty: str, lang: LangOption = Lang.zh) -> None:
    """显示一项义务 Show one duty as it is written."""
    for pack in standard_law().packs:
        rule = pack.rule(duty)
        if rule is not None:
            typer.echo(f"{rule.id}  {pack.head.title.text(lang.value)} {rule.duty.article}")
            written = rule.duty.model_dump(mode="json", exclude_defaults=True)
            typer.echo(json.dumps(written, ensure_ascii=False, indent=1))
            return
    raise UnusableArgument(f"没有此义务 no such duty: {duty}")


def rules_lint(
    files: Annotated[list[Path] | None, typer.Argument(help="规则文件,默认随附的全部规则")] = None,
) -> None:
    """检查规则文件及其与其他规则的关系 Check pack files, alone and against the law that ships."""
    named = [(str(file), read_file(file)) for file in files or []]
    named = named or [(name, rules.text(name)) for name in rules.instrument_names()]
    errors: list[FaultyInput] = []
    packs: list[Pack] = []
    for name, text in named:
        try:
            packs.append(load_pack(text, name))
        except FaultyInput as error:
            errors.append(error)
        else:
            typer.echo(f"{name}: {len(packs[-1].rules)} 项 rules")
    ours = {pack.head.id for pack in packs}
    others = [pack for pack in standard_law().packs if pack.head.id not in ours]
    names = {name for name, _ in named}
    if faults := [fault for fault in cross_faults((*others, *packs)) if fault.file in names]:
        errors.append(BadPack(faults))
    if errors:
        stop(errors)
