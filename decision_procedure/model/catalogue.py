"""A published yearly catalogue of major decisions, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from decision_procedure.errors import UnusableInput
from decision_procedure.model.base import Flag, Moment, Part, Text
from decision_procedure.model.translating import Translation, read_validated
from decision_procedure.model.vocabulary import Level
from decision_procedure.sources import read_source


class CatalogueItem(Part):
    """One row. `hearing` None: the catalogue does not say; a step it leaves out is unstated, never "no".

    `planned_time` and `planned_steps` are as published, `cited_law` what the row gives as its basis.
    """

    item: Text
    title: Text
    undertakers: tuple[Text, ...] = ()
    hearing: Flag = None
    planned_time: Text | None = None
    planned_steps: Text | None = None
    cited_law: tuple[Text, ...] = ()


class Catalogue(Part):
    """A catalogue with its issuer, number, year and source; `number` None: not published or not seen.

    `rows_complete` says whether every row is here.
    """

    schema_: Literal[1] = Field(alias="schema")
    title: Text
    issuer: Text
    number: Text | None = None
    year: Annotated[int, Field(strict=True, ge=1990, le=2200)]
    issued: Moment = None
    level: Level
    source: Text | None = None
    rows_complete: Flag = None
    cited_law: tuple[Text, ...] = ()
    items: tuple[CatalogueItem, ...]


SUFFIXES = (".yaml", ".yml", ".json")
CHINESE: Mapping[str, str] = {
    "格式版本": "schema", "目录名称": "title", "制定机关": "issuer", "文号": "number", "年度": "year", "印发日期": "issued",
    "级别": "level", "来源": "source", "事项完整": "rows_complete", "所引依据": "cited_law", "事项": "items",
    "序号": "item", "事项名称": "title", "承办单位": "undertakers", "是否听证": "hearing", "计划时间": "planned_time",
    "计划程序": "planned_steps",
}  # fmt: skip


def load_catalogue(path: str | Path) -> Catalogue:
    """Return the catalogue of a YAML or JSON file, its keys in either language.

    Raises UnusableInput with every fault in it.
    """
    catalogue, written = read_validated(Path(path), Catalogue, CHINESE)
    numbers = [item.item for item in catalogue.items]
    repeated = [index for index, number in enumerate(numbers) if number in numbers[:index]]
    if repeated:
        raise UnusableInput(
            written.fault(("items", index, "item"), "序号重复", "number used twice") for index in repeated
        )
    return catalogue


def place_lines(path: str | Path) -> Callable[[str], int | None]:
    """Return a function from a place in a catalogue, such as `items[2].cited_law[0]`, to its line.

    Raises UnusableInput for a file that cannot be read.
    """
    written = Translation(read_source(Path(path)), Catalogue, CHINESE)

    def line(place: str) -> int | None:
        parts = _PART.findall(place)
        return written.line(tuple(int(number) if number else name for name, number in parts))

    return line


_PART = re.compile(r"([a-z_]+)|\[(\d+)\]")
