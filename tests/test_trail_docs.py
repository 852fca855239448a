"""The examples of docs/trail.md are run."""

from __future__ import annotations

import pytest
from commands import call, script
from test_docs import ROOT, blocks


@pytest.mark.parametrize("block", blocks("docs/trail.md", "console"))
def test_each_console_example_prints_what_it_shows(block: str) -> None:
    command, _, shown = block.partition("\n")
    arguments = command.removeprefix("$ decision-procedure ").split()

    result = call(*arguments, cwd=ROOT)

    assert result.returncode == 0
    assert result.stdout.startswith(shown)


def test_the_python_example_runs() -> None:
    (block,) = blocks("docs/trail.md", "python")

    printed = script(block, ROOT)

    assert "Art. 25(2)" in printed
