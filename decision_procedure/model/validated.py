"""A small file as a checked model: every fault at once, each with its line, keys in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.sources import Path, Source, path_text, read_file, read_json, read_yaml

Model = TypeVar("Model", bound=BaseModel)

_MESSAGES = {
    "missing": ("缺少此项", "this key is missing"),
    "extra_forbidden": ("没有此键", "no such key"),
    "literal_error": ("没有此值", "no such value"),
    "string_type": ("应为文字", "should be a text"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_too_long": ("文字过长", "text too long"),
    "string_pattern_mismatch": ("格式不符", "wrong form"),
    "tuple_type": ("应为列表", "should be a list"),
    "model_type": ("应为键值结构", "should be a mapping of keys to values"),
    "value_error": ("不是完整的日期", "not the date of a day"),
}


def read_validated(path: FilePath, model: type[Model], chinese: Mapping[str, str]) -> tuple[Model, Source]:
    """Return a YAML or JSON file (by its suffix) as a model, and its source for the lines of further faults.

    `chinese` maps Chinese keys to the model's. Raises UnusableInput with every fault.
    """
    text = read_file(path)
    source = read_json(text, str(path)) if path.suffix.lower() == ".json" else read_yaml(text, str(path))
    written: dict[Path, Path] = {}
    data = _translated(source.data, chinese, (), (), written)
    try:
        return model.model_validate(data), source
    except ValidationError as error:
        raise UnusableInput(_faults(error, source, written)) from None


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


def _faults(error: ValidationError, source: Source, written: Mapping[Path, Path]) -> Iterator[Fault]:
    for item in error.errors(include_url=False, include_input=False):
        path = tuple(item["loc"])
        known = next(path[:end] for end in range(len(path), -1, -1) if path[:end] in written)
        place = (*written[known], *path[len(known) :])
        zh, en = _MESSAGES.get(item["type"], (item["msg"], item["msg"]))
        yield Fault(source.file, source.line(place), path_text(place), zh, en)
