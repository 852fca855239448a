"""The examples on the page on law that changes are run."""

from __future__ import annotations

from commands import call, script
from test_docs import ROOT, blocks


def test_the_command_prints_what_the_page_shows() -> None:
    (block,) = blocks("docs/changing-law.md", "console")
    command, _, shown = block.partition("\n")

    printed = call(*command.removeprefix("$ decision-procedure ").split(), cwd=ROOT)

    assert printed.stdout.startswith(shown)


def test_the_law_that_ships_in_its_own_place_changes_nothing() -> None:
    (block,) = blocks("docs/changing-law.md", "python")

    assert script(block, ROOT) == ""
