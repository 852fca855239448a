"""A class is known by its name: no name stands for two things, and no function is longer than a page."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "decision_procedure"
SHARED = {
    "Edge": ("law/pack.py", "trails/chain.py"),
    "Node": ("law/evidence.py", "trails/chain.py"),
    "Said": ("law/said.py", "model/disputes.py"),
    "Scope": ("law/language.py", "law/pack.py"),
    "Waiver": ("model/decision.py", "results/waiver_files.py"),
}
"""The names of two things: each is what users of its part of the field call it."""
PAGE = 60


def parts() -> Iterator[tuple[str, ast.AST]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        yield from ((name, part) for part in ast.walk(ast.parse(file.read_text("utf-8"))))


def test_a_class_name_stands_in_one_file() -> None:
    files = defaultdict(set)
    for file, part in parts():
        if isinstance(part, ast.ClassDef):
            files[part.name].add(file)

    assert {name: tuple(sorted(found)) for name, found in files.items() if len(found) > 1} == SHARED


def test_no_function_is_longer_than_a_page() -> None:
    long = {
        f"{file}: {part.name}"
        for file, part in parts()
        if isinstance(part, ast.FunctionDef) and part.end_lineno and part.end_lineno - part.lineno >= PAGE
    }

    assert long == set()
