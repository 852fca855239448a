"""The examples in the page on web pages are run."""

from __future__ import annotations

from pathlib import Path

from commands import call, script
from test_docs import ROOT, blocks


def test_the_command_writes_the_folder_that_the_page_describes(tmp_path: Path) -> None:
    (command,) = blocks("docs/reports.md", "console")
    words = command.strip().removeprefix("$ decision-procedure ").split()

    result = call(*words[:-1], tmp_path / words[-1], cwd=ROOT)

    assert result.returncode == 1
    assert (tmp_path / "reports" / "index.html").is_file()
    assert list((tmp_path / "reports").glob("year-*.html"))


def test_the_python_example_makes_a_page() -> None:
    (block,) = blocks("docs/reports.md", "python")

    printed = script(block, ROOT)

    assert printed == "<!DOCTYPE html>\n"
