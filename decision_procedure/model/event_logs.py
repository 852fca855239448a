"""Records in event logs of OCEL 2.0 that this library wrote: each part of a record is an event or object that holds what it states."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from decision_procedure.errors import UnusableInput
from decision_procedure.model.decision import Decision
from decision_procedure.model.reading import Models, Read, record, shipped
from decision_procedure.model.writing import written
from decision_procedure.sources import CellText, Path, Source, read_json
from decision_procedure.sources.databases.logs import read_log, related, stated
from decision_procedure.wording import both

HELD = ("place", "data")
"""The attributes of a part: where it stands in its record (empty: it is the record), and what it states, as JSON."""
_LISTS = ("units", "people", "documents", "drafts", "acts")
_PLACE = re.compile(rf"({'|'.join(_LISTS)})\[([0-9]{{1,6}})\]")


def held_by(decision: Decision) -> Mapping[str, dict[str, str]]:
    """Return what each part of a record holds in a log, by its place."""
    data = written(decision)
    found = {f"{name}[{index}]": part for name in _LISTS for index, part in enumerate(data.pop(name, ()))}
    return {
        place: dict(zip(HELD, (place, json.dumps(part, ensure_ascii=False, separators=(",", ":"))), strict=True))
        for place, part in {"": data, **found}.items()
    }  # fmt: skip


def logged_records(path: FilePath, models: Models = shipped) -> Iterator[Read]:
    """Yield each record of a log, or why it is unusable. Raises UnusableInput for a file that is no such log."""
    source = read_log(path)
    records: dict[str, Mapping[str, Any]] = {}
    parts: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for item in (*source.data["objects"], *source.data["events"]):
        held = stated(item)
        if not all(isinstance(held.get(name), str) for name in HELD):
            continue
        if not held["place"]:
            records[item["id"]] = item
            continue
        for qualifier, other in related(item):
            if qualifier == "decision":
                parts[other].append(item)
    if not records:
        raise UnusableInput([source.fault((), *both("tables.other_log"))])
    for number, (name, item) in enumerate(records.items(), 1):
        yield _read(source, number, item, parts[name], models)


def _read(source: Source, number: int, whole: Mapping[str, Any], parts: list[Mapping[str, Any]], models: Models) -> Read:  # fmt: skip
    try:
        cells: dict[Path, CellText] = {(): CellText(whole["id"], "")}
        data = _data(source, whole)
        lists: dict[str, dict[int, Mapping[str, Any]]] = defaultdict(dict)
        for item in parts:
            if match := _PLACE.fullmatch(stated(item)["place"]):
                lists[match[1]][int(match[2])] = item
        for name, items in lists.items():
            ordered = [items[index] for index in sorted(items)]
            data[name] = [_data(source, item) for item in ordered]
            cells |= {(name, index): CellText(item["id"], "") for index, item in enumerate(ordered)}
        made = Source(source.file, data, cells=cells)
        return Read(source.file, number, "", record(made, models), made)
    except UnusableInput as error:
        return Read(source.file, number, "", error)


def _data(source: Source, item: Mapping[str, Any]) -> dict[str, Any]:
    found = read_json(stated(item)["data"], source.file).data
    if not isinstance(found, dict):
        raise UnusableInput([Source(source.file, {}, cells={(): CellText(item["id"], "")}).fault((), *both("tables.other_log"))])  # fmt: skip
    return found


__all__ = ["HELD", "held_by", "logged_records"]
