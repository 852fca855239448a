"""The examples of docs/trail.md are run."""

from __future__ import annotations

import subprocess
import sys

import pytest
from test_docs import ROOT, RUN, blocks


@pytest.mark.parametrize("block", blocks("docs/trail.md", "console"))
def test_each_console_example_prints_what_it_shows(block: str) -> None:
    command, _, shown = block.partition("\n")
    arguments = command.removeprefix("$ decision-procedure ").split()

    result = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True,
    )  # fmt: skip

    assert result.stdout.startswith(shown)


def test_the_python_example_runs() -> None:
    (block,) = blocks("docs/trail.md", "python")

    result = subprocess.run(
        [sys.executable, "-c", block], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True
    )

    assert "Art. 25(2)" in result.stdout
