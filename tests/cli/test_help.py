"""The help of every command, as it stands on a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from rich.cells import cell_len
from typer.core import TyperGroup
from typer.testing import CliRunner

from decision_procedure.cli.main import app


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            yield from _commands(inner, (*path, name))


COMMANDS = dict(_commands(typer.main.get_command(app)))
every_command = pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "all")


def _shown(path: tuple[str, ...], width: int) -> str:
    return CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": str(width)}).stdout


def _texts(command: Any) -> list[str]:
    inner = command.commands.values() if isinstance(command, TyperGroup) else ()
    return [
        command.help,
        *(item.help for item in inner),
        *(p.help for p in command.params if p.name != "help"),
    ]


@every_command
@pytest.mark.parametrize("width", [60, 80, 132])
def test_every_help_text_is_whole_and_within_the_screen(path: tuple[str, ...], width: int) -> None:
    shown = _shown(path, width)

    assert "…" not in shown
    assert all(cell_len(line) <= width for line in shown.splitlines())
    packed = "".join(shown.split())
    for text in _texts(COMMANDS[path]):
        assert "".join(text.split()) in packed


@every_command
@pytest.mark.parametrize("width", [60, 80])
def test_no_word_is_broken_over_two_lines(path: tuple[str, ...], width: int) -> None:
    words = set(re.findall(r"[\w-]+", _shown(path, width), re.ASCII))

    for text in _texts(COMMANDS[path]):
        assert set(re.findall(r"[\w-]+", text, re.ASCII)) <= words


@every_command
def test_every_help_text_is_chinese_with_english_beside_it(path: tuple[str, ...]) -> None:
    for text in _texts(COMMANDS[path]):
        assert re.search(r"[\u4e00-\u9fff][^\u4e00-\u9fff]*[A-Za-z]{2,}[^\u4e00-\u9fff]*$", text), text


def test_a_command_without_arguments_shows_the_same_help() -> None:
    shown = CliRunner().invoke(app, ["rules"], env={"COLUMNS": "80"}).output

    assert shown == _shown(("rules",), 80)
    assert "命令 Commands" in shown
