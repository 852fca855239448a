"""A published yearly catalogue of major decisions, as data."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.base import Flag, Moment, Part, Text
from decision_procedure.model.messages import keys_at, message
from decision_procedure.sources import Source, path_text, read_file, read_yaml


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
    level: Annotated[str, StringConstraints(pattern=r"^(province|city|county|township|subdistrict)$")]
    source: Text | None = None
    rows_complete: Flag = None
    cited_law: tuple[Text, ...] = ()
    items: tuple[CatalogueItem, ...]


def load_catalogue(path: str | Path) -> Catalogue:
    """Return the catalogue of a YAML file. Raises UnusableInput with every fault in it."""
    source = _source(path)
    try:
        catalogue = Catalogue.model_validate(source.data)
    except ValidationError as error:
        raise UnusableInput(
            Fault(
                source.file,
                source.line(tuple(item["loc"])),
                path_text(tuple(item["loc"])),
                *message(item, keys_at(Catalogue, item["loc"][:-1])),
            )
            for item in error.errors(include_url=False)
        ) from None
    numbers = [item.item for item in catalogue.items]
    repeated = [index for index, number in enumerate(numbers) if number in numbers[:index]]
    if repeated:
        raise UnusableInput(
            Fault(
                source.file,
                source.line(("items", index)),
                f"items[{index}].item",
                "序号重复",
                "number used twice",
            )
            for index in repeated
        )
    return catalogue


def place_lines(path: str | Path) -> Callable[[str], int | None]:
    """Return a function from a place in a catalogue, such as `items[2].cited_law[0]`, to its line.

    Raises UnusableInput for a file that cannot be read.
    """
    source = _source(path)

    def line(place: str) -> int | None:
        parts = _PART.findall(place)
        return source.line(tuple(int(number) if number else name for name, number in parts))

    return line


_PART = re.compile(r"([a-z_]+)|\[(\d+)\]")


def _source(path: str | Path) -> Source:
    return read_yaml(read_file(Path(path)), str(path))
