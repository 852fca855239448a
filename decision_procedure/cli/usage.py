"""Wrong use of the command line told in both languages, whatever library reads the arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from decision_procedure.errors import hint
from decision_procedure.sources.characters import plain

_SAID = (
    (r"(?P<word>.*) is not one of (?P<words>.*?)\.?", "没有此项 no such choice: {word}（可选 one of: {words}）"),
    (r".*valid integer.*|.* is not a valid int(eger)?.*", "应为整数 should be a whole number"),
    (r"Input should be greater than or equal to (?P<word>.*)", "不得小于 must be at least: {word}"),
    (r"Input should be less than or equal to (?P<word>.*)", "不得大于 must be at most: {word}"),
    (r".* is not in the range (?P<words>.*?)\.?", "超出范围 out of range: {words}"),
    (r"Option '(?P<word>.*)' requires an argument\.", "选项缺少值 the option needs a value: {word}"),
    (r"Option '(?P<word>.*)' does not take a value\.", "此选项不带值 the option takes no value: {word}"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<word>.*)\)", "多余的参数 unexpected argument: {word}"),
    (r"No such command '(?P<word>.*)'\..*", "没有此命令 no such command: {word}{near}"),
    (r"No such option:? (?P<word>.*)", "没有此选项 no such option: {word}{near}"),
    (r"Missing command\.", "缺少命令 a command is missing"),
)  # fmt: skip


def usage_text(error: Any) -> str:
    """Return what is wrong with the arguments of a command, and how to see its help."""
    told = plain(_told(error))
    if error.ctx is not None:
        told += f"\n用法见 usage: {error.ctx.command_path} --help"
    return told


def _told(error: Any) -> str:
    param = getattr(error, "param", None)
    if type(error).__name__ == "MissingParameter" and param is not None:
        return f"缺少 missing: {_name(param)}（{param.help}）"
    text = error.message.removeprefix("Value error, ")
    for pattern, said in _SAID:
        match = re.fullmatch(pattern, text, re.DOTALL)
        if match is not None:
            values = {name: value.replace("'", "") for name, value in match.groupdict().items()}
            text = said.format(**values, near=_near(error, values.get("word", "")))
            break
    return f"{_name(param)}：{text}" if param is not None else text


def _name(param: Any) -> str:
    return str(param.opts[-1] if param.param_type_name == "option" else param.name)


def _near(error: Any, word: str) -> str:
    return "" if error.ctx is None else hint(word, _known(error.ctx))


def _known(ctx: Any) -> Iterable[str]:
    """Return the options and commands that there are where something went wrong."""
    command = ctx.command
    yield from command.list_commands(ctx) if hasattr(command, "list_commands") else ()
    for param in command.get_params(ctx):
        yield from param.opts
