"""Safe reading of untrusted YAML and JSON text: every fault at once, positions on demand.

Dates stay text, only `true` and `false` are truth values, keys are texts and stand once. Aliases, tags,
merge keys and second documents are refused: a record needs none, and they are how small files grow large.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from decision_procedure.errors import Fault, UnusableInput

MAX_BYTES = 20_000_000
MAX_DEPTH = 40
MAX_NODES = 2_000_000

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Source:
    """A parsed text: plain data, and where each part of it stands."""

    file: str
    data: Any
    text: str = field(repr=False)
    first_line: int = 1
    _lines: dict[Path, int] | None = field(default=None, repr=False)

    def line(self, path: Path) -> int | None:
        """Return the line of a part, or of the nearest part around it; None when the text has no lines."""
        if self._lines is None:
            self._lines = _positions(self.text, self.first_line)
        while path not in self._lines:
            if not path:
                return None
            path = path[:-1]
        return self._lines[path]


def read_file(path: FilePath) -> str:
    """Return the text of a UTF-8 file. Raises UnusableInput for anything else."""
    name = str(path)
    try:
        if path.is_dir():
            raise UnusableInput(
                [Fault(name, None, "", "这是文件夹,不是文件", "this is a folder, not a file")]
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnusableInput([_too_large(name, size)])
        raw = path.read_bytes()
    except OSError as error:
        raise UnusableInput(
            [Fault(name, None, "", "文件无法读取", f"cannot read the file: {error.strerror}")]
        ) from error
    return decode(raw, name)


def decode(raw: bytes, file: str) -> str:
    """Return bytes as UTF-8 text. Raises UnusableInput for binary, empty, oversized or otherwise coded data."""
    if len(raw) > MAX_BYTES:
        raise UnusableInput([_too_large(file, len(raw))])
    if b"\0" in raw:
        raise UnusableInput(
            [Fault(file, None, "", "这是二进制文件,不是文本", "binary data, not a text file")]
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        zh, en = "不是 UTF-8 编码,请另存为 UTF-8", "not UTF-8: save the file as UTF-8"
        raise UnusableInput([Fault(file, line, "", zh, en)]) from error
    if not text.strip():
        raise UnusableInput([Fault(file, None, "", "文件是空的", "the file is empty")])
    return text


def read_yaml(text: str, file: str) -> Source:
    """Return the data of one YAML document. Raises UnusableInput with every fault found."""
    _refuse_size(text, file)
    faults: list[Fault] = []
    node = _compose(text, file, faults)
    data = _construct(node, (), file, faults) if node is not None else None
    if faults:
        raise UnusableInput(faults)
    return Source(file, data, text)


def read_json(text: str, file: str, first_line: int = 1) -> Source:
    """Return the data of one JSON text. Raises UnusableInput with every fault found."""
    _refuse_size(text, file)
    repeated: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            repeated.extend(sorted({name for name in names if names.count(name) > 1}))
        return found

    try:
        data = json.loads(text, object_pairs_hook=unique, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise UnusableInput(
            [Fault(file, line, "", f"JSON 语法错误:第 {error.colno} 列", f"JSON syntax: {error.msg}")]
        ) from error
    except RecursionError as error:
        raise UnusableInput([Fault(file, first_line, "", "嵌套过深", "nested too deeply")]) from error
    except ValueError as error:
        zh, en = "含有不能使用的数字", f"unusable number: {error}"[:200]
        raise UnusableInput([Fault(file, first_line, "", zh, en)]) from error
    if repeated:
        raise UnusableInput(
            Fault(
                file, _line_of_key(text, name, first_line), name, f"键重复:{name}", f"key used twice: {name}"
            )
            for name in repeated
        )
    if "\\u" in text and _has_surrogate(data):
        raise UnusableInput(
            [
                Fault(
                    file, first_line, "", "文字中有残缺字符", "a text holds half a character (lone surrogate)"
                )
            ]
        )
    return Source(file, data, text, first_line)


def read_json_lines(lines: Iterator[str], file: str) -> Iterator[Source | UnusableInput]:
    """Yield each line of a JSONL text as a Source, or as the error that makes it unusable."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield read_json(line, file, number)
        except UnusableInput as error:
            yield error


def path_text(path: Path) -> str:
    """Return a path as text: `acts[3].end`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _too_large(file: str, size: int) -> Fault:
    return Fault(
        file,
        None,
        "",
        f"文件过大:{size} 字节,上限 {MAX_BYTES}",
        f"too large: {size} bytes, limit {MAX_BYTES}",
    )


def _refuse_size(text: str, file: str) -> None:
    if len(text) > MAX_BYTES:
        raise UnusableInput([_too_large(file, len(text))])
    if not text.strip():
        raise UnusableInput([Fault(file, None, "", "内容是空的", "there is nothing in it")])


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"not a JSON number: {name}")


def _line_of_key(text: str, name: str, first_line: int) -> int:
    at = [match.start() for match in re.finditer(re.escape(json.dumps(name, ensure_ascii=False)), text)]
    return first_line + text.count("\n", 0, at[1] if len(at) > 1 else 0)


def _has_surrogate(data: Any) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


# Only the events of the parser are used: nothing is constructed and nothing recurses.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,15}")


@dataclass(slots=True)
class _Node:
    line: int
    value: Any
    children: list[tuple[Any, _Node]] | None = None
    is_map: bool = False


def _compose(text: str, file: str, faults: list[Fault]) -> _Node | None:
    """Build a tree of nodes from parser events with a stack of our own."""
    root = _Node(1, None, [])
    stack: list[tuple[_Node, list[_Node]]] = [(root, [])]
    nodes = documents = 0
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            line = getattr(event.start_mark, "line", 0) + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    faults.append(Fault(file, line, "", "只能有一个文档", "only one document is allowed"))
                    return None
            elif isinstance(event, yaml.AliasEvent):
                faults.append(Fault(file, line, "", "不允许使用别名 (*)", "aliases are not allowed"))
                stack[-1][1].append(_Node(line, None))
            elif isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent):
                nodes += 1
                if nodes > MAX_NODES or len(stack) > MAX_DEPTH:
                    faults.append(
                        Fault(file, line, "", "嵌套过深或者内容过多", "nested too deeply or too much content")
                    )
                    return None
                _start(event, line, stack, file, faults)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                node, items = stack.pop()
                node.children = _children(node, items)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = getattr(mark, "line", 0) + 1
        faults.append(
            Fault(file, where, "", "YAML 语法错误", f"YAML syntax: {error.problem or error.context}")
        )
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        faults.append(Fault(file, None, "", "YAML 无法解析", f"unusable YAML: {type(error).__name__}"))
        return None
    return stack[0][1][0] if stack[0][1] else None


def _start(
    event: Any, line: int, stack: list[tuple[_Node, list[_Node]]], file: str, faults: list[Fault]
) -> None:
    if event.anchor:
        faults.append(Fault(file, line, "", "不允许使用锚点 (&)", "anchors are not allowed"))
    if event.tag is not None and event.tag != "!":
        faults.append(
            Fault(
                file, line, "", f"不允许使用标签:{event.tag[:60]}", f"tags are not allowed: {event.tag[:60]}"
            )
        )
    if isinstance(event, yaml.ScalarEvent):
        value = event.value if event.style else _plain(event.value)
        stack[-1][1].append(_Node(line, value))
        return
    node = _Node(line, None, [], isinstance(event, yaml.MappingStartEvent))
    stack[-1][1].append(node)
    stack.append((node, []))


def _children(node: _Node, items: list[_Node]) -> list[tuple[Any, _Node]]:
    if not node.is_map:
        return list(enumerate(items))
    return list(zip(items[::2], items[1::2], strict=True))


def _plain(text: str) -> Any:
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if text in ("", "null", "Null", "NULL", "~"):
        return None
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _construct(node: _Node, path: Path, file: str, faults: list[Fault]) -> Any:
    if node.children is None:
        return node.value
    if not node.is_map:
        return [_construct(child, (*path, index), file, faults) for index, child in node.children]
    data: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, child in node.children:
        key = key_node.value
        if not isinstance(key, str):
            faults.append(
                Fault(
                    file, key_node.line, path_text(path), f"键应为文字:{key}", f"a key must be a text: {key}"
                )
            )
        elif key == "<<":
            faults.append(
                Fault(file, key_node.line, path_text(path), "不允许合并键 (<<)", "merge keys are not allowed")
            )
        elif key in data:
            where = path_text((*path, key))
            first = lines[key]
            faults.append(
                Fault(
                    file,
                    key_node.line,
                    where,
                    f"键重复,首次见第 {first} 行",
                    f"key used twice, first on line {first}",
                )
            )
        else:
            lines[key] = key_node.line
            data[key] = _construct(child, (*path, key), file, faults)
    return data


def _positions(text: str, first_line: int) -> dict[Path, int]:
    """Return the line of every part. JSON is read as YAML flow style after its tabs are blanked."""
    node = _compose(text.replace("\t", " "), "", [])
    found: dict[Path, int] = {(): first_line}
    stack: list[tuple[Path, _Node]] = [((), node)] if node is not None else []
    while stack:
        path, part = stack.pop()
        found.setdefault(path, part.line + first_line - 1)
        for key, child in part.children or ():
            name = key.value if isinstance(key, _Node) else key
            found[(*path, name)] = (key.line if isinstance(key, _Node) else child.line) + first_line - 1
            stack.append(((*path, name), child))
    return found
