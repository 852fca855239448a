"""`assess`: the bodies of a county scored by indicators, with what stands behind each number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from decision_procedure import api
from decision_procedure.assessing.bodies import BodyScore
from decision_procedure.assessing.folders import BODY_SUFFIXES
from decision_procedure.assessing.standings import Overview
from decision_procedure.cli.html import refuse_foreign
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import LANG, AsOf, AssumeComplete, LangOption, Output, said_day
from decision_procedure.cli.paper import put
from decision_procedure.cli.sink import sink, tell_written, whole_folder, write, write_whole
from decision_procedure.errors import UnusableArgument
from decision_procedure.exchange.assessment import assessment_json
from decision_procedure.render.assessing.lines import body_lines, overview_lines
from decision_procedure.render.assessing.told import AssessmentWords
from decision_procedure.sources.whole_file import resolved

_PAGES = r"index\.html|body-\d+\.html"
_ONE = "多个单位的网页请用 --output 指定文件夹 pages of several bodies need a folder: --output DIR (a name without .html)"


AssessForm = Literal["text", "json", "html", "xlsx", "docx"]


def assess(
    folders: Annotated[
        list[Path],
        typer.Argument(
            help="全县文件夹（其中每个单位一个文件夹），或者一个单位的文件夹 a county's folder, with one for each body"
        ),
    ],
    indicators: Annotated[
        Path | None,
        typer.Option(
            "--indicators", help="指标文件，默认为随附的示例指标 a file of indicators (default: our example)"
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", min=1990, max=2200, help="考评年度，默认为截至日期的年度 the year (default: of the day)"
        ),
    ] = None,
    as_of: AsOf = None,
    rules: RulesOption = None,
    form: Annotated[AssessForm, typer.Option("--format", help="输出格式 format")] = "text",
    output: Output = None,
    lang: LangOption = LANG,
    assume_complete: AssumeComplete = False,
) -> None:
    """考评：按指标给各单位计分，数字可以追到依据 Score bodies by indicators, each number with what stands behind it."""
    _refuse_within(output, folders)
    day, law = said_day(as_of), law_of(rules)
    given = api.load_indicators(indicators, law=law)
    told = AssessmentWords(given, year or day.year, day.isoformat(), lang)
    bodies = api.assess(
        *folders, as_of=day, year=told.year, indicators=given, assume_complete=assume_complete, law=law
    )
    overview = Overview(given, told.year)
    if form == "text":
        _write_text(told, bodies, overview, output)
    elif form == "json":
        _write_json(assessment_json(bodies, overview, told.day, told.lang), output)
    elif form == "html":
        _write_html(told, bodies, overview, output)
    elif form == "xlsx":
        from decision_procedure.render.assessing.book import assessment_book

        write_whole(assessment_book(told, bodies, overview), output)
    else:
        from decision_procedure.render.assessing.paper import assessment_paper

        for body in bodies:
            overview.add(body)
        write_whole(assessment_paper(told, overview.standings()), output)
    if overview.years and told.year not in overview.years:
        years = told.words.listed(map(str, overview.years))
        typer.echo(told.words.say("empty_year", year=told.year, years=years), err=True)


def _refuse_within(output: Path | None, folders: Iterable[Path]) -> None:
    """Raise UnusableArgument for an output that the next assessment of these folders would read as a record."""
    if output is None or output.suffix.lower() not in BODY_SUFFIXES:
        return
    if not {resolved(folder) for folder in folders}.isdisjoint(resolved(output).parents):
        raise UnusableArgument(
            "输出不能放在被考评的文件夹中，下次会被当作案卷读入 "
            f"no such output inside a folder that is assessed: it would be read as a record: {output}"
        )


def _write_text(
    told: AssessmentWords, bodies: Iterable[BodyScore], overview: Overview, output: Path | None
) -> None:
    """Write the overview; of a single body also what stands behind its numbers."""
    only: BodyScore | None = None
    for number, body in enumerate(bodies):
        only = None if number else body
        overview.add(body)
    blocks = [*overview_lines(told, overview.standings())]
    put(blocks if only is None else [*blocks, *body_lines(told, only)], output, told.lang)


def _write_json(chunks: Iterator[str], output: Path | None) -> None:
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as kept:
        kept.writelines(chunks)
        kept.seek(0)
        with sink(output) as stream:
            stream.writelines(kept)


def _write_html(
    told: AssessmentWords, bodies: Iterator[BodyScore], overview: Overview, output: Path | None
) -> None:
    from decision_procedure.render.assessing.pages import AssessmentFolder, body_page

    if output is None or output.suffix.lower() in (".html", ".htm"):
        pages = []
        for number, body in enumerate(bodies):
            if number:
                raise UnusableArgument(_ONE)
            overview.add(body)
            pages.append(body_page(told, body))
        write("".join(pages), output)
        return
    refuse_foreign(output, _PAGES)
    with whole_folder(output) as place:
        folder = AssessmentFolder(place, told, overview)
        for body in bodies:
            folder.add(body)
        folder.finish()
    tell_written(output)
