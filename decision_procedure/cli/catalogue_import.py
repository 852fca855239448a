"""`catalogue import`: published tables made files of catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from decision_procedure import api
from decision_procedure.catalogues.import_lines import doubt_lines, reading_lines
from decision_procedure.catalogues.importing import ImportedCatalogue
from decision_procedure.cli.options import LANG, LangOption, one_of, stop
from decision_procedure.cli.sink import write
from decision_procedure.errors import FaultyInput, UnusableArgument
from decision_procedure.model.vocabulary import LABELS
from decision_procedure.render.text import plain
from decision_procedure.sources import label_of
from decision_procedure.wording import Language

Level: Any = one_of(LABELS["level"])


class _Read(NamedTuple):
    file: str
    found: ImportedCatalogue
    output: Path | None


def import_catalogues(
    paths: Annotated[
        list[Path],
        typer.Argument(help="公布的目录：Excel、Word、网页、CSV、JSON published tables", readable=False),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="目录文件（.yaml、.json）；几个文件的为文件夹 a file; for several a folder"
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help="表头=字段，如 议题=事项名称；字段写 - 的不读 HEADER=field; - reads it as none"
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="只试读：列出对应、各项和未读懂之处 only tell how it would be read"),
    ] = False,
    title: Annotated[str | None, typer.Option("--title", help="目录名称 title")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="制定机关 issuer")] = None,
    year: Annotated[int | None, typer.Option("--year", help="年度 year")] = None,
    level: Annotated[Level | None, typer.Option("--level", help="级别 level")] = None,
    lang: LangOption = LANG,
) -> None:
    """读入公布的目录表，写成目录文件 Read catalogues as published, and write them as files of catalogues."""
    given = {"title": title, "issuer": issuer, "year": year, "level": level}
    mapping = _mapping(columns or [])
    errors: list[FaultyInput] = []
    found: list[_Read] = []
    for path in paths:
        try:
            read = api.import_catalogue(path, columns=mapping, given=given)
        except FaultyInput as error:
            errors.append(error)
        else:
            found.append(_Read(label_of(path), read, _place(path, paths, output)))
    if errors:
        stop(errors, lang)
    if dry_run:
        write("".join(f"{line}\n" for line in _told(found, lang)), None)
        return
    _refuse_twice(found)
    for item in found:
        write(_text(item, lang), item.output)
        typer.echo("\n".join(map(_line, _summary(item, lang))), err=True)


def _told(found: list[_Read], lang: str) -> Iterator[str]:
    for item in found:
        yield from map(_line, reading_lines(item.found, item.file, lang))


def _line(line: str) -> str:
    """Return a line fit for a terminal, with its indent."""
    bare = line.lstrip(" ")
    return " " * (len(line) - len(bare)) + plain(bare)


def _summary(item: _Read, lang: str) -> Iterator[str]:
    """Yield what somebody should look at, after the line that says what was read."""
    yield next(iter(reading_lines(item.found, item.file, lang)))
    yield from doubt_lines(item.found, lang)


def _text(item: _Read, lang: Language) -> str:
    catalogue = item.found.catalogue
    is_json = item.output is not None and item.output.suffix.lower() == ".json"
    return catalogue.to_json(lang) if is_json else catalogue.to_yaml(lang)


def _mapping(columns: list[str]) -> dict[str, str]:
    found = {}
    for text in columns:
        header, mark, field = text.rpartition("=")
        if not mark or not header.strip():
            raise UnusableArgument(f"--map 应写成 表头=字段 write --map HEADER=field: {text[:60]}")
        found[header] = field.strip()
    return found


def _place(path: Path, paths: list[Path], output: Path | None) -> Path | None:
    """Return where the catalogue of a file is written: the output, or in it as a folder where there are several."""
    if output is None:
        if len(paths) > 1:
            raise UnusableArgument(
                "几个目录应写入文件夹：-o 文件夹 several catalogues go to a folder: -o FOLDER"
            )
        return None
    if len(paths) > 1 or output.is_dir():
        return output / f"{path.stem}.yaml"
    if output.suffix.lower() not in (".yaml", ".yml", ".json"):
        raise UnusableArgument(
            f"只能写成 YAML 或 JSON only YAML or JSON can be written: {output.suffix[:20]}"
        )
    return output


def _refuse_twice(found: list[_Read]) -> None:
    places = [item.output for item in found if item.output is not None]
    twice = sorted({str(place) for place in places if places.count(place) > 1})
    if twice:
        raise UnusableArgument(f"几个文件会写成同一个 several files would be written as one: {twice[0]}")
    for place in places:
        if len(places) > 1 and not place.parent.exists():
            place.parent.mkdir(parents=True)
