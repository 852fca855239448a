"""`new`: a record to fill in, with what a matter needs by the law of its place and day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from decision_procedure import api
from decision_procedure.api.records import other_content
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import LANG, AsOf, LangOption
from decision_procedure.cli.records import decision_of
from decision_procedure.cli.sink import write_whole
from decision_procedure.errors import UnusableArgument, hint
from decision_procedure.model.catalogue import Catalogue, CatalogueItem, load_catalogue
from decision_procedure.model.dates import day_of
from decision_procedure.model.divisions import level_of
from decision_procedure.model.keys import keys_of
from decision_procedure.model.planned import PlannedSteps
from decision_procedure.model.traits import Traits
from decision_procedure.model.vocabulary import LABELS, PLACES
from decision_procedure.render.text import plain

Texts = list[str] | None


NewForm = Literal["yaml", "xlsx"]


def new(
    output: Annotated[
        Path | None, typer.Argument(help="新案卷文件，默认输出到终端 the new file (default: stdout)")
    ] = None,
    body: Annotated[str, typer.Option("--body", help="决策机关 the deciding body")] = "",
    level: Annotated[str, typer.Option("--level", help="级别，如 县级 its level, such as county")] = "",
    code: Annotated[
        str, typer.Option("--code", help="行政区划代码，据以适用地方规定 GB/T 2260 code, for local law")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="事项名称 the title of the matter")] = "",
    matter: Annotated[
        Texts,
        typer.Option(
            "--matter",
            help="事项类别、特别程序或事项特征，如 定价，可重复 class, track or trait; may be repeated",
        ),
    ] = None,
    origin: Annotated[
        str,
        typer.Option(
            "--from", help="取自目录事项（目录.yaml#5）或者已有案卷 from an item of a catalogue, or a record"
        ),
    ] = "",
    as_of: AsOf = None,
    rules: RulesOption = None,
    form: Annotated[
        NewForm | None,
        typer.Option(
            "--format",
            help="骨架或者 Excel 案卷表，默认按文件名 a skeleton, or a form (default: by the file)",
        ),
    ] = None,
    lang: LangOption = LANG,
) -> None:
    """新建案卷骨架或者 Excel 案卷表 Write a record to fill in, with the acts that the matter needs by the law of its place and day."""
    if output is not None and output.exists():
        raise UnusableArgument(f"文件已存在 the file exists already: {output}")
    law, day = law_of(rules), date.today() if as_of is None else day_of(as_of, "--as-of")
    if origin and "#" not in origin and Path(origin).is_file() and other_content(Path(origin)) != "catalogue":
        if body or level or code or title or matter:
            raise UnusableArgument(
                "--from 案卷 已写明机关和事项，不能再写 the record says already what these options say: --body --level --code --title --matter"
            )
        record = decision_of(Path(origin), law)
    else:
        start = dict(_from_catalogue(origin)) if origin else {}
        record = api.decision(_stated(start, body, level, code, title, matter or ()), law)
    if form == "xlsx" or (form is None and output is not None and output.suffix.lower() == ".xlsx"):
        made = api.form(record, as_of=day, law=law, lang=lang)
        write_whole(made.data, output)
        for place in made.left_out:
            typer.echo(plain(f"案卷表写不下 the form cannot hold: {place}"), err=True)
    else:
        write_whole(api.skeleton(record, as_of=day, law=law, lang=lang).encode(), output)


def _stated(
    start: Mapping[str, Any], body: str, level: str, code: str, title: str, matter: Iterable[str]
) -> dict[str, Any]:
    """Return what is known of a new record as data. Raises UnusableArgument for words that mean nothing."""
    name = body or start.get("issuer", "")
    if not name:
        raise UnusableArgument("请写明决策机关 say which body decides: --body 示例县人民政府")
    stated: dict[str, Any] = {"schema": 1, "title": title or start.get("title") or "(待填)"}
    stated["body"] = {"name": _government(name), "kind": "government"}
    if found := _level(level, code) or start.get("level") or _level_told(name):
        stated["body"]["level"] = found
    if code:
        stated["body"]["code"] = code
    stated |= {
        key: value for key, value in start.items() if key in ("catalogue", "units", "lead_unit", "cited_law")
    }
    for word in matter:
        _put(stated, *_meant(word))
    return stated


def _government(name: str) -> str:
    """Return the people's government of a place that is given by its bare name."""
    return f"{name}人民政府" if name[-1:] in PLACES else name


def _level_told(name: str) -> str | None:
    """Return the level that the name of a people's government tells; written into the skeleton, where it can be put right."""
    return PLACES.get(name.removesuffix("人民政府")[-1:])


def _level(level: str, code: str) -> str | None:
    if not level:
        return level_of(code) if code else None
    words = {
        **{zh: word for word, (zh, _) in LABELS["level"].items()},
        **{word: word for word in LABELS["level"]},
    }
    if level not in words:
        raise UnusableArgument(
            f"没有此级别 no such level: {level[:20]}{hint(level, words)} ({'、'.join(words)})"
        )
    return words[level]


def _meant(word: str) -> tuple[str, str]:
    """Return which key a word for a matter belongs under, and the word there. Raises UnusableArgument for none or several."""
    known = dict(_matters())
    exact = known.get(word)
    like = [found for name, found in known.items() if word in name] if exact is None else [exact]
    chosen = list(dict.fromkeys(like))
    if len(chosen) != 1:
        names = [name for name, found in known.items() if found in chosen] or list(known)
        problem = "指几项 means several" if chosen else "没有此项 no such matter"
        raise UnusableArgument(
            f"{problem}: --matter {word[:20]}{hint(word[:20], known)} ({'、'.join(names)})"
        )
    return chosen[0]


def _matters() -> Iterator[tuple[str, tuple[str, str]]]:
    for key, domain in (("matter_class", "matter_class"), ("tracks", "track")):
        for word, (zh, _) in LABELS[domain].items():
            yield zh, (key, word)
            yield word, (key, word)
    for name, called in keys_of(Traits).items():
        yield called.zh, ("traits", name)
        yield name, ("traits", name)


def _put(stated: dict[str, Any], key: str, word: str) -> None:
    if key == "traits":
        stated.setdefault("traits", {})[word] = True
    elif key == "tracks":
        stated.setdefault("tracks", []).append(word)
    else:
        stated[key] = word


def _from_catalogue(place: str) -> Iterator[tuple[str, Any]]:
    """Yield what an item of a catalogue tells: `FILE#number`. Raises UnusableArgument where there is no such item."""
    file, mark, number = place.rpartition("#")
    if not mark:
        raise UnusableArgument(f"应写成 目录.yaml#序号 write FILE#number: {place[:60]}")
    found = load_catalogue(file)
    rows = [row for row in found.items if row.item == number]
    if len(rows) != 1:
        raise UnusableArgument(
            f"目录中此序号有 {len(rows)} 项 items of this number in the catalogue: {len(rows)}: {number[:20]}"
        )
    yield from _of_row(found, rows[0])


def _steps_of(row: CatalogueItem) -> list[str] | None:
    """Return the steps that a row plans: its own words, or the names of those it affirms; None: it says nothing of them."""
    steps = row.planned_steps
    if steps is None:
        return None
    if steps.raw is not None:
        return [steps.raw]
    affirmed = [key.zh for name, key in keys_of(PlannedSteps).items() if getattr(steps, name) is True]
    return affirmed or None


def _of_row(catalogue: Catalogue, row: CatalogueItem) -> Iterator[tuple[str, Any]]:
    yield "title", row.title
    yield "issuer", catalogue.issuer
    yield "level", catalogue.level
    entry: Mapping[str, Any] = {
        "listed": True,
        "year": catalogue.year,
        "item": row.item,
        "section": row.section,
        "planned_steps": _steps_of(row),
        "hearing_planned": row.hearing,
        "approved": catalogue.approved,
        "party_consent": catalogue.party_consent,
        "published": catalogue.published,
    }
    yield "catalogue", {key: value for key, value in entry.items() if value is not None}
    units = [{"id": f"u{index}", "name": name} for index, name in enumerate(row.undertakers, 1)]
    if units:
        yield "units", units
        yield "lead_unit", units[0]["id"]
    if row.cited_law:
        yield "cited_law", list(row.cited_law)
