"""Every example in docs/ledger.md is run."""

from __future__ import annotations

import fnmatch
import re
import shutil
from pathlib import Path

import pytest
from commands import call, script
from conftest import EXAMPLES

PAGE = (Path(__file__).parent.parent / "docs" / "ledger.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLES / "invented" / "示例县-多处不合规.yaml", tmp_path / "案卷.yaml")
    return tmp_path


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_the_commands_of_the_page_print_what_it_shows(folder: Path) -> None:
    for step in block("console").split("$ decision-procedure ")[1:]:
        command, _, shown = step.partition("\n")

        result = call(*command.split(), cwd=folder)

        assert result.returncode == 0, result.stderr
        assert fnmatch.fnmatchcase(result.stdout, shown.replace("…", "*")), (command, result.stdout)


def test_the_program_of_the_page_runs(folder: Path) -> None:
    script(block("python"), folder)
