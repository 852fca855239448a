"""The commands and examples of docs/how-to are run."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

import pytest
import yaml
from test_docs import ROOT, blocks
from typer.testing import CliRunner

import decision_procedure as dp
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


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="the extra `cluster` is not installed")
def test_a_folder_is_screened_and_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    from pyarrow import parquet

    screen = run_path(str(ROOT / "docs" / "how-to" / "cluster" / "screen.py"))["screen"]
    source, target = tmp_path / "records", tmp_path / "results"
    source.mkdir()
    record = dp.load_decision(ROOT / "examples" / "invented" / "示例县-多处不合规.yaml")
    line = record.model_dump_json(by_alias=True, exclude_none=True)
    for name in ("a", "b", "c"):
        (source / f"{name}.jsonl").write_text(f"{line}\n\nno record\n{line}\n", encoding="utf-8")
    target.mkdir()
    (target / "a.parquet").write_bytes(b"done before")
    (target / "b.part").write_bytes(b"stopped in the middle")

    with ThreadPoolExecutor(2) as executor:
        screen(source, target, date(2024, 9, 30), executor)

    assert (target / "a.parquet").read_bytes() == b"done before"
    assert sorted(path.name for path in target.iterdir()) == ["a.parquet", "b.parquet", "c.parquet"]
    rows = parquet.read_table(target / "b.parquet").to_pylist()
    assert [row["line"] for row in rows if row["unchecked"]] == [3]
    rules = {row["rule"] for row in rows if row["line"] == 1 and row["grade"] == "violated"}
    assert "cn-713.15.1c" in rules
    assert {row["line"] for row in rows} == {1, 3, 4}
