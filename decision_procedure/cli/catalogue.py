"""`catalogue`: what a published yearly catalogue needs a second look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import LANG, LangOption, Output, stop
from decision_procedure.cli.sink import write
from decision_procedure.errors import FaultyInput, UnusableArgument
from decision_procedure.law.applicable import Law
from decision_procedure.law.articles import article_text
from decision_procedure.model.catalogue import SUFFIXES, Catalogue, load_catalogue, place_lines
from decision_procedure.model.keys import key_label
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text import plain
from decision_procedure.results.remarks import Advice
from decision_procedure.results.report import Verdict
from decision_procedure.sources import files_in, label_of
from decision_procedure.wording import Words, say

Form = Literal["text", "json"]


def advise(
    paths: Annotated[list[Path], typer.Argument(help="目录文件或者文件夹 catalogue files or folders")],
    form: Annotated[Form, typer.Option("--format", help="输出格式 format")] = "text",
    output: Output = None,
    lang: LangOption = LANG,
    rules: RulesOption = None,
) -> None:
    """核对目录所引的依据，以及目录是否经党委同意并公布 Look over the law that catalogues cite, and their consent."""
    law = law_of(rules)
    errors: list[FaultyInput] = []
    found: list[_Found] = []
    for path in _files(paths):
        try:
            catalogue = load_catalogue(path)
        except FaultyInput as error:
            errors.append(error)
        else:
            found.append(
                _Found(
                    path, catalogue, api.advise(catalogue, law=law), api.check_catalogue(catalogue, law=law)
                )
            )
    if errors:
        stop(errors, lang)
    if form == "json":
        data = [_data(item) for item in found]
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    else:
        text = "".join(f"{line}\n" for item in found for line in _lines(item, law, lang))
    write(text, output)


class _Found(NamedTuple):
    """A catalogue, the advice on the law it cites, and what it comes to itself."""

    path: Path
    catalogue: Catalogue
    advice: tuple[Advice, ...]
    verdicts: tuple[Verdict, ...]


def _lines(found: _Found, law: Law, lang: str) -> Iterator[str]:
    path, catalogue, advice, verdicts = found
    about = Words(lang).aside(Words(lang).listed([catalogue.issuer, str(catalogue.year)]))
    yield plain(f"{path}: {catalogue.title}{about}")
    line_of = place_lines(path)
    for item in advice:
        text = Words(lang).said(item)
        yield "  " + plain(
            f"{path}:{line_of(item.place)}: {Words(lang).headed(say('catalogue.advice', lang), text)}"
        )
    if not advice:
        yield f"  {say('catalogue.nothing', lang)}"
    for verdict in verdicts:
        if verdict.outcome != "satisfied":
            yield "  " + plain(_said(verdict, path, line_of, law, lang))


def _said(verdict: Verdict, path: Path, line_of: Callable[[str], int | None], law: Law, lang: str) -> str:
    """Return a verdict on the catalogue itself as one line, which begins with file and line where it has them."""
    rule = next(rule for pack in law.packs if (rule := pack.rule(verdict.duty)) is not None)
    names = [place.rpartition(".")[2] for place in verdict.missing]
    lines = [line for name in _FIELDS if (line := line_of(name)) is not None]
    where = f"{path}:{lines[0]}: " if lines and not names else f"{path}: "
    lacking = Words(lang).listed(key_label(name, lang) for name in names)
    words = Words(lang)
    asked = f"{article_text(rule.duty.article, lang)} {rule.duty.text.text(lang)}"
    told = [words.headed(label("outcome", verdict.outcome, lang), asked)]
    told += [words.headed(say("catalogue.lacking", lang), lacking)] if lacking else []
    return f"{where}{words.series(told)} [{verdict.duty}]"


_FIELDS = ("party_consent", "published", "approved")


def _data(found: _Found) -> dict[str, Any]:
    path, catalogue, advice, verdicts = found
    line_of = place_lines(path)
    return {
        "file": label_of(path),
        "title": catalogue.title,
        "issuer": catalogue.issuer,
        "year": catalogue.year,
        "advice": [{**asdict(item), "line": line_of(item.place)} for item in advice],
        "verdicts": [
            {
                "duty": item.duty,
                "outcome": item.outcome,
                "binding": item.binding,
                "missing": list(item.missing),
            }
            for item in verdicts
        ],
    }


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        files = files_in(path, SUFFIXES)
        if not files:
            raise UnusableArgument(f"没有目录文件 no catalogue in {path}")
        yield from files
