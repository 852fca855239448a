"""The page on architecture is true to the code: every room is told, in its place, and every module it names exists."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "decision_procedure"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]


def floors() -> list[set[str]]:
    return [set(layer.split(" | ")) for layer in CONTRACTS[0]["layers"]]


def test_every_room_stands_on_one_floor() -> None:
    rooms = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }

    assert sorted(room for floor in floors() for room in floor) == sorted(
        rooms - {"__init__", "__main__", "rules"}
    )


def test_loose_modules_at_the_top_are_few() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 6


def test_the_picture_shows_every_room_above_those_it_may_use() -> None:
    lines = PAGE.partition("```")[2].partition("```")[0].splitlines()
    drawn = [re.split(r"(?<=\S) {6,}", line)[0] for line in lines]
    line_of = {room: number for number, line in enumerate(drawn) for room in re.findall(r"[a-z]+", line)}
    numbers = [{line_of[room] for room in floor} for floor in floors()]

    assert all(max(upper) <= min(lower) for upper, lower in pairwise(numbers))


@pytest.mark.parametrize("room", sorted(room for floor in floors() for room in floor))
def test_every_room_has_its_sentence(room: str) -> None:
    assert f"`{room}`" in PAGE or f"`{room}." in PAGE


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`((?:[a-z_]+\.)+[a-z_]+)`", PAGE)) - {"pyproject.toml", "words.yaml"})
)
def test_each_module_and_function_that_the_page_names_is_there(name: str) -> None:
    assert resolve_name(f"decision_procedure.{name}") is not None
