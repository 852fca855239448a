"""A published yearly catalogue of major decisions, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from decision_procedure.errors import UnusableInput
from decision_procedure.model.base import Flag, Key, Moment, Part, RowNumber, Text
from decision_procedure.model.translating import Translation, read_validated
from decision_procedure.model.vocabulary import Level
from decision_procedure.sources import read_source


def _as_list(text: Any) -> Any:
    return (text,) if isinstance(text, str) else text


Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]
"""A list of texts; one text counts as a list of one."""


def is_catalogue(data: Any) -> bool:
    """Say whether what a file holds is a catalogue, whole or not, and no record: it has rows and no deciding body."""
    return (
        isinstance(data, dict)
        and not {"items", "事项"}.isdisjoint(data)
        and {"body", "决策机关"}.isdisjoint(data)
    )


class CatalogueItem(Part):
    """One row. `section` names the part of the catalogue that it stands in, where each is numbered by itself. `hearing` None: the catalogue does not say; a step it leaves out is unstated, never "no".

    `planned_time` and `planned_steps` are as published, `cited_law` what the row gives as its basis.
    """

    item: Annotated[RowNumber, Key("序号")]
    title: Annotated[Text, Key("事项名称")]
    section: Annotated[Text | None, Key("部分")] = None
    undertakers: Annotated[Texts, Key("承办单位")] = ()
    hearing: Annotated[Flag, Key("是否听证")] = None
    planned_time: Annotated[Text | None, Key("计划时间")] = None
    planned_steps: Annotated[Text | None, Key("计划程序")] = None
    cited_law: Annotated[Texts, Key("所引依据")] = ()


class Catalogue(Part):
    """A catalogue with its issuer, number, year and source; `number` None: not published or not seen.

    `rows_complete` says whether every row is here. `approved`: the deciding body fixed it; `party_consent`: the Party
    committee of the same level agreed; `published`: it was then made public (713-3). What a notice does not say is
    unknown: its silence on consent does not show that there was none.
    """

    schema_: Annotated[Literal[1], Key("格式版本")] = Field(alias="schema")
    title: Annotated[Text, Key("目录名称")]
    issuer: Annotated[Text, Key("制定机关")]
    number: Annotated[Text | None, Key("文号")] = None
    year: Annotated[int, Field(strict=True, ge=1990, le=2200), Key("年度")]
    issued: Annotated[Moment, Key("印发日期")] = None
    level: Annotated[Level, Key("级别")]
    source: Annotated[Text | None, Key("来源")] = None
    rows_complete: Annotated[Flag, Key("事项完整")] = None
    approved: Annotated[Flag, Key("已经审批")] = None
    party_consent: Annotated[Flag, Key("已经党委同意")] = None
    published: Annotated[Flag, Key("已公布")] = None
    cited_law: Annotated[Texts, Key("所引依据")] = ()
    items: Annotated[tuple[CatalogueItem, ...], Key("事项")]


SUFFIXES = (".yaml", ".yml", ".json")


def load_catalogue(path: str | Path) -> Catalogue:
    """Return the catalogue of a YAML or JSON file, its keys in either language.

    Raises UnusableInput with every fault in it.
    """
    catalogue, written = read_validated(Path(path), Catalogue)
    repeated = tuple(_repeated(catalogue.items))
    if repeated:
        raise UnusableInput(
            written.fault(("items", index, "item"), "序号重复", "number used twice") for index in repeated
        )
    return catalogue


def _repeated(items: Iterable[CatalogueItem]) -> Iterator[int]:
    """Yield the places of rows whose number was used before in their part.

    Where rows do not name their part, a number that begins again with that of the first row, after more than
    one row, begins another part.
    """
    numbers: dict[str | None, dict[str, None]] = {}
    for index, row in enumerate(items):
        used = numbers.setdefault(row.section, {})
        if row.section is None and len(used) > 1 and row.item == next(iter(used)):
            used.clear()
        if row.item in used:
            yield index
        used[row.item] = None


def place_lines(path: str | Path) -> Callable[[str], int | None]:
    """Return a function from a place in a catalogue, such as `items[2].cited_law[0]`, to its line.

    Raises UnusableInput for a file that cannot be read.
    """
    written = Translation(read_source(Path(path)), Catalogue)

    def line(place: str) -> int | None:
        parts = _PART.findall(place)
        return written.line(tuple(int(number) if number else name for name, number in parts))

    return line


_PART = re.compile(r"([a-z_]+)|\[(\d+)\]")
