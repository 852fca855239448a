"""What every command shares: help laid out by the width of Chinese characters, and no output over an input."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any, ClassVar

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from decision_procedure.wording.breaking import filled, tokens_of

_UsageError: Any = typer.BadParameter.__base__
_HEADINGS = {"argument": "参数 Arguments", "option": "选项 Options"}
_REMARKS = {"[required]": "[必填 required]", "[default: ": "[默认 default: ", "|": " | "}
_NARROWEST, _WIDEST = 40, 100
_NAMES = 26
_SAID = r'^(?:def {0}\(.*?\) -> None:\n    ""|{0} = \w+\(\s*)"(.*?)"'


class App(typer.Typer):
    """A group of commands, each loaded when it is asked for; their help is readable at any width.

    `commands` gives by name the function of a command, as `module:function` of this room, or another group.
    """

    def __init__(self, text: str, commands: Mapping[str, str | App]) -> None:
        group = type("_Commands", (_Group,), {"places": commands})
        super().__init__(
            cls=group, help=text, no_args_is_help=True, rich_markup_mode=None,
            add_completion=False, pretty_exceptions_enable=False,
        )  # fmt: skip
        self.text = text
        self.callback()(_no_work)  # without one, typer takes a group without commands for a mistake


def _no_work() -> None:
    pass


class _Command(TyperCommand):
    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\n".join(_lines(self, ctx)))


class _Group(TyperGroup):
    places: ClassVar[Mapping[str, str | App]] = {}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = _Loaded(self.places)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(self.places)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a command, as typer does, and tell wrong use of it in both languages."""
        try:
            code = super().main(*args, **extra | {"standalone_mode": False})
        except _UsageError as error:
            from decision_procedure.cli.usage import usage_text

            if type(error).__name__ == "NoArgsIsHelpError":
                error.show()
            else:
                typer.echo(usage_text(error), err=True)
            sys.exit(2)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write("\n".join(_lines(self, ctx)))


class _Loaded(dict[str, Any]):
    """The commands of a group by name, each loaded when it is read."""

    def __init__(self, places: Mapping[str, str | App]) -> None:
        super().__init__(dict.fromkeys(places))
        self._places = places

    def __getitem__(self, name: str) -> Any:
        place, found = self._places[name], super().__getitem__(name)
        if found is None:
            found = typer.main.get_command(place if isinstance(place, App) else _alone(name, place))
            found.name = name
            self[name] = found
        return found

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self else default  # noqa: SIM401

    def values(self) -> Any:
        return [self[name] for name in self]

    def items(self) -> Any:
        return [(name, self[name]) for name in self]


def _alone(name: str, place: str) -> typer.Typer:
    """Return the program that is one command, which refuses to write over what it reads."""
    from decision_procedure.cli.overwriting import never_overwriting

    module, _, function = place.partition(":")
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    app.command(name, cls=_Command)(never_overwriting(getattr(import_module(f"{_ROOM}.{module}"), function)))
    return app


def _said(place: str | App) -> str:
    """Return what a command says of itself, read off its source: to load all commands takes its time."""
    if isinstance(place, App):
        return place.text
    module, _, function = place.partition(":")
    source = files(_ROOM).joinpath(f"{module}.py").read_text(encoding="utf-8")
    said = re.search(_SAID.format(function), source, re.DOTALL | re.MULTILINE)
    return said[1] if said else ""


_ROOM = "decision_procedure.cli"


def _lines(command: Any, ctx: Any) -> Iterator[str]:
    width = max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))
    usage = " ".join((ctx.command_path, *command.collect_usage_pieces(ctx)))
    yield from _block("", f"用法 Usage: {usage}", width)
    yield ""
    yield from _block("", command.help, width)
    for kind, heading in _HEADINGS.items():
        found = [param for param in command.get_params(ctx) if param.param_type_name == kind]
        yield from _section(heading, [_record(param, ctx) for param in found], width)
    commands = command.places if isinstance(command, _Group) else {}
    yield from _section("命令 Commands", [(name, _said(place)) for name, place in commands.items()], width)


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
