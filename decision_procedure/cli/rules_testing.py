"""`rules test`, `rules coverage` and `rules mutate`: pack files held against their own examples."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import ruletests
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.law.evidence import Truth
from decision_procedure.law.loading import Pack
from decision_procedure.sources import read_file


class Language(StrEnum):
    """Output language."""

    zh = "zh"
    en = "en"


Files = Annotated[
    list[Path] | None,
    typer.Argument(help="规则文件,默认随附的全部规则 pack files (default: the law that ships)"),
]
LangOption = Annotated[Language, typer.Option("--lang", help="语言 language")]

_TEXTS = {
    "examples": (
        "{pack}: {rules} 项义务,{total} 个例子,{bad} 个不符,{owed} 处缺例",
        "{pack}: {rules} duties, {total} examples, {bad} wrong, {owed} owed",
    ),
    "owed": ("{duty}: 缺 {section} 例", "{duty}: an example of {section} is owed"),
    "excused": ("{duty}: 无 {section} 例:{why}", "{duty}: no example of {section}: {why}"),
    "articles": (
        "{pack}: {total} 条中 {known} 条有着落,例子到达 {possible} 个分支中的 {reached} 个",
        "{pack}: {known} of {total} articles accounted for, examples reach {reached} of {possible} branches",
    ),
    "article": ("第{number}条: {how}", "article {number}: {how}"),
    "duties": ("义务 {names}", "duties {names}"),
    "unmodelled": ("未建模:{why}", "not modelled: {why}"),
    "lost": ("没有着落", "not accounted for"),
    "branch": (
        "{duty}: {condition}: {text}: 例子未到达 {truths}",
        "{duty}: {condition}: {text}: no example reaches {truths}",
    ),
    "score": (
        "{pack}: {total} 处改动中 {killed} 处被例子发现({share} %),{unchanged} 处不改变结论",
        "{pack}: examples notice {killed} of {total} changes ({share} %), {unchanged} change no verdict",
    ),
    "survived": ("{name}: 未被发现", "{name}: not noticed"),
    "stale": (
        "{name}: 声明不改变结论,但没有这处改动或者会改变结论",
        "{name}: said to change nothing, but there is no such change, or it does",
    ),
    "unchanged": ("{name}: 不改变结论:{why}", "{name}: changes no verdict: {why}"),
}
_TRUTHS: dict[Truth, tuple[str, str]] = {
    True: ("成立", "true"),
    False: ("不成立", "false"),
    None: ("不详", "unknown"),
}


def register(app: typer.Typer) -> None:
    """Add the three commands to a group of commands."""
    app.command("test")(run_examples)
    app.command("coverage")(show_coverage)
    app.command("mutate")(mutate_rules)


def run_examples(files: Files = None, lang: LangOption = Language.zh) -> None:
    """运行规则所附的例子 Run the examples of every duty; exit 1 when one is wrong or owed."""
    failed = False
    for pack in _packs(files):
        results, gaps = ruletests.run_examples(pack), ruletests.gaps(pack)
        wrong = [result for result in results if result.faults]
        owed = [gap for gap in gaps if gap.why is None]
        failed = failed or bool(wrong or owed)
        for result in wrong:
            case = f" ({result.case.text(lang)})" if result.case else ""
            for fault in result.faults:
                typer.echo(f"{result.name}{case}: {fault.text(lang)}")
        for gap in gaps:
            name, why = ("owed", "") if gap.why is None else ("excused", gap.why.text(lang))
            _say(name, lang, duty=gap.duty, section=gap.section, why=why)
        _say(
            "examples",
            lang,
            pack=pack.head.id,
            rules=len(pack.rules),
            total=len(results),
            bad=len(wrong),
            owed=len(owed),
        )
    raise typer.Exit(int(failed))


def show_coverage(files: Files = None, lang: LangOption = Language.zh) -> None:
    """列出各条的着落和例子到达的分支 Account for every article; exit 1 when one is not accounted for."""
    failed = False
    for pack in _packs(files):
        articles, branches = ruletests.articles(pack), ruletests.branches(pack)
        known = sum(article.accounted_for for article in articles)
        failed = failed or known < len(articles)
        for article in articles:
            _say("article", lang, number=article.number, how="; ".join(_how(article, lang)))
        for branch in branches:
            if branch.unreached:
                truths = ", ".join(
                    _pick(pair, lang) for key, pair in _TRUTHS.items() if key in branch.unreached
                )
                _say(
                    "branch",
                    lang,
                    duty=branch.duty,
                    condition=branch.condition,
                    text=branch.text,
                    truths=truths,
                )
        _say(
            "articles",
            lang,
            pack=pack.head.id,
            total=len(articles),
            known=known,
            possible=sum(len(branch.possible) for branch in branches),
            reached=sum(len(branch.possible & branch.reached) for branch in branches),
        )
    raise typer.Exit(int(failed))


def mutate_rules(files: Files = None, lang: LangOption = Language.zh) -> None:
    """改动规则,看例子是否发现 Change the rules bit by bit; exit 1 when no example notices a change."""
    failed = False
    for pack in _packs(files):
        mutants = ruletests.mutants(pack)
        killed, total = ruletests.score(mutants)
        for mutant in mutants:
            if mutant.state != "killed":
                why = "" if mutant.why is None else mutant.why.text(lang)
                _say(mutant.state, lang, name=mutant.name, why=why)
        failed = failed or any(mutant.state in ("survived", "stale") for mutant in mutants)
        unchanged = sum(mutant.state == "unchanged" for mutant in mutants)
        share = f"{100 * killed / total:.1f}" if total else "100.0"
        _say("score", lang, pack=pack.head.id, killed=killed, total=total, share=share, unchanged=unchanged)
    raise typer.Exit(int(failed))


def _packs(files: list[Path] | None) -> tuple[Pack, ...]:
    if not files:
        return standard_law().packs
    return load_packs((str(file), read_file(file)) for file in files)


def _how(article: ruletests.Article, lang: Language) -> Iterator[str]:
    if article.duties:
        yield _text("duties", lang, names=", ".join(article.duties))
    yield from article.parts
    for why in article.unmodelled:
        yield _text("unmodelled", lang, why=why.text(lang))
    if not article.accounted_for:
        yield _text("lost", lang)


def _say(name: str, lang: Language, /, **values: object) -> None:
    typer.echo(_text(name, lang, **values))


def _text(name: str, lang: Language, /, **values: object) -> str:
    return _pick(_TEXTS[name], lang).format(**values)


def _pick(pair: tuple[str, str], lang: Language) -> str:
    return pair[0] if lang is Language.zh else pair[1]
