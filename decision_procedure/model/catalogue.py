"""A published yearly catalogue of major decisions, as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from decision_procedure.errors import UnusableInput
from decision_procedure.model.base import Flag, Key, Moment, Part, RowNumber, Text
from decision_procedure.model.planned import (
    HEARING,
    Milestone,
    PlannedSteps,
    PlannedTime,
    Texts,
    milestones_read,
    steps_read,
    time_read,
)
from decision_procedure.model.translating import Translation, read_validated
from decision_procedure.model.vocabulary import Level
from decision_procedure.sources import read_source
from decision_procedure.wording import Language


def is_catalogue(data: Any) -> bool:
    """Say whether what a file holds is a catalogue, whole or not, and no record: it has rows and no deciding body."""
    return (
        isinstance(data, dict)
        and not {"items", "事项"}.isdisjoint(data)
        and {"body", "决策机关"}.isdisjoint(data)
    )


def lists_hearings(title: str) -> bool:
    """Say whether what bears a title lists hearings alone, not decisions."""
    return "听证" in title and "决策事项目录" not in title


class PublishedCell(Part):
    """A cell of a catalogue as published: where it stands, the header over it, its text, and what it was read as.

    `cell` names sheet or table and cell (`目录!B3`), or is a dash for a text outside the tables. `read_as` is the Chinese
    name of the field; None: it was not understood, or there is no place for it, and its text stands here alone.
    """

    cell: Annotated[Text, Key("单元格")]
    column: Annotated[Text | None, Key("表头")] = None
    text: Annotated[Text, Key("原文")]
    read_as: Annotated[Text | None, Key("读作")] = None


class CatalogueItem(Part):
    """One row. `section` names the part of the catalogue that it stands in, where each is numbered by itself. `hearing` None: the catalogue does not say; a step it leaves out is unstated, never "no".

    Units, decider and law stand as published; `lead` is the unit that the row names as leading, None where it names none
    so; `assisting` are those it names as helping. `planned_time` and `planned_steps` may be texts, which are then read;
    `milestones` are read off a planned time of several stages. `added_on` is the day on which the row was added to a catalogue
    published before (None: it was there from the start, or the catalogue does not say). `origin` are the cells that the row was imported from.
    """

    item: Annotated[RowNumber, Key("序号")]
    title: Annotated[Text, Key("事项名称")]
    section: Annotated[Text | None, Key("部分")] = None
    category: Annotated[Text | None, Key("事项类别", also=("事项分类",))] = None
    summary: Annotated[Text | None, Key("主要内容")] = None
    decider: Annotated[Text | None, Key("决策主体")] = None
    undertakers: Annotated[Texts, Key("承办单位")] = ()
    lead: Annotated[Text | None, Key("牵头单位")] = None
    assisting: Annotated[Texts, Key("配合单位")] = ()
    hearing: Annotated[Flag, Key("是否听证")] = None
    planned_time: Annotated[PlannedTime | None, Key("计划时间", also=("计划完成时间",))] = None
    planned_steps: Annotated[PlannedSteps | None, Key("计划程序", also=("履行程序要求",))] = None
    milestones: Annotated[tuple[Milestone, ...], Key("阶段安排")] = ()
    cited_law: Annotated[Texts, Key("所引依据")] = ()
    added_on: Annotated[Moment, Key("增列日期")] = None
    remark: Annotated[Text | None, Key("备注")] = None
    origin: Annotated[tuple[PublishedCell, ...], Key("原表")] = ()

    @property
    def of_hearings(self) -> bool:
        """Say whether the row stands in a part that lists hearings, not decisions."""
        return self.section is not None and lists_hearings(self.section)

    def plans(self, step: str) -> bool | None:
        """Say whether the row plans a step: a field of `PlannedSteps`, or `hearing`; None: it does not say."""
        if step == HEARING:
            return self.hearing
        found: bool | None = None if self.planned_steps is None else getattr(self.planned_steps, step)
        return found


class Catalogue(Part):
    """A catalogue with its issuer, number, year and source; `number` None: not published or not seen.

    `rows_complete` says whether every row is here. `approved`: the deciding body fixed it; `party_consent`: the Party
    committee of the same level agreed; `published`: it was then made public (713-3), on `published_on`; `approval` is
    what the notice says of it, as published. What a notice does not say is unknown: its silence on consent does not
    show that there was none. `planned_time` is the end that the notice sets for all rows. `notes` are the titles,
    remarks and other cells round the rows of the table that the catalogue was imported from, and what of them was not
    understood.
    """

    schema_: Annotated[Literal[1], Key("格式版本")] = Field(alias="schema")
    title: Annotated[Text, Key("目录名称")]
    issuer: Annotated[Text, Key("制定机关")]
    number: Annotated[Text | None, Key("文号")] = None
    year: Annotated[int, Field(strict=True, ge=1990, le=2200), Key("年度")]
    batch: Annotated[Text | None, Key("批次")] = None
    issued: Annotated[Moment, Key("印发日期")] = None
    level: Annotated[Level, Key("级别")]
    source: Annotated[Text | None, Key("来源")] = None
    rows_complete: Annotated[Flag, Key("事项完整")] = None
    approval: Annotated[Text | None, Key("审批表述")] = None
    approved: Annotated[Flag, Key("已经审批")] = None
    party_consent: Annotated[Flag, Key("已经党委同意")] = None
    published: Annotated[Flag, Key("已公布")] = None
    published_on: Annotated[Moment, Key("公布日期")] = None
    planned_time: Annotated[PlannedTime | None, Key("计划时间", also=("计划完成时间",))] = None
    cited_law: Annotated[Texts, Key("所引依据")] = ()
    items: Annotated[tuple[CatalogueItem, ...], Key("事项")]
    notes: Annotated[tuple[PublishedCell, ...], Key("表外文字")] = ()

    @field_validator("planned_time", mode="before")
    @classmethod
    def _of_the_year(cls, data: Any, info: ValidationInfo) -> Any:
        return time_read(data, info.data.get("year")) if isinstance(data, str) else data

    @field_validator("items", mode="before")
    @classmethod
    def _with_plans(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, (list, tuple)):
            return data
        year = info.data.get("year")
        return [_with_plans(dict(row), year) if isinstance(row, dict) else row for row in data]

    def to_yaml(self, lang: Language = "en") -> str:
        """Return the catalogue as YAML text. Raises UnusableArgument for another language."""
        from decision_procedure.model.writing import catalogue_yaml

        return catalogue_yaml(self, lang)

    def to_json(self, lang: Language = "en") -> str:
        """Return the catalogue as JSON text. Raises UnusableArgument for another language."""
        from decision_procedure.model.writing import as_json, catalogue_written

        return as_json(catalogue_written(self, lang))


def shorten(data: dict[str, Any]) -> None:
    """Put for the plans of a catalogue's data their texts, where these read as the same."""
    year = data["year"]
    for part in (data, *data["items"]):
        time = part.get("planned_time")
        if time is not None and time == _dumped(PlannedTime.model_validate(time_read(time["raw"], year))):
            part["planned_time"] = time["raw"]
            stages = [
                _dumped(Milestone.model_validate(stage)) for stage in milestones_read(time["raw"], year)
            ]
            if part.get("milestones") == stages:
                del part["milestones"]
        steps = part.get("planned_steps")
        raw = None if steps is None else steps.get("raw")
        if raw is not None and _stated(steps) == _stated(_dumped(PlannedSteps.model_validate(raw))):
            part["planned_steps"] = raw


def _dumped(part: Part) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude_unset=True)


def _stated(steps: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in steps.items() if value not in (None, [], ())}


def _with_plans(row: dict[str, Any], year: int | None) -> dict[str, Any]:
    """Return a row with its planned time, its stages and the hearing among its steps read off their texts."""
    time, steps = row.get("planned_time"), row.get("planned_steps")
    if isinstance(time, str):
        row["planned_time"] = time_read(time, year)
        row.setdefault("milestones", milestones_read(time, year))
    if isinstance(row.get("milestones"), str):
        text = row["milestones"]
        row["milestones"] = milestones_read(text, year) or ({"text": text},)
    raw = steps.get("raw") if isinstance(steps, dict) else steps
    if isinstance(raw, str) and row.get(HEARING) is None and HEARING in (named := steps_read(raw).named):
        row[HEARING] = named[HEARING]
    return row


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
