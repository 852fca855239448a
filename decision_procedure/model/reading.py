"""Reading a record: English or Chinese keys, every fault at once with file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path as FilePath
from typing import NamedTuple

from pydantic import ValidationError

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.consistency import disagreements, wrong_disputes
from decision_procedure.model.decision import Decision
from decision_procedure.model.keys import ENGLISH
from decision_procedure.model.parts import keys_in, parts_of
from decision_procedure.model.translating import validated
from decision_procedure.sources import (
    Path,
    Source,
    has_no_more_keys,
    is_plain,
    label_of,
    lines_of,
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


def no_record_in(folder: FilePath) -> UnusableInput:
    """Return the error that stands for a folder in which there is no file of records."""
    zh, en = "文件夹中没有案卷", "there is no record in this folder"
    return UnusableInput([Fault(label_of(folder), None, "", zh, en)])


def read_records(path: FilePath) -> Iterator[Decision | UnusableInput]:
    """Yield each record of a file, or the error that makes it unusable. One record, or one a line in JSONL."""
    return (read.found for read in read_all(path))


def read_all(path: FilePath) -> Iterator[Read]:
    """Yield each record of a file with its text, a JSONL file line by line in bounded memory."""
    try:
        if path.suffix.lower() == ".jsonl":
            yield from _read_lines(path)
        else:
            text, file = read_file(path), label_of(path)
            yield Read(file, 1, text, read_record(text, file, json=path.suffix.lower() == ".json"))
    except UnusableInput as error:
        yield Read(label_of(path), 1, "", error)


def _read_lines(path: FilePath) -> Iterator[Read]:
    empty = True
    for found in read_json_lines(lines_of(path), label_of(path), _read_line):
        empty = False
        if isinstance(found, UnusableInput):
            yield Read(label_of(path), found.faults[0].line or 1, "", found)
        else:
            yield found
    if empty:
        raise UnusableInput([Fault(label_of(path), None, "", "文件是空的", "the file is empty")])


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
    if '"schema"' not in text or not is_plain(text):  # a record with Chinese keys has its own word for it
        return None
    try:
        decision = Decision.model_validate_json(text)
    except ValueError:
        return None
    parts = tuple(parts_of(decision))
    # pydantic takes the last of two keys that are the same: there are none if as many were read as stand there.
    # What documents say differently holds keys that are not counted: it is read the long way.
    sound = has_no_more_keys(text, keys_in(parts)) and not disagreements(decision, parts)
    return decision if sound else None


def record(source: Source) -> Decision:
    """Return the record held in parsed data. Raises UnusableInput with every fault."""
    fault: Callable[[Path, str, str], Fault] = source.fault
    try:
        decision = Decision.model_validate(source.data)
    except ValidationError:
        decision, fault = _translated(source)
    parts = tuple(parts_of(decision))
    wrong = (*disagreements(decision, parts), *wrong_disputes(decision, parts))
    faults = [fault(item.path, item.zh, item.en) for item in wrong]
    if faults:
        raise UnusableInput(faults)
    return decision


def _translated(source: Source) -> tuple[Decision, Callable[[Path, str, str], Fault]]:
    """Return the record whose keys and words may be Chinese, and what tells a fault at the place in the file."""
    if not isinstance(source.data, dict):
        joined = isinstance(source.data, str) and ":" in source.data
        zh = "案卷应为键值结构" + ("(冒号后须有空格)" if joined else "")
        en = "a record must be a mapping of keys to values" + (
            " (a space follows the colon)" if joined else ""
        )
        raise UnusableInput([source.fault((), zh, en)])
    decision, translation = validated(source, Decision, ENGLISH)
    return decision, translation.fault
