"""Reading a record: English or Chinese keys, every fault at once with file, line and key."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.consistency import disagreements
from decision_procedure.model.decision import Decision, Trait
from decision_procedure.model.keys import CHINESE, ENGLISH
from decision_procedure.model.messages import message
from decision_procedure.model.parts import keys_of
from decision_procedure.model.vocabulary import LABELS, domain_of
from decision_procedure.sources import (
    Path,
    Source,
    has_no_more_keys,
    is_plain,
    lines_of,
    path_text,
    read_file,
    read_json,
    read_json_lines,
    read_yaml,
)

SUFFIXES = (".yaml", ".yml", ".json", ".jsonl")


class Read(NamedTuple):
    """One record of a file, or why it is unusable; `text` begins on `line` of the file."""

    file: str
    line: int
    text: str
    found: Decision | UnusableInput


def read_records(path: FilePath) -> Iterator[Decision | UnusableInput]:
    """Yield each record of a file, or the error that makes it unusable. One record, or one a line in JSONL."""
    return (read.found for read in read_all(path))


def read_all(path: FilePath) -> Iterator[Read]:
    """Yield each record of a file with its text, a JSONL file line by line in bounded memory."""
    try:
        if path.suffix.lower() == ".jsonl":
            yield from _read_lines(path)
        else:
            text = read_file(path)
            yield Read(str(path), 1, text, read_record(text, str(path), json=path.suffix.lower() == ".json"))
    except UnusableInput as error:
        yield Read(str(path), 1, "", error)


def _read_lines(path: FilePath) -> Iterator[Read]:
    empty = True
    for found in read_json_lines(lines_of(path), str(path), _read_line):
        empty = False
        if isinstance(found, UnusableInput):
            yield Read(str(path), found.faults[0].line or 1, "", found)
        else:
            yield found
    if empty:
        raise UnusableInput([Fault(str(path), None, "", "文件是空的", "the file is empty")])


def _read_line(text: str, file: str, line: int) -> Read:
    found: Decision | UnusableInput | None = _read_at_once(text)
    if found is None:
        source = read_json(text, file, line)
        try:
            found = record(source)
        except UnusableInput as error:
            found = error
    return Read(file, line, text, found)


def read_record(text: str, file: str, *, json: bool) -> Decision:
    """Return the record written in a text. Raises UnusableInput with every fault."""
    if json:
        return _read_at_once(text) or record(read_json(text, file))
    return record(read_yaml(text, file))


def _read_at_once(text: str) -> Decision | None:
    """Return the record written in a JSON text in which nothing is wrong; None: not sure."""
    if not is_plain(text):
        return None
    try:
        decision = Decision.model_validate_json(text)
    except ValueError:
        return None
    # pydantic takes the last of two keys that are the same: there are none if as many were read as stand there.
    sound = has_no_more_keys(text, keys_of(decision)) and not disagreements(decision)
    return decision if sound else None


def record(source: Source) -> Decision:
    """Return the record held in parsed data. Raises UnusableInput with every fault."""
    try:
        decision = Decision.model_validate(source.data)
    except ValidationError:
        decision = _translated(source)
    faults = [_fault(source, item.path, item.zh, item.en) for item in disagreements(decision)]
    if faults:
        raise UnusableInput(faults)
    return decision


def _translated(source: Source) -> Decision:
    written: dict[Path, Path] = {}
    faults: list[Fault] = []
    if not isinstance(source.data, dict):
        joined = isinstance(source.data, str) and ":" in source.data
        zh = "案卷应为键值结构" + ("(冒号后须有空格)" if joined else "")
        en = "a record must be a mapping of keys to values" + (
            " (a space follows the colon)" if joined else ""
        )
        raise UnusableInput([_fault(source, (), zh, en)])
    data = _translate(source.data, Decision, (), (), written, faults, source)
    try:
        decision = Decision.model_validate(data)
    except ValidationError as error:
        raise UnusableInput([*faults, *_faults(error, source, written)]) from None
    if faults:
        raise UnusableInput(faults)
    return decision


def _translate(
    data: Any,
    annotation: Any,
    path: Path,
    place: Path,
    written: dict[Path, Path],
    faults: list[Fault],
    source: Source,
) -> Any:
    """Return data with canonical keys and words; `written` maps each canonical path to the one in the file."""
    written[path] = place
    if isinstance(data, list):
        item = _item_type(annotation)
        return [
            _translate(part, item, (*path, index), (*place, index), written, faults, source)
            for index, part in enumerate(data)
        ]
    if isinstance(data, dict):
        model = _model(annotation, data)
        found: dict[str, Any] = {}
        for key, value in data.items():
            name = ENGLISH.get(key, key)
            if name in found:
                where = (*place, key)
                faults.append(
                    _fault(source, where, f"与 {name} 重复", f"repeats {name} in the other language")
                )
                continue
            field = None if model is None else model.model_fields.get("schema_" if name == "schema" else name)
            kind = None if field is None else field.annotation
            found[name] = _translate(value, kind, (*path, name), (*place, key), written, faults, source)
        return found
    return _word(data, annotation)


def _word(value: Any, annotation: Any) -> Any:
    if not isinstance(value, str):
        return value
    for part in _parts(annotation):
        if part is bool or part is Trait:
            return {"是": True, "否": False, "不详": None}.get(value, value)
        if get_origin(part) is Literal:
            words = get_args(part)
            domain = "act_kind" if words[0] in ACT_CLASSES else domain_of(words)
            labels = {zh: word for word, (zh, _) in LABELS.get(domain or "", {}).items()}
            return labels.get(value, value)
    return value


def _parts(annotation: Any) -> tuple[Any, ...]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _parts(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return tuple(part for choice in get_args(annotation) for part in _parts(choice))
    return (annotation,)


def _item_type(annotation: Any) -> Any:
    for part in _parts(annotation):
        if get_origin(part) is tuple:
            return get_args(part)[0]
    return None


def _model(annotation: Any, data: dict[str, Any]) -> type[BaseModel] | None:
    parts = [part for part in _parts(annotation) if isinstance(part, type) and issubclass(part, BaseModel)]
    if len(parts) > 1:
        kind = data.get("kind", data.get(CHINESE["kind"]))
        kinds = {zh: word for word, (zh, _) in LABELS["act_kind"].items()}
        if isinstance(kind, str):
            return ACT_CLASSES.get(kinds.get(kind, kind))
        return None
    return parts[0] if parts else None


def _faults(error: ValidationError, source: Source, written: dict[Path, Path]) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        path = tuple(
            part
            for part in item["loc"]
            if not (
                isinstance(part, str)
                and part in ACT_CLASSES
                and len(item["loc"]) > 2
                and item["loc"].index(part) == 2
            )
        )
        yield _fault(source, _place(path, written), *message(item, (*CHINESE, *ENGLISH), ACT_CLASSES))


def _place(path: Path, written: dict[Path, Path]) -> Path:
    rest: Path = ()
    while path not in written and path:
        path, rest = path[:-1], (path[-1], *rest)
    return (*written.get(path, path), *rest)


def _fault(source: Source, path: Path, zh: str, en: str) -> Fault:
    return Fault(source.file, source.line(path), path_text(path), zh, en)
