"""The command `diagram`: one picture to a file or stdout, or many into a folder."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import Progress

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import (
    DAY_FORM,
    LANG,
    AsOf,
    AssumeComplete,
    LangOption,
    MaskOption,
    one_of,
    said_day,
)
from decision_procedure.cli.overwriting import refuse_inputs
from decision_procedure.cli.records import decisions_of
from decision_procedure.cli.sink import tell_written
from decision_procedure.diagrams.building import KINDS
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.dates import day_of
from decision_procedure.model.decision import Body, Decision
from decision_procedure.model.vocabulary import Level
from decision_procedure.results.known_law import law_of as law_known_to
from decision_procedure.results.report import Report

if TYPE_CHECKING:
    from decision_procedure.diagrams.picture import Picture
    from decision_procedure.law.applicable import Law

_CHUNK = 200
_MASKED = "record-"


_Kind: Any = one_of(KINDS)


BodyKind = Literal["government", "department", "administrative_committee", "authorised_body"]


FileForm = Literal["svg", "png", "pdf", "dot", "json", "mmd", "bpmn"]


Page = Literal["portrait", "landscape", "screen", "slide"]


_PathsOption = Annotated[
    list[Path] | None,
    typer.Argument(
        help="案卷文件或者文件夹，- 为标准输入 record files or folders, - for standard input", readable=False
    ),
]
_OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="文件（后缀定格式）或者文件夹；默认输出 SVG a file, whose suffix is the format, or a folder",
    ),
]
_FormOption = Annotated[
    FileForm, typer.Option("--format", help="文件夹中的格式 format of the files in a folder")
]
_PlaceOption = Annotated[
    str | None, typer.Option("--place", help="程序图、简图：行政区划代码 procedure, brief: GB/T 2260 code")
]
_BodyOption = Annotated[
    str | None,
    typer.Option("--body", help="程序图、简图：决策机关名称 procedure, brief: name of the deciding body"),
]
_LevelOption = Annotated[
    Level | None,
    typer.Option(
        "--level", help="程序图、简图：级别，默认依代码 procedure, brief: level (default by the code)"
    ),
]
_BodyKindOption = Annotated[
    BodyKind | None, typer.Option("--body-kind", help="程序图、简图：机关种类 procedure, brief: kind of body")
]
_AgainstPlaceOption = Annotated[
    str | None, typer.Option("--against-place", help="程序图：相比的地方 procedure: place to compare with")
]
_AgainstDateOption = Annotated[
    str | None,
    typer.Option("--against-date", help=f"程序图：相比的日期（{DAY_FORM}） procedure: day to compare with"),
]
_PlainOption = Annotated[bool, typer.Option("--plain", help="不用 Graphviz 绘制 SVG SVG without Graphviz")]


def diagram(
    kind: Annotated[_Kind, typer.Argument(help="图种 kind")],
    paths: _PathsOption = None,
    output: _OutputOption = None,
    form: _FormOption = "svg",
    as_of: AsOf = None,
    lang: LangOption = LANG,
    page: Annotated[Page | None, typer.Option("--page", help="版面 page")] = None,
    place: _PlaceOption = None,
    body: _BodyOption = None,
    level: _LevelOption = None,
    body_kind: _BodyKindOption = None,
    against_place: _AgainstPlaceOption = None,
    against_date: _AgainstDateOption = None,
    assume_complete: AssumeComplete = False,
    rules: RulesOption = None,
    mask: MaskOption = False,
    plain: _PlainOption = False,
) -> None:
    """画图 Draw diagrams."""
    if output is None and form != "svg":
        raise UnusableArgument(f"此格式请用 --output 指定文件 this format needs --output: {form}")
    day, law = said_day(as_of), law_of(rules)
    how = {"kind": kind, "lang": lang, "page": page, "law": law}
    records, read = _records(paths or [], law), [*(paths or []), *(rules or [])]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore" if plain else "default", UserWarning)
        warnings.showwarning = lambda message, *_: typer.echo(str(message), err=True)
        if kind == "procedure" or (kind == "brief" and not records):
            if mask:
                raise UnusableArgument("程序图没有姓名 a procedure holds no names: --mask")
            sources: list[tuple[str, Any]] = list(records)
            if not sources:
                sources = [(kind, (_body(place, body, level, body_kind), day))]
            against = None
            if against_place is not None or against_date is not None:
                other = day if against_date is None else day_of(against_date, "--against-date")
                against = (_body(against_place or place, body, level, body_kind), other)
            _draw(sources, how | {"against": against}, output, form, plain, read)
            return
        reports = [
            (name, api.check(found, as_of=day, assume_complete=assume_complete, law=law))
            for name, found in _counted(records, "核查 checking")
        ]
        if mask:
            # The name of a file may hold that of a person.
            reports = [
                (f"{_MASKED}{number}", api.mask(report).report)
                for number, (_, report) in enumerate(reports, 1)
            ]
        # Each report knows its law, and a masked one the law in which names are masked.
        how = how | {"law": None}
        if kind == "catalogue":
            _draw([("catalogue", [report for _, report in reports])], how, output, form, plain, read)
            return
        _draw([(name, _source(kind, report)) for name, report in reports], how, output, form, plain, read)


def _source(kind: str, report: Report) -> Any:
    return api.procedure(report.decision, law_known_to(report)).graph if kind == "graph" else report


def _draw(
    sources: Sequence[tuple[str, Any]],
    how: dict[str, Any],
    output: Path | None,
    form: FileForm,
    plain: bool,
    read: Sequence[Path],
) -> None:
    """Draw one source to stdout or a file, many into a folder, Graphviz running once for each 200.

    No file of a picture takes the place of one that was `read`.
    """
    if not sources:
        raise UnusableArgument("没有案卷 no record")
    folder = output is not None and (output.is_dir() or not output.suffix)
    if not folder and len(sources) > 1:
        raise UnusableArgument("多份案卷须用 --output 指定文件夹 for several records --output names a folder")
    if output is None:
        typer.echo(api.diagram(sources[0][1], **how).svg, nl=False)
        return
    if not folder:
        _save([(api.diagram(sources[0][1], **how), output)], plain, read)
        tell_written(output)
        return
    output.mkdir(parents=True, exist_ok=True)
    names = _names([name for name, _ in sources], how["kind"], form)
    waiting = _counted(
        [(name, source) for name, (_, source) in zip(names, sources, strict=True)], "绘图 drawing"
    )
    while chunk := list(islice(waiting, _CHUNK)):
        _save([(api.diagram(source, **how), output / name) for name, source in chunk], plain, read)
    tell_written(output)


def _save(pictures: Sequence[tuple[Picture, Path]], plain: bool, read: Sequence[Path]) -> None:
    from decision_procedure.diagrams.picture import save_all, sheet_path

    refuse_inputs(
        (
            sheet_path(path, number)
            for picture, path in pictures
            for number in range(1, len(picture.sheets) + 1)
        ),
        read,
    )
    save_all(pictures, plain=plain)


def _names(names: Sequence[str], kind: str, form: str) -> list[str]:
    """Return a file name for each record, different even where two records share one."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        stem = name if name == kind else f"{name}-{kind}"
        times = seen[stem] = seen.get(stem, 0) + 1
        found.append(f"{stem}.{form}" if times == 1 else f"{stem}~{times}.{form}")
    return found


def _records(paths: Sequence[Path], law: Law) -> list[tuple[str, Decision]]:
    """Return every record with the stem of its file. Raises UnusableInput with every fault in all of them."""
    return [(file.stem, record) for file, record in decisions_of(paths, law)]


def _body(place: str | None, name: str | None, level: Level | None, kind: BodyKind | None) -> str | Body:
    """Return the body that the options describe; only the code of its place where they say no more."""
    from decision_procedure.checking.governing import body_of

    if name is None and level is None and kind is None:
        return place or ""
    return body_of(place or "", name=name, level=level, kind=kind or "government")


def _counted(items: Sequence[Any], what: str) -> Iterator[Any]:
    """Yield items with a progress bar on stderr, where that is a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        yield from bar.track(items, description=what)
