"""The commands and examples of docs/how-to are run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from test_docs import ROOT, blocks
from typer.testing import CliRunner

from decision_procedure.cli.main import app

COMMANDS = [
    command
    for page in ("docs/how-to/kinds.md", "docs/how-to/procedure.md")
    for block in blocks(page, "console")
    for command in block.splitlines()
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_ends_well(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "docs" / "how-to", tmp_path / "docs" / "how-to")
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(app, command.removeprefix("$ decision-procedure ").split())

    assert result.exit_code == 0, result.output


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = blocks("docs/how-to/kinds.md", "python")
    monkeypatch.chdir(ROOT)

    exec(block, {})  # noqa: S102 - our own page

    assert "slx-lz.3" in capsys.readouterr().out


def test_the_declarations_of_the_page_are_those_of_the_example() -> None:
    (block,) = blocks("docs/how-to/kinds.md", "yaml")
    (file,) = (ROOT / "docs" / "how-to" / "kinds" / "rules").glob("*.yaml")
    shown, written = yaml.safe_load(block), yaml.safe_load(file.read_text("utf-8"))

    for section in ("documents", "traits", "roles"):
        assert shown[section] == written[section]
    fields = shown["kinds"]["integrity_review"].pop("fields")
    whole = written["kinds"]["integrity_review"]
    assert shown["kinds"]["integrity_review"].items() <= whole.items()
    assert {
        name: field.items() <= whole["fields"][name].items() for name, field in fields.items()
    } == dict.fromkeys(fields, True)
