"""`catalogue`: what a published yearly catalogue needs a second look at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from decision_procedure import api
from decision_procedure.cli.help import App
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import Lang, LangOption, Output, stop
from decision_procedure.cli.sink import write
from decision_procedure.errors import FaultyInput, UnusableArgument
from decision_procedure.model.catalogue import SUFFIXES, Catalogue, load_catalogue, place_lines
from decision_procedure.remarks import Advice
from decision_procedure.render.text import plain
from decision_procedure.sources import files_in

app = App("年度事项目录 yearly catalogues")


class Form(StrEnum):
    """Output format."""

    text = "text"
    json = "json"


@app.callback()
def _group() -> None:
    """年度事项目录 Yearly catalogues."""


@app.command("advise")
def advise(
    paths: Annotated[list[Path], typer.Argument(help="目录文件或者文件夹 catalogue files or folders")],
    form: Annotated[Form, typer.Option("--format", help="输出格式 format")] = Form.text,
    output: Output = None,
    lang: LangOption = Lang.zh,
    rules: RulesOption = None,
) -> None:
    """核对目录所引的依据:是否失效或者尚未施行,文号与标题是否相符 Look over the law that catalogues cite."""
    law = law_of(rules)
    errors: list[FaultyInput] = []
    found: list[tuple[Path, Catalogue, tuple[Advice, ...]]] = []
    for path in _files(paths):
        try:
            catalogue = load_catalogue(path)
        except FaultyInput as error:
            errors.append(error)
        else:
            found.append((path, catalogue, api.advise(catalogue, law=law)))
    if errors:
        stop(errors, lang)
    if form is Form.json:
        data = [_data(path, catalogue, advice) for path, catalogue, advice in found]
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    else:
        text = "".join(f"{line}\n" for item in found for line in _lines(*item, lang.value))
    write(text, output)


def _lines(path: Path, catalogue: Catalogue, advice: tuple[Advice, ...], lang: str) -> Iterator[str]:
    yield plain(f"{path}: {catalogue.title} ({catalogue.issuer}, {catalogue.year})")
    line_of = place_lines(path)
    for item in advice:
        text = item.zh if lang == "zh" else item.en
        yield "  " + plain(f"{path}:{line_of(item.place)}: {_WORD[lang]}: {text}")
    if not advice:
        yield f"  {_NOTHING[lang]}"


_WORD = {"zh": "提示", "en": "advice"}
_NOTHING = {"zh": "所引依据没有需要提示的", "en": "nothing to say of the law it cites"}


def _data(path: Path, catalogue: Catalogue, advice: tuple[Advice, ...]) -> dict[str, Any]:
    line_of = place_lines(path)
    return {
        "file": str(path),
        "title": catalogue.title,
        "issuer": catalogue.issuer,
        "year": catalogue.year,
        "advice": [{**item._asdict(), "line": line_of(item.place)} for item in advice],
    }


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        files = files_in(path, SUFFIXES)
        if not files:
            raise UnusableArgument(f"没有目录文件 no catalogue in {path}")
        yield from files
