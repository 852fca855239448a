"""`python -m tools.reference`: docs/reference.md, the public names with their signatures and contracts, from the code."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import decision_procedure as dp

PAGE = Path(__file__).parent.parent / "docs" / "reference.md"
_HEADS = {
    "function": "函数 Functions",
    "model": "案卷和目录的部分 Parts of records and catalogues",
    "value": "结果中的值 Values of results",
    "error": "错误 Errors",
    "word": "固定的词 Fixed words",
    "module": "模块 Modules",
}


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 参考:公开的名称 Reference: the public names"
    yield "\n本页由代码生成(`python -m tools.reference`)。用法举例见[从 Python 调用](python.md)。Made from the code; how to use it is shown in [From Python](python.md)."
    found: dict[str, list[str]] = {head: [] for head in _HEADS}
    for name in dp.__all__:  # type: ignore[attr-defined]  # made when asked for
        found[_sort(getattr(dp, name))].append(name)
    for sort, names in found.items():
        yield f"\n## {_HEADS[sort]}"
        for name in names:
            yield from _entry(name, getattr(dp, name))


def _sort(item: Any) -> str:
    if inspect.ismodule(item):
        return "module"
    if not inspect.isclass(item):
        return "function" if callable(item) and not get_args(item) else "word"
    if issubclass(item, BaseException):
        return "error"
    return "model" if hasattr(item, "model_fields") else "value"


def _entry(name: str, item: Any) -> Iterator[str]:
    yield f"\n### `{name}`\n"
    if words := get_args(item):
        yield "、".join(f"`{word}`" for word in words)
        return
    if inspect.isfunction(item):
        yield f"```text\n{name}{_signature(item)}\n```\n"
    yield inspect.getdoc(item) or ""
    if inspect.isclass(item) and not issubclass(item, BaseException):
        yield from _members(item)


def _signature(function: Any) -> str:
    signature = inspect.signature(function)
    shown: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and "*" not in shown:
            shown.append("*")
        shown.append(_parameter(parameter))
    returned = f" -> {signature.return_annotation}"
    line = f"({', '.join(shown)}){returned}"
    return line if len(line) < 100 else "(\n" + "".join(f"    {part},\n" for part in shown) + f"){returned}"


def _parameter(parameter: inspect.Parameter) -> str:
    name = f"{'*' if parameter.kind is inspect.Parameter.VAR_POSITIONAL else ''}{parameter.name}: {parameter.annotation}"
    if parameter.default is inspect.Parameter.empty:
        return name
    default = repr(parameter.default)
    return f"{name} = {'…' if default.startswith('<') else default}"


def _members(item: Any) -> Iterator[str]:
    """Yield the public properties and methods that a class declares itself and says something of."""
    for name, member in list(vars(item).items()):
        target = getattr(member, "func", None) or getattr(member, "__func__", None) or member
        said = inspect.getdoc(target) if isinstance(target, property) or callable(target) else None
        if not name.startswith("_") and said and not inspect.isclass(target):
            call = "" if isinstance(member, property) or hasattr(member, "func") else "()"
            yield f"\n- `{name}{call}`: {said.partition(chr(10) + chr(10))[0].replace(chr(10), ' ')}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
