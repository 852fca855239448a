"""What every command shares: help laid out by the width of Chinese characters, and no output over an input."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from decision_procedure.cli.overwriting import never_overwriting
from decision_procedure.wording.breaking import filled, tokens_of

_HEADINGS = {"argument": "参数 Arguments", "option": "选项 Options"}
_REMARKS = {"[required]": "[必填 required]", "[default: ": "[默认 default: ", "|": " | "}
_NARROWEST, _WIDEST = 40, 100
_NAMES = 26


class App(typer.Typer):
    """A group of commands whose help, like that of its commands, is readable at any width."""

    def __init__(self, text: str, **options: Any) -> None:
        super().__init__(cls=_Group, help=text, no_args_is_help=True, rich_markup_mode=None, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Register a command, as typer does; it then refuses to write over what it reads."""
        register = super().command(name, cls=_Command, **options)
        return lambda function: register(never_overwriting(function))


class _Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\n".join(_lines(self, ctx)))


class _Group(TyperGroup):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\n".join(_lines(self, ctx)))


def _lines(command: Any, ctx: Any) -> Iterator[str]:
    width = max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))
    usage = " ".join((ctx.command_path, *command.collect_usage_pieces(ctx)))
    yield from _block("", f"用法 Usage: {usage}", width)
    yield ""
    yield from _block("", command.help, width)
    for kind, heading in _HEADINGS.items():
        found = [param for param in command.get_params(ctx) if param.param_type_name == kind]
        yield from _section(heading, [_record(param, ctx) for param in found], width)
    names = command.list_commands(ctx) if isinstance(command, TyperGroup) else ()
    yield from _section(
        "命令 Commands", [(name, command.get_command(ctx, name).help) for name in names], width
    )


def _record(param: Any, ctx: Any) -> tuple[str, str]:
    """Return how a parameter is written and what it means."""
    if param.name == "help":
        return "--help", "显示本说明 show this help"
    name, text = param.get_help_record(ctx)
    for remark, bilingual in _REMARKS.items():
        name, text = name.replace(remark, bilingual), text.replace(remark, bilingual)
    return name, text


def _section(heading: str, rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    for index, (name, text) in enumerate(rows):
        if index == 0:
            yield ""
            yield typer.style(heading, bold=True)
        yield from _row(name, text, width)


def _row(name: str, text: str, width: int) -> Iterator[str]:
    """Yield a name with its text beside it, or below it where the name is long."""
    first, *rest = _parts(text, width - _NAMES)
    if cell_len(name) > _NAMES - 4:
        yield from _block("  ", name, width)
        rest = [first, *rest]
    else:
        yield f"  {name}{' ' * (_NAMES - 2 - cell_len(name))}{first}"
    yield from (" " * _NAMES + part for part in rest)


def _block(indent: str, text: str, width: int) -> Iterator[str]:
    for index, part in enumerate(_parts(text, width - len(indent) - 4)):
        yield indent + ("    " if index else "") + part


def _parts(text: str, room: int) -> list[str]:
    return filled(tokens_of(" ".join(text.split())), room, cell_len)
