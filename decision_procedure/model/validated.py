"""A small file as a checked model: every fault at once, each with its line, keys in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.messages import message
from decision_procedure.sources import Path, Source, path_text, read_source

Model = TypeVar("Model", bound=BaseModel)


def read_validated(path: FilePath, model: type[Model], chinese: Mapping[str, str]) -> tuple[Model, Source]:
    """Return a YAML or JSON file (by its suffix) as a model, and its source for the lines of further faults.

    `chinese` maps Chinese keys to the model's. Raises UnusableInput with every fault.
    """
    source = read_source(path)
    written: dict[Path, Path] = {}
    data = _translated(source.data, chinese, (), (), written)
    try:
        return model.model_validate(data), source
    except ValidationError as error:
        raise UnusableInput(_faults(error, source, written, (*chinese, *chinese.values()))) from None


def _translated(
    data: Any, chinese: Mapping[str, str], path: Path, place: Path, written: dict[Path, Path]
) -> Any:
    written[path] = place
    if isinstance(data, list):
        return [
            _translated(part, chinese, (*path, index), (*place, index), written)
            for index, part in enumerate(data)
        ]
    if isinstance(data, dict):
        # A key given in both languages keeps its Chinese name, and is refused as unknown.
        names = {key: key if chinese.get(key, key) in data else chinese.get(key, key) for key in data}
        return {
            names[key]: _translated(value, chinese, (*path, names[key]), (*place, key), written)
            for key, value in data.items()
        }
    return data


def _faults(
    error: ValidationError, source: Source, written: Mapping[Path, Path], keys: tuple[str, ...]
) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        path = tuple(item["loc"])
        known = next(path[:end] for end in range(len(path), -1, -1) if path[:end] in written)
        place = (*written[known], *path[len(known) :])
        zh, en = message(item, keys)
        yield Fault(source.file, source.line(place), path_text(place), zh, en)
