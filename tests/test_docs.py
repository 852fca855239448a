"""Every example in the documents is run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_recipes import RECIPES

import decision_procedure as dp

ROOT = Path(__file__).parent.parent
RUN = "from decision_procedure.cli.main import run; run()"


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_console_example_of_the_readme_prints_what_it_shows() -> None:
    for name in ("README.md", "README.zh-CN.md", "docs/command-line.md"):
        (block,) = blocks(name, "console")
        command, _, shown = block.partition("\n")
        arguments = command.removeprefix("$ decision-procedure ").split()

        result = subprocess.run(
            [sys.executable, "-c", RUN, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            check=True,
            env={**os.environ, "COLUMNS": "80"},
        )

        assert result.stdout == shown


# Recipes for who changes the library speak of its inside; `test_recipes` applies them.
PAGES = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]


INSIDE = {ROOT / "docs" / "how-to" / f"{name}.md" for name in RECIPES}


@pytest.mark.parametrize("page", [page for page in PAGES if page not in INSIDE], ids=lambda page: page.name)
def test_no_page_names_what_is_not_public(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert re.findall(r"^\s*(?:from|import) decision_procedure\..*", text, re.MULTILINE) == []
    assert {name for name in re.findall(r"\bdp\.(\w+)", text) if not hasattr(dp, name)} == set()


def test_the_python_example_of_the_readme_runs() -> None:
    (block,) = blocks("README.md", "python")

    result = subprocess.run(
        [sys.executable, "-c", block], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert "cn-713.25.2a" in result.stdout
