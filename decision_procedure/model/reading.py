"""Reading a record: English or Chinese keys, every fault at once with file, line and key."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.base import IDENTIFIER
from decision_procedure.model.consistency import disagreements
from decision_procedure.model.decision import DIGEST, DIVISION, Decision, Trait
from decision_procedure.model.keys import CHINESE, ENGLISH
from decision_procedure.model.vocabulary import LABELS, domain_of
from decision_procedure.sources import (
    Path,
    Source,
    lines_of,
    path_text,
    plain_json,
    read_file,
    read_json,
    read_json_lines,
    read_yaml,
)
from decision_procedure.sources.faults import shown

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
    try:
        decision = Decision.model_validate(plain_json(text))
    except ValidationError:
        return None
    return None if disagreements(decision) else decision


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


_MESSAGES = {
    "missing": ("缺少此项", "this key is missing"),
    "extra_forbidden": ("没有此键", "no such key"),
    "literal_error": ("没有此值", "no such word"),
    "bool_type": ("应为 true 或者 false", "should be true or false"),
    "int_type": ("应为整数", "should be a whole number"),
    "string_type": ("应为文字", "should be a text"),
    "tuple_type": ("应为列表", "should be a list"),
    "model_type": ("应为键值结构", "should be a mapping of keys to values"),
    "model_attributes_type": ("应为键值结构", "should be a mapping of keys to values"),
    "union_tag_not_found": ("行为缺少 kind", "an act needs its kind"),
    "union_tag_invalid": ("没有这种行为", "no such kind of act"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_too_long": ("文字过长", "text too long"),
    "greater_than_equal": ("数值过小", "the number is too small"),
    "less_than_equal": ("数值过大", "the number is too large"),
    "string_unicode": ("文字中有残缺字符", "a text holds half a character"),
}
_FORMS = {
    IDENTIFIER: (
        "编号应为 1 至 100 个字符,不含空格",
        "an identifier has 1 to 100 characters, none of them a space",
    ),
    DIVISION: (
        "应为 2、4、6、9 或者 12 位行政区划代码",
        "should be a division code of 2, 4, 6, 9 or 12 digits",
    ),
    DIGEST: ("应为 64 位小写十六进制的 SHA-256 值", "should be a SHA-256 of 64 small hexadecimal digits"),
}


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
        form = _FORMS.get(str(item.get("ctx", {}).get("pattern")))
        zh, en = form or _MESSAGES.get(item["type"]) or _own_message(str(item["msg"]))
        zh, en = (zh + _hint(item, path), en + _hint(item, path))
        yield _fault(source, _place(path, written), zh, en)


def _own_message(message: str) -> tuple[str, str]:
    """Return a validator's message in both languages; ours already hold both."""
    message = message.removeprefix("Value error, ")
    if "out of range for month" in message or "month must be" in message:
        return "没有这一天", "there is no such day"
    return message, message


def _hint(item: Any, path: Path) -> str:
    word = ""
    known: tuple[str, ...] = ()
    if item["type"] == "extra_forbidden":
        word, known = str(path[-1])[:60], tuple(CHINESE) + tuple(ENGLISH)
    elif item["type"] == "literal_error":
        word, known = (
            str(item["input"])[:60],
            tuple(item["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")),
        )
    elif item["type"] == "union_tag_invalid":
        word, known = str(item["ctx"]["tag"])[:60], tuple(ACT_CLASSES)
    else:
        return ""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f":{shown(word)}" + (f" → {close[0]}?" if close else "")


def _place(path: Path, written: dict[Path, Path]) -> Path:
    rest: Path = ()
    while path not in written and path:
        path, rest = path[:-1], (path[-1], *rest)
    return (*written.get(path, path), *rest)


def _fault(source: Source, path: Path, zh: str, en: str) -> Fault:
    return Fault(source.file, source.line(path), path_text(path), zh, en)
