"""A published yearly catalogue of major decisions, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from decision_procedure.errors import UnusableInput
from decision_procedure.model.base import Flag, Moment, Part, RowNumber, Text
from decision_procedure.model.translating import Translation, read_validated
from decision_procedure.model.vocabulary import Level
from decision_procedure.sources import read_source


def _as_list(text: Any) -> Any:
    return (text,) if isinstance(text, str) else text


Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]
"""A list of texts; one text counts as a list of one."""


class CatalogueItem(Part):
    """One row. `section` names the part of the catalogue that it stands in, where each is numbered by itself. `hearing` None: the catalogue does not say; a step it leaves out is unstated, never "no".

    `planned_time` and `planned_steps` are as published, `cited_law` what the row gives as its basis.
    """

    item: RowNumber
    title: Text
    section: Text | None = None
    undertakers: Texts = ()
    hearing: Flag = None
    planned_time: Text | None = None
    planned_steps: Text | None = None
    cited_law: Texts = ()


class Catalogue(Part):
    """A catalogue with its issuer, number, year and source; `number` None: not published or not seen.

    `rows_complete` says whether every row is here. `approved`: the deciding body fixed it; `party_consent`: the Party
    committee of the same level agreed; `published`: it was then made public (713-3). What a notice does not say is
    unknown: its silence on consent does not show that there was none.
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
    approved: Flag = None
    party_consent: Flag = None
    published: Flag = None
    cited_law: Texts = ()
    items: tuple[CatalogueItem, ...]


SUFFIXES = (".yaml", ".yml", ".json")
CHINESE: Mapping[str, str] = {
    "格式版本": "schema", "目录名称": "title", "制定机关": "issuer", "文号": "number", "年度": "year", "印发日期": "issued",
    "级别": "level", "来源": "source", "事项完整": "rows_complete", "所引依据": "cited_law", "事项": "items",
    "序号": "item", "事项名称": "title", "承办单位": "undertakers", "是否听证": "hearing", "计划时间": "planned_time",
    "计划程序": "planned_steps", "部分": "section", "已经审批": "approved", "已经党委同意": "party_consent",
    "已公布": "published",
}  # fmt: skip


def load_catalogue(path: str | Path) -> Catalogue:
    """Return the catalogue of a YAML or JSON file, its keys in either language.

    Raises UnusableInput with every fault in it.
    """
    catalogue, written = read_validated(Path(path), Catalogue, CHINESE)
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
    written = Translation(read_source(Path(path)), Catalogue, CHINESE)

    def line(place: str) -> int | None:
        parts = _PART.findall(place)
        return written.line(tuple(int(number) if number else name for name, number in parts))

    return line


_PART = re.compile(r"([a-z_]+)|\[(\d+)\]")
