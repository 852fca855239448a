"""Folders very deep, words very long, procedures of very many steps: read and told, only longer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from rich.cells import cell_len
from rich.text import Text

from decision_procedure.cli.paper import broken
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.pack import Edge, Step
from decision_procedure.law.said import Said
from decision_procedure.sources import files_in


@pytest.fixture
def bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder so deep that whoever calls himself for each folder fails, with the way to it from the working folder."""
    monkeypatch.chdir(tmp_path)
    for _ in range(1_200):
        Path("a").mkdir()
        os.chdir("a")
    Path("案卷.json").write_text("{}", encoding="utf-8")
    os.chdir(tmp_path)
    yield (deepest := Path(*["a"] * 1_200))
    os.chdir(deepest)
    Path("案卷.json").unlink()
    for _ in range(1_200):
        os.chdir("..")
        Path("a").rmdir()


def test_files_are_found_in_folders_deeper_than_functions_may_call_each_other(bottom: Path) -> None:
    assert files_in(Path("a"), (".json",)) == [bottom / "案卷.json"]


def test_a_link_to_a_folder_is_no_file_and_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "folder.json" / "a.json").write_text("{}")
    (tmp_path / "link.json").symlink_to(tmp_path / "folder.json")
    (tmp_path / "again.json").symlink_to(tmp_path / "folder.json" / "a.json")

    found = files_in(tmp_path, (".json",))

    assert found == [tmp_path / "again.json", tmp_path / "folder.json" / "a.json"]


@pytest.mark.parametrize("word", ["a", "汉", "a汉", "-", "\u200d", "e\u0301"])
def test_a_word_of_twenty_thousand_characters_is_cut_into_lines_that_hold_all_of_it(word: str) -> None:
    text = Text((word * 20_000)[:20_000])

    parts = broken(text, 60)

    assert "".join(part.plain for part in parts) == text.plain
    assert all(cell_len(part.plain) <= 60 for part in parts)


def test_the_style_of_a_piece_stays_with_it_when_lines_are_cut() -> None:
    text = Text("x" * 70).append("y" * 70, style="bold")

    assert [part.markup for part in broken(text, 60)] == [
        "x" * 60, f"{'x' * 10}[bold]{'y' * 50}[/bold]", f"[bold]{'y' * 20}[/bold]",
    ]  # fmt: skip


def test_what_comes_after_a_step_is_what_can_be_reached_from_it() -> None:
    procedure = Procedure.of(standard_law().packs)

    for name, step in procedure.steps.items():
        later = nx.descendants(procedure.graph, name)
        assert procedure.after_any([name]) == later
        assert procedure.before_any([name]) == nx.ancestors(procedure.graph, name)
        kinds = {kind for after in later for kind in procedure.steps[after].kinds}
        assert procedure.kinds_after[name] == kinds - {*step.kinds}


def test_a_step_is_after_others_only_where_it_follows_one_of_them() -> None:
    names = ["one", "two", "three"]
    steps = {
        name: Step(id=name, name=Said(zh=name, en=name), kinds=("drafting",), phase="first", bearer="CU")
        for name in names
    }
    edges = [
        Edge(before=one, after=two, article="第一条", strength="implied") for one, two in pairwise(names)
    ]
    procedure = Procedure(steps, tuple(("x", edge) for edge in edges))

    assert procedure.after_any(["one", "two"]) == {"two", "three"}
    assert procedure.before_any(["one", "two"]) == {"one"}
