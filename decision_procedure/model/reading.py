"""Reading a record: English or Chinese keys, every fault at once with file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.base import Key
from decision_procedure.model.consistency import disagreements, wrong_disputes
from decision_procedure.model.decision import Body, Decision
from decision_procedure.model.divisions import narrow
from decision_procedure.model.keys import keys_of
from decision_procedure.model.parts import keys_in, parts_of
from decision_procedure.model.places import Places
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
from decision_procedure.sources.workbook import is_workbook

Models = Callable[[str, str], type[Decision]]
"""Returns the model of the records of a body, by its GB/T 2260 code and the procedure (empty: it has none, and that of
major decisions): a law says what they may hold."""


def shipped(code: str, procedure: str) -> type[Decision]:
    """Return the model of records that hold nothing but what ships."""
    return Decision


SUFFIXES = (".yaml", ".yml", ".json", ".jsonl")


class Read(NamedTuple):
    """One record of a file, or why it is unusable; `text` begins on `line` of the file.

    `source` is where the record was read from if not from a text: a workbook.
    """

    file: str
    line: int
    text: str
    found: Decision | UnusableInput
    source: Source | None = None

    def places(self, decision: Decision) -> Places:
        """Return where the parts of the record stand in the file."""
        return Places(self.file, self.text, decision, self.line, self.source)


def no_record_in(folder: FilePath) -> UnusableInput:
    """Return the error that stands for a folder in which there is no file of records."""
    zh, en = "文件夹中没有案卷", "there is no record in this folder"
    return UnusableInput([Fault(label_of(folder), None, "", zh, en)])


def read_records(path: FilePath, models: Models = shipped) -> Iterator[Decision | UnusableInput]:
    """Yield each record of a file, or the error that makes it unusable. One record, or one a line in JSONL."""
    return (read.found for read in read_all(path, models))


def read_all(path: FilePath, models: Models = shipped) -> Iterator[Read]:
    """Yield each record of a file with its text, a JSONL file line by line in bounded memory, a workbook with its cells."""
    try:
        if path.suffix.lower() == ".jsonl":
            yield from _read_lines(path, models)
        elif is_workbook(path):
            from decision_procedure.model.workbooks.reading import (
                read_form,
            )  # which reads records as this does

            found, source = read_form(path, models)
            yield Read(label_of(path), 1, "", found, source)
        else:
            text, file = read_file(path), label_of(path)
            yield Read(file, 1, text, read_record(text, file, models, json=path.suffix.lower() == ".json"))
    except UnusableInput as error:
        yield Read(label_of(path), 1, "", error)


def _read_lines(path: FilePath, models: Models) -> Iterator[Read]:
    empty = True
    for found in read_json_lines(lines_of(path), label_of(path), partial(_read_line, models)):
        empty = False
        if isinstance(found, UnusableInput):
            yield Read(label_of(path), found.faults[0].line or 1, "", found)
        else:
            yield found
    if empty:
        raise UnusableInput([Fault(label_of(path), None, "", "文件是空的", "the file is empty")])


def _read_line(models: Models, text: str, file: str, line: int) -> Read:
    found: Decision | UnusableInput | None = _read_at_once(text, models)
    if found is None:
        source = read_json(text, file, line)
        try:
            found = record(source, models)
        except UnusableInput as error:
            found = error
    return Read(file, line, text, found)


def read_record(text: str, file: str, models: Models = shipped, *, json: bool) -> Decision:
    """Return the record written in a text. Raises UnusableInput with every fault."""
    if json:
        return _read_at_once(text, models) or record(read_json(text, file), models)
    return record(read_yaml(text, file), models)


def _read_at_once(text: str, models: Models = shipped) -> Decision | None:
    """Return the record written in a JSON text in which nothing is wrong; None: not sure."""
    if '"schema"' not in text or not is_plain(text):  # a record with Chinese keys has its own word for it
        return None
    try:
        model = Decision if models is shipped else models(*head_of(from_json(text)))
        decision = model.model_validate_json(text)
    except ValueError:
        return None
    parts = tuple(parts_of(decision))
    # pydantic takes the last of two keys that are the same: there are none if as many were read as stand there.
    # What documents say differently holds keys that are not counted: it is read the long way.
    sound = has_no_more_keys(text, keys_in(parts)) and not disagreements(decision, parts)
    return decision if sound else None


def record(source: Source, models: Models = shipped) -> Decision:
    """Return the record held in parsed data. Raises UnusableInput with every fault."""
    fault: Callable[[Path, str, str], Fault] = source.fault
    model = Decision if models is shipped else models(*head_of(source.data))
    try:
        decision = model.model_validate(source.data)
    except ValidationError:
        decision, fault = _translated(source, model)
    parts = tuple(parts_of(decision))
    wrong = (*disagreements(decision, parts), *wrong_disputes(decision, parts))
    faults = [fault(item.path, item.zh, item.en) for item in wrong]
    if faults:
        raise UnusableInput(faults)
    return decision


def head_of(data: Any) -> tuple[str, str]:
    """Return the code and procedure that a record speaks of, before anything else in it is looked at."""
    called = keys_of(Decision)
    code = _under("code", keys_of(Body), _under("body", called, data))
    procedure = _under("procedure", called, data)
    return narrow(code) if isinstance(code, str) else "", procedure if isinstance(procedure, str) else ""


def _under(key: str, called: Mapping[str, Key], data: Any) -> Any:
    return data.get(key, data.get(called[key].zh)) if isinstance(data, dict) else None


def _translated(source: Source, model: type[Decision]) -> tuple[Decision, Callable[[Path, str, str], Fault]]:
    """Return the record whose keys and words may be Chinese, and what tells a fault at the place in the file."""
    if not isinstance(source.data, dict):
        joined = isinstance(source.data, str) and ":" in source.data
        zh = "案卷应为键值结构" + ("（冒号后须有空格）" if joined else "")
        en = "a record must be a mapping of keys to values" + (
            " (a space follows the colon)" if joined else ""
        )
        raise UnusableInput([source.fault((), zh, en)])
    decision, translation = validated(source, model)
    return decision, translation.fault
