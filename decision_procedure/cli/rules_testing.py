"""`rules test`, `rules coverage` and `rules mutate`: pack files held against their own examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure import ruletests
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import LANG, LangOption
from decision_procedure.errors import BadPack
from decision_procedure.law.applicable import Law, load_packs, standard_law
from decision_procedure.law.articles import unit_of
from decision_procedure.law.crosslint import broken_links
from decision_procedure.law.evidence import Truth
from decision_procedure.law.loading import Pack
from decision_procedure.render.text import plain
from decision_procedure.sources import read_file
from decision_procedure.wording import say

Files = Annotated[
    list[str] | None,
    typer.Argument(
        help="规则文件或者法律文件编号，默认随附的全部规则 pack files or instruments (default: all that ship)"
    ),
]

_TRUTHS: dict[Truth, str] = {True: "true", False: "false", None: "unknown_truth"}


def _command(text: str, passes: Callable[[Pack, Law, str], bool]) -> Callable[..., None]:
    """Return a command that says `text` of itself and exits 1 where some pack does not pass."""

    def command(files: Files = None, lang: LangOption = LANG, rules: RulesOption = None) -> None:
        law, packs = _chosen(files, rules)
        passed = [passes(pack, law, lang) for pack in packs]
        raise typer.Exit(int(not all(passed)))

    command.__doc__ = text
    return command


def _run_examples(pack: Pack, law: Law, lang: str) -> bool:
    if not _has_examples(pack, lang):
        return False
    results, gaps = ruletests.run_examples(pack, beside=law.packs), ruletests.gaps(pack)
    wrong = [result for result in results if result.faults]
    owed = sum(gap.why is None for gap in gaps)
    for result in wrong:
        case = f" ({result.case.text(lang)})" if result.case else ""
        for fault in result.faults:
            typer.echo(plain(f"{result.name}{case}: {fault.text(lang)}"))
    for gap in gaps:
        name, why = ("owed", "") if gap.why is None else ("excused", gap.why.text(lang))
        _say(name, lang, duty=gap.duty, section=gap.section, why=why)
    total = {"rules": len(pack.rules), "total": len(results), "bad": len(wrong), "owed": owed}
    _say("examples", lang, pack=pack.head.id, **total)
    return not wrong and not owed


def _show_coverage(pack: Pack, law: Law, lang: str) -> bool:
    whole = pack.head.seen == "full"
    articles = ruletests.articles(pack)
    branches = ruletests.branches(pack, beside=law.packs)
    division = "item" if unit_of(pack.file.scope.article) == "项" else "article"
    for article in articles:
        if whole or pack.head.articles or article.accounted_for:
            _say(division, lang, number=article.number, how="; ".join(_how(article, lang)))
    for branch in branches:
        if branch.reached and branch.unreached:
            truths = ", ".join(_text(word, lang) for key, word in _TRUTHS.items() if key in branch.unreached)
            _say(
                "branch", lang, duty=branch.duty, condition=branch.condition, text=branch.text, truths=truths
            )
    counts = ruletests.counts(pack)
    left = pack.file.unmodelled
    entries = {"duties": len(pack.rules), "entries": len(left), "unseen": sum(not item.seen for item in left)}
    _say("counts", lang, pack=pack.head.id, **counts._asdict(), **entries)
    total = {
        "total": len(articles),
        "known": sum(article.accounted_for for article in articles),
        "possible": sum(len(branch.possible) for branch in branches),
        "reached": sum(len(branch.possible & branch.reached) for branch in branches),
    }
    _say("articles", lang, pack=pack.head.id, **total)
    if whole and pack.head.articles is None:
        _say("no_total", lang, pack=pack.head.id)
        return False
    return pack.head.articles in (None, counts.modelled + counts.repeated + counts.listed)


def _mutate(pack: Pack, law: Law, lang: str) -> bool:
    if not _has_examples(pack, lang):
        return False
    mutants = ruletests.mutants(pack, beside=law.packs)
    for mutant in mutants:
        if mutant.state != "killed":
            _say(
                mutant.state, lang, name=mutant.name, why="" if mutant.why is None else mutant.why.text(lang)
            )
    killed, total = ruletests.score(mutants)
    share = f"{100 * killed / total:.1f}" if total else "100.0"
    unchanged = sum(mutant.state == "unchanged" for mutant in mutants)
    _say("score", lang, pack=pack.head.id, killed=killed, total=total, share=share, unchanged=unchanged)
    return all(mutant.state in ("killed", "unchanged") for mutant in mutants)


def _has_examples(pack: Pack, lang: str) -> bool:
    """Say whether a pack has any example, or no duty that could have one; print that it has none."""
    found = not pack.rules or any(rule.duty.examples.ok for rule in pack.rules)
    if not found:
        _say("none", lang, pack=pack.head.id, rules=len(pack.rules))
    return found


def _chosen(named: list[str] | None, rules: list[Path] | None) -> tuple[Law, tuple[Pack, ...]]:
    """Return the law beside which packs are tested, and the packs.

    Those named by file or identifier; where none is, those of the folders `rules`, otherwise all there are.
    Raises BadPack for any file that cannot be used.
    """
    law = law_of(rules)
    known = {pack.head.id: pack for pack in law.packs}
    files = [name for name in named or [] if name not in known]
    read = load_packs(((name, read_file(Path(name))) for name in files), law.packs)
    ours = {pack.head.id for pack in read}
    beside = [pack for pack in law.packs if pack.head.id not in ours]
    if faults := [fault for fault in broken_links((*beside, *read)) if fault.file in files]:
        raise BadPack(faults)
    if named:
        return law, (*read, *(pack for name, pack in known.items() if name in named))
    if rules:
        shipped = standard_law().packs
        return law, tuple(pack for pack in law.packs if pack not in shipped)
    return law, law.packs


def _how(article: ruletests.ArticleFate, lang: str) -> Iterator[str]:
    if article.duties:
        yield _text("duties", lang, names=", ".join(article.duties))
    yield from article.parts
    if article.repeats:
        yield _text("repeats", lang, names=", ".join(article.repeats))
    for why in article.unmodelled:
        yield _text("unmodelled", lang, why=why.text(lang))
    if not article.accounted_for:
        yield _text("lost", lang)


def _say(name: str, lang: str, /, **values: object) -> None:
    typer.echo(plain(_text(name, lang, **values)))


def _text(name: str, lang: str, /, **values: object) -> str:
    return say(f"ruletest.{name}", lang, **values)


run_examples = _command(
    "运行规则所附的例子 Run the examples of every duty; exit 1 when one is wrong or owed.", _run_examples
)
show_coverage = _command(
    "列出各条的着落和例子到达的分支 Say what became of each article; exit 1 when one is lost of an instrument that says how many it has.",
    _show_coverage,
)
mutate_rules = _command(
    "改动规则，看例子是否发现 Change the rules bit by bit; exit 1 when no example notices a change.", _mutate
)
