"""`rules`: the law as data, listed, shown, and checked for faults."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import rules as shipped
from decision_procedure.cli.law import RulesOption, folders_of, law_of
from decision_procedure.cli.options import LANG, LangOption, stop
from decision_procedure.cli.paper import put
from decision_procedure.errors import BadPack, UnusableArgument
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.articles import article_text
from decision_procedure.law.county import rule_files
from decision_procedure.law.crosslint import cross_faults, unexamined
from decision_procedure.law.forces import force_faults
from decision_procedure.law.loading import Pack, load_together
from decision_procedure.law.meaning import NamedDuty, duties_meant, several
from decision_procedure.law.numbers import number_text
from decision_procedure.law.texts import article_fingerprints, pack_of, text_change
from decision_procedure.model.divisions import unknown_part
from decision_procedure.render.rules import Sheet, as_lines, duty_sheet, instrument_sheet
from decision_procedure.render.rules.changes import text_lines
from decision_procedure.ruletests import unreadable
from decision_procedure.sources import label_of, read_file
from decision_procedure.sources.characters import plain, without_commands


def rules_list(lang: LangOption = LANG, rules: RulesOption = None) -> None:
    """列出全部义务 List every duty."""
    for pack in law_of(rules).packs:
        number = number_text(pack.head.number or "", lang)
        typer.echo(without_commands(f"{pack.head.id}  {pack.head.title.text(lang)}  {number}"))
        for rule in pack.rules:
            article = article_text(rule.duty.article, lang)
            typer.echo(without_commands(f"  {rule.id}  {article}  {rule.duty.text.text(lang)}"))


def rules_show(
    identifier: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="法律文件或者义务：编号、标题、条款，如 cn-713、15.1c、条例第十五条 an instrument or a duty",
        ),
    ],
    lang: LangOption = LANG,
    rules: RulesOption = None,
) -> None:
    """说明一部法律文件或者一项义务 Say what an instrument or a duty asks, how it is tested, what follows."""
    law = law_of(rules)
    for line in as_lines(_sheet(law, identifier, lang)):
        typer.echo(line)


def _sheet(law: Law, word: str, lang: str) -> Sheet:
    for pack in law.packs:
        if word in (pack.head.id, pack.head.title.zh, pack.head.title.en, *pack.head.aliases):
            return instrument_sheet(law, pack, lang)
    steps = law.steps
    known = {
        rule.id: NamedDuty(
            rule.id, pack.head.title, rule.duty.article, rule.duty.text, rule.duty.cure,
            steps[rule.duty.step].name if rule.duty.step in steps else None,
        )
        for pack in law.packs
        for rule in pack.rules
    }  # fmt: skip
    meant = duties_meant(word, known.values())
    if len(meant) > 1:
        raise several(word, [known[name] for name in meant])
    pack, rule = next((pack, rule) for pack in law.packs for rule in pack.rules if rule.id == meant[0])
    return duty_sheet(law, pack, rule, lang)


def rules_lint(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="规则文件，默认随附的全部规则 pack files (default: all that ship)"),
    ] = None,
    rules: RulesOption = None,
    sources: Annotated[
        list[Path] | None,
        typer.Option(
            "--sources",
            help="法律文件的文本，可重复：哪些条文与编写规则时所读的不同 a text of an instrument: which articles are not as they were read",
        ),
    ] = None,
    lang: LangOption = LANG,
) -> None:
    """核查规则文件、例子能否读、与其他规则的关系 Check pack files, whether their examples can be read, and how they stand to the law that ships."""
    found = [*(files or []), *(file for folder in folders_of(rules) for file in rule_files(folder))]
    named = [(label_of(file), read_file(file)) for file in dict.fromkeys(found)]
    named = named or [(name, shipped.text(name)) for name in shipped.instrument_names()]
    read, faults = load_together(named, standard_law().packs)
    packs: list[Pack] = []
    for pack in read:
        if found_in := [*unreadable(pack)]:
            faults += found_in
        else:
            packs.append(pack)
            name = "" if pack.source is None else pack.source.file
            typer.echo(plain(f"{name}: {len(pack.rules)} 项 rules{_nowhere(pack)}"))
    ours = {pack.head.id for pack in packs}
    others = [pack for pack in standard_law().packs if pack.head.id not in ours]
    names = {name for name, _ in named}
    faults += [fault for fault in cross_faults((*others, *packs)) if fault.file in names]
    faults += [fault for pack in packs for fault in force_faults(pack)]
    if left := unexamined((*others, *packs)):
        typer.echo(
            f"适用条件组合过多，没有查能否成立 triggers with too many combinations, not examined: {len(left)}（{'、'.join(left[:3])}…）",
            err=True,
        )
    if faults:
        stop([BadPack(faults)])
    typer.echo(
        "例子只看能否读，结论对不对由 rules test 核查 examples were only read: run `rules test` on them",
        err=True,
    )
    if _told_of_texts(packs, sources or (), lang):
        raise typer.Exit(1)


def _told_of_texts(packs: Sequence[Pack], files: Sequence[Path], lang: str) -> bool:
    """Tell how texts stand to those that the packs were written from; say whether some article is to be reviewed."""
    differing = False
    for file in files:
        text = read_file(file)
        named = packs[0] if len(packs) == 1 else pack_of(text, packs)
        if named is None or not article_fingerprints(text):
            raise UnusableArgument(
                f"不知是哪部文件的文本，或者没有条文 not the text of one of these instruments, or without articles: {label_of(file)}"
            )
        change = text_change(named, text)
        put(text_lines(named, change, lang), None, lang)
        differing = differing or bool(change.articles)
    return differing


def _nowhere(pack: Pack) -> str:
    """Return the doubt whether there is a place that the instrument is for."""
    if pack.head.place == "cn" or unknown_part(pack.head.place) is None:
        return ""
    return f" · {pack.head.place} 不是已知的行政区划代码 not a division code that is known"
