"""The examples in the page on Word and Excel are run."""

from __future__ import annotations

from pathlib import Path

from commands import call, script
from test_docs import ROOT, blocks

from decision_procedure.cli.office import OFFICE


def test_the_commands_write_the_files_they_name(tmp_path: Path) -> None:
    (block,) = blocks("docs/office.md", "console")

    for line in block.strip().splitlines():
        *arguments, name = line.removeprefix("$ decision-procedure ").split()
        result = call(*arguments, str(tmp_path / name), cwd=ROOT)
        assert result.returncode in (0, 1), result.stderr
        assert (tmp_path / name).read_bytes().startswith(b"PK")


def test_the_python_example_makes_three_files() -> None:
    (block,) = blocks("docs/office.md", "python")

    printed = script(block, ROOT)

    assert printed == f"{[b'PK'] * 3}\n"


def test_the_page_lists_every_office_format() -> None:
    text = (ROOT / "docs" / "office.md").read_text(encoding="utf-8")

    assert all(f"| `{form}` |" in text for form in OFFICE)
