"""No test depends on time or load: no deadline of hypothesis, no measured time, no process given a few seconds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HANGS
from hypothesis import given, settings
from hypothesis import strategies as st

FILES = sorted(Path(__file__).parent.rglob("*.py"))
CLOCKS = {
    "time",
    "perf_counter",
    "monotonic",
    "process_time",
    "thread_time",
    "perf_counter_ns",
    "monotonic_ns",
    "sleep",
}


def timed(tree: ast.AST) -> Iterator[str]:
    """Yield what in a test file depends on time: a clock, a deadline, a limit in seconds of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (f"import {item.name}" for item in node.names if item.name in ("time", "timeit"))
        elif isinstance(node, ast.ImportFrom):
            yield from (f"from {node.module}" for _ in node.names if node.module in ("time", "timeit"))
        elif isinstance(node, ast.keyword) and node.arg == "deadline":
            if not (isinstance(node.value, ast.Dict) or ast.unparse(node.value) == "None"):
                yield f"deadline={ast.unparse(node.value)}"
        elif isinstance(node, ast.keyword) and node.arg == "timeout":
            if ast.unparse(node.value) != "HANGS":
                yield f"timeout={ast.unparse(node.value)}"
        elif isinstance(node, ast.Attribute) and node.attr in CLOCKS - {"time"}:
            yield node.attr


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_test_depends_on_time(file: Path) -> None:
    assert list(timed(ast.parse(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "text",
    [
        "import time", "from time import perf_counter", "import timeit", "@settings(deadline=200)\ndef f(): ...",
        "run(timeout=30)", "pool.get(timeout=2.5)", "clock.perf_counter()", "asyncio.sleep(1)",
    ],
)  # fmt: skip
def test_what_depends_on_time_would_be_found(text: str) -> None:
    assert list(timed(ast.parse(text)))


def test_hypothesis_sets_no_deadline_in_any_test() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    assert settings.get_profile("ci").deadline is None


@given(st.integers())
def test_a_property_without_settings_of_its_own_has_no_deadline(number: int) -> None:
    assert settings().deadline is None


def test_what_hangs_for_ever_is_stopped_only_after_an_hour() -> None:
    assert HANGS >= 3600
